package kernel

// pairBlock is the columns of a block of pairLayout.
const pairBlock = 16

// pairBound is what the positive weights that meet in a 16-bit sum may add up to, and the negative ones too: activations are at most
// 254 there, and 254*129 is the last multiple below 1<<15.
const pairBound = 129

// pairLayout lays weights as groupLayout{16, 4, -128} does, but as they are, for an instruction that adds two products in 16 bits, and whose results are
// added once more before they are widened. So four weights of a column meet in a sum, at k, k+1, k+4 and k+5 or two further, and
// what in them goes beyond pairBound is taken out and kept in rest. That is seldom: some weights in ten thousand of a trained model.
type pairLayout struct{}

func (l pairLayout) pack(m *Matrix, w []int8) {
	blocks := (m.n + pairBlock - 1) / pairBlock
	m.packed = m.weights(blocks * pairBlock * m.k)
	m.restFrom = make([]int32, blocks+1)
	column := make([]int8, m.k)
	for j := range m.n {
		copy(column, w[j*m.k:(j+1)*m.k])
		for k := 0; k < m.k; k += 8 {
			c := column[k : k+8 : k+8]
			if beyond(c[0], c[1], c[4], c[5]) {
				m.thin(column, j, [4]int{k, k + 1, k + 4, k + 5})
			}
			if beyond(c[2], c[3], c[6], c[7]) {
				m.thin(column, j, [4]int{k + 2, k + 3, k + 6, k + 7})
			}
		}
		at := l.at(m, j)
		for k := 0; k < m.k; k += 4 {
			copy(m.packed[at:at+4], column[k:k+4])
			at += 4 * pairBlock
		}
		m.restFrom[j/pairBlock+1] = int32(len(m.rest))
	}
}

// beyond says whether four weights go beyond the bound on either side of 0.
func beyond(a, b, c, d int8) bool {
	sum := int32(a) + int32(b) + int32(c) + int32(d)
	size := abs(a) + abs(b) + abs(c) + abs(d) // the positive ones are (size+sum)/2, the others (size-sum)/2
	return size+sum > 2*pairBound || size-sum > 2*pairBound
}

func abs(x int8) int32 {
	sign := int32(x) >> 31
	return (int32(x) ^ sign) - sign
}

// thin moves what four weights of column j have beyond the bound to m.rest, on either side of 0.
func (m *Matrix) thin(column []int8, j int, at [4]int) {
	for _, sign := range [...]int32{1, -1} {
		excess := int32(-pairBound)
		for _, k := range at {
			excess += max(sign*int32(column[k]), 0)
		}
		for excess > 0 {
			most := at[0]
			for _, k := range at {
				if sign*int32(column[k]) > sign*int32(column[most]) {
					most = k
				}
			}
			out := min(excess, sign*int32(column[most]))
			m.rest = append(m.rest, rest{int32(j), int32(most), sign * out})
			column[most] -= int8(sign * out)
			excess -= out
		}
	}
}

func (l pairLayout) column(dst []int8, m *Matrix, j int) {
	at := l.at(m, j)
	for k := 0; k < m.k; k += 4 {
		copy(dst[k:k+4], m.packed[at:at+4])
		at += 4 * pairBlock
	}
	for _, r := range m.rest[m.restFrom[j/pairBlock]:m.restFrom[j/pairBlock+1]] {
		if int(r.n) == j {
			dst[r.k] += int8(r.w)
		}
	}
}

func (pairLayout) at(m *Matrix, j int) int {
	return j/pairBlock*pairBlock*m.k + j%pairBlock*4
}

func (pairLayout) take(out, m *Matrix, columns []int32) { takeColumns(out, m, columns) }
