package event

import (
	"encoding/binary"
	"sort"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// pairModel is a multinomial logistic regression in integers.
type pairModel struct {
	emit  model.Table
	steps []int32 // the margin from which on the confidence is 0.001, 0.002, … 0.999
}

// openPairs reads the section pair of event.bin, the table of emissions by
// label, and confidence, the steps, 999 int32, little endian.
func openPairs(f *model.File) (*pairModel, error) {
	p := &pairModel{}
	var err error
	if p.emit, err = f.Table("pair", len(Roots)); err != nil {
		return nil, err
	}
	for s := f.Section("confidence"); len(s) >= 4; s = s[4:] {
		p.steps = append(p.steps, int32(binary.LittleEndian.Uint32(s)))
	}
	return p, nil
}

// Best is the index of the highest of scores and its margin over the next.
func Best(scores []int32) (root int, margin int32) {
	next := int32(-1 << 30)
	for y, v := range scores[1:] {
		if v > scores[root] {
			root, next = y+1, scores[root]
		} else {
			next = max(next, v)
		}
	}
	return root, scores[root] - next
}

func (p *pairModel) confidence(margin int32) float64 {
	n := sort.Search(len(p.steps), func(i int) bool { return p.steps[i] > margin })
	return float64(n) / float64(len(p.steps)+1)
}

// ReadsPairs reports whether the weights of Pair are there.
func (m *Model) ReadsPairs() bool { return m.pairs != nil }

// Pair is the type, of Roots, of what source does to target, and how sure it
// is. One of the two may be empty. Without any party or without trained weights
// the type is empty.
func (m *Model) Pair(d *token.Doc, t *syntax.Tree, names []name.Name, source, target []token.Range) (root string, confidence float64) {
	if m.pairs == nil || len(source)+len(target) == 0 || len(t.Head) != len(d.Tokens) {
		return "", 0
	}
	scores := make([]int32, len(Roots))
	m.pairs.emit.AddAll(scores, m.PairFeatures(d, t, names, source, target))
	y, margin := Best(scores)
	return Roots[y], m.pairs.confidence(margin)
}
