package store

import (
	"context"
	"strings"
)

// The index of words in SQLite: an FTS5 table without content. This file and its twin for PostgreSQL are where the two databases are
// asked in different words.
const (
	searchSQLite = `
SELECT rowid FROM said WHERE said MATCH $1 AND rowid >= $2 AND rowid < $3 ORDER BY rowid DESC LIMIT $4`
	indexSQLite   = `INSERT OR REPLACE INTO said (rowid, words) VALUES ($1, $2)`
	unindexSQLite = `DELETE FROM said WHERE rowid = $1`
)

// indexWords keeps the words of a statement, in their order, in the place of those it had.
func (tx *Tx) indexWords(ctx context.Context, no int64, words []string) error {
	var err error
	if tx.dialect == PostgreSQL {
		_, err = tx.exec(ctx, "index a statement", indexPostgres, no, tsvector(words))
	} else {
		_, err = tx.exec(ctx, "index a statement", indexSQLite, no, strings.Join(words, " "))
	}
	return err
}

func (tx *Tx) unindexWords(ctx context.Context, no int64) error {
	query := unindexSQLite
	if tx.dialect == PostgreSQL {
		query = unindexPostgres
	}
	_, err := tx.exec(ctx, "unindex a statement", query, no)
	return err
}

// sqlite is the question in FTS5's words (https://sqlite.org/fts5.html, section 3). Words hold letters and digits only.
func (m saidMatch) sqlite() string {
	var all []string
	for _, w := range m.words {
		s := `"` + strings.Join(w.words, " ") + `"`
		if w.begin {
			s += " *"
		}
		all = append(all, s)
	}
	for _, f := range m.facets {
		all = append(all, `"`+f+`"`)
	}
	if len(m.speakers) > 0 {
		all = append(all, `("`+strings.Join(m.speakers, `" OR "`)+`")`)
	}
	query := "(" + strings.Join(all, " AND ") + ")"
	if len(m.without) > 0 {
		query += ` NOT ("` + strings.Join(m.without, `" OR "`) + `")`
	}
	return query
}
