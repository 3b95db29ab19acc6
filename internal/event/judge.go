package event

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// Labels are what a candidate may be: no event, or one of the types.
var Labels = func() []string {
	out := []string{""}
	for _, t := range record.EventTypes() {
		out = append(out, t.Name)
	}
	return out
}()

// judge decides which candidates are events, of what type, between whom, and
// how sure that is: a network and linear models draft it, trees over what
// they say of the likeliest parties choose these and tell how sure it is. All are
// integers.
type judge struct {
	types   *model.Net   // by label
	cast    model.Table  // for an option to be source or target, against nobody
	status  model.Table  // by Statuses
	parties *model.Trees // for a hypothesis to be right, against none
	verdict *model.Trees // for the whole event to be right
	unit    int32        // of cast, to a log odds of one
	steps   []int32      // the score of verdict from which on the confidence is 0.001, 0.002, … 0.999
}

// The least log odds, in hundredths, of a type against none for a candidate to
// be weighed further, and of an option against nobody to be a party.
const (
	weighFrom = -100
	castFrom  = -50
)

// trustLexicon is by how much, in hundredths of log odds, a type must be likelier
// than that of the lexicon to take its place.
const trustLexicon = 150

// openJudge reads the sections types, a network, cast and status, tables, parties
// and verdict, trees, unit and sure of event.bin.
func openJudge(f *model.File) (*judge, error) {
	j := &judge{}
	for _, t := range []struct {
		section string
		columns int
		into    *model.Table
	}{{"cast", 1, &j.cast}, {"status", len(Statuses), &j.status}} {
		var err error
		if *t.into, err = f.Table(t.section, t.columns); err != nil {
			return nil, err
		}
	}
	var err error
	if j.types, err = f.Net("types"); err != nil {
		return nil, err
	}
	if j.types.Seats != wordSeats+bagSeats || j.types.Out != len(Labels) {
		return nil, fmt.Errorf("event: section types.layers is for %d seats and %d types, not %d and %d", j.types.Seats, j.types.Out, wordSeats+bagSeats, len(Labels))
	}
	if j.parties, err = model.ParseTrees(f.Section("parties"), PartyFeatures); err != nil {
		return nil, err
	}
	if j.verdict, err = model.ParseTrees(f.Section("verdict"), VerdictFeatures); err != nil {
		return nil, err
	}
	u := f.Section("unit")
	if len(u) != 4 {
		return nil, fmt.Errorf("event: section unit has %d bytes, not 4", len(u))
	}
	if j.unit = int32(binary.LittleEndian.Uint32(u)); j.unit <= 0 {
		return nil, fmt.Errorf("event: section unit holds %d", j.unit)
	}
	for s := f.Section("sure"); len(s) >= 4; s = s[4:] {
		j.steps = append(j.steps, int32(binary.LittleEndian.Uint32(s)))
	}
	return j, nil
}

// weigh is the candidates that may be events, with the type that is likeliest
// and what speaks for each option to take part.
func (f *finder) weigh(in []Draft) []weighed {
	var out []weighed
	var prev *Draft
	var e emitter
	scores, hidden := make([]int32, len(Labels)), make([]int32, f.judge.types.Hidden)
	words := make([]uint64, wordSeats)
	for _, c := range f.candidates(in) {
		e.f = e.f[:0]
		e.candidate(f, &c)
		f.wordsAround(words, c.At)
		n := f.sentenceAt(c.At)
		f.judge.types.Score(scores, hidden, words, [][]int32{f.bagOf(n), f.bagOf(n - 1)}, e.f)
		best, margin := Best(scores[1:])
		odds := (scores[best+1] - scores[0]) / 10
		if odds < weighFrom {
			continue
		}
		d := *c.Draft
		if y := slices.Index(Labels, d.Type) - 1; c.Known && y >= 0 && ((scores[best+1]-scores[y+1])/10 < trustLexicon || d.turns > 0 && Labels[best+1] == d.frame.typ) {
			best = y // what an operator has turned is not turned back
		}
		if !c.Known && (!f.modify(&d, d.at) || !f.climb(&d)) {
			continue
		}
		d.head = c.At
		if typ := Labels[best+1]; d.Type != typ {
			d.why("judge", "trained on coded news: "+label(typ, ""), c.At)
			d.Type, d.Mode = typ, ""
		}
		w := weighed{c: c, odds: odds, margin: margin / 10}
		f.cast(&e, &w, &d, prev)
		out = append(out, w)
		prev = &w.d
	}
	return out
}

// isReversed reports whether the subject of f's verb is the target: "X hosted Y",
// "X received aid from Y".
func (f *frame) isReversed() bool {
	return len(f.target) > 0 && f.target[0].slot == slotSubj && !f.target[0].both
}

// cast weighs the options of d, and gives w the draft with those that are
// likeliest, each for itself. The parties of a verb that the lexicon knows to be
// reversed stand.
func (f *finder) cast(e *emitter, w *weighed, d, prev *Draft) {
	w.x = f.sceneOf(d, prev)
	w.lexical = [2][]int32{d.Source, d.Target}
	w.fixed = d.turns == 0 && d.frame.isReversed() && len(d.Source) > 0 && len(d.Target) > 0
	w.options = f.options(&w.x)
	var best [2]int32
	var top [2]int32
	for role := range 2 {
		best[role], top[role] = -1, castFrom
		w.scores[role], w.order[role] = make([]int32, len(w.options)), make([]int32, len(w.options))
		for i, k := range w.options {
			var y [1]int32
			e.f = e.f[:0]
			e.option(f, &w.x, k, role)
			f.judge.cast.AddAll(y[:], e.f)
			v := 100 * y[0] / f.judge.unit
			w.scores[role][i], w.order[role][i] = v, int32(i)
			if v >= top[role] {
				best[role], top[role] = int32(i), v
			}
		}
		slices.SortStableFunc(w.order[role], func(a, b int32) int { return cmp.Compare(w.scores[role][b], w.scores[role][a]) })
	}
	w.d = *d
	if w.fixed {
		return
	}
	if best[asSource] >= 0 && best[asSource] == best[asTarget] {
		if top[asSource] > top[asTarget] {
			best[asTarget] = -1
		} else {
			best[asSource] = -1
		}
	}
	for role, list := range [2]*[]int32{&w.d.Source, &w.d.Target} {
		*list = nil
		if best[role] >= 0 {
			*list = f.withOthers(w.options[best[role]], w.lexical[role])
		}
	}
}

// judged is the drafts that the judge takes for events, and those that it finds
// where the lexicon has none.
func (f *finder) judged(in []Draft) []Draft {
	all := f.weigh(in)
	n := f.dealsOf(all)
	out := make([]Draft, len(all))
	var scores []int32
	for i := range all {
		w := &all[i]
		list := f.hypotheses(w, n)
		scores = slices.Grow(scores[:0], len(list))[:len(list)]
		f.judge.parties.ScoreAll(scores, func(k int) []int16 { return list[k].Row })
		best, row := Choice(list, scores)
		out[i] = f.settleOn(w, &list[best])
		sure := f.judge.verdict.Score(row)
		out[i].sure = sort.Search(len(f.judge.steps), func(i int) bool { return f.judge.steps[i] > sure })
	}
	return f.onceEach(out)
}

// onceEach is list with one of the two where a verb and the noun that is its object
// are events between the same parties, "imposed sanctions", "put under arrest": the verb
// if it is what the lexicon takes it for, else the surer.
func (f *finder) onceEach(list []Draft) []Draft {
	at := make(map[int32]int, len(list))
	for i := range list {
		at[list[i].head] = i
	}
	drop := make([]bool, len(list))
	for i := range list {
		d := &list[i]
		rel := f.tree.Rel[d.head]
		k, ok := at[f.tree.Head[d.head]]
		of := rel == syntax.Obj || rel == syntax.NsubjPass || ok && rel == syntax.Obl && f.lex.light[f.lemma(list[k].head)]
		if !ok || !d.noun || !of || !f.alike(d.Source, list[k].Source) || !f.alike(d.Target, list[k].Target) {
			continue
		}
		if v := &list[k]; v.Type == v.frame.typ || v.turns > 0 || v.sure >= d.sure {
			drop[i] = true
		} else {
			drop[k] = true
		}
	}
	out := list[:0]
	for i := range list {
		if !drop[i] {
			out = append(out, list[i])
		}
	}
	return out
}

// alike reports whether a and b are the same parties.
func (f *finder) alike(a, b []int32) bool {
	if len(a) != len(b) {
		return false
	}
	for _, i := range a {
		if !slices.ContainsFunc(b, func(k int32) bool { return f.nearness(i, k) == same }) {
			return false
		}
	}
	return true
}

// material is the types of material conflict. Who is not named in the sentence is
// not said to have done such a thing: "Fighting near the strait killed eleven people."
// Nor is whoever only tells of an assault: "Three women were killed, police said."
var material = func() map[string]bool {
	out := map[string]bool{}
	for _, t := range record.EventTypes() {
		out[t.Name] = t.Quad == 4
	}
	return out
}()

// settleOn is the draft of w with the parties of h.
func (f *finder) settleOn(w *weighed, h *Hypothesis) Draft {
	d := w.d
	d.Source, d.Target = h.Source, h.Target
	heads := h.heads
	if k := heads[asSource]; k >= 0 && material[d.Type] &&
		(k < w.x.sentence.First || k >= w.x.sentence.Last || k == w.x.speaker && d.Type == "ASSAULT" && f.placeIn(w.x.p, k) == 0) {
		d.Source, heads[asSource] = nil, -1
	}
	for role, k := range heads {
		if k >= 0 && !w.fixed {
			d.why([2]string{"source", "target"}[role], f.placeName(&w.x, k), k)
		}
	}
	if slices.Contains(d.Source, d.object) || slices.Contains(d.Target, d.object) {
		d.object = -1 // the party is no thing beside it
	}
	return d
}
