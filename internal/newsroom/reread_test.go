package newsroom_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

func TestReadingAgainAsksNobodyAndKeepsEdits(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		first, second := newsroomtest.Words("flood"), newsroomtest.Words("river")
		b.outlet.Add("flood", "A flood in the valley", first, second)
		b.outlet.Raw("flood", withBox("A flood in the valley", first, second))
		o := b.follow("fr")
		a := b.articles()[0]
		at := -1
		for i, block := range b.document(a).Blocks {
			if strings.Contains(block.Text.S, "RIVER") {
				at = i
			}
		}
		mine := strings.Replace(b.document(a).Blocks[at].Text.S, "COUNCIL", "CONSEIL", 1)
		_, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: at}, Text: doc.Text{S: mine}, By: b.editor.ID})
		b.ok(err)
		b.ok(b.SetRule(t.Context(), o.ID, "drop .valley-extra", "Ann"))
		asked, drafted := b.outlet.Requests("/flood"), len(b.translator.Texts())
		b.outlet.Status("flood", 500) // whoever asks learns nothing

		changed, err := b.Room.Reread(t.Context(), a.Item)
		b.ok(err)
		if !changed {
			t.Fatal("the rule changed nothing")
		}
		d, found := b.document(a), false
		for _, block := range d.Blocks {
			found = found || block.Text.S == mine
			if strings.Contains(block.Text.S, "WEATHER") {
				t.Errorf("the box is still there: %s", doc.Format(d))
			}
		}
		if !found {
			t.Errorf("the edit is lost: %s", doc.Format(d))
		}
		if n := b.outlet.Requests("/flood"); n != asked {
			t.Errorf("%d requests were made", n-asked)
		}
		if got := b.translator.Texts()[drafted:]; len(got) != 0 {
			t.Errorf("translated anew: %q", got)
		}
		originals, err := b.store.Originals(t.Context(), a.Item)
		b.ok(err)
		if len(originals) != 2 || originals[0].Page != originals[1].Page {
			t.Errorf("readings %+v", originals)
		}
		revisions, err := b.store.Revisions(t.Context(), a.ID)
		b.ok(err)
		if len(revisions) != 3 || !strings.Contains(revisions[2].Note, "read again") {
			t.Errorf("revisions %+v", revisions)
		}
		report, err := b.store.Report(t.Context(), originals[1].ID)
		b.ok(err)
		if report.Rule != 1 || report.State != "full" || len(report.Found) == 0 {
			t.Errorf("report %+v", report)
		}
		if changed, err = b.Room.Reread(t.Context(), a.Item); err != nil || changed {
			t.Errorf("a second reading changes something: %v", err)
		}
		_, err = b.Room.Reread(t.Context(), "nothing")
		b.is(err, news.ErrNotFound)
	})
}

// Reading all of an outlet's pages again goes in parts, says how far it is, and is not stopped by a page that cannot be read.
func TestReadingAnOutletAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		const pages = 23 // more than one part
		for i := range pages {
			slug, title := fmt.Sprintf("flood-%d", i), fmt.Sprintf("Flood number %d in the valley", i)
			b.outlet.Add(slug, title, newsroomtest.Words(slug), newsroomtest.Words("river"))
			if i%2 == 0 {
				b.outlet.Raw(slug, withBox(title, newsroomtest.Words(slug), newsroomtest.Words("river")))
			}
		}
		o := b.follow("fr")
		for _, item := range b.itemsIn(o, "history") {
			b.ok(b.Retry(t.Context(), item.ID))
		}
		b.work()
		n, err := b.store.CountKept(t.Context(), o.ID)
		b.ok(err)
		if n != pages {
			t.Fatalf("%d pages are kept", n)
		}
		asked := 0
		for i := range pages {
			asked += b.outlet.Requests(fmt.Sprintf("/flood-%d", i))
		}
		b.ok(b.SetRule(t.Context(), o.ID, "drop .valley-extra", "Ann"))
		b.ok(b.StartRereading(t.Context(), o.ID, "Ann"))
		b.ok(b.StartRereading(t.Context(), o.ID, "Bo")) // it goes on already
		x, err := b.store.Rereading(t.Context(), o.ID)
		b.ok(err)
		if x.Items != pages || x.Done != 0 || x.EndedAt != 0 || x.By != "Ann" {
			t.Errorf("begun: %+v", x)
		}
		b.work()
		x, err = b.store.Rereading(t.Context(), o.ID)
		b.ok(err)
		if x.Done != pages || x.Changed != (pages+1)/2 || x.Failed != 0 || x.EndedAt == 0 {
			t.Errorf("ended: %+v", x)
		}
		after := 0
		for i := range pages {
			after += b.outlet.Requests(fmt.Sprintf("/flood-%d", i))
		}
		if after != asked {
			t.Errorf("%d requests were made", after-asked)
		}
	})
}

func (b *bench) itemsIn(o news.Outlet, state string) []news.Item {
	b.t.Helper()
	items, err := b.store.Items(b.t.Context(), o.ID, state, b.clock.UnixMilli()+1, 100)
	b.ok(err)
	return items
}
