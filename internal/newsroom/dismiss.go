package newsroom

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// DismissFlag records that an editor looked at the place a flag names and found it right, and why. It holds for later revisions
// as long as both texts stay. It is news.ErrInvalid without a reason and news.ErrNotFound if the flag is not this article's.
func (r *Room) DismissFlag(ctx context.Context, article, flag, by, why string) error {
	why, err := reason(why, "who reads the article after you wants to know why the place is right")
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		f, err := tx.Flag(ctx, flag)
		if err != nil {
			return err
		}
		if f.Article != article {
			return fmt.Errorf("flag %s of article %s: %w", flag, article, news.ErrNotFound)
		}
		if _, err := tx.Editor(ctx, by); err != nil {
			return err
		}
		return tx.DismissFlag(ctx, flag, by, why, r.now())
	})
}
