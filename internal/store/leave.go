package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// A Leave is the question whether an item whose page holds no whole article may be translated, and what a person answered.
type Leave struct {
	Item      string
	Report    Report // of the reading that asks
	AskedAt   int64
	Decision  string // "": it waits; LeaveGiven, LeaveRefused
	By        string // who decided: an editor's name or "command line"
	DecidedAt int64
}

// The decisions.
const (
	LeaveGiven   = "given"   // what is there is translated
	LeaveRefused = "refused" // it is left
)

const leaveColumns = `item_leave.item, item_leave.report, item_leave.asked_at, item_leave.decision, item_leave.by_whom, item_leave.decided_at`

func leaveDest(l *Leave, report *string) []any {
	return []any{&l.Item, report, &l.AskedAt, &l.Decision, &l.By, &l.DecidedAt}
}

func scanLeave(r scanner) (Leave, error) {
	var l Leave
	var text string
	if err := r.Scan(leaveDest(&l, &text)...); err != nil {
		return l, err
	}
	var err error
	l.Report, err = parseReport(text)
	return l, err
}

// Leave returns the item's question; news.ErrNotFound if its page is whole.
func (r Reads) Leave(ctx context.Context, item string) (Leave, error) {
	return one(ctx, r, "leave for item "+item, scanLeave, `SELECT `+leaveColumns+` FROM item_leave WHERE item = $1`, item)
}

// SaveLeave keeps the item's question and its answer.
func (tx *Tx) SaveLeave(ctx context.Context, l Leave) error {
	text, err := json.Marshal(l.Report)
	if err != nil {
		return fmt.Errorf("leave for item %s: %w", l.Item, err)
	}
	_, err = tx.exec(ctx, "save leave for item "+l.Item, `
INSERT INTO item_leave (item, report, asked_at, decision, by_whom, decided_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (item) DO UPDATE
   SET report = excluded.report, asked_at = excluded.asked_at, decision = excluded.decision, by_whom = excluded.by_whom, decided_at = excluded.decided_at`,
		l.Item, string(text), l.AskedAt, l.Decision, l.By, l.DecidedAt)
	return err
}

// RemoveLeave takes the item's question away: its page is whole now.
func (tx *Tx) RemoveLeave(ctx context.Context, item string) error {
	_, err := tx.exec(ctx, "remove leave for item "+item, `DELETE FROM item_leave WHERE item = $1`, item)
	return err
}

// A LeaveRow is a question as a list shows it.
type LeaveRow struct {
	Leave
	ItemRow    news.Item
	OutletName string
	Original   string // identifier of what there is to translate; empty if there is nothing
}

// Leaves returns up to limit questions with a decision ("" for those that wait), those asked last first, from the place after
// (beforeAsked, beforeItem); pass math.MaxInt64 and "" for the beginning.
func (r Reads) Leaves(ctx context.Context, decision string, beforeAsked int64, beforeItem string, limit int) ([]LeaveRow, error) {
	return all(ctx, r, "what waits for leave", func(s scanner) (LeaveRow, error) {
		var row LeaveRow
		var text, into string
		i := &row.ItemRow
		dest := append(leaveDest(&row.Leave, &text), &i.ID, &i.Outlet, &i.Key, &i.URL, &i.Title, &i.SeenAt, &i.State, &i.Why, &i.Tries, &i.GUID, &i.Link, &i.Canonical,
			&i.PublishedAt, &i.Feed, &i.SeenText, &into, &row.OutletName, &row.Original)
		if err := s.Scan(dest...); err != nil {
			return row, err
		}
		i.Into = languages(into)
		var err error
		row.Report, err = parseReport(text)
		return row, err
	}, `
SELECT `+leaveColumns+`, `+itemColumns+`, outlet.name,
       COALESCE((SELECT original.id FROM original WHERE original.item = item.id ORDER BY original.n DESC LIMIT 1), '')
  FROM item_leave
  JOIN item ON item.id = item_leave.item
  JOIN outlet ON outlet.id = item.outlet
 WHERE item_leave.decision = $1 AND (item_leave.asked_at, item_leave.item) < ($2, $3)
 ORDER BY item_leave.asked_at DESC, item_leave.item DESC
 LIMIT $4`, decision, beforeAsked, beforeItem, limit)
}

// CountLeaves returns how many questions have a decision; "" for those that wait.
func (r Reads) CountLeaves(ctx context.Context, decision string) (int, error) {
	n, err := one(ctx, r, "what waits for leave", scanInt, `SELECT COUNT(*) FROM item_leave WHERE decision = $1`, decision)
	return int(n), err
}
