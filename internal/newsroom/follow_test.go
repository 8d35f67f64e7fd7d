package newsroom_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// site serves pages by path and notes what was asked for; HOST in a page stands for its own host and port.
func site(t *testing.T, b *bench, pages map[string]string) (base string, asked *[]string) {
	t.Helper()
	asked = new([]string)
	var host string
	host = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Path)
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, strings.ReplaceAll(page, "HOST", host))
	}))
	client := b.Room.Fetch.(*fetch.Client)
	client.Allow = append(client.Allow, host)
	return "http://" + host, asked
}

const (
	smallFeed = `<rss version="2.0"><channel><title>Small</title><link>http://HOST/</link><item><title>A</title><link>http://HOST/a</link></item></channel></rss>`
	plainPage = `<!doctype html><html lang="en"><head><title>Front</title></head><body><p>News</p></body></html>`
	newsMap   = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://HOST/a</loc><news:news><news:publication><news:name>Small</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-11-25</news:publication_date><news:title>A</news:title></news:news></url></urlset>`
	allMap    = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://HOST/about</loc></url></urlset>`
)

func TestWhereAFeedIsFound(t *testing.T) {
	for _, c := range []struct {
		what  string
		pages map[string]string
		want  string // path of the feed; empty: none is found
		most  int    // requests
	}{
		{"the address is the feed", map[string]string{"/": smallFeed}, "/", 1},
		{"the page names it", map[string]string{"/": `<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head><body>x</body></html>`, "/f.xml": smallFeed}, "/f.xml", 2},
		{"the first that it names is gone", map[string]string{"/": `<html><head><link rel="alternate" type="application/rss+xml" href="/old"><link rel="alternate" type="application/atom+xml" href="/f.xml"></head><body>x</body></html>`, "/f.xml": smallFeed}, "/f.xml", 3},
		{"it lies where feeds lie", map[string]string{"/": plainPage, "/rss.xml": smallFeed}, "/rss.xml", 5},
		{"but robots.txt holds for guesses", map[string]string{"/": plainPage, "/rss.xml": smallFeed, "/robots.txt": "User-agent: *\nDisallow: /rss\n"}, "", 20},
		{"a news sitemap by an index", map[string]string{
			"/": plainPage, "/robots.txt": "Sitemap: http://HOST/all.xml\nSitemap: http://HOST/index-news.xml\n",
			"/index-news.xml": `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://HOST/n1.xml</loc></sitemap></sitemapindex>`,
			"/n1.xml":         newsMap, "/all.xml": allMap,
		}, "/n1.xml", 20},
		{"a sitemap of all pages is no news", map[string]string{"/": plainPage, "/robots.txt": "Sitemap: http://HOST/all.xml\n", "/all.xml": allMap}, "", 20},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				base, asked := site(t, b, c.pages)
				o, err := b.Follow(t.Context(), base+"/", newsroom.FollowOptions{})
				if len(*asked) > c.most {
					t.Errorf("%d requests: %v", len(*asked), *asked)
				}
				if c.want == "" {
					b.is(err, news.ErrInvalid, "dragoman take")
					return
				}
				b.ok(err)
				feeds, err := b.store.Feeds(t.Context(), o.ID)
				b.ok(err)
				if feeds[0].URL != base+c.want {
					t.Errorf("found %s", feeds[0].URL)
				}
				for i, path := range *asked {
					if path != "/robots.txt" && slices.Contains((*asked)[:i], path) {
						t.Errorf("%s was asked for twice: %v", path, *asked)
					}
				}
			})
		})
	}
}

func TestTheFirstLookTakesTheNewestAndLeavesHistory(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		var items strings.Builder
		for i := range 40 {
			fmt.Fprintf(&items, `<item><title>Story %d</title><link>http://HOST/s%d</link><pubDate>%s</pubDate></item>`, i, i, b.clock.AddDate(0, 0, -40+i).Format("Mon, 02 Jan 2006 15:04:05 -0700")) // the oldest first
		}
		items.WriteString(`<item><title>Ancient</title><link>http://HOST/ancient</link><pubDate>Mon, 02 Jan 2006 15:04:05 +0000</pubDate></item>`)
		base, _ := site(t, b, map[string]string{"/f": `<rss version="2.0"><channel><title>S</title>` + items.String() + `</channel></rss>`})
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		counts, err := b.store.ItemCounts(t.Context(), o.ID)
		b.ok(err)
		if counts["new"] != 30 || counts["history"] != 11 {
			t.Errorf("%v", counts)
		}
		newest, err := b.store.ItemByURL(t.Context(), base+"/s39")
		b.ok(err)
		if newest.State != "new" {
			t.Errorf("the newest is %s", newest.State)
		}
		// A person can have any of them.
		old, err := b.store.ItemByURL(t.Context(), base+"/ancient")
		b.ok(err)
		b.ok(b.Retry(t.Context(), old.ID))
	})
}

func TestAFeedThatWasTurnedOverIsHeld(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		feed := func(prefix string, n int) string {
			var items strings.Builder
			for i := range n {
				fmt.Fprintf(&items, `<item><title>%s %d</title><link>http://HOST/%s%d</link><guid>%s%d</guid><pubDate>Mon, 02 Nov 2026 15:04:05 +0000</pubDate></item>`, prefix, i, prefix, i, prefix, i)
			}
			return `<rss version="2.0"><channel><title>S</title>` + items.String() + `</channel></rss>`
		}
		pages := map[string]string{"/f": feed("old", 10)}
		base, _ := site(t, b, pages)
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		pages["/f"] = feed("moved", 12)
		r, err := b.Room.Check(t.Context(), o.ID)
		b.ok(err)
		if r.Held != 12 || r.New != 0 {
			t.Errorf("%+v", r)
		}
	})
}
