package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/render"
)

type extractFlags struct{ base, as, lang, rule string }

var extractFilter = filter[extractFlags]{
	name: "extract", args: "[--base URL] [--as doc|json|html|text] [--rule FILE] [FILE]", short: "page → article",
	long: `Finds the article in a page and prints it: as a document in text form, as JSON with everything the page says about it, as
HTML of the body, or as plain text.

A rule says for one outlet what to take and what to drop: on each line one of the words title, deck, byline, date, body, drop, and
a CSS selector. It is written as at the desk, under "How its pages are read" of an outlet.`,
	example: "dragoman extract --base https://outlet.example/news/harbour/ page.html",
	header:  true,
	fields:  []string{"file", "text", "html"},
	flags: func(fs *flags, o *extractFlags) {
		fs.StringVar(&o.base, "base", "", "`URL`: the page's address, from which its links start")
		fs.StringVar(&o.as, "as", "doc", "`FORM`: doc, json, html or text")
		fs.StringVar(&o.lang, "lang", "", "`TAG`: the language, where the page does not say it")
		fs.StringVar(&o.rule, "rule", "", "`FILE`: what to take and what to drop, as written at the desk")
	},
	check: func(o extractFlags) error {
		if !slices.Contains([]string{"doc", "json", "html", "text"}, o.as) {
			return usagef("--as %q is none of doc, json, html, text", o.as)
		}
		if u, err := url.Parse(o.base); o.base != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || address.Resolve(o.base, o.base) == "") {
			return usagef("--base %.200q is no web address: write one that begins with https://", o.base)
		}
		if _, err := lang.Parse(o.lang); o.lang != "" && err != nil {
			return usagef("--lang: %w", err)
		}
		return nil
	},
	do: func(_ context.Context, _ *app, o extractFlags, in input) (result, error) {
		if in.fields != nil && in.kind == "" {
			return result{}, errors.New(`the line names no page: give its "file" or its "text"`)
		}
		rule, err := ruleOf(o.rule)
		if err != nil {
			return result{}, err
		}
		collectFor(len(in.body))
		d, report, err := extract.Article(extract.Page{HTML: in.body, URL: o.base, Header: in.headers, Hints: extract.Hints{Lang: o.lang}}, rule)
		// A page without an article is an answer, too, where the form has a place for it; what is no page is none.
		if err != nil && (o.as != "json" || !errors.Is(err, extract.ErrNoArticle) || errors.Is(err, extract.ErrNoPage)) {
			return result{}, err
		}
		switch o.as {
		case "doc":
			text := doc.Format(d)
			return result{object: map[string]string{"doc": text}, text: written(text)}, nil
		case "html":
			text := deckAndBody(d)
			return result{object: map[string]string{"html": text}, text: written(text + "\n")}, nil
		case "text":
			text := extract.Text(d)
			return result{object: map[string]string{"text": text}, text: written(text + "\n")}, nil
		}
		j := pageJSON(d, report)
		if err != nil {
			j.Notes = append(j.Notes, oneLine(err))
		}
		return result{object: j}, nil
	},
}

// maxRule bounds a file that holds a rule, in bytes.
const maxRule = 16 << 10

// ruleOf reads the rule that a file holds; the zero rule for no file.
func ruleOf(file string) (extract.Rule, error) {
	if file == "" {
		return extract.Rule{}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return extract.Rule{}, fmt.Errorf("read the rule: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxRule+1))
	if err != nil {
		return extract.Rule{}, fmt.Errorf("read the rule: %w", err)
	}
	if len(b) > maxRule {
		return extract.Rule{}, fmt.Errorf("read the rule: %s has more than %d bytes: keep to what the pages need", file, maxRule)
	}
	rule, err := extract.ParseRule(strings.TrimPrefix(strings.ToValidUTF8(string(b), "\uFFFD"), "\uFEFF"))
	if err != nil {
		return extract.Rule{}, fmt.Errorf("%s: %w", file, err)
	}
	return rule, nil
}

// collected is the percentage that collectFor set last.
var collected atomic.Int32

// collectFor sets how much the heap may grow until garbage is collected, in percent of what is in use, for a page of so many bytes. The whole work
// on most pages is a few megabytes, all of them garbage when the page is done: there the collector can wait. A large page is to be read in little
// memory, if in more time. Setting it stops the program for a moment, and memory that a smaller heap gives back to the system is soon asked for
// again, so it is set only where it is another.
func collectFor(page int) {
	percent := int32(400)
	switch {
	case page > 1<<20:
		percent = 40
	case page > 512<<10:
		percent = 100
	}
	if collected.Swap(percent) != percent {
		debug.SetGCPercent(int(percent))
	}
}

func written(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// deckAndBody is the article as HTML, without title and byline.
func deckAndBody(d doc.Document) string {
	show := render.Options{Picture: func(src string) (render.Picture, bool) { return render.Picture{Path: src}, true }}
	body := string(render.HTML(d, show))
	if d.Deck.S == "" {
		return body
	}
	return "<p>" + string(render.Text(d.Deck, d.Lang, show)) + "</p>\n" + body
}

// An articlePage is what extract --as json prints.
type articlePage struct {
	URL       string                `json:"url"`
	Canonical string                `json:"canonical"`
	Lang      string                `json:"lang"`
	Title     string                `json:"title"`
	Deck      string                `json:"deck"`
	Byline    []string              `json:"byline"`
	Published string                `json:"published"`
	Modified  string                `json:"modified"`
	Site      string                `json:"site"`
	License   string                `json:"license"`
	Image     string                `json:"image"`
	State     string                `json:"state"`
	Paywall   bool                  `json:"paywall"`
	Sources   map[string]sourceJSON `json:"sources"`
	Next      string                `json:"next"`
	AMP       string                `json:"amp"`
	Text      string                `json:"text"`
	Document  any                   `json:"document"` // null where the page holds no article
	Notes     []string              `json:"notes"`
}

type sourceJSON struct {
	From string `json:"from"`
	Sure bool   `json:"sure"`
}

func pageJSON(d doc.Document, r extract.Report) articlePage {
	p := articlePage{
		URL: r.URL, Canonical: r.Canonical, Lang: d.Lang, Title: d.Title.S, Deck: d.Deck.S, Byline: orEmpty(d.Byline),
		Published: r.Published.String(), Modified: r.Modified.String(), Site: r.Site, License: r.License, Image: r.Image,
		State: string(r.State), Paywall: r.Paywall, Sources: map[string]sourceJSON{}, Next: r.Next, AMP: r.AMP,
		Text: extract.Text(d), Notes: orEmpty(r.Notes),
	}
	for field, s := range r.Sources {
		if s.From != "" {
			p.Sources[field] = sourceJSON(s)
		}
	}
	if whole, err := d.Encodable(); err == nil {
		p.Document = whole
	}
	return p
}

// orEmpty is a list that JSON writes as one even if it has nothing.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
