package newsroom

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Reread reads an item's kept page again, by its outlet's rule as it is now, and reports whether it reads otherwise than before. Nobody is
// asked for anything. What follows from another reading is as if the outlet had changed its article (Retake): only sentences that changed
// are drafted anew, and an editor's work stays.
//
// It is news.ErrNotFound if no page of the item is kept, and Final holds for an error about the page itself. A panic is a *Defect.
func (r *Room) Reread(ctx context.Context, id string) (changed bool, err error) {
	err = Guard(func() (err error) {
		changed, err = r.reread(ctx, id)
		for tries := 1; errors.Is(err, errMoved) && tries < 3; tries++ {
			changed, err = r.reread(ctx, id)
		}
		return err
	})
	return changed, err
}

// errMoved says that an item was taken, or decided about, while its page was read: what follows is another thing now.
var errMoved = fmt.Errorf("it was taken or decided about while its page was read; read it again: %w", news.ErrConflict)

func (r *Room) reread(ctx context.Context, id string) (changed bool, err error) {
	item, err := r.Store.Item(ctx, id)
	if err != nil {
		return false, err
	}
	outlet, err := r.Store.Outlet(ctx, item.Outlet)
	if err != nil {
		return false, err
	}
	page, err := r.Store.PageOf(ctx, id)
	if err != nil {
		return false, err
	}
	found, err := r.readWhole(ctx, response(page), outlet, item, r.keptWith(page))
	if err != nil {
		return false, err
	}
	if !fresh(item) { // of which keep asks anew
		if found, err = r.stillShared(ctx, id, found); err != nil {
			return false, err
		}
	}
	if found.names, err = glossaryNames(ctx, r.Store.Reads); err != nil {
		return false, err
	}
	switch item.State {
	case "taken":
		if changed, err = r.renew(ctx, item, page, found, readAgain); err != nil {
			return changed, err
		}
		return changed, r.noteReading(ctx, id, found, false)
	case "asks", "left", "failed", "new":
		if fresh(item) && errors.Is(found.none, extract.ErrNoPage) {
			return false, final(found.none)
		}
		return r.rereadWaiting(ctx, outlet, item, page, found)
	}
	return false, final(fmt.Errorf("item %s is %s: %w", id, item.State, news.ErrConflict))
}

// fresh reports whether nothing was made of an item's page yet, though it may be kept.
func fresh(item news.Item) bool { return item.State == "failed" || item.State == "new" }

// FailReread notes on an item of which nothing was made before that its kept page could not be read, and why. Another keeps what it has.
func (r *Room) FailReread(ctx context.Context, id string, cause error) error {
	return r.fail(ctx, id, cause, func(state string) bool { return state == "new" })
}

// rereadWaiting reads again what no article was made of.
func (r *Room) rereadWaiting(ctx context.Context, outlet news.Outlet, item news.Item, page store.Page, found reading) (changed bool, err error) {
	old, o, err := r.Store.OriginalOf(ctx, item.ID)
	switch {
	case errors.Is(err, news.ErrNotFound):
		changed = found.something()
	case err != nil:
		return false, err
	default:
		before, err := r.Store.Report(ctx, o.ID)
		if err != nil {
			return false, err
		}
		changed = found.something() && (before.State != found.report.State || before.Paywall != found.report.Paywall || len(changesOf(old, found.doc)) > 0 || fresh(item) && found.whole())
	}
	return changed, r.Store.Tx(ctx, func(tx *store.Tx) error {
		switch now, err := tx.Item(ctx, item.ID); {
		case err != nil:
			return err
		case now.State != item.State:
			return fmt.Errorf("item %s is %s, and was %s: %w", item.ID, now.State, item.State, errMoved)
		}
		if fresh(item) { // nothing was made of it: it may be another's twin as well
			return r.keep(ctx, tx, outlet, item, page, found)
		}
		if !changed {
			_, err := r.askLeave(ctx, tx, item, found)
			return err
		}
		return r.keepReading(ctx, tx, outlet, item, page, found)
	})
}

// rereadAtOnce is how many pages of an outlet one call of RereadOutlet reads: then there is room for others.
const rereadAtOnce = 20

// StartRereading queues all kept pages of an outlet to be read again; one that goes on is not begun anew.
func (r *Room) StartRereading(ctx context.Context, outlet, by string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Outlet(ctx, outlet); err != nil {
			return err
		}
		x, err := tx.Rereading(ctx, outlet)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return err
		}
		if err != nil || x.EndedAt != 0 {
			n, err := tx.CountKept(ctx, outlet)
			if err != nil {
				return err
			}
			x = store.Rereading{Outlet: outlet, By: orCommand(by), StartedAt: r.now(), Items: n}
			if err := tx.SaveRereading(ctx, x); err != nil {
				return err
			}
		}
		return r.Queue.RereadOutlet(ctx, tx.SQL(), outlet)
	})
}

// RereadOutlet reads the next of an outlet's kept pages again, and reports whether there are more. A page that cannot be read is counted,
// and keeps no other from being read. It may be cut short at any moment and goes on where it was.
func (r *Room) RereadOutlet(ctx context.Context, outlet string) (left bool, err error) {
	x, err := r.Store.Rereading(ctx, outlet)
	if err != nil || x.EndedAt != 0 {
		return false, err
	}
	items, err := r.Store.KeptItems(ctx, outlet, x.Last, rereadAtOnce)
	if err != nil {
		return false, err
	}
	for _, item := range items {
		changed, err := r.Reread(ctx, item.ID)
		if ctx.Err() != nil {
			return true, ctx.Err()
		}
		x.Last, x.Done = item.ID, x.Done+1
		switch {
		case err != nil:
			x.Failed++
			x.Why = err.Error()
		case changed:
			x.Changed++
		}
		if err := r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SaveRereading(ctx, x) }); err != nil {
			return true, err
		}
	}
	if len(items) == rereadAtOnce {
		return true, nil
	}
	x.EndedAt = r.now()
	return false, r.Store.Tx(ctx, func(tx *store.Tx) error { return tx.SaveRereading(ctx, x) })
}
