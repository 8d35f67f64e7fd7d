package translate

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/segment"
)

// A span is the bytes [start, end) of some text.
type span struct{ start, end int }

func (s span) holds(t span) bool    { return s.start <= t.start && t.end <= s.end }
func (s span) overlaps(t span) bool { return s.start < t.end && t.start < s.end }
func (s span) empty() bool          { return s.start >= s.end }

// A piece is a sentence of a text and the white space after it.
type piece struct {
	span             // of the sentence, in the text
	gap    string    // the white space that follows it
	sent   string    // what the engine is given: one line, straight quotation marks, ordinary spaces
	at     []int     // for each byte of sent, and its end, the byte of the text it stands for
	keep   bool      // stays as it is
	bare   bool      // kept because it has no words: its figures are set all the same
	answer int       // index into the engine's sentences; -1 for one that is kept or known
	known  *doc.Text // its translation where a person wrote it; nil else
	by     string    // "memory" or "edited" where it is known
}

// pieces cuts t into sentences, joining those that one of its marks, or a forced break within a sentence, holds together.
func pieces(tag string, t doc.Text) []piece {
	var out []piece
	for _, s := range joined(tag, t) {
		start, end := s.start, s.end
		for start < end && isBlank(t.S[start]) {
			start++
		}
		for end > start && isBlank(t.S[end-1]) {
			end--
		}
		if start == end {
			continue
		}
		for _, m := range t.Marks { // the space that code starts or ends with is its own
			if m.Kind == doc.Code && m.Start < start && start < m.End {
				start = max(m.Start, s.start)
			}
			if m.Kind == doc.Code && m.Start < end && end < m.End {
				end = min(m.End, s.end)
			}
		}
		for _, s := range short(t.S, span{start, end}) {
			if n := len(out); n > 0 {
				out[n-1].gap = t.S[out[n-1].end:s.start]
			}
			p := piece{span: s, answer: -1}
			p.sent, p.at = plain(t.S, s)
			out = append(out, p)
		}
	}
	return out
}

// longest is how long a sentence may be, in bytes. No prose is longer; what is, is a table or a list without its marks.
const longest = 1500

// short cuts what is longer than any sentence after a clause or a word.
func short(s string, r span) []span {
	var out []span
	for r.end-r.start > longest {
		head := s[r.start : r.start+longest]
		cut := strings.LastIndexAny(head, ";:\n") + 1
		if cut < longest/2 {
			cut = strings.LastIndex(head, ", ") + 1
		}
		if cut < longest/2 {
			cut = strings.LastIndexByte(head, ' ')
		}
		if cut <= 0 {
			cut = longest
			for !utf8.RuneStart(s[r.start+cut]) {
				cut--
			}
		}
		first := span{r.start, r.start + cut}
		for r.start = first.end; r.start < r.end && isBlank(s[r.start]); {
			r.start++
		}
		for first.end > first.start && isBlank(s[first.end-1]) {
			first.end--
		}
		if !first.empty() {
			out = append(out, first)
		}
	}
	if !r.empty() {
		out = append(out, r)
	}
	return out
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// joined returns the sentences of t, with those put together again that a mark spans without holding them whole.
func joined(tag string, t doc.Text) []span {
	var out []span
	for _, r := range split(tag, t.S) {
		n := len(out)
		if n > 0 && cuts(t, r.Start) {
			out[n-1].end = r.End
			continue
		}
		out = append(out, span{r.Start, r.End})
	}
	return out
}

// split cuts s into sentences, and at a forced break after which another sentence or line begins.
func split(tag, s string) []segment.Range {
	var out []segment.Range
	for _, r := range segment.Split(tag, s) {
		start := r.Start
		for i := r.Start; i < r.End; i++ {
			if s[i] == '\n' && i+1 < r.End && beginsLine(s[i+1:]) {
				out = append(out, segment.Range{Start: start, End: i + 1})
				start = i + 1
			}
		}
		if start < r.End {
			out = append(out, segment.Range{Start: start, End: r.End})
		}
	}
	return out
}

// beginsLine reports whether s starts as the line of an address, a list or a verse does, not as the rest of a sentence.
func beginsLine(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return !unicode.IsLower(r)
		}
		if unicode.IsDigit(r) || strings.ContainsRune("•—–-*", r) {
			return true
		}
	}
	return false
}

// cuts reports whether a sentence must not end at byte i of t: a link, code or a small mark reaches over it without holding
// whole sentences on both sides.
func cuts(t doc.Text, i int) bool {
	for _, m := range t.Marks {
		if m.Start >= i || m.End <= i {
			continue
		}
		switch m.Kind {
		case doc.Code, doc.Keep, doc.Sub, doc.Super:
			return true
		case doc.Link, doc.Foreign:
			before := strings.TrimRight(t.S[:m.Start], " \n“\"«‘'(")
			whole := before == "" || strings.ContainsAny(before[len(before)-1:], ".!?") || strings.HasSuffix(before, "…")
			if !whole {
				return true
			}
		}
	}
	return false
}

// plain returns the bytes r of s as an engine reads them, and for each byte of that, and its end, the byte of s it stands for.
// Curly and angled quotation marks are not in the older vocabularies, where they become an unknown token and vanish.
func plain(s string, r span) (string, []int) {
	b := make([]byte, 0, r.end-r.start)
	at := make([]int, 0, r.end-r.start+1)
	put := func(text string, i int) {
		for range len(text) {
			at = append(at, i)
		}
		b = append(b, text...)
	}
	for i := r.start; i < r.end; {
		c, w := utf8.DecodeRuneInString(s[i:r.end])
		switch {
		case c == '«' || c == '“' || c == '„' || c == '”' || c == '»' || c == '‟':
			inner := c == '»' || c == '”'
			if inner && c == '»' && len(b) > 0 && b[len(b)-1] == ' ' && opensBefore(s[r.start:i]) {
				b, at = b[:len(b)-1], at[:len(at)-1]
			}
			put(`"`, i)
			if c == '«' {
				for j := i + w; j < r.end; {
					sp, sw := utf8.DecodeRuneInString(s[j:r.end])
					if !isSpace(sp) {
						break
					}
					w, j = w+sw, j+sw
				}
			}
		case c == '’' || c == '‘' || c == '‚' || c == '‹' || c == '›' || c == 'ʼ':
			put("'", i)
		case c == '\u00AD' || c == '\u200B' || c == '\u2060' || c == '\uFEFF':
		case isSpace(c):
			if len(b) > 0 && b[len(b)-1] != ' ' {
				put(" ", i)
			}
		case c == '…':
			put("...", i)
		default:
			for k := range w {
				at = append(at, i+k)
			}
			b = append(b, s[i:i+w]...)
		}
		i += w
	}
	return string(b), append(at, r.end)
}

// opensBefore reports whether a « is open at the end of s, so that a space before » is the space of its inside.
func opensBefore(s string) bool { return strings.LastIndex(s, "«") > strings.LastIndex(s, "»") }

func isSpace(r rune) bool { return r == ' ' || unicode.IsSpace(r) }

// sentByte returns the byte of p.sent that stands for byte i of the text: the first not before it.
func (p *piece) sentByte(i int) int {
	n := sort.SearchInts(p.at, i)
	return min(n, len(p.sent))
}

// within returns the part of the range r of the text that lies in p, in bytes of p.sent.
func (p *piece) within(r span) span {
	return span{p.sentByte(max(r.start, p.start)), p.sentByte(min(r.end, p.end))}
}
