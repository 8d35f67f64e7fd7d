package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Language returns the name of a language in the printer's own: "anglais"; the tag itself where there is none.
func (p *Printer) Language(tag string) string {
	return orTag(lang.Name(lang.Tag(tag), lang.Tag(p.name)), tag)
}

// Own returns the name a language gives itself, as a word that begins a line: "Français", "Português".
func Own(tag string) string { return capital(orTag(lang.Own(lang.Tag(tag)), tag)) }

func orTag(name, tag string) string {
	if name == "" {
		return tag
	}
	return name
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Capital returns s with its first letter raised: the name of a language at the head of a line.
func (p *Printer) Capital(s string) string { return capital(s) }

// From names a language as the one translated from: "from English", "de l’anglais", "do inglês".
// French elides before a vowel and before the mute h of hébreu; names of languages are masculine in French and in Portuguese.
func (p *Printer) From(tag string) string {
	name := p.Language(tag)
	if p.name == "fr" && elides(name) {
		return p.T("language.from.elided", "language", name)
	}
	return p.T("language.from", "language", name)
}

// elides reports whether a French noun takes l’ for its article. Before y it does not: le yiddish, le yoruba.
func elides(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return strings.ContainsRune("aàâeéèêëiîïoôuùûü", unicode.ToLower(r)) || strings.HasPrefix(name, "hébreu")
}

// Dir returns the direction of the printer's script: "ltr" or "rtl".
func (p *Printer) Dir() string { return p.facts.Direction() }

// Region returns a tag with the region it stands for: "pt" is "pt-BR".
func Region(tag string) string { return string(lang.Facts(lang.Tag(tag)).Locale) }
