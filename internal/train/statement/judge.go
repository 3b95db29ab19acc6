package statement

import (
	"log/slog"
	"math"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/boost"
	"github.com/rapporteur/rapporteur/internal/train/rank"
)

// guess is what a chain that has not seen an article finds in it, by paragraph.
type guess struct {
	found  []found
	drafts [][]statement.Draft
}

type found = [len(statement.Settings)][]statement.Segment

func decode(a *article, chain *model.Chain, recall int32) *guess {
	var s statement.Scratch
	g := &guess{}
	for _, p := range a.doc.Paragraphs {
		g.found = append(g.found, a.cols.Decode(chain, &s, p, recall))
	}
	return g
}

// draft joins what decode found, once the linker is trained.
func (g *guess) draft(a *article, m *statement.Model, chain *model.Chain, recall int32) {
	var s statement.Scratch
	for i, p := range a.doc.Paragraphs {
		a.cols.Decode(chain, &s, p, recall)
		g.drafts = append(g.drafts, m.Drafts(a.cols, &s, g.found[i], p))
	}
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

// linkSetting is the setting of recall whose segments the linker learns from.
const linkSetting = 2

// trainLinks learns from the guessed segments: the right cue of a content is
// the one that overlaps the cue of the content's attribution.
func trainLinks(arts []*article, guesses []*guess, seed uint64) *rank.Weights {
	var data []rank.Choice
	for i, a := range arts {
		for p, found := range guesses[i].found {
			lo, hi := int(a.doc.Paragraphs[p].First), int(a.doc.Paragraphs[p].Last)
			segs := found[linkSetting]
			for x, s := range segs {
				if s.Role == statement.RoleSource {
					continue
				}
				own := a.owner(s.Range, s.Role)
				if s.Role == statement.RoleCue && own < 0 {
					continue
				}
				c := rank.Choice{Gold: []int{0}}
				for k, y := range statement.Candidates(segs, x) {
					c.Candidates = append(c.Candidates, a.cols.LinkFeatures(nil, segs, x, y, lo, hi))
					if y >= 0 && own >= 0 && overlap(segs[y].Range, a.gold[own][segs[y].Role]) > 0 && c.Gold[0] == 0 {
						c.Gold[0] = k
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

// linked is the gold attribution whose content and source draft d overlaps, as
// internal/eval counts it, and how well; -1 for none.
func (a *article) linked(d *statement.Draft) (gold int, quality float64) {
	var content, source []token.Range
	for _, s := range d.Content {
		content = append(content, s.Range)
	}
	if d.Source.Len() > 0 {
		source = append(source, d.Source.Range)
	}
	gold = -1
	for i, g := range a.gold {
		v := jaccard(content, g[2])
		if v >= 0.5 && v > quality && (len(source) == 0 && len(g[0]) == 0 || jaccard(source, g[0]) >= 0.5) {
			gold, quality = i, v
		}
	}
	return gold, quality
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

// trainJudge learns which drafts are right: a linear judge, and trees that
// better its score by what they see of the draft and its rivals. It puts both
// and the cut that is best for F1 into f.
func trainJudge(f *model.File, arts []*article, guesses []*guess, recall func(i int) int32, o Options, log *slog.Logger) error {
	set, gold, within := judgeSet(arts, guesses, o.Folds)
	conf := rank.Config{Epochs: 8, Rate: 0.05, Dropout: 0.3, MinCount: 3, Seed: o.Seed}
	// The trees learn from scores, and the cut is chosen on scores, of judges
	// that have not seen the article.
	parallel(o.Workers, o.Folds, func(k int) {
		w := rank.Train(choices(set, func(p *paragraph) bool { return p.fold != k }), conf)
		for i := range set {
			if p := &set[i]; p.fold == k {
				for _, f := range p.feats {
					p.linear = append(p.linear, int32(math.Round(1000*w.Score(f))))
				}
				p.scores = p.linear
				p.rows = arts[p.article].cols.Rows(nil, p.drafts, p.linear, p.tokens, recall(p.article))
			}
		}
	})
	cut, f1 := bestCut(set, gold)
	log.Info("statement: linear judge", "gold", gold, "within reach", within, "cut", cut, "linked F1 by jackknife", f1)
	table, scale := rank.Train(choices(set, func(*paragraph) bool { return true }), conf).Table(1)
	f.Put("judge", table)
	f.Numbers["judge.unit"] = int(math.Round(1000 * 1024 / scale))
	boosted(set, o)
	f.Put("trees", boost.Train(examples(set, func(*paragraph) bool { return true }), boostConfig(o)).Bytes())
	cut, f1 = bestCut(set, gold)
	f.Numbers["cut"] = int(cut)
	f.Numbers["nested"] = nestedLogit
	log.Info("statement: judge", "cut", cut, "scale", scale, "linked F1 by jackknife", f1)
	return nil
}

// boosted scores the drafts of each fold with trees grown on the others.
func boosted(set []paragraph, o Options) {
	parallel(o.Workers, o.Folds, func(k int) {
		t := boost.Train(examples(set, func(p *paragraph) bool { return p.fold != k }), boostConfig(o))
		for i := range set {
			if p := &set[i]; p.fold == k {
				p.scores = make([]int32, len(p.linear))
				for j := range p.rows {
					p.scores[j] = p.linear[j] + t.Score(p.rows[j][:])
				}
			}
		}
	})
}

// boostConfig was chosen by the jackknife; twice the trees at half the rate, or
// a depth of 4 or 6, change it by less than 0.1.
func boostConfig(o Options) boost.Config {
	return boost.Config{Trees: 400, Depth: 5, Rate: 0.05, Lambda: 10, Gamma: 0.5, MinLeaf: 20, Rows: 0.6, Columns: 0.3, Seed: o.Seed}
}

// nestedLogit is the score from which on a statement inside a statement is
// believed: PolNeAR marks none, so the judge cannot learn it.
const nestedLogit = 0

// paragraph is the drafts of one paragraph, as the judge learns from them.
type paragraph struct {
	article, fold int
	tokens        token.Range
	drafts        []statement.Draft
	feats         [][]uint64
	gold          []int // by draft: the attribution that it links to, -1 for none
	good          []float64
	linear        []int32 // scores by the linear judge, in thousandths of log odds
	rows          []statement.Row
	scores        []int32 // by both
}

// judgeSet also counts the gold and how much of it has a right draft.
func judgeSet(arts []*article, guesses []*guess, folds int) (set []paragraph, gold, within int) {
	for i, a := range arts {
		gold += len(a.gold)
		for x, drafts := range guesses[i].drafts {
			r := a.doc.Paragraphs[x]
			p := paragraph{article: i, fold: i % folds, tokens: r, drafts: drafts}
			hit := map[int]bool{}
			for j := range p.drafts {
				p.feats = append(p.feats, a.cols.JudgeFeatures(nil, &p.drafts[j], r))
				g, v := a.linked(&p.drafts[j])
				p.gold, p.good = append(p.gold, g), append(p.good, v)
				if g >= 0 && !hit[g] {
					hit[g] = true
					within++
				}
			}
			set = append(set, p)
		}
	}
	return set, gold, within
}

// choices are the drafts as examples for a logistic regression. Of several
// drafts that link to the same attribution, the best is right and those that
// come within a tenth of it.
func choices(set []paragraph, keep func(*paragraph) bool) []rank.Choice {
	var out []rank.Choice
	for i := range set {
		p := &set[i]
		if !keep(p) {
			continue
		}
		for j, f := range p.feats {
			c := rank.Choice{Candidates: [][]uint64{f, nil}, Gold: []int{1}}
			if p.right(j) {
				c.Gold[0] = 0
			}
			out = append(out, c)
		}
	}
	return out
}

// right reports whether draft j links to an attribution, and about as well as
// any draft of the paragraph.
func (p *paragraph) right(j int) bool {
	if p.gold[j] < 0 {
		return false
	}
	best := 0.0
	for k, g := range p.gold {
		if g == p.gold[j] {
			best = max(best, p.good[k])
		}
	}
	return p.good[j] >= best-0.1
}

// examples are the same drafts for the trees. A draft is right as far as its
// content overlaps that of the attribution it links to.
func examples(set []paragraph, keep func(*paragraph) bool) []boost.Example {
	var out []boost.Example
	for i := range set {
		p := &set[i]
		if !keep(p) {
			continue
		}
		for j := range p.rows {
			out = append(out, boost.Example{Row: p.rows[j][:], Base: float64(p.linear[j]) / 1000, Yes: p.good[j]})
		}
	}
	return out
}

func openPartial(f *model.File) (*statement.Model, error) {
	b, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	return statement.OpenFile(b)
}

// slack is how much linked F1 may be given up for recall: near its top it hardly
// changes with the cut, and what is doubtful is told by its confidence.
const slack = 0.15

// bestCut is the score, in thousandths of log odds, at which to leave out all
// drafts below: the lowest whose linked F1 after the choice among drafts comes
// within slack of the best.
func bestCut(set []paragraph, gold int) (cut int32, f1 float64) {
	var scores []float64
	const low, high, step = -2500, 500, 50
	for c := int32(low); c <= high; c += step {
		right, all := 0, 0
		for i := range set {
			p := &set[i]
			used := map[int]bool{}
			for _, j := range statement.Choose(p.drafts, p.scores, c, p.tokens) {
				all++
				if g := p.gold[j]; g >= 0 && !used[g] {
					used[g] = true
					right++
				}
			}
		}
		scores = append(scores, 200*float64(right)/float64(all+gold))
	}
	best := slices.Max(scores)
	at := slices.IndexFunc(scores, func(v float64) bool { return v >= best-slack })
	return low + step*int32(at), scores[at]
}
