package store

import (
	"context"
	"maps"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// An Address is a public article as a sitemap lists it.
type Address struct {
	ID          string
	Item        string // articles of one item are translations of each other
	Lang        string
	Slug        string
	PublishedAt int64
	ChangedAt   int64 // 0 if it was never corrected
	Read        bool  // somebody approved the public revision
	Private     bool  // the outlet's terms of today let readers have nothing of it: its page is gone
}

// Addresses returns up to limit public articles in all languages after the first offset, those of one item together, the oldest item
// first: a part of the list stays as it is when articles come.
func (r Reads) Addresses(ctx context.Context, offset, limit int) ([]Address, error) {
	outlets := map[string]string{} // by article
	list, err := all(ctx, r, "public addresses", func(s scanner) (a Address, err error) {
		var outlet string
		err = s.Scan(&outlet, &a.ID, &a.Item, &a.Lang, &a.Slug, &a.PublishedAt, &a.ChangedAt, &a.Read)
		outlets[a.ID] = outlet
		return a, err
	}, `
SELECT article.outlet, article.id, article.item, article.lang, article.slug, article.published_at, article.changed_at,
       EXISTS (SELECT 1 FROM review WHERE review.article = article.id AND review.revision = article.public AND review.decision = 'approved')
  FROM article
 WHERE `+publicIn+`
 ORDER BY article.item, article.lang
 LIMIT $2 OFFSET $1`, offset, limit)
	if err != nil {
		return nil, err
	}
	modes, err := r.modes(ctx, slices.Compact(slices.Sorted(maps.Values(outlets))))
	for i, a := range list {
		list[i].Private = modes[outlets[a.ID]] == rights.Private
	}
	return list, err
}

// CountAddresses returns how many articles are public, and how many pages of speakers have something.
func (r Reads) CountAddresses(ctx context.Context) (articles, speakers int, err error) {
	n, err := one(ctx, r, "number of public articles", scanInt, `SELECT COUNT(*) FROM article WHERE `+publicIn)
	if err != nil {
		return 0, 0, err
	}
	m, err := one(ctx, r, "number of speakers' pages", scanInt, `SELECT COUNT(*) FROM speaker_public WHERE said > 0`)
	return int(n), int(m), err
}
