package store

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// ItemText returns what the feed last gave as the item's text, without markup; empty if it gave none.
func (r Reads) ItemText(ctx context.Context, item string) (string, error) {
	text, err := one(ctx, r, "text of item "+item, func(s scanner) (text string, err error) {
		err = s.Scan(&text)
		return text, err
	}, `SELECT text FROM item_text WHERE item = $1`, item)
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return text, err
}

// SaveItemText keeps what the feed gives as the item's text, in place of what it gave before; an empty text leaves none.
func (tx *Tx) SaveItemText(ctx context.Context, item, text string) error {
	if text == "" {
		_, err := tx.exec(ctx, "remove text of item "+item, `DELETE FROM item_text WHERE item = $1`, item)
		return err
	}
	_, err := tx.exec(ctx, "save text of item "+item, `
INSERT INTO item_text (item, text) VALUES ($1, $2)
ON CONFLICT (item) DO UPDATE SET text = excluded.text`, item, text)
	return err
}
