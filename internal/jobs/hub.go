package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// TendHub queues a hub to be asked what is due.
func (c *Client) TendHub(ctx context.Context, tx *sql.Tx, subscription string) error {
	return c.insert(ctx, tx, tendHub{subscription}, river.InsertOpts{Queue: queueNet, MaxAttempts: 5})
}

// Pushed queues what a hub delivered to be read.
func (c *Client) Pushed(ctx context.Context, tx *sql.Tx, subscription string) error {
	return c.insert(ctx, tx, pushed{subscription}, river.InsertOpts{Queue: queueNet, MaxAttempts: 6})
}

type tendHub struct {
	Subscription string `json:"subscription"`
}

func (tendHub) Kind() string { return "tend_hub" }

type pushed struct {
	Subscription string `json:"subscription"`
}

func (pushed) Kind() string { return "pushed" }

// queueHubs queues every hub whose time has come, and what was delivered and nobody has read.
func (c *Client) queueHubs(ctx context.Context, now time.Time) error {
	due, err := c.store.DueHubs(ctx, now.UnixMilli(), dueAtOnce)
	if err != nil {
		return err
	}
	waiting, err := c.store.Delivered(ctx, dueAtOnce)
	if err != nil || len(due)+len(waiting) == 0 {
		return err
	}
	return c.store.Tx(ctx, func(tx *store.Tx) error {
		for _, h := range due {
			if err := c.TendHub(ctx, tx.SQL(), h.ID); err != nil {
				return err
			}
		}
		for _, id := range waiting {
			if err := c.Pushed(ctx, tx.SQL(), id); err != nil {
				return err
			}
		}
		return nil
	})
}
