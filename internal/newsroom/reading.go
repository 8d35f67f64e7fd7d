package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A reading is what was found in a page.
type reading struct {
	doc       doc.Document
	report    store.Report
	canonical string      // the page's own address; empty if what it names is no article's
	none      error       // why the page holds no article; nil if it holds one, or its beginning
	forms     []string    // addresses of the page's other forms, for print and for small devices
	names     []term.Name // people and bodies of the glossary, by which it is read for statements
}

// something reports whether there is a text that could be translated.
func (f reading) something() bool {
	if f.none == nil {
		return true
	}
	return f.doc.Lang != "" && f.doc.Title.S != "" && len(f.doc.Blocks) > 0 && f.doc.Stored() == nil
}

// whole reports whether the whole article was found.
func (f reading) whole() bool { return f.none == nil && f.report.Whole() }

// readBy finds the article in a page by a rule of its outlet. text is what the feed gave of it, which the page is held against. It is an error if
// the rule is none any more or nobody knows the language.
func readBy(page fetch.Response, outlet news.Outlet, item news.Item, text string, rule store.Rule) (reading, error) {
	parsed, err := extract.ParseRule(rule.Text)
	if err != nil {
		return reading{}, fmt.Errorf("read %s: %w; correct it at /desk/outlets/%s/rule", page.URL, err, outlet.ID)
	}
	d, report, err := extract.Article(extract.Page{
		HTML: page.Body, URL: page.URL, Header: page.Header,
		Hints: extract.Hints{Lang: spoken(outlet.Lang), Title: item.Title, Text: text, Now: page.At},
	}, parsed)
	f := reading{doc: d, report: reportOf(report), canonical: report.Canonical, forms: nonEmpty(report.Print, report.AMP)}
	if ofSection(f.canonical, page.URL) {
		f.report.Notes = append(f.report.Notes, sectionNote(f.canonical))
		f.canonical = ""
	}
	if rule.Text != "" {
		f.report.Rule = rule.N
	}
	if spoken(f.doc.Lang) == "" {
		f.doc.Lang = spoken(outlet.Lang)
		f.report.Found = slices.DeleteFunc(f.report.Found, func(v store.Found) bool { return v.Field == "lang" })
	}
	switch {
	case errors.Is(err, extract.ErrNoArticle):
		f.none = err
	case err != nil:
		return f, fmt.Errorf("read %s: %w", page.URL, err)
	case f.doc.Lang == "":
		return f, fmt.Errorf("read %s: the page does not say its language: set the outlet's at /desk/outlets/%s", page.URL, outlet.ID)
	}
	return f, nil
}

// nonEmpty returns those of the strings that are not empty.
func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// reportFields are the fields of a report in the order of an article.
var reportFields = []string{"title", "deck", "byline", "published", "modified", "lang", "body", "image", "site", "license", "canonical"}

// reportOf keeps of a report what the desk shows.
func reportOf(r extract.Report) store.Report {
	p := store.Report{State: string(r.State), Paywall: r.Paywall, Charset: r.Charset.Name, Next: r.Next}
	values := map[string]string{
		"published": r.Published.String(), "modified": r.Modified.String(), "image": r.Image, "site": r.Site, "license": r.License, "canonical": r.Canonical,
	}
	said := map[string]bool{} // notes that repeat a source
	fields := slices.Clone(reportFields)
	for field := range r.Sources {
		if !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields[len(reportFields):])
	for _, field := range fields {
		if s := r.Sources[field]; s.From != "" {
			p.Found = append(p.Found, store.Found{Field: field, From: s.From, Sure: s.Sure, Value: values[field]})
			said[field+" is doubtful: it was read from "+s.From] = true
		}
	}
	for _, note := range r.Notes {
		if !said[note] {
			p.Notes = append(p.Notes, note)
		}
	}
	return p
}

// response is a kept page as it was fetched.
func response(p store.Page) fetch.Response {
	return fetch.Response{URL: p.URL, Status: p.Status, Header: p.Header, Body: p.Body, At: timeOf(p.At)}
}

// A Read is what a page says by a rule.
type Read struct {
	Doc    doc.Document
	Report store.Report
	None   string // why the page holds no article, in English; empty if it holds one
}

func (f reading) read() Read {
	r := Read{Doc: f.doc, Report: f.report}
	if f.none != nil {
		r.None = f.none.Error()
	}
	return r
}

// keptPage returns an item of an outlet whose page is kept, and the newest page of it. ref is an identifier or an address; empty for
// the item that was seen last.
func (r *Room) keptPage(ctx context.Context, outlet news.Outlet, ref string) (news.Item, store.Page, error) {
	var item news.Item
	var err error
	if ref = strings.TrimSpace(ref); ref == "" {
		var list []news.Item
		if list, err = r.Store.NewestKept(ctx, outlet.ID, 1); err == nil && len(list) == 0 {
			err = fmt.Errorf("no page of %s is kept yet: look at its feeds, or take a page by its address: %w", outlet.Name, news.ErrInvalid)
		} else if err == nil {
			item, err = r.Store.Item(ctx, list[0].ID)
		}
	} else if item, err = r.Store.Item(ctx, ref); errors.Is(err, news.ErrNotFound) {
		item, err = r.itemAt(ctx, outlet, ref)
	}
	if err != nil {
		return item, store.Page{}, err
	}
	if item.Outlet != outlet.ID {
		return item, store.Page{}, fmt.Errorf("%s is not a page of %s: choose one of its own: %w", item.URL, outlet.Name, news.ErrInvalid)
	}
	page, err := r.Store.PageOf(ctx, item.ID)
	if errors.Is(err, news.ErrNotFound) {
		return item, page, fmt.Errorf("the page %s is not kept: take it first: %w", item.URL, news.ErrInvalid)
	}
	return item, page, err
}

func (r *Room) itemAt(ctx context.Context, outlet news.Outlet, url string) (news.Item, error) {
	items, err := r.Store.ItemsByLink(ctx, outlet.Site, linkKey(url))
	if err != nil {
		return news.Item{}, err
	}
	for _, i := range items {
		if i.Outlet == outlet.ID {
			return i, nil
		}
	}
	return news.Item{}, fmt.Errorf("no page of %s with the address %.200q is kept: take it first, or choose one of the list: %w", outlet.Name, url, news.ErrInvalid)
}
