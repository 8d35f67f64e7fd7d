package doc

import (
	"strings"
	"testing"
)

// marked reads a text from its text form, and shows one in it; a row of a table can then be read.
func marked(t *testing.T, s string) Text {
	t.Helper()
	text, err := parseInline(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSplice(t *testing.T) {
	const a = "https://a.example/"
	for _, c := range []struct {
		name  string
		text  string
		edits []Edit
		want  string
	}{
		{"a replacement within a mark belongs to it", "a [em bcd] e", []Edit{{3, 4, "XY"}}, "a [em bXYd] e"},
		{"a replacement of all its words, too", "a [em bcd] e", []Edit{{2, 5, "X"}}, "a [em X] e"},
		{"up to its very edge", "[quote \"b\"] e", []Edit{{0, 1, "« "}, {2, 3, " »"}}, "[quote « b »] e"},
		{"what is put in at the start stays outside", "a [em b]", []Edit{{2, 2, "X"}}, "a X[em b]"},
		{"what is put in at the end stays outside", "[em b] c", []Edit{{1, 1, "X"}}, "[em b]X c"},
		{"between two marks it is in neither", "[em a][strong b]", []Edit{{1, 1, "X"}}, "[em a]X[strong b]"},
		{"but within the one around both", "[quote “[em a][strong b]”]", []Edit{{4, 4, "X"}}, "[quote “[em a]X[strong b]”]"},
		{"over an edge, what begins alike keeps its place", "he [link " + a + " told] us", []Edit{{0, 10, "he told them"}}, "he [link " + a + " told] them"},
		{"and what ends alike", "he [link " + a + " told us]", []Edit{{0, 7, "she told"}}, "she [link " + a + " told us]"},
		{"over an edge, the mark takes nothing of what is new", "ab [em cd] ef", []Edit{{1, 4, "XYZ"}}, "aXYZ[em d] ef"},
		{"at its other edge, either", "ab [em cd] ef", []Edit{{4, 7, "XYZ"}}, "ab [em c]XYZf"},
		{"a mark whose words are gone goes too", "ab [em cd] ef", []Edit{{2, 6, ""}}, "abef"},
		{"and the one in it", "ab [link " + a + " [em cd]] ef", []Edit{{3, 5, ""}}, "ab  ef"},
		{"an object stays", "ab[object#1]cd", []Edit{{1, 3, ""}}, "a[object#1]d"},
		{"a quotation without its marks is none", "[quote “a”] b", []Edit{{0, 3, ""}, {4, 7, ""}}, "a b"},
		{"one of them is enough", "[quote “a”] b", []Edit{{4, 7, ""}}, "[quote “a] b"},
		{"a comma that moves out of a quotation", "[quote “oui,”] dit-il", []Edit{{6, 7, ""}, {10, 10, ","}}, "[quote “oui”], dit-il"},
		{"several edits count in the text as it was, in any order", "[em abc] d", []Edit{{4, 5, "X"}, {0, 1, ""}, {2, 3, "YY"}}, "[em bYY] X"},
		{"touching edits", "[em ab]c", []Edit{{0, 1, "X"}, {1, 2, "Y"}, {2, 3, "Z"}}, "[em XY]Z"},
		{"no edit", "[em a]", nil, "[em a]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := marked(t, c.text).Splice(c.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if s := inline(got, ""); s != c.want {
				t.Errorf("%s\nbecomes %s\nwant    %s", c.text, s, c.want)
			}
		})
	}
}

func TestSpliceRefuses(t *testing.T) {
	text := Text{S: "aéb", Marks: []Mark{{Kind: Emph, Start: 0, End: 1}}}
	for name, edits := range map[string][]Edit{
		"an edit beyond the end":      {{3, 9, ""}},
		"an edit before the start":    {{-1, 1, ""}},
		"an edit that ends before":    {{2, 1, ""}},
		"an edit that cuts a letter":  {{0, 2, ""}},
		"edits that overlap":          {{0, 3, ""}, {1, 4, ""}},
		"an insertion within an edit": {{0, 4, ""}, {1, 1, "x"}},
		"what is no UTF-8":            {{0, 1, "\xff"}},
	} {
		if got, err := text.Splice(edits...); err == nil || !got.Equal(text) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestClean(t *testing.T) {
	link := func(start, end int, href string) Mark {
		return Mark{Kind: Link, Start: start, End: end, Href: href}
	}
	for _, c := range []struct {
		name string
		in   Text
		want string
	}{
		{"spaces, tabs and line ends", Text{S: " a \t b \r\n\r\n c "}, `a b\nc`},
		{"normal form C moves what comes behind", Text{"e\u0301 b", []Mark{{Kind: Emph, Start: 4, End: 5}}}, "é [em b]"},
		{"control characters", Text{S: "a\x00\x1bb\u2028c\uFFFEd"}, `ab\ncd`},
		{"broken UTF-8", Text{S: "a\xffb"}, "a\uFFFDb"},
		{"code keeps its spaces", Text{"a  b  c", []Mark{{Kind: Code, Start: 3, End: 7}}}, "a [code b  c]"},
		{"a mark is drawn in to its words", Text{"a b c", []Mark{{Kind: Emph, Start: 1, End: 4}}}, "a [em b] c"},
		{"marks out of order and out of the text", Text{"abc", []Mark{{Kind: Strong, Start: 1, End: 99}, {Kind: Emph, Start: -4, End: 1}}}, "[em a][strong bc]"},
		{"an empty mark", Text{"abc", []Mark{{Kind: Emph, Start: 1, End: 1}}}, "abc"},
		{"crossing emphases", Text{"abcd", []Mark{{Kind: Emph, Start: 0, End: 3}, {Kind: Strong, Start: 2, End: 4}}}, "[em ab[strong c]][strong d]"},
		{"emphasis that crosses a link", Text{"abcd", []Mark{{Kind: Emph, Start: 0, End: 3}, link(2, 4, "https://a.example/")}}, "[em ab][link https://a.example/ [em c]d]"},
		{"a link in a link", Text{"abcd", []Mark{link(0, 4, "https://a.example/"), link(1, 2, "https://b.example/")}}, "[link https://a.example/ abcd]"},
		{"crossing links", Text{"abcd", []Mark{link(0, 3, "https://a.example/"), link(2, 4, "https://b.example/")}}, "[link https://a.example/ abc][link https://b.example/ d]"},
		{"a link that runs something", Text{"abcd", []Mark{link(0, 2, "javascript:alert(1)")}}, "abcd"},
		{"a link that is relative", Text{"abcd", []Mark{link(0, 2, "/a")}}, "abcd"},
		{"a quotation without marks", Text{"he said so", []Mark{{Kind: Quote, Start: 3, End: 7}}}, "he said so"},
		{"a title of two lines", Text{"ab", []Mark{{Kind: Link, Start: 0, End: 2, Href: "https://a.example/", Title: " x\n y "}}}, "[link{x y} https://a.example/ ab]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Clean(c.in)
			if s := inline(got, ""); s != c.want {
				t.Errorf("gives %s, want %s", s, c.want)
			}
			if err := got.Check(); err != nil {
				t.Error(err)
			}
		})
	}
	if got := CleanPre(Text{S: "  a\tb  \n\n  c "}).S; got != "  a\tb  \n\n  c " {
		t.Errorf("preformatted text becomes %q", got)
	}
	if got := CleanLine("  a\n b\u0007 "); got != "a b" {
		t.Errorf("a line becomes %q", got)
	}
}

func TestNormal(t *testing.T) {
	d := Document{
		Lang: "EN_us", Title: Text{S: " T "}, Byline: []string{" A  B ", ""},
		Blocks: []Block{
			{Kind: Heading2, Text: Text{S: "T"}},
			{Kind: Paragraph, Key: "b1", Text: Text{S: " a  b "}},
			{Kind: Paragraph, Text: Text{S: "  "}},
			{Kind: Item, Depth: 99, Key: "b1", Text: Text{S: "c"}},
			{Kind: Paragraph, Depth: 3, Key: "not a key", Text: Text{S: "d"}},
			{Kind: Table, Rows: [][]Text{{{S: " x "}}}},
		},
	}.Normal()
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, b := range d.Blocks {
		keys = append(keys, b.Key)
	}
	if d.Lang != "en-US" || d.Title.S != "T" || len(d.Byline) != 1 || d.Byline[0] != "A B" || strings.Join(keys, " ") != "b1 b2 b3 b4" ||
		d.Blocks[0].Text.S != "a b" || d.Blocks[1].Depth != MaxDepth || d.Blocks[2].Depth != 0 || d.Blocks[3].Rows[0][0].S != "x" {
		t.Errorf("%s %+v", Format(d), d.Blocks)
	}
	if !d.Normal().Equal(d) {
		t.Error("what is normal changes again")
	}
}

func TestSliceAndConcat(t *testing.T) {
	text := marked(t, "a [link https://a.example/ b [em c]] d[object#1]e")
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 8, "a [link https://a.example/ b [em c]] d[object#1]e"},
		{3, 5, "[link https://a.example/  [em c]]"},
		{4, 7, "[link https://a.example/ [em c]] d[object#1]"},
		{7, 8, "[object#1]e"},
		{0, 2, "a "},
	} {
		if got := inline(text.Slice(c.start, c.end), ""); got != c.want {
			t.Errorf("[%d:%d] is %s, want %s", c.start, c.end, got, c.want)
		}
	}
	if got := Concat(text.Slice(0, 2), text.Slice(2, 6), text.Slice(6, 8)); got.S != text.S || !got.Equal(text) {
		t.Errorf("the pieces join to %s", inline(got, ""))
	}
	if got := inline(Concat(marked(t, "[em a]"), Text{S: " "}, marked(t, "[em b]")), ""); got != "[em a] [em b]" {
		t.Errorf("joined: %s", got)
	}
	if got := (Text{S: "a\nb"}).Plain(); got != "a b" {
		t.Errorf("plain: %q", got)
	}
}
