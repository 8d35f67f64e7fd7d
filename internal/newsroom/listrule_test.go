package newsroom_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

func TestAPageWithoutAFeedIsFollowedByItsLinks(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		page := func(stories string) string {
			return `<!doctype html><html lang="pt-br"><head><title>A Enseada</title></head><body><nav><a href="/about">About</a></nav><main>` + stories + `</main></body></html>`
		}
		pages := map[string]string{"/": page(`<h2><a href="/a"><img alt=""></a></h2><h2><a href="/a#x">Marés</a></h2><h2><a href="/b">Barcos</a></h2><h2><a href="javascript:x">No</a></h2>`)}
		base, asked := site(t, b, pages)
		p, err := b.Preview(t.Context(), base+"/", "main h2", news.Filter{})
		b.ok(err)
		if p.Kind != "list" || p.Name != "A Enseada" || len(p.Items) != 2 || p.Items[0].Title != "Marés" || p.Items[1].URL != base+"/b" {
			t.Fatalf("%+v", p)
		}
		before := len(*asked)
		o, err := b.Follow(t.Context(), base+"/", newsroom.FollowOptions{Links: "main h2"})
		b.ok(err)
		if len(*asked) != before {
			t.Error("following asked again")
		}
		counts, err := b.store.ItemCounts(t.Context(), o.ID)
		b.ok(err)
		if counts["new"] != 2 {
			t.Errorf("%v", counts)
		}
		look := func(stories string) newsroom.CheckResult {
			b.clock = b.clock.Add(25 * time.Hour)
			pages["/"] = page(stories)
			r, err := b.Room.Check(t.Context(), o.ID)
			b.ok(err)
			return r
		}
		if r := look(`<h2><a href="/c">Vento</a></h2><h2><a href="/b">Barcos</a></h2>`); r.New != 1 || r.Known != 1 {
			t.Errorf("%+v", r)
		}
		r := look(`<h3><a href="/d">Rebuilt</a></h3>`)
		if len(r.Feeds) != 1 || r.Feeds[0].Err == nil || !strings.Contains(r.Feeds[0].Err.Error(), "main h2") {
			t.Errorf("a page that was rebuilt: %+v", r)
		}
		closed, _ := site(t, b, map[string]string{"/": page(`<h2><a href="/e">E</a></h2>`), "/robots.txt": "User-agent: *\nDisallow: /\n"})
		if _, err := b.Preview(t.Context(), closed+"/", "main h2", news.Filter{}); err == nil {
			t.Error("a page was asked for against robots.txt")
		}
		for _, bad := range []string{"main >", "h9"} {
			_, err := b.Preview(t.Context(), base+"/b-page", bad, news.Filter{})
			if err == nil {
				t.Errorf("%q was taken", bad)
			}
		}
		out, err := b.OPML(t.Context(), "x")
		b.ok(err)
		if strings.Contains(string(out), "xmlUrl") {
			t.Error("a page is written into a list of feeds")
		}
	})
}
