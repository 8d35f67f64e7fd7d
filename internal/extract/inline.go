package extract

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A prose is what a run of inline nodes says: a text for each paragraph that line breaks part it into.
type prose struct {
	texts   []doc.Text
	letters int // letters and digits of all texts
	linked  int // those of them in links
	strong  int // those of them in bold
}

// A writer turns inline nodes into a Text. White space is folded as a browser folds it: a space is owed, and paid before the next
// character that is not one; so marks begin and end at words, and a paragraph has no space at its ends.
type writer struct {
	base  string // for relative addresses
	lang  string // of the block
	said  sayings
	b     []byte
	open  []doc.Mark // Start is -1 until the mark has a first character
	marks []doc.Mark
	cuts  []int // where paragraphs begin, after the first
	owed  byte  // ' ', '\n' or 0
	lines bool  // block-level elements stand on lines of their own, as in a cell
	out   prose
}

// inline reads a run of sibling nodes.
func inline(base, lang string, nodes ...*html.Node) prose {
	w := writer{base: base, lang: lang}
	for _, n := range nodes {
		w.node(n)
	}
	return w.finish()
}

// inline is inline with the room of the cutter's last run, whose texts are good until the next.
func (c *cutter) inline(lang string, nodes ...*html.Node) prose {
	return c.written(writer{base: c.base, lang: lang}, nodes)
}

// lined reads a run of nodes as one text, in which paragraphs, block-level elements and items are lines.
func (c *cutter) lined(lang string, nodes ...*html.Node) (doc.Text, prose) {
	p := c.written(writer{base: c.base, lang: lang, lines: true}, nodes)
	return p.joined(), p
}

func (c *cutter) written(w writer, nodes []*html.Node) prose {
	w.said, w.b, w.open, w.cuts, w.out.texts = c.said, c.room.b[:0], c.room.open[:0], c.room.cuts[:0], c.room.out.texts[:0]
	for _, n := range nodes {
		w.node(n)
	}
	p := w.finish()
	c.room = writer{b: w.b, open: w.open, cuts: w.cuts, out: p}
	return p
}

// joined is the paragraphs as one text, a line each.
func (p prose) joined() doc.Text {
	var text doc.Text
	for i, t := range p.texts {
		if i > 0 {
			text = doc.Concat(text, doc.Text{S: "\n"})
		}
		text = doc.Concat(text, t)
	}
	return text
}

func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *writer) element(n *html.Node) {
	if w.unspoken(n) {
		return
	}
	depth := len(w.open)
	switch n.DataAtom {
	case atom.Br:
		w.lineBreak()
		return
	case atom.Wbr:
		return
	case atom.Img:
		if alt := strings.TrimSpace(attr(n, "alt")); pictograph(alt) {
			w.text(alt)
		}
		return
	case atom.A:
		if href := address.Resolve(w.base, attr(n, "href")); doc.ValidHref(href) && !w.within(doc.Link) {
			w.open = append(w.open, doc.Mark{Kind: doc.Link, Start: -1, Href: href, Title: linkTitle(n)})
		}
	case atom.Em, atom.I, atom.Var, atom.Dfn, atom.Cite:
		w.begin(doc.Emph)
	case atom.B, atom.Strong:
		w.begin(doc.Strong)
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		w.begin(doc.Code)
	case atom.Sub:
		w.begin(doc.Sub)
	case atom.Sup:
		w.begin(doc.Super)
	case atom.Q:
		w.quotation(n)
		return
	}
	if tag := foreign(n, w.lang); tag != "" {
		w.open = append(w.open, doc.Mark{Kind: doc.Foreign, Start: -1, Lang: tag})
	}
	apart := blockLevel[n.DataAtom]
	between := byte(' ')
	if w.lines {
		between = '\n'
	}
	if apart {
		w.space(between)
	}
	w.children(n)
	if apart {
		w.space(between)
	}
	if w.dropCap(n) {
		w.joinDropCap(n)
	}
	w.close(depth)
}

// quotation writes a q element with the marks a browser would draw: those of the block's language.
func (w *writer) quotation(n *html.Node) {
	depth := len(w.open)
	left, right := quotationMarks(w.lang, w.within(doc.Quote))
	w.open = append(w.open, doc.Mark{Kind: doc.Quote, Start: -1})
	w.text(left)
	w.children(n)
	owed := w.owed
	w.owed = 0
	w.text(right)
	w.close(depth)
	w.owed = owed
}

func (w *writer) begin(kind doc.MarkKind) {
	if !w.within(kind) {
		w.open = append(w.open, doc.Mark{Kind: kind, Start: -1})
	}
}

func (w *writer) within(kind doc.MarkKind) bool {
	for _, m := range w.open {
		if m.Kind == kind {
			return true
		}
	}
	return false
}

// close ends the marks that were opened above a depth.
func (w *writer) close(depth int) {
	for len(w.open) > depth {
		m := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		if m.Start >= 0 && m.Start < len(w.b) {
			m.End = len(w.b)
			w.marks = append(w.marks, m)
		}
	}
}

func (w *writer) space(c byte) {
	if c == '\n' || w.owed == 0 {
		w.owed = c
	}
}

// lineBreak owes a line end; the second of two in a row begins a paragraph.
func (w *writer) lineBreak() {
	if w.owed != '\n' && !w.emptyLine() {
		w.owed = '\n'
		return
	}
	w.owed = '\n'
	if len(w.b) > 0 && (len(w.cuts) == 0 || w.cuts[len(w.cuts)-1] < len(w.b)) {
		w.cuts = append(w.cuts, len(w.b))
	}
}

// emptyLine takes back a last line that holds no-break spaces alone, and reports whether there was one.
func (w *writer) emptyLine() bool {
	paragraph := w.b
	if len(w.cuts) > 0 {
		paragraph = w.b[w.cuts[len(w.cuts)-1]:]
	}
	said := bytes.TrimRight(paragraph, " \u00A0")
	if len(said) == len(paragraph) || !bytes.HasSuffix(said, []byte{'\n'}) {
		return false
	}
	end := len(w.b) - len(paragraph) + len(said) - 1
	w.b = w.b[:end]
	for i := range w.open {
		if w.open[i].Start >= end {
			w.open[i].Start = -1
		}
	}
	w.marks = slices.DeleteFunc(w.marks, func(m doc.Mark) bool { return m.Start >= end })
	for i := range w.marks {
		w.marks[i].End = min(w.marks[i].End, end)
	}
	return true
}

func (w *writer) text(s string) {
	if !composed(s) {
		s = norm.NFC.String(s)
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			n := 1
			switch {
			case white(rune(c)):
				w.space(' ')
			case c >= ' ' && c != 0x7F:
				// All of them have room, or the first may.
				var letters int
				n, letters = printable(s[i:min(len(s), i+max(1, doc.MaxText-9-len(w.b)))])
				if w.put(s[i : i+n]) {
					w.count(letters)
				}
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !invisible(r) && (r != utf8.RuneError || n > 1) {
			w.put(s[i : i+n])
			w.count(letterWeight(r))
		}
		i += n
	}
}

// printable returns how many bytes s begins with that are written as they are, and how many letters they count: seen characters of ASCII, letters
// of the Latin and the Cyrillic alphabets, dashes and quotation marks, and single spaces between them.
func printable(s string) (n, letters int) {
	for n < len(s) {
		switch c := s[n]; {
		case plainLetters[c] != 0:
			letters++
			n++
		case c > ' ' && c < 0x7F, c == ' ' && n > 0 && s[n-1] != ' ':
			n++
		case (c >= 0xC3 && c < 0xCB || c == 0xD0 || c == 0xD1) && n+1 < len(s) && s[n+1]&0xC0 == 0x80 && s[n:n+2] != "×" && s[n:n+2] != "÷": // U+00C0 to U+02BF, U+0400 to U+047F
			letters++
			n += 2
		case c == 0xE2 && n+2 < len(s) && s[n+1] == 0x80 && s[n+2] >= 0x90 && s[n+2] < 0xA8: // U+2010 to U+2027
			n += 3
		default:
			return behindWord(s, n), letters
		}
	}
	return behindWord(s, n), letters
}

// behindWord is n, or the place before the space that ends there.
func behindWord(s string, n int) int {
	if n > 0 && s[n-1] == ' ' {
		return n - 1
	}
	return n
}

// put writes characters after the space that is owed; it reports whether there was room.
func (w *writer) put(s string) bool {
	if len(w.b) >= doc.MaxText-8 {
		return false
	}
	start := len(w.b)
	if w.owed != 0 && start > 0 && (len(w.cuts) == 0 || w.cuts[len(w.cuts)-1] < start) {
		w.b = append(w.b, w.owed)
	}
	w.owed = 0
	for i := len(w.open) - 1; i >= 0 && w.open[i].Start < 0; i-- {
		w.open[i].Start = len(w.b)
	}
	w.b = append(w.b, s...)
	return true
}

func (w *writer) count(n int) {
	w.out.letters += n
	for _, m := range w.open {
		switch m.Kind {
		case doc.Link:
			w.out.linked += n
		case doc.Strong:
			w.out.strong += n
		}
	}
}

// joinDropCap takes back the space that the source has between an initial and the rest of its word.
func (w *writer) joinDropCap(n *html.Node) {
	next := n.NextSibling
	if next == nil || next.Type != html.TextNode {
		return
	}
	rest := strings.TrimLeftFunc(next.Data, white)
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(r) && rest != next.Data {
		next.Data = rest
	}
	if w.owed == ' ' {
		w.owed = 0
	}
}

// oneLetterWords are initials that may be a whole word of a language; a space behind them is meant.
var oneLetterWords = map[string]string{
	"en": "AIO", "fr": "AÀYÔ", "es": "AEOUY", "pt": "AÀEÉOÓ", "it": "AEÈIO", "ca": "AEIO", "gl": "AÁEÉOÓ", "de": "", "nl": "U", "fi": "",
	"sv": "IÅÖ", "da": "IÅØ", "nb": "IÅØ", "no": "IÅØ", "nn": "IÅØ", "is": "ÁÍ", "pl": "AIOUWZ", "cs": "AIKOSUVZ", "sk": "AIKOSUVZ",
	"sl": "AKOSVZ", "hr": "AIKOSU", "bs": "AIKOSU", "sr": "AIKOSUАИКОСУ", "hu": "AEÉSŐ", "ro": "AEO", "tr": "O", "sq": "AEIU", "et": "", "lv": "",
	"ru": "АВИКОСУЯ", "uk": "АВЄЗІЇЙОУЯ", "be": "АБВЁЖЗІОУЎЯ", "bg": "АВИКОСУЯ", "mk": "АВЕИОСѝ", "el": "ΉΗΟΩ",
}

// anyOneLetterWord are those of all languages, for who writes in one that is not known.
const anyOneLetterWord = "AEIOUYÀÁÈÉÊÓÔŐZWKVSАИВКОСУЯЄІЇЙЎαηοОΗΟΩ"

// oneLetterWord reports whether r may be a word of its own at the beginning of a sentence.
func oneLetterWord(tag string, r rune) bool {
	words, known := oneLetterWords[firstSubtag(tag)]
	if !known {
		words = anyOneLetterWord
	}
	return strings.ContainsRune(words, r)
}

// dropCap reports whether n is an initial: one letter (perhaps after a quotation mark) that is drawn large.
func (w *writer) dropCap(n *html.Node) bool {
	if !is(n, atom.Span, atom.B, atom.Strong, atom.Font) || w.said.of(n)&saysInitial == 0 {
		return false
	}
	letters := 0
	for _, r := range textOf(n) {
		if unicode.IsLetter(r) {
			letters++
		}
		if oneLetterWord(w.lang, r) {
			return false
		}
	}
	return letters == 1
}

// finish cuts the text into its paragraphs, each with its marks in order.
func (w *writer) finish() prose {
	w.close(0)
	s := string(w.b)
	whole := doc.Text{S: s, Marks: tidied(w.marks)}
	if !composed(s) {
		// Two nodes met in the middle of a character: rare enough to give up the marks for.
		whole = doc.Text{S: norm.NFC.String(s)}
		w.cuts = nil
	}
	start := 0
	for _, cut := range append(w.cuts, len(whole.S)) {
		if t := trimmed(whole, start, cut); t.S != "" {
			w.out.texts = append(w.out.texts, t)
		}
		start = cut
	}
	return w.out
}

// trimmed returns the bytes [start, end) of t without blanks at the ends.
func trimmed(t doc.Text, start, end int) doc.Text {
	blank := func(r rune) bool { return r == ' ' || r == '\n' || r == '\u00A0' || r == '\u2009' || r == '\u202F' }
	part := t.S[start:end]
	if part != "" && start == 0 && end == len(t.S) && seen(part[0]) && seen(part[len(part)-1]) {
		return t
	}
	start = end - len(strings.TrimLeftFunc(part, blank))
	end = start + len(strings.TrimRightFunc(t.S[start:end], blank))
	if start == 0 && end == len(t.S) {
		return t
	}
	out := t.Slice(start, end)
	out.Marks = slices.DeleteFunc(out.Marks, func(m doc.Mark) bool { return m.Start >= m.End })
	return out
}

// seen reports whether c is a character of ASCII that is seen.
func seen(c byte) bool { return c > ' ' && c < 0x7F }

// order sorts marks as a Text wants them: by start, the longer first, on one range by kind.
func order(a, b doc.Mark) int {
	switch {
	case a.Start != b.Start:
		return a.Start - b.Start
	case a.End != b.End:
		return b.End - a.End
	}
	return int(a.Kind) - int(b.Kind)
}

// tidied sorts marks and joins what touches and is alike: a word that the source marks in two pieces is marked once.
func tidied(marks []doc.Mark) []doc.Mark {
	if len(marks) < 2 {
		return marks
	}
	slices.SortStableFunc(marks, order)
	out := marks[:0]
	last := map[doc.MarkKind]int{} // index of the latest mark of a kind in out
	for _, m := range marks {
		if i, ok := last[m.Kind]; ok {
			p := &out[i]
			if p.End == m.Start && p.Href == m.Href && p.Lang == m.Lang && m.Kind != doc.Quote && alone(out[i+1:], p.End) {
				p.End = m.End
				continue
			}
		}
		last[m.Kind] = len(out)
		out = append(out, m)
	}
	slices.SortStableFunc(out, order)
	if len(out) > doc.MaxMarks {
		out = out[:doc.MaxMarks]
	}
	return out
}

// alone reports whether no mark in list reaches beyond end, so that growing the one before them crosses nothing.
func alone(list []doc.Mark, end int) bool {
	for _, m := range list {
		if m.End > end {
			return false
		}
	}
	return true
}

// unspoken reports whether an inline element says nothing to a reader.
func (w *writer) unspoken(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Button, atom.Input, atom.Select, atom.Textarea, atom.Rt,
		atom.Rp, atom.Canvas, atom.Object, atom.Iframe, atom.Video, atom.Audio, atom.Progress, atom.Meter, atom.Map, atom.Head:
		return true
	}
	return hidden(n) || w.said.of(n)&saysForEars != 0
}

// invisible reports whether r takes no place on the line and means nothing: soft hyphens, zero-width spaces, stray marks of byte order.
func invisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u2060', '\uFEFF', '\uFFFC':
		return true
	}
	return r < 0xA0 || unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' || unicode.Is(unicode.Co, r)
}

// pictograph reports whether a picture's alternative text is one symbol, as those of drawn emoji are.
func pictograph(alt string) bool {
	if alt == "" || len(alt) > 32 {
		return false
	}
	for _, r := range alt {
		if r < 0x2190 {
			return false
		}
	}
	return true
}

// linkTitle returns what a link's title attribute adds to its words, or "".
func linkTitle(n *html.Node) string {
	title := cleanLine(attr(n, "title"))
	if title == "" || len(title) > 300 || strings.EqualFold(title, textOf(n)) {
		return ""
	}
	return title
}

// foreign returns the language of n if its lang attribute names another than that of the block.
func foreign(n *html.Node, block string) string {
	tag := ""
	if said := attr(n, "lang"); said != "" {
		tag = language(said)
	}
	if tag == "" {
		return turned(n, block)
	}
	if lang.Tag(tag).Is(lang.Tag(block)) {
		return ""
	}
	return tag
}

// turned returns a tag for words that an element sets from right to left in text that runs the other way, and whose language it does not name:
// that of their script alone, for the script tells the direction. It is "" for all else.
func turned(n *html.Node, around string) string {
	if dir := attr(n, "dir"); dir == "" || !strings.EqualFold(dir, "rtl") || lang.Facts(lang.Tag(around)).RTL {
		return ""
	}
	var hebrew, arabic, other int
	walk(n, func(m *html.Node) bool {
		if m.Type == html.TextNode {
			for _, r := range m.Data {
				switch {
				case unicode.Is(unicode.Hebrew, r):
					hebrew++
				case unicode.Is(unicode.Arabic, r):
					arabic++
				case unicode.IsLetter(r):
					other++
				}
				if hebrew+arabic+other > 200 {
					break
				}
			}
		}
		return hebrew+arabic+other <= 200 && !(m.Type == html.ElementNode && silent[m.DataAtom])
	})
	switch {
	case other > hebrew+arabic || hebrew+arabic == 0:
		return ""
	case hebrew > arabic:
		return "und-Hebr"
	}
	return "und-Arab"
}

// quotationMarks returns the marks that a q element is drawn with: those of the language, in French with the space inside them.
func quotationMarks(tag string, inner bool) (left, right string) {
	q := lang.Facts(lang.Tag(tag)).Quotes
	left, right = q.Open, q.Close
	if inner {
		left, right = q.InnerOpen, q.InnerClose
	}
	if left == "«" && lang.Tag(tag).Is("fr") {
		return left + "\u00A0", "\u00A0" + right
	}
	return left, right
}

// cleanLine makes one line of clean text of s: folded, in NFC, without what is not seen.
func cleanLine(s string) string {
	if n, _ := printable(s); n == len(s) && n < doc.MaxText-8 {
		return s
	}
	w := writer{}
	w.text(s)
	s = strings.Trim(string(w.b), " \u00A0")
	if !composed(s) {
		s = norm.NFC.String(s)
	}
	return s
}

// language returns the well-formed form of a language tag as pages write it (en_GB, "EN", "x-default"), or "".
func language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if i := strings.IndexAny(s, ".,; @"); i >= 0 {
		s = s[:i]
	}
	if s == "" || strings.HasPrefix(strings.ToLower(s), "x-") {
		return ""
	}
	tag, err := lang.Parse(s)
	if err != nil || !tag.IsLanguage() {
		return ""
	}
	return string(tag)
}
