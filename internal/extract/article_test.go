package extract

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// The page of the seed: drop cap, drawn marks, pull quote, READ MORE line, consent banner, four title forms, offsets, credit, addresses
// of every form. See testdata/outlet.md.
func TestSeedPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("testdata", "outlet.en.html"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "outlet.en.doc.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, report, err := Article(Page{HTML: page, URL: "https://outlet.example/news/2022/01/25/nato-ukraine-combat-troops/"}, Rule{})
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Format(d); got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s\nreport: %+v", got, want, report)
	}
	if err := d.Stored(); err != nil {
		t.Error(err)
	}
}

// sentences are paragraphs of no particular article.
var sentences = []string{
	"The ministers met in the capital on Tuesday, spoke for three hours, and told nobody outside the room what they had decided, an aide said late in the evening.",
	"Two of them had come by train, because the airport was closed; the third, who arrived on Monday, had already met the mayor and the harbour master, whose office confirmed it.",
	"No date was set for a further meeting, although the host said that the talks would go on by telephone, and that a text could be ready before the end of the month.",
	"In the harbour, where most of the cranes have stood still since October, dockers waited for news until the lamps went out, and then went home without any.",
}

func paragraphsOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p>%s (%d)</p>\n", sentences[i%len(sentences)], i)
	}
	return b.String()
}

func webPage(head, body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet in the capital | The Example</title>` + head + `</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>` + body + `<footer><p>© The Example. All rights reserved.</p></footer></body></html>`
}

func teasers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<article><h2><a href="/story-%d">A headline of some length about story number %d</a></h2><p>A line about it.</p></article>`, i, i)
	}
	return b.String()
}

func liveBlog(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<article class="post"><time datetime="2024-05-01T%02d:00:00+02:00">%02d:00</time><h2>Update %d</h2><p>%s</p></article>`, 20-i, 20-i, i, sentences[i%len(sentences)])
	}
	return b.String()
}

const ldArticle = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers meet in the capital"%s}</script>`

func TestStates(t *testing.T) {
	h1 := "<h1>Ministers meet in the capital</h1>"
	tests := []struct {
		name, page, url string
		want            State
		paywall         bool
	}{
		{"an article", webPage("", "<article>"+h1+paragraphsOf(6)+"</article>"), "https://e.example/a", Full, false},
		{"a short article", webPage(fmt.Sprintf(ldArticle, ""), "<article>"+h1+paragraphsOf(1)+"</article>"), "https://e.example/a", Full, false},
		{"free by its own word", webPage(fmt.Sprintf(ldArticle, `,"isAccessibleForFree":true`), "<article>"+h1+paragraphsOf(6)+"</article>"), "https://e.example/a", Full, false},
		{"not free by its own word", webPage(fmt.Sprintf(ldArticle, `,"isAccessibleForFree":"False"`), "<article>"+h1+paragraphsOf(3)+"</article>"), "https://e.example/a", Cut, true},
		{"not free, said as an address", webPage(fmt.Sprintf(ldArticle, `,"isAccessibleForFree":"http://schema.org/False"`), "<article>"+h1+paragraphsOf(3)+"</article>"), "https://e.example/a", Cut, true},
		{"a demand to subscribe behind the first lines", webPage("", "<article>"+h1+paragraphsOf(2)+"<p>Subscribe now to continue reading.</p></article>"), "https://e.example/a", Cut, true},
		{"the same in German", webPage("", "<article>"+h1+paragraphsOf(2)+"<p>Jetzt weiterlesen mit dem Probeabo.</p></article>"), "https://e.example/a", Cut, true},
		{"the same in French", webPage("", "<article>"+h1+paragraphsOf(2)+"<p>Cet article est réservé aux abonnés.</p></article>"), "https://e.example/a", Cut, true},
		{"a live blog", webPage(fmt.Sprintf(strings.Replace(ldArticle, "NewsArticle", "LiveBlogPosting", 1), ""), "<main>"+h1+liveBlog(8)+"</main>"), "https://e.example/live", Live, false},
		{"a live blog that says nothing of itself", webPage("", "<main>"+h1+liveBlog(6)+"</main>"), "https://e.example/live", Live, false},
		{"a front page", webPage("", "<main>"+teasers(20)+"</main>"), "https://e.example/", List, false},
		{"a section", webPage("", "<main><h1>World</h1>"+teasers(20)+"</main>"), "https://e.example/world", List, false},
		{"a search", webPage("", "<main><h1>Results for harbour</h1>"+teasers(12)+"</main>"), "https://e.example/search?q=harbour", List, false},
		{"consent, English", webPage("", "<div><h1>We value your privacy</h1><p>We and our 147 partners store and read information on your device, such as cookies, to show you advertising and to measure audiences.</p><p>With your consent we use personal data; you can refuse.</p></div>"), "https://e.example/a", Consent, false},
		{"consent, German", webPage("", "<div><h1>Mit Werbung weiterlesen</h1><p>Mit Ihrer Einwilligung verarbeiten wir und 200 Partner personenbezogene Daten und nutzen Cookies für Werbung und Analyse.</p><p>Ihre Zustimmung können Sie jederzeit unter Datenschutz widerrufen.</p></div>"), "https://e.example/a", Consent, false},
		{"consent, French", webPage("", "<div><h1>Votre vie privée</h1><p>Avec votre consentement, nos partenaires et nous utilisons des cookies pour mesurer l’audience et afficher de la publicité.</p></div>"), "https://e.example/a", Consent, false},
		{"a page that scripts build", webPage("", `<div id="root"></div><script>load()</script>`), "https://e.example/a", Empty, false},
		{"nothing at all", "", "https://e.example/a", Empty, false},
		{"only a menu", webPage("", ""), "https://e.example/a", Empty, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, report, err := Article(Page{HTML: []byte(test.page), URL: test.url}, Rule{})
			if report.State != test.want || report.Paywall != test.paywall {
				t.Errorf("state %q, paywall %v, want %q, %v\n%s", report.State, report.Paywall, test.want, test.paywall, doc.Format(d))
			}
			none := test.want == List || test.want == Consent || test.want == Empty
			if errors.Is(err, ErrNoArticle) != none {
				t.Errorf("error %v", err)
			}
			if none && err != nil && !strings.Contains(err.Error(), ";") {
				t.Errorf("%q does not say what to do", err)
			}
		})
	}
}

func TestArticle(t *testing.T) {
	h1 := "<h1>Ministers meet in the capital</h1>"
	tests := []struct{ name, head, body, want string }{
		{"two breaks make a paragraph", "", h1 + paragraphsOf(3) + "<p>One line of the text ends here.<br><br>Another line of the text begins here.</p>" + paragraphsOf(2), "p  One line of the text ends here.\np  Another line of the text begins here.\n"},
		{"one break stays a break", "", h1 + paragraphsOf(3) + "<p>Roses are red,<br>violets are blue, says the text of the song.</p>" + paragraphsOf(2), `p  Roses are red,\nviolets are blue, says the text of the song.`},
		{"lists nest", "", h1 + paragraphsOf(3) + "<ol><li>First step of all<ul><li>A detail of the step</li></ul></li><li>Second step of all</li></ol>" + paragraphsOf(2), "ol  First step of all\n  li  A detail of the step\nol  Second step of all\n"},
		{"a table of figures", "", h1 + paragraphsOf(3) + "<table><tr><th>Country</th><th>Seats</th></tr><tr><td>Arland</td><td>12</td></tr></table>" + paragraphsOf(2), "table\n  row  Country | Seats\n  row  Arland | 12\n"},
		{"a lazy picture", "", h1 + paragraphsOf(3) + `<figure><img src="data:image/gif;base64,R0" data-src="/big.jpg" alt="x y"><figcaption>A caption of it (Photo: N. Name)</figcaption></figure>` + paragraphsOf(2), "figure  A caption of it\n  src  https://e.example/big.jpg\n  alt  x y\n  credit  Photo: N. Name\n"},
		{"a film", "", h1 + paragraphsOf(3) + `<iframe src="https://www.youtube.com/embed/abc"></iframe>` + paragraphsOf(2), "embed https://www.youtube.com/embed/abc\n"},
		{"a counter is no film", "", h1 + paragraphsOf(3) + `<iframe src="https://www.googletagmanager.com/ns.html" width="0" height="0"></iframe>` + paragraphsOf(2), ""},
		{"a sub-heading in bold", "", h1 + paragraphsOf(3) + "<p><strong>What comes next</strong></p>" + paragraphsOf(2), "h2  [strong What comes next]\n"},
		{"a question in bold is none", "", h1 + paragraphsOf(3) + "<p><strong>Did you sign it?</strong></p><p>No, I did not sign it.</p>" + paragraphsOf(2), "p  [strong Did you sign it?]\n"},
		{"a pull quote that repeats is gone, another is kept", "", h1 + paragraphsOf(3) + "<blockquote>No date was set for a further meeting</blockquote><blockquote>Nobody asked the dockers for their opinion.</blockquote>" + paragraphsOf(2), "quote  Nobody asked the dockers for their opinion.\n"},
		{"another language", "", h1 + paragraphsOf(3) + `<p lang="fr">Le maire n’a rien dit de plus ce soir-là, et personne ne l’a demandé.</p>` + paragraphsOf(2), "p@fr  Le maire"},
		{"no-break spaces stay", "", h1 + paragraphsOf(3) + "<p>Il a dit&nbsp;: «&nbsp;non&nbsp;», puis il est parti sans un mot.</p>" + paragraphsOf(2), "dit\u00a0: [quote «\u00a0non\u00a0»]"},
		{"tracking is taken out of links", "", h1 + paragraphsOf(3) + `<p>It was in <a href="/x?id=1&utm_source=y">the other paper</a> first, as far as anybody knows.</p>` + paragraphsOf(2), "[link https://e.example/x?id=1 the other paper]"},
		{"no scripts in links", "", h1 + paragraphsOf(3) + `<p>It was in <a href="javascript:x()">the other paper</a> first, as far as anybody knows.</p>` + paragraphsOf(2), "p  It was in the other paper first"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _, err := Article(Page{HTML: []byte(webPage(test.head, "<article>"+test.body+"</article>")), URL: "https://e.example/a"}, Rule{})
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Stored(); err != nil {
				t.Error(err)
			}
			if got := doc.Format(d); !strings.Contains(got, test.want) || test.want == "" && strings.Contains(got, "embed") {
				t.Errorf("%s\nlacks %q", got, test.want)
			}
			if strings.Contains(doc.Format(d), "[quote") && strings.Contains(test.name, "pull") {
				t.Error("the repetition is still there")
			}
		})
	}
}

func TestHead(t *testing.T) {
	page := webPage(`<link rel="canonical" href="https://other.example/elsewhere"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/"><meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2022-01-25T19:40:00Z"><script type="application/ld+json">
{"@type":"NewsArticle","headline":"Ministers meet in the capital","datePublished":"2022-01-25T20:40:00+01:00","author":[{"@type":"Person","name":"By Nora Feld"},{"name":"Tomas Aldea and Ines Roe"}],
 "description":"a raw
line end",}</script>`, "<article><h1>Ministers meet in the capital</h1>"+paragraphsOf(5)+"</article>")
	d, r, err := Article(Page{HTML: []byte(page), URL: "https://e.example/a?utm_source=x", Header: http.Header{}}, Rule{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Published.String(); got != "2022-01-25T20:40:00+01:00" {
		t.Errorf("published %q: the outlet's own offset is wanted", got)
	}
	if got := strings.Join(d.Byline, "|"); got != "Nora Feld|Tomas Aldea|Ines Roe" {
		t.Errorf("byline %q", got)
	}
	if r.Canonical != "https://e.example/a" || r.CanonicalSaid != "https://other.example/elsewhere" {
		t.Errorf("canonical %q, said %q: one on another host is never adopted", r.Canonical, r.CanonicalSaid)
	}
	if r.License != "https://creativecommons.org/licenses/by/4.0/" || r.Site != "The Example" {
		t.Errorf("licence %q, site %q", r.License, r.Site)
	}
}

func TestDates(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct{ name, in, want string }{
		{"offset kept", "2022-01-25T20:40:00+01:00", "2022-01-25T20:40:00+01:00"},
		{"offset without a colon", "2022-01-25T20:40:00.000+0100", "2022-01-25T20:40:00+01:00"},
		{"an hour without a zone is a day", "2022-01-25T20:40:00", "2022-01-25"},
		{"a day", "2022-01-25", "2022-01-25"},
		{"seconds since 1970", "1643139600", "2022-01-25T19:40:00Z"},
		{"HTTP", "Tue, 25 Jan 2022 19:40:00 GMT", "2022-01-25T19:40:00Z"},
		{"tomorrow's paper", "2027-01-01T00:00:00Z", ""},
		{"no such day", "2022-02-30", ""},
		{"before the web", "1970-01-01T00:00:00Z", ""},
		{"words", "last Tuesday", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := parseDate(test.in, now).String(); got != test.want {
				t.Errorf("parseDate(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestRule(t *testing.T) {
	page := webPage("", `<div class="t">A title of its own</div><div class="story">`+paragraphsOf(2)+`<p class="x">Not this.</p></div><article><h1>Ministers meet in the capital</h1>`+paragraphsOf(6)+`</article>`)
	rule, err := ParseRule("# The Example\ntitle .t\nbody  div.story\ndrop  .x\n")
	if err != nil {
		t.Fatal(err)
	}
	d, r, err := Article(Page{HTML: []byte(page), URL: "https://e.example/a"}, rule)
	if err != nil {
		t.Fatal(err)
	}
	if d.Title.S != "A title of its own" || len(d.Blocks) != 2 || r.Sources["title"].From != "rule" {
		t.Errorf("%s%+v", doc.Format(d), r)
	}
	d, r, err = Article(Page{HTML: []byte(page), URL: "https://e.example/a"}, Rule{Body: ".gone"})
	if err != nil || len(d.Blocks) < 6 || len(r.Notes) == 0 || !strings.Contains(r.Notes[0], "finds nothing") {
		t.Errorf("a rule that finds nothing: %d blocks, %q, %v", len(d.Blocks), r.Notes, err)
	}
	for _, bad := range []string{"body div[", "colour red"} {
		if _, err := ParseRule(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("ParseRule(%q): %v", bad, err)
		}
	}
}

func TestJoin(t *testing.T) {
	block := func(s string) doc.Block { return doc.Block{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: s}} }
	one := doc.Document{Title: doc.Text{S: "T"}, Blocks: []doc.Block{block(sentences[0]), block("Yes.")}}
	two := doc.Document{Title: doc.Text{S: "T"}, Blocks: []doc.Block{block(sentences[0]), block(sentences[1]), block("Yes.")}}
	got := Join(one, two)
	if err := got.Check(); err != nil {
		t.Error(err)
	}
	if len(got.Blocks) != 4 || got.Blocks[2].Text.S != sentences[1] {
		t.Errorf("%s", doc.Format(got))
	}
	one.Deck, two.Deck = doc.Text{S: "What all pages say."}, doc.Text{S: "What only the second says."}
	got = Join(one, two, doc.Document{Title: one.Title, Deck: one.Deck, Blocks: []doc.Block{block(sentences[2])}})
	if err := got.Check(); err != nil {
		t.Error(err)
	}
	if len(got.Blocks) != 6 || got.Blocks[2].Text.S != two.Deck.S || got.Deck.S != one.Deck.S {
		t.Errorf("with decks: %s", doc.Format(got))
	}
}

func TestNextPage(t *testing.T) {
	text := "<article><h1>Ministers meet in the capital</h1>" + paragraphsOf(4) + "</article>"
	tests := []struct{ name, url, head, body, want string }{
		{"by its relation", "https://e.example/a", `<link rel="next" href="/a?page=2">`, "", "https://e.example/a?page=2"},
		{"the next article is none", "https://e.example/a", `<link rel="next" href="/b">`, "", ""},
		{"by its number", "https://e.example/a", "", `<p class="pages">1 <a href="/a?page=2">2</a> <a href="/a?page=3">3</a></p>`, "https://e.example/a?page=2"},
		{"from the second on", "https://e.example/a/page/2", "", `<a href="/a">1</a> 2 <a href="/a/page/3">3</a>`, "https://e.example/a/page/3"},
		{"the last", "https://e.example/a?page=3", "", `<a href="/a">1</a> <a href="/a?page=2">2</a>`, ""},
		{"pages of comments are none", "https://e.example/a", "", `<div class="comments"><a href="/a?page=2">2</a></div>`, ""},
		{"another site", "https://e.example/a", "", `<a href="https://f.example/a?page=2">2</a>`, ""},
		{"articles by number", "https://e.example/news/12", "", `<a href="/news/13">13</a>`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, r, err := Article(Page{HTML: []byte(webPage(test.head, text+test.body)), URL: test.url}, Rule{})
			if err != nil || r.Next != test.want {
				t.Errorf("next %q, want %q, %v", r.Next, test.want, err)
			}
		})
	}
}

// Pages made to hurt end soon, in bounded memory, with a document that keeps the rules.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads pages of 10 MB")
	}
	tests := []struct{ name, page string }{
		{"ten megabytes of prose", webPage("", "<article><h1>Long</h1>"+strings.Repeat(paragraphsOf(4), 15_000)+"</article>")},
		{"nested beyond what the parser takes", webPage("", "<article><h1>Deep</h1>"+strings.Repeat("<div><b>", 20_000)+paragraphsOf(4))},
		{"nested pictures and links", webPage("", strings.Repeat("<picture><a href=x>", 400)+"<img src=/a.jpg>"+paragraphsOf(4))},
		{"entities", webPage("", "<p>"+strings.Repeat("&amp;lt;&#x41;&nbsp;&notanentity;", 200_000)+"</p>")},
		{"unclosed tags and quotes", strings.Repeat(`<a href="<p class='<table><tr>`, 50_000)},
		{"a class of a megabyte", `<div class="` + strings.Repeat("related ", 130_000) + `">` + strings.Repeat(paragraphsOf(4), 300)},
		{"one paragraph of marks", "<p>" + strings.Repeat("<b>a</b> <i>b</i> ", 50_000)},
		{"boxes of the same paragraphs", webPage("", "<article><h1>Boxes</h1>"+strings.Repeat("<div class=a>"+strings.Repeat(paragraphsOf(4), 500)+"</div>", 4)+"</article>")},
		{"authors in boxes in boxes", webPage("", strings.Repeat("<div class=author itemscope itemtype='https://schema.org/Article'>", 400)+strings.Repeat("<a rel=author itemprop=author href=/x>Nora Feld</a>", 20_000)+paragraphsOf(4))},
		{"articles by the thousand", webPage(strings.Repeat(`<script type=application/ld+json>{"@type":"NewsArticle","headline":"Some words of a title","url":"/x"}</script>`, 3_000), strings.Repeat("<h1>Words of another title</h1>", 3_000)+paragraphsOf(4))},
		{"a paragraph of quotation marks", webPage("", "<p>"+strings.Repeat("“a ", 200_000)+`</p><p>`+strings.Repeat(`"a" `, 200_000)+"</p>")},
		{"JSON-LD of depth", "<script type=application/ld+json>" + strings.Repeat(`{"@graph":[`, 50_000) + "</script>" + paragraphsOf(4)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			d, _, err := Article(Page{HTML: []byte(test.page), URL: "https://e.example/a"}, Rule{})
			if err == nil {
				err = d.Stored()
			}
			if err != nil && !errors.Is(err, ErrNoArticle) {
				t.Error(err)
			}
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("took %s", took)
			} else {
				t.Logf("%d MB in %s", len(test.page)>>20, took.Round(time.Millisecond))
			}
		})
	}
}

func BenchmarkArticle(b *testing.B) {
	page, err := os.ReadFile(filepath.Join("testdata", "outlet.en.html"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, _, err := Article(Page{HTML: page, URL: "https://outlet.example/a"}, Rule{}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzArticle(f *testing.F) {
	seed, err := os.ReadFile(filepath.Join("testdata", "outlet.en.html"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed, "https://outlet.example/a")
	f.Add([]byte(webPage(fmt.Sprintf(ldArticle, ""), "<article><h1>x</h1>"+paragraphsOf(3)+"<table><tr><td>a<td>b<tr><td>c<td>d</table><q>x</q><pre> a\n b</pre>")), "https://e.example/")
	f.Add([]byte("<p>\u0301a<b>e\u0301<i></b>“x</i>&#0;\xff<br><br><br>"), "")
	f.Add([]byte(liveBlog(4)), "x")
	f.Add([]byte(`<div data-p='{"title":"x","a":[{"type":"paragraph","content":[{"text":"`+sentences[0]+`"}]},{"html":"<p>`+sentences[1]+`</p><p>`+sentences[2]+`"}]}'></div><script>window.__A__ = {"b":"`+sentences[3]+`"};</script>`), "https://e.example/a?page=2")
	f.Fuzz(func(t *testing.T, page []byte, url string) {
		d, report, err := Article(Page{HTML: page, URL: url}, Rule{})
		if err != nil && !errors.Is(err, ErrNoArticle) {
			return
		}
		if err := d.Stored(); err != nil {
			t.Errorf("%v\n%q", err, page)
		}
		if report.State == "" {
			t.Error("no state")
		}
	})
}

// What a page says of its language is held against its text.
func TestLanguageAgainstText(t *testing.T) {
	portuguese := "<p>Os ministros reuniram-se na capital na terça-feira, falaram durante três horas e não disseram a ninguém o que tinham decidido, contou um assessor à noite.</p>" +
		"<p>Dois deles tinham vindo de comboio, porque o aeroporto estava fechado; o terceiro, que chegou na segunda-feira, já se tinha encontrado com o presidente da câmara.</p>" +
		"<p>Não foi marcada data para outra reunião, embora o anfitrião tenha dito que as conversas continuariam por telefone e que um texto ficaria pronto.</p>"
	tests := []struct {
		name, said, head, text string
		want, from, note       string
	}{
		{"as the page says", "pt", "", portuguese, "pt", "html lang", ""},
		{"another", "en", "", portuguese, "pt", "text", "language is doubtful: the page says en, the text reads like pt"},
		{"another that the page says elsewhere", "en", `<meta property="og:locale" content="pt_BR">`, portuguese, "pt-BR", "og:locale", "language is doubtful: the page says en, the text reads like pt"},
		{"another that the text says itself", "en", "", `<div lang="pt">` + portuguese + "</div>", "pt", "text", "language is doubtful: the page says en, the text reads like pt"},
		{"none", "", "", portuguese, "pt", "text", "lang is doubtful: it was read from text"},
		{"a code that names none", "und", "", portuguese, "pt", "text", "lang is doubtful: it was read from text"},
		{"the code of several", "mul", `<meta property="og:locale" content="pt_BR">`, portuguese, "pt-BR", "og:locale", ""},
		{"another script", "en", "", "<p>Министрлар сишәмбе көнне башкалада очраштылар, өч сәгать буе сөйләштеләр һәм нәрсә хәл иткәннәрен беркемгә дә әйтмәделәр, диде бер киңәшче.</p>" + "<p>Аларның икесе поезд белән килгән, чөнки аэропорт ябык булган, өченчесе инде мэр белән очрашкан булган.</p>", "en", "html lang", "language is doubtful: the page says en, the text is in another script"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := strings.Replace(webPage(test.head, "<article><h1>Ministers</h1>"+test.text+"</article>"), `lang="en"`, `lang="`+test.said+`"`, 1)
			d, r, err := Article(Page{HTML: []byte(page), URL: "https://e.example/a"}, Rule{})
			if err != nil {
				t.Fatal(err)
			}
			if d.Lang != test.want || r.Sources["lang"].From != test.from {
				t.Errorf("%q from %q, want %q from %q", d.Lang, r.Sources["lang"].From, test.want, test.from)
			}
			if _, r, _ := Article(Page{HTML: []byte(page), URL: "https://e.example/a", Hints: Hints{Lang: "en"}}, Rule{}); test.said == "" && r.Sources["lang"].From != "hint" {
				t.Errorf("the language that the outlet is taken to write gives way to %q", r.Sources["lang"].From)
			}
			if notes := strings.Join(r.Notes, "\n"); test.note == "" && strings.Contains(notes, "language") || !strings.Contains(notes, test.note) {
				t.Errorf("notes %q, want %q", notes, test.note)
			}
			for _, b := range d.Blocks {
				if b.Lang != "" {
					t.Errorf("a block of the text is said to be in %s", b.Lang)
				}
			}
		})
	}
}

// The day of the last change is never taken for that of publication, and that the page says no other is said.
func TestOnlyChanged(t *testing.T) {
	_, r, err := Article(Page{HTML: []byte(webPage("", `<article><h1>Ministers meet in the capital</h1><p>Updated: <time class="date" datetime="2024-05-02">May 2, 2024</time></p>`+paragraphsOf(4)+"</article>")), URL: "https://e.example/a"}, Rule{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Published.IsZero() || r.Modified.String() != "2024-05-02" || !slices.Contains(r.Notes, "published is unknown: the page says only when it was changed last") {
		t.Errorf("published %q, modified %q, notes %q", r.Published, r.Modified, r.Notes)
	}
}
