package newsroom

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// makeTwin makes an item the twin of another.
func makeTwin(ctx context.Context, tx *store.Tx, t store.Twin, other news.Item) error {
	if err := tx.SaveTwin(ctx, t); err != nil {
		return err
	}
	return tx.MoveItem(ctx, t.Item, "twin", "the same article as "+other.URL)
}

// PartTwin says that an item which counts as another's article is an article of its own. It is read as one, from its kept page if there is one, and
// is never joined with that other again unless JoinTwin says so. Doing it twice does it once. by is an editor's name.
//
// It is news.ErrNotFound if the two were never joined, and news.ErrConflict if the item is no twin any more.
func (r *Room) PartTwin(ctx context.Context, id, sameAs, by string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		t, err := tx.Twin(ctx, id, sameAs)
		if err != nil || t.PartedAt != 0 {
			return err
		}
		item, err := tx.Item(ctx, id)
		if err != nil {
			return err
		}
		if item.State != "twin" {
			return fmt.Errorf("item %s is %s, no twin: %w", id, item.State, news.ErrConflict)
		}
		t.PartedAt, t.PartedBy = r.now(), orCommand(by)
		if err := tx.SaveTwin(ctx, t); err != nil {
			return err
		}
		if err := tx.MoveItem(ctx, id, "new", ""); err != nil {
			return err
		}
		if kept, err := tx.PageKept(ctx, id); err != nil {
			return err
		} else if kept {
			return r.Queue.Reread(ctx, tx.SQL(), id)
		}
		return r.Queue.Take(ctx, tx.SQL(), id)
	})
}

// JoinTwin takes back what PartTwin said: the item counts as the other's article again. Doing it twice does it once.
//
// It is news.ErrNotFound if the two were never joined, and news.ErrConflict if the item has articles by now that nobody killed: what editors
// have is not taken from them.
func (r *Room) JoinTwin(ctx context.Context, id, sameAs string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		t, err := tx.Twin(ctx, id, sameAs)
		if err != nil || t.PartedAt == 0 {
			return err
		}
		if now, err := tx.TwinOf(ctx, id); err == nil {
			return fmt.Errorf("item %s is the twin of %s meanwhile: %w", id, now.SameAs, news.ErrConflict)
		} else if !errors.Is(err, news.ErrNotFound) {
			return err
		}
		item, err := tx.Item(ctx, id)
		if err != nil {
			return err
		}
		other, err := tx.Item(ctx, sameAs)
		if err != nil {
			return err
		}
		articles, err := tx.ArticlesOf(ctx, id)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if a.State != news.Killed {
				return fmt.Errorf("%s has an article of its own by now: kill that first: %w", item.URL, news.ErrConflict)
			}
		}
		if err := tx.RemoveLeave(ctx, id); err != nil {
			return err
		}
		if err := tx.RemoveFailure(ctx, id, r.now()); err != nil {
			return err
		}
		if err := tx.EndStatements(ctx, id, r.now()); err != nil { // the other has them
			return err
		}
		t.PartedAt, t.PartedBy = 0, ""
		return makeTwin(ctx, tx, t, other)
	})
}
