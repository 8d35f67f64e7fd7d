package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plainLetters are the letters and digits of ASCII in small letters, by their byte; 0 stands for what is neither.
var plainLetters = func() (t [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c&^0x20] = c, c
	}
	return t
}()

// key folds s for comparison: letters and digits in lower case, words parted by single spaces.
func key(s string) string {
	var small [512]byte
	b := small[:0]
	if len(s) > len(small) {
		b = make([]byte, 0, len(s))
	}
	gap := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			c = plainLetters[c]
			if c == 0 {
				gap = true
				continue
			}
			if gap && len(b) > 0 {
				b = append(b, ' ')
			}
			gap = false
			b = append(b, c)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, ' ')
		}
		gap = false
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return string(b)
}

// lettersIn counts letters and digits. A character of Chinese, Japanese or Korean says as much as two letters of an alphabet and more.
func lettersIn(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if plainLetters[c] != 0 {
				n++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		n += letterWeight(r)
		i += size
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

// token finds the first of the words of tokens in s that starts at or after from, where no word is cut: two letters or more, capitals first.
func token(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); {
		start := i
		for i < len(s) && s[i]-'A' < 26 {
			i++
		}
		for i < len(s) && s[i]-'a' < 26 {
			i++
		}
		if i-start > 1 {
			return start, i, true
		}
		if i == start {
			i++ // no letter
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

// composed reports whether s is in NFC. Nearly all text has only characters that nothing composes with and that stay as they are: those below
// U+0300, of the punctuation those from U+2002 on, most of Greek and Cyrillic, of the ideographs those that stand in no list of doubles.
func composed(s string) bool {
	for i := 0; i < len(s); i++ {
		if i+8 <= len(s) && eightBytes(s, i)&0x8080808080808080 == 0 { // of ASCII
			i += 7
			continue
		}
		switch c := s[i]; {
		case c < 0xCC:
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x82:
			i += 2
		case (c == 0xCF || c == 0xD0 || c == 0xD1 || c == 0xCE && i+1 < len(s) && s[i+1] != 0x87) && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // U+0380 to U+047F
			i++
		case c >= 0xE4 && c <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80: // U+4000 to U+9FFF
			i += 2
		default:
			return norm.NFC.IsNormalString(s)
		}
	}
	return true
}

// eightBytes are the bytes of s from i on, the first the lowest.
func eightBytes(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
