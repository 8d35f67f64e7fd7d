package mt

import (
	"context"
	"fmt"
	"iter"

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
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	out := make([]Sentence, 0, len(texts))
	for len(out) < len(texts) {
		// So many texts at a time that the workers are busy, not so many that what is made on the way counts.
		var plans []*plan
		for tokens := 0; len(out)+len(plans) < len(texts) && tokens < max(windowTokens, m.workers.size*windowTokens/4); {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("translating: %w", err)
			}
			p := m.plan(texts[len(out)+len(plans)])
			plans = append(plans, p)
			tokens += p.tokens + 1
		}
		for batch := range batches(plans) {
			if err := m.translate(ctx, batch); err != nil {
				return nil, err
			}
		}
		for _, p := range plans {
			out = append(out, m.join(p))
		}
	}
	return out, nil
}

// windowTokens is how many source tokens are under way at a time with up to four workers.
const windowTokens = 1 << 14

// A stretch is some parts of a plan, one behind the other.
type stretch struct {
	plan     *plan
	from, to int
}

// weightBytes is the memory that alignment takes at a time which no sentence will keep.
const weightBytes = 24 << 20

// batches divides plans so that what is made for a while only stays within bounds: the alignment of texts of thousands of pieces. Other
// plans come all in one batch, for the more sentences there are the better they fit side by side.
func batches(plans []*plan) iter.Seq[[]stretch] {
	return func(yield func([]stretch) bool) {
		var batch []stretch
		bytes := 0
		for _, p := range plans {
			from := 0
			for i, q := range p.parts {
				if p.aligned {
					continue
				}
				// At most twice as many steps as tokens, four bytes a weight.
				if bytes += 8 * len(q.tokens) * len(q.tokens); bytes > weightBytes {
					if !yield(append(batch, stretch{p, from, i + 1})) {
						return
					}
					batch, bytes, from = nil, 0, i+1
				}
			}
			if from < len(p.parts) {
				batch = append(batch, stretch{p, from, len(p.parts)})
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// translate fills the parts of a batch.
func (m *Model) translate(ctx context.Context, batch []stretch) error {
	var parts []*part
	for _, b := range batch {
		parts = append(parts, b.plan.parts[b.from:b.to]...)
	}
	if err := m.run(ctx, parts, m.settings.scores); err != nil {
		return err
	}
	if m.settings.guards {
		if err := m.retry(ctx, batch); err != nil {
			return err
		}
	}
	for _, b := range batch {
		for _, q := range b.plan.parts[b.from:b.to] {
			for _, r := range q.chosen() {
				if m.settings.guards {
					m.mend(b.plan, r)
				}
				if !b.plan.aligned {
					r.forget()
				}
			}
		}
	}
	return nil
}

// chosen is what of a part goes into the translation: itself, or what replaces it.
func (p *part) chosen() []*part {
	if p.again != nil {
		p.job = nil
		return p.again
	}
	return []*part{p}
}

// A plan is a text, what goes to the network of it, and what was done to it.
type plan struct {
	text    string
	parts   []*part
	tokens  int  // of all parts
	aligned bool // short enough for its alignment to be kept
	kept    []span
	repairs []Repair
}

func (p *plan) repaired(rule, detail string) {
	p.repairs = append(p.repairs, Repair{rule, detail})
}

// plan cuts a text into parts and, with guards, prepares each.
func (m *Model) plan(text string) *plan {
	p := &plan{text: text}
	start, end, limit, size := 0, len(text), bareTokens, bareTokens*3/4
	if m.settings.guards {
		limit, size = guardedTokens, clauseTokens
		if p.kept = spans(text); len(p.kept) > 0 {
			start, end = loose(text, start, end, p.kept)
		}
	}
	if start > 0 {
		p.parts = append(p.parts, &part{start: 0, end: start, copied: true})
	}
	if start < end {
		p.parts = append(p.parts, m.cut(text, start, end, limit, size)...)
	}
	if n := len(p.parts); n > 1 && p.parts[n-1].start > start {
		p.repaired("long", fmt.Sprintf("the text is too long for one piece and was translated in %d", n))
	}
	if end < len(text) {
		p.parts = append(p.parts, &part{start: end, end: len(text), copied: true})
	}
	for _, q := range p.parts {
		if m.settings.guards {
			m.prepare(p, q)
		}
		p.tokens += len(q.tokens)
	}
	p.aligned = p.tokens <= maxAligned
	return p
}

// prepare rewrites what the network would not understand: marks and letters that its vocabulary lacks, a text of capitals.
func (m *Model) prepare(p *plan, q *part) {
	if q.copied {
		return
	}
	if e, changed := m.plain(q.text); changed {
		q.initial = capital(q.text.s) && !capital(e.s)
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
func (m *Model) retry(ctx context.Context, batch []stretch) error {
	type wrong struct {
		plan  *plan
		part  *part
		fault string
		ways  [][]*part
	}
	var list []wrong
	var parts []*part
	for _, b := range batch {
		for _, q := range b.plan.parts[b.from:b.to] {
			if q.job == nil {
				continue
			}
			if f := m.fault(q); f != "" {
				w := wrong{b.plan, q, f, m.anew(b.plan.text, q, f)}
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
	for _, w := range list {
		best := m.best(w.ways, w.fault)
		switch {
		case best != nil:
			w.plan.repaired(w.fault, repairedBy[w.fault])
			w.part.again = best
		case w.fault == "omission":
			w.plan.repaired(w.fault, "the translation is short for its text; no other way of reading it helped")
		case w.fault != "capitals":
			w.part.shorten()
			w.plan.repaired(w.fault, "no other way of reading the text helped; what was said again was cut")
		}
	}
	return nil
}

// repairedBy says what a retry did about a fault.
var repairedBy = map[string]string{
	"omission": "the network left something out; the text was shown to it in parts, or in another way",
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
			bad = bad || f != "" && f != "capitals" || f == fault || len(p.out) == 0
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

// mend undoes on a part's translation what was done to its text, and puts back what the network lost.
func (m *Model) mend(p *plan, q *part) {
	if q.job == nil {
		return
	}
	q.unmark()
	if q.undecorate() {
		p.repaired("decorated", "a remark in brackets that the text does not have was taken off")
	}
	if q.lowered != nil {
		q.retitle()
	}
	if q.initial {
		q.capitaliseFirst()
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
