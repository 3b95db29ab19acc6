package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

// maxParties bounds the members of a coordination that are taken as parties.
const maxParties = 12

// parties are the heads of the actors that phrase k names, its conjuncts
// included; none if it names none.
func (f *finder) parties(k int32) []int32 {
	if got, ok := f.partiesOf[k]; ok {
		return got
	}
	var out []int32
	add := func(k int32) {
		if several := f.nations(k); len(several) > 0 {
			out = append(out, several...)
		} else if c := f.countedBy(k); c >= 0 {
			out = append(out, f.parties(c)...)
		} else if p := f.party(k, 0); p >= 0 {
			out = append(out, p)
		}
	}
	add(k)
	for c := range f.tree.Children(int(k)) {
		if f.tree.Rel[c] == syntax.Conj && len(out) < maxParties && !f.isVerb(int32(c)) {
			add(int32(c))
		}
	}
	f.partiesOf[k] = out
	return out
}

// nations are the countries of which phrase k names people together: "Chadian and
// Libyan soldiers"; none if they are of one, or of none.
func (f *finder) nations(k int32) []int32 {
	if f.marks != nil || f.nameAt[k] >= 0 || f.tree.UPOS[k] != syntax.NOUN {
		return nil
	}
	var out []int32
	for c := range f.tree.Children(int(k)) {
		if rel := f.tree.Rel[c]; rel != syntax.Amod && rel != syntax.Compound || !f.isNation(int32(c)) {
			continue
		}
		out = append(out, int32(c))
		for d := range f.tree.Children(c) {
			if f.tree.Rel[d] == syntax.Conj && f.isNation(int32(d)) {
				out = append(out, int32(d))
			}
		}
	}
	if len(out) < 2 || len(out) > maxParties {
		return nil
	}
	return out
}

// partiesAround are the parties of the coordination that k stands in.
func (f *finder) partiesAround(k int32) []int32 {
	first := k
	for n := 0; n < maxClimb && f.tree.Head[first] >= 0; n++ {
		h := f.tree.Head[first]
		if f.tree.Rel[first] != syntax.Conj && (!f.isQuantity(h) || f.nmodOf(h) != first) { // "dozens of soldiers and two nurses"
			break
		}
		first = h
	}
	if list := f.parties(first); slices.Contains(list, k) {
		return list
	}
	return f.parties(k)
}

// party is the head of the actor that phrase k names: k itself, or whose it is
// ("positions of the militia", "the army's convoy"); -1 if there is none.
func (f *finder) party(k int32, depth int) int32 {
	t := f.tree
	if f.marks != nil {
		return f.markedParty(k)
	}
	if f.isActor(k) {
		if f.isQuantity(k) { // "dozens of farmers"
			if c := f.nmodOf(k); c >= 0 {
				if p := f.party(c, depth+1); p >= 0 {
					return p
				}
			}
		}
		return k
	}
	if depth > 2 || t.UPOS[k] == syntax.VERB {
		return -1
	}
	for c := range t.Children(int(k)) {
		switch t.Rel[c] {
		case syntax.NmodPoss, syntax.Amod, syntax.Compound, syntax.Appos, syntax.Flat, syntax.NmodDesc:
			if f.isActor(int32(c)) {
				return int32(c)
			}
		case syntax.Nmod, syntax.Obl: // "several of the women"
			switch f.caseOf(int32(c)) {
			case "of", "from", "by", "in":
				if p := f.party(int32(c), depth+1); p >= 0 {
					return p
				}
			}
		}
	}
	return -1
}

func (f *finder) nmodOf(k int32) int32 {
	for c := range f.tree.Children(int(k)) {
		if f.tree.Rel[c] == syntax.Nmod && f.caseOf(int32(c)) == "of" {
			return int32(c)
		}
	}
	return -1
}

// countedBy is the phrase that quantity k counts, if it may mean an actor: "dozens
// of farmers"; -1 if there is none.
func (f *finder) countedBy(k int32) int32 {
	if f.marks == nil && f.isActor(k) && f.isQuantity(k) {
		if c := f.nmodOf(k); c >= 0 && f.party(c, 1) >= 0 {
			return c
		}
	}
	return -1
}

func (f *finder) isQuantity(k int32) bool {
	return f.nameAt[k] < 0 && f.lex.quantities.words[f.lemma(k)]
}

// isActor reports whether token k heads a phrase that may mean an actor.
func (f *finder) isActor(k int32) bool {
	if n := f.nameAt[k]; n >= 0 {
		switch f.names[n].Kind {
		case name.Person, name.Organization, name.Country, name.Nationality, name.Group, name.Place, name.Facility:
			return true
		}
		return false
	}
	if f.speaks[k] {
		return true
	}
	if f.isBoth(k) {
		return true
	}
	switch f.tree.UPOS[k] {
	case syntax.PRON:
		switch f.tree.Tag[k] {
		case syntax.TagPRP, syntax.TagPRPS, syntax.TagWP:
			return f.tree.Rel[k] != syntax.Expl
		}
		return false
	case syntax.PROPN:
		return !f.timed[k]
	case syntax.NUM: // "seven were charged"
		switch f.tree.Rel[k] {
		case syntax.Nsubj, syntax.NsubjPass, syntax.Obj:
			return true
		}
		fallthrough
	case syntax.NOUN, syntax.ADJ:
		return f.actors.Refers(f.lemma(k)) || f.isIn(k, f.lex.parties) || f.isIn(k, f.lex.workers)
	}
	return false
}
