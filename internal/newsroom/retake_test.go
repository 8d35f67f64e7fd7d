package newsroom_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

func (b *bench) flags(a news.Article) []store.StoredFlag {
	b.t.Helper()
	now, err := b.store.Article(b.t.Context(), a.ID)
	b.ok(err)
	flags, err := b.store.Flags(b.t.Context(), a.ID, now.Revision)
	b.ok(err)
	return flags
}

func raised(flags []store.StoredFlag, rule string) bool {
	return slices.ContainsFunc(flags, func(f store.StoredFlag) bool { return f.Rule == rule })
}

// look looks at the outlet and does all that follows.
func (b *bench) look(o news.Outlet) {
	b.t.Helper()
	_, err := b.Room.Check(b.t.Context(), o.ID)
	b.ok(err)
	b.clock = b.clock.Add(time.Hour) // what changes within half an hour is read once
	b.work()
}

func TestOnlyWhatTheOutletChangedIsDraftedAnew(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		first, second, third := newsroomtest.Words("flood"), newsroomtest.Words("river"), newsroomtest.Words("bridge")
		b.outlet.Add("flood", "A flood in the valley", first, second)
		o := b.follow("fr")
		a := b.articles()[0]
		mine := strings.Replace(b.document(a).Blocks[1].Text.S, "COUNCIL", "CONSEIL", 1)
		_, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 1}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		drafted := len(b.translator.Texts())

		// A paragraph comes between the two: only it is translated.
		b.outlet.Add("flood", "A flood in the valley", first, third, second)
		b.look(o)
		d := b.document(a)
		if len(d.Blocks) != 3 || d.Blocks[0].Text.S != strings.ToUpper(first) || d.Blocks[1].Text.S != strings.ToUpper(third) || d.Blocks[2].Text.S != mine {
			t.Fatalf("%s", doc.Format(d))
		}
		if got := b.translator.Texts()[drafted:]; len(got) != 1 || got[0] != third {
			t.Errorf("translated anew: %q", got)
		}
		if raised(b.flags(a), newsroom.RuleChanged) {
			t.Error("an edit that stayed is flagged")
		}
		segments, err := b.store.Segments(t.Context(), a.ID)
		b.ok(err)
		var blocks []int
		for _, s := range segments {
			blocks = append(blocks, s.Place.Block)
			if s.Engine == "" {
				t.Errorf("no engine signs %+v", s)
			}
		}
		if !slices.Equal(blocks, []int{-2, 0, 1, 2}) {
			t.Errorf("sentences in blocks %v", blocks)
		}
		if segments[3].Final != mine || segments[3].Machine == mine {
			t.Errorf("%+v", segments[3])
		}

		// The same page again gives nothing.
		before := b.articles()[0].Revision
		b.ok(b.Room.Retake(t.Context(), a.Item))
		if n := b.articles()[0].Revision; n != before {
			t.Errorf("revision %d from a page that did not change", n)
		}
	})
}

func TestWhatAnEditorChangedAndTheOutletTooIsFlagged(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		first, second := newsroomtest.Words("flood"), newsroomtest.Words("river")
		b.outlet.Add("flood", "A flood in the valley", first, second)
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		mine := strings.Replace(b.document(a).Blocks[1].Text.S, "COUNCIL", "CONSEIL", 1)
		_, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 1}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		b.outlet.Add("flood", "CORRECTED: A flood in the valley", first, newsroomtest.Words("lake"))
		b.look(o)
		flags := b.flags(a)
		if !raised(flags, newsroom.RuleChanged) || !raised(flags, newsroom.RuleCorrected) {
			t.Errorf("flags %+v", flags)
		}
		for _, f := range flags {
			if f.Rule == newsroom.RuleChanged && (f.Suggestion != mine || f.Block != 1) {
				t.Errorf("the editor's words are not at hand: %+v", f)
			}
		}
		p, err := b.store.Published(t.Context(), "fr", "a-flood-in-the-valley")
		b.ok(err)
		if p.Public != 2 || p.Revision != 3 || p.Doc.Blocks[1].Text.S != mine {
			t.Errorf("readers see revision %d of %d", p.Public, p.Revision)
		}
		b.is(b.Correct(t.Context(), a.ID, b.editor.ID, "as the outlet did"), news.ErrDenied) // the flag stops it until somebody looked
	})
}

func TestATypoOfTheOutletIsNotDraftedAnew(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		first, second := newsroomtest.Words("flood"), newsroomtest.Words("river")
		b.outlet.Add("flood", "A flood in the valley", strings.Replace(first, "evening", "evenning", 1), second)
		o := b.follow("fr")
		a := b.articles()[0]
		drafted := len(b.translator.Texts())
		b.outlet.Add("flood", "A flood in the valley", first, second)
		b.look(o)
		if got := b.translator.Texts()[drafted:]; len(got) != 0 {
			t.Errorf("translated anew: %q", got)
		}
		originals, err := b.store.Originals(t.Context(), a.Item)
		b.ok(err)
		if len(originals) != 2 {
			t.Errorf("%d readings are kept", len(originals))
		}
	})
}

func TestAWithdrawalIsForAPerson(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		b.outlet.Status("flood", 410)
		b.ok(b.Room.Retake(t.Context(), a.Item))
		b.ok(b.Room.Retake(t.Context(), a.Item))
		n := 0
		for _, f := range b.flags(a) {
			if f.Rule == newsroom.RuleWithdrawn {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d flags of withdrawal", n)
		}
		if _, err := b.store.Published(t.Context(), "fr", "a-flood-in-the-valley"); err != nil {
			t.Errorf("it was taken from readers without a person: %v", err)
		}
	})
}
