package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// scores makes rows queries at once against 16 keys after 16: each load of the keys serves all the queries.
func scores(w width, rows int) {
	name := fmt.Sprintf("scores%d%s", rows, w.name())
	text(name, "func(dst, q *float32, d, dk int, kt *float32, stride int, scale float32)",
		fmt.Sprintf("%s is scores for %d rows; dk is not 0 and stride a multiple of 16.", name, rows))
	dst, q, d, dk, kt, stride := ptr("dst"), ptr("q"), ptr("d"), ptr("dk"), ptr("kt"), ptr("stride")
	SHLQ(U8(2), d)
	left := GP64()
	MOVQ(stride, left)
	SHLQ(U8(2), stride)

	Label("keys")
	sum := make([]vec, rows)
	for r := range sum {
		sum[r] = w.vec()
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
	keys := w.vec()
	w.load(at(k, 0), keys)
	for r := range sum {
		w.addProduct(sum[r], keys, row(x, d, d3, r))
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
	ADDQ(U8(64), dst)
	ADDQ(U8(64), kt)
	SUBQ(U8(16), left)
	JNE(LabelRef("keys"))
	done()
}

// mix makes rows results at once, 16 elements after 16: each load of the values serves all the rows.
func mix(w width, rows int) {
	name := fmt.Sprintf("mix%d%s", rows, w.name())
	text(name, "func(dst *float32, d int, p *float32, stride, dk int, v *float32, n int)",
		fmt.Sprintf("%s is mix for %d rows; dk is a multiple of 16 and not 0, nor is n 0.", name, rows))
	dst, d, p, stride, dk, v, n := ptr("dst"), ptr("d"), ptr("p"), ptr("stride"), ptr("dk"), ptr("v"), ptr("n")
	SHLQ(U8(2), d)
	SHLQ(U8(2), stride)

	Label("elements")
	sum := make([]vec, rows)
	for r := range sum {
		sum[r] = w.vec()
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
	values := w.vec()
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
	ADDQ(U8(64), dst)
	ADDQ(U8(64), v)
	SUBQ(U8(16), dk)
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
	t := w.vec()
	if w == avx512 {
		VMULPS_BCST(m, x[0], t[0])
	} else {
		f := YMM()
		VBROADCASTSS(m, f)
		op1(VMULPS, x, f, t)
	}
	op(VADDPS, sum, t, sum)
}
