package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Migrations are numbered from 1 and never edited once released. NNNN_name.sql serves both databases; where they cannot
// share a text, NNNN_name.sqlite.sql and NNNN_name.postgres.sql lie side by side.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

type migration struct {
	version int
	name    string
	text    string
}

// migrations returns those of a dialect in order.
func migrations(d Dialect) ([]migration, error) {
	other := ".postgres"
	if d == PostgreSQL {
		other = ".sqlite"
	}
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for _, file := range files { // sorted by name, so by number
		name := strings.TrimSuffix(path.Base(file), ".sql")
		if path.Ext(name) == other {
			continue
		}
		number, title, ok := strings.Cut(name, "_")
		version, err := strconv.Atoi(number)
		if !ok || err != nil || version != len(list)+1 {
			return nil, fmt.Errorf("migration %s is not number %d", file, len(list)+1)
		}
		text, err := migrationFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		list = append(list, migration{version, title, string(text)})
	}
	return list, nil
}

// migrationLock is the name under which programs on one PostgreSQL database wait for each other.
const migrationLock = 7201436625118230341

// migrate brings the tables up to date, each step whole or not at all, while other programs wait.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations(s.dialect)
	if err != nil {
		return err
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return s.help(fmt.Errorf("prepare the database: %w", err))
	}
	defer func() { _ = conn.Close() }() // gives it back to the pool
	if s.dialect == PostgreSQL {
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
			return s.help(fmt.Errorf("prepare the database: %w", err))
		}
		defer func() {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock)) // ends with the connection otherwise
		}()
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return s.help(fmt.Errorf("prepare the database: %w", err))
	}
	err = s.migrateTx(ctx, tx, steps)
	if err != nil {
		return s.help(errors.Join(err, tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return s.help(fmt.Errorf("prepare the database: %w", err))
	}
	if s.dialect == SQLite {
		return nil
	}
	// River's steps for PostgreSQL add values to an enum, which its own transactions must commit before they are used.
	return s.help(migrateQueue(func(opts *rivermigrate.MigrateOpts) error {
		m, err := rivermigrate.New(riverdatabasesql.New(s.writer), nil)
		if err != nil {
			return err
		}
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, opts)
		return err
	}))
}

func (s *Store) migrateTx(ctx context.Context, tx *sql.Tx, steps []migration) error {
	if _, err := tx.ExecContext(ctx, `
CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)`); err != nil {
		return fmt.Errorf("prepare the database: %w", err)
	}
	var version int
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(version), 0) FROM migration`).Scan(&version); err != nil {
		return fmt.Errorf("prepare the database: %w", err)
	}
	if version > len(steps) {
		return fmt.Errorf("the database is of version %d, and this program knows versions up to %d: install the dragoman that wrote it or a newer one, or restore a backup made with this one", version, len(steps))
	}
	for _, m := range steps[version:] {
		if _, err := tx.ExecContext(ctx, m.text); err != nil {
			return fmt.Errorf("step %d (%s) of the database: %w", m.version, m.name, err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO migration (version, name, at) VALUES ($1, $2, $3)`, m.version, m.name, time.Now().UnixMilli()); err != nil {
			return fmt.Errorf("step %d (%s) of the database: %w", m.version, m.name, err)
		}
	}
	if s.dialect != SQLite {
		return nil
	}
	return migrateQueue(func(opts *rivermigrate.MigrateOpts) error {
		m, err := rivermigrate.New(riverdriver.Driver[*sql.Tx](riversqlite.New(s.writer)), nil)
		if err != nil {
			return err
		}
		_, err = m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, opts) //nolint:staticcheck // no step for SQLite needs a transaction of its own, and in this one two programs that start at once wait for each other
		return err
	})
}

// migrateQueue prepares the tables of the job queue.
func migrateQueue(migrate func(*rivermigrate.MigrateOpts) error) error {
	if err := migrate(&rivermigrate.MigrateOpts{}); err != nil {
		return fmt.Errorf("prepare the job queue: %w", err)
	}
	return nil
}
