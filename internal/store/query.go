package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// scanner is what *sql.Row and *sql.Rows share.
type scanner interface{ Scan(dest ...any) error }

// text reports whether the texts among args are some that a database can hold. What is asked for by others is not there: a zero byte,
// or what is no UTF-8, is an error to PostgreSQL, and comes from an address that somebody made up.
func text(args []any) bool {
	for _, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.Contains(s, "\x00")) {
			return false
		}
	}
	return true
}

// one asks for a single row. Without one the error is news.ErrNotFound and says what was asked for.
func one[T any](ctx context.Context, r Reads, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	if !text(args) {
		var none T
		return none, fmt.Errorf("%s: %w", strings.ToValidUTF8(what, "?"), news.ErrNotFound)
	}
	v, err := scan(r.q.QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		var none T
		return none, fmt.Errorf("%s: %w", what, news.ErrNotFound)
	}
	if err != nil {
		var none T
		return none, r.help(fmt.Errorf("read %s: %w", what, err))
	}
	return v, nil
}

// all asks for every row; nil if there is none.
func all[T any](ctx context.Context, r Reads, what string, scan func(scanner) (T, error), query string, args ...any) (list []T, err error) {
	if !text(args) {
		return nil, nil
	}
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, r.help(fmt.Errorf("read %s: %w", what, err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, r.help(fmt.Errorf("read %s: %w", what, err))
		}
		list = append(list, v)
	}
	if err := rows.Err(); err != nil {
		return nil, r.help(fmt.Errorf("read %s: %w", what, err))
	}
	return list, nil
}

// exec changes rows and returns how many.
func (tx *Tx) exec(ctx context.Context, what, query string, args ...any) (int64, error) {
	result, err := tx.q.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, tx.help(fmt.Errorf("%s: %w", what, err))
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, tx.help(fmt.Errorf("%s: %w", what, err))
	}
	return n, nil
}

// change is exec for a row that must be there: without it the error is news.ErrNotFound.
func (tx *Tx) change(ctx context.Context, what, query string, args ...any) error {
	n, err := tx.exec(ctx, what, query, args...)
	if err == nil && n == 0 {
		return fmt.Errorf("%s: %w", what, news.ErrNotFound)
	}
	return err
}

// orNull gives the database null for an empty identifier: a foreign key that points nowhere.
func orNull(id string) sql.NullString { return sql.NullString{String: id, Valid: id != ""} }

func scanString(r scanner) (string, error) {
	var s string
	err := r.Scan(&s)
	return s, err
}

func scanInt(r scanner) (int64, error) {
	var n int64
	err := r.Scan(&n)
	return n, err
}
