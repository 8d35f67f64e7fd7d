package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word of a text: letters and digits with the hyphens and apostrophes inside them.
type token struct {
	span
	text   string
	folded string // lower case, without accents
}

// tokens returns the words of s in order. An elided word is one of its own: l’ and ONU.
func tokens(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !isWord(r) {
			i += w
			continue
		}
		j := i
		for j < len(s) {
			r, w := utf8.DecodeRuneInString(s[j:])
			next := firstRune(s[j+w:])
			if !isWord(r) && !(strings.ContainsRune("-‑", r) && isWord(next)) {
				break
			}
			j += w
		}
		out = append(out, token{span{i, j}, s[i:j], fold(s[i:j])})
		i = j
	}
	return out
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isCapital(s string) bool { return unicode.IsUpper(firstRune(s)) }

// fold returns s in lower case and without accents.
func fold(s string) string {
	s = strings.ToLower(s)
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// squeeze returns the words of s in lower case, parted by spaces: what two texts have in common that say the same.
func squeeze(s string) string {
	var b strings.Builder
	for _, t := range tokens(s) {
		b.WriteString(t.folded)
		b.WriteByte(' ')
	}
	return b.String()
}
