package nn

import "math"

// tabled is how many positions a network keeps; a sentence seldom has more tokens.
const tabled = 256

// frequencies returns exp(-i * ln(10000) / (T-1)) for the T = d/2 sines of a position; T-1, not T, as in Marian's
// sinusoidalPositionEmbeddings.
//
// Sine and exponential are made here from rounded sums and products, because the library's are fused or assembled on some machines
// and the table must be the same on all.
func frequencies(d int) []float32 {
	out := make([]float32, d/2)
	step := float32(math.Ln10*4) / float32(d/2-1)
	for i := range out {
		out[i] = float32(expDown(float64(float32(i) * step)))
	}
	return out
}

// position writes the sinusoid of position p: the sines in the first half, the cosines in the second, of p times each frequency.
func position(dst, frequencies []float32, p int) {
	for i, f := range frequencies {
		s, c := sincos(float64(float32(p) * f))
		dst[i], dst[len(frequencies)+i] = float32(s), float32(c)
	}
}

// expDown returns e^-x for 0 <= x < 700: e^-x = 2^-k * e^-r with r under ln 2, the latter by its series.
func expDown(x float64) float64 {
	k := math.Floor(x / math.Ln2)
	r := x - float64(k*math.Ln2)
	sum := 1.0
	for i := 20; i >= 1; i-- {
		sum = 1 - float64(float64(r*sum)/float64(i))
	}
	return math.Ldexp(sum, -int(k))
}

// sincos returns sine and cosine of 0 <= x < 2^20. The quarter turns are taken away in two parts, the first of so few bits that
// their product with the count is exact; the rest is under pi/4, where the series converge fast.
func sincos(x float64) (sin, cos float64) {
	const high, low = 1.57079625129699707031, 7.54978941586159635335e-08 // pi/2 with 24 significant bits, and what is missing
	n := math.Floor(x/(math.Pi/2) + 0.5)
	r := x - float64(n*high)
	r -= float64(n * low)
	z := float64(r * r)
	s, c := 1.0, 1.0
	for i := 20; i >= 2; i -= 2 {
		s = 1 - float64(float64(z*s)/float64(i*(i+1)))
		c = 1 - float64(float64(z*c)/float64(i*(i-1)))
	}
	s *= r
	switch int64(n) & 3 {
	case 0:
		return s, c
	case 1:
		return c, -s
	case 2:
		return -s, -c
	default:
		return -c, s
	}
}
