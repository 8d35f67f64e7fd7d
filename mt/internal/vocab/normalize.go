package vocab

import (
	"strings"
	"unicode/utf8"
)

// A normal is a text as the search sees it.
type normal struct {
	text string  // characters mapped, spaces collapsed and turned into U+2581
	from []int32 // for each byte of text, and for its end, the byte of the original where its character begins
}

// normalize follows normalizer.cc: user-defined symbols, else the longest rule, else one character; a malformed byte is U+FFFD.
// The last entry of from is the end of what counts of the original: spaces behind it are dropped.
func (v *Vocabulary) normalize(s string) normal {
	var out strings.Builder
	out.Grow(len(s) + len(s)/4 + 8)
	from := make([]int32, 0, len(s)+len(s)/4+8)
	put := func(text string, at int) {
		out.WriteString(text)
		for range len(text) {
			from = append(from, int32(at))
		}
	}
	pos := 0
	if v.removeSpaces {
		for pos < len(s) {
			text, n := v.prefix(s, pos)
			if text != " " {
				break
			}
			pos += n
		}
	}
	if pos == len(s) {
		return normal{from: []int32{0}}
	}
	if v.dummyPrefix {
		put(space, pos)
	}
	afterSpace := v.removeSpaces
	for pos < len(s) {
		text, n := v.prefix(s, pos)
		if afterSpace {
			text = strings.TrimLeft(text, " ")
		}
		if text != "" {
			for i := 0; i < len(text); {
				if text[i] == ' ' {
					put(space, pos)
					i++
					continue
				}
				j := strings.IndexByte(text[i:], ' ')
				if j < 0 {
					j = len(text) - i
				}
				put(text[i:i+j], pos)
				i += j
			}
			afterSpace = v.removeSpaces && text[len(text)-1] == ' '
		}
		pos += n
	}
	text := out.String()
	end := len(s)
	if v.removeSpaces {
		for strings.HasSuffix(text, space) {
			text = text[:len(text)-len(space)]
			end = int(from[len(text)])
		}
	}
	return normal{text, append(from[:len(text)], int32(end))}
}

// prefix returns what the text from pos on begins with, mapped, and how many bytes it takes of the original.
func (v *Vocabulary) prefix(s string, pos int) (string, int) {
	if v.symbols != nil {
		if n := v.symbols.longest(s, pos); n > 0 {
			return s[pos : pos+n], n
		}
	}
	if v.charsmap != nil {
		if text, n := v.charsmap.longest(s[pos:]); n > 0 {
			return text, n
		}
	}
	if s[pos] < utf8.RuneSelf {
		return s[pos : pos+1], 1
	}
	r, n := utf8.DecodeRuneInString(s[pos:])
	if r == utf8.RuneError && n == 1 {
		return "\uFFFD", 1
	}
	return s[pos : pos+n], n
}
