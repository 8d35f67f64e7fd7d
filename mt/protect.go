package mt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// A span is a stretch of a text that means the same in every language: an address, a handle, an emoji.
type span struct {
	start, end int
	kind       string // for a person
	loose      bool   // no part of the sentence's grammar: at the text's ends it need not go through the network
}

// spans finds what is to be kept in a text, in order.
func spans(text string) []span {
	var out []span
	for i := 0; i < len(text); {
		if n := emojiAt(text[i:]); n > 0 {
			out = append(out, span{i, i + n, "emoji", true})
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) || strings.ContainsRune("([{<\"'“«‘", r) {
			i += size
			continue
		}
		word := text[i:]
		if n := strings.IndexFunc(word, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”«»", r) }); n >= 0 {
			word = word[:n]
		}
		if kind, n := addressIn(word); n > 0 {
			out = append(out, span{i, i + n, kind, kind == "address" || kind == "tag"})
			i += n
			continue
		}
		// On to the next place where something can begin: behind the word, or at an emoji inside it.
		next := len(word)
		for j := range word {
			if j > 0 && emojiAt(word[j:]) > 0 {
				next = j
				break
			}
		}
		i += max(next, size)
	}
	return out
}

// addressIn says whether a word, which may have marks behind it, is an address, a mail address, a handle or a tag, and how long that is.
func addressIn(word string) (string, int) {
	trimmed := strings.TrimRight(word, ".,;:!?…)]}'’")
	lower := strings.ToLower(trimmed)
	switch at := strings.IndexByte(trimmed, '@'); {
	case strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "ftp://"):
		return "address", len(trimmed)
	case strings.HasPrefix(lower, "www.") && len(trimmed) > 6:
		return "address", len(trimmed)
	case at > 0 && strings.Contains(trimmed[at:], ".") && isName(trimmed[:at], ".+-_") && isName(trimmed[at+1:], ".-"):
		return "mail address", len(trimmed)
	case at == 0 && len(trimmed) > 2 && isName(trimmed[1:], "_."):
		return "handle", len(trimmed)
	case len(trimmed) > 2 && trimmed[0] == '#' && isName(trimmed[1:], "_") && strings.IndexFunc(trimmed, unicode.IsLetter) > 0:
		return "tag", len(trimmed)
	default:
		return "", 0
	}
}

// isName says whether s is of letters, digits and the marks given.
func isName(s, marks string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(marks, r)
	}) < 0
}

// emojiAt returns the length of the run of emoji that s begins with: pictures with their joiners, variants, skin tones and flags.
func emojiAt(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !isEmoji(r) && (n == 0 || !strings.ContainsRune("\u200d\ufe0f\ufe0e\u20e3", r)) {
			break
		}
		n += size
	}
	return n
}

func isEmoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2B00 && r <= 0x2BFF || r >= 0x2300 && r <= 0x23FF ||
		r >= 0xE0020 && r <= 0xE007F
}

// strangerKind is the kind of a word with letters that the vocabulary does not know.
const strangerKind = "word in other letters"

// strangers finds the words of a part with letters that the vocabulary does not know: names in another script. all says that they are
// most of the part, so that there is nothing to translate.
func (p *part) strangers(text string) (out []span, all bool) {
	unknown := 0
	for _, t := range p.tokens {
		start := t.Start + len(text[t.Start:t.End]) - len(strings.TrimLeftFunc(text[t.Start:t.End], unicode.IsSpace))
		n := count(text[start:t.End], unicode.IsLetter)
		if t.ID != vocab.Unknown || n == 0 {
			continue
		}
		unknown += n
		end := t.End
		for start > p.start && inWord(text[:start], utf8.DecodeLastRuneInString) {
			_, n := utf8.DecodeLastRuneInString(text[:start])
			start -= n
		}
		for end < p.end && inWord(text[end:], utf8.DecodeRuneInString) {
			_, n := utf8.DecodeRuneInString(text[end:])
			end += n
		}
		if n := len(out); n > 0 && (out[n-1].end >= start || strings.TrimSpace(text[out[n-1].end:start]) == "") {
			out[n-1].end = max(end, out[n-1].end)
			continue
		}
		out = append(out, span{start, end, strangerKind, false})
	}
	return out, unknown > 0 && 2*unknown >= count(text[p.start:p.end], unicode.IsLetter)
}

func inWord(s string, decode func(string) (rune, int)) bool {
	r, _ := decode(s)
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r) || unicode.IsDigit(r)
}

func count(s string, is func(rune) bool) int {
	n := 0
	for _, r := range s {
		if is(r) {
			n++
		}
	}
	return n
}

// plainMarks are marks that older vocabularies lack, and the plain ones that stand for them. What the network cannot read it drops, and
// the clause beside it with it.
var plainMarks = map[rune]string{
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '‘': "'", '’': "'", '‚': "'", '‹': "'", '›': "'",
	'–': "-", '—': "-", '‒': "-", '―': "-", '‐': "-", '‑': "-", '−': "-", '•': "-", '·': "-",
}

// plain replaces marks that the vocabulary does not know by those that stand for them, and capitals that it does not know by small
// letters that it does.
func (m *Model) plain(e edited) (edited, bool) {
	changed := false
	for i := 0; i < len(e.s); {
		r, n := utf8.DecodeRuneInString(e.s[i:])
		by, ok := plainMarks[r]
		if r > unicode.MaxASCII && unicode.IsUpper(r) {
			by = string(unicode.ToLower(r))
			ok = m.source.Knows(by)
		}
		if !ok || m.source.Knows(e.s[i:i+n]) {
			i += n
			continue
		}
		e = e.replaced(i, i+n, by)
		i += len(by)
		changed = true
	}
	return e, changed
}

// undecorate takes off what models add to short texts out of what they were trained on: a remark in brackets at the end, such as
// "(in English)", of a text that has no brackets.
func (p *part) undecorate() bool {
	if len(p.tokens) > 12 || strings.ContainsAny(p.text.s, "([（") {
		return false
	}
	written := p.written()
	at := strings.LastIndexAny(written, "(（")
	end := strings.TrimRight(written, ".")
	if at <= 0 || !strings.HasSuffix(end, ")") && !strings.HasSuffix(end, "）") || strings.TrimSpace(written[:at]) == "" {
		return false
	}
	at = len(strings.TrimRight(written[:at], " "))
	n := 0
	for i := range p.out {
		o := &p.out[i]
		o.text = o.text[:max(0, min(len(o.text), at-n))]
		n += len(o.text)
	}
	return true
}

// loose returns where the sentence between loose spans at the ends of [start, end) begins and ends.
func loose(text string, start, end int, kept []span) (int, int) {
	from, to := start, end
	for _, s := range kept {
		if s.loose && s.start >= from && s.end <= to && strings.TrimSpace(text[from:s.start]) == "" {
			from = s.end
		}
	}
	for i := len(kept) - 1; i >= 0; i-- {
		if s := kept[i]; s.loose && s.start >= from && s.end <= to && strings.TrimSpace(text[s.end:to]) == "" {
			to = s.start
		}
	}
	return from, to
}

// keep puts back what of the part's kept spans the network lost or changed, and says what it did.
func (p *part) keep(text string, kept []span) []Repair {
	var repairs []Repair
	for _, s := range kept {
		if s.start < p.start || s.end > p.end || p.copied {
			continue
		}
		want := text[s.start:s.end]
		if strings.Count(p.written(), want) >= strings.Count(p.text.s, want) {
			continue
		}
		if p.restore(text, s, want) {
			repairs = append(repairs, Repair{"protected", "the " + s.kind + " " + want + " was put back"})
		}
	}
	return repairs
}

// restore writes want over what the network made of s, or, where it made nothing of it, behind the translation of what stands before it.
func (p *part) restore(text string, s span, want string) bool {
	if len(p.out) > 0 && p.out[0].row == nil {
		return false
	}
	source := p.tokensOf(s.start, s.end)
	// An emoji is not a word's translation: it takes the place of a mark that came of it, or stands by itself.
	if from, to := p.lookingAt(source); from < to && (s.kind != "emoji" || p.onlyMarks(from, to)) {
		for from > 0 && !strings.HasPrefix(p.out[from].text, " ") && !p.out[from-1].fixed {
			from--
		}
		for to < len(p.out) && !strings.HasPrefix(p.out[to].text, " ") && !p.out[to].fixed {
			to++
		}
		old := ""
		for _, o := range p.out[from:to] {
			old += o.text
		}
		body := strings.TrimLeft(old, " ")
		core := strings.Trim(body, "([{\"'“«‘.,;:!?…)]}»”’")
		if s.kind == strangerKind && !p.onlyMarks(from, to) {
			if core = resembling(core, want); core == "" {
				return false // another word altogether: a translation
			}
		}
		if core == "" {
			core = body
		}
		at := strings.Index(body, core)
		p.out[from].text = old[:len(old)-len(body)] + body[:at] + want + body[at+len(core):]
		for i := from; i < to; i++ {
			p.out[i].fixed = true
			if i > from {
				p.out[i].text = ""
			}
		}
		return true
	}
	if s.kind == strangerKind {
		return false
	}
	p.insert(text, s, want, source)
	return true
}

// resembling returns s, or the stretch of it between hyphens, that is the most like want; "" if none is more like it than not.
func resembling(s, want string) string {
	best, value := "", 0.5
	for _, c := range append([]string{s}, strings.Split(s, "-")...) {
		if v := likeness(c, want); v > value {
			best, value = c, v
		}
	}
	return best
}

// likeness is 1 less the share of characters that have to change to make b of a (Levenshtein).
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longest := max(len(x), len(y))
	if longest == 0 || longest > 64 {
		return 0
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return 1 - float64(row[len(y)])/float64(longest)
}

func (p *part) onlyMarks(from, to int) bool {
	for _, o := range p.out[from:to] {
		if count(o.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) > 0 {
			return false
		}
	}
	return true
}

// insert writes want behind the translation of the token before s, at the end of its word.
func (p *part) insert(text string, s span, want string, source []int) {
	row := make([]float32, len(p.tokens)+1)
	for _, j := range source {
		row[j] = 1 / float32(len(source))
	}
	at := 0
	before := -1
	if len(source) > 0 {
		before = source[0] - 1
	}
	if before >= 0 {
		at = len(p.out)
		best := float32(0)
		for i, o := range p.out {
			if o.row[before] > best {
				best, at = o.row[before], i+1
			}
		}
		for at < len(p.out) && !strings.HasPrefix(p.out[at].text, " ") {
			at++
		}
	}
	spaceBefore := s.start > 0 && unicode.IsSpace(rune(text[s.start-1])) && at > 0
	if spaceBefore {
		want = " " + want
	}
	p.out = append(p.out, outPiece{})
	copy(p.out[at+1:], p.out[at:])
	p.out[at] = outPiece{id: vocab.Unknown, text: want, row: row, fixed: true}
	if at == 0 && len(p.out) > 1 && !strings.HasPrefix(p.out[1].text, " ") && s.end < len(text) && unicode.IsSpace(rune(text[s.end])) {
		p.out[1].text = " " + p.out[1].text
	}
}

// tokensOf returns the tokens that share bytes with [start, end).
func (p *part) tokensOf(start, end int) []int {
	var out []int
	for j, t := range p.tokens {
		if t.Start < end && t.End > start {
			out = append(out, j)
		}
	}
	return out
}

// lookingAt returns the stretch of the translation that looks at the given source tokens most: the one with the largest sum of
// (weight on them - 1/2), without pieces that were put back before. It is empty where none looks at them with more than half its weight.
func (p *part) lookingAt(source []int) (from, to int) {
	best, sum, start := float32(0), float32(0), 0
	for i, o := range p.out {
		w := float32(-0.5)
		for _, j := range source {
			w += o.row[j]
		}
		if o.fixed {
			sum = 0
			continue
		}
		if sum <= 0 {
			sum, start = 0, i
		}
		if sum += w; sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return from, to
}
