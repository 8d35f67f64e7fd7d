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
	list, err := r.Store.ArticlesBetween(ctx, part.From, part.To, part.After, recheckAtOnce)
	if err != nil {
		return err
	}
	bases := map[string]*term.Base{} // by the pair
	for _, a := range list {
		part.After = a.ID
		if err := r.recheckArticle(ctx, a, bases); err != nil {
			return err
		}
	}
	if len(list) < recheckAtOnce {
		return nil
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error { return r.Queue.Recheck(ctx, tx.SQL(), part) })
}

// recheckArticle compares an article with its original while others write, and writes only what differs, if the article is still the one
// that was compared. A newer revision was checked when it was made.
func (r *Room) recheckArticle(ctx context.Context, a news.Article, bases map[string]*term.Base) error {
	original, _, err := r.Store.Original(ctx, a.Original)
	if err != nil {
		return err
	}
	d, _, err := r.Store.Document(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	pair := original.Lang + " " + a.Lang
	if _, ok := bases[pair]; !ok {
		if bases[pair], err = glossary(ctx, r.Store.Reads, original.Lang, a.Lang); err != nil {
			return err
		}
	}
	segments, err := r.Store.Segments(ctx, a.ID)
	if err != nil {
		return err
	}
	before, err := r.Store.Flags(ctx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	fresh := signed(compare(original, d, segments, bases[pair]), byCheck, original, d)
	if was, _ := byChecks(before); sameFlags(was, fresh) {
		return nil // an editor may have them on the screen, and each its own name
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		now, err := tx.Article(ctx, a.ID)
		if err != nil || now.Revision != a.Revision || now.Original != a.Original {
			return err
		}
		before, err := tx.Flags(ctx, a.ID, a.Revision)
		if err != nil {
			return err
		}
		_, others := byChecks(before)
		return tx.ReplaceFlags(ctx, a.ID, a.Revision, append(others, fresh...))
	})
}

// byChecks parts the doubts that the checks found from the others.
func byChecks(list []store.StoredFlag) (found, others []store.StoredFlag) {
	for _, f := range list {
		if f.Origin == byCheck {
			found = append(found, f)
		} else {
			others = append(others, f)
		}
	}
	return found, others
}

// sameFlags reports whether two lists say the same.
func sameFlags(a, b []store.StoredFlag) bool {
	return slices.EqualFunc(a, b, func(x, y store.StoredFlag) bool {
		return x.Texts == y.Texts && x.Flag == y.Flag
	})
}
