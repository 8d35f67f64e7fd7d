package kernel

import "math"

// logitsN is the columns made at a time where results are not kept: few enough for a near cache with the usual number of rows, enough to
// make little of what each call costs. The partial sums of LogSum start anew with each such group: the number is part of the definition.
const logitsN = 512

// A Top is the greatest of a row of logits.
type Top struct {
	Index  int
	Logit  float32
	LogSum float32 // ln of the sum of e^logit over the whole row, the excluded one too; 0 where it was not asked for
}

// LogProb is the natural logarithm of the probability of t, if LogSum was asked for.
func (t Top) LogProb() float32 { return t.Logit - t.LogSum }

// Best makes the logits of every row of a as Mul would, without keeping them, and sets dst[r] to the greatest of row r, the first of equals.
// The column exclude cannot win; -1 excludes none. The first column counts as the greatest if none is greater than -Inf.
func (m *Matrix) Best(dst []Top, a []int8, rows int, unquant float32, bias []float32, exclude int, logSum bool) {
	if rows == 0 {
		return
	}
	f := m.factors(a, rows, unquant, bias)
	defer f.done()
	y := f.room(rows * logitsN)
	sums := make([]runningSum, rows)
	for r := range rows {
		dst[r] = Top{Logit: negInf}
		sums[r].max = negInf
	}
	for from := 0; from < m.n; from += logitsN {
		to := min(from+logitsN, m.n)
		m.set.mul(f, y, logitsN, from, to)
		for r := range rows {
			x := y[r*logitsN : r*logitsN+Pad(to-from)]
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
