// Package diff says what changed between two documents, block by block, and how much it matters.
//
// It promises that what it does not name is equal, and that a sentence it does not call stale may keep its translation. Blocks are
// known by what they say, not by their keys: an outlet's page has none. It touches values only.
package diff

import (
	"slices"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// A Kind says what happened to a block.
type Kind string

const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Moved   Kind = "moved"  // the same words at another place
	Edited  Kind = "edited" // other words; Change.Moved says whether at another place, too
	Marked  Kind = "marked" // the same words with other marks, another kind, another picture
	Byline  Kind = "byline"
	Dated   Kind = "date"
)

// None is the index of a block that is not there: Old of an Added one, New of a Removed one, both of a byline or a date.
const None = -3

// A Change is one block that is not as it was.
type Change struct {
	Kind     Kind   `json:"kind"`
	Old      int    `json:"old"` // index into the old document's blocks; doc.DeckBlock, doc.TitleBlock, None
	New      int    `json:"new"` // index into the new document's blocks
	Moved    bool   `json:"moved,omitempty"`
	Severity Weight `json:"weight"`          // the heaviest of the spans; Fact for a block that came or went
	Spans    []Span `json:"spans,omitempty"` // what changed in the text of an Edited block, in the order of the text
	Was      string `json:"was,omitempty"`   // the words as they were
	Is       string `json:"is,omitempty"`    // and as they are
}

// A Weight says how much a change of words matters to somebody who has translated them.
type Weight string

const (
	Typo    Weight = "typo"    // spelling, punctuation, capitals, spaces: the translation stands
	Wording Weight = "wording" // other words
	Fact    Weight = "fact"    // a number, a name, a negation
	Said    Weight = "quote"   // words between quotation marks
)

var weights = []Weight{Typo, Wording, Fact, Said}

func heavier(a, b Weight) Weight {
	if slices.Index(weights, a) >= slices.Index(weights, b) {
		return a
	}
	return b
}

// A Span is a place where the words differ: bytes [OldStart, OldEnd) of the old text against [NewStart, NewEnd) of the new one.
// Either may be empty. The spans of a table are not given: its cells have no text of their own address.
type Span struct {
	OldStart int    `json:"old_start"`
	OldEnd   int    `json:"old_end"`
	NewStart int    `json:"new_start"`
	NewEnd   int    `json:"new_end"`
	Weight   Weight `json:"weight"`
}

// Documents returns what changed from old to new: title, deck, byline, date, then the blocks in the order of the new document, each
// removed one where it stood. nil if nothing did.
func Documents(old, new doc.Document) []Change {
	var out []Change
	for _, head := range []struct {
		index    int
		old, new doc.Text
	}{{doc.TitleBlock, old.Title, new.Title}, {doc.DeckBlock, old.Deck, new.Deck}} {
		if c, changed := headline(head.index, head.old, head.new); changed {
			out = append(out, c)
		}
	}
	if !slices.Equal(old.Byline, new.Byline) {
		out = append(out, Change{Kind: Byline, Old: None, New: None, Severity: Fact})
	}
	if !old.Date.Equal(new.Date) || old.DateOnly != new.DateOnly {
		out = append(out, Change{Kind: Dated, Old: None, New: None, Severity: Fact})
	}
	return append(out, blocks(old.Blocks, new.Blocks)...)
}

// headline compares two titles or decks.
func headline(index int, old, new doc.Text) (Change, bool) {
	c := Change{Old: index, New: index, Was: old.S, Is: new.S}
	switch {
	case old.Equal(new):
		return c, false
	case old.S == new.S:
		c.Kind, c.Severity, c.Was, c.Is = Marked, Typo, "", ""
	case old.S == "":
		c.Kind, c.Old, c.Severity = Added, None, Fact
	case new.S == "":
		c.Kind, c.New, c.Severity = Removed, None, Fact
	default:
		c.Kind = Edited
		c.Spans = Texts(old, new)
		c.Severity = heaviest(c.Spans)
	}
	return c, true
}

// blocks compares two lists of blocks.
func blocks(old, new []doc.Block) []Change {
	pairs := match(old, new) // of new to old
	used := make([]bool, len(old))
	for _, i := range pairs {
		if i >= 0 {
			used[i] = true
		}
	}
	moved := outOfOrder(pairs)
	var out []Change
	next := 0 // the first old block not yet accounted for
	removed := func(until int) {
		for ; next < until; next++ {
			if !used[next] {
				out = append(out, Change{Kind: Removed, Old: next, New: None, Severity: Fact, Was: words(old[next])})
			}
		}
	}
	for j, b := range new {
		i := pairs[j]
		if i < 0 {
			out = append(out, Change{Kind: Added, Old: None, New: j, Severity: Fact, Is: words(b)})
			continue
		}
		if !moved[j] {
			removed(i)
		}
		if c, changed := compare(old[i], b); changed || moved[j] {
			c.Old, c.New, c.Moved = i, j, moved[j]
			if !changed {
				c.Kind, c.Severity = Moved, Typo
			}
			out = append(out, c)
		}
	}
	removed(len(old))
	return out
}

// compare says what changed from block a to block b; its indices are the caller's to fill in.
func compare(a, b doc.Block) (Change, bool) {
	if a.Text.S != b.Text.S {
		spans := Texts(a.Text, b.Text)
		return Change{Kind: Edited, Severity: heaviest(spans), Spans: spans, Was: a.Text.S, Is: b.Text.S}, true
	}
	if was, is := words(a), words(b); was != is {
		return Change{Kind: Edited, Severity: heaviest(Texts(doc.Text{S: was}, doc.Text{S: is})), Was: was, Is: is}, true
	}
	b.Key = a.Key // keys are given by place, and a place may shift
	if a.Equal(b) {
		return Change{}, false
	}
	return Change{Kind: Marked, Severity: Typo}, true
}

func heaviest(spans []Span) Weight {
	w := Typo
	for _, s := range spans {
		w = heavier(w, s.Weight)
	}
	return w
}

// Stale reports whether the sentence at bytes [start, end) of the old text is to be translated anew: something in it changed that is
// more than spelling, or it is gone. What was put in between two sentences makes neither stale.
func (c Change) Stale(start, end int) bool {
	switch c.Kind {
	case Removed:
		return true
	case Edited:
		if c.Spans == nil {
			return true // a table or a picture
		}
	default:
		return false
	}
	return slices.ContainsFunc(c.Spans, func(s Span) bool {
		if s.Weight == Typo {
			return false
		}
		if s.OldStart == s.OldEnd {
			return start < s.OldStart && s.OldStart < end
		}
		return s.OldStart < end && start < s.OldEnd
	})
}

// Now is where bytes [start, end) of the old text stand in the new one. What a span has replaced counts with the edge it touches.
func (c Change) Now(start, end int) (int, int) {
	at := func(p int, back bool) int {
		shift := 0
		for _, s := range c.Spans {
			switch {
			case p > s.OldEnd || p == s.OldEnd && (s.OldStart < s.OldEnd || !back):
				shift = s.NewEnd - s.OldEnd
			case p > s.OldStart:
				if back {
					return s.NewEnd
				}
				return s.NewStart
			}
		}
		return p + shift
	}
	from, to := at(start, false), at(end, true)
	return from, max(from, to)
}
