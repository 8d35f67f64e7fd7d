package main

import (
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

// maxOf keeps 16 maxima. VMAXPS gives its second source where one is not a number, so the new value is the first, as x > m is in the twin.
func maxOf(w width) {
	name := "max" + w.name()
	text(name, "func(x *float32, n int) float32", name+" is maxOf for n values, a multiple of 16 and not 0.")
	x, n := ptr("x"), ptr("n")
	m := w.maxima(x, n)
	result(w.fold(VMAXPS, m))
}

// maxima gives the 16 maxima of the n values at x; both registers stay as they are.
func (w width) maxima(x, n reg.GPVirtual) vec {
	m, p, left := w.vec(), GP64(), GP64()
	w.load(at(x, 0), m)
	MOVQ(x, p)
	MOVQ(n, left)
	Label("maxima")
	v := w.vec()
	w.load(at(p, 0), v)
	op(VMAXPS, v, m, m)
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

// of replaces v by its exponential, in the steps of the twin.
func (e exponential) of(v vec) {
	for i := range v { // one register at a time, so that the halves of a vec share what 256-bit code has of them
		x, t, n, p := v[i:i+1], vec{e.w.one()}, vec{e.w.one()}, vec{e.w.one()}
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
		VPSLLD(U8(23), t[0], t[0])
		op(VMULPS, p, t, x)
	}
}

func sumExp(w width) {
	name := "sumExp" + w.name()
	text(name, "func(x *float32, n int, max float32) float32", name+" is sumExp for n values, a multiple of 16.")
	x, n := ptr("x"), ptr("n")
	e := w.exponential()
	m, err := Param("max").Resolve()
	if err != nil {
		panic(err)
	}
	top := w.one()
	VBROADCASTSS(m.Addr, top)
	sum := w.vec()
	sum.zero()
	Label("loop")
	CMPQ(n, U8(0))
	JE(LabelRef("done"))
	v := w.vec()
	w.load(at(x, 0), v)
	op1(VSUBPS, v, top, v)
	e.of(v)
	op(VADDPS, sum, v, sum)
	ADDQ(U8(64), x)
	SUBQ(U8(16), n)
	JMP(LabelRef("loop"))
	Label("done")
	result(w.fold(VADDPS, sum))
}

func softmax(w width) {
	name := "softmax" + w.name()
	text(name, "func(x *float32, n int)", name+" is softmax for n values, a multiple of 16 and not 0.")
	x, n := ptr("x"), ptr("n")
	top := w.all(w.fold(VMAXPS, w.maxima(x, n)))
	e := w.exponential()
	sum, p, left := w.vec(), GP64(), GP64()
	sum.zero()
	MOVQ(x, p)
	MOVQ(n, left)
	Label("exp")
	v := w.vec()
	w.load(at(p, 0), v)
	op1(VSUBPS, v, top, v)
	e.of(v)
	w.store(v, at(p, 0))
	op(VADDPS, sum, v, sum)
	ADDQ(U8(64), p)
	SUBQ(U8(16), left)
	JNE(LabelRef("exp"))
	s, one := w.fold(VADDPS, sum), XMM()
	VMOVSS(constants["one"], one)
	VDIVSS(s, one, one)
	inv := w.all(one)
	Label("scale")
	w.load(at(x, 0), v)
	op1(VMULPS, v, inv, v)
	w.store(v, at(x, 0))
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
	c := XMM()
	VADDSS(constants["normEps"], s, s)
	VSQRTSS(s, s, s)
	VMOVSS(constants["one"], c)
	VDIVSS(s, c, c)
	inv := w.all(c)
	loop("norm", func() {
		w.load(lane(dst), v)
		op1(VSUBPS, v, mean, v)
		op1(VMULPS, v, inv, v)
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
