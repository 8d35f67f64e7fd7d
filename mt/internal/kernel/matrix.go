package kernel

import "fmt"

// blockN is the columns that a packed matrix keeps together, and that a kernel makes in one go.
const blockN = 64

// maxK holds the sum of k products of two int8 well inside an int32.
const maxK = 1 << 16

// A Matrix is int8 weights, packed once for the kernels in use. It is read-only after Prepare or Select.
type Matrix struct {
	n, k   int
	set    *set
	layout layout
	packed []int8  // as layout has it
	sums   []int32 // of every column's weights; nil if the layout does not want them
	rest   []rest  // what a layout moved out of packed, by ascending column; nil for none
}

// rest is a part of the weight at column n and position k that is added by itself.
type rest struct {
	n, k int32
	w    int32
}

// A layout arranges weights for a kernel.
type layout interface {
	// pack fills m.packed and what else m needs from column j of w, k values at j*k, for all columns.
	pack(m *Matrix, w []int8)
	// column writes the weights of column j of m.
	column(dst []int8, m *Matrix, j int)
}

// Prepare packs the weights of n outputs (columns), for each k values in a row, for the kernels in use.
// It is an error if w is not n*k long, if k is out of range, or if a weight is -128, which the kernels' bounds exclude.
func Prepare(w []int8, n, k int) (*Matrix, error) {
	return prepare(use, w, n, k)
}

func prepare(s *set, w []int8, n, k int) (*Matrix, error) {
	if n <= 0 || k <= 0 || k > maxK || len(w)/k != n || len(w)%k != 0 {
		return nil, fmt.Errorf("packing %d weights as %d columns of %d", len(w), n, k)
	}
	for i, v := range w {
		if v == -128 {
			return nil, fmt.Errorf("packing weights: column %d, position %d is -128", i/k, i%k)
		}
	}
	m := &Matrix{n: n, k: k, set: s, layout: s.layout}
	if k%64 != 0 { // the vector kernels take whole registers; every trained model has such a k
		m.set, m.layout = &portable, portable.layout
	}
	m.layout.pack(m, w)
	return m, nil
}

// N is the number of columns, the width of a row of results.
func (m *Matrix) N() int { return m.n }

// K is the number of weights in a column, the width of a row of activations.
func (m *Matrix) K() int { return m.k }

// Column writes the K weights of column j to dst, as Prepare was given them.
func (m *Matrix) Column(dst []int8, j int) { m.layout.column(dst[:m.k], m, j) }

// Select returns the matrix of the given columns of m, in the given order: a shortlist.
func (m *Matrix) Select(columns []int32) (*Matrix, error) {
	w := make([]int8, len(columns)*m.k)
	for i, j := range columns {
		if j < 0 || int(j) >= m.n {
			return nil, fmt.Errorf("selecting column %d of %d", j, m.n)
		}
		m.layout.column(w[i*m.k:(i+1)*m.k], m, int(j))
	}
	return prepare(m.set, w, len(columns), m.k)
}

// Embed sets dst to the weights of column j times scale, plus pos, which is as long: an embedding and its position. A j below 0 stands
// for weights that are all 0.
func (m *Matrix) Embed(dst []float32, j int, scale float32, pos []float32) {
	if j < 0 {
		copy(dst, pos[:m.k])
		return
	}
	var buf [512]int8
	w := buf[:]
	if m.k > len(buf) {
		w = make([]int8, m.k)
	}
	m.Column(w, j)
	for i, v := range w[:m.k] {
		dst[i] = float32(float32(v)*scale) + pos[i]
	}
}

// Mul sets row r of dst, N long, to unquant times the exact integer products of row r of a, K long, with the columns of m, plus bias,
// which is N long or nil for none.
func (m *Matrix) Mul(dst []float32, a []int8, rows int, unquant float32, bias []float32) {
	if rows == 0 {
		return
	}
	m.set.mul(m, dst[:rows*m.n], m.n, a[:rows*m.k], rows, 0, m.n, unquant, m.biasOrZero(bias))
}

// MulReLU quantises by alpha what is positive of the results of Mul: the first half of a feed-forward layer, ready for the second.
func (m *Matrix) MulReLU(dst []int8, a []int8, rows int, unquant float32, bias []float32, alpha float32) {
	bias = m.biasOrZero(bias)
	var buf [8 * blockN]float32
	for r := 0; r < rows; r += 8 {
		these := min(8, rows-r)
		for from := 0; from < m.n; from += blockN {
			to := min(from+blockN, m.n)
			m.set.mul(m, buf[:], blockN, a[r*m.k:], these, from, to, unquant, bias[from:])
			for i := range these {
				use.quantizeReLU(dst[(r+i)*m.n+from:(r+i)*m.n+to], buf[i*blockN:i*blockN+to-from], alpha)
			}
		}
	}
}

var zeros [1 << 16]float32

func (m *Matrix) biasOrZero(bias []float32) []float32 {
	if bias != nil {
		return bias[:m.n]
	}
	if m.n <= len(zeros) {
		return zeros[:m.n]
	}
	return make([]float32, m.n)
}

// rowLayout keeps the weights as they come: the twin's.
type rowLayout struct{}

func (rowLayout) pack(m *Matrix, w []int8) { m.packed = append([]int8(nil), w...) }

func (rowLayout) column(dst []int8, m *Matrix, j int) { copy(dst, m.packed[j*m.k:(j+1)*m.k]) }

// mulRows is the twin: a plain dot product for every result.
func mulRows(m *Matrix, dst []float32, stride int, a []int8, rows, from, to int, unquant float32, bias []float32) {
	for r := range rows {
		x := a[r*m.k : (r+1)*m.k]
		for j := from; j < to; j++ {
			w := m.packed[j*m.k : (j+1)*m.k]
			var s int32
			for i, v := range x {
				s += int32(v) * int32(w[i])
			}
			dst[r*stride+j-from] = float32(unquant*float32(s)) + bias[j-from]
		}
	}
}
