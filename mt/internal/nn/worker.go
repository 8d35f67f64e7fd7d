package nn

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/mt/internal/format"
	"github.com/dragoman-newsroom/dragoman/mt/internal/kernel"
)

// A Job is a sentence to translate. Run fills what stands below Limit.
type Job struct {
	Source []int // ids, the end-of-sentence last; at least two
	Limit  int   // steps at most, the end's included

	IDs      []int     // target ids, without the end-of-sentence
	Ended    bool      // false: stopped at Limit
	Weights  []float32 // a row of len(Source) for every id, and one for the end when Ended; each sums to 1. Nil where not asked for
	LogProbs []float32 // of every id, and of the end when Ended; nil where not asked for
}

// Options say what Run shall make.
type Options struct {
	Shortlist *format.Shortlist // nil: the whole vocabulary
	Scores    bool              // fill LogProbs
	Alignment bool              // fill Weights
	Rows      int               // sentences decoded in lockstep, at most MaxRows; 0 for MaxRows
}

// What a worker holds at a time. Together they bound its memory, see Network.WorkerBytes.
const (
	MaxRows    = 16   // sentences decoded in lockstep: more gain nothing, the kernels are full
	encodeSize = 256  // tokens encoded together, unless one sentence has more
	decodeSize = 1024 // source tokens of the sentences in lockstep, unless one has more
	queryRows  = 64   // rows of attention weights at a time
)

// A Worker has the buffers for one goroutine. Make one with Network.Worker.
type Worker struct {
	n *Network

	x, q, k, v, y []float32 // encodeSize rows of dim
	a             []int8    // the same, quantised; rows of the widest product
	hidden        []int8
	keys          []float32 // of one sentence, transposed
	scratch       []float32
	position      []float32

	rows  []*row // being decoded
	spare []*row
	state [][]float32 // for each layer, the recurrent state of every row
	tops  []kernel.Top
	used  []bool
}

// A row is a sentence being decoded.
type row struct {
	job      *Job
	step     int
	previous int         // id, -1 before the first
	keys     [][]float32 // for each layer dim x Pad(len(Source)), as kernel.Attend reads them
	values   [][]float32 // for each layer len(Source) x dim
	output   product     // the whole output layer, or the columns of its shortlist
	ids      []int32     // of the columns; nil when output is the whole layer
	exclude  int         // the column of unknown

	// Of the last sentence with a shortlist, to be used again.
	selected *kernel.Matrix
	columns  []int32
	bias     []float32
}

// Worker returns buffers for one more goroutine.
func (n *Network) Worker() *Worker {
	return &Worker{n: n, state: make([][]float32, len(n.decoder)), tops: make([]kernel.Top, MaxRows), position: make([]float32, n.dim)}
}

// WorkerBytes is the memory of a worker, at most, when no sentence has more than tokens source tokens.
func (n *Network) WorkerBytes(tokens int) int {
	encode, decode := max(encodeSize, tokens), max(decodeSize, tokens)
	buffers := encode*(5*4*n.dim+n.dim+n.ffn) + 4*n.dim*kernel.Pad(tokens) + 4*queryRows*kernel.Pad(tokens)
	// Rows keep the size of the longest sentence they ever held. The n-th of them was in use with n-1 others of at least its
	// length, so it is at most decode/n long: the harmonic sum over MaxRows is under 3.4.
	return buffers + 34*decode*len(n.decoder)*2*4*n.dim/10
}

// Run translates the jobs that next hands out until it returns nil, many in lockstep: as sentences end, others take their places.
// It looks at ctx between steps, and returns its error. Jobs come out best when next gives the longest first.
func (w *Worker) Run(ctx context.Context, next func() *Job, opt Options) error {
	limit := opt.Rows
	if limit <= 0 || limit > MaxRows {
		limit = MaxRows
	}
	defer w.release()
	var waiting *Job // taken, but there was no room
	for done := false; ; {
		if !done && (len(w.rows) == 0 || len(w.rows) <= limit-limit/4) {
			var err error
			if waiting, done, err = w.refill(ctx, next, waiting, limit, opt); err != nil {
				return err
			}
		}
		if len(w.rows) == 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		w.step(opt)
	}
}

// refill encodes groups of sentences until the rows are full. It returns a job that found no room, and whether next is exhausted.
func (w *Worker) refill(ctx context.Context, next func() *Job, waiting *Job, limit int, opt Options) (*Job, bool, error) {
	held := 0
	for _, r := range w.rows {
		held += len(r.job.Source)
	}
	var group []*Job
	tokens := 0
	flush := func() error {
		if len(group) == 0 {
			return nil
		}
		err := w.encode(ctx, group, opt)
		group, tokens = group[:0], 0
		return err
	}
	for len(w.rows)+len(group) < limit {
		job := waiting
		if job == nil {
			job = next()
		}
		waiting = nil
		if job == nil {
			return nil, true, flush()
		}
		n := len(job.Source)
		if held > 0 && held+n > decodeSize {
			return job, false, flush()
		}
		if tokens > 0 && tokens+n > encodeSize {
			if err := flush(); err != nil {
				return nil, false, err
			}
		}
		group = append(group, job)
		tokens += n
		held += n
	}
	return nil, false, flush()
}

// release forgets what an interrupted run left behind.
func (w *Worker) release() {
	for _, r := range w.rows {
		w.retire(r)
	}
	w.rows = w.rows[:0]
}

func (w *Worker) retire(r *row) {
	r.job, r.output, r.ids = nil, product{}, nil
	w.spare = append(w.spare, r)
}

// grow returns s with length n, with room to spare so that it seldom grows again. What it held is lost.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// at returns the sinusoid of a position.
func (w *Worker) at(p int) []float32 {
	d := w.n.dim
	if p < tabled {
		return w.n.positions[p*d : (p+1)*d]
	}
	position(w.position, w.n.frequencies, p)
	return w.position
}

// multiply sets dst to rows rows of x times p.
func (w *Worker) multiply(dst, x []float32, rows int, p *product) {
	k := p.m.K()
	a := w.a[:rows*k]
	kernel.Quantize(a, x[:rows*k], p.alpha)
	p.m.Mul(dst[:rows*p.m.N()], a, rows, p.unquant, p.bias)
}

// project makes several products of the same x, which is quantised anew only where a multiplier differs.
func (w *Worker) project(x []float32, rows int, ps []*product, dst [][]float32) {
	var alpha float32
	for i, p := range ps {
		k := p.m.K()
		a := w.a[:rows*k]
		if p.alpha != alpha {
			kernel.Quantize(a, x[:rows*k], p.alpha)
			alpha = p.alpha
		}
		p.m.Mul(dst[i][:rows*p.m.N()], a, rows, p.unquant, p.bias)
	}
}

// feed replaces x by norm(x + W2 relu(W1 x)).
func (w *Worker) feed(x []float32, rows int, f *feedForward) {
	d := w.n.dim
	a := w.a[:rows*d]
	kernel.Quantize(a, x, f.w1.alpha)
	hidden := w.hidden[:rows*w.n.ffn]
	f.w1.m.MulReLU(hidden, a, rows, f.w1.unquant, f.w1.bias, f.w2.alpha)
	f.w2.m.Mul(w.y[:rows*d], hidden, rows, f.w2.unquant, f.w2.bias)
	kernel.AddNorm(x, x, w.y[:rows*d], f.norm.scale, f.norm.bias)
}

// shortlist makes the output layer of one sentence: its shortlist's columns, filled up with the next unused ids to a multiple of 8,
// ascending (Marian's data/shortlist.h, but for the sentence alone and not for its batch).
func (w *Worker) shortlist(r *row, list *format.Shortlist) error {
	n := w.n
	r.output, r.ids, r.exclude = n.output, nil, unknown
	if list == nil {
		return nil
	}
	vocab := n.TargetVocab()
	w.used = grow(w.used, vocab)
	clear(w.used)
	for id := range list.First {
		w.used[id] = true
	}
	for _, id := range r.job.Source {
		if n.Shared() {
			w.used[id] = true
		}
		list.Add(w.used, id)
	}
	w.used[eos] = true
	count := 0
	for _, u := range w.used {
		if u {
			count++
		}
	}
	for id := list.First; id < vocab && count%8 != 0; id++ {
		if !w.used[id] {
			w.used[id] = true
			count++
		}
	}
	columns, bias := r.columns[:0], r.bias[:0]
	r.exclude = -1
	for id, u := range w.used {
		if !u {
			continue
		}
		if id == unknown {
			r.exclude = len(columns)
		}
		columns = append(columns, int32(id))
		bias = append(bias, n.output.bias[id])
	}
	m, err := n.output.m.Select(columns, r.selected)
	if err != nil {
		return fmt.Errorf("taking the shortlist's columns: %w", err)
	}
	r.selected, r.columns, r.bias, r.ids = m, columns, bias, columns
	r.output.m, r.output.bias = m, bias
	return nil
}
