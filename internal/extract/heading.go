package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// longestBold is how many characters a paragraph in bold may have to be a heading.
const longestBold = 90

// boldHeadings makes headings of short paragraphs that are all in bold and stand before a paragraph that is not: many outlets write their
// sub-headings so. The bold stays, as the page has it. A question is none, for interviews set their questions in bold.
func boldHeadings(blocks []doc.Block) {
	level := doc.Heading2
	for _, b := range blocks {
		if b.Kind.Heading() {
			level = b.Kind
			break
		}
	}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != doc.Paragraph || i+1 >= len(blocks) || !allBold(b.Text) || utf8.RuneCountInString(b.Text.S) > longestBold {
			continue
		}
		next := &blocks[i+1]
		if next.Kind != doc.Paragraph && next.Kind != doc.Item && next.Kind != doc.NumberedItem && next.Kind != doc.Figure || allBold(next.Text) && next.Kind == doc.Paragraph {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(b.Text.S, "”\"»’ "))
		if strings.ContainsRune(".?:,;…？。", last) || strings.Contains(b.Text.S, "\n") {
			continue
		}
		b.Kind = level
	}
}

// allBold reports whether all letters of a text are in bold.
func allBold(t doc.Text) bool {
	letters, strong := lettersIn(t.S), 0
	for _, m := range t.Marks {
		if m.Kind == doc.Strong {
			strong += lettersIn(t.S[m.Start:m.End])
		}
	}
	return letters > 0 && strong == letters
}
