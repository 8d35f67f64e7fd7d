package translate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// kept is something that stands in the translation as it stood in the source.
type kept struct {
	doc    span   // bytes of the document's text
	source span   // bytes of the engine's source
	target span   // bytes of the translation, once found
	text   string // as the document has it
}

// untouchable are addresses, e-mail addresses, handles and signs of comparison in running text.
var untouchable = regexp.MustCompile(`https?://[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’]|www\.[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’]|[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+|[@#][\pL\pN_]{2,}|[<>=≤≥≈≠±≡→←]+`)

// maxKept is how many of a kind are looked for in a sentence. One that has more is no prose, and what is left goes to the engine.
const maxKept = 40

// formula finds terms with operators between them, power finds what has a raised or lowered figure: E = mc², CO₂. A term is a figure or
// a few letters, so that words about an equals sign are still translated.
var (
	formula = regexp.MustCompile(`(?:` + operand + `(?: ?[+*/×÷·^−]| - | ?[=<>≤≥≈≠±]) ?)+` + operand)
	power   = regexp.MustCompile(`(?:^|[^\pL\pN])(\pL{1,3}[⁰¹²³⁴-⁹₀-₉⁺⁻]+(?:\pL{1,2}[⁰¹²³⁴-⁹₀-₉⁺⁻]*)*)(?:$|[^\pL\pN])`)
)

// signs make terms a formula; raised are figures and signs that are raised or lowered.
const (
	signs  = "=<>≤≥≈≠±×÷·^"
	raised = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻"
)

const operand = `(?:\d*\pL{1,3}[⁰¹²³⁴-⁹₀-₉⁺⁻]+|\pL\([^\s()]{1,9}\)|\d+(?:[.,]\d+)*\pL?|\d*\pL{1,2})`

// formulas returns where s has them.
func formulas(s string) []span {
	var out []span
	if strings.ContainsAny(s, signs) {
		for _, m := range formula.FindAllStringIndex(s, maxKept) {
			before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
			after, _ := utf8.DecodeRuneInString(s[m[1]:])
			if !isWordRune(before) && !isWordRune(after) && strings.ContainsAny(s[m[0]:m[1]], signs) {
				out = append(out, span{m[0], m[1]})
			}
		}
	}
	if strings.ContainsAny(s, raised) {
		for _, m := range power.FindAllStringSubmatchIndex(s, maxKept) {
			out = append(out, span{m[2], m[3]})
		}
	}
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// protected returns what of p must not be translated: code, what is marked to be kept or is in another language, addresses.
func protected(t doc.Text, p *piece) []kept {
	var out []kept
	add := func(r span) {
		for _, k := range out {
			if k.doc.overlaps(r) || k.source.overlaps(p.within(r)) {
				return
			}
		}
		out = append(out, kept{doc: r, source: p.within(r), text: t.S[r.start:r.end]})
	}
	for _, m := range t.Marks {
		if m.Start >= p.end || m.End <= p.start || m.Start == m.End {
			continue
		}
		r := span{max(m.Start, p.start), min(m.End, p.end)}
		switch m.Kind {
		case doc.Code, doc.Keep:
			add(r)
		case doc.Foreign:
			add(r)
		}
	}
	for _, at := range formulas(t.S[p.start:p.end]) {
		add(span{p.start + at.start, p.start + at.end})
	}
	for _, at := range untouchable.FindAllStringIndex(t.S[p.start:p.end], maxKept) {
		add(span{p.start + at[0], p.start + at[1]})
	}
	return out
}

// keeps reports whether all of p stays as it is: it holds no word to translate.
func keeps(t doc.Text, p *piece) bool {
	rest := []byte(p.sent)
	for _, k := range protected(t, p) {
		for i := k.source.start; i < k.source.end; i++ {
			rest[i] = ' '
		}
	}
	return strings.IndexFunc(string(rest), unicode.IsLetter) < 0
}

// speaks reports whether p is in the target language already: it has three small words that only that language has, and hardly one that
// only the source's has.
func (j *job) speaks(p *piece) bool {
	from, to := functions[string(lang.Tag(j.From).Bare())], functions[string(lang.Tag(j.To).Bare())]
	if from == nil || to == nil {
		return false
	}
	theirs, ours := 0, 0
	for _, w := range wordsOf("", p.sent) {
		small := strings.Trim(strings.ToLower(w.text), "'’")
		switch {
		case to[small] && !from[small]:
			theirs++
		case from[small] && !to[small]:
			ours++
		}
	}
	return theirs >= 3 && theirs >= 4*ours
}

// keep sees that k stands in the translation as it is. It reports whether it had to put it back.
func (p *projector) keep(k kept) bool {
	sent := p.Source[k.source.start:k.source.end]
	best := p.heaviest(k, sent)
	if plain := norm.NFKC.String(sent); best.empty() && plain != sent {
		best = p.heaviest(k, plain) // km2 for km²
	}
	changed := false
	if best.empty() {
		best, changed = p.stand(k), true
	}
	if p.Text[best.start:best.end] != k.text {
		p.swapIn(best, k.text)
		best.end = best.start + len(k.text)
	}
	k.target = best
	p.kept = append(p.kept, k)
	return changed
}

// combines reports whether s starts with a mark that belongs to the letter before it.
func combines(s string) bool {
	return s != "" && !norm.NFC.PropertiesString(s).BoundaryBefore()
}

// afterLetter moves byte i of the translation past the marks that combine with what is before it.
func (p *projector) afterLetter(i int) int {
	for combines(p.Text[i:]) {
		_, w := utf8.DecodeRuneInString(p.Text[i:])
		i += w
	}
	return i
}

// heaviest returns where text stands in the translation, and where it does so several times, the place that comes from k most; an empty
// span if it stands nowhere.
func (p *projector) heaviest(k kept, text string) span {
	best, most := span{}, -1.0
	weights := p.weights(k.source)
	for i := 0; i < len(p.Text) && text != ""; {
		n := strings.Index(p.Text[i:], text)
		if n < 0 {
			break
		}
		s := span{i + n, i + n + len(text)}
		if m := p.mass(weights, s); m > most && !p.isKept(s) && !combines(p.Text[s.end:]) {
			best, most = s, m
		}
		i = s.end
	}
	return best
}

// isKept reports whether s is already taken by something kept.
func (p *projector) isKept(s span) bool {
	for _, k := range p.kept {
		if k.target.overlaps(s) {
			return true
		}
	}
	return false
}

// stand returns what the engine made of k, to be replaced.
func (p *projector) stand(k kept) span {
	r := p.wordsIn(k.source)
	if !r.empty() {
		if first, last, ok := p.run(r); ok {
			if s := (span{p.words[first].start, p.words[last].end}); !p.isKept(s) {
				return s
			}
		}
	}
	at := len(strings.TrimRight(p.Text, ".!?… "))
	if r.empty() {
		at = p.outside(min(at, p.point(k.source.start)), false) // a sign stands between its neighbours
		at = p.afterLetter(at)
		if at == 0 || p.Text[at-1] == ' ' {
			p.swapIn(span{at, at}, " ")
			return span{at, at}
		}
	}
	at = p.outside(at, false)
	at = p.afterLetter(at)
	p.swapIn(span{at, at}, " ")
	return span{at + 1, at + 1}
}

// unbroken widens s over what stays as it is and lies in it in part: that is one word to a mark.
func (p *projector) unbroken(s span) span {
	for _, k := range p.kept {
		if k.target.overlaps(s) {
			s = span{min(s.start, k.target.start), max(s.end, k.target.end)}
		}
	}
	return s
}

// swapIn puts text in place of s and moves what is kept already.
func (p *projector) swapIn(s span, text string) {
	p.replace(s, text)
	shift := len(text) - (s.end - s.start)
	for i := range p.kept {
		k := &p.kept[i].target
		switch {
		case k.start >= s.end:
			k.start, k.end = k.start+shift, k.end+shift
		case k.end > s.start:
			k.end = max(k.end+shift, k.start)
		}
	}
	p.anchored = p.anchors()
}
