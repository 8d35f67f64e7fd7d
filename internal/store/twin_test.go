package store_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// more adds n items like the furnished one, all seen at one moment, and returns their identifiers, sorted.
func (n newsroom) more(t *testing.T, s *store.Store, count int, state string) []string {
	t.Helper()
	var ids []string
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range count {
			item := n.item
			item.ID, item.State, item.Title = store.NewID(), state, ""
			item.Key, item.URL = state+item.ID, fmt.Sprintf("https://outlet.example/%s-%d", state, i)
			ids = append(ids, item.ID)
			if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(ids)
	return ids
}

// backwards are the identifiers of pages of one row each, as a cursor gives them.
func backwards(t *testing.T, count int, next func(at int64, id string) (int64, string, int)) []string {
	t.Helper()
	var seen []string
	at, id := int64(math.MaxInt64), ""
	for range count + 1 {
		n := 0
		if at, id, n = next(at, id); n == 0 {
			break
		}
		seen = append(seen, id)
	}
	slices.Reverse(seen)
	return seen
}

func TestItemsOfOneMomentHavePages(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		failed := n.more(t, s, 4, "failed")
		n.more(t, s, 2, "held")
		got := backwards(t, 4, func(at int64, id string) (int64, string, int) {
			rows := must(s.ItemsIn(ctx, n.outlet.ID, "failed", at, id, 1))(t)
			if len(rows) == 0 {
				return 0, "", 0
			}
			return rows[0].SeenAt, rows[0].ID, len(rows)
		})
		equal(t, got, failed)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			i := n.item
			i.Title = ""
			if err := tx.UpdateItem(ctx, i); err != nil {
				return err
			}
			return tx.MoveItem(ctx, i.ID, "gone", "")
		})
		if rows := must(s.ItemsIn(ctx, n.outlet.ID, "gone", math.MaxInt64, "", 9))(t); len(rows) != 1 || rows[0].Title != "A flood in the valley" {
			t.Errorf("without a title of the feed's: %+v", rows)
		}
		if rows := must(s.ItemsIn(ctx, "none", "failed", math.MaxInt64, "", 9))(t); rows != nil {
			t.Errorf("of another outlet: %+v", rows)
		}
	})
}

func TestFailures(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		_, err := s.Failure(ctx, n.item.ID)
		is(t, err, news.ErrNotFound)
		last := store.Failure{Item: n.item.ID, At: 30, Outcome: "timeout", Why: "get https://outlet.example/flood: timeout"}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveFailure(ctx, store.Failure{Item: n.item.ID, At: 20, Outcome: "dns"}); err != nil {
				return err
			}
			return tx.SaveFailure(ctx, last)
		})
		equal(t, must(s.Failure(ctx, n.item.ID))(t), last)
		others := n.more(t, s, 3, "taken")
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, id := range others {
				if err := tx.SaveFailure(ctx, store.Failure{Item: id, At: 30, Outcome: "not_found"}); err != nil {
					return err
				}
			}
			return nil
		})
		want := append([]string{n.item.ID}, others...)
		slices.Sort(want)
		equal(t, backwards(t, 4, func(at int64, id string) (int64, string, int) {
			rows := must(s.Failures(ctx, n.outlet.ID, at, id, 1))(t)
			if len(rows) == 0 {
				return 0, "", 0
			}
			if rows[0].ItemRow.ID != rows[0].Item || rows[0].ItemRow.URL == "" {
				t.Errorf("%+v", rows[0])
			}
			return rows[0].At, rows[0].Item, len(rows)
		}), want)
		if got := must(s.CountFailures(ctx, n.outlet.ID))(t); got != 4 {
			t.Errorf("%d are counted", got)
		}
		// Who sets the older one aside has not seen the newer one.
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveFailure(ctx, n.item.ID, 29) })
		equal(t, must(s.Failure(ctx, n.item.ID))(t), last)
		for range 2 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveFailure(ctx, n.item.ID, 30) })
		}
		_, err = s.Failure(ctx, n.item.ID)
		is(t, err, news.ErrNotFound)
		if got := must(s.CountFailures(ctx, n.outlet.ID))(t); got != 3 {
			t.Errorf("%d are counted", got)
		}
	})
}

func TestTwins(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		twins := n.more(t, s, 3, "twin")
		another := n.more(t, s, 1, "taken")[0]
		_, err := s.Twin(ctx, twins[0], n.item.ID)
		is(t, err, news.ErrNotFound)
		_, err = s.TwinOf(ctx, twins[0])
		is(t, err, news.ErrNotFound)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, id := range twins {
				for _, of := range []string{another, n.item.ID} { // the first is forgotten
					if err := tx.SaveTwin(ctx, store.Twin{Item: id, SameAs: of, Reason: store.TwinByText, At: 40}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		equal(t, must(s.TwinOf(ctx, twins[0]))(t), store.Twin{Item: twins[0], SameAs: n.item.ID, Reason: store.TwinByText, At: 40})
		pages := func() []string {
			return backwards(t, 3, func(at int64, id string) (int64, string, int) {
				rows := must(s.Twins(ctx, n.item.ID, at, id, 1))(t)
				if len(rows) == 0 {
					return 0, "", 0
				}
				if rows[0].OutletName != n.outlet.Name || rows[0].SameAs != n.item.ID {
					t.Errorf("%+v", rows[0])
				}
				return rows[0].At, rows[0].Other.ID, len(rows)
			})
		}
		equal(t, pages(), twins)
		if got := must(s.CountTwins(ctx, n.item.ID))(t); got != 3 {
			t.Errorf("%d twins", got)
		}
		if must(s.Parted(ctx, twins[0], n.item.ID))(t) {
			t.Error("nobody parted them")
		}
		parted := store.Twin{Item: twins[0], SameAs: n.item.ID, Reason: store.TwinByText, At: 40, PartedAt: 50, PartedBy: "Ann"}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveTwin(ctx, parted); err != nil {
				return err
			}
			if err := tx.RemoveTwin(ctx, twins[0]); err != nil { // what was parted stays
				return err
			}
			return tx.MoveItem(ctx, twins[0], "taken", "")
		})
		equal(t, must(s.Twin(ctx, twins[0], n.item.ID))(t), parted)
		if !must(s.Parted(ctx, twins[0], n.item.ID))(t) || !must(s.Parted(ctx, n.item.ID, twins[0]))(t) || must(s.Parted(ctx, twins[0], another))(t) {
			t.Error("who was parted from whom is wrong")
		}
		equal(t, pages(), twins) // the way back is shown, on both pages
		if rows := must(s.Twins(ctx, twins[0], math.MaxInt64, "", 9))(t); len(rows) != 1 || rows[0].Other.ID != n.item.ID || rows[0].Twin != parted {
			t.Errorf("on the page of what was parted: %+v", rows)
		}
		if got := must(s.CountTwins(ctx, n.item.ID))(t); got != 2 {
			t.Errorf("%d twins", got)
		}
		// An item that is being taken anew is no twin meanwhile.
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.MoveItem(ctx, twins[1], "new", "") })
		equal(t, pages(), []string{twins[0], twins[2]})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveTwin(ctx, twins[2]) })
		equal(t, pages(), twins[:1])
	})
}

// What was taken for another's article before pairs were kept is found again by the item's own words.
func TestTwinsOfBefore(t *testing.T) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return "sqlite " + t.TempDir() + "/dragoman.db" },
		"PostgreSQL": func(t *testing.T) string { return storetest.Schema(t) },
	} {
		t.Run(name, func(t *testing.T) {
			dsn := dsn(t)
			s := storetest.Open(t, dsn)
			ctx, n := t.Context(), furnish(t, s)
			twins, lost := n.more(t, s, 2, "twin"), n.more(t, s, 1, "taken")[0]
			write(t, s, func(ctx context.Context, tx *store.Tx) error {
				for i, id := range twins {
					item, err := tx.Item(ctx, id)
					if err != nil {
						return err
					}
					item.Link = fmt.Sprint("outlet.example/twin-", i)
					item.Canonical = []string{"outlet.example/flood", ""}[i]
					if err := tx.UpdateItem(ctx, item); err != nil {
						return err
					}
					if err := tx.MoveItem(ctx, id, "twin", "the same article as "+n.item.URL); err != nil {
						return err
					}
				}
				return tx.MoveItem(ctx, lost, "twin", "the same article as https://outlet.example/nowhere")
			})
			for _, step := range strings.Split(`DROP TABLE item_failure; DROP TABLE item_twin; DROP INDEX item_state; DELETE FROM migration WHERE version >= 14`, ";") {
				if _, err := s.DB().ExecContext(ctx, step); err != nil {
					t.Fatal(err)
				}
			}
			s = storetest.Open(t, dsn)
			for i, reason := range []string{store.TwinByAddress, store.TwinByText} {
				equal(t, must(s.TwinOf(ctx, twins[i]))(t), store.Twin{Item: twins[i], SameAs: n.item.ID, Reason: reason, At: n.item.SeenAt})
			}
			_, err := s.TwinOf(ctx, lost)
			is(t, err, news.ErrNotFound)
		})
	}
}
