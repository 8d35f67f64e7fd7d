package lang

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed names.txt
var namesText string

type nameRow struct{ script, region, en, fr, pt, own string }

var names = sync.OnceValue(func() map[Tag]nameRow {
	all := make(map[Tag]nameRow)
	for line := range strings.Lines(namesText) {
		f := strings.Split(strings.TrimRight(line, "\n"), "|")
		if len(f) == 7 && !strings.HasPrefix(line, "#") {
			all[Tag(f[0])] = nameRow{f[1], f[2], f[3], f[4], f[5], f[6]}
		}
	}
	return all
})

// Name is the name of the language tag in the language in, which may be English, French or Portuguese; elsewhere the name the language
// gives itself. A tag with a region has the name of its language where the pair has none of its own; an unknown one is its own name.
//
//	Name("de", "fr") → "allemand"    Name("de", "ru") → "Deutsch"    Name("pt-AO", "en") → "Portuguese"
func Name(tag, in Tag) string {
	n, ok := names()[tag]
	if !ok {
		if n, ok = names()[tag.Bare()]; !ok {
			return string(tag)
		}
	}
	switch in.Bare() {
	case "en":
		return n.en
	case "fr":
		return n.fr
	case "pt":
		return n.pt
	}
	if n.own == "" {
		return n.en
	}
	return n.own
}

// Own is the name that the language gives itself: "français", "русский"; the English name where it is not known.
func Own(tag Tag) string { return Name(tag, "") }
