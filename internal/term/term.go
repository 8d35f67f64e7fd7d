// Package term finds the terms of a glossary and the names of people, places and bodies in a text, and knows how they are called in
// the language it is translated into.
//
// It promises that inflected forms are found, that the longest match wins, and that a name is spelt by one system throughout.
// It touches values only.
package term

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
)

// A Rule says what is done with a term in a translation.
type Rule string

const (
	Must  Rule = "must"  // it is translated so
	May   Rule = "may"   // it may be translated so, beside what must or others that may
	Never Rule = "never" // it is not translated so
	Keep  Rule = "keep"  // it stays as it is
)

// An Entry is a line of a glossary.
type Entry struct {
	Source      lang.Tag
	Target      lang.Tag // empty: every language, which makes sense for Keep
	Term        string   // in the source language, as a dictionary has it
	Translation string   // as a dictionary has it; empty for Keep
	Rule        Rule
	Forms       []string // forms of Term that its endings do not explain: "mice" for "mouse"
	TargetForms []string // the same of Translation
	Case        bool     // capitals matter: "Time" is not "time"
	Note        string   // for editors
}

// maxTerm bounds a term, in bytes: longer ones are sentences, which are the memory's.
const maxTerm = 200

// Check reports what makes e no entry.
func (e Entry) Check() error {
	switch {
	case !lang.Valid(string(e.Source)):
		return fmt.Errorf("%q is not a language tag", e.Source)
	case e.Target != "" && !lang.Valid(string(e.Target)):
		return fmt.Errorf("%q is not a language tag", e.Target)
	case len(words(e.Term)) == 0 || len(e.Term) > maxTerm:
		return fmt.Errorf("term %.40q: a word or a few are wanted", e.Term)
	case e.Rule == Keep && e.Translation != "" && e.Translation != e.Term:
		return fmt.Errorf("term %q is kept and has a translation", e.Term)
	case e.Rule != Keep && e.Rule != Must && e.Rule != May && e.Rule != Never:
		return fmt.Errorf("term %q: the rule %q is none of must, may, never, keep", e.Term, e.Rule)
	case e.Rule != Keep && (len(words(e.Translation)) == 0 || len(e.Translation) > maxTerm):
		return fmt.Errorf("term %q: translation %.40q: a word or a few are wanted", e.Term, e.Translation)
	case e.Rule != Keep && e.Target == "":
		return errors.New("a translation without a language")
	}
	return nil
}

// A Match is a term or a name found in a text.
type Match struct {
	Start, End int      // bytes
	Term       string   // as the glossary has it, or the name's own form
	Must       []string // what it is translated by; empty if the glossary leaves it open
	May        []string // what else is right
	Never      []string // what is wrong
	Keep       bool     // it stays as it is
	Name       *Name    // nil for a term
	forms      []string // further forms of Must and May
}

// A Base holds a glossary and names, ready to be searched. It is not changed by its methods and may be shared.
type Base struct {
	entries []Entry
	names   []Name
	index   map[string][]pattern // by the stem of a pattern's first word
}

// A pattern is one way in which a term or a name can stand in a text.
type pattern struct {
	lang    lang.Tag // bare; empty: any
	stems   []string
	exact   []string // the words as they are, where a form was given or capitals matter; else nil
	entry   int      // -1 for a name
	name    int
	surname bool // the last word of a person's name
}

// New makes a base of entries and names. It returns an error that names the first entry or name that is none.
func New(entries []Entry, names []Name) (*Base, error) {
	b := &Base{entries: slices.Clone(entries), names: slices.Clone(names), index: make(map[string][]pattern)}
	for i, e := range b.entries {
		if err := e.Check(); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, err)
		}
		b.add(pattern{lang: e.Source.Bare(), entry: i}, e.Term, e.Case)
		for _, f := range e.Forms {
			b.add(pattern{lang: e.Source.Bare(), entry: i}, f, true)
		}
	}
	for i, n := range b.names {
		if err := n.Check(); err != nil {
			return nil, fmt.Errorf("name %d: %w", i, err)
		}
		b.addName(i, n)
	}
	return b, nil
}

// add indexes one way to write a term.
func (b *Base) add(p pattern, s string, exact bool) {
	for _, w := range words(s) {
		p.stems = append(p.stems, stem(p.lang, w.s))
		if exact {
			p.exact = append(p.exact, w.s)
		}
	}
	if len(p.stems) > 0 {
		b.index[p.stems[0]] = append(b.index[p.stems[0]], p)
	}
}

// Find returns the terms and names in text, which is in the language from and to be translated into to; in the order of the text, none
// overlapping another. Where several begin alike the longest wins.
func (b *Base) Find(from, to lang.Tag, text string) []Match {
	if b == nil || len(b.index) == 0 {
		return nil
	}
	found := words(text)
	var out []Match
	for i := 0; i < len(found); {
		m, n := b.at(from, to, text, found, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// at returns what begins with word i, and how many words it has; 0 if nothing does.
func (b *Base) at(from, to lang.Tag, text string, found []textWord, i int) (Match, int) {
	var best []pattern
	longest := 0
	stems := map[lang.Tag]string{from.Bare(): stem(from.Bare(), found[i].s), "": stem("", found[i].s)}
	for tag, s := range stems {
		for _, p := range b.index[s] {
			if p.lang != tag || !b.serves(p, to) || !p.matches(text, found, i) || len(p.stems) < longest {
				continue
			}
			if len(p.stems) > longest {
				best, longest = nil, len(p.stems)
			}
			best = append(best, p)
		}
	}
	if longest == 0 {
		return Match{}, 0
	}
	slices.SortStableFunc(best, func(a, b pattern) int { // entries before names, each in the order they were given
		return cmp.Or(cmp.Compare(boolInt(a.entry < 0), boolInt(b.entry < 0)), cmp.Compare(a.entry, b.entry), cmp.Compare(a.name, b.name))
	})
	m := Match{Start: found[i].start, End: found[i+longest-1].end}
	for _, p := range best {
		b.fill(&m, p, to)
	}
	return m, longest
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// serves reports whether p says anything of a translation into to.
func (b *Base) serves(p pattern, to lang.Tag) bool {
	if p.entry < 0 {
		return true
	}
	target := b.entries[p.entry].Target
	return target == "" || target == to || target == target.Bare() && target.Is(to) || to == to.Bare() && lang.Facts(to).Locale == target
}

// matches reports whether the words from i on are p, inflected or not, with nothing but spaces and hyphens between them.
func (p pattern) matches(text string, found []textWord, i int) bool {
	if i+len(p.stems) > len(found) {
		return false
	}
	for k, s := range p.stems {
		w := found[i+k]
		if p.exact != nil && w.s != p.exact[k] && !(k == 0 && i == 0 && strings.EqualFold(w.s, p.exact[k])) {
			return false
		}
		if p.exact == nil && stem(p.lang, w.s) != s {
			return false
		}
		if k > 0 && strings.Trim(text[found[i+k-1].end:w.start], " \u00a0\u202f-‑’'.") != "" {
			return false
		}
	}
	return true
}

// fill adds to m what p says of it.
func (b *Base) fill(m *Match, p pattern, to lang.Tag) {
	if p.entry < 0 {
		if m.Term == "" {
			b.fillName(m, p, to)
		}
		return
	}
	e := b.entries[p.entry]
	if m.Term == "" {
		m.Term = e.Term
	}
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	switch e.Rule {
	case Must:
		add(&m.Must, e.Translation)
	case May:
		add(&m.May, e.Translation)
	case Never:
		add(&m.Never, e.Translation)
	case Keep:
		m.Keep = true
	}
	if e.Rule == Must || e.Rule == May {
		m.forms = append(m.forms, e.TargetForms...)
	}
}

// Rendered returns where the translation, in the language to, has the term as the glossary wants it, inflected or not. found is false if
// it is nowhere, though it must be.
func (m Match) Rendered(to lang.Tag, translation string) (start, end int, found bool) {
	for _, s := range slices.Concat(m.Must, m.May, m.forms) {
		if r := Occurrences(to, translation, s); r != nil {
			return r[0][0], r[0][1], true
		}
	}
	return 0, 0, len(m.Must) == 0
}

// Forbidden returns where the translation has what the glossary rules out, as pairs of bytes; nil if it has not.
func (m Match) Forbidden(to lang.Tag, translation string) [][2]int {
	var out [][2]int
	for _, s := range m.Never {
		out = append(out, Occurrences(to, translation, s)...)
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// Occurrences returns where text, in the language tag, has the term, inflected or not, as pairs of bytes; nil if nowhere.
func Occurrences(tag lang.Tag, text, term string) [][2]int {
	p := pattern{lang: tag.Bare()}
	for _, w := range words(term) {
		p.stems = append(p.stems, stem(p.lang, w.s))
	}
	if len(p.stems) == 0 {
		return nil
	}
	found := words(text)
	var out [][2]int
	for i := 0; i < len(found); i++ {
		if p.matches(text, found, i) {
			out = append(out, [2]int{found[i].start, found[i+len(p.stems)-1].end})
			i += len(p.stems) - 1
		}
	}
	return out
}
