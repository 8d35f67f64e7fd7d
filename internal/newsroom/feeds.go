package newsroom

import (
	"context"
	"fmt"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// SetFeedURL gives a feed another address. The old one's validators go: they say nothing about the new one. A feed that had stopped
// is looked at again.
func (r *Room) SetFeedURL(ctx context.Context, outlet, feed, url string) error {
	clean := address.Resolve("", url)
	if address.Site(clean) == "" {
		return fmt.Errorf("%q is no web address: write one that begins with https://: %w", url, news.ErrInvalid)
	}
	return r.changeFeed(ctx, outlet, feed, func(f *news.Feed) {
		f.URL, f.ETag, f.LastModified, f.Unconditional = clean, "", "", 0
		f.MovedTo, f.MovedSeen, f.MovedFirst = "", 0, 0
		f.Stopped, f.Fails, f.NextAt, f.NextWhy = false, 0, r.now(), whyMoved
	})
}

// SetInterval chooses how often a feed is looked at: at least every day, at most every half hour; zero leaves it to the feed's rhythm.
func (r *Room) SetInterval(ctx context.Context, outlet, feed string, every time.Duration) error {
	if err := checkInterval(every); err != nil {
		return err
	}
	return r.changeFeed(ctx, outlet, feed, func(f *news.Feed) {
		f.Interval = every.Milliseconds()
		f.NextAt, f.NextWhy = min(f.NextAt, r.now()+max(f.Interval, soonest.Milliseconds())), whyInterval
	})
}

func checkInterval(every time.Duration) error {
	if every != 0 && (every < soonest || every > latest) {
		return fmt.Errorf("a feed is looked at every %s at most and every %s at least: %w", words(soonest), words(latest), news.ErrInvalid)
	}
	return nil
}

// EndFeed stops following a feed: it is not looked at until somebody wakes it, and its hub is told. What came from it stays.
func (r *Room) EndFeed(ctx context.Context, outlet, feed string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := tx.EndHubs(ctx, feed, r.now()); err != nil {
			return err
		}
		return r.changeFeedIn(ctx, tx, outlet, feed, func(f *news.Feed) {
			f.Stopped, f.NextAt, f.NextWhy = true, 0, whyEnded
		})
	})
}

// Wake looks again at a feed that had stopped, or that backs off.
func (r *Room) Wake(ctx context.Context, outlet, feed string) error {
	return r.changeFeed(ctx, outlet, feed, func(f *news.Feed) {
		f.Stopped, f.NextAt, f.NextWhy = false, r.now(), whyAsked
	})
}

func (r *Room) changeFeed(ctx context.Context, outlet, feed string, change func(*news.Feed)) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return r.changeFeedIn(ctx, tx, outlet, feed, change) })
}

func (r *Room) changeFeedIn(ctx context.Context, tx *store.Tx, outlet, feed string, change func(*news.Feed)) error {
	f, err := tx.Feed(ctx, feed)
	if err == nil && f.Outlet != outlet {
		err = fmt.Errorf("feed %s of outlet %s: %w", feed, outlet, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	change(&f)
	if err := tx.SaveFeed(ctx, f); err != nil || f.Stopped {
		return err
	}
	return r.Queue.Check(ctx, tx.SQL(), outlet, timeOf(f.NextAt))
}
