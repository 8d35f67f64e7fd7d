package mt

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dragoman-newsroom/dragoman/mt/internal/nn"
)

// A pool lends a model's workers to the calls that need them. There are never more than its size, whatever the number of calls.
type pool struct {
	network *nn.Network
	free    chan *nn.Worker // nil stands for one that was not made yet
	size    int
	waiting atomic.Int32 // calls that have no worker at all
}

func newPool(n *nn.Network, size int) *pool {
	p := &pool{network: n, free: make(chan *nn.Worker, size), size: size}
	for range size {
		p.free <- nil
	}
	return p
}

// run translates jobs with as many workers as are free, at least one. Longest first: sentences in lockstep are then of one length,
// and the last to be taken are the shortest, so that workers end together.
func (p *pool) run(ctx context.Context, jobs []*nn.Job, opt nn.Options) error {
	sorted := slices.Clone(jobs)
	slices.SortStableFunc(sorted, func(a, b *nn.Job) int { return len(b.Source) - len(a.Source) })
	if opt.Rows <= 0 || opt.Rows > nn.MaxRows {
		opt.Rows = nn.MaxRows
	}
	helpers := min(p.size, len(jobs))
	opt.Rows = max(1, min(opt.Rows, (len(jobs)+helpers-1)/max(1, helpers)))

	var taken atomic.Int64
	next := func() *nn.Job {
		if i := int(taken.Add(1)) - 1; i < len(sorted) {
			return sorted[i]
		}
		return nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := func(w *nn.Worker) {
		if w == nil {
			w = p.network.Worker()
		}
		defer func() { p.free <- w }()
		if err := w.Run(ctx, next, opt); err != nil {
			cancel(err)
		}
	}
	var done sync.WaitGroup
	p.waiting.Add(1)
	select {
	case w := <-p.free:
		p.waiting.Add(-1)
		for range helpers - 1 {
			// Another call may be waiting for its first worker: a second one for this call would be unfair.
			if p.waiting.Load() > 0 {
				break
			}
			select {
			case more := <-p.free:
				done.Go(func() { work(more) })
				continue
			default:
			}
			break
		}
		work(w)
	case <-ctx.Done():
		p.waiting.Add(-1)
	}
	done.Wait()
	return context.Cause(ctx)
}
