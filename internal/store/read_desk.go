package store

import "context"

// ArticleLangs returns the languages that articles are in, in whatever state, sorted.
func (r Reads) ArticleLangs(ctx context.Context) ([]string, error) {
	return all(ctx, r, "languages of articles", scanString, `SELECT DISTINCT lang FROM article ORDER BY lang`)
}
