package store

import (
	"context"
	"fmt"
)

// A Finding is one thing that was looked at.
type Finding struct {
	Name string // what was looked at: "database", "jobs", "feeds"
	OK   bool
	Says string // what was found
	Do   string // what to do about it; empty if it is well
}

// Doctor looks at the database and at what is stuck in it. now is UTC milliseconds.
func (s *Store) Doctor(ctx context.Context, now int64) ([]Finding, error) {
	var list []Finding
	for _, look := range []func(context.Context, int64) (Finding, error){s.doctorSound, s.doctorKeys, s.doctorJobs, s.doctorFeeds, s.doctorItems, s.doctorStatements} {
		f, err := look(ctx, now)
		if err != nil {
			return list, err
		}
		if f.Name != "" {
			list = append(list, f)
		}
	}
	return list, nil
}

func (s *Store) doctorSound(ctx context.Context, _ int64) (Finding, error) {
	if s.dialect != SQLite {
		version, err := one(ctx, s.Reads, "version of the server", scanString, `SELECT version()`)
		return Finding{Name: "database", OK: true, Says: version}, err
	}
	says, err := one(ctx, s.Reads, "check of the database", scanString, `PRAGMA quick_check(1)`)
	if err != nil {
		return Finding{}, err
	}
	if says != "ok" {
		return Finding{Name: "database", Says: s.path + ": " + says, Do: "keep a copy of the file and restore a backup: dragoman restore FILE"}, nil
	}
	return Finding{Name: "database", OK: true, Says: s.path + " is sound"}, nil
}

func (s *Store) doctorKeys(ctx context.Context, _ int64) (Finding, error) {
	if s.dialect != SQLite {
		return Finding{}, nil
	}
	type broken struct {
		table  string
		row    *int64
		parent string
		key    int64
	}
	rows, err := all(ctx, s.Reads, "references", func(r scanner) (b broken, err error) {
		err = r.Scan(&b.table, &b.row, &b.parent, &b.key)
		return b, err
	}, `PRAGMA foreign_key_check`)
	if err != nil {
		return Finding{}, err
	}
	if len(rows) > 0 {
		return Finding{Name: "references", Says: fmt.Sprintf("%d rows of %s name a %s that is not there", len(rows), rows[0].table, rows[0].parent), Do: "restore a backup: dragoman restore FILE"}, nil
	}
	return Finding{Name: "references", OK: true, Says: "every row that is named is there"}, nil
}

func (s *Store) doctorJobs(ctx context.Context, _ int64) (Finding, error) {
	c, err := s.JobCounts(ctx)
	f := Finding{Name: "jobs", OK: true, Says: fmt.Sprintf("%d waiting, %d running, %d for later", c.Waiting, c.Running, c.Later)}
	if c.Waiting > 0 && c.Running == 0 {
		f.OK, f.Do = false, "nobody works: start dragoman serve"
	}
	return f, err
}

func (s *Store) doctorFeeds(ctx context.Context, now int64) (Finding, error) {
	type feeds struct{ all, failing, stopped, late int }
	c, err := one(ctx, s.Reads, "feeds", func(r scanner) (c feeds, err error) {
		err = r.Scan(&c.all, &c.failing, &c.stopped, &c.late)
		return c, err
	}, `
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN fails > 2 AND stopped = FALSE THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN stopped = TRUE THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN stopped = FALSE AND next_at < $1 THEN 1 ELSE 0 END), 0)
  FROM feed`, now-lateFeed)
	f := Finding{
		Name: "feeds", OK: c.failing == 0 && c.late == 0 && c.stopped == 0,
		Says: fmt.Sprintf("%d followed, %d failing, %d stopped by their outlet, %d late", c.all, c.failing, c.stopped, c.late),
	}
	switch {
	case c.late > 0:
		f.Do = "nobody looks at them: start dragoman serve"
	case !f.OK:
		f.Do = "see why at /desk/outlets"
	}
	return f, err
}

// lateFeed is how long after its time a feed that was not looked at is late, in milliseconds.
const lateFeed = 2 * 60 * 60 * 1000

func (s *Store) doctorItems(ctx context.Context, _ int64) (Finding, error) {
	type items struct{ failed, held int }
	c, err := one(ctx, s.Reads, "items", func(r scanner) (c items, err error) {
		err = r.Scan(&c.failed, &c.held)
		return c, err
	}, `
SELECT COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0)
  FROM item`)
	f := Finding{Name: "items", OK: c.held == 0, Says: fmt.Sprintf("%d could not be taken, %d wait for a person", c.failed, c.held)}
	if !f.OK {
		f.Do = "decide about them at /desk/outlets"
	}
	return f, err
}

func (s *Store) doctorStatements(ctx context.Context, _ int64) (Finding, error) {
	type counts struct{ stand, gone, speakers, waiting, unread int }
	c, err := one(ctx, s.Reads, "statements", func(r scanner) (c counts, err error) {
		err = r.Scan(&c.stand, &c.gone, &c.speakers, &c.waiting, &c.unread)
		return c, err
	}, `
SELECT (SELECT COUNT(*) FROM statement WHERE gone_at = 0),
       (SELECT COUNT(*) FROM statement WHERE gone_at <> 0),
       (SELECT COUNT(*) FROM speaker WHERE merged_into IS NULL),
       (SELECT COUNT(*) FROM statement_link WHERE state = 'perhaps'),
       (SELECT COUNT(*)
          FROM original
         WHERE NOT EXISTS (SELECT 1 FROM statement_reading WHERE statement_reading.original = original.id)
           AND NOT EXISTS (SELECT 1 FROM original newer WHERE newer.item = original.item AND newer.n > original.n))`)
	f := Finding{Name: "statements", OK: true, Says: fmt.Sprintf("%d of %d speakers, %d that outlets took out, %d links wait for a person", c.stand, c.speakers, c.gone, c.waiting)}
	if c.unread > 0 { // after an upgrade; a running serve does it beside all else
		f.Says += fmt.Sprintf(", %d articles are still to be read for them", c.unread)
	}
	return f, err
}
