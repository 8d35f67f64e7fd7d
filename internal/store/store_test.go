package store_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
)

// write runs f in a transaction that must succeed.
func write(t *testing.T, s *store.Store, f func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := s.Tx(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// must returns what a question answered.
func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func is(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func parse(t *testing.T, s string) doc.Document {
	t.Helper()
	d, err := doc.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const english = "lang  en\ntitle  A flood in the valley\ndeck  The river rose [em three] metres.\nbyline  Ann Smith\ndate  2026-11-02T08:00:00+01:00\n\np  It rained. [link https://outlet.example/a Nobody] was hurt.\np  The mayor said [quote “we are safe”].\n"

const french = "lang  fr\ntitle  Une crue dans la vallée\ndeck  Le fleuve est monté de [em trois] mètres.\nbyline  Ann Smith\ndate  2026-11-02T08:00:00+01:00\n\np  Il a plu. [link https://outlet.example/a Personne] n’a été blessé.\np  Le maire a dit : [quote « nous sommes en sûreté »].\n"

// newsroom is a store with one outlet, one item that was taken, and one French article.
type newsroom struct {
	outlet   news.Outlet
	feed     news.Feed
	item     news.Item
	original news.Original
	article  news.Article
}

func furnish(t *testing.T, s *store.Store) newsroom {
	t.Helper()
	var n newsroom
	n.outlet = news.Outlet{ID: store.NewID(), Name: "The Valley Post", Home: "https://outlet.example/", Lang: "en", Site: "outlet.example", Into: []string{"fr", "pt"}, CreatedAt: 1}
	n.feed = news.Feed{ID: store.NewID(), Outlet: n.outlet.ID, URL: "https://outlet.example/feed", Kind: "feed", NextAt: 100, NextWhy: "new"}
	n.item = news.Item{
		ID: store.NewID(), Outlet: n.outlet.ID, Feed: n.feed.ID, Key: "link outlet.example/flood", Link: "outlet.example/flood", URL: "https://outlet.example/flood",
		Title: "A flood", GUID: "g1", SeenAt: 10, State: "new", PublishedAt: 9, Into: []string{"es"},
	}
	page := store.Page{ID: store.NewID(), Item: n.item.ID, At: 11, URL: n.item.URL, Status: 200, Header: http.Header{"Etag": {`W/"x"`}}, Body: []byte("<html>\x00\xff")}
	n.original = news.Original{ID: store.NewID(), Item: n.item.ID, N: 1, Page: page.ID, URL: n.item.URL, Lang: "en", At: 12}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, err := range []error{
			tx.SaveOutlet(ctx, n.outlet),
			tx.SaveFeed(ctx, n.feed),
			tx.AddTerms(ctx, news.Terms{ID: store.NewID(), Outlet: n.outlet.ID, FromAt: 1, Basis: "unknown", By: "command line"}),
		} {
			if err != nil {
				return err
			}
		}
		if _, err := tx.AddItems(ctx, []news.Item{n.item}); err != nil {
			return err
		}
		if err := tx.SavePage(ctx, page); err != nil {
			return err
		}
		if err := tx.SaveOriginal(ctx, n.original, parse(t, english)); err != nil {
			return err
		}
		var err error
		n.article, err = tx.SaveDraft(ctx, n.original.ID, frenchDraft(t), 13)
		return err
	})
	return n
}

func frenchDraft(t *testing.T) store.Draft {
	return store.Draft{
		Doc:     parse(t, french),
		Engines: []store.Engine{{Name: "firefox", Pair: "en-fr", Version: "base", SHA256: "abc"}},
		Segments: []store.Segment{
			{Place: doc.Place{Block: doc.TitleBlock, Part: doc.Body}, Source: "A flood in the valley", Machine: "Une crue dans la vallée", Engine: "1", Score: -0.25, State: "translated", SourceEnd: 21, TargetEnd: 25},
			{Place: doc.Place{Block: 0, Part: doc.Body}, Source: "It rained.", Machine: "Il a plu.", Engine: "1", Score: -0.5, State: "translated", SourceEnd: 10, TargetEnd: 9},
			{Place: doc.Place{Block: 1, Part: doc.Body}, Source: "The mayor", Machine: "Le maire", State: "kept", SourceEnd: 9, TargetEnd: 8},
		},
		Flags: []store.StoredFlag{
			{Flag: doc.Flag{Rule: "number", Severity: doc.Stop, Block: 0, Start: 1, End: 3, SourceStart: 2, SourceEnd: 4, Message: "m", Suggestion: "s"}, Origin: "check", Texts: "t1"},
			{Flag: doc.Flag{Rule: "name", Severity: doc.Ask, Block: 1, Message: "n"}, Origin: "check", Texts: "t2"},
		},
	}
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		equal(t, must(s.Outlet(ctx, n.outlet.ID))(t), n.outlet)
		for _, name := range []string{n.outlet.ID, "The Valley Post", "the valley post", "https://outlet.example/", "https://outlet.example"} {
			equal(t, must(s.OutletByName(ctx, name))(t), n.outlet)
		}
		equal(t, must(s.Feeds(ctx, n.outlet.ID))(t), []news.Feed{n.feed})
		equal(t, must(s.FeedByURL(ctx, n.feed.URL))(t), n.feed)
		equal(t, must(s.Item(ctx, n.item.ID))(t), n.item)
		equal(t, must(s.ItemByURL(ctx, n.item.URL))(t), n.item)
		equal(t, must(s.ItemsByGUID(ctx, "outlet.example", "g1"))(t), []news.Item{n.item})
		equal(t, must(s.ItemsByLink(ctx, "outlet.example", "outlet.example/flood"))(t), []news.Item{n.item})
		equal(t, must(s.ItemsOfFeed(ctx, n.feed.ID, 0, 9))(t), []news.Item{n.item})
		equal(t, must(s.ItemCounts(ctx, n.outlet.ID))(t), map[string]int{"new": 1})

		page := must(s.PageOf(ctx, n.item.ID))(t)
		equal(t, string(page.Body), "<html>\x00\xff")
		equal(t, page.Header, http.Header{"Etag": {`W/"x"`}})

		d, o, err := s.Original(ctx, n.original.ID)
		if err != nil || !d.Equal(parse(t, english)) || o != n.original {
			t.Fatalf("original %+v %v\n%s", o, err, doc.Format(d))
		}
		d, v, err := s.Document(ctx, n.article.ID, 1)
		if err != nil || !d.Equal(parse(t, french)) || v.N != 1 || v.By != "" {
			t.Fatalf("revision %+v %v\n%s", v, err, doc.Format(d))
		}
		equal(t, must(s.Article(ctx, n.article.ID))(t), n.article)
		equal(t, n.article.State, news.InReview)
		segments := must(s.Segments(ctx, n.article.ID))(t)
		if len(segments) != 3 || segments[1].Final != "Il a plu." || segments[1].Key != "b1" || segments[1].Engine == "" || segments[2].Engine != "" || segments[0].Score != -0.25 {
			t.Fatalf("segments %+v", segments)
		}
		engines := must(s.EnginesOf(ctx, n.article.ID))(t)
		if len(engines) != 1 || engines[0].ID != segments[0].Engine || engines[0].SHA256 != "abc" {
			t.Fatalf("engines %+v", engines)
		}
		flags := must(s.Flags(ctx, n.article.ID, 1))(t)
		if len(flags) != 2 || flags[0].Flag != frenchDraft(t).Flags[0].Flag || flags[0].Origin != "check" {
			t.Fatalf("flags %+v", flags)
		}
		queue := must(s.Queue(ctx, news.InReview, "fr", math.MaxInt64, "", 10))(t)
		if len(queue) != 1 || queue[0].Stops != 1 || queue[0].Asks != 1 || queue[0].Score != -0.5 || queue[0].OriginalTitle != "A flood in the valley" || queue[0].Approved {
			t.Fatalf("queue %+v", queue)
		}
	})
}

func TestNothingThere(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for what, err := range map[string]error{
			"outlet":    second(s.Outlet(ctx, "x")),
			"by name":   second(s.OutletByName(ctx, "x")),
			"item":      second(s.Item(ctx, "x")),
			"article":   second(s.Article(ctx, "x")),
			"published": second(s.Published(ctx, "fr", "x")),
			"session":   second(s.Session(ctx, "x", 0)),
			"terms":     second(s.Terms(ctx, "x")),
			"page":      second(s.PageOf(ctx, "x")),
		} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		equal(t, must(s.Outlets(ctx))(t), []news.Outlet(nil))
	})
}

func second[T any](_ T, err error) error { return err }

func TestDraftingTwiceLeavesOneArticle(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		n := furnish(t, s)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			again, err := tx.SaveDraft(ctx, n.original.ID, frenchDraft(t), 99)
			if err == nil && again != n.article {
				t.Errorf("the second draft is %+v", again)
			}
			return err
		})
		equal(t, len(must(s.ArticlesOf(t.Context(), n.item.ID))(t)), 1)
		equal(t, len(must(s.Segments(t.Context(), n.article.ID))(t)), 3)
	})
}

func TestADocumentThatBreaksTheRulesStaysOut(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		n := furnish(t, s)
		bad := parse(t, french)
		bad.Blocks[0].Text.Marks[0].End = 1000
		err := s.Tx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.SaveRevision(t.Context(), n.article.ID, 1, bad, "", "", 20)
			return err
		})
		if err == nil {
			t.Fatal("a document with a mark beyond its text was kept")
		}
		equal(t, must(s.Article(t.Context(), n.article.ID))(t).Revision, 1)
	})
}

func TestOfTwoEditorsAtOnceOneWins(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		ann := news.Editor{ID: store.NewID(), Name: "Ann", Role: news.Reviewer, CreatedAt: 1}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, ann, "h") })
		d := parse(t, french)
		d.Title.S = "Crue dans la vallée"
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			v, err := tx.SaveRevision(ctx, n.article.ID, 1, d, ann.ID, "shorter", 20)
			if err == nil && v != 2 {
				t.Errorf("revision %d", v)
			}
			return err
		})
		err := s.Tx(ctx, func(tx *store.Tx) error {
			_, err := tx.SaveRevision(ctx, n.article.ID, 1, parse(t, french), ann.ID, "", 21)
			return err
		})
		is(t, err, news.ErrConflict)
		a := must(s.Article(ctx, n.article.ID))(t)
		if a.Revision != 2 || a.Title != "Crue dans la vallée" {
			t.Fatalf("%+v", a)
		}
		revisions := must(s.Revisions(ctx, a.ID))(t)
		if len(revisions) != 2 || revisions[1].ByName != "Ann" || revisions[1].Note != "shorter" || revisions[0].ByName != "" {
			t.Fatalf("%+v", revisions)
		}
	})
}

func TestMoveArticle(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		move := func(from, to news.State) error {
			return s.Tx(ctx, func(tx *store.Tx) error { return tx.MoveArticle(ctx, n.article.ID, from, to, 50) })
		}
		is(t, move(news.Drafted, news.InReview), news.ErrConflict)     // it is in review already
		is(t, move(news.InReview, news.Unpublished), news.ErrConflict) // no such move
		if err := move(news.InReview, news.Published); err != nil {
			t.Fatal(err)
		}
		is(t, move(news.InReview, news.Published), news.ErrConflict) // the second of two who press the button
		equal(t, must(s.Counts(ctx, ""))(t), map[news.State]int{news.Published: 1})
	})
}

func TestWhatReadersGet(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		ann := news.Editor{ID: store.NewID(), Name: "Ann", Role: news.Publisher}
		terms := news.Terms{ID: store.NewID(), Outlet: n.outlet.ID, FromAt: 30, Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddEditor(ctx, ann, "h"), tx.AddTerms(ctx, terms),
				tx.SetSlug(ctx, n.article.ID, "crue"), tx.MoveArticle(ctx, n.article.ID, news.InReview, news.Published, 40),
				tx.ShowRevision(ctx, n.article.ID, 1, terms.ID, 40, false),
				tx.AddReview(ctx, news.Review{ID: store.NewID(), Article: n.article.ID, Revision: 1, By: ann.ID, At: 39, Decision: "approved"}),
				tx.AddEvent(ctx, news.Event{ID: store.NewID(), Article: n.article.ID, Revision: 1, What: "published", At: 40, By: ann.ID}),
				tx.SaveMedia(ctx, n.article.ID, "https://outlet.example/p.jpg", news.Media{SHA256: "aa", URL: "https://outlet.example/p.jpg", Type: "image/jpeg", Width: 3, Height: 2, Size: 9, At: 41}))
		})
		p := must(s.Published(ctx, "fr", "crue"))(t)
		if p.Title != "Une crue dans la vallée" || p.Terms != terms || p.Review == nil || p.Review.ByName != "Ann" || p.Engine.Name != "firefox" ||
			p.OriginalTitle != "A flood in the valley" || p.OriginalURL != n.item.URL || p.PublishedAt != 40 || p.Article.Terms != terms.ID || !p.Doc.Equal(parse(t, french)) {
			t.Fatalf("%+v", p)
		}
		equal(t, must(s.PublishedLangs(ctx))(t), []string{"fr"})
		list := must(s.PublishedList(ctx, "fr", math.MaxInt64, "", 5))(t)
		equal(t, list, []store.Public{p})
		equal(t, must(s.PublishedList(ctx, "fr", p.PublishedAt, p.ID, 5))(t), []store.Public{})
		equal(t, must(s.MediaOf(ctx, n.article.ID))(t)["https://outlet.example/p.jpg"].Width, 3)
		// A picture follows the terms of today.
		is(t, second(s.PublicMedia(ctx, "aa")), news.ErrNotFound)
		for _, c := range []struct {
			basis  string
			images bool
			want   error
		}{{"licence", true, nil}, {"quotation", true, news.ErrNotFound}, {"licence", false, news.ErrNotFound}} {
			newer := terms
			newer.ID, newer.FromAt, newer.Basis, newer.Images = store.NewID(), newer.FromAt+1, c.basis, c.images
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddTerms(ctx, newer) })
			is(t, second(s.PublicMedia(ctx, "aa")), c.want)
		}

		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.MoveArticle(ctx, n.article.ID, news.Published, news.Killed, 60), tx.ShowRevision(ctx, n.article.ID, 0, terms.ID, 60, false), tx.DropMedia(ctx, n.article.ID))
		})
		is(t, second(s.Published(ctx, "fr", "crue")), news.ErrNotFound)
		is(t, second(s.PublicMedia(ctx, "aa")), news.ErrNotFound)
		equal(t, must(s.Withdrawn(ctx, "fr", "crue"))(t).State, news.Killed)
		equal(t, must(s.UnusedMedia(ctx))(t), []string{"aa"})
	})
}

func TestAddressesAreUniqueInTheirLanguage(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		other := frenchDraft(t)
		var second news.Article
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			item := n.item
			item.ID, item.Key = store.NewID(), "other"
			if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
				return err
			}
			o := n.original
			o.ID, o.Item = store.NewID(), item.ID
			if err := tx.SaveOriginal(ctx, o, parse(t, english)); err != nil {
				return err
			}
			var err error
			second, err = tx.SaveDraft(ctx, o.ID, other, 14)
			return err
		})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSlug(ctx, n.article.ID, "crue") })
		is(t, s.Tx(ctx, func(tx *store.Tx) error { return tx.SetSlug(ctx, second.ID, "crue") }), news.ErrConflict)
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetSlug(ctx, second.ID, "crue-2") })
		equal(t, must(s.SlugFree(ctx, "fr", "crue"))(t), false)
		equal(t, must(s.SlugFree(ctx, "pt", "crue"))(t), true)
	})
}

func TestDismissalsAreRemembered(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		ann := news.Editor{ID: store.NewID(), Name: "Ann", Role: news.Reviewer}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, ann, "h") })
		equal(t, must(s.OpenStops(ctx, n.article.ID, 1))(t), 1)
		stop := must(s.Flags(ctx, n.article.ID, 1))(t)[0]
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.DismissFlag(ctx, stop.ID, ann.ID, "right in French", 20)
		})
		equal(t, must(s.OpenStops(ctx, n.article.ID, 1))(t), 0)

		flags := frenchDraft(t).Flags
		flags = append(flags, store.StoredFlag{Flag: doc.Flag{Rule: "number", Severity: doc.Stop, Message: "other"}, Origin: "check", Texts: "t3"})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ReplaceFlags(ctx, n.article.ID, 2, flags) })
		got := must(s.Flags(ctx, n.article.ID, 2))(t)
		if len(got) != 3 || got[0].DismissedByName != "Ann" || got[0].Why != "right in French" || got[1].DismissedBy != "" || got[2].DismissedBy != "" {
			t.Fatalf("%+v", got)
		}
		equal(t, must(s.OpenStops(ctx, n.article.ID, 2))(t), 1)
	})
}

func TestEditorsAndSessions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		ann := news.Editor{ID: store.NewID(), Name: "Ánn Straße", Role: news.Admin, CreatedAt: 5}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, ann, "hash") })
		e, hash, err := s.EditorByName(ctx, "A\u0301NN STRASSE") // in another case, the accent typed apart
		if err != nil || e != ann || hash != "hash" {
			t.Fatalf("%+v %q %v", e, hash, err)
		}
		again := ann
		again.ID, again.Name = store.NewID(), "ánn strasse"
		is(t, s.Tx(ctx, func(tx *store.Tx) error { return tx.AddEditor(ctx, again, "h") }), news.ErrConflict)

		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddSession(ctx, "t1", ann.ID, 100, 200) })
		equal(t, must(s.Session(ctx, "t1", 150))(t), ann)
		is(t, second(s.Session(ctx, "t1", 200)), news.ErrNotFound)
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetPassword(ctx, ann.ID, "new") })
		is(t, second(s.Session(ctx, "t1", 150)), news.ErrNotFound) // a new password ends sessions

		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.AddSession(ctx, "t2", ann.ID, 100, 200), tx.SetRole(ctx, ann.ID, news.Reviewer), tx.RemoveEditor(ctx, ann.ID, 160))
		})
		is(t, second(s.Session(ctx, "t2", 150)), news.ErrNotFound)
		equal(t, must(s.Editors(ctx))(t), []news.Editor(nil))
		equal(t, must(s.Editor(ctx, ann.ID))(t).Name, "Ánn Straße") // stays on what was done
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddEditor(ctx, again, "h") })
	})
}

func TestTermsSupersede(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		terms := news.Terms{ID: store.NewID(), Outlet: n.outlet.ID, FromAt: 1, Basis: "permission", FullText: true, By: "Ann"} // in the same millisecond
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddTerms(ctx, terms) })
		equal(t, must(s.Terms(ctx, n.outlet.ID))(t), terms)
		history := must(s.TermsHistory(ctx, n.outlet.ID))(t)
		if len(history) != 2 || history[1].Basis != "unknown" {
			t.Fatalf("%+v", history)
		}
	})
}

func TestSettingsAndHosts(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutSetting(ctx, "site.title", "a"), tx.PutSetting(ctx, "site.title", "b"), tx.PutSetting(ctx, "x", "1"), tx.PutSetting(ctx, "x", ""))
		})
		equal(t, must(s.Settings(ctx))(t), map[string]string{"site.title": "b"})
		equal(t, must(s.Setting(ctx, "x"))(t), "")
		equal(t, must(s.Host(ctx, "outlet.example"))(t), store.Host{Name: "outlet.example"})
		h := store.Host{Name: "outlet.example", AskedAt: 1, PausedUntil: 2, Robots: "User-agent: *", RobotsStatus: 200, RobotsAt: 3}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveHost(ctx, h) })
		equal(t, must(s.Host(ctx, "outlet.example"))(t), h)
	})
}

func TestDueFeeds(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		equal(t, must(s.DueFeeds(ctx, 99, 10))(t), []news.Feed(nil))
		equal(t, len(must(s.DueFeeds(ctx, 100, 10))(t)), 1)
		f := n.feed
		f.Stopped, f.ETag, f.MovedTo, f.MovedSeen = true, `"v"`, "https://new.example/f", 2
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveFeed(ctx, f) })
		equal(t, must(s.Feeds(ctx, n.outlet.ID))(t), []news.Feed{f})
		equal(t, must(s.DueFeeds(ctx, 1000, 10))(t), []news.Feed(nil))
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveFeed(ctx, f.ID) })
		equal(t, must(s.Feeds(ctx, n.outlet.ID))(t), []news.Feed(nil))
	})
}

func TestATransactionIsWholeOrNothing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		stop := errors.New("stop")
		err := s.Tx(ctx, func(tx *store.Tx) error {
			if err := tx.PutSetting(ctx, "a", "1"); err != nil {
				return err
			}
			if v, err := tx.Setting(ctx, "a"); err != nil || v != "1" {
				t.Errorf("a transaction does not see what it wrote: %q %v", v, err)
			}
			return stop
		})
		is(t, err, stop)
		equal(t, must(s.Setting(ctx, "a"))(t), "")
		func() {
			defer func() { _ = recover() }()
			_ = s.Tx(ctx, func(tx *store.Tx) error {
				if err := tx.PutSetting(ctx, "a", "1"); err != nil {
					return err
				}
				panic("a defect")
			})
		}()
		equal(t, must(s.Setting(ctx, "a"))(t), "")
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutSetting(ctx, "a", "2") }) // the connection is free again
	})
}

func TestPagesAreList(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i := range 7 {
				item := n.item
				item.ID, item.Key, item.SeenAt = store.NewID(), fmt.Sprint("k", i), int64(20+i/2)
				if _, err := tx.AddItems(ctx, []news.Item{item}); err != nil {
					return err
				}
				o := n.original
				o.ID, o.Item = store.NewID(), item.ID
				if err := tx.SaveOriginal(ctx, o, parse(t, english)); err != nil {
					return err
				}
				if _, err := tx.SaveDraft(ctx, o.ID, frenchDraft(t), int64(20+i/2)); err != nil { // pairs share a time
					return err
				}
			}
			return nil
		})
		seen := map[string]bool{}
		before, id := int64(math.MaxInt64), ""
		for {
			page := must(s.Articles(ctx, "", "fr", before, id, 3))(t)
			if len(page) == 0 {
				break
			}
			for _, a := range page {
				if seen[a.ID] {
					t.Fatalf("%s is on two pages", a.ID)
				}
				seen[a.ID] = true
				before, id = a.MovedAt, a.ID
			}
		}
		equal(t, len(seen), 8)
	})
}

func TestPagesOfOneArticle(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ctx, n := t.Context(), furnish(t, s)
		first := must(s.PageOf(ctx, n.item.ID))(t)
		beside := store.Page{ID: store.NewID(), URL: first.URL + "?page=2", Status: 200, Body: []byte("two")}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SavePageWith(ctx, first, beside) })
		equal(t, must(s.PageOf(ctx, n.item.ID))(t).ID, first.ID)
		equal(t, string(must(s.PageWith(ctx, first, beside.URL))(t).Body), "two")
		is(t, second(s.PageWith(ctx, first, first.URL+"?page=3")), news.ErrNotFound)
	})
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		if _, err := s.DB().ExecContext(t.Context(), `INSERT INTO migration (version, name, at) VALUES (999, 'later', 0)`); err != nil {
			t.Fatal(err)
		}
		if s.Dialect() != store.SQLite {
			return // its address carries a schema that only storetest knows; the rule is the same line of code
		}
		again, err := store.Open(t.Context(), "sqlite "+s.Path())
		if err == nil {
			t.Fatal(errors.Join(errors.New("it was opened"), again.Close()))
		}
		if !strings.Contains(err.Error(), "999") || !strings.Contains(err.Error(), "install") {
			t.Fatalf("the error does not help: %v", err)
		}
	})
}

func TestOpeningTwiceChangesNothing(t *testing.T) {
	s := storetest.SQLite(t)
	n := furnish(t, s)
	other := storetest.Open(t, "sqlite "+s.Path())
	equal(t, must(other.Outlet(t.Context(), n.outlet.ID))(t), n.outlet)
}

func TestErrorsSayWhatToDo(t *testing.T) {
	dir := t.TempDir()
	notADatabase := filepath.Join(dir, "text.db")
	if err := os.WriteFile(notADatabase, []byte(strings.Repeat("this is a letter, not a database. ", 50)), 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(dir, "locked")
	if err := os.Mkdir(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	cases := []struct{ what, dsn, says string }{
		{"another address", "mysql://x", `write "sqlite PATH"`},
		{"no file named", "sqlite ", "names no file"},
		{"a file that is no database", "sqlite " + notADatabase, "name another folder"},
		{"no server", "postgres://nobody@127.0.0.1:1/x?connect_timeout=1", "see whether PostgreSQL runs"},
	}
	if os.Getuid() != 0 { // root writes everywhere
		cases = append(cases, struct{ what, dsn, says string }{"a folder that cannot be written", "sqlite " + filepath.Join(locked, "d.db"), "right to write"})
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			s, err := store.Open(t.Context(), c.dsn)
			if err == nil {
				t.Fatal(errors.Join(errors.New("opened"), s.Close()))
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Fatalf("%v\nlacks %q", err, c.says)
			}
		})
	}
}

func TestAFullDiskSaysSo(t *testing.T) {
	s := storetest.SQLite(t)
	// A bound on pages is how SQLite itself tests what a full disk does.
	var pages int
	if err := s.DB().QueryRowContext(t.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB().ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+2)); err != nil {
		t.Fatal(err)
	}
	err := s.Tx(t.Context(), func(tx *store.Tx) error {
		return tx.PutSetting(t.Context(), "big", strings.Repeat("x", 1<<20))
	})
	if err == nil || !strings.Contains(err.Error(), "free some space") {
		t.Fatalf("%v", err)
	}
	equal(t, must(s.Setting(t.Context(), "big"))(t), "")
}
