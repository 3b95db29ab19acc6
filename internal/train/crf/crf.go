// Package crf trains linear-chain conditional random fields (Lafferty et al.
// 2001) over hashed features by AdaGrad, with feature dropout and weight
// averaging, and quantises them for model.Chain.
package crf

import (
	"cmp"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Sequence is one training example. Feats holds the feature hashes of every
// token; Labels the gold label of every token.
type Sequence struct {
	Feats  [][]uint64
	Labels []uint8
}

// Config sets the training. Zero values are replaced by the defaults in brackets.
type Config struct {
	Epochs   int     // [8]
	Rate     float64 // AdaGrad step [0.1]
	Dropout  float64 // share of features dropped in an example [0; the probe liked 0.4]
	L2       float64 // decay of a weight at each of its updates [0]
	MinCount int     // features seen less often are not trained [2]
	Prune    float64 // rows whose largest weight is below are dropped [0.01]
	MaxRows  int     // at most so many rows are kept, the heaviest [no limit]
	Seed     uint64
	Members  int // chains trained with different seeds, whose mean is the result [1]
	// Allowed reports whether label y may follow label x (x = -1: at the start). nil allows all.
	Allowed func(x, y int) bool
	// Cost is added to the score of every wrong label of a token whose gold
	// label is y: cost-augmented (softmax-margin) training that trades
	// precision for recall. nil is the plain likelihood.
	Cost func(gold, y int) float64
	Log  *slog.Logger
}

// Weights are trained float weights, ready to be stored.
type Weights struct {
	labels int
	keys   []uint64
	emit   []float32
	start  []float64
	trans  []float64
	prune  float64
	rows   int
}

type trainer struct {
	Config
	k                int
	ids              *interner
	w, g, u          []float32 // weights, sums of squared gradients, weights times step for the average
	tw, tg, tu       []float64 // transitions, then starts
	step             float64
	rng              *rand.Rand
	emit             []float64
	alpha, beta      []float64
	rows             []uint32
	ends             []int
	allowed          []bool
	expT             []float64
	post, expE, norm []float64
}

type example struct {
	rows   []uint32 // rows of all tokens, one after another
	ends   []int32  // end of each token's rows
	labels []uint8
}

// Train fits a chain of k labels. With several members it fits as many and
// takes the mean of their weights: the model is linear in them, so the mean
// scores a path as the members together do.
func Train(k int, data []Sequence, c Config) *Weights {
	members := max(1, c.Members)
	out := train(k, data, c)
	for i := 1; i < members; i++ {
		c.Seed += seedStep
		out.add(train(k, data, c))
	}
	out.scale(1 / float64(members))
	return out
}

// seedStep keeps the seeds of members apart from those of callers.
const seedStep = 1000

func (w *Weights) add(o *Weights) {
	for i, v := range o.emit {
		w.emit[i] += v
	}
	for i, v := range o.start {
		w.start[i] += v
	}
	for i, v := range o.trans {
		w.trans[i] += v
	}
}

func (w *Weights) scale(f float64) {
	for i := range w.emit {
		w.emit[i] *= float32(f)
	}
	for _, v := range [][]float64{w.start, w.trans} {
		for i := range v {
			v[i] *= f
		}
	}
}

func train(k int, data []Sequence, c Config) *Weights {
	if c.Epochs == 0 {
		c.Epochs = 8
	}
	if c.Rate == 0 {
		c.Rate = 0.1
	}
	if c.MinCount == 0 {
		c.MinCount = 2
	}
	if c.Prune == 0 {
		c.Prune = 0.01
	}
	t := &trainer{Config: c, k: k, rng: rand.New(rand.NewPCG(c.Seed, 7))}
	examples := t.intern(data)
	n := len(t.ids.keys) * k
	t.w, t.g, t.u = make([]float32, n), make([]float32, n), make([]float32, n)
	m := k*k + k
	t.tw, t.tg, t.tu, t.expT = make([]float64, m), make([]float64, m), make([]float64, m), make([]float64, m)
	t.allowed = make([]bool, m)
	for x := range k {
		t.allowed[k*k+x] = c.Allowed == nil || c.Allowed(-1, x)
		for y := range k {
			t.allowed[x*k+y] = c.Allowed == nil || c.Allowed(x, y)
		}
	}
	order := t.rng.Perm(len(examples))
	for epoch := range c.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.update(&examples[i])
		}
		if c.Log != nil {
			c.Log.Info("crf", "epoch", epoch+1, "of", c.Epochs, "loss", math.Round(loss), "features", len(t.ids.keys))
		}
	}
	return t.finish()
}

func (t *trainer) intern(data []Sequence) []example {
	t.ids = newInterner()
	for _, s := range data {
		for _, f := range s.Feats {
			for _, h := range f {
				t.ids.count(h)
			}
		}
	}
	t.ids.cut(t.MinCount)
	out := make([]example, len(data))
	for i, s := range data {
		e := example{labels: s.Labels, ends: make([]int32, len(s.Labels))}
		for j, f := range s.Feats {
			for _, h := range f {
				if id, ok := t.ids.id(h); ok {
					e.rows = append(e.rows, id)
				}
			}
			e.ends[j] = int32(len(e.rows))
		}
		out[i] = e
	}
	return out
}

// update makes one step on one example and returns its loss.
func (t *trainer) update(e *example) float64 {
	n, k := len(e.labels), t.k
	if n == 0 {
		return 0
	}
	t.step++
	t.score(e)
	loss := t.posterior(e.labels)
	for i := range n {
		for _, r := range t.rows[t.ends[i]:t.ends[i+1]] {
			t.descend(int(r)*k, t.post[i*k:(i+1)*k])
		}
	}
	return loss
}

// score fills t.emit, dropping features at random, and t.rows with what stayed.
func (t *trainer) score(e *example) {
	n, k := len(e.labels), t.k
	t.emit = resize(t.emit, n*k)
	clear(t.emit)
	t.rows, t.ends = t.rows[:0], append(t.ends[:0], 0)
	scale := 1 / (1 - t.Dropout)
	drop := uint32(t.Dropout * (1 << 32))
	at := 0
	for i := range n {
		row := t.emit[i*k : (i+1)*k]
		for ; at < int(e.ends[i]); at++ {
			if drop > 0 && t.rng.Uint32() < drop {
				continue
			}
			r := e.rows[at]
			t.rows = append(t.rows, r)
			for y, w := range t.w[int(r)*k : int(r)*k+k] {
				row[y] += float64(w)
			}
		}
		for y := range row {
			row[y] *= scale
			if t.Cost != nil && y != int(e.labels[i]) {
				row[y] += t.Cost(int(e.labels[i]), y)
			}
		}
		t.ends = append(t.ends, len(t.rows))
	}
}

// posterior runs forward-backward with scaling (Rabiner 1989), leaves in
// t.post the gradient of the loss by emission, and steps the transitions.
func (t *trainer) posterior(gold []uint8) float64 {
	n, k := len(gold), t.k
	t.alpha, t.beta, t.post = resize(t.alpha, n*k), resize(t.beta, n*k), resize(t.post, n*k)
	t.expE, t.norm = resize(t.expE, n*k), resize(t.norm, n)
	for i, w := range t.tw {
		t.expT[i] = 0
		if t.allowed[i] {
			t.expT[i] = math.Exp(w)
		}
	}
	logZ := 0.0
	for i := range n {
		top := math.Inf(-1)
		for _, s := range t.emit[i*k : (i+1)*k] {
			top = max(top, s)
		}
		logZ += top
		sum := 0.0
		for y := range k {
			ex := math.Exp(t.emit[i*k+y] - top)
			t.expE[i*k+y] = ex
			a := 0.0
			if i == 0 {
				a = t.expT[k*k+y]
			} else {
				for x := range k {
					a += t.alpha[(i-1)*k+x] * t.expT[x*k+y]
				}
			}
			t.alpha[i*k+y] = a * ex
			sum += a * ex
		}
		for y := range k {
			t.alpha[i*k+y] /= sum
		}
		t.norm[i] = sum
		logZ += math.Log(sum)
	}
	for y := range k {
		t.beta[(n-1)*k+y] = 1
	}
	edge := make([]float64, k*k+k)
	for i := n - 2; i >= 0; i-- {
		for x := range k {
			b := 0.0
			for y := range k {
				v := t.expT[x*k+y] * t.expE[(i+1)*k+y] * t.beta[(i+1)*k+y] / t.norm[i+1]
				b += v
				edge[x*k+y] += t.alpha[i*k+x] * v
			}
			t.beta[i*k+x] = b
		}
	}
	path := 0.0
	for i, y := range gold {
		path += t.emit[i*k+int(y)]
		if i == 0 {
			path += t.tw[k*k+int(y)]
			edge[k*k+int(y)]--
		} else {
			path += t.tw[int(gold[i-1])*k+int(y)]
			edge[int(gold[i-1])*k+int(y)]--
		}
		for z := range k {
			t.post[i*k+z] = t.alpha[i*k+z] * t.beta[i*k+z]
		}
		if i == 0 {
			for z := range k {
				edge[k*k+z] += t.post[z]
			}
		}
		t.post[i*k+int(y)]--
	}
	for i, g := range edge {
		if g == 0 || !t.allowed[i] {
			continue
		}
		t.tg[i] += g * g
		d := t.Rate * g / (math.Sqrt(t.tg[i]) + 1e-8)
		t.tw[i] -= d
		t.tu[i] -= d * t.step
	}
	return logZ - path
}

// descend makes the AdaGrad step of the row that begins at base.
func (t *trainer) descend(base int, grad []float64) {
	w, g, u := t.w[base:base+t.k], t.g[base:base+t.k], t.u[base:base+t.k]
	for y, d := range grad {
		if d < 1e-5 && d > -1e-5 {
			continue
		}
		d += t.L2 * float64(w[y])
		g[y] += float32(d * d)
		s := float32(t.Rate * d / (math.Sqrt(float64(g[y])) + 1e-8))
		w[y] -= s
		u[y] -= s * float32(t.step)
	}
}

func (t *trainer) finish() *Weights {
	out := &Weights{labels: t.k, keys: t.ids.keys, emit: t.w, prune: t.Prune, rows: t.MaxRows, start: make([]float64, t.k), trans: make([]float64, t.k*t.k)}
	n := float32(t.step + 1)
	for i := range t.w {
		t.w[i] -= t.u[i] / n
	}
	for i := range t.tw {
		v := t.tw[i] - t.tu[i]/float64(n)
		if !t.allowed[i] {
			v = math.Inf(-1)
		}
		if i < t.k*t.k {
			out.trans[i] = v
		} else {
			out.start[i-t.k*t.k] = v
		}
	}
	return out
}

// Put quantises w and stores it in f under name, as model.OpenChain reads it.
// It returns the number of rows kept.
func (w *Weights) Put(f *model.File, name string) int {
	scale := w.Scale()
	kept := w.heaviest(scale)
	keys := make([]uint64, len(kept))
	for i, j := range kept {
		keys[i] = w.keys[j]
	}
	row := make([]int8, w.labels)
	emit := model.BuildTable(w.labels, keys, func(i int) []int8 {
		for y := range row {
			row[y] = int8(math.Round(float64(w.emit[kept[i]*w.labels+y]) * scale))
		}
		return row
	})
	model.PutChain(f, name, emit, quantise(w.start, scale), quantise(w.trans, scale))
	return len(kept)
}

// heaviest is the rows that are worth keeping, in the order of training.
func (w *Weights) heaviest(scale float64) []int {
	weight := make([]float64, len(w.keys))
	var kept []int
	for i := range w.keys {
		for _, v := range w.emit[i*w.labels : (i+1)*w.labels] {
			weight[i] = max(weight[i], math.Abs(float64(v)))
		}
		if weight[i] >= w.prune && math.Round(weight[i]*scale) != 0 {
			kept = append(kept, i)
		}
	}
	if w.rows > 0 && len(kept) > w.rows {
		slices.SortStableFunc(kept, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
		kept = kept[:w.rows]
		slices.Sort(kept)
	}
	return kept
}

// Scale is the number of integer units in a weight of one.
func (w *Weights) Scale() float64 {
	top := float32(0)
	for _, v := range w.emit {
		top = max(top, max(v, -v))
	}
	return float64(min(127/max(top, 1e-3), 64))
}

func quantise(v []float64, scale float64) []int32 {
	out := make([]int32, len(v))
	for i, x := range v {
		out[i] = model.Forbidden
		if !math.IsInf(x, -1) {
			out[i] = int32(math.Round(x * scale))
		}
	}
	return out
}

func resize(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n, n*2)
	}
	return s[:n]
}
