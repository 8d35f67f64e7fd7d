package kernel

import (
	"math"
	"sync"
)

// bestN is the columns of logits made at a time: few enough to stay in the nearest cache for the usual number of rows. The partial sums
// of LogSum start anew with each, so it is part of the result's definition.
const bestN = 256

// A Top is the greatest of a row of logits.
type Top struct {
	Index  int
	Logit  float32
	LogSum float32 // ln of the sum of e^logit over the whole row, the excluded one too; 0 where it was not asked for
}

// LogProb is the natural logarithm of the probability of t, if LogSum was asked for.
func (t Top) LogProb() float32 { return t.Logit - t.LogSum }

var logits = sync.Pool{New: func() any { return new([]float32) }}

// Best makes the logits of every row of a as Mul would, without keeping them, and sets dst[r] to the greatest of row r, the first of equals.
// The column exclude cannot win; -1 excludes none. The first column counts as the greatest if none is greater than -Inf.
func (m *Matrix) Best(dst []Top, a []int8, rows int, unquant float32, bias []float32, exclude int, logSum bool) {
	bias = m.biasOrZero(bias)
	buf := logits.Get().(*[]float32)
	defer logits.Put(buf)
	if len(*buf) < rows*bestN {
		*buf = make([]float32, rows*bestN)
	}
	sums := make([]runningSum, rows)
	for r := range rows {
		dst[r] = Top{Logit: negInf}
		sums[r].max = negInf
	}
	for from := 0; from < m.n; from += bestN {
		to := min(from+bestN, m.n)
		m.set.mul(m, *buf, bestN, a, rows, from, to, unquant, bias[from:])
		for r := range rows {
			x := (*buf)[r*bestN : r*bestN+Pad(to-from)]
			for i := to - from; i < len(x); i++ {
				x[i] = negInf
			}
			top := use.max(x)
			if logSum {
				sums[r].add(x, top)
			}
			if !(top > dst[r].Logit) {
				continue
			}
			if from <= exclude && exclude < to {
				x[exclude-from] = negInf
				if top = use.max(x); !(top > dst[r].Logit) {
					continue
				}
			}
			for i, v := range x {
				if v == top {
					dst[r].Index, dst[r].Logit = from+i, top
					break
				}
			}
		}
	}
	if logSum {
		for r := range rows {
			dst[r].LogSum = sums[r].log()
		}
	}
}

// A runningSum is a sum of exponentials, kept relative to the greatest exponent so far.
type runningSum struct{ max, sum float32 }

func (s *runningSum) add(x []float32, top float32) {
	if top > s.max {
		s.sum = float32(s.sum * exp(s.max-top))
		s.max = top
	}
	s.sum += use.sumExp(x, s.max)
}

func (s *runningSum) log() float32 {
	return float32(float64(s.max) + log(math.Max(float64(s.sum), math.SmallestNonzeroFloat32)))
}
