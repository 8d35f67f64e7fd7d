package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
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
