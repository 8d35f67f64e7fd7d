package typography

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A cell is a piece of the text being set: a character as it came, or what has taken the place of [start, end).
type cell struct {
	start, end int // bytes of the text as it came; equal for what was put in
	s          string
	keep       int // 0, or the number of the kept range it belongs to
}

// A page is a text on its way from what it was to how it is set. Rules read s and propose edits of it; the page keeps account of
// where each piece comes from, so that what comes out are edits of the text as it came.
type page struct {
	tag    lang.Tag
	loc    *locale
	facts  lang.Language
	source Source
	text   string // as it came
	cells  []cell

	s       string // as it is now: the cells joined
	offsets []int  // where each cell starts in s, and len(s)
	kept    []Range
	pending []Edit
	quoted  []lang.Quoted // of s, when a rule has asked
}

func newPage(tag lang.Tag, text string, source Source, keep []Range) *page {
	p := &page{tag: tag, loc: localeOf(tag), facts: lang.Facts(tag), source: source, text: text}
	p.cells = make([]cell, 0, len(text))
	for i, r := range text {
		n := utf8.RuneLen(r)
		c := cell{start: i, end: i + n, s: text[i : i+n]}
		for k, r := range keep {
			if r.Start <= i && i < r.End {
				c.keep = k + 1
			}
		}
		p.cells = append(p.cells, c)
	}
	p.join()
	return p
}

// join computes s and what hangs on it.
func (p *page) join() {
	var b strings.Builder
	p.offsets = p.offsets[:0]
	for _, c := range p.cells {
		p.offsets = append(p.offsets, b.Len())
		b.WriteString(c.s)
	}
	p.offsets = append(p.offsets, b.Len())
	p.s, p.quoted = b.String(), nil
	p.kept = p.kept[:0]
	for i, c := range p.cells {
		if c.keep == 0 {
			continue
		}
		if n := len(p.kept); n > 0 && i > 0 && p.cells[i-1].keep == c.keep && p.kept[n-1].End == p.offsets[i] {
			p.kept[n-1].End = p.offsets[i+1]
		} else {
			p.kept = append(p.kept, Range{p.offsets[i], p.offsets[i+1]})
		}
	}
	p.kept = merge(append(p.kept, protected(p.s)...))
}

func merge(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return a.Start - b.Start })
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && r.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// settle lets the rules work until nothing changes; it reports whether they came to rest. Rules named in leave do not work.
func (p *page) settle(rules []rule, leave string) bool {
	for range rounds {
		before := p.s
		for _, r := range rules {
			if !strings.Contains(leave, r.name) {
				r.apply(p)
				p.commit()
			}
		}
		if p.s == before {
			return true
		}
	}
	return false
}

// edit proposes to replace the bytes [start, end) of s. A proposal that changes nothing, touches what is kept, or overlaps one made
// before it by the same rule is not taken.
func (p *page) edit(start, end int, s string) {
	if p.s[start:end] == s || !p.free(start, end) {
		return
	}
	if n := len(p.pending); n > 0 && start < p.pending[n-1].End {
		return
	}
	p.pending = append(p.pending, Edit{start, end, s})
}

// free reports whether [start, end) may be replaced: it touches nothing kept, and an insertion lies not within it.
func (p *page) free(start, end int) bool {
	i, _ := slices.BinarySearchFunc(p.kept, start, func(r Range, at int) int {
		if r.End <= at {
			return -1
		}
		return 1
	})
	return i == len(p.kept) || end <= p.kept[i].Start || (start == end && start <= p.kept[i].Start)
}

// commit makes the proposed edits; they are in the order of the text. Several within one cell are made as one.
func (p *page) commit() {
	if len(p.pending) == 0 {
		return
	}
	var out []cell
	next := 0 // the first cell not yet in out
	for i := 0; i < len(p.pending); {
		from := p.cellAt(p.pending[i].Start)
		to, at := from, p.offsets[from]
		var s strings.Builder
		for first := i; i < len(p.pending) && (i == first || p.cellAt(p.pending[i].Start) < to); i++ {
			e := p.pending[i]
			s.WriteString(p.s[at:e.Start])
			s.WriteString(e.New)
			at = e.End
			for p.offsets[to] < e.End {
				to++
			}
		}
		s.WriteString(p.s[at:p.offsets[to]])
		out = append(out, p.cells[next:from]...)
		out = append(out, p.replacement(from, to, s.String())...)
		next = to
	}
	p.cells = append(out, p.cells[next:]...)
	p.pending = p.pending[:0]
	p.join()
}

// replacement is what takes the place of cells [from, to). Characters that stay at either end stay in their cells: the narrower the
// edit, the surer the caller's marks stay where they belong.
func (p *page) replacement(from, to int, s string) []cell {
	var head, tail []cell
	for from < to && strings.HasPrefix(s, p.cells[from].s) && p.cells[from].s != "" {
		head, s = append(head, p.cells[from]), s[len(p.cells[from].s):]
		from++
	}
	for from < to && strings.HasSuffix(s, p.cells[to-1].s) && p.cells[to-1].s != "" {
		tail, s = append(tail, p.cells[to-1]), s[:len(s)-len(p.cells[to-1].s)]
		to--
	}
	slices.Reverse(tail)
	if from < to || s != "" {
		c := cell{s: s}
		switch {
		case from < to:
			c.start, c.end = p.cells[from].start, p.cells[to-1].end
		case from < len(p.cells):
			c.start = p.cells[from].start
			c.end = c.start
		default:
			c.start = len(p.text)
			c.end = c.start
		}
		head = append(head, c)
	}
	return append(head, tail...)
}

// cellAt is the cell that holds byte i of s, the first that starts there if several do.
func (p *page) cellAt(i int) int {
	n, found := slices.BinarySearch(p.offsets[:len(p.cells)], i)
	if !found && n > 0 && (n == len(p.cells) || p.offsets[n] > i) && i < len(p.s) {
		return n - 1
	}
	return n
}

// edits are what became of the cells, as edits of the text as it came. Two that are only parted by nothing stay two: a comma that
// moves out of a quotation is an edit at either side of the mark's edge.
func (p *page) edits() []Edit {
	var out []Edit
	for _, c := range p.cells {
		if p.text[c.start:c.end] != c.s {
			out = append(out, Edit{c.start, c.end, c.s})
		}
	}
	return out
}

// quotes are the quotations of s that have both marks, none of them kept.
func (p *page) quotes() []lang.Quoted {
	if p.quoted == nil {
		p.quoted = []lang.Quoted{}
		for _, q := range lang.QuoteMarks(p.tag, p.s) {
			if q.Balanced() && p.free(q.Start, q.Start+1) && p.free(q.End-1, q.End) {
				p.quoted = append(p.quoted, q)
			}
		}
	}
	return p.quoted
}

// before is the character that ends at byte i, 0 at the start; after the one that starts there, 0 at the end.
func (p *page) before(i int) rune {
	if i <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(p.s[:i])
	return r
}

func (p *page) after(i int) rune {
	if i >= len(p.s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.s[i:])
	return r
}

// skipBack is where the spaces that end at byte i start.
func (p *page) skipBack(i int) int {
	return len(strings.TrimRightFunc(p.s[:i], isBlank))
}

// skip is where the spaces that start at byte i end.
func (p *page) skip(i int) int {
	return len(p.s) - len(strings.TrimLeftFunc(p.s[i:], isBlank))
}

const (
	nbsp   = "\u00A0" // no-break space
	narrow = "\u202F" // narrow no-break space
)

// isBlank reports whether r is one of the spaces that this package sets and takes away. A line end is none.
func isBlank(r rune) bool {
	return r == ' ' || r == '\u00A0' || r == '\u202F' || r == '\u2009'
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
