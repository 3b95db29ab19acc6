// Package event trains the classifier of internal/event that tells, of a
// sentence with two parties given, the type of what one does to the other.
package event

import (
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/crf"
	"github.com/rapporteur/rapporteur/internal/train/platt"
	"github.com/rapporteur/rapporteur/internal/train/rank"
	"github.com/rapporteur/rapporteur/record"
)

const (
	folds  = 5
	splits = 3 // of the cross-validation
)

// example is a pair with its features, and those of the same sentence with
// source and target changed over; nil if the relation is mutual or has one party.
type example struct {
	text     string
	label    uint8
	feats    []uint64
	reversed []uint64
	act      act // what the judge learns of it; without labels if no word tells the act
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
	judged, err := crossValidate(set, log)
	if err != nil {
		return err
	}
	all := func(int) bool { return true }
	c, err := fit(set, all, 1)
	if err != nil {
		return err
	}
	slope, offset := platt.Fit(judged)
	if slope <= 0 {
		return fmt.Errorf("event: a higher margin does not mean a better answer (slope %g)", slope)
	}
	f := &model.File{Header: model.Header{Component: "event", Labels: event.Roots}}
	f.Made = fmt.Sprintf("rapporteur-train event: plv_train, %d pairs; coded.tsv", len(set))
	f.Put("pair", c.table)
	f.Put("confidence", platt.Steps(slope, offset, c.scale, 1000))
	var acts []act
	for i := range set {
		if len(set[i].act.labels) > 0 {
			acts = append(acts, set[i].act)
		}
	}
	judge, err := trainJudge(dataDir, acts, log)
	if err != nil {
		return err
	}
	judge.put(f)
	b, err := f.Packed()
	if err != nil {
		return err
	}
	log.Info("event: pairs", "features", c.rows)
	log.Info("event", "bytes", len(b))
	path := filepath.Join(outDir, "event.bin")
	if err := os.WriteFile(path+".tmp", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
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
	m, err := untrained()
	if err != nil {
		return nil, err
	}
	labels := map[string]uint8{}
	for i, r := range event.Roots {
		labels[r] = uint8(i)
	}
	for _, p := range pairs {
		if _, ok := labels[p.Type]; !ok {
			return nil, fmt.Errorf("pair %s: unknown type %q", p.ID, p.Type)
		}
	}
	out := make([]example, len(pairs))
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < len(pairs); i += 2 {
				p := pairs[i]
				d := token.Segment(p.Text)
				t := parser.Parse(d)
				n := names.Find(d, t)
				s, x := ranges(d, p.Source), ranges(d, p.Target)
				e := example{text: p.Text, label: labels[p.Type], feats: m.PairFeatures(d, t, n, s, x)}
				if len(s) > 0 && len(x) > 0 && !event.Mutual(p.Type) {
					e.reversed = m.PairFeatures(d, t, n, x, s)
				}
				e.act = pairAct(m, &event.Reading{Doc: d, Tree: t, Names: n}, &p, s, x)
				out[i] = e
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

// classifier is a table of integers, scale of them to a unit of log odds.
type classifier struct {
	table []byte
	emit  model.Table
	scale float64
	rows  int
}

// balance is how much of what a type is rarer than the most frequent is made up
// for by showing its examples more often: 0 nothing, 1 all. Those of the most
// frequent are shown so many times in a pass.
const (
	balance = 0.5
	shown   = 2
)

// fit trains on the examples whose index keep takes.
func fit(set []example, keep func(i int) bool, seed uint64) (*classifier, error) {
	count, top := make([]int, len(event.Roots)), 0
	for i := range set {
		if keep(i) {
			count[set[i].label]++
			top = max(top, count[set[i].label])
		}
	}
	var data []crf.Sequence
	for i := range set {
		e := &set[i]
		if !keep(i) {
			continue
		}
		for range int(math.Round(shown * math.Pow(float64(top)/float64(count[e.label]), balance))) {
			data = append(data, crf.Sequence{Feats: [][]uint64{e.feats}, Labels: []uint8{e.label}})
		}
	}
	w := crf.Train(len(event.Roots), data, crf.Config{Epochs: 15, Rate: 0.1, L2: 0.002, Dropout: 0.7, MinCount: 1, Prune: 0.03, Seed: seed, Members: 8})
	f := &model.File{}
	c := &classifier{scale: w.Scale(), rows: w.Put(f, "pair")}
	c.table = f.Section("pair.emit")
	var ok bool
	if c.emit, ok = model.NewTable(len(event.Roots), c.table); !ok {
		return nil, fmt.Errorf("event: the table is malformed")
	}
	return c, nil
}

// best is the root of the features and its margin in log odds.
func (c *classifier) best(feats []uint64) (uint8, float64) {
	row := make([]int32, len(event.Roots))
	c.emit.AddAll(row, feats)
	y, margin := event.Best(row)
	return uint8(y), float64(margin) / c.scale
}

// pairAct is the act of a pair: the candidate whose draft has the given parties
// best.
func pairAct(m *event.Model, r *event.Reading, p *corpus.Pair, source, target []token.Range) act {
	in := func(heads []int32, ranges []token.Range) bool {
		return slices.ContainsFunc(heads, func(k int32) bool {
			return slices.ContainsFunc(ranges, func(r token.Range) bool { return k >= r.First && k < r.Last })
		})
	}
	study := m.Study(r)
	var best *event.Candidate
	top := 0
	for i := range study.Candidates {
		c := &study.Candidates[i]
		grade := 0
		for _, x := range []struct {
			heads  []int32
			ranges []token.Range
			points int
		}{
			{c.Draft.Source, source, bothPoints}, {c.Draft.Target, target, bothPoints},
			{c.Draft.Source, target, -swapPoints}, {c.Draft.Target, source, -swapPoints},
		} {
			if in(x.heads, x.ranges) && (x.points > 0 || !event.Mutual(p.Type)) {
				grade += x.points
			}
		}
		if c.Known {
			grade++
			if typeOf(p.Type, c.Draft.Type) == c.Draft.Type {
				grade += 2
			}
		}
		if grade > top {
			best, top = c, grade
		}
	}
	if top < bothPoints {
		return act{}
	}
	typ := typeOf(p.Type, best.Draft.Type)
	if typ == "" {
		return act{}
	}
	a := act{seen: look(study, study.Sentences(), best), labels: []uint8{uint8(slices.Index(event.Labels, typ))}}
	if event.Mutual(p.Type) {
		return a
	}
	options := study.Options(best, typ, nil)
	for role, ranges := range [2][]token.Range{source, target} {
		c := rank.Choice{Candidates: [][]uint64{nil}}
		for k := range options {
			c.Candidates = append(c.Candidates, options[k].Features[role])
			if in([]int32{options[k].Head}, ranges) {
				c.Gold = append(c.Gold, k+1)
			}
		}
		if len(ranges) == 0 {
			c.Gold = []int{0}
		}
		if len(c.Gold) > 0 {
			a.roles = append(a.roles, c)
		}
	}
	return a
}

// What a draft's party counts that is the given one, and one that is the other.
const (
	bothPoints = 4
	swapPoints = 3
)

// typeOf is the type that root stands for, given that of the lexicon; empty if
// it cannot be told.
func typeOf(root, lexical string) string {
	if root != "YIELD" {
		return root
	}
	if lexical == "CONCEDE" || lexical == "RETREAT" {
		return lexical
	}
	return ""
}
