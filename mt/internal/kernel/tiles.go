//go:build !purego && (amd64 || arm64)

package kernel

// tiles divides a product in groups of up to tile rows, from r on, and blocks of block columns, from j on.
//
// Few rows take all columns in a go. Where there are more, so many blocks come at a time that their weights stay in the second cache while the
// rows pass. The groups are as even as can be: the ones with a row or two are slow.
func (f *factors) tiles(tile, block, from, to int, do func(rows, r, j, blocks int)) {
	groups := (f.rows + tile - 1) / tile
	step := to - from
	if groups > 1 {
		step = max(1, 1<<18/(blockN*f.m.k)) * blockN
	}
	for j := from; j < to; j += step {
		blocks := (min(j+step, to) - j) / block
		r := 0
		for g := range groups {
			rows := (f.rows + g) / groups
			do(rows, r, j, blocks)
			r += rows
		}
	}
}

// lastBlock is the room for the columns from..to, which do not fill a block, and their bias.
func (f *factors) lastBlock(from, to int) (y, bias []float32) {
	if len(f.part) < (f.rows+1)*blockN {
		f.part = make([]float32, (f.rows+1)*blockN)
	}
	y, bias = f.part[blockN:], f.part[:blockN]
	clear(bias[copy(bias, f.bias[from:to]):])
	return y, bias
}

// copyLast takes the columns from lastBlock's room.
func (f *factors) copyLast(dst []float32, stride, n int, y []float32) {
	for r := range f.rows {
		copy(dst[r*stride:r*stride+n], y[r*blockN:])
	}
}
