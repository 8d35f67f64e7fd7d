package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldedWords are the words of a text in small letters without accents, as both databases index them: runs of letters and digits.
func foldedWords(s string) []string {
	var list []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			list = append(list, b.String())
			b.Reset()
		}
	}
	if s = strings.ToLower(s); !plain(s) {
		s = norm.NFD.String(s)
	}
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
				b.WriteByte(byte(r))
			case r != '\'' || b.Len() > 0:
				end()
			}
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if letters, ok := plainLetters[r]; ok {
				b.WriteString(letters)
			} else {
				b.WriteRune(r)
			}
		case r == '’' && b.Len() == 0:
		default:
			end()
		}
	}
	end()
	return list
}

// plain reports whether a text has nothing that Unicode could take apart.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainLetters are letters that Unicode does not take apart, as people type who lack them.
var plainLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ґ': "г"}
