package newsroom

import (
	"context"
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Correct shows readers the newest revision of a public article in place of the one they see, and tells them why.
// It is news.ErrConflict if the article is not public or they see the newest already, news.ErrInvalid without a reason,
// and news.ErrDenied as Publish is.
func (r *Room) Correct(ctx context.Context, article, by, why string) error {
	why, err := reason(why, "a correction tells readers what was wrong")
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return err
		}
		if !a.State.Public() {
			return fmt.Errorf("article %s is %s: only what is public can be corrected: %w", a.ID, a.State, news.ErrConflict)
		}
		if a.Public == a.Revision {
			return fmt.Errorf("readers see the newest revision of article %s: edit it first: %w", a.ID, news.ErrConflict)
		}
		return r.show(ctx, tx, a, news.Corrected, by, why)
	})
}

// reason is what an editor says why; news.ErrInvalid, with what it is for, if it is empty.
func reason(why, what string) (string, error) {
	why = strings.Join(strings.Fields(why), " ")
	if why == "" {
		return "", fmt.Errorf("no reason given: %s: %w", what, news.ErrInvalid)
	}
	return why, nil
}
