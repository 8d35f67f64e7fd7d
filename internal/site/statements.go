package site

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// statementsPage is what templates/statements.html shows.
type statementsPage struct {
	web.Frame
	Ask     ask
	Heading string
	Said    []said
	Newer   string // path of the first results; empty on them
	Older   string // path of the next; empty at the end
}

// Header lets what was found be shown again for a minute.
func (statementsPage) Header() http.Header { return web.Cached() }

// An ask is the form of the search: a sentence with fields, "What did X say about Y since Z?".
type ask struct {
	Who, Words, Since, Until field
	Speaker                  string // address of the speaker whose page led here; empty if a name was typed
	Outlets, Langs           []choice
	Example                  string // of a date
	Sorry                    string // why it cannot be answered as it is
	Asked                    bool   // something was asked for
}

// A field stands in a sentence.
type field struct {
	Before, Value, After string
	Wrong                bool
}

// A choice is one of several.
type choice struct {
	Value, Name string
	Chosen      bool
}

// maxAsked bounds what may be typed into a field, in bytes.
const maxAsked = 300

// statements is the search over everything said in public articles; without a question the newest.
func (s *site) statements(r *http.Request) (statementsPage, error) {
	ctx := r.Context()
	tag, err := s.part(r)
	if err != nil {
		return statementsPage{}, err
	}
	if err := s.limit.Take(web.Network(r)); err != nil {
		return statementsPage{}, err
	}
	frame, t, err := s.told(r, tag)
	if err != nil {
		return statementsPage{}, err
	}
	values := r.URL.Query()
	page := statementsPage{Frame: frame}
	page.Title = frame.L.T("said")
	query, err := s.read(r, t, &page.Ask)
	if err != nil {
		return statementsPage{}, err
	}
	base := s.base(r)
	here := "/" + tag + "/statements/"
	for i, l := range page.Langs {
		page.Langs[i].Href = "/" + l.Lang + "/statements/"
		page.Alternates = append(page.Alternates, web.Alternate{Lang: l.Lang, URL: base + page.Langs[i].Href})
	}
	page.Canonical = base + here
	query.After = values.Get("after")
	if page.Ask.Asked || query.After != "" {
		page.NoIndex, page.Canonical, page.Alternates = true, "", nil
	}
	if page.Ask.Sorry != "" {
		return statementsPage{}, &web.Instead{Name: "statements", Page: page, Status: http.StatusUnprocessableEntity}
	}
	page.Heading = frame.L.T("said.newest")
	if page.Ask.Asked {
		page.Heading = frame.L.T("ask.found")
	}
	list, next, err := s.find(ctx, query)
	if err != nil {
		return statementsPage{}, asked(err)
	}
	if page.Said, err = s.tell(ctx, t, list, false); err != nil {
		return statementsPage{}, err
	}
	for i, p := range list {
		page.Said[i].Words.HTML = lit(query.Words, p.Place.Words, p.Place.Lang)
		if o := page.Said[i].Origin; o != nil {
			o.HTML = lit(query.Words, p.Words(), p.Lang)
		}
	}
	if query.After != "" {
		page.Newer = onward(here, values, "")
	}
	if next != "" {
		page.Older = onward(here, values, next)
	}
	return page, nil
}

// findRounds is how often find looks further where a page holds nothing but marks that nobody's words stand between.
const findRounds = 8

// find returns what readers see of what was asked for, but marks that nobody's words stand between, and the place of the next page.
func (s *site) find(ctx context.Context, q store.SaidQuery) (list []store.PublicStatement, next string, err error) {
	for range findRounds {
		found, err := s.Store.Said(ctx, q)
		if err != nil {
			return nil, "", err
		}
		var ids []string
		for _, f := range found.Statements {
			ids = append(ids, f.ID)
		}
		if list, err = s.Store.PublicStatementsByID(ctx, q.Public, ids); err != nil {
			return nil, "", err
		}
		list = slices.DeleteFunc(list, func(p store.PublicStatement) bool { return !spokenWords(p.Statement) })
		if next = found.Next; len(list) > 0 || next == "" {
			return list, next, nil
		}
		q.After = next
	}
	return list, next, nil
}

// read makes a question of what was typed, and fills the form with it again.
func (s *site) read(r *http.Request, t teller, a *ask) (store.SaidQuery, error) {
	ctx, v := r.Context(), r.URL.Query()
	get := func(name string) string {
		typed := strings.Join(strings.Fields(strings.ToValidUTF8(v.Get(name), "")), " ")
		if len(typed) > maxAsked {
			typed = strings.ToValidUTF8(typed[:maxAsked], "")
		}
		return typed
	}
	in := func(key, value string) field {
		around := t.l.Around(key, "field")
		return field{Before: around[0], Value: value, After: around[1]}
	}
	q := store.SaidQuery{Public: t.tag, Limit: saidSize, Words: get("q"), Name: get("who")}
	*a = ask{
		Who: in("ask.who", q.Name), Words: in("ask.words", q.Words), Since: in("ask.since", get("since")), Until: in("ask.until", get("until")),
		Example: s.Now().In(t.zone).Format(time.DateOnly),
	}
	if slug := get("speaker"); slug != "" {
		by, err := s.Store.SpeakerAt(ctx, slug)
		if err == nil {
			_, err = s.heard(r, t.tag, by)
		}
		if err == nil {
			by, err = s.Store.PublicSpeaker(ctx, by)
		}
		switch {
		case errors.Is(err, news.ErrNotFound):
		case err != nil:
			return q, err
		case q.Name == "" || q.Name == nameOf(by, t.tag): // another name that was typed over it is another question
			a.Speaker, a.Who.Value = by.Slug, nameOf(by, t.tag)
			q.Speaker, q.Name = by.ID, ""
		}
	}
	var ok bool
	if q.Since, _, ok = t.span(a.Since.Value); !ok {
		a.Since.Wrong = true
		a.Sorry = t.l.T("ask.date", "value", a.Since.Value, "example", a.Example)
	}
	if _, q.Until, ok = t.span(a.Until.Value); !ok {
		a.Until.Wrong = true
		a.Sorry = t.l.T("ask.date", "value", a.Until.Value, "example", a.Example)
	}
	if a.Sorry == "" && q.Since != 0 && q.Until != 0 && q.Since >= q.Until {
		a.Since.Wrong, a.Until.Wrong, a.Sorry = true, true, t.l.T("ask.order")
	}
	return q, s.choices(ctx, t, a, &q, get("outlet"), get("lang"))
}

// choices fills in the outlets of which readers see something, and their languages.
func (s *site) choices(ctx context.Context, t teller, a *ask, q *store.SaidQuery, outlet, tag string) error {
	outlets, err := s.Store.PublicOutlets(ctx, t.tag)
	if err != nil {
		return err
	}
	langs := map[string]bool{}
	for _, o := range outlets {
		a.Outlets = append(a.Outlets, choice{Value: o.ID, Name: o.Name, Chosen: o.ID == outlet})
		if o.ID == outlet {
			q.Outlet = o.ID
		}
		if own := string(lang.Tag(o.Lang).Bare()); own != "" && !langs[own] {
			langs[own] = true
			a.Langs = append(a.Langs, choice{Value: own, Name: t.l.Capital(t.l.Language(own)), Chosen: own == tag})
			if own == tag {
				q.Lang = own
			}
		}
	}
	a.Asked = q.Words != "" || q.Name != "" || q.Speaker != "" || a.Since.Value != "" || a.Until.Value != "" || q.Outlet != "" || q.Lang != ""
	return nil
}

// span reads a day, a month or a year as people of the part's language type them, and returns the beginning of it and the end, in UTC
// milliseconds; both 0 if nothing was typed.
func (t teller) span(typed string) (from, until int64, ok bool) {
	if typed == "" {
		return 0, 0, true
	}
	between := func(a, b time.Time) (int64, int64, bool) {
		return a.UnixMilli(), b.UnixMilli(), a.Year() > 0 && a.Year() < 10_000
	}
	if d, err := time.ParseInLocation("2006", typed, t.zone); err == nil {
		return between(d, d.AddDate(1, 0, 0))
	}
	if d, err := time.ParseInLocation("2006-01", typed, t.zone); err == nil {
		return between(d, d.AddDate(0, 1, 0))
	}
	facts := lang.Facts(lang.Tag(t.l.Tag()))
	name, year, found := strings.Cut(strings.Replace(strings.ToLower(typed), " de ", " ", 1), " ")
	for i, m := range facts.Alone {
		if found && name == strings.ToLower(m) {
			if d, err := time.ParseInLocation("2006", year, t.zone); err == nil {
				d = d.AddDate(0, i, 0)
				return between(d, d.AddDate(0, 1, 0))
			}
		}
	}
	p, err := lang.ParseDate(lang.Tag(t.l.Tag()), typed)
	if err != nil {
		return 0, 0, false
	}
	d := time.Date(p.Time.Year(), p.Time.Month(), p.Time.Day(), 0, 0, 0, 0, t.zone)
	return between(d, d.AddDate(0, 0, 1))
}

// onward is the address of another part of what was found.
func onward(here string, v url.Values, after string) string {
	next := url.Values{}
	for _, name := range []string{"who", "q", "since", "until", "outlet", "lang", "speaker"} {
		if typed := v.Get(name); typed != "" && len(typed) <= maxAsked {
			next.Set(name, typed)
		}
	}
	if after != "" {
		next.Set("after", after)
	}
	if len(next) == 0 {
		return here
	}
	return here + "?" + next.Encode()
}

// lit is a text with the words told apart that were asked for.
func lit(query, text, tag string) template.HTML {
	var list []render.Lit
	for _, w := range store.Lit(query, text) {
		list = append(list, render.Lit{Start: w[0], End: w[1], Class: "asked"})
	}
	return render.Text(doc.Text{S: text}, tag, render.Options{Lit: list})
}
