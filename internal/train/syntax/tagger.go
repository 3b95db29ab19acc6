package syntax

import (
	"math/rand/v2"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// trainTagger trains on b, which has been analysed, for epochs rounds. The
// history is what the tagger itself predicts.
func trainTagger(b *treebank, labels, epochs int, seed uint64) *perceptron {
	p := newPerceptron()
	rng := rand.New(rand.NewPCG(seed, 1))
	for range epochs {
		for _, i := range b.round(rng) {
			s := &b.sents[i]
			for k, gold := range b.label[i] {
				if y, ok := s.Sure(k); ok {
					s.Label[k] = y
					continue
				}
				p.step++
				feats := drop(s.TagFeatures(k), rng.Uint64()|1, taggerDropout)
				best := p.best(feats, labels)
				if best != gold {
					p.update(feats, gold, 1)
					p.update(feats, best, -1)
				}
				s.Label[k] = best
			}
		}
	}
	return p.average()
}

// tagAll sets the labels of every sentence of b.
func tagAll(b *treebank, p *perceptron, labels []syntax.Label) {
	for i := range b.sents {
		s := &b.sents[i]
		for k := range s.Label {
			y, ok := s.Sure(k)
			if !ok {
				y = p.best(s.TagFeatures(k), len(labels))
			}
			s.SetLabel(k, y, labels)
		}
	}
}

// best is the label of the highest score, the first of equals.
func (p *perceptron) best(features []uint64, labels int) uint8 {
	var scores [256]float32
	p.score(features, &scores)
	best := 0
	for y := range labels {
		if scores[y] > scores[best] {
			best = y
		}
	}
	return uint8(best)
}
