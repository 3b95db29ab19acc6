package event

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"

	"github.com/rapporteur/rapporteur/internal/model"
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
// how sure that is. All are linear in hashed features, in integers.
type judge struct {
	types  model.Table // by label
	cast   model.Table // for an option to be source or target, against nobody
	keep   model.Table // for the whole event to be right
	status model.Table // by Statuses
	units  Units
	steps  []int32 // the score of keep from which on the confidence is 0.001, 0.002, … 0.999
}

// Units is how many units of the tables of types and of cast are a log odds of one.
type Units struct{ Types, Cast int32 }

// The least log odds, in hundredths, of a type against none for a candidate to
// be weighed further, and of an option against nobody to be a party.
const (
	weighFrom = -100
	castFrom  = -50
)

// trustLexicon is by how much, in hundredths of log odds, a type must be likelier
// than that of the lexicon to take its place.
const trustLexicon = 150

// openJudge reads the sections types, cast, keep and status, tables, units and
// sure of event.bin.
func openJudge(f *model.File) (*judge, error) {
	j := &judge{}
	for _, t := range []struct {
		section string
		columns int
		into    *model.Table
	}{{"types", len(Labels), &j.types}, {"cast", 1, &j.cast}, {"keep", 1, &j.keep}, {"status", len(Statuses), &j.status}} {
		var err error
		if *t.into, err = f.Table(t.section, t.columns); err != nil {
			return nil, err
		}
	}
	u := f.Section("units")
	if len(u) != 8 {
		return nil, fmt.Errorf("event: section units has %d bytes, not 8", len(u))
	}
	j.units = Units{int32(binary.LittleEndian.Uint32(u)), int32(binary.LittleEndian.Uint32(u[4:]))}
	if j.units.Types <= 0 || j.units.Cast <= 0 {
		return nil, fmt.Errorf("event: section units holds %v", j.units)
	}
	for s := f.Section("sure"); len(s) >= 4; s = s[4:] {
		j.steps = append(j.steps, int32(binary.LittleEndian.Uint32(s)))
	}
	return j, nil
}

// judged is the drafts that the judge takes for events, and those that it finds
// where the lexicon has none.
func (f *finder) judged(in []Draft) []Draft {
	var out []Draft
	var prev *Draft
	var e emitter
	scores := make([]int32, len(Labels))
	for _, c := range f.candidates(in) {
		clear(scores)
		e.f = e.f[:0]
		e.candidate(f, &c)
		f.judge.types.AddAll(scores, e.f)
		best, margin := Best(scores[1:])
		odds := 100 * (scores[best+1] - scores[0]) / f.judge.units.Types
		if odds < weighFrom {
			continue
		}
		d := *c.Draft
		if y := slices.Index(Labels, d.Type) - 1; c.Known && y >= 0 && 100*(scores[best+1]-scores[y+1])/f.judge.units.Types < trustLexicon {
			best = y
		}
		if !c.Known && (!f.modify(&d, d.at) || !f.climb(&d)) {
			continue
		}
		d.head = c.At
		if typ := Labels[best+1]; d.Type != typ {
			d.why("judge", "trained on coded news: "+label(typ, ""), c.At)
			d.Type, d.Mode = typ, ""
		}
		sureness := f.cast(&e, &d, prev)
		if slices.Contains(d.Source, d.object) || slices.Contains(d.Target, d.object) {
			d.object = -1 // the party is no thing beside it
		}
		e.f = e.f[:0]
		e.verdict(f, &d, &c, odds, 100*margin/f.judge.units.Types, sureness)
		if f.keeping {
			d.keep = slices.Clone(e.f)
		}
		var score [1]int32
		f.judge.keep.AddAll(score[:], e.f)
		d.sure = sort.Search(len(f.judge.steps), func(i int) bool { return f.judge.steps[i] > score[0] })
		out = append(out, d)
		prev = &out[len(out)-1]
	}
	return out
}

// reversedScore is how sure the parties of a reversed verb are.
const reversedScore = 200

// casting is how sure the parties of a draft are, in hundredths of log odds.
type casting struct {
	score [2]int32
	next  [2]int32 // of the next best option
	place [2]uint64
}

// isReversed reports whether the subject of f's verb is the target: "X hosted Y",
// "X received aid from Y".
func (f *frame) isReversed() bool {
	return len(f.target) > 0 && f.target[0].slot == slotSubj && !f.target[0].both
}

// cast gives d its parties. Those of a verb that the lexicon knows to be reversed
// stand.
func (f *finder) cast(e *emitter, d, prev *Draft) casting {
	x := f.sceneOf(d, prev)
	if d.turns == 0 && d.frame.isReversed() && len(d.Source) > 0 && len(d.Target) > 0 {
		return casting{score: [2]int32{reversedScore, reversedScore}, place: [2]uint64{f.placeIn(x.p, d.Source[0]), f.placeIn(x.p, d.Target[0])}}
	}
	options := f.options(&x)
	var c casting
	best := [2]int{-1, -1}
	for role := range 2 {
		c.score[role], c.next[role] = castFrom, castFrom
		for i, k := range options {
			var y [1]int32
			e.f = e.f[:0]
			e.option(f, &x, k, role)
			f.judge.cast.AddAll(y[:], e.f)
			switch v := 100 * y[0] / f.judge.units.Cast; {
			case v >= c.score[role]:
				best[role], c.score[role], c.next[role] = i, v, c.score[role]
			case v > c.next[role]:
				c.next[role] = v
			}
		}
	}
	if best[asSource] >= 0 && best[asSource] == best[asTarget] {
		if c.score[asSource] > c.score[asTarget] {
			best[asTarget] = -1
		} else {
			best[asSource] = -1
		}
	}
	for role, list := range [2]*[]int32{&d.Source, &d.Target} {
		if best[role] < 0 {
			*list = nil
			continue
		}
		k := options[best[role]]
		c.place[role] = f.placeIn(x.p, k)
		d.why([2]string{"source", "target"}[role], f.placeName(&x, k), k)
		if !slices.Contains(*list, k) {
			if *list = f.partiesAround(k); len(*list) == 0 {
				*list = []int32{k}
			}
		}
	}
	return c
}

// verdict adds what speaks for d to be an event with the right parties.
func (e *emitter) verdict(f *finder, d *Draft, c *Candidate, odds, margin int32, x casting) {
	step := func(v int32) uint64 { return uint64(min(max(v, -200), 600)/50 + 8) }
	typ := hash(d.Type)
	w := hash(f.lemma(d.head))
	known := uint64(d.turns)
	if c.Known {
		known += 10
	}
	has := uint64(0)
	if len(d.Source) > 0 {
		has |= 1
	}
	if len(d.Target) > 0 {
		has |= 2
	}
	e.add(500)
	e.add(501, step(odds))
	e.add(502, step(odds), typ)
	e.add(503, step(margin))
	e.add(504, has, typ)
	e.add(505, known, step(odds)/3)
	e.add(506, c.quiet, step(odds)/2)
	e.add(507, typ, w)
	for role := range 2 {
		r := uint64(role)
		e.add(510, r, step(x.score[role]))
		e.add(511, r, step(x.score[role])/2, typ)
		e.add(512, r, step(x.score[role]-x.next[role]))
		e.add(513, r, x.place[role])
		e.add(514, r, x.place[role], typ)
	}
	e.add(515, step(x.score[0])/2, step(x.score[1])/2, has)
	e.add(516, step(odds)/2, step(min(x.score[0], x.score[1]))/2, has)
	e.add(517, min(c.crowd, 8), typ)
}
