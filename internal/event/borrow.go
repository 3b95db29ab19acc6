package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// isGardenPath reports whether verb i, which the parse takes for a participle,
// is the only verb of its sentence: "Some nurses marched against the ministry."
func (f *finder) isGardenPath(i int) bool {
	h := f.tree.Head[i]
	return f.tree.Rel[i] == syntax.Acl && h >= 0 && int(h) < i && f.tree.Head[h] < 0 && f.isNoun(h) &&
		f.tree.Child(i, syntax.OblAgent) < 0 && f.tree.Child(int(h), syntax.Cop, syntax.Nsubj) < 0
}

// stranded gives the object of a passive the preposition that is left behind the
// verb: "the marines were fired on".
func (f *finder) stranded(p *predicate) {
	o, next := p.get(slotObj), int(p.at)+1
	if !p.passive || o < 0 || o > p.at || next >= len(f.doc.Tokens) {
		return
	}
	if h := f.tree.Head[next]; h == p.at && (f.tree.UPOS[next] == syntax.ADP || f.tree.UPOS[next] == syntax.ADV) || f.tree.Rel[next] == syntax.Case && f.tree.UPOS[next+min(1, len(f.doc.Tokens)-1-next)] == syntax.ADP {
		p.add(slotPrep, f.lower(next), o)
		if p.particle == "" {
			p.particle = f.lower(next)
		}
	}
}

// stray gives a passive its agent where the parse hung it on a time or place
// between the two: "was endorsed on Wednesday by Indonesia".
func (f *finder) stray(p *predicate) {
	if !p.passive || p.get(slotSubj) >= 0 {
		return
	}
	for _, a := range p.args {
		if a.slot != slotPrep && a.slot != slotObj || a.head < p.at {
			continue
		}
		for c := range f.tree.Children(int(a.head)) {
			if f.caseOf(int32(c)) == "by" && len(f.parties(int32(c))) > 0 {
				p.add(slotSubj, "", int32(c))
				return
			}
		}
	}
}

// carried are the prepositions whose phrase may belong to a predicate though
// the parse hung it on an argument before it: "reached a deal with Iran",
// "an accusation of neglect against Panama".
var carried = map[string]bool{"with": true, "against": true, "from": true, "to": true, "between": true, "on": true, "by": true, "over": true, "for": true, "of": true, "in": true}

// nested adds what stands in the phrases of the arguments of p, behind its own.
func (f *finder) nested(p *predicate) {
	for depth, from := 0, 0; depth < 2; depth++ {
		to := len(p.args)
		for _, a := range p.args[from:to] {
			if a.slot != slotPrep && a.slot != slotObj || a.head < p.at {
				continue
			}
			for c := range f.tree.Children(int(a.head)) {
				if w := f.caseOf(int32(c)); f.tree.Rel[c] == syntax.Nmod && carried[w] && (depth == 0 || w != "of" && w != "in") {
					p.add(slotPrep, w, int32(c))
				}
			}
		}
		from = to
	}
}

// shareObject gives a verb without an object that of the verb it is
// coordinated with: "boarded and detained a tanker".
func (f *finder) shareObject(p *predicate) {
	t := f.tree
	if p.passive || p.get(slotObj) >= 0 || p.get(slotComp) >= 0 || p.get(slotInf) >= 0 {
		return
	}
	for c := range t.Children(int(p.at)) {
		if t.Rel[c] != syntax.Conj || !f.isVerb(int32(c)) || t.Tag[c] != t.Tag[p.at] || t.Child(c, syntax.Nsubj, syntax.Aux, syntax.AuxPass) >= 0 {
			continue
		}
		if o := t.Child(c, syntax.Obj); o >= 0 && int(p.at)+3 > c {
			p.add(slotObj, "", int32(o))
		}
		return
	}
}

// borrow finds the arguments of a verb that stand with another word: the noun
// that a participle or relative clause modifies, the subject of the verb that
// controls it or that it is coordinated with.
func (f *finder) borrow(p *predicate, depth int) {
	t := f.tree
	i := p.at
	h := t.Head[i]
	if h < 0 {
		return
	}
	subj, obj := p.get(slotSubj), p.get(slotObj)
	if f.cleft(p, h) {
		return
	}
	switch t.Rel[i] {
	case syntax.AclRelcl:
		switch {
		case subj < 0 && !p.passive:
			p.add(slotSubj, "", h)
		case obj < 0 && p.passive:
			p.add(slotObj, "", h)
		case obj < 0 && subj != h:
			p.add(slotObj, "", h)
		}
	case syntax.Acl:
		f.ofNoun(p, h, depth)
	case syntax.Xcomp:
		switch {
		case subj < 0 && f.isVerb(h):
			f.control(p, f.predicateAt(h, depth+1))
		case subj < 0: // "is ready to send"
			if s := t.Child(int(h), syntax.Nsubj, syntax.NsubjPass); s >= 0 {
				p.add(slotSubj, "", f.referent(int32(s), h))
			}
		}
	case syntax.Advcl:
		if (subj < 0 || p.passive && obj < 0) && f.isVerb(h) {
			f.control(p, f.predicateAt(h, depth+1))
		}
	case syntax.Conj:
		f.ofConjunct(p, h, depth)
	}
}

// ofNoun gives the participle or infinitive p the noun h that it modifies.
func (f *finder) ofNoun(p *predicate, h int32, depth int) {
	t := f.tree
	i := p.at
	subj, obj := p.get(slotSubj), p.get(slotObj)
	switch {
	case t.Tag[i] == syntax.TagVBN && !p.passive:
		if subj < 0 {
			p.add(slotSubj, "", h)
		}
	case t.Tag[i] == syntax.TagVBN:
		if s := t.Child(int(h), syntax.Nsubj, syntax.NsubjPass); s >= 0 && t.Child(int(h), syntax.Cop) >= 0 {
			h = int32(s) // "was on Friday accused": the parse took Friday for the predicate
		}
		if obj < 0 {
			p.add(slotObj, "", h)
		}
	case f.markOf(i) == "to":
		if subj < 0 && f.isNoun(h) {
			n := f.predicateAt(h, depth+1)
			p.add(slotSubj, "", first(n.get(slotPoss), n.prep("by"), n.prep("of"), n.get(slotMod)))
		}
	case subj < 0:
		p.add(slotSubj, "", h)
	}
}

// ofConjunct gives p what it shares with the verb h that it is coordinated with.
func (f *finder) ofConjunct(p *predicate, h int32, depth int) {
	t := f.tree
	i := p.at
	if s := f.within[h]; s >= 0 && f.within[i] < 0 && len(f.statements[s].Cue) > 0 {
		h = f.statements[s].Cue[0].First // the parse took it into what the cue before it introduces
	}
	if !f.isVerb(h) {
		return
	}
	g := f.predicateAt(h, depth+1)
	if g.passive && t.Tag[i] == syntax.TagVBN && t.Child(int(i), syntax.Aux, syntax.AuxPass, syntax.Nsubj) < 0 {
		p.passive = true
		if p.get(slotObj) < 0 {
			p.add(slotObj, "", g.get(slotObj))
		}
	}
	if p.get(slotSubj) >= 0 {
		return
	}
	if s := g.get(slotSubj); s >= 0 {
		p.add(slotSubj, "", s)
	} else if g.passive && !p.passive {
		p.add(slotSubj, "", g.get(slotObj))
	}
}

// cleft gives p the phrase that is put before it: "It was by Norway that two
// diplomats were expelled". It reports whether p stands in a cleft sentence.
func (f *finder) cleft(p *predicate, h int32) bool {
	t := f.tree
	switch t.Rel[p.at] {
	case syntax.AclRelcl, syntax.AdvclRelcl, syntax.Acl, syntax.Ccomp, syntax.Csubj, syntax.Advcl:
	default:
		return false
	}
	it := t.Child(int(h), syntax.Nsubj, syntax.Expl)
	if it < 0 || t.Child(int(h), syntax.Cop) < 0 || f.lower(it) != "it" {
		return false
	}
	p.args = slices.DeleteFunc(p.args, func(a argument) bool { return a.head == h })
	switch w := f.caseOf(h); {
	case w == "by" && p.passive, w == "" && p.get(slotSubj) < 0 && !p.passive:
		p.add(slotSubj, "", h)
	case w == "":
		p.add(slotObj, "", h)
	default:
		p.add(slotPrep, w, h)
	}
	return true
}

// control gives p, a complement of g, its understood subject. A passive
// complement gets it as its object.
func (f *finder) control(p, g *predicate) {
	var s int32
	adverbial := f.tree.Rel[p.at] == syntax.Advcl
	switch f.markOf(p.at) {
	case "of", "for", "from", "with", "into", "against":
		adverbial = adverbial && g.get(slotObj) < 0 // "accused the army of shelling": the army shells
	}
	switch {
	case adverbial && g.passive:
		s = g.get(slotObj)
	case adverbial || f.lex.subjectControl[f.tree.Lemma[g.at]]:
		s = g.get(slotSubj)
	default:
		s = first(g.get(slotObj), g.get(slotIobj), f.appealed(g), g.get(slotSubj))
	}
	if p.passive {
		if p.get(slotObj) < 0 {
			p.add(slotObj, "", s)
		}
		return
	}
	p.add(slotSubj, "", s)
}

// appealed is Y of "call on Y to …".
func (f *finder) appealed(g *predicate) int32 {
	switch f.tree.Lemma[g.at] {
	case "call":
		return first(g.prep("on"), g.prep("upon"))
	case "appeal":
		return first(g.prep("to"), g.prep("on"))
	}
	return -1
}

// referent is k, or the noun that the relative pronoun k of predicate p stands for.
func (f *finder) referent(k, p int32) int32 {
	t := f.tree
	switch t.Tag[k] {
	case syntax.TagWP, syntax.TagWDT:
	default:
		return k
	}
	for n := 0; n < maxClimb && p >= 0; n++ {
		h := t.Head[p]
		switch {
		case h < 0:
			return k
		case t.Rel[p] == syntax.AclRelcl:
			if s := t.Child(int(h), syntax.Nsubj); s >= 0 && t.Child(int(h), syntax.Cop) >= 0 && t.UPOS[s] != syntax.PRON {
				return int32(s) // "Armenia is the neighbour that …"
			}
			return h
		}
		p = h
	}
	return k
}
