package render

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var update = flag.Bool("update", false, "write what the package prints into the golden cases")

// options are those of the site, with one picture that is kept.
func options() Options {
	return Options{Anchors: true, Classes: true, Picture: func(src string) (Picture, bool) {
		return Picture{Path: "/media/aa.jpg", Width: 1600, Height: 900}, src == "https://outlet.example/kept.jpg"
	}}
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Comment) < 20 {
				t.Error("the case does not say why it is there")
			}
			got := map[string]string{}
			for _, f := range a.Files {
				if f.Name != "in" {
					continue
				}
				d, err := doc.Parse(string(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				got["html"] = string(HTML(d, options()))
				got["feed"] = string(HTML(d, Options{}))
				got["text"] = Plain(d) + "\n"
			}
			for i, f := range a.Files {
				want, ok := got[f.Name]
				if !ok {
					continue
				}
				if *update {
					a.Files[i].Data = []byte(want)
				} else if string(f.Data) != want {
					t.Errorf("%s:\n%s\nwant:\n%s", f.Name, want, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestSafe(t *testing.T) {
	tests := []struct {
		name, address string
		want          bool
	}{
		{"https", "https://outlet.example/a?b=c#d", true},
		{"http", "http://outlet.example/", true},
		{"a message", "mailto:desk@outlet.example", true},
		{"a path of ours", "/media/aa.jpg", true},
		{"a script", "javascript:alert(1)", false},
		{"a script in capitals", "JaVaScRiPt:alert(1)", false},
		{"a script behind a space", " javascript:alert(1)", false},
		{"a script with a line end in its scheme", "java\nscript:alert(1)", false},
		{"a script with a tab in its scheme", "java\tscript:alert(1)", false},
		{"data", "data:text/html,<script>alert(1)</script>", false},
		{"a file", "file:///etc/passwd", false},
		{"another host without a scheme", "//evil.example/", false},
		{"another host by backslashes", `/\evil.example/`, false},
		{"no host", "https:///a", false},
		{"no address", "", false},
		{"vbscript", "vbscript:x", false},
		{"an address of a megabyte", "https://outlet.example/" + strings.Repeat("a", 1<<20), false},
	}
	for _, test := range tests {
		if got := Safe(test.address); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

// A document of a hostile page is printed without anything that runs, wherever the words stand.
func TestHostile(t *testing.T) {
	evil := `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
	link := doc.Text{S: "words", Marks: []doc.Mark{{Kind: doc.Link, End: 5, Href: `javascript:alert("1")`, Title: evil}}}
	titled := doc.Text{S: "words", Marks: []doc.Mark{{Kind: doc.Link, End: 5, Href: `https://a.example/"onclick=alert(1)`, Title: evil}}}
	foreign := doc.Text{S: "words", Marks: []doc.Mark{{Kind: doc.Foreign, End: 5, Lang: `en" onclick="x`}}}
	d := doc.Document{Lang: "en", Blocks: []doc.Block{
		{Kind: doc.Paragraph, Key: evil, Lang: evil, Text: doc.Text{S: evil}},
		{Kind: doc.Paragraph, Key: "b", Text: link},
		{Kind: doc.Paragraph, Key: "c", Text: titled},
		{Kind: doc.Paragraph, Key: "d", Text: foreign},
		{Kind: doc.Figure, Key: "e", Text: doc.Text{S: evil}, Media: &doc.Media{Src: "https://outlet.example/kept.jpg", Alt: evil, Credit: evil}},
		{Kind: doc.Embed, Key: "f", Media: &doc.Media{Src: "javascript:alert(1)"}, Text: doc.Text{S: evil}},
		{Kind: doc.Table, Key: "g", Rows: [][]doc.Text{{{S: evil}}}},
		{Kind: doc.Pre, Key: "h", Text: doc.Text{S: evil}},
	}}
	lit := options()
	lit.Lit = []Lit{{Start: 0, End: 3, Class: evil, ID: evil}}
	checkMarkup(t, string(HTML(d, options())))
	checkMarkup(t, string(HTML(d, lit)))
	if got := string(Text(link, "en", Options{})); got != "words" {
		t.Errorf("a link to a script: %s", got)
	}
}

// Elements and attributes that render may print.
var (
	elements   = strings.Fields("a em strong code sub sup span mark br p h2 h3 h4 h5 h6 ul ol li blockquote figure img figcaption small table tbody tr td pre hr time")
	attributes = strings.Fields("href title lang dir id class src alt width height loading decoding translate datetime data-first-lang")
)

// checkMarkup checks that everything printed is one of ours, and ended where it should be.
func checkMarkup(t *testing.T, s string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(s))
	var open []string
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("never ended: %v in %s", open, s)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if !slices.Contains(elements, token.Data) {
				t.Fatalf("<%s> in %s", token.Data, s)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Fatalf("<%s %s> in %s", token.Data, a.Key, s)
				}
				if (a.Key == "href" || a.Key == "src") && !Safe(a.Val) {
					t.Fatalf("%s=%q in %s", a.Key, a.Val, s)
				}
			}
			if token.Data != "br" && token.Data != "img" && token.Data != "hr" {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> where %v are open in %s", name, open, s)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%s in %s", z.Token(), s)
		}
	}
}

func FuzzHTML(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data), 1, 9)
	}
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		d, err := doc.Parse(s)
		if err != nil {
			return
		}
		o := options()
		o.Lit = []Lit{{Start: start, End: end, Class: "flag", ID: ""}, {Start: start - 3, End: start + 3, Class: "note"}}
		checkMarkup(t, string(HTML(d, o)))
	})
}

// What is lit nests in the marks, and the words are all there, once.
func TestLit(t *testing.T) {
	text := doc.Text{S: "one two three four", Marks: []doc.Mark{{Kind: doc.Emph, Start: 4, End: 13}}}
	tests := []struct {
		name string
		lit  []Lit
		want string
	}{
		{
			"across the end of a mark",
			[]Lit{{Start: 8, End: 18, Class: "ask", ID: "x"}},
			`one <em>two <mark class="ask" id="x">three</mark></em><mark class="ask"> four</mark>`,
		},
		{
			"one in another",
			[]Lit{{Start: 4, End: 7, Class: "stop"}, {Start: 0, End: 18, Class: "s", Quiet: true}},
			`<span class="s">one </span><em><mark class="stop s">two</mark><span class="s"> three</span></em><span class="s"> four</span>`,
		},
		{
			"two that overlap",
			[]Lit{{Start: 0, End: 5, Class: "a", ID: "a"}, {Start: 2, End: 9, Class: "b", ID: "b"}},
			`<mark class="a" id="a">on</mark><mark class="a b" id="b">e </mark><em><mark class="a b">t</mark><mark class="b">wo t</mark>hree</em> four`,
		},
		{"nothing", []Lit{{Start: 4, End: 4, Class: "ask"}}, `one <em>two three</em> four`},
		{"beyond the text", []Lit{{Start: 14, End: 99, Class: "ask"}}, `one <em>two three</em> <mark class="ask">four</mark>`},
	}
	for _, test := range tests {
		if got := string(Text(text, "en", Options{Lit: test.lit})); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		name, in string
		n        int
		want     string
	}{
		{"short enough", "A ship came in.", 20, "A ship came in."},
		{"at a space", "A ship came in at dawn", 12, "A ship came…"},
		{"no space to cut at", "Donaudampfschiff", 6, "Donau…"},
		{"no comma before the ellipsis", "A ship, a crew, a cat", 9, "A ship…"},
		{"letters, not bytes", "éééé éééé", 6, "éééé…"},
		{"at a no-break space", "le 20\u00a0%\u00a0de hausse", 8, "le 20\u00a0%…"},
		{"in the middle of the word after one", "le 20\u00a0%\u00a0de hausse", 9, "le 20\u00a0%…"},
	}
	for _, test := range tests {
		got := Cut(test.in, test.n)
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if n := len([]rune(got)); n > test.n {
			t.Errorf("%s: %d characters, more than %d", test.name, n, test.n)
		}
	}
}

// The sign of a note stands behind its words, never within a link, and the words have the place that the note leads back to.
func TestRefs(t *testing.T) {
	ref := func(s, words, sign string) Ref {
		i := strings.Index(s, words)
		return Ref{Start: i, End: i + len(words), ID: "q" + sign, Href: "#n" + sign, Sign: sign}
	}
	sign := func(n string) string { return `<a class="ref" role="doc-noteref" href="#n` + n + `">` + n + `</a>` }
	const s = "He said “no” and “yes” today."
	no, yes := strings.Index(s, "“no”"), strings.Index(s, "“yes”")
	marks := []doc.Mark{{Kind: doc.Quote, Start: no, End: no + len("“no”")}}
	tests := []struct {
		name string
		text doc.Text
		refs []Ref
		want string
	}{
		{"behind a mark", doc.Text{S: s, Marks: marks}, []Ref{ref(s, "“no”", "1")}, `He said <span class="quote" id="q1">“no”</span>` + sign("1") + ` and “yes” today.`},
		{"behind words without a mark", doc.Text{S: s, Marks: marks}, []Ref{ref(s, "“yes”", "2")}, `He said <span class="quote">“no”</span> and <span class="quote" id="q2">“yes”</span>` + sign("2") + ` today.`},
		{"two signs in order of the words", doc.Text{S: s}, []Ref{ref(s, "“yes”", "2"), ref(s, "“no”", "1")}, `He said <span class="quote" id="q1">“no”</span>` + sign("1") + ` and <span class="quote" id="q2">“yes”</span>` + sign("2") + ` today.`},
		{
			"behind a link that holds the words",
			doc.Text{S: s, Marks: append([]doc.Mark{{Kind: doc.Link, Start: 0, End: yes, Href: "https://a.example/"}}, marks...)},
			[]Ref{ref(s, "“no”", "1")},
			`<a href="https://a.example/">He said <span class="quote" id="q1">“no”</span> and </a>` + sign("1") + `“yes” today.`,
		},
		{"the whole text", doc.Text{S: s}, []Ref{{Start: 0, End: len(s), ID: "q", Href: "#n1", Sign: "1"}}, `<span class="quote" id="q">` + s + `</span>` + sign("1")},
		{"of another text", doc.Text{S: s}, []Ref{{Start: 3, End: 99, ID: "q", Href: "#n1", Sign: "1"}, {Start: 5, End: 5, Sign: "2"}, {Start: -1, End: 2, Sign: "3"}}, s},
		{
			"hostile",
			doc.Text{S: s, Marks: marks},
			[]Ref{{Start: no, End: no + len("“no”"), ID: `"><b>`, Href: `#"><b>`, Sign: "<b>", More: "<i>", Label: `"<u>`}},
			`He said <span class="quote" id="&#34;&gt;&lt;b&gt;">“no”</span><a class="ref" role="doc-noteref" href="#&#34;&gt;&lt;b&gt;" aria-label="&#34;&lt;u&gt;">&lt;b&gt; <small>&lt;i&gt;</small></a> and “yes” today.`,
		},
	}
	for _, test := range tests {
		if got := string(Text(test.text, "en", Options{Classes: true, Refs: map[string][]Ref{"": test.refs}})); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
	d := doc.Document{Lang: "en", Blocks: []doc.Block{{Kind: doc.Paragraph, Key: "b1", Text: doc.Text{S: s}}, {Kind: doc.Paragraph, Key: "b2", Text: doc.Text{S: s}}}}
	if got := string(HTML(d, Options{Refs: map[string][]Ref{"b2": {ref(s, "“no”", "1")}}})); strings.Count(got, `class="ref"`) != 1 || !strings.HasPrefix(got, "<p>"+s+"</p>\n<p>He said <span") {
		t.Errorf("in a document: %s", got)
	}
}
