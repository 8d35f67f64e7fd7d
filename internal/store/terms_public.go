package store

import (
	"context"
	"slices"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
)

// without adds to a question that it is of none of these outlets.
func without(query, column string, args []any, outlets []string) (string, []any) {
	condition, args := notIn(column, args, outlets)
	return query + condition, args
}

// notIn is the condition that a column has none of these values, and args with them; empty if there are none.
func notIn(column string, args []any, values []string) (string, []any) {
	if len(values) == 0 {
		return "", args
	}
	marks, more := placeholders(len(args)+1, values)
	return ` AND ` + column + ` NOT IN (` + marks + `)`, append(slices.Clip(args), more...)
}

// An askedOnce is what was asked already in a context of AskOnce.
type askedOnce struct {
	mu     sync.Mutex
	known  bool
	closed []string
}

type askedOnceKey struct{}

// AskOnce returns a context in which the store asks only once which outlets let readers have the whole text: for one page or one file,
// not for longer.
func AskOnce(ctx context.Context) context.Context {
	if ctx.Value(askedOnceKey{}) != nil {
		return ctx
	}
	return context.WithValue(ctx, askedOnceKey{}, &askedOnce{})
}

// closedOutlets are the outlets with public articles of which readers may not have the whole text.
func (r Reads) closedOutlets(ctx context.Context) ([]string, error) {
	once, ok := ctx.Value(askedOnceKey{}).(*askedOnce)
	if !ok {
		return r.closedNow(ctx)
	}
	once.mu.Lock()
	defer once.mu.Unlock()
	if !once.known {
		list, err := r.closedNow(ctx)
		if err != nil {
			return nil, err
		}
		once.known, once.closed = true, list
	}
	return once.closed, nil
}

func (r Reads) closedNow(ctx context.Context) ([]string, error) {
	list, err := all(ctx, r, "outlets with public articles", scanString, `
SELECT id FROM outlet WHERE EXISTS (SELECT 1 FROM article WHERE article.outlet = outlet.id AND `+publicIn+`)`)
	if err != nil {
		return nil, err
	}
	modes, err := r.modes(ctx, list)
	return slices.DeleteFunc(list, func(id string) bool { return modes[id] == rights.Full }), err
}

// modes says of outlets how much readers may have of them by their newest terms; nothing of one without any.
func (r Reads) modes(ctx context.Context, outlets []string) (map[string]rights.Mode, error) {
	modes := map[string]rights.Mode{}
	newest, err := r.newestTerms(ctx, outlets)
	for _, t := range newest {
		modes[t.Outlet] = rights.Decide(t.Facts(), rights.Signals{})
	}
	return modes, err
}

// newestTerms returns the terms of today of outlets, in no order.
func (r Reads) newestTerms(ctx context.Context, outlets []string) (list []news.Terms, err error) {
	err = inLots(outlets, func(lot []string) error {
		marks, args := placeholders(1, lot)
		newest, err := all(ctx, r, "terms of outlets", scanTerms, `
SELECT `+termsColumns+`
  FROM terms
 WHERE terms.outlet IN (`+marks+`)
   AND NOT EXISTS (SELECT 1 FROM terms newer WHERE newer.outlet = terms.outlet AND (newer.from_at, newer.id) > (terms.from_at, terms.id))`, args...)
		list = append(list, newest...)
		return err
	})
	return list, err
}
