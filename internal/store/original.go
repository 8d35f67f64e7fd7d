package store

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
)

const originalColumns = `original.id, original.item, original.n, original.page, original.url, original.lang, original.at`

func scanOriginal(r scanner) (news.Original, error) {
	var o news.Original
	err := r.Scan(&o.ID, &o.Item, &o.N, &o.Page, &o.URL, &o.Lang, &o.At)
	return o, err
}

// reading is an original with its document.
type reading struct {
	news.Original
	doc doc.Document
}

func scanReading(r scanner) (reading, error) {
	var o reading
	var text string
	if err := r.Scan(&o.ID, &o.Item, &o.N, &o.Page, &o.URL, &o.Lang, &o.At, &text); err != nil {
		return o, err
	}
	var err error
	o.doc, err = parseDoc(text)
	return o, err
}

// Original returns a reading of a page and what it said; news.ErrNotFound if there is none.
func (r Reads) Original(ctx context.Context, id string) (doc.Document, news.Original, error) {
	o, err := one(ctx, r, "original "+id, scanReading, `SELECT `+originalColumns+`, doc FROM original WHERE id = $1`, id)
	return o.doc, o.Original, err
}

// OriginalOf returns the newest reading of an item; news.ErrNotFound if it was not taken yet.
func (r Reads) OriginalOf(ctx context.Context, item string) (doc.Document, news.Original, error) {
	o, err := one(ctx, r, "original of item "+item, scanReading, `
SELECT `+originalColumns+`, doc FROM original WHERE item = $1 ORDER BY n DESC LIMIT 1`, item)
	return o.doc, o.Original, err
}

// Originals returns all readings of an item, the oldest first.
func (r Reads) Originals(ctx context.Context, item string) ([]news.Original, error) {
	return all(ctx, r, "originals of item "+item, scanOriginal, `SELECT `+originalColumns+` FROM original WHERE item = $1 ORDER BY n`, item)
}

// SaveOriginal keeps a reading. One with its item and number is left as it is, and the error is news.ErrConflict.
func (tx *Tx) SaveOriginal(ctx context.Context, o news.Original, d doc.Document) error {
	text, err := formatDoc(d)
	if err != nil {
		return fmt.Errorf("original of item %s: %w", o.Item, err)
	}
	n, err := tx.exec(ctx, "save original of item "+o.Item, `
INSERT INTO original (id, item, n, page, url, lang, title, doc, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (item, n) DO NOTHING`, o.ID, o.Item, o.N, o.Page, o.URL, o.Lang, d.Title.S, text, o.At)
	if err == nil && n == 0 {
		return fmt.Errorf("item %s has an original %d: %w", o.Item, o.N, news.ErrConflict)
	}
	return err
}

// formatDoc is the door by which documents come in: none that breaks doc's rules for what is kept passes.
func formatDoc(d doc.Document) (string, error) {
	b, err := doc.Marshal(d)
	return string(b), err
}

// parseDoc is the door by which they go out. The rules are asked again: another program may have written to the database.
func parseDoc(s string) (doc.Document, error) { return doc.Unmarshal([]byte(s)) }

// NewestOriginal is OriginalOf without the document.
func (r Reads) NewestOriginal(ctx context.Context, item string) (news.Original, error) {
	return one(ctx, r, "original of item "+item, scanOriginal, `SELECT `+originalColumns+` FROM original WHERE item = $1 ORDER BY n DESC LIMIT 1`, item)
}

// A Title is the headline of an original.
type Title struct{ Item, Original, Lang, Title string }

// RecentTitles returns up to limit headlines of a site's items that were first seen since a time and are taken, the newest first.
func (r Reads) RecentTitles(ctx context.Context, site string, since int64, limit int) ([]Title, error) {
	return all(ctx, r, "recent titles of "+site, func(s scanner) (t Title, err error) {
		err = s.Scan(&t.Item, &t.Original, &t.Lang, &t.Title)
		return t, err
	}, `
SELECT item.id, original.id, original.lang, original.title
  FROM outlet JOIN item ON item.outlet = outlet.id JOIN original ON original.item = item.id
 WHERE outlet.site = $1 AND item.seen_at >= $2 AND item.state = 'taken'
   AND original.n = (SELECT MAX(newest.n) FROM original AS newest WHERE newest.item = item.id)
 ORDER BY item.seen_at DESC, item.id DESC
 LIMIT $3`, site, since, limit)
}
