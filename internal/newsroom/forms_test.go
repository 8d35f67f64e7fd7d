package newsroom_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

// A page that shows a part of its article is read in the form for small devices, if that form has far more of the same article.
func TestTheFormThatHasMore(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		words := newsroomtest.Words
		b.outlet.Add("amp/flood", "Small", words("x"))
		b.outlet.Add("flood", "A flood in the valley", words("x"))
		b.outlet.Raw("flood", pageOf(`<link rel="amphtml" href="/amp/flood">`, "A flood in the valley", words("flood")))
		b.outlet.Raw("amp/flood", pageOf("", "A flood in the valley", words("flood"), words("river"), words("bridge"), words("mayor"), words("weather"), words("harbour"), words("dam")))
		b.follow("fr")
		for _, a := range b.titled("A flood in the valley") {
			i, err := b.store.Item(t.Context(), a.Item)
			b.ok(err)
			d, o, err := b.store.OriginalOf(t.Context(), a.Item)
			b.ok(err)
			report, err := b.store.Report(t.Context(), o.ID)
			b.ok(err)
			if strings.Contains(i.URL, "amp") {
				continue
			}
			if len(d.Blocks) != 7 || !strings.Contains(strings.Join(report.Notes, "|"), "other form") {
				t.Errorf("%s has %d blocks, notes %q", i.URL, len(d.Blocks), report.Notes)
			}
			if changed, err := b.Room.Reread(t.Context(), a.Item); err != nil || changed {
				t.Errorf("read again: changed %v, %v", changed, err)
			}
			return
		}
		t.Error("no article was taken")
	})
}

// An article whose second page cannot be read is not whole, and waits for leave.
func TestAPageOfAnArticleIsGone(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("x"))
		b.outlet.Raw("flood", pageOf(`<link rel="next" href="/flood/2">`, "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		o := b.follow("fr")
		items := b.itemsIn(o, "asks")
		if len(items) != 1 || !strings.Contains(items[0].Why, "/flood/2") {
			t.Errorf("items that ask: %+v", items)
		}
	})
}

// What is no web page is kept as it came and said; nobody asks the outlet for it again and again.
func TestWhatIsNoPageFails(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("x"))
		b.outlet.Raw("flood", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n")
		o := b.follow("fr")
		items := b.itemsIn(o, "failed")
		if len(items) != 1 || !strings.Contains(items[0].Why, "PDF") {
			t.Fatalf("items that failed: %+v", items)
		}
		page, err := b.store.PageOf(t.Context(), items[0].ID)
		b.ok(err)
		if !strings.HasPrefix(string(page.Body), "%PDF") {
			t.Errorf("kept is %q", page.Body)
		}
		asked := b.outlet.Requests("/flood")
		b.work()
		if n := b.outlet.Requests("/flood"); n != asked || asked != 1 {
			t.Errorf("asked %d times, then %d", asked, n)
		}
	})
}

// Where the first form that a page names is of no use, the second is read.
func TestTheSecondFormOfAPage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		words := newsroomtest.Words
		b.outlet.Add("flood", "x", "x")
		b.outlet.Raw("flood", pageOf(`<link rel="alternate" media="print" href="/print/flood"><link rel="amphtml" href="/amp/flood">`, "A flood in the valley", words("flood")))
		b.outlet.Add("amp/flood", "x", "x")
		b.outlet.Raw("amp/flood", pageOf("", "A flood in the valley", words("flood"), words("river"), words("bridge"), words("mayor")))
		item := b.taken("flood") // its form for print is not there
		d, o, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		report, err := b.store.Report(t.Context(), o.ID)
		b.ok(err)
		if len(d.Blocks) != 4 || !strings.Contains(strings.Join(report.Notes, "|"), "/amp/flood") || b.outlet.Requests("/print/flood") != 1 {
			t.Errorf("%d blocks, notes %q", len(d.Blocks), report.Notes)
		}
		if changed, err := b.Room.Reread(t.Context(), item.ID); err != nil || changed {
			t.Errorf("read again: changed %v, %v", changed, err)
		}
	})
}

// An article of more pages than are read is not whole, and waits for leave.
func TestAnArticleOfTooManyPages(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		for last, state := range map[int]string{20: "taken", 21: "asks"} {
			name := map[int]string{20: "flood", 21: "lake"}[last]
			for n := 1; n <= last; n++ {
				slug, head := fmt.Sprintf("%s/%d", name, n), ""
				if n == 1 {
					slug = name
				}
				if n < last {
					head = fmt.Sprintf(`<link rel="next" href="/%s/%d">`, name, n+1)
				}
				b.outlet.Add(slug, "x", "x")
				b.outlet.Raw(slug, pageOf(head, "What is known of the "+name, newsroomtest.Words(slug)))
			}
			item := b.taken(name)
			d, o, err := b.store.OriginalOf(t.Context(), item.ID)
			b.ok(err)
			report, err := b.store.Report(t.Context(), o.ID)
			b.ok(err)
			if item.State != state || len(d.Blocks) != 20 || strings.Contains(strings.Join(report.Notes, "|"), "more than 20 pages") != (last > 20) || state == "asks" && !strings.Contains(item.Why, "/21") {
				t.Errorf("%d pages: %s: %s, %d blocks, notes %q", last, item.State, item.Why, len(d.Blocks), report.Notes)
			}
		}
	})
}
