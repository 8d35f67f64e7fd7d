package mt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words calls f with every word of s: its letters, digits and inner apostrophes.
func words(s string, f func(start, end int)) {
	start := -1
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || (start >= 0 && (r == '\'' || r == '’'))
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			f(start, i)
			start = -1
		}
	}
	if start >= 0 {
		f(start, len(s))
	}
}

// allCapitals says whether a text is written in capitals throughout, as headlines are: nine in ten of its letters that have case,
// and at least one word, of four letters or more, that the vocabulary knows better in small letters. Names of one word and
// abbreviations are none.
func (m *Model) allCapitals(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	if upper < 4 || 10*upper < 9*(upper+lower) {
		return false
	}
	common := false
	words(s, func(start, end int) {
		w := s[start:end]
		if !common && utf8.RuneCountInString(w) >= 4 {
			small := m.source.Score(strings.ToLower(w))
			common = small > m.source.Score(w) && small >= m.source.Score(title(w))
		}
	})
	return common
}

// recased writes a text of capitals as a sentence. Each word takes the form that the vocabulary, which was learnt from ordinary text,
// thinks most likely: small, with a capital, or in capitals as it is. The first word keeps a capital.
func (m *Model) recased(e edited, keep func(start, end int) bool) edited {
	type change struct {
		start, end int
		by         string
	}
	var changes []change
	first := true
	words(e.s, func(start, end int) {
		w := e.s[start:end]
		if keep(e.original(start), e.original(end)) || strings.IndexFunc(w, unicode.IsDigit) >= 0 {
			first = false
			return
		}
		best := m.likeliest(w)
		if first {
			best = title(best)
		}
		first = false
		if best != w {
			changes = append(changes, change{start, end, best})
		}
	})
	for i := len(changes) - 1; i >= 0; i-- {
		e = e.replaced(changes[i].start, changes[i].end, changes[i].by)
	}
	return e
}

// likeliest returns the form of a word in capitals that the vocabulary thinks most likely.
func (m *Model) likeliest(w string) string {
	best := strings.ToLower(w)
	score := m.source.Score(best)
	for _, form := range []string{title(best), w} {
		if s := m.source.Score(form); s > score {
			best, score = form, s
		}
	}
	return best
}

// title returns w with its first letter a capital; it leaves the others as they are when the first is one already.
func title(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	if unicode.IsUpper(r) {
		rest := strings.ToLower(w[n:])
		return w[:n] + rest
	}
	return string(unicode.ToTitle(r)) + w[n:]
}

// capitalise writes the translation of a text of capitals in capitals, but for what was to be kept.
func (p *part) capitalise(kept func(s string) bool) {
	for i := range p.out {
		if !kept(strings.TrimSpace(p.out[i].text)) {
			p.out[i].text = strings.ToUpper(p.out[i].text)
		}
	}
}

// capital says whether the first letter of s is one.
func capital(s string) bool {
	at := strings.IndexFunc(s, unicode.IsLetter)
	if at < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}

// capitaliseFirst writes the first letter of the translation as a capital.
func (p *part) capitaliseFirst() {
	for i := range p.out {
		o := &p.out[i]
		if at := strings.IndexFunc(o.text, unicode.IsLetter); at >= 0 {
			r, n := utf8.DecodeRuneInString(o.text[at:])
			o.text = o.text[:at] + string(unicode.ToTitle(r)) + o.text[at+n:]
			return
		}
	}
}

// inTitleCase finds the words of a headline in Title Case that a sentence would write small: not the first, of four letters or more,
// and likelier small in the vocabulary. It finds none unless nine in ten of the long words have a capital, there are four of them,
// and three of them are such words.
func (m *Model) inTitleCase(s string) [][2]int {
	long, capitals := 0, 0
	var out [][2]int
	first := true
	words(s, func(start, end int) {
		w := s[start:end]
		r, n := utf8.DecodeRuneInString(w)
		isFirst := first
		first = false
		if utf8.RuneCountInString(w) < 4 {
			return
		}
		long++
		if !unicode.IsUpper(r) {
			return
		}
		capitals++
		small := string(unicode.ToLower(r)) + w[n:]
		if !isFirst && m.source.Score(small) > m.source.Score(w) {
			out = append(out, [2]int{start, end})
		}
	})
	if long < 4 || 10*capitals < 9*long || len(out) < 3 {
		return nil
	}
	return out
}

// retitle gives capitals back to the words of the translation that come from words which had one.
func (p *part) retitle() {
	from := map[int]bool{}
	for _, w := range p.lowered {
		for _, j := range p.tokensOf(w[0], w[1]) {
			from[j] = true
		}
	}
	for i := 0; i < len(p.out); {
		j := i + 1
		for j < len(p.out) && !strings.HasPrefix(p.out[j].text, " ") {
			j++
		}
		word := ""
		for _, o := range p.out[i:j] {
			word += o.text
		}
		if o := &p.out[i]; o.row != nil && from[largest(o.row)] && utf8.RuneCountInString(strings.TrimSpace(word)) > 3 {
			at := len(o.text) - len(strings.TrimLeft(o.text, " "))
			if r, n := utf8.DecodeRuneInString(o.text[at:]); n > 0 {
				o.text = o.text[:at] + string(unicode.ToTitle(r)) + o.text[at+n:]
			}
		}
		i = j
	}
}

// largest is the index of the first largest value.
func largest(row []float32) int {
	best := 0
	for i, v := range row {
		if v > row[best] {
			best = i
		}
	}
	return best
}
