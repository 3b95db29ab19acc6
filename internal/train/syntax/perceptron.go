// Package syntax trains the tagger, the lemmatiser and the parser of
// internal/syntax on treebanks in the CoNLL-U format.
package syntax

import (
	"cmp"
	"math"
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// perceptron is an averaged perceptron (Collins 2002). The row of a feature
// holds only the labels that an update has touched.
type perceptron struct {
	slots []slot // open addressing, a power of two
	used  int
	rows  []weight  // the rows of all features; the first belongs to none
	sums  []float64 // parallel to rows: each change times its step, for the average
	step  float64   // examples seen
	seen  []uint8   // how often a feature stands in the gold analyses, by its last bits; nil if that does not matter
}

const (
	seenSize  = 1 << 24
	leastSeen = 2 // rarer features get no row
)

// count notes features of a gold analysis.
func (p *perceptron) count(features []uint64) {
	if p.seen == nil {
		p.seen = huge(make([]uint8, seenSize))
	}
	for _, f := range features {
		if n := &p.seen[f%seenSize]; *n < leastSeen {
			*n++
		}
	}
}

// slot is a feature and its row: n weights from start, with room for room.
type slot struct {
	key     uint64
	start   uint32
	n, room uint8 // room 0: an empty slot
}

type weight struct {
	w     float32
	label uint8
}

func newPerceptron() *perceptron {
	return &perceptron{slots: make([]slot, 1<<16), rows: make([]weight, 1), sums: make([]float64, 1)}
}

func (p *perceptron) find(key uint64) *slot {
	mask := uint64(len(p.slots) - 1)
	for i := (key ^ key>>32) & mask; ; i = (i + 1) & mask {
		if s := &p.slots[i]; s.key == key || s.room == 0 {
			return s
		}
	}
}

func (p *perceptron) row(s *slot) []weight { return p.rows[s.start : s.start+uint32(s.n)] }

// batch is the number of features that score looks for at a time.
const batch = 256

// score adds up the weights of features. It goes over them in passes without
// branches, so that the memory is asked for many rows at a time.
func (p *perceptron) score(features []uint64, scores *[256]float32) {
	var found [batch]slot
	var first [batch]weight
	mask := uint64(len(p.slots) - 1)
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		for i, f := range part {
			found[i] = p.slots[(f^f>>32)&mask]
		}
		for i, f := range part {
			if s := &found[i]; s.key != f && s.room != 0 {
				*s = *p.find(f)
			}
		}
		for i := range part {
			first[i] = p.rows[found[i].start]
		}
		for i := range part {
			s := &found[i]
			if s.n == 0 {
				continue
			}
			scores[first[i].label] += first[i].w
			for _, w := range p.rows[s.start+1 : s.start+uint32(s.n)] {
				scores[w.label] += w.w
			}
		}
	}
}

// update adds d to the weight of label for every feature.
func (p *perceptron) update(features []uint64, label uint8, d float32) {
	for _, f := range features {
		s := p.find(f)
		if s.room == 0 {
			if p.seen != nil && p.seen[f%seenSize] < leastSeen {
				continue
			}
			if p.used*2 > len(p.slots) {
				p.grow()
				s = p.find(f)
			}
			p.used++
			s.key = f
			p.move(s, 2)
		}
		k := slices.IndexFunc(p.row(s), func(w weight) bool { return w.label == label })
		if k < 0 {
			if s.n == s.room {
				p.move(s, min(2*int(s.room), 255))
			}
			k = int(s.n)
			s.n++
			p.rows[int(s.start)+k].label = label
		}
		p.rows[int(s.start)+k].w += d
		p.sums[int(s.start)+k] += float64(d) * p.step
	}
}

// move gives the row of s a new place at the end, with room for more.
func (p *perceptron) move(s *slot, room int) {
	start := len(p.rows)
	if start+room > cap(p.rows) {
		p.rows = append(huge(make([]weight, 0, 2*cap(p.rows)+1<<16)), p.rows...)
	}
	p.rows = append(p.rows, p.rows[s.start:s.start+uint32(s.n)]...)
	p.sums = append(p.sums, p.sums[s.start:s.start+uint32(s.n)]...)
	for len(p.rows) < start+room {
		p.rows = append(p.rows, weight{})
		p.sums = append(p.sums, 0)
	}
	s.start, s.room = uint32(start), uint8(room)
}

func (p *perceptron) grow() {
	old := p.slots
	p.slots = huge(make([]slot, 2*len(old)))
	for _, s := range old {
		if s.room != 0 {
			*p.find(s.key) = s
		}
	}
}

// average is the perceptron with every weight replaced by its average over the
// steps. It shares the slots of p.
func (p *perceptron) average() *perceptron {
	q := *p
	q.rows = append(huge(make([]weight, 0, len(p.rows))), p.rows...)
	for i := range q.rows {
		q.rows[i].w -= float32(p.sums[i] / p.step)
	}
	return &q
}

// mean is the perceptron whose weights are the means of those of ps.
func mean(ps []*perceptron) *perceptron {
	out := newPerceptron()
	var key [1]uint64
	for _, p := range ps {
		for i := range p.slots {
			key[0] = p.slots[i].key
			for _, w := range p.row(&p.slots[i]) {
				out.update(key[:], w.label, w.w/float32(len(ps)))
			}
		}
	}
	return out
}

// table quantises an averaged perceptron. Weights under prune are dropped.
func (p *perceptron) table(prune float64) (b []byte, features int) {
	var keys []uint64
	var rows [][]syntax.Entry
	for i := range p.slots {
		s := &p.slots[i]
		var row []syntax.Entry
		for _, w := range p.row(s) {
			if math.Abs(float64(w.w)) < prune {
				continue
			}
			if code := syntax.Level(float64(w.w)); code != 0 {
				row = append(row, syntax.Entry{Label: w.label, Weight: code})
			}
		}
		if len(row) > 0 {
			slices.SortFunc(row, func(a, b syntax.Entry) int { return cmp.Compare(a.Label, b.Label) })
			keys = append(keys, s.key)
			rows = append(rows, row)
		}
	}
	return syntax.BuildSparse(keys, func(i int) []syntax.Entry { return rows[i] }), len(keys)
}
