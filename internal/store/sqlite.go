package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// sqliteReaders is how many questions are answered at once beside the one connection that writes.
const sqliteReaders = 4

// openSQLite opens a file, which it makes if it is not there, and its folder too.
//
// WAL lets readers read while one connection writes. A transaction takes the write lock when it begins, so that it never
// finds half-way that somebody else has written since: two programs on one file wait for each other, up to the busy timeout.
// Every commit reaches the disk (synchronous FULL): what was told to a reader or a mail server is not forgotten by a power cut.
func openSQLite(ctx context.Context, path string) (*Store, error) {
	if path == "" {
		return nil, errors.New(`database address "sqlite" names no file: write "sqlite PATH"`)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of database %s: %w; make it, or name another with --data", path, err)
	}
	if err := mayWrite(path); err != nil {
		return nil, err
	}
	address := sqliteAddress(path)
	writer, err := sql.Open("sqlite", address+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	s := &Store{Reads: Reads{dialect: SQLite}, writer: writer, path: path}
	if err := firstPing(ctx, writer); err != nil {
		return nil, errors.Join(s.help(fmt.Errorf("open database %s: %w", path, err)), writer.Close())
	}
	reader, err := sql.Open("sqlite", address+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), writer.Close())
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	s.reader, s.q = reader, reader
	return s, nil
}

// firstPing opens the first connection. While another program makes the file a WAL database SQLite refuses at once, whatever the busy timeout, so
// that it is asked again for as long.
func firstPing(ctx context.Context, db *sql.DB) error {
	for end := time.Now().Add(busyTimeout); ; {
		err := db.PingContext(ctx)
		var e *sqlite.Error
		if err == nil || !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// busyTimeout is how long a writer waits for another; sqliteAddress says it, too.
const busyTimeout = 10 * time.Second

// mayWrite says in words what SQLite says with "unable to open database file": that the file or its folder cannot be written.
func mayWrite(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("database %s cannot be written: give the user who runs dragoman the right to write there, or name another folder with --data: %w", path, err)
		}
		return fmt.Errorf("open database %s: %w", path, err)
	}
	return f.Close()
}

// sqliteHelp says what an editor or operator can do about an error of SQLite; empty if nothing is known.
// The codes are of https://sqlite.org/rescode.html.
func sqliteHelp(err error) string {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return "the disk is full: free some space and try again; nothing was half written"
	case sqlite3.SQLITE_READONLY:
		return "the database cannot be written: give the user who runs dragoman the right to write to the file and its folder"
	case sqlite3.SQLITE_IOERR:
		return "the disk refused: see whether it is full or failing"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another program has been writing to the database for over ten seconds: end it, or try again"
	case sqlite3.SQLITE_NOTADB:
		return "the file is not a database: name another folder with --data, or restore a backup"
	case sqlite3.SQLITE_CORRUPT:
		return "the file is damaged: keep a copy and restore a backup"
	}
	return ""
}

// taken turns "there is one already" of either database into news.ErrConflict with a sentence.
func taken(err error, sentence string) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) || postgresTaken(err) {
		return fmt.Errorf("%s: %w", sentence, news.ErrConflict)
	}
	return err
}
