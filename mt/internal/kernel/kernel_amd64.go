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
	mul:    mulAVX512VNNI,
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
	softmax: func(x []float32) { softmaxAVX512(&x[0], len(x)) },
	max:     func(x []float32) float32 { return maxAVX512(&x[0], len(x)) },
	sumExp:  func(x []float32, max float32) float32 { return sumExpAVX512(&x[0], len(x), max) },
	scores: func(dst, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
		r := 0
		for ; r+4 <= rows; r += 4 {
			scores4AVX512(&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, scale)
		}
		for ; r < rows; r++ {
			scores1AVX512(&dst[r*stride], &q[r*d], d, dk, &kt[0], stride, scale)
		}
	},
	mix: func(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {
		if dk%Lanes != 0 {
			mix(dst, d, p, stride, rows, dk, v, n)
			return
		}
		r := 0
		for ; r+4 <= rows; r += 4 {
			mix4AVX512(&dst[r*d], d, &p[r*stride], stride, dk, &v[0], n)
		}
		for ; r < rows; r++ {
			mix1AVX512(&dst[r*d], d, &p[r*stride], stride, dk, &v[0], n)
		}
	},
}

var mulRowsAVX512VNNI = [...]func(dst *float32, stride int, a *int8, k int, w *int8, blocks int, start *int32, unquant float32, bias *float32){
	1: mul1AVX512VNNI, 2: mul2AVX512VNNI, 3: mul3AVX512VNNI, 4: mul4AVX512VNNI, 5: mul5AVX512VNNI, 6: mul6AVX512VNNI,
}

// manyRows is the rows of activations whose sums are kept at a time.
const manyRows = 96

func mulAVX512VNNI(m *Matrix, dst []float32, stride int, a []int8, rows, from, to int, unquant float32, bias []float32) {
	const tile = 6
	var start [manyRows]int32
	for rows > manyRows { // what is left has rows, so no slice ends early
		mulAVX512VNNI(m, dst, stride, a, manyRows, from, to, unquant, bias)
		dst, a, rows = dst[manyRows*stride:], a[manyRows*m.k:], rows-manyRows
	}
	rowSumsAVX512VNNI(&start[0], &a[0], m.k, rows)
	groups := (rows + tile - 1) / tile
	// Few rows: all blocks in a go. Many: so many blocks that their weights stay in the second cache while the rows pass.
	step := to - from
	if groups > 1 {
		step = max(1, 1<<18/(blockN*m.k)) * blockN
	}
	for j := from; j < to; j += step {
		end := min(j+step, to)
		blocks := (end - j) / blockN
		w := m.packed[j*m.k:]
		r := 0
		for g := range groups {
			n := (rows + g) / groups // as even as can be: tiles of 1 or 2 rows are the slow ones
			if blocks > 0 {
				mulRowsAVX512VNNI[n](&dst[r*stride+j-from], stride, &a[r*m.k], m.k, &w[0], blocks, &start[r], unquant, &bias[j-from])
			}
			if at := j + blocks*blockN; at < end { // the columns that do not fill a block
				var part [tile * blockN]float32
				var tail [blockN]float32
				copy(tail[:], bias[at-from:end-from])
				mulRowsAVX512VNNI[n](&part[0], blockN, &a[r*m.k], m.k, &w[(at-j)*m.k], 1, &start[r], unquant, &tail[0])
				for i := range n {
					copy(dst[(r+i)*stride+at-from:(r+i)*stride+end-from], part[i*blockN:])
				}
			}
			r += n
		}
	}
}
