package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxPage is how many bytes of a page are read; the report says if it has more. It bounds the nodes of its tree as well, and doc.MaxBlocks what
// is made of them.
const MaxPage = 16 << 20

// parse reads a page that is UTF-8 already. A page nested deeper than the parser allows is read with its deepest tags left out:
// their text stays.
func parse(page string) (*html.Node, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err == nil {
		return root, nil
	}
	root, err = html.Parse(strings.NewReader(flattened(page)))
	if err != nil {
		return nil, fmt.Errorf("page as HTML: %w", err)
	}
	return root, nil
}

// flattened drops the tags of inline and container elements wherever more than a hundred elements are open. The parser opens a few
// elements that the source does not name (it reopens formatting elements in each block), so the bound is far below its own.
func flattened(page string) string {
	const deepest = 100
	var out strings.Builder
	out.Grow(len(page))
	z := html.NewTokenizer(strings.NewReader(page))
	depth := 0
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				out.Write(raw)
			}
			return out.String()
		case html.StartTagToken:
			name, _ := z.TagName()
			if void[atom.Lookup(name)] {
				break
			}
			if depth++; depth > deepest && !rawText[atom.Lookup(name)] {
				out.WriteByte(' ')
				continue
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if depth > 0 {
				depth--
			}
			if depth >= deepest && !rawText[atom.Lookup(name)] {
				continue
			}
		}
		out.Write(raw)
	}
}

// void elements have no end tag.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true,
	atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// rawText elements hold text that is no markup; their tags always stay in pairs.
var rawText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Textarea: true, atom.Title: true, atom.Noscript: true, atom.Iframe: true, atom.Noembed: true,
	atom.Noframes: true, atom.Xmp: true,
}

// blockLevel elements begin and end a line of text.
var blockLevel = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true, atom.Dd: true,
	atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true,
	atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true,
	atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true,
	atom.Ul: true, atom.Caption: true, atom.Optgroup: true, atom.Option: true, atom.Iframe: true, atom.Video: true, atom.Audio: true,
	atom.Object: true, atom.Embed: true,
}

// attr returns the value of an attribute, or "".
func attr(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

// hasAttr reports whether n has an attribute, be it empty.
func hasAttr(n *html.Node, name string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// is reports whether n is an element of one of the given names.
func is(n *html.Node, names ...atom.Atom) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, name := range names {
		if n.DataAtom == name {
			return true
		}
	}
	return false
}

// walk visits n and what it holds in document order; visit returns false to leave out what a node holds.
// It is a loop, so that no page can exhaust the stack.
func walk(n *html.Node, visit func(*html.Node) bool) {
	for at := n; at != nil; {
		if visit(at) && at.FirstChild != nil {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			at = at.Parent
		}
		if at == n {
			return
		}
		at = at.NextSibling
	}
}

// find returns the first element below n that ok accepts, or nil.
func find(n *html.Node, ok func(*html.Node) bool) *html.Node {
	var found *html.Node
	walk(n, func(at *html.Node) bool {
		if found == nil && at != n && at.Type == html.ElementNode && ok(at) {
			found = at
		}
		return found == nil
	})
	return found
}

// ancestor returns the nearest ancestor of n (n itself excluded) that has one of the names, or nil.
func ancestor(n *html.Node, names ...atom.Atom) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if is(p, names...) {
			return p
		}
	}
	return nil
}

// textOf returns all text below n with white space folded; scripts and styles have none.
func textOf(n *html.Node) string {
	var b strings.Builder
	var write func(at *html.Node)
	write = func(at *html.Node) {
		if at.Type == html.TextNode {
			b.WriteString(at.Data)
			return
		}
		apart := at.Type == html.ElementNode && (blockLevel[at.DataAtom] || at.DataAtom == atom.Br)
		if at.Type == html.ElementNode && silent[at.DataAtom] {
			return
		}
		if apart {
			b.WriteByte(' ')
		}
		for c := at.FirstChild; c != nil; c = c.NextSibling {
			write(c)
		}
		if apart {
			b.WriteByte(' ')
		}
	}
	write(n)
	return folded(b.String())
}

// longestClass is how many bytes of a class are looked at: some pages write the whole style of an element into it.
const longestClass = 1000

// longer reports whether n holds more than limit bytes of text.
func longer(n *html.Node, limit int) bool {
	size := 0
	walk(n, func(at *html.Node) bool {
		if at.Type == html.TextNode {
			size += len(strings.TrimSpace(at.Data))
		}
		return size <= limit && !(at.Type == html.ElementNode && silent[at.DataAtom])
	})
	return size > limit
}

// silent elements hold nothing that a reader sees as text.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Head: true, atom.Textarea: true, atom.Select: true,
	atom.Svg: true, atom.Math: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Datalist: true,
}

// folded puts single spaces where s has the white space of HTML, and none at the ends. No-break spaces are no white space.
func folded(s string) string { return strings.Join(strings.FieldsFunc(s, white), " ") }

// white reports whether r is white space in HTML's sense.
func white(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

// hidden reports whether n is not shown: by attribute, or by a style of its own.
func hidden(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			if v := strings.ToLower(n.Attr[i].Val); v != "until-found" && v != "false" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(n.Attr[i].Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || outOfSight(style) {
				return true
			}
		}
	}
	return false
}

// outOfSight reports whether a style, in small letters and without blanks, puts what it styles far off the screen, cuts all of it away, or gives
// it no height. A box without a height whose padding makes one holds a film.
func outOfSight(style string) bool {
	if strings.Contains(style, "overflow:hidden") && !strings.Contains(style, "padding") {
		for d := range strings.SplitSeq(style, ";") {
			if d == "height:0" || d == "height:0px" || d == "height:1px" && strings.Contains(style, "width:1px") {
				return true
			}
		}
	}
	if strings.Contains(style, "clip:rect(0") || strings.Contains(style, "clip:rect(1px,1px,1px,1px") || strings.Contains(style, "clip-path:inset(50%") || strings.Contains(style, "clip-path:inset(100%") {
		return true
	}
	if !strings.Contains(style, ":-") {
		return false
	}
	for d := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(d, ":-")
		switch name {
		case "left", "top", "right", "bottom":
			if (strings.Contains(style, "position:absolute") || strings.Contains(style, "position:fixed")) && number(value) >= farAway {
				return true
			}
		case "text-indent", "margin-left":
			if number(value) >= farAway {
				return true
			}
		}
	}
	return false
}

// farAway is how many pixels off its place an element is out of every window.
const farAway = 999
