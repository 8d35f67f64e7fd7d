package mt

import "math"

// Confidence estimates how good the translation is, from 0 to 1: the chrF, over 100, that it would have against a person's translation.
// It is 0 where scores were not asked for, 1 for a text in which there was nothing to translate.
//
// It is linear in the mean of sqrt(-LogProb) of the tokens, which ranks sentences by chrF better than the mean itself, the least, and
// what the alignment tells. Fitted to FLORES dev with the tiny models en-pt and pt-en; how well it does elsewhere is in docs/engine.md.
func (s Sentence) Confidence() float64 {
	sum, n := 0.0, 0
	for _, p := range s.Pieces {
		sum += math.Sqrt(max(0, -float64(p.LogProb)))
		n++
	}
	switch {
	case n == 0:
		return 1
	case s.Score == 0:
		return 0
	default:
		return clip(0.843 - 0.882*sum/float64(n))
	}
}

// A Word is a word of a translation, with what stands beside it without a space.
type Word struct {
	Start, End int     // bytes of Text; the space before it is not part of it
	LogProb    float32 // the least of its pieces
	Confidence float64 // from 0 to 1: the probability that a person's translation has the same word somewhere
}

// Words divides the translation in words at spaces, each with the least of its pieces' probabilities. Confidence is fitted as
// Sentence.Confidence is; all are 0 where scores were not asked for.
func (s Sentence) Words() []Word {
	var out []Word
	for i, p := range s.Pieces {
		if p.Start == p.End {
			continue
		}
		start := p.Start
		if s.Text[start] == ' ' {
			start++
		}
		if start > p.Start || len(out) == 0 || i == 0 {
			out = append(out, Word{Start: start, End: p.End, LogProb: p.LogProb})
			continue
		}
		w := &out[len(out)-1]
		w.End, w.LogProb = p.End, min(w.LogProb, p.LogProb)
	}
	for i := range out {
		if s.Score != 0 {
			out[i].Confidence = clip(0.905 - 0.45*math.Pow(max(0, -float64(out[i].LogProb)), 0.3))
		}
	}
	return out
}

func clip(x float64) float64 { return min(1, max(0, x)) }
