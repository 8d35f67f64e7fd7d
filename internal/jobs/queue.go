package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
)

// once keeps a job from being queued while the same one waits or runs.
var once = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}}

// Check queues a look at an outlet's feeds; at zero means at once.
func (c *Client) Check(ctx context.Context, tx *sql.Tx, outlet string, at time.Time) error {
	return c.insert(ctx, tx, check{outlet}, river.InsertOpts{Queue: queueNet, MaxAttempts: 5, ScheduledAt: at})
}

// Take queues an item to be taken.
func (c *Client) Take(ctx context.Context, tx *sql.Tx, item string) error {
	return c.insert(ctx, tx, take{item}, river.InsertOpts{Queue: queueNet, MaxAttempts: 6})
}

// Retake queues an item to be read again at a time.
func (c *Client) Retake(ctx context.Context, tx *sql.Tx, item string, at time.Time) error {
	return c.insert(ctx, tx, retake{item, at.UnixMilli()}, river.InsertOpts{Queue: queueNet, MaxAttempts: 6, ScheduledAt: at})
}

// Reread queues an item's kept page to be read again. It is queued also while it is being read: a rule, or leave, may be newer than that.
func (c *Client) Reread(ctx context.Context, tx *sql.Tx, item string) error {
	args := reread{item}
	if _, err := c.river.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: queueCPU, MaxAttempts: 5}); err != nil {
		return fmt.Errorf("queue %s: %w", args.Kind(), err)
	}
	return nil
}

// RereadOutlet queues what is left of an outlet's kept pages to be read again.
func (c *Client) RereadOutlet(ctx context.Context, tx *sql.Tx, outlet string) error {
	return c.insert(ctx, tx, rereadOutlet{outlet}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5})
}

// Draft queues an original to be translated into a language.
func (c *Client) Draft(ctx context.Context, tx *sql.Tx, original, lang string) error {
	return c.insert(ctx, tx, draft{original, lang}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5})
}

// Pictures queues copies of an article's pictures to be made.
func (c *Client) Pictures(ctx context.Context, tx *sql.Tx, article string) error {
	return c.insert(ctx, tx, pictures{article}, river.InsertOpts{Queue: queueNet, MaxAttempts: 6})
}

// Recheck queues a part of what follows from a change of the glossary.
func (c *Client) Recheck(ctx context.Context, tx *sql.Tx, part newsroom.Recheck) error {
	return c.insert(ctx, tx, recheck{part.From, part.To, part.After, part.At}, river.InsertOpts{Queue: queueCPU, MaxAttempts: 5, Priority: afterDrafts, ScheduledAt: time.UnixMilli(part.At)})
}

// insertAgain is insert for a job that must begin after this: one that runs does not stand for it.
func (c *Client) insertAgain(ctx context.Context, tx *sql.Tx, args river.JobArgs, opts river.InsertOpts) error {
	opts.UniqueOpts = once
	was, err := c.river.InsertTx(ctx, tx, args, &opts)
	if err == nil && was.UniqueSkippedAsDuplicate && was.Job.State == rivertype.JobStateRunning {
		opts.UniqueOpts = river.UniqueOpts{}
		_, err = c.river.InsertTx(ctx, tx, args, &opts)
	}
	if err != nil {
		return fmt.Errorf("queue %s: %w", args.Kind(), err)
	}
	return nil
}

func (c *Client) insert(ctx context.Context, tx *sql.Tx, args river.JobArgs, opts river.InsertOpts) error {
	opts.UniqueOpts = once
	if _, err := c.river.InsertTx(ctx, tx, args, &opts); err != nil {
		return fmt.Errorf("queue %s: %w", args.Kind(), err)
	}
	return nil
}
