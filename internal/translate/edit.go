package translate

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/typography"
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

// compose returns the edits that put t in normal form C, where something was put before a mark that combines with it.
func compose(t doc.Text) []doc.Edit {
	if norm.NFC.IsNormalString(t.S) {
		return nil
	}
	var edits []doc.Edit
	var it norm.Iter
	it.InitString(norm.NFC, t.S)
	for start := 0; !it.Done(); start = it.Pos() {
		if s := string(it.Next()); s != t.S[start:it.Pos()] {
			edits = append(edits, doc.Edit{Start: start, End: it.Pos(), New: s})
		}
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
	for i := range b.kept {
		k := &b.kept[i]
		k.start, k.end = shifted(k.start, edits, false), shifted(k.end, edits, true)
	}
	for i := range b.flags {
		f := &b.flags[i]
		f.Start, f.End = shifted(f.Start, edits, false), shifted(f.End, edits, true)
	}
	return out, nil
}

// typeset returns the edits that set t by the usage of its language.
func (b *builder) typeset(t doc.Text) []doc.Edit {
	var keep []typography.Range
	for _, k := range b.kept {
		k.start, k.end = min(k.start, len(t.S)), min(k.end, len(t.S))
		if k.start < k.end && boundary(t.S, k.start) && boundary(t.S, k.end) {
			keep = append(keep, typography.Range{Start: k.start, End: k.end})
		}
	}
	slices.SortFunc(keep, func(a, b typography.Range) int { return a.Start - b.Start })
	source := typography.Source{Lang: lang.Tag(b.From), Text: b.source.S}
	var out []doc.Edit
	for _, e := range typography.Set(lang.Tag(b.To), t.S, source, keep) {
		out = append(out, doc.Edit(e))
	}
	return out
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// unquote draws quotations in to their quotation marks where typography has put a comma or a full stop outside.
func unquote(t doc.Text) doc.Text {
	for i := range t.Marks {
		m := &t.Marks[i]
		if m.Kind != doc.Quote {
			continue
		}
		words := t.S[m.Start:m.End]
		tail := strings.TrimRight(words, ".,;:!?…")
		last, _ := utf8.DecodeLastRuneInString(tail)
		first, fw := utf8.DecodeRuneInString(words)
		if len(tail) < len(words) && len(tail) > fw && doc.IsQuotationMark(last) && doc.IsQuotationMark(first) {
			was := m.End
			m.End = m.Start + len(tail)
			for k := range t.Marks { // what lay in it to its end ends with its words
				if n := &t.Marks[k]; m.Start <= n.Start && n.Start < m.End && m.End < n.End && n.End <= was {
					n.End = m.End
				}
			}
		}
	}
	slices.SortStableFunc(t.Marks, order)
	return t
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
