package cluster

import (
	"cmp"
	"math"
	"slices"
)

// A neighbour is a context of a word and how often the word stands in it.
type neighbour struct{ context, n int32 }

// neighbours is the contexts of each word, left ones first: context ids of the
// right begin at contexts.
func neighbours(t *text, v *vocabulary) (all [][]neighbour, contexts int) {
	contexts = firstContext + min(len(v.words), maxContexts)
	var pairs []uint64 // word, context
	left := int32(edge)
	for i, f := range t.stream {
		if f < 0 {
			left = edge
			continue
		}
		if w := v.id[f]; w >= 0 {
			right := int32(edge)
			if next := t.stream[i+1]; next >= 0 {
				right = v.context[next]
			}
			pairs = append(pairs, uint64(w)<<32|uint64(left), uint64(w)<<32|uint64(int(right)+contexts))
		}
		left = v.context[f]
	}
	slices.Sort(pairs)
	all = make([][]neighbour, len(v.words))
	for i := 0; i < len(pairs); {
		j := i
		for j < len(pairs) && pairs[j] == pairs[i] {
			j++
		}
		w := pairs[i] >> 32
		all[w] = append(all[w], neighbour{int32(pairs[i] & math.MaxUint32), int32(j - i)})
		i = j
	}
	return all, contexts
}

// An exchanger assigns words to classes so that the class of a word is told as
// well as possible by the word before and by the word behind it. It is the
// predictive exchange algorithm (Uszkoreit and Brants 2008) in both directions:
// it moves one word after the other to the class where
//
//	Σ N(v,c) log N(v,c) − 2 Σ N(c) log N(c)
//
// over contexts v and classes c is highest.
type exchanger struct {
	classes int
	near    [][]neighbour
	count   []int
	class   []int32
	cell    []int32 // N(v,c): contexts × classes
	size    []int   // N(c)
	gain    []float32
}

func newExchanger(classes int, near [][]neighbour, contexts int, count []int) *exchanger {
	x := &exchanger{
		classes: classes, near: near, count: count,
		class: make([]int32, len(near)),
		cell:  make([]int32, 2*contexts*classes),
		size:  make([]int, classes),
		gain:  make([]float32, classes),
	}
	for w := range near {
		x.put(w, int32(w%classes), 1) // words come by frequency: every class gets its share
	}
	return x
}

// put adds word w to class c, or takes it out if sign is -1.
func (x *exchanger) put(w int, c int32, sign int32) {
	for _, n := range x.near[w] {
		x.cell[int(n.context)*x.classes+int(c)] += sign * n.n
	}
	x.size[c] += int(sign) * x.count[w]
	x.class[w] = c
}

// pass moves each word to its best class and returns the number that moved.
func (x *exchanger) pass() (moved int) {
	for w := range x.near {
		old := x.class[w]
		x.put(w, old, -1)
		best := x.best(w, old)
		x.put(w, best, 1)
		if best != old {
			moved++
		}
	}
	return moved
}

// best is the class that gains most by word w, which is in none; old wins ties.
func (x *exchanger) best(w int, old int32) int32 {
	gain := x.gain
	clear(gain)
	for _, n := range x.near[w] {
		row := x.cell[int(n.context)*x.classes:][:len(gain)]
		if int(n.n) < len(steps) {
			step := &steps[n.n]
			for c, m := range row {
				if int(m) < len(step) {
					gain[c] += step[m]
				} else {
					gain[c] += growth(m, n.n)
				}
			}
			continue
		}
		for c, m := range row {
			gain[c] += growth(m, n.n)
		}
	}
	best := old
	top := math.Inf(-1)
	for c, g := range gain {
		total := float64(g) - 2*(xlogx(float64(x.size[c]+x.count[w]))-xlogx(float64(x.size[c])))
		if total > top || total == top && int32(c) == old {
			best, top = int32(c), total
		}
	}
	return best
}

// The tables of growth: steps[n][m] is growth(m, n) for small n, products[n] is
// n log n.
var (
	steps    [9][4096]float32
	products [1 << 16]float64
)

func init() {
	for n := range products {
		products[n] = xlogx(float64(n))
	}
	for n := range steps {
		for m := range steps[n] {
			steps[n][m] = float32(products[m+n] - products[m])
		}
	}
}

// growth is (m+n) log (m+n) − m log m.
func growth(m, n int32) float32 {
	if sum := int(m) + int(n); sum < len(products) {
		return float32(products[sum] - products[m])
	}
	return float32(xlogx(float64(m)+float64(n)) - xlogx(float64(m)))
}

func xlogx(n float64) float64 {
	if n <= 0 {
		return 0
	}
	return n * math.Log(n)
}

// byFrequency renumbers the classes from 1 by how often their words stand.
func (x *exchanger) byFrequency() []uint16 {
	order := make([]int32, x.classes)
	for c := range order {
		order[c] = int32(c)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.size[b], x.size[a]), cmp.Compare(a, b))
	})
	number := make([]uint16, x.classes)
	for n, c := range order {
		number[c] = uint16(n + 1)
	}
	out := make([]uint16, len(x.class))
	for w, c := range x.class {
		out[w] = number[c]
	}
	return out
}
