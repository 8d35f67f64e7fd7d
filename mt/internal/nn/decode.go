package nn

import "github.com/dragoman-newsroom/dragoman/mt/internal/kernel"

// step writes the next token of every row, and takes out the rows that ended.
func (w *Worker) step(opt Options) {
	n, d := w.n, w.n.dim
	rows := len(w.rows)
	w.roomForRows(rows)
	x := w.x[:rows*d]
	for i, r := range w.rows {
		// The first step sees the zero vector, which is no token's embedding; Embed takes a negative id for it.
		n.target.Embed(x[i*d:(i+1)*d], r.previous, n.targetScale, w.at(r.step))
	}
	for l := range n.decoder {
		layer := &n.decoder[l]
		w.project(x, rows, []*product{&layer.w, &layer.wf}, [][]float32{w.k, w.v})
		h := w.k[:rows*d]
		kernel.Gate(h, w.state[l], h, w.v[:rows*d])
		kernel.AddNorm(x, x, h, layer.norm.scale, layer.norm.bias)
		w.attendSource(x, rows, l, opt)
		w.feed(x, rows, &layer.ffn)
	}
	a := w.a[:rows*d]
	kernel.Quantize(a, x, n.output.alpha)
	if opt.Shortlist == nil {
		n.output.m.Best(w.tops[:rows], a, rows, n.output.unquant, n.output.bias, unknown, opt.Scores)
	} else {
		for i, r := range w.rows {
			r.output.m.Best(w.tops[i:i+1], a[i*d:(i+1)*d], 1, r.output.unquant, r.output.bias, r.exclude, opt.Scores)
		}
	}
	w.accept(opt)
}

// attendSource replaces x by norm(x + attention of every row to its source). Head 0 of the last layer was trained to be the
// alignment (guided alignment), so its weights are kept.
func (w *Worker) attendSource(x []float32, rows, l int, opt Options) {
	n, d := w.n, w.n.dim
	c := &n.decoder[l].context
	w.project(x, rows, []*product{&c.q}, [][]float32{w.q})
	for i, r := range w.rows {
		length := len(r.job.Source)
		var first []float32
		if opt.Alignment && l == len(n.decoder)-1 {
			first = r.job.nextWeights()
		}
		w.scratch = grow(w.scratch, kernel.AttendScratch(1, length))
		q := w.q[i*d : (i+1)*d]
		kernel.Attend(q, q, 1, r.keys[l], r.values[l], length, d, n.heads, n.attentionScale(), w.scratch, first)
	}
	w.multiply(w.y, w.q, rows, &c.o)
	kernel.AddNorm(x, x, w.y[:rows*d], c.norm.scale, c.norm.bias)
}

// nextWeights returns room for one more row of the alignment.
func (j *Job) nextWeights() []float32 {
	length := len(j.Source)
	if j.Weights == nil {
		j.Weights = make([]float32, 0, length*(min(length, j.Limit)+4))
	}
	at := len(j.Weights)
	if at+length > cap(j.Weights) {
		grown := make([]float32, at, at+at/2+length)
		copy(grown, j.Weights)
		j.Weights = grown
	}
	j.Weights = j.Weights[:at+length]
	return j.Weights[at:]
}

// accept takes the best tokens into their sentences; the last row moves to where one ended.
func (w *Worker) accept(opt Options) {
	d := w.n.dim
	for i := 0; i < len(w.rows); {
		r, top := w.rows[i], w.tops[i]
		id := top.Index
		if r.ids != nil {
			id = int(r.ids[id])
		}
		if opt.Scores {
			r.job.LogProbs = append(r.job.LogProbs, top.LogProb())
		}
		if id == eos {
			r.job.Ended = true
		} else {
			r.job.IDs = append(r.job.IDs, id)
		}
		r.previous = id
		r.step++
		if id != eos && r.step < r.job.Limit {
			i++
			continue
		}
		last := len(w.rows) - 1
		w.rows[i], w.tops[i] = w.rows[last], w.tops[last]
		for l := range w.state {
			copy(w.state[l][i*d:(i+1)*d], w.state[l][last*d:(last+1)*d])
			w.state[l] = w.state[l][:last*d]
		}
		w.rows = w.rows[:last]
		w.retire(r)
	}
}
