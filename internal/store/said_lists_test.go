package store_test

import (
	"fmt"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A list shows of each story and of each statement's doubts a part, asked for at once.
func TestPartsOfStories(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		full := news.Terms{Basis: "licence", Licence: "CC-BY-4.0", Translate: true, ByMachine: true, FullText: true, Excerpt: true}
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", full)
		d := doc.Document{Lang: "en", Title: doc.Text{S: "Word"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "“Yes,” she said."}}}}
		f := d
		f.Lang = "fr"
		var said []news.Statement
		for i := range 30 { // 24 are published
			original := storetest.AddOriginal(t, s, o, fmt.Sprint("https://meridian.example/", i), d, 1)
			storetest.Do(t, s, func(tx *store.Tx) error {
				list, err := tx.SaveStatements(t.Context(), original, []news.Statement{{At: int64(i+1) * 1000, Statement: statement.Statement{Kind: statement.Direct, Text: "“Yes,”"}}}, []string{"b1"}, 1)
				said = append(said, list...)
				return err
			})
			if i >= 24 {
				continue
			}
			a := storetest.AddDraft(t, s, original, f, 1)
			a = storetest.Publish(t, s, a.ID, fmt.Sprint("word-", i), 5000)
			storetest.Do(t, s, func(tx *store.Tx) error {
				return tx.SavePlaces(t.Context(), a, a.Public, []news.StatementPlace{{Statement: said[i].ID, End: 3, Words: "Oui"}})
			})
		}
		link := func(a, b news.Statement, state news.LinkState, score float64) {
			storetest.Do(t, s, func(tx *store.Tx) error {
				if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: a.ID, B: b.ID, Score: score, Why: "days", State: state, At: 1}); err != nil {
					return err
				}
				return tx.Relate(t.Context(), a.ID, b.ID)
			})
		}
		for i := 1; i < 26; i++ { // two of them unpublished
			link(said[0], said[i], news.LinkFound, .9)
		}
		link(said[26], said[27], news.LinkFound, .9)
		for i := 1; i < 12; i++ {
			link(said[29], said[i], news.LinkPerhaps, float64(i)/20)
		}
		story, other := said[0].ID, said[26].ID
		parts, err := s.PublicStoryParts(t.Context(), "fr", []string{story, other, "none"})
		if err != nil {
			t.Fatal(err)
		}
		part := parts[story]
		if len(parts) != 1 || len(part.Statements) != 20 || part.Statements[0].ID != said[0].ID || part.Statements[19].ID != said[19].ID || part.Items != 26 || part.Statements[3].OriginalURL != "https://meridian.example/3" || part.Statements[3].Outlet.Name != "Meridian" {
			t.Errorf("%d stories, %d statements, %d articles", len(parts), len(part.Statements), part.Items)
		}
		perhaps, err := s.PerhapsOf(t.Context(), []string{said[29].ID, said[5].ID, said[20].ID})
		if err != nil {
			t.Fatal(err)
		}
		if of := perhaps[said[29].ID]; len(of) != 8 || of[0].Other(said[29].ID) != said[11].ID || len(perhaps[said[5].ID]) != 1 || len(perhaps[said[20].ID]) != 0 {
			t.Errorf("perhaps %+v", perhaps)
		}
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: o.ID, FromAt: 6000, Basis: "quotation"})
		})
		if parts, err := s.PublicStoryParts(t.Context(), "fr", []string{story}); err != nil || len(parts) != 0 {
			t.Errorf("of an outlet that closed: %+v, %v", parts, err)
		}
	})
}
