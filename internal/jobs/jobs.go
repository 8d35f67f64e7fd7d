// Package jobs runs slow work in the background, and again after a failure.
//
// It promises that work queued in a transaction is done if the transaction is there, once in its effect, whatever is killed when:
// a job's arguments are identifiers, each calls one verb of newsroom, and each verb may run twice. Work that keeps failing ends,
// and its item says why. The queue is River's, in the newsroom's own database. The room logs, once per failure.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// The queues, and how many jobs each works at once: the network waits, the engine uses all cores.
const (
	queueNet  = "net"
	queueCPU  = "cpu"
	netAtOnce = 8
	cpuAtOnce = 1
)

// How often we look for what was queued by others, for feeds that are due, and for workers that died.
const (
	pollEvery   = 200 * time.Millisecond
	dueEvery    = 20 * time.Second
	rescueEvery = 15 * time.Second
	sweepEvery  = 6 * time.Hour
	dueAtOnce   = 500
)

// ErrWorking is returned by Start when another program works on the database.
var ErrWorking = errors.New("another dragoman works on this database")

// A Client queues work, and works once it is started. It is a newsroom.Queue.
type Client struct {
	store *store.Store
	room  *newsroom.Room
	log   *slog.Logger
	river *river.Client[*sql.Tx]

	mu      sync.Mutex
	release func() error
	stop    context.CancelFunc
	stopped sync.WaitGroup
}

// New makes a client for a store and the room whose verbs the jobs call, and gives itself to the room as its queue.
func New(s *store.Store, room *newsroom.Room, log *slog.Logger) (*Client, error) {
	c := &Client{store: s, room: room, log: log}
	workers, err := c.workers()
	if err != nil {
		return nil, fmt.Errorf("set up jobs: %w", err)
	}
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(s.DB())
	if s.Dialect() == store.PostgreSQL {
		driver = riverdatabasesql.New(s.DB())
	}
	c.river, err = river.NewClient(driver, &river.Config{
		Logger:               quiet(log),
		Workers:              workers,
		Queues:               map[string]river.QueueConfig{queueNet: {MaxWorkers: netAtOnce}, queueCPU: {MaxWorkers: cpuAtOnce}},
		PollOnly:             true, // what we queue ourselves is fetched at once; others' work waits a fifth of a second
		FetchPollInterval:    pollEvery,
		FetchCooldown:        20 * time.Millisecond,
		JobTimeout:           longest,
		RescueStuckJobsAfter: 2 * longest,
		RetryPolicy:          backOff{},
		ErrorHandler:         &failures{c},
	})
	if err != nil {
		return nil, fmt.Errorf("set up jobs: %w", err)
	}
	room.Queue = c
	return c, nil
}

// Start works until Stop. On SQLite it takes the lock beside the database, or returns ErrWorking; what a killed process left
// running is put back first.
func (c *Client) Start(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		return errors.New("jobs are running already")
	}
	release, err := c.acquire(ctx)
	if err != nil {
		return err
	}
	if err := c.rescue(ctx); err != nil {
		return errors.Join(err, release())
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	if err := c.river.Start(running); err != nil {
		stop()
		return errors.Join(fmt.Errorf("start jobs: %w", err), release())
	}
	c.release, c.stop = release, stop
	c.stopped.Add(1)
	go func() {
		defer c.stopped.Done()
		c.tick(running)
	}()
	return nil
}

// Stop lets what is running end until ctx does, then cuts it short; that is tried again at the next start.
func (c *Client) Stop(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop == nil {
		return nil
	}
	err := c.river.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), hardStop)
		err = c.river.StopAndCancel(hard)
		cancel()
	}
	c.stop()
	c.stopped.Wait()
	c.stop = nil
	if err != nil {
		err = fmt.Errorf("stop jobs: %w", err)
	}
	return errors.Join(err, c.release())
}

// hardStop is how long jobs have to notice that they are cut short.
const hardStop = 5 * time.Second

// tick queues what is due and rescues what dead workers left, until ctx ends.
func (c *Client) tick(ctx context.Context) {
	due, dead, old, unread := time.NewTicker(dueEvery), time.NewTicker(rescueEvery), time.NewTicker(sweepEvery), time.NewTicker(fillEvery)
	defer due.Stop()
	defer dead.Stop()
	defer old.Stop()
	defer unread.Stop()
	c.queueDue(ctx)
	c.queueStatements(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-due.C:
			c.queueDue(ctx)
		case <-unread.C:
			c.queueStatements(ctx)
		case <-old.C:
			if err := c.room.Sweep(ctx); err != nil && ctx.Err() == nil {
				c.log.Error("pictures that no article shows were not removed", "error", err)
			}
		case <-dead.C:
			if c.store.Dialect() == store.PostgreSQL {
				if err := c.rescue(ctx); err != nil && ctx.Err() == nil {
					c.log.Error("jobs of dead workers were not rescued", "error", err)
				}
			}
		}
	}
}

// queueDue queues a look at every outlet that has a feed whose time has come.
func (c *Client) queueDue(ctx context.Context) {
	now := time.Now()
	if c.room.Now != nil {
		now = c.room.Now()
	}
	feeds, err := c.store.DueFeeds(ctx, now.UnixMilli(), dueAtOnce)
	if err == nil && len(feeds) > 0 {
		err = c.store.Tx(ctx, func(tx *store.Tx) error {
			queued := map[string]bool{}
			for _, f := range feeds {
				if queued[f.Outlet] {
					continue
				}
				queued[f.Outlet] = true
				if err := c.Check(ctx, tx.SQL(), f.Outlet, time.Time{}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil && ctx.Err() == nil {
		c.log.Error("feeds that are due were not queued", "error", err)
	}
	if err := c.queueRereadings(ctx); err != nil && ctx.Err() == nil {
		c.log.Error("pages that are being read again were not queued", "error", err)
	}
	if err := c.queueHubs(ctx, now); err != nil && ctx.Err() == nil {
		c.log.Error("hubs that are due were not queued", "error", err)
	}
}

// Idle waits until nothing is waiting or running. What is to be done later, or tried again, is not waited for.
func (c *Client) Idle(ctx context.Context) error {
	for {
		n, err := c.store.JobCounts(ctx)
		if err != nil {
			return err
		}
		if n.Waiting == 0 && n.Running == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(idleEvery):
		}
	}
}

const idleEvery = 50 * time.Millisecond
