package translate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A projector finds the words of the translation that answer a range of the source.
type projector struct {
	*draft
	anchored []anchor
	quotes   []quotation // of the sentence, both sides known
	kept     []kept
	written  []doc.Mark // where a person has put the marks, in bytes of Text
}

// certain is how much an anchor counts for or against its word; a word of a mark counts 0.5 at most.
const (
	certain = 1.5
	likely  = 0.9
)

// faint is the least share of a word that still says where a mark belongs.
const faint = 0.1

// project returns the one contiguous range of whole words of the translation that answers r, bytes of the source.
// It returns false where no word answers; the range is then the last word of the sentence.
func (p *projector) project(r span) (span, bool) {
	part := r
	if r = p.wordsIn(r); r.empty() {
		return p.sign(part)
	}
	s, ok := p.projectWords(r)
	if ok && part.start < part.end && r.start <= part.start && part.end <= r.end && r != part {
		s = p.within(part, s)
	}
	return s, ok
}

// sign answers a range without a word, a link on an asterisk, by the same sign where the translation has it once.
func (p *projector) sign(r span) (span, bool) {
	text := strings.TrimFunc(p.Source[r.start:r.end], isSpace)
	if text != "" && strings.Count(p.Text, text) == 1 {
		i := strings.Index(p.Text, text)
		return span{i, i + len(text)}, true
	}
	return p.last(), false
}

// within narrows s to the part of a word that stands in the answer as it stood in the source: the 1 of report1, the 2 of H2O.
func (p *projector) within(part, s span) span {
	text := p.Source[part.start:part.end]
	if p.count(s) != 1 || text == "" || strings.Count(p.Text[s.start:s.end], text) != 1 {
		return s
	}
	i := s.start + strings.Index(p.Text[s.start:s.end], text)
	return span{i, i + len(text)}
}

// projectWords is project for a range that is drawn to its words.
func (p *projector) projectWords(r span) (span, bool) {
	if len(p.words) == 0 {
		return span{0, len(p.Text)}, false
	}
	if p.whole(r) {
		return span{p.words[0].start, p.words[len(p.words)-1].end}, true
	}
	if s, ok := p.quoted(r); ok {
		return s, true
	}
	if s, ok := p.same(r); ok {
		return s, true
	}
	return p.aligned(r)
}

// wordsIn draws r in to its first and last word of the source; a word it cuts it takes whole.
func (p *projector) wordsIn(r span) span {
	out := span{-1, -1}
	for _, t := range p.terms {
		if t.start < r.end && r.start < t.end {
			if out.start < 0 {
				out.start = t.start
			}
			out.end = t.end
		}
	}
	if out.start < 0 {
		return span{}
	}
	return out
}

// whole reports whether r holds every word of the source.
func (p *projector) whole(r span) bool {
	return len(p.terms) > 0 && r.start <= p.terms[0].start && r.end >= p.terms[len(p.terms)-1].end
}

// last returns the last word of the translation, or all of it where it has none.
func (p *projector) last() span {
	if len(p.words) == 0 {
		return span{0, len(p.Text)}
	}
	w := p.words[len(p.words)-1]
	return span{w.start, w.end}
}

// quoted answers a range that is just the words of a quotation by the words of that quotation.
func (p *projector) quoted(r span) (span, bool) {
	for _, q := range p.quotes {
		if !q.open.found || !q.shut.found || p.wordsIn(q.source) != r {
			continue
		}
		inner := p.targetWords(span{q.open.target + q.open.size, q.shut.target})
		if !inner.empty() {
			return inner, true
		}
	}
	return span{}, false
}

// targetWords draws r in to the words of the translation that lie in it.
func (p *projector) targetWords(r span) span {
	out := span{-1, -1}
	for _, w := range p.words {
		if w.start >= r.start && w.end <= r.end {
			if out.start < 0 {
				out.start = w.start
			}
			out.end = w.end
		}
	}
	if out.start < 0 {
		return span{}
	}
	return out
}

// same answers a range whose very words stand in the translation: once on both sides, or as often, and then where the alignment says.
func (p *projector) same(r span) (span, bool) {
	text := p.Source[r.start:r.end]
	if utf8.RuneCountInString(text) < 2 || isFunction(p.from, text) || isFunction(p.to, text) {
		return span{}, false
	}
	there := occurrences(p.Text, text, p.words)
	if len(there) == 0 {
		return span{}, false
	}
	here := occurrences(p.Source, text, p.terms)
	if len(there) == 1 && len(here) == 1 {
		return there[0], true
	}
	weights := p.weights(r)
	best, sum := span{}, faint
	for _, s := range there {
		n := 0.0
		for i, w := range p.words {
			if w.start >= s.start && w.end <= s.end {
				n += weights[i]
			}
		}
		if n > sum {
			best, sum = s, n
		}
	}
	return best, !best.empty()
}

// aligned answers r by the contiguous words with the largest sum of weight - 0.5, anchors drawn in or kept out, and small words
// trimmed from the edges where the source has none.
func (p *projector) aligned(r span) (span, bool) {
	first, last, ok := p.run(r)
	if !ok {
		return p.last(), false
	}
	first, last = p.trim(r, first, last)
	return span{p.words[first].start, p.words[last].end}, true
}

// run returns the first and last of those words, before they are trimmed.
func (p *projector) run(r span) (first, last int, ok bool) {
	weights := p.weights(r)
	gain := make([]float64, len(weights))
	small := p.small(r)
	for i, w := range weights {
		gain[i] = w - 0.5
		if !small && p.words[i].small {
			gain[i] = min(gain[i], 0) // it may join words of the mark, but makes none
			weights[i] = min(weights[i], faint)
		}
	}
	for _, a := range p.anchored {
		t := p.terms[a.term]
		pull := likely
		if a.strong {
			pull = certain
		}
		if t.start >= r.start && t.end <= r.end {
			gain[a.word] = pull
		} else {
			gain[a.word] = -pull
		}
	}
	return largest(gain, weights)
}

// small reports whether r holds only small words of the source.
func (p *projector) small(r span) bool {
	for _, t := range p.terms {
		if t.start >= r.start && t.end <= r.end && !t.small {
			return false
		}
	}
	return true
}

// largest returns the first and last index of the run of gain with the largest sum, or where none is positive the word of most weight.
func largest(gain, weights []float64) (first, last int, ok bool) {
	best, sum, start := 0.0, 0.0, 0
	for i, g := range gain {
		if sum <= 0 {
			sum, start = 0, i
		}
		sum += g
		if sum > best {
			best, first, last, ok = sum, start, i, true
		}
	}
	if ok {
		return first, last, true
	}
	most := faint
	for i, w := range weights {
		if w > most && gain[i] > -likely {
			most, first, last, ok = w, i, i, true
		}
	}
	for ok && last+1 < len(weights) && weights[last+1] >= 0.8*most && gain[last+1] > -likely {
		last++ // "told" that is "a" and "dit" alike
	}
	return first, last, ok
}

// trim takes small words off the edges first and last where the source's range r has none at that edge.
func (p *projector) trim(r span, first, last int) (int, int) {
	var terms []word
	for _, t := range p.terms {
		if t.start >= r.start && t.end <= r.end {
			terms = append(terms, t)
		}
	}
	if len(terms) == 0 {
		return first, last
	}
	all := true
	for i := first; i <= last; i++ {
		all = all && p.words[i].small
	}
	if all {
		return first, last
	}
	if !terms[0].small {
		for first < last && p.words[first].small {
			first++
		}
	}
	if !terms[len(terms)-1].small {
		for last > first && p.words[last].small {
			last--
		}
	}
	return first, last
}

// point returns where something without words that stands at byte i of the source belongs in the translation: at the same
// neighbour, before the word that follows it or after the one that goes before.
func (p *projector) point(i int) int {
	var before, after *word
	for k := range p.terms {
		t := &p.terms[k]
		if t.start < i && i < t.end { // within a word: a soft break
			s, _ := p.project(span{t.start, t.end})
			if p.Text[s.start:s.end] == t.text {
				return s.start + i - t.start
			}
			return s.start
		}
		if t.end <= i {
			before = t
		} else if after == nil && t.start >= i {
			after = t
		}
	}
	switch {
	case before == nil && strings.TrimFunc(p.Source[:i], isSpace) == "":
		return 0
	case after == nil && strings.TrimFunc(p.Source[i:], isSpace) == "":
		return len(p.Text)
	}
	touches := before != nil && before.end == i // word<img>
	if after != nil && !touches {
		if s, ok := p.project(span{after.start, after.end}); ok {
			return s.start
		}
	}
	if before != nil {
		if s, ok := p.project(span{before.start, before.end}); ok {
			return p.pastPunctuation(s.end, before.end, i)
		}
	}
	return len(p.Text)
}

// pastPunctuation moves a point after a word of the translation over as much punctuation as the source has between its word and i.
func (p *projector) pastPunctuation(at, from, i int) int {
	for range strings.FieldsFunc(p.Source[from:max(from, i)], isSpace) {
		r, w := utf8.DecodeRuneInString(p.Text[at:])
		if !unicode.IsPunct(r) {
			break
		}
		at += w
	}
	return at
}

// settle makes the ranges of marks nest as they did: what lay in another lies in it, what lay apart lies apart, none is empty.
// Marks come outermost first; got holds their ranges in the translation and is changed.
func (p *projector) settle(source, got []span, fixed []bool) {
	for range 3 { // growing one may disturb another; three rounds settle whatever a sentence holds
		changed := false
		for i := len(source) - 1; i >= 0; i-- {
			for j := i - 1; j >= 0; j-- {
				changed = p.pair(source, got, fixed, j, i) || changed
			}
		}
		if !changed {
			return
		}
	}
}

// pair makes mark j, the outer or the earlier of the two, and mark i lie towards each other as in the source.
func (p *projector) pair(source, got []span, fixed []bool, j, i int) bool {
	if fixed[j] && fixed[i] {
		return false // each lies where it must
	}
	outer, inner := source[j], source[i]
	if !outer.overlaps(inner) && p.wordsIn(outer) == p.wordsIn(inner) && !p.wordsIn(outer).empty() {
		inner = outer // two parts of one word: whatever answers it answers both
	}
	if outer == inner {
		if got[i] == got[j] {
			return false
		}
		if fixed[j] {
			got[i] = got[j]
		} else {
			got[j] = got[i]
		}
		return true
	}
	if outer.holds(inner) {
		if got[j].holds(got[i]) {
			return !fixed[j] && p.together(source, got, j, i)
		}
		if fixed[j] && !fixed[i] {
			got[i] = p.clip(got[i], got[j])
		} else {
			got[j] = span{min(got[j].start, got[i].start), max(got[j].end, got[i].end)}
		}
		return true
	}
	if outer.overlaps(inner) || !got[j].overlaps(got[i]) {
		return false
	}
	return p.part(source, got, fixed, j, i)
}

// together makes the outer mark j begin, or end, with the inner mark i where it does so in the source: "a link to the <em>report</em>".
// It leaves the outer most of its words.
func (p *projector) together(source, got []span, j, i int) bool {
	outer, inner := p.wordsIn(source[j]), p.wordsIn(source[i])
	s := got[j]
	if outer.start == inner.start {
		s.start = got[i].start
	}
	if outer.end == inner.end {
		s.end = got[i].end
	}
	if s == got[j] || outer == inner {
		return false
	}
	left, all := p.count(s), p.count(got[j])
	if 2*left < all || left <= p.count(got[i]) {
		return false
	}
	got[j] = s
	return true
}

// count is how many words of the translation lie in s.
func (p *projector) count(s span) int {
	n := 0
	for _, w := range p.words {
		if s.start <= w.start && w.end <= s.end {
			n++
		}
	}
	return n
}

// clip returns the part of s that lies in frame, or the words of frame nearest to s.
func (p *projector) clip(s, frame span) span {
	if c := (span{max(s.start, frame.start), min(s.end, frame.end)}); !c.empty() && !p.targetWords(c).empty() {
		return c
	}
	inside := p.targetWords(frame)
	if inside.empty() {
		return frame
	}
	var nearest span
	for _, w := range p.words {
		if w.start < inside.start || w.end > inside.end {
			continue
		}
		if nearest.empty() || s.start >= w.end {
			nearest = span{w.start, w.end}
		}
	}
	return nearest
}

// part takes two marks that lay apart in the source off each other: every word they share goes to the one it comes from more.
func (p *projector) part(source, got []span, fixed []bool, j, i int) bool {
	a, b := p.weights(source[j]), p.weights(source[i])
	var mine, other []int
	for w, word := range p.words {
		in := span{word.start, word.end}
		inA, inB := got[j].holds(in), got[i].holds(in)
		switch {
		case inA && (!inB || fixed[j] || !fixed[i] && a[w] >= b[w]):
			mine = append(mine, w)
		case inB:
			other = append(other, w)
		}
	}
	if len(mine) == 0 || len(other) == 0 {
		mine, other = p.share(got[j], got[i], a, b)
		if len(mine) == 0 {
			return false
		}
	}
	x, y := contiguous(mine, a), contiguous(other, b)
	gx := span{p.words[x[0]].start, p.words[x[len(x)-1]].end}
	gy := span{p.words[y[0]].start, p.words[y[len(y)-1]].end}
	changed := false
	if !fixed[j] && gx != got[j] {
		got[j], changed = gx, true
	}
	if !fixed[i] && gy != got[i] {
		got[i], changed = gy, true
	}
	return changed
}

// share gives each of two marks that want the same words one part of the words between them, the earlier part to whom it comes from more.
func (p *projector) share(a, b span, wa, wb []float64) (mine, other []int) {
	both := span{min(a.start, b.start), max(a.end, b.end)}
	var words []int
	for w, word := range p.words {
		if both.holds(span{word.start, word.end}) {
			words = append(words, w)
		}
	}
	if len(words) < 2 {
		words = p.widen(words)
		if len(words) < 2 {
			return nil, nil
		}
	}
	best, cut, swap := -1.0, 1, false
	for c := 1; c < len(words); c++ {
		ab, ba := 0.0, 0.0
		for k, w := range words {
			if k < c {
				ab, ba = ab+wa[w], ba+wb[w]
			} else {
				ab, ba = ab+wb[w], ba+wa[w]
			}
		}
		if ab > best {
			best, cut, swap = ab, c, false
		}
		if ba > best {
			best, cut, swap = ba, c, true
		}
	}
	if swap {
		return words[cut:], words[:cut]
	}
	return words[:cut], words[cut:]
}

// widen adds a neighbour to a single word.
func (p *projector) widen(words []int) []int {
	if len(words) == 0 || len(p.words) < 2 {
		return nil
	}
	if w := words[0]; w+1 < len(p.words) {
		return []int{w, w + 1}
	}
	return []int{words[0] - 1, words[0]}
}

// contiguous returns the run of consecutive words among ws that has most weight.
func contiguous(ws []int, weights []float64) []int {
	best, most := ws[:1], -1.0
	for i := 0; i < len(ws); {
		j, sum := i+1, weights[ws[i]]
		for j < len(ws) && ws[j] == ws[j-1]+1 {
			sum += weights[ws[j]]
			j++
		}
		if sum > most {
			best, most = ws[i:j], sum
		}
		i = j
	}
	return best
}

// edges lets the range s of the translation take the punctuation at its edges that r has at those of the source.
func (p *projector) edges(r, s span) span {
	inner := p.wordsIn(r)
	if inner.empty() {
		return s
	}
	if tail := strings.TrimFunc(p.Source[inner.end:max(inner.end, r.end)], isSpace); tail != "" {
		s.end = p.grow(s.end, tail)
	}
	if head := strings.TrimFunc(p.Source[min(r.start, inner.start):inner.start], isSpace); head != "" {
		for s.start > 0 {
			c, w := utf8.DecodeLastRuneInString(p.Text[:s.start])
			if !slices.Contains([]rune(head), c) {
				break
			}
			s.start -= w
		}
	}
	return s
}

// grow moves the end of a range over the punctuation that follows it, as far as it is like tail.
func (p *projector) grow(end int, tail string) int {
	for end < len(p.Text) {
		c, w := utf8.DecodeRuneInString(p.Text[end:])
		if !unicode.IsPunct(c) || !strings.ContainsRune(tail, c) && !(strings.ContainsAny(tail, ".!?") && strings.ContainsRune(".!?", c)) {
			break
		}
		end += w
	}
	return end
}
