package newsroom

import (
	"context"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Kill withdraws an article for good, published or not. Doing it twice does it once. It is news.ErrInvalid without a reason.
func (r *Room) Kill(ctx context.Context, article, by, why string) error {
	why, err := reason(why, "the record says why an article was killed")
	if err != nil {
		return err
	}
	return r.hide(ctx, article, news.Killed, by, why)
}

// Unpublish takes an article from readers; it may be published again. Doing it twice does it once.
// It is news.ErrConflict if the article was not public and news.ErrInvalid without a reason.
func (r *Room) Unpublish(ctx context.Context, article, by, why string) error {
	why, err := reason(why, "the record says why an article was taken back")
	if err != nil {
		return err
	}
	return r.hide(ctx, article, news.Unpublished, by, why)
}

func (r *Room) hide(ctx context.Context, article string, to news.State, by, why string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.Article(ctx, article)
		if err != nil || a.State == to {
			return err
		}
		return r.hideIn(ctx, tx, a, to, by, why)
	})
}

func (r *Room) hideIn(ctx context.Context, tx *store.Tx, a news.Article, to news.State, by, why string) error {
	now := r.now()
	if err := tx.MoveArticle(ctx, a.ID, a.State, to, now); err != nil {
		return err
	}
	if err := tx.ShowRevision(ctx, a.ID, 0, a.Terms, now, false); err != nil {
		return err
	}
	if err := tx.DropMedia(ctx, a.ID); err != nil {
		return err
	}
	if to == news.Killed { // what was wrong enough to be killed shall not come again in other articles
		if err := tx.Forget(ctx, a.ID); err != nil {
			return err
		}
	}
	return tx.AddEvent(ctx, news.Event{ID: store.NewID(), Article: a.ID, Revision: a.Public, What: string(to), At: now, By: orCommand(by), Why: why})
}
