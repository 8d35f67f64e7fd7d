//go:build !purego

package kernel

// mulRowsVec is a kernel for so many rows; stubs_amd64.go says what each takes.
type mulRowsVec = func(dst *float32, stride int, a *int8, k int, w *int8, blocks int, start, columns *int32, unquant float32, bias *float32)

var mulRows512VNNI = [...]mulRowsVec{
	1: mul1AVX512VNNI, 2: mul2AVX512VNNI, 3: mul3AVX512VNNI, 4: mul4AVX512VNNI, 5: mul5AVX512VNNI, 6: mul6AVX512VNNI,
}

var mulReLURows512VNNI = [...]func(dst *int8, stride int, a *int8, k int, w *int8, blocks int, start, columns *int32, unquant float32, bias *float32, alpha float32){
	1: mulReLU1AVX512VNNI, 2: mulReLU2AVX512VNNI, 3: mulReLU3AVX512VNNI, 4: mulReLU4AVX512VNNI, 5: mulReLU5AVX512VNNI, 6: mulReLU6AVX512VNNI,
}

var mulRowsAVXVNNI = [...]mulRowsVec{1: mul1AVXVNNI, 2: mul2AVXVNNI, 3: mul3AVXVNNI, 4: mul4AVXVNNI}

var mulRowsAVX2 = [...]func(dst *float32, stride int, a *uint8, k int, w *int8, blocks int, start *int32, unquant float32, bias *float32){
	1: mul1AVX2, 2: mul2AVX2, 3: mul3AVX2, 4: mul4AVX2,
}

// roomForStart makes room for n numbers in f.start.
func (f *factors) roomForStart(n int) []int32 {
	if len(f.start) < n {
		f.start = make([]int32, n)
	}
	return f.start
}

func begin512VNNI(f *factors) {
	rowSumsAVX512VNNI(&f.roomForStart(f.rows)[0], &f.a[0], f.m.k, f.rows)
}

func begin256(f *factors) {
	rowSumsAVX2(&f.roomForStart(f.rows)[0], &f.a[0], f.m.k, f.rows)
}

func mul512VNNI(f *factors, dst []float32, stride, from, to int) {
	f.mulGroups(mulRows512VNNI[:], 64, dst, stride, from, to)
}

func mulAVXVNNI(f *factors, dst []float32, stride, from, to int) {
	f.mulGroups(mulRowsAVXVNNI[:], 16, dst, stride, from, to)
}

// mulGroups multiplies with weights packed by groupLayout.
func (f *factors) mulGroups(kernels []mulRowsVec, block int, dst []float32, stride, from, to int) {
	k := f.m.k
	full := from + (to-from)/block*block
	f.tiles(len(kernels)-1, block, from, full, func(rows, r, j, blocks int) {
		kernels[rows](&dst[r*stride+j-from], stride, &f.a[r*k], k, &f.m.packed[j*k], blocks, &f.start[r], &f.m.columns[j], f.unquant, &f.bias[j])
	})
	if full == to {
		return
	}
	y, bias := f.lastBlock(full, to)
	f.tiles(len(kernels)-1, block, full, full+block, func(rows, r, j, blocks int) {
		kernels[rows](&y[r*blockN], blockN, &f.a[r*k], k, &f.m.packed[j*k], blocks, &f.start[r], &f.m.columns[j], f.unquant, &bias[0])
	})
	f.copyLast(dst[full-from:], stride, to-full, y)
}

func mulReLU512VNNI(f *factors, dst []int8, stride, from, to int, alpha float32) {
	k := f.m.k
	f.tiles(6, 64, from, to, func(rows, r, j, blocks int) {
		mulReLURows512VNNI[rows](&dst[r*stride+j-from], stride, &f.a[r*k], k, &f.m.packed[j*k], blocks, &f.start[r], &f.m.columns[j], f.unquant, &f.bias[j], alpha)
	})
}

// startN is the columns whose starting sums are made at a time; gen/mul256.go has the same.
const startN = 256

func beginAVX2(f *factors) {
	if len(f.shifted) < len(f.a) {
		f.shifted = make([]uint8, len(f.a))
	}
	shiftAVX2(&f.shifted[0], &f.a[0], len(f.a))
	f.roomForStart(4 * startN)
}

func mulAVX2(f *factors, dst []float32, stride, from, to int) {
	full := from + (to-from)/pairBlock*pairBlock
	f.tiles(4, pairBlock, from, full, func(rows, r, j, blocks int) {
		for ; blocks > 0; blocks -= startN / pairBlock {
			n := min(blocks, startN/pairBlock)
			f.mulPairs(dst[r*stride+j-from:], stride, rows, r, j, n, f.bias[j:])
			j += startN
		}
	})
	if full == to {
		return
	}
	y, bias := f.lastBlock(full, to)
	f.tiles(4, pairBlock, full, full+pairBlock, func(rows, r, j, blocks int) {
		f.mulPairs(y[r*blockN:], blockN, rows, r, j, blocks, bias)
	})
	f.copyLast(dst[full-from:], stride, to-full, y)
}

// mulPairs makes at most startN columns of at most 4 rows. The weights that pairLayout took out, times their activations, are in the sums from the start.
func (f *factors) mulPairs(dst []float32, stride, rows, r, j, blocks int, bias []float32) {
	m, k := f.m, f.m.k
	for i := range rows {
		clear(f.start[i*startN : i*startN+blocks*pairBlock])
	}
	for _, p := range m.rest[m.restFrom[j/pairBlock]:m.restFrom[j/pairBlock+blocks]] {
		at := int(p.n) - j
		if rows == 4 {
			start, a := f.start[at:at+3*startN+1], f.shifted[r*k+int(p.k):r*k+int(p.k)+3*k+1]
			start[0] += p.w * int32(a[0])
			start[startN] += p.w * int32(a[k])
			start[2*startN] += p.w * int32(a[2*k])
			start[3*startN] += p.w * int32(a[3*k])
			continue
		}
		for i := range rows {
			f.start[i*startN+at] += p.w * int32(f.shifted[(r+i)*k+int(p.k)])
		}
	}
	mulRowsAVX2[rows](&dst[0], stride, &f.shifted[r*k], k, &m.packed[j*k], blocks, &f.start[0], f.unquant, &bias[0])
}
