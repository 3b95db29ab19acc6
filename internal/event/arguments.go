package event

import (
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// slot is the grammatical place of an argument beside its predicate, counted
// as in the active: the subject of a passive is its object, the by-agent its
// subject.
type slot uint8

const (
	slotSubj slot = iota
	slotObj
	slotIobj
	slotInf  // an infinitive or gerund that the predicate governs
	slotComp // a finite clause
	slotPoss // of a noun: whose
	slotMod  // of a noun: an adjective or noun before it
	slotPrep // anything with a preposition
)

// argument is one argument of a predicate.
type argument struct {
	slot slot
	prep string // of slotPrep, in lower case
	head int32
}

// predicate is a verb or noun with its arguments.
type predicate struct {
	at       int32
	noun     bool
	passive  bool
	particle string // "down" of "step down"
	args     []argument
}

func (p *predicate) add(s slot, prep string, head int32) {
	if head >= 0 && head != p.at {
		p.args = append(p.args, argument{s, prep, head})
	}
}

// get is the first argument in slot s, -1 if there is none.
func (p *predicate) get(s slot) int32 {
	for _, a := range p.args {
		if a.slot == s {
			return a.head
		}
	}
	return -1
}

func (p *predicate) prep(w string) int32 {
	for _, a := range p.args {
		if a.slot == slotPrep && a.prep == w {
			return a.head
		}
	}
	return -1
}

// maxClimb bounds how many heads are followed for an argument that stands with
// another predicate: control, relative clauses, coordination.
const maxClimb = 5

// predicateAt gathers the arguments of token i.
func (f *finder) predicateAt(i int32, depth int) *predicate {
	if p := f.predicates[i]; p != nil {
		return p
	}
	p := &predicate{at: i}
	switch f.tree.UPOS[i] {
	case syntax.VERB, syntax.AUX:
		f.verb(p, depth)
	default:
		p.noun = true
		f.nounArguments(p, depth)
	}
	if depth == 0 {
		f.predicates[i] = p
	}
	return p
}

// verb gathers the arguments of the verb p.at.
func (f *finder) verb(p *predicate, depth int) {
	t := f.tree
	i := int(p.at)
	rel := t.Rel[i]
	hasObj := t.Child(i, syntax.Obj) >= 0
	p.passive = t.Child(i, syntax.NsubjPass, syntax.AuxPass, syntax.OblAgent) >= 0
	if (rel == syntax.Acl || rel == syntax.Advcl) && t.Tag[i] == syntax.TagVBN && !hasObj && t.Child(i, syntax.Aux) < 0 {
		p.passive = p.passive || !f.isGardenPath(i)
	}
	for c := range t.Children(i) {
		k := int32(c)
		switch t.Rel[c] {
		case syntax.Nsubj, syntax.NsubjOuter:
			p.add(slotSubj, "", f.referent(k, p.at))
		case syntax.NsubjPass:
			if hasObj {
				p.add(slotIobj, "", f.referent(k, p.at))
			} else {
				p.add(slotObj, "", f.referent(k, p.at))
			}
		case syntax.Obj:
			p.add(slotObj, "", f.referent(k, p.at))
		case syntax.Iobj:
			p.add(slotIobj, "", f.referent(k, p.at))
		case syntax.OblAgent:
			p.add(slotSubj, "", k)
		case syntax.Obl, syntax.OblUnmarked, syntax.Nmod:
			w := f.caseOf(k)
			if p.passive && f.hasCase(k, "by") {
				p.add(slotSubj, "", k)
				w = "by"
			}
			p.add(slotPrep, w, k)
		case syntax.Xcomp:
			f.complement(p, k)
		case syntax.Ccomp:
			p.add(slotComp, "", k)
		case syntax.Advcl:
			if w := f.markOf(k); w == "for" || w == "from" || w == "by" || w == "of" || w == "with" || w == "against" || w == "into" || w == "in" {
				p.add(slotPrep, w, k)
			} else if w == "to" {
				p.add(slotInf, "to", k)
			}
		case syntax.CompoundPrt:
			p.particle = f.lower(c)
		}
	}
	if s := f.cueOf[p.at]; s >= 0 && len(f.statements[s].Source) > 0 && !f.statements[s].Implied && f.marks == nil {
		// Who speaks is surer than the parse.
		p.args = slices.DeleteFunc(p.args, func(a argument) bool { return a.slot == slotSubj })
		src := f.statements[s].Source
		p.add(slotSubj, "", f.headOf(token.Range{First: src[0].First, Last: src[len(src)-1].Last}))
	}
	if depth < maxClimb {
		f.borrow(p, depth)
	}
	f.shareObject(p)
	f.stray(p)
	f.stranded(p)
	if x := p.get(slotIobj); x >= 0 && p.get(slotObj) < 0 { // "asked India for rice"
		p.add(slotObj, "", x)
	}
	f.nested(p)
}

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

func (f *finder) complement(p *predicate, k int32) {
	if f.tree.UPOS[k] == syntax.VERB {
		p.add(slotInf, f.markOf(k), k)
		return
	}
	if w := f.caseOf(k); w != "" {
		p.add(slotPrep, w, k)
		return
	}
	p.add(slotComp, "", k)
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
		if s := f.within[h]; s >= 0 && f.within[i] < 0 && len(f.statements[s].Cue) > 0 {
			// The parse took it into what the cue before it introduces.
			h = f.statements[s].Cue[0].First
		}
		if !f.isVerb(h) {
			return
		}
		g := f.predicateAt(h, depth+1)
		if g.passive && t.Tag[i] == syntax.TagVBN && t.Child(int(i), syntax.Aux, syntax.AuxPass, syntax.Nsubj) < 0 {
			p.passive = true
			if obj < 0 {
				p.add(slotObj, "", g.get(slotObj))
			}
		}
		if subj < 0 {
			if s := g.get(slotSubj); s >= 0 {
				p.add(slotSubj, "", s)
			} else if g.passive && !p.passive {
				p.add(slotSubj, "", g.get(slotObj))
			}
		}
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
	s := int32(-1)
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

// nounArguments gathers the arguments of the noun p.at: its own, and those of
// the light verb whose object it is ("X made an offer to Y").
func (f *finder) nounArguments(p *predicate, depth int) {
	t := f.tree
	for c := range t.Children(int(p.at)) {
		k := int32(c)
		switch t.Rel[c] {
		case syntax.NmodPoss:
			p.add(slotPoss, "", f.referent(k, p.at))
		case syntax.Nmod, syntax.Obl, syntax.NmodDesc:
			if w := f.caseOf(k); w != "" {
				p.add(slotPrep, w, k)
			}
		case syntax.Amod, syntax.Compound:
			p.add(slotMod, "", k)
		case syntax.Acl:
			if f.markOf(k) == "to" {
				p.add(slotInf, "to", k)
			}
			if t.Tag[k] == syntax.TagVBN { // "an attack carried out by X"
				for a := range t.Children(c) {
					if t.Rel[a] == syntax.OblAgent || t.Rel[a] == syntax.Obl && f.caseOf(int32(a)) == "by" {
						p.add(slotPrep, "by", int32(a))
					}
				}
			}
		}
	}
	f.nested(p)
	if depth >= maxClimb {
		return
	}
	i := p.at
	for n := 0; n < maxClimb && t.Rel[i] == syntax.Conj && t.Head[i] >= 0; n++ {
		i = t.Head[i]
	}
	h := t.Head[i]
	if h < 0 || !f.isVerb(h) || !f.lex.light[t.Lemma[h]] {
		return
	}
	switch t.Rel[i] {
	case syntax.Obj, syntax.NsubjPass, syntax.Obl:
	default:
		return
	}
	g := f.predicateAt(h, depth+1)
	if i != p.at || t.Rel[i] != syntax.Obl || g.get(slotObj) < 0 {
		if s := g.get(slotSubj); s >= 0 && s != i {
			p.add(slotSubj, "", s)
		}
	}
	for _, a := range g.args {
		if a.slot == slotPrep && a.head != i {
			p.add(slotPrep, a.prep, a.head)
		}
		if a.slot == slotIobj {
			p.add(slotPrep, "to", a.head)
		}
	}
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

// caseOf is the preposition of phrase k in lower case, empty if there is none.
func (f *finder) caseOf(k int32) string {
	c := f.tree.Child(int(k), syntax.Case)
	if c < 0 || f.tree.Tag[c] == syntax.TagPOS {
		return ""
	}
	return f.lower(c)
}

// hasCase reports whether preposition w stands before phrase k, maybe beside
// another: "were fired on by gunmen".
func (f *finder) hasCase(k int32, w string) bool {
	for c := range f.tree.Children(int(k)) {
		if f.tree.Rel[c] == syntax.Case && f.lower(c) == w {
			return true
		}
	}
	return false
}

// markOf is the word that introduces clause k, in lower case.
func (f *finder) markOf(k int32) string {
	c := f.tree.Child(int(k), syntax.Mark)
	if c < 0 {
		return ""
	}
	return f.lower(c)
}

func (f *finder) lower(i int) string { return strings.ToLower(f.doc.Word(i)) }

func (f *finder) isVerb(i int32) bool {
	return f.tree.UPOS[i] == syntax.VERB || f.tree.UPOS[i] == syntax.AUX
}

func (f *finder) isNoun(i int32) bool {
	return f.tree.UPOS[i] == syntax.NOUN || f.tree.UPOS[i] == syntax.PROPN
}

func first(list ...int32) int32 {
	for _, x := range list {
		if x >= 0 {
			return x
		}
	}
	return -1
}
