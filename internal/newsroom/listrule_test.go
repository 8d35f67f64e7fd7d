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

func TestAListRuleIsTriedAndChanged(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		page := func(stories string) string {
			return `<!doctype html><html lang="pt"><head><title>A Enseada</title></head><body><main>` + stories + `</main></body></html>`
		}
		pages := map[string]string{"/": page(`<h2><a href="/noticias/1">Marés</a></h2><h2><a href="/clube">Clube</a></h2><h3><a href="/noticias/2">Barcos</a></h3>`)}
		base, asked := site(t, b, pages)
		o, err := b.Follow(t.Context(), base+"/", newsroom.FollowOptions{Links: "main h2", Pattern: "/noticias/*"})
		b.ok(err)
		feeds, err := b.store.Feeds(t.Context(), o.ID)
		b.ok(err)
		feed := feeds[0].ID
		if counts, err := b.store.ItemCounts(t.Context(), o.ID); err != nil || counts["new"] != 1 {
			t.Fatalf("%v %v", counts, err)
		}
		kept, err := b.store.ListRule(t.Context(), feed)
		b.ok(err)
		if kept != (news.ListRule{Links: "main h2", Pattern: "/noticias/*"}) {
			t.Errorf("%+v", kept)
		}

		before := len(*asked)
		for _, c := range []struct {
			rule news.ListRule
			want string // addresses; or what the error says
		}{
			{news.ListRule{Links: " main a ", Pattern: " "}, "/noticias/1 /clube /noticias/2"},
			{news.ListRule{Links: "main a", Pattern: "/noticias/*"}, "/noticias/1 /noticias/2"},
			{news.ListRule{Links: "main a", Pattern: "/noticias/2"}, "/noticias/2"},
			{news.ListRule{Links: "main a", Pattern: base + "/c*e"}, "/clube"},
			{news.ListRule{Links: "main a", Pattern: "*/1"}, "/noticias/1"},
			{news.ListRule{Links: "main a", Pattern: "/noticias"}, `like "/noticias"`},
			{news.ListRule{Links: "h6"}, `no link is in "h6"`},
			{news.ListRule{Links: "main >"}, "CSS selector"},
			{news.ListRule{Links: ""}, "say where the links are"},
			{news.ListRule{Links: "a", Pattern: "noticias"}, "write a path such as /news/*"},
			{news.ListRule{Links: strings.Repeat("a", 501)}, "more than 500"},
		} {
			p, err := b.TryListRule(t.Context(), o.ID, feed, c.rule)
			if err != nil {
				b.is(err, news.ErrInvalid, c.want)
				continue
			}
			var got []string
			for _, item := range p.Items {
				got = append(got, strings.TrimPrefix(item.URL, base))
			}
			if s := strings.Join(got, " "); s != c.want || p.Entries != len(got) {
				t.Errorf("%+v takes %s, want %s", c.rule, s, c.want)
			}
		}
		if n := len(*asked) - before; n > 1 {
			t.Errorf("the page was asked for %d times", n)
		}

		b.clock = b.clock.Add(time.Hour)
		b.is(b.SetListRule(t.Context(), o.ID, feed, news.ListRule{Links: "a["}), news.ErrInvalid, "CSS selector")
		b.is(b.SetListRule(t.Context(), "another", feed, news.ListRule{Links: "a"}), news.ErrNotFound)
		b.ok(b.SetListRule(t.Context(), o.ID, feed, news.ListRule{Links: "main h3"}))
		b.work()
		if counts, err := b.store.ItemCounts(t.Context(), o.ID); err != nil || counts["new"]+counts["failed"] != 2 {
			t.Errorf("%v %v", counts, err)
		}
		// A rule that suddenly takes many: they wait for a person.
		var many strings.Builder
		for i := range 20 {
			many.WriteString(`<li><a href="/arquivo/` + strings.Repeat("x", i+1) + `">Arquivo</a></li>`)
		}
		pages["/"] = page(many.String())
		b.clock = b.clock.Add(48 * time.Hour)
		b.ok(b.SetListRule(t.Context(), o.ID, feed, news.ListRule{Links: "main li"}))
		b.work()
		if counts, err := b.store.ItemCounts(t.Context(), o.ID); err != nil || counts["held"] != 20 {
			t.Errorf("%v %v", counts, err)
		}
	})
}

func TestAFeedIsEndedAndTakenUpAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		base, asked := site(t, b, map[string]string{"/f": smallFeed})
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		feeds, err := b.store.Feeds(t.Context(), o.ID)
		b.ok(err)
		b.work()
		b.is(b.SetListRule(t.Context(), o.ID, feeds[0].ID, news.ListRule{Links: "a"}), news.ErrInvalid, "is a feed")
		b.ok(b.EndFeed(t.Context(), o.ID, feeds[0].ID))
		b.clock = b.clock.Add(100 * time.Hour)
		before := len(*asked)
		due, err := b.store.DueFeeds(t.Context(), b.clock.UnixMilli(), 9)
		b.ok(err)
		r, err := b.Room.Check(t.Context(), o.ID)
		b.ok(err)
		if len(due) != 0 || len(r.Feeds) != 0 || len(*asked) != before {
			t.Errorf("looked at all the same: %v %+v", due, r)
		}
		b.ok(b.Wake(t.Context(), o.ID, feeds[0].ID))
		b.work()
		if len(*asked) != before+1 {
			t.Errorf("asked %v", (*asked)[before:])
		}
		b.is(b.EndFeed(t.Context(), "another", feeds[0].ID), news.ErrNotFound)
	})
}
