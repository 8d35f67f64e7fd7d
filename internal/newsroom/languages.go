package newsroom

import (
	"context"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// SetLanguages says into which languages an outlet's articles are drafted from now on; nil leaves it to the engines.
// Drafts that exist stay.
func (r *Room) SetLanguages(ctx context.Context, outlet string, into []string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		o, err := tx.Outlet(ctx, outlet)
		if err != nil {
			return err
		}
		o.Into = slices.Clone(into)
		slices.Sort(o.Into)
		o.Into = slices.Compact(o.Into)
		return tx.SaveOutlet(ctx, o)
	})
}
