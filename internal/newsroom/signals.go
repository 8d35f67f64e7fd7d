package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// How the files in which a server speaks of machine use are read.
const (
	originFresh  = 24 * time.Hour
	originRetry  = time.Hour        // after a failure that may pass
	originLimit  = 30 * time.Second // for all of them: the article waits
	maxTermsFile = 256 << 10
	maxDocuments = 6  // licence documents of a page and its robots.txt
	maxKnown     = 12 // of a server, which several of its pages name
	tdmRepPath   = "/.well-known/tdmrep.json"
	productToken = "dragoman" // the name by which robots.txt calls us
)

// signalsOf returns what the outlet's machines said about ours where the newest page of an item lies; nothing if no page was fetched.
func signalsOf(ctx context.Context, r store.Reads, item string) (rights.Signals, error) {
	page, err := r.PageOf(ctx, item)
	if errors.Is(err, news.ErrNotFound) {
		return rights.Signals{}, nil
	}
	if err != nil {
		return rights.Signals{}, err
	}
	list, err := signalsAt(ctx, r, page.URL, page.Header, page.Body)
	return rights.Combine(list), err
}

// signalsAt returns every signal that holds for a page: on it, in its header, and in the files of its server as they were last read.
func signalsAt(ctx context.Context, r store.Reads, at string, header http.Header, body []byte) ([]rights.Signal, error) {
	u, err := url.Parse(at)
	if err != nil {
		return headerSignals(header), nil //nolint:nilerr // an address that is none has no server
	}
	page := extract.Terms(body, at, header)
	list := append(pageSignals(page, u), headerSignals(header)...)
	host, err := r.Host(ctx, originOf(u))
	if err != nil {
		return nil, err
	}
	robots := fetch.ParseRobots([]byte(host.Robots))
	usage, signal := robots.Usage(productToken, u)
	list = append(list, rights.Read(rights.InRobots, rights.ContentUsage, usage)...)
	list = append(list, rights.Read(rights.InRobots, rights.ContentSignal, signal)...)
	for _, l := range robots.Licences[:min(len(robots.Licences), maxDocuments)] {
		list = append(list, rights.Read(rights.InRobots, rights.License, l)...)
	}
	origin, err := r.Origin(ctx, originOf(u))
	if err != nil {
		return nil, err
	}
	list = append(list, rights.ReadTDMRep([]byte(origin.TDMRep), u)...)
	for _, l := range documentsOf(robots, page, u) {
		list = append(list, rights.ReadRSL(rights.InDocument, []byte(origin.Licences[l]), u)...)
	}
	return list, nil
}

// pageSignals are those of a page's head.
func pageSignals(p extract.PageTerms, u *url.URL) []rights.Signal {
	var list []rights.Signal
	for _, s := range []struct{ name, value string }{
		{rights.TDMReservation, p.Meta["tdm-reservation"]}, {rights.TDMPolicy, p.Meta["tdm-policy"]}, {rights.License, p.License},
	} {
		list = append(list, rights.Read(rights.OnPage, s.name, s.value)...)
	}
	if noAI(p.Meta["robots"]) {
		list = append(list, rights.Read(rights.OnPage, rights.RobotsMeta, p.Meta["robots"])...)
	}
	for _, document := range p.Inline {
		list = append(list, rights.ReadRSL(rights.OnPage, []byte(document), u)...)
	}
	return list
}

// headerSignals are those of an answer: TDM-Reservation of the TDM Reservation Protocol (W3C community group report, 2024) and
// Content-Usage (draft-ietf-aipref-attach).
func headerSignals(h http.Header) []rights.Signal {
	list := rights.Read(rights.InHeader, rights.TDMReservation, h.Get("Tdm-Reservation"))
	list = append(list, rights.Read(rights.InHeader, rights.TDMPolicy, h.Get("Tdm-Policy"))...)
	for _, usage := range h.Values("Content-Usage") {
		list = append(list, rights.Read(rights.InHeader, rights.ContentUsage, usage)...)
	}
	for _, tag := range h.Values("X-Robots-Tag") {
		if noAI(tag) {
			list = append(list, rights.Read(rights.InHeader, rights.RobotsMeta, tag)...)
		}
	}
	return list
}

// documentsOf are the addresses of the licence documents that hold for a page.
func documentsOf(robots fetch.RobotsFile, page extract.PageTerms, u *url.URL) []string {
	var list []string
	for _, l := range append(append([]string(nil), page.Licences...), robots.Licences...) {
		if at := address.Resolve(originOf(u)+"/", l); address.Site(at) != "" && !contains(list, at) && len(list) < maxDocuments {
			list = append(list, at)
		}
	}
	return list
}

func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

// noteTerms reads what an outlet's machines say of the use of a page that was just fetched, in files of its server too, each at most once a
// day, and notes it with the outlet. Nothing that cannot be read stops anything: what was read before holds.
func (r *Room) noteTerms(ctx context.Context, outlet news.Outlet, page fetch.Response) error {
	u, err := url.Parse(page.URL)
	if err != nil {
		return nil //nolint:nilerr // it was fetched, so this cannot be
	}
	if err := r.readOrigin(ctx, u, extract.Terms(page.Body, page.URL, page.Header)); err != nil {
		return err
	}
	list, err := signalsAt(ctx, r.Store.Reads, page.URL, page.Header, page.Body)
	if err != nil || len(list) == 0 {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return r.saveSignals(ctx, tx, outlet.ID, page.URL, list) })
}

// maxSignals is how many signals of an outlet are kept: one that says something else on each page would fill the record with noise.
const maxSignals = 100

// saveSignals notes signals; those that reserve always, of the others no more than maxSignals.
func (r *Room) saveSignals(ctx context.Context, tx *store.Tx, outlet, at string, list []rights.Signal) error {
	known, err := tx.OutletSignals(ctx, outlet, maxSignals)
	if err != nil {
		return err
	}
	var kept []rights.Signal
	for _, s := range list {
		isKnown := false
		for _, k := range known {
			isKnown = isKnown || k.Place == s.Place && k.Name == s.Name && k.Value == s.Value
		}
		if isKnown || len(known) < maxSignals || s.Reserves {
			kept = append(kept, s)
		}
	}
	return tx.SaveSignals(ctx, outlet, at, kept, r.now())
}

// readOrigin reads the files of a page's server that are not fresh.
func (r *Room) readOrigin(ctx context.Context, u *url.URL, page extract.PageTerms) error {
	now := timeOf(r.now())
	origin, err := r.Store.Origin(ctx, originOf(u))
	if err != nil {
		return err
	}
	host, err := r.Store.Host(ctx, originOf(u))
	if err != nil {
		return err
	}
	documents := documentsOf(fetch.ParseRobots([]byte(host.Robots)), page, u)
	stale := origin.ReadAt == 0 || now.Sub(timeOf(origin.ReadAt)) >= originFresh
	again := store.Origin{Name: origin.Name, TDMRep: origin.TDMRep, Licences: map[string]string{}, ReadAt: origin.ReadAt}
	whole := true
	limited, cancel := context.WithTimeout(ctx, originLimit)
	defer cancel()
	if stale {
		again.ReadAt = millis(now)
		if again.TDMRep, whole, err = r.termsFile(limited, originOf(u)+tdmRepPath, origin.TDMRep, isTDMRep); err != nil {
			return err
		}
		documents = append(documents, namedElsewhere(origin, documents)...)
	} else {
		maps.Copy(again.Licences, origin.Licences)
	}
	missing := false
	for _, l := range documents {
		if _, known := again.Licences[l]; known || len(again.Licences) >= maxKnown {
			continue
		}
		text, ok, err := r.termsFile(limited, l, origin.Licences[l], isRSL)
		if err != nil {
			return err
		}
		again.Licences[l], whole, missing = text, whole && ok, true
	}
	if !stale && !missing {
		return nil
	}
	if !whole {
		again.ReadAt = millis(now.Add(originRetry - originFresh))
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		present, err := tx.Origin(ctx, again.Name)
		if err != nil {
			return err
		}
		for l, text := range present.Licences { // what another page brought while these were read
			_, before := origin.Licences[l]
			if _, known := again.Licences[l]; !known && !before && len(again.Licences) < maxKnown {
				again.Licences[l] = text
			}
		}
		return tx.SaveOrigin(ctx, again)
	})
}

// namedElsewhere are the licence documents of a server that other pages than the one at hand name, sorted: they hold for those, and are read
// again with the rest. One that was never there is left to the page that names it.
func namedElsewhere(origin store.Origin, here []string) []string {
	var list []string
	for l, text := range origin.Licences {
		if text != "" && !contains(here, l) {
			list = append(list, l)
		}
	}
	slices.Sort(list)
	return list
}

// termsFile gets a file in which a server speaks of machine use; is reports whether a text is one, as many servers answer every address with
// a page. What it said before holds until the server says something else there, or that there is nothing: a server that is down, that
// refuses, or that sends a page has taken nothing back. ok is false where it is worth asking again before a day is over. The context is
// that of all files; that its time is over is no error.
func (r *Room) termsFile(ctx context.Context, at, was string, is func(string) bool) (text string, ok bool, err error) {
	response, err := r.Fetch.Get(ctx, fetch.Request{URL: at, Kind: fetch.Sitemap, MaxBytes: maxTermsFile})
	var refused *fetch.Error
	switch {
	case errors.As(err, &refused) && (refused.Outcome == fetch.NotFound || refused.Outcome == fetch.Gone):
		return "", true, nil
	case errors.As(err, &refused):
		return was, !refused.Temporary(), nil
	case errors.Is(err, context.DeadlineExceeded):
		return was, false, nil
	case err != nil:
		return was, false, err
	}
	if text = storable(response.Body); is(text) {
		return text, true, nil
	}
	return was, true, nil
}

func isTDMRep(text string) bool {
	var rules []json.RawMessage
	return json.Unmarshal([]byte(strings.TrimPrefix(text, "\uFEFF")), &rules) == nil
}

func isRSL(text string) bool { return strings.Contains(text, "<rsl") || strings.Contains(text, ":rsl") }

// storable is a text that both databases keep.
func storable(b []byte) string {
	return strings.ToValidUTF8(strings.ReplaceAll(string(b), "\x00", ""), "\uFFFD")
}

// noAI reports whether robots' words speak of machines that learn or write. No standard says what these words mean; the editor is told.
func noAI(robots string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(robots), func(r rune) bool { return r == ',' || r == ' ' || r == ':' }) {
		switch word {
		case "noai", "noimageai", "notranslate", "noml":
			return true
		}
	}
	return false
}

// feedSignals are those of a feed: what it and its entries say of rights, and the header of its answer.
func feedSignals(response fetch.Response, says []string) []rights.Signal {
	list := headerSignals(response.Header)
	for _, said := range says {
		name := rights.RightsNotice
		if _, known := rights.ParseLicence(said); known || strings.HasPrefix(said, "https://") || strings.HasPrefix(said, "http://") {
			name = rights.License
		}
		list = append(list, rights.Read(rights.InFeed, name, said)...)
	}
	return list
}
