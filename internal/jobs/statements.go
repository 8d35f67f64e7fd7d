package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Link queues an original's statements to be compared with others, once more where they are being compared: they may have changed since.
func (c *Client) Link(ctx context.Context, tx *sql.Tx, original string) error {
	return c.insertAgain(ctx, tx, link{original}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5, Priority: afterDrafts})
}

// afterDrafts is the priority of what no editor waits for.
const afterDrafts = 3

type link struct {
	Original string `json:"original"`
}

func (link) Kind() string { return "link" }

// statements reads, part by part, what was taken before statements were kept.
type statements struct {
	After string `json:"after"` // identifier of the last original of the part before
}

func (statements) Kind() string { return "statements" }

// fillStatements reads for a while, and then queues the next part and lets others have the queue. What cannot be read is logged and left out.
func (c *Client) fillStatements(ctx context.Context, args statements) error {
	after := args.After
	for start := time.Now(); ; {
		next, skipped, err := c.room.FillStatementsAfter(ctx, after)
		for _, cause := range skipped {
			c.log.Error("an article was not read for statements", "error", cause)
		}
		if err != nil || next == "" {
			return err
		}
		if after = next; time.Since(start) > fillFor {
			return c.queueFill(ctx, after)
		}
	}
}

// fillFor is how long articles are read before a draft that waits may begin.
const fillFor = 20 * time.Second

// queueStatements queues the reading of what was taken before statements were kept, if there is any.
func (c *Client) queueStatements(ctx context.Context) {
	list, err := c.store.UnreadOriginals(ctx, "", 1)
	if err == nil && len(list) > 0 {
		err = c.queueFill(ctx, "")
	}
	if err != nil && ctx.Err() == nil {
		c.log.Error("articles without statements were not queued", "error", err)
	}
}

func (c *Client) queueFill(ctx context.Context, after string) error {
	return c.store.Tx(ctx, func(tx *store.Tx) error {
		return c.insert(ctx, tx.SQL(), statements{after}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5, Priority: afterDrafts})
	})
}

// fillEvery is how often what could not be read for statements is looked at again.
const fillEvery = 24 * time.Hour
