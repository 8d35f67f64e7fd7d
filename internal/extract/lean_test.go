package extract

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// difference says where the trees of a page and of its lean form differ beside the style sheets; "" if nowhere.
func difference(page []byte) string {
	plain, err := html.Parse(bytes.NewReader(page))
	l := lighten(page, 1)
	light, lightErr := html.Parse(&pieceReader{slices.Clone(l.pieces)})
	if err != nil || lightErr != nil {
		if err == nil || lightErr == nil {
			return "one of them is refused"
		}
		return ""
	}
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
		case a.Type == html.TextNode && is(a.Parent, atom.Style) && b.Data == string(rune(mark)):
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

// leanPages are pages on which it is easy to lose one's place, with how many texts are taken out of them.
var leanPages = []struct {
	page  string
	taken int
}{
	{"<script>a<b</script><p>x<style>p{}</style>y", 2},
	{"<script>x</script x><p>y", 1},
	{"<SCRIPT>x</ScRiPt\n>y", 1},
	{"<script>x</scripty></script/>y", 1},
	{"<script/>x</script>y", 1},
	{"<script>x", 0},
	{"<script>a\r\nb\rc\x00d</script>", 1},
	{`<script type="application/ld+json">{"a":1}</script><script type="application/&#106;son">{}</script>`, 0},
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
	{"<select><script>a</script><option><style>b</style></select>", 2},
	{"<table><script>a</script><tr><style>b</style><td>c<script>d</script></table>", 3},
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
		if d := difference([]byte(c.page)); d != "" {
			t.Errorf("%q: %s", c.page, d)
		}
		if l := lighten([]byte(c.page), 1); (len(l.pieces)-1)/2 != c.taken {
			t.Errorf("%q: %d texts were taken out, not %d", c.page, (len(l.pieces)-1)/2, c.taken)
		}
	}
	long := strings.Repeat("x", leastLean)
	if l := lighten([]byte("<style>"+long+"</style><style>"+long[1:]+"</style>"), leastLean); len(l.pieces) != 3 {
		t.Errorf("%q", l.pieces)
	}
}

// leanPieces are what pages are made of by FuzzLean, one for each byte that it is given.
var leanPieces = strings.Split(`<script>|</script>|<script |type="text/javascript"|type=json|>|/>|<!--|-->|--!>|<style>|</style>|<svg>|<svg |</svg>|<path d="M"/>|<g>|</g>|<title>|</title>|<desc>|</desc>|`+
	`<foreignObject>|</foreignObject>|<math>|</math>|<mi>|</mi>|<annotation-xml encoding="text/html">|</annotation-xml>|<textarea>|</textarea>|<noscript>|</noscript>|<select>|</select>|<option>|<table>|<tr>|<td>|</table>|`+
	`<template>|</template>|<p>|</p>|<b>|</b>|<a href=x>|</a>|<iframe>|</iframe>|<xmp>|</xmp>|<plaintext>|<frameset>|<frame>|</frameset>|<noframes>|</noframes>|<head>|</head>|<body>|</body>|</html>|<colgroup>|<col>|`+
	`<![CDATA[|]]>|<!doctype html>|<?|</|<|"|'|=|/| |a|<SCRIPT>|</SCRIPT |<sCript/|<!-|-|--|!|<font color=x>|<br>|<circle/>|<clippath>|</clippath>|<text>|</text>|&lt;|&#26;0|</p x="|<button>|<form>|<caption>|</caption>|<ruby>`, "|")

// FuzzLean compares the trees of pages of bytes, and of pages made of pieces.
func FuzzLean(f *testing.F) {
	for _, c := range leanPages {
		f.Add([]byte(c.page), []byte{})
	}
	f.Add([]byte{}, []byte{12, 18, 45, 19, 14, 0, 45, 1, 10, 77, 11})
	f.Fuzz(func(t *testing.T, page, pieces []byte) {
		for _, i := range pieces[:min(len(pieces), 200)] {
			page = append(page, leanPieces[int(i)%len(leanPieces)]...)
		}
		if d := difference(page); d != "" {
			t.Errorf("%q: %s", page, d)
		}
	})
}
