package newsroom_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/fetch"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// A bench is a newsroom with one outlet, whose queue a test works by hand.
type bench struct {
	*newsroom.Room
	t          *testing.T
	store      *store.Store
	outlet     *newsroomtest.Outlet
	translator *newsroomtest.Translator
	clock      time.Time
	queue      []job
	waiting    map[string]bool
	editor     news.Editor
}

// run runs f on each database with a newsroom that nobody has worked in.
func run(t *testing.T, f func(t *testing.T, b *bench)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		b := &bench{
			t: t, store: s, outlet: newsroomtest.NewOutlet(t), translator: &newsroomtest.Translator{},
			clock: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), waiting: map[string]bool{},
		}
		b.Room = &newsroom.Room{
			Store: s, Queue: b, Media: t.TempDir(), Now: func() time.Time { return b.clock },
			Fetch:       &fetch.Client{UserAgent: "dragoman/test", Allow: []string{b.outlet.Host()}, Pace: time.Microsecond, Hosts: newsroom.Hosts{Store: s}},
			Translators: b.translator.For, Pairs: b.translator.Pairs,
		}
		b.editor = news.Editor{ID: store.NewID(), Name: "Ann", Role: news.Admin}
		b.tx(func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, b.editor, "h") })
		f(t, b)
	})
}

// A job is work for later.
type job struct {
	what string
	at   time.Time
	do   func() error
}

func (b *bench) add(what string, f func() error) error { return b.addAt(what, time.Time{}, f) }

func (b *bench) addAt(what string, at time.Time, f func() error) error {
	what += at.String()
	if !b.waiting[what] {
		b.waiting[what] = true
		b.queue = append(b.queue, job{what, at, f})
	}
	return nil
}

func (b *bench) Check(ctx context.Context, _ *sql.Tx, outlet string, _ time.Time) error {
	return b.add("check "+outlet, func() error { _, err := b.CheckDue(ctx, outlet); return err })
}

func (b *bench) Take(ctx context.Context, _ *sql.Tx, item string) error {
	return b.add("take "+item, func() error {
		err := b.Room.Take(ctx, item)
		if err != nil {
			return b.Fail(ctx, item, err)
		}
		return nil
	})
}

func (b *bench) Retake(ctx context.Context, _ *sql.Tx, item string, at time.Time) error {
	return b.addAt("retake "+item, at, func() error {
		if err := b.Room.Retake(ctx, item); err != nil {
			return b.FailRetake(ctx, item, err)
		}
		return nil
	})
}

func (b *bench) Reread(ctx context.Context, _ *sql.Tx, item string) error {
	return b.add("reread "+item, func() error {
		_, err := b.Room.Reread(ctx, item)
		if newsroom.Final(err) {
			return b.FailReread(ctx, item, err)
		}
		return err
	})
}

func (b *bench) RereadOutlet(ctx context.Context, _ *sql.Tx, outlet string) error {
	return b.add("reread outlet "+outlet, func() error {
		for {
			if left, err := b.Room.RereadOutlet(ctx, outlet); err != nil || !left {
				return err
			}
		}
	})
}

func (b *bench) Draft(ctx context.Context, _ *sql.Tx, original, lang string) error {
	return b.add("draft "+original+lang, func() error {
		if err := b.Room.Draft(ctx, original, lang); err != nil {
			return b.FailDraft(ctx, original, err)
		}
		return nil
	})
}

func (b *bench) Pictures(ctx context.Context, _ *sql.Tx, article string) error {
	return b.add("pictures "+article, func() error { return b.Room.Pictures(ctx, article) })
}

func (b *bench) Recheck(ctx context.Context, _ *sql.Tx, part newsroom.Recheck) error {
	return b.addAt("recheck "+part.From+part.To+part.After, time.UnixMilli(part.At), func() error { return b.Room.Recheck(ctx, part) })
}

// work does all that is queued and due.
func (b *bench) work() {
	b.t.Helper()
	for i := 0; i < len(b.queue); {
		next := b.queue[i]
		if next.at.After(b.clock) {
			i++
			continue
		}
		b.queue = slices.Delete(b.queue, i, i+1)
		delete(b.waiting, next.what)
		b.ok(next.do())
		i = 0
	}
}

func (b *bench) tx(f func(ctx context.Context, tx *store.Tx) error) {
	b.t.Helper()
	b.ok(b.store.Tx(b.t.Context(), func(tx *store.Tx) error { return f(b.t.Context(), tx) }))
}

func (b *bench) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) is(err, want error, says ...string) {
	b.t.Helper()
	if !errors.Is(err, want) {
		b.t.Fatalf("error %v, want %v", err, want)
	}
	for _, s := range says {
		if !strings.Contains(err.Error(), s) {
			b.t.Fatalf("error %q lacks %q", err, s)
		}
	}
}

// follow follows the outlet and works until nothing is left.
func (b *bench) follow(into ...string) news.Outlet {
	b.t.Helper()
	o, err := b.Follow(b.t.Context(), b.outlet.URL+"/feed.xml", newsroom.FollowOptions{Into: into})
	b.ok(err)
	b.work()
	return o
}

// articles returns all articles, the one moved first first.
func (b *bench) articles() []news.Article {
	b.t.Helper()
	list, err := b.store.Articles(b.t.Context(), "", "", math.MaxInt64, "", 100)
	b.ok(err)
	return list
}

func (b *bench) document(a news.Article) doc.Document {
	b.t.Helper()
	now, err := b.store.Article(b.t.Context(), a.ID)
	b.ok(err)
	d, _, err := b.store.Document(b.t.Context(), a.ID, now.Revision)
	b.ok(err)
	return d
}

// allow records that the outlet lets everything be public.
func (b *bench) allow(o news.Outlet) {
	b.t.Helper()
	b.ok(b.SetTerms(b.t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true, Images: true}))
}

func TestFromAFeedToTheDesk(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Add("bridge", "A bridge for the valley", newsroomtest.Words("bridge"), newsroomtest.Words("money"))
		o := b.follow("fr", "pt")
		if o.Name != "The Valley Post" || o.Lang != "en" {
			t.Errorf("outlet %+v", o)
		}
		if n := b.outlet.Requests("/feed.xml"); n != 1 {
			t.Errorf("the feed was asked for %d times to follow it", n)
		}
		list := b.articles()
		if len(list) != 4 {
			t.Fatalf("%d articles, want 4", len(list))
		}
		for _, a := range list {
			if a.State != news.InReview || a.Public != 0 || !strings.HasSuffix(a.Title, "VALLEY") {
				t.Errorf("%+v", a)
			}
		}
		terms, err := b.store.Terms(t.Context(), o.ID)
		b.ok(err)
		if terms.Basis != "unknown" || terms.Translate || terms.FullText {
			t.Errorf("terms of the first day: %+v", terms)
		}
		// A second look, and following again, change nothing.
		_, err = b.Room.Check(t.Context(), o.ID)
		b.ok(err)
		b.follow("fr", "pt")
		if n := len(b.articles()); n != 4 {
			t.Errorf("%d articles after a second look", n)
		}
		outlets, err := b.store.Outlets(t.Context())
		b.ok(err)
		if len(outlets) != 1 {
			t.Errorf("%d outlets", len(outlets))
		}
	})
}

func TestAPageLeadsToItsFeed(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o, err := b.Follow(t.Context(), b.outlet.URL, newsroom.FollowOptions{Name: "Post"})
		b.ok(err)
		feeds, err := b.store.Feeds(t.Context(), o.ID)
		b.ok(err)
		if o.Name != "Post" || len(feeds) != 1 || feeds[0].URL != b.outlet.URL+"/feed.xml" {
			t.Fatalf("%+v %+v", o, feeds)
		}
		_, err = b.Follow(t.Context(), "ftp://x/", newsroom.FollowOptions{})
		b.is(err, news.ErrInvalid, "https://")
		_, err = b.Follow(t.Context(), "http://10.0.0.1/feed", newsroom.FollowOptions{})
		if err == nil || !strings.Contains(err.Error(), "--allow") {
			t.Errorf("a private address: %v", err)
		}
	})
}

func TestUnknownTermsLetNothingOut(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		a := b.articles()[0]
		b.is(b.Publish(t.Context(), a.ID, b.editor.ID), news.ErrDenied, "/desk/outlets/"+o.ID, `dragoman terms "The Valley Post"`)
		b.allow(o)
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID)) // twice is once
		p, err := b.store.Published(t.Context(), "fr", "a-flood-in-the-valley")
		b.ok(err)
		if p.Review != nil || p.Engine.Name != "capitals" || p.Public != 1 {
			t.Errorf("%+v", p)
		}
		events, err := b.store.Events(t.Context(), a.ID)
		b.ok(err)
		if len(events) != 1 || events[0].What != "published" || events[0].By != b.editor.ID {
			t.Errorf("events %+v", events)
		}
		// Lower rights take it back, and say so.
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{}))
		_, err = b.store.Published(t.Context(), "fr", "a-flood-in-the-valley")
		b.is(err, news.ErrNotFound)
		events, err = b.store.Events(t.Context(), a.ID)
		b.ok(err)
		if len(events) != 2 || events[1].What != "unpublished" {
			t.Errorf("events %+v", events)
		}
	})
}

func TestTwoArticlesOfOneTitle(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("one", "Rain again", newsroomtest.Words("rain"), newsroomtest.Words("river"))
		b.outlet.Add("two", "Rain again", newsroomtest.Words("rainfall"), newsroomtest.Words("hill"))
		o := b.follow("fr")
		b.allow(o)
		slugs := map[string]bool{}
		for _, a := range b.articles() {
			b.ok(b.Publish(t.Context(), a.ID, ""))
			a, err := b.store.Article(t.Context(), a.ID)
			b.ok(err)
			slugs[a.Slug] = true
		}
		if !slugs["rain-again"] || !slugs["rain-again-2"] {
			t.Errorf("addresses %v", slugs)
		}
	})
}

func TestAStopFlagStops(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		b.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.AddFlag(ctx, a.ID, 1, store.StoredFlag{Flag: doc.Flag{Rule: "x", Severity: doc.Stop, Message: "look"}, Texts: "t"})
		})
		b.is(b.Publish(t.Context(), a.ID, b.editor.ID), news.ErrDenied, "/desk/articles/"+a.ID)
		flags, err := b.store.Flags(t.Context(), a.ID, 1)
		b.ok(err)
		stop := flags[len(flags)-1]
		b.is(b.DismissFlag(t.Context(), a.ID, stop.ID, b.editor.ID, " "), news.ErrInvalid)
		b.is(b.DismissFlag(t.Context(), "other", stop.ID, b.editor.ID, "right"), news.ErrNotFound)
		b.ok(b.DismissFlag(t.Context(), a.ID, stop.ID, b.editor.ID, "right"))
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
	})
}

func TestEditNamesTheRevisionItBeganFrom(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.follow("fr")
		a := b.articles()[0]
		edit := newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 0}, Text: doc.Text{S: "Les  mots d’Ann. "}, By: b.editor.ID}
		n, err := b.Edit(t.Context(), edit)
		b.ok(err)
		if n != 2 || b.document(a).Blocks[0].Text.S != "Les mots d’Ann." {
			t.Fatalf("revision %d: %+v", n, b.document(a).Blocks[0])
		}
		edit.Text.S = "Les mots de Bob."
		_, err = b.Edit(t.Context(), edit)
		b.is(err, news.ErrConflict)
		if b.document(a).Blocks[0].Text.S != "Les mots d’Ann." {
			t.Error("Ann's words are lost")
		}
		edit.From, edit.Text.S = 2, "Les mots d’Ann."
		if n, err := b.Edit(t.Context(), edit); err != nil || n != 2 {
			t.Errorf("the same words made revision %d, %v", n, err)
		}
		edit.Place.Block = 99
		_, err = b.Edit(t.Context(), edit)
		b.is(err, news.ErrInvalid)

		segments, err := b.store.Segments(t.Context(), a.ID)
		b.ok(err)
		for _, s := range segments {
			if s.Place.Block != 0 {
				continue
			}
			if s.Final != "Les mots d’Ann." || !strings.HasPrefix(s.Machine, "THE FLOOD") || s.State != "reviewed" {
				t.Errorf("segment %+v", s)
			}
		}
	})
}

func TestApprovalIsAReviewNotAState(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		_, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: doc.TitleBlock}, Text: doc.Text{S: "Une crue"}, By: b.editor.ID})
		b.ok(err)
		b.is(b.Approve(t.Context(), a.ID, 1, b.editor.ID, ""), news.ErrConflict) // read before the edit
		b.ok(b.Approve(t.Context(), a.ID, 2, b.editor.ID, ""))
		b.ok(b.Approve(t.Context(), a.ID, 2, b.editor.ID, ""))
		reviews, err := b.store.Reviews(t.Context(), a.ID)
		b.ok(err)
		if len(reviews) != 1 || reviews[0].Changed != 1 || reviews[0].Seen < 2 {
			t.Fatalf("%+v", reviews)
		}
		got, err := b.store.Article(t.Context(), a.ID)
		b.ok(err)
		if got.State != news.InReview {
			t.Errorf("state %s", got.State)
		}
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		p, err := b.store.Published(t.Context(), "fr", "une-crue")
		b.ok(err)
		if p.Review == nil || p.Review.ByName != "Ann" {
			t.Errorf("nobody read it over: %+v", p.Review)
		}
	})
}

func TestCorrectShowsTheNewestAndSaysWhy(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		b.is(b.Correct(t.Context(), a.ID, b.editor.ID, "a name"), news.ErrConflict) // not public
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		b.is(b.Correct(t.Context(), a.ID, b.editor.ID, "a name"), news.ErrConflict) // nothing newer
		corrected := strings.Replace(b.document(a).Blocks[0].Text.S, "COUNCIL", "CONSEIL", 1)
		_, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 0}, Text: doc.Text{S: corrected}, By: b.editor.ID})
		b.ok(err)
		p, err := b.store.Published(t.Context(), "fr", "a-flood-in-the-valley")
		b.ok(err)
		if p.Doc.Blocks[0].Text.S == corrected {
			t.Error("readers see an edit before it is shown")
		}
		b.is(b.Publish(t.Context(), a.ID, b.editor.ID), news.ErrConflict, "correct it")
		b.is(b.Correct(t.Context(), a.ID, b.editor.ID, " "), news.ErrInvalid)
		b.clock = b.clock.Add(time.Hour)
		b.ok(b.Correct(t.Context(), a.ID, b.editor.ID, "the name of the river"))
		p, err = b.store.Published(t.Context(), "fr", "a-flood-in-the-valley")
		b.ok(err)
		if p.Doc.Blocks[0].Text.S != corrected || p.ChangedAt-p.PublishedAt != time.Hour.Milliseconds() || p.State != news.Corrected {
			t.Errorf("%+v", p.Article)
		}
		b.ok(b.Kill(t.Context(), a.ID, b.editor.ID, "the outlet asked"))
		b.ok(b.Kill(t.Context(), a.ID, b.editor.ID, "the outlet asked"))
		b.is(b.Publish(t.Context(), a.ID, b.editor.ID), news.ErrConflict)
		_, err = b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 2, Place: doc.Place{Block: 0}, Text: doc.Text{S: "x"}})
		b.is(err, news.ErrConflict)
		events, err := b.store.Events(t.Context(), a.ID)
		b.ok(err)
		var what []string
		for _, e := range events {
			what = append(what, e.What)
		}
		if strings.Join(what, " ") != "published corrected killed" {
			t.Errorf("events %v", what)
		}
	})
}

func TestUnpublishAndPublishAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		b.is(b.Unpublish(t.Context(), a.ID, "", "why"), news.ErrConflict)
		b.ok(b.Publish(t.Context(), a.ID, ""))
		b.ok(b.Unpublish(t.Context(), a.ID, "", "a doubt"))
		b.ok(b.Publish(t.Context(), a.ID, ""))
		got, err := b.store.Article(t.Context(), a.ID)
		b.ok(err)
		if got.State != news.Published || got.Slug != "a-flood-in-the-valley" || got.Public != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatCannotBeTakenSaysWhy(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		for slug, status := range map[string]int{"gone": 410, "missing": 404, "refused": 403} {
			b.outlet.Add(slug, "About "+slug, newsroomtest.Words(slug))
			b.outlet.Status(slug, status)
		}
		b.outlet.Add("private/x", "Private", newsroomtest.Words("secret"))
		o := b.follow("fr")
		items, err := b.store.Items(t.Context(), o.ID, "", math.MaxInt64, 10)
		b.ok(err)
		want := map[string][2]string{"gone": {"gone", "410"}, "missing": {"failed", "404"}, "refused": {"failed", "403"}, "x": {"failed", "robots.txt"}}
		for _, i := range items {
			w := want[i.URL[strings.LastIndexByte(i.URL, '/')+1:]]
			if i.State != w[0] || !strings.Contains(i.Why, w[1]) {
				t.Errorf("%s: %s, %s", i.URL, i.State, i.Why)
			}
		}
		if len(items) != len(want) {
			t.Errorf("%d items", len(items))
		}
		if n := b.outlet.Requests("/private/x"); n != 0 {
			t.Error("a page was asked for against robots.txt")
		}
	})
}

func TestNoModelSaysWhatToInstall(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.translator.Only = []newsroom.Pair{{From: "en", To: "pt"}}
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		o := b.follow("fr")
		items, err := b.store.Items(t.Context(), o.ID, "taken", math.MaxInt64, 10)
		b.ok(err)
		if len(items) != 1 || !strings.Contains(items[0].Why, "dragoman model get en-fr") {
			t.Fatalf("%+v", items)
		}
		// Once it is there, what was missing is made.
		b.translator.Only = nil
		b.ok(b.DraftMissing(t.Context()))
		b.work()
		if len(b.articles()) != 1 {
			t.Error("no article")
		}
	})
}

// RI-5: a reservation against machines keeps a page from being translated until a permission is on record.
func TestAReservationNeedsAPermission(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Header("flood", "Tdm-Reservation", "1")
		o := b.follow("fr")
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC BY 4.0"}))
		b.ok(b.DraftMissing(t.Context()))
		b.work()
		if n := len(b.articles()); n != 0 || len(b.translator.Texts()) != 0 {
			t.Fatalf("%d articles of a page that reserves machine use", n)
		}
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "permission", Translate: true, ByMachine: true, FullText: true, Proof: "letter of 2 November"}))
		b.work()
		if n := len(b.articles()); n != 1 {
			t.Fatalf("%d articles after the outlet gave permission", n)
		}
		b.ok(b.Publish(t.Context(), b.articles()[0].ID, b.editor.ID))
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC BY 4.0"}))
		if a := b.articles()[0]; a.State != news.Unpublished {
			t.Errorf("%s after the permission ended", a.State)
		}
	})
}

func TestOnePageByHand(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		id, err := b.TakeURL(t.Context(), b.outlet.URL+"/flood?utm_source=x#top", []string{"fr"})
		b.ok(err)
		b.work()
		again, err := b.TakeURL(t.Context(), b.outlet.URL+"/flood", []string{"pt"})
		b.ok(err)
		b.work()
		if id != again {
			t.Error("one page became two items")
		}
		var langs []string
		for _, a := range b.articles() {
			langs = append(langs, a.Lang)
		}
		if len(langs) != 2 {
			t.Errorf("languages %v", langs)
		}
		outlets, err := b.store.Outlets(t.Context())
		b.ok(err)
		terms, err := b.store.Terms(t.Context(), outlets[0].ID)
		b.ok(err)
		if len(outlets) != 1 || terms.Basis != "unknown" {
			t.Errorf("%+v %+v", outlets, terms)
		}
		_, err = b.TakeURL(t.Context(), "not an address", nil)
		b.is(err, news.ErrInvalid)
	})
}

func TestPicturesAreCopiedOnlyWhereTermsAllow(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		var pixels bytes.Buffer
		m := image.NewRGBA(image.Rect(0, 0, 2000, 1000))
		m.Set(1, 1, color.RGBA{255, 0, 0, 255})
		b.ok(png.Encode(&pixels, m))
		pictures := http.NewServeMux()
		served := 0
		pictures.HandleFunc("/river.png", func(w http.ResponseWriter, _ *http.Request) {
			served++
			_, _ = w.Write(pixels.Bytes())
		})
		host := serve(t, pictures)
		b.Room.Fetch.(*fetch.Client).Allow = append(b.Room.Fetch.(*fetch.Client).Allow, host)
		src := "http://" + host + "/river.png"
		b.outlet.Add("flood", "A flood in the valley", newsroomtest.Words("flood"), newsroomtest.Words("river"))
		b.outlet.Figure("flood", src)
		o := b.follow("fr")
		a := b.articles()[0]
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC BY 4.0"}))
		b.ok(b.Publish(t.Context(), a.ID, ""))
		b.work()
		if served != 0 {
			t.Fatal("a picture was copied that the terms do not allow")
		}
		b.allow(o)
		b.work()
		kept, err := b.store.MediaOf(t.Context(), a.ID)
		b.ok(err)
		p := kept[src]
		if p.Width != 1600 || p.Height != 800 || p.Type != "image/png" {
			t.Fatalf("%+v", kept)
		}
		if _, err := os.Stat(filepath.Join(b.Media, p.SHA256)); err != nil {
			t.Error(err)
		}
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC BY 4.0"}))
		kept, err = b.store.MediaOf(t.Context(), a.ID)
		b.ok(err)
		if len(kept) != 0 {
			t.Errorf("pictures stay after the terms took them back: %+v", kept)
		}
		b.ok(b.Sweep(t.Context()))
		if left, err := os.ReadDir(b.Media); err != nil || len(left) != 0 {
			t.Errorf("files stay: %v %v", left, err)
		}
	})
}

// nothing is a queue whose work is never done.
type nothing struct{}

func (nothing) Check(context.Context, *sql.Tx, string, time.Time) error  { return nil }
func (nothing) Take(context.Context, *sql.Tx, string) error              { return nil }
func (nothing) Retake(context.Context, *sql.Tx, string, time.Time) error { return nil }
func (nothing) Draft(context.Context, *sql.Tx, string, string) error     { return nil }
func (nothing) Reread(context.Context, *sql.Tx, string) error            { return nil }
func (nothing) RereadOutlet(context.Context, *sql.Tx, string) error      { return nil }
func (nothing) Pictures(context.Context, *sql.Tx, string) error          { return nil }
func (nothing) Recheck(context.Context, *sql.Tx, newsroom.Recheck) error { return nil }
