package event

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/rank"
	"github.com/rapporteur/rapporteur/record"
)

// What is coded: news texts by their places, and reports of our own.
var (
	//go:embed coded.tsv
	coded string
	//go:embed reports
	reports embed.FS
)

// document is a coded text with what is trained on it.
type document struct {
	*reader.Study
	name    string
	events  []corpus.CodedEvent
	trigger []token.Range // by event
	acts    []act
	fold    int
	own     bool // a report of ours
}

// demanded is how many events of d are.
func (d *document) demanded() int {
	n := 0
	for k := range d.events {
		if !d.events[k].Optional {
			n++
		}
	}
	return n
}

// act is a candidate and what it is.
type act struct {
	seen
	labels   []uint8 // any is right; the first is learnt
	optional bool
	roles    []rank.Choice
	status   []uint64
	statuses []uint8 // any is right; the first is learnt
	rule     record.Status
}

// readDocuments reads the coded texts and what the models before make of them.
func readDocuments(dataDir string) ([]document, error) {
	texts, err := corpus.ReadCoded(dataDir, coded)
	if err != nil {
		return nil, err
	}
	own, err := ownReports()
	if err != nil {
		return nil, err
	}
	texts = append(texts, own...)
	out := make([]document, len(texts))
	err = eachStudy(len(texts), func(i int) (name, text string) { return texts[i].Name, texts[i].Text }, func(i int, m *event.Model, study *reader.Study) {
		out[i] = document{Study: study, name: texts[i].Name, events: texts[i].Events, fold: int(model.HashString(texts[i].Name) % folds), own: i >= len(texts)-len(own)}
		out[i].label(m)
	})
	return out, err
}

// eachStudy reads n texts, two at a time, and gives fn what the models before those
// of events, and the lexicon, make of each.
func eachStudy(n int, text func(i int) (name, text string), fn func(i int, m *event.Model, study *reader.Study)) error {
	r, err := reader.OpenWith(nil)
	if err != nil {
		return err
	}
	m, err := untrained()
	if err != nil {
		return err
	}
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for worker := range errs {
		wg.Go(func() {
			for i := worker; i < n; i += len(errs) {
				name, text := text(i)
				study, err := r.Study(context.Background(), record.Document{Text: text})
				if err != nil {
					errs[worker] = fmt.Errorf("%s: %w", name, err)
					return
				}
				fn(i, m, study)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// ownReports are those of the folder reports.
func ownReports() ([]corpus.Coded, error) {
	files, err := fs.Glob(reports, "reports/*.ann")
	if err != nil {
		return nil, err
	}
	out := make([]corpus.Coded, len(files))
	for i, name := range files {
		b, err := reports.ReadFile(name)
		if err != nil {
			return nil, err
		}
		r, err := corpus.ParseReport(name, b)
		if err != nil {
			return nil, err
		}
		if out[i], err = r.Coded(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// untrained is the model with the lexicon alone.
func untrained() (*event.Model, error) {
	actors, err := actor.Open()
	if err != nil {
		return nil, err
	}
	return event.OpenWith(actors, nil)
}

// label makes the acts of d: which candidate each event is, and which of its
// options are its parties.
func (d *document) label(m *event.Model) {
	study := m.Study(&d.Reading)
	d.acts = make([]act, len(study.Candidates))
	sentences := study.Sentences()
	for i := range study.Candidates {
		d.acts[i].seen = look(study, sentences, &study.Candidates[i])
	}
	var prev *event.Draft
	for k := range d.events {
		e := &d.events[k]
		r := d.Doc.Cover(e.Trigger.Start, e.Trigger.End)
		d.trigger = append(d.trigger, r)
		i := slices.IndexFunc(study.Candidates, func(c event.Candidate) bool { return c.At >= r.First && c.At < r.Last })
		if i < 0 {
			continue
		}
		a := &d.acts[i]
		if len(a.labels) > 0 && (e.Optional || !a.optional) {
			continue
		}
		*a = act{seen: a.seen, optional: e.Optional}
		for _, t := range e.Types {
			a.labels = append(a.labels, uint8(slices.Index(event.Labels, t)))
		}
		a.status, a.rule = study.Status(&study.Candidates[i], e.Types[0])
		for _, x := range e.Status {
			a.statuses = append(a.statuses, uint8(slices.Index(event.Statuses, record.Status(x))))
		}
		now := &event.Draft{Type: e.Types[0]}
		options := study.Options(&study.Candidates[i], e.Types[0], prev)
		for role, want := range [2][][]record.Span{e.Source, e.Target} {
			c := rank.Choice{Candidates: [][]uint64{nil}}
			for k := range options {
				c.Candidates = append(c.Candidates, options[k].Features[role])
				if slices.ContainsFunc(want, func(p []record.Span) bool { return d.isParty(options[k].Head, p) }) {
					c.Gold = append(c.Gold, k+1)
					heads := [2]*[]int32{&now.Source, &now.Target}[role]
					*heads = append(*heads, options[k].Head)
				}
			}
			switch {
			case len(c.Gold) > 0:
			case len(want) > 0:
				continue // none of the options is right
			default:
				c.Gold = []int{0}
			}
			if !e.Mutual {
				a.roles = append(a.roles, c)
			}
		}
		prev = now
	}
}

// isParty reports whether the phrase with the given head means the party that
// stands in one of places: it stands there too, is the same actor as what does,
// or of the same country.
func (d *document) isParty(head int32, places []record.Span) bool {
	mine := d.ActorOf(head)
	for _, s := range places {
		r := d.Doc.Cover(s.Start, s.End)
		for k := r.First; k < r.Last; k++ {
			if k == head {
				return true
			}
			if his := d.ActorOf(k); his >= 0 && mine >= 0 && (his == mine || d.Actors[his].Country != "" && d.Actors[his].Country == d.Actors[mine].Country && d.Actors[his].Kind == record.Country) {
				return true
			}
		}
	}
	return false
}

// holds reports whether all of parties are among heads.
func (d *document) holds(heads []int32, parties [][]record.Span) bool {
	for _, p := range parties {
		if !slices.ContainsFunc(heads, func(k int32) bool { return d.isParty(k, p) }) {
			return false
		}
	}
	return true
}

// matches reports whether an event of type typ between source and target is event
// k of d.
func (d *document) matches(typ string, source, target []int32, k int) bool {
	e := &d.events[k]
	if !slices.Contains(e.Types, typ) {
		return false
	}
	if d.holds(source, e.Source) && d.holds(target, e.Target) {
		return true
	}
	all := slices.Concat(source, target)
	return e.Mutual && d.holds(all, e.Source) && d.holds(all, e.Target)
}

// isAt reports whether token i stands in the trigger of event k.
func (d *document) isAt(i int32, k int) bool { return i >= d.trigger[k].First && i < d.trigger[k].Last }

// matched gives for each of the events found the one that it is, -1 for none: one
// to one, those at the same word first, demanded ones before optional ones.
func (d *document) matched(list []*found) []int {
	out := make([]int, len(list))
	for i := range out {
		out[i] = -1
	}
	used := make([]bool, len(d.events))
	for grade := range 4 {
		for i, x := range list {
			h := &x.Hypotheses[x.best]
			for k := range d.events {
				if out[i] < 0 && !used[k] && d.isAt(x.At, k) == (grade < 2) && d.events[k].Optional == (grade%2 == 1) && d.matches(x.Type, h.Source, h.Target, k) {
					out[i], used[k] = k, true
				}
			}
		}
	}
	return out
}
