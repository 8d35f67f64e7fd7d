package main

import "fmt"

// mulDot multiplies rows rows with 16 columns at a time. SDOT adds four products of signed bytes to each int32, the same four activations for
// the weights of four columns; 127 times each column's weights, from which the sums start, stands for the 127 added to each activation.
func mulDot(a *asm, rows int) {
	name := fmt.Sprintf("mul%dDot", rows)
	at := a.begin(name, fmt.Sprintf("is mulRows for %d rows and blocks blocks of 16 columns, packed by groupLayout{16, 4, 0}; k is a multiple of 16 and blocks not 0.", rows),
		[]param{{"dst", "*float32"}, {"stride", "int"}, {"a", "*int8"}, {"k", "int"}, {"w", "*int8"}, {"blocks", "int"}, {"columns", "*int32"}, {"bias", "*float32"}, {"unquant", "float32"}}, false)
	const weights, activations, bias, unquant = 16, 20, 24, 28
	a.fillFrom(unquant, "unquant", at["unquant"])
	a.line("LSL $2, R1")
	a.label("block")
	a.load("R6", 0, true)
	for r := 1; r < rows; r++ {
		for c := range v(4) {
			a.copy(v(4*r)+c, c)
		}
	}
	for r := range rows { // R8 and up hold the rows
		if r == 0 {
			a.line("MOVD R2, R8")
		} else {
			a.line("ADD R3, R%d, R%d", 7+r, 8+r)
		}
	}
	a.line("MOVD R3, R12")
	a.label("k")
	for r := range rows {
		a.line("VLD1.P 16(R%d), [V%d.B16]", 8+r, activations+r)
	}
	for quad := range uint32(4) {
		a.line("VLD1.P 64(R4), %s", regs(weights, 4, "B16"))
		for r := range rows {
			for c := range v(4) {
				a.sdotElement(v(4*r)+c, weights+c, v(activations+r), quad)
			}
		}
	}
	a.line("SUBS $16, R12")
	a.line("BNE k")
	a.load("R7", bias, true)
	a.line("MOVD R0, R8")
	for r := range rows {
		for c := range v(4) {
			s := v(4*r) + c
			a.scvtf(s, s)
			a.fmul(s, s, unquant)
			a.fadd(s, s, bias+c)
		}
		a.store(v(4*r), "R8", false)
		a.line("ADD R1, R8")
	}
	a.line("ADD $64, R0")
	a.line("SUBS $1, R5")
	a.line("BNE block")
	a.ret()
}

// mulLong multiplies rows rows with 4 columns at a time, 16 products to a column at once: two products fit in 16 bits, as no factor is -128.
// It needs nothing beyond Armv8.0.
func mulLong(a *asm, rows int) {
	name := fmt.Sprintf("mul%dLong", rows)
	at := a.begin(name, fmt.Sprintf("is mulRows for %d rows and blocks blocks of 4 columns, packed by groupLayout{4, 16, 0}; k is a multiple of 16 and blocks not 0.", rows),
		[]param{{"dst", "*float32"}, {"stride", "int"}, {"a", "*int8"}, {"k", "int"}, {"w", "*int8"}, {"blocks", "int"}, {"columns", "*int32"}, {"bias", "*float32"}, {"unquant", "float32"}}, false)
	const weights, activations, products = 16, 20, 24
	a.line("LSL $2, R1")
	a.label("block")
	for s := range v(4 * rows) {
		a.zero(s)
	}
	for r := range rows { // R8 and up hold the rows
		if r == 0 {
			a.line("MOVD R2, R8")
		} else {
			a.line("ADD R3, R%d, R%d", 7+r, 8+r)
		}
	}
	a.line("MOVD R3, R12")
	a.label("k")
	a.line("VLD1.P 64(R4), %s", regs(weights, 4, "B16"))
	for r := range rows {
		a.line("VLD1.P 16(R%d), [V%d.B16]", 8+r, activations+r)
	}
	for r := range v(rows) {
		for c := range v(4) {
			a.smull(products+c, activations+r, weights+c)
		}
		for c := range v(4) {
			a.smlal2(products+c, activations+r, weights+c)
		}
		for c := range v(4) {
			a.sadalp(4*r+c, products+c)
		}
	}
	a.line("SUBS $16, R12")
	a.line("BNE k")
	const columns, bias, unquant = 16, 17, 18
	a.line("VLD1.P 16(R6), [V%d.S4]", columns)
	a.line("VLD1.P 16(R7), [V%d.S4]", bias)
	a.fillFrom(unquant, "unquant", at["unquant"])
	a.line("MOVD R0, R8")
	for r := range v(rows) {
		s := 4 * r
		a.addp(s, s, s+1)
		a.addp(s+2, s+2, s+3)
		a.addp(s, s, s+2)
		a.add(s, s, columns)
		a.scvtf(s, s)
		a.fmul(s, s, unquant)
		a.fadd(s, s, bias)
		a.line("VST1 [V%d.S4], (R8)", s)
		a.line("ADD R1, R8")
	}
	a.line("ADD $16, R0")
	a.line("SUBS $1, R5")
	a.line("BNE block")
	a.ret()
}

// mulMatrix multiplies rows rows with 16 columns at a time, two rows and two columns at once: SMMLA adds the four sums of eight products of signed
// bytes. A row without a partner is its own.
func mulMatrix(a *asm, rows int) {
	name := fmt.Sprintf("mul%dMatrix", rows)
	at := a.begin(name, fmt.Sprintf("is mulRows for %d rows and blocks blocks of 16 columns, packed by groupLayout{16, 8, 0}; k is a multiple of 16 and blocks not 0.", rows),
		[]param{{"dst", "*float32"}, {"stride", "int"}, {"a", "*int8"}, {"k", "int"}, {"w", "*int8"}, {"blocks", "int"}, {"columns", "*int32"}, {"bias", "*float32"}, {"unquant", "float32"}}, false)
	const weights, activations, zipped = 16, 24, 28
	even := (rows + 1) &^ 1
	a.line("LSL $2, R1")
	a.label("block")
	for p := range v(8) {
		a.line("VLD1R.P 8(R6), [V%d.D2]", p)
		if even == 4 {
			a.copy(8+p, p)
		}
	}
	a.line("MOVD R2, R8")
	for r := 1; r < even; r++ { // R8 and up hold the rows
		if r < rows {
			a.line("ADD R3, R%d, R%d", 7+r, 8+r)
		} else {
			a.line("MOVD R%d, R%d", 7+r, 8+r)
		}
	}
	a.line("MOVD R3, R12")
	a.label("k")
	for r := range even {
		a.line("VLD1.P 16(R%d), [V%d.B16]", 8+r, activations+r)
	}
	for pair := range v(even) / 2 {
		a.zip1(zipped+2*pair, activations+2*pair, activations+2*pair+1)
		a.zip2(zipped+2*pair+1, activations+2*pair, activations+2*pair+1)
	}
	for half := range v(2) {
		a.line("VLD1.P 64(R4), %s", regs(weights, 4, "B16"))
		a.line("VLD1.P 64(R4), %s", regs(weights+4, 4, "B16"))
		for p := range v(8) {
			for pair := range v(even) / 2 {
				a.smmla(8*pair+p, zipped+2*pair+half, weights+p)
			}
		}
	}
	a.line("SUBS $16, R12")
	a.line("BNE k")

	const bias, unquant, result = 16, 20, 24
	a.load("R7", bias, true)
	a.fillFrom(unquant, "unquant", at["unquant"])
	a.line("MOVD R0, R8")
	for r := range v(rows) {
		for c := range v(4) { // a row's part of two pairs of columns is one register
			zip := a.zip1
			if r%2 == 1 {
				zip = a.zip2
			}
			first := 8*(r/2) + 2*c
			zip(result+c, first, first+1)
			a.scvtf(result+c, result+c)
			a.fmul(result+c, result+c, unquant)
			a.fadd(result+c, result+c, bias+c)
		}
		a.store(result, "R8", false)
		a.line("ADD R1, R8")
	}
	a.line("ADD $64, R0")
	a.line("SUBS $1, R5")
	a.line("BNE block")
	a.ret()
}
