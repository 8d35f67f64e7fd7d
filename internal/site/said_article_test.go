package site

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

// Behind each quotation that is somebody's stands a sign; the note it leads to says who, when, to whom, and through which languages.
func TestArticleSaysWhoSaidWhat(t *testing.T) {
	n := straits(t, ccBy)
	n.link(t, n.ru[0], n.en[0], news.LinkFound)
	body := n.body(t, enFrPath)
	webtest.Check(t, "article", body)
	has(t, "the article", body, `avril »</span><a class="ref" role="doc-noteref" href="#said-b1-0" aria-label="Note 1 : Sergueï Laptev, 17 novembre 2026. Traduit deux fois : russe → anglais → français">1 <small>ru→en→fr</small></a>, a dit mardi`)
	note := between(body, `<li id="said-b1-0">`, "</li>")
	has(t, "the note", note, `href="#q-b1-0"`, `<a href="/fr/speakers/sergei-laptev/"><bdi>Sergueï Laptev</bdi></a></span>, <span class="role">vice-ministre russe des Transports</span>`,
		`<time datetime="2026-11-17">17 novembre 2026</time> <span class="worded">(« <bdi lang="en">Tuesday</bdi> » dans l’article)`, `À : <bdi lang="en">reporters</bdi>`, `En réponse à : <bdi lang="en">a question about the ice`,
		"Traduit deux fois : russe → anglais → français", "supposition, d’après la personne qui parle", `lang="en" dir="ltr" cite="https://meridian.example/2026/11/strait"><p>“The ferry will leave in spring`,
		`lang="ru" dir="ltr" cite="https://mayak.example/2026/11/strait"><p>«Паром пойдёт весной`, `/fr/stories/`)
	note = between(body, `<li id="said-b2-33">`, "</li>")
	has(t, "the doubtful note", note, "(attribué d’après le contexte)", "rapportée le 19 novembre 2026", `son verbe est « <bdi lang="en">claimed</bdi> »`)
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

func TestGoldenNotes(t *testing.T) {
	n := straits(t, ccBy)
	golden(t, "quoted.html", n.body(t, enFrPath))
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
	for _, m := range regexp.MustCompile(`class="ref" role="doc-noteref" href="#([^"]+)" aria-label="[^"]*">(\d+)<`).FindAllStringSubmatch(body, -1) {
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
