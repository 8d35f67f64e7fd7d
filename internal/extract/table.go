package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// longCell is the length in letters of a cell that no table of figures has: a table with one is used for layout.
const longCell = 600

// table cuts a table: one of figures becomes a Table block, one used for layout is a container like any other.
func (c *cutter) table(n *html.Node, at place) {
	rows, caption := c.rows(n, at)
	if rows == nil {
		c.container(n, at)
		return
	}
	if caption != nil {
		c.container(caption, at)
	}
	b := block{Block: doc.Block{Kind: doc.Table, Rows: rows}, node: n, quote: at.quote, list: at.list, cell: at.cell}
	for _, row := range rows {
		for _, cell := range row {
			letters, linked, strong := counted(cell)
			b.letters, b.linked, b.strong = b.letters+letters, b.linked+linked, b.strong+strong
		}
	}
	c.add(b, at)
}

// rows returns the cells of a table of figures and its caption, or nil for a table used for layout: one with a single column or
// row, with another table or long text in a cell, with headings, pictures or forms.
func (c *cutter) rows(table *html.Node, at place) (rows [][]doc.Text, caption *html.Node) {
	layout, columns, empty := false, 0, true
	walk(table, func(n *html.Node) bool {
		switch {
		case layout || n == table:
		case is(n, atom.Table, atom.Form, atom.H1, atom.H2, atom.H3, atom.Figure, atom.Iframe, atom.Article, atom.Section, atom.Blockquote):
			layout = true
		case is(n, atom.Caption):
			caption = n
			return false
		case is(n, atom.Tr):
			row := c.row(n, at)
			for _, cell := range row {
				layout = layout || len(cell.S) > longCell
				empty = empty && cell.S == ""
			}
			if len(row) > 0 && len(rows) < doc.MaxRows {
				rows = append(rows, row)
				columns = max(columns, len(row))
			}
			layout = layout || find(n, func(n *html.Node) bool { return is(n, atom.Table) }) != nil
			return false
		}
		return !layout
	})
	if layout || columns < 2 || len(rows) < 2 || empty || attr(table, "role") == "presentation" {
		return nil, nil
	}
	return rows, caption
}

// row returns the cells of a row. A cell that spans columns is followed by empty ones, so that columns stay in line.
func (c *cutter) row(tr *html.Node, at place) []doc.Text {
	var cells []doc.Text
	for n := tr.FirstChild; n != nil; n = n.NextSibling {
		if !is(n, atom.Td, atom.Th) || hidden(n) {
			continue
		}
		p := inline(c.base, at.lang, children(n)...)
		var cell doc.Text
		for i, t := range p.texts {
			if i > 0 {
				cell = doc.Concat(cell, doc.Text{S: "\n"})
			}
			cell = doc.Concat(cell, t)
		}
		cells = append(cells, cell)
		for span := number(attr(n, "colspan")); span > 1 && len(cells) < min(doc.MaxCells, 64); span-- {
			cells = append(cells, doc.Text{})
		}
		if len(cells) >= doc.MaxCells {
			break
		}
	}
	return cells
}

// number reads the leading digits of an attribute, as browsers do; 0 where there are none.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && '0' <= s[i] && s[i] <= '9' && n < 1_000_000; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
