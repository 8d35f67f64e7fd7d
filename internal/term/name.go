package term

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A NameKind says what a name names.
type NameKind string

const (
	Person NameKind = "person"
	Place  NameKind = "place"
	Body   NameKind = "body" // a state, an office, a company, a party
)

// A Name is what somebody or something is called, language by language.
type Name struct {
	ID    string
	Kind  NameKind
	Home  lang.Tag              // the language the name comes from: "ru" for Лужин
	Forms map[lang.Tag][]string // the first is how it is printed, the others are found, too; a bare tag serves all its locales
}

// Check reports what makes n no name.
func (n Name) Check() error {
	if n.Kind != Person && n.Kind != Place && n.Kind != Body {
		return fmt.Errorf("name %s: the kind %q is none of person, place, body", n.ID, n.Kind)
	}
	if n.Home != "" && !lang.Valid(string(n.Home)) {
		return fmt.Errorf("name %s: %q is not a language tag", n.ID, n.Home)
	}
	any := false
	for tag, forms := range n.Forms {
		if !lang.Valid(string(tag)) {
			return fmt.Errorf("name %s: %q is not a language tag", n.ID, tag)
		}
		for _, f := range forms {
			if len(words(f)) == 0 || len(f) > maxTerm {
				return fmt.Errorf("name %s: %.40q is no name", n.ID, f)
			}
			any = true
		}
	}
	if !any {
		return errors.New("a name without any form")
	}
	return nil
}

// In is how the name is printed in the language tag: the form it has there; else its own form, spelt by the system of that language;
// else the form of English, which the press takes over where it has no other.
func (n Name) In(tag lang.Tag) string {
	for _, t := range []lang.Tag{tag, tag.Bare()} {
		if f := n.Forms[t]; len(f) > 0 {
			return f[0]
		}
	}
	own := n.own()
	if own == "" && len(n.Forms["en"]) > 0 {
		own = cyrillic(n.Forms["en"][0], n.Home.Bare())
	}
	if s, ok := Transliterate(own, n.Home, tag); ok && own != "" {
		return s
	}
	if f := n.Forms["en"]; len(f) > 0 {
		return f[0]
	}
	for _, t := range slices.Sorted(maps.Keys(n.Forms)) { // for want of anything better, and always the same
		if f := n.Forms[t]; len(f) > 0 {
			return f[0]
		}
	}
	return ""
}

// own is the name's form in its own language; empty if it is not known.
func (n Name) own() string {
	if f := n.Forms[n.Home]; len(f) > 0 && n.Home != "" {
		return f[0]
	}
	return ""
}

// minSurname is how many letters the last word of a person's name must have to stand for the person.
const minSurname = 4

// addName indexes every form of a name, and for people their last word alone.
func (b *Base) addName(i int, n Name) {
	for _, tag := range slices.Sorted(maps.Keys(n.Forms)) {
		for _, f := range n.Forms[tag] {
			b.add(pattern{lang: tag.Bare(), entry: -1, name: i}, f, false)
			w := words(f)
			if last := w[len(w)-1].s; n.Kind == Person && len(w) > 1 && len([]rune(last)) >= minSurname {
				b.add(pattern{lang: tag.Bare(), entry: -1, name: i, surname: true}, last, false)
			}
		}
	}
}

// fillName says of a match that it is the name of p.
func (b *Base) fillName(m *Match, p pattern, to lang.Tag) {
	n := &b.names[p.name]
	m.Name = n
	m.Term = n.In(p.lang)
	want := n.In(to)
	others := n.Forms[to.Bare()]
	if p.surname {
		m.Term, want = lastWord(m.Term), lastWord(want)
		others = nil
		for _, f := range n.Forms[to.Bare()] {
			others = append(others, lastWord(f))
		}
	}
	m.Must = []string{want}
	for _, o := range others {
		if o != want && !slices.Contains(m.May, o) {
			m.May = append(m.May, o)
		}
	}
}

func lastWord(s string) string {
	if i := strings.LastIndexAny(s, " \u00a0"); i >= 0 {
		return strings.TrimLeft(s[i:], " \u00a0")
	}
	return s
}

// Names returns the names whose forms have the key of s: the same name in another spelling or another script.
// It is for finding candidates; two people may share a key.
func (b *Base) Names(s string) []*Name {
	key := Key(s)
	if b == nil || key == "" {
		return nil
	}
	var out []*Name
	for i := range b.names {
		n := &b.names[i]
		for _, tag := range slices.Sorted(maps.Keys(n.Forms)) {
			if slices.ContainsFunc(n.Forms[tag], func(f string) bool {
				return Key(f) == key || n.Kind == Person && Key(lastWord(f)) == key
			}) {
				out = append(out, n)
				break
			}
		}
	}
	return out
}
