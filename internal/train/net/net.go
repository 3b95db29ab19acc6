// Package net trains feed-forward networks over words in seats and hashed
// features by Adam (Kingma and Ba 2015) towards distributions over labels, and
// quantises them for model.Net.
package net

import (
	"log/slog"
	"math"
	"math/rand/v2"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Example is what a network is to learn. Words are by seat, 0 for none; Bags are
// indices into Data.Bags, -1 for none, and fill the seats after them.
type Example struct {
	Features []uint64
	Words    []uint64
	Bags     []int32
	Labels   []Share
	Weight   float32
}

// Share is how likely a label is. Those of an example add up to one.
type Share struct {
	Label uint8
	P     float32
}

// Data is examples, the bags of words that they have, and the vectors that
// words begin with: those of one length. Other words are unknown.
type Data struct {
	Examples []Example
	Bags     [][]uint64
	Keys     []uint64    // of words
	Vectors  [][]float32 // by Keys
}

// Config sets the training.
type Config struct {
	Out, Hidden int
	Epochs      int
	Rate        float64 // falls to nothing in the course of training
	Batch       int
	Dropout     float64 // share of words and hidden units left out
	MinCount    int     // features seen less often are not trained
	Seed        uint64
	Log         *slog.Logger
}

// matrix is trained parameters in rows, with the gradients of a batch and the two
// moments of Adam.
type matrix struct {
	n          int // columns
	w, g, m, v []float32
	touched    []int32 // rows that have a gradient
	is         []bool
}

func newMatrix(rows, n int) *matrix {
	k := rows * n
	return &matrix{n: n, w: make([]float32, k), g: make([]float32, k), m: make([]float32, k), v: make([]float32, k), is: make([]bool, rows)}
}

func (x *matrix) row(i int32) []float32 { return x.w[int(i)*x.n : (int(i)+1)*x.n] }

// grad is the gradient of row i, which then has one.
func (x *matrix) grad(i int32) []float32 {
	if !x.is[i] {
		x.is[i] = true
		x.touched = append(x.touched, i)
	}
	return x.g[int(i)*x.n : (int(i)+1)*x.n]
}

func (x *matrix) noise(rng *rand.Rand, size float64) {
	for i := range x.w {
		x.w[i] = float32(rng.NormFloat64() * size)
	}
}

const beta1, beta2, epsilon = 0.9, 0.999, 1e-8

// step moves the rows that have a gradient; rate is corrected for the first steps.
func (x *matrix) step(rate, scale float32) {
	for _, i := range x.touched {
		x.is[i] = false
		a, b := int(i)*x.n, (int(i)+1)*x.n
		w, g, m, v := x.w[a:b], x.g[a:b], x.m[a:b], x.v[a:b]
		for j, d := range g {
			d *= scale
			m[j] += (1 - beta1) * (d - m[j])
			v[j] += (1 - beta2) * (d*d - v[j])
			w[j] -= rate * m[j] / (float32(math.Sqrt(float64(v[j]))) + epsilon)
			g[j] = 0
		}
	}
	x.touched = x.touched[:0]
}

// Trained is a trained network.
type Trained struct {
	data                     *Data
	featureKeys              []uint64
	out, seats, dims, hidden int
	words, layer, features   *matrix // layer: by seat and hidden unit
	bias, output, outBias    *matrix
}

// example is an Example by rows.
type example struct {
	features, words []int32 // words by seat, -1 for none
}

type trainer struct {
	*Trained
	Config
	rng      *rand.Rand
	bags     [][]int32 // rows of words
	h, gh    []float32
	p        []float32
	in       [][]float32 // by seat, nil for none
	bagged   []float32   // the vectors of the bags
	gin      []float32
	dropped  []bool
	examples []example
}

// Train fits a network.
func Train(d *Data, c Config) *Trained {
	t := &trainer{Config: c, rng: rand.New(rand.NewPCG(c.Seed, 11))}
	t.Trained = &Trained{data: d, out: c.Out, hidden: c.Hidden, dims: len(d.Vectors[0])}
	t.intern()
	t.seats = len(d.Examples[0].Words) + len(d.Examples[0].Bags)
	t.words = newMatrix(len(d.Keys), t.dims)
	for i, v := range d.Vectors {
		copy(t.words.row(int32(i)), v)
	}
	t.layer = newMatrix(t.seats*c.Hidden, t.dims)
	t.layer.noise(t.rng, 1/math.Sqrt(float64(3*t.seats*t.dims)))
	t.features = newMatrix(len(t.featureKeys), c.Hidden)
	t.features.noise(t.rng, 0.02)
	t.bias, t.output, t.outBias = newMatrix(1, c.Hidden), newMatrix(c.Out, c.Hidden), newMatrix(1, c.Out)
	t.output.noise(t.rng, 1/math.Sqrt(float64(3*c.Hidden)))
	t.h, t.gh, t.p = make([]float32, c.Hidden), make([]float32, c.Hidden), make([]float32, c.Out)
	t.in, t.dropped = make([][]float32, t.seats), make([]bool, c.Hidden)
	t.bagged, t.gin = make([]float32, t.seats*t.dims), make([]float32, t.dims)
	order := t.rng.Perm(len(d.Examples))
	steps := c.Epochs * ((len(order) + c.Batch - 1) / c.Batch)
	n := 0
	for epoch := range c.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for from := 0; from < len(order); from += c.Batch {
			batch := order[from:min(from+c.Batch, len(order))]
			for _, i := range batch {
				loss += t.learn(&d.Examples[i], &t.examples[i])
			}
			n++
			rate := c.Rate * math.Max(0.02, 1-float64(n)/float64(steps)) * math.Sqrt(1-math.Pow(beta2, float64(n))) / (1 - math.Pow(beta1, float64(n)))
			for _, x := range []*matrix{t.words, t.layer, t.features, t.bias, t.output, t.outBias} {
				x.step(float32(rate), 1/float32(len(batch)))
			}
		}
		if c.Log != nil {
			c.Log.Info("net", "epoch", epoch+1, "of", c.Epochs, "loss", loss/float64(len(order)), "features", len(t.featureKeys))
		}
	}
	return t.Trained
}

// intern numbers the words and the features that are seen often enough.
func (t *trainer) intern() {
	d := t.data
	wordRow := make(map[uint64]int32, len(d.Keys))
	for i, k := range d.Keys {
		wordRow[k] = int32(i)
	}
	rows := func(keys []uint64) []int32 {
		var out []int32
		for _, k := range keys {
			if r, ok := wordRow[k]; ok {
				out = append(out, r)
			}
		}
		return out
	}
	t.bags = make([][]int32, len(d.Bags))
	for i, b := range d.Bags {
		t.bags[i] = rows(b)
	}
	count := map[uint64]int{}
	for i := range d.Examples {
		for _, h := range d.Examples[i].Features {
			count[h]++
		}
	}
	featureRow := map[uint64]int32{}
	t.examples = make([]example, len(d.Examples))
	for i := range d.Examples {
		e, x := &d.Examples[i], &t.examples[i]
		for _, h := range e.Features {
			if count[h] < t.MinCount {
				continue
			}
			r, ok := featureRow[h]
			if !ok {
				r = int32(len(t.featureKeys))
				featureRow[h] = r
				t.featureKeys = append(t.featureKeys, h)
			}
			x.features = append(x.features, r)
		}
		x.words = make([]int32, len(e.Words))
		for s, k := range e.Words {
			r, ok := wordRow[k]
			if !ok {
				r = -1
			}
			x.words[s] = r
		}
	}
}

// learn adds the gradient of one example, and returns its loss.
func (t *trainer) learn(e *Example, x *example) float64 {
	keep := float32(1 / (1 - t.Dropout))
	h := t.h
	copy(h, t.bias.w)
	for _, r := range x.features {
		for u, w := range t.features.row(r) {
			h[u] += w
		}
	}
	words := len(x.words)
	for s := range t.seats {
		t.in[s] = nil
		if t.rng.Float64() < t.Dropout {
			continue
		}
		v := t.bagged[s*t.dims : (s+1)*t.dims]
		switch {
		case s < words && x.words[s] >= 0:
			for j, w := range t.words.row(x.words[s]) {
				v[j] = w * keep
			}
		case s >= words && e.Bags[s-words] >= 0 && len(t.bags[e.Bags[s-words]]) > 0:
			clear(v)
			bag := t.bags[e.Bags[s-words]]
			for _, r := range bag {
				for j, w := range t.words.row(r) {
					v[j] += w
				}
			}
			scale := keep / float32(math.Sqrt(float64(len(bag))))
			for j := range v {
				v[j] *= scale
			}
		default:
			continue
		}
		t.in[s] = v
		for u := range h {
			h[u] += dot(t.layer.row(int32(s*t.hidden+u)), v)
		}
	}
	for u := range h {
		t.dropped[u] = h[u] <= 0 || t.rng.Float64() < t.Dropout
		h[u] *= keep
		if t.dropped[u] {
			h[u] = 0
		}
	}
	top := float32(math.Inf(-1))
	for y := range t.p {
		t.p[y] = t.outBias.w[y] + dot(t.output.row(int32(y)), h)
		top = max(top, t.p[y])
	}
	sum := float32(0)
	for y := range t.p {
		t.p[y] = float32(math.Exp(float64(t.p[y] - top)))
		sum += t.p[y]
	}
	loss := 0.0
	for y := range t.p {
		t.p[y] /= sum
	}
	for _, s := range e.Labels {
		loss -= float64(s.P) * math.Log(max(1e-9, float64(t.p[s.Label])))
	}
	for _, s := range e.Labels {
		t.p[s.Label] -= s.P
	}
	clear(t.gh)
	gb := t.outBias.grad(0)
	for y, g := range t.p {
		g *= e.Weight
		gb[y] += g
		axpy(t.output.grad(int32(y)), g, h)
		axpy(t.gh, g, t.output.row(int32(y)))
	}
	for u := range t.gh {
		t.gh[u] *= keep
		if t.dropped[u] {
			t.gh[u] = 0
		}
	}
	axpy(t.bias.grad(0), 1, t.gh)
	for _, r := range x.features {
		axpy(t.features.grad(r), 1, t.gh)
	}
	for s, v := range t.in {
		if v == nil {
			continue
		}
		clear(t.gin)
		for u, g := range t.gh {
			if g == 0 {
				continue
			}
			r := int32(s*t.hidden + u)
			axpy(t.layer.grad(r), g, v)
			axpy(t.gin, g, t.layer.row(r))
		}
		if s < words {
			axpy(t.words.grad(x.words[s]), keep, t.gin)
			continue
		}
		bag := t.bags[e.Bags[s-words]]
		scale := keep / float32(math.Sqrt(float64(len(bag))))
		for _, r := range bag {
			axpy(t.words.grad(r), scale, t.gin)
		}
	}
	return loss * float64(e.Weight)
}

func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+3 < len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// axpy adds k times x to dst.
func axpy(dst []float32, k float32, x []float32) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] += k * v
	}
}

// Put stores the network, quantised, in f under name.
func (n *Trained) Put(f *model.File, name string) {
	words, unitW := quantise(n.words.w)
	layer, unitL := quantise(n.layer.w)
	features, unitF := quantise(n.features.w)
	s := model.NetShape{Dims: n.dims, Hidden: n.hidden, Seats: n.seats, Out: n.out}
	unit := unitW * unitL // of the hidden layer
	s.Ratio = max(1, int(math.Round(unit/unitF)))
	for i, v := range n.features.w { // in the units that the ratio leaves
		features[i] = clamp(float64(v) * unit / float64(s.Ratio))
	}
	for top := maxHidden * unit; top >= 1<<15; top /= 2 {
		s.HiddenShift++
	}
	unit2 := unit / float64(int(1)<<s.HiddenShift)
	most := largest(n.output.w)
	for s.OutShift = 0; s.OutShift < 31 && most*1000*float64(int(1)<<(s.OutShift+1))/unit2 < 1<<15; s.OutShift++ {
	}
	output, bias, outBias := make([]int16, len(n.output.w)), make([]int32, n.hidden), make([]int32, n.out)
	for i, v := range n.output.w {
		output[i] = int16(math.Round(float64(v) * 1000 * float64(int(1)<<s.OutShift) / unit2))
	}
	for i, v := range n.bias.w {
		bias[i] = int32(math.Round(float64(v) * unit))
	}
	for i, v := range n.outBias.w {
		outBias[i] = int32(math.Round(float64(v) * 1000))
	}
	rows := func(all []int8, k int) func(i int) []int8 {
		return func(i int) []int8 { return all[i*k : (i+1)*k] }
	}
	model.PutNet(f, name, s, model.BuildTable(n.dims, n.data.Keys, rows(words, n.dims)),
		model.BuildTable(n.hidden, n.featureKeys, rows(features, n.hidden)), layer, bias, output, outBias)
}

// maxHidden is what a hidden unit hardly exceeds.
const maxHidden = 30

func largest(w []float32) float64 {
	most := 1e-6
	for _, v := range w {
		most = max(most, math.Abs(float64(v)))
	}
	return most
}

// spread is how many root mean squares the range of quantised weights takes in;
// what lies beyond is cut.
const spread = 6

// quantise is w in int8, unit of them to one.
func quantise(w []float32) (out []int8, unit float64) {
	sum := 0.0
	for _, v := range w {
		sum += float64(v) * float64(v)
	}
	unit = 127 / min(largest(w), spread*math.Sqrt(sum/float64(max(1, len(w)))+1e-12))
	out = make([]int8, len(w))
	for i, v := range w {
		out[i] = clamp(float64(v) * unit)
	}
	return out, unit
}

func clamp(v float64) int8 { return int8(math.Round(min(max(v, -127), 127))) }
