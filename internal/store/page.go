package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// A Page is bytes as they were fetched, kept for disputes.
type Page struct {
	ID     string
	Item   string // or
	Feed   string
	At     int64
	URL    string // after redirects
	Status int
	Header http.Header
	SHA256 string // of Body, in hex
	Body   []byte
}

const pageColumns = `id, item, feed, at, url, status, headers, sha256, body`

func scanPage(r scanner) (Page, error) {
	var p Page
	var item, feed sql.NullString
	var headers string
	var body []byte
	if err := r.Scan(&p.ID, &item, &feed, &p.At, &p.URL, &p.Status, &headers, &p.SHA256, &body); err != nil {
		return Page{}, err
	}
	p.Item, p.Feed = item.String, feed.String
	if err := json.Unmarshal([]byte(headers), &p.Header); err != nil {
		return Page{}, fmt.Errorf("headers of page %s: %w", p.ID, err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return Page{}, fmt.Errorf("body of page %s: %w", p.ID, err)
	}
	p.Body, err = io.ReadAll(zip)
	if err != nil {
		return Page{}, fmt.Errorf("body of page %s: %w", p.ID, err)
	}
	return p, nil
}

// PageOf returns the newest page of an item; news.ErrNotFound if none was fetched.
func (r Reads) PageOf(ctx context.Context, item string) (Page, error) {
	return one(ctx, r, "page of item "+item, scanPage, `SELECT `+pageColumns+` FROM page WHERE item = $1 ORDER BY at DESC, id DESC LIMIT 1`, item)
}

// PageKept reports whether a page of an item is kept.
func (r Reads) PageKept(ctx context.Context, item string) (bool, error) {
	n, err := one(ctx, r, "pages of item "+item, scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM page WHERE item = $1 LIMIT 1) AS kept`, item)
	return n > 0, err
}

// PageWith returns the page of an address that was kept with the first page of an article; news.ErrNotFound if there is none.
func (r Reads) PageWith(ctx context.Context, first Page, url string) (Page, error) {
	return one(ctx, r, "page "+url+" kept with "+first.ID, scanPage,
		`SELECT `+pageColumns+` FROM page WHERE item = $1 AND at = $2 AND url = $3 ORDER BY id DESC LIMIT 1`, first.Item, first.At-1, url)
}

// Page returns a page; news.ErrNotFound if there is none.
func (r Reads) Page(ctx context.Context, id string) (Page, error) {
	return one(ctx, r, "page "+id, scanPage, `SELECT `+pageColumns+` FROM page WHERE id = $1`, id)
}

// PageHead returns a page without its body; news.ErrNotFound if there is none.
func (r Reads) PageHead(ctx context.Context, id string) (Page, error) {
	return one(ctx, r, "page "+id, func(s scanner) (p Page, err error) {
		var item, feed sql.NullString
		var headers string
		if err = s.Scan(&p.ID, &item, &feed, &p.At, &p.URL, &p.Status, &headers, &p.SHA256); err != nil {
			return Page{}, err
		}
		p.Item, p.Feed = item.String, feed.String
		if err := json.Unmarshal([]byte(headers), &p.Header); err != nil {
			return Page{}, fmt.Errorf("headers of page %s: %w", p.ID, err)
		}
		return p, nil
	}, `SELECT id, item, feed, at, url, status, headers, sha256 FROM page WHERE id = $1`, id)
}

// SavePage keeps a page and its hash.
func (tx *Tx) SavePage(ctx context.Context, p Page) error {
	headers, err := json.Marshal(p.Header)
	if err != nil {
		return fmt.Errorf("save page %s: %w", p.URL, err)
	}
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	if _, err := zip.Write(p.Body); err != nil {
		return fmt.Errorf("save page %s: %w", p.URL, err)
	}
	if err := zip.Close(); err != nil {
		return fmt.Errorf("save page %s: %w", p.URL, err)
	}
	sum := sha256.Sum256(p.Body)
	_, err = tx.exec(ctx, "save page "+p.URL, `
INSERT INTO page (id, item, feed, at, url, status, headers, sha256, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, orNull(p.Item), orNull(p.Feed), p.At, p.URL, p.Status, string(headers), hex.EncodeToString(sum[:]), body.Bytes())
	return err
}

// SavePageWith keeps another page of the article that begins on the first. Its time is one less, so that the first stays the item's newest page,
// and says which first page it belongs to.
func (tx *Tx) SavePageWith(ctx context.Context, first, p Page) error {
	p.Item, p.At = first.Item, first.At-1
	return tx.SavePage(ctx, p)
}
