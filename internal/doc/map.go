package doc

import (
	"fmt"
	"iter"
	"slices"
)

// A Part says which text of a block, or of the head, a Place is.
type Part int

const (
	Body      Part = iota + 1 // the title, the deck, a block's own text, a figure's caption
	Alt                       // what the picture of a figure shows; it has no marks
	LinkTitle                 // the title of a link in the text at the same place; it has no marks
	Cell                      // of a table
)

// A Place is the address of a text in a document.
type Place struct {
	Block    int // index into Blocks; DeckBlock or TitleBlock
	Part     Part
	Row, Col int    // of a Cell, or of the Cell whose link has the LinkTitle; else 0
	Mark     int    // LinkTitle only: the index of the link among its text's marks
	Kind     Kind   // of the block; 0 for the title and the deck
	Lang     string // the block's, or the document's where the block names none
}

// String names p in a message: "title", "block 3", "block 4, row 0, cell 2".
func (p Place) String() string {
	s := fmt.Sprintf("block %d", p.Block)
	switch p.Block {
	case TitleBlock:
		s = "title"
	case DeckBlock:
		s = "deck"
	}
	if p.Kind == Table {
		s += fmt.Sprintf(", row %d, cell %d", p.Row, p.Col)
	}
	switch p.Part {
	case Alt:
		s += ", alt"
	case LinkTitle:
		s += fmt.Sprintf(", title of link %d", p.Mark)
	}
	return s
}

// Texts yields every text of d that is not empty, in reading order: title, deck, and block by block the text, the picture's alt
// or the cells. The titles of links come before the text that holds them. Bylines and credits are names and no texts.
func (d Document) Texts() iter.Seq2[Place, Text] {
	return func(yield func(Place, Text) bool) {
		w := walk{yield: yield}
		w.document(&d)
	}
}

// Map returns d with every text replaced by what f makes of it; f sees the places and texts of Texts, in that order, and the
// titles of links are already replaced in the marks of the text that follows them. What f returns for an Alt or a LinkTitle loses its marks.
// d stays as it was.
func (d Document) Map(f func(Place, Text) Text) Document {
	w := walk{change: f}
	d.Byline = slices.Clone(d.Byline)
	w.document(&d)
	return d
}

// A walk visits a document. It changes only what it has copied, and copies only if it is to change.
type walk struct {
	yield  func(Place, Text) bool
	change func(Place, Text) Text
	done   bool
}

func (w *walk) document(d *Document) {
	d.Title = w.text(Place{Block: TitleBlock, Part: Body, Lang: d.Lang}, d.Title)
	d.Deck = w.text(Place{Block: DeckBlock, Part: Body, Lang: d.Lang}, d.Deck)
	if w.change != nil {
		d.Blocks = slices.Clone(d.Blocks)
	}
	for i := range d.Blocks {
		if w.done {
			return
		}
		b := d.Blocks[i]
		p := Place{Block: i, Part: Body, Kind: b.Kind, Lang: b.Lang}
		if p.Lang == "" {
			p.Lang = d.Lang
		}
		b = w.block(p, b)
		if w.change != nil {
			d.Blocks[i] = b
		}
	}
}

func (w *walk) block(p Place, b Block) Block {
	b.Text = w.text(p, b.Text)
	if b.Media != nil {
		p.Part = Alt
		media := *b.Media
		media.Alt = w.line(p, media.Alt)
		b.Media = &media
	}
	if len(b.Rows) == 0 {
		return b
	}
	rows := make([][]Text, len(b.Rows))
	p.Part = Cell
	for i, row := range b.Rows {
		rows[i] = slices.Clone(row)
		for j := range row {
			p.Row, p.Col = i, j
			rows[i][j] = w.text(p, row[j])
		}
	}
	b.Rows = rows
	return b
}

func (w *walk) text(p Place, t Text) Text {
	t.Marks = w.titles(p, t.Marks)
	if t.Empty() {
		return t
	}
	return w.visit(p, t)
}

func (w *walk) titles(p Place, marks []Mark) []Mark {
	p.Part = LinkTitle
	copied := false
	for i, m := range marks {
		if m.Title == "" {
			continue
		}
		p.Mark = i
		title := w.line(p, m.Title)
		if w.change != nil && title != m.Title {
			if !copied {
				marks, copied = slices.Clone(marks), true
			}
			marks[i].Title = title
		}
	}
	return marks
}

func (w *walk) line(p Place, s string) string {
	if s == "" {
		return ""
	}
	return w.visit(p, Text{S: s}).S
}

func (w *walk) visit(p Place, t Text) Text {
	if w.change != nil {
		return w.change(p, t)
	}
	w.done = w.done || !w.yield(p, t)
	return t
}
