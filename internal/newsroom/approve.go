package newsroom

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Approve records that an editor read a revision over, beside its original, and answers for it. It changes no state: the label
// on the page follows from it, and its sentences answer for themselves in later drafts. Doing it twice leaves one approval.
// It is news.ErrConflict if there is a newer revision than the one that was read.
func (r *Room) Approve(ctx context.Context, article string, revision int, by, note string) error {
	return r.decide(ctx, article, revision, by, note, "approved")
}

// Return records that an editor wants a revision done again. It is news.ErrConflict if there is a newer one.
func (r *Room) Return(ctx context.Context, article string, revision int, by, note string) error {
	return r.decide(ctx, article, revision, by, note, "returned")
}

func (r *Room) decide(ctx context.Context, article string, revision int, by, note, decision string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return err
		}
		if a.State == news.Killed {
			return fmt.Errorf("article %s was killed: %w", a.ID, news.ErrConflict)
		}
		if a.Revision != revision {
			return fmt.Errorf("article %s is at revision %d, not %d: read the newest: %w", a.ID, a.Revision, revision, news.ErrConflict)
		}
		if _, err := tx.Editor(ctx, by); err != nil {
			return err
		}
		reviews, err := tx.Reviews(ctx, article)
		if err != nil {
			return err
		}
		if len(reviews) > 0 && reviews[0].Revision == revision && reviews[0].By == by && reviews[0].Decision == decision && reviews[0].Note == note {
			return nil
		}
		d, _, err := tx.Document(ctx, article, revision)
		if err != nil {
			return err
		}
		machine, _, err := tx.Document(ctx, article, 1)
		if err != nil {
			return err
		}
		if decision == "approved" {
			if err := r.remember(ctx, tx, a, d, by); err != nil {
				return err
			}
		}
		return tx.AddReview(ctx, news.Review{
			ID: store.NewID(), Article: article, Revision: revision, By: by, At: r.now(),
			Decision: decision, Note: note, Seen: len(d.Blocks), Changed: changed(machine, d),
		})
	})
}
