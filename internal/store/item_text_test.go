package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

func TestItemText(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		equal(t, must(s.ItemText(ctx, n.item.ID))(t), "")
		for _, text := range []string{"Un débat.\nIl a duré.", strings.Repeat("ж", 32<<10), ""} {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveItemText(ctx, n.item.ID, text) })
			equal(t, must(s.ItemText(ctx, n.item.ID))(t), text)
		}
		equal(t, must(s.ItemText(ctx, "none"))(t), "")
		if err := s.Tx(ctx, func(tx *store.Tx) error { return tx.SaveItemText(ctx, "none", "x") }); err == nil {
			t.Error("an item that is not there has a text")
		}
	})
}
