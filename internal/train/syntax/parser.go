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
		for _, i := range rng.Perm(len(b.sents)) {
			o.reset(b.head[i], b.rel[i])
			trainSentence(p, &parser, &b.sents[i], &o, round > 0, rng)
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
		o.reset(b.head[i], b.rel[i])
		for c := parser.Start(&b.sents[i]); !parser.Done(&c); {
			p.count(parser.Features(&c))
			c = parser.Apply(&c, o.goldMove(&parser, &c), false)
		}
	}
}

func trainSentence(p *perceptron, parser *syntax.Parser, s *syntax.Sentence, o *oracle, explore bool, rng *rand.Rand) {
	c := parser.Start(s)
	for !parser.Done(&c) {
		p.step++
		feats := parser.Features(&c)
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
		c = parser.Apply(&c, next, false)
	}
}

// parseAll sets heads and relations of every sentence of b.
func parseAll(b *treebank, p *perceptron) {
	var parser syntax.Parser
	for i := range b.sents {
		c := parser.Start(&b.sents[i])
		for !parser.Done(&c) {
			var scores [256]float32
			p.score(parser.Features(&c), &scores)
			c = parser.Apply(&c, syntax.Best(&parser, &c, &scores), true)
		}
	}
}
