package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// all runs f for every set of this machine.
func all(b *testing.B, f func(b *testing.B)) {
	b.Helper()
	for _, s := range sets {
		b.Run(s.name, func(b *testing.B) {
			with(b, s)
			f(b)
		})
	}
}

func gmacs(b *testing.B, rows, n, k int) {
	b.Helper()
	b.ReportMetric(float64(b.N)*float64(rows*n*k)/1e9/b.Elapsed().Seconds(), "GMAC/s")
}

// trained gives weights spread as those of trained models are: a few in a hundred beyond ±63.
func trained(n int, r *rand.Rand) []int8 {
	w := make([]int8, n)
	for i := range w {
		w[i] = int8(max(-127, min(127, r.NormFloat64()*28)))
	}
	return w
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ n, k int }{{256, 256}, {1536, 256}, {256, 1536}, {32000, 256}} {
		w := trained(c.n*c.k, r)
		for _, rows := range []int{1, 2, 4, 8, 16, 32, 64, 256} {
			b.Run(fmt.Sprintf("%dx%dx%d", rows, c.n, c.k), func(b *testing.B) {
				all(b, func(b *testing.B) {
					m, err := Prepare(w, c.n, c.k)
					if err != nil {
						b.Fatal(err)
					}
					a, y := randomBytes(rows*c.k, r), make([]float32, rows*c.n)
					for b.Loop() {
						m.Mul(y, a, rows, 0.01, nil)
					}
					gmacs(b, rows, c.n, c.k)
				})
			})
		}
	}
}

func BenchmarkBest(b *testing.B) {
	const n, k = 32000, 256
	r := rand.New(rand.NewPCG(1, 2))
	w := trained(n*k, r)
	for _, rows := range []int{1, 4, 8, 16, 32, 64} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			all(b, func(b *testing.B) {
				m, err := Prepare(w, n, k)
				if err != nil {
					b.Fatal(err)
				}
				a, top := randomBytes(rows*k, r), make([]Top, rows)
				for b.Loop() {
					m.Best(top, a, rows, 1e-5, nil, 1, false)
				}
				gmacs(b, rows, n, k)
			})
		})
	}
}

func BenchmarkMulReLU(b *testing.B) {
	const n, k = 1536, 256
	r := rand.New(rand.NewPCG(1, 2))
	w := trained(n*k, r)
	for _, rows := range []int{1, 8, 64} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			all(b, func(b *testing.B) {
				m, err := Prepare(w, n, k)
				if err != nil {
					b.Fatal(err)
				}
				a, y := randomBytes(rows*k, r), make([]int8, rows*n)
				for b.Loop() {
					m.MulReLU(y, a, rows, 1e-5, nil, 10)
				}
				gmacs(b, rows, n, k)
			})
		})
	}
}

// The float steps, each for one token of a small model or one sentence of 30.
func BenchmarkFloat(b *testing.B) {
	const n, d, heads = 30, 256, 8
	r := rand.New(rand.NewPCG(1, 2))
	x, y, z := random(n*d, 1, r), random(n*d, 1, r), random(n*d, 1, r)
	q, kt, p := make([]int8, 1536), make([]float32, d*Pad(n)), make([]float32, AttendScratch(n, n))
	for _, f := range []struct {
		name string
		run  func()
	}{
		{"quantize256", func() { Quantize(q[:256], x[:256], 10) }},
		{"quantizeReLU1536", func() { QuantizeReLU(q, x[:1536], 10) }},
		{"addNorm256", func() { AddNorm(z[:d], x[:d], y[:d], x[d:2*d], y[d:2*d]) }},
		{"gate256", func() { Gate(z[:d], z[d:2*d], x[:d], y[:d]) }},
		{"transpose30x256", func() { Transpose(kt, x, n, d) }},
		{"attend30x30", func() { Attend(z, x, n, kt, y, n, d, heads, 0.18, p, nil) }},
		{"attend1x30", func() { Attend(z, x, 1, kt, y, n, d, heads, 0.18, p, nil) }},
		{"max256", func() { use.max(x[:256]) }},
		{"sumExp256", func() { use.sumExp(x[:256], 3) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			all(b, func(b *testing.B) {
				for b.Loop() {
					f.run()
				}
			})
		})
	}
}

// One query after the other, as for many sentences in turn: their keys and values are far away.
func BenchmarkAttendFar(b *testing.B) {
	const n, d, heads, sentences = 30, 256, 8, 64
	r := rand.New(rand.NewPCG(1, 2))
	kt, v := random(sentences*d*Pad(n), 1, r), random(sentences*n*d, 1, r)
	q, out, p := random(d, 1, r), make([]float32, d), make([]float32, AttendScratch(1, n))
	all(b, func(b *testing.B) {
		for i := 0; b.Loop(); i = (i + 1) % sentences {
			Attend(out, q, 1, kt[i*d*Pad(n):(i+1)*d*Pad(n)], v[i*n*d:(i+1)*n*d], n, d, heads, 0.18, p, nil)
		}
	})
}

func BenchmarkSelect(b *testing.B) {
	const n, k = 32000, 256
	r := rand.New(rand.NewPCG(1, 2))
	m, err := Prepare(trained(n*k, r), n, k)
	if err != nil {
		b.Fatal(err)
	}
	var columns []int32
	for j := int32(0); j < n; j += 1 + r.Int32N(100) {
		columns = append(columns, j)
	}
	for b.Loop() {
		if _, err := m.Select(columns, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	const n, k = 32000, 256
	w := trained(n*k, rand.New(rand.NewPCG(1, 2)))
	all(b, func(b *testing.B) {
		for b.Loop() {
			if _, err := Prepare(w, n, k); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSelfTest(b *testing.B) {
	for b.Loop() {
		for _, s := range sets {
			agrees(s)
		}
	}
}
