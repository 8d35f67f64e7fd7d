package translate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// terms sees that the names of p are spelt as this paper spells them. A name has no endings to get wrong in the languages that we
// print, so that it can be put in place of the engine's; a term of the glossary has, and is left to the engine, to check and to an
// editor. It returns what was done.
func (b *builder) terms(p *piece, pr *projector) []doc.Repair {
	if b.Terms == nil {
		return nil
	}
	var out []doc.Repair
	for _, m := range b.Terms.Find(lang.Tag(b.From), lang.Tag(b.To), b.source.S[p.start:p.end]) {
		if m.Name == nil || m.Keep || len(m.Must) == 0 {
			continue
		}
		if _, _, found := m.Rendered(lang.Tag(b.To), pr.Text); found {
			continue
		}
		s, ok := pr.named(p.within(span{p.start + m.Start, p.start + m.End}))
		if !ok {
			continue
		}
		old := pr.Text[s.start:s.end]
		pr.rename(s, m.Must[0])
		out = append(out, doc.Repair{Rule: "name", Detail: fmt.Sprintf("%s was spelt %s", m.Must[0], old)})
	}
	return out
}

// keptTerms returns the terms of p that the glossary wants kept as they are.
func (b *builder) keptTerms(p *piece) []kept {
	var out []kept
	for _, m := range b.Terms.Find(lang.Tag(b.From), lang.Tag(b.To), b.source.S[p.start:p.end]) {
		if m.Keep {
			r := span{p.start + m.Start, p.start + m.End}
			out = append(out, kept{doc: r, source: p.within(r), text: b.source.S[r.start:r.end]})
		}
	}
	return out
}

// named returns the words of the translation that the engine made of the name r of the source. It is not ok if they do not look like
// a name: all with capitals, or spelt much like it.
func (p *projector) named(r span) (span, bool) {
	r = p.wordsIn(r)
	if r.empty() {
		return span{}, false
	}
	s, ok := p.same(r)
	if !ok {
		s, ok = p.aligned(r)
	}
	if !ok || p.isKept(s) {
		return span{}, false
	}
	key := term.Key(p.Source[r.start:r.end])
	if key != "" && key == term.Key(p.Text[s.start:s.end]) {
		return s, true
	}
	for _, w := range p.words {
		if s.start <= w.start && w.end <= s.end && !w.small && !isCapital(w.text) {
			return span{}, false
		}
	}
	return s, true
}

// rename puts a name in place of s and gives the small word before it the form that the name wants.
func (p *projector) rename(s span, name string) {
	before := p.Text[:s.start]
	for _, e := range elisions[p.to] {
		if full := e[0] + " "; vowel(name) && hasSuffixWord(before, full) {
			p.swapIn(span{s.start - len(full), s.end}, e[1]+name)
			return
		}
		for _, apostrophe := range []string{"'", "’"} {
			short := strings.TrimSuffix(e[1], "'") + apostrophe
			if !vowel(name) && hasSuffixWord(before, short) {
				p.swapIn(span{s.start - len(short), s.end}, e[0]+" "+name)
				return
			}
		}
	}
	p.swapIn(s, name)
}

// elisions are the small words that lose their vowel before another, in full and short.
var elisions = map[string][][2]string{
	"fr": {{"de", "d'"}, {"que", "qu'"}, {"De", "D'"}, {"Que", "Qu'"}},
	"ca": {{"de", "d'"}},
	"it": {{"di", "d'"}},
}

// hasSuffixWord reports whether s ends with the word w.
func hasSuffixWord(s, w string) bool {
	rest, ok := strings.CutSuffix(s, w)
	if !ok {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(rest)
	return !unicode.IsLetter(r)
}

func vowel(s string) bool { return s != "" && strings.ContainsAny(fold(s)[:1], "aeiouh") }
