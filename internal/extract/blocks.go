package extract

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A block is a piece of the page that may become a block of the document, with what is needed to decide whether it does.
type block struct {
	doc.Block
	node    *html.Node // the element it was cut from; its ancestors say where it stands
	letters int        // letters and digits of its text
	linked  int        // those of them in links
	strong  int        // those of them in bold
	quote   *html.Node // the block quotation around it, or the figure of a table or listing with a caption, if any
	list    *html.Node // the list around it, if any
	cell    bool       // it stands in a table used for layout
	author  bool       // the author of the quotation beside it (cite or footer of a block quotation, caption of its figure), or a table's caption
	key     string     // text folded for comparison; see key
	phrased int8       // whether it holds a phrase of furniture: 1 yes, -1 no, 0 not asked yet
}

// A cutter cuts a page into blocks, in document order. It leaves nothing out that a reader could see as text: what is furniture is
// decided afterwards, over all blocks.
type cutter struct {
	base   string
	lang   string // of the page
	blocks []block
	shots  map[string]int // pictures seen, by address: index of their block
	mixed  map[*html.Node]bool
	few    map[*html.Node]bool // boxes of labels, as far as they were asked for
	said   sayings
	given  map[*html.Node]*html.Node // pictures of noscript elements, as far as they were asked for; nil where there is none
	room   writer                    // what the next run is written into
	nodes  []*html.Node              // the run that is gathered
	live   map[*html.Node]time.Time  // entries of a live blog
	full   bool                      // the page has more blocks than are read
}

// A place is where in the page the cutter is.
type place struct {
	kind  doc.Kind // of text found here: Paragraph, Item, NumberedItem, Quotation, Note
	depth int      // of lists, from 0
	lang  string
	quote *html.Node
	list  *html.Node
	cell  bool
	link  *html.Node // the link around it, if it holds blocks
}

// About how many elements of a page hold others, and how many classes a page has.
const (
	usualNodes   = 200
	usualClasses = 80
)

// cut cuts the page below root.
func cut(root *html.Node, base, tag string, live liveness) *cutter {
	c := cutter{base: base, lang: tag, shots: map[string]int{}, mixed: make(map[*html.Node]bool, usualNodes), few: map[*html.Node]bool{}, said: make(sayings, usualClasses), given: map[*html.Node]*html.Node{}}
	c.blocks = make([]block, 0, min(c.holdsBlocks(root)/2+8, doc.MaxBlocks)) // half of them hold text
	c.live = liveEntries(root, live)
	c.container(root, place{kind: doc.Paragraph, depth: -1, lang: tag})
	c.blocks = c.captionsBeside()
	c.initials()
	return &c
}

// captionsBeside gives pictures without a caption the text beside them that is one: captions of pages that know no figure element.
func (c *cutter) captionsBeside() []block {
	out := c.blocks[:0]
	for i := 0; i < len(c.blocks); i++ {
		b := c.blocks[i]
		if b.Kind == doc.Figure && b.Text.S == "" {
			caption, credit, n := c.captionInBox(i)
			if n == i {
				caption, credit, n = c.captionAfter(i)
			}
			if n > i {
				c.describe(&b, caption, credit)
				i = n
			}
		}
		out = append(out, b)
	}
	return out
}

// captionInBox finds the texts that stand in one small box with picture i, and nothing else with them; last is the last of them.
func (c *cutter) captionInBox(i int) (caption doc.Text, credit string, last int) {
	box := c.blocks[i].node
	for hops := 0; hops < 3 && box.Parent != nil && !is(box.Parent, atom.Body, atom.Article, atom.Main); hops++ {
		limit := longestCaption / 2
		if classHas(box.Parent, "slide", "carousel", "gallery", "figure", "image", "photo") {
			limit = longestCaption
		}
		if longer(box.Parent, limit) || c.pictureBeside(i, box.Parent) {
			break
		}
		box = box.Parent
	}
	var texts []doc.Text
	n := i + 1
	for n < len(c.blocks) && n <= i+3 && within(c.blocks[n].node, box) && (c.blocks[n].Kind == doc.Paragraph || c.blocks[n].Kind == doc.Item) && c.blocks[n].linked*2 <= c.blocks[n].letters && !callsItselfDeck(c.blocks[n].node) {
		if p := ancestor(c.blocks[i].node, atom.P); p != nil && within(c.blocks[n].node, p) && (c.blocks[n].letters > 120 || c.blocks[n].letters > 60 && readsOn(c.blocks[i].node, p)) {
			return doc.Text{}, "", i // a paragraph that a picture was put into
		}
		if c.tells(n, i, box) {
			return doc.Text{}, "", i
		}
		if !counter.MatchString(c.blocks[n].Text.S) {
			texts = append(texts, c.blocks[n].Text)
		}
		n++
	}
	if len(texts) == 0 || len(texts) > 2 || n < len(c.blocks) && within(c.blocks[n].node, box) || besidePicture(box) {
		return doc.Text{}, "", i
	}
	if len(texts) == 2 {
		credit = texts[1].Plain()
	}
	return texts[0], credit, n - 1
}

// tells reports whether text n in the box of picture i is a paragraph of the story beside it: sentences in a plain paragraph, in a box that calls
// itself nothing that has captions, with no words of the picture's own and no credit.
func (c *cutter) tells(n, i int, box *html.Node) bool {
	b := &c.blocks[n]
	if b.Kind != doc.Paragraph || b.letters < shortestTold || !is(b.node, atom.P) || !sentenceEnd(b.Text.S) || attr(b.node, "class") != "" || slanted(b.Text) {
		return false
	}
	for p := b.node.Parent; p != nil; p = p.Parent {
		if is(p, atom.Figure, atom.Figcaption, atom.Li, atom.Td) || classHas(p, captionBoxes...) {
			return false
		}
		if p == box {
			break
		}
	}
	if _, credit := parted(b.Text); credit != "" {
		return false
	}
	return !strings.HasPrefix(key(c.blocks[i].Media.Alt), b.key)
}

// shortestTold is how many letters a paragraph beside a picture has at least that is no caption.
const shortestTold = 60

// captionBoxes are names of boxes whose text is a caption.
var captionBoxes = []string{
	"figure", "image", "img", "photo", "picture", "caption", "gallery", "slide", "slider", "slideshow", "carousel", "legend", "bild", "foto", "galerie", "diaporama",
	"imagen", "immagine", "thumb", "thumbnail", "lightbox",
}

// slanted reports whether all letters of a text are in italics, as captions without a name are.
func slanted(t doc.Text) bool {
	letters := 0
	for _, m := range t.Marks {
		if m.Kind == doc.Emph {
			letters += lettersIn(t.S[m.Start:m.End])
		}
	}
	return letters > 0 && letters == lettersIn(t.S)
}

// readsOn reports whether a paragraph without a name goes on behind a picture in its own line, as plain text that ends a sentence, and one of its
// make follows: the picture was put before a paragraph's first word. A caption stands in a line or an element of its own.
func readsOn(picture, p *html.Node) bool {
	next := p.NextSibling
	for next != nil && next.Type != html.ElementNode {
		next = next.NextSibling
	}
	if len(p.Attr) > 0 || picture.Parent != p || next == nil || !is(next, atom.P) || len(next.Attr) > 0 || !sentenceEnd(strings.TrimSpace(textOf(p))) {
		return false
	}
	plain := 0 // letters outside elements
	for n := picture.NextSibling; n != nil; n = n.NextSibling {
		if is(n, atom.Br) {
			return false
		}
		if n.Type == html.TextNode {
			plain += lettersIn(n.Data)
		}
	}
	return plain > 40
}

// pictureBeside reports whether a box holds another picture than i, near it.
func (c *cutter) pictureBeside(i int, box *html.Node) bool {
	for j := max(0, i-3); j < len(c.blocks) && j <= i+4; j++ {
		if j != i && c.blocks[j].Kind == doc.Figure && within(c.blocks[j].node, box) {
			return true
		}
	}
	return false
}

// captionAfter finds the text behind picture i that calls itself a caption, or says what the picture's alternative text says.
func (c *cutter) captionAfter(i int) (caption doc.Text, credit string, last int) {
	n := i + 1
	if n >= len(c.blocks) || c.blocks[n].Kind == doc.Figure || c.blocks[n].letters == 0 || len(c.blocks[n].Text.S) > longestCaption {
		return doc.Text{}, "", i
	}
	if alt := key(c.blocks[i].Media.Alt); len(c.blocks[n].key) > 10 && strings.HasPrefix(alt, c.blocks[n].key) {
		return c.blocks[n].Text, "", n
	}
	for p, hops := c.blocks[n].node, 0; p != nil && hops < 2; p, hops = p.Parent, hops+1 {
		if captioned(p) && !longer(p, longestCaption) {
			text, credit := parted(c.blocks[n].Text)
			return text, credit, n
		}
	}
	return doc.Text{}, "", i
}

// initials puts an initial that stands in an element of its own before the paragraph that it begins.
func (c *cutter) initials() {
	out := c.blocks[:0]
	for i := 0; i < len(c.blocks); i++ {
		b := c.blocks[i]
		if b.Kind == doc.Paragraph && b.letters == 1 && len(b.Text.S) <= 8 && c.said.of(b.node)&saysInitial != 0 && i+1 < len(c.blocks) {
			next := &c.blocks[i+1]
			initial, _ := utf8.DecodeLastRuneInString(b.Text.S)
			if first, _ := utf8.DecodeRuneInString(next.Text.S); next.Kind == doc.Paragraph && unicode.IsLower(first) {
				between := ""
				if oneLetterWord(c.lang, initial) {
					between = " "
				}
				next.Text = doc.Concat(b.Text, doc.Text{S: between}, next.Text)
				next.letters, next.linked, next.strong = counted(next.Text)
				next.key = key(next.Text.S)
				continue
			}
		}
		out = append(out, b)
	}
	c.blocks = out
}

// counter is what galleries print with each picture: its number, and of how many.
var counter = regexp.MustCompile(`^\W*\d+\s*(?:of|/|von|de|sur|di|из|z|av|van)\s*\d+\W*$`)

// holdsBlocks finds the elements that hold a block-level element or a picture: these are containers, whatever their own name.
// It returns how many such elements there are, which is about the number of blocks.
func (c *cutter) holdsBlocks(root *html.Node) (blocks int) {
	walk(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode || silent[n.DataAtom] && n.DataAtom != atom.Iframe && n.DataAtom != atom.Noscript && n.DataAtom != atom.Head {
			return n.Type != html.ElementNode
		}
		if !isBlock(n.DataAtom) && !picture(n) && !cardElement(n) && !(n.DataAtom == atom.Noscript && c.noscriptPicture(n) != nil) {
			return true
		}
		blocks++
		for p := n.Parent; p != nil && !c.mixed[p]; p = p.Parent {
			c.mixed[p] = true
		}
		return true
	})
	return blocks
}

// isBlock is blockLevel, quicker for the elements that pages have most of.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.P, atom.Li, atom.Ul, atom.H2, atom.H3, atom.Section, atom.Article:
		return true
	case atom.A, atom.Span, atom.B, atom.Strong, atom.Em, atom.I, atom.Br, atom.Img, atom.Button, atom.Time, atom.Script, atom.Svg:
		return false
	}
	return blockLevel[a]
}

// container cuts what an element holds. Runs of text and inline elements between block-level ones are paragraphs of their own.
func (c *cutter) container(n *html.Node, at place) {
	run := c.nodes[:0] // no other is gathered until it is written
	flush := func() {
		if len(run) > 0 {
			c.prose(n, at, run)
			c.nodes, run = run, run[:0]
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case len(c.blocks) >= doc.MaxBlocks:
			c.full = true
			return
		case child.Type == html.TextNode:
			run = append(run, child)
		case child.Type != html.ElementNode:
		case !isBlock(child.DataAtom) && !c.mixed[child] && !picture(child) && child.DataAtom != atom.Noscript && !cardElement(child):
			run = append(run, child)
		default:
			flush()
			c.element(child, at)
		}
	}
	flush()
}

func (c *cutter) element(n *html.Node, at place) {
	said := c.said.of(n)
	if hidden(n) || said&saysUnseen != 0 || silent[n.DataAtom] && n.DataAtom != atom.Iframe && n.DataAtom != atom.Noscript && n.DataAtom != atom.Object || n.DataAtom == atom.Dialog && !hasAttr(n, "open") || c.labelled(n) {
		return
	}
	if said := attr(n, "lang"); said != "" && language(said) != "" {
		at.lang = language(said)
	} else if tag := turned(n, at.lang); tag != "" {
		at.lang = tag
	}
	if pointedTo(n) {
		at.kind = doc.Note
	}
	if said&saysChart != 0 && chart(n) {
		c.pictures(n, at) // its labels say nothing without it
		return
	}
	if when, ok := c.live[n]; ok && len(c.blocks) < doc.MaxBlocks {
		c.blocks = append(c.blocks, block{Block: doc.Block{Kind: doc.Entry, At: when}, node: n, list: at.list})
		at.kind, at.depth, at.list = doc.Paragraph, -1, nil
		if is(n, atom.Li) {
			c.container(n, at)
			return
		}
	}
	switch {
	case picture(n):
		c.figure(n, at, nil)
	case c.embed(n, at, said):
	default:
		c.named(n, at, said)
	}
}

// named cuts an element by what its name says it is.
func (c *cutter) named(n *html.Node, at place, said saying) {
	switch n.DataAtom {
	case atom.Noscript:
		if img := c.noscriptPicture(n); img != nil {
			c.figure(img, at, n)
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if c.mixed[n] && longer(n, 2*longestHeading) && find(n, func(m *html.Node) bool { return is(m, atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table) }) != nil {
			c.container(n, at) // never closed: the text is in it
			return
		}
		c.heading(n, at)
	case atom.Figure:
		c.figureElement(n, at)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		at.depth, at.list = at.depth+1, n
		at.kind = doc.Item
		if n.DataAtom == atom.Ol {
			at.kind = doc.NumberedItem
		}
		c.container(n, at)
	case atom.Li:
		c.item(n, at)
	case atom.Dl:
		at.list = n
		c.container(n, at)
	case atom.Dt, atom.Summary:
		c.term(n, at)
	case atom.Blockquote:
		at.kind, at.quote = doc.Quotation, n
		c.container(n, at)
	case atom.Pre:
		c.preformatted(n, at)
	case atom.Hr:
		c.blocks = append(c.blocks, block{Block: doc.Block{Kind: doc.Rule}, node: n, quote: at.quote, list: at.list})
	case atom.Table:
		if depth(n, atom.Table) > deepestFigure {
			c.container(n, at) // a page built of tables in tables
			return
		}
		c.table(n, at)
	case atom.Td, atom.Th:
		at.cell = true
		c.container(n, at)
	case atom.A:
		if attr(n, "href") != "" {
			at.link = n
		}
		c.container(n, at)
	default:
		if said&saysPicture != 0 && c.pictureBox(n) {
			c.figureElement(n, at)
			return
		}
		c.container(n, at)
	}
}

// item cuts one item of a list. An item of several paragraphs is a container: lists are used for whole articles, too.
func (c *cutter) item(n *html.Node, at place) {
	if note(n) {
		at.kind = doc.Note
		c.container(n, at)
		return
	}
	if at.list == nil {
		at.kind, at.depth = doc.Item, 0
	}
	if c.itemOfParagraphs(n) {
		text, p := c.lined(at.lang, children(n)...)
		if text.S != "" {
			b := block{Block: doc.Block{Kind: at.kind, Text: text, Depth: min(max(at.depth, 0), doc.MaxDepth)}, node: n, quote: at.quote, list: at.list, cell: at.cell}
			b.letters, b.linked, b.strong = p.letters, p.linked, p.strong
			c.add(b, at)
		}
		return
	}
	long := 0
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if is(child, atom.P, atom.Div, atom.Section, atom.Article) && longer(child, 60) || is(child, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Figure, atom.Table) {
			long++
		}
	}
	if long > 1 {
		at.kind, at.depth = doc.Paragraph, -1
	}
	c.container(n, at)
}

// longestItem is how many bytes an item of several paragraphs has at most.
const longestItem = 1500

// itemOfParagraphs reports whether an item is one of a list proper though it has several paragraphs: it holds nothing else, and an item beside it
// has one. Its paragraphs are lines of one item, so that the list keeps its numbers.
func (c *cutter) itemOfParagraphs(n *html.Node) bool {
	paragraphs := 0
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case is(child, atom.P) && !c.mixed[child]:
			paragraphs++
		case child.Type == html.ElementNode && (blockLevel[child.DataAtom] || c.mixed[child] || picture(child)):
			return false
		}
	}
	return paragraphs > 1 && (plainItem(n.PrevSibling, true) || plainItem(n.NextSibling, false)) && !longer(n, longestItem)
}

// plainItem reports whether the item at n, or the nearest before or after it, is of one paragraph.
func plainItem(n *html.Node, back bool) bool {
	for n != nil && n.Type != html.ElementNode {
		if back {
			n = n.PrevSibling
		} else {
			n = n.NextSibling
		}
	}
	if !is(n, atom.Li) {
		return false
	}
	blocks := 0
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && blockLevel[child.DataAtom] {
			blocks++
		}
	}
	return blocks < 2 && longer(n, 1)
}

// pointedTo reports whether an element that is no item of a list is a footnote: its identifier is a footnote's with a number.
func pointedTo(n *html.Node) bool {
	id := attr(n, "id")
	return id != "" && is(n, atom.P, atom.Div, atom.Dd) && digitAt(id, len(id)-1) && numberedNote.MatchString(id)
}

var numberedNote = regexp.MustCompile(`(?i)^_?(?:fn|ftn|footnote|cite_note|endnote|edn)[-_:]?\d{1,4}$`)

// note reports whether a list item is a footnote.
func note(n *html.Node) bool {
	id := attr(n, "id")
	return id != "" && footnote.MatchString(id)
}

var footnote = regexp.MustCompile(`(?i)^(?:fn|footnote|cite_note|endnote)[-_:]?\w*$`)

// term cuts the head of a definition or of a folded part: a paragraph in bold.
func (c *cutter) term(n *html.Node, at place) {
	from := len(c.blocks)
	c.container(n, at)
	for i := range c.blocks[from:] {
		b := &c.blocks[from+i]
		if b.Kind == doc.Paragraph && b.strong == 0 && b.Text.S != "" {
			b.Text.Marks = tidied(append(b.Text.Marks, doc.Mark{Kind: doc.Strong, End: len(b.Text.S)}))
			b.strong = b.letters
		}
	}
}

// prose makes blocks of a run of inline nodes.
func (c *cutter) prose(parent *html.Node, at place, run []*html.Node) {
	p := c.inline(at.lang, run...)
	p.wrap(c, at)
	for _, t := range p.texts {
		b := block{Block: doc.Block{Kind: at.kind, Text: t}, node: parent, quote: at.quote, list: at.list, cell: at.cell}
		if len(p.texts) == 1 {
			b.letters, b.linked, b.strong = p.letters, p.linked, p.strong
		} else {
			b.letters, b.linked, b.strong = counted(t)
		}
		if b.Kind.Nests() {
			b.Depth = min(max(at.depth, 0), doc.MaxDepth)
		}
		if at.kind == doc.Quotation {
			b.Depth = 0
			b.author = is(parent, atom.Footer, atom.Cite) || is(only(run), atom.Cite)
		}
		c.add(b, at)
	}
}

// only returns the one node of a run that is no blank; nil if there are more, or none.
func only(run []*html.Node) *html.Node {
	var one *html.Node
	for _, n := range run {
		if n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" {
			continue
		}
		if one != nil {
			return nil
		}
		one = n
	}
	return one
}

// wrap puts the link that stands around a block on the words in it.
func (p *prose) wrap(c *cutter, at place) {
	if at.link == nil {
		return
	}
	p.linked = p.letters
	href := address.Resolve(c.base, attr(at.link, "href"))
	if !doc.ValidHref(href) {
		return
	}
	for i, t := range p.texts {
		if !slices.ContainsFunc(t.Marks, func(m doc.Mark) bool { return m.Kind == doc.Link }) {
			p.texts[i].Marks = tidied(append(slices.Clone(t.Marks), doc.Mark{Kind: doc.Link, End: len(t.S), Href: href}))
		}
	}
}

// counted counts the letters of a text, those in links and those in bold.
func counted(t doc.Text) (letters, linked, strong int) {
	letters = lettersIn(t.S)
	for _, m := range t.Marks {
		switch m.Kind {
		case doc.Link:
			linked += lettersIn(t.S[m.Start:m.End])
		case doc.Strong:
			strong += lettersIn(t.S[m.Start:m.End])
		}
	}
	return letters, linked, strong
}

// add appends a block, with its language where that is not the page's.
func (c *cutter) add(b block, at place) {
	if len(c.blocks) >= doc.MaxBlocks {
		c.full = true
		return
	}
	if at.lang != "" && !lang.Tag(at.lang).Is(lang.Tag(c.lang)) {
		b.Lang = at.lang
	}
	b.key = key(b.Text.S)
	c.blocks = append(c.blocks, b)
}

// longestHeading is how many letters a heading has at most that is made of sentences.
const longestHeading = 160

func (c *cutter) heading(n *html.Node, at place) {
	if c.mixed[n] && find(n, picture) != nil {
		// A picture in a heading is a teaser's, or the head of a page: its words are still a heading.
		c.pictures(n, at)
	}
	p := c.inline(at.lang, children(n)...)
	p.wrap(c, at)
	if len(p.texts) == 0 {
		return
	}
	t := p.texts[0]
	for _, more := range p.texts[1:] {
		t = doc.Concat(t, doc.Text{S: " "}, more)
	}
	level := doc.Heading2
	switch n.DataAtom {
	case atom.H3:
		level = doc.Heading3
	case atom.H4:
		level = doc.Heading4
	case atom.H5:
		level = doc.Heading5
	case atom.H6:
		level = doc.Heading6
	}
	if p.linked > 0 && find(n, func(a *html.Node) bool { return is(a, atom.A) && !strings.HasPrefix(attr(a, "href"), "#") }) == nil && at.link == nil {
		p.linked = 0 // a link to itself, for those who want its address
	}
	if p.letters > longestHeading && sentenceEnd(t.S) {
		level = doc.Paragraph // sentences in large type
	}
	c.add(block{Block: doc.Block{Kind: level, Text: t}, node: n, letters: p.letters, linked: p.linked, strong: p.strong, quote: at.quote, list: at.list, cell: at.cell}, at)
}

// children returns the children of n.
func children(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, c)
	}
	return list
}

// preformatted cuts a pre element; one that holds prose in long lines is only a careless paragraph.
func (c *cutter) preformatted(n *html.Node, at place) {
	var s strings.Builder
	walk(n, func(at *html.Node) bool {
		switch {
		case at.Type == html.TextNode:
			s.WriteString(at.Data)
		case is(at, atom.Br):
			s.WriteByte('\n')
		}
		return !(at.Type == html.ElementNode && silent[at.DataAtom])
	})
	text := doc.CleanPre(doc.Text{S: strings.Trim(s.String(), "\r\n")})
	if strings.TrimSpace(text.S) == "" || len(text.S) > doc.MaxText {
		return
	}
	c.add(block{Block: doc.Block{Kind: doc.Pre, Text: text}, node: n, letters: lettersIn(text.S), quote: at.quote, list: at.list}, at)
}
