package main

import "math"

func bits(f float32) uint32 { return math.Float32bits(f) }

// quantize makes 16 values at a time. FMINNM and FMAXNM hold them to ±127, FCVTNS rounds to even, and the narrowing has nothing left
// to saturate.
func quantize(a *asm, relu bool) {
	name, twin := "quantizeNEON", "quantize"
	if relu {
		name, twin = "quantizeReLUNEON", "quantizeReLU"
	}
	at := a.begin(name, "is "+twin+" for n values, a multiple of 16 and not 0.", []param{{"dst", "*int8"}, {"x", "*float32"}, {"n", "int"}, {"alpha", "float32"}}, false)
	a.fillFrom(30, "alpha", at["alpha"])
	a.fill(29, bits(127))
	a.fill(28, bits(-127))
	a.zero(31)
	a.label("loop")
	a.load("R1", 0, true)
	for r := range v(4) {
		if relu {
			a.fmaxnm(r, r, 31)
		}
		a.fmul(r, r, 30)
		a.fminnm(r, r, 29)
		a.fmaxnm(r, r, 28)
		a.fcvtns(r, r)
	}
	a.sqxtn16(4, 0)
	a.sqxtn216(4, 1)
	a.sqxtn16(5, 2)
	a.sqxtn216(5, 3)
	a.sqxtn8(6, 4)
	a.sqxtn28(6, 5)
	a.line("VST1.P [V6.B16], 16(R0)")
	a.line("SUBS $16, R2")
	a.line("BNE loop")
	a.ret()
}

// maxima leaves the 16 maxima of the R1 values at R0 in V0 to V3; it spends R2 and R3.
func maxima(a *asm) {
	a.load("R0", 0, false)
	a.line("MOVD R0, R2")
	a.line("MOVD R1, R3")
	a.label("maxima")
	a.load("R2", 4, true)
	for r := range v(4) {
		a.fmaxnm(r, r, r+4)
	}
	a.line("SUBS $16, R3")
	a.line("BNE maxima")
	a.fold(a.fmaxnm, 0, 4)
}

func maxOf(a *asm) {
	at := a.begin("maxNEON", "is maxOf for n values, a multiple of 16 and not 0.", []param{{"x", "*float32"}, {"n", "int"}}, true)
	maxima(a)
	a.line("FMOVS F0, ret+%d(FP)", at["ret"])
	a.ret()
}

// The constants of exp lie in V16 to V30.
const (
	expMin v = 16 + iota
	expMax
	expLog2e
	expMagic
	expBias
	expHi
	expLo
	expC5
	expC4
	expC3
	expC2
	expC1
	expC0
	one
	none
)

func exponential(a *asm) {
	a.fill(expMin, bits(-200))
	a.fill(expMax, bits(88))
	a.fill(expLog2e, bits(1.44269504088896341))
	a.fill(expMagic, bits(3<<22))
	a.fill(expBias, 0x100000000+127-0x4b400000)
	a.fill(expHi, bits(0.693359375))
	a.fill(expLo, bits(-2.12194440e-4))
	for i, c := range []float32{1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1} {
		a.fill(expC5+v(i), bits(c))
	}
	a.fill(one, bits(1))
	a.zero(none)
}

// exp replaces two registers, x and the next, by their exponentials, in the steps of the twin; t, and the five after it, are spent.
func exp(a *asm, x, t v) {
	each := func(f func(x, t, n, p v)) {
		for i := range v(2) {
			f(x+i, t+i, t+2+i, t+4+i)
		}
	}
	each(func(x, t, n, p v) { a.fmaxnm(x, x, expMin) })
	each(func(x, t, n, p v) { a.fminnm(x, x, expMax) })
	each(func(x, t, n, p v) { a.fmul(t, x, expLog2e) })
	each(func(x, t, n, p v) { a.fadd(t, t, expMagic) })
	each(func(x, t, n, p v) { a.fsub(n, t, expMagic) })
	each(func(x, t, n, p v) { a.fmul(p, n, expHi) })
	each(func(x, t, n, p v) { a.fsub(x, x, p) })
	each(func(x, t, n, p v) { a.fmul(p, n, expLo) })
	each(func(x, t, n, p v) { a.fsub(x, x, p) })
	each(func(x, t, n, p v) { a.fmul(p, x, expC5) })
	for c := expC4; c <= expC1; c++ {
		each(func(x, t, n, p v) { a.fadd(p, p, c) })
		each(func(x, t, n, p v) { a.fmul(p, p, x) })
	}
	each(func(x, t, n, p v) { a.fadd(p, p, expC0) })
	each(func(x, t, n, p v) { a.fmul(n, x, x) })
	each(func(x, t, n, p v) { a.fmul(p, p, n) })
	each(func(x, t, n, p v) { a.fadd(p, p, x) })
	each(func(x, t, n, p v) { a.fadd(p, p, one) })
	each(func(x, t, n, p v) { a.add(t, t, expBias) })
	each(func(x, t, n, p v) { a.smax(t, t, none) })
	each(func(x, t, n, p v) { a.shl23(t, t) })
	each(func(x, t, n, p v) { a.fmul(x, p, t) })
}

func sumExp(a *asm) {
	at := a.begin("sumExpNEON", "is sumExp for n values, a multiple of 16 and not 0.", []param{{"x", "*float32"}, {"n", "int"}, {"max", "float32"}}, true)
	const log2e, least, magic, top, sum = 16, 17, 18, 24, 28
	a.fill(log2e, bits(1.44269504088896341))
	a.fill(least, bits(-125))
	a.fill(magic, bits(3<<22))
	for i, c := range []float32{0.00957010221, 0.0559178591, 0.240247443, 0.693121791, 0.999999285} {
		a.fill(19+v(i), bits(c))
	}
	a.fillFrom(top, "max", at["max"])
	a.fmul(top, top, log2e)
	for i := range v(4) {
		a.zero(sum + i)
	}
	a.label("loop")
	a.load("R0", 0, true)
	each := func(f func(x, t, p v)) {
		for i := range v(4) {
			f(i, 4+i, 8+i)
		}
	}
	each(func(x, t, p v) { a.fmul(x, x, log2e) })
	each(func(x, t, p v) { a.fsub(x, x, top) })
	each(func(x, t, p v) { a.fmaxnm(x, x, least) })
	each(func(x, t, p v) { a.fadd(t, x, magic) })
	each(func(x, t, p v) { a.fsub(p, t, magic) })
	each(func(x, t, p v) { a.fsub(x, x, p) })
	each(func(x, t, p v) { a.fmul(p, x, 19) })
	for c := v(20); c < 23; c++ {
		each(func(x, t, p v) { a.fadd(p, p, c) })
		each(func(x, t, p v) { a.fmul(p, p, x) })
	}
	each(func(x, t, p v) { a.fadd(p, p, 23) })
	each(func(x, t, p v) { a.shl23(t, t) })
	each(func(x, t, p v) { a.add(p, p, t) })
	each(func(x, t, p v) { a.fadd(sum+x, sum+x, p) })
	a.line("SUBS $16, R1")
	a.line("BNE loop")
	a.fold(a.fadd, sum, 0)
	a.line("FMOVS F%d, ret+%d(FP)", sum, at["ret"])
	a.ret()
}

func softmax(a *asm) {
	a.begin("softmaxNEON", "is softmax for a row of n values, a multiple of 16 and not 0.", []param{{"x", "*float32"}, {"n", "int"}}, false)
	const top, sum = 8, 9 // and the three after
	maxima(a)
	a.line("VDUP V0.S[0], V%d.S4", top)
	exponential(a)
	for i := range v(4) {
		a.zero(sum + i)
	}
	a.line("MOVD R0, R2")
	a.line("MOVD R1, R3")
	a.label("exp")
	for half := range v(2) {
		a.line("VLD1 (R2), %s", regs(0, 2, "S4"))
		a.fsub(0, 0, top)
		a.fsub(1, 1, top)
		exp(a, 0, 2)
		a.line("VST1.P %s, 32(R2)", regs(0, 2, "S4"))
		a.fadd(sum+2*half, sum+2*half, 0)
		a.fadd(sum+2*half+1, sum+2*half+1, 1)
	}
	a.line("SUBS $16, R3")
	a.line("BNE exp")
	a.fold(a.fadd, sum, 0)
	a.line("VDUP V%d.S[0], V4.S4", sum)
	a.fdiv(4, one, 4)
	a.label("scale")
	a.load("R0", 0, false)
	for r := range v(4) {
		a.fmul(r, r, 4)
	}
	a.store(0, "R0", true)
	a.line("SUBS $16, R1")
	a.line("BNE scale")
	a.ret()
}

func addNorm(a *asm) {
	a.begin("addNormNEON", "is addNorm for a row of n values, a multiple of 16 and not 0.",
		[]param{{"dst", "*float32"}, {"x", "*float32"}, {"y", "*float32"}, {"scale", "*float32"}, {"bias", "*float32"}, {"n", "int"}}, false)
	const sum, size, mean, sigma, temp = 16, 20, 21, 22, 23
	a.line("SCVTFWS R5, F%d", size)
	a.line("VDUP V%d.S[0], V%d.S4", size, size)
	clear := func() {
		for i := range v(4) {
			a.zero(sum + i)
		}
		a.line("MOVD R0, R6")
		a.line("MOVD R5, R7")
	}
	next := func(label string) {
		a.line("SUBS $16, R7")
		a.line("BNE " + label)
	}
	clear()
	a.label("add")
	a.load("R1", 0, true)
	a.load("R2", 4, true)
	for r := range v(4) {
		a.fadd(r, r, r+4)
	}
	a.store(0, "R6", true)
	for r := range v(4) {
		a.fadd(sum+r, sum+r, r)
	}
	next("add")
	a.fold(a.fadd, sum, temp)
	a.line("VDUP V%d.S[0], V%d.S4", sum, mean)
	a.fdiv(mean, mean, size)
	clear()
	a.label("square")
	a.load("R6", 0, true)
	for r := range v(4) {
		a.fsub(r, r, mean)
		a.fmul(r, r, r)
		a.fadd(sum+r, sum+r, r)
	}
	next("square")
	a.fold(a.fadd, sum, temp)
	a.line("VDUP V%d.S[0], V%d.S4", sum, sigma)
	a.fdiv(sigma, sigma, size)
	a.fill(temp, bits(1e-6))
	a.fadd(sigma, sigma, temp)
	a.fsqrt(sigma, sigma)
	a.line("MOVD R5, R7")
	a.label("norm")
	a.load("R0", 0, false)
	a.load("R3", 4, true)
	a.load("R4", 8, true)
	for r := range v(4) {
		a.fsub(r, r, mean)
		a.fdiv(r, r, sigma)
		a.fmul(r, r, r+4)
		a.fadd(r, r, r+8)
	}
	a.store(0, "R0", true)
	next("norm")
	a.ret()
}

func gate(a *asm) {
	a.begin("gateNEON", "is gate for n values, a multiple of 16 and not 0.",
		[]param{{"h", "*float32"}, {"c", "*float32"}, {"z", "*float32"}, {"f", "*float32"}, {"n", "int"}}, false)
	exponential(a)
	a.label("loop")
	a.line("VLD1.P 32(R3), %s", regs(0, 2, "S4"))
	a.fsub(0, none, 0)
	a.fsub(1, none, 1)
	exp(a, 0, 2)
	a.line("VLD1 (R1), %s", regs(8, 2, "S4"))
	a.line("VLD1.P 32(R2), %s", regs(10, 2, "S4"))
	for r := range v(2) {
		a.fadd(r, r, one)
		a.fdiv(r, one, r) // the sigmoid
		a.fmul(8+r, 8+r, r)
		a.fsub(r, one, r)
		a.fmul(10+r, 10+r, r)
		a.fadd(8+r, 8+r, 10+r)
		a.fmaxnm(r, 8+r, none)
	}
	a.line("VST1.P %s, 32(R1)", regs(8, 2, "S4"))
	a.line("VST1.P %s, 32(R0)", regs(0, 2, "S4"))
	a.line("SUBS $8, R4")
	a.line("BNE loop")
	a.ret()
}
