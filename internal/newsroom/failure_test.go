package newsroom_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A page that is asked for again in vain leaves the article as it is and is told of until it is had, or an editor has seen it.
func TestAskingAgainInVain(t *testing.T) {
	for _, c := range []struct {
		what, outcome, why string
		spoil              func(o *newsroomtest.Outlet)
	}{
		{"no answer", "timeout", "too long", nil},
		{"it is not there", "not_found", "404", func(o *newsroomtest.Outlet) { o.Status("flood", 404) }},
		{"it is gone", "gone", "410", func(o *newsroomtest.Outlet) { o.Status("flood", 410) }},
		{"the server has a difficulty", "unavailable", "500", func(o *newsroomtest.Outlet) { o.Status("flood", 500) }},
		{"it is not let in", "forbidden", "403", func(o *newsroomtest.Outlet) { o.Status("flood", 403) }},
		{"too large", "too_large", "", func(o *newsroomtest.Outlet) {
			o.Raw("flood", "<html lang=en><body>"+strings.Repeat("<p>more and more and more</p>\n", 50_000))
		}},
		{"an application without text", "not_whole", "no text", func(o *newsroomtest.Outlet) {
			o.Raw("flood", `<!doctype html><html lang="en"><head><title>An app</title></head><body><div id="app"></div></body></html>`)
		}},
		{"a picture", "not_whole", "", func(o *newsroomtest.Outlet) { o.Raw("flood", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") }},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				ctx := t.Context()
				client := b.Room.Fetch.(*fetch.Client)
				client.MaxBytes = 1 << 20
				spoil := func() {
					if c.spoil == nil {
						b.Room.Fetch = silent{client}
					} else {
						c.spoil(b.outlet)
					}
				}
				b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
				b.follow("fr")
				a := b.articles()[0]
				before, original := b.document(a), newest(b, a.Item)
				spoil()
				b.clock = b.clock.Add(5 * time.Minute)
				b.ok(b.FetchAgain(ctx, a.Item))
				b.work()
				b.Room.Fetch = client
				f, err := b.store.Failure(ctx, a.Item)
				b.ok(err)
				if f.Outcome != c.outcome || f.At != b.clock.UnixMilli() || !strings.Contains(f.Why, c.why) {
					t.Errorf("%+v", f)
				}
				now, err := b.store.Article(ctx, a.ID)
				b.ok(err)
				item, err := b.store.Item(ctx, a.Item)
				b.ok(err)
				if now.Revision != a.Revision || now.State != a.State || item.State != "taken" || newest(b, a.Item) != original || b.document(a).Title.S != before.Title.S {
					t.Errorf("before %+v, now %+v, item %+v", a, now, item)
				}

				b.ok(b.DismissFailure(ctx, a.Item, f.At-1)) // of an older one that somebody saw
				_, err = b.store.Failure(ctx, a.Item)
				b.ok(err)
				b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
				b.clock = b.clock.Add(5 * time.Minute)
				b.ok(b.FetchAgain(ctx, a.Item))
				b.work()
				_, err = b.store.Failure(ctx, a.Item)
				b.is(err, news.ErrNotFound)

				spoil()
				b.clock = b.clock.Add(5 * time.Minute)
				b.ok(b.FetchAgain(ctx, a.Item))
				b.work()
				b.Room.Fetch = client
				f, err = b.store.Failure(ctx, a.Item)
				b.ok(err)
				for range 2 {
					b.ok(b.DismissFailure(ctx, a.Item, f.At))
				}
				_, err = b.store.Failure(ctx, a.Item)
				b.is(err, news.ErrNotFound)
				b.is(b.DismissFailure(ctx, "none", f.At), news.ErrNotFound)
			})
		})
	}
}

// A silent server gives no answer.
type silent struct{ newsroom.Fetcher }

func (silent) Get(_ context.Context, r fetch.Request) (fetch.Response, error) {
	return fetch.Response{}, &fetch.Error{Outcome: fetch.Timeout, URL: r.URL, Help: "the server took too long"}
}

func newest(b *bench, item string) news.Original {
	b.t.Helper()
	o, err := b.store.NewestOriginal(b.t.Context(), item)
	b.ok(err)
	return o
}

// That a page is not whole is told until somebody answers the question that it asks, or it is read whole by a better rule; that its outlet does not
// give it is not mended by reading what is kept.
func TestAFailureGoesWithItsReason(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		whole := pageOf("", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Add("flood", "A flood in the valley", "x")
		b.outlet.Raw("flood", whole)
		item := b.taken("flood")
		again := func(outcome string) {
			t.Helper()
			b.clock = b.clock.Add(5 * time.Minute)
			b.ok(b.FetchAgain(ctx, item.ID))
			b.work()
			b.told(item.ID, outcome)
		}
		b.outlet.Status("flood", 503)
		again("unavailable")
		_, err := b.Room.Reread(ctx, item.ID)
		b.ok(err)
		b.told(item.ID, "unavailable")

		b.outlet.Status("flood", 200)
		b.outlet.Raw("flood", strings.Replace(whole, "<article>", `<div class="box"><ul>`+strings.Repeat(`<li><a href="/x">Another story of the day from the valley</a></li>`, 12)+`</ul></div><article hidden>`, 1))
		again("not_whole")
		again("not_whole") // it was asked about already, and is told of all the same
		b.ok(b.SetRule(ctx, item.Outlet, "body article", "Ann"))
		_, err = b.Room.Reread(ctx, item.ID)
		b.ok(err)
		b.told(item.ID, "")

		b.ok(b.SetRule(ctx, item.Outlet, "", "Ann"))
		again("not_whole")
		b.ok(b.DecideLeave(ctx, item.ID, store.LeaveRefused, "Ann"))
		b.told(item.ID, "")
		again("not_whole") // somebody asked once more, and is told once more
	})
}

// told checks the outcome of an item's failure; empty for none.
func (b *bench) told(item, want string) {
	b.t.Helper()
	f, err := b.store.Failure(b.t.Context(), item)
	if want == "" {
		b.is(err, news.ErrNotFound)
	} else if b.ok(err); f.Outcome != want {
		b.t.Errorf("%+v, want %s", f, want)
	}
}

// What waits for a person goes on waiting when a later look fails; what was not taken says why.
func TestAskingAgainInVainWithoutAnArticle(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		item := b.taken("flood")
		cause := &fetch.Error{Outcome: fetch.NotFound, URL: item.URL, Status: http.StatusNotFound}
		for state, want := range map[string]string{"asks": "asks", "left": "left", "twin": "twin", "new": "failed", "failed": "failed"} {
			b.tx(func(ctx context.Context, tx *store.Tx) error { return tx.MoveItem(ctx, item.ID, state, "") })
			b.ok(b.FailRetake(ctx, item.ID, cause))
			now, err := b.store.Item(ctx, item.ID)
			b.ok(err)
			if now.State != want {
				t.Errorf("%s: %+v", state, now)
			}
			b.told(item.ID, "")
		}
		b.is(b.FailRetake(ctx, "none", cause), news.ErrNotFound)
	})
}

// All that failed is queued once, apart from one another, and what fails again is not asked for without end.
func TestAllThatFailedIsAskedForAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		first := b.taken("flood")
		const many = 230 // more than one transaction takes
		b.tx(func(ctx context.Context, tx *store.Tx) error {
			for i := range many {
				item := news.Item{ID: store.NewID(), Outlet: first.Outlet, Key: fmt.Sprint(i), URL: fmt.Sprintf("%s/gone-%d", b.outlet.URL, i), SeenAt: 5, State: "failed", Why: "500"}
				if i == 7 {
					item.URL = ""
				}
				if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
					return err
				}
			}
			return nil
		})
		before := len(b.queue)
		for _, want := range []int{many - 1, 0} {
			n, err := b.RetryFailed(ctx, first.Outlet)
			b.ok(err)
			if n != want {
				t.Errorf("%d are queued, want %d", n, want)
			}
		}
		at := map[time.Time]bool{}
		for _, j := range b.queue[before:] {
			at[j.at] = true
		}
		if last := b.clock.Add((many - 2) * 2 * time.Second); len(at) != many-1 || !at[b.clock] || !at[last] {
			t.Errorf("at %d times", len(at))
		}
		b.clock = b.clock.Add(time.Minute)
		b.work()
		if failed, err := b.store.ItemsIn(ctx, first.Outlet, "failed", math.MaxInt64, "", many); err != nil || len(failed) != 1+31 {
			t.Errorf("%d failed again within a minute, %v", len(failed), err)
		}
		_, err := b.RetryFailed(ctx, "none")
		b.is(err, news.ErrNotFound)
	})
}
