package syntax

import (
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

func trainSentence(p *perceptron, parser *syntax.Parser, s *syntax.Sentence, o *oracle, explore bool, rng *rand.Rand) {
	c := parser.Start(s)
	for !parser.Done(&c) {
		p.step++
		feats := parser.Features(&c)
		var scores [256]float32
		p.score(feats, &scores)
		var ok [256]bool
		o.allowed(parser, &c, &ok)
		best, good := bestMoves(parser, &c, &scores, &ok)
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

// bestMoves are the allowed move of the highest score and the highest among those in ok.
func bestMoves(p *syntax.Parser, c *syntax.State, scores *[256]float32, ok *[256]bool) (best, good syntax.Move) {
	b, g := -1, -1
	try := func(m syntax.Move) {
		if b < 0 || scores[m] > scores[b] {
			b = int(m)
		}
		if ok[m] && (g < 0 || scores[m] > scores[g]) {
			g = int(m)
		}
	}
	p.Moves(c, try)
	return syntax.Move(b), syntax.Move(g)
}

// parseAll sets heads and relations of every sentence of b.
func parseAll(b *treebank, p *perceptron) {
	var parser syntax.Parser
	var ok [256]bool
	for i := range b.sents {
		c := parser.Start(&b.sents[i])
		for !parser.Done(&c) {
			var scores [256]float32
			p.score(parser.Features(&c), &scores)
			best, _ := bestMoves(&parser, &c, &scores, &ok)
			c = parser.Apply(&c, best, true)
		}
	}
}
