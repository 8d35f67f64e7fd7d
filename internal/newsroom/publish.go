package newsroom

import (
	"context"
	"errors"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Publish shows readers the newest revision of an article. Doing it twice publishes once.
//
// It is news.ErrDenied if the outlet's terms do not allow it or a stop flag is open, and news.ErrConflict if the article has been
// withdrawn for good or is public in an older revision, which is Correct's to replace. A review is not asked for: the label then
// says that nobody read the article over.
func (r *Room) Publish(ctx context.Context, article, by string) error {
	err := r.publish(ctx, article, by)
	if errors.Is(err, errSlugRace) { // another article took the address since we looked
		err = r.publish(ctx, article, by)
	}
	return err
}

var errSlugRace = fmt.Errorf("the address was taken at the same moment: %w", news.ErrConflict)

func (r *Room) publish(ctx context.Context, article, by string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return err
		}
		if a.State.Public() {
			if a.Public == a.Revision {
				return nil
			}
			return fmt.Errorf("article %s is public in revision %d: correct it to show revision %d: %w", a.ID, a.Public, a.Revision, news.ErrConflict)
		}
		return r.show(ctx, tx, a, news.Published, by, "")
	})
}

// show makes the newest revision public, in the state to.
func (r *Room) show(ctx context.Context, tx *store.Tx, a news.Article, to news.State, by, why string) error {
	signals, err := signalsOf(ctx, tx.Reads, a.Item)
	if err != nil {
		return err
	}
	terms, mode, err := allowed(ctx, tx, a.Outlet, signals)
	if err != nil {
		return err
	}
	switch stops, err := tx.OpenStops(ctx, a.ID, a.Revision); {
	case err != nil:
		return err
	case stops == 1:
		return fmt.Errorf("one flag stops article %s: repair the place or dismiss the flag at /desk/articles/%s: %w", a.ID, a.ID, news.ErrDenied)
	case stops > 1:
		return fmt.Errorf("%d flags stop article %s: repair the places or dismiss the flags at /desk/articles/%s: %w", stops, a.ID, a.ID, news.ErrDenied)
	}
	d, _, err := tx.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	if a.Slug == "" {
		if err := giveSlug(ctx, tx, a, d.Title.S); err != nil {
			return err
		}
	}
	now := r.now()
	if err := tx.MoveArticle(ctx, a.ID, a.State, to, now); err != nil {
		return err
	}
	if err := tx.ShowRevision(ctx, a.ID, a.Revision, terms.ID, now, to == news.Corrected); err != nil {
		return err
	}
	if err := r.placeStatements(ctx, tx, a.ID, a.Revision); err != nil {
		return err
	}
	if err := tx.AddEvent(ctx, news.Event{ID: store.NewID(), Article: a.ID, Revision: a.Revision, What: string(to), At: now, By: orCommand(by), Why: why}); err != nil {
		return err
	}
	if mode == rights.Full && terms.Images && len(pictures(d)) > 0 {
		return r.Queue.Pictures(ctx, tx.SQL(), a.ID)
	}
	return nil
}

// giveSlug finds the article an address from its title that no other has in its language.
func giveSlug(ctx context.Context, tx *store.Tx, a news.Article, title string) error {
	base := news.Slug(title)
	if base == "" {
		base = a.ID[len(a.ID)-8:]
	}
	for n := 1; n < 1000; n++ {
		slug := base
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", base, n)
		}
		free, err := tx.SlugFree(ctx, a.Lang, slug)
		if err != nil {
			return err
		}
		if !free {
			continue
		}
		if err := tx.SetSlug(ctx, a.ID, slug); err != nil {
			if errors.Is(err, news.ErrConflict) {
				return errSlugRace
			}
			return err
		}
		return nil
	}
	return fmt.Errorf("a thousand articles have the address %q: change the title: %w", base, news.ErrConflict)
}
