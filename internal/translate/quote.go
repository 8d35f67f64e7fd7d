package translate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A quotation is the part of a quotation that lies in a sentence.
type quotation struct {
	mark       int  // its index in quotesOf
	source     span // its words, in bytes of the engine's source
	open, shut edge
}

// An edge is one of a quotation's two marks.
type edge struct {
	here   bool // it stands in this sentence
	single bool // ' rather than "
	source int  // byte of the engine's source
	target int  // byte of the translation, once found
	size   int  // of the mark in the translation, in bytes; 0 for one that has to be put in
	found  bool
}

// quotesOf returns the quotations of t: those that marks say, then those that only stand there (plain text, pieces of HTML). The
// index of one among the marks is its index here as long as it is less than their number.
func quotesOf(tag string, t doc.Text) []doc.Mark {
	out := slices.Clone(t.Marks)
	for _, q := range doc.QuoteMarks(tag, t.S) {
		if !slices.ContainsFunc(t.Marks, func(m doc.Mark) bool {
			return m.Kind == doc.Quote && (m.Start == q.Start || m.End == q.End) || m.Kind == doc.Code && m.Start <= q.Start && q.End <= m.End
		}) {
			out = append(out, doc.Mark{Kind: doc.Quote, Start: q.Start, End: q.End})
		}
	}
	return out
}

// quotationsOf returns which of quotes, over the text s, reach into p.
func quotationsOf(s string, quotes []doc.Mark, p *piece) []quotation {
	var out []quotation
	for i, m := range quotes {
		if m.Kind != doc.Quote || m.End <= p.start || m.Start >= p.end {
			continue
		}
		words := s[m.Start:m.End]
		first, fw := utf8.DecodeRuneInString(words)
		last, lw := utf8.DecodeLastRuneInString(words)
		q := quotation{mark: i, source: p.within(span{m.Start, m.End})}
		if m.Start >= p.start && doc.IsQuotationMark(first) {
			at := p.sentByte(m.Start)
			q.open = edge{here: true, single: p.sent[at] == '\'', source: at}
			q.source.start = p.sentByte(m.Start + fw)
		}
		if m.End <= p.end && doc.IsQuotationMark(last) && m.End-lw > m.Start {
			at := p.sentByte(m.End - lw)
			q.shut = edge{here: true, single: p.sent[at] == '\'', source: at}
			q.source.end = at
		}
		if q.source.start <= q.source.end {
			out = append(out, q)
		}
	}
	return out
}

// A candidate is a quotation mark of the translation.
type candidate struct {
	at, size     int
	single       bool
	opens, shuts bool // by what stands about it, it may open, or close, a quotation
	taken        bool
}

// candidates returns the quotation marks of s; an apostrophe is none.
func candidates(s string) []candidate {
	var out []candidate
	for i, r := range s {
		if !doc.IsQuotationMark(r) {
			continue
		}
		w := utf8.RuneLen(r)
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		next, _ := utf8.DecodeRuneInString(s[i+w:])
		c := candidate{at: i, size: w, single: strings.ContainsRune("'‘’‚‹›", r)}
		c.opens = (i == 0 || isSpace(prev) || unicode.IsPunct(prev)) && i+w < len(s) && (!isSpace(next) || r == '«')
		c.shuts = i > 0 && (!isSpace(prev) || r == '»') && (i+w == len(s) || isSpace(next) || unicode.IsPunct(next))
		switch r {
		case '«', '„', '‚', '‹':
			c.shuts = false
		case '»', '›':
			c.opens = false
		}
		if c.single && !c.opens && !c.shuts {
			continue // an apostrophe
		}
		out = append(out, c)
	}
	return out
}

// restore finds the marks of the sentence's quotations in the translation and puts in those that are gone, so that each is whole.
// It reports whether it had to change the words' marks.
func (p *projector) restore(quotes []quotation) bool {
	p.quotes = quotes
	list := slices.DeleteFunc(candidates(p.Text), func(c candidate) bool { return p.isKept(span{c.at, c.at + c.size}) })
	if p.inOrder(list) {
		return false
	}
	for i := range p.quotes {
		q := &p.quotes[i]
		q.open.found, q.shut.found = false, false
	}
	p.byWords(list)
	p.uncross()
	return p.mend(list)
}

// inOrder gives the marks of the translation to the quotations where there are as many as in the source.
func (p *projector) inOrder(list []candidate) bool {
	for _, single := range []bool{false, true} {
		edges := p.edgesOf(single)
		var have []candidate
		for _, c := range list {
			if c.single == single {
				have = append(have, c)
			}
		}
		if single && len(edges) == 0 {
			continue // apostrophes at the end of words
		}
		if len(have) != len(edges) {
			return false
		}
		for i, e := range edges {
			opens := e.opens
			if opens && !have[i].opens || !opens && !have[i].shuts {
				return false
			}
			e.edge.target, e.edge.size, e.edge.found = have[i].at, have[i].size, true
		}
	}
	p.swap()
	return true
}

// A sided edge is an edge and which of the two it is.
type sided struct {
	*edge
	opens bool
}

// edgesOf returns the edges of this sentence of one sort, in the order of the source.
func (p *projector) edgesOf(single bool) []sided {
	var out []sided
	for i := range p.quotes {
		q := &p.quotes[i]
		if q.open.here && q.open.single == single {
			out = append(out, sided{&q.open, true})
		}
		if q.shut.here && q.shut.single == single {
			out = append(out, sided{&q.shut, false})
		}
	}
	slices.SortFunc(out, func(a, b sided) int { return a.source - b.source })
	return out
}

// manyQuotes is more quotations than a sentence has.
const manyQuotes = 12

// swap exchanges two whole quotations, none in another, where the words say that they changed places.
func (p *projector) swap() {
	if len(p.quotes) > manyQuotes {
		return
	}
	whole := func(q quotation) bool { return q.open.found && q.shut.found }
	for i := range p.quotes {
		for j := i + 1; j < len(p.quotes); j++ {
			a, b := &p.quotes[i], &p.quotes[j]
			if !whole(*a) || !whole(*b) || a.open.single != b.open.single || a.source.overlaps(b.source) {
				continue
			}
			wa, wb := p.weights(a.source), p.weights(b.source)
			ta, tb := span{a.open.target, a.shut.target}, span{b.open.target, b.shut.target}
			if p.mass(wa, tb)+p.mass(wb, ta) > p.mass(wa, ta)+p.mass(wb, tb)+0.5 {
				a.open.target, b.open.target = b.open.target, a.open.target
				a.shut.target, b.shut.target = b.shut.target, a.shut.target
			}
		}
	}
}

// mass is the weight of the words in s.
func (p *projector) mass(weights []float64, s span) float64 {
	sum := 0.0
	for i, w := range p.words {
		if s.start <= w.start && w.end <= s.end {
			sum += weights[i]
		}
	}
	return sum
}

// near is how many words a quotation mark may stand off the words that it belongs to.
const near = 3

// byWords gives each edge the nearest mark to the words of its quotation, and leaves the others to be put in.
func (p *projector) byWords(list []candidate) {
	for i := range p.quotes {
		q := &p.quotes[i]
		inner := p.wordsIn(q.source)
		if inner.empty() || len(p.words) == 0 {
			continue
		}
		words, ok := p.aligned(inner)
		if p.whole(inner) {
			words = span{p.words[0].start, p.words[len(p.words)-1].end}
		} else if !ok {
			continue
		}
		if q.open.here && p.atStart(q.open.source) {
			words.start = p.words[0].start
		}
		if q.open.here {
			if c := p.nearest(list, words.start, true); c != nil {
				c.taken = true
				q.open.target, q.open.size, q.open.found = c.at, c.size, true
			} else {
				q.open.target, q.open.size, q.open.found = words.start, 0, true
			}
			words.end = max(words.end, p.wordAfter(q.open.target+q.open.size))
		}
		if q.shut.here {
			if c := p.nearest(list, words.end, false); c != nil && (!q.open.here || c.at > q.open.target) {
				c.taken = true
				q.shut.target, q.shut.size, q.shut.found = c.at, c.size, true
			} else {
				q.shut.target, q.shut.size, q.shut.found = p.afterStop(words.end, q.shut.source), 0, true
			}
		}
	}
}

// uncross gives the outer of two quotations the outer of two marks where each took the other's: both may end at one word.
func (p *projector) uncross() {
	for i := range p.quotes {
		for j := range p.quotes {
			outer, inner := &p.quotes[i], &p.quotes[j]
			if i == j || inner.source.start < outer.source.start || inner.source.end > outer.source.end || inner.source == outer.source {
				continue
			}
			if inner.open.found && outer.open.found && inner.open.target < outer.open.target {
				if inner.shut.found && inner.shut.target < outer.open.target {
					outer.open.target, outer.open.size = inner.open.target, 0 // the inner one is whole: the outer goes round it
				} else {
					inner.open.take(&outer.open)
				}
			}
			if inner.shut.found && outer.shut.found && inner.shut.target > outer.shut.target {
				if inner.open.found && inner.open.target+inner.open.size > outer.shut.target {
					outer.shut.target, outer.shut.size = inner.shut.target+inner.shut.size, 0
				} else {
					inner.shut.take(&outer.shut)
				}
			}
		}
	}
}

// take exchanges the places of two edges in the translation.
func (e *edge) take(other *edge) {
	e.target, other.target = other.target, e.target
	e.size, other.size = other.size, e.size
}

// atStart reports whether no word of the source goes before byte i.
func (p *projector) atStart(i int) bool { return len(p.terms) == 0 || p.terms[0].start >= i }

// wordAfter returns the end of the first word at or after byte i.
func (p *projector) wordAfter(i int) int {
	for _, w := range p.words {
		if w.start >= i {
			return w.end
		}
	}
	return len(p.Text)
}

// afterStop moves a closing mark that has to be put in past the end mark that the source has within the quotation too.
func (p *projector) afterStop(at, source int) int {
	if source > 0 && strings.IndexByte(".!?", p.Source[source-1]) >= 0 {
		return p.grow(at, p.Source[source-1:source])
	}
	return at
}

// nearest returns the free mark that may open, or close, and is fewest words off byte i of the translation; nil if none is near.
func (p *projector) nearest(list []candidate, i int, opens bool) *candidate {
	var best *candidate
	least := near + 1
	for k := range list {
		c := &list[k]
		if c.taken || opens && !c.opens || !opens && !c.shuts {
			continue
		}
		n := 0
		for _, w := range p.words {
			if w.start >= min(i, c.at) && w.end <= max(i, c.at) {
				n++
			}
		}
		if n < least {
			best, least = c, n
		}
	}
	return best
}

// mend puts in the marks that are to be put in and takes out one that is left over without a partner, and all of a sentence whose
// source quotes nothing: what an engine sets in quotation marks would be somebody's words.
func (p *projector) mend(list []candidate) bool {
	type change struct {
		span
		text string
		edge *edge
	}
	var changes []change
	for i := range p.quotes {
		q := &p.quotes[i]
		for _, e := range []sided{{&q.open, true}, {&q.shut, false}} {
			if !e.here || !e.found || e.size > 0 {
				continue
			}
			// A mark that is put in is of its partner's sort, which an engine may have changed: “… ‘… to "… "….
			single := e.single
			for _, partner := range []*edge{&q.open, &q.shut} {
				if j := slices.IndexFunc(list, func(c candidate) bool { return partner.size > 0 && c.at == partner.target }); j >= 0 {
					single = list[j].single
				}
			}
			text := `"`
			if single {
				text = "'"
			}
			e.target = p.outside(e.target, e.opens)
			changes = append(changes, change{span{e.target, e.target}, text, e.edge})
		}
	}
	for i := range p.quotes { // a pair is of one sort: the opening mark's
		q := &p.quotes[i]
		open := slices.IndexFunc(list, func(c candidate) bool { return q.open.size > 0 && c.at == q.open.target })
		shut := slices.IndexFunc(list, func(c candidate) bool { return q.shut.size > 0 && c.at == q.shut.target })
		if open < 0 || shut < 0 || list[open].single == list[shut].single {
			continue
		}
		text := `"`
		if list[open].single {
			text = "'"
		}
		changes = append(changes, change{span{q.shut.target, q.shut.target + q.shut.size}, text, &q.shut})
	}
	var over []candidate
	for _, c := range list {
		if !c.taken && !c.single {
			over = append(over, c)
		}
	}
	if len(over)%2 == 1 && len(p.quotes) > 0 {
		over = over[len(over)-1:] // the last has no partner
	} else if len(p.quotes) > 0 {
		over = nil
	}
	for _, c := range over {
		changes = append(changes, change{span{c.at, c.at + c.size}, "", nil})
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(b.start, a.start), cmp.Compare(b.end, a.end)) })
	for _, c := range changes {
		p.swapIn(c.span, c.text)
		shift := len(c.text) - (c.end - c.start)
		for i := range p.quotes {
			for _, e := range []sided{{&p.quotes[i].open, true}, {&p.quotes[i].shut, false}} {
				if e.edge == c.edge {
					e.size = len(c.text)
				} else if e.found && (e.target > c.start || e.target == c.start && e.size > 0) {
					e.target += shift
				}
			}
		}
	}
	return len(changes) > 0
}

// outside moves byte i out of what is kept as it is.
func (p *projector) outside(i int, opens bool) int {
	for _, k := range p.kept {
		if k.target.start < i && i < k.target.end {
			if opens {
				return k.target.start
			}
			return k.target.end
		}
	}
	return i
}

// reach returns what the quotation covers of the translation: its marks and the words between.
func (q quotation) reach(text string) span {
	s := span{0, len(text)}
	if q.open.found {
		s.start = q.open.target
	}
	if q.shut.found {
		s.end = q.shut.target + q.shut.size
	}
	if s.end < s.start {
		return span{q.shut.target, q.open.target + q.open.size} // the engine closed before it opened
	}
	return s
}
