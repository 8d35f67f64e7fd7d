package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Quoted is what stands between a pair of quotation marks, the marks included.
type Quoted struct {
	Start, End  int // bytes
	Open, Close int // bytes of the opening and closing mark and the space inside it; 0 where the text has none
	Depth       int // 0, or how many other quotations it lies in
}

// Balanced reports whether q has both its marks. One that has only the opening mark reaches to the end of its line, one that has only
// the closing mark starts with its line: a quotation goes on from paragraph to paragraph, or a mark is missing.
func (q Quoted) Balanced() bool { return q.Open > 0 && q.Close > 0 }

// Words is the range of s between the marks.
func (q Quoted) Words() (start, end int) { return q.Start + q.Open, q.End - q.Close }

// What bounds the work on a hostile text: how many marks are looked at beyond one, and how many quotations may be open.
const (
	maxAhead = 60
	maxOpen  = 16
)

// maxQuotedLines is how many line ends a quotation may reach over before its marks are taken for two odd ones.
const maxQuotedLines = 12

// QuoteMarks pairs the quotation marks of s, which is in the language tag. It understands every system in every language: the outlets
// of one language do not agree, and quotations of foreign words keep their marks. Pairs come in the order of the text, the outer first.
//
// Straight marks are told apart by what stands beside them, apostrophes from closing marks likewise; inches, feet and apostrophes that
// an encoding error made quotation marks are left out. A mark without its partner costs one quotation, never the text.
//
//	He said "no" to 27" screens.      → "no"
//	“When he says ‘no,’ he means no”  → “When … no”, ‘no,’
//	„Er rief ‚nein‘“                  → „Er … ‘“, ‚nein‘
//	the workers' "rights              → "rights (not balanced)
func QuoteMarks(tag Tag, s string) []Quoted {
	if !mayQuote(s) {
		return nil
	}
	var found []Quoted
	var odd []oddMark
	line := 0
	for start := 0; start <= len(s); line++ {
		end := len(s)
		if i := strings.IndexByte(s[start:], '\n'); i >= 0 {
			end = start + i
		}
		p := pairing{s: s[:end], tokens: quoteTokens(s[:end], start), apostrophes: lacksSingles(tag)}
		p.run()
		found = append(found, p.found...)
		for _, o := range p.odd {
			o.line, o.lineStart, o.lineEnd = line, start, end
			odd = append(odd, o)
		}
		start = end + 1
	}
	found = append(found, joinLines(odd)...)
	for i := range found {
		found[i].spaces(s)
	}
	return nestQuoted(found)
}

// mayQuote reports whether s has bytes as IsQuotationMark's characters have them; most texts have none.
func mayQuote(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"', '\'':
			return true
		case 0xC2: // « and »
			if strings.HasPrefix(s[i:], "«") || strings.HasPrefix(s[i:], "»") {
				return true
			}
		case 0xE2: // of U+2018 to U+203A
			if i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x98 && (s[i+2] <= 0x9F || s[i+2] == 0xB9 || s[i+2] == 0xBA) {
				return true
			}
		case 0xE3, 0xEF: // corner brackets and the full width
			if i+1 < len(s) && (s[i+1] == 0x80 || s[i+1] == 0xBC) {
				return true
			}
		}
	}
	return false
}

// lacksSingles reports whether single marks of the language tag are apostrophes more often than not: where a ’ ends words by elision
// or spells a sound, it closes only what an unmistakable mark has opened.
func lacksSingles(tag Tag) bool {
	switch tag.Bare() {
	case "uk", "it", "ca":
		return true
	}
	return false
}

// A quoteToken is a mark in the text and what its neighbours say of it.
type quoteToken struct {
	at, size    int
	r           rune
	before      rune // the nearest character before that is no quotation mark; 0 at the line's start
	after       rune // the nearest one after; 0 at the line's end
	head        bool // nothing stands before it on the line
	open, close bool // its neighbours allow it to open, to close
	within      bool // letters or digits touch it on both sides
	elided      bool // it follows an apostrophe: d'"extrême droite"
	weak        bool // it may be inches, or the apostrophe of a plural
}

func quoteTokens(line string, from int) []quoteToken {
	var tokens []quoteToken
	var last, other rune // the character before, and the nearest that is no quotation mark
	head := true
	for i := from; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		if IsQuotationMark(r) {
			t := quoteToken{at: i, size: n, r: r, before: other, head: head}
			next, _ := utf8.DecodeRuneInString(line[i+n:])
			t.within = wordRune(last) && wordRune(next)
			t.elided = (last == '\'' || last == '’') && wordRune(other)
			tokens = append(tokens, t)
		} else {
			other = r
		}
		last, head = r, head && unicode.IsSpace(r)
		i += n
	}
	after := rune(0)
	for i := len(tokens) - 1; i >= 0; i-- {
		t := &tokens[i]
		end := t.at + t.size
		if i+1 == len(tokens) || tokens[i+1].at != end {
			if after = 0; end < len(line) {
				after, _ = utf8.DecodeRuneInString(line[end:])
			}
		}
		t.after = after
		t.judge()
	}
	return tokens
}

// judge says what the neighbours of t allow.
func (t *quoteToken) judge() {
	ends := t.after == 0 || unicode.IsSpace(t.after) || strings.ContainsRune(".,;:!?…)]}", t.after)
	t.open = !ends && (opensAfter(t.before) || t.elided || (strings.ContainsRune(":,;.", t.before) && unicode.IsLetter(t.after)))
	t.close = !opensAfter(t.before) && (ends || strings.ContainsRune("—–-/", t.after) || (t.open && !t.elided))
	t.weak = unicode.IsDigit(t.before) || ((t.before == 's' || t.before == 'S') && unicode.IsSpace(t.after) && t.r != '”')
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opensAfter reports whether a mark after r stands where a word could begin.
func opensAfter(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || strings.ContainsRune("([{—–-/¿¡=+*", r)
}

// single reports whether t is one of the single marks.
func (t quoteToken) single() bool { return strings.ContainsRune("'‘’‚‛‹›", t.r) }

// pairs reports whether b can close what a has opened.
func pairs(a, b rune) bool {
	switch a {
	case '"', '＂':
		return strings.ContainsRune("\"＂”“»", b)
	case '“', '”', '„', '‟':
		return strings.ContainsRune("”“\"‟＂", b)
	case '«':
		return b == '»' || b == '"'
	case '»':
		return b == '«' || b == '»'
	case '‘', '’', '\'', '‚', '‛':
		return strings.ContainsRune("’‘'‛", b)
	case '‹':
		return b == '›'
	case '›':
		return b == '‹' || b == '›'
	case '「':
		return b == '」'
	case '『':
		return b == '』'
	case '〝':
		return b == '〞' || b == '〟'
	}
	return false
}

// closes reports whether t, on what its neighbours say alone, closes what open has opened.
func (t quoteToken) closes(open rune) bool {
	if strings.ContainsRune("»›”」』", t.r) {
		return t.close || !t.open
	}
	return t.close && !(t.open && t.r == open)
}

// A pairing goes through the marks of one line.
type pairing struct {
	s           string
	tokens      []quoteToken
	apostrophes bool
	stack       []int // tokens that have opened
	found       []Quoted
	odd         []oddMark
}

// An oddMark has no partner on its line.
type oddMark struct {
	token                    quoteToken
	opens                    bool
	line, lineStart, lineEnd int
}

func (p *pairing) run() {
	for i := range p.tokens {
		switch p.turn(i) {
		case opening:
			if p.stack = append(p.stack, i); len(p.stack) > maxOpen {
				p.leave(p.stack[0])
				p.stack = p.stack[1:]
			}
		case closing:
			p.shut(i)
		}
	}
	for _, i := range p.stack {
		p.leave(i)
	}
}

// ahead are the marks that follow token i.
func (p *pairing) ahead(i int) []quoteToken {
	return p.tokens[i+1 : min(i+1+maxAhead, len(p.tokens))]
}

// leave notes an opening mark that nothing on its line closes, unless it can as well be an apostrophe.
func (p *pairing) leave(i int) {
	t := p.tokens[i]
	if !t.single() || (t.r == '‘' && t.head) {
		p.odd = append(p.odd, oddMark{token: t, opens: true})
	}
}

type turn int

const (
	nothing turn = iota
	opening
	closing
)

// turn says what token i does here.
func (p *pairing) turn(i int) turn {
	t := p.tokens[i]
	match := p.match(i)
	switch t.r {
	case '„', '「', '『', '〝':
		return opening
	case '」', '』', '〞', '〟':
		return closing
	case '«', '‹':
		if match >= 0 && t.close && !t.open {
			return closing // »…«
		}
		return p.nest(i)
	case '»', '›':
		if match < 0 && t.open && !t.close {
			return opening // »…«, and a » that is repeated at the head of a paragraph
		}
		return closing
	case '“', '‟':
		if match >= 0 && (p.tokens[p.stack[match]].r == '„' && !opensAfter(t.before) || t.close && !t.open) {
			return closing // „…“, and “…“
		}
		if t.close && !t.open {
			return closing // of a „ on a line before
		}
		return p.nest(i)
	case '”':
		if match < 0 && t.open && !t.close {
			return opening // ”…”
		}
		return closing
	case '"', '＂':
		return p.straight(i, match)
	}
	return p.singleMark(i, match)
}

// straight decides by the neighbours, and where they do not, by whether something is open.
func (p *pairing) straight(i, match int) turn {
	t := p.tokens[i]
	switch {
	case t.within:
		return nothing // an apostrophe that an encoding error made a quotation mark
	case t.open && !t.close:
		return p.nest(i)
	case t.close && !t.open:
		if match >= 0 && t.weak && p.closesNext(i) {
			return nothing
		}
		return closing
	case match >= 0:
		return closing
	case t.after == 0 || !opensAfter(t.before) == unicode.IsSpace(t.after):
		return nothing
	}
	return opening
}

// closesNext reports whether the next double mark after i can only close.
func (p *pairing) closesNext(i int) bool {
	for _, t := range p.ahead(i) {
		if !t.single() && !t.within {
			return t.close && !t.open
		}
	}
	return false
}

// nest opens, and decides what an opening mark of the same kind that is still open was: a quotation around this one if two closing
// marks follow, else an odd mark.
func (p *pairing) nest(i int) turn {
	t := p.tokens[i]
	if len(p.stack) == 0 {
		return opening
	}
	top := p.tokens[p.stack[len(p.stack)-1]]
	if top.r != t.r {
		return opening
	}
	depth, need := 1, 2
	for _, u := range p.ahead(i) {
		if u.single() != t.single() || u.within {
			continue
		}
		switch {
		case pairs(t.r, u.r) && u.closes(t.r):
			if depth++; depth > need {
				return opening
			}
		case u.r == t.r:
			need++
		}
	}
	p.leave(p.stack[len(p.stack)-1])
	p.stack = p.stack[:len(p.stack)-1]
	return opening
}

func (p *pairing) singleMark(i, match int) turn {
	t := p.tokens[i]
	switch {
	case t.within && t.r != '‚':
		return nothing // an apostrophe
	case t.r == '‚':
		if t.open && p.later(i, "‘’'") {
			return opening
		}
		return nothing // a comma
	case t.r == '‘' || t.r == '‛':
		if match >= 0 && p.tokens[p.stack[match]].r == '‚' && !opensAfter(t.before) {
			return closing
		}
		if t.open {
			return opening
		}
	case t.close && match >= 0:
		if t.weak && p.laterClose(i) {
			return nothing // the apostrophe of a plural: the mark that closes is still to come
		}
		return closing
	case t.r == '\'' && t.open && !p.apostrophes && p.laterClose(i) && !contraction(p.s[t.at+1:]):
		return opening
	}
	return nothing
}

// contraction reports whether an apostrophe before s stands for letters left out: rock 'n' roll, the '90s, 'tis.
func contraction(s string) bool {
	if len(s) > 2 && unicode.IsDigit(rune(s[0])) && unicode.IsDigit(rune(s[1])) && !unicode.IsDigit(rune(s[2])) {
		return true
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) })
	if end < 0 {
		return false
	}
	switch strings.ToLower(s[:end]) {
	case "n":
		return s[end] == '\'' || strings.HasPrefix(s[end:], "’")
	case "tis", "twas", "em", "til", "cause", "bout":
		return s[end] == ' '
	}
	return false
}

// later reports whether one of marks follows token i where it can close.
func (p *pairing) later(i int, marks string) bool {
	return slices.ContainsFunc(p.ahead(i), func(t quoteToken) bool { return !t.within && strings.ContainsRune(marks, t.r) })
}

// laterClose reports whether a single mark that can close follows token i before one that opens, and before a double mark ends
// what is around it.
func (p *pairing) laterClose(i int) bool {
	depth := 0
	for _, t := range p.ahead(i) {
		switch {
		case t.within:
		case !t.single():
			if t.open && !t.close {
				depth++
			} else if depth--; depth < 0 {
				return false
			}
		case t.r == '‘' && t.open:
			return false
		case t.close && depth == 0:
			return true
		}
	}
	return false
}

// match is the place on the stack of what token i would close; -1 if nothing is open for it. A single mark closes nothing over
// a double one that is still open.
func (p *pairing) match(i int) int {
	t := p.tokens[i]
	for j := len(p.stack) - 1; j >= 0; j-- {
		o := p.tokens[p.stack[j]]
		if pairs(o.r, t.r) {
			return j
		}
		if t.single() && !o.single() {
			return -1
		}
	}
	return -1
}

// shut closes what token i matches. What was opened within and not closed is odd.
func (p *pairing) shut(i int) {
	t := p.tokens[i]
	j := p.match(i)
	if j < 0 {
		if !t.single() && !t.weak {
			p.odd = append(p.odd, oddMark{token: t})
		}
		return
	}
	for _, k := range p.stack[j+1:] {
		p.leave(k)
	}
	o := p.tokens[p.stack[j]]
	p.stack = p.stack[:j]
	p.found = append(p.found, Quoted{Start: o.at, End: t.at + t.size, Open: o.size, Close: t.size})
}

// joinLines pairs an odd opening mark with the odd closing mark that comes next, on a later line; what is still odd stays alone.
func joinLines(odd []oddMark) []Quoted {
	slices.SortStableFunc(odd, func(a, b oddMark) int { return a.token.at - b.token.at })
	var found []Quoted
	for i := 0; i < len(odd); i++ {
		o := odd[i]
		if !o.opens {
			found = append(found, Quoted{Start: o.lineStart, End: o.token.at + o.token.size, Close: o.token.size})
			continue
		}
		if i+1 < len(odd) {
			if c := odd[i+1]; !c.opens && c.line > o.line && c.line-o.line <= maxQuotedLines && pairs(o.token.r, c.token.r) {
				found = append(found, Quoted{Start: o.token.at, End: c.token.at + c.token.size, Open: o.token.size, Close: c.token.size})
				i++
				continue
			}
		}
		found = append(found, Quoted{Start: o.token.at, End: o.lineEnd, Open: o.token.size})
	}
	return found
}

// spaces takes the spaces inside the marks for part of them.
func (q *Quoted) spaces(s string) {
	words := s[q.Start+q.Open : q.End-q.Close]
	if q.Open > 0 {
		q.Open += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	}
	if q.Close > 0 && strings.TrimSpace(words) != "" {
		q.Close += len(words) - len(strings.TrimRightFunc(words, unicode.IsSpace))
	}
}

// nestQuoted sorts quotations and counts how deep they lie. One without one of its marks gives way where it crosses another, and one
// without its opening mark unless it is the first of the text: only then can it have begun before.
func nestQuoted(found []Quoted) []Quoted {
	slices.SortStableFunc(found, func(a, b Quoted) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var out []Quoted
	var open []int // the ends of the quotations that hold the place, outermost first
	for i, q := range found {
		for len(open) > 0 && open[len(open)-1] <= q.Start {
			open = open[:len(open)-1]
		}
		crosses := len(open) > 0 && open[len(open)-1] < q.End
		for _, o := range found[i+1 : min(i+1+maxOpen, len(found))] {
			crosses = crosses || q.Start < o.Start && o.Start < q.End && q.End < o.End
		}
		first := i == 0 && (len(found) == 1 || found[1].Start >= q.End)
		if q.Open == 0 && !first || crosses && !q.Balanced() {
			continue
		}
		for len(open) > 0 && open[len(open)-1] < q.End { // what it crosses has no closing mark and ends with its line
			open = open[:len(open)-1]
		}
		q.Depth = len(open)
		open = append(open, q.End)
		out = append(out, q)
	}
	return out
}

// IsQuotationMark reports whether r is used as a quotation mark in some language. The apostrophe is among them.
func IsQuotationMark(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '「', '」', '『', '』', '〝', '〞', '〟', '＂':
		return true
	}
	return false
}
