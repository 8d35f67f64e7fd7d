//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

// machineSets lists what the processor's flags allow; every one has the last.
func machineSets() []*set {
	var s []*set
	if cpu.ARM64.HasI8MM {
		s = append(s, neon.with("neoni8mm", groupLayout{16, 8, 0}, mulMatrix))
	}
	if cpu.ARM64.HasASIMDDP {
		s = append(s, neon.with("neondot", groupLayout{16, 4, 0}, mulDot))
	}
	return append(s, &neon)
}

// with makes a set of s's float kernels and a multiplication.
func (s set) with(name string, l layout, mul func(f *factors, dst []float32, stride, from, to int)) *set {
	s.name, s.layout, s.mul = name, l, mul
	return &s
}

var neon = set{
	name:   "neon",
	layout: groupLayout{4, 16, 0},
	mul:    mulLong,
	quantize: func(dst []int8, x []float32, alpha float32) {
		n := len(x) &^ 15
		if n > 0 {
			quantizeNEON(&dst[0], &x[0], n, alpha)
		}
		quantize(dst[n:], x[n:], alpha)
	},
	quantizeReLU: func(dst []int8, x []float32, alpha float32) {
		n := len(x) &^ 15
		if n > 0 {
			quantizeReLUNEON(&dst[0], &x[0], n, alpha)
		}
		quantizeReLU(dst[n:], x[n:], alpha)
	},
	addNorm: func(dst, x, y, scale, bias []float32) {
		addNormNEON(&dst[0], &x[0], &y[0], &scale[0], &bias[0], len(dst))
	},
	gate: func(h, c, z, f []float32) {
		n := len(c) &^ 15
		if n > 0 {
			gateNEON(&h[0], &c[0], &z[0], &f[0], n)
		}
		gate(h[n:], c[n:], z[n:], f[n:])
	},
	softmax: func(x []float32, rows, n int) {
		for r := range rows {
			softmaxNEON(&x[r*n], n)
		}
	},
	max:       func(x []float32) float32 { return maxNEON(&x[0], len(x)) },
	sumExp:    func(x []float32, max float32) float32 { return sumExpNEON(&x[0], len(x), max) },
	transpose: transpose,
	scores: func(dst, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
		if dk%4 != 0 {
			scores(dst, q, d, rows, dk, kt, stride, scale)
			return
		}
		for r := range rows {
			scoresNEON(&dst[r*stride], &q[r*d], dk, &kt[0], stride, stride, scale)
		}
	},
	mix: func(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {
		if dk%Lanes != 0 {
			mix(dst, d, p, stride, rows, dk, v, n)
			return
		}
		for r := range rows {
			mixNEON(&dst[r*d], d, &p[r*stride], dk, &v[0], n)
		}
	},
}

// mulRowsVec is a kernel for so many rows; stubs_arm64.go says what each takes.
type mulRowsVec = func(dst *float32, stride int, a *int8, k int, w *int8, blocks int, columns *int32, bias *float32, unquant float32)

var (
	mulRowsLong   = [...]mulRowsVec{1: mul1Long, 2: mul2Long, 3: mul3Long, 4: mul4Long}
	mulRowsDot    = [...]mulRowsVec{1: mul1Dot, 2: mul2Dot, 3: mul3Dot, 4: mul4Dot}
	mulRowsMatrix = [...]mulRowsVec{1: mul1Matrix, 2: mul2Matrix, 3: mul3Matrix, 4: mul4Matrix}
)

func mulLong(f *factors, dst []float32, stride, from, to int) {
	f.mulGroups(&mulRowsLong, 4, dst, stride, from, to)
}

func mulDot(f *factors, dst []float32, stride, from, to int) {
	f.mulGroups(&mulRowsDot, 16, dst, stride, from, to)
}

func mulMatrix(f *factors, dst []float32, stride, from, to int) {
	f.mulGroups(&mulRowsMatrix, 16, dst, stride, from, to)
}

// mulGroups multiplies with weights packed by groupLayout.
func (f *factors) mulGroups(kernels *[5]mulRowsVec, block int, dst []float32, stride, from, to int) {
	m, k := f.m, f.m.k
	full := from + (to-from)/block*block
	f.tiles(4, block, from, full, func(rows, r, j, blocks int) {
		kernels[rows](&dst[r*stride+j-from], stride, &f.a[r*k], k, &m.packed[j*k], blocks, &m.columns[j], &f.bias[j], f.unquant)
	})
	if full == to {
		return
	}
	y, bias := f.lastBlock(full, to)
	f.tiles(4, block, full, full+block, func(rows, r, j, blocks int) {
		kernels[rows](&y[r*blockN], blockN, &f.a[r*k], k, &m.packed[j*k], blocks, &m.columns[j], &bias[0], f.unquant)
	})
	f.copyLast(dst[full-from:], stride, to-full, y)
}
