package translate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// nest makes the marks of t, which answer those of source one by one, keep what every text promises: none empty, none crossing, no
// link in a link, quotations with a quotation mark. Within a sentence they do already; what is left are marks over several
// sentences and sentences too short for all their marks. No mark is ever dropped: one that finds no room gets its source words,
// at the end of the text.
func nest(t, source doc.Text) doc.Text {
	for i := range t.Marks {
		m := &t.Marks[i]
		if m.Kind != doc.Object || m.Start < m.End {
			m.Start, m.End = drawn(t.S, m.Start, m.End)
		}
		if m.Start == m.End && m.Kind != doc.Object {
			t = homeless(t, i, source)
		}
	}
	room := 4 * len(t.Marks) * len(t.Marks) // far more steps than it takes
	for i, j := conflict(t); i >= 0; i, j = conflict(t) {
		if room--; room < 0 || !resolve(&t, i, j) {
			t = homeless(t, j, source)
		}
	}
	t = requote(t)
	slices.SortStableFunc(t.Marks, order)
	return t
}

// order is the order of marks in a text.
func order(a, b doc.Mark) int {
	switch {
	case a.Start != b.Start:
		return a.Start - b.Start
	case a.End != b.End:
		return b.End - a.End
	}
	return int(a.Kind) - int(b.Kind)
}

// drawn draws a range in to what is not white space.
func drawn(s string, start, end int) (int, int) {
	words := s[start:end]
	start += len(words) - len(strings.TrimLeft(words, " \n"))
	return start, start + len(strings.Trim(words, " \n"))
}

// homeless puts the words that mark i had in the source at the end of t, and the mark over them.
func homeless(t doc.Text, i int, source doc.Text) doc.Text {
	m := source.Marks[i]
	words := strings.Join(strings.Fields(source.S[m.Start:m.End]), " ")
	if words == "" {
		words = "*" // a mark over a space
	}
	if t.S != "" {
		t.S += " "
	}
	t.Marks[i].Start = len(t.S)
	t.S += words
	t.Marks[i].End = len(t.S)
	return t
}

// conflict returns two marks that may not lie as they do, the one that starts first, or -1. Those with quotations come first, then those
// with links: what they take from other marks is not given back.
func conflict(t doc.Text) (first, second int) {
	first, second = -1, -1
	least := 3
	for i, a := range t.Marks {
		for j, b := range t.Marks {
			if i == j || a.Start == a.End || b.Start == b.End || a.Start > b.Start || b.Start >= a.End {
				continue
			}
			if a.Start == b.Start && (a.End < b.End || a.End == b.End && i > j) {
				continue // seen the other way round
			}
			if b.End <= a.End && (a.Kind != doc.Link || b.Kind != doc.Link) {
				continue
			}
			rank := 2
			switch {
			case a.Kind == doc.Quote || b.Kind == doc.Quote:
				rank = 0
			case a.Kind == doc.Link || b.Kind == doc.Link:
				rank = 1
			}
			if rank < least {
				least, first, second = rank, i, j
			}
		}
	}
	return first, second
}

// resolve makes marks i and j, which starts in i, nest or lie apart. It reports whether there was room.
func resolve(t *doc.Text, i, j int) bool {
	a, b := &t.Marks[i], &t.Marks[j]
	links := a.Kind == doc.Link && b.Kind == doc.Link
	switch {
	case b.End <= a.End: // a link in a link
		return part(t.S, a, b)
	case links:
		return cut(t.S, b, a.End, b.End) || cut(t.S, a, a.Start, b.Start)
	case a.Kind == doc.Quote && b.Kind != doc.Quote:
		return larger(t.S, b, a.End)
	case b.Kind == doc.Quote && a.Kind != doc.Quote:
		return larger(t.S, a, b.Start)
	case a.Kind == doc.Link:
		return larger(t.S, b, a.End)
	case a.Kind != doc.Quote && closed(*t, a.Start, b.End):
		return larger(t.S, b, a.End)
	}
	a.End = b.End
	return true
}

// closed reports whether a mark over the bytes [start, end) would cross a quotation or a link.
func closed(t doc.Text, start, end int) bool {
	return slices.ContainsFunc(t.Marks, func(m doc.Mark) bool {
		return (m.Kind == doc.Quote || m.Kind == doc.Link) &&
			(start < m.Start && m.Start < end && end < m.End || m.Start < start && start < m.End && m.End < end)
	})
}

// cut gives m the range [start, end) drawn in to words, if any are in it.
func cut(s string, m *doc.Mark, start, end int) bool {
	if start, end = drawn(s, start, end); start >= end {
		return false
	}
	m.Start, m.End = start, end
	return true
}

// larger leaves m the longer of its parts before and after byte at.
func larger(s string, m *doc.Mark, at int) bool {
	if at-m.Start >= m.End-at {
		return cut(s, m, m.Start, at) || cut(s, m, at, m.End)
	}
	return cut(s, m, at, m.End) || cut(s, m, m.Start, at)
}

// part takes the link b out of the link a that holds it.
func part(s string, a, b *doc.Mark) bool {
	if b.Start-a.Start >= a.End-b.End {
		if cut(s, a, a.Start, b.Start) || cut(s, a, b.End, a.End) {
			return true
		}
	} else if cut(s, a, b.End, a.End) || cut(s, a, a.Start, b.Start) {
		return true
	}
	if sp := strings.IndexAny(s[a.Start:a.End], " \n"); sp > 0 { // both over the same words
		end := a.End
		a.End = a.Start + sp
		return cut(s, b, a.Start+sp, end)
	}
	return false
}

// requote gives quotation marks to the quotations that cover none.
func requote(t doc.Text) doc.Text {
	for i := range t.Marks {
		m := t.Marks[i]
		if m.Kind != doc.Quote {
			continue
		}
		words := t.S[m.Start:m.End]
		first, _ := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		if doc.IsQuotationMark(first) || doc.IsQuotationMark(last) || strings.TrimSpace(words) == strings.TrimSpace(t.S) {
			continue
		}
		t.S = t.S[:m.Start] + `"` + words + `"` + t.S[m.End:]
		for k := range t.Marks {
			n := &t.Marks[k]
			inside := k != i && m.Start <= n.Start && n.End <= m.End && !(n.Start == m.Start && n.End == m.End && n.Kind <= m.Kind)
			switch {
			case k == i:
				n.End += 2
			case inside:
				n.Start, n.End = n.Start+1, n.End+1
			default:
				if n.Start >= m.End {
					n.Start++
				}
				if n.Start > m.Start {
					n.Start++
				}
				if n.End > m.Start {
					n.End++
				}
				if n.End > m.End {
					n.End++
				}
			}
		}
	}
	return t
}
