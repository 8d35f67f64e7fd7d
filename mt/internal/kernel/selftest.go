package kernel

// agrees tells whether s gives what the twins give, bit for bit, on one small problem of each kind. It takes a fraction of a
// millisecond, and keeps a processor, an emulator or an operating system that gets an instruction wrong from writing wrong words.
func agrees(s *set) bool {
	want, got := sample(&portable), sample(s)
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] {
			return false
		}
	}
	return true
}

// sample is what the kernels of s make of one small problem of each kind, always the same.
func sample(s *set) (all []float32) {
	const n, k, rows, d, dk = 200, 64, 7, 64, 32
	seed := uint32(1)
	random := func() float32 { // in [-1, 1)
		seed = seed*1664525 + 1013904223
		return float32(int32(seed)) / (1 << 31)
	}
	floats := func(n int, scale float32) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = random() * scale
		}
		return x
	}
	bytes := func(n int) []int8 {
		b := make([]int8, n)
		for i := range b {
			b[i] = int8(random() * 127.99)
		}
		for i := range b[:k] { // extremes, all of one sign
			b[i] = 127
		}
		return b
	}
	w, a, bias := bytes(n*k), bytes(rows*k), floats(n, 1)
	m, err := prepare(s, w, n, k)
	if err != nil {
		return nil
	}
	y := make([]float32, rows*n)
	m.Mul(y, a, rows, 0.001, bias)
	all = append(all, y...)
	q := make([]int8, rows*n)
	m.MulReLU(q, a, rows, 0.001, bias, 10)
	for _, v := range q {
		all = append(all, float32(v))
	}
	q = q[:77]
	s.quantize(q, y[:77], 100)
	for _, v := range q {
		all = append(all, float32(v))
	}
	s.quantizeReLU(q, y[:77], 10)
	for _, v := range q {
		all = append(all, float32(v))
	}
	x := append([]float32(nil), y[:d]...)
	s.addNorm(x, x, y[d:2*d], y[2*d:3*d], y[3*d:4*d])
	all = append(all, x...)
	c := append([]float32(nil), y[:77]...)
	s.gate(y[100:177], c, y[200:277], y[300:377])
	all = append(append(all, c...), y[100:177]...)
	all = append(all, s.max(bias[:48]), s.sumExp(bias[:96], 1))
	t := make([]float32, 40*Lanes)
	s.transpose(t, y, 7, 40)
	for i := range 40 {
		all = append(all, t[i*Lanes:i*Lanes+7]...)
	}
	p := make([]float32, 6*32)
	s.scores(p, y, d, 6, dk, y[64:], 32, 0.5)
	s.softmax(p, 6, 32)
	all = append(all, p...)
	s.mix(y, d, p, 32, 6, dk, y[6*d:], 5)
	return append(all, y...)
}
