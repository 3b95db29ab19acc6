package event

import (
	"cmp"
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// drafts are the events that the lexicon sees.
func (f *finder) drafts(s *Surroundings) []Draft {
	for _, x := range s.Dates {
		for i := x.First; i < x.Last; i++ {
			f.timed[i] = true
		}
	}
	var out []Draft
	for i := range int32(len(f.doc.Tokens)) {
		if d, ok := f.draft(i); ok {
			out = append(out, d)
		}
	}
	for k := range f.statements {
		if d, ok := f.stated(int32(k)); ok {
			out = append(out, d)
		}
	}
	out = slices.DeleteFunc(out, func(d Draft) bool { return d.turns == 0 && f.turnedAt[d.at] })
	return f.unite(out)
}

func (f *finder) find(s *Surroundings) []Draft {
	out := f.drafts(s)
	if f.judge != nil && f.marks == nil {
		out = f.judged(out)
	}
	for i := range out {
		f.locate(&out[i], s)
		if !f.dated(&out[i], s) && f.judge != nil && f.marks == nil {
			f.judgeStatus(&out[i], s)
		}
		f.settle(&out[i])
	}
	slices.SortStableFunc(out, func(a, b Draft) int { return cmp.Compare(a.Trigger.First, b.Trigger.First) })
	out = f.nameSides(out, f.lead())
	if f.isQuiet() {
		for i := range out {
			out[i].quiet = true
		}
	}
	return f.distinct(out)
}

// unite drops a noun that a verb with an event of its own governs as its object,
// if they tell the same act ("launched an attack") or the verb's frame asks for
// that noun. The noun lends the verb what it lacks.
func (f *finder) unite(in []Draft) []Draft {
	verbs := map[int32]int{}
	for i := range in {
		if !in[i].noun && in[i].turns == 0 {
			verbs[in[i].at] = i
		}
	}
	gone := make([]bool, len(in))
	for i := range in {
		d := &in[i]
		h := f.tree.Head[d.at]
		v, ok := verbs[h]
		if !d.noun || !ok || d.head != d.at {
			continue
		}
		switch f.tree.Rel[d.at] {
		case syntax.Obj, syntax.NsubjPass, syntax.Obl, syntax.Nsubj:
		default:
			continue
		}
		if in[v].Type != d.Type && !f.asksFor(in[v].frame, d.at) {
			continue
		}
		gone[i] = true
		if len(in[v].Target) == 0 {
			in[v].Target = d.Target
		}
		if len(in[v].Source) == 0 {
			in[v].Source = d.Source
		}
	}
	out := in[:0]
	for i, d := range in {
		if !gone[i] {
			out = append(out, d)
		}
	}
	return out
}

// asksFor reports whether a condition of fr names token k.
func (f *finder) asksFor(fr *frame, k int32) bool {
	for i := range fr.need {
		if c := &fr.need[i]; !c.not && c.set != nil && f.isIn(k, c.set) {
			return true
		}
	}
	return false
}

// stated is the event that statement k is by itself: a demand, a promise, an
// accusation. The lexicon of verbs comes first.
func (f *finder) stated(k int32) (Draft, bool) {
	s := &f.statements[k]
	fr, ok := f.lex.stances[s.Stance]
	if !ok || len(s.Cue) == 0 || len(s.Source) == 0 {
		return Draft{}, false
	}
	i := f.headOf(s.Cue[0])
	p := f.predicateAt(i, 0)
	if f.frameOf(p) != nil || f.turnedAt[i] || f.isVetoed(p) {
		return Draft{}, false
	}
	if last := s.Cue[len(s.Cue)-1].Last - 1; last > i && f.effectOf(i, last) == "negate" {
		return Draft{}, false // "stopped short of accusing"
	}
	d := Draft{Type: fr.typ, Mode: fr.mode, object: -1, Statement: -1, at: i, head: i, noun: p.noun, frame: &fr}
	d.why("stance", fr.line(f.lemma(i))+": "+label(fr.typ, fr.mode), i)
	f.assign(&d, p, &fr)
	if len(d.Source) == 0 {
		d.Source = f.parties(f.headOf(token.Range{First: s.Source[0].First, Last: s.Source[len(s.Source)-1].Last}))
	}
	return d, len(d.Source) > 0 && f.modify(&d, i)
}

// draft is the event that token i is the predicate of, turned by what governs it.
func (f *finder) draft(i int32) (Draft, bool) {
	switch f.tree.UPOS[i] {
	case syntax.VERB:
		if len(f.lex.verbs[f.lemma(i)]) == 0 {
			return Draft{}, false
		}
	case syntax.NOUN, syntax.PROPN:
		if len(f.lex.nouns[f.lemma(i)]) == 0 || f.nameAt[i] >= 0 {
			return Draft{}, false
		}
	default:
		return Draft{}, false
	}
	p := f.predicateAt(i, 0)
	fr := f.frameOf(p)
	if fr == nil && f.marks == nil {
		fr = f.frameOfTalks(p)
	}
	if fr == nil {
		return Draft{}, false
	}
	d := Draft{Type: fr.typ, Mode: fr.mode, object: -1, Statement: -1, at: i, head: i, noun: p.noun, frame: fr}
	d.why("frame", fr.line(f.lemma(i))+": "+label(fr.typ, fr.mode), i)
	f.assign(&d, p, fr)
	if !f.modify(&d, i) {
		return Draft{}, false
	}
	return d, f.climb(&d)
}

func label(typ, mode string) string {
	if mode == "" {
		return typ
	}
	return typ + " (" + mode + ")"
}

func (d *Draft) why(rule, text string, at int32) {
	d.Why = append(d.Why, Reason{rule, text, at})
}

// assign fills the parties and the object of d from the arguments of p.
func (f *finder) assign(d *Draft, p *predicate, fr *frame) {
	d.Target = f.fill(p, fr.target)
	d.Source = f.fill(p, fr.source, d.Target...)
	if len(d.Target) == 0 {
		d.Target = f.fill(p, fallback, d.Source...)
	}
	if len(d.Source) == 0 && slices.ContainsFunc(fr.target, func(r role) bool { return r.both }) {
		d.Source = slices.Clone(d.Target) // each is both
	}
	if o := f.object(p, fr.object); o >= 0 {
		d.object = o
	}
}

// fallback is where a target stands that the frame does not name.
var fallback = roles("iobj|obj|against|outside")

// A report of so many tokens is quiet if fewer than one in so many is a word of
// public life.
const (
	quietTokens = 200
	quietShare  = 200
)

// isQuiet reports whether the report is long enough to tell, and about sport,
// weather, business or art.
func (f *finder) isQuiet() bool {
	n := len(f.doc.Tokens)
	if n < quietTokens {
		return false
	}
	public := 0
	for i := range int32(n) {
		if f.nameAt[i] < 0 && f.isNoun(i) && f.isIn(i, f.lex.public) {
			public++
		}
	}
	return quietShare*public < n
}

// distinct drops what tells the same act of the same parties again.
func (f *finder) distinct(in []Draft) []Draft {
	var out []Draft
	for _, d := range in {
		seen := false
		for i := len(out) - 1; i >= 0 && out[i].Trigger.First == d.Trigger.First && !seen; i-- {
			seen = out[i].Trigger == d.Trigger && out[i].Type == d.Type
		}
		if !seen {
			out = append(out, d)
		}
	}
	return out
}

// settle gives d its trigger, its statement and its status.
func (f *finder) settle(d *Draft) {
	d.Trigger = token.Range{First: d.head, Last: d.head + 1}
	if c := f.tree.Child(int(d.head), syntax.CompoundPrt); c == int(d.head)+1 {
		d.Trigger.Last++
	}
	if d.object >= 0 {
		d.Object = f.phrase(d.object)
	}
	d.Statement = int(f.within[d.head])
	if d.Status == "" {
		d.Status = record.Asserted
		if d.Statement >= 0 {
			d.Status = record.Reported
		}
	}
	if d.Statement >= 0 && f.statements[d.Statement].Stance == "denies" {
		d.Status = record.Denied
		d.why("status", "the statement denies it", f.statements[d.Statement].Cue[0].First)
	}
}

// maxObject bounds the tokens of an object.
const maxObject = 40

// phrase is the subtree of token k without marks and prepositions at its
// ends, and without what stands in another sentence.
func (f *finder) phrase(k int32) token.Range {
	t := f.tree
	r := t.Subtree(int(k))
	r.First, r.Last = max(r.First, k-maxObject), min(r.Last, k+maxObject)
	for r.First < k && (t.UPOS[r.First] == syntax.PUNCT || t.UPOS[r.First] == syntax.ADP || t.UPOS[r.First] == syntax.SCONJ) {
		r.First++
	}
	for r.Last > k+1 && t.UPOS[r.Last-1] == syntax.PUNCT {
		r.Last--
	}
	return r
}
