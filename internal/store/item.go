package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const itemColumns = `item.id, item.outlet, item.key, item.url, item.title, item.seen_at, item.state, item.why, item.tries, item.guid, item.link, item.canonical, item.published_at,
	item.feed, item.seen_text, item.targets`

func scanItem(r scanner) (news.Item, error) { return scanItemAfter(r) }

// scanItemAfter reads the columns of an item that stand after others.
func scanItemAfter(r scanner, others ...any) (news.Item, error) {
	var i news.Item
	var into string
	err := r.Scan(append(others, &i.ID, &i.Outlet, &i.Key, &i.URL, &i.Title, &i.SeenAt, &i.State, &i.Why, &i.Tries, &i.GUID, &i.Link, &i.Canonical, &i.PublishedAt,
		&i.Feed, &i.SeenText, &into)...)
	i.Into = languages(into)
	return i, err
}

// Item returns the item; news.ErrNotFound if there is none.
func (r Reads) Item(ctx context.Context, id string) (news.Item, error) {
	return one(ctx, r, "item "+id, scanItem, `SELECT `+itemColumns+` FROM item WHERE id = $1`, id)
}

// ItemByURL returns the oldest item with this address, of whatever outlet; news.ErrNotFound if there is none.
func (r Reads) ItemByURL(ctx context.Context, url string) (news.Item, error) {
	return one(ctx, r, "item "+url, scanItem, `SELECT `+itemColumns+` FROM item WHERE url = $1 ORDER BY seen_at, id LIMIT 1`, url)
}

// Items returns up to limit of an outlet's items, the newest first, in the given state or, if it is empty, in any.
// Only those seen before the given time are returned; pass math.MaxInt64 for all.
func (r Reads) Items(ctx context.Context, outlet, state string, before int64, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of outlet "+outlet, scanItem, `
SELECT `+itemColumns+`
  FROM item
 WHERE outlet = $1 AND ($2 = '' OR state = $2) AND seen_at < $3
 ORDER BY seen_at DESC, id DESC
 LIMIT $4`, outlet, state, before, limit)
}

// ItemsIn returns up to limit of an outlet's items in a state, the newest first, from the place after (seenAt, id); pass math.MaxInt64 and "" for
// the beginning. One without a title has its page's.
func (r Reads) ItemsIn(ctx context.Context, outlet, state string, seenAt int64, id string, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of outlet "+outlet, scanItem, `
SELECT `+titledColumns+`
  FROM item
 WHERE outlet = $1 AND state = $2 AND (seen_at, id) < ($3, $4)
 ORDER BY seen_at DESC, id DESC
 LIMIT $5`, outlet, state, seenAt, id, limit)
}

// ItemsByGUID returns the items of a site that carry guid in a feed, the oldest first.
func (r Reads) ItemsByGUID(ctx context.Context, site, guid string) ([]news.Item, error) {
	return all(ctx, r, "items with guid "+guid, scanItem, `
SELECT `+itemColumns+`
  FROM item JOIN outlet ON outlet.id = item.outlet
 WHERE outlet.site = $1 AND item.guid = $2
 ORDER BY item.seen_at, item.id`, site, guid)
}

// ItemsByLink returns the items of a site whose address or canonical address, in the form that is compared, is link.
func (r Reads) ItemsByLink(ctx context.Context, site, link string) ([]news.Item, error) {
	return all(ctx, r, "items with link "+link, scanItem, `
SELECT `+itemColumns+`
  FROM item JOIN outlet ON outlet.id = item.outlet
 WHERE outlet.site = $1 AND (item.link = $2 OR item.canonical = $2)
 ORDER BY item.seen_at, item.id`, site, link)
}

// ItemCounts returns how many of an outlet's items are in each state.
func (r Reads) ItemCounts(ctx context.Context, outlet string) (map[string]int, error) {
	type count struct {
		state string
		n     int
	}
	rows, err := all(ctx, r, "item counts of outlet "+outlet, func(s scanner) (c count, err error) {
		err = s.Scan(&c.state, &c.n)
		return c, err
	}, `SELECT state, COUNT(*) FROM item WHERE outlet = $1 GROUP BY state`, outlet)
	counts := map[string]int{}
	for _, c := range rows {
		counts[c.state] = c.n
	}
	return counts, err
}

// ItemsOfFeed returns the items first seen in a feed since the given time, the newest first, at most limit.
func (r Reads) ItemsOfFeed(ctx context.Context, feed string, since int64, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of feed "+feed, scanItem, `
SELECT `+itemColumns+` FROM item WHERE feed = $1 AND seen_at >= $2 ORDER BY seen_at DESC, id DESC LIMIT $3`, feed, since, limit)
}

// AddItems adds the items that are not there yet and returns those; an item is there if its outlet has one with its key.
func (tx *Tx) AddItems(ctx context.Context, items []news.Item) (added []news.Item, err error) {
	for _, i := range items {
		n, err := tx.exec(ctx, "add item "+i.URL, `
INSERT INTO item (id, outlet, key, url, title, seen_at, state, why, tries, guid, link, canonical, published_at, feed, seen_text, targets)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (outlet, key) DO NOTHING`,
			i.ID, i.Outlet, i.Key, i.URL, i.Title, i.SeenAt, i.State, i.Why, i.Tries, i.GUID, i.Link, i.Canonical, i.PublishedAt,
			i.Feed, i.SeenText, strings.Join(i.Into, ","))
		if err != nil {
			return nil, err
		}
		if n == 1 {
			added = append(added, i)
		}
	}
	return added, nil
}

// UpdateItem writes what may change of an item: address, title, and what tells it from others.
func (tx *Tx) UpdateItem(ctx context.Context, i news.Item) error {
	return tx.change(ctx, "change item "+i.ID, `
UPDATE item
   SET url = $2, title = $3, guid = $4, link = $5, canonical = $6, published_at = $7, seen_text = $8, targets = $9
 WHERE id = $1`, i.ID, i.URL, i.Title, i.GUID, i.Link, i.Canonical, i.PublishedAt, i.SeenText, strings.Join(i.Into, ","))
}

// MoveItem puts the item into a state, with the reason if it is not good news, and counts a try if it failed.
func (tx *Tx) MoveItem(ctx context.Context, id, state, why string) error {
	tries := 0
	if state == "failed" {
		tries = 1
	}
	return tx.change(ctx, fmt.Sprintf("mark item %s %s", id, state), `
UPDATE item SET state = $2, why = $3, tries = tries + $4 WHERE id = $1`, id, state, why, tries)
}

// TakenAfter returns up to limit of an outlet's items that were taken, by identifier, those after the given one; "" for the beginning.
func (r Reads) TakenAfter(ctx context.Context, outlet, after string, limit int) ([]news.Item, error) {
	return all(ctx, r, "items of outlet "+outlet, scanItem, `
SELECT `+itemColumns+` FROM item WHERE outlet = $1 AND state = 'taken' AND id > $2 ORDER BY id LIMIT $3`, outlet, after, limit)
}
