package jobs_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// What lies there from before is read for statements at the next start, and the same words are linked; a second start does nothing more.
func TestArticlesFromBeforeAreReadForStatements(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const articles = 60
		for i := range articles {
			o := storetest.AddOutlet(t, s, fmt.Sprint("Outlet ", i), fmt.Sprintf("https://o%d.example/", i), "en", news.Terms{})
			text := fmt.Sprintf("“The harbour stays shut on day %d of the year because of what was found there,” said Oleg Marchenko.", i/2)
			storetest.AddOriginal(t, s, o, o.Home+"1", doc.Document{Lang: "en", Title: doc.Text{S: "T"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: text}}}}, 1_700_000_000_000)
		}
		var first []store.SaidStatement
		for range 2 {
			h := build(t, s)
			h.start(t)
			for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
				unread, err := s.UnreadOriginals(t.Context(), "", 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(unread) == 0 {
					break
				}
				if time.Now().After(deadline) {
					t.Fatal("articles are left unread")
				}
			}
			h.idle(t)
			h.stop(t, 10*time.Second)
			page, err := s.Said(t.Context(), store.SaidQuery{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Statements) != articles {
				t.Fatalf("%d statements of %d articles", len(page.Statements), articles)
			}
			if first == nil {
				first = page.Statements
			}
			for i, x := range page.Statements {
				if x.ID != first[i].ID {
					t.Fatal("read anew")
				}
				links, err := s.LinksOf(t.Context(), x.ID)
				if err != nil {
					t.Fatal(err)
				}
				if len(links) != 1 || links[0].State != news.LinkFound || links[0].Statement.Text != x.Text {
					t.Fatalf("%s: %+v", x.Text, links)
				}
			}
		}
	})
}
