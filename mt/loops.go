package mt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// fault says what is wrong with what the network made of a part: "loop", "doubled", "omission" (much shorter than the text), "capitals" (a
// headline in Title Case with words left as they were), or "" for nothing.
func (m *Model) fault(p *part) string {
	target := make([]int, len(p.out))
	for i, o := range p.out {
		target[i] = o.id
	}
	source := make([]int, len(p.tokens))
	for i, t := range p.tokens {
		source[i] = t.ID
	}
	switch {
	case !p.ended, loops(target, source):
		return "loop"
	case m.doubled(p), len(source) <= 8 && len(target) > 3*len(source)+6:
		return "doubled"
	case len(source) >= 16 && 2*len(target) < len(source):
		return "omission"
	case p.lowered == nil && m.untranslated(p) >= 2:
		return "capitals"
	default:
		return ""
	}
}

// loops says whether a run of tokens stands four times in a row (single ones six times), and not as often in the source.
func loops(target, source []int) bool {
	for period := 1; period <= 24; period++ {
		least := 4
		if period == 1 {
			least = 6
		}
		if n := repeats(target, period); n >= least && n > repeats(source, period)+1 && n > repeats(source, 1)+1 {
			return true
		}
	}
	return false
}

// repeats is how often in a row, at most, period tokens stand.
func repeats(ids []int, period int) int {
	run, longest := 0, 0
	for i := period; i < len(ids); i++ {
		if ids[i] == ids[i-period] {
			run++
		} else {
			run = 0
		}
		longest = max(longest, run)
	}
	if len(ids) < period {
		return 0
	}
	return 1 + longest/period
}

// doubled says whether the translation of a short text says one thing twice, which the text does not.
func (m *Model) doubled(p *part) bool {
	return len(p.tokens) <= 20 && half(p.written()) > 0 && half(p.text.s) == 0
}

// half returns where the second half of a text begins that says what the first half says; 0 if it does not. Marks do not count.
func half(s string) int {
	var starts []int
	var list []string
	words(s, func(start, end int) {
		starts = append(starts, start)
		list = append(list, strings.ToLower(s[start:end]))
	})
	n := len(list)
	if n < 2 || n%2 != 0 || !slices.Equal(list[:n/2], list[n/2:]) {
		return 0
	}
	if n == 2 && utf8.RuneCountInString(list[0]) < 3 { // "no, no" is language
		return 0
	}
	return starts[n/2]
}

// untranslated counts the words of a headline in Title Case that came out as they went in though the vocabulary knows them better
// in small letters, as a name seldom is.
func (m *Model) untranslated(p *part) int {
	common := m.inTitleCase(p.text.s)
	if common == nil {
		return 0
	}
	out := map[string]bool{}
	written := p.written()
	words(written, func(start, end int) { out[written[start:end]] = true })
	n := 0
	for _, w := range common {
		if out[p.text.s[w[0]:w[1]]] {
			n++
		}
	}
	return n
}

// anew returns other ways to show a part to the network, the likeliest to help first.
func (m *Model) anew(text string, p *part, fault string) [][]*part {
	again := func(e edited, tokens []vocab.Token, ending lastMark) []*part {
		q := &part{start: p.start, end: p.end, text: e, upper: p.upper, initial: p.initial, lowered: p.lowered, ending: ending}
		q.tokenize(tokens)
		return []*part{q}
	}
	var out [][]*part
	if fault == "capitals" {
		e := p.text
		var lowered [][2]int
		list := m.inTitleCase(e.s)
		for i := len(list) - 1; i >= 0; i-- {
			w := list[i]
			r, n := utf8.DecodeRuneInString(e.s[w[0]:])
			lowered = append(lowered, [2]int{e.original(w[0]), e.original(w[1])})
			e = e.replaced(w[0], w[0]+n, string(unicode.ToLower(r)))
		}
		q := again(e, m.source.Encode(e.s), markKept)
		q[0].lowered = lowered
		return append(out, q)
	}
	s := p.text.s
	if last, n := utf8.DecodeLastRuneInString(s); len(p.tokens) <= 20 {
		switch {
		case strings.ContainsRune(".!?", last) && len(s) > n:
			e := p.text.replaced(len(s)-n, len(s), "")
			out = append(out, again(e, m.source.Encode(e.s), markTaken))
		case unicode.IsLetter(last) || unicode.IsDigit(last):
			e := p.text.replaced(len(s), len(s), ".")
			out = append(out, again(e, m.source.Encode(e.s), markAdded))
		}
	}
	for _, penalty := range []float32{3, 12} {
		if tokens := m.source.EncodeAnew(s, penalty); !sameTokens(tokens, p.job.Source) {
			out = append(out, again(p.text, tokens, markKept))
		}
	}
	if n := len(p.tokens); n > 8 && !p.upper {
		for _, size := range []int{n/2 + 1, n/3 + 1} {
			parts := m.divide(text, p, max(size, 5))
			if whole := slices.ContainsFunc(parts, func(q *part) bool { return q.copied }); whole || len(parts) < 2 {
				continue
			}
			for _, q := range parts {
				if e, changed := m.plain(q.text); changed {
					q.text = e
					q.tokenize(m.source.Encode(e.s))
				}
			}
			out = append(out, parts)
		}
	}
	return out
}

func sameTokens(tokens []vocab.Token, ids []int) bool {
	if len(tokens)+1 != len(ids) {
		return false
	}
	for i, t := range tokens {
		if t.ID != ids[i] {
			return false
		}
	}
	return true
}

// unmark takes back at the translation's end what was done to the text's last mark.
func (p *part) unmark() {
	if len(p.out) == 0 {
		return
	}
	last := &p.out[len(p.out)-1]
	switch p.ending {
	case markAdded:
		last.text = strings.TrimRight(last.text, ".。")
	case markTaken:
		if r, _ := utf8.DecodeLastRuneInString(last.text); !strings.ContainsRune(".!?。！？…", r) {
			last.text += "."
		}
	}
}

// shorten cuts from a translation what it says over again: behind the first of the repeated stretches of a loop, or the second half
// of what is doubled.
func (p *part) shorten() {
	if at := half(p.written()); at > 0 {
		n := 0
		for i, o := range p.out {
			if n += len(o.text); n >= at {
				p.out = p.out[:i]
				break
			}
		}
		return
	}
	ids := make([]int, len(p.out))
	for i, o := range p.out {
		ids[i] = o.id
	}
	best, cut := 0, len(ids)
	for period := 1; period <= 24; period++ {
		run := 0
		for i := period; i < len(ids); i++ {
			if ids[i] != ids[i-period] {
				run = 0
				continue
			}
			if run++; run > best && run >= 2*period {
				best, cut = run, i+1-run // the first of the repetitions ends here
			}
		}
	}
	p.out = p.out[:min(cut, len(p.out))]
}
