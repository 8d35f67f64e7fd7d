package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// key folds s for comparison: letters and digits in lower case, words parted by single spaces.
func key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		ascii := r < utf8.RuneSelf
		if ascii && letterWeight(r) == 0 || !ascii && !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if ascii {
			b.WriteByte(byte(r) | 0x20) // digits have that bit
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// lettersIn counts letters and digits. A character of Chinese, Japanese or Korean says as much as two letters of an alphabet and more.
func lettersIn(s string) int {
	n := 0
	for _, r := range s {
		n += letterWeight(r)
	}
	return n
}

func letterWeight(r rune) int {
	switch {
	case r < 0x80:
		if r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z' {
			return 1
		}
		return 0
	case r >= 0x3040 && r < 0xD7B0 && unicode.IsLetter(r):
		return 2
	case unicode.IsLetter(r):
		return 1
	}
	return 0
}

// tokens parts a class or an id into words: at what is no letter, and where a capital follows a small letter.
func tokens(s string) []string { return appendTokens(nil, s) }

func appendTokens(list []string, s string) []string {
	for start, end, ok := token(s, 0); ok; start, end, ok = token(s, end) {
		list = append(list, strings.ToLower(s[start:end]))
	}
	return list
}

// token finds the first of the words of tokens in s that starts at or after from, where no word is cut.
func token(s string, from int) (start, end int, ok bool) {
	start = -1
	for i := from; i <= len(s); i++ {
		var c byte
		if i < len(s) {
			c = s[i]
		}
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		hump := letter && start >= 0 && i > start && c < 'a' && s[i-1] >= 'a'
		if start >= 0 && (!letter || hump) {
			if i-start > 1 {
				return start, i, true
			}
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
	}
	return 0, 0, false
}

// names reports whether an attribute is one by which elements call themselves: their class, their id, the roles pages give them.
func names(attribute string) bool {
	switch attribute {
	case "class", "id", "role", "data-testid", "data-component", "data-module", "data-qa":
		return true
	}
	return false
}

// composed reports whether s is in NFC. Nearly all text has only characters that nothing composes with: those below U+0300, and of the
// punctuation those from U+2002 on.
func composed(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0xCC:
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x82:
			i += 2
		default:
			return norm.NFC.IsNormalString(s)
		}
	}
	return true
}
