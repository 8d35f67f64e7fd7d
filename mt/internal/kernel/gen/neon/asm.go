package main

import (
	"bytes"
	"fmt"
	"strings"
)

// An asm collects a file for Go's assembler. Loads, stores and loops are written in its own syntax; most vector arithmetic has no mnemonic
// there and is spelt as words, encoded as the Arm Architecture Reference Manual has it (A64, advanced SIMD).
type asm struct {
	code, stubs bytes.Buffer
}

// A v is a vector register.
type v uint32

func (a *asm) line(format string, args ...any) { fmt.Fprintf(&a.code, "\t"+format+"\n", args...) }

// label names a place in the function.
func (a *asm) label(name string) { fmt.Fprintf(&a.code, "%s:\n", name) }

func (a *asm) word(w uint32, format string, args ...any) {
	fmt.Fprintf(&a.code, "\tWORD $0x%08x // %s\n", w, fmt.Sprintf(format, args...))
}

// three is an instruction of four lanes: dst, n, m.
func (a *asm) three(code uint32, name string, d, n, m v) {
	a.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s V%d.4S, V%d.4S, V%d.4S", name, d, n, m)
}

func (a *asm) two(code uint32, name string, d, n v) {
	a.word(code|uint32(n)<<5|uint32(d), "%s V%d, V%d", name, d, n)
}

func (a *asm) fadd(d, n, m v)   { a.three(0x4e20d400, "FADD", d, n, m) }
func (a *asm) fsub(d, n, m v)   { a.three(0x4ea0d400, "FSUB", d, n, m) }
func (a *asm) fmul(d, n, m v)   { a.three(0x6e20dc00, "FMUL", d, n, m) }
func (a *asm) fdiv(d, n, m v)   { a.three(0x6e20fc00, "FDIV", d, n, m) }
func (a *asm) fmaxnm(d, n, m v) { a.three(0x4e20c400, "FMAXNM", d, n, m) }
func (a *asm) fminnm(d, n, m v) { a.three(0x4ea0c400, "FMINNM", d, n, m) }
func (a *asm) add(d, n, m v)    { a.three(0x4ea08400, "ADD", d, n, m) }
func (a *asm) smax(d, n, m v)   { a.three(0x4ea06400, "SMAX", d, n, m) }
func (a *asm) fsqrt(d, n v)     { a.two(0x6ea1f800, "FSQRT .4S", d, n) }
func (a *asm) fcvtns(d, n v)    { a.two(0x4e21a800, "FCVTNS .4S", d, n) }
func (a *asm) scvtf(d, n v)     { a.two(0x4e21d800, "SCVTF .4S", d, n) }

// The narrowing of four or eight lanes, saturating; the forms with 2 fill the upper half.
func (a *asm) sqxtn16(d, n v)  { a.two(0x0e614800, "SQXTN .4H .4S", d, n) }
func (a *asm) sqxtn216(d, n v) { a.two(0x4e614800, "SQXTN2 .8H .4S", d, n) }
func (a *asm) sqxtn8(d, n v)   { a.two(0x0e214800, "SQXTN .8B .8H", d, n) }
func (a *asm) sqxtn28(d, n v)  { a.two(0x4e214800, "SQXTN2 .16B .8H", d, n) }

func (a *asm) shl23(d, n v) { a.two(0x4f005400|(32+23)<<16, "SHL .4S #23", d, n) }

// element encodes the lane of the last operand of an instruction by element.
func element(m v, lane uint32) uint32 { return lane&1<<21 | uint32(m)<<16 | lane>>1<<11 }

// fmulElement multiplies n by one lane of m.
func (a *asm) fmulElement(d, n, m v, lane uint32) {
	a.word(0x4f809000|element(m, lane)|uint32(n)<<5|uint32(d), "FMUL V%d.4S, V%d.4S, V%d.S[%d]", d, n, m, lane)
}

// sdotElement adds to each lane of d the products of four bytes of n with the four of one lane of m (FEAT_DotProd).
func (a *asm) sdotElement(d, n, m v, lane uint32) {
	a.word(0x4f80e000|element(m, lane)|uint32(n)<<5|uint32(d), "SDOT V%d.4S, V%d.16B, V%d.4B[%d]", d, n, m, lane)
}

// smmla adds to d, 2 by 2, the products of two rows of eight bytes with two others (FEAT_I8MM).
func (a *asm) smmla(d, n, m v) {
	a.word(0x4e80a400|uint32(m)<<16|uint32(n)<<5|uint32(d), "SMMLA V%d.4S, V%d.16B, V%d.16B", d, n, m)
}

// smull multiplies the lower eight signed bytes, smlal2 adds the products of the upper eight, and sadalp adds pairs of the results to four lanes.
func (a *asm) smull(d, n, m v) {
	a.word(0x0e20c000|uint32(m)<<16|uint32(n)<<5|uint32(d), "SMULL V%d.8H, V%d.8B, V%d.8B", d, n, m)
}

func (a *asm) smlal2(d, n, m v) {
	a.word(0x4e208000|uint32(m)<<16|uint32(n)<<5|uint32(d), "SMLAL2 V%d.8H, V%d.16B, V%d.16B", d, n, m)
}

func (a *asm) sadalp(d, n v)  { a.two(0x4e606800, "SADALP .4S .8H", d, n) }
func (a *asm) addp(d, n, m v) { a.three(0x4ea0bc00, "ADDP", d, n, m) }

// zip1 and zip2 interleave the lower or upper pairs of 64-bit lanes.
func (a *asm) zip1(d, n, m v) {
	a.word(0x4ec03800|uint32(m)<<16|uint32(n)<<5|uint32(d), "ZIP1 V%d.2D, V%d.2D, V%d.2D", d, n, m)
}

func (a *asm) zip2(d, n, m v) {
	a.word(0x4ec07800|uint32(m)<<16|uint32(n)<<5|uint32(d), "ZIP2 V%d.2D, V%d.2D, V%d.2D", d, n, m)
}

// turn moves the lanes of n down by so many bytes, the lowest to the top.
func (a *asm) turn(d, n v, by uint32) {
	a.word(0x6e004000|uint32(n)<<16|by<<11|uint32(n)<<5|uint32(d), "EXT V%d.16B, V%d.16B, V%d.16B, #%d", d, n, n, by)
}

// copy is a move between registers.
func (a *asm) copy(d, n v) {
	a.word(0x4ea01c00|uint32(n)<<16|uint32(n)<<5|uint32(d), "MOV V%d.16B, V%d.16B", d, n)
}

func (a *asm) zero(d v) { a.line("VEOR V%d.B16, V%d.B16, V%d.B16", d, d, d) }

// regs lists count registers from first for a load or store.
func regs(first v, count int, lanes string) string {
	var s []string
	for i := range count {
		s = append(s, fmt.Sprintf("V%d.%s", int(first)+i, lanes))
	}
	return "[" + strings.Join(s, ", ") + "]"
}

// load takes four registers, 16 lanes, from first on; with next it moves the address on.
func (a *asm) load(addr string, first v, next bool) {
	if next {
		a.line("VLD1.P 64(%s), %s", addr, regs(first, 4, "S4"))
		return
	}
	a.line("VLD1 (%s), %s", addr, regs(first, 4, "S4"))
}

func (a *asm) store(first v, addr string, next bool) {
	if next {
		a.line("VST1.P %s, 64(%s)", regs(first, 4, "S4"), addr)
		return
	}
	a.line("VST1 %s, (%s)", regs(first, 4, "S4"), addr)
}

// fill sets every lane of d to a constant.
func (a *asm) fill(d v, bits uint32) {
	a.line("MOVD $0x%08x, R16", bits)
	a.line("VDUP R16, V%d.S4", d)
}

// fillFrom sets every lane of d to the parameter at an offset.
func (a *asm) fillFrom(d v, name string, offset int) {
	a.line("MOVWU %s+%d(FP), R16", name, offset)
	a.line("VDUP R16, V%d.S4", d)
}

// fold reduces four registers from first on to lane 0 of the first: lane i takes i+8, then i+4, i+2, i+1. t is spent.
func (a *asm) fold(f func(d, n, m v), first, t v) {
	f(first, first, first+2)
	f(first+1, first+1, first+3)
	f(first, first, first+1)
	a.turn(t, first, 8)
	f(first, first, t)
	a.turn(t, first, 4)
	f(first, first, t)
}

// A param is a parameter of a function: a pointer or int by default, a float32 with its flag.
type param struct {
	name, kind string
}

// begin starts a function, loads its pointers and ints in R0 and up, and returns the offsets of all parameters.
func (a *asm) begin(name, doc string, params []param, result bool) map[string]int {
	offsets, at := map[string]int{}, 0
	var list []string
	for _, p := range params {
		size := 8
		if p.kind == "float32" {
			size = 4
		}
		at = (at + size - 1) / size * size
		offsets[p.name] = at
		at += size
		list = append(list, p.name+" "+p.kind)
	}
	returns := ""
	if result {
		at = (at + 7) / 8 * 8
		offsets["ret"] = at
		at += 4
		returns = " float32"
	}
	fmt.Fprintf(&a.stubs, "\n// %s %s\n//\n//go:noescape\nfunc %s(%s)%s\n", name, doc, name, strings.Join(list, ", "), returns)
	fmt.Fprintf(&a.code, "\n// func %s(%s)%s\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", name, strings.Join(list, ", "), returns, name, at)
	r := 0
	for _, p := range params {
		if p.kind != "float32" {
			a.line("MOVD %s+%d(FP), R%d", p.name, offsets[p.name], r)
			r++
		}
	}
	return offsets
}

func (a *asm) ret() { a.line("RET") }
