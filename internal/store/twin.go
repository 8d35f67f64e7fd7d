package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Twin says that an item is no article of its own, because its page is that of another item; or that it was taken for that and an editor
// parted the two. What was parted is not joined again by itself.
type Twin struct {
	Item     string
	SameAs   string // the item whose article it counts as
	Reason   string // TwinByAddress, TwinByText
	At       int64
	PartedAt int64  // 0: they count as one article
	PartedBy string // an editor's name or "command line"; empty unless parted
}

// What an item is taken for another's article by.
const (
	TwinByAddress = "address" // its page names the other's address, or both name one
	TwinByText    = "text"    // headline and text are the same
)

const twinColumns = `item_twin.item, item_twin.same_as, item_twin.reason, item_twin.at, item_twin.parted_at, item_twin.parted_by`

func (t *Twin) dest() []any {
	return []any{&t.Item, &t.SameAs, &t.Reason, &t.At, &t.PartedAt, &t.PartedBy}
}

// Twin returns what joins an item to another, or parts them; news.ErrNotFound if nothing ever did.
func (r Reads) Twin(ctx context.Context, item, sameAs string) (Twin, error) {
	return one(ctx, r, "item "+item+" as a twin of "+sameAs, func(s scanner) (t Twin, err error) {
		err = s.Scan(t.dest()...)
		return t, err
	}, `SELECT `+twinColumns+` FROM item_twin WHERE item = $1 AND same_as = $2`, item, sameAs)
}

// TwinOf returns what the item is the twin of; news.ErrNotFound if it is an article of its own or that is not known.
func (r Reads) TwinOf(ctx context.Context, item string) (Twin, error) {
	return one(ctx, r, "item "+item+" as a twin", func(s scanner) (t Twin, err error) {
		err = s.Scan(t.dest()...)
		return t, err
	}, `SELECT `+twinColumns+` FROM item_twin WHERE item = $1 AND parted_at = 0`, item)
}

// Parted reports whether an editor said of two items, in whichever order, that they are two articles.
func (r Reads) Parted(ctx context.Context, a, b string) (bool, error) {
	n, err := one(ctx, r, "whether "+a+" and "+b+" were parted", scanInt, `
SELECT COUNT(*) FROM item_twin WHERE parted_at > 0 AND (item = $1 AND same_as = $2 OR item = $2 AND same_as = $1)`, a, b)
	return n > 0, err
}

// SaveTwin joins an item to another, or parts them. An item is the twin of one other at most: what joined it to others is forgotten.
func (tx *Tx) SaveTwin(ctx context.Context, t Twin) error {
	if t.PartedAt == 0 {
		if err := tx.RemoveTwin(ctx, t.Item); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, "save item "+t.Item+" as a twin of "+t.SameAs, `
INSERT INTO item_twin (item, same_as, reason, at, parted_at, parted_by) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (item, same_as) DO UPDATE
   SET reason = excluded.reason, at = excluded.at, parted_at = excluded.parted_at, parted_by = excluded.parted_by`,
		t.Item, t.SameAs, t.Reason, t.At, t.PartedAt, t.PartedBy)
	return err
}

// RemoveTwin forgets what an item is the twin of. What an editor parted stays parted.
func (tx *Tx) RemoveTwin(ctx context.Context, item string) error {
	_, err := tx.exec(ctx, "forget what item "+item+" is the twin of", `DELETE FROM item_twin WHERE item = $1 AND parted_at = 0`, item)
	return err
}

// A TwinRow is a pair as the page of one of its articles shows it.
type TwinRow struct {
	Twin
	Other      news.Item // with the title of its page where no feed gave one
	OutletName string    // of the other
}

// ofItem holds of the pairs that a page of an item's article shows: its twins, what was parted from it, and what it was parted from.
const ofItem = `(item_twin.same_as = $1 AND (item_twin.parted_at > 0 OR twin.state = 'twin') OR item_twin.item = $1 AND item_twin.parted_at > 0)`

// Twins returns up to limit of the pairs that an item is in, the newest first, from the place after (at, other); pass math.MaxInt64 and "" for
// the beginning. What the item itself is the twin of is not among them: it has no article.
func (r Reads) Twins(ctx context.Context, item string, at int64, other string, limit int) ([]TwinRow, error) {
	return all(ctx, r, "twins of item "+item, func(s scanner) (row TwinRow, err error) {
		row.Other, err = scanItemAfter(s, append(row.dest(), &row.OutletName)...)
		return row, err
	}, `
SELECT `+twinColumns+`, outlet.name, `+titledColumns+`
  FROM item_twin
  JOIN item AS twin ON twin.id = item_twin.item
  JOIN item ON item.id = CASE WHEN item_twin.item = $1 THEN item_twin.same_as ELSE item_twin.item END
  JOIN outlet ON outlet.id = item.outlet
 WHERE `+ofItem+` AND (item_twin.at, item.id) < ($2, $3)
 ORDER BY item_twin.at DESC, item.id DESC
 LIMIT $4`, item, at, other, limit)
}

// CountTwins returns how many items count as the article of an item.
func (r Reads) CountTwins(ctx context.Context, item string) (int, error) {
	n, err := one(ctx, r, "twins of item "+item, scanInt, `
SELECT COUNT(*) FROM item_twin JOIN item AS twin ON twin.id = item_twin.item
 WHERE item_twin.same_as = $1 AND item_twin.parted_at = 0 AND twin.state = 'twin'`, item)
	return int(n), err
}
