package newsroom

import (
	"context"
	"math"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// retryPace is how far apart the failed pages of an outlet are asked for again: twice what a server is asked at most, so that the outlet's news, and
// other outlets, need not wait for them.
const retryPace = 2 * time.Second

// RetryFailed queues all failed items of an outlet to be taken again, one after the other, the newest first, and returns how many. Those
// without an address stay as they are. Doing it twice does it once: what is queued is not failed any more.
func (r *Room) RetryFailed(ctx context.Context, outlet string) (n int, err error) {
	seenAt, id := int64(math.MaxInt64), ""
	for more := true; more; { // by their place in the list: what fails again meanwhile is not asked for without end
		queued := 0
		err := r.Store.Tx(ctx, func(tx *store.Tx) error {
			queued = 0
			if _, err := tx.Outlet(ctx, outlet); err != nil {
				return err
			}
			items, err := tx.ItemsIn(ctx, outlet, "failed", seenAt, id, heldAtOnce)
			if err != nil {
				return err
			}
			for _, i := range items {
				seenAt, id = i.SeenAt, i.ID
				if i.URL == "" {
					continue
				}
				if err := r.retryAt(ctx, tx, i, timeOf(r.now()).Add(time.Duration(n+queued)*retryPace)); err != nil {
					return err
				}
				queued++
			}
			more = len(items) == heldAtOnce
			return nil
		})
		if err != nil {
			return n, err
		}
		n += queued
	}
	return n, nil
}

// retryAt puts an item back to be taken at a time.
func (r *Room) retryAt(ctx context.Context, tx *store.Tx, item news.Item, at time.Time) error {
	if err := tx.MoveItem(ctx, item.ID, "new", ""); err != nil {
		return err
	}
	return r.Queue.Retake(ctx, tx.SQL(), item.ID, at)
}
