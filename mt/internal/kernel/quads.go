package kernel

// quadLayout lays weights in blocks of so many columns; in a block, the weights k to k+3 of each column in turn, then k+4 to k+7 of each.
// A register of such groups times four activations gives one sum to a column. The last block is filled up with columns of zeros.
// flip is -128 where the instruction wants the weights unsigned, with 128 added (the top bit flipped), or 0. columns holds 127 times the sums.
type quadLayout struct {
	block int
	flip  int8
}

func (l quadLayout) pack(m *Matrix, w []int8) {
	l.room(m)
	for j := range m.n {
		column := w[j*m.k : (j+1)*m.k]
		at := l.start(m, j)
		for k := 0; k < m.k; k += 4 {
			q := m.packed[at : at+4 : at+4]
			q[0], q[1], q[2], q[3] = column[k]^l.flip, column[k+1]^l.flip, column[k+2]^l.flip, column[k+3]^l.flip
			at += 4 * l.block
		}
	}
}

// room makes m's slices, with zeros for the weights that fill up the last block.
func (l quadLayout) room(m *Matrix) {
	blocks := (m.n + l.block - 1) / l.block
	m.packed = make([]int8, blocks*l.block*m.k)
	if l.flip != 0 && m.n%l.block != 0 {
		last := m.packed[(blocks-1)*l.block*m.k:]
		for i := range last {
			last[i] = l.flip
		}
	}
	m.columns = make([]int32, blocks*l.block)
	for j, s := range m.sums {
		m.columns[j] = 127 * s
	}
}

// take copies the groups of four as they are: a shortlist is made for every sentence.
func (l quadLayout) take(out, m *Matrix, columns []int32) {
	l.room(out)
	step := 4 * l.block
	for i, j := range columns {
		to, from := out.packed[l.start(out, i):], m.packed[l.start(m, int(j)):]
		for k := 0; k < m.k*l.block; k += step {
			copy(to[k:k+4], from[k:k+4])
		}
	}
}

func (l quadLayout) column(dst []int8, m *Matrix, j int) {
	at := l.start(m, j)
	for k := 0; k < m.k; k += 4 {
		q := m.packed[at : at+4 : at+4]
		dst[k], dst[k+1], dst[k+2], dst[k+3] = q[0]^l.flip, q[1]^l.flip, q[2]^l.flip, q[3]^l.flip
		at += 4 * l.block
	}
}

// start is where the first weights of column j lie.
func (l quadLayout) start(m *Matrix, j int) int {
	return j/l.block*l.block*m.k + j%l.block*4
}
