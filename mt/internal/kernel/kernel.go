// Package kernel holds the engine's hot loops: int8 matrix products and the float32 steps between them.
//
// Every loop has a twin in plain Go, always compiled, which defines the result; faster versions for particular machines are equal to
// it bit for bit, so a text translates alike everywhere. Integer sums are exact. Float sums are made in one fixed order: Lanes partial
// sums, element i going to lane i mod Lanes, folded by halves (lane i takes lane i+8, then i+4, i+2, i+1); where a comment says
// "in turn" there is one sum per result, taken in ascending order. No product is fused with the addition that follows it.
//
// The version is chosen once, when the program starts, by the processor's flags and a self-test against the twins; DRAGOMAN_KERNEL
// names another, and the build tag purego leaves only the twins. The package knows nothing of models: it gets slices and gives
// slices, holds no state but prepared matrices (which are read-only, for any number of goroutines), and never touches files or clock.
package kernel

import "math"

//go:generate go -C gen run ./avo -out ../kernel_amd64.s -stubs ../stubs_amd64.go -pkg kernel
//go:generate go -C gen run ./neon -out ../kernel_arm64.s -stubs ../stubs_arm64.go

// Lanes is the number of partial sums of a float32 sum, and the unit to which rows of transposed keys are padded (see Pad).
const Lanes = 16

// Pad rounds n up to a multiple of Lanes.
func Pad(n int) int { return (n + Lanes - 1) &^ (Lanes - 1) }

// A set is the kernels for one kind of machine. Lengths are checked, and whatever a vector loop cannot take is split off, before a
// function of a set is called; what each may assume stands beside it.
type set struct {
	name string

	layout layout // how a matrix is packed for mul
	// begin prepares the activations of a product for mul and mulReLU; nil if they need nothing.
	begin func(f *factors)
	// mul makes the columns from..to of a product, both multiples of blockN but for a to of f.m.n. Row r's begin at dst[r*stride].
	mul func(f *factors, dst []float32, stride, from, to int)
	// mulReLU is quantizeReLU of what mul makes, from and to both multiples of blockN; nil if it is not made at once.
	mulReLU func(f *factors, dst []int8, stride, from, to int, alpha float32)

	quantize     func(dst []int8, x []float32, alpha float32) // any length, len(x) == len(dst)
	quantizeReLU func(dst []int8, x []float32, alpha float32) // the same
	addNorm      func(dst, x, y, scale, bias []float32)       // one row; equal lengths, a multiple of Lanes
	gate         func(h, c, z, f []float32)                   // any length, all equal
	softmax      func(x []float32, rows, n int)               // rows of n each, a multiple of Lanes, not 0; padding is -Inf
	max          func(x []float32) float32                    // a multiple of Lanes, not 0
	sumExp       func(x []float32, max float32) float32       // a multiple of Lanes
	transpose    func(dst, src []float32, n, d int)           // as Transpose
	scores       func(dst []float32, q []float32, d, rows, dk int, kt []float32, stride int, scale float32)
	mix          func(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int)
}

// use is the set in use: init in choose.go is the only place that sets it.
var use = &portable

// Name says which kernels are in use, as DRAGOMAN_KERNEL would name them.
func Name() string { return use.name }

// portable is the twins.
var portable = set{
	name:         "portable",
	layout:       rowLayout{},
	mul:          mulRows,
	quantize:     quantize,
	quantizeReLU: quantizeReLU,
	addNorm:      addNorm,
	gate:         gate,
	softmax:      softmax,
	max:          maxOf,
	sumExp:       sumExp,
	transpose:    transpose,
	scores:       scores,
	mix:          mix,
}

// fold adds up the partial sums of a float32 sum in their fixed order.
func fold(s *[Lanes]float32) float32 {
	for w := Lanes / 2; w > 0; w /= 2 {
		for i := range w {
			s[i] += s[i+w]
		}
	}
	return s[0]
}

var negInf = float32(math.Inf(-1))
