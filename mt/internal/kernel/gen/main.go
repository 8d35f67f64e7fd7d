// Gen writes kernel_amd64.s and stubs_amd64.go: the vector versions of package kernel's loops.
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
		scores(w, 1, 16)
		scores(w, 1, 32)
		mix(w, 1, 16)
		mix(w, 1, 32)
		scores(w, 4, 16)
		mix(w, 4, 16)
	}
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
