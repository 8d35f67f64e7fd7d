package kernel

// Transpose writes the keys src, n rows of d values, as d rows of Pad(n) values, which is how Attend reads them: a vector loop then
// makes Lanes scores at once. The padding is something finite. dst holds d*Pad(n) values; n is not 0.
func Transpose(dst, src []float32, n, d int) {
	use.transpose(dst[:d*Pad(n)], src[:n*d], n, d)
}

func transpose(dst, src []float32, n, d int) {
	stride := Pad(n)
	for i := range d {
		row := dst[i*stride : (i+1)*stride]
		for j := range n {
			row[j] = src[j*d+i]
		}
		clear(row[n:])
	}
}

// oneTime is how many rows of scores, at least, are made before their softmax: of one query, so many heads'.
const oneTime = 8

// AttendScratch is the length of scratch that Attend needs.
func AttendScratch(rows, n int) int { return max(rows, oneTime) * Pad(n) }

// Attend is multi-head attention of rows queries over n keys and values, n > 0.
//
// q and out are rows of d values, each divided in heads slices of d/heads; kt is the keys as Transpose lays them, v the values as n rows
// of d. A head's score is its slice of the query times that of the key, summed in turn, times 1/sqrt(d/heads), passed as scale; the
// weights are the softmax of the scores, and a row of out is the values times their weights, summed in turn.
// If first is not nil it receives the weights of head 0, rows rows of n. out may be q.
func Attend(out, q []float32, rows int, kt, v []float32, n, d, heads int, scale float32, scratch, first []float32) {
	stride, dk := Pad(n), d/heads
	group := max(1, oneTime/rows)
	for h := 0; h < heads; h += group {
		these := min(group, heads-h)
		p := scratch[:these*rows*stride]
		for i := range these {
			at := (h + i) * dk
			use.scores(p[i*rows*stride:], q[at:], d, rows, dk, kt[at*stride:], stride, scale)
		}
		if n < stride {
			for r := range these * rows {
				pad := p[r*stride+n : (r+1)*stride]
				for j := range pad {
					pad[j] = negInf
				}
			}
		}
		use.softmax(p, these*rows, stride)
		if first != nil && h == 0 {
			for r := range rows {
				copy(first[r*n:(r+1)*n], p[r*stride:])
			}
		}
		for i := range these {
			at := (h + i) * dk
			use.mix(out[at:], d, p[i*rows*stride:], stride, rows, dk, v[at:], n)
		}
	}
}

// scores sets row r of dst, stride long, to scale times the products of the dk values of q at r*d with the columns of kt.
func scores(dst []float32, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
	for r := range rows {
		row := dst[r*stride : (r+1)*stride]
		clear(row)
		for i := range dk {
			x := q[r*d+i]
			for j, y := range kt[i*stride : (i+1)*stride] {
				row[j] += float32(x * y)
			}
		}
		for j := range row {
			row[j] *= scale
		}
	}
}

// mix sets dk values of dst at r*d to the n rows of v, d apart, times the weights p at r*stride.
func mix(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {
	for r := range rows {
		row := dst[r*d : r*d+dk]
		clear(row)
		for j, w := range p[r*stride : r*stride+n] {
			for i, x := range v[j*d : j*d+dk] {
				row[i] += float32(w * x)
			}
		}
	}
}
