// Package store keeps everything: outlets, items, pages, originals, articles and their revisions, the people at the desk.
//
// It promises one behaviour on two databases, SQLite and PostgreSQL: what a method's comment says holds on both, and
// storetest.Run is how its tests say so. What is written in one Tx is there whole or not at all, after a kill too.
// Every document is checked (doc.Document.Check) on its way in. SQL is written here and nowhere else.
//
// The room touches its database and the media folder beside it. It decides nothing about articles: that is newsroom's.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// A Dialect is which of the two databases a store lives in.
type Dialect int

// The two databases.
const (
	SQLite Dialect = iota + 1
	PostgreSQL
)

// A Store is an open database. Its embedded Reads see what is committed; writing is done in Tx.
type Store struct {
	Reads
	writer *sql.DB // on SQLite one connection
	reader *sql.DB // on PostgreSQL the same as writer
	path   string  // of the SQLite file; empty on PostgreSQL
}

// Reads are the questions one may ask: of a Store, about what is committed; of a Tx, about what it has done as well.
type Reads struct {
	q       querier
	dialect Dialect
}

// A Tx writes. All of it is there afterwards, or nothing.
type Tx struct {
	Reads
	tx    *sql.Tx
	shown []string // speakers of whom readers may see something new: giveAddresses looks at them before the end
}

// querier is what *sql.DB and *sql.Tx share.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Open opens the database dsn names, "sqlite PATH" or "postgres://…", and brings its tables up to date.
// A database that a newer program has written to is left alone and is an error that names both versions.
func Open(ctx context.Context, dsn string) (*Store, error) {
	var s *Store
	var err error
	switch path, isFile := strings.CutPrefix(dsn, "sqlite "); {
	case isFile:
		s, err = openSQLite(ctx, strings.TrimSpace(path))
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		s, err = openPostgres(ctx, dsn)
	default:
		return nil, fmt.Errorf("database address %q: write \"sqlite PATH\" or \"postgres://…\"", dsn)
	}
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.keepUp(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close waits for what is being asked and closes the database.
func (s *Store) Close() error {
	if s.reader == s.writer {
		return s.writer.Close()
	}
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// DB is the connection that writes. On SQLite there is one: who holds it keeps everybody else from writing.
func (s *Store) DB() *sql.DB { return s.writer }

// Path is the SQLite file; empty on PostgreSQL.
func (s *Store) Path() string { return s.path }

// Dialect is which database this is.
func (r Reads) Dialect() Dialect { return r.dialect }

// SQL is the transaction itself, for jobs, which are queued in the transaction that makes them necessary.
func (tx *Tx) SQL() *sql.Tx { return tx.tx }

// Tx runs f in a transaction, commits it if f returns nil, and otherwise undoes it and returns f's error.
// f may ask tx, never the store: on SQLite that would wait for itself.
func (s *Store) Tx(ctx context.Context, f func(tx *Tx) error) (err error) {
	t, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.help(fmt.Errorf("begin a transaction: %w", err))
	}
	defer func() {
		if p := recover(); p != nil {
			_ = t.Rollback() // the panic matters more
			panic(p)
		}
	}()
	tx := &Tx{Reads: Reads{q: t, dialect: s.dialect}, tx: t}
	err = f(tx)
	if err == nil {
		err = tx.giveAddresses(ctx)
	}
	if err != nil {
		if back := t.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			return s.help(errors.Join(err, back))
		}
		return s.help(err)
	}
	if err := t.Commit(); err != nil {
		return s.help(fmt.Errorf("commit a transaction: %w", err))
	}
	return nil
}

// NewID gives a new identifier: a UUIDv7, which sorts by the time it was made.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
