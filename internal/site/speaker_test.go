package site

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

func TestSpeakerPage(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	n.link(t, n.ru[1], n.en[1], news.LinkPerhaps)
	const path = "/fr/speakers/sergei-laptev/"
	w := webtest.Get(t, n, path)
	body := w.Body.String()
	webtest.Check(t, "speaker", body)
	has(t, "the page", body, "<h1><bdi>Sergueï Laptev</bdi></h1>", `<bdi lang="ru" dir="ltr">Сергей Лаптев</bdi> <small>russe</small>`, `<bdi lang="en" dir="ltr">Sergei Laptev</bdi> <small>anglais</small>`,
		`<bdi lang="ru" dir="ltr">заместитель министра транспорта России</bdi> <small>du 17 novembre 2026 au 18 novembre 2026</small>`, "<h2>novembre 2026</h2>", "La même déclaration ailleurs", "Peut-être la même", "les dates sont éloignées",
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
	hasNot(t, "the sitemap", n.sitemap(t), "/speakers/")
	approve(t, n.Store, n.articles["en-fr"])
	hasNot(t, "the page of a statement somebody read over", n.body(t, path), `content="noindex"`)
	has(t, "the sitemap", n.sitemap(t), "<loc>https://passeur.example/fr/speakers/sergei-laptev/</loc><lastmod>2026-11-24T10:30:00Z</lastmod>", "<loc>https://passeur.example/fr/speakers/</loc>")
	hasNot(t, "the sitemap", n.sitemap(t), "/pt/speakers/sergei-laptev/")
	has(t, "his pages", n.body(t, path), "Traduction automatique, relue par Reader of moscou-ferry")
}

func TestAddressesOfSpeakers(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	silent := addSpeaker(t, n.Store, news.Speaker{Slug: "nobody", Kind: term.Body}, []string{"en", "The Silent Office"}, nil)
	merged := addSpeaker(t, n.Store, news.Speaker{Slug: "s-laptev"}, []string{"en", "S. Laptev"}, nil)
	quiet := addSpeaker(t, n.Store, news.Speaker{Slug: "nob"}, []string{"en", "The Office"}, nil)
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		if err := tx.MarkMerged(t.Context(), quiet.ID, silent.ID, at.UnixMilli()); err != nil {
			return err
		}
		return tx.MarkMerged(t.Context(), merged.ID, n.minister.ID, at.UnixMilli())
	})
	hasNot(t, "the search for one who said nothing that is public", n.body(t, "/fr/statements/?speaker=nobody"), "The Silent Office")
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
		{"the feed of one who said nothing that is public", "/fr/speakers/nobody/feed.xml", 404, ""},
		{"the file of one", "/fr/speakers/nobody/statements.json", 404, ""},
		{"the table of one", "/fr/speakers/nobody/statements.csv", 404, ""},
		{"what was found to be one", "/fr/speakers/nob/", 404, ""},
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
	for _, path := range []string{"/en/speakers/sergei-laptev/", "/fr/speakers/sergei-laptev/"} {
		has(t, path, n.body(t, path), `hreflang="fr" href="https://passeur.example/fr/speakers/sergei-laptev/"`, `hreflang="pt" href="https://passeur.example/pt/speakers/sergei-laptev/"`)
		hasNot(t, path, n.body(t, path), `hreflang="en" href="https://passeur.example/en/speakers/sergei-laptev/"`)
	}
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

// What only articles that nobody may read call a speaker is on no page, and old words are given to who the speaker was then.
func TestSpeakerIsCalledAsThen(t *testing.T) {
	n := straits(t, ccBy)
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		if _, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: n.minister.ID, Lang: "de", Name: "Sergej Laptew", Source: news.FromArticle, LastAt: at.UnixMilli()}); err != nil {
			return err
		}
		for _, r := range []news.SpeakerRole{{Lang: "de", Role: "Minister a. D.", LastAt: at.UnixMilli()}, {Lang: "fr", Role: "ancien vice-ministre", LastAt: at.AddDate(3, 0, 0).UnixMilli()}} {
			r.Speaker, r.Source = n.minister.ID, news.FromArticle
			if _, err := tx.SawRole(t.Context(), r); err != nil {
				return err
			}
		}
		return nil
	})
	body := n.body(t, "/fr/speakers/sergei-laptev/")
	hasNot(t, "the page", body, "Sergej Laptew", "Minister a. D.", "ancien vice-ministre")
	has(t, "the page", body, `<bdi lang="en" dir="ltr">Russian Deputy Transport Minister</bdi> <small>17 novembre 2026</small>`)
	has(t, "the article", n.body(t, enFrPath), `Sergueï Laptev</bdi></a></span>, <span class="role">vice-ministre russe des Transports</span>`)
	hasNot(t, "the article", n.body(t, enFrPath), "ancien vice-ministre")
}

// What a private outlet, an article that waits, or one whose outlet took its leave back calls a speaker is nowhere. What an editor, the
// glossary or a public article says is.
func TestNobodyIsCalledByWhatIsNotPublic(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	private := storetest.AddOutlet(t, n.Store, "Whisper", "https://whisper.example/", "fr", news.Terms{Basis: "unknown"})
	words := "« Non »"
	d := doc.Document{Lang: "fr", Title: doc.Text{S: "Rien"}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: words, Marks: []doc.Mark{{Kind: doc.Quote, Start: 0, End: len(words)}}}}}}
	const liar, disgraced = "Serge Menteur", "vice-ministre déchu"
	o := storetest.AddOriginal(t, n.Store, private, "https://whisper.example/1", d, at.UnixMilli())
	list := addStatements(t, n.Store, o, d, []statement.Statement{{Kind: statement.Direct, Speaker: statement.Speaker{Name: liar, Role: disgraced, State: statement.Named}}}, map[string]string{liar: n.minister.ID})
	saw := func(source, name, role string) {
		storetest.Do(t, n.Store, func(tx *store.Tx) error {
			for range 9 { // more often than all others
				if _, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: n.minister.ID, Lang: "fr", Name: name, Source: source, LastAt: at.UnixMilli()}); err != nil {
					return err
				}
			}
			_, err := tx.SawRole(t.Context(), news.SpeakerRole{Speaker: n.minister.ID, Lang: "fr", Role: role, Source: source, LastAt: at.Add(time.Hour).UnixMilli()})
			return err
		})
	}
	saw(news.FromArticle, liar, disgraced)
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		_, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: n.mayor.ID, Lang: "fr", Name: "Ilse Alias", Source: news.FromAlias, LastAt: at.UnixMilli()})
		return err
	})
	paths := []string{
		"/fr/speakers/", "/fr/speakers/?letter=L", "/fr/speakers/sergei-laptev/", "/fr/speakers/ilse-marten/", "/fr/speakers/sergei-laptev/feed.xml", "/fr/speakers/sergei-laptev/statements.json", "/fr/statements.csv",
		"/fr/statements/", "/fr/statements/?speaker=sergei-laptev", "/fr/stories/", "/fr/stories/" + n.ru[0].ID + "/", enFrPath, ruFrPath,
	}
	look := func(when, secretName, secretRole string) {
		t.Helper()
		n.Handler = Handler(Config{Store: n.Store, Log: quiet, Now: func() time.Time { return at.Add(24 * time.Hour) }, Base: "https://passeur.example"})
		for _, path := range paths {
			hasNot(t, path+" "+when, n.body(t, path), secretName, secretRole, "Ilse Alias")
			if path != "/fr/speakers/ilse-marten/" {
				has(t, path+" "+when, n.body(t, path), "Sergueï Laptev")
			}
		}
	}
	look("of an outlet that allows nothing", liar, disgraced)
	a := storetest.AddDraft(t, n.Store, o, d, at.UnixMilli())
	look("while it waits", liar, disgraced)
	a = storetest.Publish(t, n.Store, a.ID, "rien", at.UnixMilli())
	place(t, n.Store, a, list, d, d)
	look("published and closed", liar, disgraced)
	allow(t, n.Store, private.ID, ccBy)
	has(t, "the list when all may read it", n.body(t, "/fr/speakers/"), liar)
	has(t, "the page then", n.body(t, "/fr/speakers/sergei-laptev/"), "<h1><bdi>"+liar+"</bdi></h1>", disgraced)
	allow(t, n.Store, private.ID, news.Terms{Basis: "quotation"})
	look("taken back", liar, disgraced)
	saw(news.FromEditor, "Sergueï Laptev", "ministre honoraire")
	has(t, "an editor's words", n.body(t, "/fr/speakers/sergei-laptev/"), "ministre honoraire")
}
