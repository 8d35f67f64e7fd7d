package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// links compares the links of a text: the same addresses as often, none without a word, none on words that are surely another's.
func links(t *text) []doc.Flag {
	source, target := linksOf(t.source), linksOf(t.target)
	if len(source)+len(target) == 0 {
		return nil
	}
	var flags []doc.Flag
	for _, s := range source {
		if n := with(target, s.href); n < with(source, s.href) {
			flags = append(flags, t.flag("links", doc.Stop, s.span, span{0, len(t.target.S)}, fmt.Sprintf("the link to %s is missing", s.href)))
		}
	}
	for _, g := range target {
		if with(target, g.href) > with(source, g.href) {
			flags = append(flags, t.flag("links", doc.Stop, span{}, g.span, fmt.Sprintf("the original has no link to %s here", g.href)))
		}
		if len(g.words) == 0 && !wordless(source, g.href) {
			flags = append(flags, t.flag("links", doc.Stop, span{}, g.span, "the link has no words"))
		}
	}
	if len(flags) > 0 {
		return dedupe(flags)
	}
	return append(flags, misplaced(t, source, target)...)
}

// A link is a link of a text and the words that it is on.
type link struct {
	span
	href  string
	words []token
}

func linksOf(t doc.Text) []link {
	var out []link
	for _, m := range t.Marks {
		if m.Kind == doc.Link {
			out = append(out, link{span{m.Start, m.End}, m.Href, tokens(t.S[m.Start:m.End])})
		}
	}
	return out
}

func with(list []link, href string) int {
	n := 0
	for _, l := range list {
		if l.href == href {
			n++
		}
	}
	return n
}

// wordless reports whether a link of list has no words: it stands on an asterisk or a picture.
func wordless(list []link, href string) bool {
	return slices.ContainsFunc(list, func(l link) bool { return l.href == href && len(l.words) == 0 })
}

func dedupe(flags []doc.Flag) []doc.Flag {
	var out []doc.Flag
	seen := map[doc.Flag]bool{}
	for _, f := range flags {
		if !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return out
}

// misplaced finds links whose words can be told: a name, a number or a cognate that stands once on each side and is in the link on
// one of them only.
func misplaced(t *text, source, target []link) []doc.Flag {
	var flags []doc.Flag
	all := tokens(t.target.S)
	everywhere := tokens(t.source.S)
	for _, s := range source {
		if with(source, s.href) != 1 {
			continue
		}
		g := target[index(target, s.href)]
		in, out := 0, 0
		for _, w := range s.words {
			if occurs(everywhere, w) != 1 {
				continue
			}
			place := only(all, w)
			switch {
			case place == nil:
			case g.start <= place.start && place.end <= g.end:
				in++
			default:
				out++
			}
		}
		if out > 0 && in == 0 {
			severity := doc.Ask
			if out == recognisable(s.words) {
				severity = doc.Stop
			}
			flags = append(flags, t.flag("links", severity, s.span, g.span, fmt.Sprintf("this link is on “%s” in the original; here it is on “%s”", t.source.S[s.start:s.end], t.target.S[g.start:g.end])))
		}
	}
	return flags
}

func index(list []link, href string) int {
	for i, l := range list {
		if l.href == href {
			return i
		}
	}
	return -1
}

// recognisable counts the words of a link that are more than small ones.
func recognisable(words []token) int {
	n := 0
	for _, w := range words {
		if len(w.folded) >= 4 || w.text[0] >= '0' && w.text[0] <= '9' || isCapital(w.text) {
			n++
		}
	}
	return max(n, 1)
}

// occurs counts the words of list that are alike w.
func occurs(list []token, w token) int {
	n := 0
	for _, t := range list {
		if alike(t, w) {
			n++
		}
	}
	return n
}

// only returns the one word of list that is alike w, or nil.
func only(list []token, w token) *token {
	var found *token
	for i := range list {
		if alike(list[i], w) {
			if found != nil {
				return nil
			}
			found = &list[i]
		}
	}
	return found
}

// alike reports whether two words are one name, number or cognate.
func alike(a, b token) bool {
	digit := func(t token) bool { return strings.ContainsAny(t.text, "0123456789") }
	switch {
	case digit(a) || digit(b):
		return a.text == b.text
	case len(a.folded) >= 6 && len(b.folded) >= 6:
		return a.folded[:6] == b.folded[:6]
	case isCapital(a.text) && isCapital(b.text):
		return a.folded == b.folded && len(a.folded) > 1
	}
	return false
}
