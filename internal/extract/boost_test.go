package extract

import (
	"math"
	"slices"
)

// A row is one block to learn from.
type row struct {
	f    features
	y, w float32
}

const bins = 64 // values a feature is told apart by

// boost learns decision trees by gradient boosting on the logistic loss with second-order steps, each tree grown level by level on
// histograms (Friedman 2001; Chen and Guestrin 2016).
func boost(data []row, trees, depth int, rate float64) forest {
	n, m := len(data), len(data[0].f)
	limits := make([][]float32, m)
	coded := make([][]uint8, m)
	for j := 0; j < m; j++ {
		limits[j] = cutPoints(data, j)
		coded[j] = make([]uint8, n)
		for i := range data {
			coded[j][i] = uint8(bin(limits[j], data[i].f[j]))
		}
	}
	var pos, all float64
	for _, r := range data {
		pos += float64(r.y * r.w)
		all += float64(r.w)
	}
	model := forest{bias: float32(math.Log(pos / (all - pos)))}
	score := make([]float64, n)
	for i := range score {
		score[i] = float64(model.bias)
	}
	g, h := make([]float64, n), make([]float64, n)
	at := make([]int, n)
	seed := uint32(1)
	for range trees {
		for i, r := range data {
			p := 1 / (1 + math.Exp(-score[i]))
			g[i] = (p - float64(r.y)) * float64(r.w)
			h[i] = p * (1 - p) * float64(r.w)
			at[i] = 0
			seed = seed*1664525 + 1013904223
			if seed>>24 > 180 { // each tree sees seven tenths of the blocks
				at[i] = -1
			}
		}
		use := make([]bool, m) // and half of the features
		for j := range use {
			seed = seed*1664525 + 1013904223
			use[j] = seed>>24 < 140
		}
		tree := grow(coded, limits, g, h, at, use, depth, rate)
		model.trees = append(model.trees, tree)
		for i := range data {
			score[i] += float64(answer(tree, data[i].f))
		}
	}
	return model
}

func answer(tree []node, f features) float32 {
	n := &tree[0]
	for n.feature >= 0 {
		if f[n.feature] < n.limit {
			n = &tree[n.low]
		} else {
			n = &tree[n.high]
		}
	}
	return n.limit
}

// cutPoints are the values that part a feature into bins of about equal size.
func cutPoints(data []row, j int) []float32 {
	values := make([]float32, len(data))
	for i := range data {
		values[i] = data[i].f[j]
	}
	slices.Sort(values)
	var list []float32
	for k := 1; k < bins; k++ {
		v := values[k*len(values)/bins]
		if (len(list) == 0 || v > list[len(list)-1]) && v > values[0] {
			list = append(list, v)
		}
	}
	if distinct := slices.Compact(values); len(distinct) <= bins {
		return append([]float32(nil), distinct[1:]...)
	}
	return list
}

// bin is the number of limits that are not above v.
func bin(limits []float32, v float32) int {
	i, found := slices.BinarySearch(limits, v)
	if found {
		return i + 1
	}
	return i
}

const (
	lambda   = 2.0 // keeps leaves with little weight small
	minChild = 3.0 // second-order weight of a leaf
)

func grow(coded [][]uint8, limits [][]float32, g, h []float64, at []int, use []bool, depth int, rate float64) []node {
	tree := []node{{feature: -1}}
	level := []int{0}
	for d := 0; d <= depth && len(level) > 0; d++ {
		place := map[int]int{}
		for k, nd := range level {
			place[nd] = k
		}
		slot := make([]int32, len(tree))
		for i := range slot {
			slot[i] = -1
		}
		for nd, k := range place {
			slot[nd] = int32(k)
		}
		sumG, sumH := make([]float64, len(level)), make([]float64, len(level))
		for i, nd := range at {
			if nd >= 0 && slot[nd] >= 0 {
				sumG[slot[nd]] += g[i]
				sumH[slot[nd]] += h[i]
			}
		}
		for k, nd := range level {
			tree[nd].limit = float32(-rate * sumG[k] / (sumH[k] + lambda))
		}
		if d == depth {
			break
		}
		bestGain := make([]float64, len(level))
		bestFeature := make([]int, len(level))
		bestBin := make([]int, len(level))
		for k := range bestFeature {
			bestFeature[k] = -1
			bestGain[k] = 1e-3
		}
		hist := make([]float64, len(level)*(bins+1)*2)
		for j := range coded {
			if !use[j] || len(limits[j]) == 0 {
				continue
			}
			clear(hist)
			for i, nd := range at {
				if nd >= 0 && slot[nd] >= 0 {
					o := (int(slot[nd])*(bins+1) + int(coded[j][i])) * 2
					hist[o] += g[i]
					hist[o+1] += h[i]
				}
			}
			for k := range level {
				var lg, lh float64
				for b := 0; b < len(limits[j]); b++ {
					o := (k*(bins+1) + b) * 2
					lg += hist[o]
					lh += hist[o+1]
					rg, rh := sumG[k]-lg, sumH[k]-lh
					if lh < minChild || rh < minChild {
						continue
					}
					gain := lg*lg/(lh+lambda) + rg*rg/(rh+lambda) - sumG[k]*sumG[k]/(sumH[k]+lambda)
					if gain > bestGain[k] {
						bestGain[k], bestFeature[k], bestBin[k] = gain, j, b
					}
				}
			}
		}
		var next []int
		splits := map[int]int{}
		for k, nd := range level {
			if bestFeature[k] < 0 {
				continue
			}
			low := len(tree)
			tree = append(tree, node{feature: -1}, node{feature: -1})
			tree[nd] = node{feature: int16(bestFeature[k]), limit: limits[bestFeature[k]][bestBin[k]], low: int16(low), high: int16(low + 1)}
			next = append(next, low, low+1)
			splits[nd] = k
		}
		for i, nd := range at {
			if nd < 0 {
				continue
			}
			if k, ok := splits[nd]; ok {
				if int(coded[bestFeature[k]][i]) <= bestBin[k] {
					at[i] = int(tree[nd].low)
				} else {
					at[i] = int(tree[nd].high)
				}
			}
		}
		level = next
	}
	return tree
}
