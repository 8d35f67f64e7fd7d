package newsroom_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

const sportFeed = `<rss version="2.0"><channel><title>The Harbour</title><link>http://HOST/</link><language>en-gb</language>
<item><title>Old boats</title><link>http://HOST/a</link><pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate><category>City</category></item>
<item><title>Cup final</title><link>http://HOST/b</link><pubDate>Tue, 24 Nov 2026 08:00:00 +0000</pubDate><category>Sport</category></item>
</channel></rss>`

func TestAPreviewAsksOnceAndKeepsNothing(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		pages := map[string]string{"/f": sportFeed, "/": `<html><head><link rel="alternate" type="application/rss+xml" title="All" href="/f"><link rel="alternate" type="application/rss+xml" title="Sport" href="/sport"></head><body>x</body></html>`}
		base, asked := site(t, b, pages)
		filter, err := news.ParseFilter("", "category: sport")
		b.ok(err)
		p, err := b.Preview(t.Context(), base+"/", "", filter)
		b.ok(err)
		if p.Name != "The Harbour" || p.Lang != "en-GB" || p.Feed != base+"/f" || p.Entries != 2 || p.Known != "" {
			t.Errorf("%+v", p)
		}
		if len(p.Others) != 1 || p.Others[0] != (newsroom.OtherFeed{URL: base + "/sport", Title: "Sport"}) {
			t.Errorf("others: %+v", p.Others)
		}
		if len(p.Items) != 2 || p.Items[0].Title != "Cup final" || p.Items[0].Left == "" || p.Items[1].Left != "" {
			t.Errorf("items: %+v", p.Items)
		}
		outlets, err := b.store.Outlets(t.Context())
		b.ok(err)
		if len(outlets) != 0 {
			t.Error("a preview followed something")
		}
		before := len(*asked)
		o, err := b.Follow(t.Context(), p.Feed, newsroom.FollowOptions{Filter: filter, Interval: 2 * time.Hour})
		b.ok(err)
		if len(*asked) != before {
			t.Errorf("following asked again: %v", *asked)
		}
		feeds, err := b.store.Feeds(t.Context(), o.ID)
		b.ok(err)
		if feeds[0].Interval != (2 * time.Hour).Milliseconds() {
			t.Errorf("interval %d", feeds[0].Interval)
		}
		left, err := b.store.ItemByURL(t.Context(), base+"/b")
		b.ok(err)
		if left.State != "filtered" || !strings.Contains(left.Why, "category: sport") {
			t.Errorf("%+v", left)
		}
		if p, err = b.Preview(t.Context(), base+"/f", "", news.Filter{}); err != nil || p.Known != o.ID {
			t.Errorf("%+v %v", p, err)
		}
		b.clock = b.clock.Add(time.Hour)
		_, err = b.Preview(t.Context(), base+"/", "", news.Filter{})
		b.ok(err)
		if len(*asked) == before {
			t.Error("an answer of an hour ago was shown as the present one")
		}
	})
}

func TestAFilterHoldsUntilTheFeedChangesTheItem(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		pages := map[string]string{"/f": `<rss version="2.0"><channel><title>S</title></channel></rss>`}
		base, _ := site(t, b, pages)
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		filter, err := news.ParseFilter("harbour", "")
		b.ok(err)
		b.ok(b.SetFilter(t.Context(), o.ID, filter))
		look := func(title string) newsroom.CheckResult {
			b.clock = b.clock.Add(2 * time.Hour)
			pages["/f"] = `<rss version="2.0"><channel><title>S</title><item><guid>1</guid><title>` + title + `</title><link>http://HOST/a</link></item></channel></rss>`
			r, err := b.Room.Check(t.Context(), o.ID)
			b.ok(err)
			return r
		}
		if r := look("A storm"); r.New != 0 || r.Left != 1 {
			t.Errorf("%+v", r)
		}
		if len(b.queue) != 0 {
			t.Errorf("what the filter left out is queued: %v", b.queue)
		}
		if r := look("A storm"); r.Left != 0 || r.Known != 1 {
			t.Errorf("the second look: %+v", r)
		}
		if r := look("A storm closes the harbour"); r.New != 1 {
			t.Errorf("after the change: %+v", r)
		}
		if !slices.ContainsFunc(b.queue, func(j job) bool { return strings.HasPrefix(j.what, "take ") }) {
			t.Error("it is not taken")
		}
	})
}

func TestAListOfFeedsIsFollowedWithoutAsking(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		base, asked := site(t, b, map[string]string{"/f": sportFeed})
		_, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		before := len(*asked)
		var opml strings.Builder
		fmt.Fprintf(&opml, `<opml version="2.0"><body><outline text="Known" xmlUrl="%s/f"/><outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="World">`, base)
		for i := range newsroom.MaxOutlines + 5 {
			fmt.Fprintf(&opml, `<outline text="One of many" xmlUrl="https://site%d.example/feed" htmlUrl="https://site%d.example/"/>`, i, i)
		}
		opml.WriteString(`<outline text="Twice" xmlUrl="https://site1.example/feed"/></outline></body></opml>`)
		list, more, err := b.ReadOPML(t.Context(), []byte(opml.String()))
		b.ok(err)
		if len(list) != newsroom.MaxOutlines+1 || more != 5 || !list[0].Known || list[1].Known || list[1].Folder != "World" {
			t.Fatalf("%d, %d more: %+v", len(list), more, list[:2])
		}
		if _, err := b.FollowOutlines(t.Context(), list, nil); err == nil {
			t.Error("more than the bound was followed")
		}
		n, err := b.FollowOutlines(t.Context(), list[:101], []string{"fr"})
		b.ok(err)
		if n != 100 || len(*asked) != before {
			t.Errorf("%d followed, %d requests", n, len(*asked)-before)
		}
		outlets, err := b.store.OutletsOfSite(t.Context(), "site99.example")
		b.ok(err)
		if len(outlets) != 1 || outlets[0].Name != "One of many 100" {
			t.Errorf("%+v", outlets)
		}
		n, err = b.FollowOutlines(t.Context(), list[:101], nil)
		b.ok(err)
		if n != 0 {
			t.Errorf("%d were followed again", n)
		}
		due, err := b.store.DueFeeds(t.Context(), b.clock.Add(10*time.Second).UnixMilli(), 200)
		b.ok(err)
		if len(due) > 10 {
			t.Errorf("%d feeds are due at once", len(due))
		}
		out, err := b.OPML(t.Context(), "Followed")
		b.ok(err)
		again, _, err := b.ReadOPML(t.Context(), out)
		b.ok(err)
		if len(again) != 101 || slices.ContainsFunc(again, func(o newsroom.Outline) bool { return !o.Known }) {
			t.Errorf("what was written lists %d", len(again))
		}
		for _, bad := range []string{"", "<html></html>", sportFeed, `<opml version="2.0"><body/></opml>`} {
			_, _, err := b.ReadOPML(t.Context(), []byte(bad))
			b.is(err, news.ErrInvalid)
		}
	})
}
