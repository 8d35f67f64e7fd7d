//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

//go:generate go -C gen run . -out ../kernel_amd64.s -stubs ../stubs_amd64.go -pkg kernel

func machineSets() []*set {
	var s []*set
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI {
		s = append(s, &avx512vnni)
	}
	return s
}

var avx512vnni = set{
	name:   "avx512vnni",
	layout: quadLayout{64},
	begin: func(f *factors) {
		if len(f.start) < f.rows {
			f.start = make([]int32, f.rows)
		}
		rowSumsAVX512VNNI(&f.start[0], &f.a[0], f.m.k, f.rows)
	},
	mul: func(f *factors, dst []float32, stride, from, to int) {
		full := from + (to-from)&^(blockN-1)
		tile512VNNI(f, from, full, func(rows, r, j, blocks int) {
			mulRowsAVX512VNNI[rows](&dst[r*stride+j-from], stride, &f.a[r*f.m.k], f.m.k, &f.m.packed[j*f.m.k], blocks, &f.start[r], f.unquant, &f.bias[j])
		})
		if full == to {
			return
		}
		var part [6 * blockN]float32
		var bias [blockN]float32
		copy(bias[:], f.bias[full:to])
		tile512VNNI(f, full, full+blockN, func(rows, r, j, blocks int) {
			mulRowsAVX512VNNI[rows](&part[0], blockN, &f.a[r*f.m.k], f.m.k, &f.m.packed[j*f.m.k], blocks, &f.start[r], f.unquant, &bias[0])
			for i := range rows {
				copy(dst[(r+i)*stride+full-from:(r+i)*stride+to-from], part[i*blockN:])
			}
		})
	},
	mulReLU: func(f *factors, dst []int8, stride, from, to int, alpha float32) {
		tile512VNNI(f, from, to, func(rows, r, j, blocks int) {
			mulReLURowsAVX512VNNI[rows](&dst[r*stride+j-from], stride, &f.a[r*f.m.k], f.m.k, &f.m.packed[j*f.m.k], blocks, &f.start[r], f.unquant, &f.bias[j], alpha)
		})
	},
	quantize: func(dst []int8, x []float32, alpha float32) {
		n := len(x) &^ 15
		if n > 0 {
			quantizeAVX512(&dst[0], &x[0], n, alpha)
		}
		quantize(dst[n:], x[n:], alpha)
	},
	quantizeReLU: func(dst []int8, x []float32, alpha float32) {
		n := len(x) &^ 15
		if n > 0 {
			quantizeReLUAVX512(&dst[0], &x[0], n, alpha)
		}
		quantizeReLU(dst[n:], x[n:], alpha)
	},
	addNorm: func(dst, x, y, scale, bias []float32) {
		addNormAVX512(&dst[0], &x[0], &y[0], &scale[0], &bias[0], len(dst))
	},
	gate: func(h, c, z, f []float32) {
		n := len(c) &^ 15
		if n > 0 {
			gateAVX512(&h[0], &c[0], &z[0], &f[0], n)
		}
		gate(h[n:], c[n:], z[n:], f[n:])
	},
	softmax: func(x []float32, rows, n int) {
		r := 0
		for ; r+4 <= rows; r += 4 {
			softmax4AVX512(&x[r*n], n, n)
		}
		for ; r < rows; r++ {
			softmax1AVX512(&x[r*n], n, n)
		}
	},
	max:       func(x []float32) float32 { return maxAVX512(&x[0], len(x)) },
	sumExp:    func(x []float32, max float32) float32 { return sumExpAVX512(&x[0], len(x), max) },
	transpose: transposeAVX2,
	scores: func(dst, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
		r := 0
		for ; r+4 <= rows; r += 4 {
			scores4x16AVX512(&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, stride, scale)
		}
		for ; r < rows; r++ {
			n := stride &^ 31
			if n > 0 {
				scores1x32AVX512(&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, n, scale)
			}
			if n < stride {
				scores1x16AVX512(&dst[r*stride+n], &q[r*d], d, dk, &kt[n], stride, 16, scale)
			}
		}
	},
	mix: func(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {
		if dk%Lanes != 0 {
			mix(dst, d, p, stride, rows, dk, v, n)
			return
		}
		r := 0
		for ; r+4 <= rows; r += 4 {
			mix4x16AVX512(&dst[r*d], d, &p[r*stride], stride, dk, &v[0], n)
		}
		one := mix1x16AVX512
		if dk%32 == 0 {
			one = mix1x32AVX512
		}
		for ; r < rows; r++ {
			one(&dst[r*d], d, &p[r*stride], stride, dk, &v[0], n)
		}
	},
}

func transposeAVX2(dst, src []float32, n, d int) {
	if d%8 != 0 {
		transpose(dst, src, n, d)
		return
	}
	for j := 0; j < Pad(n); j += 8 {
		from := min(j, n-1)
		transpose8(&dst[j], &src[from*d], min(n-1-from, 7), Pad(n), d)
	}
}

var mulRowsAVX512VNNI = [...]func(dst *float32, stride int, a *int8, k int, w *int8, blocks int, start *int32, unquant float32, bias *float32){
	1: mul1AVX512VNNI, 2: mul2AVX512VNNI, 3: mul3AVX512VNNI, 4: mul4AVX512VNNI, 5: mul5AVX512VNNI, 6: mul6AVX512VNNI,
}

var mulReLURowsAVX512VNNI = [...]func(dst *int8, stride int, a *int8, k int, w *int8, blocks int, start *int32, unquant float32, bias *float32, alpha float32){
	1: mulReLU1AVX512VNNI, 2: mulReLU2AVX512VNNI, 3: mulReLU3AVX512VNNI, 4: mulReLU4AVX512VNNI, 5: mulReLU5AVX512VNNI, 6: mulReLU6AVX512VNNI,
}

// tile512VNNI divides a product in groups of up to 6 rows from r on and blocks of columns from j on.
//
// Few rows take all columns in a go. Where there are more, so many blocks come at a time that their weights stay in the second cache while the
// rows pass. The groups are as even as can be: the ones with a row or two are slow.
func tile512VNNI(f *factors, from, to int, do func(rows, r, j, blocks int)) {
	const tile = 6
	groups := (f.rows + tile - 1) / tile
	step := to - from
	if groups > 1 {
		step = max(1, 1<<18/(blockN*f.m.k)) * blockN
	}
	for j := from; j < to; j += step {
		blocks := (min(j+step, to) - j) / blockN
		r := 0
		for g := range groups {
			rows := (f.rows + g) / groups
			do(rows, r, j, blocks)
			r += rows
		}
	}
}
