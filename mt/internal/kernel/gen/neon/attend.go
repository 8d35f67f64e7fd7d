package main

// scores makes 16 scores of a query at a time, each as four sums; the factors are lanes of a register of four elements of the query.
func scores(a *asm) {
	at := a.begin("scoresNEON", "is scores for one row and n keys, a multiple of 16 and not 0; dk is a multiple of 4 and not 0.",
		[]param{{"dst", "*float32"}, {"q", "*float32"}, {"dk", "int"}, {"kt", "*float32"}, {"stride", "int"}, {"n", "int"}, {"scale", "float32"}}, false)
	const values, factors, scale = 16, 24, 25
	a.fillFrom(scale, "scale", at["scale"])
	a.line("LSL $2, R4")
	a.label("keys")
	sums(a)
	a.line("MOVD R3, R6")
	a.line("MOVD R1, R7")
	a.line("MOVD R2, R8")
	a.label("elements")
	a.line("VLD1.P 16(R7), [V%d.S4]", factors)
	for e := range v(4) {
		a.load("R6", values, false)
		a.line("ADD R4, R6")
		products(a, e, values, factors)
	}
	a.line("SUBS $4, R8")
	a.line("BNE elements")
	foldSums(a)
	for i := range v(4) {
		a.fmul(i, i, scale)
	}
	a.store(0, "R0", true)
	a.line("ADD $64, R3")
	a.line("SUBS $16, R5")
	a.line("BNE keys")
	a.ret()
}

// mix makes 16 elements of a row at a time, in the same way.
func mix(a *asm) {
	a.begin("mixNEON", "is mix for one row; dk is a multiple of 16 and not 0, nor is n 0, and four weights can be read wherever one is.",
		[]param{{"dst", "*float32"}, {"d", "int"}, {"p", "*float32"}, {"dk", "int"}, {"values", "*float32"}, {"n", "int"}}, false)
	const values, factors = 16, 24
	a.line("LSL $2, R1")
	a.label("elements")
	sums(a)
	a.line("MOVD R4, R6")
	a.line("MOVD R2, R7")
	a.line("MOVD R5, R8")
	a.label("values")
	a.line("VLD1.P 16(R7), [V%d.S4]", factors)
	for e := range v(4) {
		a.load("R6", values, false)
		a.line("ADD R1, R6")
		products(a, e, values, factors)
		a.line("SUBS $1, R8")
		a.line("BEQ fold")
	}
	a.line("B values")
	a.label("fold")
	foldSums(a)
	a.store(0, "R0", true)
	a.line("ADD $64, R4")
	a.line("SUBS $16, R3")
	a.line("BNE elements")
	a.ret()
}

// sums clears the four sums of 16 lanes, V0 to V15.
func sums(a *asm) {
	for r := range v(16) {
		a.zero(r)
	}
}

// products adds 16 values times a lane of the factors to sum e, rounding the products first; V20 to V23 are spent.
func products(a *asm, e, values, factors v) {
	for i := range v(4) {
		a.fmulElement(20+i, values+i, factors, uint32(e))
	}
	for i := range v(4) {
		a.fadd(4*e+i, 4*e+i, 20+i)
	}
}

// foldSums adds the sums as (0+1)+(2+3), into the first.
func foldSums(a *asm) {
	for i := range v(4) {
		a.fadd(i, i, 4+i)
		a.fadd(8+i, 8+i, 12+i)
		a.fadd(i, i, 8+i)
	}
}
