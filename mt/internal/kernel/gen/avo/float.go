package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// quantize makes 16 values at a time. VMINPS and VMAXPS hold them to ±127 before VCVTPS2DQ rounds to even, so that no conversion
// overflows; the packing then has nothing left to saturate.
func quantize(w width, relu bool) {
	name := "quantize"
	comment := "is quantize for n values, a multiple of 16."
	if relu {
		name += "ReLU"
		comment = "is quantizeReLU for n values, a multiple of 16."
	}
	name += w.name()
	text(name, "func(dst *int8, x *float32, n int, alpha float32)", name+" "+comment)
	dst, x, n := ptr("dst"), ptr("x"), ptr("n")
	alpha := w.one()
	a, err := Param("alpha").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(a.Addr, alpha)
	low, high, none := w.constant("low"), w.constant("high"), w.constant("zero")
	Label("loop")
	CMPQ(n, U8(0))
	JE(LabelRef("done"))
	v := w.vec()
	w.load(at(x, 0), v)
	if relu { // NaN becomes 0 before the product, as in the twin
		op1(VMAXPS, v, none, v)
	}
	op1(VMULPS, v, alpha, v)
	op1(VMINPS, v, high, v)
	op1(VMAXPS, v, low, v)
	for _, r := range v {
		VCVTPS2DQ(r, r)
	}
	if w == avx512 {
		VPMOVSDB(v[0], at(dst, 0))
	} else {
		VPACKSSDW(v[1], v[0], v[0]) // lanes 0-3 8-11 4-7 12-15
		VPERMQ(U8(0b11011000), v[0], v[0])
		t := XMM()
		VEXTRACTI128(U8(1), v[0], t)
		VPACKSSWB(t, xmm(v[0]), xmm(v[0]))
		VMOVDQU(xmm(v[0]), at(dst, 0))
	}
	ADDQ(U8(64), x)
	ADDQ(U8(16), dst)
	SUBQ(U8(16), n)
	JMP(LabelRef("loop"))
	Label("done")
	done()
}

// maxOf keeps 16 maxima.
func maxOf(w width) {
	name := "max" + w.name()
	text(name, "func(x *float32, n int) float32", name+" is maxOf for n values, a multiple of 16 and not 0.")
	x, n := ptr("x"), ptr("n")
	m := w.maxima(x, n, nil, 1)
	result(w.fold(VMAXPS, m[0]))
}

// maxima gives the 16 maxima of the n values at x, as it does of those in the rows stride bytes further each, and leaves the registers as they are.
func (w width) maxima(x, n, stride reg.GPVirtual, rows int) []vec {
	m, p, left, stride3 := make([]vec, rows), GP64(), GP64(), reg.GPVirtual(nil)
	if rows > 3 {
		stride3 = GP64()
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	}
	MOVQ(x, p)
	MOVQ(n, left)
	for r := range m {
		m[r] = w.vec()
		w.load(row(x, stride, stride3, r), m[r])
	}
	JMP(LabelRef("next"))
	Label("maxima")
	for r := range m {
		for i := range m[r] { // VMAXPS takes its second source where one is not a number, as x > m does in the twin
			v := w.one()
			VMOVUPS(row(p, stride, stride3, r).Offset(i*w.bytes()), v)
			VMAXPS(m[r][i], v, m[r][i])
		}
	}
	Label("next")
	ADDQ(U8(64), p)
	SUBQ(U8(16), left)
	JNE(LabelRef("maxima"))
	return m
}

// An exponential holds the constants of exp: in registers where there are 32 of them, in memory where there are 16.
type exponential struct {
	w                                               width
	min, max, log2e, magic, bias, hi, lo, none, one Op
	c                                               []Op
}

func (w width) exponential() exponential {
	e := exponential{
		w: w, min: w.constant("expMin"), max: w.constant("expMax"), log2e: w.constant("expLog2e"), magic: w.constant("expMagic"),
		bias: w.constant("expBias"), hi: w.constant("expLn2Hi"), lo: w.constant("expLn2Lo"), one: w.constant("one"), none: w.constant("zero"),
	}
	for _, c := range []string{"expC5", "expC4", "expC3", "expC2", "expC1", "expC0"} {
		e.c = append(e.c, w.constant(c))
	}
	return e
}

// of replaces v by its exponential, in the steps of the twin, all registers side by side. With 16 registers it takes one at a time.
func (e exponential) of(x vec) {
	if e.w == avx2 && len(x) > 1 {
		for i := range x {
			e.of(x[i : i+1])
		}
		return
	}
	like := func() vec {
		v := make(vec, len(x))
		for i := range v {
			v[i] = e.w.one()
		}
		return v
	}
	t, n, p := like(), like(), like()
	op1(VMAXPS, x, e.min, x)
	op1(VMINPS, x, e.max, x)
	op1(VMULPS, x, e.log2e, t)
	op1(VADDPS, t, e.magic, t)
	op1(VSUBPS, t, e.magic, n)
	op1(VMULPS, n, e.hi, p)
	op(VSUBPS, x, p, x)
	op1(VMULPS, n, e.lo, p)
	op(VSUBPS, x, p, x)
	op1(VMULPS, x, e.c[0], p)
	for _, c := range e.c[1:5] {
		op1(VADDPS, p, c, p)
		op(VMULPS, p, x, p)
	}
	op1(VADDPS, p, e.c[5], p)
	op(VMULPS, x, x, n)
	op(VMULPS, p, n, p)
	op(VADDPS, p, x, p)
	op1(VADDPS, p, e.one, p)
	op1(VPADDD, t, e.bias, t)
	op1(VPMAXSD, t, e.none, t)
	for i := range t {
		VPSLLD(U8(23), t[i], t[i])
	}
	op(VMULPS, p, t, x)
}

// sumExp makes 64 terms side by side where there are registers for it, then 16; they are added in turn all the same.
func sumExp(w width) {
	name := "sumExp" + w.name()
	text(name, "func(x *float32, n int, max float32) float32", name+" is sumExp for n values, a multiple of 16.")
	x, n := ptr("x"), ptr("n")
	log2e, least, magic := w.constant("expLog2e"), w.constant("pow2Min"), w.constant("expMagic")
	var c []Op
	for _, name := range []string{"pow2C4", "pow2C3", "pow2C2", "pow2C1", "pow2C0"} {
		c = append(c, w.constant(name))
	}
	top := w.parameter("max")
	VMULPS(log2e, top, top)
	sum := w.vec()
	sum.zero()
	loop := func(name, next string, parts int) {
		Label(name)
		CMPQ(n, U8(16*parts))
		JL(LabelRef(next))
		v, t := w.vecs(parts), w.vecs(parts)
		for i := range v { // halves in turn where registers are few
			VMOVUPS(at(x, i*w.bytes()), v[i])
		}
		op1(VMULPS, v, log2e, v)
		op1(VSUBPS, v, top, v)
		op1(VMAXPS, v, least, v)
		op1(VADDPS, v, magic, t)
		for i := range v {
			f := w.one()
			VSUBPS(magic, t[i], f)
			VSUBPS(f, v[i], v[i])
			VPSLLD(U8(23), t[i], t[i])
		}
		p := w.vecs(parts)
		op1(VMULPS, v, c[0], p)
		for _, c := range c[1:4] {
			op1(VADDPS, p, c, p)
			op(VMULPS, p, v, p)
		}
		op1(VADDPS, p, c[4], p)
		op(VPADDD, p, t, p)
		for i := 0; i < len(p); i += len(sum) {
			op(VADDPS, sum, p[i:i+len(sum)], sum)
		}
		ADDQ(U32(64*parts), x)
		SUBQ(U8(16*parts), n)
		JMP(LabelRef(name))
	}
	if w == avx512 {
		loop("many", "few", 4)
	}
	loop("few", "done", 1)
	Label("done")
	result(w.fold(VADDPS, sum))
}

// softmax makes rows rows at once: a row alone would mostly wait for its own maximum, exponentials and sum.
func softmax(w width, rows int) {
	name := fmt.Sprintf("softmax%d%s", rows, w.name())
	text(name, "func(x *float32, n, stride int)", fmt.Sprintf("%s is softmax for %d rows of n values, a multiple of 16 and not 0, stride apart.", name, rows))
	x, n, stride := ptr("x"), ptr("n"), ptr("stride")
	SHLQ(U8(2), stride)
	tops := make([]reg.VecVirtual, rows)
	for r, m := range w.maxima(x, n, stride, rows) {
		tops[r] = w.all(w.fold(VMAXPS, m))
	}
	e := avx2.exponential() // constants in memory, as there are four rows to keep
	e.w = w
	sums, p, left, stride3 := make([]vec, rows), GP64(), GP64(), reg.GPVirtual(nil)
	if rows > 3 {
		stride3 = GP64()
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	}
	for r := range sums {
		sums[r] = w.vec()
		sums[r].zero()
	}
	MOVQ(x, p)
	MOVQ(n, left)
	Label("exp")
	for part := range w.vec() {
		var v vec
		for r := range rows {
			at := row(p, stride, stride3, r).Offset(part * w.bytes())
			if w == avx2 {
				one := vec{YMM()}
				VMOVUPS(at, one[0])
				op1(VSUBPS, one, tops[r], one)
				e.of(one)
				VMOVUPS(one[0], at)
				VADDPS(one[0], sums[r][part], sums[r][part])
				continue
			}
			v = append(v, ZMM())
			VMOVUPS(at, v[r])
			VSUBPS(tops[r], v[r], v[r])
		}
		e.of(v)
		for r := range v {
			VMOVUPS(v[r], row(p, stride, stride3, r))
			VADDPS(v[r], sums[r][part], sums[r][part])
		}
	}
	ADDQ(U8(64), p)
	SUBQ(U8(16), left)
	JNE(LabelRef("exp"))
	for r := range sums {
		s, one := w.fold(VADDPS, sums[r]), XMM()
		VMOVSS(constants["one"], one)
		VDIVSS(s, one, one)
		VBROADCASTSS(one, tops[r])
	}
	Label("scale")
	for r := range rows {
		for part := range w.vec() {
			at := row(x, stride, stride3, r).Offset(part * w.bytes())
			v := w.one()
			VMULPS(at, tops[r], v)
			VMOVUPS(v, at)
		}
	}
	ADDQ(U8(64), x)
	SUBQ(U8(16), n)
	JNE(LabelRef("scale"))
	done()
}

func addNorm(w width) {
	name := "addNorm" + w.name()
	text(name, "func(dst, x, y, scale, bias *float32, n int)", name+" is addNorm for a row of n values, a multiple of 16 and not 0.")
	dst, x, y, scale, bias, n := ptr("dst"), ptr("x"), ptr("y"), ptr("scale"), ptr("bias"), ptr("n")
	size, i := XMM(), GP64()
	VXORPS(size, size, size)
	VCVTSI2SSQ(n, size, size)
	SHLQ(U8(2), n)

	lane := func(base reg.Register) Mem { return Mem{Base: base, Index: i, Scale: 1} }
	loop := func(name string, body func()) {
		XORQ(i, i)
		Label(name)
		body()
		ADDQ(U8(64), i)
		CMPQ(i, n)
		JNE(LabelRef(name))
	}
	sum, v, t := w.vec(), w.vec(), w.vec()
	sum.zero()
	loop("add", func() {
		w.load(lane(x), v)
		w.load(lane(y), t)
		op(VADDPS, v, t, v)
		w.store(v, lane(dst))
		op(VADDPS, sum, v, sum)
	})
	s := w.fold(VADDPS, sum)
	VDIVSS(size, s, s)
	mean := w.all(s)
	sum = w.vec()
	sum.zero()
	loop("square", func() {
		w.load(lane(dst), v)
		op1(VSUBPS, v, mean, v)
		op(VMULPS, v, v, v)
		op(VADDPS, sum, v, sum)
	})
	s = w.fold(VADDPS, sum)
	VDIVSS(size, s, s)
	VADDSS(constants["normEps"], s, s)
	VSQRTSS(s, s, s)
	sigma := w.all(s)
	loop("norm", func() {
		w.load(lane(dst), v)
		op1(VSUBPS, v, mean, v)
		op1(VDIVPS, v, sigma, v)
		w.load(lane(scale), t)
		op(VMULPS, v, t, v)
		w.load(lane(bias), t)
		op(VADDPS, v, t, v)
		w.store(v, lane(dst))
	})
	done()
}

func gate(w width) {
	name := "gate" + w.name()
	text(name, "func(h, c, z, f *float32, n int)", name+" is gate for n values, a multiple of 16.")
	h, c, z, f, n := ptr("h"), ptr("c"), ptr("z"), ptr("f"), ptr("n")
	e := w.exponential()
	SHLQ(U8(2), n)
	i := GP64()
	XORQ(i, i)
	Label("loop")
	CMPQ(i, n)
	JE(LabelRef("done"))
	lane := func(base reg.Register, part int) Mem {
		return Mem{Base: base, Index: i, Scale: 1, Disp: part * w.bytes()}
	}
	for part := range w.vec() {
		v, g, t := w.vec()[:1], w.vec()[:1], w.vec()[:1]
		VMOVUPS(lane(f, part), v[0])
		zero(g[0])
		op(VSUBPS, g, v, v) // 0-f rather than -f: the exponential of either zero is 1
		e.of(v)
		op1(VADDPS, v, e.one, v)
		VMOVUPS(constants["one"], g[0])
		op(VDIVPS, g, v, v) // the sigmoid
		VMOVUPS(lane(c, part), t[0])
		op(VMULPS, v, t, t)
		op(VSUBPS, g, v, v)
		VMOVUPS(lane(z, part), g[0])
		op(VMULPS, v, g, v)
		op(VADDPS, t, v, t)
		VMOVUPS(t[0], lane(c, part))
		zero(g[0])
		op(VMAXPS, t, g, t)
		VMOVUPS(t[0], lane(h, part))
	}
	ADDQ(U8(64), i)
	JMP(LabelRef("loop"))
	Label("done")
	done()
}
