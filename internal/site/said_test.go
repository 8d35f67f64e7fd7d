package site

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
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
		[]string{"ru", "Сергей Лаптев", "en", "Sergei Laptev"}, []string{"ru", "заместитель министра транспорта России", "en", "Russian Deputy Transport Minister", "fr", "vice-ministre russe des Transports"})
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

// Behind each quotation that is somebody's stands a sign; the note it leads to says who, when, to whom, and through which languages.
func TestArticleSaysWhoSaidWhat(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	body := n.body(t, enFrPath)
	webtest.Check(t, "article", body)
	has(t, "the article", body, `avril »</span><a class="ref" href="#said-b1-0" aria-label="Note 1 : Sergueï Laptev, 17 novembre 2026. Traduit deux fois : russe → anglais → français">1 <small>ru→en→fr</small></a>, a dit mardi`)
	note := between(body, `<li id="said-b1-0">`, "</li>")
	has(t, "the note", note, `href="#q-b1-0"`, `<a href="/fr/speakers/sergei-laptev/"><bdi>Sergueï Laptev</bdi></a></span>, <span class="role">vice-ministre russe des Transports</span>`,
		`<time datetime="2026-11-17">17 novembre 2026</time> <span class="worded">(« <bdi lang="en">Tuesday</bdi> » dans l’article)`, `À : <bdi lang="en">reporters</bdi>`, `En réponse à : <bdi lang="en">a question about the ice`,
		"Traduit deux fois : russe → anglais → français", "supposition, d’après la personne qui parle", `lang="en" dir="ltr" cite="https://meridian.example/2026/11/strait"><p>“The ferry will leave in spring`,
		`lang="ru" dir="ltr" cite="https://mayak.example/2026/11/strait"><p>«Паром пойдёт весной`, `/fr/stories/`)
	note = between(body, `<li id="said-b2-33">`, "</li>")
	has(t, "the doubtful note", note, "(d’après le contexte)", "rapporté le 19 novembre 2026", `son verbe est « <bdi lang="en">claimed</bdi> »`)
	hasNot(t, "the doubtful note", note, "/fr/stories/")
	note = between(body, `<li id="said-b3-0">`, "</li>")
	has(t, "the note of unknown origin", note, "Langue d’origine inconnue ; ici, traduit de l’anglais", `<span class="role" lang="en">mayor of Seebrücke</span>`)
	if got := strings.Count(body, `class="ref"`); got != 3 {
		t.Errorf("%d signs: marks around a term are nobody's words", got)
	}
	once := between(n.body(t, ruFrPath), `<li id="said-b1-0">`, "</li>")
	has(t, "the note of the Russian article", once, "Traduit : russe → français", `lang="ru" dir="ltr"`)
	hasNot(t, "the note of the Russian article", once, "supposition", "<small>")

	// An address of words holds in each language.
	for _, path := range []string{ruFrPath, "/en/2026/11/ferry-spring/", "/pt/2026/11/balsa-primavera/"} {
		has(t, path, n.body(t, path), `id="q-b1-0"`, `id="said-b1-0"`)
	}
	beside := n.body(t, enFrPath+"original/")
	webtest.Check(t, "beside the original", beside)
	if got := strings.Count(beside, `class="ref"`); got != 3 {
		t.Errorf("%d signs beside the original", got)
	}
}

// Signs are numbered as they stand: that of a quotation inside another comes first.
func TestNotesOfNestedQuotations(t *testing.T) {
	n := straits(t, ccBy)
	const text = "“He said ‘never’ twice,” she said. “Ever,” he said."
	mark := func(words string) doc.Mark {
		i := strings.Index(text, words)
		return doc.Mark{Kind: doc.Quote, Start: i, End: i + len(words)}
	}
	d := doc.Document{Lang: "en", Title: doc.Text{S: "Nested"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: text, Marks: []doc.Mark{mark("“He said ‘never’ twice,”"), mark("‘never’"), mark("“Ever,”")}}}}}
	f := d
	f.Lang = "fr"
	she, he := statement.Speaker{Name: "She", State: statement.Named}, statement.Speaker{Name: "He", State: statement.Named}
	o := storetest.AddOriginal(t, n.Store, n.outlet, "https://meridian.example/nested", d, at.UnixMilli())
	list := addStatements(t, n.Store, o, d, []statement.Statement{{Kind: statement.Direct, Speaker: she}, {Kind: statement.Nested, Speaker: he}, {Kind: statement.Direct, Speaker: he}}, nil)
	a := storetest.AddDraft(t, n.Store, o, f, at.UnixMilli())
	a = storetest.Publish(t, n.Store, a.ID, "nested", at.UnixMilli())
	place(t, n.Store, a, list, d, f)
	body := n.body(t, "/fr/2026/11/nested/")
	webtest.Check(t, "nested", body)
	var signs []string
	for _, m := range regexp.MustCompile(`class="ref" href="#([^"]+)" aria-label="[^"]*">(\d+)<`).FindAllStringSubmatch(body, -1) {
		signs = append(signs, m[2]+" "+m[1])
	}
	if want := []string{"1 said-b1-11", "2 said-b1-0", "3 said-b1-43"}; !slices.Equal(signs, want) {
		t.Errorf("signs %q, want %q", signs, want)
	}
}

func TestQuotationsForPrograms(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	var d struct {
		HasPart []struct {
			Type        string `json:"@type"`
			ID          string `json:"@id"`
			Text        string
			InLanguage  string
			DateCreated string
			IsBasedOn   string
			Creator     struct {
				Type string `json:"@type"`
				Name string
				URL  string
			}
			TranslationOfWork struct {
				Text, InLanguage  string
				TranslationOfWork struct{ Text, InLanguage string }
			}
		}
	}
	if err := json.Unmarshal([]byte(between(n.body(t, enFrPath), `<script type="application/ld+json">`, "</script>")), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.HasPart) != 3 {
		t.Fatalf("%d quotations", len(d.HasPart))
	}
	q := d.HasPart[0]
	if q.Type != "Quotation" || q.ID != "https://passeur.example"+enFrPath+"#q-b1-0" || !strings.HasPrefix(plainSpaces.Replace(q.Text), "« Le ferry") || q.InLanguage != "fr" || q.DateCreated != "2026-11-17" ||
		q.IsBasedOn != "https://meridian.example/2026/11/strait" || q.Creator.Type != "Person" || q.Creator.Name != "Sergueï Laptev" || q.Creator.URL != "https://passeur.example/fr/speakers/sergei-laptev/" {
		t.Errorf("quotation %+v", q)
	}
	if w := q.TranslationOfWork; w.InLanguage != "en" || !strings.HasPrefix(w.Text, "“The ferry") || w.TranslationOfWork.InLanguage != "ru" || w.TranslationOfWork.Text != "«Паром пойдёт весной, даже если ждать льда придётся до апреля»" {
		t.Errorf("it came from %+v", w)
	}
	if d.HasPart[1].DateCreated != "" {
		t.Error("a day that nobody gave")
	}
}

func TestSpeakerPage(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	n.link(t, n.ru[1], n.en[1], news.LinkPerhaps)
	const path = "/fr/speakers/sergei-laptev/"
	w := webtest.Get(t, n, path)
	body := w.Body.String()
	webtest.Check(t, "speaker", body)
	has(t, "the page", body, "<h1><bdi>Sergueï Laptev</bdi></h1>", `<bdi lang="ru" dir="ltr">Сергей Лаптев</bdi> <small>russe</small>`, `<bdi lang="en" dir="ltr">Sergei Laptev</bdi> <small>anglais</small>`,
		`<bdi lang="ru" dir="ltr">заместитель министра транспорта России</bdi> <small>24 novembre 2026</small>`, "<h2>novembre 2026</h2>", "La même déclaration ailleurs", "Peut-être la même", "les dates sont éloignées",
		`<link rel="alternate" hreflang="pt" href="https://passeur.example/pt/speakers/sergei-laptev/">`, `<a href="/fr/2026/11/moscou-ferry/#q-b1-0">`, `<a href="/pt/2026/11/moscou-balsa/#q-b2-33" hreflang="pt" lang="pt">`,
		`type="application/atom+xml" title="Sergueï Laptev" href="/fr/speakers/sergei-laptev/feed.xml"`, `"@type":"ProfilePage"`, `"alternateName":["Sergei Laptev","Сергей Лаптев"]`)
	if got := strings.Count(body, `<article class="said"`); got != 3 {
		t.Errorf("%d statements, of which two stand beside each other", got)
	}
	if !strings.Contains(body, `content="noindex"`) {
		t.Error("words that nobody read over are not kept from search engines")
	}
	if got := webtest.Get(t, n, path, "If-None-Match", w.Header().Get("ETag")); got.Code != http.StatusNotModified || !strings.Contains(w.Header().Get("Cache-Control"), "public") {
		t.Errorf("asked again: %d %v", got.Code, w.Header())
	}
	hasNot(t, "the sitemap", n.body(t, "/sitemap.xml"), "/speakers/")
	approve(t, n.Store, n.articles["en-fr"])
	hasNot(t, "the page of a statement somebody read over", n.body(t, path), `content="noindex"`)
	has(t, "the sitemap", n.body(t, "/sitemap.xml"), "<loc>https://passeur.example/fr/speakers/sergei-laptev/</loc><lastmod>2026-11-24T10:30:00Z</lastmod>", "<loc>https://passeur.example/fr/speakers/</loc>")
	hasNot(t, "the sitemap", n.body(t, "/sitemap.xml"), "/pt/speakers/sergei-laptev/")
	has(t, "his pages", n.body(t, path), "Traduction automatique, relue par Reader of moscou-ferry")
}

func TestAddressesOfSpeakers(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	silent := addSpeaker(t, n.Store, news.Speaker{Slug: "nobody", Kind: term.Body}, []string{"en", "The Silent Office"}, nil)
	merged := addSpeaker(t, n.Store, news.Speaker{Slug: "s-laptev"}, []string{"en", "S. Laptev"}, nil)
	storetest.Do(t, n.Store, func(tx *store.Tx) error { return tx.MarkMerged(t.Context(), merged.ID, n.minister.ID, at.UnixMilli()) })
	story := n.ru[0].ID
	tests := []struct {
		name, path string
		status     int
		to         string
	}{
		{"a missing slash", "/fr/speakers", 301, "/fr/speakers/"},
		{"a missing slash of a speaker", "/fr/speakers/sergei-laptev", 301, "/fr/speakers/sergei-laptev/"},
		{"one who was found to be another", "/fr/speakers/s-laptev/", 301, "/fr/speakers/sergei-laptev/"},
		{"nobody", "/fr/speakers/no-one/", 404, ""},
		{"one who said nothing that is public", "/fr/speakers/" + silent.Slug + "/", 404, ""},
		{"a place in the list that is none", "/fr/speakers/sergei-laptev/?after=x", 404, ""},
		{"a letter of nobody", "/fr/speakers/?letter=Q", 404, ""},
		{"a language nobody has", "/xx/speakers/", 404, ""},
		{"a timeline", "/fr/stories/" + story + "/", 200, ""},
		{"a timeline by another of its statements", "/fr/stories/" + n.en[0].ID + "/", 302, "/fr/stories/" + story + "/"},
		{"no timeline", "/fr/stories/" + n.en[2].ID + "/", 404, ""},
		{"no statement", "/fr/stories/none/", 404, ""},
		{"a timeline in a language that has none of it", "/de/stories/" + story + "/", 404, ""},
		{"a place in the search that is none", "/fr/statements/?after=x", 404, ""},
		{"a place in a file that is none", "/fr/statements.json?after=x", 404, ""},
		{"a feed of nobody", "/fr/speakers/no-one/feed.xml", 404, ""},
	}
	for _, test := range tests {
		w := webtest.Get(t, n, test.path)
		if w.Code != test.status || w.Header().Get("Location") != test.to {
			t.Errorf("%s: %d %q, want %d %q", test.name, w.Code, w.Header().Get("Location"), test.status, test.to)
		}
		if w.Code == 404 {
			webtest.Check(t, test.name, w.Body.String())
		}
	}
	if body := n.body(t, "/en/speakers/ilse-marten/"); !strings.Contains(body, "We are not rushing anybody") {
		t.Error("the mayor's words in English are not there")
	}
}

// A speaker who is quoted in another language only has a page that leads there.
func TestSpeakerOfAnotherLanguage(t *testing.T) {
	n := straits(t, ccBy)
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		return tx.MoveArticle(t.Context(), n.articles["ru-en"].ID, news.Published, news.Killed, at.UnixMilli())
	})
	body := n.body(t, "/en/speakers/sergei-laptev/")
	webtest.Check(t, "empty", body)
	has(t, "the page", body, "Nothing of theirs is published in this language", `<a href="/fr/speakers/sergei-laptev/" hreflang="fr" lang="fr">`, `content="noindex"`)
	has(t, "the list", n.body(t, "/en/speakers/"), "Nobody is quoted yet in this language")
	has(t, "the search", n.body(t, "/en/statements/"), "No statement is published yet in this language")
	has(t, "the timelines", n.body(t, "/en/stories/"), "No statement has been found in two outlets yet")
	for _, path := range []string{"/en/speakers/", "/en/statements/", "/en/stories/"} {
		webtest.Check(t, path, n.body(t, path))
	}
	if got := n.body(t, "/en/statements.json"); !strings.Contains(got, `"statements":[]`) {
		t.Errorf("an empty file: %s", got)
	}
}

// The terms of an outlet are asked for every page: what is taken back is gone from each at once.
func TestStatementsObeyTheTerms(t *testing.T) {
	for name, terms := range map[string]news.Terms{"quotation only": {Basis: "quotation"}, "unknown": {Basis: "unknown"}} {
		t.Run(name, func(t *testing.T) {
			n := straits(t, ccBy)
			n.link(t, n.ru[0], n.en[0], news.LinkFound)
			pages := []string{"/fr/speakers/sergei-laptev/", "/fr/statements/", "/fr/statements/?q=printemps", "/fr/stories/" + n.ru[0].ID + "/", "/fr/statements.json", "/fr/statements.csv", "/fr/speakers/sergei-laptev/feed.xml", "/fr/speakers/sergei-laptev/statements.json"}
			for _, path := range pages {
				has(t, path, n.body(t, path), "Паром пойдёт весной")
			}
			allow(t, n.Store, n.articles["ru-fr"].Outlet, terms)
			for _, path := range pages {
				hasNot(t, path, n.body(t, path), "Паром пойдёт весной", "même s’il faut attendre")
				has(t, path, n.body(t, path), "nous attendrons avril")
			}
			has(t, "the timeline", n.body(t, pages[3]), "Маяк l’a aussi rapporté ; ses conditions ne permettent pas de reproduire ses mots.", `<a href="https://mayak.example/2026/11/strait" rel="external noopener" hreflang="ru">L’original (russe)</a>`)
			hasNot(t, "the note", n.body(t, enFrPath), "Паром пойдёт весной")
			if body := webtest.Get(t, n, ruFrPath).Body.String(); strings.Contains(body, `class="ref"`) || strings.Contains(body, `"Quotation"`) {
				t.Error("an article whose text may not be shown shows its quotations")
			}
			if w := webtest.Get(t, n, "/en/speakers/sergei-laptev/"); strings.Contains(w.Body.String(), "The ferry will sail") {
				t.Error("English readers still get the words")
			}
		})
	}
}

func TestTimeline(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	body := n.body(t, "/fr/stories/"+n.ru[0].ID+"/")
	webtest.Check(t, "timeline", body)
	has(t, "the timeline", body, "2 médias", "Sergueï Laptev : une déclaration, telle que rapportée", "Traduit : russe → français", "Traduit deux fois : russe → anglais → français", "<br>rapporté le 18 novembre 2026", "<br>rapporté le 19 novembre 2026")
	if strings.Index(body, "même s’il faut attendre") > strings.Index(body, "nous attendrons avril") {
		t.Error("the oldest does not come first")
	}
	list := n.body(t, "/fr/stories/")
	webtest.Check(t, "timelines", list)
	has(t, "the list", list, "même s’il faut attendre", "nous attendrons avril", `href="/fr/stories/`+n.ru[0].ID+`/"`)
}

func TestSearch(t *testing.T) {
	n := straits(t, ccBy)
	spring, half, mayor := "même s’il faut attendre", "à moitié construit", "Nous ne pressons personne."
	leave, done, rush := "nous attendrons avril", "à moitié fini", "Nous ne pressons personne »"
	tests := []struct {
		name, query string
		want, not   []string
	}{
		{"nothing asked: the newest", "", []string{spring, half, leave, done}, []string{"promesse datée"}},
		{"by words", "q=glace", []string{`attendre la <mark>glace</mark> jusqu’en avril`}, []string{leave, half}},
		{"by words of origin", "q=построен", []string{half, "<mark>построен</mark>"}, []string{spring}},
		{"by a name", "who=Laptev", []string{spring, half, leave}, []string{rush}},
		{"by a name in another script", "who=Лаптев", []string{spring, half, leave, done}, []string{mayor}},
		{"what did X say about Y since Z", "who=Laptew&q=printemps&since=2026-11-17", []string{spring, leave}, []string{half, rush}},
		{"since a day", "since=2026-11-18", []string{mayor, done}, []string{spring, leave}},
		{"until a day, which belongs to it", "until=17+novembre+2026", []string{spring, leave}, []string{mayor, done}},
		{"a month", "since=2026-11&until=novembre+2026", []string{spring, mayor}, nil},
		{"a year", "since=2026&until=2026", []string{spring, mayor}, nil},
		{"an earlier year", "until=2025", []string{"Rien n’a été trouvé"}, []string{spring}},
		{"by language", "lang=ru", []string{spring}, []string{leave}},
		{"by outlet", "outlet=" + n.outlet.ID, []string{leave}, []string{spring}},
		{"by speaker's address", "speaker=ilse-marten", []string{mayor, rush, `value="Ilse Marten"`}, []string{spring}},
		{"another name over the address", "speaker=ilse-marten&who=Laptev", []string{spring}, []string{mayor}},
		{"an outlet there is not", "outlet=x", []string{spring, leave}, nil},
		{"nothing found", "q=sous-marin", []string{"Rien n’a été trouvé"}, []string{spring}},
		{"hostile", "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&who=%3Cb%3E&since=", []string{`value="&lt;b&gt;"`}, []string{"<script>alert"}},
		{"not UTF-8, and no end of it", "q=%ff%fe" + strings.Repeat("a", 5000), []string{"Rien n’a été trouvé"}, []string{strings.Repeat("a", 400)}},
	}
	for _, test := range tests {
		body := n.body(t, "/fr/statements/?"+test.query)
		webtest.Check(t, test.name, body)
		has(t, test.name, body, test.want...)
		hasNot(t, test.name, body, test.not...)
		if got := strings.Contains(body, `content="noindex"`); got != (test.query != "" && test.query != "outlet=x") {
			t.Errorf("%s: kept from search engines: %v", test.name, got)
		}
	}
}

// A date that cannot be read is answered with a word on how to write it, and the form as it was filled in.
func TestSearchAnswersBadDates(t *testing.T) {
	n := straits(t, ccBy)
	tests := []struct{ name, path, want string }{
		{"no date", "/en/statements/?who=Laptev&since=soon", "“soon” could not be read as a date. Write it as 2026-11-25."},
		{"no such day", "/fr/statements/?who=Laptev&until=2026-02-30", "« 2026-02-30 » n’a pas pu être lu comme une date."},
		{"a hostile one", "/pt/statements/?who=Laptev&since=%3Cb%3E", "Não foi possível ler “&lt;b&gt;” como data."},
		{"the wrong way round", "/en/statements/?who=Laptev&since=2026-11-20&until=2026-11-10", "the first comes after the last"},
	}
	for _, test := range tests {
		w := webtest.Get(t, n, test.path)
		body := w.Body.String()
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", test.name, w.Code)
		}
		webtest.Check(t, test.name, body)
		has(t, test.name, body, test.want, `value="Laptev"`, `aria-invalid="true" aria-describedby="wrong"`)
	}
}

func TestListsGoOn(t *testing.T) {
	n := straits(t, ccBy)
	d := doc.Document{Lang: "en", Title: doc.Text{S: "Forty speeches"}}
	f := doc.Document{Lang: "fr", Title: doc.Text{S: "Quarante discours"}}
	var said []statement.Statement
	who := map[string]string{}
	for i := range 110 {
		name := fmt.Sprintf("Speaker N%03d", i)
		who[name] = addSpeaker(t, n.Store, news.Speaker{Slug: fmt.Sprintf("speaker-%03d", i), Kind: term.Person}, []string{"en", name}, nil).ID
		b := doc.Block{Kind: doc.Paragraph, Key: fmt.Sprint("b", i+1), Text: doc.Text{S: fmt.Sprintf("“Word %03d of the speech,” he said.", i), Marks: []doc.Mark{{Kind: doc.Quote, Start: 0, End: len("“Word 000 of the speech,”")}}}}
		d.Blocks, f.Blocks = append(d.Blocks, b), append(f.Blocks, b)
		speaker := statement.Speaker{Name: name, State: statement.Named}
		if i < 40 {
			speaker = statement.Speaker{Name: "Sergei Laptev", State: statement.Named}
		}
		said = append(said, statement.Statement{Kind: statement.Direct, Block: i, Speaker: speaker, SaidAt: &statement.Date{Text: "then", Value: fmt.Sprintf("2026-10-%02d", i%28+1), Precision: "day"}})
	}
	who["Sergei Laptev"] = n.minister.ID
	o := storetest.AddOriginal(t, n.Store, n.outlet, "https://meridian.example/forty", d, at.UnixMilli())
	list := addStatements(t, n.Store, o, d, said, who)
	a := storetest.AddDraft(t, n.Store, o, f, at.UnixMilli())
	a = storetest.Publish(t, n.Store, a.ID, "quarante", at.UnixMilli())
	place(t, n.Store, a, list, d, f)

	for _, test := range []struct {
		name, path, entry string
		want              int
	}{
		{"a speaker", "/fr/speakers/sergei-laptev/", `<article class="said"`, 44},
		{"the search", "/fr/statements/?q=speech", `<article class="said"`, 110},
		{"the speakers", "/fr/speakers/", `<li><a href="/fr/speakers/speaker-`, 70},
	} {
		seen, path := map[string]bool{}, test.path
		pages := 0
		for path != "" && pages < 10 {
			body := n.body(t, path)
			webtest.Check(t, path, body)
			for _, part := range strings.Split(body, test.entry)[1:] {
				seen[part[:60]] = true
			}
			pages++
			if m := nextPage.FindStringSubmatch(body); m != nil {
				path = html.UnescapeString(m[1])
			} else {
				path = ""
			}
		}
		if len(seen) != test.want || test.want > saidSize && pages < 2 {
			t.Errorf("%s: %d entries on %d pages, want %d", test.name, len(seen), pages, test.want)
		}
	}
	letter := n.body(t, "/fr/speakers/?letter=N")
	webtest.Check(t, "letter", letter)
	more := nextPage.FindStringSubmatch(letter)
	if got := strings.Count(letter, `<li><a href="/fr/speakers/speaker-`); got != speakersSize || more == nil {
		t.Fatalf("%d speakers on the first page of N", got)
	}
	if got := strings.Count(n.body(t, html.UnescapeString(more[1])), `<li><a href="/fr/speakers/speaker-`); got != 70-speakersSize {
		t.Errorf("%d speakers on the second page of N", got)
	}
}

var nextPage = regexp.MustCompile(`href="([^"]+)" rel="next"`)

func TestFilesForPrograms(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	w := webtest.Get(t, n, "/fr/statements.json")
	var f statementsJSON
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Header().Get("Content-Type") != "application/json; charset=utf-8" || w.Header().Get("ETag") == "" {
		t.Fatalf("%v %v", err, w.Header())
	}
	if f.Lang != "fr" || len(f.Statements) != 7 || f.Next != "" || f.Rights == "" {
		t.Fatalf("%d statements, %+v", len(f.Statements), f)
	}
	i := slices.IndexFunc(f.Statements, func(s statementJSON) bool { return s.ID == n.en[0].ID })
	s := f.Statements[i]
	words := len([]rune(n.en[0].Text))
	mention := words + len(" Russian Deputy Transport Minister ")
	if s.URL != "https://passeur.example"+enFrPath+"#q-b1-0" || s.Lang != "en" || s.Kind != "direct" || s.Block != 0 || s.Start != 0 || s.End != words || s.Text != n.en[0].Text || !slices.Equal(s.Spans, [][2]int{{0, words}}) ||
		s.Speaker.Name != "Sergueï Laptev" || s.Speaker.Mention != "Sergei Laptev" || s.Speaker.Start != mention || s.Speaker.End != mention+len("Sergei Laptev") || s.Speaker.State != "named" || s.Speaker.URL != "https://passeur.example/fr/speakers/sergei-laptev/" || s.Addressee != "reporters" ||
		s.SaidAt.Value != "2026-11-17" || s.SaidAt.Text != "Tuesday" || s.FirstLang != "ru" || !slices.Equal(s.Chain, []string{"ru", "en"}) || s.Hops[0].Evidence != "speaker" || s.At != "2026-11-17T00:00:00Z" {
		t.Errorf("statement %+v %+v", s, s.Speaker)
	}
	if p := s.Translation; p.Lang != "fr" || !strings.HasPrefix(plainSpaces.Replace(p.Text), "« Le ferry") || p.End != len([]rune(p.Text)) || p.Passing != "translated twice or more" || !slices.Equal(p.Chain, []string{"ru", "en", "fr"}) || !p.Machine || p.ReadBy != "" {
		t.Errorf("translation %+v", p)
	}
	if s.Article.Original != "https://meridian.example/2026/11/strait" || s.Outlet.Licence != "CC BY 4.0" || s.Outlet.Credit == "" || s.Story != "https://passeur.example/fr/stories/"+n.ru[0].ID+"/" {
		t.Errorf("where from: %+v %+v %s", s.Article, s.Outlet, s.Story)
	}

	w = webtest.Get(t, n, "/fr/speakers/sergei-laptev/statements.csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != 5 || !slices.Equal(rows[0], csvHead) || w.Header().Get("Content-Disposition") != `attachment; filename="sergei-laptev-fr.csv"` {
		t.Fatalf("%v, %d rows, %v", err, len(rows), w.Header())
	}
	row := map[string]string{}
	for i, name := range rows[0] {
		row[name] = rows[3][i]
	}
	if row["speaker"] != "Sergueï Laptev" || row["said_at"] == "" || row["text"] == "" || row["translation"] == "" || row["outlet"] == "" || row["chain"] == "" {
		t.Errorf("row %v", row)
	}
}

// No cell of a table is a formula, whoever wrote it.
func TestCell(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"} {
		if got := cell(s); got != "'"+s {
			t.Errorf("%q became %q", s, got)
		}
	}
	for _, s := range []string{"", "“=1”", "a=1", "https://a.example/?b=c"} {
		if got := cell(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestSpeakerFeedIsAtom(t *testing.T) {
	n := straits(t, ccBy)
	w := webtest.Get(t, n, "/fr/speakers/sergei-laptev/feed.xml")
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Link    []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entry []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Rights  string `xml:"rights"`
			Content string `xml:"content"`
			Author  string `xml:"author>name"`
			Link    []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	const self = "https://passeur.example/fr/speakers/sergei-laptev/feed.xml"
	if w.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" || f.Lang != "fr" || f.ID != self || f.Link[0].Rel != "self" || f.Link[0].Href != self || len(f.Entry) != 4 || f.Updated != "2026-11-24T10:30:00Z" || f.Title != "Sergueï Laptev · Le Passeur" {
		t.Fatalf("feed %+v", f)
	}
	ids := map[string]string{}
	for _, e := range f.Entry {
		ids[e.ID] = e.Content
		if e.Author != "Sergueï Laptev" || e.Rights != "CC BY 4.0" || !strings.HasPrefix(plainSpaces.Replace(e.Title), "Sergueï Laptev : « ") || e.Updated == "" {
			t.Errorf("entry %+v", e)
		}
	}
	content := plainSpaces.Replace(ids["urn:uuid:"+n.en[0].ID])
	for _, want := range []string{"<p>Traduction automatique, non relue</p>", "nous attendrons avril", "17 novembre 2026 · « Tuesday » dans l’article · À : reporters", "Traduit deux fois : russe → anglais → français", "“The ferry will leave in spring"} {
		if !strings.Contains(content, want) {
			t.Errorf("an entry does not say %q: %s", want, content)
		}
	}
	// The same statement is the same entry in each language and for each host.
	if !strings.Contains(n.body(t, "/pt/speakers/sergei-laptev/feed.xml"), "urn:uuid:"+n.en[0].ID) || n.body(t, "/fr/speakers/sergei-laptev/feed.xml") != w.Body.String() {
		t.Error("entries change their identifiers")
	}
}

// What a hostile outlet makes people say, and calls them, does nothing on any page; a name from right to left stays in its place.
func TestHostileStatements(t *testing.T) {
	const evil = `"></script><script>alert(1)</script><img src=x onerror=alert(1)>`
	n := straits(t, ccBy)
	by := addSpeaker(t, n.Store, news.Speaker{Slug: "evil", Kind: term.Person}, []string{"en", evil, "ar", "=HYPERLINK(\"https://evil.example\")", "he", "ישראל ישראלי"}, []string{"en", evil, "fr", evil})
	words := "“" + evil + "”"
	b := doc.Block{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: words + " said he", Marks: []doc.Mark{{Kind: doc.Quote, Start: 0, End: len(words)}}}}
	d := doc.Document{Lang: "en", Title: doc.Text{S: evil}, Blocks: []doc.Block{b}}
	f := d
	f.Lang = "fr"
	o := storetest.AddOriginal(t, n.Store, n.outlet, "https://meridian.example/evil", d, at.UnixMilli())
	said := statement.Statement{
		Kind: statement.Direct, Speaker: statement.Speaker{Name: evil, Mention: evil, Role: evil, State: statement.Named}, Addressee: evil, Answers: evil, First: "he", SaidAt: &statement.Date{Text: evil, Value: evil, Precision: "day"},
		Cue: &statement.Cue{Text: evil, Lemma: evil, Stance: statement.Doubt}, Hops: []statement.Hop{{Lang: "he", Who: evil, Evidence: evil}, {Lang: "en", Evidence: "article"}},
	}
	list := addStatements(t, n.Store, o, d, []statement.Statement{said}, map[string]string{evil: by.ID})
	a := storetest.AddDraft(t, n.Store, o, f, at.UnixMilli())
	a = storetest.Publish(t, n.Store, a.ID, "x", at.UnixMilli())
	place(t, n.Store, a, list, d, f)
	n.link(t, list[0], n.en[0], news.LinkFound)
	n.link(t, list[0], n.en[1], news.LinkPerhaps)
	for _, path := range []string{"/fr/2026/11/x/", "/fr/2026/11/x/original/", "/fr/speakers/evil/", "/fr/speakers/", "/fr/statements/?q=alert", "/fr/statements/?speaker=evil", "/fr/stories/", enFrPath} {
		body := n.body(t, path)
		webtest.Check(t, path, body)
		hasNot(t, path, body, "<script>alert", "<img src=x", `<b>`)
	}
	has(t, "his page", n.body(t, "/fr/speakers/evil/"), `<bdi lang="he" dir="rtl">ישראל ישראלי</bdi>`)
	if err := xml.Unmarshal(webtest.Get(t, n, "/fr/speakers/evil/feed.xml").Body.Bytes(), new(struct{})); err != nil {
		t.Errorf("the feed is not well-formed: %v", err)
	}
	if !json.Valid(webtest.Get(t, n, "/fr/speakers/evil/statements.json").Body.Bytes()) {
		t.Error("the file is no JSON")
	}
	rows, err := csv.NewReader(webtest.Get(t, n, "/fr/speakers/evil/statements.csv").Body).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	for _, v := range rows[1] {
		if v != "" && strings.ContainsAny(v[:1], "=+-@") {
			t.Errorf("a formula: %q", v)
		}
	}
}

// Whoever asks without end waits; the pages without a question are for everybody.
func TestSearchIsLimited(t *testing.T) {
	n := straits(t, ccBy)
	codes := map[int]int{}
	for range 65 {
		codes[webtest.Get(t, n, "/fr/statements/?q=glace").Code]++
	}
	if codes[200] != 60 || codes[429] != 5 {
		t.Errorf("answers %v", codes)
	}
	if w := webtest.Get(t, n, "/fr/statements.csv"); w.Code != 429 || w.Header().Get("Retry-After") == "" {
		t.Errorf("a file: %d", w.Code)
	}
	if w := webtest.Get(t, n, "/fr/statements/"); w.Code != 200 {
		t.Errorf("the page without a question: %d", w.Code)
	}
}

func TestDateOf(t *testing.T) {
	tests := []struct{ value, en, fr, pt string }{
		{"2022-01-25", "January 25, 2022", "25 janvier 2022", "25 de janeiro de 2022"},
		{"2022-01", "January 2022", "janvier 2022", "janeiro de 2022"},
		{"2022", "2022", "2022", "2022"},
		{"2022-W04", "in the week of January 24, 2022", "dans la semaine du 24 janvier 2022", "na semana de 24 de janeiro de 2022"},
		{"2020-W53", "in the week of December 28, 2020", "dans la semaine du 28 décembre 2020", "na semana de 28 de dezembro de 2020"},
		{"2024-W01", "in the week of January 1, 2024", "dans la semaine du 1er janvier 2024", "na semana de 1º de janeiro de 2024"},
		{"soon", "", "", ""},
		{"2022-W99", "", "", ""},
	}
	for _, test := range tests {
		for tag, want := range map[string]string{"en": test.en, "fr": test.fr, "pt": test.pt} {
			got, stamp := dateOf(locale.For(tag), test.value)
			if plainSpaces.Replace(got) != want || want != "" && stamp != test.value {
				t.Errorf("%s in %s: %q %q, want %q", test.value, tag, got, stamp, want)
			}
		}
	}
}

func TestChain(t *testing.T) {
	hop := func(tag, why string) statement.Hop { return statement.Hop{Lang: lang.Tag(tag), Evidence: why} }
	tests := []struct {
		name, first, source, page string
		hops                      []statement.Hop
		said, passing             string
		guess, twice              bool
	}{
		{"in the page's language", "fr", "fr", "fr", []statement.Hop{hop("fr", "stated")}, "Verbatim, in French", "verbatim", false, false},
		{"translated by us", "ru", "ru", "en", []statement.Hop{hop("ru", "speaker")}, "Translated: Russian → English", "translated", true, false},
		{"translated before us", "ru", "fr", "en", []statement.Hop{hop("ru", "venue"), hop("fr", "article")}, "Translated twice: Russian → French → English", "translated twice or more", true, true},
		{"and back", "en", "fr", "en", []statement.Hop{hop("en", "body"), hop("fr", "article")}, "Translated twice: English → French → English", "translated twice or more", true, true},
		{"three times", "uk", "fr", "en", []statement.Hop{hop("uk", "stated"), hop("ru", "stated"), hop("fr", "article")}, "Translated 3 times: Ukrainian → Russian → French → English", "translated twice or more", false, true},
		{"not known", "", "fr", "en", []statement.Hop{hop("fr", "article")}, "First language not known; here from French", "not known", false, false},
		{"a region is no other language", "pt", "pt-BR", "en", []statement.Hop{hop("pt", "stated")}, "Translated: Portuguese → English", "translated", false, false},
	}
	for _, test := range tests {
		s := news.Statement{Lang: test.source, Statement: statement.Statement{First: lang.Tag(test.first), Hops: test.hops}}
		c := teller{l: locale.For("en"), tag: test.page, zone: time.UTC}.chain(s)
		if c.Said != test.said || (c.Guess != "") != test.guess || c.Twice != test.twice || passing(s, test.page) != test.passing {
			t.Errorf("%s: %+v, %s", test.name, c, passing(s, test.page))
		}
	}
}
