package mt

import (
	"context"
	"fmt"

	"github.com/dragoman-newsroom/dragoman/mt/internal/nn"
)

// Translate translates each text, which should be one sentence, and returns as many sentences in the same order. What it returns
// for a text does not depend on the others. It returns ctx's error, wrapped, when ctx ends first, and ErrClosed after Close; once a
// model is open it has no other errors.
//
// A text longer than the network can hold is cut at clause marks and its parts are translated one by one. With Guards a text is also
// prepared for the network, and what the network does to it is watched; what was done stands in Repairs.
func (m *Model) Translate(ctx context.Context, texts []string) ([]Sentence, error) {
	m.closing.RLock()
	defer m.closing.RUnlock()
	if m.closed {
		return nil, ErrClosed
	}
	plans := make([]*plan, len(texts))
	var parts []*part
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("translating: %w", err)
		}
		plans[i] = m.plan(text)
		parts = append(parts, plans[i].parts...)
	}
	if err := m.run(ctx, parts, m.settings.scores); err != nil {
		return nil, err
	}
	if m.settings.guards {
		if err := m.retry(ctx, plans); err != nil {
			return nil, err
		}
	}
	out := make([]Sentence, len(texts))
	for i, p := range plans {
		if m.settings.guards {
			m.mend(p)
		}
		out[i] = m.join(p)
	}
	return out, nil
}

// A plan is a text, what goes to the network of it, and what was done to it.
type plan struct {
	text    string
	parts   []*part
	kept    []span
	repairs []Repair
}

func (p *plan) repaired(rule, detail string) {
	p.repairs = append(p.repairs, Repair{rule, detail})
}

// plan cuts a text into parts and, with guards, prepares each.
func (m *Model) plan(text string) *plan {
	p := &plan{text: text}
	start, end, limit := 0, len(text), bareTokens
	if m.settings.guards {
		limit = guardedTokens
		if p.kept = spans(text); len(p.kept) > 0 {
			start, end = loose(text, start, end, p.kept)
		}
	}
	if start > 0 {
		p.parts = append(p.parts, &part{start: 0, end: start, copied: true})
	}
	if start < end {
		p.parts = append(p.parts, m.cut(text, start, end, limit)...)
	}
	if n := len(p.parts); n > 1 && p.parts[n-1].start > start {
		p.repaired("long", fmt.Sprintf("the text is too long for one piece and was translated in %d", n))
	}
	if end < len(text) {
		p.parts = append(p.parts, &part{start: end, end: len(text), copied: true})
	}
	if m.settings.guards {
		for _, q := range p.parts {
			m.prepare(p, q)
		}
	}
	return p
}

// prepare rewrites what the network would not understand: marks and letters that its vocabulary lacks, a text of capitals.
func (m *Model) prepare(p *plan, q *part) {
	if q.copied {
		return
	}
	if e, changed := m.plain(q.text); changed {
		q.text = e
		q.tokenize(m.source.Encode(e.s))
		p.repaired("marks", "the model does not know some of the text's marks or capitals; it got plain ones")
	}
	strangers, all := q.strangers(p.text)
	if all {
		*q = part{start: q.start, end: q.end, copied: true}
		p.repaired("protected", "the text is in letters that the model does not know, and was left as it is")
		return
	}
	p.kept = append(p.kept, strangers...)
	if !m.allCapitals(q.text.s) {
		return
	}
	q.text = m.recased(q.text, func(start, end int) bool {
		for _, s := range p.kept {
			if start < s.end && end > s.start {
				return true
			}
		}
		return false
	})
	q.upper = true
	q.tokenize(m.source.Encode(q.text.s))
	p.repaired("capitals", "translated as a sentence, then put in capitals again")
}

// run translates parts.
func (m *Model) run(ctx context.Context, parts []*part, scores bool) error {
	var jobs []*nn.Job
	for _, p := range parts {
		if !p.copied && len(p.tokens) > 0 {
			jobs = append(jobs, p.newJob())
		}
	}
	if len(jobs) == 0 {
		return ctx.Err()
	}
	opt := nn.Options{Scores: scores, Alignment: m.settings.alignment || m.settings.guards, Rows: m.settings.rows}
	if m.settings.shortlist {
		opt.Shortlist = m.list
	}
	if err := m.workers.run(ctx, jobs, opt); err != nil {
		return fmt.Errorf("translating: %w", err)
	}
	for _, p := range parts {
		if p.job != nil {
			m.take(p)
		}
	}
	return nil
}

// retry shows the parts that went wrong to the network in other ways and takes the best that comes of it: one without a fault, of
// those the one whose tokens are likeliest.
func (m *Model) retry(ctx context.Context, plans []*plan) error {
	type wrong struct {
		plan  *plan
		at    int // of the part
		fault string
		ways  [][]*part
	}
	var list []wrong
	var parts []*part
	for _, p := range plans {
		for at, q := range p.parts {
			if q.job == nil {
				continue
			}
			if f := m.fault(q); f != "" {
				w := wrong{p, at, f, m.anew(p.text, q, f)}
				for _, way := range w.ways {
					parts = append(parts, way...)
				}
				list = append(list, w)
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	if err := m.run(ctx, parts, true); err != nil {
		return err
	}
	// From behind, so that the places of the parts before stay what they are.
	for i := len(list) - 1; i >= 0; i-- {
		w := list[i]
		best := m.best(w.ways, w.fault)
		switch {
		case best != nil:
			w.plan.repaired(w.fault, repairedBy[w.fault])
			w.plan.parts = append(w.plan.parts[:w.at:w.at], append(best, w.plan.parts[w.at+1:]...)...)
		case w.fault != "capitals":
			w.plan.parts[w.at].shorten()
			w.plan.repaired(w.fault, "no other way of reading the text helped; what was said again was cut")
		}
	}
	return nil
}

// repairedBy says what a retry did about a fault.
var repairedBy = map[string]string{
	"loop":     "the network repeated itself; the text was shown to it in another way",
	"doubled":  "the network said a short text twice; the text was shown to it in another way",
	"capitals": "words with capitals were left as they were; translated in small letters, the capitals put back",
}

// best returns the way without a fault whose tokens are likeliest on average; nil if all have one.
func (m *Model) best(ways [][]*part, fault string) []*part {
	var best []*part
	var score float32
	for _, way := range ways {
		sum, n, bad := float32(0), 0, false
		for _, p := range way {
			if p.job == nil {
				continue
			}
			f := m.fault(p)
			bad = bad || f == fault || f == "loop" || f == "doubled" || len(p.out) == 0
			for _, l := range p.job.LogProbs {
				sum += l
				n++
			}
		}
		if bad || n == 0 {
			continue
		}
		if mean := sum / float32(n); best == nil || mean > score {
			best, score = way, mean
		}
	}
	return best
}

// mend undoes on the translation what was done to the text, and puts back what the network lost.
func (m *Model) mend(p *plan) {
	for _, q := range p.parts {
		if q.job == nil {
			continue
		}
		q.unmark()
		if q.undecorate() {
			p.repaired("decorated", "a remark in brackets that the text does not have was taken off")
		}
		if q.lowered != nil {
			q.retitle()
		}
		if q.upper {
			q.capitalise(func(s string) bool {
				for _, k := range p.kept {
					if s == p.text[k.start:k.end] {
						return true
					}
				}
				return false
			})
		}
		p.repairs = append(p.repairs, q.renumber()...)
		p.repairs = append(p.repairs, q.keep(p.text, p.kept)...)
	}
}
