package kernel

import "math"

// Quantize sets dst[i] to x[i]*alpha, rounded to the nearest integer (halves to even) and held to ±127. len(dst) must be len(x).
func Quantize(dst []int8, x []float32, alpha float32) {
	use.quantize(dst[:len(x)], x, alpha)
}

// QuantizeReLU is Quantize of max(x, 0).
func QuantizeReLU(dst []int8, x []float32, alpha float32) {
	use.quantizeReLU(dst[:len(x)], x, alpha)
}

func quantize(dst []int8, x []float32, alpha float32) {
	for i, v := range x {
		dst[i] = round(v * alpha)
	}
}

func quantizeReLU(dst []int8, x []float32, alpha float32) {
	for i, v := range x {
		if !(v > 0) {
			v = 0
		}
		dst[i] = round(v * alpha)
	}
}

// round holds v to ±127 before it rounds, so that no conversion overflows. What is not a number becomes 127, as VMINPS has it.
func round(v float32) int8 {
	if !(v < 127) {
		v = 127
	}
	if v < -127 {
		v = -127
	}
	return int8(math.RoundToEven(float64(v)))
}
