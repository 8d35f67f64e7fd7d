package newsroom_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
)

// storyAbout is an article of some length that shares no sentence with one about something else.
func storyAbout(topic string) []string {
	var list []string
	for i := range 6 {
		list = append(list, fmt.Sprintf("Part %d of the %s report says that %s number %d was seen near %s gate %d before the %s commission wrote down page %d of its findings on %s.", i, topic, topic, 7*i+3, topic, 3*i+1, topic, 11*i, topic))
	}
	return list
}

// One canonical address on two pages makes them one article if their texts are, and two if not; what was found of the address is said, also when
// the page is read again.
func TestACanonicalAddressThatIsShared(t *testing.T) {
	flood, storm := storyAbout("flood"), storyAbout("storm")
	const consent = `<html lang="en"><head><title>Before you continue</title><link rel="canonical" href="/door"></head><body><main><h1>Before you continue</h1><p>We and our partners use cookies and personal data for advertising and to measure our audience. With your consent we store cookies on your device.</p><p>You may accept all or manage your choices in the privacy settings of this page, and the cookies of our advertising partners are described there in a list.</p><button>Accept</button></main></body></html>`
	named := func(canonical string) string { return `<link rel="canonical" href="` + canonical + `">` }
	for _, c := range []struct {
		what                  string
		first, second         string // paths
		firstPage, secondPage string
		twin                  bool
		note                  string // of the second's report
	}{
		{"the same text", "/law/first", "/region/second", pageOf(named("/story"), "Flood report", flood...), pageOf(named("/story"), "Flood report", flood...), true, ""},
		{"the same text, grown and under another headline", "/law/first", "/region/second", pageOf(named("/story"), "Flood report", flood[:4]...), pageOf(named("/story"), "What is known by now", flood...), true, ""},
		{"the address of the other itself", "/story", "/region/second", pageOf("", "Flood report", flood...), pageOf(named("/story"), "Flood report", flood...), true, ""},
		{"another text", "/law/first", "/region/second", pageOf(named("/story"), "Flood report", flood...), pageOf(named("/story"), "Storm report out", storm...), false, "as does another article: "},
		{"another text under a like headline", "/law/first", "/region/second", pageOf(named("/story"), "Report of the day", flood...), pageOf(named("/story"), "Report of the day", storm...), false, "as does another article: "},
		{"another text, and the address of the other itself", "/story", "/region/second", pageOf("", "Flood report", flood...), pageOf(named("/story"), "Storm report out", storm...), false, "as does another article: "},
		{"short texts under one headline", "/law/first", "/region/second", pageOf(named("/story"), "Flood report", newsroomtest.Words("flood")), pageOf(named("/story"), "Flood report", newsroomtest.Words("flood")), true, ""},
		{"a section", "/law/first-of-the-day", "/law/second-of-the-day", pageOf(named("/law"), "Flood report", flood...), pageOf(named("/law"), "Storm report out", storm...), false, "a front page or a section"},
		{"a section in a language", "/en/law/2026/11/first", "/en/law/2026/11/second", pageOf(named("/en/law/"), "Flood report", flood...), pageOf(named("/en/law/"), "Storm report out", storm...), false, "a front page or a section"},
		{"the front page of a language", "/en/first", "/en/second", pageOf(named("/en"), "Flood report", flood...), pageOf(named("/en"), "Storm report out", storm...), false, "a front page or a section"},
		{"the front page, written with two slashes", "/law/first-of-the-day", "/law/second-of-the-day", pageOf(named("http://HOST//"), "Flood report", flood...), pageOf(named("http://HOST/%2F"), "Storm report out", storm...), false, "a front page or a section"},
		{"a page of an article", "/law/the-flood-report", "/law/the-flood-report/print", pageOf("", "Flood report", flood...), pageOf(named("/law/the-flood-report"), "Flood report", flood...), true, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				ctx := t.Context()
				base, _ := site(t, b, map[string]string{c.first: c.firstPage, c.second: c.secondPage})
				var items []string
				for _, path := range []string{c.first, c.second} {
					id, err := b.TakeURL(ctx, base+path, []string{"fr"})
					b.ok(err)
					b.work()
					items = append(items, id)
				}
				second, err := b.store.Item(ctx, items[1])
				b.ok(err)
				want := 2
				if c.twin {
					want = 1
				}
				if n := len(b.articles()); n != want || (second.State == "twin") != c.twin {
					t.Fatalf("%d articles, the second item is %s: %s", n, second.State, second.Why)
				}
				if c.twin {
					return
				}
				notes := func(when string) {
					t.Helper()
					o, err := b.store.NewestOriginal(ctx, items[1])
					b.ok(err)
					report, err := b.store.Report(ctx, o.ID)
					b.ok(err)
					n := strings.Count(strings.Join(report.Notes, "\n"), c.note)
					if n != 1 || strings.Contains(c.note, "another") && !strings.Contains(strings.Join(report.Notes, "\n"), base+c.first) {
						t.Errorf("%s: notes %q", when, report.Notes)
					}
				}
				notes("taken")
				if changed, err := b.Room.Reread(ctx, items[1]); err != nil || changed {
					t.Errorf("read again: changed %v, %v", changed, err)
				}
				notes("read again")
				b.ok(b.Room.Retake(ctx, items[1]))
				notes("fetched again")
				if second.Canonical != "" {
					t.Errorf("the address is still known as the second's: %s", second.Canonical)
				}
			})
		})
	}
	t.Run("a demand for consent in front of both", func(t *testing.T) {
		run(t, func(t *testing.T, b *bench) {
			base, _ := site(t, b, map[string]string{"/a": consent, "/b": consent})
			for _, path := range []string{"/a", "/b"} {
				id, err := b.TakeURL(t.Context(), base+path, []string{"fr"})
				b.ok(err)
				b.work()
				if item, err := b.store.Item(t.Context(), id); err != nil || item.State != "asks" {
					t.Errorf("%s is %s: %s, %v", path, item.State, item.Why, err)
				}
			}
		})
	})
}

// A broken site whose every page names one address loses no article, in whatever order its pages come.
func TestASiteOfOneCanonicalAddress(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		pages, entries := map[string]string{}, ""
		topics := []string{"flood", "storm", "bridge", "harbour", "market", "airport"}
		for _, topic := range topics {
			pages["/"+topic] = pageOf(`<link rel="canonical" href="/harbour">`, "The "+topic+" report", storyAbout(topic)...)
			entries += `<item><title>The ` + topic + ` report</title><link>http://HOST/` + topic + `</link></item>`
		}
		pages["/f"] = `<rss version="2.0"><channel><title>Post</title><language>en</language>` + entries + `</channel></rss>`
		base, _ := site(t, b, pages)
		o, err := b.Follow(t.Context(), base+"/f", newsroom.FollowOptions{Into: []string{"fr"}})
		b.ok(err)
		b.work()
		if n := len(b.articles()); n != len(topics) || len(b.itemsIn(o, "twin")) != 0 {
			t.Errorf("%d articles of %d, %d twins", n, len(topics), len(b.itemsIn(o, "twin")))
		}
	})
}

// That an address is shared is said once, also of a page that failed after something of it was kept, and is read again.
func TestASharedAddressIsSaidOnce(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		const named, wall = `<link rel="canonical" href="/story">`, `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Storm report out","isAccessibleForFree":false}</script>`
		pages := map[string]string{"/law/first": pageOf(named, "Flood report", storyAbout("flood")...), "/region/second": pageOf(named+wall, "Storm report out", storyAbout("storm")...)}
		base, _ := site(t, b, pages)
		var id string
		for _, path := range []string{"/law/first", "/region/second"} {
			var err error
			id, err = b.TakeURL(ctx, base+path, []string{"fr"})
			b.ok(err)
			b.work()
		}
		said := func(state string) {
			t.Helper()
			item, err := b.store.Item(ctx, id)
			b.ok(err)
			o, err := b.store.NewestOriginal(ctx, id)
			b.ok(err)
			report, err := b.store.Report(ctx, o.ID)
			b.ok(err)
			if n := strings.Count(strings.Join(report.Notes, "\n"), "as does another article"); item.State != state || n != 1 {
				t.Errorf("%s: said %d times: %q", item.State, n, report.Notes)
			}
		}
		said("asks")
		delete(pages, "/region/second")
		b.ok(b.Retry(ctx, id))
		b.work()
		said("failed")
		_, err := b.Room.Reread(ctx, id)
		b.ok(err)
		said("asks")
		_, err = b.Room.Reread(ctx, id)
		b.ok(err)
		said("asks")
	})
}
