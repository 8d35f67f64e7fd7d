package doc

import (
	"slices"
	"strings"
	"unicode"
)

// maxSpeech is how many paragraphs without any quotation mark a speech may go on over.
const maxSpeech = 5

// MarkQuotations returns d with a Quote mark on everything that stands between quotation marks, the marks included. A text that has
// Quote marks of its own keeps them as they are; preformatted text and code have none.
//
// A quotation that goes on over paragraphs gets a mark in each of them, if the next paragraphs bear it out: they open anew, or one
// of them closes. An opening mark that nothing bears out is a slip of the pen and marks nothing. In a piece of HTML a quotation that
// begins or ends within an element and not in it whole gets none.
func (d Document) MarkQuotations() Document {
	speech := d.speeches()
	return d.Map(func(p Place, t Text) Text {
		if p.Kind == Pre || p.Part == Alt || p.Part == LinkTitle || slices.ContainsFunc(t.Marks, func(m Mark) bool { return m.Kind == Quote }) {
			return t
		}
		code := t.codes()
		var marks []Mark
		for _, q := range QuoteMarks(p.Lang, t.S) {
			if q.Balanced() && !code.holds(q.Start) && !code.holds(q.End-1) {
				marks = append(marks, Mark{Kind: Quote, Start: q.Start, End: q.End})
			}
		}
		if p.Part == Body && p.Block >= 0 {
			if part, ok := speech[p.Block]; ok {
				marks = append(marks, Mark{Kind: Quote, Start: part.Start, End: part.End})
			}
		}
		marks = slices.DeleteFunc(marks, t.CutsElement)
		if len(marks) == 0 {
			return t
		}
		t.Marks = append(slices.Clone(t.Marks), marks...)
		slices.SortStableFunc(t.Marks, compare)
		t.Marks = nested(t)
		return t
	})
}

// CutsElement reports whether m crosses an element of a piece of HTML, which would become two: such a quotation stays unmarked.
func (t Text) CutsElement(m Mark) bool {
	return slices.ContainsFunc(t.Marks, func(e Mark) bool {
		if e.Ref == 0 {
			return false
		}
		o, _ := crossing([]Mark{e}, m)
		return o != nil
	})
}

// speeches gives for each block the part of it that belongs to a quotation which goes on over paragraphs.
func (d Document) speeches() map[int]Quoted {
	parts := make(map[int]Quoted)
	for i := range d.Blocks {
		q, ok := d.goesOn(i)
		if !ok {
			continue
		}
		var between []int
		for j := i + 1; j < len(d.Blocks) && len(between) <= maxSpeech; j++ {
			b := d.Blocks[j]
			if b.Kind == Figure || b.Kind == Embed {
				continue // a picture set between two paragraphs
			}
			if b.Kind != Paragraph && b.Kind != Quotation {
				break
			}
			found := QuoteMarks(d.langOf(b), b.Text.S)
			if len(found) == 0 {
				between = append(between, j)
				continue
			}
			opens := found[0].Open > 0 && strings.TrimFunc(b.Text.S[:found[0].Start], unicode.IsSpace) == ""
			if found[0].Open > 0 && !opens {
				break
			}
			parts[i] = q
			for _, k := range between {
				parts[k] = Quoted{End: len(d.Blocks[k].Text.S)}
			}
			if !opens {
				parts[j] = found[0]
			}
			break
		}
	}
	return parts
}

// goesOn returns the quotation of block i that has no closing mark.
func (d Document) goesOn(i int) (Quoted, bool) {
	b := d.Blocks[i]
	if b.Kind != Paragraph && b.Kind != Quotation {
		return Quoted{}, false
	}
	for _, q := range QuoteMarks(d.langOf(b), b.Text.S) {
		if q.Close == 0 && q.End == len(b.Text.S) {
			return q, true
		}
	}
	return Quoted{}, false
}

func (d Document) langOf(b Block) string {
	if b.Lang != "" {
		return b.Lang
	}
	return d.Lang
}
