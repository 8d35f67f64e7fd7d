package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// readStatements reads an original for who said what, keeps it in the transaction that keeps the original, gives it to the speakers we
// know or make, and queues the search for the same words elsewhere. Doing it twice does it once. glossary are the glossary's people and
// bodies, which are read before the transaction: they may be many.
func (r *Room) readStatements(ctx context.Context, tx *store.Tx, o news.Original, d doc.Document, item news.Item, glossary []term.Name) error {
	if read, err := tx.StatementsRead(ctx, o.ID); err != nil || read {
		return err
	}
	names, err := speakerNames(ctx, tx.Reads, d, glossary)
	if err != nil {
		return fmt.Errorf("names for %s: %w", item.URL, err)
	}
	f := statement.Finder{Names: names}
	if d.Date.IsZero() && item.PublishedAt != 0 {
		f.Anchor = timeOf(item.PublishedAt)
	}
	found := f.Find(d).Statements
	list := make([]news.Statement, len(found))
	for i, s := range found {
		list[i] = news.Statement{Statement: s, At: saidAt(s, d, item, o)}
	}
	if err := r.nameSpeakers(ctx, tx, d, list, glossary); err != nil {
		return err
	}
	keys := make([]string, len(d.Blocks))
	for i, b := range d.Blocks {
		keys[i] = b.Key
	}
	kept, err := tx.SaveStatements(ctx, o, list, keys, r.now())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(kept, func(s news.Statement) bool { return linkable(s) || s.Story != "" }) {
		return nil
	}
	return r.Queue.Link(ctx, tx.SQL(), o.ID)
}

// saidAt is when something was said: the day that the article gives, else the article's date, else the feed's, else when we read it. A
// day more than one after the reading is none: nobody has said yet what is said then.
func saidAt(s statement.Statement, d doc.Document, item news.Item, o news.Original) int64 {
	written := o.At
	latest := o.At + 24*time.Hour.Milliseconds()
	if item.PublishedAt > 0 && item.PublishedAt <= latest {
		written = item.PublishedAt
	}
	if at := d.Date.UnixMilli(); !d.Date.IsZero() && at <= latest {
		written = at
	}
	if s.SaidAt == nil || s.SaidAt.Precision != "day" {
		return written
	}
	day, err := time.Parse(time.DateOnly, s.SaidAt.Value)
	if err != nil || day.Year() < 1970 || day.UnixMilli() > latest {
		return written
	}
	at := day.UnixMilli()
	if at <= written && written-at < 24*time.Hour.Milliseconds() {
		return written // on the day of the article: its hour is nearer than midnight
	}
	return at
}

// FillStatements is FillStatementsAfter from the beginning; it reports whether some are left, and its error names what was left out, too.
func (r *Room) FillStatements(ctx context.Context) (left bool, err error) {
	next, skipped, err := r.FillStatementsAfter(ctx, "")
	return next != "" || ctx.Err() != nil, errors.Join(append(skipped, err)...)
}

// FillStatementsAfter reads a few of the originals that were taken before statements were kept, those after an identifier, and returns the
// identifier to go on from; empty at the end. It may be cut short at any moment. An original that cannot be read keeps none of those
// behind it from being read: skipped says which, and why.
func (r *Room) FillStatementsAfter(ctx context.Context, after string) (next string, skipped []error, err error) {
	for done := 0; done < fillAtOnce; {
		list, err := r.Store.UnreadOriginals(ctx, after, fillAtOnce)
		if err != nil || len(list) == 0 {
			return "", skipped, err
		}
		for _, id := range list {
			err := r.fillStatements(ctx, id)
			if ctx.Err() != nil {
				return after, skipped, ctx.Err()
			}
			if err != nil {
				skipped = append(skipped, fmt.Errorf("statements of original %s: %w", id, err))
			}
			after = id
			done++
		}
	}
	return after, skipped, nil
}

// fillAtOnce is how many originals one call of FillStatements reads.
const fillAtOnce = 50

func (r *Room) fillStatements(ctx context.Context, original string) (err error) {
	defer func() { // a text that breaks the rules of today is one of those that cannot be read
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	d, o, err := r.Store.Original(ctx, original)
	if err != nil {
		return err
	}
	item, err := r.Store.Item(ctx, o.Item)
	if err != nil {
		return err
	}
	names, err := glossaryNames(ctx, r.Store.Reads)
	if err != nil {
		return err
	}
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		if err := r.readStatements(ctx, tx, o, d, item, names); err != nil {
			return err
		}
		articles, err := tx.ArticlesOf(ctx, o.Item)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if err := r.placeStatements(ctx, tx, a.ID, a.Revision); err != nil {
				return err
			}
			if a.Public == 0 || a.Public == a.Revision || o.N > 1 {
				continue // of the reading that a public revision was made from nothing is known once there are two
			}
			if err := r.placeStatements(ctx, tx, a.ID, a.Public); err != nil {
				return err
			}
		}
		return nil
	})
}

// glossaryNames are the people and bodies of the glossary, one a name of origin, with its forms in every language.
func glossaryNames(ctx context.Context, r store.Reads) ([]term.Name, error) {
	rows, err := r.NameTerms(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return joinNames(rows), nil
}

// joinNames makes one name of the rows that have the same words of origin.
func joinNames(rows []store.Term) []term.Name {
	at := map[string]int{}
	var list []term.Name
	for _, t := range rows {
		id := "term:" + string(t.From) + ":" + t.Source
		i, ok := at[id]
		if !ok {
			i = len(list)
			at[id] = i
			home := t.Home
			if home == "" {
				home = t.From
			}
			list = append(list, term.Name{ID: id, Kind: t.Kind, Home: home, Forms: map[lang.Tag][]string{t.From.Bare(): append([]string{t.Source}, t.SourceForms...)}})
		}
		if t.Target == "" {
			continue
		}
		for _, f := range append([]string{t.Target}, t.TargetForms...) {
			if forms := list[i].Forms[t.To.Bare()]; !slices.Contains(forms, f) {
				list[i].Forms[t.To.Bare()] = append(forms, f)
			}
		}
	}
	return list
}
