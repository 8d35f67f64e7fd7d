// Package check compares a translation with its original and says what an editor should look at.
//
// One file holds one rule. A rule compares values, not strings: a number is a number however it is written. A flag names the words
// in both texts, and the repair where only one is possible. Stop is for what is wrong almost surely, ask for what may be, and a rule
// that cries wolf is worse than none: each is calibrated on good translations by people and machines.
// The package touches two documents.
package check

import (
	"cmp"
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/segment"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Pair is what is compared.
type Pair struct {
	Original, Translation doc.Document
	Terms                 *term.Base     // the glossary and the names; nil for none
	Sentences             []doc.Sentence // which sentence became which, as the translator gives them; nil where nobody knows
}

// rules are those of a sentence and its translation.
var rules = []func(unit) []doc.Flag{numbers, leftovers, loops, length, names, gaps, money, dates, negation, terms, capitals, hearsay, inversion, calques}

// textRules are those of a whole text, with its marks.
var textRules = []func(*text) []doc.Flag{quotations, links, marks}

// documentRules are those of the whole.
var documentRules = []func(Pair) []doc.Flag{structure, title, tense, systems, speakers}

// Compare returns the flags of all rules in the order of the translation: title, deck, block by block. Nil means no doubt.
func Compare(p Pair) []doc.Flag {
	var flags []doc.Flag
	for _, rule := range documentRules {
		flags = append(flags, rule(p)...)
	}
	for _, t := range p.texts() {
		for _, rule := range textRules {
			flags = append(flags, rule(t)...)
		}
		for _, u := range t.units {
			for _, rule := range rules {
				flags = append(flags, rule(u)...)
			}
		}
	}
	slices.SortStableFunc(flags, func(a, b doc.Flag) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Start, b.Start), cmp.Compare(b.Severity, a.Severity))
	})
	return slices.CompactFunc(flags, func(a, b doc.Flag) bool { return a == b })
}

// base is the bare language of a tag.
func base(tag string) string { return string(lang.Tag(tag).Bare()) }

// A span is the bytes [start, end) of a text.
type span struct{ start, end int }

// A text is a text of the original with its translation.
type text struct {
	place          doc.Place // in the translation
	source, target doc.Text
	from, to       string          // bare languages
	locale         string          // of the translation, with its region
	terms          *term.Base      // nil for none
	small          map[string]bool // words that the original has in small letters, folded
	units          []unit
}

// A unit is a sentence of a text with its translation; where nobody knows which belong together, the whole text.
type unit struct {
	*text
	source, target  string
	at, offset      int     // where the two start in their texts
	words, rendered []token // of source and of target
}

func newUnit(t *text, source, target span) unit {
	s, g := t.source.S[source.start:source.end], t.target.S[target.start:target.end]
	return unit{t, s, g, source.start, target.start, tokens(s), tokens(g)}
}

// flag makes a flag of ranges of the sentence. A range that is empty names the whole sentence.
func (u unit) flag(rule string, severity doc.Severity, source, target span, message string) doc.Flag {
	if target.start == target.end {
		target = span{0, len(u.target)}
	}
	if source.start == source.end {
		source = span{0, len(u.source)}
	}
	return u.text.flag(rule, severity, span{u.at + source.start, u.at + source.end}, span{u.offset + target.start, u.offset + target.end}, message)
}

// flag makes a flag of ranges of the text; of the original one that is empty names all of it. What is not a block's own text (an alt text, a cell) has no bytes to name; the message does.
func (t *text) flag(rule string, severity doc.Severity, source, target span, message string) doc.Flag {
	f := doc.Flag{Rule: rule, Severity: severity, Block: t.place.Block, Message: message}
	if t.place.Part != doc.Body {
		f.Message = t.place.String() + ": " + message
		return f
	}
	if source.start == source.end {
		source = span{0, len(t.source.S)}
	}
	f.Start, f.End, f.SourceStart, f.SourceEnd = target.start, target.end, source.start, source.end
	return f
}

// texts pairs the texts of both documents by their places. Blocks go by key; where the keys are strangers, by number.
func (p Pair) texts() []*text {
	type key struct {
		block          string
		part           doc.Part
		row, col, mark int
	}
	name := func(d doc.Document, p doc.Place) key {
		k := key{part: p.Part, row: p.Row, col: p.Col, mark: p.Mark}
		switch p.Block {
		case doc.TitleBlock:
			k.block = "\x00title"
		case doc.DeckBlock:
			k.block = "\x00deck"
		default:
			k.block = d.Blocks[p.Block].Key
		}
		return k
	}
	originals, langs := map[key]doc.Text{}, map[key]string{}
	for place, t := range p.Original.Texts() {
		originals[name(p.Original, place)], langs[name(p.Original, place)] = t, place.Lang
	}
	sentences := map[doc.Place][]doc.Sentence{}
	for _, s := range p.Sentences {
		at := s.Place
		at.Lang = ""
		sentences[at] = append(sentences[at], s)
	}
	small := smallWords(p.Original)
	from, to := lang.Tag(p.Original.Lang), lang.Tag(p.Translation.Lang)
	var out []*text
	for place, target := range p.Translation.Texts() {
		at := name(p.Translation, place)
		source, ok := originals[at]
		if tag := langs[at]; tag != "" && !lang.Tag(tag).Is(from) {
			continue // it was in another language before, that of the translation perhaps
		}
		if !ok || place.Kind == doc.Pre || place.Lang != "" && !lang.Tag(place.Lang).Is(to) {
			continue
		}
		t := &text{place: place, source: source, target: target, from: string(from.Bare()), to: string(to.Bare()), locale: string(to), terms: p.Terms, small: small}
		place.Lang = ""
		t.pair(sentences[place])
		out = append(out, t)
	}
	return out
}

// pair cuts the text into sentences and their translations.
func (t *text) pair(known []doc.Sentence) {
	for _, s := range known {
		if s.SourceEnd > len(t.source.S) || s.End > len(t.target.S) || s.SourceStart > s.SourceEnd || s.Start > s.End {
			known = nil // of another revision
			break
		}
		if s.Kept {
			continue
		}
		t.units = append(t.units, newUnit(t, span{s.SourceStart, s.SourceEnd}, span{s.Start, s.End}))
	}
	if known != nil {
		return
	}
	t.units = nil
	source, target := segment.Split(t.from, t.source.S), segment.Split(t.to, t.target.S)
	if len(source) != len(target) {
		source, target = []segment.Range{{Start: 0, End: len(t.source.S)}}, []segment.Range{{Start: 0, End: len(t.target.S)}}
	}
	for i, s := range source {
		g := target[i]
		t.units = append(t.units, newUnit(t, span{s.Start, s.End}, span{g.Start, g.End}))
	}
}
