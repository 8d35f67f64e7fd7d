package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// mulAVX2 multiplies rows rows with 16 columns at a time.
//
// VPMADDUBSW makes the products of two unsigned with two signed bytes and adds them in 16 bits. With 127 added to each activation and the weights
// bounded as pairLayout has it, the sum of two such instructions still fits, so one VPMADDWD does for both to widen it to 32 bits.
// The sums start from the parts of weights that were taken out.
func mulAVX2(rows int) {
	name := fmt.Sprintf("mul%dAVX2", rows)
	text(name, "func(dst *float32, stride int, a *uint8, k int, w *int8, blocks int, start *int32, unquant float32, bias *float32)",
		fmt.Sprintf("%s is mulRows for %d rows and blocks blocks of 16 columns, packed by pairLayout, with 127 added to the activations;", name, rows),
		"k is a multiple of 8, blocks is not 0, and start holds what each sum starts from, rows of startN.")
	dst, stride, a, k, w, blocks, start, bias := ptr("dst"), ptr("stride"), ptr("a"), ptr("k"), ptr("w"), ptr("blocks"), ptr("start"), ptr("bias")
	SHLQ(U8(2), stride)
	k3 := GP64()
	if rows > 3 {
		LEAQ(Mem{Base: k, Index: k, Scale: 2}, k3)
	}
	ones := YMM()
	VMOVDQU(constants["ones16"], ones)
	Label("block")
	sums := make([][2]reg.VecVirtual, rows)
	for r := range sums {
		for c := range sums[r] {
			sums[r][c] = YMM()
			VMOVDQU(at(start, 4*startN*r+32*c), sums[r][c])
		}
	}
	x, left := GP64(), GP64()
	MOVQ(a, x)
	MOVQ(k, left)
	Label("k")
	weights := [2]reg.VecVirtual{YMM(), YMM()}
	for c := range weights {
		VMOVDQU(at(w, 32*c), weights[c])
	}
	for r := range sums {
		a0, a1, t0, t1 := YMM(), YMM(), YMM(), YMM()
		VPBROADCASTD(row(x, k, k3, r), a0)
		VPBROADCASTD(row(x, k, k3, r).Offset(4), a1)
		VPMADDUBSW(weights[0], a0, t0)
		VPMADDUBSW(at(w, 64), a1, t1)
		VPADDW(t1, t0, t0)
		VPMADDWD(ones, t0, t0)
		VPADDD(t0, sums[r][0], sums[r][0])
		VPMADDUBSW(weights[1], a0, a0)
		VPMADDUBSW(at(w, 96), a1, a1)
		VPADDW(a1, a0, a0)
		VPMADDWD(ones, a0, a0)
		VPADDD(a0, sums[r][1], sums[r][1])
	}
	ADDQ(U8(8), x)
	ADDQ(U32(128), w)
	SUBQ(U8(8), left)
	JNE(LabelRef("k"))
	finish256(dst, stride, bias, sums)
	ADDQ(U8(64), start)
	DECQ(blocks)
	JNE(LabelRef("block"))
	done()
}

// startN is the columns between two rows of the sums that mulAVX2 starts from; avx2_amd64.go has the same.
const startN = 256

// finish256 makes floats of the sums of 16 columns, stores them and goes on to the next 16.
func finish256(dst, stride, bias reg.GPVirtual, sums [][2]reg.VecVirtual) {
	out := GP64()
	MOVQ(dst, out)
	factor := avx2.parameter("unquant")
	for r := range sums {
		for c, s := range sums[r] {
			VCVTDQ2PS(s, s)
			VMULPS(factor, s, s)
			VADDPS(at(bias, 32*c), s, s)
			VMOVUPS(s, at(out, 32*c))
		}
		if r < len(sums)-1 {
			ADDQ(stride, out)
		}
	}
	ADDQ(U8(64), dst)
	ADDQ(U8(64), bias)
}

// shift adds 127 to activations.
func shift() {
	text("shiftAVX2", "func(dst *uint8, a *int8, n int)", "shiftAVX2 adds 127 to n activations, a multiple of 32 and not 0.")
	dst, a, n := ptr("dst"), ptr("a"), ptr("n")
	by, i := YMM(), GP64()
	VMOVDQU(constants["shift8"], by)
	XORQ(i, i)
	Label("loop")
	v := YMM()
	VPADDB(Mem{Base: a, Index: i, Scale: 1}, by, v)
	VMOVDQU(v, Mem{Base: dst, Index: i, Scale: 1})
	ADDQ(U8(32), i)
	CMPQ(i, n)
	JNE(LabelRef("loop"))
	done()
}

// mulAVXVNNI is mul512VNNI with the instruction in its VEX form, for processors without AVX-512: 16 columns at a time, the activations broadcast
// beforehand. The assembler knows the EVEX form only, so the instruction is spelt in bytes, and its registers are chosen here.
func mulAVXVNNI(rows int) {
	name := fmt.Sprintf("mul%dAVXVNNI", rows)
	text(name, "func(dst *float32, stride int, a *int8, k int, w *int8, blocks int, start, columns *int32, unquant float32, bias *float32)",
		fmt.Sprintf("%s is mulRows for %d rows and blocks blocks of 16 columns, packed by groupLayout{16, 4, -128};", name, rows),
		"k is a multiple of 16, blocks is not 0, start holds -128 times the sum of each row of a, columns 127 times that of each column of w.")
	dst, stride, a, k, w, blocks := ptr("dst"), ptr("stride"), ptr("a"), ptr("k"), ptr("w"), ptr("blocks")
	start, columns, bias := ptr("start"), ptr("columns"), ptr("bias")
	SHLQ(U8(2), stride)
	k3 := GP64()
	if rows > 3 {
		LEAQ(Mem{Base: k, Index: k, Scale: 2}, k3)
	}
	sums := [][2]reg.VecPhysical{{reg.Y0, reg.Y1}, {reg.Y2, reg.Y3}, {reg.Y4, reg.Y5}, {reg.Y6, reg.Y7}}[:rows]
	weights := [2]reg.VecPhysical{reg.Y8, reg.Y9}
	activations := [4]reg.VecPhysical{reg.Y10, reg.Y11, reg.Y12, reg.Y13}
	Label("block")
	for r := range sums {
		VPBROADCASTD(at(start, 4*r), sums[r][0])
		VPADDD(at(columns, 32), sums[r][0], sums[r][1])
		VPADDD(at(columns, 0), sums[r][0], sums[r][0])
	}
	x, left := GP64(), GP64()
	MOVQ(a, x)
	MOVQ(k, left)
	Label("k")
	for quad := range 4 {
		for c := range weights {
			VMOVDQU(at(w, 64*quad+32*c), weights[c])
		}
		for r := range sums {
			VPBROADCASTD(row(x, k, k3, r).Offset(4*quad), activations[r])
			for c := range weights {
				dot256(activations[r], weights[c], sums[r][c])
			}
		}
	}
	ADDQ(U8(16), x)
	ADDQ(U32(256), w)
	SUBQ(U8(16), left)
	JNE(LabelRef("k"))

	out := GP64()
	MOVQ(dst, out)
	factor, err := Param("unquant").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(factor.Addr, reg.Y8)
	for r := range sums {
		for c, s := range sums[r] {
			VCVTDQ2PS(s, s)
			VMULPS(reg.Y8, s, s)
			VADDPS(at(bias, 32*c), s, s)
			VMOVUPS(s, at(out, 32*c))
		}
		if r < rows-1 {
			ADDQ(stride, out)
		}
	}
	ADDQ(U8(64), dst)
	ADDQ(U8(64), bias)
	ADDQ(U8(64), columns)
	DECQ(blocks)
	JNE(LabelRef("block"))
	done()
}

// dot256 is VPDPBUSD in its VEX form.
func dot256(signed, unsigned, sum reg.VecPhysical) {
	for i, b := range vpdpbusd(signed, unsigned, sum) {
		in := &ir.Instruction{Opcode: "BYTE", Operands: []Op{U8(b)}}
		if i == 0 {
			in.Inputs, in.Outputs = []Op{signed, unsigned, sum}, []Op{sum}
		}
		Instruction(in)
	}
}

// vpdpbusd is the instruction's code, VEX.256.66.0F38.W0 50 /r (Intel's manual, volume 2). The extension bits are stored inverted.
func vpdpbusd(signed, unsigned, sum reg.VecPhysical) []byte {
	s, u, d := byte(signed.PhysicalIndex()), byte(unsigned.PhysicalIndex()), byte(sum.PhysicalIndex())
	return []byte{0xc4, (d>>3^1)<<7 | 1<<6 | (s>>3^1)<<5 | 2, (u^15)<<3 | 1<<2 | 1, 0x50, 3<<6 | d&7<<3 | s&7}
}

// rowSumsAVX2 adds up a row of activations: in pairs by VPMADDUBSW with ones for the unsigned side, then in fours.
func rowSumsAVX2() {
	text("rowSumsAVX2", "func(start *int32, a *int8, k, rows int)",
		"rowSumsAVX2 sets start[r] to -128 times the sum of row r of a, k long; k is a multiple of 64, and rows is not 0.")
	start, a, k, rows := ptr("start"), ptr("a"), ptr("k"), ptr("rows")
	ones8, ones16 := YMM(), YMM()
	VMOVDQU(constants["ones8"], ones8)
	VMOVDQU(constants["ones16"], ones16)
	Label("row")
	sum, left := avx2.vec(), GP64()
	sum.zero()
	MOVQ(k, left)
	Label("k")
	for i, s := range sum {
		v := YMM()
		VMOVDQU(at(a, 32*i), v)
		VPMADDUBSW(v, ones8, v)
		VPMADDWD(ones16, v, v)
		VPADDD(v, s, s)
	}
	ADDQ(U8(64), a)
	SUBQ(U8(64), left)
	JNE(LabelRef("k"))
	s, t := avx2.fold(VPADDD, sum), GP32()
	VMOVD(s, t)
	SHLL(U8(7), t)
	NEGL(t)
	MOVL(t, at(start, 0))
	ADDQ(U8(4), start)
	DECQ(rows)
	JNE(LabelRef("row"))
	done()
}
