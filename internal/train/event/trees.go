package event

import (
	"log/slog"
	"math"

	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/train/boost"
	"github.com/rapporteur/rapporteur/internal/train/platt"
)

// The trees that choose the parties, and those that judge the whole.
var (
	partyTrees   = boost.Config{Trees: 200, Depth: 6, Rate: 0.1, Lambda: 20, MinLeaf: 10, Rows: 0.7, Columns: 0.5, Seed: 1}
	verdictTrees = boost.Config{Trees: 60, Depth: 4, Rate: 0.05, Lambda: 20, MinLeaf: 5, Rows: 0.7, Columns: 0.5, Seed: 1}
)

// partyBase is the log odds of a hypothesis before the first tree.
const partyBase = -3

// fitTrees trains the trees, each kind by a jackknife, and logs what the judge
// makes of documents that it has not seen.
func (t *tables) fitTrees(set []document, all []*found, log *slog.Logger) {
	not := func(k int) func(x *found) bool { return func(x *found) bool { return set[x.doc].fold != k } }
	every := func(*found) bool { return true }
	eachFold(func(k int) {
		trees := growParties(all, not(k))
		for _, x := range all {
			if set[x.doc].fold == k {
				x.choose(trees)
			}
		}
	})
	markRight(set, all)
	scores := make([]platt.Judged, len(all))
	eachFold(func(k int) {
		trees := growVerdict(all, not(k))
		for i, x := range all {
			if set[x.doc].fold == k {
				scores[i] = platt.Judged{Score: float64(trees.Score(x.row)) / 1000, Right: x.right}
			}
		}
	})
	slope, offset := platt.Fit(scores)
	t.parties = growParties(all, every).Bytes()
	t.verdict = growVerdict(all, every).Bytes()
	t.sure = platt.Steps(slope, offset, 1000, 1000)
	for _, g := range groups {
		for _, least := range []float64{0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6} {
			var n tally
			for i := range set {
				if g.has(&set[i]) {
					n.demanded += set[i].demanded()
				}
			}
			for i, x := range all {
				if g.has(&set[x.doc]) && 1/(1+math.Exp(-slope*scores[i].Score-offset)) >= least {
					n.add(x)
				}
			}
			n.log(log, g.name, least)
		}
	}
}

// groups are those whose figures are told apart. The teacher has not seen fold 0.
var groups = []struct {
	name string
	has  func(d *document) bool
}{
	{"news", func(d *document) bool { return !d.own }},
	{"own reports", func(d *document) bool { return d.own }},
	{"news, fold 0", func(d *document) bool { return !d.own && d.fold == 0 }},
	{"own reports, fold 0", func(d *document) bool { return d.own && d.fold == 0 }},
}

// growParties grows the trees that choose among the hypotheses of those that keep
// takes.
func growParties(all []*found, keep func(x *found) bool) *model.Trees {
	var data []boost.Example
	var ends []int
	for _, x := range all {
		if !keep(x) {
			continue
		}
		for i := range x.Hypotheses {
			data = append(data, boost.Example{Row: x.Hypotheses[i].Row, Base: partyBase, Yes: x.yes[i]})
		}
		ends = append(ends, len(data))
	}
	return boost.TrainChoices(data, ends, partyTrees)
}

// choose takes the likeliest hypothesis of x.
func (x *found) choose(trees *model.Trees) {
	x.scores = x.scores[:0]
	for i := range x.Hypotheses {
		x.scores = append(x.scores, trees.Score(x.Hypotheses[i].Row))
	}
	x.best, x.row = event.Choice(x.Hypotheses, x.scores)
}

// growVerdict grows the trees that tell whether what is chosen is right.
func growVerdict(all []*found, keep func(x *found) bool) *model.Trees {
	var data []boost.Example
	for _, x := range all {
		if keep(x) {
			e := boost.Example{Row: x.row}
			if x.right {
				e.Yes = 1
			}
			data = append(data, e)
		}
	}
	return boost.Train(data, verdictTrees)
}

// markRight sets which of those found are events.
func markRight(set []document, all []*found) {
	byDoc := make([][]*found, len(set))
	for _, x := range all {
		byDoc[x.doc] = append(byDoc[x.doc], x)
	}
	for i := range set {
		for j, k := range set[i].matched(byDoc[i]) {
			x := byDoc[i][j]
			x.right = k >= 0
			x.wanted = k >= 0 && !set[i].events[k].Optional
		}
	}
}

// tally counts what is found.
type tally struct{ given, right, found, typed, demanded int }

func (n *tally) add(x *found) {
	n.given++
	if x.right {
		n.right++
	}
	if x.wanted {
		n.found++
	}
	if x.typed {
		n.typed++
	}
}
func (n *tally) log(log *slog.Logger, of string, least float64) {
	p, r := 100*float64(n.right)/float64(max(1, n.given)), 100*float64(n.found)/float64(max(1, n.demanded))
	log.Info("event: jackknife", "of", of, "confidence", least, "given", n.given, "demanded", n.demanded, "P", p, "R", r, "F1", 2*p*r/max(1, p+r), "type at its word", 100*float64(n.typed)/float64(max(1, n.given)))
}
