//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

// machineSets lists what the processor's flags allow.
func machineSets() []*set {
	if !cpu.X86.HasAVX2 {
		return nil
	}
	var s []*set
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI {
		s = append(s, avx512vnni)
	}
	if cpu.X86.HasAVXVNNI {
		s = append(s, avxvnni)
	}
	return append(s, avx2)
}

// What they multiply, by BenchmarkMul on one core of an AMD EPYC of the Zen 4 generation with other work beside, in 10^9 products a second (1 row of
// 1536 columns, 32 rows of them; K = 256, weights spread as in trained models): avx512vnni 109 and 224, avx2 35 and 72, the twin 1.2.
// One row is bound by the reading of the weights. avxvnni was run with the instruction's EVEX form in place of its own: 115 for 64 rows.
var (
	avx512vnni = floats512().with("avx512vnni", groupLayout{64, 4, -128}, set{begin: begin512VNNI, mul: mul512VNNI, mulReLU: mulReLU512VNNI})
	avxvnni    = floats256().with("avxvnni", groupLayout{16, 4, -128}, set{begin: begin256, mul: mulAVXVNNI})
	avx2       = floats256().with("avx2", pairLayout{}, set{begin: beginAVX2, mul: mulAVX2})
)

// with makes a set of float kernels and a multiplication.
func (s set) with(name string, l layout, mul set) *set {
	s.name, s.layout, s.begin, s.mul, s.mulReLU = name, l, mul.begin, mul.mul, mul.mulReLU
	return &s
}

func floats512() set {
	return vectors{
		quantize: quantizeAVX512, quantizeReLU: quantizeReLUAVX512, addNorm: addNormAVX512, gate: gateAVX512,
		softmax1: softmax1AVX512, softmax4: softmax4AVX512, max: maxAVX512, sumExp: sumExpAVX512,
		many: 4, scoresMany: scores4x16AVX512, mixMany: mix4x16AVX512,
		scores1: []scoresVec{scores1x16AVX512, scores1x32AVX512, scores1x48AVX512, scores1x64AVX512},
		mix1:    []mixVec{mix1x16AVX512, mix1x32AVX512},
	}.set()
}

func floats256() set {
	return vectors{
		quantize: quantizeAVX2, quantizeReLU: quantizeReLUAVX2, addNorm: addNormAVX2, gate: gateAVX2,
		softmax1: softmax1AVX2, softmax4: softmax4AVX2, max: maxAVX2, sumExp: sumExpAVX2,
		many: 2, scoresMany: scores2x8AVX2, mixMany: mix2x8AVX2,
		scores1: []scoresVec{scores1x16AVX2},
		mix1:    []mixVec{mix1x16AVX2},
	}.set()
}

// vectors are the float kernels of one width of register; stubs_amd64.go says what each takes.
type vectors struct {
	quantize, quantizeReLU func(dst *int8, x *float32, n int, alpha float32)
	addNorm                func(dst, x, y, scale, bias *float32, n int)
	gate                   func(h, c, z, f *float32, n int)
	softmax1, softmax4     func(x *float32, n, stride int)
	max                    func(x *float32, n int) float32
	sumExp                 func(x *float32, n int, max float32) float32
	many                   int // rows of scoresMany and mixMany
	scoresMany             scoresVec
	mixMany                mixVec
	scores1                []scoresVec // of one row, by how often 16 keys they make at once
	mix1                   []mixVec    // the same for elements
}

type scoresVec = func(dst, q *float32, d, dk int, kt *float32, stride, n int, scale float32)

type mixVec = func(dst *float32, d int, p *float32, stride, dk int, v *float32, n int)

// set gives each kernel what it can take, and the twin the rest.
func (v vectors) set() set {
	quantizer := func(vec func(*int8, *float32, int, float32), twin func([]int8, []float32, float32)) func([]int8, []float32, float32) {
		return func(dst []int8, x []float32, alpha float32) {
			n := len(x) &^ 15
			if n > 0 {
				vec(&dst[0], &x[0], n, alpha)
			}
			twin(dst[n:], x[n:], alpha)
		}
	}
	return set{
		quantize:     quantizer(v.quantize, quantize),
		quantizeReLU: quantizer(v.quantizeReLU, quantizeReLU),
		addNorm: func(dst, x, y, scale, bias []float32) {
			v.addNorm(&dst[0], &x[0], &y[0], &scale[0], &bias[0], len(dst))
		},
		gate: func(h, c, z, f []float32) {
			n := len(c) &^ 15
			if n > 0 {
				v.gate(&h[0], &c[0], &z[0], &f[0], n)
			}
			gate(h[n:], c[n:], z[n:], f[n:])
		},
		softmax: func(x []float32, rows, n int) {
			r := 0
			for ; r+4 <= rows; r += 4 {
				v.softmax4(&x[r*n], n, n)
			}
			for ; r < rows; r++ {
				v.softmax1(&x[r*n], n, n)
			}
		},
		max:       func(x []float32) float32 { return v.max(&x[0], len(x)) },
		sumExp:    func(x []float32, max float32) float32 { return v.sumExp(&x[0], len(x), max) },
		transpose: transposeVec,
		scores:    v.scores,
		mix:       v.mix,
	}
}

func (v vectors) scores(dst, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
	if dk%4 != 0 {
		scores(dst, q, d, rows, dk, kt, stride, scale)
		return
	}
	r := 0
	for ; r+v.many <= rows; r += v.many {
		v.scoresMany(&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, stride, scale)
	}
	for ; r < rows; r++ {
		most := len(v.scores1)
		n := stride / (most * Lanes) * most * Lanes
		if n > 0 {
			v.scores1[most-1](&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, n, scale)
		}
		if n < stride {
			v.scores1[(stride-n)/Lanes-1](&dst[r*stride+n], &q[r*d], d, dk, &kt[n], stride, stride-n, scale)
		}
	}
}

func (v vectors) mix(dst []float32, d int, p []float32, stride, rows, dk int, values []float32, n int) {
	if dk%Lanes != 0 {
		mix(dst, d, p, stride, rows, dk, values, n)
		return
	}
	r := 0
	for ; r+v.many <= rows; r += v.many {
		v.mixMany(&dst[r*d], d, &p[r*stride], stride, dk, &values[0], n)
	}
	one := v.mix1[0]
	if most := len(v.mix1); dk%(most*Lanes) == 0 {
		one = v.mix1[most-1]
	}
	for ; r < rows; r++ {
		one(&dst[r*d], d, &p[r*stride], stride, dk, &values[0], n)
	}
}

func transposeVec(dst, src []float32, n, d int) {
	if d%8 != 0 {
		transpose(dst, src, n, d)
		return
	}
	for j := 0; j < Pad(n); j += 8 {
		from := min(j, n-1)
		transpose8(&dst[j], &src[from*d], min(n-1-from, 7), Pad(n), d)
	}
}
