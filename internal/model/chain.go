package model

import (
	"encoding/binary"
	"fmt"
)

// Forbidden is the transition score of a step that never happens.
const Forbidden = -1 << 24

// Chain is a linear-chain model in integers: emission rows by feature and one
// transition score for each pair of labels. Scores are sums of int32, so that
// the best path is the same on every machine.
type Chain struct {
	Labels []string
	Emit   Table
	start  []int32 // [label]
	trans  []int32 // [previous*len(Labels)+next]
}

// OpenChain reads the chain stored under a name by PutChain.
func OpenChain(f *File, name string, labels []string) (*Chain, error) {
	c := &Chain{Labels: labels}
	n := len(labels)
	var err error
	if c.Emit, err = f.Table(name+".emit", n); err != nil {
		return nil, err
	}
	raw := f.Section(name + ".step")
	if len(raw) != 4*(n+n*n) {
		return nil, fmt.Errorf("model: %s: section %s.step is %d bytes, not %d", f.Component, name, len(raw), 4*(n+n*n))
	}
	all := make([]int32, n+n*n)
	for i := range all {
		all[i] = int32(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	c.start, c.trans = all[:n], all[n:]
	return c, nil
}

// PutChain stores a chain: the emission table, start and transition scores.
func PutChain(f *File, name string, emit []byte, start, trans []int32) {
	var step []byte
	for _, v := range append(append([]int32{}, start...), trans...) {
		step = binary.LittleEndian.AppendUint32(step, uint32(v))
	}
	f.Put(name+".emit", emit)
	f.Put(name+".step", step)
}

// Lattice holds the scratch space of decoding; it is reused between calls and
// belongs to one goroutine.
type Lattice struct {
	score []int32
	back  []uint8
	right []int32
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Viterbi writes the best label of each of len(out) tokens. emit holds
// len(out) rows of len(Labels) scores.
func (c *Chain) Viterbi(lat *Lattice, emit []int32, out []uint8) {
	n, k := len(out), len(c.Labels)
	if n == 0 {
		return
	}
	c.forward(lat, emit, n)
	best := 0
	last := lat.score[(n-1)*k : n*k]
	for y := range last {
		if last[y] > last[best] {
			best = y
		}
	}
	for i := n - 1; ; i-- {
		out[i] = uint8(best)
		if i == 0 {
			return
		}
		best = int(lat.back[i*k+best])
	}
}

func (c *Chain) forward(lat *Lattice, emit []int32, n int) {
	k := len(c.Labels)
	lat.score = grow(lat.score, n*k)
	lat.back = grow(lat.back, n*k)
	for y := range k {
		lat.score[y] = c.start[y] + emit[y]
	}
	for i := 1; i < n; i++ {
		prev, cur := lat.score[(i-1)*k:i*k], lat.score[i*k:(i+1)*k]
		for y := range k {
			top, from := int32(-1<<30), 0
			for x, p := range prev {
				if s := p + c.trans[x*k+y]; s > top {
					top, from = s, x
				}
			}
			cur[y] = max(top+emit[i*k+y], -1<<29)
			lat.back[i*k+y] = uint8(from)
		}
	}
}

// MaxMarginals writes, for each token and label, the score of the best path
// through that label minus the score of the best path: 0 on the best path,
// negative elsewhere. out has the shape of emit.
func (c *Chain) MaxMarginals(lat *Lattice, emit []int32, n int, out []int32) {
	k := len(c.Labels)
	if n == 0 {
		return
	}
	c.forward(lat, emit, n)
	lat.right = grow(lat.right, n*k)
	clear(lat.right[(n-1)*k : n*k])
	for i := n - 2; i >= 0; i-- {
		for x := range k {
			top := int32(-1 << 30)
			for y := range k {
				top = max(top, c.trans[x*k+y]+emit[(i+1)*k+y]+lat.right[(i+1)*k+y])
			}
			lat.right[i*k+x] = max(top, -1<<29)
		}
	}
	best := int32(-1 << 30)
	for y := range k {
		best = max(best, lat.score[(n-1)*k+y])
	}
	for i := range n * k {
		out[i] = lat.score[i] + lat.right[i] - best
	}
}
