package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
)

// outlet finds an outlet by its name, its address or its identifier.
func (h *office) outlet(ctx context.Context, name string) (news.Outlet, error) {
	o, err := h.store.OutletByName(ctx, name)
	if errors.Is(err, news.ErrNotFound) {
		return o, fmt.Errorf("no outlet %q is followed; run: dragoman follow URL", name)
	}
	return o, err
}

// article finds an article by its identifier.
func (h *office) article(ctx context.Context, id string) (news.Article, error) {
	a, err := h.store.Article(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return a, fmt.Errorf("there is no article %q; dragoman list shows them", id)
	}
	return a, err
}
