package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Fragment takes a piece of HTML apart: into texts with a mark for each inline element, picture and comment, and the markup between
// the texts. Elements keep their attributes; alt texts and titles are texts of their own, behind the text they stand in. What is marked as not to be translated,
// scripts, styles and preformatted text are markup. Printed again with the same texts it says the same as before.
func Fragment(piece, tag string) doc.Fragment {
	f := fragmenter{lang: tag, out: doc.Fragment{Table: []doc.Tag{{}}}, kind: doc.Paragraph}
	z := html.NewTokenizer(strings.NewReader(piece))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		f.token(kind, whole(kind, string(z.Raw())), z)
	}
	f.flush()
	f.out.Frame = append(f.out.Frame, f.frame.String())
	return f.out
}

// whole closes a comment that the end of the piece cuts off: printed elsewhere it would swallow what follows.
func whole(kind html.TokenType, raw string) string {
	switch {
	case kind != html.CommentToken && kind != html.DoctypeToken:
		return raw
	case strings.HasPrefix(raw, "<!--"):
		if strings.HasSuffix(raw, "-->") || strings.HasSuffix(raw, "--!>") {
			return raw
		}
		return raw + "-->"
	case strings.HasSuffix(raw, ">"):
		return raw
	default:
		return raw + ">"
	}
}

// maxRefs bounds the marks of one piece.
const maxRefs = doc.MaxMarks

type fragmenter struct {
	lang  string
	out   doc.Fragment
	frame strings.Builder
	kind  doc.Kind

	b       []byte // the text being gathered, white space folded
	raw     strings.Builder
	marks   []doc.Mark // closed
	open    []doc.Mark // Start is -1 until a character is written
	carried int        // how many of open, the outermost, were opened in an earlier text
	blank   bool       // white space stands before what comes next
	fresh   bool       // some of it stands behind the last object
	lead    string     // white space before the first character
	words   bool       // the text has a letter or digit
	attrs   []pending  // attributes of elements in this text that are texts themselves
	framed  []string   // inline elements that are open in the markup around texts
	skip    string     // an element whose content is markup, or ""
	skipped int        // elements of that name that are open in it
}

type pending struct {
	ref, attr int
	value     string
}

func (f *fragmenter) token(kind html.TokenType, raw string, z *html.Tokenizer) {
	if f.skip != "" {
		f.markup(raw)
		name, _ := z.TagName()
		switch {
		case string(name) != f.skip:
		case kind == html.StartTagToken:
			f.skipped++
		case kind == html.EndTagToken:
			if f.skipped--; f.skipped == 0 {
				f.skip = ""
			}
		}
		return
	}
	switch kind {
	case html.TextToken:
		f.raw.WriteString(raw)
		f.text(html.UnescapeString(raw))
	case html.CommentToken:
		f.object(doc.Tag{Raw: raw}, raw)
	case html.StartTagToken, html.SelfClosingTagToken:
		f.start(z.Token(), raw)
	case html.EndTagToken:
		name, _ := z.TagName()
		f.end(string(name), raw)
	default:
		f.flush()
		f.markup(raw)
	}
}

// markup adds to what stands between texts.
func (f *fragmenter) markup(raw string) { f.frame.WriteString(raw) }

// opaque elements hold no words to translate.
func opaque(t html.Token) bool {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Pre, atom.Textarea, atom.Svg, atom.Math, atom.Template, atom.Iframe, atom.Object:
		return true
	}
	return false
}

// untranslated reports whether an element asks to be left as it is.
func untranslated(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "translate" && strings.EqualFold(a.Val, "no") || a.Key == "class" && strings.Contains(" "+a.Val+" ", " notranslate ") {
			return true
		}
	}
	return false
}

func (f *fragmenter) start(t html.Token, raw string) {
	block := blockLevel[t.DataAtom] || t.DataAtom == atom.Title || t.DataAtom == atom.Head || t.DataAtom == atom.Meta || t.DataAtom == atom.Link
	switch {
	case opaque(t) || block && untranslated(t):
		f.flush()
		f.markup(raw)
		if t.Type == html.StartTagToken && !void[t.DataAtom] {
			f.skip, f.skipped = t.Data, 1
		}
	case t.DataAtom == atom.Br:
		f.lineBreak(raw)
	case block:
		f.flush()
		f.markup(raw)
		f.kind = kindOf(t.DataAtom)
	case void[t.DataAtom] || t.Type == html.SelfClosingTagToken:
		f.object(doc.Tag{Name: t.Data, Attrs: attributes(t), Open: true}, raw)
	default:
		f.raw.WriteString(raw)
		f.begin(t)
	}
}

// kindOf is the kind of a text that stands in a block-level element.
func kindOf(a atom.Atom) doc.Kind {
	switch a {
	case atom.H1, atom.H2, atom.Title:
		return doc.Heading2
	case atom.H3:
		return doc.Heading3
	case atom.H4:
		return doc.Heading4
	case atom.H5:
		return doc.Heading5
	case atom.H6:
		return doc.Heading6
	case atom.Li:
		return doc.Item
	case atom.Blockquote:
		return doc.Quotation
	}
	return doc.Paragraph
}

func attributes(t html.Token) []doc.TagAttr {
	var list []doc.TagAttr
	for _, a := range t.Attr {
		name := a.Key
		if a.Namespace != "" {
			name = a.Namespace + ":" + name
		}
		list = append(list, doc.TagAttr{Name: name, Value: a.Val})
	}
	return list
}

// enter puts an element into the table and returns its Ref; 0 if the table is full.
func (f *fragmenter) enter(t doc.Tag) int {
	if len(f.out.Table) >= maxRefs {
		return 0
	}
	ref := len(f.out.Table)
	f.out.Table = append(f.out.Table, t)
	for i, a := range t.Attrs {
		if spoken(a) {
			f.attrs = append(f.attrs, pending{ref, i, a.Value})
		}
	}
	return ref
}

// begin opens the mark of an inline element.
func (f *fragmenter) begin(t html.Token) {
	m := doc.Mark{Kind: doc.Emph, Start: -1}
	switch t.DataAtom {
	case atom.A:
		m.Kind = doc.Link
		for _, a := range t.Attr {
			if a.Key == "href" && len(a.Val) <= doc.MaxHref && !strings.ContainsFunc(a.Val, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
				m.Href = a.Val
			}
		}
	case atom.B, atom.Strong:
		m.Kind = doc.Strong
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt, atom.Var:
		m.Kind = doc.Code
	case atom.Sub:
		m.Kind = doc.Sub
	case atom.Sup:
		m.Kind = doc.Super
	}
	if untranslated(t) {
		m.Kind = doc.Keep
	}
	for _, a := range t.Attr {
		if a.Key == "lang" && m.Kind != doc.Link && m.Kind != doc.Keep {
			if tag := language(a.Val); tag != "" && firstSubtag(tag) != firstSubtag(f.lang) {
				m.Kind, m.Lang = doc.Foreign, tag
			}
		}
	}
	m.Ref = f.enter(doc.Tag{Name: t.Data, Attrs: attributes(t)})
	f.open = append(f.open, m)
}

func firstSubtag(tag string) string {
	head, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return head
}

// end closes an element; elements opened in it and not closed are closed before it.
func (f *fragmenter) end(name, raw string) {
	for i := len(f.open) - 1; i >= 0; i-- {
		if f.out.Table[f.open[i].Ref].Name != name {
			continue
		}
		if i >= f.carried {
			f.raw.WriteString(raw)
		}
		for n := len(f.open) - 1; n >= i; n-- {
			m := f.open[n]
			f.open = f.open[:n]
			if n < f.carried {
				f.carried = n
				if m.Start < 0 {
					continue // nothing of this text stands in it
				}
			} else if i < f.carried {
				f.raw.WriteString("</" + f.out.Table[m.Ref].Name + ">")
			}
			f.close(m)
		}
		return
	}
	for i := len(f.framed) - 1; i >= 0; i-- {
		if f.framed[i] == name {
			f.flush()
			f.markup(raw)
			f.framed = append(f.framed[:i], f.framed[i+1:]...)
			return
		}
	}
	if a := atom.Lookup([]byte(name)); blockLevel[a] || name == "title" || name == "head" || name == "html" {
		f.leave(a)
		f.markup(raw)
		f.kind = doc.Paragraph
	}
	// The end tag of an inline element that is not open means nothing and is left out.
}

// leave ends the text of a block whose end tag was read. Of the elements that were opened in it and not closed, those that only say how
// words look go on in the next text, as every browser has it; the others end with the block, and in a cell all do.
func (f *fragmenter) leave(block atom.Atom) {
	was := f.carried
	f.flush()
	cell := block == atom.Td || block == atom.Th || block == atom.Caption
	var stay []doc.Mark
	for i, m := range f.open {
		if i < was || !cell && formatting[atom.Lookup([]byte(f.out.Table[m.Ref].Name))] {
			stay = append(stay, m)
		}
	}
	f.open, f.carried = stay, len(stay)
}

// formatting are the elements that HTML (13.2.4.3) opens again in the next block, but for links: one that was never closed would swallow
// the page.
var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// close ends a mark; an element without words is an object where it stood.
func (f *fragmenter) close(m doc.Mark) {
	if m.Ref == 0 {
		return
	}
	if m.Start < 0 {
		f.out.Table[m.Ref].Before, f.fresh = f.blank && len(f.b) > 0, false
		f.mark(doc.Mark{Kind: doc.Object, Start: len(f.b), End: len(f.b), Ref: m.Ref})
		return
	}
	m.End = len(f.b)
	f.mark(m)
}

func (f *fragmenter) mark(m doc.Mark) { f.marks = append(f.marks, m) }

// object marks a place: a picture, a comment, anything that has no words.
func (f *fragmenter) object(t doc.Tag, raw string) {
	f.raw.WriteString(raw)
	t.Before = f.blank && len(f.b) > 0
	f.fresh = false
	if ref := f.enter(t); ref > 0 {
		at := len(f.b)
		f.mark(doc.Mark{Kind: doc.Object, Start: at, End: at, Ref: ref})
	}
}

// lineBreak writes a forced line end. One at the beginning of a text or after another is an object.
func (f *fragmenter) lineBreak(raw string) {
	if len(f.b) == 0 || f.b[len(f.b)-1] == '\n' {
		f.object(doc.Tag{Name: "br", Open: true}, raw)
		return
	}
	f.raw.WriteString(raw)
	f.b = append(f.b, '\n')
	f.blank = false
}

func (f *fragmenter) text(s string) {
	for _, r := range s {
		switch {
		case white(r):
			if len(f.b) == 0 {
				f.lead = " "
			}
			f.blank, f.fresh = true, true
			continue
		case unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF':
			continue
		}
		f.put(r)
	}
}

func (f *fragmenter) put(r rune) {
	if f.blank {
		f.blank = false
		shift := 0
		if len(f.b) > 0 && f.b[len(f.b)-1] != '\n' && !f.fresh {
			shift = 1 // the objects belong to the word that follows them
		}
		for i := len(f.marks) - 1; i >= 0 && f.marks[i].Kind == doc.Object && f.marks[i].Start == len(f.b); i-- {
			f.out.Table[f.marks[i].Ref].After = f.fresh
			f.marks[i].Start, f.marks[i].End = len(f.b)+shift, len(f.b)+shift
		}
		if n := len(f.b); n > 0 && f.b[n-1] != '\n' {
			f.b = append(f.b, ' ')
		}
	}
	for i := range f.open {
		if f.open[i].Start < 0 {
			f.open[i].Start = len(f.b)
		}
	}
	f.words = f.words || unicode.IsLetter(r) || unicode.IsDigit(r)
	f.b = append(f.b, string(r)...)
}

// flush ends the text being gathered. Elements that are still open are closed, and opened again in the text that follows. A text
// without words is markup.
func (f *fragmenter) flush() {
	again := make([]doc.Mark, len(f.open))
	copy(again, f.open)
	if !f.words {
		for _, m := range f.open[f.carried:] {
			f.framed = append(f.framed, f.out.Table[m.Ref].Name)
		}
		f.wordless(f.raw.String(), len(f.attrs) > 0)
		f.reset(again[:f.carried])
		return
	}
	for i := len(f.open) - 1; i >= 0; i-- {
		if f.open[i].Start >= 0 {
			f.close(f.open[i])
		}
	}
	end := len(f.b)
	for end > 0 && f.b[end-1] == '\n' {
		end--
	}
	tail := strings.Repeat("<br>", len(f.b)-end)
	if f.blank {
		tail += " "
	}
	for i := range f.marks {
		f.marks[i].Start, f.marks[i].End = min(f.marks[i].Start, end), min(f.marks[i].End, end)
	}
	// Inner elements were closed first; on one range the outer must come first again.
	slices.SortStableFunc(f.marks, func(a, b doc.Mark) int { return cmp.Compare(a.Ref, b.Ref) })
	t := doc.Text{S: string(f.b[:end]), Marks: f.marks}
	var quotes []doc.Mark
	for _, q := range doc.QuoteMarks(f.lang, t.S) {
		if m := (doc.Mark{Kind: doc.Quote, Start: q.Start, End: q.End}); q.Balanced() && !t.CutsElement(m) && !inCode(t, m) {
			quotes = append(quotes, m)
		}
	}
	t.Marks = append(t.Marks, quotes...)
	f.markup(f.lead)
	f.add(doc.Clean(t), f.kind)
	f.markup(tail)
	f.reset(again)
}

// inCode reports whether m lies in code or in what is not to be translated, whose quotation marks are nobody's words.
func inCode(t doc.Text, m doc.Mark) bool {
	return slices.ContainsFunc(t.Marks, func(c doc.Mark) bool {
		return (c.Kind == doc.Code || c.Kind == doc.Keep) && c.Start <= m.Start && m.End <= c.End
	})
}

// wordless takes markup without words. The values of its attributes that are to be translated stand in it as texts.
func (f *fragmenter) wordless(raw string, attrs bool) {
	if !attrs {
		f.markup(raw)
		return
	}
	z := html.NewTokenizer(strings.NewReader(raw))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		t := z.Token()
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			f.markup(raw)
			continue
		}
		f.markup("<" + t.Data)
		for _, a := range attributes(t) {
			f.markup(" " + a.Name + `="`)
			if s := cleanLine(a.Value); spoken(a) && s != "" {
				f.out.Frame = append(f.out.Frame, f.frame.String())
				f.frame.Reset()
				f.out.Texts, f.out.Kinds = append(f.out.Texts, doc.Clean(doc.Text{S: s})), append(f.out.Kinds, 0)
			} else {
				f.markup(html.EscapeString(a.Value))
			}
			f.markup(`"`)
		}
		f.markup(">")
	}
}

// spoken reports whether an attribute is read to people.
func spoken(a doc.TagAttr) bool {
	switch a.Name {
	case "title", "alt", "placeholder", "aria-label":
		return strings.ContainsFunc(a.Value, unicode.IsLetter)
	}
	return false
}

// add ends the frame before a text, and adds the texts that its elements have in attributes.
func (f *fragmenter) add(t doc.Text, kind doc.Kind) {
	f.out.Frame = append(f.out.Frame, f.frame.String())
	f.frame.Reset()
	f.out.Texts, f.out.Kinds = append(f.out.Texts, t), append(f.out.Kinds, kind)
	for _, p := range f.attrs {
		if s := cleanLine(p.value); s != "" {
			f.out.Frame = append(f.out.Frame, "")
			f.out.Texts, f.out.Kinds = append(f.out.Texts, doc.Clean(doc.Text{S: s})), append(f.out.Kinds, 0)
			f.out.Table[p.ref].Attrs[p.attr].Text = len(f.out.Texts)
		}
	}
	f.attrs = nil
}

// maxCarried bounds the elements that go on from text to text: no writer means more.
const maxCarried = 32

func (f *fragmenter) reset(open []doc.Mark) {
	open = open[:min(len(open), maxCarried)]
	f.b, f.marks, f.blank, f.lead, f.words, f.attrs = nil, nil, false, "", false, nil
	f.raw.Reset()
	f.open, f.carried = open, len(open)
	for i := range f.open {
		f.open[i].Start = -1
	}
}
