package newsroom_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A split hands statements over in parts, of which nobody sees anything before the end. What one that was killed left is taken along by
// the next, and undoing that gives back what a merging before had brought.
func TestASplitGoesOnWhereOneWasKilled(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true})
		d := doc.Document{Lang: "en", Title: doc.Text{S: "Much was said"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "Much."}}}}
		original := storetest.AddOriginal(t, b.store, o, "https://post.example/1", d, 1_700_000_000_000)
		one := news.Speaker{ID: store.NewID(), Kind: term.Person, CreatedAt: 1}
		merged := news.Speaker{ID: store.NewID(), Kind: term.Person, CreatedAt: 1}
		killed := news.Speaker{ID: store.NewID(), Kind: term.Person, CreatedAt: 1}
		const own, brought, left = 450, 20, 30 // of the other name: the speaker's own, of one who was merged, of a split that was killed
		var names []string
		b.ok(b.store.Tx(ctx, func(tx *store.Tx) error {
			for _, x := range []news.Speaker{one, merged, killed} {
				if err := tx.AddSpeaker(ctx, x); err != nil {
					return err
				}
			}
			for _, name := range []string{"Marta Kolen", "Martha Kohlen"} {
				id, err := tx.SawName(ctx, news.SpeakerName{Speaker: one.ID, Lang: "en", Name: name, Source: news.FromArticle, LastAt: 1})
				if err != nil {
					return err
				}
				names = append(names, id)
			}
			var list []news.Statement
			for i := range own + brought + left + 1 {
				s := statement.Statement{Kind: statement.Direct, Text: fmt.Sprintf("“Word %d”", i), Speaker: statement.Speaker{ID: one.ID, Name: "Martha Kohlen", State: statement.Named}}
				if i >= own && i < own+brought {
					s.Speaker.ID = merged.ID
				}
				if i == own+brought+left {
					s.Speaker.Name = "Marta Kolen"
				}
				list = append(list, news.Statement{At: int64(i+1) * 1000, Statement: s})
			}
			kept, err := tx.SaveStatements(ctx, original, list, []string{"b1"}, 1)
			if err != nil {
				return err
			}
			for _, x := range []news.Speaker{merged, killed} {
				if err := tx.MarkMerged(ctx, x.ID, one.ID, 1); err != nil {
					return err
				}
			}
			var ids []string
			for _, s := range kept[own+brought : own+brought+left] {
				ids = append(ids, s.ID)
			}
			_, err = tx.GiveStatements(ctx, ids, killed.ID)
			return err
		}))
		count := func(when, speaker string, want int) {
			t.Helper()
			if s := b.speaker(speaker); s.ID != speaker || s.Said != want {
				t.Errorf("%s: %d statements, want %d", when, s.Said, want)
			}
			if list, err := b.store.StatementsNamed(ctx, speaker); err != nil || len(list) != want {
				t.Errorf("%s: %d found, want %d: %v", when, len(list), want, err)
			}
		}
		count("after one was killed", one.ID, own+brought+left+1)
		stopped, stop := context.WithCancel(ctx)
		stop()
		if _, _, err := b.SplitSpeaker(stopped, one.ID, names[1:], "Ann"); err == nil {
			t.Error("what was stopped went on")
		}
		event, fresh, err := b.SplitSpeaker(ctx, one.ID, names[1:], "Ann")
		b.ok(err)
		count("split", one.ID, 1)
		count("split", fresh.ID, own+brought+left)
		if !slices.ContainsFunc(fresh.Names, func(n news.SpeakerName) bool { return n.Name == "Martha Kohlen" }) || len(b.speaker(one.ID).Names) != 1 {
			t.Errorf("%+v", fresh.Names)
		}
		b.ok(b.UndoChange(ctx, event, "Ann"))
		count("together again", one.ID, own+brought+left+1)
		b.ok(b.store.Tx(ctx, func(tx *store.Tx) error { return tx.MarkMerged(ctx, merged.ID, "", 2) }))
		count("the merging undone", one.ID, own+left+1)
		count("the merging undone", merged.ID, brought)
	})
}
