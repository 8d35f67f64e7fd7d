package check

import (
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// quotations counts the quotations of a text: none may be lost, none made, none left open. Words lose their speaker with a mark.
func quotations(t *text) []doc.Flag {
	source, target := quoted(t.from, t.source.S), quoted(t.to, t.target.S)
	if len(source.whole) == len(target.whole) && len(source.odd) == len(target.odd) {
		return nil
	}
	var flags []doc.Flag
	add := func(s, g span, message string) {
		flags = append(flags, t.flag("quotations", doc.Stop, s, g, message))
	}
	whole := span{0, len(t.target.S)}
	switch s, g := len(source.whole), len(target.whole); {
	case len(target.odd) > len(source.odd):
		add(span{}, target.odd[0], "this quotation is opened and not closed, or closed and not opened; the original's are whole")
	case g < s:
		add(source.whole[min(g, s-1)], whole, fmt.Sprintf("the original has %s, the translation %s", count(s), count(g)))
	case g > s:
		add(span{}, target.whole[min(s, g-1)], fmt.Sprintf("the original has %s, the translation %s", count(s), count(g)))
	default:
		add(source.odd[0], whole, "a quotation mark of the original is missing")
	}
	return flags
}

func count(n int) string {
	if n == 1 {
		return "1 quotation"
	}
	return fmt.Sprintf("%d quotations", n)
}

// quotes are the quotations of a text: those with both marks, and odd marks.
type quotes struct{ whole, odd []span }

func quoted(tag, s string) quotes {
	var q quotes
	for _, m := range doc.QuoteMarks(tag, s) {
		if m.Balanced() {
			q.whole = append(q.whole, span{m.Start, m.End})
		} else {
			q.odd = append(q.odd, span{m.Start, m.End})
		}
	}
	return q
}
