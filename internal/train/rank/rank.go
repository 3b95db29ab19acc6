// Package rank trains linear models over hashed features that choose one of
// several candidates (a softmax over their scores) or accept a single one (a
// logistic regression, which is the softmax against a candidate without
// features).
package rank

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Choice is one training example: the features of each candidate, and those
// that are right, of which any may be chosen.
type Choice struct {
	Candidates [][]uint64
	Gold       []int
}

// Config sets the training.
type Config struct {
	Epochs   int
	Rate     float64 // AdaGrad step
	Dropout  float64 // share of features dropped
	L2       float64
	MinCount int
	Seed     uint64
}

// Weights are trained weights by feature.
type Weights struct {
	keys []uint64
	w    []float64
	id   map[uint64]int
}

// Train fits the weights.
func Train(data []Choice, c Config) *Weights {
	count := map[uint64]int{}
	var order []uint64
	for _, x := range data {
		for _, f := range x.Candidates {
			for _, h := range f {
				if count[h] == 0 {
					order = append(order, h)
				}
				count[h]++
			}
		}
	}
	id := map[uint64]int{}
	out := &Weights{}
	for _, h := range order {
		if count[h] >= c.MinCount {
			id[h] = len(out.keys)
			out.keys = append(out.keys, h)
		}
	}
	n := len(out.keys)
	w, g, u := make([]float64, n), make([]float64, n), make([]float64, n)
	rng := rand.New(rand.NewPCG(c.Seed, 11))
	perm := rng.Perm(len(data))
	step := 0.0
	var rows [][]int
	var score []float64
	for range c.Epochs {
		rng.Shuffle(len(perm), func(i, j int) { perm[i], perm[j] = perm[j], perm[i] })
		for _, i := range perm {
			step++
			x := data[i]
			rows, score = rows[:0], score[:0]
			top := math.Inf(-1)
			for _, f := range x.Candidates {
				var row []int
				s := 0.0
				for _, h := range f {
					if j, ok := id[h]; ok && rng.Float64() >= c.Dropout {
						row = append(row, j)
						s += w[j]
					}
				}
				rows, score = append(rows, row), append(score, s/(1-c.Dropout))
				top = max(top, score[len(score)-1])
			}
			sum, right := 0.0, 0.0
			for _, s := range score {
				sum += math.Exp(s - top)
			}
			for _, k := range x.Gold {
				right += math.Exp(score[k] - top)
			}
			for k, s := range score {
				d := math.Exp(s-top) / sum
				if slices.Contains(x.Gold, k) {
					d -= math.Exp(s-top) / max(right, math.SmallestNonzeroFloat64)
				}
				for _, j := range rows[k] {
					e := d + c.L2*w[j]
					g[j] += e * e
					v := c.Rate * e / (math.Sqrt(g[j]) + 1e-8)
					w[j] -= v
					u[j] -= v * step
				}
			}
		}
	}
	out.w = make([]float64, n)
	for j := range w {
		out.w[j] = w[j] - u[j]/(step+1)
	}
	return out
}

// Table quantises the weights as a model.Table of one weight a row. A weight
// of one is scale units; rows of fewer than least units are left out.
func (w *Weights) Table(least float64) (table []byte, scale float64) {
	top := 1e-3
	for _, v := range w.w {
		top = max(top, math.Abs(v))
	}
	scale = 127 / top
	var keys []uint64
	var rows []int8
	for i, v := range w.w {
		if q := math.Round(v * scale); math.Abs(q) >= least {
			keys, rows = append(keys, w.keys[i]), append(rows, int8(q))
		}
	}
	return model.BuildTable(1, keys, func(i int) []int8 { return rows[i : i+1] }), scale
}

// Score is the score of a candidate.
func (w *Weights) Score(feats []uint64) float64 {
	if w.id == nil {
		w.id = map[uint64]int{}
		for i, h := range w.keys {
			w.id[h] = i
		}
	}
	s := 0.0
	for _, h := range feats {
		if i, ok := w.id[h]; ok {
			s += w.w[i]
		}
	}
	return s
}
