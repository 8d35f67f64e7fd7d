package translate

import (
	"sort"
	"strings"
)

// A Confirmed is a sentence and the translation that a person confirmed.
type Confirmed struct{ Source, Target string }

// FromMemory signs a sentence that the memory answered, in the place of an engine's name.
const FromMemory = "memory"

// A Memory holds confirmed sentences of one pair of languages. It is made once and may be shared. Only what a person confirmed belongs
// in it: what a machine said comes back from the machine.
type Memory struct {
	pairs []Confirmed
	words [][]string       // of each source
	exact map[string]int   // by the words and signs of the source
	with  map[string][]int // by word, the sources that have it
}

// NewMemory makes a memory of pairs. Of two translations of one sentence the later counts.
func NewMemory(pairs []Confirmed) *Memory {
	m := &Memory{exact: map[string]int{}, with: map[string][]int{}}
	for _, p := range pairs {
		if strings.TrimSpace(p.Source) == "" || strings.TrimSpace(p.Target) == "" {
			continue
		}
		n := len(m.pairs)
		m.pairs = append(m.pairs, p)
		m.exact[key(p.Source)] = n
		w := memoryWords(p.Source)
		m.words = append(m.words, w)
		seen := map[string]bool{}
		for _, word := range w {
			if !seen[word] {
				seen[word] = true
				m.with[word] = append(m.with[word], n)
			}
		}
	}
	return m
}

// key is what two sentences have in common that differ in nothing but spaces and the shape of quotation marks.
func key(s string) string {
	text, _ := plain(s, span{0, len(s)})
	return strings.TrimSpace(text)
}

func memoryWords(s string) []string {
	var out []string
	for _, w := range wordsOf("", key(s)) {
		out = append(out, w.folded)
	}
	return out
}

// Exact returns the confirmed translation of source, if there is one.
func (m *Memory) Exact(source string) (string, bool) {
	if m == nil {
		return "", false
	}
	n, ok := m.exact[key(source)]
	if !ok {
		return "", false
	}
	return m.pairs[n].Target, true
}

// A Near is a confirmed sentence that is much like another.
type Near struct {
	Confirmed
	Likeness float64  // share of words in common, in order; below 1
	Here     []string // words that only the sentence at hand has
	There    []string // words that only the confirmed one has
}

// alike is the least likeness worth showing.
const alike = 0.75

// Nearest returns the confirmed sentence most like source, if one is like enough but not the same.
func (m *Memory) Nearest(source string) (Near, bool) {
	if m == nil || len(m.pairs) == 0 {
		return Near{}, false
	}
	words := memoryWords(source)
	if len(words) < 4 {
		return Near{}, false
	}
	best, most := -1, alike
	for _, n := range m.candidates(words) {
		if m.exact[key(source)] == n && key(m.pairs[n].Source) == key(source) {
			continue
		}
		if l := likeness(words, m.words[n]); l >= most {
			best, most = n, l
		}
	}
	if best < 0 {
		return Near{}, false
	}
	here, there := wordsOf("", key(source)), wordsOf("", key(m.pairs[best].Source))
	return Near{m.pairs[best], most, without(here, there), without(there, here)}, true
}

// candidates returns the sources that share rare words with words, most first, not very many.
func (m *Memory) candidates(words []string) []int {
	const common, enough = 200, 50
	score := map[int]int{}
	for _, w := range words {
		if list := m.with[w]; len(list) <= common {
			for _, n := range list {
				score[n]++
			}
		}
	}
	out := make([]int, 0, len(score))
	for n := range score {
		out = append(out, n)
	}
	sort.Slice(out, func(i, j int) bool {
		if score[out[i]] != score[out[j]] {
			return score[out[i]] > score[out[j]]
		}
		return out[i] < out[j]
	})
	return out[:min(len(out), enough)]
}

// likeness is twice the length of the longest common sequence of words over the number of all.
func likeness(a, b []string) float64 {
	row := make([]int, len(b)+1)
	for _, x := range a {
		last := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = last + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			last = above
		}
	}
	return 2 * float64(row[len(b)]) / float64(len(a)+len(b))
}

// without returns the words of a that b has not, as they stand, each as often as it is missing.
func without(a, b []word) []string {
	have := map[string]int{}
	for _, w := range b {
		have[w.folded]++
	}
	var out []string
	for _, w := range a {
		if have[w.folded]--; have[w.folded] < 0 {
			out = append(out, w.text)
		}
	}
	return out
}
