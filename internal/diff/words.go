package diff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// maxCells bounds the work of comparing two texts word by word; beyond it the whole middle counts as one change.
const maxCells = 4_000_000

// A token is a word, a sign or a run of spaces.
type token struct {
	start, end int
}

func tokens(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		start := i
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		class := classOf(r)
		for class != sign && i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if c := classOf(r); c != class && (class != word || !joins(s, i, n)) {
				break
			}
			i += n
		}
		out = append(out, token{start, i})
	}
	return out
}

const (
	word = iota
	space
	sign
)

func classOf(r rune) int {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return word
	case unicode.IsSpace(r):
		return space
	}
	return sign
}

// joins reports whether the sign at byte i lies within a word or a number: an apostrophe, a hyphen, the signs of 10,000.5.
func joins(s string, i, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	next, _ := utf8.DecodeRuneInString(s[i+n:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	switch r {
	case '\'', '’', '-':
		return classOf(next) == word
	case '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(next)
	}
	return false
}

// Texts returns where the words of old and new differ, in the order of the text; nil where they do not.
func Texts(old, new doc.Text) []Span {
	a, b := tokens(old.S), tokens(new.S)
	same := func(x, y token) bool { return old.S[x.start:x.end] == new.S[y.start:y.end] }
	head := 0
	for head < len(a) && head < len(b) && same(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && same(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	var spans []Span
	for _, g := range gaps(a[head:len(a)-tail], b[head:len(b)-tail], same) {
		s := Span{
			OldStart: startOf(a, head+g.i, len(old.S)), OldEnd: startOf(a, head+g.iEnd, len(old.S)),
			NewStart: startOf(b, head+g.j, len(new.S)), NewEnd: startOf(b, head+g.jEnd, len(new.S)),
		}
		if n := len(spans); n > 0 && strings.TrimSpace(old.S[spans[n-1].OldEnd:s.OldStart]) == "" && strings.TrimSpace(new.S[spans[n-1].NewEnd:s.NewStart]) == "" {
			spans[n-1].OldEnd, spans[n-1].NewEnd = s.OldEnd, s.NewEnd // two words side by side are one change
			continue
		}
		spans = append(spans, s)
	}
	for i := range spans {
		spans[i].Weight = weigh(old, new, spans[i])
	}
	return spans
}

func startOf(tokens []token, i, end int) int {
	if i < len(tokens) {
		return tokens[i].start
	}
	return end
}

// A gap is where two lists of tokens differ.
type gap struct{ i, iEnd, j, jEnd int }

// gaps finds what the longest common subsequence leaves out.
func gaps(a, b []token, same func(x, y token) bool) []gap {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxCells {
		return []gap{{0, len(a), 0, len(b)}}
	}
	width := len(b) + 1
	length := make([]int32, (len(a)+1)*width) // of the common subsequence from (i, j) on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(a[i], b[j]) {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	var out []gap
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && same(a[i], b[j]) {
			i++
			j++
			continue
		}
		g := gap{i, i, j, j}
		for (i < len(a) || j < len(b)) && (i == len(a) || j == len(b) || !same(a[i], b[j])) {
			if j == len(b) || i < len(a) && length[(i+1)*width+j] >= length[i*width+j+1] {
				i++
			} else {
				j++
			}
		}
		g.iEnd, g.jEnd = i, j
		out = append(out, g)
	}
	return out
}

// negations turn a sentence over. They are few enough to be written down for the languages news comes in.
var negations = map[string]bool{
	"not": true, "no": true, "never": true, "none": true, "nor": true, "without": true, "cannot": true,
	"ne": true, "pas": true, "jamais": true, "sans": true, "aucun": true, "aucune": true, "ni": true, "non": true,
	"não": true, "nunca": true, "sem": true, "nenhum": true, "nenhuma": true, "nem": true, "sin": true, "ningún": true, "ninguna": true,
	"nicht": true, "kein": true, "keine": true, "keinen": true, "keiner": true, "nie": true, "ohne": true, "mai": true, "senza": true, "nessun": true,
	"не": true, "ни": true, "нет": true, "без": true, "никогда": true, "ні": true, "ніколи": true, "nigdy": true, "bez": true,
}

// weigh says how much a span matters.
func weigh(old, new doc.Text, s Span) Weight {
	was, is := old.S[s.OldStart:s.OldEnd], new.S[s.NewStart:s.NewEnd]
	if plain(was) == plain(is) {
		return Typo
	}
	if quoted(old, s.OldStart, s.OldEnd) || quoted(new, s.NewStart, s.NewEnd) {
		return Said
	}
	if digits(was) != digits(is) || !slices.Equal(negated(was), negated(is)) {
		return Fact
	}
	if slip(was, is) {
		return Typo
	}
	if !slices.Equal(names(old.S, s.OldStart, s.OldEnd), names(new.S, s.NewStart, s.NewEnd)) {
		return Fact
	}
	return Wording
}

// plain is s without what no translation depends on: capitals, accents, punctuation, spaces.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// quoted reports whether a range touches words between quotation marks.
func quoted(t doc.Text, start, end int) bool {
	inside := func(from, to int) bool { return from < end && start < to || start == end && from < start && start < to }
	for _, m := range t.Marks {
		if m.Kind == doc.Quote && inside(m.Start, m.End) {
			return true
		}
	}
	for _, q := range doc.QuoteMarks("", t.S) {
		if q.Balanced() && inside(q.Start, q.End) {
			return true
		}
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
	})
}

func negated(s string) []string {
	var out []string
	for _, w := range fields(strings.ToLower(s)) {
		if negations[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") {
			out = append(out, "not")
		}
	}
	return out
}

// names are the words of a range that are written large though no sentence starts with them.
func names(s string, start, end int) []string {
	var out []string
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(s[i:])
		before := strings.TrimRight(s[:i], " \u00a0\"'“‘«(")
		last, _ := utf8.DecodeLastRuneInString(before)
		starts := before == "" || strings.ContainsRune(".!?…:\n", last)
		if !unicode.IsUpper(r) || starts {
			i += n
			continue
		}
		from := i
		for i < end {
			r, n := utf8.DecodeRuneInString(s[i:])
			if classOf(r) != word {
				break
			}
			i += n
		}
		out = append(out, s[from:i])
	}
	return out
}

// minSlip is the length from which a word may be a misspelling of another. Shorter ones are too often words of their own.
const minSlip = 7

// slip reports whether one word was misspelt: a letter too many, one missing or two in the wrong order, behind the first letter.
// A letter that became another is no slip: an outlet that corrects "million" to "billion" corrects a fact.
func slip(was, is string) bool {
	a, b := fields(was), fields(is)
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !misspelt([]rune(strings.ToLower(a[i])), []rune(strings.ToLower(b[i]))) {
			return false
		}
	}
	return true
}

func misspelt(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) < minSlip || a[0] != b[0] || unicode.IsDigit(a[0]) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 1:
		return slices.Equal(a[i:], b[i+1:])
	case 0:
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
	}
	return false
}
