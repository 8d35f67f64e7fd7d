package extract

import "golang.org/x/net/html"

// contextNames are what the second judgement knows besides the features: what the first said of the block and of those around it. Scores
// are logarithms of odds; beyond the ends of the page they are -9.
var contextNames = []string{
	"own-score", "prev-score", "next-score", "prev2-score", "next2-score", "prev3-score", "next3-score", "best-before", "best-after", "window-score",
	"kin-score", "parent-score", "kept-before", "kept-after", "kept-share", "best-score", "kept-from-first", "kept-from-last", "same-parent-kept",
}

// outside is the score beyond the ends of a page.
const outside = -9

// A context sums up the first judgement of a page.
type context struct {
	s           *scene
	scores      []float32
	order       []int // the judged blocks
	rank        []int // of each block: its index in order
	kin         map[string]*mean
	parent      map[*html.Node]*mean
	kept        []float64 // letters that were kept before each block, summed; one more than there are blocks
	total       float64
	best        float32
	first, last int // the first and last block that were kept; -1 if none was
}

// A mean is a mean of scores, weighted by letters.
type mean struct{ sum, weight, kept float64 }

func (m *mean) add(score float32, letters int) {
	w := float64(letters)
	m.sum += float64(max(min(score, 6), -6)) * w
	m.weight += w
	if score > 0 {
		m.kept += w
	}
}

func (m *mean) value() float32 {
	if m == nil {
		return outside
	}
	return ratio(m.sum, m.weight)
}

func (s *scene) context(scores []float32) *context {
	c := &context{s: s, scores: scores, rank: make([]int, len(s.blocks)), kin: map[string]*mean{}, parent: map[*html.Node]*mean{}, kept: make([]float64, len(s.blocks)+1), best: outside, first: -1, last: -1}
	for i := range s.blocks {
		b := &s.blocks[i]
		c.kept[i+1] = c.kept[i]
		if !b.judged() {
			continue
		}
		c.rank[i] = len(c.order)
		c.order = append(c.order, i)
		k, p := c.kin[s.kinOf[i]], c.parent[s.parents[i]]
		if k == nil {
			k = &mean{}
			c.kin[s.kinOf[i]] = k
		}
		if p == nil {
			p = &mean{}
			c.parent[s.parents[i]] = p
		}
		k.add(scores[i], b.letters)
		p.add(scores[i], b.letters)
		c.best = max(c.best, scores[i])
		if scores[i] > 0 {
			c.kept[i+1] += float64(b.letters)
			if b.letters > 60 {
				if c.first < 0 {
					c.first = i
				}
				c.last = i
			}
		}
	}
	c.total = c.kept[len(s.blocks)]
	return c
}

// near is the score of the judged block n steps from block i.
func (c *context) near(i, n int) float32 {
	at := c.rank[i] + n
	if at < 0 || at >= len(c.order) {
		return outside
	}
	return c.scores[c.order[at]]
}

// features adds to the features of block i what the first judgement says around it.
func (c *context) features(known features, i int) features {
	f := make(features, 0, len(featureNames)+len(contextNames))
	f = append(f, known...)
	before, after := float32(outside), float32(outside)
	var window float32
	for n := 1; n <= 6; n++ {
		before, after = max(before, c.near(i, -n)), max(after, c.near(i, n))
		if n <= 3 {
			window += max(min(c.near(i, -n), 6), -6) + max(min(c.near(i, n), 6), -6)
		}
	}
	fromFirst, fromLast := float32(-200), float32(-200)
	if c.first >= 0 {
		fromFirst, fromLast = float32(max(-200, min(200, i-c.first))), float32(max(-200, min(200, c.last-i)))
	}
	p := c.parent[c.s.parents[i]]
	return append(f,
		c.scores[i], c.near(i, -1), c.near(i, 1), c.near(i, -2), c.near(i, 2), c.near(i, -3), c.near(i, 3), before, after, window/6,
		c.kin[c.s.kinOf[i]].value(), p.value(), ratio(c.kept[i], c.total), ratio(c.total-c.kept[i+1], c.total), ratio(c.total, c.s.total+1), c.best, fromFirst, fromLast, ratio(p.kept, p.weight),
	)
}
