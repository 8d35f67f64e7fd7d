package newsroom_test

import (
	"context"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// A page that is fetched again by hand costs no editor a word: what he wrote of a sentence that reads otherwise now stays beside it, the revision
// before stays, and readers see what they saw.
func TestFetchingAgainKeepsEdits(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		first, second := newsroomtest.Words("flood"), newsroomtest.Words("river")
		b.outlet.Add("flood", "A flood in the valley", first, second)
		b.allow(b.follow("fr"))
		a := b.articles()[0]
		mine := strings.Replace(b.document(a).Blocks[1].Text.S, "COUNCIL", "CONSEIL", 1)
		_, err := b.Edit(ctx, newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 1}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		b.ok(b.Publish(ctx, a.ID, "Ann"))
		public, err := b.store.Article(ctx, a.ID)
		b.ok(err)

		b.outlet.Add("flood", "A flood in the valley", first, strings.ReplaceAll(second, "Monday", "Tuesday"))
		asked, queued := b.outlet.Requests("/flood"), len(b.queue)
		for range 2 {
			b.ok(b.FetchAgain(ctx, a.Item))
		}
		if n := len(b.queue) - queued; n != 1 {
			t.Errorf("%d looks are queued", n)
		}
		b.work()
		b.ok(b.FetchAgain(ctx, a.Item)) // once more, when it was done: nothing new
		b.work()
		if n := b.outlet.Requests("/flood") - asked; n != 2 {
			t.Errorf("%d requests", n)
		}
		now, err := b.store.Article(ctx, a.ID)
		b.ok(err)
		if now.Revision != 3 || now.Public != public.Public || now.State != public.State {
			t.Errorf("before %+v, now %+v", public, now)
		}
		kept := false
		for _, f := range b.flags(a) {
			kept = kept || f.Rule == newsroom.RuleChanged && f.Severity == doc.Stop && strings.Contains(f.Message+f.Suggestion, "CONSEIL")
		}
		if !kept {
			t.Errorf("the editor's words are not at hand: %+v", b.flags(a))
		}
		before, _, err := b.store.Document(ctx, a.ID, 2)
		b.ok(err)
		_, err = b.EditDocument(ctx, a.ID, 3, before, b.editor.ID, "back")
		b.ok(err)
		if got := b.document(a).Blocks[1].Text.S; got != mine {
			t.Errorf("brought back is %q", got)
		}
	})
}

// What was not taken is taken anew, by hand too, and a twin is left to the one it is.
func TestFetchingAgainWhatWasNotTaken(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Status("flood", 500)
		item := b.taken("flood")
		if item.State != "failed" {
			t.Fatalf("%+v", item)
		}
		b.outlet.Status("flood", 200)
		b.ok(b.FetchAgain(ctx, item.ID))
		b.work()
		item, err := b.store.Item(ctx, item.ID)
		b.ok(err)
		if item.State != "taken" || len(b.articles()) != 1 {
			t.Errorf("%s: %s", item.State, item.Why)
		}
		b.tx(func(ctx context.Context, tx *store.Tx) error { return tx.MoveItem(ctx, item.ID, "twin", "") })
		b.is(b.FetchAgain(ctx, item.ID), news.ErrConflict)
		b.is(b.FetchAgain(ctx, "none"), news.ErrNotFound)
	})
}

// A page that failed and is read again from what is kept is held against the others as if it had just come.
func TestAFailedPageIsATwin(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		page := pageOf(`<link rel="canonical" href="`+b.outlet.URL+`/flood">`, "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river")))
		b.outlet.Add("copy", "x", "x")
		b.outlet.Raw("copy", strings.Replace(page, ` lang="en"`, "", 1))
		copied := b.taken("copy")
		if copied.State != "failed" {
			t.Fatalf("%+v", copied)
		}
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river")))
		whole := b.taken("flood")
		if _, err := b.Room.Reread(ctx, copied.ID); err != nil { // its outlet's language is known by now
			t.Fatal(err)
		}
		b.work()
		copied, err := b.store.Item(ctx, copied.ID)
		b.ok(err)
		if copied.State != "twin" || copied.Canonical == "" || !strings.Contains(copied.Why, whole.URL) || len(b.articles()) != 1 {
			t.Errorf("%s: %s, canonical %q, %d articles", copied.State, copied.Why, copied.Canonical, len(b.articles()))
		}
	})
}
