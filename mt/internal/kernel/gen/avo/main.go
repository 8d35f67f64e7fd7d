// Avo writes kernel_amd64.s and stubs_amd64.go: the vector versions of package kernel's loops.
//
// A float loop is written once, over rows of 16 lanes, and comes out twice: with one 512-bit register to a row and with two of 256 bits.
// Both therefore add in the same order, and no instruction multiplies and adds in one rounding.
package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func main() {
	ConstraintExpr("!purego")
	setConstants()
	for _, w := range []width{avx2, avx512} {
		quantize(w, false)
		quantize(w, true)
		maxOf(w)
		sumExp(w)
		softmax(w, 1)
		softmax(w, 4)
		addNorm(w)
		gate(w)
	}
	for regs := 1; regs <= 4; regs++ {
		scores(tile{w: avx512, rows: 1, regs: regs})
	}
	scores(tile{w: avx512, rows: 4, regs: 1})
	mix(tile{w: avx512, rows: 1, regs: 1})
	mix(tile{w: avx512, rows: 1, regs: 2})
	mix(tile{w: avx512, rows: 4, regs: 1})
	scores(tile{w: avx2, rows: 1, regs: 2})
	scores(tile{w: avx2, rows: 2, regs: 1})
	mix(tile{w: avx2, rows: 1, regs: 2})
	mix(tile{w: avx2, rows: 2, regs: 1})
	transpose()
	for rows := 1; rows <= 6; rows++ {
		mul512VNNI(rows, false)
		mul512VNNI(rows, true)
	}
	rowSums512()
	for rows := 1; rows <= 4; rows++ {
		mulAVX2(rows)
		mulAVXVNNI(rows)
	}
	shift()
	rowSumsAVX2()
	Generate()
}
