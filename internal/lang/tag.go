// Package lang knows what is true of a language: its tag, script and direction, the locale a bare tag stands for, its plural rule,
// its quotation marks, the names of its days and months, how dates are written in it, and which one a text is plainly written in.
//
// It promises an answer for every well-formed tag (English conventions where it has no table) and touches nothing but its tables.
package lang

import (
	"fmt"
	"strings"
)

// A Tag is a BCP 47 language tag in its canonical letter case: "pt", "pt-BR", "sr-Latn-RS". The empty Tag is "not known".
type Tag string

// maxTag bounds what is read as a tag: the longest sensible one (language, script, region, variants) is far shorter.
const maxTag = 64

// replaced are codes that BCP 47 deprecates, and the ones that took their place.
var replaced = map[string]string{
	"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "scc": "sr", "scr": "hr",
}

// threeLetters are ISO 639-2 codes that pages use where BCP 47 wants the two-letter code.
var threeLetters = map[string]string{
	"ara": "ar", "cat": "ca", "ces": "cs", "cze": "cs", "deu": "de", "ger": "de", "eng": "en", "spa": "es", "fra": "fr", "fre": "fr",
	"heb": "he", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro",
	"rus": "ru", "tur": "tr", "ukr": "uk", "zho": "zh", "chi": "zh",
}

// Parse reads a tag as pages, feeds and people write it: any letter case, underscores for hyphens, deprecated codes.
// It returns an error if s is not well-formed; that a well-formed tag names a language somebody speaks is not checked.
//
//	"EN_us" → "en-US"    "iw" → "he"    "zh-hant-tw" → "zh-Hant-TW"
func Parse(s string) (Tag, error) {
	parts := strings.Split(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), "-")
	if len(s) > maxTag || !wellFormed(parts) {
		return "", fmt.Errorf("%.80q is not a language tag (such as en, pt-BR)", s)
	}
	for i, p := range parts {
		p = strings.ToLower(p)
		switch {
		case i == 0:
			if q, ok := replaced[p]; ok {
				p = q
			} else if q, ok := threeLetters[p]; ok {
				p = q
			}
		case len(parts[i-1]) == 1: // what follows a singleton (x-…, u-…) is lower case whatever its length
		case len(p) == 4 && !digit(p[0]):
			p = strings.ToUpper(p[:1]) + p[1:]
		case len(p) == 2:
			p = strings.ToUpper(p)
		}
		parts[i] = p
	}
	return Tag(strings.Join(parts, "-")), nil
}

// Valid reports whether s is a well-formed tag in its canonical letter case.
func Valid(s string) bool {
	t, err := Parse(s)
	return err == nil && string(t) == s
}

// IsLanguage reports whether a tag can be that of what somebody writes: one language. The codes for several (mul), for none (zxx), for one that is
// not known (und) or has no code (mis), and those that everybody may use as he likes (qaa to qtz, x-…), say nothing that can be translated from.
func (t Tag) IsLanguage() bool {
	switch bare := t.Bare(); bare {
	case "", "x", "und", "mul", "zxx", "mis":
		return false
	default:
		return len(bare) != 3 || bare[0] != 'q' || bare[1] > 't'
	}
}

func wellFormed(parts []string) bool {
	for i, p := range parts {
		if p == "" || len(p) > 8 {
			return false
		}
		for j := 0; j < len(p); j++ {
			if !letter(p[j]) && (i == 0 || !digit(p[j])) {
				return false
			}
		}
	}
	return (len(parts[0]) >= 2 && len(parts[0]) <= 3) || (len(parts[0]) == 1 && parts[0] == "x" && len(parts) > 1)
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }

// Bare is the language alone: "pt" for "pt-BR". Models are pairs of bare tags.
func (t Tag) Bare() Tag {
	bare, _, _ := strings.Cut(string(t), "-")
	return Tag(bare)
}

// subtag returns the first part after the language that ok accepts, up to a singleton.
func (t Tag) subtag(ok func(string) bool) string {
	parts := strings.Split(string(t), "-")
	for _, p := range parts[1:] {
		if len(p) == 1 {
			return ""
		}
		if ok(p) {
			return p
		}
	}
	return ""
}

// Region is the region that the tag names ("BR", "419"), or empty.
func (t Tag) Region() string {
	return t.subtag(func(p string) bool { return len(p) == 2 || (len(p) == 3 && digit(p[0])) })
}

// Script is the script that the tag names ("Latn"), or empty. Facts knows the script of a tag that names none.
func (t Tag) Script() string {
	return t.subtag(func(p string) bool { return len(p) == 4 && !digit(p[0]) })
}

// Is reports whether t is in the language of u: "pt-BR" Is "pt" and Is "pt-PT".
func (t Tag) Is(u Tag) bool { return t != "" && t.Bare() == u.Bare() }
