package store_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestReportsRulesAndRereadings(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		if r := must(s.Report(ctx, n.original.ID))(t); !r.Whole() {
			t.Error("an original of before reports were kept is not whole")
		}
		report := store.Report{State: "cut", Paywall: true, Rule: 2, Found: []store.Found{{Field: "title", From: "h1", Sure: true}, {Field: "published", From: "url", Value: "2026-11-02"}}, Notes: []string{"a note"}, Charset: "utf-8", Next: "https://outlet.example/2"}
		for range 2 { // the second replaces the first
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveReport(ctx, n.original.ID, report) })
		}
		equal(t, must(s.Report(ctx, n.original.ID))(t), report)

		equal(t, must(s.Rule(ctx, n.outlet.ID))(t), store.Rule{})
		rules := []store.Rule{{n.outlet.ID, 1, "body main", "Ann", 5}, {n.outlet.ID, 2, "", "command line", 6}, {n.outlet.ID, 3, "drop .x\ndrop .y", "Bo", 7}}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, r := range rules {
				if err := tx.AddRule(ctx, r); err != nil {
					return err
				}
			}
			return nil
		})
		equal(t, must(s.Rule(ctx, n.outlet.ID))(t), rules[2])
		equal(t, must(s.Rules(ctx, n.outlet.ID, 3, 1))(t), rules[1:2])
		is(t, s.Tx(ctx, func(tx *store.Tx) error { return tx.AddRule(ctx, rules[2]) }), news.ErrConflict)

		_, err := s.Rereading(ctx, n.outlet.ID)
		is(t, err, news.ErrNotFound)
		for _, x := range []store.Rereading{
			{Outlet: n.outlet.ID, By: "Ann", StartedAt: 1, Items: 3},
			{Outlet: n.outlet.ID, By: "Bo", StartedAt: 2, Last: "i", Items: 4, Done: 3, Changed: 1, Failed: 1, Why: "no", EndedAt: 9},
		} {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveRereading(ctx, x) })
			equal(t, must(s.Rereading(ctx, n.outlet.ID))(t), x)
			if open := must(s.OpenRereadings(ctx))(t); len(open) != 1-int(min(x.EndedAt, 1)) {
				t.Errorf("%d go on", len(open))
			}
		}

		// Items whose page is kept, those whose reading failed among them, but not those that somebody left.
		if must(s.CountKept(ctx, n.outlet.ID))(t) != 0 {
			t.Error("an item that was not taken is counted")
		}
		move := func(state string) {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.MoveItem(ctx, n.item.ID, state, "") })
		}
		for state, kept := range map[string]int{"taken": 1, "asks": 1, "left": 0, "failed": 1} {
			move(state)
			if got := must(s.CountKept(ctx, n.outlet.ID))(t); got != kept || len(must(s.KeptItems(ctx, n.outlet.ID, "", 9))(t)) != kept || len(must(s.NewestKept(ctx, n.outlet.ID, 9))(t)) != kept {
				t.Errorf("%s: %d", state, got)
			}
		}
		move("taken")
		if len(must(s.KeptItems(ctx, n.outlet.ID, n.item.ID, 9))(t)) != 0 {
			t.Error("the list does not go on after an item")
		}
	})
}

func TestLeaves(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		_, err := s.Leave(ctx, n.item.ID)
		is(t, err, news.ErrNotFound)
		l := store.Leave{Item: n.item.ID, Report: store.Report{State: "live", Notes: []string{"x"}}, AskedAt: 20}
		var others []string
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i := range 3 { // asked at the same moment: the cursor must not lose any
				item := n.item
				item.ID, item.Key = store.NewID(), fmt.Sprint("k", i)
				others = append(others, item.ID)
				if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
					return err
				}
				if err := tx.SaveLeave(ctx, store.Leave{Item: item.ID, Report: store.Report{State: "empty"}, AskedAt: 20}); err != nil {
					return err
				}
			}
			return tx.SaveLeave(ctx, l)
		})
		equal(t, must(s.Leave(ctx, n.item.ID))(t), l)
		seen, at, item := map[string]string{}, int64(math.MaxInt64), ""
		for range 4 {
			rows := must(s.Leaves(ctx, "", at, item, 1))(t)
			if len(rows) != 1 || rows[0].OutletName != n.outlet.Name || rows[0].ItemRow.ID != rows[0].Item {
				t.Fatalf("%+v", rows)
			}
			at, item = rows[0].AskedAt, rows[0].Item
			seen[item] = rows[0].Original
		}
		if len(seen) != 4 || seen[n.item.ID] != n.original.ID || seen[others[0]] != "" {
			t.Errorf("%v", seen)
		}
		if rows := must(s.Leaves(ctx, "", at, item, 1))(t); rows != nil {
			t.Errorf("after the last: %+v", rows)
		}
		l.Decision, l.By, l.DecidedAt = store.LeaveGiven, "Ann", 30
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveLeave(ctx, l) })
		equal(t, must(s.Leave(ctx, n.item.ID))(t), l)
		if must(s.CountLeaves(ctx, ""))(t) != 3 || must(s.CountLeaves(ctx, store.LeaveGiven))(t) != 1 {
			t.Error("the counts are wrong")
		}
		for range 2 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveLeave(ctx, n.item.ID) })
		}
		_, err = s.Leave(ctx, n.item.ID)
		is(t, err, news.ErrNotFound)
	})
}
