package newsroom_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom/newsroomtest"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// What an outlet says of a dam.
const (
	damHolds   = "“The dam will hold until the spring, whatever the river does to us,” said Marta Kolen, the mayor of Varn, on the bridge that the flood had left."
	damMoney   = "“We have no money for another one before the election in May,” she told a reporter, and went back to the men who were carrying sand."
	damNowhere = "The minister said that the plan for a second wall was “a road to nowhere that the whole valley would have to pay for” in the end."
)

func (b *bench) statements(item string) []news.Statement {
	b.t.Helper()
	list, err := b.store.StatementsOf(b.t.Context(), item)
	b.ok(err)
	return list
}

// saying finds the statement that has these words.
func saying(t *testing.T, list []news.Statement, words string) news.Statement {
	t.Helper()
	for _, s := range list {
		if strings.Contains(s.Text, words) {
			return s
		}
	}
	t.Fatalf("nobody says %q in %+v", words, list)
	return news.Statement{}
}

func (b *bench) speaker(id string) news.Speaker {
	b.t.Helper()
	s, err := b.store.Speaker(b.t.Context(), id)
	b.ok(err)
	return s
}

func TestStatementsAreKeptWithTheirOriginal(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds, damMoney, damNowhere)
		o := b.follow("fr")
		b.allow(o)
		a := b.articles()[0]
		list := b.statements(a.Item)
		if len(list) != 3 {
			t.Fatalf("%d statements: %+v", len(list), list)
		}
		first, second, third := list[0], list[1], list[2]
		if first.Kind != statement.Direct || first.Key == "" || first.Lang != "en" || first.Outlet != o.ID || first.Cue.Lemma != "say" || first.At == 0 {
			t.Errorf("%+v", first)
		}
		kolen := b.speaker(first.Speaker.ID)
		if kolen.In("en") != "Marta Kolen" || kolen.Kind != term.Person || !strings.Contains(kolen.RoleIn("en"), "mayor") || kolen.Said != 2 || kolen.Slug != "" {
			t.Errorf("%+v", kolen)
		}
		if second.Speaker.ID != kolen.ID || second.Speaker.State != statement.Resolved {
			t.Errorf("the mayor's second: %+v", second.Speaker)
		}
		if third.Speaker.ID != "" || third.Speaker.State != statement.Unresolved {
			t.Errorf("a minister without a name: %+v", third.Speaker)
		}
		// Reading it again changes nothing.
		b.ok(b.Room.Retake(t.Context(), a.Item))
		if again := b.statements(a.Item); len(again) != 3 || again[0].ID != first.ID || b.speaker(kolen.ID).Said != 2 {
			t.Errorf("after a second look: %+v", again)
		}

		// Its words are known in our translation, mark by mark.
		placed, err := b.store.StatementsIn(t.Context(), a.ID, 1)
		b.ok(err)
		if len(placed) != 3 || placed[0].ID != first.ID || placed[0].Place.Words != strings.ToUpper(first.Text) || placed[0].Place.Lang != "fr" {
			t.Fatalf("%+v", placed)
		}
		public, err := b.store.PublicStatementsOf(t.Context(), a.ID)
		b.ok(err)
		if len(public) != 0 {
			t.Error("readers see statements of an article that is not public")
		}
		b.ok(b.Publish(t.Context(), a.ID, b.editor.ID))
		public, err = b.store.PublicStatementsOf(t.Context(), a.ID)
		b.ok(err)
		if len(public) != 3 || public[1].By.ID != kolen.ID || public[1].Words() != second.Text || public[1].Article.ID != a.ID || public[1].OriginalURL == "" {
			t.Errorf("%+v", public)
		}
		speakers, _, err := b.store.PublicSpeakers(t.Context(), "fr", "", 10)
		b.ok(err)
		if len(speakers) != 1 || speakers[0].ID != kolen.ID || speakers[0].Statements != 2 || speakers[0].Slug != "marta-kolen" {
			t.Errorf("%+v", speakers)
		}
		found, err := b.store.Said(t.Context(), store.SaidQuery{Words: "money election", Speaker: kolen.ID, Public: "fr"})
		b.ok(err)
		if len(found.Statements) != 1 || found.Statements[0].ID != second.ID || found.Statements[0].Translations["fr"] == "" {
			t.Errorf("%+v", found)
		}

		// What readers may no longer have is nowhere.
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "quotation", Excerpt: true}))
		for what, n := range map[string]func() int{
			"article":  func() int { l, err := b.store.PublicStatementsOf(t.Context(), a.ID); b.ok(err); return len(l) },
			"speakers": func() int { l, _, err := b.store.PublicSpeakers(t.Context(), "fr", "", 10); b.ok(err); return len(l) },
			"list": func() int {
				l, _, err := b.store.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr"})
				b.ok(err)
				return len(l)
			},
			"search": func() int {
				l, err := b.store.Said(t.Context(), store.SaidQuery{Words: "dam", Public: "fr"})
				b.ok(err)
				return len(l.Statements)
			},
		} {
			if n() != 0 {
				t.Errorf("%s: readers see what the terms no longer allow", what)
			}
		}
	})
}

func TestAnEditThatLosesAMarkGuessesNothing(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds, damMoney)
		b.follow("fr")
		a := b.articles()[0]
		text := b.document(a).Blocks[1].Text
		plain := doc.Text{S: strings.NewReplacer("“", "", "”", "").Replace(text.S)}
		n, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 1}, Text: plain, By: b.editor.ID})
		b.ok(err)
		placed, err := b.store.StatementsIn(t.Context(), a.ID, n)
		b.ok(err)
		if len(placed) != 1 || placed[0].Place.Block != 2 {
			t.Errorf("%+v", placed)
		}
		// The mark comes back, and with it the place, with the words as the editor has them.
		text.S = strings.Replace(text.S, "SPRING", "PRINTEMPS", 1)
		for i := range text.Marks {
			text.Marks[i].End += len("PRINTEMPS") - len("SPRING")
		}
		n, err = b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: n, Place: doc.Place{Block: 1}, Text: text, By: b.editor.ID})
		b.ok(err)
		placed, err = b.store.StatementsIn(t.Context(), a.ID, n)
		b.ok(err)
		if len(placed) != 2 || !strings.Contains(placed[0].Place.Words, "PRINTEMPS") {
			t.Errorf("%+v", placed)
		}
		if old, err := b.store.StatementsIn(t.Context(), a.ID, 1); err != nil || len(old) != 0 {
			t.Errorf("places of a revision that nobody sees are kept: %+v %v", old, err)
		}
	})
}

func TestACorrectionIsLearnedKeptAndUndone(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds, damNowhere)
		o := b.follow("fr")
		a := b.articles()[0]
		third := saying(t, b.statements(a.Item), "road to nowhere")
		did, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: third.ID, Name: "Jon Tarvis", Kind: term.Person, By: "Ann"})
		b.ok(err)
		if did.Learned != "role" || did.LearnedText != "minister" || did.Speaker.In("en") != "Jon Tarvis" {
			t.Fatalf("%+v", did)
		}
		now := saying(t, b.statements(a.Item), "road to nowhere")
		if now.Speaker.ID != did.Speaker.ID || now.Speaker.Name != "Jon Tarvis" || now.Speaker.Mention != third.Speaker.Mention || now.CorrectedBy != "Ann" || now.CorrectedAt == 0 {
			t.Errorf("%+v", now)
		}
		again, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: third.ID, Speaker: did.Speaker.ID, By: "Ann"})
		b.ok(err)
		if again.Event != did.Event {
			t.Error("the same correction twice is two")
		}

		// A later article that names him has his words by his office alone.
		b.outlet.Add("wall", "A wall above the valley", newsroomtest.Words("river"), "Nobody had seen Jon Tarvis since the flood.",
			"The minister said that a wall was “a thing that the valley had never asked for” and would not get.")
		// One that does not, has not.
		b.outlet.Add("road", "A road above the valley", newsroomtest.Words("bridge"),
			"The minister said that a road was “a thing that the hills had always asked for” and would get.")
		b.look(o)
		var wall, road news.Statement
		for _, x := range b.articles() {
			for _, s := range b.statements(x.Item) {
				switch {
				case strings.Contains(s.Text, "never asked"):
					wall = s
				case strings.Contains(s.Text, "always asked"):
					road = s
				}
			}
		}
		if wall.Speaker.ID != did.Speaker.ID {
			t.Errorf("learned nothing: %+v", wall.Speaker)
		}
		if road.ID == "" || road.Speaker.ID != "" {
			t.Errorf("learned too much: %+v", road.Speaker)
		}

		// The outlet changes the paragraph: the correction stays.
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("lake"), damHolds, strings.Replace(damNowhere, "in the end", "one day, it seems", 1))
		b.look(o)
		now = saying(t, b.statements(a.Item), "road to nowhere")
		if now.ID != third.ID || now.Speaker.ID != did.Speaker.ID || now.CorrectedBy != "Ann" {
			t.Errorf("after the outlet's change: %+v", now)
		}
		if now.Original == third.Original {
			t.Error("it is still of the first reading")
		}

		b.ok(b.UndoChange(t.Context(), did.Event, "Bo"))
		now = saying(t, b.statements(a.Item), "road to nowhere")
		if now.Speaker.ID != "" || now.CorrectedAt != 0 || now.Speaker.State != statement.Unresolved {
			t.Errorf("undone: %+v", now.Speaker)
		}
		if s := b.speaker(did.Speaker.ID); len(s.Roles) != 0 {
			t.Errorf("what was learned is still there: %+v", s.Roles)
		}
		b.is(b.UndoChange(t.Context(), did.Event, "Bo"), news.ErrConflict)
		events, err := b.store.StatementChanges(t.Context(), third.ID)
		b.ok(err)
		if len(events) != 1 || events[0].By != "Ann" || events[0].UndoneBy != "Bo" || events[0].UndoneAt == 0 {
			t.Errorf("%+v", events)
		}
		_, err = b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: third.ID})
		b.is(err, news.ErrInvalid)
		_, err = b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: "none", Name: "X"})
		b.is(err, news.ErrNotFound)
	})
}

// A name of an article that an editor gave to somebody is that person's later, and a whole name that is somebody else's never becomes so.
func TestANicknameIsLearnedAndAStrangersNameIsNot(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds, "“Nobody will swim here again while I am alive,” said Brandy, who was drying his boots.")
		o := b.follow("fr")
		a := b.articles()[0]
		list := b.statements(a.Item)
		brandy := saying(t, list, "swim here")
		did, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: brandy.ID, Name: "Anton Brandeis", Kind: term.Person})
		b.ok(err)
		if did.Learned != "alias" || did.LearnedText != "Brandy" {
			t.Fatalf("%+v", did)
		}
		b.outlet.Add("lake", "A lake above the valley", newsroomtest.Words("lake"), "“I have swum in it since I was six, and so did my mother,” Brandy said.")
		b.look(o)
		for _, x := range b.articles() {
			if x.Item == a.Item {
				continue
			}
			if s := saying(t, b.statements(x.Item), "swum in it"); s.Speaker.ID != did.Speaker.ID {
				t.Errorf("%+v", s.Speaker)
			}
		}
		kolen := saying(t, list, "dam will hold")
		wrong, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: kolen.ID, Speaker: did.Speaker.ID})
		b.ok(err)
		if wrong.Learned != "" {
			t.Errorf("the mayor's name was learned as another's: %+v", wrong)
		}
		nobody, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: kolen.ID, Nobody: true})
		b.ok(err)
		if s := saying(t, b.statements(a.Item), "dam will hold"); s.Attributed() || s.CorrectedBy != newsroom.CommandLine {
			t.Errorf("%+v", s)
		}
		b.ok(b.UndoChange(t.Context(), nobody.Event, ""))
		b.ok(b.UndoChange(t.Context(), wrong.Event, ""))
		if s := saying(t, b.statements(a.Item), "dam will hold"); s.Speaker.Name != "Marta Kolen" || s.CorrectedAt != 0 {
			t.Errorf("%+v", s.Speaker)
		}
	})
}

func TestTakenBeforeStatementsWereKept(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true})
		d := doc.Document{Lang: "en", Title: doc.Text{S: "A dam"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: damHolds}}}}
		original := storetest.AddOriginal(t, b.store, o, "https://post.example/dam", d, 1_700_000_000_000)
		fr := d
		fr.Lang = "fr"
		fr.Blocks = []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "« Le barrage tiendra », a dit Marta Kolen."}}}
		a := storetest.AddDraft(t, b.store, original, fr, 1_700_000_000_001)
		storetest.Publish(t, b.store, a.ID, "barrage", 1_700_000_000_002)
		for range 2 { // once more does nothing
			left, err := b.FillStatements(t.Context())
			b.ok(err)
			if left {
				t.Error("something is left")
			}
			list, err := b.store.PublicStatementsOf(t.Context(), a.ID)
			b.ok(err)
			if len(list) != 1 || list[0].Place.Words != "« Le barrage tiendra »" || list[0].By.In("fr") != "Marta Kolen" {
				t.Errorf("%+v", list)
			}
		}
	})
}

func TestSpeakersAreMergedAndSplit(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds,
			"“It is the best wall that we could have built with what there was,” said Martha Kohlen, an engineer.")
		o := b.follow("fr")
		b.ok(b.SetTerms(t.Context(), o.ID, news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true}))
		list := b.statements(b.articles()[0].Item)
		one, other := saying(t, list, "dam will hold"), saying(t, list, "best wall")
		if one.Speaker.ID == other.Speaker.ID || other.Speaker.ID == "" {
			t.Fatalf("%+v %+v", one.Speaker, other.Speaker)
		}
		b.ok(b.Publish(t.Context(), b.articles()[0].ID, b.editor.ID))
		seen := func(when, speaker string, want int) {
			t.Helper()
			list, _, err := b.store.PublicStatementsBy(t.Context(), store.PublicQuery{Lang: "fr", Speaker: speaker})
			b.ok(err)
			counts, _, err := b.store.PublicSpeakers(t.Context(), "fr", "", 10)
			b.ok(err)
			n := 0
			for _, c := range counts {
				if c.ID == speaker {
					n = c.Statements
				}
			}
			desk, err := b.store.Said(t.Context(), store.SaidQuery{Speaker: speaker})
			b.ok(err)
			if len(list) != want || n != want || len(desk.Statements) != want {
				t.Errorf("%s: %d on the page, %d in the list, %d at the desk, want %d", when, len(list), n, len(desk.Statements), want)
			}
		}
		seen("before", one.Speaker.ID, 1)
		event, err := b.MergeSpeakers(t.Context(), other.Speaker.ID, one.Speaker.ID, "Ann")
		b.ok(err)
		seen("merged", one.Speaker.ID, 2)
		again, err := b.MergeSpeakers(t.Context(), other.Speaker.ID, one.Speaker.ID, "Ann")
		b.ok(err)
		if again != event {
			t.Error("merged twice")
		}
		s := b.speaker(other.Speaker.ID)
		if s.ID != one.Speaker.ID || s.Said != 2 || len(s.Names) != 2 {
			t.Errorf("%+v", s)
		}
		old, err := b.store.SpeakerAt(t.Context(), "martha-kohlen")
		b.ok(err)
		if old.ID != s.ID {
			t.Error("the old address leads elsewhere")
		}
		if x := saying(t, b.statements(one.Item), "best wall"); x.Speaker.ID != s.ID {
			t.Errorf("%+v", x.Speaker)
		}
		_, err = b.MergeSpeakers(t.Context(), one.Speaker.ID, one.Speaker.ID, "Ann")
		b.is(err, news.ErrInvalid)

		i := slices.IndexFunc(s.Names, func(n news.SpeakerName) bool { return n.Name == "Martha Kohlen" })
		split, fresh, err := b.SplitSpeaker(t.Context(), s.ID, []string{s.Names[i].ID}, "Ann")
		b.ok(err)
		if x := saying(t, b.statements(one.Item), "best wall"); x.Speaker.ID != fresh.ID || b.speaker(s.ID).Said != 1 || b.speaker(fresh.ID).Said != 1 {
			t.Errorf("%+v", x.Speaker)
		}
		seen("split", one.Speaker.ID, 1)
		seen("split", fresh.ID, 1)
		b.ok(b.UndoChange(t.Context(), split, "Ann"))
		seen("together again", one.Speaker.ID, 2)
		if x := saying(t, b.statements(one.Item), "best wall"); x.Speaker.ID != s.ID {
			t.Errorf("%+v", x.Speaker)
		}
		b.ok(b.UndoChange(t.Context(), event, "Ann"))
		if x := saying(t, b.statements(one.Item), "best wall"); x.Speaker.ID != other.Speaker.ID || b.speaker(other.Speaker.ID).Said != 1 || len(b.speaker(one.Speaker.ID).Names) != 1 {
			t.Errorf("%+v %+v", x.Speaker, b.speaker(other.Speaker.ID))
		}
		// What came to the speaker who split off, and back, stays: somebody decided about it since.
		seen("undone", one.Speaker.ID, 1)
		seen("undone", other.Speaker.ID, 1)
		b.ok(b.NameSpeaker(t.Context(), one.Speaker.ID, "fr", "Marthe Kolen", "Ann"))
		b.ok(b.NameSpeaker(t.Context(), one.Speaker.ID, "fr", "Martine Kolen", "Ann"))
		if got := b.speaker(one.Speaker.ID).In("fr"); got != "Martine Kolen" {
			t.Errorf("in French: %s", got)
		}
		words, err := b.Glossary(t.Context(), "en", "fr")
		b.ok(err)
		found := words.Find("en", "fr", "A dam that Marta Kolen built.")
		if len(found) != 1 || !slices.Equal(found[0].Must, []string{"Martine Kolen"}) {
			t.Errorf("translations do not follow the name: %+v", found)
		}
		b.ok(b.GiveRole(t.Context(), one.Speaker.ID, "fr", "maire de Varn", "Ann"))
		if got := b.speaker(one.Speaker.ID).RoleIn("fr"); got != "maire de Varn" {
			t.Errorf("in French: %s", got)
		}
	})
}

// While an update of the outlet waits, readers see what was published, as that reading had it, and so they do after an edit of it.
func TestReadersSeeTheReadingThatWasPublished(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{Basis: "licence", Licence: "CC0-1.0", Translate: true, ByMachine: true, FullText: true})
		paragraphs := func(tag string, list ...string) doc.Document {
			d := doc.Document{Lang: tag, Title: doc.Text{S: "A dam"}}
			for i, s := range list {
				d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i+1), Text: doc.Text{S: s}})
			}
			return d
		}
		original := storetest.AddOriginal(t, b.store, o, "https://post.example/dam", paragraphs("en", damHolds, damMoney), 1_700_000_000_000)
		a := storetest.AddDraft(t, b.store, original, paragraphs("fr", "« Le barrage tiendra », a dit Marta Kolen.", "« Nous n’avons pas d’argent », a-t-elle dit."), 1_700_000_000_001)
		storetest.Publish(t, b.store, a.ID, "barrage", 1_700_000_000_002)
		_, err := b.FillStatements(ctx)
		b.ok(err)
		before, err := b.store.PublicStatementsOf(ctx, a.ID)
		b.ok(err)
		if len(before) != 2 || before[0].By.In("en") != "Marta Kolen" {
			t.Fatalf("%+v", before)
		}

		// The outlet says otherwise, by somebody else, and takes one out.
		next := original
		next.ID, next.N = store.NewID(), 2
		changed := strings.NewReplacer("will hold", "will NOT hold", "Marta Kolen, the mayor", "Bela Horvan, the baker").Replace("Long after the rain had gone, " + damHolds)
		b.ok(b.store.Tx(ctx, func(tx *store.Tx) error {
			return tx.SaveOriginal(ctx, next, paragraphs("en", changed, "Nothing was said of money."))
		}))
		_, err = b.FillStatements(ctx)
		b.ok(err)
		if now, err := b.store.Statement(ctx, before[0].ID); err != nil || !strings.Contains(now.Text, "NOT") || now.Speaker.Name != "Bela Horvan" {
			t.Fatalf("the newest reading: %+v %v", now, err)
		}
		same := func(when string, revision int) {
			t.Helper()
			var lists [][]store.PublicStatement
			list, err := b.store.PublicStatementsOf(ctx, a.ID)
			b.ok(err)
			lists = append(lists, list)
			list, _, err = b.store.PublicStatementsBy(ctx, store.PublicQuery{Lang: "fr", Speaker: before[0].By.ID})
			b.ok(err)
			slices.SortFunc(list, func(a, b store.PublicStatement) int { return a.Place.Block - b.Place.Block })
			lists = append(lists, list)
			for i, list := range lists {
				if len(list) != 2 {
					t.Fatalf("%s, list %d: %+v", when, i, list)
				}
				for k, p := range list {
					w := before[k]
					if p.Words() != w.Words() || p.Speaker != w.Speaker || p.By.ID != w.By.ID || p.Key != w.Key || p.Start != w.Start || p.Original != w.Original || p.Place.Revision != revision {
						t.Errorf("%s, list %d: %+v, was %+v", when, i, p, w)
					}
				}
			}
			list, _, err = b.store.PublicStatementsBy(ctx, store.PublicQuery{Lang: "fr"})
			b.ok(err)
			if len(list) != 2 {
				t.Errorf("%s, all: %+v", when, list)
			}
			// and they find it by its words, not by those that nobody published
			for _, find := range []struct {
				query store.SaidQuery
				want  int
			}{
				{store.SaidQuery{Words: "dam hold"}, 1},
				{store.SaidQuery{Words: "dam NOT hold"}, 0},
				{store.SaidQuery{Words: "money"}, 1},
				{store.SaidQuery{Name: "Kolen"}, 2},
				{store.SaidQuery{Name: "Horvan"}, 0},
				{store.SaidQuery{Speaker: before[0].By.ID, Words: "dam"}, 1},
			} {
				find.query.Public = "fr"
				page, err := b.store.Said(ctx, find.query)
				b.ok(err)
				if len(page.Statements) != find.want {
					t.Errorf("%s, %+v: %d found, want %d", when, find.query, len(page.Statements), find.want)
				}
				for _, x := range page.Statements {
					if strings.Contains(x.Text, "NOT") || x.Speaker.Name == "Bela Horvan" {
						t.Errorf("%s, %+v: %+v", when, find.query, x.Statement)
					}
				}
			}
			by, err := b.store.PublicSpeaker(ctx, b.speaker(before[0].By.ID))
			b.ok(err)
			if by.RoleIn("en") == "" {
				t.Errorf("%s: readers lose the office that they saw", when)
			}
		}
		same("while the update waits", 1)
		if by, err := b.store.Statement(ctx, before[0].ID); err != nil || by.Speaker.ID == before[0].By.ID {
			t.Fatalf("%+v %v", by, err)
		} else if speakers, _, err := b.store.PublicSpeakers(ctx, "fr", "", 10); err != nil || len(speakers) != 1 || speakers[0].ID != before[0].By.ID {
			t.Errorf("%+v %v", speakers, err)
		}

		// An editor changes the published text, and publishes that: nothing vanishes.
		n, err := b.Edit(ctx, newsroom.Edit{Article: a.ID, From: 1, Place: doc.Place{Block: 0}, Text: doc.Text{S: "« Le barrage tiendra », a dit hier Marta Kolen."}, By: b.editor.ID})
		b.ok(err)
		same("after an edit", 1)
		b.ok(b.Room.Correct(ctx, a.ID, b.editor.ID, "a day was missing"))
		same("after the edit was published", n)

		// What an editor says of the speaker holds for readers at once, and a merge takes the published reading along.
		did, err := b.CorrectSpeaker(ctx, newsroom.Correction{Statement: before[0].ID, Name: "Jon Tarvis", Kind: term.Person})
		b.ok(err)
		list, err := b.store.PublicStatementsOf(ctx, a.ID)
		b.ok(err)
		if len(list) != 2 || list[0].By.ID != did.Speaker.ID || list[0].Words() != before[0].Words() {
			t.Errorf("after a correction: %+v", list)
		}
	})
}

// A day far in the future is none: nothing was said then yet.
func TestNothingIsSaidInTheFuture(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{})
		read := parseDay(t, "2026-03-10")
		for i, written := range []string{"", "2026-03-09", "2999-05-05"} {
			d := doc.Document{Lang: "en", Title: doc.Text{S: "A dam"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: "“The dam will hold for as long as it must,” Marta Kolen said on 5 May 2999."}}}}
			want := read
			if written != "" {
				d.Date = parseDay(t, written)
				if d.Date.Before(read) {
					want = d.Date
				}
			}
			original := storetest.AddOriginal(t, b.store, o, fmt.Sprint("https://post.example/", i), d, read.UnixMilli())
			_, err := b.FillStatements(t.Context())
			b.ok(err)
			list, err := b.store.StatementsOfOriginal(t.Context(), original.ID)
			b.ok(err)
			if len(list) != 1 || list[0].At != want.UnixMilli() {
				t.Errorf("written %q: %+v", written, list)
			}
		}
	})
}

// What came to a speaker since it was split off goes along when that is undone, and a correction of a speaker that was merged away gives
// the statement back to whom it is now.
func TestUndoingLeavesNoStatementBehind(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds,
			"“It is the best wall that we could have built with what there was,” said Martha Kohlen, an engineer.")
		o := b.follow("fr")
		list := b.statements(b.articles()[0].Item)
		one, other := saying(t, list, "dam will hold"), saying(t, list, "best wall")
		_, err := b.MergeSpeakers(t.Context(), other.Speaker.ID, one.Speaker.ID, "Ann")
		b.ok(err)
		s := b.speaker(one.Speaker.ID)
		i := slices.IndexFunc(s.Names, func(n news.SpeakerName) bool { return n.Name == "Martha Kohlen" })
		split, fresh, err := b.SplitSpeaker(t.Context(), s.ID, []string{s.Names[i].ID}, "Ann")
		b.ok(err)
		b.outlet.Add("road", "A road above the valley", newsroomtest.Words("bridge"), "“There is no better road in the country than ours will be,” said Martha Kohlen, an engineer.")
		b.look(o)
		if n := b.speaker(fresh.ID).Said; n != 2 {
			t.Fatalf("%d statements of the one who was split off", n)
		}
		b.ok(b.UndoChange(t.Context(), split, "Ann"))
		found, err := b.store.Said(t.Context(), store.SaidQuery{Speaker: s.ID})
		b.ok(err)
		if s = b.speaker(s.ID); len(found.Statements) != 3 || s.Said != 3 || len(s.Names) != 2 || b.speaker(fresh.ID).ID != s.ID {
			t.Errorf("%d found, %+v", len(found.Statements), s)
		}

		// A correction, then a merge of the one whose it was, then the correction undone.
		b.outlet.Add("tree", "A tree above the valley", newsroomtest.Words("lake"), "“There was never a tree that stood for so long in the wind,” said Bela Horvan, a baker.")
		b.look(o)
		found, err = b.store.Said(t.Context(), store.SaidQuery{Words: "never a tree"})
		b.ok(err)
		tree := found.Statements[0]
		did, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: tree.ID, Name: "Jon Tarvis", Kind: term.Person})
		b.ok(err)
		_, err = b.MergeSpeakers(t.Context(), tree.Speaker.ID, s.ID, "Ann")
		b.ok(err)
		b.ok(b.UndoChange(t.Context(), did.Event, "Ann"))
		now, err := b.store.Statement(t.Context(), tree.ID)
		b.ok(err)
		if now.Speaker.ID != s.ID || b.speaker(s.ID).Said != 4 {
			t.Errorf("%+v", now.Speaker)
		}
	})
}

// Whom an editor called nobody stays nobody, whatever is read again.
func TestNobodyStaysNobody(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("flood"), damHolds, damNowhere)
		o := b.follow("fr")
		a := b.articles()[0]
		third := saying(t, b.statements(a.Item), "road to nowhere")
		_, err := b.CorrectSpeaker(t.Context(), newsroom.Correction{Statement: third.ID, Nobody: true, By: "Ann"})
		b.ok(err)
		b.outlet.Add("dam", "A dam above the valley", newsroomtest.Words("lake"), damHolds, strings.Replace(damNowhere, "in the end", "one day, it seems", 1))
		b.look(o)
		now := saying(t, b.statements(a.Item), "road to nowhere")
		if now.ID != third.ID || now.Original == third.Original || now.Attributed() || now.CorrectedBy != "Ann" {
			t.Errorf("%+v", now)
		}
	})
}

// storeStatement keeps a statement of an outlet by itself, as an article of one paragraph.
func (b *bench) quote(t *testing.T, outlet news.Outlet, url, tag, day, text string) []news.Statement {
	t.Helper()
	d := doc.Document{Lang: tag, Title: doc.Text{S: "Title"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: text}}}}
	d.Date = parseDay(t, day)
	original := storetest.AddOriginal(t, b.store, outlet, url, d, d.Date.UnixMilli())
	if _, err := b.FillStatements(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.work()
	list, err := b.store.StatementsOfOriginal(t.Context(), original.ID)
	b.ok(err)
	return list
}

// Reading for statements is cut short at every step, and goes on: in the end all is there, once.
func TestReadingForStatementsIsCutShort(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{})
		const articles = 3
		for i := range articles {
			d := doc.Document{Lang: "en", Title: doc.Text{S: "A dam"}}
			for k, text := range []string{damHolds, damMoney, damNowhere} {
				d.Blocks = append(d.Blocks, doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", k+1), Text: doc.Text{S: text}})
			}
			storetest.AddOriginal(t, b.store, o, fmt.Sprint("https://post.example/", i), d, int64(1_700_000_000_000+i))
		}
		now := b.Room.Now
		cuts := 0
		for limit := 1; ; limit++ {
			ctx, cut := context.WithCancel(t.Context())
			asked := 0
			b.Room.Now = func() time.Time {
				if asked++; asked == limit {
					cut()
				}
				return now()
			}
			left, err := b.FillStatements(ctx)
			cut()
			if err == nil && !left {
				break
			}
			if cuts++; cuts > 100 {
				t.Fatal(err)
			}
		}
		b.Room.Now = now
		if cuts < articles {
			t.Errorf("cut short %d times", cuts)
		}
		b.work()
		page, err := b.store.Said(t.Context(), store.SaidQuery{Limit: 100})
		b.ok(err)
		speakers, err := b.store.SpeakersNamed(t.Context(), "kolen", 10)
		b.ok(err)
		if len(page.Statements) != 3*articles || len(speakers) != 1 || speakers[0].Said != 2*articles {
			t.Errorf("%d statements, %+v", len(page.Statements), speakers)
		}
		links, err := b.store.LinksOf(t.Context(), saying(t, b.statements(page.Statements[0].Item), "dam will hold").ID)
		b.ok(err)
		if len(links) != articles-1 {
			t.Errorf("%d links", len(links))
		}
	})
}

// An article that cannot be read keeps none of the others from it.
func TestOneThatCannotBeReadStopsNothing(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o := storetest.AddOutlet(t, b.store, "The Valley Post", "https://post.example/", "en", news.Terms{})
		var ids []string
		for i := range 3 {
			d := doc.Document{Lang: "en", Title: doc.Text{S: "A dam"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: damHolds}}}}
			ids = append(ids, storetest.AddOriginal(t, b.store, o, fmt.Sprint("https://post.example/", i), d, 1).ID)
		}
		_, err := b.store.DB().ExecContext(t.Context(), `UPDATE original SET doc = '{' WHERE id = $1`, ids[0])
		b.ok(err)
		left, err := b.FillStatements(t.Context())
		if left || err == nil || !strings.Contains(err.Error(), ids[0]) {
			t.Errorf("%v %v", left, err)
		}
		page, err := b.store.Said(t.Context(), store.SaidQuery{})
		b.ok(err)
		if len(page.Statements) != 2 {
			t.Errorf("%d statements", len(page.Statements))
		}
	})
}
