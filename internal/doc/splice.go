package doc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Edit replaces the bytes [Start, End) of a text by New. Start equal to End inserts.
type Edit struct {
	Start, End int
	New        string
}

// Splice makes all edits at once, every one counted in the bytes of t as it is, and moves the marks. It is the only function that does.
// The edits may come in any order and may touch but not overlap; insertions at one place keep their order.
//
// What a mark covers afterwards:
//   - A replacement within a mark, up to its very edges, belongs to the mark.
//   - An insertion at the edge of a mark stays outside.
//   - Where a replacement reaches over a mark's edge, what it begins or ends with unchanged keeps its place; of the rest the mark takes nothing.
//   - A mark whose words are all gone goes too; so does a Quote that has lost both its quotation marks. An Object stays, empty.
//
// Splice keeps every rule that marks must keep. The rules about S are the caller's: deleting a word between spaces leaves two (see Clean).
// It returns an error, and t as it was, if an edit lies outside t, overlaps another, cuts a character or is not UTF-8.
func (t Text) Splice(edits ...Edit) (Text, error) {
	edits, err := sorted(t.S, edits)
	if err != nil {
		return t, err
	}
	out := Text{S: apply(t.S, edits)}
	moves := moves(t.S, edits)
	for i, m := range t.Marks {
		from := m
		m.Start, m.End = moves.start(m.Start), moves.end(m.End)
		if m.Start >= m.End && m.Kind != Object {
			continue
		}
		if from.Start == from.End {
			m.Start = moves.start(from.Start)
		}
		m.End = max(m.End, m.Start)
		if m.Kind == Quote && !m.quotes(out.S) && t.Marks[i].quotes(t.S) {
			continue
		}
		out.Marks = append(out.Marks, m)
	}
	slices.SortStableFunc(out.Marks, compare)
	return out, nil
}

// sorted returns the edits in the order of the text, or what is wrong with them.
func sorted(s string, edits []Edit) ([]Edit, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	end := 0
	for _, e := range edits {
		switch {
		case e.Start < 0 || e.End > len(s) || e.Start > e.End:
			return nil, fmt.Errorf("edit of bytes %d to %d lies outside a text of %d", e.Start, e.End, len(s))
		case e.Start < end:
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps one that reaches to %d", e.Start, e.End, end)
		case !boundary(s, e.Start) || !boundary(s, e.End):
			return nil, fmt.Errorf("edit of bytes %d to %d cuts a character", e.Start, e.End)
		case !utf8.ValidString(e.New):
			return nil, fmt.Errorf("edit of bytes %d to %d puts in what is not UTF-8", e.Start, e.End)
		}
		end = e.End
	}
	return edits, nil
}

func apply(s string, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(s[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(s[at:])
	return b.String()
}

// A move is an edit as marks see it.
type move struct {
	start, end int // bytes of the old text
	at         int // where the replacement starts in the new text
	size       int // of the replacement
	head, tail int // what old and new have in common at their beginnings and ends
}

type moveList []move

func moves(s string, edits []Edit) moveList {
	list := make(moveList, len(edits))
	shift := 0
	for i, e := range edits {
		m := move{start: e.Start, end: e.End, at: e.Start + shift, size: len(e.New)}
		m.head, m.tail = common(s[e.Start:e.End], e.New)
		list[i] = m
		shift += len(e.New) - (e.End - e.Start)
	}
	return list
}

// common measures in whole characters what a and b begin and end with in common; the two do not overlap in either.
func common(a, b string) (head, tail int) {
	for head < len(a) {
		r, n := utf8.DecodeRuneInString(a[head:])
		if q, _ := utf8.DecodeRuneInString(b[head:]); r != q || head >= len(b) {
			break
		}
		head += n
	}
	for tail < len(a)-head {
		r, n := utf8.DecodeLastRuneInString(a[head : len(a)-tail])
		if q, _ := utf8.DecodeLastRuneInString(b[head : len(b)-tail]); r != q || tail >= len(b)-head {
			break
		}
		tail += n
	}
	return head, tail
}

// start is where a mark that started at p starts now: behind what was put in at p, and behind a replacement that swallowed p.
func (l moveList) start(p int) int {
	q := p
	for _, m := range l {
		switch {
		case p >= m.end:
			q = m.at + m.size + p - m.end
		case p <= m.start:
			return q
		case m.end-p <= m.tail || p-m.start > m.head:
			return m.at + m.size - min(m.tail, m.end-p)
		default:
			return m.at + p - m.start
		}
	}
	return q
}

// end is where a mark that ended at p ends now: before what was put in at p, and before a replacement that swallowed p.
func (l moveList) end(p int) int {
	q := p
	for _, m := range l {
		switch {
		case p <= m.start:
			return q
		case p >= m.end:
			q = m.at + m.size + p - m.end
		case m.end-p <= m.tail && p-m.start > m.head:
			return m.at + m.size - (m.end - p)
		default:
			return m.at + min(m.head, p-m.start)
		}
	}
	return q
}
