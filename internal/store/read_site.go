package store

import "context"

// An Address is a public article as a sitemap lists it.
type Address struct {
	ID          string
	Item        string // articles of one item are translations of each other
	Lang        string
	Slug        string
	PublishedAt int64
	ChangedAt   int64 // 0 if it was never corrected
	Read        bool  // somebody approved the public revision
}

// Addresses returns up to limit public articles in all languages, the newest first.
func (r Reads) Addresses(ctx context.Context, limit int) ([]Address, error) {
	return all(ctx, r, "public addresses", func(s scanner) (a Address, err error) {
		err = s.Scan(&a.ID, &a.Item, &a.Lang, &a.Slug, &a.PublishedAt, &a.ChangedAt, &a.Read)
		return a, err
	}, `
SELECT article.id, article.item, article.lang, article.slug, article.published_at, article.changed_at,
       EXISTS (SELECT 1 FROM review WHERE review.article = article.id AND review.revision = article.public AND review.decision = 'approved')
  FROM article
 WHERE `+publicIn+`
 ORDER BY article.published_at DESC, article.id DESC
 LIMIT $1`, limit)
}
