package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// mul512VNNI multiplies rows rows with 64 columns at a time.
//
// VPDPBUSD adds four products of an unsigned with a signed byte to each int32. The weights, 128 added to each, are the unsigned side, because the
// signed side can be one group of four activations taken straight from memory for all 16 columns of a register. What the 128s add is
// 128 times the sum of the row of activations: the sums start from minus that, and from 127 times the column's weights, as if 127 were added to
// each activation. An int32 holds it all, so the result is exact.
// 4*rows independent sums cover the latency of the instruction; 6 rows are what 32 registers hold.
//
// With relu it goes on to quantise what is positive, as quantizeReLU does, before anything is stored.
func mul512VNNI(rows int, relu bool) {
	name, result, alpha, twin, size := "mul", "float32", "", "mulRows", 4
	if relu {
		name, result, alpha, twin, size = "mulReLU", "int8", ", alpha float32", "quantizeReLU of mulRows", 1
	}
	name = fmt.Sprintf("%s%dAVX512VNNI", name, rows)
	text(name, "func(dst *"+result+", stride int, a *int8, k int, w *int8, blocks int, start, columns *int32, unquant float32, bias *float32"+alpha+")",
		fmt.Sprintf("%s is %s for %d rows and blocks blocks of 64 columns, packed by groupLayout{64, 4, -128};", name, twin, rows),
		"k is a multiple of 64, blocks is not 0, start holds -128 times the sum of each row of a, columns 127 times that of each column of w.")
	dst, stride, a, k, w, blocks := ptr("dst"), ptr("stride"), ptr("a"), ptr("k"), ptr("w"), ptr("blocks")
	start, columns, bias := ptr("start"), ptr("columns"), ptr("bias")
	if !relu {
		SHLQ(U8(2), stride)
	}
	k3, k5 := GP64(), GP64()
	if rows > 3 {
		LEAQ(Mem{Base: k, Index: k, Scale: 2}, k3)
	}
	if rows > 5 {
		LEAQ(Mem{Base: k, Index: k, Scale: 4}, k5)
	}
	activation := func(base reg.Register, r, disp int) Mem {
		if r == 5 {
			return Mem{Base: base, Index: k5, Scale: 1, Disp: disp}
		}
		m := row(base, k, k3, r)
		m.Disp = disp
		return m
	}

	Label("block")
	sums := make([][4]reg.VecVirtual, rows)
	for r := range sums {
		first := ZMM()
		VPBROADCASTD(at(start, 4*r), first)
		for c := range sums[r] {
			sums[r][c] = ZMM()
			VPADDD(at(columns, 64*c), first, sums[r][c])
		}
	}
	x, left := GP64(), GP64()
	MOVQ(a, x)
	MOVQ(k, left)
	Label("k")
	for quad := range 4 {
		var weights [4]reg.VecVirtual
		for c := range weights {
			weights[c] = ZMM()
			VMOVDQU32(at(w, 256*quad+64*c), weights[c])
		}
		if rows == 1 { // one load of the activations fewer leaves room for the weights, which then are all the work
			four := ZMM()
			VPBROADCASTD(at(x, 4*quad), four)
			for c := range weights {
				dot512(four, weights[c], sums[0][c])
			}
			continue
		}
		for r := range sums {
			for c := range weights {
				dot512(activation(x, r, 4*quad), weights[c], sums[r][c])
			}
		}
	}
	ADDQ(U8(16), x)
	ADDQ(U32(1024), w)
	SUBQ(U8(16), left)
	JNE(LabelRef("k"))

	out := GP64()
	MOVQ(dst, out)
	factor := avx512.parameter("unquant")
	var by reg.VecVirtual
	if relu {
		by = avx512.parameter("alpha")
	}
	for r := range sums {
		for c, s := range sums[r] {
			VCVTDQ2PS(s, s)
			VMULPS(factor, s, s)
			VADDPS(at(bias, 64*c), s, s)
			if relu {
				VMAXPS(constants["zero"], s, s)
				VMULPS(by, s, s)
				VMINPS(constants["high"], s, s)
				VMAXPS(constants["low"], s, s)
				VCVTPS2DQ(s, s)
				VPMOVSDB(s, at(out, 16*c))
				continue
			}
			VMOVUPS(s, at(out, 64*c))
		}
		if r < rows-1 {
			ADDQ(stride, out)
		}
	}
	ADDQ(U32(64*size), dst)
	ADDQ(U32(256), bias)
	ADDQ(U32(256), columns)
	DECQ(blocks)
	JNE(LabelRef("block"))
	done()
}

// dot512 is VPDPBUSD; of signed bytes in memory, the same four serve every lane.
func dot512(signed Op, unsigned, sum reg.VecVirtual) {
	i := &ir.Instruction{Opcode: "VPDPBUSD", Operands: []Op{signed, unsigned, sum}, Outputs: []Op{sum}}
	i.Inputs = i.Operands
	if _, ok := signed.(Mem); ok {
		i.Suffixes = []string{"BCST"}
	}
	Instruction(i)
}

// rowSums512 adds up a row of activations: VPDPBUSD with ones for the unsigned side.
func rowSums512() {
	text("rowSumsAVX512VNNI", "func(start *int32, a *int8, k, rows int)",
		"rowSumsAVX512VNNI sets start[r] to -128 times the sum of row r of a, k long; k is a multiple of 64, and rows is not 0.")
	start, a, k, rows := ptr("start"), ptr("a"), ptr("k"), ptr("rows")
	ones := ZMM()
	VMOVDQU32(constants["ones8"], ones)
	Label("row")
	sum, left := ZMM(), GP64()
	VPXORD(sum, sum, sum)
	MOVQ(k, left)
	Label("k")
	v := ZMM()
	VMOVDQU32(at(a, 0), v)
	dot512(v, ones, sum)
	ADDQ(U8(64), a)
	SUBQ(U8(64), left)
	JNE(LabelRef("k"))
	s, t := avx512.fold(VPADDD, vec{sum}), GP32()
	VMOVD(s, t)
	SHLL(U8(7), t)
	NEGL(t)
	MOVL(t, at(start, 0))
	ADDQ(U8(4), start)
	DECQ(rows)
	JNE(LabelRef("row"))
	done()
}
