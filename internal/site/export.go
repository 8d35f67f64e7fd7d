package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/web"
)

// exportSize is how many statements one response holds; its end names the address of the next.
const exportSize = 100

// A statementsJSON is a part of what is said in public articles, for programs.
type statementsJSON struct {
	Title      string          `json:"title"`
	Lang       string          `json:"lang"` // of the translations
	URL        string          `json:"url"`  // of the page that shows them
	Rights     string          `json:"rights"`
	Next       string          `json:"next,omitempty"` // address of what follows; none at the end
	Statements []statementJSON `json:"statements"`
}

// A statementJSON is a statement of the outlet's own text, with its translation and its addresses. The speaker's name is as the
// translation's language has it where somebody is known by it, else as the outlet does.
type statementJSON struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Lang string `json:"lang"` // of the outlet's text
	news.StatementJSON
	At          string      `json:"at"` // when it was said as far as it is known, else reported
	Translation placeJSON   `json:"translation"`
	Article     articleJSON `json:"article"`
	Outlet      outletJSON  `json:"outlet"`
	Story       string      `json:"story,omitempty"` // address of what other outlets made of it
}

type placeJSON struct {
	Lang    string   `json:"lang"`
	Block   int      `json:"block"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    string   `json:"text"`
	Chain   []string `json:"chain"`
	Passing string   `json:"passing"` // "verbatim", "translated", "translated twice or more", "not known"
	Machine bool     `json:"by_machine"`
	ReadBy  string   `json:"read_by,omitempty"` // empty if nobody read it over
}

type articleJSON struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Original  string `json:"original"` // address of the outlet's own
}

type outletJSON struct {
	Name       string `json:"name"`
	URL        string `json:"url"`
	Licence    string `json:"licence"`
	LicenceURL string `json:"licence_url,omitempty"`
	Credit     string `json:"credit,omitempty"`
}

// An export is a part of what is said, in one form or the other.
type export struct {
	statementsJSON
	next string // cursor
}

// statementsFile serves what is said in public articles of a language, as JSON or as CSV, of one speaker where the address names one.
func (s *site) statementsFile(form string) http.Handler {
	return web.Raw(s.surface, func(r *http.Request) (web.Body, error) {
		tag, err := s.part(r)
		if err != nil {
			return web.Body{}, err
		}
		var by news.Speaker
		if slug := r.PathValue("slug"); slug != "" {
			if by, err = s.Store.SpeakerAt(r.Context(), slug); err != nil {
				return web.Body{}, err
			}
		}
		if err := s.limit.Take(web.Network(r)); err != nil {
			return web.Body{}, err
		}
		e, err := s.export(r, tag, by)
		if err != nil {
			return web.Body{}, err
		}
		body := web.Body{Header: http.Header{"Cache-Control": {"public, max-age=300"}}}
		if e.next != "" {
			e.Next = s.base(r) + r.URL.EscapedPath() + "?after=" + url.QueryEscape(e.next)
			body.Header.Set("Link", "<"+e.Next+`>; rel="next"`)
		}
		name := "statements-" + tag
		if by.Slug != "" {
			name = by.Slug + "-" + tag
		}
		if form == "csv" {
			body.Type = "text/csv; charset=utf-8; header=present"
			body.Header.Set("Content-Disposition", `attachment; filename="`+fileName(name)+`.csv"`)
			body.Bytes, err = e.csv()
			return body, err
		}
		body.Type = "application/json; charset=utf-8"
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false) // served as JSON, with nosniff
		err = enc.Encode(e.statementsJSON)
		body.Bytes = buf.Bytes()
		return body, err
	})
}

// fileName is a name without what a header's quotation marks could not hold.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, s)
}

func (s *site) export(r *http.Request, tag string, by news.Speaker) (export, error) {
	ctx := r.Context()
	frame, t, err := s.told(r, tag)
	if err != nil {
		return export{}, err
	}
	q := store.PublicQuery{Lang: tag, Speaker: by.ID, After: r.URL.Query().Get("after"), Limit: exportSize}
	list, next, err := s.Store.PublicStatementsBy(ctx, q)
	if err != nil {
		return export{}, asked(err)
	}
	if len(list) == 0 && by.ID != "" {
		if _, err := s.heard(r, tag, by); err != nil {
			return export{}, err
		}
	}
	base := s.base(r)
	e := export{next: next, statementsJSON: statementsJSON{
		Title: frame.L.T("said") + " · " + frame.Site.Title, Lang: tag, URL: base + "/" + tag + "/statements/", Rights: frame.L.T("said.export.say"), Statements: []statementJSON{},
	}}
	if by.ID != "" {
		if by, err = s.Store.PublicSpeaker(ctx, by); err != nil {
			return export{}, err
		}
		e.Title, e.URL = nameOf(by, tag)+" · "+frame.Site.Title, base+escapedPath(speakerPath(tag, by.Slug))
	}
	x := exporter{site: s, teller: t, base: base, labels: labels{site: s, terms: map[string]news.Terms{}, read: map[string]string{}}, docs: map[string]doc.Document{}}
	var ids []string
	for _, p := range list {
		if p.Story != "" && !slices.Contains(ids, p.Story) {
			ids = append(ids, p.Story)
		}
	}
	if x.stories, err = s.Store.PublicStoryParts(ctx, tag, ids); err != nil {
		return export{}, err
	}
	for _, p := range list {
		line, err := x.line(ctx, p)
		if err != nil {
			return export{}, err
		}
		e.Statements = append(e.Statements, line)
	}
	return e, nil
}

// An exporter makes lines of statements. What several lines need is read once.
type exporter struct {
	*site
	teller
	labels
	base    string
	docs    map[string]doc.Document // by identifier of the original, and by that of the article
	stories map[string]store.StoryPart
}

func (x exporter) line(ctx context.Context, p store.PublicStatement) (statementJSON, error) {
	terms, err := x.termsOf(ctx, p.Outlet.ID)
	if err != nil {
		return statementJSON{}, err
	}
	by, err := x.readBy(ctx, p.Article)
	if err != nil {
		return statementJSON{}, err
	}
	source, err := x.doc(p.Original, func(id string) (doc.Document, error) {
		d, _, err := x.Store.Original(ctx, id)
		return d, err
	})
	if err != nil {
		return statementJSON{}, err
	}
	shown, err := x.doc(p.Article.ID, func(id string) (doc.Document, error) {
		d, _, err := x.Store.Document(ctx, id, p.Article.Public)
		return d, err
	})
	if err != nil {
		return statementJSON{}, err
	}
	page := x.base + escapedPath(path(p.Article))
	in := textOf(source, p.Block)
	v := statementJSON{
		ID: p.ID, URL: page + "#" + url.PathEscape(wordsAt(p.Statement)), Lang: p.Lang, At: stamp(p.At),
		StatementJSON: news.NewStatementJSON(p.Statement.Statement, func(i int) int { return doc.CodePoint(in, i) }),
		Translation:   placeJSON{Lang: p.Place.Lang, Block: p.Place.Block, Text: p.Place.Words, Chain: tags(p.Statement, x.tag), Passing: passing(p.Statement, x.tag), Machine: true, ReadBy: by},
		Article:       articleJSON{ID: p.Article.ID, URL: page, Title: p.Article.Title, Published: stamp(p.Article.PublishedAt), Original: p.OriginalURL},
		Outlet:        outletJSON{Name: p.Outlet.Name, URL: p.Outlet.Home, Credit: terms.Credit},
	}
	here := textOf(shown, p.Place.Block)
	v.Translation.Start, v.Translation.End = doc.CodePoint(here, p.Place.Start), doc.CodePoint(here, p.Place.End)
	v.Outlet.Licence, v.Outlet.LicenceURL = licence(x.l, terms, notice(store.Public{Article: p.Article, Terms: terms}))
	if v.Speaker != nil && p.By.Slug != "" {
		v.Speaker.ID, v.Speaker.Name, v.Speaker.URL = p.By.ID, nameOf(p.By, x.tag), x.base+escapedPath(speakerPath(x.tag, p.By.Slug))
	}
	if x.stories[p.Story].Several() {
		v.Story = x.base + storyPath(x.tag, p.Story)
	}
	return v, nil
}

// doc reads a document that was not read before. One that is not there is empty: the words are given all the same.
func (x exporter) doc(id string, read func(string) (doc.Document, error)) (doc.Document, error) {
	if d, ok := x.docs[id]; ok {
		return d, nil
	}
	d, err := read(id)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return doc.Document{}, err
	}
	x.docs[id] = d
	return d, nil
}

// textOf is a text of a document by its number.
func textOf(d doc.Document, block int) string {
	switch {
	case block == doc.TitleBlock:
		return d.Title.S
	case block == doc.DeckBlock:
		return d.Deck.S
	case block >= 0 && block < len(d.Blocks):
		return d.Blocks[block].Text.S
	}
	return ""
}

// csvHead names the columns of a table of statements: the fields of the JSON, flat.
var csvHead = []string{
	"id", "url", "kind", "speaker", "speaker_id", "speaker_url", "mention", "role", "state", "addressee", "said_at", "said_at_precision", "said_at_text", "at", "answers", "cue", "stance",
	"translation_lang", "translation", "lang", "text", "first_lang", "chain", "passing", "read_by", "article_id", "article_title", "article_url", "published", "original_url", "outlet", "outlet_url",
	"licence", "licence_url", "credit", "story",
}

func (e export) csv() ([]byte, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true // RFC 4180
	if err := w.Write(csvHead); err != nil {
		return nil, err
	}
	for _, s := range e.Statements {
		by, cue, said := s.Speaker, s.Cue, s.SaidAt
		if by == nil {
			by = &news.SpeakerJSON{}
		}
		if cue == nil {
			cue = &news.CueJSON{}
		}
		if said == nil {
			said = &news.DateJSON{}
		}
		row := []string{
			s.ID, s.URL, s.Kind, by.Name, by.ID, by.URL, by.Mention, by.Role, by.State, s.Addressee, said.Value, said.Precision, said.Text, s.At, s.Answers, cue.Text, cue.Stance,
			s.Translation.Lang, s.Translation.Text, s.Lang, s.Text, s.FirstLang, strings.Join(s.Translation.Chain, " "), s.Translation.Passing, s.Translation.ReadBy,
			s.Article.ID, s.Article.Title, s.Article.URL, s.Article.Published, s.Article.Original, s.Outlet.Name, s.Outlet.URL, s.Outlet.Licence, s.Outlet.LicenceURL, s.Outlet.Credit, s.Story,
		}
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// formula is where a spreadsheet would find one: at the beginning of a value, and, since it may part lines at semicolons or tabs instead
// of commas, behind each of these. Quotation marks before a formula's sign do not keep it from being one.
var formula = regexp.MustCompile(`(^|[;\t\r\n])("*[=+\-@|%＝＋－＠])`)

// cell is a value that no spreadsheet takes for a formula: there is an apostrophe before what begins like one.
func cell(s string) string {
	safe := formula.ReplaceAllString(s, "$1'$2")
	if safe != "" && strings.ContainsRune("\t\r\n", rune(safe[0])) { // some leave them out
		return "'" + safe
	}
	return safe
}
