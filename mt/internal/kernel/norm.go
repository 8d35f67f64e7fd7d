package kernel

import "math"

// normEps is added to the variance of a row before its root is taken (Marian's layer normalisation).
const normEps = 1e-6

// AddNorm sets every row of dst to the layer normalisation of x+y: scale*(s-mean)/sqrt(var+1e-6) + bias over s = x+y.
// A row is len(scale) long, which is also the length of bias; x, y and dst hold the same number of rows. dst may be x or y.
func AddNorm(dst, x, y, scale, bias []float32) {
	d := len(scale)
	bias = bias[:d]
	f := use.addNorm
	if d%Lanes != 0 {
		f = addNorm
	}
	for i := 0; i+d <= len(dst); i += d {
		f(dst[i:i+d], x[i:i+d], y[i:i+d], scale, bias)
	}
}

func addNorm(dst, x, y, scale, bias []float32) {
	n := float32(len(dst))
	var s [Lanes]float32
	for i := range dst {
		v := x[i] + y[i]
		dst[i] = v
		s[i%Lanes] += v
	}
	mean := fold(&s) / n
	s = [Lanes]float32{}
	for i, v := range dst {
		c := v - mean
		s[i%Lanes] += float32(c * c)
	}
	sigma := float32(math.Sqrt(float64(fold(&s)/n + normEps)))
	for i, v := range dst {
		dst[i] = float32((v-mean)/sigma*scale[i]) + bias[i]
	}
}

// Gate steps the decoder's simple recurrent unit: with g the sigmoid of f[i], c[i] becomes g*c[i] + (1-g)*z[i] and h[i] what of it is
// positive. h may be z or f. All lengths are len(c).
func Gate(h, c, z, f []float32) {
	use.gate(h[:len(c)], c, z[:len(c)], f[:len(c)])
}

func gate(h, c, z, f []float32) {
	for i := range c {
		g := 1 / (1 + exp(-f[i]))
		v := float32(g*c[i]) + float32((1-g)*z[i])
		c[i] = v
		if !(v > 0) {
			v = 0
		}
		h[i] = v
	}
}
