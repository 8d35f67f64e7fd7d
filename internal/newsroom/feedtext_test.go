package newsroom_test

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// telling is a feed with one entry whose text is these paragraphs.
func telling(link string, paragraphs ...string) string {
	content := ""
	for _, p := range paragraphs {
		content += "<p>" + p + "</p>"
	}
	return fmt.Sprintf(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title><language>en</language>
<item><title>A flood in the valley</title><link>%s</link><guid isPermaLink="false">1</guid><content:encoded>%s</content:encoded></item></channel></rss>`, link, html.EscapeString(content))
}

// reported returns the only item of an outlet that is in a state, and the report of its newest reading.
func (b *bench) reported(o news.Outlet, state string) (news.Item, store.Report) {
	b.t.Helper()
	items := b.itemsIn(o, state)
	if len(items) != 1 {
		b.t.Fatalf("%d items are %s of %+v", len(items), state, b.itemsIn(o, ""))
	}
	original, err := b.store.NewestOriginal(b.t.Context(), items[0].ID)
	b.ok(err)
	report, err := b.store.Report(b.t.Context(), original.ID)
	b.ok(err)
	return items[0], report
}

// A page that breaks off where its feed goes on is not whole. It waits for a person; what the feed has more never comes into the article.
func TestAPageIsHeldAgainstItsFeed(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx, words := t.Context(), newsroomtest.Words
		secret := "Only the feed of the outlet knows &amp; tells of the <em>dam</em>. " + words("dam")
		pages := map[string]string{
			"/f":     telling("http://HOST/flood", words("flood"), words("river"), words("bridge"), secret),
			"/flood": pageOf("", "A flood in the valley", words("flood")),
		}
		base, asked := site(t, b, pages)
		o, err := b.Follow(ctx, base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
		b.ok(err)
		b.work()
		item, report := b.reported(o, "asks")
		if report.State != "cut" || report.Paywall || !strings.Contains(strings.Join(report.Notes, "\n"), "much shorter than the item of the feed: ") {
			t.Errorf("report %+v", report)
		}
		if !strings.Contains(item.Why, "beginning") || strings.Contains(item.Why, "subscribe") {
			t.Errorf("why: %s", item.Why)
		}
		text, err := b.store.ItemText(ctx, item.ID)
		b.ok(err)
		if lines := strings.Split(text, "\n"); len(lines) != 4 || !strings.HasPrefix(lines[3], "Only the feed of the outlet knows & tells of the dam. ") {
			t.Errorf("kept is %q", text)
		}
		alone := func(when string) {
			t.Helper()
			d, o, err := b.store.OriginalOf(ctx, item.ID)
			b.ok(err)
			report, err := b.store.Report(ctx, o.ID)
			b.ok(err)
			if len(d.Blocks) != 1 || strings.Contains(fmt.Sprint(d, report), "Only the feed") {
				t.Errorf("%s: %+v", when, d.Blocks)
			}
		}
		alone("taken")
		before := len(*asked)
		if changed, err := b.Room.Reread(ctx, item.ID); err != nil || changed || len(*asked) != before {
			t.Errorf("read again: %v, %v", changed, err)
		}
		alone("read again")
		trial, err := b.TryRule(ctx, o.ID, item.ID, "title h1")
		b.ok(err)
		if trial.Now.Report.State != "cut" || trial.Then.Report.State != "cut" {
			t.Errorf("a rule is tried without the feed's text: %s, %s", trial.Now.Report.State, trial.Then.Report.State)
		}
		b.ok(b.DecideLeave(ctx, item.ID, store.LeaveGiven, "Ann"))
		b.work()
		if list := b.articles(); len(list) != 1 || len(b.document(list[0]).Blocks) != 1 || strings.Contains(fmt.Sprint(b.document(list[0])), "ONLY THE FEED") {
			t.Errorf("translated is %+v", list)
		}
	})
}

// What a feed gives as a teaser, or goes on with on further pages, makes no article less than whole.
func TestWhatAFeedHasLessOrElsewhere(t *testing.T) {
	words := newsroomtest.Words
	all := []string{words("flood"), words("river"), words("bridge"), words("dam")}
	for _, c := range []struct {
		what, state, note string
		feed              []string
		pages             map[string]string
	}{
		{"a teaser", "taken", "", all[:1], map[string]string{"/a": pageOf("", "A flood in the valley", all...)}},
		{"nothing", "taken", "", nil, map[string]string{"/a": pageOf("", "A flood in the valley", all[0])}},
		{"another text", "taken", "much shorter", []string{words("x"), words("y"), words("z")}, map[string]string{"/a": pageOf("", "A flood in the valley", all[0])}},
		{"the text of all pages", "taken", "joined from 2 pages", all, map[string]string{
			"/a": pageOf(`<link rel="next" href="/a/2">`, "A flood in the valley", all[0]), "/a/2": pageOf("", "A flood in the valley", all[1:]...),
		}},
		{"more than all pages", "asks", "much shorter", append(all[:len(all):len(all)], words("lake"), words("mayor"), words("court")), map[string]string{
			"/a": pageOf(`<link rel="next" href="/a/2">`, "A flood in the valley", all[0]), "/a/2": pageOf("", "A flood in the valley", all[1]),
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				c.pages["/f"] = telling("http://HOST/a", c.feed...)
				base, _ := site(t, b, c.pages)
				o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
				b.ok(err)
				b.work()
				_, report := b.reported(o, c.state)
				notes := strings.Join(report.Notes, "\n")
				if !strings.Contains(notes, c.note) || c.note != "much shorter" && strings.Contains(notes, "much shorter") {
					t.Errorf("%s: notes %q", c.what, report.Notes)
				}
			})
		})
	}
}

// What a feed says later takes the place of what it said, also of a page that was taken by its address before.
func TestTheFeedsTextIsTheLast(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx, words := t.Context(), newsroomtest.Words
		pages := map[string]string{"/f": telling("http://HOST/a", words("flood")), "/a": pageOf("", "A flood in the valley", words("flood"), words("river"))}
		base, _ := site(t, b, pages)
		id, err := b.TakeURL(ctx, base+"/a", []string{"fr"})
		b.ok(err)
		b.work()
		text := func(want string) {
			t.Helper()
			got, err := b.store.ItemText(ctx, id)
			b.ok(err)
			if got != want {
				t.Errorf("kept is %.80q of %d bytes, want %.80q", got, len(got), want)
			}
		}
		text("")
		o, err := b.Follow(ctx, base+"/f", newsroom.FollowOptions{})
		b.ok(err)
		text(words("flood"))
		long := strings.Repeat("é", 50<<10)
		for _, c := range []struct{ content, want string }{{words("lake"), words("lake")}, {"a\x00b " + long, ""}, {"", ""}} {
			pages["/f"] = telling("http://HOST/a", c.content)
			b.clock = b.clock.AddDate(0, 0, 8)
			_, err := b.Room.Check(context.WithoutCancel(ctx), o.ID)
			b.ok(err)
			if c.want == "" && c.content != "" {
				got, err := b.store.ItemText(ctx, id)
				b.ok(err)
				if len(got) > 64<<10 || len(got) < 64<<10-4 || strings.ToValidUTF8(got, "?") != got {
					t.Errorf("%d bytes are kept of a long text", len(got))
				}
				continue
			}
			text(c.want)
		}
	})
}

// What a feed has said all along of an item that was taken before texts were kept is kept at the next look, whatever else is new.
func TestTheFeedsTextOfOlderItems(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx, words := t.Context(), newsroomtest.Words
		pages := map[string]string{
			"/f": telling("http://HOST/a", words("flood"), words("river"), words("bridge"), words("dam")),
			"/a": pageOf("", "A flood in the valley", words("flood"), words("river"), words("bridge"), words("dam")),
		}
		base, _ := site(t, b, pages)
		o, err := b.Follow(ctx, base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
		b.ok(err)
		b.work()
		item, _ := b.reported(o, "taken")
		b.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveItemText(ctx, item.ID, "") })
		before := len(b.queue)
		for range 2 {
			b.clock = b.clock.AddDate(0, 0, 8)
			_, err = b.Room.Check(ctx, o.ID)
			b.ok(err)
		}
		if text, err := b.store.ItemText(ctx, item.ID); err != nil || strings.Count(text, "\n") != 3 {
			t.Errorf("kept is %q, %v", text, err)
		}
		if len(b.queue) != before {
			t.Errorf("%d jobs are queued of a feed that says what it said", len(b.queue)-before)
		}
		pages["/a"] = pageOf("", "A flood in the valley", words("flood"))
		b.ok(b.Room.Retake(ctx, item.ID))
		if l, err := b.store.Leave(ctx, item.ID); err != nil || l.Report.State != "cut" || !strings.Contains(strings.Join(l.Report.Notes, "\n"), "item of the feed") {
			t.Errorf("the page is not held against its feed: %+v, %v", l, err)
		}
	})
}
