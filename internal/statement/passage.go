package statement

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A passage is one text of an article, and what has been found in it.
type passage struct {
	number    int     // of its article
	shift     int     // of a quotation read by itself: the number of the sentence that it stands in
	speaker   Speaker // of a quotation read by itself: whose words it is
	block     int
	lang      lang.Tag
	lex       *lexicon
	s         string
	spans     []span
	tokens    []token
	sentences []sentence
	dates     []Date
	found     []Statement
}

// A span is a marked quotation.
type span struct {
	start, end  int // bytes, marks included
	open, close int // bytes of the marks
	depth       int
	token       int // the token that stands for it; -1 of a nested one
}

// inner is what stands between the marks of sp.
func (p *passage) inner(sp span) string { return p.s[sp.start+sp.open : sp.end-sp.close] }

type tokenKind int

const (
	word tokenKind = iota
	sign
	quoted // a whole quotation
	lineEnd
)

// A token is a word, a sign, or a whole quotation: what lies inside one is no part of the sentence around it.
type token struct {
	kind       tokenKind
	start, end int
	low        string // in lower case, curly apostrophes straight, a possessive ending cut off
	capital    bool
	possessive bool
	span       int // of a quoted token
}

func (t token) is(s string) bool { return t.kind != quoted && t.low == s }

// A sentence is the tokens [from, to).
type sentence struct {
	from, to int
	cues     []cue
}

// passages are the texts of d in which somebody may speak: title, deck, blocks and captions.
func passages(d doc.Document) []*passage {
	marked := d.MarkQuotations()
	speeches := make(map[int][]doc.Mark)
	for place, t := range marked.Texts() {
		if place.Part == doc.Body {
			speeches[place.Block] = t.Marks
		}
	}
	var out []*passage
	for place, t := range d.Texts() {
		if place.Part != doc.Body || place.Kind == doc.Pre || len(t.S) > maxText || !utf8.ValidString(t.S) {
			continue
		}
		tag := lang.Tag(place.Lang)
		p := &passage{number: len(out), block: place.Block, lang: tag, lex: lexiconOf(tag), s: t.S}
		p.findSpans(t, speeches[place.Block])
		p.tokenize(0, len(p.s))
		p.split()
		out = append(out, p)
	}
	return out
}

// minOpenEnded is how many words a quotation must have that lacks its closing mark: with fewer, the odd mark is more likely no mark.
const minOpenEnded = 4

// maxDepth is how deep quotations may lie in each other; deeper ones are no language.
const maxDepth = 4

// findSpans takes the document's own Quote marks, else pairs the quotation marks and adds what speeches over paragraphs bring.
func (p *passage) findSpans(t doc.Text, speech []doc.Mark) {
	for _, m := range t.Marks {
		if m.Kind == doc.Quote {
			p.spans = append(p.spans, p.spanOf(m.Start, m.End))
		}
	}
	if p.spans == nil {
		for _, q := range doc.QuoteMarks(string(p.lang), p.s) {
			if q.Balanced() || q.Open > 0 && q.Depth == 0 && len(strings.Fields(p.s[q.Start:min(q.End, q.Start+80)])) >= minOpenEnded && !p.attributes(q.Start+q.Open, q.End) {
				p.spans = append(p.spans, span{start: q.Start, end: q.End, open: q.Open, close: q.Close})
			}
		}
		for _, m := range speech {
			if m.Kind == doc.Quote && !slices.ContainsFunc(p.spans, func(s span) bool { return s.start < m.End && m.Start < s.end && s.end >= m.End }) {
				p.spans = append(p.spans, p.spanOf(m.Start, m.End))
			}
		}
	}
	slices.SortStableFunc(p.spans, func(a, b span) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	var open []int
	kept := p.spans[:0]
	for _, sp := range p.spans {
		for len(open) > 0 && open[len(open)-1] <= sp.start {
			open = open[:len(open)-1]
		}
		if len(open) > maxDepth || len(open) > 0 && sp.end > open[len(open)-1] {
			continue
		}
		sp.depth, sp.token = len(open), -1
		open = append(open, sp.end)
		kept = append(kept, sp)
	}
	p.spans = kept
}

// maxUnclosed bounds a quotation that lacks its closing mark, in bytes.
const maxUnclosed = 5000

// attributes reports whether the bytes [from, to) behind an opening mark that nothing closes hold a "…, said Costa": the mark that is
// missing stood before it, and nobody can say how far the words went.
func (p *passage) attributes(from, to int) bool {
	if to-from > maxUnclosed {
		return true
	}
	q := &passage{lang: p.lang, lex: p.lex, s: p.s}
	q.tokenize(from, to)
	q.split()
	for i := range q.sentences {
		s := &q.sentences[i]
		q.findCues(s)
		for _, c := range s.cues {
			if c.inverted && c.from > s.from && q.tokens[c.from-1].kind == sign {
				return true
			}
		}
	}
	return false
}

// spanOf finds the marks at the ends of a range.
func (p *passage) spanOf(start, end int) span {
	sp := span{start: start, end: end}
	s := p.s[start:end]
	if r, n := utf8.DecodeRuneInString(s); doc.IsQuotationMark(r) {
		sp.open = n + len(s[n:]) - len(strings.TrimLeftFunc(s[n:], unicode.IsSpace))
	}
	if r, n := utf8.DecodeLastRuneInString(s); doc.IsQuotationMark(r) && sp.open+n <= len(s) {
		body := s[sp.open : len(s)-n]
		sp.close = n + len(body) - len(strings.TrimRightFunc(body, unicode.IsSpace))
	}
	return sp
}

// tokenize cuts the bytes [from, to) up; an outer quotation is one token.
func (p *passage) tokenize(from, to int) {
	next := 0 // span
	for i := from; i < to; {
		for next < len(p.spans) && (p.spans[next].depth > 0 || p.spans[next].start < i) {
			next++
		}
		if next < len(p.spans) && p.spans[next].start == i && p.spans[next].end > i {
			p.spans[next].token = len(p.tokens)
			p.tokens = append(p.tokens, token{kind: quoted, start: i, end: p.spans[next].end, span: next})
			i = p.spans[next].end
			continue
		}
		stop := to
		if next < len(p.spans) {
			stop = min(to, p.spans[next].start)
		}
		r, n := utf8.DecodeRuneInString(p.s[i:])
		switch {
		case r == '\n':
			p.tokens = append(p.tokens, token{kind: lineEnd, start: i, end: i + n, low: "\n"})
		case unicode.IsSpace(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = p.word(i, stop)
		default:
			p.tokens = append(p.tokens, token{kind: sign, start: i, end: i + n, low: string(r)})
		}
		i += n
	}
}

// word adds the word at i and returns its length.
func (p *passage) word(i, stop int) int {
	end := i
	for end < stop {
		r, n := utf8.DecodeRuneInString(p.s[end:stop])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			end += n
			continue
		}
		after, _ := utf8.DecodeRuneInString(p.s[end+n : stop])
		joins := unicode.IsLetter(after) || unicode.IsDigit(after)
		switch {
		case !joins:
		case r == '-' || r == '‑' || r == '\u00ad':
			end += n
			continue
		case (r == '\'' || r == '’') && p.elides(p.s[i:end]):
			return p.add(i, end+n) // l'|ONU
		case r == '\'' || r == '’':
			end += n
			continue
		case (r == '.' || r == ',') && digitEnds(p.s[i:end]) && unicode.IsDigit(after):
			end += n
			continue
		case r == '.' && initials(p.s[i:end]):
			end += n
			continue
		}
		if r == '.' && p.abbreviated(p.s[i:end]) {
			end += n
		}
		break
	}
	return p.add(i, end)
}

func digitEnds(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r)
}

// initials reports whether s is one letter, or letters with full stops between them: U, U.S, e.g
func initials(s string) bool {
	n := 0
	for part := range strings.SplitSeq(s, ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
		n++
	}
	return n > 0 && !digitEnds(s)
}

// elides reports whether an apostrophe after s ends a word: l', qu', dell'.
func (p *passage) elides(s string) bool {
	switch p.lex.tag {
	case "fr", "it", "ca":
		return utf8.RuneCountInString(s) <= 5 && p.lex.has("elided", strings.ToLower(s))
	}
	return false
}

// abbreviated reports whether a full stop after s belongs to it.
func (p *passage) abbreviated(s string) bool {
	if initials(s) {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(r) || strings.Contains(s, ".")
	}
	return p.lex.has("abbreviations", strings.ToLower(s))
}

var straightApostrophe = strings.NewReplacer("’", "'", "‑", "-")

// add adds the word [i, end), parting a verb from the pronoun after it (a-t-il, dit-elle), and returns its length.
func (p *passage) add(i, end int) int {
	low := straightApostrophe.Replace(strings.ToLower(p.s[i:end]))
	r, _ := utf8.DecodeRuneInString(p.s[i:])
	t := token{kind: word, start: i, end: end, low: low, capital: unicode.IsUpper(r)}
	if p.lex.tag == "fr" || p.lex.tag == "pt" {
		if k := strings.LastIndex(low, "-"); k > 0 && p.lex.has("suffixed", low[k+1:]) && len(low) == end-i {
			head := strings.TrimSuffix(low[:k], "-t")
			p.tokens = append(p.tokens,
				token{kind: word, start: i, end: i + len(head), low: head, capital: t.capital},
				token{kind: word, start: i + k + 1, end: end, low: low[k+1:]})
			return end - i
		}
	}
	if head, rest, ok := strings.Cut(low, "'"); ok && p.lex.tag == "en" && rest != "" && p.lex.has("pronouns", head) {
		t.low = head // she'd, he's
	} else if p.lex.tag == "en" && (strings.HasSuffix(low, "'s") || strings.HasSuffix(low, "s'")) {
		t.low, t.possessive = strings.TrimSuffix(strings.TrimSuffix(low, "'s"), "'"), true
	}
	p.tokens = append(p.tokens, t)
	return end - i
}

// maxSentence bounds a sentence, in tokens: what is longer is a list or an attack, and the work on one grows with its square.
const maxSentence = 400

// split finds the sentences.
func (p *passage) split() {
	from := 0
	cut := func(to int) {
		if to > from {
			p.sentences = append(p.sentences, sentence{from: from, to: to})
		}
		from = to
	}
	for i, t := range p.tokens {
		if i-from >= maxSentence {
			cut(i)
		}
		switch {
		case t.kind == lineEnd:
			cut(i)
			from = i + 1
		case t.kind == sign && strings.Contains(".!?…", t.low):
			if i+1 < len(p.tokens) && (p.tokens[i+1].kind == sign && strings.Contains(".!?…)]", p.tokens[i+1].low) || !p.begins(i+1)) {
				continue
			}
			cut(i + 1)
		case t.kind == quoted && p.endsIn(t, ".!?…") && i+1 < len(p.tokens) && p.begins(i+1) && !p.attributionFollows(i+1):
			cut(i + 1)
		}
	}
	cut(len(p.tokens))
}

// outer is the number of the outer quotation that byte at lies in; -1 if it lies in none.
func (p *passage) outer(at int) int {
	n, found := slices.BinarySearchFunc(p.spans, at, func(s span, at int) int { return s.start - at })
	if !found {
		n--
	}
	for ; n >= 0; n-- {
		if s := p.spans[n]; s.depth == 0 {
			if at < s.end {
				return n
			}
			return -1
		}
	}
	return -1
}

// within are the quotations that lie in sp.
func (p *passage) within(sp span) []span {
	from, _ := slices.BinarySearchFunc(p.spans, sp.start, func(s span, at int) int { return s.start - at })
	to := from
	for to < len(p.spans) && p.spans[to].start < sp.end {
		to++
	}
	return p.spans[from:to]
}

// inside is what stands between the marks of sp as a passage of its own; its quotations are those nested in it.
func (p *passage) inside(sp span, sentence int, speaker Speaker) *passage {
	q := &passage{number: p.number, shift: sentence, speaker: speaker, block: p.block, lang: p.lang, lex: p.lex, s: p.s, dates: p.dates}
	for _, n := range p.within(sp) {
		if n.depth > sp.depth && n.start >= sp.start && n.end <= sp.end {
			n.depth -= sp.depth + 1
			n.token = -1
			q.spans = append(q.spans, n)
		}
	}
	q.tokenize(sp.start+sp.open, sp.end-sp.close)
	q.split()
	for i := range q.sentences {
		q.findCues(&q.sentences[i])
	}
	return q
}

// endsIn reports whether the last character between the marks of a quoted token is one of set.
func (p *passage) endsIn(t token, set string) bool {
	r, _ := utf8.DecodeLastRuneInString(p.inner(p.spans[t.span]))
	return strings.ContainsRune(set, r)
}

// begins reports whether a sentence can begin with token i.
func (p *passage) begins(i int) bool {
	t := p.tokens[i]
	return t.kind == quoted || t.kind == lineEnd || t.kind == word && (t.capital || unicode.IsDigit(rune(t.low[0]))) || t.kind == sign && strings.Contains("¿¡—–-(", t.low)
}

// attributionFollows reports whether what follows a quotation that ends like a sentence is still of it: "Who?" Aldea asked.
func (p *passage) attributionFollows(i int) bool {
	q := p.tokens[i-1]
	for n := 0; n < 6 && i < len(p.tokens); n, i = n+1, i+1 {
		t := p.tokens[i]
		if t.kind != word {
			return n > 0 && t.is(",") && p.verbEnds(i)
		}
		if v, k := p.verbAt(i, len(p.tokens)); v != nil {
			if p.endsIn(q, ".") && !p.verbEnds(i) {
				return false // a sentence that ends in its marks is seldom gone on with
			}
			end := i + k
			return end >= len(p.tokens) || p.tokens[end].kind != quoted && !p.tokens[end].is(":") && !p.lex.has("that", p.tokens[end].low)
		}
		if n > 0 && !t.capital && !p.lex.has("aux", t.low) && !p.lex.has("roles", t.low) && !p.lex.has("adverbs", t.low) {
			return false
		}
	}
	return false
}

// verbEnds reports whether the sentence that goes on at token i ends with a word of saying: Why? Aldea, the mayor of Vale, asked.
func (p *passage) verbEnds(i int) bool {
	last := -1
	for n := 0; n < maxNoun && i < len(p.tokens); n, i = n+1, i+1 {
		t := p.tokens[i]
		if t.kind == quoted || t.is(":") {
			return false
		}
		if t.kind == lineEnd || t.is(".") {
			break
		}
		if v, _ := p.verbAt(i, len(p.tokens)); v != nil {
			last = i
		}
	}
	return last >= 0 && i-last < 5
}

// text is what the tokens [from, to) are in the text.
func (p *passage) text(from, to int) string {
	if from >= to {
		return ""
	}
	return p.s[p.tokens[from].start:p.tokens[to-1].end]
}

// sentenceOf is the number of the sentence that holds token i; -1 if none does.
func (p *passage) sentenceOf(i int) int {
	k, found := slices.BinarySearchFunc(p.sentences, i, func(s sentence, i int) int { return s.from - i })
	if !found {
		k--
	}
	if k >= 0 && i < p.sentences[k].to {
		return k
	}
	return -1
}
