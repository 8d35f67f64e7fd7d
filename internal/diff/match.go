package diff

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// How alike two blocks must be to be the same one, edited: the share of words they have in common, Dice's measure over the words
// with their counts. A block that has also moved must be more alike, since its place says nothing for it.
const (
	alikeInPlace = 0.45
	alikeMoved   = 0.65
)

// maxCommon is how many blocks a word may stand in to make two of them candidates for each other.
const maxCommon = 40

// words is all that a block says, in reading order, a line for each part.
func words(b doc.Block) string {
	parts := []string{}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(b.Text.S)
	if b.Media != nil {
		add(b.Media.Alt)
		add(b.Media.Credit)
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			add(cell.S)
		}
	}
	return strings.Join(parts, "\n")
}

// identity is what makes a block without words the same: its picture.
func identity(b doc.Block) string {
	s := words(b)
	if b.Media != nil && b.Text.S == "" {
		s += "\x00" + b.Media.Src
	}
	return s
}

// match finds for each new block the old one that it was; -1 if it is new.
// Equal blocks come first, by their order; then the likest of what is left between them; then what has moved and changed.
func match(old, new []doc.Block) []int {
	pairs := make([]int, len(new))
	for j := range pairs {
		pairs[j] = -1
	}
	m := matcher{old: old, new: new, pairs: pairs, used: make([]bool, len(old))}
	m.equal()
	m.similar()
	return pairs
}

type matcher struct {
	old, new []doc.Block
	pairs    []int
	used     []bool
}

func (m *matcher) pair(i, j int) {
	m.pairs[j], m.used[i] = i, true
}

// equal pairs blocks that say the same, the first with the first. A rule or a line that is repeated goes with its neighbours:
// those that say it once are paired before.
func (m *matcher) equal() {
	places := make(map[string][2][]int)
	note := func(blocks []doc.Block, side int) {
		for i, b := range blocks {
			k := identity(b)
			p := places[k]
			p[side] = append(p[side], i)
			places[k] = p
		}
	}
	note(m.old, 0)
	note(m.new, 1)
	var repeated []string
	for j, b := range m.new {
		k := identity(b)
		p := places[k]
		switch {
		case len(p[0]) == 1 && len(p[1]) == 1:
			m.pair(p[0][0], j)
		case len(p[0]) > 0 && p[1][0] == j:
			repeated = append(repeated, k)
		}
	}
	for _, k := range repeated {
		m.repeated(places[k][0], places[k][1])
	}
}

// repeated pairs blocks that say the same as others do: each goes with the one that keeps the order of what is paired already.
func (m *matcher) repeated(old, new []int) {
	for _, j := range new {
		low, high := m.bounds(j)
		for _, i := range old {
			if !m.used[i] && low < i && i < high {
				m.pair(i, j)
				break
			}
		}
	}
}

// bounds are the old places between which new block j lies, by its nearest paired neighbours.
func (m *matcher) bounds(j int) (low, high int) {
	low, high = -1, len(m.old)
	for k := j - 1; k >= 0; k-- {
		if m.pairs[k] >= 0 {
			low = m.pairs[k]
			break
		}
	}
	for k := j + 1; k < len(m.new); k++ {
		if m.pairs[k] >= 0 {
			high = m.pairs[k]
			break
		}
	}
	return low, high
}

// A candidate is a pair of blocks that have words in common.
type candidate struct {
	i, j  int
	score float64
}

// similar pairs blocks that are alike, the likest first.
func (m *matcher) similar() {
	var found []candidate
	counts := make([]map[string]int, len(m.old))
	where := make(map[string][]int)
	for i, b := range m.old {
		if m.used[i] {
			continue
		}
		counts[i] = count(words(b))
		for w := range counts[i] {
			where[w] = append(where[w], i)
		}
	}
	for j, b := range m.new {
		if m.pairs[j] >= 0 {
			continue
		}
		own := count(words(b))
		seen := make(map[int]bool)
		low, high := m.bounds(j)
		for w := range own {
			for _, i := range where[w] {
				if seen[i] || len(where[w]) > maxCommon {
					continue
				}
				seen[i] = true
				score := dice(counts[i], own)
				inPlace := low < i && i < high
				if inPlace && score >= alikeInPlace || score >= alikeMoved {
					if inPlace {
						score += 0.1
					}
					if m.old[i].Kind == b.Kind {
						score += 0.05
					}
					found = append(found, candidate{i, j, score})
				}
			}
		}
		if b.Media != nil {
			found = append(found, m.samePicture(j)...)
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		case a.j != b.j:
			return a.j - b.j
		}
		return a.i - b.i
	})
	for _, c := range found {
		if !m.used[c.i] && m.pairs[c.j] < 0 {
			m.pair(c.i, c.j)
		}
	}
}

// samePicture are the old blocks that show what new block j shows.
func (m *matcher) samePicture(j int) []candidate {
	var found []candidate
	for i, b := range m.old {
		if !m.used[i] && b.Media != nil && b.Media.Src == m.new[j].Media.Src {
			found = append(found, candidate{i, j, 1})
		}
	}
	return found
}

// count counts the words of s, in small letters.
func count(s string) map[string]int {
	n := make(map[string]int)
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n[w]++
	}
	return n
}

// dice is twice the words in common over the words of both.
func dice(a, b map[string]int) float64 {
	common, all := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}

// outOfOrder says which new blocks have moved: those outside the longest run of pairs that keep the order of the old document.
func outOfOrder(pairs []int) []bool {
	moved := make([]bool, len(pairs))
	var tails []int // tails[n] is the place of the smallest end of a run of n+1 pairs
	before := make([]int, len(pairs))
	for j, i := range pairs {
		if i < 0 {
			continue
		}
		moved[j] = true
		n, _ := slices.BinarySearchFunc(tails, i, func(t, i int) int { return pairs[t] - i })
		before[j] = -1
		if n > 0 {
			before[j] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, j)
		} else {
			tails[n] = j
		}
	}
	if len(tails) > 0 {
		for j := tails[len(tails)-1]; j >= 0; j = before[j] {
			moved[j] = false
		}
	}
	return moved
}
