package extract

// Blanks beside a tag that begins or ends a line are not shown, so a page means the same without them. The parser sees them, though: within an
// element such as b or a whose line has ended before it did, blanks are where it opens the element again. So blanks stay wherever one of these may be
// open for the parser, which is asked of the tags alone and answered with care: where they are not properly nested, all blanks stay from there on.

// A tagKind is what a tag means for the blanks beside it.
type tagKind uint8

const (
	tagInline       tagKind = iota // an element within a line, or one of which nothing is known here
	tagBox                         // the same; the parser takes it for a block where tags are badly nested
	tagFence                       // the same; what is open outside cannot be closed within it, and the rules for what is within are others
	tagLine                        // begins and ends a line, and has no end tag
	tagBlock                       // begins and ends a line
	tagTable                       // a block; what is open outside cannot be closed within it
	tagRow                         // a block of tables, ignored anywhere else
	tagCell                        // the same; what is open outside cannot be closed within it
	tagPreformatted                // a block that shows the blanks within it
	tagPage                        // html, head
	tagBody                        // what ends the head
	tagUnseen                      // what is not shown; it stands in the head, or in a line
	tagFormat                      // the first of reopened
)

// reopened are the elements that the parser opens again.
var reopened = [...]string{"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

// A tagName is what is known of a tag by its name.
type tagName struct {
	kind tagKind
	same uint32 // is one for all tags of one name, and parts all names that are no tagInline
}

// tagNameOf reads the name of a tag as it is written.
func tagNameOf(name []byte) tagName {
	var small [10]byte // as long as the longest name that matters
	if len(name) == 0 || len(name) > len(small) {
		return tagName{}
	}
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		small[i] = c
	}
	name = small[:len(name)]
	return tagName{kindOfTag(name), uint32(len(name))<<16 | uint32(name[0])<<8 | uint32(name[len(name)-1])}
}

func kindOfTag(name []byte) tagKind {
	switch string(name) {
	case "div", "p", "li", "ul", "section", "article", "h2", "h3", "header", "footer", "nav", "figure", "figcaption", "aside", "main", "h1", "h4", "h5",
		"h6", "ol", "dl", "dt", "dd", "blockquote", "address", "details", "summary", "dialog", "fieldset",
		"legend", "hgroup", "menu", "center":
		return tagBlock
	case "span", "img", "path", "svg", "input", "label", "time", "picture", "source", "iframe", "br":
		return tagInline // nothing else than for an unknown name, but sooner
	case "script", "meta", "link", "style", "base", "title", "noscript":
		return tagUnseen
	case "button", "form":
		return tagBox
	case "tr", "tbody", "thead", "tfoot":
		return tagRow
	case "td", "th", "caption":
		return tagCell
	case "table":
		return tagTable
	case "object", "applet", "marquee", "template", "select":
		return tagFence
	case "pre", "listing":
		return tagPreformatted
	case "html", "head":
		return tagPage
	case "body":
		return tagBody
	case "hr":
		return tagLine
	}
	for i := range reopened {
		if reopened[i] == string(name) {
			return tagFormat + tagKind(i)
		}
	}
	return tagInline
}

// ends reports whether a line ends at a tag of that kind, in the head of the page or behind it.
func (k tagKind) ends(head bool) bool {
	switch k {
	case tagLine, tagBlock, tagTable, tagRow, tagCell:
		return true
	case tagPage, tagBody, tagUnseen:
		return head // the first two are ignored behind it
	}
	return false
}

// A tagContext is where a scan of tags has come to.
type tagContext struct {
	begun  bool      // there was a start tag
	line   bool      // the last tag began or ended a line, and nothing but blanks has come since
	head   bool      // nothing has come that ends the head
	doubt  bool      // nobody knows what is open
	pre    int       // how many of the blocks that are open show their blanks
	tables int       // and how many of them are tables
	blocks []tagName // the blocks that are open, the innermost last, with those whose end is not written
	opened []opened  // those of reopened that are open, the innermost last
}

// opened is such an element and how many blocks were open when it began.
type opened struct {
	name  tagName
	depth int
}

// deepestEnd is how many blocks an end tag ends at most.
const deepestEnd = 16

// unseen reports whether blanks are not shown, and nothing to the parser, that stand before a start tag, or an end tag, of that name. Before a
// table they may be: the parser puts there what stands astray in the table.
func (c *tagContext) unseen(before tagName, end bool) bool {
	return len(c.opened) == 0 && c.pre == 0 && !c.doubt && (c.line || c.ends(before, end) && (end || before != tableName))
}

// ends reports whether a line ends at a tag. A tag that the parser ignores ends none.
func (c *tagContext) ends(n tagName, end bool) bool {
	switch {
	case !n.kind.ends(c.head):
		return false
	case end:
		return n.kind == tagPage || n.kind == tagUnseen || c.begunAt(n) >= 0
	case n.kind == tagRow || n.kind == tagCell:
		return c.begunAt(tableName) >= 0
	}
	return true
}

// Names whose rules are others than those of their kind.
var (
	tableName    = tagNameOf([]byte("table"))
	itemName     = tagNameOf([]byte("li"))
	listName     = tagNameOf([]byte("ul"))
	numberedName = tagNameOf([]byte("ol"))
)

// begunAt returns at which of the blocks that are open the one began that an end tag ends; -1 if there is none.
func (c *tagContext) begunAt(end tagName) int {
	for i := len(c.blocks) - 1; i >= max(len(c.blocks)-deepestEnd, 0); i-- {
		switch k := c.blocks[i].kind; {
		case c.blocks[i] == end:
			return i
		case k == tagFence, k == tagTable, k == tagCell && end.kind != tagTable && end.kind != tagRow, end == itemName && (c.blocks[i] == listName || c.blocks[i] == numberedName):
			return -1
		}
	}
	return -1
}

// start goes past a start tag.
func (c *tagContext) start(n tagName) {
	c.begun = true
	c.line = c.ends(n, false)
	switch n.kind {
	case tagPage, tagUnseen, tagLine:
		return
	case tagInline, tagBody:
	case tagBox, tagBlock:
		c.blocks = append(c.blocks, n)
	case tagRow:
		if c.line {
			c.blocks = append(c.blocks, n)
		}
	case tagTable, tagCell:
		if !c.line {
			break // a cell without a table
		}
		c.doubt = c.doubt || len(c.opened) > 0
		c.blocks = append(c.blocks, n)
		if n.kind == tagTable {
			c.tables++
		}
	case tagFence:
		c.doubt = c.doubt || len(c.opened) > 0
		c.pre++
		c.blocks = append(c.blocks, n)
	case tagPreformatted:
		c.pre++
		c.blocks = append(c.blocks, n)
	default:
		c.opened = append(c.opened, opened{n, len(c.blocks)})
	}
	c.head = false
}

// end goes past an end tag.
func (c *tagContext) end(n tagName) {
	c.line = c.ends(n, true)
	c.head = c.head && n.kind == tagUnseen
	switch n.kind {
	case tagInline, tagLine, tagUnseen, tagPage, tagBody:
	case tagBox, tagBlock, tagTable, tagRow, tagCell, tagFence, tagPreformatted:
		i := c.begunAt(n)
		if i < 0 {
			return
		}
		for j, b := range c.blocks[i:] {
			switch b.kind {
			case tagPreformatted, tagFence:
				c.pre--
				c.doubt = c.doubt || j > 0 // by the rules of the parser it may be open still
			case tagTable:
				c.tables--
			}
		}
		c.blocks = c.blocks[:i]
	default:
		i := len(c.opened) - 1
		switch {
		case i < 0: // closes nothing
		case c.opened[i] != opened{n, len(c.blocks)}:
			c.doubt = true
		default:
			c.opened = c.opened[:i]
		}
	}
}
