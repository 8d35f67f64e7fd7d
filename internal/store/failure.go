package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Failure says that the page of an item that was taken was asked for again in vain. Nothing of its article changed by that.
type Failure struct {
	Item    string
	At      int64
	Outcome string // a word of fetch.Outcome, or one of the newsroom's own
	Why     string // in English
}

const failureColumns = `item_failure.item, item_failure.at, item_failure.outcome, item_failure.why`

func scanFailure(r scanner) (Failure, error) {
	var f Failure
	err := r.Scan(&f.Item, &f.At, &f.Outcome, &f.Why)
	return f, err
}

// Failure returns the last one of an item; news.ErrNotFound if its page was had since, or an editor has seen it.
func (r Reads) Failure(ctx context.Context, item string) (Failure, error) {
	return one(ctx, r, "failure of item "+item, scanFailure, `SELECT `+failureColumns+` FROM item_failure WHERE item = $1`, item)
}

// SaveFailure keeps the last failure of an item in place of the one before.
func (tx *Tx) SaveFailure(ctx context.Context, f Failure) error {
	_, err := tx.exec(ctx, "save failure of item "+f.Item, `
INSERT INTO item_failure (item, at, outcome, why) VALUES ($1, $2, $3, $4)
ON CONFLICT (item) DO UPDATE SET at = excluded.at, outcome = excluded.outcome, why = excluded.why`, f.Item, f.At, f.Outcome, f.Why)
	return err
}

// RemoveFailure takes an item's failure away if it is not newer than a time; without one nothing happens.
func (tx *Tx) RemoveFailure(ctx context.Context, item string, until int64) error {
	_, err := tx.exec(ctx, "remove failure of item "+item, `DELETE FROM item_failure WHERE item = $1 AND at <= $2`, item, until)
	return err
}

// A FailureRow is a failure as a list shows it.
type FailureRow struct {
	Failure
	ItemRow news.Item // with the title of its page where no feed gave one
}

// Failures returns up to limit failures of an outlet's items, the newest first, from the place after (at, item); pass math.MaxInt64 and "" for
// the beginning.
func (r Reads) Failures(ctx context.Context, outlet string, at int64, item string, limit int) ([]FailureRow, error) {
	return all(ctx, r, "failures of outlet "+outlet, func(s scanner) (row FailureRow, err error) {
		f := &row.Failure
		row.ItemRow, err = scanItemAfter(s, &f.Item, &f.At, &f.Outcome, &f.Why)
		return row, err
	}, `
SELECT `+failureColumns+`, `+titledColumns+`
  FROM item_failure JOIN item ON item.id = item_failure.item
 WHERE item.outlet = $1 AND (item_failure.at, item_failure.item) < ($2, $3)
 ORDER BY item_failure.at DESC, item_failure.item DESC
 LIMIT $4`, outlet, at, item, limit)
}

// CountFailures returns how many of an outlet's items have one.
func (r Reads) CountFailures(ctx context.Context, outlet string) (int, error) {
	n, err := one(ctx, r, "failures of outlet "+outlet, scanInt,
		`SELECT COUNT(*) FROM item_failure JOIN item ON item.id = item_failure.item WHERE item.outlet = $1`, outlet)
	return int(n), err
}
