package translate

import (
	"context"
	"math"
	"unicode/utf8"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// Update translates current, a newer form of the original old, of which edited is the translation as an editor left it. Sentences
// that are in old already keep what the editor made of them, words, marks and typography; only the others go to the engine.
// Which sentence of edited belongs to which of old is found by their places, lengths, numbers and names; where that is not certain
// the sentence is translated anew.
func (t Translator) Update(ctx context.Context, old, edited, current doc.Document) (Result, error) {
	job := t.split(current, t.editedOf(old, edited))
	drafts, err := job.translate(ctx)
	if err != nil {
		return Result{}, err
	}
	return job.rebuild(current, drafts)
}

// edited are the sentences of an original with what an editor made of them.
type edited struct {
	places map[string][]pair // by block
	all    []pair
}

// A spot is the place of a text, whatever the number of its block.
type spot struct {
	block          string
	part           doc.Part
	row, col, mark int
}

// A pair is a sentence with its translation, both with their marks.
type pair struct{ source, target doc.Text }

// editedOf pairs the sentences of both documents.
func (t Translator) editedOf(old, translation doc.Document) *edited {
	e := &edited{places: map[string][]pair{}}
	targets := map[spot]doc.Text{}
	for place, text := range translation.Texts() {
		targets[spotOf(translation, place)] = text
	}
	for place, source := range old.Texts() {
		at := spotOf(old, place)
		target, ok := targets[at]
		if !ok || t.stays(place, source) {
			continue
		}
		pairs := t.pairs(source, target)
		e.places[at.block] = append(e.places[at.block], pairs...)
		e.all = append(e.all, pairs...)
	}
	return e
}

func spotOf(d doc.Document, p doc.Place) spot {
	s := spot{part: p.Part, row: p.Row, col: p.Col, mark: p.Mark}
	switch p.Block {
	case doc.TitleBlock:
		s.block = "\x00title"
	case doc.DeckBlock:
		s.block = "\x00deck"
	default:
		s.block = d.Blocks[p.Block].Key
	}
	return s
}

// find returns what an editor made of a sentence: of the one in its block, else of the same sentence anywhere.
func (e *edited) find(block string, s doc.Text) (doc.Text, bool) {
	for _, list := range [][]pair{e.places[block], e.all} {
		for _, p := range list {
			if p.source.S == s.S && sameMarks(p.source.Marks, s.Marks) {
				return p.target, true
			}
		}
	}
	return doc.Text{}, false
}

// sameMarks reports whether two sentences have the same marks; where they lie does not matter, for the words are the same.
func sameMarks(a, b []doc.Mark) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Href != b[i].Href || a[i].Lang != b[i].Lang {
			return false
		}
	}
	return true
}

// pairs aligns the sentences of a text with those of its translation: one to one, or a few with one where an editor joined or parted
// them. The way is the cheapest by lengths and by the numbers and names that both have (after Gale and Church 1993).
func (t Translator) pairs(source, target doc.Text) []pair {
	a, b := pieces(t.From, source), pieces(t.To, target)
	type step struct {
		cost float64
		i, j int // how many of each
	}
	best := make([][]step, len(a)+1)
	for i := range best {
		best[i] = make([]step, len(b)+1)
		for j := range best[i] {
			best[i][j].cost = math.Inf(1)
		}
	}
	best[0][0] = step{}
	moves := [][2]int{{1, 1}, {1, 0}, {0, 1}, {2, 1}, {1, 2}}
	for i := range best {
		for j := range best[i] {
			for _, m := range moves {
				p, q := i-m[0], j-m[1]
				if p < 0 || q < 0 || math.IsInf(best[p][q].cost, 1) {
					continue
				}
				if c := best[p][q].cost + t.unlike(a[p:i], b[q:j]); c < best[i][j].cost {
					best[i][j] = step{c, m[0], m[1]}
				}
			}
		}
	}
	var out []pair
	for i, j := len(a), len(b); i > 0 || j > 0; {
		s := best[i][j]
		if s.i > 0 && s.j > 0 && s.i == 1 {
			from, to := a[i-1], b[j-s.j]
			out = append(out, pair{source.Slice(from.start, from.end), target.Slice(to.start, b[j-1].end)})
		}
		i, j = i-s.i, j-s.j
	}
	return out
}

// unlike is the cost of taking sentences b for the translation of sentences a.
func (t Translator) unlike(a, b []piece) float64 {
	const missing = 4
	if len(a) == 0 || len(b) == 0 {
		return missing
	}
	length := func(list []piece) (n float64, words []word) {
		for _, p := range list {
			n += float64(utf8.RuneCountInString(p.sent))
			words = append(words, wordsOf("", p.sent)...)
		}
		return n, words
	}
	m, from := length(a)
	n, to := length(b)
	cost := math.Abs(math.Log((n + 1) / (m + 1)))
	have := map[string]bool{}
	for _, w := range to {
		have[anchorKey(w)] = true
	}
	for _, w := range from {
		if k := anchorKey(w); k != "" && have[k] {
			cost -= 0.2
		}
	}
	if len(a)+len(b) > 2 {
		cost += 0.7
	}
	return max(cost, 0.01)
}

// anchorKey is what the same name or number has in common in two languages.
func anchorKey(w word) string {
	if k := numberKey(w); k != "" {
		return k
	}
	return nameKey(w)
}
