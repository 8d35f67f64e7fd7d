package site

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/news"
	"github.com/dragoman-newsroom/dragoman/internal/store"
	"github.com/dragoman-newsroom/dragoman/internal/store/storetest"
	"github.com/dragoman-newsroom/dragoman/internal/web/webtest"
)

var update = flag.Bool("update", false, "write what the site serves into the golden pages")

var (
	quiet = slog.New(slog.DiscardHandler)
	ccBy  = news.Terms{Basis: "licence", Licence: "CC-BY-4.0", Translate: true, ByMachine: true, FullText: true, Excerpt: true, Images: true, Credit: "Meridian, the port’s own newspaper"}
	at    = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
)

const (
	picture  = "https://meridian.example/img/quay-1600.jpg"
	original = "https://meridian.example/2026/11/20/night-trains"
	frPath   = "/fr/2026/11/trains-de-nuit/"
	ptPath   = "/pt/2026/11/trens-noturnos/"
)

// A newsroom is a store with an article in two languages on a site.
type newsroom struct {
	*store.Store
	http.Handler
	outlet news.Outlet
	fr, pt news.Article
}

// open fills a store: an English article of an outlet with these terms, published in French and Portuguese; read in the latter.
func open(t testing.TB, terms news.Terms) newsroom {
	t.Helper()
	s := storetest.SQLite(t)
	n := newsroom{Store: s}
	n.outlet = storetest.AddOutlet(t, s, "Meridian", "https://meridian.example/", "en", terms)
	source := storetest.AddOriginal(t, s, n.outlet, original, storetest.Doc(t, "testdata/harbour.en.doc.txt"), at.UnixMilli())
	n.fr = storetest.AddDraft(t, s, source, storetest.Doc(t, "testdata/harbour.fr.doc.txt"), at.UnixMilli())
	n.pt = storetest.AddDraft(t, s, source, storetest.Doc(t, "testdata/harbour.pt.doc.txt"), at.UnixMilli())
	editor := storetest.AddEditor(t, s, "Ana Duarte", news.Publisher)
	storetest.Do(t, s, func(tx *store.Tx) error {
		if err := tx.SaveMedia(t.Context(), n.fr.ID, picture, news.Media{SHA256: "aa11", URL: picture, Type: "image/jpeg", Width: 1600, Height: 1067, Size: 4, At: 1}); err != nil {
			return err
		}
		return tx.AddReview(t.Context(), news.Review{ID: store.NewID(), Article: n.pt.ID, Revision: 1, By: editor.ID, At: at.UnixMilli(), Decision: "approved"})
	})
	n.fr = storetest.Publish(t, s, n.fr.ID, "trains-de-nuit", at.UnixMilli())
	n.pt = storetest.Publish(t, s, n.pt.ID, "trens-noturnos", at.Add(time.Hour).UnixMilli())
	storetest.Put(t, s, "site.title", "Le Passeur", "site.tagline.fr", "La presse d’ailleurs, traduite et relue", "site.responsible", "Ana Duarte", "site.contact", "desk@passeur.example",
		"site.zone", "Europe/Paris", "support.links", "PayPal | https://www.paypal.com/donate/?hosted_button_id=ABCD")
	n.Handler = Handler(Config{
		Store: s, Media: fstest.MapFS{"aa11": {Data: []byte("JPEG")}}, Base: "https://passeur.example", Log: quiet,
		Now: func() time.Time { return at.Add(24 * time.Hour) },
	})
	return n
}

func (n newsroom) body(t *testing.T, path string) string {
	t.Helper()
	w := webtest.Get(t, n, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d\n%s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// What differs from one run to the next, or with every change to a style sheet.
var (
	uuids  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	hashes = regexp.MustCompile(`\.[0-9a-f]{12}\.`)
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = hashes.ReplaceAllString(uuids.ReplaceAllString(got, "UUID"), ".HASH.")
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(got)) {
		t.Errorf("%s is not what it was; -update writes it anew, and the difference is to be read.\n%s", name, got)
	}
}

func TestGoldenPages(t *testing.T) {
	n := open(t, ccBy)
	for name, path := range map[string]string{
		"front.html": "/fr/", "article.html": frPath, "read.html": ptPath, "original.html": frPath + "original/", "feed.xml": "/fr/feed.xml", "sitemap.xml": "/sitemap.xml", "sitemap-articles-1.xml": "/sitemap-articles-1.xml", "robots.txt": "/robots.txt",
	} {
		body := n.body(t, path)
		golden(t, name, body)
		if strings.HasSuffix(name, ".html") {
			webtest.Check(t, name, body)
		}
	}
}

// provenance are the things an article must say of itself, and what they are in the sample.
var provenances = map[string]string{
	"label":    "Traduit de l’anglais par une machine (Marian en-fr 1.0), sans relecture.",
	"outlet":   "Meridian",
	"original": "Port workers and council agree on night trains through the old town",
	"author":   "Nora Feld, Tomas Aldea",
	"date":     "20 novembre 2026",
	"engine":   "Marian en-fr 1.0 (5d0a7e2c)",
	"here":     "24 novembre 2026",
	"licence":  "CC BY 4.0",
}

func TestProvenanceIsComplete(t *testing.T) {
	n := open(t, ccBy)
	for _, path := range []string{frPath, frPath + "original/"} {
		body := n.body(t, path)
		for what, words := range provenances {
			_, after, ok := strings.Cut(body, `data-provenance="`+what+`"`)
			if !ok {
				t.Errorf("%s does not say its %s", path, what)
				continue
			}
			if after, _, _ = strings.Cut(after, "</dd>"); !strings.Contains(after, words) {
				t.Errorf("%s: %s does not say %q: %s", path, what, words, after)
			}
		}
		if i, j := strings.Index(body, `data-provenance="label"`), strings.Index(body, `class="prose`); i < 0 || j < i {
			t.Errorf("%s: the label stands below the text", path)
		}
		if !strings.Contains(body, `<a href="`+original+`" rel="external noopener" hreflang="en"><cite lang="en" dir="ltr">Port workers`) {
			t.Errorf("%s: no link to the original by its title", path)
		}
		_, visible, _ := strings.Cut(body, "<body>")
		if n := strings.Count(visible, ">Le port et la ville s’accordent"); n != 1 {
			t.Errorf("%s: the title stands there %d times", path, n)
		}
	}
}

func TestLabelNamesWhoReadIt(t *testing.T) {
	n := open(t, ccBy)
	body := n.body(t, ptPath)
	if !strings.Contains(body, "Traduzido do inglês por máquina (Marian en-pt 1.0) e revisado por Ana Duarte, 24 de novembro de 2026.") {
		t.Error("the label does not name who read it over")
	}
	if strings.Contains(body, `name="robots"`) {
		t.Error("an article that was read over is kept from search engines")
	}
	if !strings.Contains(n.body(t, frPath), `<meta name="robots" content="noindex">`) {
		t.Error("an article nobody read is not kept from search engines")
	}
	storetest.Put(t, n.Store, "site.index_unread", "yes")
	if strings.Contains(n.body(t, frPath), `name="robots"`) {
		t.Error("the setting that lets search engines in does nothing")
	}
}

// An approval of an older revision says nothing of the one that readers see.
func TestLabelFollowsTheRevision(t *testing.T) {
	n := open(t, ccBy)
	d, _, err := n.Document(t.Context(), n.pt.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	d.Title.S = "Outro título"
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		if _, err := tx.SaveRevision(t.Context(), n.pt.ID, 1, d, "", "", at.UnixMilli()); err != nil {
			return err
		}
		if err := tx.ShowRevision(t.Context(), n.pt.ID, 2, n.pt.Terms, at.Add(48*time.Hour).UnixMilli(), true); err != nil {
			return err
		}
		return tx.AddEvent(t.Context(), news.Event{ID: store.NewID(), Article: n.pt.ID, Revision: 2, What: "corrected", At: at.UnixMilli(), Why: "O título estava errado."})
	})
	body := n.body(t, ptPath)
	if !strings.Contains(body, "sem revisão.") || strings.Contains(body, "revisado por") {
		t.Error("the label of a revision that nobody read names a reader")
	}
	if !strings.Contains(body, "26 de novembro de 2026") || !strings.Contains(body, "O título estava errado.") {
		t.Error("the page does not say when it was corrected, and why")
	}
}

func TestTermsDecideWhatReadersGet(t *testing.T) {
	excerpt := ccBy
	excerpt.Basis, excerpt.Licence = "quotation", ""
	noPictures := ccBy
	noPictures.Images = false
	noDerivatives := ccBy
	noDerivatives.Licence = "CC-BY-ND-4.0"
	tests := []struct {
		name                   string
		terms                  news.Terms
		status                 int
		full, pictures, beside bool
		want                   string
	}{
		{"full text", ccBy, 200, true, true, true, "CC BY 4.0"},
		{"no pictures", noPictures, 200, true, false, true, ""},
		{"quotation only", excerpt, 200, false, false, false, "Courte citation"},
		{"no derivatives", noDerivatives, 200, false, false, false, "CC BY-ND 4.0"},
		{"unknown", news.Terms{Basis: "unknown"}, 404, false, false, false, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := open(t, test.terms)
			w := webtest.Get(t, n, frPath)
			body := w.Body.String()
			if w.Code != test.status {
				t.Fatalf("status %d", w.Code)
			}
			if got := strings.Contains(body, "Les fenêtres de 214 maisons"); got != test.full {
				t.Errorf("the whole text: %v", got)
			}
			if got := strings.Contains(body, "/media/aa11.jpg"); got != test.pictures {
				t.Errorf("pictures: %v", got)
			}
			if got := webtest.Get(t, n, frPath+"original/").Code == 200; got != test.beside {
				t.Errorf("the original beside it: %v", got)
			}
			if !strings.Contains(body, test.want) {
				t.Errorf("the page does not say %q", test.want)
			}
			feed := n.body(t, "/fr/feed.xml")
			if got := strings.Contains(feed, "Les fenêtres de 214 maisons"); got != test.full {
				t.Errorf("the whole text in the feed: %v", got)
			}
			if test.status == 404 && (strings.Contains(feed, "<entry") || strings.Contains(n.body(t, "/fr/"), "s’accordent")) {
				t.Error("an article whose terms allow nothing is named")
			}
		})
	}
}

func TestExcerptIsShort(t *testing.T) {
	n := open(t, news.Terms{Basis: "quotation"})
	body := n.body(t, frPath)
	_, after, _ := strings.Cut(body, `<p id="excerpt">`)
	words, _, _ := strings.Cut(after, "</p>")
	if n := len([]rune(words)); n == 0 || n > 160 {
		t.Errorf("an excerpt of %d characters: %s", n, words)
	}
	if !strings.Contains(body, "Lire l’original sur Meridian") {
		t.Error("no link to the rest")
	}
}

func TestWithdrawnArticleSaysSo(t *testing.T) {
	n := open(t, ccBy)
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		if err := tx.MoveArticle(t.Context(), n.fr.ID, news.Published, news.Killed, at.UnixMilli()); err != nil {
			return err
		}
		return tx.AddEvent(t.Context(), news.Event{ID: store.NewID(), Article: n.fr.ID, What: "killed", At: at.UnixMilli(), Why: "L’outil a inventé une citation."})
	})
	w := webtest.Get(t, n, frPath)
	if w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "Cet article a été retiré") || !strings.Contains(w.Body.String(), "inventé une citation") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	webtest.Check(t, "gone", w.Body.String())
	if strings.Contains(w.Body.String(), "s’accordent") {
		t.Error("the withdrawn text is still there")
	}
	if strings.Contains(n.body(t, "/fr/feed.xml"), n.fr.ID) || strings.Contains(n.sitemap(t), "trains-de-nuit") {
		t.Error("feed or sitemap still name it")
	}
	if strings.Contains(n.body(t, ptPath), `hreflang="fr" href`) && strings.Contains(n.body(t, ptPath), "trains-de-nuit") {
		t.Error("the other language still leads to it")
	}
}

func TestAddresses(t *testing.T) {
	n := open(t, ccBy)
	tests := []struct {
		name, path, accept string
		status             int
		to                 string
	}{
		{"the root leads to the reader's language", "/", "pt-BR, fr;q=0.5", 303, "/pt/"},
		{"and to one that has something to read", "/", "en", 303, "/fr/"},
		{"a missing slash", "/fr", "", 301, "/fr/"},
		{"a missing slash of an article", strings.TrimSuffix(frPath, "/"), "", 301, frPath},
		{"an article under another month", "/fr/2025/01/trains-de-nuit/", "", 301, frPath},
		{"no such article", "/fr/2026/11/rien/", "", 404, ""},
		{"an article in another language's part", "/pt/2026/11/trains-de-nuit/", "", 404, ""},
		{"a language of the furniture without articles", "/en/", "", 200, ""},
		{"a language nobody has", "/xx/", "", 404, ""},
		{"no language", "/..%2f..%2fetc/", "", 404, ""},
		{"a picture of a public article", "/media/aa11.jpg", "", 200, ""},
		{"a picture of none", "/media/bb22.jpg", "", 404, ""},
		{"a place in the list that is none", "/fr/?before=x", "", 404, ""},
	}
	for _, test := range tests {
		w := webtest.Get(t, n, test.path, "Accept-Language", test.accept)
		if w.Code != test.status || w.Header().Get("Location") != test.to {
			t.Errorf("%s: %d %q, want %d %q", test.name, w.Code, w.Header().Get("Location"), test.status, test.to)
		}
		if w.Code == 404 {
			webtest.Check(t, test.name, w.Body.String())
		}
	}
}

func TestEmptySiteSaysWhatToDo(t *testing.T) {
	h := Handler(Config{Store: storetest.SQLite(t), Log: quiet})
	for _, tag := range []string{"en", "fr", "pt"} {
		w := webtest.Get(t, h, "/"+tag+"/")
		if w.Code != 200 || !strings.Contains(w.Body.String(), `href="/desk/"`) {
			t.Errorf("%s: %d", tag, w.Code)
		}
		webtest.Check(t, tag, w.Body.String())
	}
	if w := webtest.Get(t, h, "/", "Accept-Language", "pt"); w.Header().Get("Location") != "/pt/" {
		t.Errorf("root of an empty site: %q", w.Header().Get("Location"))
	}
}

func TestVersionsNameEachOther(t *testing.T) {
	n := open(t, ccBy)
	for _, path := range []string{frPath, ptPath} {
		body := n.body(t, path)
		for _, want := range []string{
			`<link rel="alternate" hreflang="fr" href="https://passeur.example` + frPath + `">`,
			`<link rel="alternate" hreflang="pt" href="https://passeur.example` + ptPath + `">`,
			`<link rel="alternate" hreflang="x-default" href="https://passeur.example` + frPath + `">`,
			`<link rel="canonical" href="https://passeur.example` + path + `">`,
		} {
			if strings.Count(body, want) != 1 {
				t.Errorf("%s: %d times %s", path, strings.Count(body, want), want)
			}
		}
	}
}

func TestFeedIsAtom(t *testing.T) {
	n := open(t, ccBy)
	w := webtest.Get(t, n, "/fr/feed.xml")
	if got := w.Header().Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("type %q", got)
	}
	var f struct {
		Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entry   []struct {
			Lang      string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			ID        string `xml:"id"`
			Published string `xml:"published"`
			Updated   string `xml:"updated"`
			Rights    string `xml:"rights"`
			Link      []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Author []struct {
				Name string `xml:"name"`
			} `xml:"author"`
			Content string `xml:"content"`
			Source  struct {
				Title string `xml:"title"`
			} `xml:"source"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	if f.Lang != "fr" || len(f.Entry) != 1 || f.ID != "https://passeur.example/fr/feed.xml" {
		t.Fatalf("feed %+v", f)
	}
	e := f.Entry[0]
	links := map[string]string{}
	for _, l := range e.Link {
		links[l.Rel] = l.Href
	}
	if e.ID != "urn:uuid:"+n.fr.ID || e.Lang != "fr" || links["via"] != original || links["alternate"] != "https://passeur.example"+frPath || links["license"] == "" ||
		e.Rights != "CC BY 4.0" || len(e.Author) != 2 || e.Source.Title != "Meridian" || e.Published != "2026-11-24T09:30:00Z" {
		t.Errorf("entry %+v", e)
	}
	if !strings.HasPrefix(e.Content, "<p>Traduit de l’anglais par une machine (Marian en-fr 1.0), sans relecture. Original\u00a0: <a href=") {
		t.Errorf("the content does not begin with the label: %.200s", e.Content)
	}
	if !strings.Contains(e.Content, `src="https://passeur.example/media/aa11.jpg"`) {
		t.Error("a picture's address holds inside the site only")
	}

	// A new draft is no news to who has read the article; a correction is.
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		d, _, err := tx.Document(t.Context(), n.fr.ID, 1)
		if err != nil {
			return err
		}
		d.Deck = doc.Text{S: "Un autre chapô"}
		_, err = tx.SaveRevision(t.Context(), n.fr.ID, 1, d, "", "", at.UnixMilli())
		return err
	})
	if again := n.body(t, "/fr/feed.xml"); again != w.Body.String() {
		t.Error("a revision that readers do not see changed the feed")
	}
	storetest.Do(t, n.Store, func(tx *store.Tx) error {
		return tx.ShowRevision(t.Context(), n.fr.ID, 2, n.fr.Terms, at.Add(time.Hour).UnixMilli(), true)
	})
	if again := n.body(t, "/fr/feed.xml"); !strings.Contains(again, "<updated>2026-11-24T10:30:00Z</updated>") || !strings.Contains(again, "urn:uuid:"+n.fr.ID) {
		t.Error("a correction did not move the entry's date, or made it another entry")
	}
}

func TestDataForPrograms(t *testing.T) {
	n := open(t, ccBy)
	for path, want := range map[string]struct{ kind, translator string }{
		frPath: {"https://schema.org/TrainedAlgorithmicMediaDigitalSource", "Le Passeur"},
		ptPath: {"https://schema.org/TrainedAlgorithmicMediaDigitalSource", "Ana Duarte"},
	} {
		_, after, _ := strings.Cut(n.body(t, path), `<script type="application/ld+json">`)
		text, _, _ := strings.Cut(after, "</script>")
		var d struct {
			Type       string `json:"@type"`
			Headline   string
			InLanguage string
			Author     []struct{ Name string }
			Translator struct{ Name string }
			Work       struct {
				URL, Headline, InLanguage, DatePublished string
				Publisher                                struct{ Name string }
			} `json:"translationOfWork"`
			IsBasedOn, License, CreditText, DigitalSourceType, DatePublished string
		}
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatalf("%s: %v\n%s", path, err, text)
		}
		if d.Type != "NewsArticle" || d.Work.URL != original || d.Work.InLanguage != "en" || d.Work.Publisher.Name != "Meridian" || d.Work.DatePublished != "2026-11-20T18:40:00+01:00" ||
			d.IsBasedOn != original || len(d.Author) != 2 || d.Translator.Name != want.translator || d.DigitalSourceType != want.kind || d.License == "" || !strings.Contains(d.CreditText, "Marian") {
			t.Errorf("%s: %+v", path, d)
		}
	}
}

// What a hostile outlet puts in names, titles and addresses does nothing on any page.
func TestHostileWords(t *testing.T) {
	const evil = `"></script><script>alert(1)</script><img src=x onerror=alert(1)>`
	s := storetest.SQLite(t)
	terms := ccBy
	terms.Credit, terms.Licence = evil, "javascript:alert(1)"
	o := storetest.AddOutlet(t, s, evil, "javascript:alert(1)", "en", terms)
	d := doc.Document{Lang: "en", Title: doc.Text{S: evil}, Byline: []string{evil}, Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: evil + " body"}}}}
	source := storetest.AddOriginal(t, s, o, "javascript:alert(1)", d, at.UnixMilli())
	d.Lang = "fr"
	a := storetest.AddDraft(t, s, source, d, at.UnixMilli())
	storetest.Publish(t, s, a.ID, "x", at.UnixMilli())
	storetest.Put(t, s, "site.title", evil, "site.tagline", evil, "site.contact", evil, "site.responsible", evil)
	h := Handler(Config{Store: s, Log: quiet})
	for _, path := range []string{"/fr/", "/fr/2026/11/x/", "/fr/2026/11/x/original/", "/en/"} {
		w := webtest.Get(t, h, path)
		if w.Code != 200 {
			t.Fatalf("%s: %d", path, w.Code)
		}
		webtest.Check(t, path, w.Body.String())
		if strings.Contains(w.Body.String(), "<script>alert") || strings.Contains(w.Body.String(), `href="javascript:`) {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
	w := webtest.Get(t, h, "/fr/feed.xml")
	if err := xml.Unmarshal(w.Body.Bytes(), new(struct{})); err != nil {
		t.Errorf("the feed is not well-formed: %v", err)
	}
	if strings.Contains(w.Body.String(), "<script>") {
		t.Error("a script in the feed")
	}
}

// Readers get no cookie, and nothing on the page leads their browser elsewhere by itself.
func TestReadersAreNotWatched(t *testing.T) {
	n := open(t, ccBy)
	loads := regexp.MustCompile(`(?:src|srcset|<link rel="(?:stylesheet|icon|preload)"[^>]*href)="([^"]*)"`)
	for _, path := range []string{"/", "/fr/", frPath, frPath + "original/", "/fr/feed.xml", "/fr/statements/", "/fr/speakers/", "/fr/stories/", "/fr/statements.json", "/nothing"} {
		w := webtest.Get(t, n, path)
		if c := w.Header().Get("Set-Cookie"); c != "" {
			t.Errorf("%s sets a cookie: %s", path, c)
		}
		for _, m := range loads.FindAllStringSubmatch(w.Body.String(), -1) {
			if !strings.HasPrefix(m[1], "/") && !strings.HasPrefix(m[1], "https://passeur.example/") {
				t.Errorf("%s loads %s", path, m[1])
			}
		}
	}
}

func TestFrontPageGoesOn(t *testing.T) {
	n := open(t, ccBy)
	for i := range frontSize {
		d := storetest.Doc(t, "testdata/harbour.en.doc.txt")
		source := storetest.AddOriginal(t, n.Store, n.outlet, original+"-"+string(rune('a'+i)), d, at.UnixMilli())
		f := storetest.Doc(t, "testdata/harbour.fr.doc.txt")
		f.Title.S = "Titre " + string(rune('a'+i))
		a := storetest.AddDraft(t, n.Store, source, f, at.UnixMilli())
		storetest.Publish(t, n.Store, a.ID, "titre-"+string(rune('a'+i)), at.Add(time.Duration(i)*time.Second).UnixMilli())
	}
	body := n.body(t, "/fr/")
	if got := strings.Count(body, `<article class="story`); got != frontSize {
		t.Errorf("%d articles on the first page", got)
	}
	m := regexp.MustCompile(`href="(/fr/\?before=[^"]+)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatal("the first page does not lead on")
	}
	next := n.body(t, m[1])
	if got := strings.Count(next, `<article class="story`); got != 1 || !strings.Contains(next, `content="noindex"`) {
		t.Errorf("%d articles on the second page", got)
	}
	webtest.Check(t, "second page", next)
}
