package mt

import (
	"strings"
	"unicode"
)

// A number is a run of digits with marks inside: 8,36 or 12.000 or 2022.
type number struct {
	start, end int
	digits     string
}

// numbersIn finds the numbers of a text that are written in ASCII digits.
func numbersIn(s string) []number {
	var out []number
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		n := number{start: i}
		j := i
		for j < len(s) && (isDigit(s[j]) || (j+1 < len(s) && strings.IndexByte(".,", s[j]) >= 0 && isDigit(s[j+1]))) {
			if isDigit(s[j]) {
				n.digits += s[j : j+1]
			}
			j++
		}
		n.end = j
		out = append(out, n)
		i = j
	}
	return out
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// converted says whether a number may well be another one in another language: a time of day, a decade, a number with a letter.
func converted(s string, n number) bool {
	before, after := s[:n.start], s[n.end:]
	if before != "" && strings.IndexByte(":/-–h", before[len(before)-1]) >= 0 || after != "" && strings.IndexByte(":/h", after[0]) >= 0 {
		return true
	}
	rest := strings.ToLower(strings.TrimLeft(after, " \u00a0\u202f"))
	for _, mark := range []string{"am", "pm", "a.m", "p.m", "uhr", "h "} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	r := []rune(after)
	return len(r) > 0 && (unicode.IsLetter(r[0]) || r[0] == '\'' || r[0] == '’')
}

// renumber finds numbers that the network changed on their way: one of the text that the translation lacks, one of the translation that
// the text lacks, of as many digits, and which looks at the former. It writes the right digits into the latter's form.
func (p *part) renumber() []Repair {
	written := p.written()
	sources, targets := numbersIn(p.text.s), numbersIn(written)
	missing, strange := without(sources, targets), without(targets, sources)
	var repairs []Repair
	for _, s := range missing {
		if converted(p.text.s, s) {
			continue
		}
		tokens := p.tokensOf(p.text.original(s.start), p.text.original(s.end))
		for i, t := range strange {
			if len(t.digits) != len(s.digits) || t.digits == "" || converted(written, t) || !p.looks(t, tokens) {
				continue
			}
			p.overwrite(t, s.digits)
			repairs = append(repairs, Repair{"protected", "the number " + p.text.s[s.start:s.end] + " came out as " + written[t.start:t.end] + " and was put right"})
			strange[i].digits = ""
			break
		}
	}
	return repairs
}

// without returns the numbers of a that b has fewer of.
func without(a, b []number) []number {
	count := map[string]int{}
	for _, n := range b {
		count[n.digits]++
	}
	var out []number
	for _, n := range a {
		if count[n.digits]--; count[n.digits] < 0 {
			out = append(out, n)
		}
	}
	return out
}

// looks says whether the pieces of a number of the translation look at the given source tokens with more than half their weight.
func (p *part) looks(n number, source []int) bool {
	at, sum, count := 0, float32(0), 0
	for _, o := range p.out {
		end := at + len(o.text)
		if at < n.end && end > n.start {
			if o.row == nil {
				return false
			}
			for _, j := range source {
				sum += o.row[j]
			}
			count++
		}
		at = end
	}
	return count > 0 && sum > 0.5*float32(count)
}

// overwrite writes digits over those of a number of the translation.
func (p *part) overwrite(n number, digits string) {
	at := 0
	for i := range p.out {
		b := []byte(p.out[i].text)
		for k := range b {
			if at >= n.start && at < n.end && isDigit(b[k]) {
				b[k] = digits[0]
				digits = digits[1:]
			}
			at++
		}
		p.out[i].text = string(b)
	}
}
