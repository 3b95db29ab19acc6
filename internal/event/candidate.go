package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

// Candidate is a word that may name an act, and what speaks for one type or
// another.
type Candidate struct {
	At    int32 // the trigger
	Draft *Draft
	Known bool // the draft is the lexicon's; else it has no type yet

	quiet  uint64   // how little the report is about public life
	others []uint64 // the types of the lexicon's drafts in the sentence, each once
	crowd  uint64   // how many those drafts are
}

// candidates are the triggers of the drafts, and the verbs and nouns that the
// lexicon makes nothing of here: with a party beside them, or known elsewhere.
// That the lexicon says it is no event speaks against one, no more.
func (f *finder) candidates(drafts []Draft) []Candidate {
	byHead := map[int32]int{}
	for i := range drafts {
		if _, ok := byHead[drafts[i].head]; !ok {
			byHead[drafts[i].head] = i
		}
	}
	types, crowd := make([][]uint64, len(f.doc.Sentences)), make([]uint64, len(f.doc.Sentences))
	for i := range drafts {
		n := f.sentenceAt(drafts[i].head)
		if typ := hash(drafts[i].Type); !slices.Contains(types[n], typ) {
			types[n] = append(types[n], typ)
		}
		crowd[n]++
	}
	quiet := f.publicShare()
	var out []Candidate
	for n, s := range f.doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			k, known := byHead[i]
			if !known && !f.mayBeAct(i) {
				continue
			}
			c := Candidate{At: i, Known: known, quiet: quiet, others: types[n], crowd: crowd[n]}
			if known {
				c.Draft = &drafts[k]
			} else if c.Draft = f.openDraft(i); c.Draft == nil {
				continue
			}
			out = append(out, c)
		}
	}
	return out
}

// mayBeAct reports whether token i is a verb or common noun that may tell an act.
func (f *finder) mayBeAct(i int32) bool {
	switch f.tree.UPOS[i] {
	case syntax.VERB:
	case syntax.NOUN:
		if f.nameAt[i] >= 0 {
			return false
		}
	default:
		return false
	}
	for _, op := range f.lex.operators[f.lemma(i)] {
		if op.effect == "negate" && op.particle != "" && f.lower(min(int(i)+1, len(f.doc.Tokens)-1)) == op.particle {
			return false // "stopped short of"
		}
	}
	return !f.timed[i]
}

// The frames of words without one of their own.
var (
	openVerb = frame{source: roles("subj"), target: roles("iobj|obj|with|against|to|on|at|from|for|over|of")}
	openNoun = frame{source: roles("poss|by|subj|mod|of"), target: roles("against|with|on|to|between+|at|for|over|of")}
)

// openDraft is the draft, without a type, of token i: its parties stand where
// those of most words stand. It is nil if there are none.
func (f *finder) openDraft(i int32) *Draft {
	p := f.predicateAt(i, 0)
	fr := &openVerb
	if p.noun {
		fr = &openNoun
	}
	d := &Draft{object: -1, Statement: -1, at: i, head: i, noun: p.noun, frame: fr}
	f.assign(d, p, fr)
	if len(d.Source)+len(d.Target) == 0 && f.anyType(i) == "" {
		return nil
	}
	if !p.noun {
		d.object = p.get(slotObj)
	}
	return d
}

// maxWeighed is how many arguments of a predicate speak for what it is.
const maxWeighed = 16

// kindOf is what phrase k is, coarsely.
func (f *finder) kindOf(k int32) uint64 {
	if k < 0 {
		return 0
	}
	if n := f.nameAt[k]; n >= 0 {
		return 1 + uint64(f.names[n].Kind)
	}
	switch u := f.tree.UPOS[k]; {
	case u == syntax.PRON:
		return 40
	case u == syntax.VERB:
		return 41
	case u == syntax.PROPN:
		return 42
	case f.isActor(k):
		return 43
	}
	return 44
}

// candidate adds what speaks for c to be an event of one type or another.
func (e *emitter) candidate(f *finder, c *Candidate) {
	t, i, d := f.tree, c.At, c.Draft
	pos := uint64(t.UPOS[i])
	_, mid, fine := f.clusters.Of(f.doc.Word(int(i)))
	e.add(200, pos)
	e.add(202, pos, uint64(fine))
	e.add(203, pos, uint64(mid))
	src, tgt := uint64(0), uint64(0)
	if len(d.Source) > 0 {
		src = f.kindOf(d.Source[0])
	}
	if len(d.Target) > 0 {
		tgt = f.kindOf(d.Target[0])
	}
	typ := uint64(1)
	if c.Known {
		typ = hash(d.Type)
		turned := uint64(min(d.turns, 1))
		need := uint64(len(d.frame.need))
		e.add(211, typ, hash(d.Mode))
		e.add(213, typ, turned)
		e.add(214, typ, min(need, 3), turned)
		e.add(215, typ, hash(d.frame.needs))
		e.add(216, typ, hash(string(d.Status)))
	} else {
		b := uint64(0)
		if f.turnedAt[i] {
			b |= 1
		}
		if g := t.Head[i]; g >= 0 && f.turnedAt[g] {
			b |= 4
		}
		e.add(220, b)
	}
	e.listed(f, 221, i)
	e.add(230, typ)
	e.add(231, typ, src)
	e.add(232, typ, tgt)
	e.add(233, src, tgt)
	e.add(234, typ, c.quiet)
	p := f.predicateAt(i, 0)
	if p.passive {
		e.add(238)
	}
	if !c.Known && f.isVetoed(p) {
		e.add(239)
	}
	for _, a := range p.args[:min(len(p.args), maxWeighed)] {
		slot := uint64(a.slot)
		if a.slot == slotPrep {
			slot = slot*31 + hash(a.prep)
		}
		k := f.kindOf(a.head)
		_, m, fi := f.clusters.Of(f.doc.Word(int(a.head)))
		e.add(240, slot, k)
		if k < 40 && k > 0 {
			continue
		}
		e.add(243, slot, uint64(m))
		e.add(244, slot, uint64(fi))
		if a.slot == slotObj || a.slot == slotInf || a.slot == slotComp {
			e.listed(f, 247+10*uint64(a.slot), a.head)
		}
	}
	for c := range t.Children(int(i)) {
		switch t.Rel[c] {
		case syntax.Aux, syntax.AuxPass, syntax.Advmod, syntax.Det, syntax.Amod, syntax.Cop, syntax.Mark:
			x := hash(f.lower(c))
			e.add(300, x, pos)
			e.add(302, x, typ)
		}
	}
	e.add(310, uint64(t.Rel[i]), pos)
	e.add(311, uint64(t.Rel[i]), typ)
	if g := t.Head[i]; g >= 0 {
		e.add(314, hash(f.effectOf(g, i)), typ)
		e.listed(f, 315, g)
	}
	b := uint64(0)
	if f.within[i] >= 0 {
		b |= 1
	}
	if s := f.cueOf[i]; s >= 0 {
		b |= 2
		e.add(320, hash(f.statements[s].Stance))
		if f.statements[s].Type != "" {
			e.add(322, hash(string(f.statements[s].Type)), typ)
		}
	}
	e.add(324, b, typ)
	for _, x := range c.others {
		if x != typ {
			e.add(330, x)
			e.add(331, x, typ)
		}
	}
	e.add(332, min(c.crowd, 4), typ)
	for _, c := range f.contextsOf(i) {
		e.add(333, hash(c))
		e.add(334, hash(c), typ)
	}
}

// publicShare is how many words of the report are of public life, in steps.
func (f *finder) publicShare() uint64 {
	n, public := len(f.doc.Tokens), 0
	for i := range int32(n) {
		if f.nameAt[i] < 0 && f.isNoun(i) && f.isIn(i, f.lex.public) || f.nameAt[i] >= 0 && f.names[f.nameAt[i]].Kind == name.Country {
			public++
		}
	}
	share := 400 * public / max(n, 50)
	return uint64(slices.Index([]bool{share < 1, share < 2, share < 4, share < 8, share < 14, true}, true))
}
