package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
)

// The tables of the job queue are River's. These are the few questions about them that River does not answer, in both dialects
// where the two must differ: times are text in one and timestamps in the other, and so are lists.

// JobCounts are how many jobs are in each state that is not final.
type JobCounts struct {
	Waiting int // available, or pending
	Running int
	Later   int // scheduled, or waiting to be tried again
}

const jobCounts = `
SELECT COALESCE(SUM(CASE WHEN state IN ('available', 'pending') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state IN ('scheduled', 'retryable') THEN 1 ELSE 0 END), 0)
  FROM river_job
 WHERE state IN ('available', 'pending', 'running', 'scheduled', 'retryable')`

// JobCounts returns how much work there is.
func (r Reads) JobCounts(ctx context.Context) (JobCounts, error) {
	return one(ctx, r, "job counts", func(s scanner) (c JobCounts, err error) {
		err = s.Scan(&c.Waiting, &c.Running, &c.Later)
		return c, err
	}, jobCounts)
}

// A job that was cut short has not been tried: its try is taken back, up to a bound, so that one which kills the process ends too.
const (
	rescueSQLite = `
UPDATE river_job
   SET state = 'available', scheduled_at = strftime('%Y-%m-%d %H:%M:%f', 'now'),
       max_attempts = CASE WHEN max_attempts < 100 THEN max_attempts + 1 ELSE max_attempts END
 WHERE state = 'running'`

	runnersPostgres = `
SELECT DISTINCT attempted_by[array_upper(attempted_by, 1)] FROM river_job WHERE state = 'running' AND array_upper(attempted_by, 1) > 0`

	rescuePostgres = `
UPDATE river_job
   SET state = 'available', scheduled_at = CURRENT_TIMESTAMP,
       max_attempts = CASE WHEN max_attempts < 100 THEN max_attempts + 1 ELSE max_attempts END
 WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1`
)

// RescueJobs puts back what a program that was killed left running, and returns how many jobs that were. On SQLite the caller
// must hold the lock beside the database: everything that is running there was left. On PostgreSQL alive says of a worker's name
// whether it still works.
func (s *Store) RescueJobs(ctx context.Context, alive func(ctx context.Context, worker string) (bool, error)) (n int64, err error) {
	if s.dialect == SQLite {
		err = s.Tx(ctx, func(tx *Tx) error {
			n, err = tx.exec(ctx, "rescue jobs", rescueSQLite)
			return err
		})
		return n, err
	}
	workers, err := all(ctx, s.Reads, "workers", scanString, runnersPostgres)
	if err != nil {
		return 0, err
	}
	for _, w := range workers {
		is, err := alive(ctx, w)
		if err != nil {
			return n, err
		}
		if is {
			continue
		}
		err = s.Tx(ctx, func(tx *Tx) error {
			m, err := tx.exec(ctx, "rescue jobs of "+w, rescuePostgres, w)
			n += m
			return err
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// LockWorker says on PostgreSQL that a worker lives, until release or until its process ends, however it does.
func (s *Store) LockWorker(ctx context.Context, worker string) (release func() error, err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return nil, s.help(fmt.Errorf("lock the database: %w", err))
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, workerKey(worker)); err != nil {
		return nil, s.help(errors.Join(fmt.Errorf("lock the database: %w", err), conn.Close()))
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, workerKey(worker))
		return errors.Join(err, conn.Close())
	}, nil
}

// WorkerAlive reports on PostgreSQL whether somebody holds the worker's lock: whoever can take it knows that its process is gone.
func (s *Store) WorkerAlive(ctx context.Context, worker string) (bool, error) {
	tx, err := s.writer.BeginTx(ctx, &sql.TxOptions{})
	if err != nil {
		return true, s.help(fmt.Errorf("ask for worker %s: %w", worker, err))
	}
	var free bool // the lock, if we get it, ends with the transaction
	err = tx.QueryRowContext(ctx, `SELECT pg_try_advisory_xact_lock($1)`, workerKey(worker)).Scan(&free)
	if err := errors.Join(err, tx.Rollback()); err != nil {
		return true, s.help(fmt.Errorf("ask for worker %s: %w", worker, err))
	}
	return !free, nil
}

// workerKey is the number under which a worker is locked.
func workerKey(worker string) int64 {
	h := fnv.New64a()
	h.Write([]byte("dragoman worker " + worker))
	return int64(h.Sum64())
}
