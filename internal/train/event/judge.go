package event

import (
	"encoding/binary"
	"log/slog"
	"math"
	"slices"
	"sync"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/train/crf"
	"github.com/rapporteur/rapporteur/internal/train/platt"
	"github.com/rapporteur/rapporteur/internal/train/rank"
)

// Copies of an act in the training of types: what is optional counts half.
const (
	demandedCopies = 2
	optionalCopies = 1
)

// tables are the trained tables of the judge, as event.bin stores them.
type tables struct {
	types, cast, keep, status []byte
	units                     event.Units
	sure                      []byte
}

// fitJudge trains types and cast on the documents that keep takes, and on the pairs.
func fitJudge(set []document, pairs []act, keep func(d *document) bool) *tables {
	var types []crf.Sequence
	var cast []rank.Choice
	var status []crf.Sequence
	add := func(a *act) {
		y, n := uint8(0), demandedCopies
		if len(a.labels) > 0 {
			y = a.labels[0]
		}
		if a.optional {
			n = optionalCopies
		}
		for range n {
			types = append(types, crf.Sequence{Feats: [][]uint64{a.feats}, Labels: []uint8{y}})
		}
		cast = append(cast, a.roles...)
		if len(a.statuses) > 0 {
			status = append(status, crf.Sequence{Feats: [][]uint64{a.status}, Labels: []uint8{a.statuses[0]}})
		}
	}
	for i := range set {
		if keep(&set[i]) {
			for k := range set[i].acts {
				add(&set[i].acts[k])
			}
		}
	}
	for i := range pairs {
		add(&pairs[i])
	}
	w := crf.Train(len(event.Labels), types, crf.Config{Epochs: 10, Rate: 0.1, L2: 0.001, Dropout: 0.6, MinCount: 2 * demandedCopies, Prune: typesPrune, MaxRows: typesRows, Seed: 1, Members: 4})
	f := &model.File{}
	w.Put(f, "types")
	t := &tables{types: f.Section("types.emit")}
	castTable, castScale := rank.Train(cast, rank.Config{Epochs: 8, Rate: 0.1, Dropout: 0.3, MinCount: 2, Seed: 1}).Table(castLeast)
	t.cast = castTable
	t.units = event.Units{Types: int32(math.Round(w.Scale())), Cast: int32(math.Round(castScale))}
	t.keep, _ = rank.Train(nil, rank.Config{}).Table(1)
	w = crf.Train(len(event.Statuses), status, crf.Config{Epochs: 10, Rate: 0.1, L2: 0.001, Dropout: 0.5, MinCount: 3, Prune: 0.02, Seed: 1, Members: 2})
	w.Put(f, "status")
	t.status = f.Section("status.emit")
	return t
}

// What rows of the tables of types and of cast must weigh to be kept.
const (
	typesPrune = 0.02
	typesRows  = 36000
	castLeast  = 2 // units
)

// put stores t in f.
func (t *tables) put(f *model.File) {
	f.Put("types", t.types)
	f.Put("cast", t.cast)
	f.Put("keep", t.keep)
	f.Put("status", t.status)
	f.Put("units", binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, uint32(t.units.Types)), uint32(t.units.Cast)))
	f.Put("sure", t.sure)
}

// judged is a verdict of a judge that has not seen its document.
type judged struct {
	doc      int
	feats    []uint64
	right    bool
	demanded bool
	typed    bool // an event of that type has that trigger
}

// trainJudge trains the judge: types and cast by a jackknife over the documents,
// keep on what the jackknife gave.
func trainJudge(dataDir string, pairs []act, log *slog.Logger) (*tables, error) {
	set, err := readDocuments(dataDir)
	if err != nil {
		return nil, err
	}
	demanded, candidates := 0, 0
	for i := range set {
		candidates += len(set[i].acts)
		demanded += set[i].demanded()
	}
	log.Info("event: judge", "documents", len(set), "candidates", candidates, "events demanded", demanded)
	var all []judged
	statuses := make([][2]int, folds)
	found := make([][]judged, folds)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for worker := range errs {
		wg.Go(func() {
			for k := worker; k < folds; k += len(errs) {
				found[k], statuses[k], errs[worker] = jackknife(set, pairs, k)
				if errs[worker] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	right, of := 0, 0
	for k := range found {
		all = append(all, found[k]...)
		right, of = right+statuses[k][0], of+statuses[k][1]
	}
	log.Info("event: jackknife", "status right", 100*float64(right)/float64(max(1, of)), "of", of)
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	t := fitJudge(set, pairs, func(*document) bool { return true })
	t.fitKeep(all, set, log)
	return t, nil
}

// statusRight is how many statuses of fold k, of how many, t gets right.
func (t *tables) statusRight(set []document, k int) (right, of int) {
	table, ok := model.NewTable(len(event.Statuses), t.status)
	if !ok {
		return 0, 0
	}
	for i := range set {
		if set[i].fold != k {
			continue
		}
		for j := range set[i].acts {
			a := &set[i].acts[j]
			if len(a.statuses) == 0 {
				continue
			}
			scores := make([]int32, len(event.Statuses))
			table.AddAll(scores, a.status)
			of++
			y, _ := event.Best(scores)
			if event.Ruled(a.rule) {
				y = slices.Index(event.Statuses, a.rule)
			}
			if slices.Contains(a.statuses, uint8(y)) {
				right++
			}
		}
	}
	return right, of
}

// jackknife trains on all folds but k and judges fold k.
func jackknife(set []document, pairs []act, k int) (found []judged, status [2]int, err error) {
	t := fitJudge(set, pairs, func(d *document) bool { return d.fold != k })
	f := &model.File{Header: model.Header{Component: "event", Labels: event.Roots}}
	t.put(f)
	b, err := f.Bytes()
	if err != nil {
		return nil, status, err
	}
	actors, err := actor.Open()
	if err != nil {
		return nil, status, err
	}
	m, err := event.OpenWith(actors, b)
	if err != nil {
		return nil, status, err
	}
	status[0], status[1] = t.statusRight(set, k)
	for i := range set {
		d := &set[i]
		if d.fold != k {
			continue
		}
		verdicts := m.Verdicts(&d.Reading)
		for j, e := range d.matched(verdicts) {
			v := judged{doc: i, feats: verdicts[j].Features, right: e >= 0, demanded: e >= 0 && !d.events[e].Optional}
			for k := range d.events {
				if verdicts[j].At >= d.trigger[k].First && verdicts[j].At < d.trigger[k].Last && slices.Contains(d.events[k].Types, verdicts[j].Draft.Type) {
					v.typed = true
				}
			}
			found = append(found, v)
		}
	}
	return found, status, nil
}

// keepConfig sets the training of keep.
var keepConfig = rank.Config{Epochs: 8, Rate: 0.05, Dropout: 0.2, L2: 0.002, MinCount: 3, Seed: 1}

// fitKeep trains keep on the verdicts of the jackknife, and logs what it makes
// of verdicts that it has not seen.
func (t *tables) fitKeep(all []judged, set []document, log *slog.Logger) {
	choices := func(keep func(v *judged) bool) []rank.Choice {
		var out []rank.Choice
		for i := range all {
			if v := &all[i]; keep(v) {
				c := rank.Choice{Candidates: [][]uint64{v.feats, nil}, Gold: []int{1}}
				if v.right {
					c.Gold[0] = 0
				}
				out = append(out, c)
			}
		}
		return out
	}
	scores := make([]platt.Judged, len(all))
	for k := range folds {
		w := rank.Train(choices(func(v *judged) bool { return set[v.doc].fold != k }), keepConfig)
		for i := range all {
			if set[all[i].doc].fold == k {
				scores[i] = platt.Judged{Score: w.Score(all[i].feats), Right: all[i].right}
			}
		}
	}
	slope, offset := platt.Fit(scores)
	table, scale := rank.Train(choices(func(*judged) bool { return true }), keepConfig).Table(1)
	t.keep = table
	t.sure = platt.Steps(slope, offset, scale, 1000)
	for _, own := range []bool{false, true} {
		for _, least := range []float64{0.25, 0.3, 0.35, 0.4, 0.5} {
			var n tally
			for i := range set {
				if set[i].own == own {
					n.demanded += set[i].demanded()
				}
			}
			for i := range all {
				if set[all[i].doc].own == own && 1/(1+math.Exp(-slope*scores[i].Score-offset)) >= least {
					n.add(&all[i])
				}
			}
			n.log(log, own, least)
		}
	}
}

// tally counts verdicts.
type tally struct{ given, right, found, typed, demanded int }

func (n *tally) add(v *judged) {
	n.given++
	if v.right {
		n.right++
	}
	if v.demanded {
		n.found++
	}
	if v.typed {
		n.typed++
	}
}

func (n *tally) log(log *slog.Logger, own bool, least float64) {
	p, r := 100*float64(n.right)/float64(max(1, n.given)), 100*float64(n.found)/float64(max(1, n.demanded))
	log.Info("event: jackknife", "own", own, "confidence", least, "given", n.given, "demanded", n.demanded, "P", p, "R", r, "F1", 2*p*r/max(1, p+r), "type at its word", 100*float64(n.typed)/float64(max(1, n.given)))
}
