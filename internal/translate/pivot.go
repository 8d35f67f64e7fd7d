package translate

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// Through returns an engine that translates by two: first into the language between, then from it. Its alignment is the
// product of theirs, so that marks travel over both.
func Through(first, second Engine) Engine { return through{first, second} }

type through struct{ first, second Engine }

func (t through) Translate(ctx context.Context, sentences []string) ([]mt.Sentence, error) {
	middle, err := t.first.Translate(ctx, sentences)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(middle))
	for i, s := range middle {
		texts[i] = s.Text
	}
	last, err := t.second.Translate(ctx, texts)
	if err != nil {
		return nil, err
	}
	if len(middle) != len(sentences) || len(last) != len(texts) {
		return nil, fmt.Errorf("the engines gave %d and %d sentences for %d", len(middle), len(last), len(sentences))
	}
	out := make([]mt.Sentence, len(last))
	for i := range last {
		out[i] = composed(middle[i], last[i])
	}
	return out, nil
}

// composed is b, a translation of a's text, as a translation of a's source.
func composed(a, b mt.Sentence) mt.Sentence {
	out := b
	out.Source, out.SourcePieces = a.Source, a.SourcePieces
	out.Ended = a.Ended && b.Ended
	out.Score = a.Score + b.Score
	out.Repairs = append(append([]mt.Repair(nil), a.Repairs...), b.Repairs...)
	out.Alignment = nil
	if len(a.Alignment) < len(a.Pieces) || len(b.Alignment) == 0 {
		return out
	}
	// What of a's source stands behind each source piece of b: the rows of those pieces of a that share its bytes.
	behind := make([][]float32, len(b.SourcePieces))
	for j, p := range b.SourcePieces {
		behind[j] = make([]float32, len(a.SourcePieces))
		var whole float32
		for k, q := range a.Pieces {
			if shared := min(p.End, q.End) - max(p.Start, q.Start); shared > 0 {
				addRow(behind[j], a.Alignment[k], float32(shared))
				whole += float32(shared)
			}
		}
		if whole == 0 { // the end of the sentence, or a piece of which nothing is left in the text: the end stands behind it
			addRow(behind[j], a.Alignment[len(a.Alignment)-1], 1)
			whole = 1
		}
		for k := range behind[j] {
			behind[j][k] /= whole
		}
	}
	out.Alignment = make([][]float32, len(b.Alignment))
	for i, row := range b.Alignment {
		out.Alignment[i] = make([]float32, len(a.SourcePieces))
		for j, weight := range row {
			if j < len(behind) {
				addRow(out.Alignment[i], behind[j], weight)
			}
		}
	}
	return out
}

func addRow(to, row []float32, weight float32) {
	for k := range min(len(to), len(row)) {
		to[k] += float32(weight * row[k])
	}
}
