package news

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug keeps addresses short enough to be read and mailed.
const maxSlug = 80

// Slug makes the last part of an address from a title: letters and digits in lower case, words parted by hyphens, Latin letters
// without their accents, other scripts as they are. Empty if the title has neither letters nor digits.
//
//	L’écluse n’ouvrira pas avant l’été  →  l-ecluse-n-ouvrira-pas-avant-l-ete
func Slug(title string) string {
	var b strings.Builder
	hyphen := false
	latin := false // the last letter was Latin: the accents after it are dropped
	for _, c := range norm.NFKD.String(title) {
		switch {
		case unicode.Is(unicode.Mn, c):
			if latin || b.Len() == 0 {
				continue
			}
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			latin = unicode.Is(unicode.Latin, c)
		default:
			hyphen = true
			continue
		}
		if hyphen && b.Len() > 0 {
			b.WriteByte('-')
		}
		hyphen = false
		if s, ok := unaccented[unicode.ToLower(c)]; ok {
			b.WriteString(s)
			continue
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return shorten(norm.NFC.String(b.String()))
}

// unaccented holds Latin letters that Unicode does not take apart, as their languages write them without.
var unaccented = map[rune]string{
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n",
}

// shorten cuts at a word's end where there is one.
func shorten(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	cut := maxSlug
	for cut > 0 && s[cut]&0xC0 == 0x80 { // not within a character
		cut--
	}
	if i := strings.LastIndexByte(s[:cut+1], '-'); i > maxSlug/2 {
		cut = i
	}
	return strings.Trim(s[:cut], "-")
}
