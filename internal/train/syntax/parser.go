package syntax

import (
	"math"
	"math/rand/v2"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// trainParser trains on b, which has been tagged, for epochs rounds with
// exploration: after the first round the parser goes its own way, also where
// that is wrong, and learns what is best from there.
func trainParser(b *treebank, epochs int, seed uint64, each func(round int, p *perceptron)) *perceptron {
	p := newPerceptron()
	rng := rand.New(rand.NewPCG(seed, 2))
	var o oracle
	var parser syntax.Parser
	countFeatures(b, p)
	for round := range epochs {
		for _, i := range b.round(rng) {
			c := parser.Start(&b.sents[i])
			o.reset(b.head[i], b.rel[i], parser.Words())
			trainSentence(p, &parser, c, &o, round > 0, rng)
		}
		if each != nil {
			each(round, p)
		}
	}
	return p.average()
}

// countFeatures counts the features of the gold derivations.
func countFeatures(b *treebank, p *perceptron) {
	var o oracle
	var parser syntax.Parser
	for i := range b.sents {
		c := parser.Start(&b.sents[i])
		o.reset(b.head[i], b.rel[i], parser.Words())
		for !parser.Done(&c) {
			p.count(parser.Features(&c))
			c = parser.Apply(&c, o.goldMove(&parser, &c))
		}
	}
}

// drop takes features away, in place, by the bits of their product with salt:
// dropped of 256 of them, so that none learns to lean on another (Hinton et al. 2012).
func drop(features []uint64, salt, dropped uint64) []uint64 {
	kept := features[:0]
	for _, f := range features {
		if f*salt>>56 >= dropped {
			kept = append(kept, f)
		}
	}
	return kept
}

func trainSentence(p *perceptron, parser *syntax.Parser, c syntax.State, o *oracle, explore bool, rng *rand.Rand) {
	for !parser.Done(&c) {
		p.step++
		feats := drop(parser.Features(&c), rng.Uint64()|1, parserDropout)
		var scores [256]float32
		p.score(feats, &scores)
		var ok [256]bool
		o.allowed(parser, &c, &ok)
		best := syntax.Best(parser, &c, &scores)
		good := best
		if !ok[best] {
			wrong := scores
			for m := range wrong {
				if !ok[m] {
					wrong[m] = float32(math.Inf(-1))
				}
			}
			good = syntax.Best(parser, &c, &wrong)
		}
		if best != good {
			p.update(feats, uint8(good), 1)
			p.update(feats, uint8(best), -1)
		}
		next := good
		if explore && rng.IntN(10) != 0 {
			next = best
		}
		c = parser.Apply(&c, next)
	}
}
