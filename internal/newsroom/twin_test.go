package newsroom_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// One text under two addresses of a site, with nothing else in common, is one article; what only looks alike is two.
func TestTwinsByTheirText(t *testing.T) {
	sentence := func(i int) string {
		return fmt.Sprintf("On day %d of the hearing witness number %d told the court what he had seen at gate %d of the old harbour before the storm came.", i, 7*i, 3*i+1)
	}
	text := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			b.WriteString("<p>" + sentence(i) + " " + sentence(100+i) + "</p>")
		}
		return b.String()
	}
	page := func(title, body string) string {
		return `<!doctype html><html lang="en"><head><title>` + title + `</title></head><body><main><article><h1>` + title + `</h1>` + body + `</article></main></body></html>`
	}
	const title = "Witnesses tell court of storm in old harbour"
	for _, c := range []struct {
		what         string
		title, body  string
		later        time.Duration
		wantArticles int
	}{
		{"the same text", title, text(0, 10), 0, 1},
		{"with a word before the headline, and a line more", "Update: " + title, text(0, 10) + "<p>More follows from the court.</p>", time.Hour, 1},
		{"the same text, a week later", title, text(0, 10), 7 * 24 * time.Hour, 2},
		{"another day of the same hearing", title, text(40, 50), time.Hour, 2},
		{"half of it is new", title, text(0, 5) + text(50, 55), time.Hour, 2},
		{"the same text under another headline", "Stocks fall again after central bank holds rates", text(0, 10), time.Hour, 2},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				pages := map[string]string{"/law/first": page(title, text(0, 10)), "/region/second": page(c.title, c.body)}
				base, _ := site(t, b, pages)
				first, err := b.TakeURL(t.Context(), base+"/law/first", []string{"fr"})
				b.ok(err)
				b.work()
				b.clock = b.clock.Add(c.later)
				second, err := b.TakeURL(t.Context(), base+"/region/second", []string{"fr"})
				b.ok(err)
				b.work()
				if n := len(b.articles()); n != c.wantArticles {
					t.Errorf("%d articles, want %d", n, c.wantArticles)
				}
				one, err := b.store.Item(t.Context(), first)
				b.ok(err)
				two, err := b.store.Item(t.Context(), second)
				b.ok(err)
				if one.State != "taken" || (two.State == "twin") != (c.wantArticles == 1) || two.State == "twin" && !strings.Contains(two.Why, one.URL) {
					t.Errorf("%s, and %s: %s", one.State, two.State, two.Why)
				}
			})
		})
	}
}

func TestWhatWasHeldIsDecidedAtOnce(t *testing.T) {
	for _, take := range []bool{true, false} {
		run(t, func(t *testing.T, b *bench) {
			feed := func(prefix string, n int) string {
				var items strings.Builder
				for i := range n {
					fmt.Fprintf(&items, `<item><title>%s %d</title><link>http://HOST/%s%d</link><guid>%s%d</guid></item>`, prefix, i, prefix, i, prefix, i)
				}
				return `<rss version="2.0"><channel><title>S</title>` + items.String() + `</channel></rss>`
			}
			pages := map[string]string{"/f": feed("old", 10)}
			base, _ := site(t, b, pages)
			o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
			b.ok(err)
			pages["/f"] = feed("moved", 450)
			_, err = b.Room.Check(t.Context(), o.ID)
			b.ok(err)
			before := len(b.queue)
			b.ok(b.DecideHeld(t.Context(), o.ID, take))
			counts, err := b.store.ItemCounts(t.Context(), o.ID)
			b.ok(err)
			queued := len(b.queue) - before
			if counts["held"] != 0 || take && (counts["new"] != 460 || queued != 450) || !take && (counts["history"] != 450 || queued != 0) {
				t.Errorf("take %v: %v, %d queued", take, counts, queued)
			}
			b.is(b.DecideHeld(t.Context(), "none", take), news.ErrNotFound)
		})
	}
}
