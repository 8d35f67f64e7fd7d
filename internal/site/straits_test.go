package site

import (
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A quoted newsroom has two outlets that report one man's words: a Russian one, published in three languages, and an English one,
// published in two.
type quoted struct {
	newsroom
	minister, mayor news.Speaker
	ru, en          []news.Statement        // of the originals
	articles        map[string]news.Article // by "ru-fr": the outlet's language and ours
}

const (
	ruFrPath = "/fr/2026/11/ferry-printemps/"
	enFrPath = "/fr/2026/11/moscou-ferry/"
)

// straits fills the newsroom's store with what the strait's articles say.
func straits(t testing.TB, terms news.Terms) quoted {
	t.Helper()
	n := quoted{newsroom: open(t, ccBy), articles: map[string]news.Article{}}
	n.minister = addSpeaker(t, n.Store, news.Speaker{Slug: "sergei-laptev", Kind: term.Person, Home: "ru"},
		[]string{"ru", "Сергей Лаптев", "en", "Sergei Laptev"}, []string{"ru", "заместитель министра транспорта России", "en", "Russian Deputy Transport Minister"})
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		_, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: n.minister.ID, Lang: "fr", Role: "vice-ministre russe des Transports", Source: news.FromEditor, LastAt: at.UnixMilli()})
		return err
	})
	n.mayor = addSpeaker(t, n.Store, news.Speaker{Slug: "ilse-marten", Kind: term.Person}, []string{"en", "Ilse Marten", "ru", "Ильзе Мартен"}, []string{"en", "mayor of Seebrücke"})
	who := map[string]string{"Сергей Лаптев": n.minister.ID, "Sergei Laptev": n.minister.ID, "Ильзе Мартен": n.mayor.ID, "Ilse Marten": n.mayor.ID}
	mayak := storetest.AddOutlet(t, n.Store, "Маяк", "https://mayak.example/", "ru", terms)
	day := at
	publish := func(outlet news.Outlet, from string, slugs map[string]string) []news.Statement {
		d := storetest.Doc(t, "testdata/strait."+from+".doc.txt")
		o := storetest.AddOriginal(t, n.Store, outlet, outlet.Home+"2026/11/strait", d, day.UnixMilli())
		list := addStatements(t, n.Store, o, d, spoken(from), who)
		for _, tag := range []string{"en", "fr", "pt"} {
			if slugs[tag] == "" {
				continue
			}
			translation := storetest.Doc(t, "testdata/strait."+from+"-"+tag+".doc.txt")
			a := storetest.AddDraft(t, n.Store, o, translation, day.UnixMilli())
			a = storetest.Publish(t, n.Store, a.ID, slugs[tag], day.UnixMilli())
			place(t, n.Store, a, list, d, translation)
			n.articles[from+"-"+tag] = a
		}
		day = day.Add(time.Hour)
		return list
	}
	n.ru = publish(mayak, "ru", map[string]string{"en": "ferry-spring", "fr": "ferry-printemps", "pt": "balsa-primavera"})
	n.en = publish(n.outlet, "en", map[string]string{"fr": "moscou-ferry", "pt": "moscou-balsa"})
	return n
}

// link makes two statements one, or perhaps one.
func (n quoted) link(t testing.TB, a, b news.Statement, state news.LinkState) {
	t.Helper()
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		if _, err := tx.FoundLink(t.Context(), news.StatementLink{A: a.ID, B: b.ID, Score: .7, Why: "days", State: state, At: at.UnixMilli()}); err != nil {
			return err
		}
		return tx.Relate(t.Context(), a.ID, b.ID)
	})
}

// addSpeaker adds a speaker with names and roles: languages and words in turn.
func addSpeaker(t testing.TB, s *store.Store, by news.Speaker, names, roles []string) news.Speaker {
	t.Helper()
	by.ID, by.CreatedAt = store.NewID(), at.UnixMilli()
	storetest.Do(t, s, func(tx *store.Tx) error {
		if err := tx.AddSpeaker(t.Context(), by); err != nil {
			return err
		}
		for i := 0; i < len(names); i += 2 {
			if _, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: by.ID, Lang: names[i], Name: names[i+1], Source: news.FromArticle, LastAt: at.UnixMilli()}); err != nil {
				return err
			}
		}
		for i := 0; i < len(roles); i += 2 {
			if _, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: by.ID, Lang: roles[i], Role: roles[i+1], Source: news.FromArticle, LastAt: at.UnixMilli()}); err != nil {
				return err
			}
		}
		return nil
	})
	by, err := s.Speaker(t.Context(), by.ID)
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// spoken are what the strait's articles say: in which block, as which of its quotations, and who said it.
func spoken(from string) []statement.Statement {
	tuesday := func(word string) *statement.Date {
		return &statement.Date{Text: word, Value: "2026-11-17", Precision: "day"}
	}
	minister := statement.Speaker{Name: "Sergei Laptev", Mention: "Sergei Laptev", Role: "Russian Deputy Transport Minister", State: statement.Named}
	mayor := statement.Speaker{Name: "Ilse Marten", Mention: "Ilse Marten", Role: "mayor of Seebrücke", State: statement.Named}
	through := []statement.Hop{{Lang: "ru", Who: "Sergei Laptev", Evidence: "speaker"}, {Lang: "en", Evidence: "article"}}
	if from == "ru" {
		minister.Name, minister.Mention, minister.Role = "Сергей Лаптев", "Сергей Лаптев", "заместитель министра транспорта России"
		mayor.Name, mayor.Mention, mayor.Role = "Ильзе Мартен", "Ильзе Мартен", "мэр Зеебрюкке"
		said := []statement.Hop{{Lang: "ru", Who: "Сергей Лаптев", Evidence: "stated"}}
		return []statement.Statement{
			{Kind: statement.Direct, Block: 0, Speaker: minister, Addressee: "журналистам", SaidAt: tuesday("во вторник"), First: "ru", Hops: said},
			{Kind: statement.Mixed, Block: 1, Speaker: minister, SaidAt: &statement.Date{Text: "на прошлой неделе", Value: "2026-W46", Precision: "week"}, First: "ru", Hops: said},
			{Kind: statement.Direct, Block: 2, Speaker: mayor, Hops: []statement.Hop{{Lang: "ru", Evidence: "article"}}},
		}
	}
	again := minister
	again.Mention, again.State, again.Role = "", statement.Inferred, ""
	return []statement.Statement{
		{Kind: statement.Direct, Block: 0, Speaker: minister, Addressee: "reporters", Answers: "a question about the ice", SaidAt: tuesday("Tuesday"), First: "ru", Hops: through},
		{Kind: statement.Mixed, Block: 1, Speaker: again, Cue: &statement.Cue{Text: "claimed", Lemma: "claim", Stance: statement.Doubt}, First: "ru", Hops: through},
		{Kind: statement.Direct, Block: 2, Speaker: mayor, Hops: []statement.Hop{{Lang: "en", Evidence: "article"}}},
		{Kind: statement.Scare, Block: 2},
	}
}

// quotes are the quotations of a block.
func quotes(b doc.Block) (found []doc.Mark) {
	for _, m := range b.Text.Marks {
		if m.Kind == doc.Quote {
			found = append(found, m)
		}
	}
	return found
}

// addStatements keeps what an original says, with the speakers of who by the names it gives.
func addStatements(t testing.TB, s *store.Store, o news.Original, d doc.Document, said []statement.Statement, who map[string]string) []news.Statement {
	t.Helper()
	var list []news.Statement
	next := map[int]int{}
	for _, x := range said {
		m := quotes(d.Blocks[x.Block])[next[x.Block]]
		next[x.Block]++
		x.Start, x.End, x.Text = m.Start, m.End, d.Blocks[x.Block].Text.S[m.Start:m.End]
		x.Pieces = [][2]int{{m.Start, m.End}}
		if i := strings.Index(d.Blocks[x.Block].Text.S, x.Speaker.Mention); x.Speaker.Mention != "" && i >= 0 {
			x.Speaker.Start, x.Speaker.End = i, i+len(x.Speaker.Mention)
		}
		x.Speaker.ID = who[x.Speaker.Name]
		when := d.Date
		if x.SaidAt != nil && x.SaidAt.Precision == "day" {
			when, _ = time.Parse(time.DateOnly, x.SaidAt.Value)
		}
		list = append(list, news.Statement{Statement: x, At: when.UnixMilli()})
	}
	var keys []string
	for _, b := range d.Blocks {
		keys = append(keys, b.Key)
	}
	var kept []news.Statement
	storetest.Do(t, s, func(tx *store.Tx) (err error) {
		kept, err = tx.SaveStatements(t.Context(), o, list, keys, at.UnixMilli())
		return err
	})
	return kept
}

// place says where the marked statements stand in a translation: the first quotation of a block in the first, and so on.
func place(t testing.TB, s *store.Store, a news.Article, list []news.Statement, source, translation doc.Document) {
	t.Helper()
	var places []news.StatementPlace
	for _, x := range list {
		if !x.Marked() || x.Block < 0 {
			continue
		}
		for i, m := range quotes(source.Blocks[x.Block]) {
			there := quotes(translation.Blocks[x.Block])
			if m.Start != x.Start || i >= len(there) {
				continue
			}
			b := translation.Blocks[x.Block].Text.S
			places = append(places, news.StatementPlace{Statement: x.ID, Block: x.Block, Start: there[i].Start, End: there[i].End, Words: b[there[i].Start:there[i].End]})
		}
	}
	storetest.Do(t, s, func(tx *store.Tx) error { return tx.SavePlaces(t.Context(), a, a.Public, places) })
}

// approve says that somebody read an article's public revision over.
func approve(t testing.TB, s *store.Store, a news.Article) {
	t.Helper()
	e := storetest.AddEditor(t, s, "Reader of "+a.Slug, news.Publisher)
	storetest.Do(t, s, func(tx *store.Tx) error {
		return tx.AddReview(t.Context(), news.Review{ID: store.NewID(), Article: a.ID, Revision: a.Public, By: e.ID, At: at.UnixMilli(), Decision: "approved"})
	})
}

// allow records new terms of an outlet.
func allow(t testing.TB, s *store.Store, outlet string, terms news.Terms) {
	t.Helper()
	terms.ID, terms.Outlet, terms.FromAt = store.NewID(), outlet, at.UnixMilli()
	storetest.Do(t, s, func(tx *store.Tx) error { return tx.AddTerms(t.Context(), terms) })
}

// plainSpaces makes the spaces of French typography plain, so that a test can be read.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// has checks what a page says.
func has(t *testing.T, name, body string, want ...string) {
	t.Helper()
	body = plainSpaces.Replace(body)
	for _, w := range want {
		if !strings.Contains(body, plainSpaces.Replace(w)) {
			t.Errorf("%s does not say %q", name, w)
		}
	}
}

func hasNot(t *testing.T, name, body string, unwanted ...string) {
	t.Helper()
	body = plainSpaces.Replace(body)
	for _, w := range unwanted {
		if strings.Contains(body, plainSpaces.Replace(w)) {
			t.Errorf("%s says %q", name, w)
		}
	}
}

// between is the part of a page from one sign to another.
func between(body, from, to string) string {
	_, after, _ := strings.Cut(body, from)
	part, _, _ := strings.Cut(after, to)
	return part
}
