package translate

import (
	"testing"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Marks that were laid across one another are put in order whatever they are; a quotation never gives way, and what it took from
// another mark is not given back.
func TestNest(t *testing.T) {
	mark := func(kind doc.MarkKind, start, end, ref int) doc.Mark {
		m := doc.Mark{Kind: kind, Start: start, End: end, Ref: ref}
		if kind == doc.Link {
			m.Href = "https://outlet.example/a"
		}
		return m
	}
	for _, c := range []struct {
		name, s string
		marks   []doc.Mark
	}{
		{"two marks and a quotation, each across the next", `one two "three four" five`, []doc.Mark{
			mark(doc.Strong, 0, 13, 1), mark(doc.Emph, 4, 18, 2), mark(doc.Quote, 8, 20, 0),
		}},
		{"a mark that a quotation cuts and another would have grow", `one two "three four" five`, []doc.Mark{
			mark(doc.Strong, 0, 18, 1), mark(doc.Link, 0, 18, 2), mark(doc.Object, 4, 18, 3), mark(doc.Quote, 8, 20, 0),
		}},
		{"two quotations across each other", `"one "two" three" four`, []doc.Mark{
			mark(doc.Quote, 0, 10, 0), mark(doc.Quote, 5, 17, 0), mark(doc.Strong, 1, 15, 1),
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := doc.Text{S: c.s, Marks: c.marks}
			out := nest(doc.Text{S: c.s, Marks: append([]doc.Mark(nil), c.marks...)}, in)
			if err := out.Check(); err != nil {
				t.Errorf("%v: %q %+v", err, out.S, out.Marks)
			}
			if len(out.Marks) != len(c.marks) {
				t.Errorf("%d marks became %+v", len(c.marks), out.Marks)
			}
			if out.S != c.s {
				t.Errorf("the words changed: %q", out.S)
			}
		})
	}
}
