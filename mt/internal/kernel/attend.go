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
// of d. A head's score is its slice of the query times that of the key, summed in four (see scores), times 1/sqrt(d/heads), passed as scale; the
// weights are the softmax of the scores, and a row of out is the values times their weights, summed in four.
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

// scores sets row r of dst, stride long, to scale times the products of the dk values of q at r*d with the columns of kt. dk is a
// multiple of 4. Each is made of four sums, element i in sum i mod 4, added as (0+1)+(2+3): closer to the true sum than one in turn (of 180
// FLORES sentences 174 then come out as the reference has them, before 169), and four additions are under way at once.
func scores(dst []float32, q []float32, d, rows, dk int, kt []float32, stride int, scale float32) {
	for r := range rows {
		for j := range stride {
			var s [4]float32
			for i := range dk {
				s[i%4] += float32(q[r*d+i] * kt[i*stride+j])
			}
			dst[r*stride+j] = scale * ((s[0] + s[1]) + (s[2] + s[3]))
		}
	}
}

// mix sets dk values of dst at r*d to the n rows of v, d apart, times the weights p at r*stride, in four sums as scores.
func mix(dst []float32, d int, p []float32, stride, rows, dk int, v []float32, n int) {
	for r := range rows {
		for i := range dk {
			var s [4]float32
			for j := range n {
				s[j%4] += float32(p[r*stride+j] * v[j*d+i])
			}
			dst[r*d+i] = (s[0] + s[1]) + (s[2] + s[3])
		}
	}
}
