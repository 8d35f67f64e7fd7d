package newsroom_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/newsroom"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/translate"
)

func parseDay(t *testing.T, day string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A phrasebook translates the sentences it knows.
type phrasebook map[string]string

func (p phrasebook) Document(_ context.Context, d doc.Document) (translate.Result, error) {
	s, ok := p[d.Blocks[0].Text.S]
	if !ok {
		return translate.Result{}, fmt.Errorf("no phrase for %q", d.Blocks[0].Text.S)
	}
	d.Blocks[0].Text = doc.Text{S: s}
	return translate.Result{Doc: d}, nil
}

func (p phrasebook) Update(context.Context, doc.Document, doc.Document, doc.Document) (translate.Result, error) {
	panic("nothing is updated here")
}

func TestTheSameWordsInOtherOutlets(t *testing.T) {
	const open = news.LinkState("")
	sentences := phrasebook{
		"We shall not open the harbour before the last mine is found, not for anybody": "Nous n’ouvrirons pas le port avant que la dernière mine soit trouvée, pour personne",
	}
	type quote struct{ lang, day, text string }
	harbour := quote{"en", "2026-03-10", "“We shall not open the harbour before the last mine is found, not for anybody,” said Oleg Marchenko, the head of the port."}
	cases := []struct {
		name string
		a, b quote
		want news.LinkState
	}{
		{"cut by the other outlet", harbour, quote{"en", "2026-03-11", "He would “not open the harbour before the last mine is found”, Oleg Marchenko told a reporter."}, news.LinkFound},
		{"whoever says it, so many words in a row are no chance", harbour, quote{"en", "2026-03-11", "“We shall not open the harbour before the last mine is found, not for anybody,” the port said."}, news.LinkFound},
		{
			"another number",
			quote{"en", "2026-03-10", "“There are at least 14 mines left in the harbour and nobody knows where,” said Oleg Marchenko."},
			quote{"en", "2026-03-11", "“There are at least 41 mines left in the harbour and nobody knows where,” said Oleg Marchenko."},
			open,
		},
		{"other words of the same man", harbour, quote{"en", "2026-03-10", "“The fishermen can have my office if they want to sleep there tonight,” said Oleg Marchenko."}, open},
		{"in French, by a translation", harbour, quote{"fr", "2026-03-11", "« Nous n’ouvrirons pas le port avant que la dernière mine soit trouvée », a déclaré Oleg Marchenko, le directeur du port."}, news.LinkFound},
		{"in Portuguese, without one", harbour, quote{"pt", "2026-03-11", "“Não abriremos o porto antes de a última mina ser encontrada, para ninguém”, disse Oleg Marchenko."}, open},
		{
			"Russian words twice",
			quote{"ru", "2026-03-10", "«Мы не откроем порт, пока не найдём последнюю мину», — сказал Олег Марченко."},
			quote{"ru", "2026-03-12", "Порт не откроют: «Мы не откроем порт, пока не найдём последнюю мину, ни для кого», — заявил Олег Марченко."},
			news.LinkFound,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				b.Room.Translators = func(context.Context, string, string) (newsroom.Translator, []store.Engine, error) {
					return sentences, nil, nil
				}
				b.Room.Pairs = func() []newsroom.Pair { return []newsroom.Pair{{From: "en", To: "fr"}} }
				one := storetest.AddOutlet(t, b.store, "One", "https://one.example/", c.a.lang, news.Terms{})
				two := storetest.AddOutlet(t, b.store, "Two", "https://two.example/", c.b.lang, news.Terms{})
				x := b.quote(t, one, "https://one.example/1", c.a.lang, c.a.day, c.a.text)
				y := b.quote(t, two, "https://two.example/1", c.b.lang, c.b.day, c.b.text)
				if len(x) != 1 || len(y) != 1 {
					t.Fatalf("%+v %+v", x, y)
				}
				links, err := b.store.LinksOf(t.Context(), x[0].ID)
				b.ok(err)
				got := open
				if len(links) > 0 {
					got = links[0].State
				}
				if got != c.want {
					t.Errorf("%q, want %q: %+v", got, c.want, links)
				}
				x, y = b.statements(x[0].Item), b.statements(y[0].Item)
				if related := x[0].Story != "" && x[0].Story == y[0].Story; related != (c.want == news.LinkFound) {
					t.Errorf("stories %q and %q", x[0].Story, y[0].Story)
				}
			})
		})
	}
}

// Links of the machine go with the words that they were made of: when an outlet changes them, and when it takes them out.
func TestLinksGoWithTheirWords(t *testing.T) {
	const (
		harbour = "“We shall not open the harbour before the last mine is found, not for anybody,” said Oleg Marchenko."
		short   = "“We,” said Oleg Marchenko."
		other   = "“We shall ask the fishermen what they think of all the plans that the town has made,” said Oleg Marchenko."
	)
	for what, text := range map[string]string{"other words": other, "few words": short, "taken out": "Oleg Marchenko said nothing."} {
		t.Run(what, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				ctx := t.Context()
				var list []news.Statement
				for _, name := range []string{"one", "two", "three"} {
					o := storetest.AddOutlet(t, b.store, name, "https://"+name+".example/", "en", news.Terms{})
					list = append(list, b.quote(t, o, o.Home+"1", "en", "2026-03-10", harbour)[0])
				}
				story := func(s news.Statement) string {
					t.Helper()
					s, err := b.store.Statement(ctx, s.ID)
					b.ok(err)
					return s.Story
				}
				if story(list[0]) == "" || story(list[0]) != story(list[2]) {
					t.Fatal("they are not linked")
				}
				change := func(s news.Statement) {
					t.Helper()
					d, o, err := b.store.Original(ctx, s.Original)
					b.ok(err)
					d.Blocks[0].Text.S = text
					o.ID, o.N = store.NewID(), o.N+1
					b.ok(b.store.Tx(ctx, func(tx *store.Tx) error { return tx.SaveOriginal(ctx, o, d) }))
					_, err = b.FillStatements(ctx)
					b.ok(err)
					b.work()
				}
				change(list[0])
				if links, err := b.store.LinksOf(ctx, list[0].ID); err != nil || len(links) != 0 {
					t.Errorf("%+v %v", links, err)
				}
				if story(list[0]) != "" || story(list[1]) == "" || story(list[1]) != story(list[2]) {
					t.Errorf("stories %q %q %q", story(list[0]), story(list[1]), story(list[2]))
				}
				change(list[1])
				if what != "other words" && (story(list[1]) != "" || story(list[2]) != "") {
					t.Errorf("stories %q %q", story(list[1]), story(list[2]))
				}
				if story(list[2]) != "" {
					t.Errorf("a story of one: %q", story(list[2]))
				}
			})
		})
	}
}

func TestWhatAPersonSaysOfALinkStays(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		one := storetest.AddOutlet(t, b.store, "One", "https://one.example/", "en", news.Terms{})
		two := storetest.AddOutlet(t, b.store, "Two", "https://two.example/", "en", news.Terms{})
		text := "“We shall not open the harbour before the last mine is found, not for anybody,” said Oleg Marchenko."
		x := b.quote(t, one, "https://one.example/1", "en", "2026-03-10", text)[0]
		y := b.quote(t, two, "https://two.example/1", "en", "2026-03-10", text)[0]
		z := b.quote(t, two, "https://two.example/2", "en", "2026-03-10", strings.Replace(text, "“We shall", "On Friday, at the gates: “We shall", 1))[0]
		state := func(p, q news.Statement) news.LinkState {
			l, err := b.store.Link(t.Context(), p.ID, q.ID)
			if err != nil {
				return ""
			}
			return l.State
		}
		if state(x, y) != news.LinkFound || state(x, z) != news.LinkFound || state(z, y) != news.LinkFound {
			t.Fatal(state(x, y), state(x, z), state(z, y))
		}
		cut, err := b.CutLink(t.Context(), x.ID, y.ID, "Ann")
		b.ok(err)
		cutToo, err := b.CutLink(t.Context(), y.ID, x.ID, "Ann")
		b.ok(err)
		if cut != cutToo {
			t.Error("cut twice")
		}
		_, err = b.CutLink(t.Context(), x.ID, z.ID, "Ann")
		b.ok(err)
		for range 2 {
			b.ok(b.LinkStatements(t.Context(), x.Original))
			b.ok(b.LinkStatements(t.Context(), y.Original))
		}
		l, err := b.store.Link(t.Context(), x.ID, y.ID)
		b.ok(err)
		if l.State != news.LinkCut || l.By != "Ann" || l.At == 0 {
			t.Errorf("%+v", l)
		}
		if s := b.statements(x.Item)[0]; s.Story != "" {
			t.Errorf("a statement that was cut off is still in story %s", s.Story)
		}
		b.ok(b.UndoChange(t.Context(), cut, "Bo"))
		if state(x, y) != news.LinkFound {
			t.Errorf("undone: %s", state(x, y))
		}
		if s := b.statements(x.Item)[0]; s.Story == "" || s.Story != b.statements(z.Item)[0].Story {
			t.Errorf("story %q", s.Story)
		}
		// A link that no machine finds can be made.
		w := b.quote(t, one, "https://one.example/2", "en", "2026-03-12", "“The port stays shut until we have found every mine there is,” said Oleg Marchenko.")[0]
		if state(x, w) != "" {
			t.Fatalf("%s", state(x, w))
		}
		made, err := b.ConfirmLink(t.Context(), w.ID, x.ID, "Ann")
		b.ok(err)
		b.ok(b.LinkStatements(t.Context(), w.Original))
		if state(x, w) != news.LinkConfirmed {
			t.Errorf("%s", state(x, w))
		}
		b.ok(b.UndoChange(t.Context(), made, "Ann"))
		if state(x, w) != "" {
			t.Errorf("undone: %s", state(x, w))
		}
		_, err = b.ConfirmLink(t.Context(), x.ID, x.ID, "Ann")
		b.is(err, news.ErrInvalid)
		_, err = b.ConfirmLink(t.Context(), x.ID, "none", "Ann")
		b.is(err, news.ErrNotFound)
	})
}

// Two of one name stay apart unless a first name or an office says that they are one; one in two scripts is one.
func TestWhoIsWho(t *testing.T) {
	type quote struct{ lang, text string }
	say := func(who string) quote {
		return quote{"en", "“This is the end of the road for all who wanted a bridge here,” said " + who + "."}
	}
	cases := []struct {
		name string
		a, b quote
		same bool
	}{
		{"the same name", say("Oleg Marchenko"), say("Oleg Marchenko"), true},
		{"other first names", say("John Barlow"), say("Joan Barlow"), false},
		{"a middle name", say("John Barlow"), say("John Peter Barlow"), true},
		{"an accent", say("Andre Lefevre"), say("André Lefèvre"), true},
		{"in Russian", say("Sergei Ryabkov"), quote{"ru", "«Это конец дороги для всех, кто хотел здесь мост», — сказал Сергей Рябков."}, true},
		{"in French", say("Sergei Ryabkov"), quote{"fr", "« C’est la fin de la route pour tous ceux qui voulaient un pont », a déclaré Sergueï Riabkov."}, true},
		{
			"in Portuguese",
			quote{"fr", "« C’est la fin de la route pour tous ceux qui voulaient un pont », a déclaré Sergueï Riabkov."},
			quote{"pt", "“É o fim da estrada para todos os que queriam uma ponte aqui”, disse Serguei Riabkov."},
			true,
		},
		{"others in Portuguese", say("John Barlow"), quote{"pt", "“É o fim da estrada para todos os que queriam uma ponte aqui”, disse Joana Barlow."}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(t *testing.T, b *bench) {
				var ids []string
				for i, q := range []quote{c.a, c.b} {
					o := storetest.AddOutlet(t, b.store, fmt.Sprint("Outlet ", i), fmt.Sprintf("https://o%d.example/", i), q.lang, news.Terms{})
					list := b.quote(t, o, fmt.Sprintf("https://o%d.example/1", i), q.lang, "2026-03-10", q.text)
					if len(list) != 1 || list[0].Speaker.ID == "" {
						t.Fatalf("%s: %+v", q.text, list)
					}
					ids = append(ids, list[0].Speaker.ID)
				}
				if got := ids[0] == ids[1]; got != c.same {
					t.Errorf("one: %v; %+v %+v", got, b.speaker(ids[0]).Names, b.speaker(ids[1]).Names)
				}
			})
		})
	}
}

// A surname alone is somebody's only where an office fits, and nobody's where several could be meant.
func TestASurnameAlone(t *testing.T) {
	run(t, func(t *testing.T, b *bench) {
		o := storetest.AddOutlet(t, b.store, "One", "https://one.example/", "en", news.Terms{})
		n := 0
		say := func(text string) news.Statement {
			n++
			list := b.quote(t, o, fmt.Sprintf("https://one.example/%d", n), "en", "2026-03-10", text)
			if len(list) != 1 {
				t.Fatalf("%s: %+v", text, list)
			}
			return list[0]
		}
		barlow := say("“This is the end of the road for all who wanted a bridge,” said Finance Minister John Barlow.")
		if s := say("“I never wanted a bridge, and I never shall as long as I live,” said Barlow."); s.Speaker.ID != "" {
			t.Errorf("by the surname alone: %+v", s.Speaker)
		}
		if s := say("“I never wanted a bridge, and I never shall as long as I live,” said Finance Minister Barlow."); s.Speaker.ID != barlow.Speaker.ID {
			t.Errorf("by surname and office: %+v", s.Speaker)
		}
		if s := say("“I never wanted a bridge, and I never shall as long as I live,” said striker Barlow."); s.Speaker.ID != "" {
			t.Errorf("by another office: %+v", s.Speaker)
		}
	})
}
