package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

func sources(list []store.Term) string {
	var s []string
	for _, t := range list {
		s = append(s, t.Source)
	}
	return strings.Join(s, ", ")
}

func TestGlossary(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		rows := []term.Row{
			{From: "en", To: "fr", Source: "arms control", Target: "maîtrise des armements", Rule: term.Must, Note: "the ministry’s usage"},
			{From: "en", To: "fr", Source: "arms control", Target: "contrôle des armes", Rule: term.Never},
			{From: "en", To: "pt-PT", Source: "Bus", Target: "autocarro", Rule: term.Must, SourceForms: []string{"coach", "buses"}, TargetForms: []string{"camioneta"}},
			{From: "en", To: "pt", Source: "100% true", Target: "verdade", Rule: term.May},
			{From: "en", Source: "Time", Rule: term.Keep, Case: true},
			{Kind: term.Person, From: "ru", To: "fr", Source: "Сергей РЯБКОВ", Rule: term.Must, Home: "ru"},
		}
		var saved []store.Term
		for i, r := range rows {
			saved = append(saved, store.Term{ID: store.NewID(), Row: r, By: "Ann", ChangedAt: int64(i)})
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, row := range saved {
				if err := tx.SaveTerm(ctx, row); err != nil {
					return err
				}
			}
			return nil
		})
		for _, want := range saved {
			equal(t, must(s.Term(ctx, want.ID))(t), want)
		}
		for _, c := range []struct {
			name string
			q    store.TermQuery
			want string
		}{
			{"all, whatever their capitals", store.TermQuery{Limit: 9}, "100% true, arms control, arms control, Bus, Time, Сергей РЯБКОВ"},
			{"of one language", store.TermQuery{From: "ru", Limit: 9}, "Сергей РЯБКОВ"},
			{"of a pair", store.TermQuery{From: "en", To: "fr", Limit: 9}, "arms control, arms control"},
			{"for every language", store.TermQuery{From: "en", EveryTo: true, Limit: 9}, "Time"},
			{"by a translation", store.TermQuery{Words: "ARMEMENTS", Limit: 9}, "arms control"},
			{"by a note", store.TermQuery{Words: "ministry", Limit: 9}, "arms control"},
			{"by a further form", store.TermQuery{Words: "camio", Limit: 9}, "Bus"},
			{"in another script", store.TermQuery{Words: "рябков", Limit: 9}, "Сергей РЯБКОВ"},
			{"a sign that is none to the database", store.TermQuery{Words: "0%", Limit: 9}, "100% true"},
			{"nor this one", store.TermQuery{Words: "b_s", Limit: 9}, ""},
			{"what is not there", store.TermQuery{Words: "harbour", Limit: 9}, ""},
		} {
			if got := sources(must(s.FindTerms(ctx, c.q))(t)); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
		var walked []store.Term
		for q := (store.TermQuery{Limit: 1}); ; q.After = walked[len(walked)-1] {
			page := must(s.FindTerms(ctx, q))(t)
			if len(page) == 0 {
				break
			}
			walked = append(walked, page...)
		}
		equal(t, walked, must(s.FindTerms(ctx, store.TermQuery{Limit: 9}))(t))

		if got := sources(must(s.TermsInto(ctx, "en", "pt"))(t)); got != "100% true, Bus, Time" {
			t.Errorf("into Portuguese: %s", got)
		}
		equal(t, must(s.TermPairs(ctx))(t), []store.TermPair{{"en", "", 1}, {"en", "fr", 2}, {"en", "pt", 1}, {"en", "pt-PT", 1}, {"ru", "fr", 1}})

		again := saved[0]
		again.ID, again.Note = store.NewID(), "the same words again"
		err := s.Tx(ctx, func(tx *store.Tx) error { return tx.SaveTerm(ctx, again) })
		is(t, err, news.ErrConflict)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			added, err := tx.MergeTerm(ctx, again)
			if added {
				t.Error("a row that was there is said to be new")
			}
			return err
		})
		equal(t, must(s.Term(ctx, saved[0].ID))(t).Note, "the same words again")
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			changed := saved[1]
			changed.Rule, changed.Target = term.May, "limitation des armements"
			if err := tx.SaveTerm(ctx, changed); err != nil {
				return err
			}
			return tx.RemoveTerm(ctx, saved[0].ID)
		})
		equal(t, must(s.Term(ctx, saved[1].ID))(t).Target, "limitation des armements")
		_, err = s.Term(ctx, saved[0].ID)
		is(t, err, news.ErrNotFound)
		is(t, s.Tx(ctx, func(tx *store.Tx) error { return tx.RemoveTerm(ctx, saved[0].ID) }), news.ErrNotFound)
	})
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		o := storetest.AddOutlet(t, s, "The Harbour Post", "https://harbour.example", "en", news.Terms{})
		original := storetest.AddOriginal(t, s, o, "https://harbour.example/a", parse(t, "lang  en\ntitle  A\n\np  Yes."), 1)
		a := storetest.AddDraft(t, s, original, parse(t, "lang  fr\ntitle  B\n\np  Oui."), 2)
		e := storetest.AddEditor(t, s, "Ann", news.Reviewer)
		empty := must(s.MemoryState(ctx, "en", "fr"))(t)
		equal(t, empty, store.MemoryState{})
		long := strings.Repeat("a very long sentence, ", 500)
		remember := func(to, source, target string, at int64) {
			write(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.Remember(ctx, store.Confirmed{From: "en", To: to, Source: source, Target: target, Article: a.ID, By: e.ID, At: at})
			})
		}
		remember("fr", "Yes.", "Oui.", 3)
		remember("fr", long, "x", 4)
		remember("pt", "Yes.", "Sim.", 5)
		before := must(s.MemoryState(ctx, "en", "fr"))(t)
		remember("fr", "Yes.", "Si.", 6)
		equal(t, must(s.Memory(ctx, "en", "fr"))(t), []store.Confirmed{
			{From: "en", To: "fr", Source: long, Target: "x", Article: a.ID, By: e.ID, At: 4},
			{From: "en", To: "fr", Source: "Yes.", Target: "Si.", Article: a.ID, By: e.ID, At: 6},
		})
		after := must(s.MemoryState(ctx, "en", "fr"))(t)
		if after == before || after.Count != 2 {
			t.Errorf("a sentence was confirmed anew, and the state stays %+v", after)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Forget(ctx, a.ID) })
		equal(t, must(s.MemoryState(ctx, "en", "fr"))(t), empty)
	})
}
