package statement

import (
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Hop is a language that words passed on their way to the page.
type Hop struct {
	Lang     lang.Tag
	Who      string // who spoke or wrote in it, as far as it is known
	Evidence string // why it is believed: "stated", "venue", "speaker", "body"; "article" for the article's own language, "original" for that of its source
}

// trace fills the chain of languages of s: what the article says of the language first, else where it was said, else whose words they are.
func (a *article) trace(s *Statement) {
	p := a.passageOf(s.Block)
	own := p.lang.Bare()
	if n := a.byName[s.Speaker.Name]; n != nil && s.Speaker.Kind == "" && s.Speaker.State != Unresolved {
		switch {
		case n.body:
			s.Speaker.Kind = term.Body
		case n.person:
			s.Speaker.Kind = term.Person
		}
	}
	var hops []Hop
	if s.Attributed() && s.Kind != Scare && s.Kind != Title {
		if first, why := a.firstLanguage(p, s); first != "" {
			s.First = first
			who := s.Speaker.Name
			hops = append(hops, Hop{Lang: first, Who: who, Evidence: why})
		}
	}
	if from := a.f.From.Bare(); from != "" && from != own {
		if s.First != from {
			hops = append(hops, Hop{Lang: from, Evidence: "original"})
		}
	}
	if s.First != own || a.f.From != "" && a.f.From.Bare() != own {
		hops = append(hops, Hop{Lang: own, Evidence: "article"})
	}
	s.Hops = hops
}

func (a *article) passageOf(block int) *passage {
	for _, p := range a.passages {
		if p.block == block {
			return p
		}
	}
	return a.passages[0]
}

// Chain is the languages of the hops, first spoken first.
func (s Statement) Chain() []lang.Tag {
	var out []lang.Tag
	for _, h := range s.Hops {
		out = append(out, h.Lang)
	}
	return out
}

// A Passing says how far the words of a statement are from those that were spoken.
type Passing string

const (
	Verbatim        Passing = "verbatim"
	Translated      Passing = "translated"
	TranslatedTwice Passing = "translated twice or more"
	NotKnown        Passing = "not known"
)

// Passing says how far the words of s are from those that were spoken; not known where their first language is not.
func (s Statement) Passing() Passing {
	switch {
	case s.First == "":
		return NotKnown
	case len(s.Hops) <= 1:
		return Verbatim
	case len(s.Hops) == 2:
		return Translated
	}
	return TranslatedTwice
}

// firstLanguage is the language in which s was said, and why it is believed.
func (a *article) firstLanguage(p *passage, s *Statement) (lang.Tag, string) {
	around := strings.ToLower(a.sentenceAround(p, s))
	if tag := toldIn(p.lex, around); tag != "" {
		return tag, "stated"
	}
	if tag := venue(strings.ToLower(s.Addressee)); tag != "" {
		return tag, "venue"
	}
	low := strings.ToLower(s.Speaker.Mention + " " + s.Speaker.Name + " " + s.Speaker.Role)
	if tag := bodyLanguage(low); tag != "" {
		return tag, "body"
	}
	if n := a.byName[s.Speaker.Name]; n != nil && n.home != "" {
		return n.home.Bare(), "speaker"
	}
	return a.bySpelling(s), "speaker"
}

// sentenceAround is the text of the sentence in which s stands, without what is quoted.
func (a *article) sentenceAround(p *passage, s *Statement) string {
	var b strings.Builder
	k, found := slices.BinarySearchFunc(p.tokens, s.Start, func(t token, at int) int { return t.start - at })
	if !found {
		k--
	}
	if n := p.sentenceOf(k); n >= 0 {
		sent := p.sentences[n]
		for i := sent.from; i < sent.to; i++ {
			if p.tokens[i].kind == word {
				b.WriteString(p.tokens[i].low)
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
