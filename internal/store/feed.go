package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const feedColumns = `feed.id, feed.outlet, feed.url, feed.kind, feed.etag, feed.last_modified, feed.next_at, feed.next_why, feed.checked_at, feed.changed_at,
	feed.fails, feed.outcome, feed.guid_policy, feed.unconditional, feed.stopped, feed.every_ms, feed.moved_to, feed.moved_seen, feed.moved_first`

func scanFeed(r scanner) (news.Feed, error) {
	var f news.Feed
	err := r.Scan(&f.ID, &f.Outlet, &f.URL, &f.Kind, &f.ETag, &f.LastModified, &f.NextAt, &f.NextWhy, &f.CheckedAt, &f.ChangedAt,
		&f.Fails, &f.Outcome, &f.GUIDPolicy, &f.Unconditional, &f.Stopped, &f.Interval, &f.MovedTo, &f.MovedSeen, &f.MovedFirst)
	return f, err
}

// Feeds returns an outlet's feeds in the order they were added.
func (r Reads) Feeds(ctx context.Context, outlet string) ([]news.Feed, error) {
	return all(ctx, r, "feeds of outlet "+outlet, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE outlet = $1 ORDER BY id`, outlet)
}

// FeedByURL returns the feed with this address, of whatever outlet; news.ErrNotFound if there is none.
func (r Reads) FeedByURL(ctx context.Context, url string) (news.Feed, error) {
	return one(ctx, r, "feed "+url, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE url = $1 ORDER BY id LIMIT 1`, url)
}

// Feed returns a feed; news.ErrNotFound if there is none.
func (r Reads) Feed(ctx context.Context, id string) (news.Feed, error) {
	return one(ctx, r, "feed "+id, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE id = $1`, id)
}

// DueFeeds returns up to limit feeds whose time has come, those that wait longest first. Stopped ones are left out.
func (r Reads) DueFeeds(ctx context.Context, now int64, limit int) ([]news.Feed, error) {
	return all(ctx, r, "feeds that are due", scanFeed, `
SELECT `+feedColumns+`
  FROM feed
 WHERE next_at <= $1 AND stopped = FALSE
 ORDER BY next_at, id
 LIMIT $2`, now, limit)
}

// SaveFeed adds the feed, or changes the one with its identifier.
func (tx *Tx) SaveFeed(ctx context.Context, f news.Feed) error {
	_, err := tx.exec(ctx, "save feed "+f.URL, `
INSERT INTO feed (id, outlet, url, kind, etag, last_modified, next_at, next_why, checked_at, changed_at,
	fails, outcome, guid_policy, unconditional, stopped, every_ms, moved_to, moved_seen, moved_first)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (id) DO UPDATE
   SET url = excluded.url, kind = excluded.kind, etag = excluded.etag, last_modified = excluded.last_modified,
       next_at = excluded.next_at, next_why = excluded.next_why, checked_at = excluded.checked_at, changed_at = excluded.changed_at,
       fails = excluded.fails, outcome = excluded.outcome, guid_policy = excluded.guid_policy, unconditional = excluded.unconditional,
       stopped = excluded.stopped, every_ms = excluded.every_ms,
       moved_to = excluded.moved_to, moved_seen = excluded.moved_seen, moved_first = excluded.moved_first`,
		f.ID, f.Outlet, f.URL, f.Kind, f.ETag, f.LastModified, f.NextAt, f.NextWhy, f.CheckedAt, f.ChangedAt,
		f.Fails, f.Outcome, f.GUIDPolicy, f.Unconditional, f.Stopped, f.Interval, f.MovedTo, f.MovedSeen, f.MovedFirst)
	return taken(err, "the outlet has a feed with the address "+f.URL)
}

// RemoveFeed takes a feed and its pages away; its items stay, and its hub is told.
func (tx *Tx) RemoveFeed(ctx context.Context, id string) error {
	if err := tx.EndHubs(ctx, id, 1); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "remove pages of feed "+id, `DELETE FROM page WHERE feed = $1`, id); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "remove list rule of feed "+id, `DELETE FROM list_rule WHERE feed = $1`, id); err != nil {
		return err
	}
	return tx.change(ctx, "remove feed "+id, `DELETE FROM feed WHERE id = $1`, id)
}
