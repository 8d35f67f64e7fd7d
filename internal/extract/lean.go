package extract

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Half of what a page's markup takes is scripts and style sheets, of which next to nothing is ever read; a third of the nodes of its tree are blanks
// between blocks, which no browser shows; and of the attributes many speak to programs. A lean page is a page without all this: a script that may
// hold data is a short mark in its place, and the script is kept beside the page for whoever looks for data in it; any other script, the style
// sheets, what is inside drawings, links to what a browser loads and attributes that nobody here reads are gone. Beside this the tree of the lean
// page is the tree of the page, because the page is cut into tokens here exactly as the parser cuts it. Where that hangs on more than the tokens (in
// foreign content that is more than a drawing, in a script with a script in a comment), the rest of the page stays as it is.
type lean struct {
	page    []byte
	least   int      // bytes that a script has at least which may hold data
	pieces  [][]byte // what the parser reads, in order
	kept    int      // bytes of the page that pieces holds already
	scripts [][]byte // what was taken out of scripts; each mark has its index
	at      tagContext
	unread  [][2]int // where attributes stand in the last tag that nobody reads
}

// mark begins what stands for a script or a style sheet. A page that holds this byte is not made lean.
const mark = 0x1A

// bytesAPiece is how many bytes of a page there are to each piece that its lean form is made of; few pages have more pieces.
const bytesAPiece = 160

// lighten makes a page lean. No data are looked for in a script of fewer bytes than least, unless it says that it is JSON.
func lighten(page []byte, least int) *lean {
	l := &lean{page: page, least: least, at: tagContext{head: true}}
	if bytes.IndexByte(page, mark) < 0 {
		l.pieces = make([][]byte, 0, len(page)/bytesAPiece+16)
		// Whether a frameset counts hangs on what was shown before, be it in a drawing.
		if left := l.scan(); left < len(page) && hasFold(page[left:], "<frameset") {
			l.pieces, l.kept, l.scripts = nil, 0, nil
		}
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
	l.cut(start, end)
	l.pieces = append(l.pieces, by)
}

// scan goes through the tokens of a page and leaves off where it cannot be sure of them. It returns where the last token begins that it knows.
func (l *lean) scan() (last int) {
	p := l.page
	text := 0 // where the text began that stands before the next tag
	for at := 0; at >= 0; {
		next := bytes.IndexByte(p[at:], '<')
		if next < 0 {
			return len(p)
		}
		last = at + next
		if at = last + 1; at >= len(p) {
			return len(p)
		}
		switch c := p[at]; {
		case isLetter(c):
			l.unread = l.unread[:0]
			t := readTag(p, at, &l.unread)
			if t.end < 0 {
				return last
			}
			name := tagNameOf(p[t.start:t.named])
			l.blanks(text, at-1, name, false)
			if at = t.end; special[c|0x20] {
				var gone bool
				if at, gone = l.element(t); gone {
					text = at
					continue
				}
			}
			l.at.start(name)
			if name.kind <= tagFormat { // of the others the parser compares the attributes
				l.cutUnread()
			}
			text = at
		case c == '/':
			var name tagName
			if at+1 < len(p) && isLetter(p[at+1]) {
				name = tagNameOf(nameAt(p, at+1))
			}
			l.blanks(text, at-1, name, true)
			l.at.end(name)
			at = afterEndTag(p, at+1)
			text = at
		case c == '!' || c == '?':
			l.blanks(text, at-1, tagName{}, false)
			at = afterDeclaration(p, at)
			text = at
		}
	}
	return last
}

// blanks takes the text from start to end, which stands before a tag of that name, out of the page if it is blanks that nobody sees.
func (l *lean) blanks(start, end int, before tagName, endTag bool) {
	for i := start; i < end; i++ {
		if !isWhite(l.page[i]) {
			l.at.line, l.at.head = false, false
			return
		}
	}
	if start < end && l.at.unseen(before, endTag) {
		l.cut(start, end)
	}
}

// cut leaves out what stands from start to end.
func (l *lean) cut(start, end int) {
	l.pieces = append(l.pieces, l.page[l.kept:start])
	l.kept = end
}

// cutUnread leaves out the attributes of the last tag that nobody reads.
func (l *lean) cutUnread() {
	for _, u := range l.unread {
		l.cut(u[0], u[1])
	}
	l.unread = l.unread[:0]
}

// special are the letters that the names begin with of which element knows.
var special = [256]bool{'f': true, 'i': true, 'l': true, 'm': true, 'n': true, 'p': true, 's': true, 't': true, 'x': true}

// element passes a start tag and, where its content is no markup, that content, or the whole element, which then is gone. It returns -1 where the
// scan has to leave off.
func (l *lean) element(t tag) (end int, gone bool) {
	p := l.page
	switch name := t.name(p); name {
	case "script":
		return l.scriptElement(t)
	case "style":
		end := rawEnd(p, t.end, name)
		if end < 0 || !l.removable(t) {
			return end, false
		}
		if end = afterEndTag(p, end+2); end >= 0 {
			l.cut(t.start-1, end)
		}
		return end, true
	case "link":
		if l.removable(t) && loads(p[t.named:t.end]) {
			l.cut(t.start-1, t.end)
			return t.end, true
		}
	case "iframe", "noembed", "noframes", "noscript", "textarea", "title", "xmp":
		return rawEnd(p, t.end, name), false
	case "svg":
		end, last := afterDrawing(p, t)
		if last > t.end {
			l.cutUnread()
			l.cut(t.end, last)
		}
		return end, false
	case "math", "plaintext", "frameset":
		return -1, false
	}
	return t.end, false
}

// removable reports whether the parser goes on as before where an element that is not shown is taken out: before the first element a doctype may
// still come, in tables it may close what is open, a blank that begins preformatted text is dropped only at its very beginning, and what stands
// before it and behind may be a tag or a character reference when they meet.
func (l *lean) removable(t tag) bool {
	return l.at.begun && l.at.tables == 0 && l.at.pre == 0 && t.start > 1 && (l.page[t.start-2] == '>' || isWhite(l.page[t.start-2]))
}

func (l *lean) scriptElement(t tag) (end int, gone bool) {
	end = rawEnd(l.page, t.end, "script")
	if end < 0 {
		return -1, false
	}
	script := l.page[t.end:end]
	if i := bytes.Index(script, []byte("<!--")); i >= 0 && hasFold(script[i:], "<script") {
		return -1, false // what looks like the end may be none
	}
	if len(script) < l.least {
		// Short data are short, but data; and a character reference may hide what the script says of itself.
		if raw := l.page[t.start:t.end]; !l.removable(t) || hasFold(raw, "json") || bytes.IndexByte(raw, '&') >= 0 {
			return end, false
		}
		if end = afterEndTag(l.page, end+2); end >= 0 {
			l.cut(t.start-1, end)
		}
		return end, true
	}
	l.cutUnread()
	l.replace(t.end, end, strconv.AppendInt([]byte{mark}, int64(len(l.scripts)), 10))
	l.scripts = append(l.scripts, script)
	return end, false
}

// loaded are relations to what a browser loads or shows beside the page.
var loaded = set("stylesheet preload prefetch preconnect dns-prefetch modulepreload prerender icon apple-touch-icon apple-touch-icon-precomposed mask-icon manifest pingback edituri wlwmanifest")

// loads reports whether the attributes of a link element name one relation, and that is such a one. The name of the attribute stands nowhere else
// in the tag, so nothing else can be the relation.
func loads(attributes []byte) bool {
	at := bytes.Index(attributes, []byte("rel="))
	if at < 0 || hasFold(attributes[:at], "rel") || hasFold(attributes[at+1:], "rel") {
		return false
	}
	value := attributes[at+len("rel="):]
	if value[0] == '"' || value[0] == '\'' {
		value = value[1:]
	}
	end := 0
	for end < len(value) && !isWhite(value[end]) && value[end] != '"' && value[end] != '\'' && value[end] != '>' {
		end++
	}
	return !isWhite(value[end]) && loaded[strings.ToLower(string(value[:end]))]
}

// unread reports whether nobody here reads an attribute.
func unread(name []byte) bool {
	switch name[0] | 0x20 {
	case 't':
		return string(name) == "target" || string(name) == "tabindex"
	case 's':
		return string(name) == "sizes"
	case 'l':
		return string(name) == "loading"
	case 'c':
		return string(name) == "crossorigin"
	case 'f':
		return string(name) == "fetchpriority"
	case 'o':
		return len(name) > 4 && name[1]|0x20 == 'n' // onclick
	case 'a':
		return len(name) > 5 && string(name[:5]) == "aria-" && string(name) != "aria-hidden" || string(name) == "async"
	case 'd':
		if string(name) == "decoding" || string(name) == "defer" {
			return true
		}
		for _, prefix := range speaking {
			if bytes.HasPrefix(name, []byte(prefix)) {
				return !slices.ContainsFunc(telling, func(part string) bool { return bytes.Contains(name, []byte(part)) })
			}
		}
	}
	return false
}

// speaking begin names of attributes in which a page speaks to programs that count, arrange or test.
var speaking = []string{"data-track", "data-analytics", "data-ga", "data-gtm", "data-reactid", "data-react-helmet", "data-v-", "data-event", "data-evt", "data-hdn-analytics", "data-link-tracking"}

// telling are parts of names of attributes in which pages keep addresses of pictures and dates for their scripts, whatever the names begin with.
var telling = []string{"src", "lazy", "date", "time", "publish"}

// A tag is where a start tag or an end tag stands: from its name to behind its angle. The end is -1 where it has none.
type tag struct{ start, named, end, bare int } // bare is where its last value without quotation marks ended, or -1

// name returns the name in small letters.
func (t tag) name(p []byte) string { return strings.ToLower(string(p[t.start:t.named])) }

// empty reports whether a tag ends with a slash; where it is a value that does so, sure is false.
func (t tag) empty(p []byte) (empty, sure bool) {
	return p[t.end-2] == '/', p[t.end-2] != '/' || t.bare != t.end-1
}

// readTag reads the tag whose name begins at a place. Where attributes stand in it that nobody reads it adds to unreads, if that is not nil.
func readTag(p []byte, at int, unreads *[][2]int) tag {
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
		begin := at
		if p[at] == '=' { // the first character of a name may be one
			if unreads != nil && len(*unreads) > 0 {
				*unreads = (*unreads)[:len(*unreads)-1] // it stays, or the name before it would have a value
			}
			at++
		}
		for at < len(p) && !endsName[p[at]] && p[at] != '=' {
			at++
		}
		out := unreads != nil && isWhite(p[begin-1]) && at > begin && unread(p[begin:at])
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
			if at += n + 2; out && n < leastData {
				*unreads = append(*unreads, [2]int{begin, at})
			}
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
		return readTag(p, at, nil).end
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

// nameAt returns the name of the tag whose name begins at a place.
func nameAt(p []byte, at int) []byte {
	end := at
	for end < len(p) && !endsName[p[end]] {
		end++
	}
	return p[at:end]
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

// afterDrawing passes an svg element whose tags are all drawn and closed in their order; the second result is where its own end
// tag stands, 0 if it has none. The first is -1 for any other: there the parser may be anywhere behind it.
func afterDrawing(p []byte, t tag) (end, last int) {
	at := t.end
	if empty, sure := t.empty(p); empty || !sure {
		if !sure {
			return -1, 0
		}
		return at, 0
	}
	open := []string{"svg"}
	for len(open) > 0 {
		next := bytes.IndexByte(p[at:], '<')
		if next < 0 || at+next+2 >= len(p) {
			return -1, 0
		}
		at += next + 1
		inner := open[len(open)-1]
		switch c := p[at]; {
		case c == '/' && isLetter(p[at+1]):
			t := readTag(p, at+1, nil)
			if t.end < 0 || t.name(p) != inner {
				return -1, 0
			}
			open = open[:len(open)-1]
			last, at = at-1, t.end
		case inner == "title" || inner == "desc" || inner == "style":
			return -1, 0
		case isLetter(c):
			t := readTag(p, at, nil)
			if t.end < 0 || !drawn[t.name(p)] || len(open) > 100 {
				return -1, 0
			}
			empty, sure := t.empty(p)
			if !sure {
				return -1, 0
			}
			if !empty {
				open = append(open, t.name(p))
			}
			at = t.end
		case bytes.HasPrefix(p[at:], []byte("!--")):
			if at = afterDeclaration(p, at); at < 0 {
				return -1, 0
			}
		default:
			return -1, 0
		}
	}
	return at, last
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
