package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A tile is what scores and mix make at once: so many rows of so many registers of results, each as four sums. Every load of the keys or the values
// serves all the rows, and there are enough sums under way to cover the latency of an addition.
type tile struct {
	w          width
	rows, regs int
	sums       [4][][]reg.VecVirtual // by row and register
}

// lanes are the results in a row of the tile.
func (t *tile) lanes() int { return t.regs * int(t.w) / 32 }

func (t *tile) name(what string) string {
	return fmt.Sprintf("%s%dx%d%s", what, t.rows, t.lanes(), t.w.name())
}

func (t *tile) zero() {
	for e := range t.sums {
		t.sums[e] = make([][]reg.VecVirtual, t.rows)
		for r := range t.sums[e] {
			for range t.regs {
				s := t.w.one()
				zero(s)
				t.sums[e][r] = append(t.sums[e][r], s)
			}
		}
	}
}

// add adds to sum e the products of the vector at v with the factors at x, step bytes from row to row. It rounds each product first.
func (t *tile) add(e int, v Mem, x, step, step3 reg.GPVirtual, disp int) {
	var values []reg.VecVirtual
	if t.rows > 1 {
		for i := range t.regs {
			values = append(values, t.w.one())
			VMOVUPS(v.Offset(i*t.w.bytes()), values[i])
		}
	}
	for r := range t.rows {
		m, product := row(x, step, step3, r).Offset(disp), t.w.one()
		if t.w == avx512 && t.regs == 1 && t.rows > 1 {
			VMULPS_BCST(m, values[0], product)
			VADDPS(product, t.sums[e][r][0], t.sums[e][r][0])
			continue
		}
		f := t.w.one()
		VBROADCASTSS(m, f)
		for i, s := range t.sums[e][r] {
			if t.rows > 1 {
				VMULPS(values[i], f, product)
			} else {
				VMULPS(v.Offset(i*t.w.bytes()), f, product)
			}
			VADDPS(product, s, s)
		}
	}
}

// fold adds the four sums as (0+1)+(2+3), into the first.
func (t *tile) fold() [][]reg.VecVirtual {
	for r := range t.rows {
		for i := range t.regs {
			a, b := t.sums[0][r][i], t.sums[2][r][i]
			VADDPS(t.sums[1][r][i], a, a)
			VADDPS(t.sums[3][r][i], b, b)
			VADDPS(b, a, a)
		}
	}
	return t.sums[0]
}

// triple gives a register with three times step if a tile has so many rows.
func (t *tile) triple(step reg.GPVirtual) reg.GPVirtual {
	step3 := GP64()
	if t.rows > 3 {
		LEAQ(Mem{Base: step, Index: step, Scale: 2}, step3)
	}
	return step3
}

// prefetch asks for what one row of the tile takes: one query alone waits for its keys and values, which for many sentences in turn are far away.
func (t *tile) prefetch(m Mem) {
	if t.rows > 1 {
		return
	}
	for i := 0; i < 4*t.lanes(); i += 64 {
		PREFETCHT0(m.Offset(i))
	}
}

func scores(t tile) {
	name := t.name("scores")
	text(name, "func(dst, q *float32, d, dk int, kt *float32, stride, n int, scale float32)",
		fmt.Sprintf("%s is scores for %d rows and n keys, a multiple of %d and not 0; dk is a multiple of 4 and not 0.", name, t.rows, t.lanes()))
	dst, q, d, dk, kt, stride, left := ptr("dst"), ptr("q"), ptr("d"), ptr("dk"), ptr("kt"), ptr("stride"), ptr("n")
	SHLQ(U8(2), d)
	SHLQ(U8(2), stride)
	d3 := t.triple(d)

	Label("keys")
	t.zero()
	k, x, i := GP64(), GP64(), GP64()
	MOVQ(kt, k)
	MOVQ(q, x)
	MOVQ(dk, i)
	Label("elements")
	for e := range 4 {
		t.prefetch(at(k, 1024))
		t.add(e, at(k, 0), x, d, d3, 4*e)
		ADDQ(stride, k)
	}
	ADDQ(U8(16), x)
	SUBQ(U8(4), i)
	JNE(LabelRef("elements"))

	factor, p := t.w.parameter("scale"), GP64()
	MOVQ(dst, p)
	for r, sums := range t.fold() {
		for i, s := range sums {
			VMULPS(factor, s, s)
			VMOVUPS(s, at(p, i*t.w.bytes()))
		}
		if r < t.rows-1 {
			ADDQ(stride, p)
		}
	}
	ADDQ(U32(4*t.lanes()), dst)
	ADDQ(U32(4*t.lanes()), kt)
	SUBQ(U8(t.lanes()), left)
	JNE(LabelRef("keys"))
	done()
}

func mix(t tile) {
	name := t.name("mix")
	text(name, "func(dst *float32, d int, p *float32, stride, dk int, v *float32, n int)",
		fmt.Sprintf("%s is mix for %d rows; dk is a multiple of %d and not 0, nor is n 0.", name, t.rows, t.lanes()))
	dst, d, p, stride, dk, v, n := ptr("dst"), ptr("d"), ptr("p"), ptr("stride"), ptr("dk"), ptr("v"), ptr("n")
	SHLQ(U8(2), d)
	SHLQ(U8(2), stride)
	stride3 := t.triple(stride)

	Label("elements")
	t.zero()
	value, weight, j := GP64(), GP64(), GP64()
	MOVQ(v, value)
	MOVQ(p, weight)
	MOVQ(n, j)
	step := func(e, disp int) {
		t.prefetch(at(value, 4*t.lanes())) // the next head's values lie beside these
		t.add(e, at(value, 0), weight, stride, stride3, disp)
		ADDQ(d, value)
	}
	SUBQ(U8(4), j)
	JL(LabelRef("last"))
	Label("values")
	for e := range 4 {
		step(e, 4*e)
	}
	ADDQ(U8(16), weight)
	SUBQ(U8(4), j)
	JGE(LabelRef("values"))
	Label("last")
	ADDQ(U8(4), j)
	for e := range 3 {
		JE(LabelRef("fold"))
		step(e, 4*e)
		DECQ(j)
	}
	Label("fold")
	out := GP64()
	MOVQ(dst, out)
	for r, sums := range t.fold() {
		for i, s := range sums {
			VMOVUPS(s, at(out, i*t.w.bytes()))
		}
		if r < t.rows-1 {
			ADDQ(d, out)
		}
	}
	ADDQ(U32(4*t.lanes()), dst)
	ADDQ(U32(4*t.lanes()), v)
	SUBQ(U8(t.lanes()), dk)
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
