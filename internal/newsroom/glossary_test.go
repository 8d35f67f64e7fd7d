package newsroom_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
	"github.com/dragoman-newsroom/dragoman/mt"
)

// An engine of sentences: it knows some, writes others in capitals, and keeps what it was asked.
type engine struct {
	known map[string]string
	asked []string
}

func (e *engine) Translate(_ context.Context, sentences []string) ([]mt.Sentence, error) {
	var out []mt.Sentence
	for _, s := range sentences {
		e.asked = append(e.asked, s)
		t, ok := e.known[s]
		if !ok {
			t = strings.ToUpper(s)
		}
		out = append(out, mt.Sentence{Source: s, Text: t, Score: -0.2, Ended: true})
	}
	return out, nil
}

// translates has the newsroom's translator, over e, with what the editors settled.
func (b *bench) translates(e *engine) {
	b.Translators = func(ctx context.Context, from, to string) (newsroom.Translator, []store.Engine, error) {
		t := translate.Translator{Engine: e, Name: "sentences", From: from, To: to}
		var err error
		if t.Terms, err = b.Glossary(ctx, from, to); err != nil {
			return nil, nil, err
		}
		t.Memory, err = b.Memory(ctx, from, to)
		return t, []store.Engine{{Name: "sentences"}}, err
	}
}

// article adds an article to the outlet and returns its draft in French.
func (b *bench) article(slug, title string, paragraphs ...string) news.Article {
	b.t.Helper()
	b.outlet.Add(slug, title, paragraphs...)
	b.ok(func() error { _, err := b.TakeURL(b.t.Context(), b.outlet.URL+"/"+slug, []string{"fr"}); return err }())
	b.work()
	for _, a := range b.articles() {
		item, err := b.store.Item(b.t.Context(), a.Item)
		b.ok(err)
		if strings.HasSuffix(item.URL, "/"+slug) {
			return a
		}
	}
	b.t.Fatalf("no article %s", slug)
	return news.Article{}
}

const (
	council = "The council met in the town hall on Monday, and heard from everybody who wanted to speak about the new harbour."
	mayor   = "The mayor thanked those who had come from the villages, some of them on foot, and nobody left before the end."
)

func TestApprovedSentencesComeAgain(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		e := &engine{}
		b.translates(e)
		first := b.article("one", "A harbour for the valley", council+" "+mayor, newsText("river"))
		_, err := b.Edit(t.Context(), newsroom.Edit{
			Article: first.ID, From: 1, Place: doc.Place{Block: 0}, By: b.editor.ID,
			Text: doc.Text{S: "Le conseil s’est réuni lundi à la mairie. " + strings.ToUpper(mayor)},
		})
		b.ok(err)
		if m, err := b.Memory(t.Context(), "en", "fr"); err != nil || m != nil {
			t.Fatalf("what nobody approved is remembered: %v", err)
		}
		b.ok(b.Return(t.Context(), first.ID, 2, b.editor.ID, "again"))
		if m, err := b.Memory(t.Context(), "en", "fr"); err != nil || m != nil {
			t.Fatalf("what was sent back is remembered: %v", err)
		}
		b.ok(b.Approve(t.Context(), first.ID, 2, b.editor.ID, ""))
		b.ok(b.Approve(t.Context(), first.ID, 2, b.editor.ID, "")) // twice is once
		m, err := b.Memory(t.Context(), "en", "fr")
		b.ok(err)
		if got, ok := m.Exact(council); !ok || got != "Le conseil s’est réuni lundi à la mairie." {
			t.Errorf("the edited sentence: %q", got)
		}
		if again, err := b.Memory(t.Context(), "en", "fr"); err != nil || again != m {
			t.Error("a memory that did not change was read again")
		}

		e.asked = nil
		second := b.article("two", "The council meets", council, newsText("hill"))
		if got := b.document(second).Blocks[0].Text.S; got != "Le conseil s’est réuni lundi à la mairie." {
			t.Errorf("the second article has %q", got)
		}
		for _, s := range e.asked {
			if s == council {
				t.Error("the engine was asked for a confirmed sentence")
			}
		}
		engines, err := b.store.EnginesOf(t.Context(), second.ID)
		b.ok(err)
		if len(engines) != 1 || engines[0].Name != "sentences" {
			t.Errorf("the memory is taken for an engine: %+v", engines)
		}

		b.ok(b.Kill(t.Context(), first.ID, b.editor.ID, "a libel"))
		if m, err := b.Memory(t.Context(), "en", "fr"); err != nil || m != nil {
			t.Errorf("what was killed is remembered: %v", err)
		}
	})
}

func newsText(topic string) string {
	return "Everybody in the valley knows the " + topic + ", and those who live beside the " + topic + " know it best, as they told the council more than once this year."
}

func TestTheGlossaryHoldsForDraftsAndEdits(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		e := &engine{known: map[string]string{council: "Le conseil s’est réuni à la mairie et a entendu tous ceux qui voulaient parler du nouveau havre, lundi, dit Sergey Ryabkov."}}
		b.translates(e)
		id, err := b.SaveTerm(t.Context(), "", term.Row{From: "en", To: "fr", Source: " harbour ", Target: "port", Rule: term.Must}, "Ann")
		b.ok(err)
		a := b.article("one", "A day in the valley", council, newsText("river"))
		doubts := func(revision int) int {
			t.Helper()
			flags, err := b.store.Flags(t.Context(), a.ID, revision)
			b.ok(err)
			n := 0
			for _, f := range flags {
				if f.Rule == "terms" && f.Block == 0 {
					n++
				}
			}
			return n
		}
		if doubts(1) != 1 {
			t.Errorf("%d doubts about a draft that has another word than the glossary's", doubts(1))
		}
		edit := func(from int, s string) int {
			t.Helper()
			n, err := b.Edit(t.Context(), newsroom.Edit{Article: a.ID, From: from, Place: doc.Place{Block: 0}, Text: doc.Text{S: s}, By: b.editor.ID})
			b.ok(err)
			return n
		}
		if n := edit(1, "Le conseil s’est réuni lundi et a entendu tous ceux qui voulaient parler du nouveau port."); doubts(n) != 0 {
			t.Errorf("%d doubts about the glossary's word", doubts(n))
		}
		_, err = b.SaveTerm(t.Context(), id, term.Row{From: "en", To: "fr", Source: "harbour", Target: "port", Rule: term.Never}, "Ann")
		b.ok(err)
		if n := edit(2, "Le conseil s’est réuni lundi et a entendu ceux qui voulaient parler du nouveau port."); doubts(n) != 1 {
			t.Errorf("%d doubts about a word that is ruled out", doubts(n))
		}
		b.ok(b.RemoveTerm(t.Context(), id))
		if n := edit(3, "Le conseil s’est réuni lundi, et a entendu ceux qui voulaient parler du nouveau port."); doubts(n) != 0 {
			t.Errorf("%d doubts without a glossary", doubts(n))
		}
		if g, err := b.Glossary(t.Context(), "en", "fr"); err != nil || g != nil {
			t.Errorf("an empty glossary: %v %v", g, err)
		}
	})
}

func TestAChangeOfTheGlossaryReachesWhatIsAtTheDesk(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		e := &engine{known: map[string]string{council: "Le conseil s’est réuni lundi à la mairie et a entendu tous ceux qui voulaient parler du nouveau havre."}}
		b.translates(e)
		a := b.article("one", "A day in the valley", council, newsText("river"))
		killed := b.article("two", "Another day in the valley", council, newsText("hill"))
		b.ok(b.Kill(ctx, killed.ID, b.editor.ID, "a libel"))
		terms := func(id string, revision int) (list []store.StoredFlag) {
			t.Helper()
			flags, err := b.store.Flags(ctx, id, revision)
			b.ok(err)
			for _, f := range flags {
				if f.Rule == "terms" {
					list = append(list, f)
				}
			}
			return list
		}
		later := func() {
			t.Helper()
			b.work()
			b.clock = b.clock.Add(time.Minute)
			b.work()
		}
		id, err := b.SaveTerm(ctx, "", term.Row{From: "en", To: "fr", Source: "harbour", Target: "port", Rule: term.Must}, "Ann")
		b.ok(err)
		_, err = b.SaveTerm(ctx, "", term.Row{From: "en", To: "pt", Source: "council", Target: "câmara", Rule: term.Must}, "Ann")
		b.ok(err)
		b.work()
		if n := len(terms(a.ID, 1)); n != 0 {
			t.Errorf("%d doubts before the changes were gathered", n)
		}
		later()
		doubts := terms(a.ID, 1)
		if len(doubts) != 1 || doubts[0].Block != 0 {
			t.Fatalf("doubts about the draft: %+v", doubts)
		}
		if n := len(terms(killed.ID, 1)); n != 0 {
			t.Errorf("%d doubts about what was killed", n)
		}
		if now, err := b.store.Article(ctx, a.ID); err != nil || now.Revision != 1 {
			t.Errorf("the article is at revision %d: %v", now.Revision, err)
		}

		b.ok(b.DismissFlag(ctx, a.ID, doubts[0].ID, b.editor.ID, "so the port authority says"))
		other, err := b.SaveTerm(ctx, "", term.Row{From: "en", To: "fr", Source: "town hall", Target: "hôtel de ville", Rule: term.Must}, "Ann")
		b.ok(err)
		later()
		doubts = terms(a.ID, 1)
		if len(doubts) != 2 {
			t.Fatalf("doubts about two terms: %+v", doubts)
		}
		for _, f := range doubts {
			if dismissed := f.DismissedBy != ""; dismissed != strings.Contains(f.Message, "harbour") {
				t.Errorf("%q is dismissed by %q", f.Message, f.DismissedBy)
			}
		}
		again := doubts[0].ID
		b.ok(b.RemoveTerm(ctx, other))
		_, err = b.SaveTerm(ctx, other, term.Row{From: "en", To: "fr", Source: "town hall", Target: "hôtel de ville", Rule: term.Must}, "Ann")
		b.is(err, news.ErrNotFound)
		_, _, err = b.ImportTerms(ctx, []term.Row{{From: "en", To: "fr", Source: "town hall", Target: "hôtel de ville", Rule: term.Must}}, "Ann")
		b.ok(err)
		later()
		if now := terms(a.ID, 1); len(now) != 2 || now[0].ID != again {
			t.Errorf("a doubt that stays got another name: %+v", now)
		}
		b.ok(b.RemoveTerm(ctx, id))
		later()
		if now := terms(a.ID, 1); len(now) != 1 {
			t.Errorf("doubts after a term was taken out: %+v", now)
		}
	})
}

func TestNamesAreSpeltByTheGlossary(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		e := &engine{known: map[string]string{"Sergey Ryabkov met the council in the town hall on Monday.": "Sergey Ryabkov a rencontré le conseil à la mairie lundi."}}
		b.translates(e)
		_, err := b.SaveTerm(t.Context(), "", term.Row{Kind: term.Person, From: "en", Home: "ru", Source: "Sergey Ryabkov"}, "Ann")
		b.ok(err)
		a := b.article("one", "A day in the valley", "Sergey Ryabkov met the council in the town hall on Monday. "+mayor, newsText("river"))
		if got := b.document(a).Blocks[0].Text.S; !strings.HasPrefix(got, "Sergueï Riabkov a rencontré") {
			t.Errorf("%q", got)
		}
	})
}

func TestTermsThatAreNone(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		good := term.Row{From: "en", To: "fr", Source: "harbour", Target: "port", Rule: term.Must}
		_, err := b.SaveTerm(ctx, "", term.Row{From: "en", To: "fr", Source: "harbour", Rule: term.Must}, "Ann")
		b.is(err, news.ErrInvalid, "harbour")
		_, err = b.SaveTerm(ctx, store.NewID(), good, "Ann")
		b.is(err, news.ErrNotFound)
		b.is(b.RemoveTerm(ctx, store.NewID()), news.ErrNotFound)
		id, err := b.SaveTerm(ctx, "", good, "Ann")
		b.ok(err)
		_, err = b.SaveTerm(ctx, "", good, "Ann")
		b.is(err, news.ErrConflict)

		other := term.Row{From: "en", To: "fr", Source: "valley", Target: "vallée", Rule: term.May}
		_, _, err = b.ImportTerms(ctx, []term.Row{other, {From: "en"}}, "Ann")
		b.is(err, news.ErrInvalid)
		good.Note = "as the port authority writes"
		added, changed, err := b.ImportTerms(ctx, []term.Row{other, good}, "Bob")
		b.ok(err)
		if added != 1 || changed != 1 {
			t.Errorf("%d added and %d changed", added, changed)
		}
		got, err := b.store.Term(ctx, id)
		b.ok(err)
		if got.Note != good.Note || got.By != "Bob" {
			t.Errorf("%+v", got)
		}
	})
}
