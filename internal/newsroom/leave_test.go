package newsroom_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Pages that hold no whole article.
func notWholePages() map[string]string {
	page := func(head, body string) string {
		return `<!doctype html><html lang="en"><head><title>A flood in the valley</title>` + head + `</head><body><main>` + body + `</main></body></html>`
	}
	first := "<p>" + newsroomtest.Words("flood") + "</p>"
	entries := ""
	for _, at := range []string{"10:00", "10:30", "11:15", "12:40"} {
		entries += `<article itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting"><time datetime="2026-11-25T` + at + `:00Z">` + at + `</time><p>` + newsroomtest.Words("level at "+at) + `</p></article>`
	}
	teasers := ""
	for _, topic := range []string{"flood", "river", "bridge", "money", "lake", "school", "road", "hall", "mayor", "court", "train", "harbour", "airport", "market"} {
		teasers += `<article><h2><a href="/` + topic + `">What the council decided about the ` + topic + ` this week</a></h2><p>In short, the council spoke about the ` + topic + ` and will speak about it again in the spring, when there is money.</p></article>`
	}
	return map[string]string{
		"cut":     page(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"A flood in the valley","isAccessibleForFree":false}</script>`, `<article><h1>A flood in the valley</h1>`+first+`</article>`),
		"live":    page(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"LiveBlogPosting","headline":"A flood in the valley"}</script>`, `<article><h1>A flood in the valley</h1>`+entries+`</article>`),
		"list":    page("", teasers),
		"consent": page("", `<h1>Before you continue</h1><p>We and our partners use cookies and personal data for advertising and to measure our audience. With your consent we store cookies on your device.</p><p>You may accept all or manage your choices in the privacy settings of this page, and the cookies of our advertising partners are described there in a list.</p><button>Accept</button>`),
		"empty":   page("", `<div id="app"></div>`),
	}
}

func (b *bench) drafts() int {
	n := 0
	for _, j := range b.queue {
		if strings.HasPrefix(j.what, "draft ") {
			n++
		}
	}
	return n
}

// waiting returns the item of an address whose page was taken, with no draft of it anywhere.
func (b *bench) waits(html string) (news.Item, store.Leave) {
	b.t.Helper()
	ctx := b.t.Context()
	b.outlet.Add("flood", "A flood in the valley", "x")
	b.outlet.Raw("flood", html)
	id, err := b.TakeURL(ctx, b.outlet.URL+"/flood", []string{"fr"})
	b.ok(err)
	for len(b.queue) > 0 && b.queue[0].at.Before(b.clock) { // one job after the other, so that a draft would be seen
		next := b.queue[0]
		b.queue = b.queue[1:]
		delete(b.waiting, next.what)
		b.ok(next.do())
		if b.drafts() > 0 {
			b.t.Fatal("a draft is queued before leave")
		}
	}
	if n := len(b.articles()); n != 0 || len(b.translator.Texts()) != 0 {
		b.t.Fatalf("%d articles before leave", n)
	}
	item, err := b.store.Item(ctx, id)
	b.ok(err)
	l, err := b.store.Leave(ctx, id)
	b.ok(err)
	if item.State != "asks" || item.Why == "" || l.Decision != "" {
		b.t.Fatalf("item %+v, leave %+v", item, l)
	}
	return item, l
}

func TestWhatIsNotWholeWaitsForLeave(t *testing.T) {
	for state, html := range notWholePages() {
		t.Run(state, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				ctx := t.Context()
				item, l := b.waits(html)
				if l.Report.State != state {
					t.Fatalf("the page is read as %s", l.Report.State)
				}
				// Nothing that drafts what is missing drafts it, nor does asking for the address again.
				b.ok(b.DraftMissing(ctx))
				_, err := b.TakeURL(ctx, b.outlet.URL+"/flood", []string{"pt"})
				b.ok(err)
				b.work()
				if n := len(b.articles()); n != 0 {
					t.Fatalf("%d articles without leave", n)
				}
				original, err := b.store.NewestOriginal(ctx, item.ID)
				if state == "empty" {
					b.is(err, news.ErrNotFound)
					b.is(b.DecideLeave(ctx, item.ID, store.LeaveGiven, "Ann"), news.ErrInvalid, "rule")
					return
				}
				b.ok(err)
				b.is(b.Room.Draft(ctx, original.ID, "fr"), news.ErrDenied, "/desk/waiting")
				_, err = b.FillStatements(ctx)
				b.ok(err)
				if read, err := b.store.StatementsRead(ctx, original.ID); err != nil || read {
					t.Errorf("read for statements without leave: %v", err)
				}
				b.ok(b.DecideLeave(ctx, item.ID, store.LeaveGiven, "Ann"))
				b.work()
				if n := len(b.articles()); n != 2 {
					t.Fatalf("%d articles with leave, want fr and pt", n)
				}
				if read, err := b.store.StatementsRead(ctx, original.ID); err != nil || !read {
					t.Errorf("not read for statements with leave: %v", err)
				}
				l, err = b.store.Leave(ctx, item.ID)
				b.ok(err)
				if l.By != "Ann" || l.DecidedAt == 0 {
					t.Errorf("who gave leave is not kept: %+v", l)
				}
			})
		})
	}
}

func TestALeaveIsUndone(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		item, _ := b.waits(notWholePages()["cut"])
		state := func(want string) {
			t.Helper()
			i, err := b.store.Item(ctx, item.ID)
			b.ok(err)
			if i.State != want {
				t.Errorf("the item is %s, want %s", i.State, want)
			}
		}
		b.ok(b.DecideLeave(ctx, item.ID, store.LeaveRefused, "Ann"))
		state("left")
		b.clock = b.clock.Add(24 * time.Hour)
		asked := b.outlet.Requests("/flood")
		b.work() // the looks that are due
		if n := b.outlet.Requests("/flood"); n != asked {
			t.Errorf("what was left is asked for %d times", n-asked)
		}
		b.ok(b.DecideLeave(ctx, item.ID, "", "Ann"))
		state("asks")
		b.ok(b.DecideLeave(ctx, item.ID, store.LeaveGiven, "Ann"))
		state("taken")
		if b.drafts() != 1 {
			t.Fatalf("%d drafts are queued", b.drafts())
		}
		b.ok(b.DecideLeave(ctx, item.ID, "", "Ann")) // before the draft was made
		b.work()
		state("asks")
		if n := len(b.articles()); n != 0 {
			t.Errorf("%d articles of what leave was taken back for", n)
		}
		b.is(b.DecideLeave(ctx, item.ID, "perhaps", "Ann"), news.ErrInvalid)
		list, err := b.store.Leaves(ctx, "", math.MaxInt64, "", 10)
		b.ok(err)
		if len(list) != 1 || list[0].ItemRow.ID != item.ID || list[0].Original == "" || list[0].OutletName == "" {
			t.Errorf("the list is %+v", list)
		}
	})
}

// A page that opens is whole: it needs no leave any more.
func TestWhatBecomesWholeNeedsNoLeave(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		item, _ := b.waits(notWholePages()["cut"])
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"), newsroomtest.Words("bridge"))
		b.ok(b.Retry(ctx, item.ID))
		b.work()
		if n := len(b.articles()); n != 1 {
			t.Fatalf("%d articles", n)
		}
		_, err := b.store.Leave(ctx, item.ID)
		b.is(err, news.ErrNotFound)
	})
}

// A page that closes leaves its articles as they are and asks; leave brings what is there now.
func TestWhatIsNotWholeAnyMoreAsks(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.follow("fr")
		a := b.articles()[0]
		b.outlet.Raw("flood", notWholePages()["cut"])
		for range 2 { // asked once, however often it is looked at
			b.ok(b.Room.Retake(ctx, a.Item))
		}
		if now := b.articles()[0]; now.Revision != 1 {
			t.Fatalf("revision %d of a page that was cut", now.Revision)
		}
		if !raised(b.flags(a), newsroom.RuleNotWhole) {
			t.Error("no flag says it")
		}
		n, err := b.store.CountLeaves(ctx, "")
		b.ok(err)
		if n != 1 {
			t.Fatalf("%d wait for leave", n)
		}
		b.ok(b.DraftMissing(ctx)) // the whole reading is still the newest
		b.ok(b.DecideLeave(ctx, a.Item, store.LeaveGiven, "Ann"))
		b.work()
		now := b.articles()[0]
		if d := b.document(now); now.Revision != 2 || len(d.Blocks) != 1 {
			t.Errorf("revision %d with %d blocks", now.Revision, len(d.Blocks))
		}
	})
}

func (b *bench) rule(o news.Outlet, text string) {
	b.t.Helper()
	b.ok(b.SetRule(context.WithoutCancel(b.t.Context()), o.ID, text, "Ann"))
}

// A rule that finds the article in a page that was taken for a list settles the question without a request.
func TestARuleSettlesTheQuestion(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		html := strings.Replace(notWholePages()["list"], "<main>", `<main><nav id="text"><p>`+newsroomtest.Words("flood")+`</p></nav>`, 1)
		item, _ := b.waits(html)
		o, err := b.store.Outlet(ctx, item.Outlet)
		b.ok(err)
		asked := b.outlet.Requests("/flood")
		b.rule(o, "body #text")
		_, err = b.Room.Reread(ctx, item.ID)
		b.ok(err)
		b.work()
		list := b.articles()
		if len(list) != 1 || len(b.document(list[0]).Blocks) != 1 {
			t.Fatalf("%d articles", len(list))
		}
		if n := b.outlet.Requests("/flood"); n != asked {
			t.Errorf("%d requests were made", n-asked)
		}
	})
}
