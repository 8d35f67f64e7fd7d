package doc

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func seed(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("testdata/outlet.en.doc.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func parsed(tb testing.TB, s string) Document {
	tb.Helper()
	d, err := Parse(s)
	if err != nil {
		tb.Fatalf("Parse: %v\n%s", err, s)
	}
	return d
}

func TestFormatGivesTheSeedByteForByte(t *testing.T) {
	want := seed(t)
	d := parsed(t, want)
	if got := Format(d); got != want {
		t.Errorf("Format gives\n%s\nwant\n%s", got, want)
	}
	if len(d.Blocks) != 10 || d.Blocks[0].Media.Alt != "A row of national flags in front of a glass building" || len(d.Byline) != 2 {
		t.Errorf("the seed is not read whole: %+v", d)
	}
	if !d.Date.Equal(time.Date(2022, 1, 25, 19, 40, 0, 0, time.UTC)) || d.DateOnly {
		t.Errorf("date %v, day alone %v", d.Date, d.DateOnly)
	}
	links, quotes := 0, 0
	for _, text := range d.Texts() {
		for _, m := range text.Marks {
			switch m.Kind {
			case Link:
				links++
			case Quote:
				quotes++
			}
		}
	}
	if links != 5 || quotes != 13 {
		t.Errorf("%d links and %d quotations, want 5 and 13", links, quotes)
	}
}

// every has a block of every kind, and every kind of mark, with all that the text form must escape.
const every = `lang  fr
title  Tout [em \[x\]] est \\ là
deck  Une [quote@ru « fin »] en deux\nlignes
byline  A | B
date  2022-01-25

p  a [link{Titre \} \\ long} https://a.example/?a[]=1 b [em c [strong d]]] e
h2  H
h6  H6
li  one
  ol  two
    li  three
quote  q
  quote  deeper
figure  Légende
  src  https://a.example/x.jpg
  alt  Une [non] image
  credit  © X
  size  1600x900
figure
  src  https://a.example/y.jpg
embed https://video.example/1  Une vidéo
embed https://video.example/2
table
  row  a | b \| c | 
  row   | [em x] | [code  | ]
  row  
note  1
entry 2022-01-25T10:00:00.5+05:45  Direct
entry
pre    spaces\n\ttab  stay 
p@ar  مرحبا [foreign@en hello] [keep X] [sub 2][sup 3]
hr
`

func TestParseReadsWhatFormatWrites(t *testing.T) {
	text := strings.ReplaceAll(every, "[non]", `\[non\]`)
	text = strings.ReplaceAll(text, "[code  | ]", `[code  \| ]`)
	text = strings.ReplaceAll(text, `\ttab`, "\ttab")
	d := parsed(t, text)
	if got := Format(d); got != text {
		t.Errorf("Format gives\n%s\nwant\n%s", got, text)
	}
	again := parsed(t, Format(d))
	if !again.Equal(d) {
		t.Errorf("read again:\n%+v\nwant\n%+v", again, d)
	}
	seen := map[Kind]bool{}
	for _, b := range d.Blocks {
		seen[b.Kind] = true
	}
	for k := Paragraph; k <= Rule; k++ {
		if !seen[k] && k != Heading3 && k != Heading4 && k != Heading5 {
			t.Errorf("the case has no %s", k)
		}
	}
	b, err := Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Unmarshal(b)
	if err != nil || !back.Equal(d) {
		t.Errorf("JSON gives %+v, %v", back, err)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a kind that is none", "p  a\nx  b\n", "line 2: "},
		{"a mark that does not end", "p  a [em b\n", "line 1: "},
		{"a bracket too many", "p  a] b\n", "line 1: "},
		{"an escape that means nothing", `p  a \q`, "line 1: "},
		{"an odd indent", "li  a\n li  b\n", "line 2: "},
		{"a figure without an address", "p  a\nfigure  b\np  c\n", "line 2: figure: "},
		{"two spaces in a row", "p  a\n\n\np  b  c\n", "line 4: p: "},
		{"a link that runs something", "p  [link javascript:alert(1) x]\n", "line 1: p: "},
		{"a date that is none", "date  gestern\n", "line 1: "},
		{"one space before the text", "p a\n", "line 1: "},
		{"a quotation without marks in a sentence", "p  he [quote said] so\n", "line 1: p: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.in)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %q…", err, c.want)
			}
		})
	}
}

func TestCheckRefuses(t *testing.T) {
	p := func(s string, marks ...Mark) Document {
		return Document{Blocks: []Block{{Kind: Paragraph, Key: "a", Text: Text{s, marks}}}}
	}
	link := func(start, end int) Mark { return Mark{Kind: Link, Start: start, End: end, Href: "https://a.example/"} }
	for _, c := range []struct {
		name, want string
		d          Document
	}{
		{"what is not in normal form C", "block 0 (p): byte 0: not in normal form C", p("e\u0301")},
		{"a space at the end", "block 0 (p): byte 1: a space at an end", p("a ")},
		{"two line breaks", "block 0 (p): byte 2: a line break", p("a\n\nb")},
		{"a control character", "block 0 (p): byte 1: control character", p("a\x00b")},
		{"an empty mark", "block 0 (p): bytes 1 to 1: em is empty", p("ab", Mark{Kind: Emph, Start: 1, End: 1})},
		{"a mark that cuts a character", "block 0 (p): bytes 0 to 1: em cuts a character", p("é", Mark{Kind: Emph, Start: 0, End: 1})},
		{"marks that cross", "block 0 (p): bytes 1 to 3: strong crosses em at 0 to 2", p("abc", Mark{Kind: Emph, Start: 0, End: 2}, Mark{Kind: Strong, Start: 1, End: 3})},
		{"marks out of order", "block 0 (p): bytes 0 to 3: link stands after", p("abc", Mark{Kind: Emph, Start: 0, End: 3}, link(0, 3))},
		{"a link in a link", "block 0 (p): bytes 1 to 2: a link in a link", p("abc", link(0, 3), link(1, 2))},
		{"a link to data", "block 0 (p): bytes 0 to 1: link leads to", p("a", Mark{Kind: Link, Start: 0, End: 1, Href: "data:text/html,x"})},
		{"a relative link", "block 0 (p): bytes 0 to 1: link leads to", p("a", Mark{Kind: Link, Start: 0, End: 1, Href: "/a"})},
		{"an empty paragraph", "block 0 (p): has no text", p("")},
		{"a key twice", `block 1 (p): the key "a" is block 0's`, Document{Blocks: append(p("a").Blocks, p("b").Blocks...)}},
		{"the title again", "block 0: repeats the title", Document{Title: Text{S: "a"}, Blocks: p("a").Blocks}},
		{"a tag that is none", "lang: ", Document{Lang: "english (uk)"}},
		{"a figure of nothing", "block 0 (figure): figures and embeds", Document{Blocks: []Block{{Kind: Figure, Key: "a"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.d.Check()
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %q…", err, c.want)
			}
			if err := c.d.Normal().Check(); err != nil {
				if c.d.Blocks == nil || c.d.Blocks[0].Kind != Figure {
					t.Errorf("Normal does not mend it: %v", err)
				}
			}
		})
	}
}

func TestStoredRefusesPiecesOfHTML(t *testing.T) {
	d := Document{Blocks: []Block{{Kind: Paragraph, Key: "a", Text: Text{"ab", []Mark{{Kind: Object, Start: 1, End: 1, Ref: 1}}}}}}
	if err := d.Check(); err != nil {
		t.Errorf("Check: %v", err)
	}
	if err := d.Stored(); err == nil || !strings.Contains(err.Error(), "block 0, bytes 1 to 1") {
		t.Errorf("Stored: %v", err)
	}
	if _, err := json.Marshal(d); err == nil {
		t.Error("a piece of HTML was written as a document")
	}
}

func TestUnmarshalIsBounded(t *testing.T) {
	for name, in := range map[string]string{
		"no version":        `{"blocks":[]}`,
		"a newer version":   `{"version":99}`,
		"a mark far out":    `{"version":1,"title":{"s":"a","marks":[{"kind":"em","start":0,"end":9}]}}`,
		"a negative mark":   `{"version":1,"title":{"s":"a","marks":[{"kind":"em","start":-1,"end":1}]}}`,
		"an unknown kind":   `{"version":1,"blocks":[{"kind":"script","key":"a","text":{"s":"x"}}]}`,
		"an address to run": `{"version":1,"title":{"s":"a","marks":[{"kind":"link","start":0,"end":1,"href":"javascript:x"}]}}`,
		"many blocks":       `{"version":1,"blocks":[` + strings.Repeat(`{"kind":"hr","key":"a"},`, MaxBlocks) + `{"kind":"hr","key":"b"}]}`,
	} {
		if d, err := Unmarshal([]byte(in)); err == nil {
			t.Errorf("%s: read as %+v", name, d)
		}
	}
}

func TestRuns(t *testing.T) {
	link := Mark{Kind: Link, Start: 3, End: 6, Href: "https://a.example/"}
	quote := Mark{Kind: Quote, Start: 7, End: 16}
	br := Mark{Kind: Object, Start: 3, End: 3, Ref: 1}
	for _, c := range []struct {
		name string
		text Text
		want []string // ends / starts / words
	}{
		{"link before a quotation that ends the text", Text{"il dit « non »", []Mark{link, quote}}, []string{"0/0/il ", "0/1/dit", "1/0/ ", "0/1/« non »", "1/0/"}},
		{"an empty object where a link starts lies in it", Text{"il dit", []Mark{link, br}}, []string{"0/0/il ", "0/2/", "1/0/dit", "1/0/"}},
		{"an empty object where a link ends lies behind it", Text{"ildit", []Mark{{Kind: Emph, Start: 0, End: 3}, br}}, []string{"0/1/ild", "1/1/", "1/0/it"}},
		{"two empty objects at one place", Text{"ab", []Mark{{Kind: Object}, {Kind: Object, Ref: 2}}}, []string{"0/1/", "1/1/", "1/0/ab"}},
		{"nothing", Text{}, nil},
		{"an object alone", Text{"", []Mark{{Kind: Object}}}, []string{"0/1/", "1/0/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for r := range c.text.Runs() {
				got = append(got, strings.Join([]string{string(rune('0' + len(r.Ends))), string(rune('0' + len(r.Starts))), r.S}, "/"))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestMapVisitsInReadingOrder(t *testing.T) {
	d := parsed(t, `lang  en
title  T
deck  D

figure  Caption
  src  https://a.example/x.jpg
  alt  Alt
  credit  Credit
p@fr  Un [link{Titre} https://a.example/ lien]
table
  row  a | 
  row  b | c
`)
	var visited []string
	e := d.Map(func(p Place, text Text) Text {
		visited = append(visited, p.String()+" "+p.Lang+" "+text.S)
		text.S = strings.ToUpper(text.S)
		return text
	})
	want := []string{
		"title en T", "deck en D", "block 0 en Caption", "block 0, alt en Alt", "block 1, title of link 0 fr Titre", "block 1 fr Un lien",
		"block 2, row 0, cell 0 en a", "block 2, row 1, cell 0 en b", "block 2, row 1, cell 1 en c",
	}
	if !slices.Equal(visited, want) {
		t.Errorf("visited %q, want %q", visited, want)
	}
	if e.Blocks[1].Text.Marks[0].Title != "TITRE" || e.Blocks[0].Media.Alt != "ALT" || e.Blocks[2].Rows[1][1].S != "C" || e.Blocks[0].Media.Credit != "Credit" {
		t.Errorf("mapped to %s", Format(e))
	}
	if d.Blocks[1].Text.Marks[0].Title != "Titre" || d.Blocks[0].Media.Alt != "Alt" || d.Blocks[2].Rows[1][1].S != "c" || d.Title.S != "T" {
		t.Errorf("the document that was mapped changed: %s", Format(d))
	}
	var texts []string
	for p, text := range d.Texts() {
		texts = append(texts, p.String()+" "+p.Lang+" "+text.S)
		if len(texts) == 4 {
			break
		}
	}
	if !slices.Equal(texts, want[:4]) {
		t.Errorf("Texts gives %q", texts)
	}
}

func TestCodePoints(t *testing.T) {
	s := "aé€😀z"
	for n, i := range []int{0, 1, 3, 6, 10, 11} {
		if got := CodePoint(s, i); got != n {
			t.Errorf("CodePoint(%d) = %d, want %d", i, got, n)
		}
		if got := ByteOffset(s, n); got != i {
			t.Errorf("ByteOffset(%d) = %d, want %d", n, got, i)
		}
	}
}
