package store_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// What readers see of statements follows the article's state, its public revision, and the outlet's terms of today.
func TestPublicStatementsByID(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		full := news.Terms{Basis: "licence", Licence: "CC-BY-4.0", Translate: true, ByMachine: true, FullText: true, Excerpt: true}
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", full)
		source := doc.Document{Lang: "en", Title: doc.Text{S: "Two words"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "“Yes,” she said. “No,” he said."}}}}
		original := storetest.AddOriginal(t, s, o, "https://meridian.example/1", source, 1)
		she := news.Speaker{ID: store.NewID(), Slug: "she", CreatedAt: 1}
		words := func(w string, by statement.Speaker) news.Statement {
			return news.Statement{At: 1000, Statement: statement.Statement{Kind: statement.Direct, Text: w, Speaker: by}}
		}
		var list []news.Statement
		storetest.Do(t, s, func(tx *store.Tx) (err error) {
			if err := tx.AddSpeaker(t.Context(), she); err != nil {
				return err
			}
			list, err = tx.SaveStatements(t.Context(), original, []news.Statement{words("“Yes,”", statement.Speaker{ID: she.ID, Name: "She", Role: "mayor"}), words("“No,”", statement.Speaker{Name: "He"})}, []string{"b1"}, 1)
			return err
		})
		translation := source
		translation.Lang = "fr"
		a := storetest.AddDraft(t, s, original, translation, 1)
		storetest.Do(t, s, func(tx *store.Tx) error {
			var places []news.StatementPlace
			for i, x := range list {
				places = append(places, news.StatementPlace{Statement: x.ID, Start: i * 10, End: i*10 + 3, Words: []string{"« Oui »", "« Non »"}[i]})
			}
			return tx.SavePlaces(t.Context(), a, 1, places)
		})
		ids := []string{list[1].ID, store.NewID(), list[0].ID}
		seen := func(tag string) (words []string) {
			t.Helper()
			found, err := s.PublicStatementsByID(t.Context(), tag, ids)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range found {
				words = append(words, p.Place.Words)
			}
			return words
		}
		pages := func() []store.SpeakerAddress {
			t.Helper()
			found, err := s.SpeakerAddresses(t.Context(), 0, 10)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if got := seen("fr"); got != nil || len(pages()) != 0 {
			t.Errorf("a draft shows %q", got)
		}
		a = storetest.Publish(t, s, a.ID, "deux-mots", 5000)
		if got := seen("fr"); !slices.Equal(got, []string{"« Non »", "« Oui »"}) {
			t.Errorf("readers see %q, in the order that was asked for", got)
		}
		if got := seen("pt"); got != nil {
			t.Errorf("readers of another language see %q", got)
		}
		if got := pages(); !slices.Equal(got, []store.SpeakerAddress{{Lang: "fr", Slug: "she", ChangedAt: 5000}}) {
			t.Errorf("addresses %+v", got)
		}
		// Of names and offices only those that readers can find are left, and those that the house gave.
		storetest.Do(t, s, func(tx *store.Tx) error {
			for _, name := range []news.SpeakerName{{Lang: "en", Name: "She"}, {Lang: "de", Name: "Sie"}, {Lang: "fr", Name: "Elle", Source: news.FromEditor}} {
				name.Speaker, name.LastAt = she.ID, 1
				if name.Source == "" {
					name.Source = news.FromArticle
				}
				if _, err := tx.SawName(t.Context(), name); err != nil {
					return err
				}
			}
			for _, role := range []news.SpeakerRole{{Lang: "en", Role: "Mayor"}, {Lang: "de", Role: "Bürgermeisterin"}} {
				role.Speaker, role.Source, role.LastAt = she.ID, news.FromArticle, 9000
				if _, err := tx.SawRole(t.Context(), role); err != nil {
					return err
				}
			}
			return nil
		})
		known, err := s.Speaker(t.Context(), she.ID)
		if err != nil {
			t.Fatal(err)
		}
		public, err := s.PublicSpeaker(t.Context(), known)
		if err != nil || len(known.Names) != 3 || len(public.Names) != 2 || len(public.Roles) != 1 || public.Roles[0].Role != "Mayor" || public.Roles[0].FirstAt != 1000 {
			t.Errorf("of %+v readers know %+v: %v", known, public, err)
		}
		page, err := s.Published(t.Context(), "fr", "deux-mots")
		if err != nil {
			t.Fatal(err)
		}
		in, err := s.PublicStatementsIn(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		of, err := s.PublicStatementsOf(t.Context(), a.ID)
		if err != nil || len(in) != 2 || !reflect.DeepEqual(in, of) {
			t.Errorf("of the article %+v, in it %+v: %v", of, in, err)
		}
		if outlets, err := s.PublicOutlets(t.Context(), "fr"); err != nil || len(outlets) != 1 || outlets[0].ID != o.ID {
			t.Errorf("outlets %+v, %v", outlets, err)
		}
		if list, err := s.PublicSpeakerNames(t.Context(), "fr", 10); err != nil || len(list) != 1 || list[0].ID != she.ID || len(list[0].Names) != 2 || len(list[0].Roles) != 1 {
			t.Errorf("speakers %+v, %v", list, err)
		}
		if outlets, err := s.PublicOutlets(t.Context(), "pt"); err != nil || len(outlets) != 0 {
			t.Errorf("outlets in another language %+v, %v", outlets, err)
		}
		e := storetest.AddEditor(t, s, "Ana", news.Publisher)
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddReview(t.Context(), news.Review{ID: store.NewID(), Article: a.ID, Revision: 1, By: e.ID, At: 1, Decision: "approved"})
		})
		if got := pages(); len(got) != 1 || !got[0].Read {
			t.Errorf("addresses %+v", got)
		}
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: o.ID, FromAt: 6000, Basis: "quotation"})
		})
		if got := seen("fr"); got != nil || len(pages()) != 0 {
			t.Errorf("an outlet that took its leave back shows %q", got)
		}
		if in, err := s.PublicStatementsIn(t.Context(), store.Public{Article: a, Terms: news.Terms{Basis: "quotation"}}); in != nil || err != nil {
			t.Errorf("its article still shows %v, %v", in, err)
		}
		if list, err := s.PublicSpeakerNames(t.Context(), "fr", 10); err != nil || len(list) != 0 {
			t.Errorf("speakers %+v, %v", list, err)
		}
		if outlets, err := s.PublicOutlets(t.Context(), "fr"); err != nil || len(outlets) != 0 {
			t.Errorf("outlets that took their leave back %+v, %v", outlets, err)
		}
		if got, err := s.PublicStatementsByID(t.Context(), "fr", nil); got != nil || err != nil {
			t.Errorf("none asked for: %v %v", got, err)
		}
	})
}

func TestLit(t *testing.T) {
	tests := []struct {
		name, query, text string
		want              []string
	}{
		{"a word", "glace", "La glace, la Glacé.", []string{"glace", "Glacé"}},
		{"an ending", "troops", "No troop, no trooper; atroop.", []string{"troop", "trooper"}},
		{"an accent that is a sign of its own", "été", "L’e\u0301te\u0301 est là.", []string{"e\u0301te\u0301"}},
		{"a phrase", "“combat troops”", "Troops without combat.", []string{"Troops", "combat"}},
		{"another script", "паром", "«Паром пойдёт»", []string{"Паром"}},
		{"a number", "214", "214 houses, 2145 doors", []string{"214"}},
		{"nothing asked", "", "Words.", nil},
		{"nothing there", "ferry", "A train.", nil},
		{"not UTF-8", "a\xff", "a\xff b", []string{"a"}},
	}
	for _, test := range tests {
		var got []string
		for _, w := range store.Lit(test.query, test.text) {
			got = append(got, test.text[w[0]:w[1]])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
