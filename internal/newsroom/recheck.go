package newsroom

import (
	"context"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Recheck is a part of what follows from a change of the glossary: articles that are translations between two languages are compared
// with their originals anew.
type Recheck struct {
	From, To string // bare languages; To is empty where the change is for every language
	After    string // the article after which the part begins; empty at the beginning
	At       int64  // when it may begin: tells one change from the next
}

// While an editor works on the glossary, changes are gathered for so long, and no change waits for less than the second.
const (
	gather  = 10 * time.Second
	atLeast = 5 * time.Second
)

// recheck queues what follows from a change of these rows.
func (r *Room) recheck(ctx context.Context, tx *store.Tx, rows ...term.Row) error {
	at := timeOf(r.now()).Add(atLeast).Truncate(gather).Add(gather).UnixMilli()
	var list []Recheck
	for _, row := range rows {
		p := Recheck{From: bare(string(row.From)), To: bare(string(row.To)), At: at}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	for _, p := range list {
		if err := r.Queue.Recheck(ctx, tx.SQL(), p); err != nil {
			return err
		}
	}
	return nil
}

// recheckAtOnce is how many articles a job looks at before it makes room for others.
const recheckAtOnce = 50

// Recheck compares the next articles of a part with their originals, and queues those after them. Of an article nothing changes but what
// the checks say of its newest revision; what was dismissed stays so where both texts and the doubt are the same.
func (r *Room) Recheck(ctx context.Context, part Recheck) error {
	list, err := r.Store.ArticlesAfter(ctx, part.After, recheckAtOnce)
	if err != nil {
		return err
	}
	bases := map[string]*term.Base{} // by the pair
	for _, a := range list {
		part.After = a.ID
		if a.State == news.Killed || part.To != "" && bare(a.Lang) != part.To {
			continue
		}
		if err := r.Store.Tx(ctx, func(tx *store.Tx) error { return recheckArticle(ctx, tx, a.ID, part.From, bases) }); err != nil {
			return err
		}
	}
	if len(list) < recheckAtOnce {
		return nil
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return r.Queue.Recheck(ctx, tx.SQL(), part) })
}

func recheckArticle(ctx context.Context, tx *store.Tx, id, from string, bases map[string]*term.Base) error {
	a, err := tx.Article(ctx, id)
	if err != nil {
		return err
	}
	original, _, err := tx.Original(ctx, a.Original)
	if err != nil || bare(original.Lang) != from {
		return err
	}
	d, _, err := tx.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	pair := original.Lang + " " + a.Lang
	if _, ok := bases[pair]; !ok {
		if bases[pair], err = glossary(ctx, tx.Reads, original.Lang, a.Lang); err != nil {
			return err
		}
	}
	segments, err := tx.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	before, err := tx.Flags(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	fresh := signed(compare(original, d, segments, bases[pair]), byCheck, original, d)
	var stay, was []store.StoredFlag
	for _, f := range before {
		if f.Origin == byCheck {
			was = append(was, f)
		} else {
			stay = append(stay, f)
		}
	}
	if sameFlags(was, fresh) {
		return nil // an editor may have them on the screen, and each its own name
	}
	return tx.ReplaceFlags(ctx, a.ID, a.Revision, append(stay, fresh...))
}

// sameFlags reports whether two lists say the same.
func sameFlags(a, b []store.StoredFlag) bool {
	return slices.EqualFunc(a, b, func(x, y store.StoredFlag) bool {
		return x.Texts == y.Texts && x.Flag == y.Flag
	})
}
