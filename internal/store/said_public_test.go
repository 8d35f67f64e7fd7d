package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// show publishes a translation into French of what was told, each statement with these words.
func show(t *testing.T, s *store.Store, o news.Original, slug, words string, list []news.Statement) news.Article {
	t.Helper()
	d := doc.Document{Lang: "fr", Title: doc.Text{S: slug}}
	var places []news.StatementPlace
	for i, x := range list {
		d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i+1), Text: doc.Text{S: words}})
		places = append(places, news.StatementPlace{Statement: x.ID, Block: i, End: len(words), Words: words})
	}
	a := storetest.AddDraft(t, s, o, d, 2)
	storetest.Do(t, s, func(tx *store.Tx) error { return tx.SavePlaces(t.Context(), a, 1, places) })
	return storetest.Publish(t, s, a.ID, slug, 3)
}

// update makes a next revision, of a newer reading, that waits for an editor.
func update(t *testing.T, s *store.Store, a news.Article, reading news.Original, title string) {
	t.Helper()
	storetest.Do(t, s, func(tx *store.Tx) error {
		d := doc.Document{Lang: a.Lang, Title: doc.Text{S: title}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "« " + title + " »"}}}}
		if _, err := tx.SaveRevision(t.Context(), a.ID, a.Revision, d, "", "", 7); err != nil {
			return err
		}
		return tx.SetOriginal(t.Context(), a.ID, reading.ID)
	})
}

// While an update waits, readers get the title that was published, and beside it the text that it was made from.
func TestAnUpdateThatWaitsShowsNoTitle(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		original, kept := tell(t, s, o, "https://meridian.example/1", "2026-03-10", said{"“The dam holds”", "", "Marta Kolen"})
		a := show(t, s, original, "barrage", "« Le barrage tient »", kept)
		next := original
		next.ID, next.N = store.NewID(), 2
		d, _, err := s.Original(t.Context(), original.ID)
		if err != nil {
			t.Fatal(err)
		}
		d.Title.S = "What was said at last"
		storetest.Do(t, s, func(tx *store.Tx) error { return tx.SaveOriginal(t.Context(), next, d) })
		update(t, s, a, next, "Inondation")
		want := func(when, title string, reading news.Original, heading string) {
			t.Helper()
			page := must(s.Published(t.Context(), "fr", "barrage"))(t)
			if page.Original.ID != reading.ID || page.OriginalTitle != heading || page.Title != title {
				t.Errorf("%s: %q of %q", when, page.Title, page.OriginalTitle)
			}
			lists := map[string][]store.PublicStatement{"of": must(s.PublicStatementsOf(t.Context(), a.ID))(t), "in": must(s.PublicStatementsIn(t.Context(), page))(t)}
			if lists["by"], _, err = s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr"}); err != nil {
				t.Fatal(err)
			}
			for list, found := range lists {
				if len(found) != 1 || found[0].Article.Title != title {
					t.Errorf("%s, %s: %+v", when, list, found)
				}
			}
		}
		want("while it waits", "barrage", original, "What was said")
		storetest.Do(t, s, func(tx *store.Tx) error {
			if err := tx.SavePlaces(t.Context(), a, 2, []news.StatementPlace{{Statement: kept[0].ID, End: 10, Words: "Inondation"}}); err != nil {
				return err
			}
			return tx.ShowRevision(t.Context(), a.ID, 2, "", 8, true)
		})
		want("once it is shown", "Inondation", next, "What was said at last")
	})
}

// meet adds a speaker without an address.
func meet(t *testing.T, s *store.Store) string {
	t.Helper()
	x := news.Speaker{ID: store.NewID(), Kind: term.Person, CreatedAt: 1}
	storetest.Do(t, s, func(tx *store.Tx) error { return tx.AddSpeaker(t.Context(), x) })
	return x.ID
}

// call notes that articles call a speaker so.
func call(t *testing.T, s *store.Store, speaker, tag, name string) {
	t.Helper()
	storetest.Do(t, s, func(tx *store.Tx) error {
		_, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: speaker, Lang: tag, Name: name, Source: news.FromArticle, LastAt: 1})
		return err
	})
}

// A speaker's address is made of what readers know, when they first see something, and stays.
func TestAnAddressIsMadeOfPublicNames(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		private := storetest.AddOutlet(t, s, "Whisper", "https://whisper.example/", "en", news.Terms{Basis: "unknown"})
		public := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		who := meet(t, s)
		slug := func(want string) {
			t.Helper()
			if got := must(s.Speaker(t.Context(), who))(t).Slug; got != want {
				t.Errorf("the address is %q, want %q", got, want)
			}
		}
		call(t, s, who, "en", "Liar Kolen")
		first, kept := tell(t, s, private, "https://whisper.example/1", "2026-03-10", said{"“The dam holds”", who, "Liar Kolen"})
		slug("")
		show(t, s, first, "prive", "« Le barrage tient »", kept) // of an outlet that allows nothing
		slug("")
		_, err := s.SpeakerAt(t.Context(), "liar-kolen")
		is(t, err, news.ErrNotFound)
		_, err = s.SpeakerAt(t.Context(), "-"+who)
		is(t, err, news.ErrNotFound)

		call(t, s, who, "en", "Marta Kolen")
		second, kept := tell(t, s, public, "https://meridian.example/1", "2026-03-11", said{"“The dam holds”", who, "Marta Kolen"})
		slug("")
		show(t, s, second, "public", "« Le barrage tient »", kept)
		slug("marta-kolen")
		// Neither better terms nor a name that is seen more change it.
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: private.ID, FromAt: 9, Basis: "own", Translate: true, ByMachine: true, FullText: true})
		})
		for range 3 {
			call(t, s, who, "en", "Marta Anna Kolen")
		}
		slug("marta-kolen")

		// Where the terms become better first, they are what shows somebody.
		late := storetest.AddOutlet(t, s, "Late", "https://late.example/", "en", news.Terms{Basis: "quotation"})
		namesake := meet(t, s)
		call(t, s, namesake, "en", "Marta Kolen")
		third, kept := tell(t, s, late, "https://late.example/1", "2026-03-12", said{"“It does not”", namesake, "Marta Kolen"})
		show(t, s, third, "tard", "« Non »", kept)
		who = namesake
		slug("")
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: late.ID, FromAt: 9, Basis: "own", Translate: true, ByMachine: true, FullText: true})
		})
		slug("marta-kolen-2")

		// A merging leads on from each address that was shown; who had none gets one.
		nobody := meet(t, s)
		storetest.Do(t, s, func(tx *store.Tx) error { return tx.MarkMerged(t.Context(), namesake, nobody, 10) })
		who = nobody
		slug("marta-kolen-3")
		for _, old := range []string{"marta-kolen-2", "marta-kolen-3"} {
			if by := must(s.SpeakerAt(t.Context(), old))(t); by.ID != nobody {
				t.Errorf("%s leads to %+v", old, by)
			}
		}
		storetest.Do(t, s, func(tx *store.Tx) error { return tx.MarkMerged(t.Context(), namesake, "", 11) })
		who = namesake
		slug("marta-kolen-2")
	})
}

// Merging moves no statement, follows from one to another, and is undone whole, in whatever order.
func TestMergedSpeakersKeepTheirStatements(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		var who []string
		for i := range 3 {
			id := meet(t, s)
			who = append(who, id)
			call(t, s, id, "en", fmt.Sprint("Marta Kolen", strings.Repeat("a", i)))
			var list []said
			for k := range i + 1 {
				list = append(list, said{fmt.Sprintf("“The dam %d of %d holds”", k, i), id, fmt.Sprint("Marta Kolen", strings.Repeat("a", i))})
			}
			original, kept := tell(t, s, o, fmt.Sprint("https://meridian.example/", i), "2026-03-10", list...)
			show(t, s, original, fmt.Sprint("a", i), "« Le barrage tient »", kept)
		}
		merge := func(from int, into string) {
			t.Helper()
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.MarkMerged(t.Context(), who[from], into, 5) })
		}
		want := func(when string, counts ...int) {
			t.Helper()
			list, _, err := s.PublicSpeakers(t.Context(), "fr", "", 10)
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range who {
				n := 0
				for _, c := range list {
					if c.ID == id {
						n = c.Statements
					}
				}
				public, _, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr", Speaker: id})
				if err != nil {
					t.Fatal(err)
				}
				by := must(s.SpeakersByID(t.Context(), []string{id}))(t)[id]
				desk := must(s.Said(t.Context(), store.SaidQuery{Speaker: id}))(t)
				all := must(s.StatementsNamed(t.Context(), id))(t)
				if n != counts[i] || by.Said != counts[i] || len(all) != counts[i] {
					t.Errorf("%s, speaker %d: %d listed, %d counted, %d given, want %d", when, i, n, by.Said, len(all), counts[i])
				}
				if counts[i] == 0 {
					continue
				}
				if len(public) != counts[i] || len(desk.Statements) != counts[i] {
					t.Errorf("%s, speaker %d: %d public, %d at the desk, want %d", when, i, len(public), len(desk.Statements), counts[i])
				}
				for _, p := range public {
					if p.By.ID != id || p.Speaker.ID != id {
						t.Errorf("%s: %+v", when, p)
					}
				}
			}
			if pages := must(s.SpeakerAddresses(t.Context(), 0, 10))(t); len(pages) != len(list) {
				t.Errorf("%s: %d addresses of %d", when, len(pages), len(list))
			}
		}
		want("apart", 1, 2, 3)
		merge(0, who[1])
		want("one merged", 0, 3, 3)
		merge(1, who[2])
		want("two merged", 0, 0, 6)
		if by := must(s.Speaker(t.Context(), who[0]))(t); by.ID != who[2] {
			t.Errorf("%+v", by)
		}
		merge(0, "") // undone before the one that came after it
		want("the first undone", 1, 0, 5)
		merge(0, who[1])
		want("again", 0, 0, 6)

		// A newer reading, and a newer revision, leave whose they were.
		stands := must(s.StatementsNamed(t.Context(), who[2]))(t)
		i := slices.IndexFunc(stands, func(x store.NamedStatement) bool { return x.Name == "Marta Kolen" && x.Kept == who[0] })
		was := must(s.Statement(t.Context(), stands[i].ID))(t)
		if kept := must(s.KeptAs(t.Context(), was.ID))(t); kept != who[0] {
			t.Errorf("kept as %s", kept)
		}
		d, original, err := s.Original(t.Context(), was.Original)
		if err != nil {
			t.Fatal(err)
		}
		original.ID, original.N = store.NewID(), 2
		storetest.Do(t, s, func(tx *store.Tx) error { return tx.SaveOriginal(t.Context(), original, d) })
		save(t, s, original, "2026-03-10", said{was.Text, who[2], "Marta Kolen"})
		want("read anew", 0, 0, 6)
		if kept := must(s.KeptAs(t.Context(), was.ID))(t); kept != who[0] {
			t.Errorf("kept as %s after a newer reading", kept)
		}
		merge(1, "")
		want("the second undone", 0, 3, 3)
		merge(0, "")
		want("all undone", 1, 2, 3)
		is(t, s.Tx(t.Context(), func(tx *store.Tx) error { return tx.MarkMerged(t.Context(), "none", "", 5) }), news.ErrNotFound)
	})
}

// An outlet that keeps everything private is named nowhere, and its article makes no story of one; one that allows an excerpt is.
func TestElsewhereNamesNoPrivateOutlet(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		meridian := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		original, kept := tell(t, s, meridian, "https://meridian.example/1", "2026-03-10", said{"“The dam holds”", "", "Marta Kolen"})
		show(t, s, original, "a", "« Le barrage tient »", kept)
		whisper := storetest.AddOutlet(t, s, "Whisper", "https://whisper.example/", "en", news.Terms{Basis: "unknown"})
		_, other := tell(t, s, whisper, "https://whisper.example/1", "2026-03-09", said{"“The dam holds”", "", "Marta Kolen"})
		storetest.Do(t, s, func(tx *store.Tx) error {
			if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: kept[0].ID, B: other[0].ID, Score: 1, State: news.LinkFound, At: 1}); err != nil {
				return err
			}
			return tx.Relate(t.Context(), kept[0].ID)
		})
		for _, c := range []struct {
			terms news.Terms
			named bool
		}{{news.Terms{Basis: "unknown"}, false}, {news.Terms{Basis: "quotation"}, true}, {free, true}, {news.Terms{}, false}} {
			c.terms.ID, c.terms.Outlet, c.terms.FromAt = store.NewID(), whisper.ID, 2
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.AddTerms(t.Context(), c.terms) })
			story := must(s.PublicStory(t.Context(), kept[0].ID, "fr"))(t)
			part := must(s.PublicStoryParts(t.Context(), "fr", []string{story.ID}))(t)[story.ID]
			if (len(story.Elsewhere) == 1) != c.named || part.Several() != c.named || len(part.Statements) != 1 {
				t.Errorf("under %q: %+v, %+v", c.terms.Basis, story.Elsewhere, part)
			}
		}
	})
}

// The lists of speakers and of stories go on where a page ended, whatever came meanwhile, and leave out what may not be shown.
func TestListsStayWhereTheyAre(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		open := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		other := storetest.AddOutlet(t, s, "Whisper", "https://whisper.example/", "en", free)
		n := 0
		one := func(o news.Outlet, name string, day int, words ...string) []news.Statement {
			t.Helper()
			n++
			who := meet(t, s)
			call(t, s, who, "en", name)
			var list []said
			for _, w := range words {
				list = append(list, said{w, who, name})
			}
			original, kept := tell(t, s, o, fmt.Sprint(o.Home, n), fmt.Sprintf("2026-03-%02d", day), list...)
			show(t, s, original, fmt.Sprint("a", n), "« Oui »", kept)
			return kept
		}
		link := func(a, b news.Statement) {
			t.Helper()
			storetest.Do(t, s, func(tx *store.Tx) error {
				if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: a.ID, B: b.ID, Score: 1, State: news.LinkFound, At: 1}); err != nil {
					return err
				}
				return tx.Relate(t.Context(), a.ID, b.ID)
			})
		}
		pair := func(i, first, last int) {
			t.Helper()
			a, b := one(open, fmt.Sprint("Anna Alpha", i), first, "“Yes”"), one(other, fmt.Sprint("Bela Beta", i), last, "“Yes”")
			link(a[0], b[0])
		}
		for i := range 7 {
			pair(i, i+1, i+2)
		}
		page := func(after string) (first []string, next string) {
			t.Helper()
			list, next, err := s.PublicStories(t.Context(), "fr", after, 3)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range list {
				first = append(first, p.Speaker.Name)
			}
			return first, next
		}
		got, next := page("")
		if !slices.Equal(got, []string{"Anna Alpha6", "Anna Alpha5", "Anna Alpha4"}) {
			t.Errorf("first page %q", got)
		}
		pair(7, 20, 21) // newer than all
		got, next = page(next)
		if !slices.Equal(got, []string{"Anna Alpha3", "Anna Alpha2", "Anna Alpha1"}) {
			t.Errorf("second page %q", got)
		}
		if got, next = page(next); !slices.Equal(got, []string{"Anna Alpha0"}) || next != "" {
			t.Errorf("third page %q, %q", got, next)
		}

		speakers := func(limit int, between func()) (names []string) {
			t.Helper()
			after := ""
			for range 50 {
				list, next, err := s.PublicSpeakers(t.Context(), "fr", after, limit)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range list {
					names = append(names, c.In("en"))
					if c.Statements != 1 && c.In("en") != "New Comer" || c.LastAt == 0 {
						t.Errorf("%+v", c)
					}
				}
				if next == "" {
					return names
				}
				if after = next; between != nil {
					between()
					between = nil
				}
			}
			t.Fatal("the list has no end")
			return nil
		}
		names := speakers(5, func() { one(open, "New Comer", 25, "“One”", "“Two words”", "“Three words here”") })
		if sorted := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != 16 || len(sorted) != 16 || slices.Contains(names, "New Comer") {
			t.Errorf("%d speakers: %q", len(names), names)
		}
		// What may no longer be shown leaves pages short, and the list whole.
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: other.ID, FromAt: 9, Basis: "quotation"})
		})
		for _, limit := range []int{1, 2, 5, 100} {
			if names := speakers(limit, nil); len(names) != 9 || slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "Bela") }) {
				t.Errorf("by %d: %q", limit, names)
			}
		}
		if got, _ := page(""); !slices.Equal(got, []string{"Anna Alpha7", "Anna Alpha6", "Anna Alpha5"}) {
			t.Errorf("stories of which the newest may not be shown: %q", got)
		}
	})
}

// The dates of an office are those of what readers see, wherever it is printed.
func TestOfficesHaveTheDatesThatArePublic(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		who := meet(t, s)
		role := func(words, on string) {
			storetest.Do(t, s, func(tx *store.Tx) error {
				_, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: who, Lang: "en", Role: words, Source: news.FromArticle, LastAt: day(t, on)})
				return err
			})
		}
		for i, on := range []string{"2025-01-10", "2026-03-10", "2026-03-12", "2026-10-10"} {
			original, kept := tell(t, s, o, fmt.Sprint("https://meridian.example/", i), on, said{"“The dam holds”", who, "Marta Kolen"})
			role("Mayor", on)
			if i == 1 || i == 2 {
				show(t, s, original, fmt.Sprint("a", i), "« Le barrage tient »", kept)
			}
		}
		role("Minister", "2026-11-10")
		list, _, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr"})
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		page := must(s.PublicSpeaker(t.Context(), must(s.Speaker(t.Context(), who))(t)))(t)
		for where, by := range map[string]news.Speaker{"beside a statement": list[0].By, "on the page": page} {
			if len(by.Roles) != 1 || by.Roles[0].Role != "Mayor" || by.Roles[0].FirstAt != day(t, "2026-03-10") || by.Roles[0].LastAt != day(t, "2026-03-12") {
				t.Errorf("%s: %+v", where, by.Roles)
			}
		}
	})
}

// A database of the version before knows, once opened, what readers see, whose merged statements are, and which addresses were shown.
func TestADatabaseOfBeforePublicWords(t *testing.T) {
	for dialect, address := range map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return "sqlite " + filepath.Join(t.TempDir(), "dragoman.db") },
		"PostgreSQL": func(t *testing.T) string { return storetest.Schema(t) },
	} {
		t.Run(dialect, func(t *testing.T) {
			dsn := address(t)
			s := storetest.Open(t, dsn)
			kolen, merged, hidden := know(t, s, "en", "Marta Kolen"), know(t, s, "en", "M Kolen"), know(t, s, "en", "Liar Kolen")
			o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
			original, kept := tell(t, s, o, "https://meridian.example/1", "2026-03-10", said{"“The dam will hold this year”", kolen, "Marta Kolen"})
			a := show(t, s, original, "barrage", "« Le barrage tient »", kept)
			first := original
			d, _, err := s.Original(t.Context(), original.ID)
			if err != nil {
				t.Fatal(err)
			}
			original.ID, original.N = store.NewID(), 2
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.SaveOriginal(t.Context(), original, d) })
			save(t, s, original, "2026-03-10", said{"“The flood will come this year”", hidden, "Liar Kolen"})
			update(t, s, a, original, "Inondation")
			down := `UPDATE speaker SET merged_into = '` + kolen + `' WHERE id = '` + merged + `';
				UPDATE statement SET speaker = '` + kolen + `';
				DROP INDEX statement_public_no; DROP INDEX statement_public_name; DROP INDEX statement_public_role;
				DROP INDEX statement_public_newest; DROP INDEX statement_public_story; DROP INDEX speaker_known_as;
				ALTER TABLE revision DROP COLUMN original;
				DROP TABLE upkeep; DROP TABLE item_text; DROP TABLE item_failure; DROP TABLE item_twin; DROP INDEX item_state; ALTER TABLE speaker DROP COLUMN known_as; DELETE FROM said; DELETE FROM migration WHERE version >= 11`
			for _, column := range []string{"no", "at", "outlet", "story", "said_in", "name", "role"} {
				down += `; ALTER TABLE statement_public DROP COLUMN ` + column
			}
			for _, step := range strings.Split(down, ";") {
				if _, err := s.DB().ExecContext(t.Context(), step); err != nil {
					t.Fatalf("%s: %v", step, err)
				}
			}
			for range 2 { // the second time there is nothing to do
				s := storetest.Open(t, dsn)
				for words, want := range map[string]int{"barrage": 1, "dam": 1, "flood": 0} {
					if got := must(s.Said(t.Context(), store.SaidQuery{Words: words, Public: "fr"}))(t); len(got.Statements) != want {
						t.Errorf("%q: %d found", words, len(got.Statements))
					}
				}
				for _, shown := range []string{"marta-kolen", "m-kolen"} {
					if by := must(s.SpeakerAt(t.Context(), shown))(t); by.ID != kolen {
						t.Errorf("%s leads to %+v", shown, by)
					}
				}
				if by := must(s.Speaker(t.Context(), hidden))(t); by.Slug != "" {
					t.Errorf("an address that was never shown is %q", by.Slug)
				}
				if page := must(s.Published(t.Context(), "fr", "barrage"))(t); page.Original.ID != first.ID || page.Title != "barrage" {
					t.Errorf("%+v", page)
				}
				list, _, err := s.PublicSpeakers(t.Context(), "fr", "", 10)
				if err != nil || len(list) != 1 || list[0].ID != kolen || list[0].Statements != 1 || list[0].LastAt == 0 || len(list[0].Names) != 1 {
					t.Errorf("%+v %v", list, err)
				}
			}
		})
	}
}

// Within a page the outlets' terms are asked once; the next page asks anew.
func TestAPageAsksTheTermsOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", free)
		original, kept := tell(t, s, o, "https://meridian.example/1", "2026-03-10", said{"“The dam holds”", "", "Marta Kolen"})
		show(t, s, original, "a", "« Le barrage tient »", kept)
		page := store.AskOnce(t.Context())
		seen := func(ctx context.Context) int {
			t.Helper()
			list, _, err := s.PublicStatementsBy(ctx, store.PublicQuery{Lang: "fr"})
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if seen(page) != 1 {
			t.Error("the statement is not shown")
		}
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.AddTerms(t.Context(), news.Terms{ID: store.NewID(), Outlet: o.ID, FromAt: 9, Basis: "unknown"})
		})
		if seen(store.AskOnce(page)) != 1 {
			t.Error("one page is of two opinions")
		}
		if seen(t.Context()) != 0 || seen(store.AskOnce(t.Context())) != 0 {
			t.Error("the next page shows what was taken back")
		}
		stopped, stop := context.WithCancel(store.AskOnce(t.Context()))
		stop()
		if _, _, err := s.PublicStatementsBy(stopped, store.PublicQuery{Lang: "fr"}); err == nil {
			t.Error("a question that was not answered counts as answered")
		}
	})
}

// Namesakes who are shown at the same moment get an address each.
func TestNamesakesAtOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const n = 8
		var articles []news.Article
		for i := range n {
			o := storetest.AddOutlet(t, s, fmt.Sprint("Outlet ", i), fmt.Sprintf("https://o%d.example/", i), "en", free)
			who := meet(t, s)
			call(t, s, who, "en", "Marta Kolen")
			original, kept := tell(t, s, o, o.Home+"1", "2026-03-10", said{"“The dam holds”", who, "Marta Kolen"})
			a := show(t, s, original, fmt.Sprint("a", i), "« Oui »", kept)
			storetest.Do(t, s, func(tx *store.Tx) error { // as if it had not been shown yet
				if err := tx.ShowRevision(t.Context(), a.ID, 0, "", 4, false); err != nil {
					return err
				}
				_, err := tx.SQL().ExecContext(t.Context(), `UPDATE speaker SET slug = '-' || id WHERE id = $1`, who)
				return err
			})
			articles = append(articles, a)
		}
		failed := make(chan error, n)
		for _, a := range articles {
			go func() {
				failed <- s.Tx(t.Context(), func(tx *store.Tx) error { return tx.ShowRevision(t.Context(), a.ID, 1, "", 5, false) })
			}()
		}
		for range n {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		list, _, err := s.PublicSpeakers(t.Context(), "fr", "", 2*n)
		if err != nil {
			t.Fatal(err)
		}
		slugs := map[string]bool{}
		for _, c := range list {
			slugs[c.Slug] = true
		}
		if len(slugs) != n || !slugs["marta-kolen"] || !slugs[fmt.Sprint("marta-kolen-", n)] {
			t.Errorf("%v", slugs)
		}
	})
}
