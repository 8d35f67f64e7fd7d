package newsroom

import (
	"context"
	"math"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// heldAtOnce is how many items DecideHeld moves in one transaction.
const heldAtOnce = 200

// DecideHeld says of all items of an outlet that wait for a person, because its feed was turned over as a whole, whether they are taken, or
// are old articles that were only given new addresses.
func (r *Room) DecideHeld(ctx context.Context, outlet string, take bool) error {
	for {
		n := 0
		err := r.Store.Tx(ctx, func(tx *store.Tx) error {
			if _, err := tx.Outlet(ctx, outlet); err != nil {
				return err
			}
			items, err := tx.Items(ctx, outlet, "held", math.MaxInt64, heldAtOnce)
			if err != nil {
				return err
			}
			n = len(items)
			for _, i := range items {
				if take {
					err = r.admit(ctx, tx, i.ID)
				} else {
					err = tx.MoveItem(ctx, i.ID, "history", "")
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < heldAtOnce {
			return err
		}
	}
}
