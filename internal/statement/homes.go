package statement

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

//go:embed lexicon/homes.txt
var homesText string

// A home is a section of lexicon/homes.txt: words and the language they speak for.
type home struct {
	kind string
	tag  lang.Tag
	list []string
}

var homes = sync.OnceValue(func() []home {
	var all []home
	for line := range strings.Lines(homesText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			kind, tag, _ := strings.Cut(strings.Trim(line, "[]"), " ")
			all = append(all, home{kind: kind, tag: lang.Tag(tag)})
			continue
		}
		h := &all[len(all)-1]
		for e := range strings.SplitSeq(line, ",") {
			if e = strings.TrimSpace(e); e != "" {
				h.list = append(h.list, e)
			}
		}
	}
	return all
})

// homeOf is the language of the first entry of the kind that low holds as whole words; empty if none.
func homeOf(kind, low string) lang.Tag {
	for _, h := range homes() {
		if h.kind != kind {
			continue
		}
		for _, e := range h.list {
			if holdsWords(low, e) {
				return h.tag
			}
		}
	}
	return ""
}

func venue(low string) lang.Tag        { return homeOf("venues", low) }
func bodyLanguage(low string) lang.Tag { return homeOf("bodies", low) }

// holdsWords reports whether s has sub with no letter or digit right beside it.
func holdsWords(s, sub string) bool {
	for from := 0; from < len(s); {
		i := strings.Index(s[from:], sub)
		if i < 0 {
			return false
		}
		i += from
		if !wordEdge(s[:i], true) || !wordEdge(s[i+len(sub):], false) {
			from = i + 1
			continue
		}
		return true
	}
	return false
}

// toldIn is the language that the words around a statement say it was made in.
func toldIn(l *lexicon, around string) lang.Tag {
	for _, section := range slices.Sorted(maps.Keys(l.multi)) {
		tag, ok := strings.CutPrefix(section, "lang-")
		if !ok {
			continue
		}
		for _, f := range l.multi[section] {
			if holdsWords(around, strings.Join(f, " ")) {
				return lang.Tag(tag)
			}
		}
	}
	return ""
}

// bySpelling guesses the language of a speaker by a given name and a surname that are of one language, where the article speaks of
// the country as well; empty if one of the three is missing.
func (a *article) bySpelling(s *Statement) lang.Tag {
	words := strings.Fields(strings.ToLower(s.Speaker.Name))
	if len(words) < 2 {
		return ""
	}
	given := homeOf("given", words[0])
	if given == "" || !slavicSurname(words[len(words)-1], given) {
		return ""
	}
	if !a.mentions(given) {
		return ""
	}
	return given
}

// mentions reports whether the article speaks of a country of the language tag.
func (a *article) mentions(tag lang.Tag) bool {
	if said, ok := a.speaksOf[tag]; ok {
		return said
	}
	said := false
	for _, h := range homes() {
		if h.kind != "country" || h.tag != tag {
			continue
		}
		for _, p := range a.passages {
			said = said || slices.ContainsFunc(p.tokens, func(t token) bool { return t.kind == word && slices.Contains(h.list, t.low) })
		}
	}
	a.speaksOf[tag] = said
	return said
}

// slavicSurname reports whether a surname has an ending that is common in the language tag, in one of the spellings of the press.
func slavicSurname(w string, tag lang.Tag) bool {
	endings := []string{"ov", "ev", "yov", "ow", "ew", "ova", "eva", "owa", "ewa", "in", "ine", "ina", "sky", "ski", "skij", "skiy", "skaya", "skaïa", "kov", "ов", "ев", "ин", "ова", "ева", "ина", "ский", "ская"}
	if tag == "uk" {
		endings = []string{"enko", "chuk", "tchouk", "tschuk", "yuk", "sky", "skyi", "skyy", "ski", "ska", "енко", "чук", "юк", "ський", "ська", "ov", "iv", "ів"}
	}
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) && len(w) > len(e)+1 })
}

// wordEdge reports whether the end of s (or its beginning, if not atEnd) is no letter and no digit.
func wordEdge(s string, atEnd bool) bool {
	if s == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	if atEnd {
		r, _ = utf8.DecodeLastRuneInString(s)
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
