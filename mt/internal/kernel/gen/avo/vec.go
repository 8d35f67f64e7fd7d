package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A width says with which registers a loop over 16 lanes is made.
type width int

const (
	avx2   width = 256
	avx512 width = 512
)

func (w width) name() string {
	if w == avx512 {
		return "AVX512"
	}
	return "AVX2"
}

// bytes is the size of a register.
func (w width) bytes() int { return int(w) / 8 }

// A vec is 16 float32 or int32 lanes, in one register or two.
type vec []reg.VecVirtual

func (w width) vec() vec {
	if w == avx512 {
		return vec{ZMM()}
	}
	return vec{YMM(), YMM()}
}

// vecs is n vecs in one.
func (w width) vecs(n int) vec {
	var v vec
	for range n {
		v = append(v, w.vec()...)
	}
	return v
}

// one is a register of which every lane holds the same: it serves both halves of a vec.
func (w width) one() reg.VecVirtual {
	if w == avx512 {
		return ZMM()
	}
	return YMM()
}

// op applies a three-operand instruction lane by lane; x and y come in the order of Intel's manual, f in that of Go's assembler.
func op(f func(...Op), x, y, dst vec) {
	for i := range dst {
		f(y[i], x[i], dst[i])
	}
}

// op1 is op with the same register as y for all lanes.
func op1(f func(...Op), x vec, y Op, dst vec) {
	for i := range dst {
		f(y, x[i], dst[i])
	}
}

func (w width) load(m Mem, dst vec) {
	for i := range dst {
		VMOVUPS(m.Offset(i*w.bytes()), dst[i])
	}
}

func (w width) store(src vec, m Mem) {
	for i := range src {
		VMOVUPS(src[i], m.Offset(i*w.bytes()))
	}
}

// zero clears v. The 256-bit form of the instruction clears the whole register, and needs no more than AVX.
func zero(v reg.VecVirtual) {
	if v.Size() == 64 {
		VPXORD(v, v, v)
		return
	}
	VXORPS(v, v, v)
}

func (v vec) zero() {
	for _, r := range v {
		zero(r)
	}
}

// xmm and ymm are the low lanes of r.
func xmm(r reg.VecVirtual) reg.Register { return r.AsX() }
func ymm(r reg.VecVirtual) reg.Register { return r.AsY() }

// constants are 16 lanes each, in read-only memory.
var constants = map[string]Mem{}

// setConstants writes the constants, which the twins declare under the same names.
func setConstants() {
	for _, c := range []struct {
		name string
		bits uint32
	}{
		{"zero", 0},
		{"one", math.Float32bits(1)},
		{"low", math.Float32bits(-127)},
		{"high", math.Float32bits(127)},
		{"normEps", math.Float32bits(1e-6)},
		{"expMin", math.Float32bits(-200)},
		{"expMax", math.Float32bits(88)},
		{"expLog2e", math.Float32bits(1.44269504088896341)},
		{"expMagic", math.Float32bits(3 << 22)},
		{"expBias", 0x100000000 + 127 - 0x4b400000},
		{"expLn2Hi", math.Float32bits(0.693359375)},
		{"expLn2Lo", math.Float32bits(-2.12194440e-4)},
		{"expC5", math.Float32bits(1.9875691500e-4)},
		{"expC4", math.Float32bits(1.3981999507e-3)},
		{"expC3", math.Float32bits(8.3334519073e-3)},
		{"expC2", math.Float32bits(4.1665795894e-2)},
		{"expC1", math.Float32bits(1.6666665459e-1)},
		{"expC0", math.Float32bits(5.0000001201e-1)},
		{"pow2Min", math.Float32bits(-125)},
		{"pow2C4", math.Float32bits(0.00957010221)},
		{"pow2C3", math.Float32bits(0.0559178591)},
		{"pow2C2", math.Float32bits(0.240247443)},
		{"pow2C1", math.Float32bits(0.693121791)},
		{"pow2C0", math.Float32bits(0.999999285)},
		{"ones8", 0x01010101},
		{"ones16", 0x00010001},
		{"shift8", 0x7f7f7f7f},
	} {
		constants[c.name] = GLOBL(c.name, attr.RODATA|attr.NOPTR)
		for pair := range 8 {
			DATA(8*pair, U64(uint64(c.bits)<<32|uint64(c.bits)))
		}
	}
}

// constant gives the constant called name: in a register where there are 32 of them, in memory where there are 16.
func (w width) constant(name string) Op {
	if w == avx2 {
		return constants[name]
	}
	r := ZMM()
	VMOVUPS(constants[name], r)
	return r
}

// fold reduces v to its lowest lane by halves: lane i takes i+8, then i+4, i+2, i+1. v is spent.
func (w width) fold(f func(...Op), v vec) reg.Register {
	a := v[0]
	if w == avx512 {
		t := YMM()
		VEXTRACTF64X4(U8(1), a, t)
		f(t, ymm(a), ymm(a))
	} else {
		f(v[1], a, a)
	}
	t := XMM()
	if w == avx512 { // which reaches the registers above 15
		VEXTRACTF32X4(U8(1), ymm(a), t)
	} else {
		VEXTRACTF128(U8(1), ymm(a), t)
	}
	f(t, xmm(a), xmm(a))
	VPERMILPS(U8(0b1110), xmm(a), t)
	f(t, xmm(a), xmm(a))
	VPERMILPS(U8(0b01), xmm(a), t)
	f(t, xmm(a), xmm(a))
	return xmm(a)
}

// all fills a register with the lowest lane of x.
func (w width) all(x reg.Register) reg.VecVirtual {
	r := w.one()
	VBROADCASTSS(x, r)
	return r
}

// text begins a function, with the comment of its stub.
func text(name, signature string, doc ...string) {
	TEXT(name, NOSPLIT, signature)
	Doc(doc...)
	Pragma("noescape")
}

// ptr loads the address in the parameter called name.
func ptr(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// at is the address base+offset.
func at(base reg.Register, offset int) Mem { return Mem{Base: base, Disp: offset} }

// done ends a function.
func done() {
	VZEROUPPER()
	RET()
}

// parameter fills a register with the float parameter called name.
func (w width) parameter(name string) reg.VecVirtual {
	p, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	r := w.one()
	VBROADCASTSS(p.Addr, r)
	return r
}

// result returns the lowest lane of x.
func result(x reg.Register) {
	r, err := ReturnIndex(0).Resolve()
	if err != nil {
		panic(err)
	}
	VMOVSS(x, r.Addr)
	done()
}
