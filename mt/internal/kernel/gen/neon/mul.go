package main

import "fmt"

// mulDot multiplies rows rows with 16 columns at a time. SDOT adds four products of signed bytes to each int32, the same four activations for
// the weights of four columns; 127 times each column's weights, from which the sums start, stands for the 127 added to each activation.
func mulDot(a *asm, rows int) {
	name := fmt.Sprintf("mul%dDot", rows)
	at := a.begin(name, fmt.Sprintf("is mulRows for %d rows and blocks blocks of 16 columns, packed by quadLayout{16, 0}; k is a multiple of 16 and blocks not 0.", rows),
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
