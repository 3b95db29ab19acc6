package event

import (
	"sort"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// Statuses are what the status of an event may be, as the judge numbers them.
var Statuses = record.Statuses()

// Ruled reports whether x, as the rules give it, is surer than the judge.
func Ruled(x record.Status) bool { return x == record.Denied || x == record.Hypothetical }

// judgeStatus gives d the likeliest status. Nothing is reported that no
// statement tells.
func (f *finder) judgeStatus(d *Draft, s *Surroundings) {
	if Ruled(d.Status) {
		return
	}
	var e emitter
	e.status(f, d, s)
	var scores [6]int32
	f.judge.status.AddAll(scores[:], e.f)
	best := -1
	for y, x := range Statuses {
		if x == record.Reported && f.within[d.head] < 0 {
			continue
		}
		if best < 0 || scores[y] > scores[best] {
			best = y
		}
	}
	if x := Statuses[best]; x != d.Status {
		d.Status = x
		if x != record.Asserted && x != record.Reported {
			d.why("status", "trained on coded news: "+string(x), d.head)
		}
	}
}

// maxAbove is how many governors of the trigger speak for its status.
const maxAbove = 3

// status adds what speaks for one status of d or another: the rules, tense and
// auxiliaries of the trigger and of what governs it, the words of time about it.
func (e *emitter) status(f *finder, d *Draft, s *Surroundings) {
	t := f.tree
	rule, typ := hash(string(d.Status)), hash(d.Type)
	noun := uint64(0)
	if d.noun {
		noun = 1
	}
	in := uint64(0)
	if k := f.within[d.head]; k >= 0 {
		in = 1
		x := &f.statements[k]
		e.add(601, hash(x.Stance))
		if len(x.Cue) > 0 {
			e.add(602, uint64(t.Tag[x.Cue[0].First]))
			e.add(603, hash(f.lemma(x.Cue[0].First)))
		}
		e.add(604, hash(string(x.Type)), rule)
	}
	e.add(605, rule, in)
	e.add(606, rule, in, typ)
	e.add(607, typ, in, noun)
	e.add(608, uint64(min(d.turns, 2)), rule, in)
	e.add(609, hash(f.lemma(d.head)))
	e.add(610, hash(f.lemma(d.head)), rule, in)
	if f.cueOf[d.head] >= 0 {
		e.add(611, in)
	}
	g := d.head
	for up := range uint64(maxAbove) {
		e.add(620, up, uint64(t.Tag[g]), uint64(t.Rel[g]), in)
		e.add(621, up, uint64(t.Tag[g]), in)
		if up > 0 {
			e.add(622, up, hash(f.lemma(g)))
			e.add(623, hash(f.lemma(g)), in, noun)
		}
		for c := range t.Children(int(g)) {
			switch t.Rel[c] {
			case syntax.Aux, syntax.AuxPass, syntax.Cop, syntax.Mark, syntax.Advmod, syntax.Amod, syntax.Det:
				w := hash(f.lower(c))
				e.add(624, up, w, in)
				e.add(625, up, w, uint64(t.Tag[g]))
			}
		}
		if g = t.Head[g]; g < 0 || f.within[g] != f.within[d.head] {
			e.add(626, up)
			break
		}
	}
	e.times(f, d, s, in)
	n := uint64(min(f.sentenceAt(d.head), 3))
	e.add(640, n, noun, in)
}

// times adds the words of time in the sentence of d and of its own date.
func (e *emitter) times(f *finder, d *Draft, s *Surroundings, in uint64) {
	r := f.sentenceOf(d.head)
	r.First, r.Last = max(r.First, d.head-maxAway), min(r.Last, d.head+maxAway)
	from := sort.Search(len(s.Dates), func(i int) bool { return s.Dates[i].Last > r.First })
	for i := from; i < len(s.Dates) && s.Dates[i].First < r.Last; i++ {
		x := &s.Dates[i]
		mine := uint64(0)
		if i == d.Date {
			mine = 1
		}
		e.add(630, mine, hash(x.Granularity), in)
		for k := x.First; k < x.Last; k++ {
			w := f.lower(int(k))
			if f.tree.UPOS[k] == syntax.NUM {
				w = "#"
				if len(f.doc.Word(int(k))) == 4 {
					w = "year"
				}
			}
			e.add(631, mine, hash(w))
			e.add(632, mine, hash(w), in)
		}
	}
	for k := r.First; k < r.Last; k++ {
		switch f.tree.UPOS[k] {
		case syntax.ADV, syntax.AUX, syntax.SCONJ, syntax.ADJ:
			e.add(633, hash(f.lower(int(k))))
		}
	}
}
