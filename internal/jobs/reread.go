package jobs

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// queueRereadings queues what goes on of the reading of outlets' pages: a part of it may have been given up.
func (c *Client) queueRereadings(ctx context.Context) error {
	open, err := c.store.OpenRereadings(ctx)
	if err != nil || len(open) == 0 {
		return err
	}
	return c.store.Tx(ctx, func(tx *store.Tx) error {
		for _, x := range open {
			if err := c.RereadOutlet(ctx, tx.SQL(), x.Outlet); err != nil {
				return err
			}
		}
		return nil
	})
}
