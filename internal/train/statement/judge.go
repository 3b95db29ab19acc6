package statement

import (
	"log/slog"
	"math"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/rank"
)

// guess is what a chain that has not seen an article finds in it, by paragraph.
type guess struct{ segs [][]statement.Segment }

func decode(a *article, chain *model.Chain, recall int32) *guess {
	var s statement.Scratch
	g := &guess{}
	for _, p := range a.doc.Paragraphs {
		g.segs = append(g.segs, a.cols.Decode(chain, &s, p, recall))
	}
	return g
}

func overlap(r token.Range, with []token.Range) int {
	n := 0
	for _, o := range with {
		n += max(0, int(min(r.Last, o.Last)-max(r.First, o.First)))
	}
	return n
}

// owner is the attribution of a whose role overlaps r most, -1 for none.
func (a *article) owner(r token.Range, role statement.Role) int {
	best, at := 0, -1
	for i, g := range a.gold {
		if n := overlap(r, g[role]); n > best {
			best, at = n, i
		}
	}
	return at
}

// trainLinks learns from the guessed segments: the right cue of a content is
// the one that overlaps the cue of the content's attribution.
func trainLinks(arts []*article, guesses []*guess, seed uint64) *rank.Weights {
	var data []rank.Choice
	for i, a := range arts {
		for p, segs := range guesses[i].segs {
			lo, hi := int(a.doc.Paragraphs[p].First), int(a.doc.Paragraphs[p].Last)
			for x, s := range segs {
				if s.Role == statement.RoleSource {
					continue
				}
				own := a.owner(s.Range, s.Role)
				if s.Role == statement.RoleCue && own < 0 {
					continue
				}
				var c rank.Choice
				for k, y := range statement.Candidates(segs, x) {
					c.Candidates = append(c.Candidates, a.cols.LinkFeatures(nil, segs, x, y, lo, hi))
					if y >= 0 && own >= 0 && overlap(segs[y].Range, a.gold[own][segs[y].Role]) > 0 && c.Gold == 0 {
						c.Gold = k
					}
				}
				if len(c.Candidates) > 1 {
					data = append(data, c)
				}
			}
		}
	}
	return rank.Train(data, rank.Config{Epochs: 8, Rate: 0.1, Dropout: 0.2, MinCount: 2, Seed: seed})
}

// linked reports whether draft d of segs overlaps content and source of one
// gold attribution, as internal/eval counts it.
func (a *article) linked(segs []statement.Segment, d *statement.Draft) bool {
	var content, source []token.Range
	for _, x := range d.Content {
		content = append(content, segs[x].Range)
	}
	if d.Source >= 0 {
		source = append(source, segs[d.Source].Range)
	}
	for _, g := range a.gold {
		if jaccard(content, g[2]) >= 0.5 && (len(source) == 0 && len(g[0]) == 0 || jaccard(source, g[0]) >= 0.5) {
			return true
		}
	}
	return false
}

func jaccard(a, b []token.Range) float64 {
	both, all := 0, 0
	for _, r := range a {
		both += overlap(r, b)
		all += r.Len()
	}
	for _, r := range b {
		all += r.Len()
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(all-both)
}

// trainJudge learns which drafts are right and puts the judge, its scale and
// the cut that is best for F1 into f.
func trainJudge(f *model.File, arts []*article, guesses []*guess, o Options, log *slog.Logger) error {
	f.Put("judge", model.BuildTable(1, nil, nil))
	m, err := openPartial(f)
	if err != nil {
		return err
	}
	var data []rank.Choice
	var fold []int
	gold := 0
	for i, a := range arts {
		gold += len(a.gold)
		for p, segs := range guesses[i].segs {
			r := a.doc.Paragraphs[p]
			for _, d := range m.Drafts(a.cols, segs, r) {
				c := rank.Choice{Candidates: [][]uint64{a.cols.JudgeFeatures(nil, segs, &d, r), nil}, Gold: 1}
				if a.linked(segs, &d) {
					c.Gold = 0
				}
				data, fold = append(data, c), append(fold, i%o.Folds)
			}
		}
	}
	conf := rank.Config{Epochs: 8, Rate: 0.05, Dropout: 0.3, MinCount: 3, Seed: o.Seed}
	// The cut is chosen on scores from judges that have not seen the article.
	scores := make([]float64, len(data))
	parallel(o.Workers, o.Folds, func(k int) {
		var train []rank.Choice
		for i, c := range data {
			if fold[i] != k {
				train = append(train, c)
			}
		}
		w := rank.Train(train, conf)
		for i, c := range data {
			if fold[i] == k {
				scores[i] = w.Score(c.Candidates[0])
			}
		}
	})
	cut, f1 := bestCut(data, scores, gold)
	table, scale := rank.Train(data, conf).Table()
	f.Put("judge", table)
	f.Numbers["cut"] = int(math.Round(cut * scale))
	f.Numbers["judge.scale"] = int(math.Round(scale * 1000))
	log.Info("statement: judge", "drafts", len(data), "gold", gold, "cut", cut, "linked F1 by jackknife", f1)
	return nil
}

func openPartial(f *model.File) (*statement.Model, error) {
	b, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	return statement.OpenFile(b)
}

// bestCut is the score at which dropping all drafts below gives the best F1.
func bestCut(data []rank.Choice, scores []float64, gold int) (cut, f1 float64) {
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return a - b
	})
	right := 0
	for n, i := range order {
		if data[i].Gold == 0 {
			right++
		}
		if f := 200 * float64(right) / float64(n+1+gold); f > f1 {
			cut, f1 = scores[i], f
		}
	}
	return cut, f1
}
