package extract

import (
	"bufio"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// model.txt holds what TestTrain learnt from pages whose article is known: decision trees over features, and the weights of words in
// classes and ids. Its form is one line a node or word; see readModel.
//
//go:embed model.txt
var modelText string

// judge is the model.
var judge = mustRead(modelText)

// A model says how likely a block belongs to the article. It judges twice: first each block by itself, then again with what the first
// judgement said of the blocks around it.
type model struct {
	first, second forest
	words         map[string]float32 // by word: the logarithm of how much likelier it stands around an article's text than around other text
}

// A forest is a sum of decision trees.
type forest struct {
	bias  float32
	trees [][]node
}

// A node of a tree asks whether a feature is below a limit; a leaf has feature -1 and the tree's answer.
type node struct {
	feature   int16
	limit     float32 // of a leaf: what it adds to the score
	low, high int16   // the nodes to go to: below the limit, and not
}

// score is the logarithm of the odds that a block with these features belongs to the article.
func (m *forest) score(f features) float32 {
	sum := m.bias
	for _, tree := range m.trees {
		n := &tree[0]
		for n.feature >= 0 {
			if f[n.feature] < n.limit {
				n = &tree[n.low]
			} else {
				n = &tree[n.high]
			}
		}
		sum += n.limit
	}
	return sum
}

func mustRead(text string) *model {
	m, err := readModel(text)
	if err != nil {
		panic(err) // the file is part of the program; TestModel reads it
	}
	return m
}

// readModel reads the text form of a model:
//
//	word newsletter -3.1
//	forest -0.25          (the first, then the second)
//	tree
//	feature limit low high
//	leaf 0.034
func readModel(text string) (*model, error) {
	index := map[string]int16{}
	for i, name := range append(featureNames[:len(featureNames):len(featureNames)], contextNames...) {
		index[name] = int16(i)
	}
	m := &model{words: map[string]float32{}}
	r := modelReader{m: m, index: index}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		if err := r.line(strings.Fields(lines.Text())); err != nil {
			return nil, fmt.Errorf("line %d of the model: %w", n, err)
		}
	}
	for _, f := range []*forest{&m.first, &m.second} {
		if err := f.check(); err != nil {
			return nil, err
		}
	}
	return m, lines.Err()
}

// check reports a tree that leads nowhere.
func (m *forest) check() error {
	for i, tree := range m.trees {
		for j, n := range tree {
			if n.feature >= 0 && (int(n.low) <= j || int(n.high) <= j || int(n.low) >= len(tree) || int(n.high) >= len(tree)) {
				return fmt.Errorf("tree %d of the model: node %d leads nowhere", i, j)
			}
		}
		if len(tree) == 0 {
			return fmt.Errorf("tree %d of the model is empty", i)
		}
	}
	return nil
}

// A modelReader reads the lines of a model.
type modelReader struct {
	m     *model
	at    *forest // the forest being read
	index map[string]int16
}

func (r *modelReader) line(f []string) error {
	switch {
	case len(f) == 0 || strings.HasPrefix(f[0], "#"):
		return nil
	case f[0] == "word" && len(f) == 3:
		v, err := strconv.ParseFloat(f[2], 32)
		r.m.words[f[1]] = float32(v)
		return err
	case f[0] == "forest" && len(f) == 2:
		if r.at == nil {
			r.at = &r.m.first
		} else {
			r.at = &r.m.second
		}
		v, err := strconv.ParseFloat(f[1], 32)
		r.at.bias = float32(v)
		return err
	case r.at == nil:
		return fmt.Errorf("%q before any forest", f[0])
	case f[0] == "tree":
		r.at.trees = append(r.at.trees, nil)
		return nil
	case len(r.at.trees) == 0:
		return fmt.Errorf("%q before any tree", f[0])
	}
	last := &r.at.trees[len(r.at.trees)-1]
	if f[0] == "leaf" && len(f) == 2 {
		v, err := strconv.ParseFloat(f[1], 32)
		*last = append(*last, node{feature: -1, limit: float32(v)})
		return err
	}
	feature, ok := r.index[f[0]]
	if !ok || len(f) != 4 {
		return fmt.Errorf("no feature %q", f[0])
	}
	limit, err := strconv.ParseFloat(f[1], 32)
	if err != nil {
		return err
	}
	low, err := strconv.ParseInt(f[2], 10, 16)
	if err != nil {
		return err
	}
	high, err := strconv.ParseInt(f[3], 10, 16)
	if err != nil {
		return err
	}
	*last = append(*last, node{feature: feature, limit: float32(limit), low: int16(low), high: int16(high)})
	return nil
}
