package extract

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Half of what a page's markup takes is scripts and style sheets, of which next to nothing is ever read. A lean page is a page without them: each
// is a short mark in its place, and the scripts are kept beside it for whoever looks for data in them. The tree of the lean page is the tree of
// the page but for these texts, because the page is cut into tokens here exactly as the parser cuts it. Where that hangs on more than the tokens
// (in foreign content that is more than a drawing, in a script with a script in a comment), the rest of the page stays as it is.
type lean struct {
	page    []byte
	least   int      // bytes of a text that is worth taking out
	pieces  [][]byte // what the parser reads, in order
	kept    int      // bytes of the page that pieces holds already
	scripts [][]byte // what was taken out of scripts; each mark has its index
}

// mark begins what stands for a script or a style sheet. A page that holds this byte is not made lean.
const mark = 0x1A

// leastLean is how many bytes a text has at least that is taken out.
const leastLean = 64

// lighten takes scripts and style sheets out of a page that have so many bytes or more.
func lighten(page []byte, least int) *lean {
	l := &lean{page: page, least: least}
	if bytes.IndexByte(page, mark) < 0 {
		l.scan()
	}
	l.pieces = append(l.pieces, page[l.kept:])
	return l
}

// untouched is a page as it is.
func untouched(page []byte) *lean { return &lean{page: page, pieces: [][]byte{page}} }

// parse reads a page that is UTF-8 already.
func (l *lean) parse() (*html.Node, error) {
	root, err := html.Parse(&pieceReader{l.pieces})
	if err == nil {
		return root, nil
	}
	l.scripts = nil
	return parse(string(l.page))
}

// script returns the text of a script element.
func (l *lean) script(n *html.Node) string {
	text := n.FirstChild.Data
	if l == nil || n.Namespace != "" || text == "" || text[0] != mark {
		return text
	}
	i, err := strconv.Atoi(text[1:])
	if err != nil || i >= len(l.scripts) {
		return text
	}
	// As the parser gives it.
	text = string(l.scripts[i])
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return strings.ReplaceAll(text, "\x00", "\uFFFD")
}

// replace puts a mark in the place of a text.
func (l *lean) replace(start, end int, by []byte) {
	l.pieces = append(l.pieces, l.page[l.kept:start], by)
	l.kept = end
}

// scan goes through the tokens of a page and leaves off where it cannot be sure of them.
func (l *lean) scan() {
	p := l.page
	for at := 0; at >= 0; {
		next := bytes.IndexByte(p[at:], '<')
		if next < 0 {
			return
		}
		if at += next + 1; at >= len(p) {
			return
		}
		switch c := p[at]; {
		case isLetter(c):
			t := readTag(p, at)
			if t.end < 0 {
				return
			}
			if at = t.end; special[c|0x20] {
				at = l.element(t)
			}
		case c == '/':
			at = afterEndTag(p, at+1)
		case c == '!' || c == '?':
			at = afterDeclaration(p, at)
		}
	}
}

// special are the letters that the names begin with of which element knows.
var special = [256]bool{'f': true, 'i': true, 'm': true, 'n': true, 'p': true, 's': true, 't': true, 'x': true}

// element passes a start tag and, where its content is no markup, that content; it returns -1 where the scan has to leave off.
func (l *lean) element(t tag) int {
	p := l.page
	switch name := t.name(p); name {
	case "script":
		return l.scriptElement(t)
	case "style":
		end := rawEnd(p, t.end, name)
		if end-t.end >= l.least {
			l.replace(t.end, end, []byte{mark})
		}
		return end
	case "iframe", "noembed", "noframes", "noscript", "textarea", "title", "xmp":
		return rawEnd(p, t.end, name)
	case "svg":
		return afterDrawing(p, t)
	case "math", "plaintext", "frameset":
		return -1
	}
	return t.end
}

func (l *lean) scriptElement(t tag) int {
	end := rawEnd(l.page, t.end, "script")
	if end < 0 {
		return -1
	}
	script := l.page[t.end:end]
	if i := bytes.Index(script, []byte("<!--")); i >= 0 && hasFold(script[i:], "<script") {
		return -1 // what looks like the end may be none
	}
	if raw := l.page[t.start:t.end]; end-t.end < l.least || hasFold(raw, "json") || bytes.IndexByte(raw, '&') >= 0 {
		return end
	}
	l.replace(t.end, end, strconv.AppendInt([]byte{mark}, int64(len(l.scripts)), 10))
	l.scripts = append(l.scripts, script)
	return end
}

// A tag is where a start tag or an end tag stands: from its name to behind its angle. The end is -1 where it has none.
type tag struct{ start, named, end, bare int } // bare is where its last value without quotation marks ended, or -1

// name returns the name in small letters.
func (t tag) name(p []byte) string { return strings.ToLower(string(p[t.start:t.named])) }

// empty reports whether a tag ends with a slash; where it is a value that does so, sure is false.
func (t tag) empty(p []byte) (empty, sure bool) {
	return p[t.end-2] == '/', p[t.end-2] != '/' || t.bare != t.end-1
}

// readTag reads the tag whose name begins at a place.
func readTag(p []byte, at int) tag {
	t := tag{start: at, end: -1, bare: -1}
	for at < len(p) && !endsName[p[at]] {
		at++
	}
	t.named = at
	for {
		if at = afterWhite(p, at); at >= len(p) {
			return t
		}
		if p[at] == '>' {
			t.end = at + 1
			return t
		}
		if p[at] == '=' {
			at++ // the first character of a name may be one
		}
		for at < len(p) && !endsName[p[at]] && p[at] != '=' {
			at++
		}
		if at = afterWhite(p, at); at >= len(p) {
			return t
		}
		if p[at] == '/' {
			at++
			continue
		}
		if p[at] != '=' {
			continue
		}
		if at = afterWhite(p, at+1); at >= len(p) {
			return t
		}
		switch c := p[at]; c {
		case '>':
		case '"', '\'':
			n := bytes.IndexByte(p[at+1:], c)
			if n < 0 {
				return t
			}
			at += n + 2
		default:
			for at++; at < len(p) && !isWhite(p[at]) && p[at] != '>'; at++ {
			}
			t.bare = at
		}
	}
}

// endsName are the characters that the name of a tag or an attribute ends before.
var endsName = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true, '/': true, '>': true}

// afterEndTag passes what begins with "</", from behind that.
func afterEndTag(p []byte, at int) int {
	switch {
	case at >= len(p):
		return -1
	case isLetter(p[at]):
		return readTag(p, at).end
	}
	return after(p, at, ">")
}

// afterDeclaration passes what begins with "<!" or "<?", from the second character: a comment, or anything up to the next angle.
func afterDeclaration(p []byte, at int) int {
	if !bytes.HasPrefix(p[at:], []byte("!--")) {
		return after(p, at, ">")
	}
	at += 3
	rest := p[at:]
	switch {
	case bytes.HasPrefix(rest, []byte(">")):
		return at + 1
	case bytes.HasPrefix(rest, []byte("->")):
		return at + 2
	}
	end := bytes.Index(rest, []byte("-->"))
	if end < 0 || bytes.Contains(rest[:end], []byte("--!>")) {
		return -1
	}
	return at + end + 3
}

// rawEnd returns where the end tag stands that ends content which is no markup; -1 if there is none.
func rawEnd(p []byte, at int, name string) int {
	for {
		n := bytes.Index(p[at:], []byte("</"))
		if n < 0 {
			return -1
		}
		at += n + 2
		if end := at + len(name); end < len(p) && sameLetters(string(p[at:end]), name) && (isWhite(p[end]) || p[end] == '/' || p[end] == '>') {
			return at - 2
		}
	}
}

// drawn are elements of a drawing in which nothing but the same follows: none of HTML, and none that may hold HTML.
var drawn = set("svg path g circle rect use defs polygon polyline line ellipse symbol lineargradient radialgradient stop clippath mask pattern text tspan title desc style")

// afterDrawing passes an svg element whose tags are all drawn and closed in their order; it returns -1 for any other: there the parser may be
// anywhere behind it.
func afterDrawing(p []byte, t tag) int {
	at := t.end
	if empty, sure := t.empty(p); empty || !sure {
		if !sure {
			return -1
		}
		return at
	}
	open := []string{"svg"}
	for len(open) > 0 {
		next := bytes.IndexByte(p[at:], '<')
		if next < 0 || at+next+2 >= len(p) {
			return -1
		}
		at += next + 1
		inner := open[len(open)-1]
		switch c := p[at]; {
		case c == '/' && isLetter(p[at+1]):
			t := readTag(p, at+1)
			if t.end < 0 || t.name(p) != inner {
				return -1
			}
			open = open[:len(open)-1]
			at = t.end
		case inner == "title" || inner == "desc" || inner == "style":
			return -1
		case isLetter(c):
			t := readTag(p, at)
			if t.end < 0 || !drawn[t.name(p)] || len(open) > 100 {
				return -1
			}
			empty, sure := t.empty(p)
			if !sure {
				return -1
			}
			if !empty {
				open = append(open, t.name(p))
			}
			at = t.end
		case bytes.HasPrefix(p[at:], []byte("!--")):
			if at = afterDeclaration(p, at); at < 0 {
				return -1
			}
		default:
			return -1
		}
	}
	return at
}

// hasFold reports whether p holds a text, which is in small letters, in letters of any size.
func hasFold(p []byte, text string) bool {
	for i := 0; i+len(text) <= len(p); i++ {
		if p[i]|0x20 == text[0]|0x20 && bytes.EqualFold(p[i:i+len(text)], []byte(text)) {
			return true
		}
	}
	return false
}

// after returns the place behind the next of a text; -1 if there is none.
func after(p []byte, at int, text string) int {
	n := bytes.Index(p[at:], []byte(text))
	if n < 0 {
		return -1
	}
	return at + n + len(text)
}

func afterWhite(p []byte, at int) int {
	for at < len(p) && isWhite(p[at]) {
		at++
	}
	return at
}

func isWhite(c byte) bool {
	return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// A pieceReader reads pieces one after the other.
type pieceReader struct{ pieces [][]byte }

func (r *pieceReader) Read(b []byte) (int, error) {
	n := 0
	for len(r.pieces) > 0 && n < len(b) {
		m := copy(b[n:], r.pieces[0])
		n += m
		if m < len(r.pieces[0]) {
			r.pieces[0] = r.pieces[0][m:]
			break
		}
		r.pieces = r.pieces[1:]
	}
	if n == 0 && len(r.pieces) == 0 {
		return 0, io.EOF
	}
	return n, nil
}
