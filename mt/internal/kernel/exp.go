package kernel

import "math"

// exp gives e^x within 2 units in the last place where that is a normal number: 0 for x below about -87.7, e^88 for x above 88.
//
// n is x/ln 2 rounded to even by adding 1.5*2^23, which leaves n in the low bits of the sum, and taking it away again; ln 2 is
// subtracted in two parts, the first of so few bits that n times it is exact; the polynomial for e^r, |r| <= ln 2 / 2, is that of
// Cephes' expf (S. L. Moshier, Methods and Programs for Mathematical Functions, 1989). A power of two too small for a normal number
// is taken as 0, which costs a vector loop less than a comparison.
func exp(x float32) float32 {
	if !(x > expMin) {
		x = expMin
	}
	if x > expMax {
		x = expMax
	}
	t := float32(x*expLog2e) + expMagic
	n := t - expMagic
	r := x - float32(n*expLn2Hi)
	r -= float32(n * expLn2Lo)
	p := float32(expC5)
	p = float32(p*r) + expC4
	p = float32(p*r) + expC3
	p = float32(p*r) + expC2
	p = float32(p*r) + expC1
	p = float32(p*r) + expC0
	p = float32(p*float32(r*r)) + r
	p++
	e := max(int32(math.Float32bits(t))+expBias, 0)
	return float32(p * math.Float32frombits(uint32(e)<<23))
}

const (
	expMin   = -200 // far enough below for the power of two to be 0, near enough for the polynomial to be finite
	expMax   = 88
	expLog2e = 1.44269504088896341
	expMagic = 3 << 22
	expBias  = 127 - 0x4b400000 // from the bits of n + expMagic to the biased exponent of 2^n
	expLn2Hi = 0.693359375
	expLn2Lo = -2.12194440e-4
	expC5    = 1.9875691500e-4
	expC4    = 1.3981999507e-3
	expC3    = 8.3334519073e-3
	expC2    = 4.1665795894e-2
	expC1    = 1.6666665459e-1
	expC0    = 5.0000001201e-1
)

// softmax replaces each of the rows of x, n long, by e^(x-max) over its sum, taken in Lanes; -Inf gives 0.
func softmax(x []float32, rows, n int) {
	for r := range rows {
		softmaxRow(x[r*n : (r+1)*n])
	}
}

func softmaxRow(x []float32) {
	m := maxOf(x)
	var s [Lanes]float32
	for i, v := range x {
		e := exp(v - m)
		x[i] = e
		s[i%Lanes] += e
	}
	inv := 1 / fold(&s)
	for i := range x {
		x[i] *= inv
	}
}

// maxOf returns the greatest value of x, which is not empty.
func maxOf(x []float32) float32 {
	m := x[0]
	for _, v := range x[1:] {
		if v > m {
			m = v
		}
	}
	return m
}

// sumExp returns the sum of e^(x-max), taken in Lanes; max is no less than any of x. Each term is within 4e-6 of its size or 2^-124: it goes
// into probabilities for people to read, of which there is one for the whole vocabulary's exponentials.
func sumExp(x []float32, max float32) float32 {
	var s [Lanes]float32
	top := float32(max * expLog2e)
	for i, v := range x {
		s[i%Lanes] += pow2(float32(v*expLog2e) - top)
	}
	return fold(&s)
}

// pow2 gives 2^x for x <= 0, roughly: the integer goes to the exponent as in exp, and 2^f for the rest, |f| <= 1/2, is the polynomial of degree
// 4 with the least greatest relative error (found by Remez' exchange).
func pow2(x float32) float32 {
	if !(x > pow2Min) {
		x = pow2Min
	}
	t := x + expMagic
	f := x - (t - expMagic)
	p := float32(pow2C4)
	p = float32(p*f) + pow2C3
	p = float32(p*f) + pow2C2
	p = float32(p*f) + pow2C1
	p = float32(p*f) + pow2C0
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(t)<<23)
}

const (
	pow2Min = -125
	pow2C4  = 0.00957010221
	pow2C3  = 0.0559178591
	pow2C2  = 0.240247443
	pow2C1  = 0.693121791
	pow2C0  = 0.999999285
)

// log gives the natural logarithm of x > 0, in float64 with every product rounded, because the library's is fused on some machines:
// x = 2^k * f with f in [sqrt(1/2), sqrt(2)), and ln f = 2 atanh((f-1)/(f+1)) by its series.
func log(x float64) float64 {
	f, k := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		k--
	}
	s := (f - 1) / (f + 1)
	z := float64(s * s)
	t := 0.0
	for i := 21; i >= 1; i -= 2 {
		t = float64(t*z) + 1/float64(i)
	}
	return float64(float64(k)*math.Ln2) + float64(2*float64(s*t))
}
