package newsroom_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// What an editor changes while a feed is asked for outlasts the answer, whatever the answer is.
func TestALookKeepsWhatWasChangedMeanwhile(t *testing.T) {
	links := func(n int) string {
		var b strings.Builder
		b.WriteString(`<html lang="en"><head><title>Paper</title></head><body>`)
		for i := range n {
			fmt.Fprintf(&b, `<h2><a href="/%d">Story %d</a></h2><h3><a href="/x%d">Note %d</a></h3>`, i, i, i, i)
		}
		return b.String() + `</body></html>`
	}
	const rss = `<rss version="2.0"><channel><title>Paper</title><language>en</language><item><title>A</title><link>http://HOST/a</link></item></channel></rss>`
	later := func(f news.Feed, clock time.Time) time.Duration { return time.UnixMilli(f.NextAt).Sub(clock) }
	for _, c := range []struct {
		what   string
		list   bool
		change func(b *bench, o news.Outlet, f news.Feed) error
		want   func(b *bench, f news.Feed, status int) error // f is as it is after the look
	}{
		{
			"ended", false,
			func(b *bench, o news.Outlet, f news.Feed) error { return b.EndFeed(b.t.Context(), o.ID, f.ID) },
			func(_ *bench, f news.Feed, _ int) error {
				if word, _ := newsroom.Why(f.NextWhy); !f.Stopped || word != "ended" || f.NextAt != 0 {
					return errors.New("followed again")
				}
				return nil
			},
		},
		{
			"another address", false,
			func(b *bench, o news.Outlet, f news.Feed) error {
				return b.SetFeedURL(b.t.Context(), o.ID, f.ID, "https://other.example/feed")
			},
			func(b *bench, f news.Feed, _ int) error {
				if f.URL != "https://other.example/feed" || f.ETag != "" || f.Fails != 0 || later(f, b.clock) != 0 || f.NextWhy != "moved" {
					return errors.New("the address, or what was asked of it, is lost")
				}
				return nil
			},
		},
		{
			"another interval", false,
			func(b *bench, o news.Outlet, f news.Feed) error {
				return b.SetInterval(b.t.Context(), o.ID, f.ID, 12*time.Hour)
			},
			func(b *bench, f news.Feed, _ int) error {
				if f.Interval != (12*time.Hour).Milliseconds() || later(f, b.clock) < 12*time.Hour {
					return errors.New("the interval is lost")
				}
				return nil
			},
		},
		{
			"woken", false,
			func(b *bench, o news.Outlet, f news.Feed) error { return b.Wake(b.t.Context(), o.ID, f.ID) },
			func(b *bench, f news.Feed, _ int) error {
				if f.Stopped || later(f, b.clock) != 0 || f.NextWhy != "asked" {
					return errors.New("the look that was asked for is lost")
				}
				return nil
			},
		},
		{
			"removed", false,
			func(b *bench, _ news.Outlet, f news.Feed) error {
				return b.store.Tx(b.t.Context(), func(tx *store.Tx) error { return tx.RemoveFeed(b.t.Context(), f.ID) })
			},
			func(_ *bench, f news.Feed, _ int) error {
				if f.ID != "" {
					return errors.New("it is back")
				}
				return nil
			},
		},
		{
			"another name of the outlet", false,
			func(b *bench, o news.Outlet, _ news.Feed) error {
				return b.store.Tx(b.t.Context(), func(tx *store.Tx) error {
					o, err := tx.Outlet(b.t.Context(), o.ID)
					if err != nil {
						return err
					}
					o.Name = "Chosen"
					return tx.SaveOutlet(b.t.Context(), o)
				})
			},
			func(b *bench, f news.Feed, _ int) error {
				if o, err := b.store.Outlet(b.t.Context(), f.Outlet); err != nil || o.Name != "Chosen" {
					return fmt.Errorf("called %q, %w", o.Name, err)
				}
				return nil
			},
		},
		{
			"another rule, which takes many links", true,
			func(b *bench, o news.Outlet, f news.Feed) error {
				return b.SetListRule(b.t.Context(), o.ID, f.ID, news.ListRule{Links: "h3"})
			},
			func(b *bench, f news.Feed, _ int) error {
				rule, err := b.store.ListRule(b.t.Context(), f.ID)
				if err != nil || rule.Links != "h3" || f.NextWhy != "rule" || later(f, b.clock) > time.Minute {
					return fmt.Errorf("rule %q, %w", rule.Links, err)
				}
				// And once more, with an interval in between and a look that fails: the links still wait for a person.
				if err := b.SetInterval(b.t.Context(), f.Outlet, f.ID, time.Hour); err != nil {
					return err
				}
				b.clock = b.clock.Add(30 * time.Hour)
				r, err := b.Room.Check(b.t.Context(), f.Outlet)
				if err != nil || r.Feeds[0].Err == nil {
					return fmt.Errorf("the look that was to fail: %+v %w", r, err)
				}
				b.clock = b.clock.Add(30 * time.Hour)
				if r, err = b.Room.Check(b.t.Context(), f.Outlet); err != nil || r.Held != 20 || r.New != 0 {
					return fmt.Errorf("%d links wait for a person, %d are taken, %w", r.Held, r.New, err)
				}
				return nil
			},
		},
	} {
		for _, status := range []int{http.StatusOK, http.StatusNotModified, http.StatusInternalServerError, http.StatusGone} {
			t.Run(fmt.Sprintf("%s, %d", c.what, status), func(t *testing.T) {
				run(t, func(t *testing.T, b *bench) {
					meanwhile, looks := func() {}, 0
					var host string
					host = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.URL.Path != "/f" {
							http.NotFound(w, r)
							return
						}
						looks++
						meanwhile()
						switch {
						case looks == 2 && status != http.StatusOK:
							w.WriteHeader(status)
							return
						case looks == 3:
							w.WriteHeader(http.StatusBadGateway)
							return
						}
						w.Header().Set("Etag", fmt.Sprintf(`"%d"`, looks))
						if c.list {
							fmt.Fprint(w, links(20))
							return
						}
						fmt.Fprint(w, strings.ReplaceAll(rss, "HOST", host))
					}))
					client := b.Room.Fetch.(*fetch.Client)
					client.Allow = append(client.Allow, host)
					options := newsroom.FollowOptions{}
					if c.list {
						options.Links = "h2"
					}
					o, err := b.Follow(t.Context(), "http://"+host+"/f", options)
					b.ok(err)
					feeds, err := b.store.Feeds(t.Context(), o.ID)
					b.ok(err)
					b.clock = b.clock.Add(25 * time.Hour)
					meanwhile = func() {
						meanwhile = func() {}
						if err := c.change(b, o, feeds[0]); err != nil {
							t.Error(err)
						}
					}
					_, err = b.Room.Check(t.Context(), o.ID)
					b.ok(err)
					f, err := b.store.Feed(context.WithoutCancel(t.Context()), feeds[0].ID)
					if err != nil && !errors.Is(err, news.ErrNotFound) {
						t.Fatal(err)
					}
					if status == http.StatusGone && (c.what == "another interval" || c.what == "another name of the outlet") {
						if word, _ := newsroom.Why(f.NextWhy); !f.Stopped || word != "gone" {
							t.Errorf("a feed that is gone: %+v", f)
						}
						return
					}
					if err := c.want(b, f, status); err != nil {
						t.Errorf("%v: %+v", err, f)
					}
				})
			})
		}
	}
}
