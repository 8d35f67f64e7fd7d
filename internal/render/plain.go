package render

import (
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Plain prints the body of a document as text: blocks are separated by an empty line, the cells of a table by " | ", its rows by line ends.
// Pictures, embeds and rules leave nothing but their captions.
func Plain(d doc.Document) string {
	var parts []string
	for _, b := range d.Blocks {
		s := b.Text.S
		if b.Kind == doc.Table {
			s = table(b)
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

func table(b doc.Block) string {
	rows := make([]string, len(b.Rows))
	for i, row := range b.Rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			cells[j] = cell.Plain()
		}
		rows[i] = strings.Join(cells, " | ")
	}
	return strings.Join(rows, "\n")
}

// Excerpt returns the beginning of the body's prose, at most n characters (code points), cut at a space and ended with an ellipsis where it is cut.
func Excerpt(d doc.Document, n int) string {
	for _, b := range d.Blocks {
		if b.Kind != doc.Paragraph || b.Text.S == "" {
			continue
		}
		return Cut(b.Text.Plain(), n)
	}
	return ""
}

// Cut returns s, or its beginning of at most n characters (code points) with the ellipsis that says so, cut at a space where it has one.
func Cut(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	const spaces = " \u00a0\u202f"
	cut := string(runes[:n-1])
	if i := strings.LastIndexAny(cut, spaces); i > 0 && !strings.ContainsRune(spaces, runes[n-1]) {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, spaces+",;:–—-(«“‘") + "…"
}
