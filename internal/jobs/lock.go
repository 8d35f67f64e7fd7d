package jobs

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// acquire takes the lock of this program: a file beside a SQLite database, which only one program may work on, or a lock in
// PostgreSQL that says that this worker lives. Both end with the process, however it ends.
func (c *Client) acquire(ctx context.Context) (release func() error, err error) {
	if c.store.Dialect() == store.SQLite {
		return lockFile(c.store.Path() + ".lock")
	}
	return c.store.LockWorker(context.WithoutCancel(ctx), c.river.ID())
}

// rescue puts back what dead workers left running.
func (c *Client) rescue(ctx context.Context) error {
	n, err := c.store.RescueJobs(ctx, func(ctx context.Context, worker string) (bool, error) {
		if worker == c.river.ID() {
			return true, nil
		}
		return c.store.WorkerAlive(ctx, worker)
	})
	if n > 0 {
		c.log.Info("jobs of a process that ended were put back", "jobs", n)
	}
	return err
}

// Hold takes the lock beside a SQLite database that is not to be worked on meanwhile, as for restoring a backup.
// It returns ErrWorking if somebody works on it.
func Hold(path string) (release func() error, err error) { return lockFile(path + ".lock") }
