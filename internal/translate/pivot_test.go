package translate

import (
	"context"
	"math"
	"testing"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// fixed answers every text with one sentence, whatever it is.
type fixed struct{ mt.Sentence }

func (f fixed) Translate(_ context.Context, texts []string) ([]mt.Sentence, error) {
	out := make([]mt.Sentence, len(texts))
	for i := range texts {
		out[i] = f.Sentence
	}
	return out, nil
}

// A word that changes places in the first step and again in the second is found where it began.
func TestThroughMultipliesAlignments(t *testing.T) {
	words := func(bounds ...int) []mt.Piece {
		var p []mt.Piece
		for i := 1; i < len(bounds); i++ {
			p = append(p, mt.Piece{ID: i, Start: bounds[i-1], End: bounds[i]})
		}
		return p
	}
	end := func(p []mt.Piece) []mt.Piece { n := p[len(p)-1].End; return append(p, mt.Piece{Start: n, End: n}) }
	first := mt.Sentence{
		Source: "casa branca", SourcePieces: end(words(0, 4, 11)),
		Text: "white house", Pieces: words(0, 5, 11), Ended: true, Score: -1,
		Alignment: [][]float32{{0, 1, 0}, {1, 0, 0}, {0, 0, 1}},
	}
	second := mt.Sentence{
		Source: "white house", SourcePieces: end(words(0, 3, 5, 11)), // another vocabulary cuts "white" in two
		Text: "maison blanche", Pieces: words(0, 6, 14), Ended: true, Score: -2,
		Repairs:   []mt.Repair{{Rule: "capitals"}},
		Alignment: [][]float32{{0, 0, 1, 0}, {0.5, 0.5, 0, 0}, {0, 0, 0, 1}},
	}
	got, err := Through(fixed{first}, fixed{second}).Translate(t.Context(), []string{"casa branca"})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	s := got[0]
	if s.Source != first.Source || s.Text != second.Text || s.Score != -3 || !s.Ended || len(s.Repairs) != 1 {
		t.Errorf("%+v", s)
	}
	want := [][]float32{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	for i := range want {
		for j := range want[i] {
			if math.Abs(float64(s.Alignment[i][j]-want[i][j])) > 1e-6 {
				t.Fatalf("alignment %v, want %v", s.Alignment, want)
			}
		}
	}
	first.Alignment = nil
	if got, err = Through(fixed{first}, fixed{second}).Translate(t.Context(), []string{"casa branca"}); err != nil || got[0].Alignment != nil {
		t.Errorf("without an alignment of the first there is one of both: %v, %v", got, err)
	}
}
