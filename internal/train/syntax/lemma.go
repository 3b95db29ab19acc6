package syntax

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

const (
	maxRules = 255
	noLemma  = "_" // of a word that has none in the treebank
)

// lemmaRules are the rules that the words of b need, the most frequent first.
func lemmaRules(b *treebank) []syntax.Rule {
	count := map[syntax.Rule]int{}
	for _, s := range b.gold {
		for _, w := range s.Words {
			if w.Lemma != noLemma {
				count[syntax.NewRule(w.Form, w.Lemma)]++
			}
		}
	}
	var rules []syntax.Rule
	for r, n := range count {
		if n > 1 {
			rules = append(rules, r)
		}
	}
	slices.SortFunc(rules, func(a, b syntax.Rule) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a.String(), b.String()))
	})
	return rules[:min(len(rules), maxRules)]
}

// trainLemmas learns which rule makes the lemma of a word with its gold label.
// Words whose rule is not in rules are left out.
func trainLemmas(b *treebank, rules []syntax.Rule, epochs int, seed uint64) *perceptron {
	id := map[syntax.Rule]uint8{}
	for i, r := range rules {
		id[r] = uint8(i)
	}
	p := newPerceptron()
	rng := rand.New(rand.NewPCG(seed, 3))
	for range epochs {
		for _, i := range rng.Perm(len(b.sents)) {
			s := &b.sents[i]
			copy(s.Label, b.label[i])
			for k, w := range b.gold[i].Words {
				gold, ok := id[syntax.NewRule(w.Form, w.Lemma)]
				if !ok || w.Lemma == noLemma {
					continue
				}
				p.step++
				feats := drop(s.LemmaFeatures(k), rng.Uint64()|1, lemmaDropout)
				if best := p.best(feats, len(rules)); best != gold {
					p.update(feats, gold, 1)
					p.update(feats, best, -1)
				}
			}
		}
	}
	return p.average()
}
