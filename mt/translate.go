package mt

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/mt/internal/nn"
	"github.com/dragoman-newsroom/dragoman/mt/internal/vocab"
)

// Translate translates each text, which should be one sentence, and returns as many sentences in the same order. What it returns
// for a text does not depend on the others.
// It returns ctx's error when ctx ends first, and ErrClosed after Close; it has no other errors once a model is open.
func (m *Model) Translate(ctx context.Context, texts []string) ([]Sentence, error) {
	m.closing.RLock()
	defer m.closing.RUnlock()
	if m.closed {
		return nil, ErrClosed
	}
	out := make([]Sentence, len(texts))
	jobs := make([]*nn.Job, 0, len(texts))
	pieces := make([][]vocab.Token, len(texts))
	at := make([]int, 0, len(texts))
	for i, text := range texts {
		pieces[i] = m.source.Encode(text)
		if len(pieces[i]) == 0 {
			continue
		}
		ids := make([]int, 0, len(pieces[i])+1)
		for _, t := range pieces[i] {
			ids = append(ids, t.ID)
		}
		ids = append(ids, vocab.EOS)
		jobs = append(jobs, &nn.Job{Source: ids, Limit: 2 * len(ids)})
		at = append(at, i)
	}
	if err := m.run(ctx, jobs); err != nil {
		return nil, err
	}
	for i, text := range texts {
		out[i] = Sentence{Source: text, Ended: true}
	}
	for j, job := range jobs {
		i := at[j]
		s := &out[i]
		for _, t := range pieces[i] {
			s.SourcePieces = append(s.SourcePieces, Piece{ID: t.ID, Start: t.Start, End: t.End})
		}
		s.SourcePieces = append(s.SourcePieces, Piece{ID: vocab.EOS, Start: len(s.Source), End: len(s.Source)})
		var tokens []vocab.Token
		s.Text, tokens = m.target.Decode(job.IDs)
		for k, t := range tokens {
			p := Piece{ID: t.ID, Start: t.Start, End: t.End}
			if job.LogProbs != nil {
				p.LogProb = job.LogProbs[k]
			}
			s.Pieces = append(s.Pieces, p)
		}
		s.Ended = job.Ended
		n := len(job.Source)
		for k := 0; k+n <= len(job.Weights); k += n {
			s.Alignment = append(s.Alignment, job.Weights[k:k+n:k+n])
		}
	}
	return out, nil
}

// run sends jobs to the workers.
func (m *Model) run(ctx context.Context, jobs []*nn.Job) error {
	if len(jobs) == 0 {
		return ctx.Err()
	}
	opt := nn.Options{Scores: m.settings.scores, Alignment: m.settings.alignment, Rows: m.settings.rows}
	if m.settings.shortlist {
		opt.Shortlist = m.list
	}
	if err := m.workers.run(ctx, jobs, opt); err != nil {
		return fmt.Errorf("translating: %w", err)
	}
	return nil
}
