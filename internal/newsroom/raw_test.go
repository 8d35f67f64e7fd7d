package newsroom_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/extract"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// taken takes the page of a slug by its address and returns its item.
func (b *bench) taken(slug string) news.Item {
	b.t.Helper()
	id, err := b.TakeURL(b.t.Context(), b.outlet.URL+"/"+slug, []string{"fr"})
	b.ok(err)
	b.work()
	item, err := b.store.Item(b.t.Context(), id)
	b.ok(err)
	return item
}

// What cannot be read is kept as it came, and read without a request once it can be.
func TestWhatCannotBeReadIsKept(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("x"))
		b.outlet.Raw("flood", strings.Replace(pageOf("", "A flood in the valley", newsroomtest.Mumbled(newsroomtest.Words("flood")), newsroomtest.Mumbled(newsroomtest.Words("river"))), ` lang="en"`, "", 1))
		item := b.taken("flood")
		if item.State != "failed" || !strings.Contains(item.Why, "language") {
			t.Fatalf("%s: %s", item.State, item.Why)
		}
		page, err := b.store.PageOf(t.Context(), item.ID)
		b.ok(err)
		if len(page.SHA256) != 64 || page.Header.Get("Content-Type") == "" {
			t.Errorf("page %+v", page)
		}
		b.ok(b.Retry(t.Context(), item.ID)) // the same bytes are kept once
		b.work()
		again, err := b.store.PageOf(t.Context(), item.ID)
		b.ok(err)
		if again.ID != page.ID {
			t.Error("the same answer is kept twice")
		}
		asked := b.outlet.Requests("/flood")
		b.ok(b.SetLanguage(t.Context(), item.Outlet, "en"))
		b.ok(b.StartRereading(t.Context(), item.Outlet, "Ann"))
		b.work()
		if item, err = b.store.Item(t.Context(), item.ID); err != nil || item.State != "taken" {
			t.Errorf("%s: %s, %v", item.State, item.Why, err)
		}
		if n := b.outlet.Requests("/flood"); n != asked || len(b.articles()) != 1 {
			t.Errorf("%d requests, %d articles", n-asked, len(b.articles()))
		}
	})
}

// Files of another kind fail for good, with what they are; a page is one whatever its server calls it.
func TestFilesThatAreNoPage(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		for _, c := range []struct{ slug, typ, body, state, why string }{
			{"pdf", "application/pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstream\nBT (Hello world this is text that is long enough to be an article) Tj ET\nendstream\n%%EOF", "failed", "PDF"},
			{"picture", "image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "failed", "picture"},
			{"zip", "application/zip", "PK\x03\x04\x14\x00\x00\x00", "failed", "archive"},
			{"plain", "text/plain", pageOf("", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")), "taken", ""},
			{"none", "", pageOf("", "A storm on the coast", newsroomtest.Words("storm"), newsroomtest.Words("coast")), "taken", ""},
		} {
			b.outlet.Add(c.slug, c.slug, "x")
			b.outlet.Raw(c.slug, c.body)
			b.outlet.Header(c.slug, "Content-Type", c.typ)
			item := b.taken(c.slug)
			if item.State != c.state || !strings.Contains(item.Why, c.why) {
				t.Errorf("%s: %s: %s", c.slug, item.State, item.Why)
			}
			if _, err := b.store.PageOf(t.Context(), item.ID); err != nil || b.outlet.Requests("/"+c.slug) != 1 {
				t.Errorf("%s: %d requests, %v", c.slug, b.outlet.Requests("/"+c.slug), err)
			}
			if c.state == "failed" {
				_, err := b.Room.Reread(t.Context(), item.ID)
				b.is(err, extract.ErrNoPage)
				if !newsroom.Final(b.Room.Take(t.Context(), item.ID)) {
					t.Errorf("%s would be tried again and again", c.slug)
				}
			}
		}
	})
}

// The newest bytes are what a later reading reads, also where they changed nothing when they came.
func TestTheNewestBytesAreReadAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		item := b.taken("flood")
		before, err := b.store.PageOf(t.Context(), item.ID)
		b.ok(err)
		b.clock = b.clock.Add(time.Hour)
		b.outlet.Raw("flood", pageOf("<!-- newer -->", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		b.ok(b.Room.Retake(t.Context(), item.ID))
		after, err := b.store.PageOf(t.Context(), item.ID)
		b.ok(err)
		originals, err := b.store.Originals(t.Context(), item.ID)
		b.ok(err)
		if after.ID == before.ID || !strings.Contains(string(after.Body), "newer") || len(originals) != 1 {
			t.Errorf("page %s after %s, %d readings", after.ID, before.ID, len(originals))
		}
	})
}

// What was kept of a look that ended before it was read is read by the next, whatever the outlet says of changes.
func TestALookThatWasCutShort(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		item := b.taken("flood")
		body := pageOf("", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("lake"))
		b.clock = b.clock.Add(time.Hour)
		b.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.SavePage(ctx, store.Page{
				ID: store.NewID(), Item: item.ID, At: b.clock.UnixMilli(), URL: item.URL, Status: 200, Body: []byte(body),
				Header: http.Header{"Etag": {`"2"`}, "Content-Type": {"text/html"}},
			})
		})
		b.outlet.Status("flood", 304)
		b.ok(b.Room.Retake(t.Context(), item.ID))
		d, o, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		if o.N != 2 || len(d.Blocks) != 2 || !strings.Contains(d.Blocks[1].Text.S, "lake") {
			t.Errorf("reading %d: %+v", o.N, d.Blocks)
		}
	})
}

// A server that sends on in a circle until a cookie is kept is asked no more than once round, and the item says so.
func TestACircleOfRedirects(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "x", "x")
		b.outlet.Status("flood", 302)
		b.outlet.Header("flood", "Location", "/door")
		b.outlet.Add("door", "x", "x")
		b.outlet.Status("door", 302)
		b.outlet.Header("door", "Location", "/flood")
		item := b.taken("flood")
		if item.State != "failed" || !strings.Contains(item.Why, "circle") || b.outlet.Requests("/flood") != 1 {
			t.Errorf("%s: %s, %d requests", item.State, item.Why, b.outlet.Requests("/flood"))
		}
	})
}

// An article whose second page is lost stays as it was, and a person is asked; the standfirst of a later page is text.
func TestAnArticleNeverShrinksSilently(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		intro := newsroomtest.Words("bridge")
		b.outlet.Add("flood", "x", "x")
		b.outlet.Add("flood/2", "x", "x")
		b.outlet.Raw("flood", pageOf(`<link rel="next" href="/flood/2">`, "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		b.outlet.Raw("flood/2", strings.Replace(pageOf(`<meta property="og:description" content="`+intro+`">`, "A flood in the valley", intro, newsroomtest.Words("mayor"), newsroomtest.Words("lake")), "<p>", `<p class="intro">`, 1))
		item := b.taken("flood")
		d, o, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		if len(d.Blocks) != 5 || d.Blocks[2].Text.S != intro {
			t.Fatalf("%d blocks: %+v", len(d.Blocks), d.Blocks)
		}
		b.clock = b.clock.Add(time.Hour)
		b.outlet.Status("flood/2", 404)
		b.outlet.Raw("flood", pageOf(`<link rel="next" href="/flood/2"><!-- newer -->`, "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river")))
		b.ok(b.Room.Retake(t.Context(), item.ID))
		_, now, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		if now.ID != o.ID || !raised(b.flags(b.articles()[0]), newsroom.RuleNotWhole) {
			t.Errorf("reading %d, flags %+v", now.N, b.flags(b.articles()[0]))
		}
		b.ok(b.DecideLeave(t.Context(), item.ID, store.LeaveGiven, "Ann"))
		b.work()
		if d, _, err = b.store.OriginalOf(t.Context(), item.ID); err != nil || len(d.Blocks) != 2 {
			t.Errorf("with leave: %d blocks, %v", len(d.Blocks), err)
		}
	})
}

// An article that loses most of its text waits for a person, and one whose address leads to the front page is taken away.
func TestAnArticleThatIsTakenAway(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"), newsroomtest.Words("lake"), newsroomtest.Words("bridge"), newsroomtest.Words("mayor"))
		item := b.taken("flood")
		_, o, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"))
		b.ok(b.Room.Retake(t.Context(), item.ID))
		_, now, err := b.store.OriginalOf(t.Context(), item.ID)
		b.ok(err)
		if now.ID != o.ID || !raised(b.flags(b.articles()[0]), newsroom.RuleNotWhole) {
			t.Errorf("flags %+v", b.flags(b.articles()[0]))
		}
		b.outlet.Status("flood", 302)
		b.outlet.Header("flood", "Location", "/")
		b.ok(b.Room.Retake(t.Context(), item.ID))
		if !raised(b.flags(b.articles()[0]), newsroom.RuleWithdrawn) {
			t.Errorf("flags %+v", b.flags(b.articles()[0]))
		}
		b.outlet.Add("storm", "x", "x")
		b.outlet.Status("storm", 302)
		b.outlet.Header("storm", "Location", "/")
		if item := b.taken("storm"); item.State != "gone" || !strings.Contains(item.Why, "front page") {
			t.Errorf("%s: %s", item.State, item.Why)
		}
	})
}

// The form that a page names is asked for once where the page holds hardly any text or a demand for consent, and never behind a paywall.
func TestTheOtherFormWhereItIsBetter(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("amp", "x", "x")
		b.outlet.Raw("amp", pageOf("", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"), newsroomtest.Words("lake"), newsroomtest.Words("mayor")))
		head := `<link rel="amphtml" href="/amp">`
		consent := `<!doctype html><html lang="en"><head><title>Your privacy</title>` + head + `</head><body><h1>Your privacy</h1><p>We and our 180 partners use cookies and ask for your consent to process personal data for advertising.</p><p>You can accept or refuse cookies in our privacy center at any time.</p></body></html>`
		wall := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A flood in the valley","isAccessibleForFree":false}</script>`
		for _, c := range []struct {
			slug, raw string
			asked     int
		}{
			{"paid", pageOf(head+wall, "A flood in the valley", newsroomtest.Words("flood")), 0},
			{"short", pageOf(head, "A flood in the valley", newsroomtest.Words("flood")), 1},
		} {
			b.outlet.Add(c.slug, "x", "x")
			b.outlet.Raw(c.slug, c.raw)
			before := b.outlet.Requests("/amp")
			item := b.taken(c.slug)
			if n := b.outlet.Requests("/amp") - before; n != c.asked {
				t.Errorf("%s: %d requests", c.slug, n)
			}
			if d, _, err := b.store.OriginalOf(t.Context(), item.ID); c.asked == 1 && (err != nil || len(d.Blocks) != 4) {
				t.Errorf("%s: %d blocks, %v", c.slug, len(d.Blocks), err)
			}
			if changed, err := b.Room.Reread(t.Context(), item.ID); err != nil || changed {
				t.Errorf("%s: read again: %v, %v", c.slug, changed, err)
			}
		}
		b.outlet.Add("consent", "x", "x")
		b.outlet.Raw("consent", consent)
		d, _, err := b.store.OriginalOf(t.Context(), b.taken("consent").ID)
		b.ok(err)
		if len(d.Blocks) != 4 || !strings.Contains(d.Title.S, "flood") {
			t.Errorf("consent: %q, %d blocks", d.Title.S, len(d.Blocks))
		}
	})
}
