package kernel

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fast runs f for every set of this machine but the twins, and says which there are.
func fast(t *testing.T, f func(t *testing.T, s *set)) {
	t.Helper()
	for _, s := range sets {
		if s != &portable {
			t.Run(s.name, func(t *testing.T) { f(t, s) })
		}
	}
}

// with uses s for the time of a test.
func with(t testing.TB, s *set) {
	t.Helper()
	old := use
	use = s
	t.Cleanup(func() { use = old })
}

func random(n int, scale float32, r *rand.Rand) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64()) * scale
	}
	return x
}

func randomBytes(n int, r *rand.Rand) []int8 {
	b := make([]int8, n)
	for i := range b {
		b[i] = int8(r.IntN(255) - 127)
	}
	return b
}

// A guarded slice lies between bands that a kernel must leave alone.
type guarded[T comparable] struct {
	all   []T
	n     int
	guard T
}

const band = 96

func guard[T comparable](n int, with T) guarded[T] {
	g := guarded[T]{make([]T, n+2*band), n, with}
	for i := range g.all {
		g.all[i] = with
	}
	return g
}

func (g guarded[T]) slice() []T { return g.all[band : band+g.n : band+g.n] }

func (g guarded[T]) check(t *testing.T, what string) {
	t.Helper()
	for i, v := range g.all {
		if (i < band || i >= band+g.n) && v != g.guard {
			t.Fatalf("%s: wrote %v at %d of %d", what, v, i-band, g.n)
		}
	}
}

// sameBits fails unless got is want, bit for bit.
func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: at %d of %d: got %v (%08x), want %v (%08x)", what, i, len(want),
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}

func TestEverySetAgrees(t *testing.T) {
	for _, s := range sets {
		if !agrees(s) {
			t.Errorf("%s does not agree with the twins", s.name)
		}
	}
	if choose("portable") != &portable {
		t.Error("the twins cannot be asked for")
	}
	if got := choose("abacus"); got != choose("") {
		t.Errorf("an unknown name chooses %s", got.name)
	}
}

// The number is the same wherever the tests run: no compiler fuses a product with a sum, and no library function differs.
func TestSameOnEveryMachine(t *testing.T) {
	for _, s := range sets {
		h := crc32.NewIEEE()
		for _, v := range append(sample(s), float32(log(3)), float32(log(1e-20))) {
			if err := binary.Write(h, binary.LittleEndian, v); err != nil {
				t.Fatal(err)
			}
		}
		if got := h.Sum32(); got != 0x60a02688 {
			t.Errorf("%s: the sample's checksum is %08x", s.name, got)
		}
	}
}

// A set that is wrong in one place only is found out.
func TestSelfTestSeesEveryKernel(t *testing.T) {
	for name, spoil := range map[string]func(*set){
		"mul": func(s *set) {
			s.mul = func(f *factors, dst []float32, stride, from, to int) {
				mulRows(f, dst, stride, from, to)
				dst[(f.rows-1)*stride+to-from-1]++
			}
		},
		"mulReLU": func(s *set) {
			s.mulReLU = func(*factors, []int8, int, int, int, float32) {}
		},
		"quantize":     func(s *set) { s.quantize = quantizeReLU },
		"quantizeReLU": func(s *set) { s.quantizeReLU = quantize },
		"addNorm":      func(s *set) { s.addNorm = func(dst, x, y, scale, bias []float32) { copy(dst, x) } },
		"gate":         func(s *set) { s.gate = func(h, c, z, f []float32) { copy(h, z) } },
		"softmax":      func(s *set) { s.softmax = func([]float32, int, int) {} },
		"max":          func(s *set) { s.max = func(x []float32) float32 { return x[0] } },
		"sumExp":       func(s *set) { s.sumExp = func(x []float32, max float32) float32 { return max } },
		"transpose":    func(s *set) { s.transpose = func(dst, src []float32, n, d int) { copy(dst, src) } },
		"scores": func(s *set) {
			s.scores = func(dst, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {}
		},
		"mix": func(s *set) {
			s.mix = func(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {}
		},
	} {
		s := portable
		spoil(&s)
		if agrees(&s) {
			t.Errorf("a wrong %s passes the self-test", name)
		}
	}
}

func TestMul(t *testing.T) {
	shapes := []struct{ n, k int }{
		{1, 64}, {8, 64}, {63, 64}, {64, 64}, {65, 128}, {72, 192}, {128, 64}, {200, 256}, {256, 1536}, {520, 320}, {1, 1}, {7, 3}, {70, 65}, {64, 100},
	}
	fast(t, func(t *testing.T, s *set) {
		for _, c := range shapes {
			for _, rows := range []int{1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 97, 193} {
				for _, kind := range []string{"random", "extremes", "all 127", "against each other"} {
					if c.n*c.k*rows > 1<<20 && kind != "random" || c.n*c.k*rows > 4<<20 {
						continue
					}
					r := rand.New(rand.NewPCG(uint64(c.n), uint64(rows)))
					w, a := randomBytes(c.n*c.k, r), randomBytes(rows*c.k, r)
					switch kind {
					case "extremes":
						for i := range w {
							w[i] = int8(127 - 254*r.IntN(2))
						}
						for i := range a {
							a[i] = int8(127 - 254*r.IntN(2))
						}
					case "all 127":
						fill(w, 127)
						fill(a, 127)
					case "against each other":
						fill(w, -127)
						fill(a, 127)
					}
					name := fmt.Sprintf("%d rows of %d by %d columns, %s", rows, c.k, c.n, kind)
					checkMul(t, name, s, w, a, rows, c.n, c.k, random(c.n, 1, r))
				}
			}
		}
	})
}

func fill(b []int8, v int8) {
	for i := range b {
		b[i] = v
	}
}

func checkMul(t *testing.T, name string, s *set, w, a []int8, rows, n, k int, bias []float32) {
	t.Helper()
	with(t, s)
	twin, err := prepare(&portable, w, n, k)
	if err != nil {
		t.Fatal(err)
	}
	m, err := prepare(s, w, n, k)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float32, rows*n)
	twin.Mul(want, a, rows, 1.0/1024, bias)
	got := guard(rows*n, float32(-7))
	m.Mul(got.slice(), a, rows, 1.0/1024, bias)
	sameBits(t, name, got.slice(), want)
	got.check(t, name)

	twin.Mul(want, a, rows, 1, nil)
	m.Mul(got.slice(), a, rows, 1, nil)
	sameBits(t, name+", no bias", got.slice(), want)

	q, wantQ := guard(rows*n, int8(-7)), make([]int8, rows*n)
	m.MulReLU(q.slice(), a, rows, 1.0/1024, bias, 0.5)
	for i, v := range want {
		wantQ[i] = round(max(float32(v*(1.0/1024))+bias[i%n], 0) * 0.5)
		if q.slice()[i] != wantQ[i] {
			t.Fatalf("%s: MulReLU at %d: got %d, want %d", name, i, q.slice()[i], wantQ[i])
		}
	}
	q.check(t, name)

	column := make([]int8, k)
	for j := range n {
		m.Column(column, j)
		for i, v := range column {
			if v != w[j*k+i] {
				t.Fatalf("%s: column %d, position %d: got %d, want %d", name, j, i, v, w[j*k+i])
			}
		}
	}
}

func TestSelect(t *testing.T) {
	for _, s := range sets {
		t.Run(s.name, func(t *testing.T) {
			with(t, s)
			r := rand.New(rand.NewPCG(1, 1))
			const n, k, rows = 300, 128, 3
			a := randomBytes(rows*k, r)
			m, err := Prepare(randomBytes(n*k, r), n, k)
			if err != nil {
				t.Fatal(err)
			}
			all := make([]float32, rows*n)
			m.Mul(all, a, rows, 0.01, nil)
			columns := []int32{0, 1, 5, 63, 64, 65, 127, 130, 299, 7, 7}
			some, err := m.Select(columns, nil)
			if err != nil {
				t.Fatal(err)
			}
			y := make([]float32, rows*len(columns))
			some.Mul(y, a, rows, 0.01, nil)
			for i, v := range y {
				if want := all[i/len(columns)*n+int(columns[i%len(columns)])]; v != want {
					t.Fatalf("row %d, column %d: got %v, want %v", i/len(columns), columns[i%len(columns)], v, want)
				}
			}
			if _, err := m.Select([]int32{300}, nil); err == nil {
				t.Error("a column outside the matrix is selected")
			}
		})
	}
}

// Every layout gives back the weights it was given, all of them or a choice.
func TestLayouts(t *testing.T) {
	const n, k = 75, 64
	w := randomBytes(n*k, rand.New(rand.NewPCG(8, 8)))
	columns := []int32{0, 74, 3, 3, 63, 64}
	for _, l := range []layout{
		rowLayout{}, pairLayout{}, groupLayout{64, 4, -128}, groupLayout{16, 4, -128}, groupLayout{16, 4, 0}, groupLayout{16, 8, 0}, groupLayout{4, 16, 0},
	} {
		s := portable
		s.layout = l
		m, err := prepare(&s, w, n, k)
		if err != nil {
			t.Fatal(err)
		}
		some, err := m.Select(columns, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]int8, k)
		for j := range n {
			m.Column(got, j)
			if !slices.Equal(got, w[j*k:(j+1)*k]) {
				t.Fatalf("%T%v: column %d: got %v", l, l, j, got)
			}
		}
		for i, j := range columns {
			some.Column(got, i)
			if !slices.Equal(got, w[j*k:(j+1)*k]) {
				t.Fatalf("%T%v: selected column %d: got %v", l, l, j, got)
			}
		}
	}
}

// What pairLayout packs cannot overflow 16 bits, whatever the activations.
func TestPairsFit(t *testing.T) {
	const n, k = 33, 128
	w := randomBytes(n*k, rand.New(rand.NewPCG(9, 9)))
	fill(w[:k], 127)
	fill(w[k:2*k], -127)
	s := portable
	s.layout = pairLayout{}
	m, err := prepare(&s, w, n, k)
	if err != nil {
		t.Fatal(err)
	}
	var l pairLayout
	for j := range n {
		var column []int
		for i := range k {
			column = append(column, int(m.packed[l.at(m, j)+i/4*4*pairBlock+i%4]))
		}
		for i := 0; i < k; i += 8 {
			for _, at := range [][4]int{{i, i + 1, i + 4, i + 5}, {i + 2, i + 3, i + 6, i + 7}} {
				high, low := 0, 0
				for _, a := range at {
					high += max(column[a], 0) * 254
					low += min(column[a], 0) * 254
				}
				if high > math.MaxInt16 || low < math.MinInt16 {
					t.Fatalf("column %d, from %d: sums from %d to %d", j, i, low, high)
				}
			}
		}
	}
}

func TestPrepareRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		w    []int8
		n, k int
	}{
		"-128":             {[]int8{1, 2, -128, 4}, 2, 2},
		"too few weights":  {make([]int8, 5), 2, 3},
		"too many weights": {make([]int8, 7), 2, 3},
		"no columns":       {nil, 0, 3},
		"no rows":          {nil, 3, 0},
		"k overflows":      {make([]int8, 1<<17), 1, 1 << 17},
	} {
		if _, err := Prepare(c.w, c.n, c.k); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestQuantize(t *testing.T) {
	edges := []float32{0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, 127.5, -126.5, -127.5, 1e30, -1e30, float32(math.Inf(1)), negInf, 0.49999997, -3, 127.49999}
	fast(t, func(t *testing.T, s *set) {
		for n := range 150 {
			x := random(n, 100, rand.New(rand.NewPCG(uint64(n), 2)))
			for i := range x {
				if i%3 == 0 {
					x[i] = edges[(i/3+n)%len(edges)]
				}
			}
			for _, f := range []struct {
				name       string
				twin, fast func([]int8, []float32, float32)
			}{{"quantize", quantize, s.quantize}, {"quantizeReLU", quantizeReLU, s.quantizeReLU}} {
				for _, alpha := range []float32{1, 0.3} {
					want, got := make([]int8, n), guard(n, int8(99))
					f.twin(want, x, alpha)
					f.fast(got.slice(), x, alpha)
					for i := range want {
						if got.slice()[i] != want[i] {
							t.Fatalf("%s of %v: got %d, want %d", f.name, x[i]*alpha, got.slice()[i], want[i])
						}
					}
					got.check(t, f.name)
				}
			}
		}
	})
}

func TestQuantizeRoundsHalvesToEven(t *testing.T) {
	x := []float32{0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 200, -200, 126.5}
	want := []int8{0, 2, 2, 0, -2, -2, 127, -127, 126}
	got := make([]int8, len(x))
	Quantize(got, x, 1)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v: got %d, want %d", x[i], got[i], want[i])
		}
	}
}

func TestExpAndLog(t *testing.T) {
	worst := 0.0
	for x := float32(-87.3); x < 88; x += 0.00137 {
		want := math.Exp(float64(x))
		ulp := math.Float64frombits(math.Float64bits(want)&^(1<<52-1)) / (1 << 23)
		worst = max(worst, math.Abs(float64(exp(x))-want)/ulp)
	}
	if worst > 2 {
		t.Errorf("exp is off by %.2f units in the last place", worst)
	}
	for x, want := range map[float32]float32{negInf: 0, -1000: 0, -88: 0, 0: 1, 88: exp(100)} {
		if got := exp(x); got != want {
			t.Errorf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	for x := float32(0); x > -86; x -= 0.00137 {
		if got, want := sumExp([]float32{x}, 0), math.Exp(float64(x)); math.Abs(float64(got)-want) > 8e-6*want {
			t.Fatalf("sumExp of %v alone is %v, want %v", x, got, want)
		}
	}
	if got := sumExp([]float32{negInf, -1000, 0}, 0); math.Abs(float64(got)-1) > 4e-6 {
		t.Errorf("sumExp of one 0 is %v", got)
	}
	for x := 1e-30; x < 1e30; x *= 1.37 {
		if got, want := log(x), math.Log(x); math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
			t.Errorf("log(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestRows(t *testing.T) {
	fast(t, func(t *testing.T, s *set) {
		for n := Lanes; n <= 48*Lanes; n += Lanes {
			r := rand.New(rand.NewPCG(uint64(n), 3))
			x, y := random(n, 30, r), random(n, 5, r)
			for i := n - n%7; i < n; i++ {
				x[i] = negInf // padding
			}
			x[r.IntN(n)] = 200
			what := fmt.Sprintf("of %d", n)
			sameBits(t, "max "+what, []float32{s.max(x)}, []float32{maxOf(x)})
			sameBits(t, "sumExp "+what, []float32{s.sumExp(x, 200)}, []float32{sumExp(x, 200)})
			for rows := 1; rows < 10; rows++ {
				all := random(rows*n, 10, r)
				copy(all, x)
				got := guard(rows*n, float32(-7))
				copy(got.slice(), all)
				s.softmax(got.slice(), rows, n)
				softmax(all, rows, n)
				sameBits(t, "softmax "+what, got.slice(), all)
				got.check(t, "softmax "+what)
			}

			got, want := guard(n, float32(-7)), make([]float32, n)
			x = random(n, 3, r)
			scale, bias := random(n, 1, r), random(n, 1, r)
			addNorm(want, x, y, scale, bias)
			s.addNorm(got.slice(), x, y, scale, bias)
			sameBits(t, "addNorm "+what, got.slice(), want)
			got.check(t, "addNorm "+what)
		}
	})
}

func TestGate(t *testing.T) {
	fast(t, func(t *testing.T, s *set) {
		for n := range 100 {
			r := rand.New(rand.NewPCG(uint64(n), 4))
			c, z, f := random(n, 2, r), random(n, 2, r), random(n, 20, r)
			if n > 3 {
				f[0], f[1], f[2] = 0, 500, -500
			}
			wantC, wantH := append([]float32(nil), c...), make([]float32, n)
			gate(wantH, wantC, z, f)
			gotC, gotH := guard(n, float32(-7)), guard(n, float32(-7))
			copy(gotC.slice(), c)
			s.gate(gotH.slice(), gotC.slice(), z, f)
			sameBits(t, "state", gotC.slice(), wantC)
			sameBits(t, "output", gotH.slice(), wantH)
			gotC.check(t, "state")
			gotH.check(t, "output")
		}
	})
}

func TestAttend(t *testing.T) {
	fast(t, func(t *testing.T, s *set) {
		for _, shape := range []struct{ heads, dk int }{{8, 32}, {8, 8}, {2, 48}, {1, 64}, {3, 20}, {4, 16}} {
			for _, n := range []int{1, 2, 15, 16, 17, 31, 33, 64, 100} {
				for _, rows := range []int{1, 2, 3, 4, 5, 9, 31} {
					d := shape.heads * shape.dk
					r := rand.New(rand.NewPCG(uint64(n), uint64(rows)))
					q, k, v := random(rows*d, 1, r), random(n*d, 1, r), random(n*d, 1, r)
					run := func(s *set) (out, first guarded[float32]) {
						with(t, s)
						kt := guard(d*Pad(n), float32(-7))
						Transpose(kt.slice(), k, n, d)
						kt.check(t, "Transpose")
						out, first = guard(rows*d, float32(-7)), guard(rows*n, float32(-7))
						scratch := guard(AttendScratch(rows, n), float32(-7))
						Attend(out.slice(), q, rows, kt.slice(), v, n, d, shape.heads, 1/float32(math.Sqrt(float64(shape.dk))), scratch.slice(), first.slice())
						scratch.check(t, "scratch")
						return out, first
					}
					out, first := run(s)
					wantOut, wantFirst := run(&portable)
					what := fmt.Sprintf("%d heads of %d, %d queries, %d keys", shape.heads, shape.dk, rows, n)
					sameBits(t, what, out.slice(), wantOut.slice())
					sameBits(t, what+", weights", first.slice(), wantFirst.slice())
					out.check(t, what)
					first.check(t, what)
				}
			}
		}
	})
}

// Attention against its definition in float64.
func TestAttendIsAttention(t *testing.T) {
	const rows, n, d, heads, dk = 3, 5, 64, 2, 32
	r := rand.New(rand.NewPCG(9, 9))
	q, k, v := random(rows*d, 1, r), random(n*d, 1, r), random(n*d, 1, r)
	kt := make([]float32, d*Pad(n))
	Transpose(kt, k, n, d)
	out, first := make([]float32, rows*d), make([]float32, rows*n)
	Attend(out, q, rows, kt, v, n, d, heads, 1/float32(math.Sqrt(dk)), make([]float32, AttendScratch(rows, n)), first)
	for i := range rows {
		for h := range heads {
			var p [n]float64
			sum := 0.0
			for j := range n {
				s := 0.0
				for e := range dk {
					s += float64(q[i*d+h*dk+e]) * float64(k[j*d+h*dk+e])
				}
				p[j] = math.Exp(s / math.Sqrt(dk))
				sum += p[j]
			}
			for e := range dk {
				want := 0.0
				for j := range n {
					want += p[j] / sum * float64(v[j*d+h*dk+e])
				}
				if got := out[i*d+h*dk+e]; math.Abs(float64(got)-want) > 1e-5 {
					t.Fatalf("query %d, head %d, element %d: got %v, want %v", i, h, e, got, want)
				}
			}
			if h == 0 {
				for j := range n {
					if got := first[i*n+j]; math.Abs(float64(got)-p[j]/sum) > 1e-6 {
						t.Fatalf("query %d, weight %d: got %v, want %v", i, j, got, p[j]/sum)
					}
				}
			}
		}
	}
}

func TestBest(t *testing.T) {
	for _, s := range sets {
		t.Run(s.name, func(t *testing.T) {
			with(t, s)
			for _, n := range []int{1, 2, 64, 100, 256, 257, 1000, 1024} {
				const k, rows = 64, 7
				r := rand.New(rand.NewPCG(uint64(n), 5))
				w, a, bias := randomBytes(n*k, r), randomBytes(rows*k, r), random(n, 1, r)
				m, err := Prepare(w, n, k)
				if err != nil {
					t.Fatal(err)
				}
				y := make([]float32, rows*n)
				m.Mul(y, a, rows, 1e-4, bias)
				for _, exclude := range []int{-1, 0, n / 2, n - 1, best(y[:n], -1)} {
					got := make([]Top, rows)
					m.Best(got, a, rows, 1e-4, bias, exclude, true)
					for i := range rows {
						x := y[i*n : (i+1)*n]
						want := best(x, exclude)
						if got[i].Index != want && n > 1 {
							t.Fatalf("%d columns without %d, row %d: got %d, want %d", n, exclude, i, got[i].Index, want)
						}
						sum := 0.0
						for _, v := range x {
							sum += math.Exp(float64(v))
						}
						if math.Abs(float64(got[i].LogSum)-math.Log(sum)) > 1e-5 {
							t.Fatalf("%d columns, row %d: the logarithm of the sum is %v, want %v", n, i, got[i].LogSum, math.Log(sum))
						}
					}
				}
			}
		})
	}
}

func best(x []float32, exclude int) int {
	b := -1
	for i, v := range x {
		if i != exclude && (b < 0 || v > x[b]) {
			b = i
		}
	}
	return b
}

// Equal logits: the first wins, in one block or across two.
func TestBestOfEquals(t *testing.T) {
	const n, k = 600, 64
	w := make([]int8, n*k)
	for _, j := range []int{3, 9, 300, 599} {
		w[j*k] = 5
	}
	m, err := Prepare(w, n, k)
	if err != nil {
		t.Fatal(err)
	}
	a := make([]int8, k)
	a[0] = 1
	var top [1]Top
	for exclude, want := range map[int]int{-1: 3, 3: 9, 9: 3} {
		m.Best(top[:], a, 1, 1, nil, exclude, false)
		if top[0].Index != want {
			t.Errorf("without %d: %d wins, want %d", exclude, top[0].Index, want)
		}
	}
}

func TestEmbed(t *testing.T) {
	const n, k = 70, 64
	w := randomBytes(n*k, rand.New(rand.NewPCG(6, 6)))
	for _, s := range sets {
		m, err := prepare(s, w, n, k)
		if err != nil {
			t.Fatal(err)
		}
		pos, got := random(k, 1, rand.New(rand.NewPCG(7, 7))), make([]float32, k)
		for j := -1; j < n; j++ {
			m.Embed(got, j, 0.25, pos)
			for i := range got {
				want := pos[i]
				if j >= 0 {
					want = float32(float32(w[j*k+i])*0.25) + pos[i]
				}
				if got[i] != want {
					t.Fatalf("%s: column %d, position %d: got %v, want %v", s.name, j, i, got[i], want)
				}
			}
		}
	}
}
