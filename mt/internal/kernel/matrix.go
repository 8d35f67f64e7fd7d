package kernel

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

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
	sums   []int32 // of every column's weights

	lasting bool // made by Prepare, to be kept; not by Select, for a sentence

	columns []int32 // of quadLayout

	// Of pairLayout.
	rest     []rest  // by ascending column
	restFrom []int32 // where in rest each block of columns begins, and the end
}

// rest is a part of the weight at column n and position k that is added by itself.
type rest struct{ n, k, w int32 }

// A layout arranges weights for a kernel.
type layout interface {
	// pack fills m.packed and what else m needs from column j of w, k values at j*k, for all columns.
	pack(m *Matrix, w []int8)
	// column writes the weights of column j of m.
	column(dst []int8, m *Matrix, j int)
	// take fills out.packed, and what else out needs, from some columns of m.
	take(out, m *Matrix, columns []int32)
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
	m := &Matrix{n: n, k: k, set: s, layout: s.layout, sums: make([]int32, n)}
	for j := range m.sums {
		column := w[j*k : (j+1)*k]
		var lowest bool
		if m.sums[j], lowest = sumOf(column); lowest {
			return nil, fmt.Errorf("packing weights: column %d, position %d is -128", j, slices.Index(column, -128))
		}
	}
	if k%64 != 0 { // the vector kernels take whole registers; every trained model has such a k
		m.set, m.layout = &portable, portable.layout
	}
	m.lasting = true
	m.layout.pack(m, w)
	return m, nil
}

// N is the number of columns, the width of a row of results.
func (m *Matrix) N() int { return m.n }

// K is the number of weights in a column, the width of a row of activations.
func (m *Matrix) K() int { return m.k }

// Column writes the K weights of column j to dst, as Prepare was given them.
func (m *Matrix) Column(dst []int8, j int) { m.layout.column(dst[:m.k], m, j) }

// Select returns the matrix of the given columns of m, in the given order: a shortlist. It is made in the memory of old, which Select returned
// before and nobody uses any more, or anew if old is nil.
func (m *Matrix) Select(columns []int32, old *Matrix) (*Matrix, error) {
	if len(columns) == 0 {
		return nil, errors.New("selecting no columns")
	}
	for _, j := range columns {
		if j < 0 || int(j) >= m.n {
			return nil, fmt.Errorf("selecting column %d of %d", j, m.n)
		}
	}
	out := &Matrix{n: len(columns), k: m.k, set: m.set, layout: m.layout}
	if old != nil {
		out.packed, out.sums = old.packed, old.sums
	}
	if cap(out.sums) < len(columns) {
		out.sums = make([]int32, len(columns))
	}
	out.sums = out.sums[:len(columns)]
	for i, j := range columns {
		out.sums[i] = m.sums[j]
	}
	m.layout.take(out, m, columns)
	return out, nil
}

// takeColumns is take for any layout.
func takeColumns(out, m *Matrix, columns []int32) {
	w := make([]int8, len(columns)*m.k)
	for i, j := range columns {
		m.layout.column(w[i*m.k:(i+1)*m.k], m, int(j))
	}
	out.layout.pack(out, w)
}

// columns are scratch for Embed, which is called for every token.
var columns = sync.Pool{New: func() any { return new([]int8) }}

// Embed sets dst to the weights of column j times scale, plus pos, which is as long: an embedding and its position. A j below 0 stands
// for weights that are all 0.
func (m *Matrix) Embed(dst []float32, j int, scale float32, pos []float32) {
	if j < 0 {
		copy(dst, pos[:m.k])
		return
	}
	buf := columns.Get().(*[]int8)
	defer columns.Put(buf)
	if len(*buf) < m.k {
		*buf = make([]int8, m.k)
	}
	w := (*buf)[:m.k]
	m.Column(w, j)
	for i, v := range w {
		dst[i] = float32(float32(v)*scale) + pos[i]
	}
}

// Mul sets row r of dst, N long, to unquant times the exact integer products of row r of a, K long, 127 added to each, with the columns of
// m, plus bias, which is N long or nil for none. ShiftBias makes a bias that takes the 127 back.
func (m *Matrix) Mul(dst []float32, a []int8, rows int, unquant float32, bias []float32) {
	if rows == 0 {
		return
	}
	f := m.factors(a, rows, unquant, bias)
	m.set.mul(f, dst[:rows*m.n], m.n, 0, m.n)
	f.done()
}

// MulReLU quantises by alpha what is positive of the results of Mul: the first half of a feed-forward layer, ready for the second.
func (m *Matrix) MulReLU(dst []int8, a []int8, rows int, unquant float32, bias []float32, alpha float32) {
	if rows == 0 {
		return
	}
	dst = dst[:rows*m.n]
	f := m.factors(a, rows, unquant, bias)
	defer f.done()
	from := 0
	if m.set.mulReLU != nil {
		from = m.n &^ (blockN - 1)
		m.set.mulReLU(f, dst, m.n, 0, from, alpha)
	}
	y := f.room(rows * logitsN)
	for ; from < m.n; from += logitsN {
		to := min(from+logitsN, m.n)
		m.set.mul(f, y, logitsN, from, to)
		for r := range rows {
			use.quantizeReLU(dst[r*m.n+from:r*m.n+to], y[r*logitsN:r*logitsN+to-from], alpha)
		}
	}
}

// Factors are what goes into a product, and room for what is made on the way.
type factors struct {
	m       *Matrix
	a       []int8
	rows    int
	unquant float32
	bias    []float32
	start   []int32   // what set.begin made of the rows
	shifted []uint8   // the same
	y       []float32 // see room
	part    []float32 // for the columns that do not fill a block
}

var factorPool = sync.Pool{New: func() any { return new(factors) }}

// factors checks and prepares the activations of a product, in at least one row.
func (m *Matrix) factors(a []int8, rows int, unquant float32, bias []float32) *factors {
	f := factorPool.Get().(*factors)
	f.m, f.a, f.rows, f.unquant, f.bias = m, a[:rows*m.k], rows, unquant, zeros[:]
	switch {
	case bias != nil:
		f.bias = bias[:m.n]
	case m.n > len(zeros):
		f.bias = make([]float32, m.n)
	}
	if m.set.begin != nil {
		m.set.begin(f)
	}
	return f
}

// done gives f back; nothing of the caller's stays in it.
func (f *factors) done() {
	f.m, f.a, f.bias = nil, nil, nil
	factorPool.Put(f)
}

// room gives scratch for n values.
func (f *factors) room(n int) []float32 {
	if len(f.y) < n {
		f.y = make([]float32, n)
	}
	return f.y[:n]
}

var zeros [1 << 16]float32

// rowLayout keeps the weights as they come: the twin's.
type rowLayout struct{}

func (rowLayout) pack(m *Matrix, w []int8) {
	m.packed = m.weights(len(w))
	copy(m.packed, w)
}

func (rowLayout) column(dst []int8, m *Matrix, j int) { copy(dst, m.packed[j*m.k:(j+1)*m.k]) }

func (rowLayout) take(out, m *Matrix, columns []int32) { takeColumns(out, m, columns) }

// mulRows is the twin: a plain dot product for every result, of activations with 127 added to each.
//
// The 127 is Marian's ("int8shiftAlphaAll"); ShiftBias takes it back in the bias. The integers would be as exact without it, but
// the two roundings that follow fall elsewhere: with it 170 of 180 FLORES sentences come out as the reference has them, without it 141.
func mulRows(f *factors, dst []float32, stride, from, to int) {
	m := f.m
	for r := range f.rows {
		x := f.a[r*m.k : (r+1)*m.k]
		for j := from; j < to; j++ {
			w := m.packed[j*m.k : (j+1)*m.k]
			var s int32
			for i, v := range x {
				s += (int32(v) + 127) * int32(w[i])
			}
			dst[r*stride+j-from] = float32(f.unquant*float32(s)) + f.bias[j]
		}
	}
}
