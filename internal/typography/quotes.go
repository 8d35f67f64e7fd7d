package typography

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// quotationMarks sets the marks of each quotation by how deep it lies, and the spaces inside them. A quotation that goes on from
// paragraph to paragraph has one of its marks set.
func (p *page) quotationMarks() {
	var edits []Edit
	for _, q := range lang.QuoteMarks(p.tag, p.s) {
		open, shut := p.marks(q.Depth)
		from, to := q.Start+q.Open, q.End-q.Close
		if q.Balanced() && (from >= to || !p.free(q.Start, q.Start+1) || !p.free(q.End-1, q.End)) {
			continue
		}
		if q.Open > 0 {
			edits = append(edits, Edit{q.Start, q.Start + blankEnd(p.s[q.Start:from]), open})
		}
		if q.Close > 0 {
			edits = append(edits, Edit{q.End - blankStart(p.s[to:q.End]), q.End, shut})
		}
	}
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	for _, e := range edits {
		p.edit(e.Start, e.End, e.New)
	}
}

// marks are the quotation marks of a depth, with the spaces inside them.
func (p *page) marks(depth int) (open, shut string) {
	if depth >= len(p.loc.marks) {
		depth = 1 + (depth+1)%2
	}
	m := p.loc.marks[depth]
	if depth == 0 {
		return m[0] + p.loc.inner, p.loc.inner + m[1]
	}
	return m[0], m[1]
}

// blankEnd is the length of the mark s starts with and of the blanks behind it; a line end stays out.
func blankEnd(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n + len(s[n:]) - len(strings.TrimLeftFunc(s[n:], isBlank))
}

// blankStart is the length of the mark s ends with and of the blanks before it.
func blankStart(s string) int {
	_, n := utf8.DecodeLastRuneInString(s)
	head := s[:len(s)-n]
	return n + len(head) - len(strings.TrimRightFunc(head, isBlank))
}

// stops puts the comma and the full stop at the side of the closing mark where the usage has them. ? and ! stay with their words.
func (p *page) stops() {
	if p.loc.stop == stopAsIs {
		return
	}
	var edits []Edit
	for _, q := range lang.QuoteMarks(p.tag, p.s) {
		from, to := q.Words()
		if from >= to || q.Close == 0 || !p.free(q.End-1, q.End) {
			continue
		}
		if p.loc.stop == stopInside {
			edits = append(edits, p.moveIn(q, to)...)
		} else {
			edits = append(edits, p.moveOut(q, from, to)...)
		}
	}
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	for _, e := range edits {
		p.edit(e.Start, e.End, e.New)
	}
}

// moveIn moves a comma or full stop that follows the mark before it, as American usage has it.
func (p *page) moveIn(q lang.Quoted, to int) []Edit {
	c := p.after(q.End)
	if (c != ',' && c != '.') || isWord(p.after(q.End+1)) || p.after(q.End+1) == '.' || !p.free(q.End, q.End+1) {
		return nil
	}
	drop := Edit{q.End, q.End + 1, ""}
	if strings.ContainsRune(".,!?…;:", p.before(to)) {
		return []Edit{drop}
	}
	return []Edit{{to, to, string(c)}, drop}
}

var abbreviated = regexp.MustCompile(`(?:^|[\s.(\x{00A0}])(?:\p{L}|etc|usw|M|Mr|Mrs|Ms|Dr|St|Sr|Sra|Jr|Inc|Ltd|Corp|Co|p|art|vol|г|р|см|др|т\.п|т\.д)\.$`)

// moveOut moves a comma, and a full stop as the usage has it, behind the mark.
func (p *page) moveOut(q lang.Quoted, from, to int) []Edit {
	c := p.before(to)
	next := p.after(q.End)
	if (c != ',' && c != '.') || to-1 <= from || !p.free(to-1, to) || isWord(next) {
		return nil
	}
	drop := Edit{to - 1, to, ""}
	if c == '.' && (p.before(to-1) == '.' || abbreviated.MatchString(p.s[from:to])) {
		return nil
	}
	if strings.ContainsRune(",.;", next) && next != 0 {
		if c == '.' && next == ';' {
			return nil
		}
		return []Edit{drop}
	}
	if c == '.' && (strings.ContainsRune(":!?", next) && next != 0 || p.loc.stop == stopBySentence && p.wholeSentence(q, from, to)) {
		return nil
	}
	if c == '.' && unicode.IsLower(p.after(p.skip(q.End))) {
		return nil // the sentence goes on: a comma that somebody took for a full stop
	}
	return []Edit{drop, {q.End, q.End, string(c)}}
}

var innerStop = regexp.MustCompile(`\p{L}[.!?…][ \x{00A0}\x{202F}]+\p{Lu}`)

// wholeSentence reports whether a quotation is a sentence of its own: it starts where a sentence can, or after a colon, with a capital,
// or it holds a sentence that has ended before its last one.
func (p *page) wholeSentence(q lang.Quoted, from, to int) bool {
	if innerStop.MatchString(p.s[from:to]) {
		return true
	}
	before := p.before(p.skipBack(q.Start))
	starts := before == 0 || q.Open == 0 || strings.ContainsRune(".!?…:\n—»”", before)
	first := p.after(from + len(p.s[from:to]) - len(strings.TrimLeftFunc(p.s[from:to], func(r rune) bool { return !isWord(r) })))
	return starts && (unicode.IsUpper(first) || unicode.IsDigit(first) || !unicode.IsLower(first))
}
