package newsroom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// mostPages is how many pages of one article are read; one that has more is not whole.
const mostPages = 20

// fewLetters is how many letters the text of an article has at least that is not looked for in another form of its page.
const fewLetters = 500

// shrunkNote is the note of a page that was read again and has lost most of its text.
const shrunkNote = "it has less than half of the text it had"

// A further gives another page of an article by its address: from the outlet, or from what is kept. news.ErrNotFound: it is not kept.
type further func(ctx context.Context, url string) (fetch.Response, error)

// keepPage keeps an answer for an item before anything is read in it, so that no reading needs it again from the outlet. An answer that is kept
// already is not kept twice.
func (r *Room) keepPage(ctx context.Context, item news.Item, page fetch.Response) (store.Page, error) {
	last, err := r.Store.PageOf(ctx, item.ID)
	if err == nil && last.URL == page.URL && sameAnswer(last, page) || err != nil && !errors.Is(err, news.ErrNotFound) {
		return last, err
	}
	kept := pageFrom(page, page.URL)
	kept.Item, kept.At = item.ID, r.now()
	return kept, r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SavePage(ctx, kept) })
}

// fetchedWith asks the outlet, and keeps what it answers with the first page of the article.
func (r *Room) fetchedWith(first store.Page) further {
	return func(ctx context.Context, url string) (fetch.Response, error) {
		p, err := r.Fetch.Get(ctx, fetch.Request{URL: url, Kind: fetch.Page})
		if err != nil {
			return p, err
		}
		if frontPage(url, p.URL) {
			return p, final(&goneError{url, p.URL})
		}
		last, err := r.Store.PageWith(ctx, first, url)
		if err == nil && sameAnswer(last, p) || err != nil && !errors.Is(err, news.ErrNotFound) {
			return p, err
		}
		return p, r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SavePageWith(ctx, first, pageFrom(p, url)) })
	}
}

// pageFrom is an answer to be kept under an address.
func pageFrom(p fetch.Response, url string) store.Page {
	return store.Page{ID: store.NewID(), URL: url, Status: p.Status, Header: p.Header, Body: p.Body}
}

// saying are the headers that a reading, or the next request, goes by.
var saying = []string{"Content-Type", "Content-Language", "Link", "Etag", "Last-Modified", "X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy"}

// sameAnswer reports whether an answer says what a kept page does.
func sameAnswer(kept store.Page, p fetch.Response) bool {
	if kept.Status != p.Status || !bytes.Equal(kept.Body, p.Body) {
		return false
	}
	for _, name := range saying {
		if !slices.Equal(kept.Header[name], p.Header[name]) {
			return false
		}
	}
	return true
}

// A goneError says that an article's address leads to its outlet's front page.
type goneError struct{ asked, got string }

func (e *goneError) Error() string {
	return fmt.Sprintf("%s leads to the front page %s: the outlet has taken the article away; look for its new address", e.asked, e.got)
}

// frontPath is the path of a front page: none, or a language.
var frontPath = regexp.MustCompile(`^/?([a-z]{2}(-[A-Za-z]{2})?/?)?$`)

// front reports whether a path is that of a front page, however many slashes it is written with.
func front(path string) bool { return frontPath.MatchString(strings.Join(parts(path), "/")) }

// frontPage reports whether an address of something else was redirected to the front page of its own site.
func frontPage(asked, got string) bool {
	a, err := url.Parse(asked)
	if err != nil {
		return false
	}
	g, err := url.Parse(got)
	if err != nil {
		return false
	}
	return address.Site(asked) == address.Site(got) && front(g.Path) && g.RawQuery == "" && (!front(a.Path) || a.RawQuery != "")
}

// keptWith asks nobody: it gives the pages that were kept with the first.
func (r *Room) keptWith(first store.Page) further {
	return func(ctx context.Context, url string) (fetch.Response, error) {
		p, err := r.Store.PageWith(ctx, first, url)
		if err != nil {
			return fetch.Response{}, err
		}
		return response(p), nil
	}
}

// readWhole finds the article in a page, and joins what the pages that go on with it hold. Where the page itself has no text, a demand for
// consent in its place, a part of it or hardly any, the form for print or that for small devices is read, if the page names one and the article
// is there. A page that is not free is never read in another form. An article that goes on where it cannot be read is not whole, nor is one that
// is only the beginning of the text its feed gives; that text itself is never taken for the page's.
func (r *Room) readWhole(ctx context.Context, page fetch.Response, outlet news.Outlet, item news.Item, more further) (reading, error) {
	text, err := r.Store.ItemText(ctx, item.ID)
	if err != nil {
		return reading{}, err
	}
	found, err := r.read(ctx, page, outlet, item, text)
	if err != nil {
		return found, err
	}
	for _, form := range otherForms(page, found) {
		better := false
		if found, better, err = r.readOtherForm(ctx, form, found, outlet, item, text, more); err != nil {
			return found, err
		}
		if better {
			break
		}
	}
	if !found.whole() {
		return found, nil
	}
	docs, many := []doc.Document{found.doc}, found.report.Next != ""
	seen := map[string]bool{address.Key(page.URL): true}
	for next := found.report.Next; next != "" && !seen[address.Key(next)]; next = found.report.Next {
		seen[address.Key(next)] = true
		if len(docs) == mostPages {
			found.report.State = string(extract.Cut)
			found.report.Notes = append(found.report.Notes, fmt.Sprintf("the article has more than %d pages; the rest was not read: %s", mostPages, next))
			break
		}
		on, err := r.readNext(ctx, next, outlet, item, more)
		switch {
		case err == nil:
			docs, found.report.Next = append(docs, on.doc), on.report.Next
			continue
		case !Final(err): // it may be there in a while
			return found, err
		}
		found.report.State, found.report.Paywall = string(extract.Cut), on.report.Paywall
		found.report.Notes = append(found.report.Notes, fmt.Sprintf("page %d of the article could not be read: %v", len(docs)+1, err))
		break
	}
	if len(docs) > 1 {
		found.doc = extract.Join(docs...)
		found.report.Notes = append(found.report.Notes, fmt.Sprintf("joined from %d pages", len(docs)))
	}
	if many { // no page of these was held against it alone
		if note, begun := extract.Against(found.doc, text); note != "" {
			found.report.Notes = append(found.report.Notes, note)
			if begun {
				found.report.State = string(extract.Cut)
			}
		}
	}
	return found, nil
}

// readNext reads a further page of an article. Its standfirst is a paragraph of the article if the page prints it; what only its head says is
// none.
func (r *Room) readNext(ctx context.Context, url string, outlet news.Outlet, item news.Item, more further) (reading, error) {
	p, err := more(ctx, url)
	if err != nil {
		return reading{}, err
	}
	on, err := r.read(ctx, p, outlet, item, "")
	if err != nil {
		return on, err
	}
	if !on.whole() {
		return on, final(fmt.Errorf("%s holds no whole text (%s)", url, on.report.State))
	}
	for _, f := range on.report.Found {
		if f.Field == "deck" && f.From != "page" && f.From != "rule" {
			on.doc.Deck = doc.Text{}
		}
	}
	return on, nil
}

// otherForms returns the addresses of the forms in which a page is perhaps better read, those it names. They are of the same outlet.
func otherForms(page fetch.Response, found reading) []string {
	state := extract.State(found.report.State)
	switch {
	case found.report.Paywall:
		return nil
	case found.none != nil && (state == extract.Empty || state == extract.Consent):
	case found.none == nil && (state == extract.Cut || state == extract.Full && length(found.doc) < fewLetters):
	default:
		return nil
	}
	var forms []string
	for _, form := range found.forms {
		if address.Key(form) != address.Key(page.URL) && (address.Site(form) == address.Site(page.URL) || ampCacheOf(form, page.URL)) && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

// ampCache is where pages of AMP are served for their outlets; the path says which page.
const ampCache = "cdn.ampproject.org"

// ampCacheOf reports whether an address is that of a page of the same site in the cache of AMP.
func ampCacheOf(form, page string) bool {
	u, err := url.Parse(form)
	if err != nil || u.Scheme != "https" || u.Host != ampCache && !strings.HasSuffix(u.Host, "."+ampCache) {
		return false
	}
	kind, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	if kind != "c" && kind != "v" {
		return false
	}
	return address.Site("https://"+strings.TrimPrefix(rest, "s/")) == address.Site(page)
}

// readOtherForm reads a page's other form; where it does not hold the same article, and more of it, it is no better, and what was found in the
// page stands.
func (r *Room) readOtherForm(ctx context.Context, form string, found reading, outlet news.Outlet, item news.Item, text string, more further) (read reading, better bool, err error) {
	p, err := more(ctx, form)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return found, false, nil // it was not asked for when the page was kept
	case err != nil && !Final(err):
		return found, false, err
	case err != nil:
		found.report.Notes = append(found.report.Notes, fmt.Sprintf("the other form of the page could not be read: %v", err))
		return found, false, nil
	}
	on, err := r.read(ctx, p, outlet, item, text)
	if err != nil || !on.whole() {
		return found, false, nil //nolint:nilerr // the page itself was read
	}
	said := "the page itself holds no text"
	if found.none == nil {
		if length(on.doc) < 2*length(found.doc) && (found.whole() || length(on.doc) <= length(found.doc)) || !sameArticle(found.doc, on.doc) {
			return found, false, nil
		}
		said = "the page itself holds a part of the text"
	}
	on.canonical = found.canonical
	on.report.Notes = append(on.report.Notes, said+"; read from its other form: "+form)
	return on, true, nil
}

// sameArticle reports whether two texts have a headline in common, or the second holds the beginning of the first.
func sameArticle(a, b doc.Document) bool {
	if alike(wordSet(a.Title.S), wordSet(b.Title.S)) >= twinTitle {
		return true
	}
	runs, both := runsOf(a), 0
	for run := range runsOf(b) {
		if runs[run] {
			both++
		}
	}
	return both*2 > len(runs)
}

// length is how many letters and digits the text of an article has.
func length(d doc.Document) int {
	n := 0
	for _, b := range d.Blocks {
		for _, c := range b.Text.S {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				n++
			}
		}
	}
	return n
}
