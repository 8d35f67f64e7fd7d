package kernel

import "encoding/binary"

// groupLayout lays weights in blocks of so many columns; in a block, the first group of weights of each column in turn, then the second of
// each, and so on. A group is as many as an instruction adds up in one lane or pair of lanes, 4 or 8, so a register of groups times one group
// of activations gives a sum to a column. The last block is filled up with columns of zeros.
// flip is -128 where the instruction wants the weights unsigned, with 128 added (the top bit flipped), or 0. columns holds 127 times the sums.
type groupLayout struct {
	block, group int
	flip         int8
}

func (l groupLayout) pack(m *Matrix, w []int8) {
	l.room(m)
	step := l.group * l.block
	for j := range m.n {
		column, to := w[j*m.k:(j+1)*m.k], m.packed[l.start(m, j):]
		if l.group == 4 {
			packFours(bytesOf(to), bytesOf(column), step, uint8(l.flip))
			continue
		}
		for at := 0; len(column) > 0; at += step {
			group := to[at : at+l.group]
			for i, v := range column[:l.group] {
				group[i] = v ^ l.flip
			}
			column = column[l.group:]
		}
	}
}

// room makes m's slices, with zeros for the weights that fill up the last block.
func (l groupLayout) room(m *Matrix) {
	blocks := (m.n + l.block - 1) / l.block
	m.packed = m.weights(blocks * l.block * m.k)
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

// take copies the groups as they are: a shortlist is made for every sentence.
func (l groupLayout) take(out, m *Matrix, columns []int32) {
	l.room(out)
	step := l.group * l.block
	for i, j := range columns {
		to, from := out.packed[l.start(out, i):], m.packed[l.start(m, int(j)):]
		for at := 0; at < m.k*l.block; at += step {
			if l.group == 4 { // a length that the compiler knows makes it one move
				copy(to[at:at+4], from[at:at+4])
				continue
			}
			copy(to[at:at+l.group], from[at:at+l.group])
		}
	}
}

func (l groupLayout) column(dst []int8, m *Matrix, j int) {
	from, step := m.packed[l.start(m, j):], l.group*l.block
	for at := 0; len(dst) > 0; at += step {
		for i, v := range from[at : at+l.group] {
			dst[i] = v ^ l.flip
		}
		dst = dst[l.group:]
	}
}

// start is where the first group of column j lies.
func (l groupLayout) start(m *Matrix, j int) int {
	return j/l.block*l.block*m.k + j%l.block*l.group
}

// packFours writes four bytes after four of column to to, step apart, each with the bits of flip turned round.
func packFours(to, column []byte, step int, flip uint8) {
	by := uint32(flip) * 0x01010101
	at := 0
	for ; len(column) >= 4; column = column[4:] {
		binary.LittleEndian.PutUint32(to[at:], binary.LittleEndian.Uint32(column)^by)
		at += step
	}
}
