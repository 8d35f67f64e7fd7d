package desk

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/diff"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// rulePage is what templates/rule.html shows: what is taken and dropped of an outlet's pages, what a rule would make of one of them, and the
// reading of all of them anew.
type rulePage struct {
	frame
	Outlet  news.Outlet
	Text    string // of the form
	Wrong   string // what is wrong with it; empty if nothing is
	Saved   string // who wrote the present rule, and when; empty if none was ever written
	Pages   []pageChoice
	Address string // of another page, as it was asked for
	Trial   *trialView
	Kept    int // pages that can be read again
	Reading *progress
	History []ruleLine
	Older   string // path of the next rules; empty on the last page
}

type pageChoice struct {
	Item, Title string
	Chosen      bool
}

type ruleLine struct {
	N        int
	Text     string
	By, At   string
	Restores bool
}

// A progress is how far the reading of all pages is.
type progress struct {
	Text   string
	Failed string // what could not be read; empty if all was
	Why    string // of the last of it, in English
	Runs   bool
	Done   int
	Items  int
}

// A trialView is a page read by the present rule and by the one that is tried.
type trialView struct {
	L          *locale.Printer
	Title, URL string
	At         string // when the page was fetched
	Lang       string
	Dir        string
	Changes    int
	Rows       []trialRow
	Now, Then  string // why there is no article; empty if there is one
	NowState   string
	ThenState  string
	Report     reportView
	Incomplete bool // by the rule that is tried it waits for leave
}

// A trialRow is a part of the article in both readings. Either may be missing.
type trialRow struct {
	Kind    string
	Changed string // what happened to it, in words; empty if nothing did
	Class   string
	Now     template.HTML
	Then    template.HTML
}

const (
	rulePages   = 30 // pages to choose from
	ruleHistory = 20
)

func (d *desk) rule(r *http.Request) (rulePage, error) { return d.rulePage(r, r.FormValue("page")) }

func (d *desk) rulePage(r *http.Request, chosen string) (rulePage, error) {
	ctx := r.Context()
	p := rulePage{frame: d.frame(r, "outlets", "")}
	var err error
	if p.Outlet, err = d.Store.Outlet(ctx, r.PathValue("id")); err != nil {
		return p, err
	}
	p.Title = p.L.T("rule.of", "outlet", p.Outlet.Name)
	zone, err := d.zone(ctx)
	if err != nil {
		return p, err
	}
	now, err := d.Store.Rule(ctx, p.Outlet.ID)
	if err != nil {
		return p, err
	}
	p.Text = now.Text
	if now.N > 0 {
		p.Saved = p.L.T("rule.saved", "name", now.By, "at", p.L.DateTime(time.UnixMilli(now.At).In(zone)))
	}
	before := now.N
	if s := r.URL.Query().Get("before"); s != "" {
		if before, err = strconv.Atoi(s); err != nil {
			return p, fmt.Errorf("place %.20q in the list: %w", s, news.ErrNotFound)
		}
	}
	history, err := d.Store.Rules(ctx, p.Outlet.ID, before, ruleHistory+1)
	if err != nil {
		return p, err
	}
	if len(history) > ruleHistory {
		history = history[:ruleHistory]
		p.Older = "/desk/outlets/" + p.Outlet.ID + "/rule?before=" + strconv.Itoa(history[ruleHistory-1].N) + "#history"
	}
	for _, x := range history {
		p.History = append(p.History, ruleLine{N: x.N, Text: x.Text, By: x.By, At: p.L.DateTime(time.UnixMilli(x.At).In(zone)), Restores: x.Text != now.Text})
	}
	items, err := d.Store.NewestKept(ctx, p.Outlet.ID, rulePages)
	if err != nil {
		return p, err
	}
	if chosen != "" && !slices.ContainsFunc(items, func(i news.Item) bool { return i.ID == chosen }) {
		// an older page, which a link or an address led to
		if i, err := d.Store.Item(ctx, chosen); err == nil && i.Outlet == p.Outlet.ID {
			items = append([]news.Item{i}, items...)
		} else if err != nil && !errors.Is(err, news.ErrNotFound) {
			return p, err
		}
	}
	for _, i := range items {
		title := i.Title
		if title == "" {
			title = i.URL
		}
		p.Pages = append(p.Pages, pageChoice{Item: i.ID, Title: render.Cut(title, 90), Chosen: i.ID == chosen})
	}
	if p.Kept, err = d.Store.CountKept(ctx, p.Outlet.ID); err != nil {
		return p, err
	}
	p.Reading, err = d.progress(ctx, p.L, p.Outlet.ID)
	return p, err
}

// progress says how far the reading of an outlet's pages is; nil if there was none.
func (d *desk) progress(ctx context.Context, l *locale.Printer, outlet string) (*progress, error) {
	x, err := d.Store.Rereading(ctx, outlet)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p := &progress{Runs: x.EndedAt == 0, Done: x.Done, Items: max(x.Items, x.Done), Why: x.Why}
	if p.Runs {
		p.Text = l.T("reread.runs", "done", x.Done, "items", p.Items, "changed", x.Changed)
	} else {
		p.Text = l.T("reread.ended", "n", x.Done, "changed", x.Changed, "ago", l.Ago(time.UnixMilli(x.EndedAt), d.Now()))
	}
	if x.Failed > 0 {
		p.Failed = l.T("reread.failed", "n", x.Failed)
	}
	return p, nil
}

// sentRule reads the form.
func sentRule(r *http.Request) (text, ref string) {
	text = strings.ReplaceAll(r.FormValue("rule"), "\r\n", "\n")
	if ref = strings.TrimSpace(r.FormValue("address")); ref == "" {
		ref = r.FormValue("page")
	}
	return text, ref
}

// tryRule shows what a rule would make of a page.
func (d *desk) tryRule(r *http.Request) (web.Move, error) {
	text, ref := sentRule(r)
	trial, err := d.Room.TryRule(r.Context(), r.PathValue("id"), ref, text)
	if err != nil {
		return d.ruleRefused(r, err)
	}
	p, err := d.rulePage(r, trial.Item.ID)
	if err != nil {
		return web.Move{}, err
	}
	zone, err := d.zone(r.Context())
	if err != nil {
		return web.Move{}, err
	}
	p.Text, p.Address, p.Trial = text, r.FormValue("address"), newTrial(p.L, trial, zone)
	return web.Move{}, &web.Instead{Name: "rule", Page: p, Status: http.StatusOK}
}

// setRule keeps a rule, or brings an earlier one back.
func (d *desk) setRule(r *http.Request) (web.Move, error) {
	id, done := r.PathValue("id"), "rule"
	text, _ := sentRule(r)
	if s := r.FormValue("restore"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n == math.MaxInt {
			return web.Move{}, fmt.Errorf("the form was not the desk's: %w", news.ErrInvalid)
		}
		old, err := d.Store.Rules(r.Context(), id, n+1, 1)
		if err != nil {
			return web.Move{}, err
		}
		if len(old) == 0 || old[0].N != n {
			return web.Move{}, fmt.Errorf("rule %d of outlet %s: %w", n, id, news.ErrNotFound)
		}
		text, done = old[0].Text, "rule.restored"
	}
	if err := d.Room.SetRule(r.Context(), id, text, editor(r).Name); err != nil {
		return d.ruleRefused(r, err)
	}
	return web.Move{To: "/desk/outlets/" + id + "/rule?done=" + done}, nil
}

// ruleRefused brings the form back as it was sent, and says which line is wrong.
func (d *desk) ruleRefused(r *http.Request, err error) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	text, _ := sentRule(r)
	p, perr := d.rulePage(r, r.FormValue("page"))
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	var wrong *newsroom.RuleError
	switch {
	case !errors.As(err, &wrong):
	case wrong.Err == nil:
		p.Wrong = p.L.T("rule.wrong.word", "line", wrong.Line, "word", render.Cut(wrong.Word, 40))
	case wrong.Selector == "":
		p.Wrong = p.L.T("rule.wrong.empty", "line", wrong.Line, "word", wrong.Word)
	default:
		p.Wrong = p.L.T("rule.wrong.selector", "line", wrong.Line, "selector", render.Cut(wrong.Selector, 60))
	}
	if p.Wrong != "" {
		a.Text, a.Detail = p.Wrong, ""
	}
	p.Alert, p.Text, p.Address = a, text, r.FormValue("address")
	return web.Move{}, &web.Instead{Name: "rule", Page: p, Status: status}
}

// rereadOutlet queues all kept pages of an outlet to be read again.
func (d *desk) rereadOutlet(r *http.Request) (web.Move, error) {
	id := r.PathValue("id")
	return web.Move{To: "/desk/outlets/" + id + "/rule?done=reread.outlet#again"}, d.Room.StartRereading(r.Context(), id, editor(r).Name)
}

func newTrial(l *locale.Printer, t newsroom.Trial, zone *time.Location) *trialView {
	v := &trialView{
		L: l, Title: t.Then.Doc.Title.S, URL: t.Page.URL, At: l.DateTime(time.UnixMilli(t.Page.At).In(zone)), Changes: len(t.Changes),
		Lang: t.Then.Doc.Lang, Dir: render.Dir(t.Then.Doc.Lang), Now: t.Now.None, Then: t.Then.None,
		NowState: stateOf(l, t.Now.Report), ThenState: stateOf(l, t.Then.Report), Report: newReport(l, t.Then.Report),
		Rows: trialRows(l, t.Now.Doc, t.Then.Doc, t.Changes),
	}
	v.Incomplete = !t.Then.Report.Whole()
	return v
}

// trialRows puts two readings of a page side by side, in the order of the new one, each removed part where it stood.
func trialRows(l *locale.Printer, now, then doc.Document, changes []diff.Change) []trialRow {
	text := func(t doc.Text, tag string, spans []render.Lit) template.HTML {
		return render.Text(t, tag, render.Options{Classes: true, Lit: spans})
	}
	byNew, byOld := map[int]diff.Change{}, map[int]diff.Change{}
	var rows []trialRow
	head := func(kind string, a, b template.HTML, c *diff.Change) {
		if a == "" && b == "" {
			return
		}
		row := trialRow{Kind: l.T("kind." + kind), Now: a, Then: b}
		if c != nil {
			row.change(l, *c)
		}
		rows = append(rows, row)
	}
	var title, deck, byline, date *diff.Change
	for _, c := range changes {
		switch {
		case c.Kind == diff.Byline:
			byline = &c
		case c.Kind == diff.Dated:
			date = &c
		case c.New == doc.TitleBlock || c.Old == doc.TitleBlock:
			title = &c
		case c.New == doc.DeckBlock || c.Old == doc.DeckBlock:
			deck = &c
		case c.Kind == diff.Removed:
			byOld[c.Old] = c
		default:
			byNew[c.New] = c
			if c.Old >= 0 {
				byOld[c.Old] = c
			}
		}
	}
	lits := func(c *diff.Change) (was, is []render.Lit) {
		if c == nil {
			return nil, nil
		}
		for _, s := range c.Spans {
			was = append(was, render.Lit{Start: s.OldStart, End: s.OldEnd, Class: "differs"})
			is = append(is, render.Lit{Start: s.NewStart, End: s.NewEnd, Class: "differs"})
		}
		return was, is
	}
	was, is := lits(title)
	head("title", text(now.Title, now.Lang, was), text(then.Title, then.Lang, is), title)
	was, is = lits(deck)
	head("deck", text(now.Deck, now.Lang, was), text(then.Deck, then.Lang, is), deck)
	say := func(s string) template.HTML { return text(doc.Text{S: s}, "", nil) }
	head("byline", say(joinNames(now.Byline)), say(joinNames(then.Byline)), byline)
	head("date", say(dateOf(l, now)), say(dateOf(l, then)), date)

	show := render.Options{Classes: true}
	old := 0
	gone := func(until int) {
		for ; old < until; old++ {
			if c, ok := byOld[old]; ok && c.Kind == diff.Removed {
				row := trialRow{Kind: l.T("kind." + blockName(now.Blocks[old])), Now: render.Block(now, old, show)}
				row.change(l, c)
				rows = append(rows, row)
			}
		}
	}
	next := 0 // the old block of the next new one that no change names
	for i, b := range then.Blocks {
		row := trialRow{Kind: l.T("kind." + blockName(b)), Then: render.Block(then, i, show)}
		c, changed := byNew[i]
		switch {
		case changed && c.Kind == diff.Added:
		case changed:
			was, is := lits(&c)
			row.Now = render.Block(now, c.Old, render.Options{Classes: true, Lit: was})
			row.Then = render.Block(then, i, render.Options{Classes: true, Lit: is})
			if !c.Moved && c.Kind != diff.Moved {
				gone(c.Old)
			}
		default:
			for next < len(now.Blocks) {
				if _, named := byOld[next]; !named {
					break
				}
				next++
			}
			if next < len(now.Blocks) {
				gone(next)
				row.Now = render.Block(now, next, show)
				next++
			}
		}
		if changed {
			row.change(l, c)
		}
		rows = append(rows, row)
	}
	gone(len(now.Blocks))
	return rows
}

func (row *trialRow) change(l *locale.Printer, c diff.Change) {
	row.Class = string(c.Kind)
	row.Changed = l.T("change." + string(c.Kind))
}

func blockName(b doc.Block) string {
	if b.Kind.Heading() {
		return "heading"
	}
	return b.Kind.String()
}

func dateOf(l *locale.Printer, d doc.Document) string {
	switch {
	case d.Date.IsZero():
		return ""
	case d.DateOnly:
		return l.Date(d.Date)
	}
	return l.DateTime(d.Date)
}

// A reportView is what a reading says of itself, in words.
type reportView struct {
	Found    []foundLine
	Notes    []string // in English
	Doubtful int
	Rule     int
	State    string // empty for a whole article
}

type foundLine struct {
	Field, From, Value string
	Doubtful           bool
}

func newReport(l *locale.Printer, p store.Report) reportView {
	v := reportView{Notes: p.Notes, Rule: p.Rule}
	if !p.Whole() {
		v.State = stateOf(l, p)
	}
	for _, f := range p.Found {
		line := foundLine{Field: f.Field, From: f.From, Value: f.Value, Doubtful: !f.Sure}
		if l.Has("found." + f.Field) {
			line.Field = l.T("found." + f.Field)
		}
		if line.Doubtful {
			v.Doubtful++
		}
		v.Found = append(v.Found, line)
	}
	return v
}

// stateOf says what kind of page was read.
func stateOf(l *locale.Printer, p store.Report) string {
	if p.Paywall && (p.State == "cut" || p.State == "full" || p.State == "") {
		return l.T("page.kept")
	}
	if l.Has("page." + p.State) {
		return l.T("page." + p.State)
	}
	return l.T("page.full")
}
