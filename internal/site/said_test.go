package site

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/locale"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/rights"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/term"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

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
			if rights.Decide(terms.Facts(), rights.Signals{}) == rights.Private { // nobody is even told that it reported them
				storetest.Put(t, n.Store, "site.index_unread", "yes") // the sitemap names what nobody read, too
				for _, path := range append(pages, "/fr/", "/fr/feed.xml", "/fr/stories/", "/fr/speakers/", "/fr/speakers/?letter=L", "/sitemap.xml", "/sitemap-articles-1.xml", enFrPath, enFrPath+"original/") {
					body := n.body(t, path)
					hasNot(t, path, body, "Маяк", "mayak.example", "ferry-printemps")
					if path != "/fr/stories/"+n.ru[0].ID+"/" {
						hasNot(t, path, body, "/stories/"+n.ru[0].ID)
					}
				}
				return
			}
			has(t, "the timeline", n.body(t, pages[3]), "Маяк l’a aussi rapportée ; ses conditions ne permettent pas de reproduire ses mots ici.", `<a href="https://mayak.example/2026/11/strait" rel="external noopener" hreflang="ru">L’original (russe)</a>`)
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

// What a hostile outlet makes people say, and calls them, does nothing on any page; a name from right to left stays in its place.
func TestHostileStatements(t *testing.T) {
	const evil = `"></script><script>alert(1)</script><img src=x onerror=alert(1)>`
	n := straits(t, ccBy)
	by := addSpeaker(t, n.Store, news.Speaker{Slug: "evil", Kind: term.Person}, []string{"en", evil, "ar", "=HYPERLINK(\"https://evil.example\")"}, []string{"en", evil, "fr", evil})
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		_, err := tx.SawName(t.Context(), news.SpeakerName{Speaker: by.ID, Lang: "he", Name: "ישראל ישראלי", Source: news.FromEditor, By: evil, LastAt: at.UnixMilli()})
		return err
	})
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
