package desk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// outletsPage is what templates/outlets.html shows.
type outletsPage struct {
	frame
	Outlets             []outletRow
	Links, Pattern      string // the list rule
	URL, Name, IntoTags string // of the form that follows one, when it comes back
	TakeURL, TakeInto   string // of the form that takes a page
}

type outletRow struct {
	news.Outlet
	Language string
	Looked   string // when we looked last, and what came of it; of the feed that was looked at last
	Changed  string
	Next     string
	Signals  string // what of its machines' words nobody has looked at; empty if there is nothing
	Do       string // what to do; empty if nothing is
	Bad      bool   // the last look went wrong
	Mode     rights.Mode
	ModeText string
}

func (d *desk) outlets(r *http.Request) (outletsPage, error) {
	ctx := r.Context()
	p := outletsPage{frame: d.frame(r, "outlets", "")}
	p.Title = p.L.T("outlets")
	outlets, err := d.Store.Outlets(ctx)
	if err != nil {
		return p, err
	}
	signals, err := d.Store.NewSignals(ctx)
	if err != nil {
		return p, err
	}
	for _, o := range outlets {
		row := outletRow{Outlet: o, Language: p.L.Capital(p.L.Language(o.Lang))}
		feeds, err := d.Store.Feeds(ctx, o.ID)
		if err != nil {
			return p, err
		}
		var last news.Feed
		for _, f := range feeds {
			if f.CheckedAt >= last.CheckedAt {
				last = f
			}
		}
		line := d.feedLine(p.L, last)
		row.Looked, row.Changed, row.Next, row.Do, row.Bad = line.Looked, line.Changed, line.Next, line.Do, line.Bad
		if line.Why != "" {
			row.Next += " (" + line.Why + ")"
		}
		if len(feeds) == 0 {
			row.Looked, row.Next = p.L.T("feed.none"), ""
		}
		if n := signals[o.ID]; n > 0 {
			row.Signals = p.L.T("outlets.signals", "n", n)
		}
		if row.Mode, err = d.mode(ctx, o.ID); err != nil {
			return p, err
		}
		row.ModeText = p.L.T("mode." + row.Mode.String() + ".short")
		p.Outlets = append(p.Outlets, row)
	}
	return p, nil
}

func (d *desk) mode(ctx context.Context, outlet string) (rights.Mode, error) {
	terms, err := d.Store.Terms(ctx, outlet)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return rights.Private, err
	}
	return rights.Decide(terms.Facts(), rights.Signals{}), nil
}

// outletPage is what templates/outlet.html shows.
type outletPage struct {
	frame
	Outlet   news.Outlet
	Language string
	Tag      string // of the language it writes in, or what was sent
	WrongTag bool   // what was sent is none
	Into     string // names of languages; empty: all that the models allow
	IntoTags string // the same as tags
	Feeds    []feedLine
	Lists    []itemList // held for a person, failed, asked for again in vain: those that are not empty, the newest of each
	Twins    string     // how many count as another's article, in words; empty if none does
	Left     *itemList  // by the filter, the newest; nil if nothing was
	Take     string     // terms of the filter, one to a line
	Leave    string
	Mode     rights.Mode
	ModeText string
	Form     termsForm
	Current  termsLine
	History  []termsLine // older than the current ones, the newest first
	Signals  []signalLine
	Ruled    bool      // its pages are read by a rule of its own
	Asking   int       // of its pages wait for leave
	Reading  *progress // of all its pages
}

// A termsForm is the form for new terms, filled in with the present ones or with what was sent.
type termsForm struct {
	Basis, Licence, Credit, Proof                 string
	Translate, Machine, FullText, Excerpt, Images bool
	Bases                                         []basisChoice
}

type basisChoice struct {
	Value, Name string
	Chosen      bool
}

type termsLine struct {
	L       *locale.Printer
	From    string
	By      string
	Basis   string
	Licence string
	Mode    string
	Allowed string // what is, in words
	Proof   string
	Linked  bool // the proof is an address
	Credit  string
}

func (d *desk) outlet(r *http.Request) (outletPage, error) { return d.outletPage(r) }

func (d *desk) outletPage(r *http.Request) (outletPage, error) {
	ctx := r.Context()
	p := outletPage{frame: d.frame(r, "outlets", "")}
	var err error
	if p.Outlet, err = d.Store.Outlet(ctx, r.PathValue("id")); err != nil {
		return p, err
	}
	p.Title, p.Language, p.Tag = p.Outlet.Name, p.L.Capital(p.L.Language(p.Outlet.Lang)), p.Outlet.Lang
	names := make([]string, len(p.Outlet.Into))
	for i, tag := range p.Outlet.Into {
		names[i] = p.L.Language(tag)
	}
	p.Into, p.IntoTags = strings.Join(names, ", "), strings.Join(p.Outlet.Into, ", ")
	feeds, err := d.Store.Feeds(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	filter, err := d.Store.Filter(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	p.Take, p.Leave = strings.Join(filter.Take, "\n"), strings.Join(filter.Leave, "\n")
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	for _, f := range feeds {
		line := d.feedLine(p.L, f)
		line.Intervals = intervals(p.L, time.Duration(f.Interval)*time.Millisecond)
		if line.Hub, err = d.hub(ctx, p.L, f.ID, zone); err != nil {
			return p, err
		}
		p.Feeds = append(p.Feeds, line)
	}
	counts, err := d.itemCounts(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	for _, which := range itemLists {
		if which == "twin" || counts[which] == 0 {
			continue
		}
		list, err := d.itemList(r, p.frame, p.Outlet.ID, which, counts[which], math.MaxInt64, "")
		switch {
		case err != nil:
			return p, err
		case which == "filtered":
			p.Left = &list
		default:
			p.Lists = append(p.Lists, list)
		}
	}
	if n := counts["twin"]; n > 0 {
		p.Twins = p.L.T("items.twin", "n", n)
	}
	rule, err := d.Store.Rule(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	p.Ruled = rule.Text != ""
	if p.Reading, err = d.progress(ctx, p.L, p.Outlet.ID); err != nil {
		return p, err
	}
	p.Asking = counts["asks"]
	history, err := d.Store.TermsHistory(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	for i, t := range history {
		line := d.termsLine(p.L, t, zone)
		if i == 0 {
			p.Current, p.Mode, p.Form = line, rights.Decide(t.Facts(), rights.Signals{}), formOf(t)
			continue
		}
		p.History = append(p.History, line)
	}
	since := int64(0)
	if len(history) > 0 {
		since = history[0].FromAt
	}
	if p.Signals, err = d.signalLines(ctx, p.L, p.Outlet.ID, since, zone); err != nil {
		return p, err
	}
	p.Form.Bases = bases(p.L, p.Form.Basis)
	p.ModeText = p.L.T("mode." + p.Mode.String())
	return p, nil
}

func (d *desk) termsLine(l *locale.Printer, t news.Terms, zone *time.Location) termsLine {
	line := termsLine{
		L: l, By: t.By, Basis: l.T("basis." + basisKey(t.Basis)), Licence: t.Licence, Proof: t.Proof, Credit: t.Credit,
		Mode: l.T("mode." + rights.Decide(t.Facts(), rights.Signals{}).String() + ".short"), From: l.T("terms.first"),
	}
	if t.FromAt > 0 {
		line.From = l.DateTime(time.UnixMilli(t.FromAt).In(zone))
	}
	line.Linked = (strings.HasPrefix(t.Proof, "https://") || strings.HasPrefix(t.Proof, "http://")) && render.Safe(t.Proof)
	var allowed []string
	for _, right := range []struct {
		key string
		has bool
	}{{"translate", t.Translate}, {"machine", t.ByMachine}, {"fulltext", t.FullText}, {"excerpt", t.Excerpt}, {"images", t.Images}} {
		if right.has {
			allowed = append(allowed, l.T("terms."+right.key+".short"))
		}
	}
	line.Allowed = strings.Join(allowed, ", ")
	return line
}

func basisKey(basis string) string {
	if basis == "" {
		basis = rights.Unknown
	}
	return strings.ReplaceAll(basis, " ", "-")
}

func bases(l *locale.Printer, chosen string) []basisChoice {
	if chosen == "" {
		chosen = rights.Unknown
	}
	var list []basisChoice
	for _, b := range rights.Bases {
		list = append(list, basisChoice{Value: b, Name: l.T("terms.basis." + basisKey(b)), Chosen: b == chosen})
	}
	return list
}

func formOf(t news.Terms) termsForm {
	return termsForm{Basis: t.Basis, Licence: t.Licence, Credit: t.Credit, Proof: t.Proof, Translate: t.Translate, Machine: t.ByMachine, FullText: t.FullText, Excerpt: t.Excerpt, Images: t.Images}
}

// termsOf reads the terms that a form sends.
func termsOf(r *http.Request) (news.Terms, error) {
	has := func(name string) bool { return r.FormValue(name) != "" }
	line := func(name string) string {
		return strings.ToValidUTF8(strings.Join(strings.Fields(r.FormValue(name)), " "), "")
	}
	t := news.Terms{
		Basis: r.FormValue("basis"), Licence: line("licence"), Credit: line("credit"), Proof: line("proof"), Translate: has("translate"), ByMachine: has("machine"),
		FullText: has("fulltext"), Excerpt: has("excerpt"), Images: has("images"), By: editor(r).Name,
	}
	if len(t.Licence)+len(t.Credit)+len(t.Proof) > 3*maxNote {
		return t, fmt.Errorf("the texts are too long: %w", news.ErrInvalid)
	}
	return t, nil
}

// setTerms records what an outlet allows from now on.
func (d *desk) setTerms(r *http.Request) (web.Move, error) {
	t, err := termsOf(r)
	if err != nil {
		return web.Move{}, err
	}
	err = d.Room.SetTerms(r.Context(), r.PathValue("id"), t)
	if err == nil {
		return web.Move{To: "/desk/outlets/" + r.PathValue("id") + "?done=terms"}, nil
	}
	return d.outletAgain(r, err, func(p *outletPage) {
		p.Form = formOf(t)
		p.Form.Bases = bases(p.L, t.Basis)
	})
}

// outletAgain answers what was refused on an outlet's page with that page: the alert, and what fill puts back of what the editor entered.
func (d *desk) outletAgain(r *http.Request, err error, fill func(p *outletPage)) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.outletPage(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert = a
	fill(&p)
	return web.Move{}, &web.Instead{Name: "outlet", Page: p, Status: status}
}
