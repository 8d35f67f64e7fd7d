package newsroom_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

// pageOf is one page of an article, with what its head says.
func pageOf(head, title string, paras ...string) string {
	return `<!doctype html><html lang="en"><head><title>` + title + `</title>` + head + `</head><body><main><article><h1>` + title + `</h1><p>` + strings.Join(paras, "</p><p>") + `</p></article></main></body></html>`
}

// titled returns the articles with a title of the original.
func (b *bench) titled(title string) []news.Article {
	var list []news.Article
	for _, a := range b.articles() {
		d, _, err := b.store.OriginalOf(b.t.Context(), a.Item)
		b.ok(err)
		if d.Title.S == title {
			list = append(list, a)
		}
	}
	return list
}

// An article of several pages is one: its pages are fetched once, kept with the first, and read again without a request.
func TestPagesOfAnArticleAreJoined(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		words := func(s string) string { return newsroomtest.Words(s) }
		for i, slug := range []string{"flood/3", "flood/2", "flood"} {
			b.outlet.Add(slug, fmt.Sprintf("Part %d", 3-i), words("x"))
		}
		b.outlet.Raw("flood", pageOf(`<link rel="next" href="/flood/2">`, "A flood in the valley", words("flood"), words("river")))
		b.outlet.Raw("flood/2", pageOf(`<link rel="next" href="/flood/3">`, "A flood in the valley", words("bridge"), words("mayor")))
		b.outlet.Raw("flood/3", pageOf("", "A flood in the valley", words("weather"), words("harbour")))
		b.follow("fr")
		var item string
		for _, a := range b.titled("A flood in the valley") {
			i, err := b.store.Item(t.Context(), a.Item)
			b.ok(err)
			if strings.HasSuffix(i.URL, "/flood") {
				item = a.Item
			}
		}
		d, o, err := b.store.OriginalOf(t.Context(), item)
		b.ok(err)
		if len(d.Blocks) != 6 || !strings.Contains(d.Blocks[5].Text.S, "harbour") {
			t.Fatalf("%d blocks, six are wanted", len(d.Blocks))
		}
		report, err := b.store.Report(t.Context(), o.ID)
		b.ok(err)
		if report.Next != "" || !strings.Contains(strings.Join(report.Notes, "|"), "joined from 3 pages") {
			t.Errorf("report %+v", report)
		}
		first, err := b.store.PageOf(t.Context(), item)
		b.ok(err)
		if !strings.HasSuffix(first.URL, "/flood") {
			t.Errorf("the newest page is %s", first.URL)
		}
		asked := b.outlet.Requests("/flood/2")
		if changed, err := b.Room.Reread(t.Context(), item); err != nil || changed {
			t.Errorf("read again: changed %v, %v", changed, err)
		}
		if n := b.outlet.Requests("/flood/2"); n != asked {
			t.Errorf("%d requests were made", n-asked)
		}
	})
}

// A page without text is read in its form for print if it names one; nothing else comes of a page that is not free.
func TestOtherFormsOfAPage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("print/flood", "Printed", newsroomtest.Words("x"))
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("x"))
		b.outlet.Raw("flood", `<!doctype html><html lang="en"><head><title>A flood in the valley</title><link rel="alternate" media="print" href="/print/flood"></head><body><div id="app"></div></body></html>`)
		b.outlet.Raw("print/flood", pageOf("", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		b.follow("fr")
		found := false
		for _, a := range b.articles() {
			i, err := b.store.Item(t.Context(), a.Item)
			b.ok(err)
			if !strings.HasSuffix(i.URL, "example/flood") && !strings.HasSuffix(i.URL, "/flood") || strings.Contains(i.URL, "print") {
				continue
			}
			d, o, err := b.store.OriginalOf(t.Context(), a.Item)
			b.ok(err)
			report, err := b.store.Report(t.Context(), o.ID)
			b.ok(err)
			found = len(d.Blocks) == 2 && strings.Contains(strings.Join(report.Notes, "|"), "other form")
			if changed, err := b.Room.Reread(t.Context(), a.Item); err != nil || changed {
				t.Errorf("read again: changed %v, %v", changed, err)
			}
		}
		if !found {
			t.Error("the form for print was not read")
		}
	})
}
