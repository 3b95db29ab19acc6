// Package syntax trains the tagger, the lemmatiser and the parser of
// internal/syntax on treebanks in the CoNLL-U format.
package syntax

import (
	"cmp"
	"math"
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// perceptron is an averaged perceptron (Collins 2002) whose rows hold only the
// labels that an update has touched.
type perceptron struct {
	slots []slot // open addressing, a power of two
	rows  [][]weight
	step  float64 // examples seen
}

type slot struct {
	key uint64
	row int32 // index into rows plus 1, 0 is empty
}

// weight of one label; sum is the weight times the step of each change, for the average.
type weight struct {
	sum   float64
	w     float32
	n     uint16 // number of updates
	label uint8
}

func newPerceptron() *perceptron { return &perceptron{slots: make([]slot, 1<<16)} }

func (p *perceptron) find(key uint64) *slot {
	mask := uint64(len(p.slots) - 1)
	for i := (key ^ key>>32) & mask; ; i = (i + 1) & mask {
		if s := &p.slots[i]; s.row == 0 || s.key == key {
			return s
		}
	}
}

// score adds up the weights of features.
func (p *perceptron) score(features []uint64, scores *[256]float32) {
	for _, f := range features {
		s := p.find(f)
		if s.row == 0 {
			continue
		}
		for _, w := range p.rows[s.row-1] {
			scores[w.label] += w.w
		}
	}
}

// update adds d to the weight of label for every feature.
func (p *perceptron) update(features []uint64, label uint8, d float32) {
	for _, f := range features {
		s := p.find(f)
		if s.row == 0 {
			if len(p.rows)*2 > len(p.slots) {
				p.grow()
				s = p.find(f)
			}
			p.rows = append(p.rows, nil)
			*s = slot{f, int32(len(p.rows))}
		}
		row := p.rows[s.row-1]
		k := slices.IndexFunc(row, func(w weight) bool { return w.label == label })
		if k < 0 {
			k = len(row)
			row = append(row, weight{label: label})
			p.rows[s.row-1] = row
		}
		row[k].w += d
		row[k].sum += float64(d) * p.step
		if row[k].n < math.MaxUint16 {
			row[k].n++
		}
	}
}

func (p *perceptron) grow() {
	old := p.slots
	p.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.row != 0 {
			*p.find(s.key) = s
		}
	}
}

// average is the perceptron with every weight replaced by its average over the steps.
func (p *perceptron) average() *perceptron {
	q := &perceptron{slots: p.slots, rows: make([][]weight, len(p.rows)), step: p.step}
	for i, row := range p.rows {
		q.rows[i] = slices.Clone(row)
		for k := range q.rows[i] {
			w := &q.rows[i][k]
			w.w = float32(float64(w.w) - w.sum/p.step)
		}
	}
	return q
}

// table quantises an averaged perceptron. Weights that come to less than
// prune are dropped; one is scale.
func (p *perceptron) table(scale, prune float64) (b []byte, features int) {
	var keys []uint64
	rows := map[uint64][]syntax.Entry{}
	for _, s := range p.slots {
		if s.row == 0 {
			continue
		}
		var row []syntax.Entry
		for _, w := range p.rows[s.row-1] {
			if q := math.Round(float64(w.w) * scale); math.Abs(float64(w.w)) >= prune && q != 0 {
				row = append(row, syntax.Entry{Label: w.label, Weight: int8(max(-127, min(127, q)))})
			}
		}
		if len(row) > 0 {
			slices.SortFunc(row, func(a, b syntax.Entry) int { return cmp.Compare(a.Label, b.Label) })
			keys = append(keys, s.key)
			rows[s.key] = row
		}
	}
	return syntax.BuildSparse(keys, func(i int) []syntax.Entry { return rows[keys[i]] }), len(keys)
}
