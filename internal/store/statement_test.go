package store_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// free are terms under which readers may have everything.
var free = news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true}

// A said is a statement of a test: who is a speaker's identifier.
type said struct{ words, who, name string }

// day is midnight UTC of a day, in milliseconds.
func day(t *testing.T, s string) int64 {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMilli()
}

// tell keeps an article in which each of the statements is a paragraph, said on the day.
func tell(t *testing.T, s *store.Store, o news.Outlet, url, on string, list ...said) (news.Original, []news.Statement) {
	t.Helper()
	d := doc.Document{Lang: o.Lang, Title: doc.Text{S: "What was said"}}
	for i, x := range list {
		d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i+1), Text: doc.Text{S: x.words}})
	}
	original := storetest.AddOriginal(t, s, o, url, d, day(t, on))
	return original, save(t, s, original, on, list...)
}

func save(t *testing.T, s *store.Store, o news.Original, on string, list ...said) []news.Statement {
	t.Helper()
	var statements []news.Statement
	var keys []string
	for i, x := range list {
		text := statement.Statement{
			Kind: statement.Direct, Block: i, End: len(x.words), Text: x.words, Pieces: [][2]int{{1, len(x.words) - 1}}, First: "en",
			Cue: &statement.Cue{Text: "said", Lemma: "say", Stance: statement.Neutral, Start: 1, End: 5}, Addressee: "a reporter", Answers: "a question",
			SaidAt: &statement.Date{Text: "on Monday", Value: on, Precision: "day"}, Hops: []statement.Hop{{Lang: "en", Who: x.name, Evidence: "stated"}},
		}
		if x.name != "" {
			text.Speaker = statement.Speaker{ID: x.who, Name: x.name, Mention: x.name, Start: 2, End: 3, Role: "mayor", State: statement.Named}
		}
		statements = append(statements, news.Statement{Statement: text, At: day(t, on)})
		keys = append(keys, fmt.Sprint("b", i+1))
	}
	var kept []news.Statement
	storetest.Do(t, s, func(tx *store.Tx) (err error) {
		kept, err = tx.SaveStatements(t.Context(), o, statements, keys, 5)
		return err
	})
	return kept
}

// know adds a speaker with a name in a language.
func know(t *testing.T, s *store.Store, tag, name string) string {
	t.Helper()
	x := news.Speaker{ID: store.NewID(), Slug: strings.ToLower(strings.ReplaceAll(name, " ", "-")), Kind: term.Person, CreatedAt: 1}
	storetest.Do(t, s, func(tx *store.Tx) error {
		if err := tx.AddSpeaker(t.Context(), x); err != nil {
			return err
		}
		_, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: x.ID, Lang: tag, Name: name, Source: news.FromArticle, LastAt: 1})
		return err
	})
	return x.ID
}

func TestAStatementIsKeptWhole(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		who := know(t, s, "en", "Marta Kolen")
		original, kept := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“The dam holds”", who, "Marta Kolen"}, said{"“Nobody knows”", "", ""})
		if len(kept) != 2 || kept[0].ID == "" || kept[0].No == 0 || kept[0].No == kept[1].No {
			t.Fatalf("%+v", kept)
		}
		got := must(s.Statement(t.Context(), kept[0].ID))(t)
		equal(t, got, kept[0])
		equal(t, must(s.StatementsOf(t.Context(), original.Item))(t), kept)
		if got.Key != "b1" || got.Outlet != o.ID || got.At != day(t, "2026-03-10") || got.Hops[0].Evidence != "stated" || got.Passing() != statement.Verbatim {
			t.Errorf("%+v", got)
		}
		// Once more changes nothing.
		equal(t, save(t, s, original, "2026-03-10", said{"“Other words”", "", ""}), kept)
		if n := must(s.Speaker(t.Context(), who))(t).Said; n != 1 {
			t.Errorf("%d statements of the speaker", n)
		}
		if ids := must(s.UnreadOriginals(t.Context(), "", 10))(t); len(ids) != 0 {
			t.Errorf("unread: %v", ids)
		}
		_, err := s.Statement(t.Context(), "none")
		is(t, err, news.ErrNotFound)
	})
}

// readAgain saves a second reading of an original, which says what the first did.
func readAgain(t *testing.T, s *store.Store, original news.Original) news.Original {
	t.Helper()
	next := original
	next.ID, next.N = store.NewID(), 2
	d, _, err := s.Original(t.Context(), original.ID)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, s, func(tx *store.Tx) error { return tx.SaveOriginal(t.Context(), next, d) })
	return next
}

// The second reading of a page: what it still says keeps its identity, what it says no more is gone and not lost.
func TestASecondReadingKeepsWhatStands(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen, tarvis := know(t, s, "en", "Marta Kolen"), know(t, s, "en", "Jon Tarvis")
		original, first := tell(t, s, o, "https://one.example/1", "2026-03-10",
			said{"“The dam holds for as long as it must”", kolen, "Marta Kolen"}, said{"“Nobody knows when the rain will end”", kolen, "Marta Kolen"}, said{"“I never said so”", kolen, "Marta Kolen"})
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.SetStatementSpeaker(t.Context(), first[1].ID, statement.Speaker{ID: tarvis, Name: "Jon Tarvis", State: statement.Named}, "Ann", 7)
		})
		next := readAgain(t, s, original)
		second := save(t, s, next, "2026-03-10",
			said{"“A word before the others that was not there at all”", kolen, "Marta Kolen"}, said{"“The dam holds for as long as it must”", kolen, "Marta Kolen"},
			said{"“Nobody knows when this rain will end”", kolen, "Marta Kolen"})
		if second[0].ID == first[0].ID || second[1].ID != first[0].ID || second[1].No != first[0].No {
			t.Errorf("%+v", second)
		}
		if slices.ContainsFunc(first, func(x news.Statement) bool { return x.ID == second[0].ID }) {
			t.Error("a new statement has the identity of another one")
		}
		gone := must(s.Statement(t.Context(), first[2].ID))(t)
		if gone.GoneAt == 0 || gone.Original != original.ID {
			t.Errorf("%+v", gone)
		}
		if n := must(s.Speaker(t.Context(), kolen))(t).Said + must(s.Speaker(t.Context(), tarvis))(t).Said; n != 3 {
			t.Errorf("%d statements of both", n)
		}
		for _, q := range []struct {
			words string
			n     int
		}{{"never said", 0}, {"dam holds", 1}, {"this rain", 1}} {
			if got := must(s.Said(t.Context(), store.SaidQuery{Words: q.words}))(t); len(got.Statements) != q.n {
				t.Errorf("%s: %+v", q.words, got)
			}
		}
		// Reading the older page again leaves the newer one's.
		equal(t, save(t, s, original, "2026-03-10", said{"“Old”", "", ""}), must(s.StatementsOf(t.Context(), original.Item))(t))
	})
}

// A statement whose words changed a little in its block stays the same one, with the speaker an editor gave it.
func TestACorrectionOutlivesASecondReading(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen, tarvis := know(t, s, "en", "Marta Kolen"), know(t, s, "en", "Jon Tarvis")
		original, first := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“Nobody knows when the rain will end”", kolen, "Marta Kolen"})
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.SetStatementSpeaker(t.Context(), first[0].ID, statement.Speaker{ID: tarvis, Name: "Jon Tarvis", State: statement.Named}, "Ann", 7)
		})
		next := readAgain(t, s, original)
		second := save(t, s, next, "2026-03-12", said{"“Nobody knows when this rain will end”", kolen, "Marta Kolen"})
		got := second[0]
		if got.ID != first[0].ID || got.Speaker.ID != tarvis || got.Speaker.Mention != "Marta Kolen" || got.CorrectedBy != "Ann" || got.CorrectedAt != 7 {
			t.Errorf("%+v", got)
		}
		if got.No == first[0].No {
			t.Error("its number does not follow its day")
		}
		equal(t, must(s.Statement(t.Context(), got.ID))(t), got)
		found := must(s.Said(t.Context(), store.SaidQuery{Speaker: tarvis, Since: day(t, "2026-03-12")}))(t)
		if len(found.Statements) != 1 {
			t.Errorf("%+v", found)
		}
	})
}

func TestSaid(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		one := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		two := storetest.AddOutlet(t, s, "Two", "https://two.example/", "ru", free)
		kolen, ryabkov := know(t, s, "en", "Marta Kolen"), know(t, s, "ru", "Сергей Рябков")
		ids := map[string]string{}
		for _, x := range []struct {
			key, on string
			o       news.Outlet
			said
		}{
			{"dam", "2026-03-10", one, said{"“The dam will hold, and the Élysée knows it”", kolen, "Marta Kolen"}},
			{"sanctions", "2026-03-11", one, said{"“Sanctions are a dam against nothing”", kolen, "Marta Kolen"}},
			{"long", "2026-03-12", one, said{"“Of all that was said here about the river, the bridge, the road, the money and whoever has to pay for it, the dam is what I heard least of, which is a pity”", kolen, "Marta Kolen"}},
			{"ru", "2026-03-13", two, said{"«Плотина выдержит, и ещё как»", ryabkov, "Сергей Рябков"}},
			{"nobody", "2026-03-14", one, said{"“Never 1,000 dams”", "", ""}},
		} {
			_, list := tell(t, s, x.o, x.o.Home+x.key, x.on, x.said)
			ids[list[0].ID] = x.key
		}
		for _, c := range []struct {
			name string
			q    store.SaidQuery
			want string
		}{
			{"all, by date", store.SaidQuery{}, "nobody ru long sanctions dam"},
			{"a word, what says little else first", store.SaidQuery{Words: "dam"}, "sanctions dam long"},
			{"by date", store.SaidQuery{Words: "dam", Order: store.ByDate}, "long sanctions dam"},
			{"no accents", store.SaidQuery{Words: "elysee"}, "dam"},
			{"capitals and accents", store.SaidQuery{Words: "ÉLYSÉE"}, "dam"},
			{"ё is е", store.SaidQuery{Words: "еще"}, "ru"},
			{"an ending", store.SaidQuery{Words: "sanction"}, "sanctions"},
			{"an ending in Russian", store.SaidQuery{Words: "плотины"}, "ru"},
			{"all of the words", store.SaidQuery{Words: "dam hold"}, "dam"},
			{"a phrase", store.SaidQuery{Words: `"the dam"`}, "dam long"},
			{"a phrase that is not there", store.SaidQuery{Words: "“dam the”"}, ""},
			{"a speaker about a word", store.SaidQuery{Words: "dam", Speaker: kolen, Since: day(t, "2026-03-11")}, "sanctions long"},
			{"a typed surname in another script", store.SaidQuery{Name: "ryabkov"}, "ru"},
			{"until", store.SaidQuery{Until: day(t, "2026-03-11")}, "dam"},
			{"an outlet", store.SaidQuery{Outlet: two.ID}, "ru"},
			{"a language", store.SaidQuery{Lang: "en-GB", Words: "dam hold"}, "dam"},
			{"a kind", store.SaidQuery{Kind: statement.Scare}, ""},
			{"a kind and a number", store.SaidQuery{Kind: statement.Direct, Words: "000"}, "nobody"},
			{"signs alone", store.SaidQuery{Words: "“” ?!"}, ""},
			{"what databases have words for", store.SaidQuery{Words: `dam" OR 'x' NOT * & | ( : ^ NEAR`}, ""},
			{"an unknown speaker", store.SaidQuery{Speaker: "x' OR"}, ""},
			{"what readers see: nothing", store.SaidQuery{Public: "fr"}, ""},
		} {
			page := must(s.Said(t.Context(), c.q))(t)
			var got []string
			for _, x := range page.Statements {
				got = append(got, ids[x.ID])
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %s", c.name, got, c.want)
			}
		}
		found := must(s.Said(t.Context(), store.SaidQuery{Words: "elysee"}))(t).Statements[0]
		if found.OutletName != "One" || found.ItemURL != "https://one.example/dam" || found.ItemTitle != "What was said" {
			t.Errorf("%+v", found)
		}
		_, err := s.Said(t.Context(), store.SaidQuery{After: "nothing of ours"})
		is(t, err, news.ErrInvalid)
	})
}

func TestSaidGoesOnWhereAPageEnded(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		var want []string
		for i := range 23 {
			list := []said{{"“The dam”" + strings.Repeat(" and more", i%5), "", ""}, {"“A dam for the day number " + fmt.Sprint(i) + "”", "", ""}}
			_, kept := tell(t, s, o, fmt.Sprint("https://one.example/", i), "2026-03-10", list...)
			want = append(want, kept[0].ID, kept[1].ID)
		}
		for _, order := range []store.SaidOrder{store.ByRelevance, store.ByDate} {
			q := store.SaidQuery{Words: "dam", Order: order, Limit: 7}
			seen := map[string]bool{}
			for range 20 {
				page := must(s.Said(t.Context(), q))(t)
				for _, x := range page.Statements {
					if seen[x.ID] {
						t.Errorf("order %d: twice", order)
					}
					seen[x.ID] = true
				}
				if q.After = page.Next; q.After == "" {
					break
				}
				// what comes meanwhile does not shift the pages
				tell(t, s, o, fmt.Sprint("https://one.example/later", order, len(seen)), "2026-04-01", said{"“Dam, dam, dam”", "", ""})
			}
			for _, id := range want {
				if !seen[id] {
					t.Fatalf("order %d: %d of %d were found", order, len(seen), len(want))
				}
			}
		}
	})
}

func TestTranslationsAreSearchedAndPublicOnesAreShown(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen := know(t, s, "en", "Marta Kolen")
		original, kept := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“The dam holds”", kolen, "Marta Kolen"}, said{"“Nobody knows”", kolen, "Marta Kolen"})
		fr := doc.Document{Lang: "fr", Title: doc.Text{S: "Ce qui fut dit"}, Blocks: []doc.Block{
			{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "« Le barrage tient »"}}, {Kind: doc.Paragraph, Key: "b2", Text: doc.Text{S: "« Nul ne sait »"}},
		}}
		a := storetest.AddDraft(t, s, original, fr, 2)
		place := func(i int, words string) news.StatementPlace {
			return news.StatementPlace{Statement: kept[i].ID, Block: i, End: len(words), Words: words}
		}
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.SavePlaces(t.Context(), a, 1, []news.StatementPlace{place(1, "« Nul ne sait »"), place(0, "« Le barrage tient »")})
		})
		count := func(q store.SaidQuery) int { return len(must(s.Said(t.Context(), q))(t).Statements) }
		if count(store.SaidQuery{Words: "barrage"}) != 1 || count(store.SaidQuery{Words: "barrage", Public: "fr"}) != 0 {
			t.Error("a translation that is not public")
		}
		list, _, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr"})
		if err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		storetest.Publish(t, s, a.ID, "ce-qui-fut-dit", 3)
		if count(store.SaidQuery{Words: "barrage", Public: "fr"}) != 1 || count(store.SaidQuery{Words: "barrage", Public: "pt"}) != 0 {
			t.Error("a translation that is public")
		}
		placed := must(s.StatementsIn(t.Context(), a.ID, 1))(t)
		if len(placed) != 2 || placed[0].ID != kept[0].ID || placed[1].Place.Lang != "fr" {
			t.Errorf("%+v", placed)
		}
		list, next, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr", Speaker: kolen, Limit: 1})
		if err != nil || len(list) != 1 || next == "" || list[0].By.In("fr") != "Marta Kolen" || list[0].Article.Slug != "ce-qui-fut-dit" {
			t.Fatalf("%+v %q %v", list, next, err)
		}
		more, next, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr", Speaker: kolen, Limit: 1, After: next})
		if err != nil || len(more) != 1 || next != "" || more[0].ID == list[0].ID {
			t.Errorf("%+v %q %v", more, next, err)
		}
		n := 0
		if err := s.EachPublicStatement(t.Context(), store.PublicQuery{Lang: "fr", Limit: 1}, func(store.PublicStatement) error { n++; return nil }); err != nil || n != 2 {
			t.Errorf("%d of 2: %v", n, err)
		}
		speakers, _, err := s.PublicSpeakers(t.Context(), "fr", "", 10)
		if err != nil || len(speakers) != 1 || speakers[0].Statements != 2 {
			t.Errorf("%+v %v", speakers, err)
		}
		// A correction of the article: places of the revision that readers see stay until the new one is shown.
		var rev int
		storetest.Do(t, s, func(tx *store.Tx) (err error) {
			fr.Blocks[0].Text.S = "« Le barrage tient bon »"
			if rev, err = tx.SaveRevision(t.Context(), a.ID, 1, fr, "", "", 4); err != nil {
				return err
			}
			return tx.SavePlaces(t.Context(), a, rev, []news.StatementPlace{place(0, "« Le barrage tient bon »")})
		})
		public := must(s.PublicStatementsOf(t.Context(), a.ID))(t)
		if len(public) != 2 || public[0].Place.Words != "« Le barrage tient »" {
			t.Errorf("%+v", public)
		}
		storetest.Do(t, s, func(tx *store.Tx) error {
			if err := tx.MoveArticle(t.Context(), a.ID, news.Published, news.Unpublished, 5); err != nil {
				return err
			}
			return tx.ShowRevision(t.Context(), a.ID, 0, "", 5, false)
		})
		if count(store.SaidQuery{Words: "barrage", Public: "fr"}) != 0 || len(must(s.PublicStatementsOf(t.Context(), a.ID))(t)) != 0 {
			t.Error("what was taken back is still shown")
		}
	})
}

func TestLinksAndStories(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var outlets []news.Outlet
		var all []news.Statement
		for i := range 4 {
			o := storetest.AddOutlet(t, s, fmt.Sprint("Outlet ", i), fmt.Sprintf("https://o%d.example/", i), "en", free)
			outlets = append(outlets, o)
			original, kept := tell(t, s, o, o.Home+"1", fmt.Sprint("2026-03-1", i), said{"“The dam holds”", "", "Marta Kolen"})
			all = append(all, kept[0])
			if i == 3 {
				continue // not translated
			}
			a := storetest.AddDraft(t, s, original, doc.Document{Lang: "fr", Title: doc.Text{S: fmt.Sprint("Titre ", i)}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "« Le barrage tient »"}}}}, 2)
			storetest.Do(t, s, func(tx *store.Tx) error {
				return tx.SavePlaces(t.Context(), a, 1, []news.StatementPlace{{Statement: kept[0].ID, End: 22, Words: "« Le barrage tient »"}})
			})
			storetest.Publish(t, s, a.ID, fmt.Sprint("titre-", i), 3)
		}
		link := func(i, j int, state news.LinkState) {
			t.Helper()
			storetest.Do(t, s, func(tx *store.Tx) error {
				if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: all[i].ID, B: all[j].ID, Score: 0.9, State: state, At: int64(10 + i)}); err != nil {
					return err
				}
				return tx.Relate(t.Context(), all[i].ID, all[j].ID)
			})
		}
		story := func(i int) string { return must(s.Statement(t.Context(), all[i].ID))(t).Story }
		link(1, 0, news.LinkFound)
		link(1, 2, news.LinkFound)
		link(2, 3, news.LinkPerhaps)
		if story(0) != all[0].ID || story(0) != story(1) || story(1) != story(2) || story(3) != "" {
			t.Fatalf("%q %q %q %q", story(0), story(1), story(2), story(3))
		}
		waiting := must(s.PerhapsLinks(t.Context(), math.MaxInt64, "", "", 10))(t)
		if len(waiting) != 1 || waiting[0].OutletA == "" || waiting[0].StatementB.Text != all[0].Text || must(s.PerhapsCount(t.Context()))(t) != 1 {
			t.Errorf("%+v", waiting)
		}
		if more := must(s.PerhapsLinks(t.Context(), waiting[0].At, waiting[0].A, waiting[0].B, 10))(t); len(more) != 0 {
			t.Errorf("%+v", more)
		}
		link(2, 3, news.LinkFound)
		got := must(s.PublicStory(t.Context(), all[2].ID, "fr"))(t)
		if got.ID != all[0].ID || len(got.Statements) != 3 || len(got.Articles) != 3 || got.Statements[0].ID != all[0].ID || len(got.Elsewhere) != 1 || got.Elsewhere[0].Outlet.ID != outlets[3].ID {
			t.Errorf("%+v", got)
		}
		heads, next, err := s.PublicStories(t.Context(), "fr", "", 5)
		if err != nil || next != "" || len(heads) != 1 || heads[0].Story != all[0].ID || heads[0].ID != all[0].ID {
			t.Errorf("%+v %v", heads, err)
		}
		// What a person left, readers hear nothing of.
		for _, move := range [][2]string{{"left", "0"}, {"taken", "1"}} {
			storetest.Do(t, s, func(tx *store.Tx) error { return tx.MoveItem(t.Context(), all[3].Item, move[0], "") })
			if got := must(s.PublicStory(t.Context(), all[2].ID, "fr"))(t); fmt.Sprint(len(got.Elsewhere)) != move[1] {
				t.Errorf("%s: %+v", move[0], got.Elsewhere)
			}
		}
		_, err = s.PublicStory(t.Context(), all[2].ID, "pt")
		is(t, err, news.ErrNotFound)

		// What a person said is not overridden; a story falls apart where it is cut.
		storetest.Do(t, s, func(tx *store.Tx) error {
			if err := tx.DecideLink(t.Context(), news.StatementLink{A: all[2].ID, B: all[1].ID, State: news.LinkCut, By: "Ann", At: 20}); err != nil {
				return err
			}
			return tx.Relate(t.Context(), all[1].ID, all[2].ID)
		})
		link(1, 2, news.LinkFound)
		link(1, 2, "")
		if l := must(s.Link(t.Context(), all[1].ID, all[2].ID))(t); l.State != news.LinkCut || l.By != "Ann" {
			t.Errorf("%+v", l)
		}
		if story(0) != story(1) || story(2) != all[2].ID || story(3) != story(2) {
			t.Errorf("%q %q %q %q", story(0), story(1), story(2), story(3))
		}
		list := must(s.LinksOf(t.Context(), all[2].ID))(t)
		if len(list) != 2 || list[0].Statement.ID != all[3].ID || list[1].State != news.LinkCut || list[1].OutletName != "Outlet 1" {
			t.Errorf("%+v", list)
		}
		if by := must(s.LinksOfItem(t.Context(), all[2].Item))(t); len(by[all[2].ID]) != 2 {
			t.Errorf("%+v", by)
		}
		// What the machine no longer thinks is forgotten.
		link(0, 1, "")
		if story(0) != "" || story(1) != "" {
			t.Errorf("%q %q", story(0), story(1))
		}
	})
}

func TestSpeakersAreFoundByWhatIsTyped(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		kolen, ryabkov, lefevre := know(t, s, "en", "Marta Kolen"), know(t, s, "ru", "Сергей Рябков"), know(t, s, "fr", "André Lefèvre")
		for typed, want := range map[string]string{
			"mar": kolen, "KOL": kolen, "marta k": kolen, "ryabk": ryabkov, "Рябк": ryabkov, "rjabkow": ryabkov, "sergej": ryabkov, "lefevre": lefevre, "and": lefevre, "Lefèv": lefevre,
		} {
			list := must(s.SpeakersNamed(t.Context(), typed, 5))(t)
			if len(list) != 1 || list[0].ID != want {
				t.Errorf("%s: %+v", typed, list)
			}
		}
		for _, typed := range []string{"", "%", "olen", "marta x", "_"} {
			if list := must(s.SpeakersNamed(t.Context(), typed, 5))(t); len(list) != 0 {
				t.Errorf("%q: %+v", typed, list)
			}
		}
		all := must(s.Speakers(t.Context(), math.MaxInt, "", 2))(t)
		rest := must(s.Speakers(t.Context(), all[1].Said, all[1].ID, 2))(t)
		if len(all) != 2 || len(rest) != 1 {
			t.Errorf("%d and %d", len(all), len(rest))
		}
		x := must(s.SpeakerAt(t.Context(), "marta-kolen"))(t)
		if x.ID != kolen || len(x.Names) != 1 {
			t.Errorf("%+v", x)
		}
		err := s.Tx(t.Context(), func(tx *store.Tx) error {
			return tx.AddSpeaker(t.Context(), news.Speaker{ID: store.NewID(), Slug: "marta-kolen"})
		})
		is(t, err, news.ErrConflict)
		_, err = s.SpeakerAt(t.Context(), "nobody")
		is(t, err, news.ErrNotFound)
		storetest.Do(t, s, func(tx *store.Tx) error {
			for _, at := range []int64{50, 20, 90} {
				if _, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: kolen, Lang: "en", Role: "the Mayor", Source: news.FromArticle, LastAt: at}); err != nil {
					return err
				}
			}
			_, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: kolen, Lang: "en", Role: "engineer", Source: news.FromArticle, LastAt: 10})
			return err
		})
		x = must(s.Speaker(t.Context(), kolen))(t)
		if len(x.Roles) != 2 || x.Roles[0].Role != "the Mayor" || x.Roles[0].FirstAt != 20 || x.Roles[0].LastAt != 90 || x.RoleIn("en-GB") != "the Mayor" {
			t.Errorf("%+v", x.Roles)
		}
	})
}

func TestHowASpeakerIsPrinted(t *testing.T) {
	name := func(tag, name, source string, seen int) news.SpeakerName {
		return news.SpeakerName{Lang: tag, Name: name, Source: source, Seen: seen, FirstAt: int64(seen)}
	}
	for _, c := range []struct {
		names []news.SpeakerName
		home  string
		in    string
		want  string
	}{
		{[]news.SpeakerName{name("ru", "Сергей Рябков", news.FromArticle, 1)}, "", "fr", "Sergueï Riabkov"},
		{[]news.SpeakerName{name("ru", "Сергей Рябков", news.FromArticle, 1)}, "", "en", "Sergey Ryabkov"},
		{[]news.SpeakerName{name("en", "Sergei Ryabkov", news.FromArticle, 1), name("fr", "Sergueï Riabkov", news.FromArticle, 1)}, "", "fr-CA", "Sergueï Riabkov"},
		{[]news.SpeakerName{name("en", "Jo Smith", news.FromArticle, 1), name("en", "Joanna Smith", news.FromArticle, 9)}, "", "en", "Joanna Smith"},
		{[]news.SpeakerName{name("en", "Jo Smith", news.FromEditor, 1), name("en", "Joanna Smith", news.FromArticle, 9)}, "", "en", "Jo Smith"},
		{[]news.SpeakerName{name("en", "Joanna Smith", news.FromArticle, 9)}, "", "pt", "Joanna Smith"},
		{[]news.SpeakerName{name("ru", "Эмманюэль Макрон", news.FromArticle, 3), name("fr", "Emmanuel Macron", news.FromArticle, 1)}, "", "en", "Emmanuel Macron"},
		{[]news.SpeakerName{name("fr", "Emmanuel Macron", news.FromArticle, 1)}, "", "ru", "Emmanuel Macron"},
		{nil, "", "en", ""},
	} {
		s := news.Speaker{Home: lang.Tag(c.home), Kind: term.Person, Names: c.names}
		if got := s.In(c.in); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.names, c.in, got, c.want)
		}
	}
}

// Two programs save statements at the same moment, and nothing is lost or doubled.
func TestStatementsOfManyAtOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		d := doc.Document{Lang: "en", Title: doc.Text{S: "Title"}}
		original := storetest.AddOriginal(t, s, o, "https://one.example/1", d, 1)
		errs := make(chan error, 8)
		for range cap(errs) {
			go func() {
				errs <- s.Tx(context.WithoutCancel(t.Context()), func(tx *store.Tx) error {
					_, err := tx.SaveStatements(t.Context(), original, []news.Statement{{Statement: statement.Statement{Kind: statement.Direct, Text: "“The dam holds”"}, At: 5}}, nil, 5)
					return err
				})
			}()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if list := must(s.StatementsOf(t.Context(), original.Item))(t); len(list) != 1 {
			t.Errorf("%d statements", len(list))
		}
	})
}

func TestABackupHoldsWhatWasSaid(t *testing.T) {
	dir := t.TempDir()
	s := storetest.SQLite(t)
	o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
	_, kept := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“The dam holds”", know(t, s, "en", "Marta Kolen"), "Marta Kolen"})
	file, path := filepath.Join(dir, "backup.tgz"), filepath.Join(dir, "new", "dragoman.db")
	if err := s.Backup(t.Context(), file, filepath.Join(dir, "media")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), file, path, filepath.Join(dir, "new", "media")); err != nil {
		t.Fatal(err)
	}
	restored := storetest.Open(t, "sqlite "+path)
	found := must(restored.Said(t.Context(), store.SaidQuery{Words: "dam", Name: "kolen"}))(t)
	if len(found.Statements) != 1 || found.Statements[0].ID != kept[0].ID {
		t.Errorf("%+v", found)
	}
	for _, f := range must(restored.Doctor(t.Context(), 200))(t) {
		if !f.OK || f.Name == "statements" && !strings.HasPrefix(f.Says, "1 of 1 speakers") {
			t.Errorf("%+v", f)
		}
	}
}

// What stands in an address that somebody made up is not found, on both databases alike.
func TestWhatNoDatabaseHoldsIsNotFound(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		for _, bad := range []string{"a\x00", "\xff", "\x00"} {
			_, err := s.SpeakerAt(t.Context(), bad)
			is(t, err, news.ErrNotFound)
			_, err = s.PublicStory(t.Context(), bad, "fr")
			is(t, err, news.ErrNotFound)
			list, _, err := s.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: bad, Speaker: bad, Story: bad})
			if err != nil || len(list) != 0 {
				t.Errorf("%q: %+v %v", bad, list, err)
			}
		}
		for _, numbers := range []string{`[-5,0,0]`, `[0,-1,0]`, `[0,0,-9223372036854775808]`} {
			after := base64.RawURLEncoding.EncodeToString([]byte(numbers))
			_, _, err := s.PublicSpeakers(t.Context(), "fr", after, 10)
			is(t, err, news.ErrInvalid)
			_, _, err = s.PublicStories(t.Context(), "fr", after, 10)
			is(t, err, news.ErrInvalid)
			_, err = s.Said(t.Context(), store.SaidQuery{After: after})
			is(t, err, news.ErrInvalid)
		}
		for _, spot := range []string{`[-5,"a"]`, `["a",5]`, `[5]`, `[5,"a",5]`, `[5,"\u0000"]`, `null`} {
			_, _, err := s.PublicSpeakers(t.Context(), "fr", base64.RawURLEncoding.EncodeToString([]byte(spot)), 10)
			is(t, err, news.ErrInvalid)
		}
		far := base64.RawURLEncoding.EncodeToString([]byte(`[9223372036854775807,"z"]`))
		if list, next, err := s.PublicSpeakers(t.Context(), "fr", far, 10); err != nil || len(list) != 0 || next != "" {
			t.Errorf("%+v %q %v", list, next, err)
		}
	})
}

// A text that has the words by which the index knows whose a statement is, and who sees it, says nothing of that.
func TestATextDoesNotSayWhoSeesIt(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen := know(t, s, "en", "Marta Kolen")
		hidden := "zzpfr zzlfr zzs" + strings.ReplaceAll(kolen, "-", "")
		_, kept := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“A zzzebra saw " + hidden + "”", "", ""})
		for what, q := range map[string]store.SaidQuery{"public": {Public: "fr"}, "speaker": {Speaker: kolen}, "language": {Lang: "fr"}, "words": {Words: "zzpfr"}} {
			if got := must(s.Said(t.Context(), q))(t); len(got.Statements) != 0 {
				t.Errorf("%s: %+v", what, got)
			}
		}
		if got := must(s.Said(t.Context(), store.SaidQuery{Words: "zzzebra"}))(t); len(got.Statements) != 1 || got.Statements[0].ID != kept[0].ID {
			t.Errorf("%+v", got)
		}
	})
}

// One quotation alone of its paragraph is the same one, however few words it has.
func TestAShortQuotationStaysTheSame(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen, tarvis := know(t, s, "en", "Marta Kolen"), know(t, s, "en", "Jon Tarvis")
		original, first := tell(t, s, o, "https://one.example/1", "2026-03-10",
			said{"“Never agin”", kolen, "Marta Kolen"}, said{"“Nobody knows”", kolen, "Marta Kolen"}, said{"“Yes”", kolen, "Marta Kolen"})
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.SetStatementSpeaker(t.Context(), first[0].ID, statement.Speaker{ID: tarvis, Name: "Jon Tarvis", State: statement.Named}, "Ann", 7)
		})
		next := readAgain(t, s, original)
		second := save(t, s, next, "2026-03-10",
			said{"“Never again”", kolen, "Marta Kolen"}, said{"“Somebody knew”", kolen, "Marta Kolen"}, said{"“Perhaps”", kolen, "Marta Kolen"})
		if got := second[0]; got.ID != first[0].ID || got.Speaker.ID != tarvis || got.CorrectedBy != "Ann" {
			t.Errorf("%+v", got)
		}
		if second[2].ID == first[2].ID {
			t.Error("words that share nothing are one statement")
		}
	})
}

// Of a place that was made before its reading was kept, readers see nothing of a reading that nobody published.
func TestAPlaceFromBeforeShowsNoNewerReading(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		o := storetest.AddOutlet(t, s, "One", "https://one.example/", "en", free)
		kolen := know(t, s, "en", "Marta Kolen")
		original, kept := tell(t, s, o, "https://one.example/1", "2026-03-10", said{"“The dam will hold for ever”", kolen, "Marta Kolen"})
		fr := doc.Document{Lang: "fr", Title: doc.Text{S: "Ce qui fut dit"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "« Le barrage tient »"}}}}
		a := storetest.AddDraft(t, s, original, fr, 2)
		words := fr.Blocks[0].Text.S
		storetest.Do(t, s, func(tx *store.Tx) error {
			return tx.SavePlaces(t.Context(), a, 1, []news.StatementPlace{{Statement: kept[0].ID, End: len(words), Words: words}})
		})
		storetest.Publish(t, s, a.ID, "ce-qui-fut-dit", 3)
		if _, err := s.DB().ExecContext(t.Context(), `UPDATE statement_place SET reading = ''`); err != nil {
			t.Fatal(err)
		}
		if list := must(s.PublicStatementsOf(t.Context(), a.ID))(t); len(list) != 1 || list[0].Words() != kept[0].Text || list[0].By.ID != kolen {
			t.Errorf("while the reading is the same: %+v", list)
		}
		next := readAgain(t, s, original)
		save(t, s, next, "2026-03-10", said{"“The dam will not hold for ever”", kolen, "Marta Kolen"})
		if list := must(s.PublicStatementsOf(t.Context(), a.ID))(t); len(list) != 1 || list[0].Words() != "" || list[0].Attributed() || list[0].Place.Words != words {
			t.Errorf("%+v", list)
		}
	})
}
