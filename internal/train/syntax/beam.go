package syntax

import (
	"math/rand/v2"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// beamTrainer trains the parser globally: a structured perceptron whose
// updates stop where the beam is most wrong (Huang, Fayong & Guo 2012).
type beamTrainer struct {
	p      *perceptron
	parser syntax.Parser
	beam   syntax.Beam[float32]
	oracle oracle
	gold   []syntax.State // states of the gold derivation, in the Parser of beam
	path   []int32
}

// trainBeam goes on with p, a perceptron that greedy training has left.
func trainBeam(b *treebank, p *perceptron, width, epochs int, seed uint64, each func(round int, p *perceptron)) *perceptron {
	t := &beamTrainer{p: p}
	t.beam.Width, t.beam.Margin = width, 1e9
	p.restart()
	rng := rand.New(rand.NewPCG(seed, 4))
	for round := range epochs {
		for _, i := range rng.Perm(len(b.sents)) {
			t.oracle.reset(b.head[i], b.rel[i])
			t.sentence(&b.sents[i])
		}
		if each != nil {
			each(round, p)
		}
	}
	return p.average()
}

// goldMove is the move of the canonical derivation: arcs as soon as they lose nothing.
func (o *oracle) goldMove(p *syntax.Parser, c *syntax.State) syntax.Move {
	shift, left, right := o.costs(p, c)
	switch {
	case left >= 0 && (shift < 0 || left <= shift) && (right < 0 || left <= right):
		if c.Next() == int32(len(o.head)) {
			return syntax.LeftMove + syntax.Move(syntax.Root)
		}
		return syntax.LeftMove + syntax.Move(o.safeRel(p.Top(c, 0)))
	case right >= 0 && (shift < 0 || right <= shift):
		return syntax.RightMove + syntax.Move(o.safeRel(p.Top(c, 0)))
	}
	return syntax.Shift
}

// safeRel is the gold relation of word i, which is not the root of the parse.
func (o *oracle) safeRel(i int32) syntax.Rel {
	if o.rel[i] == syntax.Root {
		return syntax.Parataxis
	}
	return o.rel[i]
}

func (t *beamTrainer) sentence(s *syntax.Sentence) {
	t.p.step++
	b := &t.beam
	b.Start(&t.parser, s)
	t.gold = append(t.gold[:0], b.States[0])
	in, goldScore := int32(0), float32(0) // the gold state in the beam, -1 once it has fallen out
	worst, at, pred := float32(0), -1, int32(0)
	for !b.Done() {
		g := t.gold[len(t.gold)-1]
		m := t.oracle.goldMove(&t.parser, &g)
		var scores [256]float32
		t.p.score(t.parser.Features(&g), &scores)
		goldScore += scores[m]
		b.Step(t.p.score)
		t.gold = append(t.gold, t.parser.Apply(&g, m, false))
		next := int32(-1)
		for _, k := range b.Front {
			if in >= 0 && b.States[k].Prev() == in && b.States[k].Move() == m {
				next = k
			}
		}
		in = next
		if front := b.Front[0]; front != in {
			if v := b.Scores[front] - goldScore; at < 0 || v >= worst {
				worst, at, pred = v, len(t.gold)-1, front
			}
		}
	}
	if at < 0 || in == b.Front[0] {
		return
	}
	t.update(at, pred)
}

// update rewards the gold moves and punishes those of state pred, from the
// first that differs to step at.
func (t *beamTrainer) update(at int, pred int32) {
	b := &t.beam
	t.path = b.Path(t.path[:0], pred)
	same := 1
	for same <= at && b.States[t.path[at-same]].Move() == t.gold[same].Move() {
		same++
	}
	for k := same; k <= at; k++ {
		t.p.update(t.parser.Features(&t.gold[k-1]), uint8(t.gold[k].Move()), 1)
		t.p.update(t.parser.Features(&b.States[t.path[at-k+1]]), uint8(b.States[t.path[at-k]].Move()), -1)
	}
}

// parseBeam sets heads and relations of every sentence of b.
func parseBeam(b *treebank, p *perceptron, width int, margin float32) {
	var parser syntax.Parser
	beam := syntax.Beam[float32]{Width: width, Margin: margin}
	for i := range b.sents {
		beam.Start(&parser, &b.sents[i])
		for !beam.Done() {
			beam.Step(p.score)
		}
		beam.Commit()
	}
}
