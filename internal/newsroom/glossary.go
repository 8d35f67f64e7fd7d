package newsroom

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// Glossary is what the editors settled about words and names, for translations from one language into another; nil if it is nothing.
func (r *Room) Glossary(ctx context.Context, from, to string) (*term.Base, error) {
	return glossary(ctx, r.Store.Reads, from, to)
}

func glossary(ctx context.Context, r store.Reads, from, to string) (*term.Base, error) {
	list, err := r.TermsInto(ctx, bare(from), bare(to))
	if err != nil {
		return nil, err
	}
	rows := make([]term.Row, len(list))
	settled := map[string]bool{}
	for i, t := range list {
		rows[i], settled[t.Source] = t.Row, true
	}
	names, err := taughtNames(ctx, r, bare(from), bare(to), settled)
	if err != nil || len(rows)+len(names) == 0 {
		return nil, err
	}
	rows = append(rows, names...)
	base, err := term.FromRows(rows, lang.Tag(to))
	if err != nil {
		return nil, fmt.Errorf("glossary from %s into %s: %w", from, to, err)
	}
	return base, nil
}

// taughtNames are the names that editors gave speakers in a language, for those that the glossary says nothing of.
func taughtNames(ctx context.Context, r store.Reads, from, to string, settled map[string]bool) ([]term.Row, error) {
	list, err := r.TaughtNames(ctx, from, to)
	if err != nil {
		return nil, err
	}
	var rows []term.Row
	for _, n := range list {
		row := term.Row{Kind: n.Kind, From: lang.Tag(from), To: lang.Tag(to), Source: n.Source, Target: n.Target, Rule: term.Must, Home: lang.Tag(n.Home)}.Tidy()
		if settled[row.Source] || row.Check() != nil {
			continue // an article's name need not be one that the glossary takes
		}
		settled[row.Source] = true
		rows = append(rows, row)
	}
	return rows, nil
}

// SaveTerm adds a row to the glossary or, where id names one, changes it; it returns the row's identifier. It holds for what is drafted
// or edited from then on, and what is at the desk is compared with it soon (Recheck). It is news.ErrInvalid if the row is none, news.ErrConflict if another row says the same of the same words, and
// news.ErrNotFound if id is nobody's.
func (r *Room) SaveTerm(ctx context.Context, id string, row term.Row, by string) (string, error) {
	row = row.Tidy()
	if err := row.Check(); err != nil {
		return "", fmt.Errorf("%w: %w", err, news.ErrInvalid)
	}
	t := store.Term{ID: id, Row: row, By: orCommand(by), ChangedAt: r.now()}
	err := r.Store.Tx(ctx, func(tx *store.Tx) error {
		changed := []term.Row{row}
		if id == "" {
			t.ID = store.NewID()
		} else {
			was, err := tx.Term(ctx, id)
			if err != nil {
				return err
			}
			changed = append(changed, was.Row)
		}
		if err := tx.SaveTerm(ctx, t); err != nil {
			return err
		}
		return r.recheck(ctx, tx, changed...)
	})
	return t.ID, err
}

// RemoveTerm takes a row out of the glossary. It is news.ErrNotFound if it is not there.
func (r *Room) RemoveTerm(ctx context.Context, id string) error {
	return r.Store.Tx(ctx, func(tx *store.Tx) error {
		t, err := tx.Term(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.RemoveTerm(ctx, id); err != nil {
			return err
		}
		return r.recheck(ctx, tx, t.Row)
	})
}

// ImportTerms adds rows to the glossary, all of them or none. A row that says what one of the glossary says takes its place.
// It is news.ErrInvalid if one of them is none.
func (r *Room) ImportTerms(ctx context.Context, rows []term.Row, by string) (added, changed int, err error) {
	for _, row := range rows {
		if err := row.Tidy().Check(); err != nil {
			return 0, 0, fmt.Errorf("%w: %w", err, news.ErrInvalid)
		}
	}
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		var tidy []term.Row
		for _, row := range rows {
			fresh, err := tx.MergeTerm(ctx, store.Term{ID: store.NewID(), Row: row.Tidy(), By: orCommand(by), ChangedAt: r.now()})
			if err != nil {
				return err
			}
			if fresh {
				added++
			} else {
				changed++
			}
			tidy = append(tidy, row.Tidy())
		}
		return r.recheck(ctx, tx, tidy...)
	})
	if err != nil {
		return 0, 0, err
	}
	return added, changed, nil
}
