package extract

import (
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dragoman-newsroom/dragoman/internal/address"
	"github.com/dragoman-newsroom/dragoman/internal/charset"
	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

var (
	train = flag.Bool("train", false, "learn model.txt anew from the shared data")
	cross = flag.Bool("cross", false, "learn on four fifths of the sites and score the rest, five times")
)

// A lesson is a page with the answer for each block: 1 it belongs to the article, 0 it does not, -1 nobody knows.
type lesson struct {
	sample *sample
	scene  *scene
	fold   int
	host   string
	answer []int8
	weight []float32
	rows   []features
	first  []float32 // what a model that has not seen this page says of each block
	words  map[string]share
}

// A share is how much text stands below elements of a name, and how much of it belongs to the article.
type share struct{ in, all float64 }

// folds is how many parts the sites are dealt into.
const folds = 5

// open reads a page up to the point where blocks are judged.
func open(s *sample) *scene {
	text, _ := charset.Decode(s.html, "", "")
	tree, err := parse(text)
	if err != nil {
		return nil
	}
	url := address.Clean(s.URL)
	h := readHead(tree, url, nil)
	tag := language(h.lang)
	t := h.headline(h.base, tag, "")
	return stage(cut(tree, h.base, tag), h, t)
}

// lessons reads all pages and works out the answers.
func lessons(t *testing.T) []*lesson {
	var list []*lesson
	for _, set := range allSets {
		for _, s := range samples(t, set) {
			host := address.Site(s.URL)
			if set == "mozilla-readability" && (host == "" || strings.Contains(host, "fakehost")) {
				host = s.id
			}
			sum := fnv.New32a()
			sum.Write([]byte(host))
			l := &lesson{sample: s, host: host, fold: int(sum.Sum32() % folds)}
			if l.scene = open(s); l.scene != nil {
				l.answers(l.scene)
				l.countWords()
				list = append(list, l)
			}
		}
	}
	return list
}

func (l *lesson) answers(s *scene) {
	truthLines := map[string]bool{}
	for line := range strings.SplitSeq(l.sample.Body, "\n") {
		truthLines[key(line)] = true
	}
	truth := " " + key(l.sample.Body) + " "
	grams := shingles(strings.Fields(truth))
	var with, without []string
	for _, w := range l.sample.With {
		with = append(with, key(w))
	}
	for _, w := range l.sample.Without {
		without = append(without, key(w))
	}
	total := 0
	for i := range s.blocks {
		total += s.blocks[i].letters
	}
	truthLetters := lettersIn(l.sample.Body)
	l.answer = make([]int8, len(s.blocks))
	l.weight = make([]float32, len(s.blocks))
	for i := range s.blocks {
		b := &s.blocks[i]
		l.answer[i] = -1
		if b.letters == 0 || b.Media != nil || b.Kind == doc.Rule {
			continue
		}
		k := b.key
		if b.Kind == doc.Table {
			var cells []string
			for _, row := range b.Rows {
				for _, c := range row {
					cells = append(cells, key(c.S))
				}
			}
			k = strings.Join(cells, " ")
		}
		size := float64(b.letters + 12)
		if l.sample.Body == "" {
			l.weight[i] = 0.3
			for _, w := range with {
				if len(w) > 12 && strings.Contains(k, w) {
					l.answer[i] = 1
				}
			}
			for _, w := range without {
				if k == w || len(w) > 12 && strings.Contains(k, w) {
					l.answer[i] = 0
				}
			}
			continue
		}
		l.answer[i] = 0
		if truthLines[k] || len(k) >= 16 && strings.Contains(truth, " "+k+" ") || len(k) >= 30 && strings.Contains(truth, k) {
			l.answer[i] = 1
		} else if covered(strings.Fields(k), grams) > 0.7 {
			l.answer[i] = 1
		}
		if s.title.keys[k] && !truthLines[k] {
			l.answer[i] = 0
		}
		l.weight[i] = float32(size / float64(truthLetters+400) * 20)
		if l.sample.set == "mozilla-readability" {
			l.weight[i] *= 0.4
		}
		l.weight[i] = min(l.weight[i], 4)
		l.weight[i] = max(l.weight[i], 0.05)
	}
}

// covered is the share of the groups of four words of a block that the truth has.
func covered(words []string, grams map[string]int) float64 {
	own := shingles(words)
	if len(words) < 4 || len(own) == 0 {
		return 0
	}
	hit := 0
	for k := range own {
		if grams[k] > 0 {
			hit++
		}
	}
	return float64(hit) / float64(len(own))
}

// wordTable learns the weights of words in classes from the lessons whose fold is not left out: for each word the share of text below
// elements of that name that belongs to articles, each site counting once.
func wordTable(list []*lesson, leave func(fold int) bool) map[string]float32 {
	sites := map[string]map[string]share{} // word, site
	for _, l := range list {
		if leave(l.fold) {
			continue
		}
		for w, v := range l.words {
			if sites[w] == nil {
				sites[w] = map[string]share{}
			}
			sum := sites[w][l.host]
			sites[w][l.host] = share{sum.in + v.in, sum.all + v.all}
		}
	}
	table := map[string]float32{}
	for w, bySite := range sites {
		if len(bySite) < 4 || len(w) > 30 {
			continue
		}
		var sum float64
		for _, host := range slices.Sorted(maps.Keys(bySite)) {
			v := bySite[host]
			sum += v.in / (v.all + 1)
		}
		n := float64(len(bySite))
		mean := (sum + 0.5*1.5) / (n + 1.5)
		table[w] = float32(math.Round(100*math.Log(mean/(1-mean))) / 100)
	}
	return table
}

// countWords notes how much text stands below elements of each name.
func (l *lesson) countWords() {
	l.words = map[string]share{}
	if l.sample.Body == "" {
		return
	}
	for i := range l.scene.blocks {
		if l.answer[i] < 0 {
			continue
		}
		size := float64(l.scene.blocks[i].letters)
		seen := map[string]bool{}
		level := 0
		for p := l.scene.blocks[i].node; p != nil && p.Parent != nil && p.Data != "body" && level < 5; p = p.Parent {
			for _, w := range names(p) {
				if seen[w] {
					continue
				}
				seen[w] = true
				v := l.words[w]
				v.all += size
				if l.answer[i] == 1 {
					v.in += size
				}
				l.words[w] = v
			}
			level++
		}
	}
}

// fill computes the features of the lessons of a fold with a table of words.
func fill(list []*lesson, fold int, table map[string]float32) {
	saved := judge
	defer func() { judge = saved }()
	judge = &model{words: table}
	for _, l := range list {
		if l.fold != fold {
			continue
		}
		clear(l.scene.weights)
		l.rows = make([]features, len(l.scene.blocks))
		for i := range l.scene.blocks {
			if l.scene.blocks[i].judged() {
				l.rows[i] = l.scene.features(i)
			}
		}
	}
}

// rowsOf gathers the rows of the lessons whose fold is not left out.
func rowsOf(list []*lesson, leave func(fold int) bool, of func(*lesson, int) features) []row {
	var data []row
	for _, l := range list {
		if leave(l.fold) {
			continue
		}
		for i := range l.rows {
			if l.answer[i] >= 0 && l.rows[i] != nil {
				data = append(data, row{f: of(l, i), y: float32(l.answer[i]), w: l.weight[i]})
			}
		}
	}
	return data
}

func own(l *lesson, i int) features { return l.rows[i] }

// Sizes of what is learnt.
const (
	treeCount = 130
	treeDepth = 5
	stepSize  = 0.1
)

// learn makes a model of the lessons whose fold is not left out. The features of a fold are computed with the words of the other folds,
// and its first scores come from a forest of the other folds, so that no page tells its own answer.
func learn(t *testing.T, list []*lesson, leave func(fold int) bool) *model {
	start := time.Now()
	for k := range folds {
		if !leave(k) {
			fill(list, k, wordTable(list, func(f int) bool { return leave(f) || f == k }))
		}
	}
	m := &model{words: wordTable(list, leave)}
	for k := range folds {
		if leave(k) {
			continue
		}
		f := boost(rowsOf(list, func(f int) bool { return leave(f) || f == k }, own), treeCount, treeDepth, stepSize)
		for _, l := range list {
			if l.fold != k {
				continue
			}
			l.first = make([]float32, len(l.rows))
			for i, r := range l.rows {
				if r != nil {
					l.first[i] = f.score(r)
				}
			}
		}
	}
	data := rowsOf(list, leave, own)
	m.first = boost(data, treeCount, treeDepth, stepSize)
	contexts := map[*lesson]*context{}
	m.second = boost(rowsOf(list, leave, func(l *lesson, i int) features {
		if contexts[l] == nil {
			contexts[l] = l.scene.context(l.first)
		}
		return contexts[l].features(l.rows[i], i)
	}), treeCount, treeDepth, stepSize)
	t.Logf("learnt from %d blocks, %d words in classes: %s", len(data), len(m.words), time.Since(start).Round(time.Second))
	return m
}

// TestTrain learns the model (-train) or says how well it would do on sites it has not seen (-cross).
func TestTrain(t *testing.T) {
	if !*train && !*cross {
		t.Skip("learns only with -train or -cross")
	}
	list := lessons(t)
	if *cross {
		saved := judge
		defer func() { judge = saved }()
		bySet := map[string][]result{}
		for k := range folds {
			judge = learn(t, list, func(f int) bool { return f == k })
			for _, l := range list {
				if l.fold == k {
					bySet[l.sample.set] = append(bySet[l.sample.set], read(l.sample))
				}
			}
		}
		for _, set := range allSets {
			t.Logf("%-20s %s", set, summed(bySet[set]))
			if os.Getenv("DRAGOMAN_WORST") != "" {
				worst(t, bySet[set], 14)
			}
		}
		return
	}
	m := learn(t, list, func(int) bool { return false })
	if err := os.WriteFile("model.txt", []byte(m.format()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// worst prints the pages that were read worst.
func worst(t *testing.T, list []result, n int) {
	slices.SortFunc(list, func(a, b result) int {
		switch {
		case a.f1() < b.f1():
			return -1
		case a.f1() > b.f1():
			return 1
		}
		return strings.Compare(a.sample.id, b.sample.id)
	})
	for _, r := range list[:min(len(list), n)] {
		t.Logf("   %.3f P %.3f R %.3f %s %v", r.f1(), r.precision, r.recall, r.sample.id, r.err)
	}
}

// format writes a model as readModel reads it.
func (m *model) format() string {
	var b strings.Builder
	b.WriteString("# Written by go test ./internal/extract -run TestTrain -train. Do not edit.\n")
	for _, w := range slices.Sorted(maps.Keys(m.words)) {
		fmt.Fprintf(&b, "word %s %.3g\n", w, m.words[w])
	}
	all := append(slices.Clone(featureNames), contextNames...)
	for _, f := range []forest{m.first, m.second} {
		fmt.Fprintf(&b, "forest %.4g\n", f.bias)
		for _, tree := range f.trees {
			b.WriteString("tree\n")
			for _, n := range tree {
				if n.feature < 0 {
					fmt.Fprintf(&b, "leaf %.4g\n", n.limit)
				} else {
					fmt.Fprintf(&b, "%s %g %d %d\n", all[n.feature], n.limit, n.low, n.high)
				}
			}
		}
	}
	return b.String()
}
