package store_test

import (
	"context"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestListRule(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		n := furnish(t, s)
		_, err := s.ListRule(ctx, n.feed.ID)
		is(t, err, news.ErrNotFound)
		for _, rule := range []news.ListRule{{Links: "main h2", Pattern: "/a/*"}, {Links: "h3"}} {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveListRule(ctx, n.feed.ID, rule) })
			equal(t, must(s.ListRule(ctx, n.feed.ID))(t), rule)
		}
		equal(t, must(s.Feed(ctx, n.feed.ID))(t), n.feed)
		_, err = s.Feed(ctx, "none")
		is(t, err, news.ErrNotFound)
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveFeed(ctx, n.feed.ID) })
		_, err = s.ListRule(ctx, n.feed.ID)
		is(t, err, news.ErrNotFound)
	})
}
