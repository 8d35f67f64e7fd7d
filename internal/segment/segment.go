// Package segment splits prose into sentences: the pieces touch, and joined they are the text.
//
// The rules are those of the Moses splitter grown up: a full stop ends a sentence unless the word before it or the one after
// says otherwise, with lists of abbreviations by kind for each language. In doubt it does not split, for an engine bears a long
// sentence better than half of one. A caller that knows of links, names and quotations joins pieces that one of them spans.
// The package touches strings only.
package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Range is the bytes [Start, End) of a text.
type Range struct{ Start, End int }

// Split cuts s into sentences of the language of tag (BCP 47; one that it has no lists for is split by the general rules).
// The ranges touch: joined, they are s. White space after a sentence belongs to it. An empty s has none.
// A full stop inside a closing quotation mark ends the sentence after the mark.
//
//	"He left." She stayed.  →  `"He left." ` `She stayed.`
//	M. Dupont a dit non.    →  one sentence
//
// A single line end is white space; an empty line ends a sentence.
func Split(tag, s string) []Range {
	if s == "" {
		return nil
	}
	t := splitter{rules: rulesOf(tag), s: s, item: -1}
	t.begin(0)
	for i := 0; i < len(s); {
		if !stops[s[i]] {
			i++
			continue
		}
		i = t.stop(i)
	}
	return append(t.out, Range{t.start, len(s)})
}

// stops are the bytes that may begin something a splitter has to look at.
var stops = func() (b [256]bool) {
	for _, c := range []byte("\n.!?()[]\"") {
		b[c] = true
	}
	// First bytes of: … ‼ ⁇ ⁈ ⁉ • ‣ ⁃ ▪ ● (E2), 。 (E3), ！ ？ ．(EF), ؟ ۔ (D8, DB), । (E0).
	for _, c := range []byte{0xE2, 0xE3, 0xEF, 0xD8, 0xDB, 0xE0} {
		b[c] = true
	}
	return b
}()

// A splitter is on its way through s.
type splitter struct {
	*rules
	s     string
	out   []Range
	start int  // of the sentence it is in
	depth int  // of open brackets in that sentence
	quote bool // a straight quotation mark is open
	item  int  // where the next item of an enumeration begins, or -1
}

// begin starts a sentence at i.
func (t *splitter) begin(i int) {
	t.start, t.depth = i, 0
	t.item = t.nextItem(i)
}

// cut ends the sentence at i, if there is one.
func (t *splitter) cut(i int) {
	for p := t.start; p < i; p++ {
		if t.s[p] > ' ' {
			t.out = append(t.out, Range{t.start, i})
			t.begin(i)
			return
		}
	}
}

// stop looks at the byte at i and returns where to go on.
func (t *splitter) stop(i int) int {
	if t.item >= 0 && i >= t.item {
		at := t.item
		t.item = -1
		t.cut(at)
		return at
	}
	r, w := utf8.DecodeRuneInString(t.s[i:])
	switch r {
	case '(', '[', '（', '「', '『':
		t.depth++
		return i + w
	case ')', ']', '）', '」', '』':
		t.depth = max(t.depth-1, 0)
		return i + w
	case '"':
		t.straight(i)
		return i + w
	case '\n':
		return t.line(i)
	case '•', '‣', '⁃', '▪', '●':
		if i > 0 && isSpace(lastRune(t.s[:i])) {
			t.cut(i)
		}
		return i + w
	case '.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '؟', '۔', '।', '。', '！', '？', '．':
		return t.mark(i)
	}
	return i + w
}

// line looks at a line end: an empty line ends a sentence, and so does a line of a list.
func (t *splitter) line(i int) int {
	j, lines := i, 0
	for j < len(t.s) {
		r, w := utf8.DecodeRuneInString(t.s[j:])
		if !isSpace(r) {
			break
		}
		if r == '\n' {
			lines++
		}
		j += w
	}
	if j == len(t.s) {
		return j
	}
	first, _ := utf8.DecodeRuneInString(t.s[t.start:])
	if lines > 1 {
		t.quote = false
	}
	if lines > 1 || strings.HasPrefix(t.s[j:], "- ") || unicode.IsLower(first) {
		// A text that starts in lower case and breaks its lines is a list, not prose.
		t.cut(j)
	}
	return j
}

// mark looks at the end mark at i, with what closes after it, and cuts before the next word if that starts a sentence.
func (t *splitter) mark(i int) int {
	end, kind := t.run(i)
	closed := t.closers(end)
	next := skipSpace(t.s, closed)
	if next == len(t.s) || next == closed && kind != wide {
		t.brackets(end, closed)
		return max(closed, i+1)
	}
	ends := t.ends(i, end, closed, next, kind) && !t.inBrackets(end, closed)
	t.brackets(end, closed)
	if ends {
		t.cut(next)
		return next
	}
	return closed
}

// straight notes that the straight mark at i opens or closes a quotation: by the spaces about it, else by turns.
func (t *splitter) straight(i int) {
	spaceBefore := i == 0 || isSpace(lastRune(t.s[:i])) || t.s[i-1] == '('
	spaceAfter := i+1 == len(t.s) || isSpace(firstRune(t.s[i+1:]))
	switch {
	case spaceBefore && !spaceAfter:
		t.quote = true
	case spaceAfter && !spaceBefore:
		t.quote = false
	default:
		t.quote = !t.quote
	}
}

// brackets counts the brackets and straight marks between from and to.
func (t *splitter) brackets(from, to int) {
	for i, r := range t.s[from:to] {
		switch r {
		case ')', ']', '）', '」', '』':
			t.depth = max(t.depth-1, 0)
		case '(', '[', '（', '「', '『':
			t.depth++
		case '"':
			t.straight(from + i)
		}
	}
}

// farBracket is how far off a bracket may close and still hold a sentence together, in bytes.
const farBracket = 400

// inBrackets reports whether a bracket opened in this sentence is still open after [from, to) and closes soon.
func (t *splitter) inBrackets(from, to int) bool {
	depth, quote := t.depth, t.quote
	t.brackets(from, to)
	open := t.depth
	t.depth, t.quote = depth, quote
	if open == 0 {
		return false
	}
	rest := t.s[to:min(len(t.s), to+farBracket)]
	for i, r := range rest {
		switch r {
		case '(', '[', '（', '「', '『':
			open++
		case ')', ']', '）', '」', '』':
			if open--; open == 0 {
				return true
			}
		case '\n':
			if i+1 < len(rest) && rest[i+1] == '\n' {
				return false
			}
		}
	}
	return false
}

// A markKind says what a run of end marks is.
type markKind int

const (
	period   markKind = iota // one full stop
	ellipsis                 // several, or …
	strong                   // ? or ! is among them
	wide                     // full width: no space need follow
)

// run returns where the run of end marks at i ends, and its kind. Spaced dots (". . .") are one run.
func (t *splitter) run(i int) (int, markKind) {
	kind, dots := period, 0
	for i < len(t.s) {
		r, w := utf8.DecodeRuneInString(t.s[i:])
		switch r {
		case '.':
			dots++
		case '…':
			dots += 3
		case '!', '?', '‼', '⁇', '⁈', '⁉', '؟', '۔', '।':
			kind = strong
		case '。', '！', '？', '．':
			if unicode.IsDigit(firstRune(t.s[i+w:])) {
				return i + w, ellipsis // a decimal point of full width: no capital follows it
			}
			return i + w, wide
		case ' ':
			if dots == 0 || kind != period || !strings.HasPrefix(t.s[i:], " .") || i+2 < len(t.s) && !strings.ContainsRune(" .”\"", rune(t.s[i+2])) && t.s[i+2] < utf8.RuneSelf {
				return i, kindOf(kind, dots)
			}
		default:
			return i, kindOf(kind, dots)
		}
		i += w
	}
	return i, kindOf(kind, dots)
}

func kindOf(kind markKind, dots int) markKind {
	if kind == period && dots > 1 {
		return ellipsis
	}
	return kind
}

// closers returns where the quotation marks, brackets and note numbers that close at i end.
func (t *splitter) closers(i int) int {
	for i < len(t.s) {
		r, w := utf8.DecodeRuneInString(t.s[i:])
		switch {
		case strings.ContainsRune(`)]}"'”’»›“‘«¹²³」』）`, r):
			i += w
		case r == '[' && noteEnd(t.s[i:]) > 0:
			i += noteEnd(t.s[i:])
		case isSpace(r):
			j := skipSpace(t.s, i)
			q, qw := utf8.DecodeRuneInString(t.s[j:])
			after, _ := utf8.DecodeRuneInString(t.s[j+qw:])
			closing := q == '”' || (q == '»' || q == '›') && !t.inward || q == '"' && t.quote && (isSpace(after) || j+qw == len(t.s))
			if !closing || j+qw < len(t.s) && !isSpace(after) && !unicode.IsPunct(after) {
				return i
			}
			i = j + qw
		default:
			return i
		}
	}
	return i
}

// noteEnd returns the length of a call of a note, "[3]", at the start of s, or 0.
func noteEnd(s string) int {
	for i := 1; i < len(s) && i < 6; i++ {
		if s[i] == ']' && i > 1 {
			return i + 1
		}
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
	}
	return 0
}

// nextItem returns where the item after the one at i begins, if one of an enumeration within a line begins at i: "1. … 2. …",
// "1) … 2) …", "a. … b. …". It returns -1 if none does.
func (t *splitter) nextItem(i int) int {
	i = skipSpace(t.s, i)
	for _, bullet := range []string{"•", "⁃"} {
		if strings.HasPrefix(t.s[i:], bullet) {
			return -1 // bullets cut by themselves
		}
	}
	label, sign := itemLabel(t.s[i:])
	if label == "" || sign == "." && t.ordinal {
		return -1
	}
	want := " " + successor(label) + sign
	const far = 1000 // bytes; an item of a list within a line is short
	rest := t.s[i:min(len(t.s), i+far)]
	at := strings.Index(rest, want)
	if at < 0 {
		return -1
	}
	after := strings.TrimPrefix(rest[at+len(want):], " ")
	if r, _ := utf8.DecodeRuneInString(after); !unicode.IsUpper(r) {
		return -1
	}
	return i + at + 1
}

// itemLabel returns the number or letter and the sign that an item at the start of s is called by.
func itemLabel(s string) (label, sign string) {
	n := 0
	for n < len(s) && n < 3 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 && s != "" && s[0] >= 'a' && s[0] < 'z' {
		n = 1
	}
	if n == 0 {
		return "", ""
	}
	for _, sign := range []string{".) ", ". ", ") "} {
		if strings.HasPrefix(s[n:], sign) {
			return s[:n], sign[:len(sign)-1]
		}
	}
	return "", ""
}

// successor returns the label after label.
func successor(label string) string {
	if label[0] >= 'a' {
		return string(rune(label[0] + 1))
	}
	b := []byte(label)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != '9' {
			b[i]++
			return string(b)
		}
		b[i] = '0'
	}
	return "1" + string(b)
}

func isSpace(r rune) bool { return r == ' ' || r == '\u200B' || unicode.IsSpace(r) }

func skipSpace(s string, i int) int {
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !isSpace(r) {
			break
		}
		i += w
	}
	return i
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
