package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// Language returns the name of a language in the printer's own: "anglais"; the tag itself where there is none.
func (p *Printer) Language(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return tag
	}
	names := display.Languages(p.tag)
	if names == nil {
		return tag
	}
	if name := names.Name(t); name != "" {
		return name
	}
	return tag
}

// Own returns the name a language gives itself, as a word that begins a line: "Français", "Português".
func Own(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return tag
	}
	name := display.Self.Name(t)
	if name == "" {
		return tag
	}
	return capital(name)
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Capital returns s with its first letter raised: the names of languages at the head of a line.
func (p *Printer) Capital(s string) string {
	if s == "" {
		return s
	}
	return capital(s)
}

// From names a language as the one translated from: "from English", "de l’anglais", "do inglês".
// French elides before a vowel and before the mute h of hébreu; names of languages are masculine in French and Portuguese.
func (p *Printer) From(tag string) string {
	name := p.Language(tag)
	if p.name == "fr" && elides(name) {
		return p.T("language.from.elided", "language", name)
	}
	return p.T("language.from", "language", name)
}

// Into names a language as the one translated into: "into French", "en français", "para francês".
func (p *Printer) Into(tag string) string { return p.T("language.into", "language", p.Language(tag)) }

func elides(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return strings.ContainsRune("aàâeéèêëiîïoôuùûüyAEÉIOUY", r) && !strings.HasPrefix(name, "yi") && !strings.HasPrefix(name, "yo") || strings.HasPrefix(name, "hébreu")
}

// Dir returns the direction of the printer's script: "ltr" or "rtl".
func (p *Printer) Dir() string {
	if lang.Tag(p.name).RightToLeft() {
		return "rtl"
	}
	return "ltr"
}

// Region returns a tag with the region it stands for: "pt" is "pt-BR" (CLDR's likely subtags).
func Region(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	b, _ := t.Base()
	r, _ := t.Region()
	return b.String() + "-" + r.String()
}
