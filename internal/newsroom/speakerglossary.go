package newsroom

import (
	"context"
	"errors"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// NameInGlossary makes translations into a language write a speaker's name as it is given, out of each other language in which the speaker
// has one: all of them or, where there is an error, none. A row that the glossary has of the name gets the new form and keeps its rule, its
// further forms and its note. left are the languages of which another row says the same already; nothing was changed for them.
func (r *Room) NameInGlossary(ctx context.Context, speaker, tag, name, by string) (left []string, err error) {
	name = oneLine(name)
	err = r.Store.Tx(ctx, func(tx *store.Tx) error {
		left = nil
		s, err := tx.Speaker(ctx, speaker)
		if err != nil {
			return err
		}
		kind := s.Kind
		if kind == "" {
			kind = term.Person
		}
		done := map[string]bool{}
		var changed []term.Row
		for _, n := range s.Names {
			from := string(lang.Tag(n.Lang).Bare())
			if done[from] || lang.Tag(from).Is(lang.Tag(tag)) {
				continue
			}
			done[from] = true
			t := store.Term{ID: store.NewID(), Row: term.Row{Kind: kind, From: lang.Tag(from), To: lang.Tag(tag), Source: s.In(from), Rule: term.Must, Home: s.Home}}
			same, err := tx.FindTerms(ctx, store.TermQuery{From: from, To: tag, Words: t.Source, Limit: maxRowsOfName})
			if err != nil {
				return err
			}
			for _, was := range same {
				if was.Kind != "" && was.Source == t.Source && was.To == t.To {
					t = was
					break
				}
			}
			t.Target, t.By, t.ChangedAt = name, orCommand(by), r.now()
			t.Row = t.Tidy()
			if err := t.Check(); err != nil {
				return errors.Join(news.ErrInvalid, err)
			}
			switch err := tx.SaveTerm(ctx, t); {
			case errors.Is(err, news.ErrConflict):
				left = append(left, from)
			case err != nil:
				return err
			default:
				changed = append(changed, t.Row)
			}
		}
		return r.recheck(ctx, tx, changed...)
	})
	return left, err
}

// maxRowsOfName is how many rows of the glossary with the words of a name are looked at.
const maxRowsOfName = 50
