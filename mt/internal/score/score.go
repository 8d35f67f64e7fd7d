// Package score measures translations against references: BLEU, chrF and chrF++ as sacrebleu 2.6.0 defines them
// (tokeniser 13a, exponential smoothing, case kept), and rank correlation.
//
// It is for measuring the engine, not for running it. It touches nothing but its arguments.
package score

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// isSpace is Python's idea of white space: Unicode's and four separators of ASCII.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// Tokenize is the tokeniser 13a of mteval-v13a.pl.
func Tokenize(s string) []string {
	s = strings.TrimRightFunc(s, isSpace)
	s = strings.ReplaceAll(s, "<skipped>", "")
	s = strings.ReplaceAll(s, "-\n", "")
	s = strings.ReplaceAll(s, "\n", " ")
	for _, e := range [][2]string{{"&quot;", `"`}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		s = strings.ReplaceAll(s, e[0], e[1])
	}
	var b []rune
	for _, c := range " " + s + " " {
		if strings.ContainsRune("{|}~[\\]^_` !\"#$%&()*+:;<=>?@/", c) {
			b = append(b, ' ', c, ' ')
		} else {
			b = append(b, c)
		}
	}
	stop := func(c rune) bool { return c == '.' || c == ',' }
	digit := func(c rune) bool { return c >= '0' && c <= '9' }
	b = pairs(b, func(x, y rune) bool { return !digit(x) && stop(y) }, func(x, y rune) []rune { return []rune{x, ' ', y, ' '} })
	b = pairs(b, func(x, y rune) bool { return stop(x) && !digit(y) }, func(x, y rune) []rune { return []rune{' ', x, ' ', y} })
	b = pairs(b, func(x, y rune) bool { return digit(x) && y == '-' }, func(x, y rune) []rune { return []rune{x, ' ', y, ' '} })
	return strings.FieldsFunc(string(b), isSpace)
}

// pairs replaces pairs of characters from left to right, without overlap.
func pairs(r []rune, match func(x, y rune) bool, by func(x, y rune) []rune) []rune {
	var out []rune
	for i := 0; i < len(r); {
		if i+1 < len(r) && match(r[i], r[i+1]) {
			out = append(out, by(r[i], r[i+1])...)
			i += 2
			continue
		}
		out = append(out, r[i])
		i++
	}
	return out
}

// ngrams counts the runs of n of tokens, joined by a character that no token holds.
func ngrams(tokens []string, n int) map[string]int {
	out := map[string]int{}
	for i := 0; i+n <= len(tokens); i++ {
		out[strings.Join(tokens[i:i+n], "\x1f")]++
	}
	return out
}

// A BLEU is a corpus score and what it is made of.
type BLEU struct {
	Score           float64 // 0 to 100
	Precisions      [4]float64
	BrevityPenalty  float64
	System, Against int // tokens
}

// CorpusBLEU scores hypotheses against one reference each.
func CorpusBLEU(hypotheses, references []string) BLEU { return bleu(hypotheses, references, false) }

// SentenceBLEU scores one sentence, over the orders that it has.
func SentenceBLEU(hypothesis, reference string) float64 {
	return bleu([]string{hypothesis}, []string{reference}, true).Score
}

func bleu(hypotheses, references []string, effective bool) BLEU {
	var b BLEU
	var match, total [4]int
	for i := range hypotheses {
		h, r := Tokenize(hypotheses[i]), Tokenize(references[i])
		b.System += len(h)
		b.Against += len(r)
		for n := range 4 {
			ref := ngrams(r, n+1)
			for g, c := range ngrams(h, n+1) {
				total[n] += c
				match[n] += min(c, ref[g])
			}
		}
	}
	b.BrevityPenalty = 1
	if b.System < b.Against {
		b.BrevityPenalty = 0
		if b.System > 0 {
			b.BrevityPenalty = math.Exp(1 - float64(b.Against)/float64(b.System))
		}
	}
	if match == [4]int{} {
		return b
	}
	smooth, orders := 1.0, 4
	for n := range 4 {
		if total[n] == 0 {
			break
		}
		if effective {
			orders = n + 1
		}
		if match[n] == 0 {
			smooth *= 2
			b.Precisions[n] = 100 / (smooth * float64(total[n]))
		} else {
			b.Precisions[n] = 100 * float64(match[n]) / float64(total[n])
		}
	}
	logs := 0.0
	for _, p := range b.Precisions[:orders] {
		if p == 0 {
			logs += -9999999999
		} else {
			logs += math.Log(p)
		}
	}
	b.Score = b.BrevityPenalty * math.Exp(logs/float64(orders))
	return b
}

const (
	charOrder = 6
	beta2     = 4 // beta 2, squared
)

// ChrF scores hypotheses against one reference each, 0 to 100, over runs of one to six characters without white space and of one to
// wordOrder words: 0 for chrF2, 2 for chrF2++. Counts are summed over the corpus.
func ChrF(hypotheses, references []string, wordOrder int) float64 {
	orders := charOrder + wordOrder
	hyp, ref, match := make([]int, orders), make([]int, orders), make([]int, orders)
	for i := range hypotheses {
		h, r := units(hypotheses[i]), units(references[i])
		for n := range orders {
			a, b := h.runs(n), r.runs(n)
			for g, c := range a {
				match[n] += min(c, b[g])
				if len(b) > 0 {
					hyp[n] += c
				}
			}
			for _, c := range b {
				ref[n] += c
			}
		}
	}
	precision, recall, count := 0.0, 0.0, 0.0
	for n := range orders {
		if hyp[n] > 0 && ref[n] > 0 {
			precision += float64(match[n]) / float64(hyp[n])
			recall += float64(match[n]) / float64(ref[n])
			count++
		}
	}
	if count == 0 || precision+recall == 0 {
		return 0
	}
	precision, recall = precision/count, recall/count
	return 100 * (1 + beta2) * precision * recall / (beta2*precision + recall)
}

// A unit is a text as chrF sees it.
type unit struct{ chars, words []string }

func units(s string) unit {
	var u unit
	for _, w := range strings.FieldsFunc(s, isSpace) {
		for _, r := range w {
			u.chars = append(u.chars, string(r))
		}
		const marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
		switch last := len(w) - 1; {
		case len([]rune(w)) == 1:
			u.words = append(u.words, w)
		case strings.IndexByte(marks, w[last]) >= 0:
			u.words = append(u.words, w[:last], w[last:])
		case strings.IndexByte(marks, w[0]) >= 0:
			u.words = append(u.words, w[:1], w[1:])
		default:
			u.words = append(u.words, w)
		}
	}
	return u
}

// runs counts the runs of order n: characters first, words behind.
func (u unit) runs(n int) map[string]int {
	if n < charOrder {
		return ngrams(u.chars, n+1)
	}
	return ngrams(u.words, n-charOrder+1)
}

// Spearman is the rank correlation of two lists of equal length, from -1 to 1; equal values share the mean of their ranks.
// It is 0 for lists shorter than two or without variation.
func Spearman(x, y []float64) float64 {
	a, b := ranks(x), ranks(y)
	n := float64(len(a))
	var sa, sb, saa, sbb, sab float64
	for i := range a {
		sa += a[i]
		sb += b[i]
		saa += a[i] * a[i]
		sbb += b[i] * b[i]
		sab += a[i] * b[i]
	}
	d := math.Sqrt((n*saa - sa*sa) * (n*sbb - sb*sb))
	if !(d > 0) {
		return 0
	}
	return (n*sab - sa*sb) / d
}

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(x[i], x[j]) })
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			out[k] = float64(i+j-1) / 2
		}
		i = j
	}
	return out
}

// Calibration is how far estimates, 0 to 1, are from what they estimate, 0 to 100: the mean distance of the means of groups of equal
// size, made by the order of the estimates.
func Calibration(estimates, values []float64, groups int) float64 {
	order := make([]int, len(estimates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(estimates[i], estimates[j]) })
	sum, n := 0.0, 0
	for g := range groups {
		from, to := g*len(order)/groups, (g+1)*len(order)/groups
		if from == to {
			continue
		}
		e, v := 0.0, 0.0
		for _, i := range order[from:to] {
			e += estimates[i]
			v += values[i] / 100
		}
		sum += math.Abs(e-v) / float64(to-from)
		n++
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
