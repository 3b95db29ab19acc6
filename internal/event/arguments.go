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

// maxCached is the depth up to which what a predicate borrows is whole enough to
// be kept.
const maxCached = 2

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
	if depth <= maxCached {
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
			if adverbs[w] { // "walked out of the meeting"
				if p.particle == "" {
					p.particle = w
				}
				if second := f.secondCase(k); second != "" {
					w = second
				}
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
		case syntax.Nsubj: // "workers have been on strike"
			switch {
			case t.Child(int(p.at), syntax.Cop) < 0:
			case f.caseOf(p.at) == "under": // "five men are under arrest"
				p.add(slotPrep, "of", k)
			case t.Child(int(p.at), syntax.Case) >= 0:
				p.add(slotSubj, "", k)
			}
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
	for n := 0; n < maxClimb && t.Head[i] >= 0 && (t.Rel[i] == syntax.Conj || f.isCounted(i)); n++ {
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

// isCounted reports whether the head of noun i counts it ("a number of demands").
func (f *finder) isCounted(i int32) bool {
	return f.tree.Rel[i] == syntax.Nmod && f.caseOf(i) == "of" && f.isQuantity(f.tree.Head[i])
}

// caseOf is the preposition of phrase k in lower case, empty if there is none.
func (f *finder) caseOf(k int32) string {
	c := f.tree.Child(int(k), syntax.Case)
	if c < 0 || f.tree.Tag[c] == syntax.TagPOS {
		return ""
	}
	return f.lower(c)
}

// adverbs are prepositions that as often belong to the verb: "walked out of".
var adverbs = map[string]bool{"out": true, "off": true, "up": true, "down": true, "away": true, "back": true}

// secondCase is the second preposition of phrase k, empty if it has one or none.
func (f *finder) secondCase(k int32) string {
	n := 0
	for c := range f.tree.Children(int(k)) {
		if f.tree.Rel[c] == syntax.Case {
			if n++; n == 2 {
				return f.lower(c)
			}
		}
	}
	return ""
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
