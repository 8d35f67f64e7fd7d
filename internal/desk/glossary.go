package desk

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/render"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// glossarySize is how many rows a page of the glossary shows.
const glossarySize = 50

// everyLanguage stands in an address for the rows that hold for every language.
const everyLanguage = "any"

// glossaryPage is what templates/glossary.html shows.
type glossaryPage struct {
	frame
	Pairs      []langTab // of the glossary; nil for fewer than two
	From, To   string    // the pair that was chosen
	Words      string    // that were sought
	Terms      []termLine
	First      string // path of the first page; empty on it
	More       string // path of the next page; empty on the last
	All        int    // rows of the whole glossary
	Remembered int    // sentences that editors approved
	Export     string // path of the file of what is shown
	Form       termForm
}

type termLine struct {
	store.Term
	Languages string
	FromDir   string
	ToDir     string
	KindName  string // of a name; empty for a term
	RuleName  string
	Tone      string // class of the rule
	Shown     string // what stands for the translation
}

// A glossaryView is the part of the glossary that a page shows.
type glossaryView struct{ From, To, Words, After, Word string }

func viewOf(r *http.Request) glossaryView {
	v := glossaryView{string(lang.Tag(r.FormValue("from")).Bare()), r.FormValue("to"), cleanName(r.FormValue("q")), r.FormValue("after"), r.FormValue("word")}
	if r.Method != http.MethodGet { // a form that came back is about a term; all are shown with it
		v = glossaryView{}
	}
	return v
}

func (v glossaryView) path(page string) string {
	q := url.Values{}
	for key, value := range map[string]string{"from": v.From, "to": v.To, "q": v.Words, "after": v.After, "word": v.Word} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

func (v glossaryView) query(limit int) store.TermQuery {
	q := store.TermQuery{From: v.From, To: v.To, Words: v.Words, Limit: limit}
	if v.To == everyLanguage {
		q.To, q.EveryTo = "", true
	}
	q.After.ID, q.After.Source = v.After, v.Word
	return q
}

func (d *desk) glossary(r *http.Request) (glossaryPage, error) { return d.glossaryPage(r) }

func (d *desk) glossaryPage(r *http.Request) (glossaryPage, error) {
	ctx, v := r.Context(), viewOf(r)
	p := glossaryPage{frame: d.frame(r, "glossary", ""), From: v.From, To: v.To, Words: v.Words}
	p.Title = p.L.T("glossary")
	pairs, err := d.Store.TermPairs(ctx)
	if err != nil {
		return p, err
	}
	if len(pairs) > 1 || v.From != "" {
		p.Pairs = append(p.Pairs, langTab{p.L.T("queue.anylang"), glossaryView{Words: v.Words}.path("/desk/glossary/"), v.From == "" && v.To == ""})
	}
	for _, pair := range pairs {
		p.All += pair.Count
		to := pair.To
		if to == "" {
			to = everyLanguage
		}
		if p.Pairs != nil {
			p.Pairs = append(p.Pairs, langTab{p.L.Capital(pairName(p.L, pair.From, pair.To)), glossaryView{From: pair.From, To: to, Words: v.Words}.path("/desk/glossary/"), v.From == pair.From && v.To == to})
		}
	}
	terms, err := d.Store.FindTerms(ctx, v.query(glossarySize+1))
	if err != nil {
		return p, err
	}
	if v.After != "" {
		p.First = glossaryView{From: v.From, To: v.To, Words: v.Words}.path("/desk/glossary/")
	}
	if len(terms) > glossarySize {
		terms = terms[:glossarySize]
		last := terms[glossarySize-1]
		p.More = glossaryView{v.From, v.To, v.Words, last.ID, last.Source}.path("/desk/glossary/")
	}
	for _, t := range terms {
		p.Terms = append(p.Terms, newTermLine(p.L, t))
	}
	p.Export = glossaryView{From: v.From, To: v.To, Words: v.Words}.path("/desk/glossary/glossary.csv")
	to := v.To
	if to == everyLanguage {
		to = ""
	}
	p.Form = formOfTerm(p.L, "/desk/glossary/", term.Row{From: lang.Tag(v.From), To: lang.Tag(to), Rule: term.Must})
	p.Remembered, err = d.Store.Remembered(ctx)
	return p, err
}

// pairName names two languages; into every one where to is empty.
func pairName(l *locale.Printer, from, to string) string {
	into := l.T("glossary.every")
	if to != "" {
		into = l.Language(to)
	}
	return l.T("pair", "from", l.Language(from), "into", into)
}

func newTermLine(l *locale.Printer, t store.Term) termLine {
	line := termLine{
		Term: t, Languages: pairName(l, string(t.From), string(t.To)), FromDir: render.Dir(string(t.From)), ToDir: render.Dir(string(t.To)),
		RuleName: l.T("glossary.short." + string(t.Rule)), Shown: t.Target,
		Tone: map[term.Rule]string{term.Must: "clear", term.May: "", term.Never: "stop", term.Keep: "note"}[t.Rule],
	}
	if t.Kind != "" {
		line.KindName = l.T("glossary.kind." + string(t.Kind))
	}
	if t.Kind != "" && t.Target == "" && t.To != "" { // spelt by the system of the language: show how
		if base, err := term.FromRows([]term.Row{t.Row}, t.To); err == nil {
			for _, m := range base.Find(t.From, t.To, t.Source) {
				line.Shown = strings.Join(m.Must, ", ")
			}
		}
	}
	return line
}

// addTerm adds a row to the glossary.
func (d *desk) addTerm(r *http.Request) (web.Move, error) {
	row := termOf(r)
	_, err := d.Room.SaveTerm(r.Context(), "", row, editor(r).Name)
	if err == nil {
		return web.Move{To: "/desk/glossary/?done=term"}, nil
	}
	return d.refuseGlossary(r, err, row)
}

// refuseGlossary shows the glossary again with what was wrong, and the form as it was filled in.
func (d *desk) refuseGlossary(r *http.Request, err error, row term.Row) (web.Move, error) {
	a, status, ok := d.refused(r, err)
	if !ok {
		return web.Move{}, err
	}
	p, perr := d.glossaryPage(r)
	if perr != nil {
		return web.Move{}, errors.Join(err, perr)
	}
	p.Alert, p.Form = a, formOfTerm(p.L, "/desk/glossary/", row)
	return web.Move{}, &web.Instead{Name: "glossary", Page: p, Status: status}
}

// importTerms adds the rows of a file.
func (d *desk) importTerms(r *http.Request) (web.Move, error) {
	file, _, err := r.FormFile("file")
	if err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return web.Move{}, fmt.Errorf("import: %w", err)
		}
		return d.refuseGlossary(r, fmt.Errorf("%s: %w", printer(r).T("glossary.file.none"), news.ErrInvalid), term.Row{Rule: term.Must})
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := term.ReadCSV(file, lang.Tag(r.FormValue("from")), lang.Tag(r.FormValue("to")))
	if err != nil {
		return d.refuseGlossary(r, fmt.Errorf("%w: %w", err, news.ErrInvalid), term.Row{Rule: term.Must})
	}
	if _, _, err := d.Room.ImportTerms(r.Context(), rows, editor(r).Name); err != nil {
		return d.refuseGlossary(r, err, term.Row{Rule: term.Must})
	}
	return web.Move{To: "/desk/glossary/?done=imported"}, nil
}

// maxExport is how many rows a file of the glossary holds: as many as can be read back.
const maxExport = 50_000

// exportTerms is the glossary, or the part of it that is shown, as a file.
func (d *desk) exportTerms(r *http.Request) (web.Body, error) {
	v := viewOf(r)
	terms, err := d.Store.FindTerms(r.Context(), v.query(maxExport))
	if err != nil {
		return web.Body{}, err
	}
	rows := make([]term.Row, len(terms))
	for i, t := range terms {
		rows[i] = t.Row
	}
	var b bytes.Buffer
	if err := term.WriteCSV(&b, rows); err != nil {
		return web.Body{}, err
	}
	return web.Body{Type: "text/csv; charset=utf-8", Bytes: b.Bytes(), Header: http.Header{"Content-Disposition": {`attachment; filename="glossary.csv"`}}}, nil
}

// The kinds and rules of a row as the form offers them.
var (
	termKinds = []term.NameKind{"", term.Person, term.Place, term.Body}
	termRules = []term.Rule{term.Must, term.May, term.Never, term.Keep}
)

// A termForm is the form for a row of the glossary, filled in.
type termForm struct {
	L           *locale.Printer
	Action      string
	Row         term.Row
	SourceForms string // one a line
	TargetForms string
	Kinds       []wordChoice
	Rules       []wordChoice
	More        bool // the further fields are open: one of them is filled in
}

type wordChoice struct {
	Value, Name string
	Chosen      bool
}

func formOfTerm(l *locale.Printer, action string, row term.Row) termForm {
	f := termForm{L: l, Action: action, Row: row, SourceForms: strings.Join(row.SourceForms, "\n"), TargetForms: strings.Join(row.TargetForms, "\n")}
	for _, k := range termKinds {
		name := string(k)
		if name == "" {
			name = "term"
		}
		f.Kinds = append(f.Kinds, wordChoice{string(k), l.T("glossary.kind." + name), k == row.Kind})
	}
	for _, rule := range termRules {
		f.Rules = append(f.Rules, wordChoice{string(rule), l.T("glossary.rule." + string(rule)), rule == row.Rule})
	}
	f.More = f.SourceForms != "" || f.TargetForms != "" || row.Case || row.Home != "" || row.Note != ""
	return f
}

// termOf reads what an editor filled in.
func termOf(r *http.Request) term.Row {
	lines := func(name string) []string {
		return slices.DeleteFunc(strings.Split(strings.ReplaceAll(r.FormValue(name), "\r", ""), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	}
	return term.Row{
		Kind: term.NameKind(r.FormValue("kind")), From: lang.Tag(r.FormValue("from")), To: lang.Tag(r.FormValue("to")), Source: r.FormValue("source"), Target: r.FormValue("target"),
		Rule: term.Rule(r.FormValue("rule")), SourceForms: lines("source_forms"), TargetForms: lines("target_forms"), Case: r.FormValue("case") != "",
		Home: lang.Tag(r.FormValue("home")), Note: r.FormValue("note"),
	}.Tidy()
}
