package storetest

import (
	"net/url"
	"os"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
)

// Do runs f in a transaction and ends the test if that goes wrong.
func Do(t testing.TB, s *store.Store, f func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Tx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// Doc reads a document in the text form from a file.
func Doc(t testing.TB, file string) doc.Document {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := doc.Parse(string(b))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return d
}

// AddOutlet adds an outlet with these terms, from the beginning of time.
func AddOutlet(t testing.TB, s *store.Store, name, home, lang string, terms news.Terms) news.Outlet {
	t.Helper()
	u, err := url.Parse(home)
	if err != nil {
		t.Fatal(err)
	}
	o := news.Outlet{ID: store.NewID(), Name: name, Home: home, Lang: lang, Site: u.Hostname(), CreatedAt: 1}
	terms.ID, terms.Outlet, terms.FromAt = store.NewID(), o.ID, 1
	Do(t, s, func(tx *store.Tx) error {
		if err := tx.SaveOutlet(t.Context(), o); err != nil {
			return err
		}
		return tx.AddTerms(t.Context(), terms)
	})
	return o
}

// AddOriginal adds an item of an outlet and what its page said.
func AddOriginal(t testing.TB, s *store.Store, o news.Outlet, url string, d doc.Document, at int64) news.Original {
	t.Helper()
	item := news.Item{ID: store.NewID(), Outlet: o.ID, Key: url, URL: url, Title: d.Title.S, SeenAt: at, State: "taken", Link: url}
	original := news.Original{ID: store.NewID(), Item: item.ID, N: 1, URL: url, Lang: d.Lang, At: at}
	Do(t, s, func(tx *store.Tx) error {
		if _, err := tx.AddItems(t.Context(), []news.Item{item}); err != nil {
			return err
		}
		page := store.Page{ID: store.NewID(), Item: item.ID, At: at, URL: url, Status: 200, Body: []byte("<p>")}
		if err := tx.SavePage(t.Context(), page); err != nil {
			return err
		}
		original.Page = page.ID
		return tx.SaveOriginal(t.Context(), original, d)
	})
	return original
}

// AddDraft adds a machine's translation of an original. Every text is one sentence of it.
func AddDraft(t testing.TB, s *store.Store, original news.Original, d doc.Document, at int64, flags ...doc.Flag) news.Article {
	t.Helper()
	source, _, err := s.Original(t.Context(), original.ID)
	if err != nil {
		t.Fatal(err)
	}
	from := map[doc.Place]string{}
	for p, text := range source.Texts() {
		p.Lang, p.Kind = "", 0
		from[p] = text.S
	}
	draft := store.Draft{Doc: d, Engines: []store.Engine{{Name: "Marian", Pair: source.Lang + "-" + d.Lang, Version: "1.0", SHA256: "5d0a7e2c41f9"}}}
	for p, text := range d.Texts() {
		p.Lang, p.Kind = "", 0
		draft.Segments = append(draft.Segments, store.Segment{
			Place: p, Source: from[p], Machine: text.S, Engine: "1", Score: -0.4,
			SourceEnd: len(from[p]), TargetEnd: len(text.S),
		})
	}
	for _, f := range flags {
		draft.Flags = append(draft.Flags, store.StoredFlag{Flag: f})
	}
	var a news.Article
	Do(t, s, func(tx *store.Tx) error {
		a, err = tx.SaveDraft(t.Context(), original.ID, draft, at)
		return err
	})
	return a
}

// Publish shows readers an article's newest revision at an address, without asking whether it may be.
func Publish(t testing.TB, s *store.Store, id, slug string, at int64) news.Article {
	t.Helper()
	Do(t, s, func(tx *store.Tx) error {
		a, err := tx.Article(t.Context(), id)
		if err != nil {
			return err
		}
		if err := tx.SetSlug(t.Context(), id, slug); err != nil {
			return err
		}
		terms, err := tx.Terms(t.Context(), a.Outlet)
		if err != nil {
			return err
		}
		if err := tx.MoveArticle(t.Context(), id, a.State, news.Published, at); err != nil {
			return err
		}
		if err := tx.ShowRevision(t.Context(), id, a.Revision, terms.ID, at, false); err != nil {
			return err
		}
		return tx.AddEvent(t.Context(), news.Event{ID: store.NewID(), Article: id, Revision: a.Revision, What: "published", At: at, By: "test"})
	})
	a, err := s.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// AddEditor lets a person in, with a hash that fits no password.
func AddEditor(t testing.TB, s *store.Store, name string, role news.Role) news.Editor {
	t.Helper()
	e := news.Editor{ID: store.NewID(), Name: name, Role: role, CreatedAt: 1}
	Do(t, s, func(tx *store.Tx) error { return tx.AddEditor(t.Context(), e, "none") })
	return e
}

// Put sets settings: keys and values in turn.
func Put(t testing.TB, s *store.Store, pairs ...string) {
	t.Helper()
	Do(t, s, func(tx *store.Tx) error {
		for i := 0; i+1 < len(pairs); i += 2 {
			if err := tx.PutSetting(t.Context(), pairs[i], pairs[i+1]); err != nil {
				return err
			}
		}
		return nil
	})
}
