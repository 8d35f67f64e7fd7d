package extract

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// longCell is the length in letters of a cell that no table of figures has: a table with one is used for layout.
const longCell = 600

// table cuts a table: one of figures becomes a Table block, one used for layout is a container like any other.
func (c *cutter) table(n *html.Node, at place) {
	rows, caption, pictures := c.rows(n, at)
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
	for _, p := range pictures {
		c.figure(p, at, nil)
	}
}

// rows returns the cells of a table of figures, its caption and the pictures of some size in it, or nil for a table used for layout: one with a
// single column or row, with another table or long text in a cell, with headings or forms, with pictures and no more than one text in each row.
func (c *cutter) rows(table *html.Node, at place) (rows [][]doc.Text, caption *html.Node, pictures []*html.Node) {
	layout, columns, empty, pairs := false, 0, true, false
	var spans []int // of the cells above that reach into the row: how many rows more, by column
	walk(table, func(n *html.Node) bool {
		switch {
		case layout || n == table:
		case is(n, atom.Table, atom.Form, atom.H1, atom.H2, atom.H3, atom.Figure, atom.Iframe, atom.Article, atom.Section, atom.Blockquote):
			layout = true
		case is(n, atom.Caption):
			caption = n
			return false
		case is(n, atom.Tr):
			var row []doc.Text
			row, spans = c.row(n, at, spans)
			texts := 0
			for _, cell := range row {
				if cell.S != "" {
					texts++
				}
				layout = layout || len(cell.S) > longCell
				empty = empty && cell.S == ""
			}
			pairs = pairs || texts > 1
			walk(n, func(m *html.Node) bool {
				if m.Type == html.ElementNode && len(pictures) < doc.MaxRows && picture(m) {
					pictures = append(pictures, m)
					return false
				}
				return true
			})
			if len(row) > 0 && len(rows) < doc.MaxRows {
				rows = append(rows, row)
				columns = max(columns, len(row))
			}
			layout = layout || find(n, func(n *html.Node) bool { return is(n, atom.Table) }) != nil
			return false
		}
		return !layout
	})
	if layout || columns < 2 || len(rows) < 2 || empty || attr(table, "role") == "presentation" || len(pictures) > 0 && !pairs {
		return nil, nil, nil
	}
	// Flags and marks are part of the row's words; only what says that it is large stands for itself.
	pictures = slices.DeleteFunc(pictures, func(n *html.Node) bool { return number(attr(n, "width")) < smallest })
	return rows, caption, pictures
}

// widest is how many columns a spanning cell reaches at most.
const widest = 64

// row returns the cells of a row, and how many rows more the cells of each column reach down. A cell that spans columns is followed by empty ones,
// and one that spans rows has empty ones below it, so that columns stay in line.
func (c *cutter) row(tr *html.Node, at place, above []int) (cells []doc.Text, below []int) {
	below = make([]int, len(above))
	for i, rows := range above {
		below[i] = max(rows-1, 0)
	}
	reach := func(column, rows int) {
		for len(below) <= column {
			below = append(below, 0)
		}
		below[column] = rows
	}
	covered := func() {
		for len(cells) < len(above) && above[len(cells)] > 0 && len(cells) < doc.MaxCells {
			cells = append(cells, doc.Text{})
		}
	}
	for n := tr.FirstChild; n != nil; n = n.NextSibling {
		if !is(n, atom.Td, atom.Th) || hidden(n) {
			continue
		}
		covered()
		if len(cells) >= doc.MaxCells {
			break
		}
		cell, _ := c.lined(at.lang, children(n)...)
		down := min(number(attr(n, "rowspan"))-1, doc.MaxRows)
		if len(cells) < widest && down > 0 {
			reach(len(cells), down)
		}
		cells = append(cells, cell)
		for span := number(attr(n, "colspan")); span > 1 && len(cells) < min(doc.MaxCells, widest); span-- {
			if down > 0 {
				reach(len(cells), down)
			}
			cells = append(cells, doc.Text{})
		}
		if len(cells) >= doc.MaxCells {
			break
		}
	}
	if len(cells) > 0 {
		covered()
	}
	return cells, below
}

// number reads the leading digits of an attribute, as browsers do; 0 where there are none.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && '0' <= s[i] && s[i] <= '9' && n < 1_000_000; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
