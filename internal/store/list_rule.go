package store

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// ListRule returns which links are taken of a feed of kind "list"; news.ErrNotFound if it has no rule.
func (r Reads) ListRule(ctx context.Context, feed string) (news.ListRule, error) {
	return one(ctx, r, "list rule of feed "+feed, func(s scanner) (l news.ListRule, err error) {
		err = s.Scan(&l.Links, &l.Pattern)
		return l, err
	}, `SELECT links, pattern FROM list_rule WHERE feed = $1`, feed)
}

// SaveListRule says which links are taken of a feed of kind "list".
func (tx *Tx) SaveListRule(ctx context.Context, feed string, l news.ListRule) error {
	_, err := tx.exec(ctx, "save list rule of feed "+feed, `
INSERT INTO list_rule (feed, links, pattern)
VALUES ($1, $2, $3)
ON CONFLICT (feed) DO UPDATE
   SET links = excluded.links, pattern = excluded.pattern`, feed, l.Links, l.Pattern)
	return err
}
