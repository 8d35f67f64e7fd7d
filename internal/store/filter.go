package store

import (
	"context"
	"errors"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

func scanFilter(r scanner) (news.Filter, error) {
	var takes, leaves string
	err := r.Scan(&takes, &leaves)
	return news.Filter{Take: lines(takes), Leave: lines(leaves)}, err
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// Filter returns what of an outlet is taken: everything where nothing was said.
func (r Reads) Filter(ctx context.Context, outlet string) (news.Filter, error) {
	f, err := one(ctx, r, "filter of outlet "+outlet, scanFilter, `SELECT takes, leaves FROM outlet_filter WHERE outlet = $1`, outlet)
	if errors.Is(err, news.ErrNotFound) {
		return news.Filter{}, nil
	}
	return f, err
}

// SaveFilter says what of an outlet is taken from now on.
func (tx *Tx) SaveFilter(ctx context.Context, outlet string, f news.Filter, at int64) error {
	_, err := tx.exec(ctx, "save filter of outlet "+outlet, `
INSERT INTO outlet_filter (outlet, takes, leaves, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (outlet) DO UPDATE
   SET takes = excluded.takes, leaves = excluded.leaves, changed_at = excluded.changed_at`,
		outlet, strings.Join(f.Take, "\n"), strings.Join(f.Leave, "\n"), at)
	return err
}
