package store

import (
	"strings"
	"unicode"

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
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if plain, ok := plainLetters[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(r)
			}
		case (r == '\'' || r == '’') && b.Len() == 0:
		default:
			end()
		}
	}
	end()
	return list
}

// plainLetters are letters that Unicode does not take apart, as people type who lack them.
var plainLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ґ': "г"}
