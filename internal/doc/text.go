package doc

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Run is a piece of a text that no mark's boundary cuts. To print one: end what Ends names, start what Starts names, write S.
// S is empty where an Object marks a place between two characters, and in the last run of a text whose end some mark reaches.
type Run struct {
	S      string
	At     int    // where S starts in the text, in bytes
	Ends   []Mark // the marks that end before S, innermost first
	Starts []Mark // the marks that start with S, outermost first
}

// Runs yields t cut at every mark boundary; joined, the runs' strings are t.S. An empty text without marks has no runs.
// The marks must keep the rules of Check. An empty Object that stands where a longer mark starts lies in that mark,
// one that stands where a mark ends lies behind it.
func (t Text) Runs() iter.Seq[Run] {
	return func(yield func(Run) bool) {
		var open []Mark
		rest := t.Marks
		for at := 0; ; {
			r := Run{At: at}
			for len(open) > 0 && (open[len(open)-1].End <= at || at == len(t.S)) {
				r.Ends = append(r.Ends, open[len(open)-1])
				open = open[:len(open)-1]
			}
			for len(rest) > 0 && rest[0].Start <= at {
				m := rest[0]
				r.Starts, open, rest = append(r.Starts, m), append(open, m), rest[1:]
				if m.Start == m.End {
					break // its own run, so that it ends before what follows starts
				}
			}
			next := len(t.S)
			if len(open) > 0 {
				next = min(next, open[len(open)-1].End)
			}
			if len(rest) > 0 {
				next = min(next, rest[0].Start)
			}
			next = max(next, at) // only a mark that breaks the rules ends before it starts
			r.S = t.S[at:next]
			if (r.S != "" || r.Ends != nil || r.Starts != nil) && !yield(r) {
				return
			}
			if next == len(t.S) && len(open) == 0 && (len(rest) == 0 || rest[0].Start > next) {
				return
			}
			at = next
		}
	}
}

// Empty reports whether t has neither words nor marks.
func (t Text) Empty() bool { return t.S == "" && len(t.Marks) == 0 }

// Slice is the bytes [start, end) of t with the marks that lie in them, cut where they reach out. Empty Objects at both ends belong to it.
func (t Text) Slice(start, end int) Text {
	s := Text{S: t.S[start:end]}
	for _, m := range t.Marks {
		if m.Kind == Object && m.Start == m.End {
			if m.Start < start || m.End > end {
				continue
			}
		} else if m.End <= start || m.Start >= end {
			continue
		}
		m.Start, m.End = max(m.Start, start)-start, min(m.End, end)-start
		s.Marks = append(s.Marks, m)
	}
	slices.SortStableFunc(s.Marks, compare) // cutting can make two marks start together
	return s
}

// Plain is t as one line of text: forced breaks become spaces.
func (t Text) Plain() string { return strings.ReplaceAll(t.S, "\n", " ") }

// Concat joins texts as they are; nothing is put between them.
func Concat(texts ...Text) Text {
	var s strings.Builder
	var out Text
	for _, t := range texts {
		for _, m := range t.Marks {
			m.Start, m.End = m.Start+s.Len(), m.End+s.Len()
			out.Marks = append(out.Marks, m)
		}
		s.WriteString(t.S)
	}
	out.S = s.String()
	slices.SortStableFunc(out.Marks, compare) // an empty Object at the end of one may stand before what starts the next
	return out
}

// Equal reports whether t and u are the same text with the same marks.
func (t Text) Equal(u Text) bool { return t.S == u.S && slices.Equal(t.Marks, u.Marks) }

// CodePoint is the number of code points before byte i of s. A byte outside s counts as its nearer end.
func CodePoint(s string, i int) int { return utf8.RuneCountInString(s[:min(max(i, 0), len(s))]) }

// ByteOffset is the byte at which code point n of s starts: the inverse of CodePoint. Past the end it is len(s).
func ByteOffset(s string, n int) int {
	if n <= 0 {
		return 0
	}
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}
