package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Link queues an original's statements to be compared with others.
func (c *Client) Link(ctx context.Context, tx *sql.Tx, original string) error {
	return c.insert(ctx, tx, link{original}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5, Priority: afterDrafts})
}

// afterDrafts is the priority of what no editor waits for.
const afterDrafts = 3

type link struct {
	Original string `json:"original"`
}

func (link) Kind() string { return "link" }

type linkWorker struct {
	river.WorkerDefaults[link]
	client *Client
}

func (w *linkWorker) Timeout(*river.Job[link]) time.Duration { return longest }

func (w *linkWorker) Work(ctx context.Context, j *river.Job[link]) error {
	return w.client.ended(ctx, j.JobRow, w.client.room.LinkStatements(ctx, j.Args.Original), nil)
}

// statements reads, part by part, what was taken before statements were kept.
type statements struct{}

func (statements) Kind() string { return "statements" }

type statementsWorker struct {
	river.WorkerDefaults[statements]
	client *Client
}

func (w *statementsWorker) Timeout(*river.Job[statements]) time.Duration { return longest }

// Work reads for a while, and then lets others have the queue. What cannot be read is logged and left out.
func (w *statementsWorker) Work(ctx context.Context, j *river.Job[statements]) error {
	for start := time.Now(); ; {
		left, err := w.client.room.FillStatements(ctx)
		switch {
		case ctx.Err() != nil:
			return w.client.ended(ctx, j.JobRow, ctx.Err(), nil)
		case !left:
			return w.client.ended(ctx, j.JobRow, err, nil)
		case err != nil:
			w.client.log.Error("an article was not read for statements", "error", err)
		}
		if time.Since(start) > fillFor {
			return river.JobSnooze(0)
		}
	}
}

// fillFor is how long articles are read before a draft that waits may begin.
const fillFor = 20 * time.Second

// queueStatements queues the reading of what was taken before statements were kept, if there is any.
func (c *Client) queueStatements(ctx context.Context) {
	list, err := c.store.UnreadOriginals(ctx, "", 1)
	if err == nil && len(list) > 0 {
		err = c.store.Tx(ctx, func(tx *store.Tx) error {
			return c.insert(ctx, tx.SQL(), statements{}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5, Priority: afterDrafts})
		})
	}
	if err != nil && ctx.Err() == nil {
		c.log.Error("articles without statements were not queued", "error", err)
	}
}
