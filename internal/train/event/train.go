// Package event trains the classifier of internal/event that tells, of a
// sentence with two parties given, the type of what one does to the other.
package event

import (
	"fmt"
	"hash/fnv"
	"log/slog"
	"path/filepath"
	"sync"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/crf"
	"github.com/rapporteur/rapporteur/record"
)

const folds = 5

type example struct {
	pair  corpus.Pair
	feats []uint64
	label uint8
	fold  int
}

// Train writes outDir/event.bin.
func Train(dataDir, outDir string, log *slog.Logger) error {
	pairs, err := corpus.ReadPairs(filepath.Join(dataDir, "research", "plv_train.tsv"))
	if err != nil {
		return err
	}
	set, err := examples(pairs)
	if err != nil {
		return err
	}
	score, err := crossValidate(set, log)
	if err != nil {
		return err
	}
	_ = score
	return nil
}

func examples(pairs []corpus.Pair) ([]example, error) {
	parser, err := syntax.Open()
	if err != nil {
		return nil, err
	}
	names, err := name.Open()
	if err != nil {
		return nil, err
	}
	actors, err := actor.Open()
	if err != nil {
		return nil, err
	}
	m, err := event.Open(actors)
	if err != nil {
		return nil, err
	}
	labels := map[string]uint8{}
	for i, r := range event.Roots {
		labels[r] = uint8(i)
	}
	out := make([]example, len(pairs))
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < len(pairs); i += 2 {
				p := pairs[i]
				d := token.Segment(p.Text)
				t := parser.Parse(d)
				h := fnv.New32a()
				h.Write([]byte(p.Text))
				out[i] = example{
					pair: p, label: labels[p.Type], fold: int(h.Sum32() % folds),
					feats: m.PairFeatures(d, t, names.Find(d, t), ranges(d, p.Source), ranges(d, p.Target)),
				}
			}
		})
	}
	wg.Wait()
	return out, nil
}

func ranges(d *token.Doc, spans []record.Span) []token.Range {
	var out []token.Range
	for _, s := range spans {
		if r := d.Cover(s.Start, s.End); r.Len() > 0 {
			out = append(out, r)
		}
	}
	return out
}

func fit(set []example, keep func(*example) bool) (*model.Chain, *model.File, error) {
	var data []crf.Sequence
	for i := range set {
		if keep(&set[i]) {
			data = append(data, crf.Sequence{Feats: [][]uint64{set[i].feats}, Labels: []uint8{set[i].label}})
		}
	}
	w := crf.Train(len(event.Roots), data, crf.Config{Epochs: 30, Rate: 0.1, Dropout: 0.5, MinCount: 2, Prune: 0.01, Seed: 1, Members: 2})
	f := &model.File{Header: model.Header{Component: "event", Labels: event.Roots}}
	w.Put(f, "pair")
	b, err := f.Bytes()
	if err != nil {
		return nil, nil, err
	}
	f, err = model.Parse(b)
	if err != nil {
		return nil, nil, err
	}
	c, err := model.OpenChain(f, "pair", event.Roots)
	return c, f, err
}

func best(c *model.Chain, feats []uint64) uint8 {
	row := make([]int32, len(event.Roots))
	c.Emit.AddAll(row, feats)
	top := 0
	for y, v := range row {
		if v > row[top] {
			top = y
		}
	}
	return uint8(top)
}

func crossValidate(set []example, log *slog.Logger) (float64, error) {
	guess := make([]uint8, len(set))
	for k := range folds {
		c, _, err := fit(set, func(e *example) bool { return e.fold != k })
		if err != nil {
			return 0, err
		}
		for i := range set {
			if set[i].fold == k {
				guess[i] = best(c, set[i].feats)
			}
		}
	}
	macro, detail := macroF1(set, guess, func(y uint8) int { return int(y) }, len(event.Roots))
	quad, _ := macroF1(set, guess, func(y uint8) int { return event.RootQuad(event.Roots[y]) - 1 }, 4)
	log.Info("event: pairs by cross-validation", "macro F1 of 15 roots", macro, "of 4 quads", quad)
	for y, r := range event.Roots {
		log.Info(fmt.Sprintf("  %-10s %.1f", r, detail[y]))
	}
	return macro, nil
}

func macroF1(set []example, guess []uint8, class func(uint8) int, n int) (float64, []float64) {
	tp, gold, pred := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range set {
		g, p := class(set[i].label), class(guess[i])
		gold[g]++
		pred[p]++
		if g == p {
			tp[g]++
		}
	}
	sum, all := 0.0, make([]float64, n)
	for k := range n {
		all[k] = 200 * tp[k] / max(1, gold[k]+pred[k])
		sum += all[k]
	}
	return sum / float64(n), all
}
