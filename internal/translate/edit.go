package translate

import (
	"fmt"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// spare returns the edits that leave one space between words and none at the ends or beside a forced break, but for code.
func spare(t doc.Text) []doc.Edit {
	var edits []doc.Edit
	code := func(i int) bool {
		for _, m := range t.Marks {
			if m.Kind == doc.Code && m.Start <= i && i < m.End {
				return true
			}
		}
		return false
	}
	last := byte('\n') // what was kept before i
	for i := 0; i < len(t.S); i++ {
		c := t.S[i]
		if c == ' ' || c == '\n' {
			blank := last == ' ' && c == ' ' || last == '\n'
			if blank && !code(i) {
				edits = append(edits, doc.Edit{Start: i, End: i + 1})
				continue
			}
		}
		last = c
	}
	end := len(t.S)
	for end > 0 && isBlank(t.S[end-1]) && !code(end-1) {
		end--
	}
	for len(edits) > 0 && edits[len(edits)-1].Start >= end {
		edits = edits[:len(edits)-1]
	}
	if end < len(t.S) {
		edits = append(edits, doc.Edit{Start: end, End: len(t.S)})
	}
	return edits
}

// change makes edits to the text being finished and moves its sentences and flags with it.
func (b *builder) change(t doc.Text, edits []doc.Edit) (doc.Text, error) {
	if len(edits) == 0 {
		return t, nil
	}
	out, err := t.Splice(edits...)
	if err != nil {
		return t, fmt.Errorf("setting %s: %w", b.place, err)
	}
	for i := range b.sentences {
		s := &b.sentences[i]
		s.Start, s.End = shifted(s.Start, edits, false), shifted(s.End, edits, true)
	}
	for i := range b.flags {
		f := &b.flags[i]
		f.Start, f.End = shifted(f.Start, edits, false), shifted(f.End, edits, true)
	}
	return out, nil
}

// shifted returns where byte i lies after edits, which come in any order and do not overlap. What lay within a replacement goes to
// its start, or its end if end is set.
func shifted(i int, edits []doc.Edit, end bool) int {
	out := i
	for _, e := range edits {
		switch {
		case e.End <= i && (e.Start < i || !end):
			out += len(e.New) - (e.End - e.Start)
		case e.Start < i && end:
			out += len(e.New) - (i - e.Start)
		case e.Start < i:
			out -= i - e.Start
		}
	}
	return out
}
