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
		broken := storetest.AddOutlet(t, s, "Broken", "https://broken.example/", "en", news.Terms{})
		unreadable := storetest.AddOriginal(t, s, broken, broken.Home+"1", doc.Document{Lang: "en", Title: doc.Text{S: "T"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "A"}}}}, 1).ID
		if _, err := s.DB().ExecContext(t.Context(), `UPDATE original SET doc = '{' WHERE id = $1`, unreadable); err != nil {
			t.Fatal(err)
		}
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
				unread, err := s.UnreadOriginals(t.Context(), unreadable, 1)
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
			if n, err := s.JobCounts(t.Context()); err != nil || n.Later != 0 {
				t.Errorf("an article that cannot be read is tried again at once: %+v %v", n, err)
			}
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

// What changed while an original's statements are compared is compared once more; while the comparing only waits, once is enough.
func TestLinkingIsQueuedWhileItRuns(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		h := build(t, s)
		link := func() {
			t.Helper()
			if err := s.Tx(t.Context(), func(tx *store.Tx) error { return h.jobs.Link(t.Context(), tx.SQL(), "original") }); err != nil {
				t.Fatal(err)
			}
		}
		counts := func() store.JobCounts {
			t.Helper()
			n, err := s.JobCounts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		link()
		link()
		if n := counts(); n.Waiting != 1 {
			t.Fatalf("queued twice: %+v", n)
		}
		if _, err := s.DB().ExecContext(t.Context(), `UPDATE river_job SET state = 'running'`); err != nil {
			t.Fatal(err)
		}
		link()
		if n := counts(); n.Running != 1 || n.Waiting != 1 {
			t.Errorf("%+v", n)
		}
	})
}
