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
	"github.com/rapporteur/rapporteur/internal/train/net"
	"github.com/rapporteur/rapporteur/internal/train/rank"
)

// tables are the trained tables of the judge, as event.bin stores them.
type tables struct {
	types                                *net.Trained
	cast, status, parties, verdict, sure []byte
	unit                                 uint32 // of cast
}

// fitDrafts trains the network of types, cast and status on the documents that
// keep takes, and on the pairs.
func fitDrafts(l *lessons, set []document, pairs []act, keep func(d *document) bool, log *slog.Logger) *tables {
	var types []lesson
	var cast []rank.Choice
	var status []crf.Sequence
	add := func(a *act) {
		types = append(types, a.lesson())
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
	t := &tables{types: l.fit(types, log)}
	castTable, castScale := rank.Train(cast, rank.Config{Epochs: 8, Rate: 0.1, Dropout: 0.3, MinCount: 2, Seed: 1}).Table(castLeast)
	t.cast, t.unit = castTable, uint32(math.Round(castScale))
	w := crf.Train(len(event.Statuses), status, crf.Config{Epochs: 10, Rate: 0.1, L2: 0.001, Dropout: 0.5, MinCount: 3, Prune: 0.02, Seed: 1, Members: 2})
	f := &model.File{}
	w.Put(f, "status")
	t.status = f.Section("status.emit")
	return t
}

// castLeast is what rows of the table of cast must weigh to be kept, in units.
const castLeast = 2

// put stores t in f.
func (t *tables) put(f *model.File) {
	t.types.Put(f, "types")
	f.Put("cast", t.cast)
	f.Put("parties", t.parties)
	f.Put("verdict", t.verdict)
	f.Put("status", t.status)
	f.Put("unit", binary.LittleEndian.AppendUint32(nil, t.unit))
	f.Put("sure", t.sure)
}

// found is what drafting models that have not seen its document make of a candidate.
type found struct {
	event.Verdict
	doc    int
	yes    []float64 // by hypothesis: whether it is right
	scores []int32   // by hypothesis: by trees that have not seen it
	best   int       // of them
	row    []int16   // by which the whole is judged
	right  bool      // it is an event
	wanted bool      // that is demanded
	typed  bool      // an event of that type has that trigger
}

// trainJudge trains the judge: the drafting models by a jackknife over the
// documents, the trees on what the jackknife gave.
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
	l, err := readLessons(dataDir)
	if err != nil {
		return nil, err
	}
	log.Info("event: silver", "candidates", len(l.silver))
	statuses := make([][2]int, folds)
	lists := make([][]*found, folds)
	errs := make([]error, folds)
	eachFold(func(k int) { lists[k], statuses[k], errs[k] = jackknife(l, set, pairs, k) })
	right, of := 0, 0
	for k := range folds {
		if errs[k] != nil {
			return nil, errs[k]
		}
		right, of = right+statuses[k][0], of+statuses[k][1]
	}
	log.Info("event: jackknife", "status right", 100*float64(right)/float64(max(1, of)), "of", of)
	t := fitDrafts(l, set, pairs, func(*document) bool { return true }, log)
	t.fitTrees(set, slices.Concat(lists...), log)
	return t, nil
}

// eachFold calls fn for every fold, two at a time.
func eachFold(fn func(k int)) {
	var wg sync.WaitGroup
	for worker := range 2 {
		wg.Go(func() {
			for k := worker; k < folds; k += 2 {
				fn(k)
			}
		})
	}
	wg.Wait()
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

// jackknife trains the drafting models on all folds but k, and says what they find
// in fold k.
func jackknife(l *lessons, set []document, pairs []act, k int) (list []*found, status [2]int, err error) {
	t := fitDrafts(l, set, pairs, func(d *document) bool { return d.fold != k }, nil)
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
		if d := &set[i]; d.fold == k {
			for _, v := range m.Verdicts(&d.Reading) {
				list = append(list, d.judge(v, i))
			}
		}
	}
	return list, status, nil
}

// judge says which hypotheses of v are right: those of an event at its word, if
// one is annotated there.
func (d *document) judge(v event.Verdict, doc int) *found {
	x := &found{Verdict: v, doc: doc, yes: make([]float64, len(v.Hypotheses))}
	here := false
	for k := range d.events {
		if d.isAt(v.At, k) {
			here = true
			x.typed = x.typed || slices.Contains(d.events[k].Types, v.Type)
		}
	}
	for i := range v.Hypotheses {
		h := &v.Hypotheses[i]
		for k := range d.events {
			if d.isAt(v.At, k) == here && d.matches(v.Type, h.Source, h.Target, k) {
				x.yes[i] = 1
			}
		}
	}
	return x
}
