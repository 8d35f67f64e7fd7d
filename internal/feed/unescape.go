package feed

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// unescape decodes the references in s once: numbers, the entities of HTML, and those the document defines. A reference needs its
// semicolon: what looks like one without it is part of an address more often. Numbers 128 to 159 are read as windows-1252 has them,
// two halves of a surrogate pair as the character they make; what XML forbids is dropped.
func unescape(s string, defined map[string]string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		text, n := reference(s, defined)
		if n == 0 {
			b.WriteByte('&')
			n = 1
		} else {
			b.WriteString(text)
		}
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// reference decodes the reference that s begins with and returns its length; 0 if it is none.
func reference(s string, defined map[string]string) (string, int) {
	const longest = 34 // the longest name of HTML has 31 letters
	semicolon := strings.IndexByte(s[:min(len(s), longest)], ';')
	if semicolon < 2 {
		return "", 0
	}
	name := s[1:semicolon]
	if name[0] == '#' {
		r, ok := codePoint(name[1:])
		if !ok {
			return "", 0
		}
		n := semicolon + 1
		if 0xD800 <= r && r < 0xDC00 && strings.HasPrefix(s[n:], "&#") {
			if end := strings.IndexByte(s[n:min(len(s), n+12)], ';'); end > 2 {
				if low, ok := codePoint(s[n+2 : n+end]); ok && 0xDC00 <= low && low < 0xE000 {
					return string(0x10000 + (r-0xD800)<<10 + (low - 0xDC00)), n + end + 1
				}
			}
		}
		return character(r), n
	}
	if value, ok := defined[name]; ok {
		return value, semicolon + 1
	}
	switch name {
	case "amp":
		return "&", 5
	case "lt":
		return "<", 4
	case "gt":
		return ">", 4
	case "quot":
		return `"`, 6
	case "apos":
		return "'", 6
	}
	for i := range len(name) { // "&a&lt;" is no name, and the sign in it is for whoever comes next
		if c := name[i]; !letter(c) && (c < '0' || c > '9') {
			return "", 0
		}
	}
	whole := s[:semicolon+1]
	if text := html.UnescapeString(whole); text != whole && !strings.HasSuffix(text, ";") {
		return text, semicolon + 1
	}
	return "", 0
}

// codePoint reads the digits of a reference by number.
func codePoint(s string) (rune, bool) {
	base := 10
	if s != "" && (s[0] == 'x' || s[0] == 'X') {
		s, base = s[1:], 16
	}
	n, err := strconv.ParseUint(s, base, 32)
	return rune(n & 0x7FFFFFFF), err == nil && n <= utf8.MaxRune
}

// windows1252 are the characters that the numbers 128 to 159 mean on the web (HTML, section 13.2.5.80).
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// character is the text that a number stands for; control characters stand for none.
func character(r rune) string {
	if 0x80 <= r && r < 0xA0 {
		r = windows1252[r-0x80]
	}
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7F || r == 0xFFFE || r == 0xFFFF || 0xD800 <= r && r < 0xE000 {
		return ""
	}
	return string(r)
}
