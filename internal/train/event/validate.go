package event

import (
	"cmp"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/rapporteur/rapporteur/internal/eval"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/train/platt"
)

// split deals the sentences out to folds, those of a type as evenly as can be.
// All pairs of a sentence are in the same fold.
func split(set []example, seed uint64) []int {
	first := map[string]int{}
	var sentences []string
	for i := range set {
		if _, ok := first[set[i].text]; !ok {
			first[set[i].text] = i
			sentences = append(sentences, set[i].text)
		}
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	rng.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
	slices.SortStableFunc(sentences, func(a, b string) int { return cmp.Compare(set[first[a]].label, set[first[b]].label) })
	fold := map[string]int{}
	for i, s := range sentences {
		fold[s] = i % folds
	}
	out := make([]int, len(set))
	for i := range set {
		out[i] = fold[set[i].text]
	}
	return out
}

// guess is what a classifier that has not seen a sentence makes of it, and of
// the sentence with its parties changed over.
type guess struct {
	root, swapped     uint8
	margin, swappedBy float64
}

// crossValidate logs the scores of five folds, for several ways to deal them
// out, and is the margins of all answers.
func crossValidate(set []example, log *slog.Logger) ([]platt.Judged, error) {
	var judged []platt.Judged
	var turned []guess // those with a reversed twin
	var swaps eval.PairScore
	roots, quads := 0.0, 0.0
	byType := make([]float64, len(event.Roots))
	for s := range uint64(splits) {
		guesses, err := validate(set, s+1)
		if err != nil {
			return nil, err
		}
		var score eval.PairScore
		for i, g := range guesses {
			gold := event.Roots[set[i].label]
			score.Add(gold, event.Roots[g.root])
			judged = append(judged, platt.Judged{Score: g.margin, Right: g.root == set[i].label})
			if set[i].reversed != nil {
				turned = append(turned, g)
			}
		}
		log.Info("event: cross-validation", "split", s+1, "roots", score.Roots(), "quads", score.Quads())
		roots, quads = roots+score.Roots()/splits, quads+score.Quads()/splits
		for y, r := range event.Roots {
			byType[y] += score.Type(r).F1() / splits
		}
	}
	slope, offset := platt.Fit(judged)
	confidence := func(margin float64) float64 { // in thousandths, as it is stored
		return math.Floor(1000 / (1 + math.Exp(-slope*margin-offset)))
	}
	for _, g := range turned {
		swaps.AddSwap(g.swapped != g.root || confidence(g.swappedBy) < confidence(g.margin))
	}
	log.Info("event: cross-validation, mean", "roots", roots, "quads", quads, "swapped", swaps.Swapped())
	for y, r := range event.Roots {
		log.Info(fmt.Sprintf("  %-10s %.1f", r, byType[y]))
	}
	return judged, nil
}

func validate(set []example, seed uint64) ([]guess, error) {
	fold := split(set, seed)
	out := make([]guess, len(set))
	var errs [2]error
	var wg sync.WaitGroup
	for worker := range 2 {
		wg.Go(func() {
			for k := worker; k < folds; k += 2 {
				c, err := fit(set, func(i int) bool { return fold[i] != k }, seed)
				if err != nil {
					errs[worker] = err
					return
				}
				for i := range set {
					if fold[i] == k {
						out[i].root, out[i].margin = c.best(set[i].feats)
						out[i].swapped, out[i].swappedBy = c.best(set[i].reversed)
					}
				}
			}
		})
	}
	wg.Wait()
	return out, cmp.Or(errs[0], errs[1])
}
