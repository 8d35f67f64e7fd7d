package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// scores makes rows queries at once against so many keys, 16 or a multiple: each load of the keys serves all the queries, and there are
// enough sums under way to cover the latency of an addition.
func scores(w width, rows, keys int) {
	name := fmt.Sprintf("scores%dx%d%s", rows, keys, w.name())
	text(name, "func(dst, q *float32, d, dk int, kt *float32, stride, n int, scale float32)",
		fmt.Sprintf("%s is scores for %d rows and n keys, a multiple of %d and not 0; nor is dk 0.", name, rows, keys))
	dst, q, d, dk, kt, stride, left := ptr("dst"), ptr("q"), ptr("d"), ptr("dk"), ptr("kt"), ptr("stride"), ptr("n")
	SHLQ(U8(2), d)
	SHLQ(U8(2), stride)

	Label("keys")
	sum := make([]vec, rows)
	for r := range sum {
		sum[r] = w.vecs(keys / 16)
		sum[r].zero()
	}
	k, x, i := GP64(), GP64(), GP64()
	MOVQ(kt, k)
	MOVQ(q, x)
	MOVQ(dk, i)
	d3 := GP64()
	if rows > 3 {
		LEAQ(Mem{Base: d, Index: d, Scale: 2}, d3)
	}
	Label("elements")
	key := w.vecs(keys / 16)
	w.load(at(k, 0), key)
	for r := range sum {
		w.addProduct(sum[r], key, row(x, d, d3, r))
	}
	ADDQ(stride, k)
	ADDQ(U8(4), x)
	DECQ(i)
	JNE(LabelRef("elements"))

	factor := w.parameter("scale")
	p := GP64()
	MOVQ(dst, p)
	for r := range sum {
		op1(VMULPS, sum[r], factor, sum[r])
		w.store(sum[r], at(p, 0))
		if r < rows-1 {
			ADDQ(stride, p)
		}
	}
	ADDQ(U32(4*keys), dst)
	ADDQ(U32(4*keys), kt)
	SUBQ(U8(keys), left)
	JNE(LabelRef("keys"))
	done()
}

// mix makes rows results at once, so many elements after so many: as scores.
func mix(w width, rows, elements int) {
	name := fmt.Sprintf("mix%dx%d%s", rows, elements, w.name())
	text(name, "func(dst *float32, d int, p *float32, stride, dk int, v *float32, n int)",
		fmt.Sprintf("%s is mix for %d rows; dk is a multiple of %d and not 0, nor is n 0.", name, rows, elements))
	dst, d, p, stride, dk, v, n := ptr("dst"), ptr("d"), ptr("p"), ptr("stride"), ptr("dk"), ptr("v"), ptr("n")
	SHLQ(U8(2), d)
	SHLQ(U8(2), stride)

	Label("elements")
	sum := make([]vec, rows)
	for r := range sum {
		sum[r] = w.vecs(elements / 16)
		sum[r].zero()
	}
	value, weight, j, stride3 := GP64(), GP64(), GP64(), GP64()
	MOVQ(v, value)
	MOVQ(p, weight)
	MOVQ(n, j)
	if rows > 3 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	}
	Label("values")
	values := w.vecs(elements / 16)
	w.load(at(value, 0), values)
	for r := range sum {
		w.addProduct(sum[r], values, row(weight, stride, stride3, r))
	}
	ADDQ(d, value)
	ADDQ(U8(4), weight)
	DECQ(j)
	JNE(LabelRef("values"))

	out := GP64()
	MOVQ(dst, out)
	for r := range sum {
		w.store(sum[r], at(out, 0))
		if r < rows-1 {
			ADDQ(d, out)
		}
	}
	ADDQ(U32(4*elements), dst)
	ADDQ(U32(4*elements), v)
	SUBQ(U8(elements), dk)
	JNE(LabelRef("elements"))
	done()
}

// row is the address of row r below base, for rows step bytes long; step3 holds three times step if r is 3 or more.
func row(base, step, step3 reg.Register, r int) Mem {
	switch r {
	case 0:
		return Mem{Base: base}
	case 1, 2:
		return Mem{Base: base, Index: step, Scale: uint8(r)}
	case 3:
		return Mem{Base: base, Index: step3, Scale: 1}
	case 4:
		return Mem{Base: base, Index: step, Scale: 4}
	}
	panic("a row that no address reaches")
}

// addProduct adds x times the float at m to sum, rounding the product first.
func (w width) addProduct(sum, x vec, m Mem) {
	if w == avx512 && len(x) == 1 {
		t := ZMM()
		VMULPS_BCST(m, x[0], t)
		VADDPS(t, sum[0], sum[0])
		return
	}
	f, t := w.one(), w.one()
	VBROADCASTSS(m, f)
	for i := range x {
		VMULPS(f, x[i], t)
		VADDPS(t, sum[i], sum[i])
	}
}

// transpose turns blocks of 8 by 8 values round, the length of 8 keys.
func transpose() {
	text("transpose8", "func(dst, src *float32, last, stride, d int)",
		"transpose8 writes 8 rows of d values, a multiple of 8 and not 0, as the first 8 values of d rows, stride apart.",
		"Rows after the last are copies of the last, which is 0 to 7.")
	dst, src, last, stride, d := ptr("dst"), ptr("src"), ptr("last"), ptr("stride"), ptr("d")
	SHLQ(U8(2), stride)
	var rows [8]reg.GPVirtual
	step := GP64()
	MOVQ(d, step)
	SHLQ(U8(2), step)
	rows[0] = src
	for r := 1; r < 8; r++ {
		rows[r] = GP64()
		MOVQ(rows[r-1], rows[r])
		t := GP64()
		LEAQ(Mem{Base: rows[r-1], Index: step, Scale: 1}, t)
		CMPQ(last, U8(r))
		CMOVQGE(t, rows[r])
	}
	i := GP64()
	XORQ(i, i)
	Label("block")
	var v, u [8]reg.VecVirtual
	for r := range v {
		v[r], u[r] = YMM(), YMM()
		VMOVUPS(Mem{Base: rows[r], Index: i, Scale: 4}, v[r])
	}
	for r := 0; r < 8; r += 2 { // pairs of rows, then fours, then the halves
		VUNPCKLPS(v[r+1], v[r], u[r])
		VUNPCKHPS(v[r+1], v[r], u[r+1])
	}
	for r := 0; r < 8; r += 4 {
		VUNPCKLPD(u[r+2], u[r], v[r])
		VUNPCKHPD(u[r+2], u[r], v[r+1])
		VUNPCKLPD(u[r+3], u[r+1], v[r+2])
		VUNPCKHPD(u[r+3], u[r+1], v[r+3])
	}
	for r := range 4 {
		VPERM2F128(U8(0x20), v[r+4], v[r], u[r])
		VPERM2F128(U8(0x31), v[r+4], v[r], u[r+4])
	}
	for _, r := range u {
		VMOVUPS(r, at(dst, 0))
		ADDQ(stride, dst)
	}
	ADDQ(U8(8), i)
	CMPQ(i, d)
	JNE(LabelRef("block"))
	done()
}
