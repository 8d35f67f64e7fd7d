package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/statement"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// speakers compares to whom the original and the translation give the words between marks. Words that the translation gives to another
// person of the article, or to nobody, are asked about, where the sentence no longer has the name that stood beside the verb: with the
// name still there, it is more likely that the verb was not understood.
func speakers(p Pair) []doc.Flag {
	was := statement.Finder{Names: p.Terms}.Find(p.Original).Statements
	if !slices.ContainsFunc(was, func(s statement.Statement) bool { return s.Marked() && s.Attributed() }) {
		return nil
	}
	is := statement.Finder{Names: p.Terms, From: lang.Tag(p.Original.Lang)}.Find(p.Translation).Statements
	number := map[string]int{}
	for i, b := range p.Original.Blocks {
		number[b.Key] = i
	}
	known := capitalKeys(p.Original)
	var flags []doc.Flag
	for _, t := range p.texts() {
		if t.place.Part != doc.Body {
			continue
		}
		block := t.place.Block
		if block >= 0 {
			block = number[p.Translation.Blocks[block].Key]
		}
		source, target := markedIn(was, block), markedIn(is, t.place.Block)
		for _, u := range t.units {
			a, b := within(source, u.at, u.at+len(u.source)), within(target, u.offset, u.offset+len(u.target))
			if len(a) != len(b) {
				continue // quotations says so
			}
			for i := range a {
				if message := otherSpeaker(a[i], b[i], known); message != "" && !named(u.target, a[i].Speaker.Name) {
					flags = append(flags, t.flag("speakers", doc.Ask, span{a[i].Start, a[i].End}, span{b[i].Start, b[i].End}, message))
				}
			}
		}
	}
	return flags
}

// otherSpeaker says what of two quotations that are one does not agree; empty if nothing is known to.
func otherSpeaker(a, b statement.Statement, known map[string]bool) string {
	switch {
	case a.Speaker.State != statement.Named || a.Cue == nil:
		return ""
	case b.Speaker.State == statement.Named && b.Cue != nil:
		x, y := strings.Fields(term.Key(a.Speaker.Name)), strings.Fields(term.Key(b.Speaker.Name))
		if len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, func(k string) bool { return slices.Contains(y, k) }) || !known[y[len(y)-1]] {
			return ""
		}
		return fmt.Sprintf("the original gives these words to %s, the translation to %s", a.Speaker.Name, b.Speaker.Name)
	case !b.Attributed() && a.Kind == statement.Direct:
		return fmt.Sprintf("the original gives these words to %s, the translation to nobody", a.Speaker.Name)
	}
	return ""
}

// named reports whether a sentence has a word of a name, in any spelling.
func named(sentence, name string) bool {
	keys := strings.Fields(term.Key(name))
	for _, w := range strings.FieldsFunc(sentence, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if k := term.Key(w); utf8.RuneCountInString(k) >= 2 && slices.Contains(keys, k) {
			return true
		}
	}
	return false
}

// markedIn are the quotations of a block that stand in no other one, in its order.
func markedIn(list []statement.Statement, block int) []statement.Statement {
	var out []statement.Statement
	for _, s := range list {
		if s.Block == block && s.Marked() && s.Kind != statement.Nested {
			out = append(out, s)
		}
	}
	return out
}

// within are the quotations that start in a range of bytes.
func within(list []statement.Statement, start, end int) []statement.Statement {
	var out []statement.Statement
	for _, s := range list {
		if start <= s.Start && s.Start < end {
			out = append(out, s)
		}
	}
	return out
}

// capitalKeys are the keys of a document's words with a capital, by which names are known however they are spelt.
func capitalKeys(d doc.Document) map[string]bool {
	keys := map[string]bool{}
	for _, t := range d.Texts() {
		for _, w := range strings.FieldsFunc(t.S, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
				if k := term.Key(w); utf8.RuneCountInString(k) >= 2 {
					keys[k] = true
				}
			}
		}
	}
	return keys
}
