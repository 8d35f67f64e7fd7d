package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// CheckTerms says what keeps terms from being recorded: news.ErrInvalid where their basis is none, or a licence that is not named.
func CheckTerms(t news.Terms) error {
	if t.Basis != "" && !slices.Contains(rights.Bases, t.Basis) {
		return fmt.Errorf("basis %q: write one of %s: %w", t.Basis, strings.Join(rights.Bases, ", "), news.ErrInvalid)
	}
	if t.Basis == rights.ByLicence && strings.TrimSpace(t.Licence) == "" {
		return fmt.Errorf("the basis is a licence and none is named: %w", news.ErrInvalid)
	}
	return nil
}

// SetTerms records what an outlet allows from now on. A licence that says it by itself fills in what is not set.
// Where the new terms let readers have nothing, its public articles are taken back in the same breath; where they show no
// pictures, the copies go; where they do, copies are made. A permission lets drafts be made that a reservation on the page forbade.
// It is news.ErrInvalid if the basis is not one of rights.Bases.
func (r *Room) SetTerms(ctx context.Context, outlet string, t news.Terms) error {
	if t.Basis == "" {
		t.Basis = rights.Unknown
	}
	if err := CheckTerms(t); err != nil {
		return err
	}
	f := rights.Fill(t.Facts())
	t.Translate, t.ByMachine, t.FullText, t.Excerpt, t.Images = f.Translate, f.ByMachine, f.FullText, f.Excerpt, f.Images
	var o news.Outlet
	err := r.Store.Tx(ctx, func(tx *store.Tx) error {
		var err error
		if o, err = tx.Outlet(ctx, outlet); err != nil {
			return err
		}
		t.ID, t.Outlet, t.FromAt, t.By = store.NewID(), outlet, r.now(), orCommand(t.By)
		if err := tx.AddTerms(ctx, t); err != nil {
			return err
		}
		articles, err := tx.ArticlesOfOutlet(ctx, outlet)
		if err != nil {
			return err
		}
		for _, a := range articles {
			signals, err := signalsOf(ctx, tx.Reads, a.Item)
			if err != nil {
				return err
			}
			switch mode := rights.Decide(t.Facts(), signals); {
			case mode == rights.Private:
				err = r.hideIn(ctx, tx, a, news.Unpublished, t.By, "the outlet's terms no longer allow it")
			case mode == rights.Full && t.Images:
				err = r.Queue.Pictures(ctx, tx.SQL(), a.ID)
			default:
				err = tx.DropMedia(ctx, a.ID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || t.Basis != rights.Permission && t.Basis != rights.Own {
		return err
	}
	return r.draftMissingOf(ctx, o) // what a reservation against machines kept from being drafted
}
