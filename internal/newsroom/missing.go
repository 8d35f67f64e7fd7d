package newsroom

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// missingAtOnce is how many items DraftMissing looks at in one transaction.
const missingAtOnce = 200

// DraftMissing queues a draft for every taken item in each language that it is wanted in and lacks: after a model was installed, a
// permission recorded, or a language added to an outlet.
func (r *Room) DraftMissing(ctx context.Context) error {
	outlets, err := r.Store.Outlets(ctx)
	if err != nil {
		return err
	}
	for _, o := range outlets {
		if err := r.draftMissingOf(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) draftMissingOf(ctx context.Context, o news.Outlet) error {
	for after := ""; ; {
		items, err := r.Store.TakenAfter(ctx, o.ID, after, missingAtOnce)
		if err != nil || len(items) == 0 {
			return err
		}
		after = items[len(items)-1].ID
		err = r.Store.Tx(ctx, func(tx *store.Tx) error {
			for _, item := range items {
				if err := r.draftMissing(ctx, tx, o, item); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func (r *Room) draftMissing(ctx context.Context, tx *store.Tx, o news.Outlet, item news.Item) error {
	original, err := tx.NewestOriginal(ctx, item.ID)
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := mayDraft(ctx, tx.Reads, item); errors.Is(err, news.ErrDenied) {
		return nil
	} else if err != nil {
		return err
	}
	if err := hasLeave(ctx, tx.Reads, item, original.ID); errors.Is(err, news.ErrDenied) {
		return nil
	} else if err != nil {
		return err
	}
	for _, lang := range r.targets(o, item, original.Lang) {
		switch _, err := tx.ArticleIn(ctx, item.ID, lang); {
		case err == nil:
			continue
		case !errors.Is(err, news.ErrNotFound):
			return err
		}
		if err := r.Queue.Draft(ctx, tx.SQL(), original.ID, lang); err != nil {
			return err
		}
	}
	return nil
}
