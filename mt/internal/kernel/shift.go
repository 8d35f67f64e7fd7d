package kernel

// ShiftBias returns the bias, nil standing for zeros, that makes up for the 127 which Mul, MulReLU and Best add to each activation:
// bias - (127*unquant) * sum of the column's weights, each step rounded as in Marian's intgemm_interface.h (PrepareBias).
func (m *Matrix) ShiftBias(bias []float32, unquant float32) []float32 {
	out := make([]float32, m.n)
	copy(out, bias)
	by := 127 * unquant
	for j, s := range m.sums {
		out[j] -= float32(by * float32(s))
	}
	return out
}
