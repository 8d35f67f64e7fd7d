package check

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// marks finds what is wrong with the signs of a translation whatever its language: two systems of quotation marks in one text, a
// space before a comma, two spaces, a question that is none any more, a bracket left open.
func marks(t *text) []doc.Flag {
	s := t.target.S
	prose := uncoded(t.target)
	var flags []doc.Flag
	add := func(severity doc.Severity, g span, message string) {
		flags = append(flags, t.flag("marks", severity, span{}, g, message))
	}
	if a, b := strings.IndexByte(prose, '"'), strings.IndexAny(s, "«“„"); a >= 0 && b >= 0 {
		add(doc.Comment, span{a, a + 1}, "a straight quotation mark beside marks of another form")
	}
	if i := strings.Index(s, " ,"); i >= 0 {
		add(doc.Comment, span{i, i + 2}, "a space before a comma")
	}
	if i := strings.Index(s, "  "); i >= 0 && t.place.Kind != doc.Pre && !strings.Contains(t.source.S, "  ") {
		add(doc.Comment, span{i, i + 2}, "two spaces")
	}
	if m := ampersand.FindStringIndex(s); m != nil && ands[t.to] != "" {
		f := t.flag("marks", doc.Comment, span{}, span{m[0] + 1, m[1] - 1}, "an ampersand in running text")
		f.Start, f.End = m[0]+strings.IndexByte(s[m[0]:m[1]], '&'), m[0]+strings.IndexByte(s[m[0]:m[1]], '&')+1
		f.Suggestion = ands[t.to]
		flags = append(flags, f)
	}
	for _, pair := range []string{"()", "[]"} {
		a, b := strings.Count(t.source.S, pair[:1])-strings.Count(t.source.S, pair[1:]), strings.Count(s, pair[:1])-strings.Count(s, pair[1:])
		if a == 0 && b != 0 {
			i := max(strings.LastIndexAny(s, pair), 0)
			add(doc.Ask, span{i, i + 1}, "a bracket without its partner")
		}
	}
	if a, b := ending(t.source.S), ending(s); a != b && (a == '?' || b == '?') {
		add(doc.Ask, span{0, len(s)}, fmt.Sprintf("the original ends with %q, the translation with %q", string(a), string(b)))
	}
	return flags
}

// uncoded is the string of t with spaces in the place of code and of what stays as it is, whose signs are its own.
func uncoded(t doc.Text) string {
	b := []byte(t.S)
	for _, m := range t.Marks {
		if m.Kind != doc.Code && m.Kind != doc.Keep {
			continue
		}
		for i := max(m.Start, 0); i < min(m.End, len(b)); i++ {
			b[i] = ' '
		}
	}
	return string(b)
}

// systems finds an article that is set with straight quotation marks here and with those of its language there.
func systems(p Pair) []doc.Flag {
	straight, at, set := -1, 0, false
	for i, b := range p.Translation.Blocks {
		if b.Kind == doc.Pre {
			continue
		}
		k, other := strings.IndexByte(uncoded(b.Text), '"'), strings.ContainsAny(b.Text.S, "«“„")
		if k >= 0 && !other && straight < 0 {
			straight, at = i, k
		}
		set = set || other
	}
	if straight < 0 || !set {
		return nil
	}
	return []doc.Flag{{Rule: "marks", Severity: doc.Comment, Block: straight, Start: at, End: at + 1, Message: "straight quotation marks in an article that has others as well"}}
}

// ampersand is one between two words that are no names.
var ampersand = regexp.MustCompile(`\p{Ll} & \p{Ll}`)

// ands is what it stands for.
var ands = map[string]string{"en": "and", "fr": "et", "es": "y", "pt": "e", "it": "e", "de": "und", "ca": "i", "nl": "en", "pl": "i", "ru": "и", "uk": "і"}

// ending returns the mark that a text ends with, quotation marks and brackets aside.
func ending(s string) rune {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»“)]`, r)
	})
	switch r := lastRune(s); r {
	case '.', '!', '?', '…':
		return r
	case '？':
		return '?'
	}
	return '.'
}
