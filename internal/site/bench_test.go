package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// What a reader waits for on our side: a full front page, an article, the feed.
func BenchmarkPages(b *testing.B) {
	n := open(b, ccBy)
	for i := range frontSize {
		source := storetest.AddOriginal(b, n.Store, n.outlet, fmt.Sprint(original, "-", i), storetest.Doc(b, "testdata/harbour.en.doc.txt"), at.UnixMilli())
		d := storetest.Doc(b, "testdata/harbour.fr.doc.txt")
		d.Title.S = fmt.Sprint("Titre ", i)
		a := storetest.AddDraft(b, n.Store, source, d, at.UnixMilli())
		storetest.Publish(b, n.Store, a.ID, fmt.Sprint("titre-", i), at.Add(time.Duration(i)*time.Second).UnixMilli())
	}
	for _, path := range []string{"/fr/", frPath, frPath + "original/", "/fr/feed.xml"} {
		b.Run(path, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			size := 0
			for b.Loop() {
				w := httptest.NewRecorder()
				n.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// What a reader of statements waits for: an article whose quotations have notes, a speaker, a search, a timeline, a feed.
func BenchmarkSaid(b *testing.B) {
	n := straits(b, ccBy)
	n.link(b, n.ru[0], n.en[0], news.LinkFound)
	for _, path := range []string{enFrPath, "/fr/speakers/", "/fr/speakers/sergei-laptev/", "/fr/statements/", "/fr/stories/" + n.ru[0].ID + "/", "/fr/speakers/sergei-laptev/feed.xml"} {
		b.Run(path, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			for b.Loop() {
				w := httptest.NewRecorder()
				n.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// The same on a site that quotes 2,000 people 10,000 times in 200 articles.
func BenchmarkSaidOften(b *testing.B) {
	n := open(b, ccBy)
	who := make([]news.Speaker, 2000)
	for i := range who {
		who[i] = addSpeaker(b, n.Store, news.Speaker{Slug: fmt.Sprint("speaker-", i), Kind: term.Person}, []string{"en", fmt.Sprintf("Person N%04d", i)}, nil)
	}
	for i := range 200 {
		d := doc.Document{Lang: "en", Title: doc.Text{S: fmt.Sprint("Article ", i)}}
		var said []statement.Statement
		ids := map[string]string{}
		for j := range 50 {
			words := fmt.Sprintf("“Words %d of article %d, about the ferry and the ice.”", j, i)
			d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", j+1), Text: doc.Text{S: words, Marks: []doc.Mark{{Kind: doc.Quote, Start: 0, End: len(words)}}}})
			by := who[(i*50+j)%len(who)]
			name := fmt.Sprintf("Person N%04d", (i*50+j)%len(who))
			ids[name] = by.ID
			said = append(said, statement.Statement{Kind: statement.Direct, Block: j, Speaker: statement.Speaker{Name: name, State: statement.Named}, SaidAt: &statement.Date{Value: fmt.Sprintf("2026-%02d-%02d", i%12+1, j%28+1), Precision: "day"}})
		}
		o := storetest.AddOriginal(b, n.Store, n.outlet, fmt.Sprint("https://meridian.example/often/", i), d, at.UnixMilli())
		list := addStatements(b, n.Store, o, d, said, ids)
		f := d
		f.Lang = "fr"
		a := storetest.AddDraft(b, n.Store, o, f, at.UnixMilli())
		a = storetest.Publish(b, n.Store, a.ID, fmt.Sprint("article-", i), at.UnixMilli())
		place(b, n.Store, a, list, d, f)
	}
	n.Handler = Handler(Config{Store: n.Store, Log: quiet, Now: sinceThen()})
	for _, path := range []string{"/fr/2026/11/article-7/", "/fr/speakers/", "/fr/speakers/?letter=N", "/fr/speakers/speaker-7/", "/fr/statements/", "/fr/statements/?q=ferry+ice", "/fr/statements.json", "/sitemap.xml"} {
		b.Run(path, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			for b.Loop() {
				w := httptest.NewRecorder()
				n.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// sinceThen is a clock on which a minute passes with each look: nothing that was kept is fresh, and nobody has asked too often.
func sinceThen() func() time.Time {
	now := at
	return func() time.Time {
		now = now.Add(time.Minute)
		return now
	}
}
