package statement

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dragoman-newsroom/dragoman/internal/lang"
	"github.com/dragoman-newsroom/dragoman/internal/term"
)

// A Side is one of two quotations that are compared. What is not known stays empty.
type Side struct {
	Lang      lang.Tag
	Words     string // what stands between the marks
	Around    string // Words with some 160 characters on each side; of a translated side all of it is in one language
	Speaker   string // the name
	SpeakerID string // of a known name
	Day       string // when it was said, as Date.Value has it
	InOther   string // Words in the language of the other side, by a translator; only where the languages differ
}

// A Verdict says what a score is good for.
type Verdict string

const (
	Linked  Verdict = "linked"  // one quotation
	Perhaps Verdict = "perhaps" // a person should look
	Apart   Verdict = "apart"
)

// A Score says how alike two quotations are.
type Score struct {
	Value   float64 // 0 to 1: of the shorter one, the share that the longer one holds
	Verdict Verdict
	Why     string // what kept it from a better verdict: "numbers", "days", "speakers", "short", "length"; empty if nothing did
}

// The bars of a score. At 0.8 no false pair was found among some 80,000 of one language where the shorter one has eight 5-grams or
// more; translations never agree so far.
const (
	linkBar         = 0.8
	perhapsBar      = 0.6
	minGrams        = 8
	surelyGrams     = 16 // so many shared 5-grams are no phrase that two people happen to use
	translatedBar   = 0.5
	translatedMaybe = 0.35
	maxDays         = 3
)

// Match compares two quotations of different articles. The same words under two speakers are one quotation: that somebody gives them
// to somebody else is worth knowing. Different numbers are never one.
func Match(a, b Side) Score {
	x, y := folded(a.Lang, a.Words), folded(b.Lang, b.Words)
	n, upper, lower := 5, linkBar, perhapsBar
	if a.Lang.Bare() != b.Lang.Bare() {
		n, upper, lower = 4, translatedBar, translatedMaybe
		switch {
		case a.InOther != "":
			x = folded(b.Lang, a.InOther)
		case b.InOther != "":
			y = folded(a.Lang, b.InOther)
		default:
			upper = 2 // without a translation nothing is sure
		}
	}
	grams, of := gramsOf(x, n), gramsOf(y, n)
	if len(grams) > len(of) {
		grams, of = of, grams
	}
	s := Score{Verdict: Apart}
	if len(grams) == 0 {
		s.Why = "short"
		return s
	}
	shared := 0
	for g := range grams {
		if _, ok := of[g]; ok {
			shared++
		}
	}
	s.Value = float64(shared) / float64(len(grams))
	if s.Value < lower {
		return s
	}
	s.Verdict = Linked
	demote := func(why string) {
		if s.Verdict == Linked {
			s.Verdict = Perhaps
		}
		if s.Why == "" {
			s.Why = why
		}
	}
	if s.Value < upper {
		demote("")
	}
	switch ratio := float64(len(of)) / float64(len(grams)); {
	case differ(a.Words, b.Words):
		return Score{Value: s.Value, Verdict: Apart, Why: "numbers"}
	case len(grams) < minGrams:
		return Score{Value: s.Value, Verdict: Apart, Why: "short"}
	case a.Lang.Bare() != b.Lang.Bare() && ratio > 2.5:
		demote("length")
	}
	if daysApart(a.Day, b.Day) > maxDays {
		demote("days")
	}
	if len(grams) < surelyGrams && !sameSpeaker(a, b) {
		demote("speakers")
	}
	return s
}

// sameSpeaker reports whether two speakers can be one: by the known name, by a word of the name in some spelling, or because one is not known.
func sameSpeaker(a, b Side) bool {
	if a.Speaker == "" || b.Speaker == "" {
		return true
	}
	if a.SpeakerID != "" && b.SpeakerID != "" {
		return a.SpeakerID == b.SpeakerID
	}
	x, y := strings.Fields(term.Key(a.Speaker)), strings.Fields(term.Key(b.Speaker))
	return len(x) > 0 && len(y) > 0 && (slices.Contains(x, y[len(y)-1]) || slices.Contains(y, x[len(x)-1]))
}

// differ reports whether both texts have numbers and the shorter list has one that the longer has not.
func differ(a, b string) bool {
	x, y := numbersIn(a), numbersIn(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	for n := range x {
		if !y[n] {
			return true
		}
	}
	return false
}

// numbersIn are the numbers in s, without the signs that part their thousands and decimals: languages set these differently.
func numbersIn(s string) map[string]bool {
	out := make(map[string]bool)
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && strings.ContainsRune(".,'’\u00a0\u202f", r) && i+1 < len(runes) && unicode.IsDigit(runes[i+1]):
		default:
			if b.Len() > 0 {
				out[b.String()] = true
			}
			b.Reset()
		}
	}
	if b.Len() > 0 {
		out[b.String()] = true
	}
	return out
}

// daysApart is how many days lie between two days; 0 where one is not known or is no day.
func daysApart(a, b string) int {
	x, err := time.Parse(time.DateOnly, a)
	if err != nil {
		return 0
	}
	y, err := time.Parse(time.DateOnly, b)
	if err != nil {
		return 0
	}
	return int(math.Abs(x.Sub(y).Hours()) / 24)
}

// folded is s in lower case and in Latin letters without accents, its words parted by one space.
func folded(tag lang.Tag, s string) string {
	from := tag.Bare()
	if from != "uk" {
		from = "ru"
	}
	s = strings.ToLower(s)
	if t, ok := term.Transliterate(s, from, "en"); ok {
		s = t
	}
	var b strings.Builder
	space := true
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
			space = false
		case unicode.Is(unicode.Mn, r), r == '\'' || r == '’':
		case !space:
			b.WriteByte(' ')
			space = true
		}
	}
	return strings.TrimSpace(b.String())
}

// gramsOf are the runs of n characters of s, and how often each comes.
func gramsOf(s string, n int) map[string]int {
	out := make(map[string]int)
	starts := make([]int, 0, len(s)+1)
	for i := range s {
		starts = append(starts, i)
	}
	starts = append(starts, len(s))
	for i := 0; i+n < len(starts); i++ {
		out[s[starts[i]:starts[i+n]]]++
	}
	return out
}

// An Index finds, of many quotations in one language, those that are likely the translation of another one. It is not changed by its
// methods and may be shared.
type Index struct {
	parts   [4]side // what stands around, before, between and behind the marks
	lengths []float64
}

// partWeights are how much each of an index's parts says. The words of a translation share little with those of the original; what
// stands around them has the names. What stands before and behind tells neighbours in one paragraph apart.
var partWeights = [4]float64{0.3, 0.3, 0.1, 0.3}

// lengthPull is how fast a difference in length takes from the score.
const lengthPull = 0.5

// partsOf are the texts of a side's parts, folded.
func partsOf(s Side, words string) [4]string {
	before, after, _ := strings.Cut(s.Around, s.Words)
	if s.Words == "" {
		before, after = s.Around, ""
	}
	return [4]string{folded(s.Lang, s.Around), folded(s.Lang, before), folded(s.Lang, words), folded(s.Lang, after)}
}

// A side is the vectors of one part of every quotation: weighed 4-grams, each vector of length one.
type side struct {
	n        int
	postings map[string][]posting
	weight   map[string]float64 // by how rare a gram is
}

type posting struct {
	i int
	w float64
}

// NewIndex makes an index of sides.
func NewIndex(sides []Side) *Index {
	x := &Index{lengths: make([]float64, len(sides))}
	var texts [4][]string
	for i, s := range sides {
		parts := partsOf(s, s.Words)
		for k, t := range parts {
			texts[k] = append(texts[k], t)
		}
		x.lengths[i] = float64(len(parts[2]) + 4)
	}
	for k := range texts {
		x.parts[k] = newSide(texts[k])
	}
	return x
}

func newSide(texts []string) side {
	s := side{n: len(texts), postings: make(map[string][]posting), weight: make(map[string]float64)}
	all := make([]map[string]int, len(texts))
	for i, t := range texts {
		all[i] = gramsOf(" "+t+" ", 4)
		for g := range all[i] {
			s.weight[g]++
		}
	}
	for g, n := range s.weight {
		s.weight[g] = math.Log(float64(1+len(texts))/(1+n)) + 1
	}
	for i, grams := range all {
		for g, w := range s.vector(grams) {
			s.postings[g] = append(s.postings[g], posting{i, w})
		}
	}
	return s
}

// vector weighs grams by their frequency and rarity and makes their length one.
func (s side) vector(grams map[string]int) map[string]float64 {
	out := make(map[string]float64, len(grams))
	sum := 0.0
	for _, g := range slices.Sorted(maps.Keys(grams)) { // in one order, so that sums are the same on every run
		w, ok := s.weight[g]
		if !ok {
			w = math.Log(float64(1+s.n)) + 1
		}
		w *= 1 + math.Log(float64(grams[g]))
		out[g] = w
		sum += w * w
	}
	for g := range out {
		out[g] /= math.Sqrt(sum)
	}
	return out
}

// cosines adds to scores, for each text, weight times the cosine with t.
func (s side) cosines(scores []float64, t string, weight float64) {
	v := s.vector(gramsOf(" "+t+" ", 4))
	for _, g := range slices.Sorted(maps.Keys(v)) {
		for _, p := range s.postings[g] {
			scores[p.i] += weight * v[g] * p.w
		}
	}
}

// A Near is a quotation of an index and how near it is.
type Near struct {
	I     int     // as NewIndex was given it
	Score float64 // 0 to 1
}

// Nearest are the n quotations most like q, the best first: in its words if q is in the language of the index or translated into it,
// else in the names, numbers and borrowed words that languages share. Of two that are alike in this the one of the nearer length comes first.
func (x *Index) Nearest(q Side, n int) []Near {
	words := q.Words
	if q.InOther != "" {
		words = q.InOther
	}
	parts := partsOf(q, words)
	scores := make([]float64, len(x.lengths))
	for k := range parts {
		x.parts[k].cosines(scores, parts[k], partWeights[k])
	}
	for i := range scores {
		ratio := math.Abs(math.Log(float64(len(parts[2])+4) / x.lengths[i]))
		scores[i] *= math.Exp(-lengthPull * ratio)
	}
	out := make([]Near, len(scores))
	for i, s := range scores {
		out[i] = Near{i, s}
	}
	slices.SortStableFunc(out, func(a, b Near) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return a.I - b.I
	})
	return out[:min(n, len(out))]
}
