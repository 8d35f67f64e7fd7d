package newsroom

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// An Edit is new words for one text of an article.
type Edit struct {
	Article string
	From    int       // the revision that the editor had on the screen
	Place   doc.Place // which text; only Block, Part, Row, Col and Mark count, and a Part of 0 is doc.Body
	Text    doc.Text
	By      string // editor's identifier
	Note    string // why, for the history; may be empty
}

// Edit saves a revision in which one text is replaced, and returns its number; From, if the text was the same already.
//
// It is news.ErrConflict if somebody saved since From: nothing is lost, theirs is saved and the caller's is still with the caller.
// It is news.ErrInvalid if the place has no text or the words break the rules of a document.
func (r *Room) Edit(ctx context.Context, e Edit) (n int, err error) {
	if e.Place.Part == 0 {
		e.Place.Part = doc.Body
	}
	return r.revise(ctx, e.Article, e.From, e.By, e.Note, func(d doc.Document) (doc.Document, error) {
		return replaceText(d, e.Place, e.Text)
	})
}

// EditDocument saves a whole document as the revision that follows from, and returns its number; from, if it was the same already.
// Blocks must be those of the revision, by number, kind and key: an article says what its original says.
// Its errors are Edit's.
func (r *Room) EditDocument(ctx context.Context, article string, from int, d doc.Document, by, note string) (n int, err error) {
	return r.revise(ctx, article, from, by, note, func(old doc.Document) (doc.Document, error) {
		if len(d.Blocks) != len(old.Blocks) || d.Lang != old.Lang {
			return old, fmt.Errorf("the document has %d blocks in %q, the article %d in %q: %w", len(d.Blocks), d.Lang, len(old.Blocks), old.Lang, news.ErrInvalid)
		}
		for i, b := range d.Blocks {
			if b.Key != old.Blocks[i].Key || b.Kind != old.Blocks[i].Kind {
				return old, fmt.Errorf("block %d is not the article's: %w", i, news.ErrInvalid)
			}
		}
		return d, nil
	})
}

func (r *Room) revise(ctx context.Context, article string, from int, by, note string, change func(doc.Document) (doc.Document, error)) (n int, err error) {
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return err
		}
		if a.State == news.Killed {
			return fmt.Errorf("article %s was killed: %w", a.ID, news.ErrConflict)
		}
		if a.Revision != from {
			return fmt.Errorf("article %s is at revision %d, not %d: somebody else saved first: %w", a.ID, a.Revision, from, news.ErrConflict)
		}
		old, _, err := tx.Document(ctx, article, from)
		if err != nil {
			return err
		}
		d, err := change(old)
		if err != nil {
			return err
		}
		if d.Equal(old) {
			n = from
			return nil
		}
		if err := d.Stored(); err != nil {
			return fmt.Errorf("the text cannot be saved: %w: %w", err, news.ErrInvalid)
		}
		if n, err = tx.SaveRevision(ctx, article, from, d, by, note, r.now()); err != nil {
			return err
		}
		return r.follow(ctx, tx, a, old, d, n)
	})
	return n, err
}

// follow brings what is said about an article's text up to date with revision n: its sentences and the doubts about it.
func (r *Room) follow(ctx context.Context, tx *store.Tx, a news.Article, old, d doc.Document, n int) error {
	segments, err := tx.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := tx.ReplaceSegments(ctx, a.ID, moveSegments(segments, old, d)); err != nil {
		return err
	}
	if err := r.placeStatements(ctx, tx, a.ID, n); err != nil {
		return err
	}
	return r.doubt(ctx, tx, a, old, d, n)
}

// replaceText gives d with another text at the place.
func replaceText(d doc.Document, place doc.Place, t doc.Text) (doc.Document, error) {
	found := false
	d = d.Map(func(p doc.Place, old doc.Text) doc.Text {
		if !samePlace(p, place) {
			return old
		}
		found = true
		if p.Kind == doc.Pre {
			return doc.CleanPre(t)
		}
		return doc.Clean(t)
	})
	if !found {
		place.Kind = 0
		return d, fmt.Errorf("%s has no text: %w", place, news.ErrInvalid)
	}
	return d, nil
}

func samePlace(a, b doc.Place) bool {
	return a.Block == b.Block && a.Part == b.Part && a.Row == b.Row && a.Col == b.Col && a.Mark == b.Mark
}

// changed counts the blocks of b that differ from a's, title and deck too.
func changed(a, b doc.Document) int {
	n := 0
	if !a.Title.Equal(b.Title) {
		n++
	}
	if !a.Deck.Equal(b.Deck) {
		n++
	}
	old := make(map[string]doc.Block, len(a.Blocks))
	for _, x := range a.Blocks {
		old[x.Key] = x
	}
	for _, x := range b.Blocks {
		if was, ok := old[x.Key]; !ok || !was.Equal(x) {
			n++
		}
	}
	return n
}
