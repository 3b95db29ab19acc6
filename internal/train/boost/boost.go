// Package boost trains gradient-boosted trees for yes-or-no questions and for
// choices: each tree is a Newton step down the loss (Friedman 2001; Chen and
// Guestrin 2016), grown level by level on histograms of the features.
package boost

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Config sets the training.
type Config struct {
	Trees   int
	Depth   int
	Rate    float64 // shrinkage of each tree
	Lambda  float64 // L2 penalty of a leaf, in units of curvature
	Gamma   float64 // the gain a split must bring
	MinLeaf float64 // the least curvature of a leaf
	Rows    float64 // share of the rows that a tree sees
	Columns float64 // share of the features that a tree sees
	Seed    uint64
}

// Example is one row, its log odds before the first tree, and how far the
// answer is yes, from 0 to 1. All rows have as many features.
type Example struct {
	Row  []int16
	Base float64
	Yes  float64
}

// maxBins bounds the thresholds that are tried for a feature.
const maxBins = 64

type moment struct{ g, h float64 } // sums of gradients and of curvatures

type grower struct {
	c     Config
	data  []Example
	ends  []int     // of the choices among data; nil: each row is a question by itself
	width int       // features of a row
	cuts  [][]int16 // bin b holds the values in (cuts[b-1], cuts[b]]
	bins  []uint8   // [row*width+feature]
	score []float64
	step  []moment // by row
	node  []int32  // by row, in its level
	hist  []moment // [(node*width+feature)*maxBins+bin]
	rng   *rand.Rand
	trees *model.Trees
}

// Train grows trees for a yes-or-no question of each row: the logistic loss.
func Train(data []Example, c Config) *model.Trees { return train(data, nil, c) }

// TrainChoices grows trees that choose one row of several or none: the loss of a
// softmax over their scores and that of none, which is 0. Choice k is the rows
// before ends[k] that are not of a choice before it; of rows whose answer is yes
// any may be chosen.
func TrainChoices(data []Example, ends []int, c Config) *model.Trees { return train(data, ends, c) }

func train(data []Example, ends []int, c Config) *model.Trees {
	if len(data) == 0 {
		return &model.Trees{Depth: c.Depth}
	}
	width := len(data[0].Row)
	g := &grower{
		c: c, data: data, ends: ends, width: width, cuts: make([][]int16, width),
		score: make([]float64, len(data)), step: make([]moment, len(data)), node: make([]int32, len(data)),
		hist: make([]moment, (1<<(c.Depth-1))*width*maxBins),
		rng:  rand.New(rand.NewPCG(c.Seed, 17)), trees: &model.Trees{Depth: c.Depth},
	}
	g.bin()
	for i := range data {
		g.score[i] = data[i].Base
	}
	for range c.Trees {
		g.grow()
	}
	return g.trees
}

// bin cuts each feature into bins of about as many rows each.
func (g *grower) bin() {
	n := len(g.data)
	g.bins = make([]uint8, n*g.width)
	vals := make([]int16, n)
	for f := range g.width {
		for i := range g.data {
			vals[i] = g.data[i].Row[f]
		}
		slices.Sort(vals)
		distinct := slices.Compact(slices.Clone(vals))
		cuts := distinct[:max(0, len(distinct)-1)]
		if len(cuts) >= maxBins {
			cuts = nil
			for k := 1; k < maxBins; k++ {
				if v := vals[k*n/maxBins]; v < vals[n-1] {
					cuts = append(cuts, v)
				}
			}
			cuts = slices.Compact(cuts)
		}
		g.cuts[f] = cuts
		for i := range g.data {
			b, _ := slices.BinarySearch(cuts, g.data[i].Row[f])
			g.bins[i*g.width+f] = uint8(b)
		}
	}
}

// descend sets the steps down the loss.
func (g *grower) descend() {
	if g.ends == nil {
		for i := range g.data {
			p := 1 / (1 + math.Exp(-g.score[i]))
			g.step[i] = moment{p - g.data[i].Yes, max(p*(1-p), 1e-6)}
		}
		return
	}
	from := 0
	for _, to := range g.ends {
		top := 0.0
		for _, s := range g.score[from:to] {
			top = max(top, s)
		}
		all, right := math.Exp(-top), 0.0
		for i := from; i < to; i++ {
			e := math.Exp(g.score[i] - top)
			all += e
			right += e * g.data[i].Yes
		}
		if right == 0 {
			right = 1 // none of them
		}
		for i := from; i < to; i++ {
			e := math.Exp(g.score[i] - top)
			p := e / all
			g.step[i] = moment{p - e*g.data[i].Yes/right, max(p*(1-p), 1e-3)}
		}
		from = to
	}
}

// grow adds a tree.
func (g *grower) grow() {
	g.descend()
	clear(g.node)
	var rows []int32
	for i := range g.data {
		if g.rng.Float64() < g.c.Rows {
			rows = append(rows, int32(i))
		}
	}
	columns := g.rng.Perm(g.width)[:max(1, int(g.c.Columns*float64(g.width)))]
	slices.Sort(columns)
	t := g.trees
	for level := range g.c.Depth {
		g.tally(rows, columns, 1<<level)
		first := len(t.Feature)
		for n := range 1 << level {
			f, b := g.best(n, columns)
			t.Feature = append(t.Feature, uint8(f))
			if b < 0 {
				t.Threshold = append(t.Threshold, math.MaxInt16) // all go left
			} else {
				t.Threshold = append(t.Threshold, g.cuts[f][b])
			}
		}
		for i := range g.data {
			at := first + int(g.node[i])
			right := int32(0)
			if g.data[i].Row[t.Feature[at]] > t.Threshold[at] {
				right = 1
			}
			g.node[i] = 2*g.node[i] + right
		}
	}
	leaves := make([]moment, 1<<g.c.Depth)
	for _, i := range rows {
		leaves[g.node[i]].g += g.step[i].g
		leaves[g.node[i]].h += g.step[i].h
	}
	values := make([]float64, len(leaves))
	for k, m := range leaves {
		v := math.Round(-1000 * g.c.Rate * m.g / (m.h + g.c.Lambda))
		v = min(max(v, math.MinInt16), math.MaxInt16)
		t.Leaf = append(t.Leaf, int16(v))
		values[k] = v / 1000
	}
	for i := range g.data {
		g.score[i] += values[g.node[i]]
	}
}

// tally sums up the steps of the rows by node, feature and bin.
func (g *grower) tally(rows []int32, columns []int, nodes int) {
	F := g.width
	clear(g.hist[:nodes*F*maxBins])
	for _, i := range rows {
		s := g.step[i]
		bins := g.bins[int(i)*F : int(i)*F+F]
		hist := g.hist[int(g.node[i])*F*maxBins : (int(g.node[i])+1)*F*maxBins]
		for _, f := range columns {
			m := &hist[f*maxBins+int(bins[f])]
			m.g += s.g
			m.h += s.h
		}
	}
}

// best is the split of a node that brings the most: rows up to bin b of
// feature f to the left. b is -1 if none is worth it.
func (g *grower) best(node int, columns []int) (feature, bin int) {
	gain := func(m moment) float64 { return m.g * m.g / (m.h + g.c.Lambda) }
	top := g.c.Gamma
	feature, bin = columns[0], -1
	for _, f := range columns {
		hist := g.hist[(node*g.width+f)*maxBins:][:len(g.cuts[f])+1]
		var all, left moment
		for _, m := range hist {
			all.g, all.h = all.g+m.g, all.h+m.h
		}
		for b, m := range hist[:len(hist)-1] {
			left.g, left.h = left.g+m.g, left.h+m.h
			right := moment{all.g - left.g, all.h - left.h}
			if left.h < g.c.MinLeaf || right.h < g.c.MinLeaf {
				continue
			}
			if v := gain(left) + gain(right) - gain(all); v > top {
				top, feature, bin = v, f, b
			}
		}
	}
	return feature, bin
}
