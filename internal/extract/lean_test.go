package extract

import (
	"bytes"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// difference says where the trees of a page and of its lean form differ beside the style sheets; "" if nowhere.
func difference(page []byte, least int) string {
	if bytes.ContainsAny(page, "\r\x00") {
		least = 1 // in the tree a script has other lengths
	}
	plain, err := html.Parse(bytes.NewReader(page))
	l := lighten(page, least)
	light, lightErr := html.Parse(&pieceReader{slices.Clone(l.pieces)})
	if err != nil || lightErr != nil {
		if err == nil || lightErr == nil {
			return "one of them is refused"
		}
		return ""
	}
	trim(plain, least)
	trim(light, least)
	var compare func(a, b *html.Node) string
	compare = func(a, b *html.Node) string {
		switch {
		case a == nil && b == nil:
			return ""
		case a == nil || b == nil:
			return "one has a node more"
		case a.Type != b.Type || a.DataAtom != b.DataAtom || a.Namespace != b.Namespace || !slices.Equal(a.Attr, b.Attr):
			return "<" + a.Data + "> is <" + b.Data + ">"
		case a.Type == html.TextNode && is(a.Parent, atom.Script) && a.Parent.Namespace == "":
			if text := l.script(b.Parent); b.PrevSibling != nil || b.NextSibling != nil || text != a.Data {
				return "the script " + a.Data + " is " + text
			}
		case a.Data != b.Data:
			return a.Data + " is " + b.Data
		}
		a, b = a.FirstChild, b.FirstChild
		for {
			if d := compare(a, b); d != "" || a == nil {
				return d
			}
			a, b = a.NextSibling, b.NextSibling
		}
	}
	return compare(plain, light)
}

// trim takes out of a tree what the lean page may lack: blanks that nobody sees, what is inside drawings, what only browsers and programs read.
// Comments go with it, whose place hangs on scripts, and texts that meet are one.
func trim(n *html.Node, least int) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return unread([]byte(a.Key)) && len(a.Val) < leastData })
	if n.DataAtom == atom.Script {
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case n.DataAtom == atom.Svg, c.Type == html.CommentNode, c.Namespace == "" && c.Type == html.ElementNode && goes(c, least):
			n.RemoveChild(c)
		case c.Type == html.TextNode && c.PrevSibling != nil && c.PrevSibling.Type == html.TextNode:
			c.PrevSibling.Data += c.Data
			n.RemoveChild(c)
		}
		c = next
	}
	shown := n.DataAtom == atom.Pre || n.DataAtom == atom.Listing || ancestor(n, atom.Pre, atom.Listing) != nil
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.TextNode && !shown {
			if lineEnds(c, func(n *html.Node) *html.Node { return n.NextSibling }) {
				c.Data = strings.TrimRight(c.Data, " \t\r\n\f")
			}
			if lineEnds(c, func(n *html.Node) *html.Node { return n.PrevSibling }) {
				c.Data = strings.TrimLeft(c.Data, " \t\r\n\f")
			}
			if c.Data == "" || strings.Trim(c.Data, " \t\r\n\f") == "" && is(n, atom.Table, atom.Colgroup, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr) {
				n.RemoveChild(c) // between the parts of a table nothing is shown
			}
		}
		trim(c, least)
		c = next
	}
}

// goes reports whether an element may be missing from a lean page.
func goes(n *html.Node, least int) bool {
	switch n.DataAtom {
	case atom.Style:
		return true
	case atom.Script:
		return n.FirstChild == nil || len(n.FirstChild.Data) < least && n.FirstChild.Data[0] != mark
	case atom.Link:
		return loaded[attr(n, "rel")]
	}
	return false
}

// lineEnds reports whether a line ends beside a text: at an element, or at an end of the elements around it.
func lineEnds(text *html.Node, beside func(*html.Node) *html.Node) bool {
	for n := text; ; n = n.Parent {
		if n != text && (n.Type == html.DocumentNode || endsLine(n)) {
			return true
		}
		next := beside(n)
		for next != nil && next.Type == html.TextNode && strings.Trim(next.Data, " \t\r\n\f") == "" {
			next = beside(next)
		}
		if next != nil {
			return endsLine(next)
		}
	}
}

// endsLine reports whether an element begins and ends a line, or stands in the head of the page.
func endsLine(n *html.Node) bool {
	k := kindOfTag([]byte(n.Data))
	return n.Type == html.ElementNode && (k.ends(false) || k == tagPage || k == tagBody || n.Parent != nil && n.Parent.DataAtom == atom.Head)
}

// leanPages are pages on which it is easy to lose one's place, with how many scripts are taken out of them.
var leanPages = []struct {
	page  string
	taken int
}{
	{"<script>a<b</script><p>x<style>p{}</style>y", 1},
	{"<script>x</script x><p>y", 1},
	{"<SCRIPT>x</ScRiPt\n>y", 1},
	{"<script>x</scripty></script/>y", 1},
	{"<script/>x</script>y", 1},
	{"<script>x", 0},
	{"<script>a\r\nb\rc\x00d</script>", 1},
	{`<script type="application/ld+json">{"a":1}</script><script type="application/&#106;son">{}</script>`, 2},
	{"<script><!-- a </script>b<script>c</script>", 2},
	{"<script><!-- <script>a</script>b --></script>c<script>d</script>", 0},
	{"<script>a</script><script><!-- <script a</script>b", 1},
	{"<p title='<script>'>a</p x='>'><script>b</script>", 1},
	{"<p =a='>' b>c<script>d</script>", 1},
	{"<p / a='>'/b=\">\">c<script>d</script>", 1},
	{"<p a=b'>c<script>d</script>'>", 1},
	{"<!-- <script>a</script> --><script>b</script>", 1},
	{"<!--><script>a</script>--><!---><script>b</script>", 2},
	{"<!-- a --!><script>b</script>-->", 0},
	{"<!doctype a '>'><script>b</script><?x ><script>c</script></ d><script>e</script></><script>f</script>", 4},
	{"<textarea><script>a</script></textarea><title><script>b</script></title><xmp><style>c</style></xmp>", 0},
	{"<noscript><script>a</script></noscript><iframe><script>b</script></iframe><noembed><script>c</script></noembed>", 0},
	{"<select><script>a</script><option><style>b</style></select>", 1},
	{"<table><script>a</script><tr><style>b</style><td>c<script>d</script></table>", 2},
	{"<svg><title>a</title><path d='>'/><style>p{}</style><clipPath><g></g></clipPath></svg><script>b</script>", 1},
	{"<svg/><script>a</script><svg><path d=/></svg><script>b</script>", 1},
	{"<svg><title><b>a</b></svg></title><script>b</script>", 0},
	{"<svg><script>a<b>c</b></script></svg><script>d</script>", 0},
	{"<svg><![CDATA[<script>a</script>]]></svg><script>b</script>", 0},
	{"<svg><p><script>a</script>", 0},
	{"<svg><g></svg><script>a</script></g>", 0},
	{"<math><mi><script>a</script>", 0},
	{"<script>a</script><plaintext><script>b</script>", 1},
	{"<frameset><script> </script></frameset>", 0},
	{"<script>\x1a0</script><script>b</script>", 0},
}

func TestLean(t *testing.T) {
	for _, c := range leanPages {
		if d := difference([]byte(c.page), 1); d != "" {
			t.Errorf("%q: %s", c.page, d)
		}
		if l := lighten([]byte(c.page), 1); len(l.scripts) != c.taken {
			t.Errorf("%q: %d scripts were taken out, not %d", c.page, len(l.scripts), c.taken)
		}
	}
}

// What nobody reads is gone, what somebody may read stays.
func TestLeanLeavesOut(t *testing.T) {
	for _, c := range []struct{ page, lean string }{
		{"<div>\n <p>a</p>\n <p>b <b>c</b> <i>d</i></p>\n</div>\n", "<div><p>a</p><p>b <b>c</b> <i>d</i></p></div>\n"},
		{"<p>a <span>b</span> <script>c</script> <em>d</em></p>", "<p>a <span>b</span>  <em>d</em></p>"},
		{"<style></style><p><style>p{}</style><p style='display: none'>a", "<style></style><p><p style='display: none'>a"},
		{"<svg class=x viewBox='0 0 1 1' aria-label='y'><path d='M0'/></svg>", "<svg class=x viewBox='0 0 1 1' ></svg>"},
		{`<html><link rel="stylesheet" href="a.css"><link rel=canonical href=b><link rel="shortcut icon preload" href=c><link rel='icon' title="rel=canonical" href=d>`, `<html><link rel=canonical href=b><link rel="shortcut icon preload" href=c><link rel='icon' title="rel=canonical" href=d>`},
		{`<a href=a target="_blank" onclick="b()" data-track-x='c' data-src="d" aria-hidden="true">`, `<a href=a    data-src="d" aria-hidden="true">`},
		{"<p>a <<script></script>b &am<script></script>p; c<script></script>", "<p>a <<script></script>b &am<script></script>p; c<script></script>"},
		{`<img data-gallery-src="/a.jpg" data-ga-publish-date="x" data-track-time="y" data-evt-lazy="z" data-event="w">`, `<img data-gallery-src="/a.jpg" data-ga-publish-date="x" data-track-time="y" data-evt-lazy="z" >`},
		{"<pre> <b>a</b>\n</pre> <p>b", "<pre> <b>a</b>\n</pre><p>b"},
		{"<table> <tr> <td> a <script>b</script> </td> </tr> </table>", "<table><tr><td> a <script>b</script></td></tr></table>"},
		{"<html><script type=application/ld+json>{}</script><script>short</script><script>" + strings.Repeat("x", leastData) + "</script>", "<html><script type=application/ld+json>{}</script><script>\x1a0</script>"},
	} {
		if got := string(bytes.Join(lighten([]byte(c.page), leastData).pieces, nil)); got != c.lean {
			t.Errorf("%q is made\n%q, not\n%q", c.page, got, c.lean)
		}
	}
}

// leanPieces are what pages are made of by FuzzLean, one for each byte that it is given.
var leanPieces = strings.Split(`<script>|</script>|<script |type="text/javascript"|type=json|>|/>|<!--|-->|--!>|<style>|</style>|<svg>|<svg |</svg>|<path d="M"/>|<g>|</g>|<title>|</title>|<desc>|</desc>|`+
	`<foreignObject>|</foreignObject>|<math>|</math>|<mi>|</mi>|<annotation-xml encoding="text/html">|</annotation-xml>|<textarea>|</textarea>|<noscript>|</noscript>|<select>|</select>|<option>|<table>|<tr>|<td>|</table>|`+
	`<template>|</template>|<p>|</p>|<b>|</b>|<a href=x>|</a>|<iframe>|</iframe>|<xmp>|</xmp>|<plaintext>|<frameset>|<frame>|</frameset>|<noframes>|</noframes>|<head>|</head>|<body>|</body>|</html>|<colgroup>|<col>|`+
	`<![CDATA[|]]>|<!doctype html>|<?|</|<|"|'|=|/| |a|<SCRIPT>|</SCRIPT |<sCript/|<!-|-|--|!|<font color=x>|<br>|<circle/>|<clippath>|</clippath>|<text>|</text>|&lt;|&#26;0|</p x="|<button>|<form>|<caption>|</caption>|<ruby>|`+
	" |\n|<div>|</div>|<pre>|</pre>|<li>|<ul>|</ul>|<i>|</i>|<nobr>|</nobr>|<object>|</object>|<th>|</td>|</tr>|<hr>|<h1>|</h1>|</a>|<span>|</span>|</button>|</form>|</template>|</select>|</br>|</p>|<body>|"+
	`<a>|<B>|</B>|<input>|<optgroup>|<dd>|<marquee>|</marquee>|<title>|<meta>|<link>|<link rel="stylesheet">|<link rel=icon |<p |<a |<b |<br | target="x"| tabindex='1'| aria-label="/"|target="y"| title=b/|<style |</style |</html|<head |<body |/`, "|")

// FuzzLean compares the trees of pages of bytes, and of pages made of pieces.
func FuzzLean(f *testing.F) {
	for _, c := range leanPages {
		f.Add([]byte(c.page), []byte{})
	}
	f.Add([]byte("<b><p> </b> <div> </div> <i></p> <p> </i> <p>"), []byte{})
	f.Add([]byte("<a><div><div><div><div><div><div><div><div><div>x</a> <div> y"), []byte{})
	f.Add([]byte("<b><select></b></select> <div> y"), []byte{})
	f.Add([]byte("<head> <title> a </title> <link> <meta> </head> <body> <pre> <p> </pre> x <p> <table> <tr> <td> <b> x </table> <p> y"), []byte{})
	f.Add([]byte("<p a tabindex='1'=b c target=\"d\" =e>"), []byte{})
	for _, page := range []string{"<svg><title>a</title><path/></svg><svg><p><frameset>", "<svg><title>a</title></svg><a<b <frameset>", "0<table></a></a>  <colgroup>  </caption>  <div><h1></marquee></style> <colgroup>", "<p><pre>a</p>\n<p>b", "<p><button><pre>a</p>\n<div>b", "<ul><li><ul><pre>a</li>\n<div>b", "<form><pre>a</form>\n<div>b</div></pre>", "<ul><li>x<ul>a</li> <b>c</b>"} {
		f.Add([]byte(page), []byte{})
	}
	f.Add([]byte{}, []byte{12, 18, 45, 19, 14, 0, 45, 1, 10, 77, 11})
	f.Fuzz(func(t *testing.T, page, pieces []byte) {
		for _, i := range pieces[:min(len(pieces), 200)] {
			page = append(page, leanPieces[int(i)%len(leanPieces)]...)
		}
		if d := difference(page, 1+len(pieces)%3); d != "" {
			t.Errorf("%q: %s", page, d)
		}
	})
}

// A lean page gives the document that the page itself gives. A rule that drops nothing has the page read as it is.
func TestLeanGivesTheSameDocument(t *testing.T) {
	nothing, err := ParseRule("drop .this-class-is-on-no-page")
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, p Page) {
		lean, _, leanErr := Article(p, Rule{})
		whole, _, wholeErr := Article(p, nothing)
		if got, want := doc.Format(lean), doc.Format(whole); got != want || (leanErr == nil) != (wholeErr == nil) {
			t.Errorf("%s: the lean page gives\n%s%v\nthe page itself\n%s%v", name, got, leanErr, want, wholeErr)
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "cases", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		check(file, Page{HTML: a.Files[0].Data, URL: "https://outlet.example/2024/05/01/harbour"})
	}
	for _, set := range allSets {
		for _, s := range samples(t, set) {
			check(set+" "+s.id, Page{HTML: s.html, URL: s.URL})
		}
	}
}

// Blanks go only beside elements that part the text in the tree as well.
func TestLinesEndWhereBlocksDo(t *testing.T) {
	for a := range blockLevel {
		if k := kindOfTag([]byte(a.String())); k >= tagFormat || k == tagUnseen {
			t.Errorf("%s parts a text, and is no block", a)
		}
	}
	for _, name := range strings.Fields("address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p section summary table tbody td tfoot th thead tr ul") {
		if kindOfTag([]byte(name)) == tagInline || !blockLevel[atom.Lookup([]byte(name))] {
			t.Errorf("%s ends a line in one place and not in the other", name)
		}
	}
}

// No attribute that some rule reads is left out: neither one that is asked for by its name, nor any of the names that scripts read.
func TestLeanKeepsWhatIsRead(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "lean.go" || file == "fragment.go" { // a fragment is never made lean
			continue
		}
		tree, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		check := func(e ast.Expr, always bool) {
			l, ok := e.(*ast.BasicLit)
			if !ok || l.Kind != gotoken.STRING {
				return
			}
			name, err := strconv.Unquote(l.Value)
			if err != nil || name == "" || !always && !strings.HasPrefix(name, "data-") && !strings.HasPrefix(name, "aria-") {
				return
			}
			if found++; unread([]byte(name)) {
				t.Errorf("%s reads %q, which a lean page lacks", file, name)
			}
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "attr" || f.Name == "hasAttr") && len(n.Args) == 2 {
					check(n.Args[1], true)
				}
			case *ast.BasicLit:
				check(n, false)
			}
			return true
		})
	}
	if found < 50 {
		t.Errorf("only %d names of attributes were found in the code", found)
	}
}
