package nn

import (
	"context"
	"math"

	"github.com/dragoman-newsroom/dragoman/mt/internal/kernel"
)

// encode runs the encoder over a group of sentences and makes a row of each. The sentences lie one behind the other, without
// padding: products take all their tokens as rows, attention takes each sentence by itself.
func (w *Worker) encode(ctx context.Context, group []*Job, opt Options) error {
	n, d := w.n, w.n.dim
	tokens, longest := 0, 0
	for _, j := range group {
		tokens += len(j.Source)
		longest = max(longest, len(j.Source))
	}
	w.roomForRows(tokens)
	w.keys = grow(w.keys, d*kernel.Pad(longest))
	w.scratch = grow(w.scratch, kernel.AttendScratch(min(queryRows, longest), longest))
	x := w.x[:tokens*d]
	at := 0
	for _, j := range group {
		for p, id := range j.Source {
			n.source.Embed(x[at:at+d], id, n.sourceScale, w.at(p))
			at += d
		}
	}
	for i := range n.encoder {
		if err := ctx.Err(); err != nil {
			return err
		}
		layer := &n.encoder[i]
		w.attendSelf(x, tokens, group, &layer.attention)
		w.feed(x, tokens, &layer.ffn)
	}
	return w.enter(x, tokens, group, opt)
}

// roomForRows makes the buffers large enough for so many rows.
func (w *Worker) roomForRows(rows int) {
	d := w.n.dim
	for _, b := range []*[]float32{&w.x, &w.q, &w.k, &w.v, &w.y} {
		*b = grow(*b, rows*d)
	}
	w.a = grow(w.a, rows*d)
	w.hidden = grow(w.hidden, rows*w.n.ffn)
}

// attendSelf replaces x by norm(x + attention of every sentence to itself).
func (w *Worker) attendSelf(x []float32, tokens int, group []*Job, a *attention) {
	d := w.n.dim
	w.project(x, tokens, []*product{&a.q, &a.k, &a.v}, [][]float32{w.q, w.k, w.v})
	at := 0
	for _, j := range group {
		length := len(j.Source)
		kernel.Transpose(w.keys, w.k[at*d:(at+length)*d], length, d)
		for from := 0; from < length; from += queryRows {
			rows := min(queryRows, length-from)
			q := w.q[(at+from)*d : (at+from+rows)*d]
			kernel.Attend(q, q, rows, w.keys, w.v[at*d:(at+length)*d], length, d, w.n.heads, w.n.attentionScale(), w.scratch, nil)
		}
		at += length
	}
	w.multiply(w.y, w.q, tokens, &a.o)
	kernel.AddNorm(x, x, w.y[:tokens*d], a.norm.scale, a.norm.bias)
}

func (n *Network) attentionScale() float32 {
	return float32(1 / math.Sqrt(float64(n.dim/n.heads)))
}

// enter makes a row of every sentence of the group: the decoder's keys and values do not change from step to step.
func (w *Worker) enter(x []float32, tokens int, group []*Job, opt Options) error {
	n, d := w.n, w.n.dim
	first := len(w.rows)
	for _, j := range group {
		r := w.newRow(len(j.Source))
		r.job, r.step, r.previous = j, 0, -1
		if err := w.shortlist(r, opt.Shortlist); err != nil {
			return err
		}
		w.rows = append(w.rows, r)
	}
	for l := range n.decoder {
		c := &n.decoder[l].context
		w.project(x, tokens, []*product{&c.k, &c.v}, [][]float32{w.k, w.v})
		at := 0
		for i, j := range group {
			length := len(j.Source)
			r := w.rows[first+i]
			r.keys[l] = grow(r.keys[l], d*kernel.Pad(length))
			kernel.Transpose(r.keys[l], w.k[at*d:(at+length)*d], length, d)
			r.values[l] = append(r.values[l][:0], w.v[at*d:(at+length)*d]...)
			at += length
		}
		state := make([]float32, 0, MaxRows*d)
		if cap(w.state[l]) >= MaxRows*d {
			state = w.state[l]
		}
		w.state[l] = state[:len(w.rows)*d]
		clear(w.state[l][first*d:])
	}
	return nil
}

// newRow takes the spare row whose buffers fit best.
func (w *Worker) newRow(length int) *row {
	if len(w.spare) == 0 {
		return &row{keys: make([][]float32, len(w.n.decoder)), values: make([][]float32, len(w.n.decoder))}
	}
	need := w.n.dim * kernel.Pad(length)
	best := 0
	for i, r := range w.spare {
		have, old := cap(r.keys[0]), cap(w.spare[best].keys[0])
		if (have >= need && (old < need || have < old)) || (have < need && old < need && have > old) {
			best = i
		}
	}
	r := w.spare[best]
	last := len(w.spare) - 1
	w.spare[best] = w.spare[last]
	w.spare = w.spare[:last]
	return r
}
