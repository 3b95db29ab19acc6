package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

// frameOf is the first frame of p whose conditions hold, nil if none does.
// A frame without a type shuts the predicate off.
func (f *finder) frameOf(p *predicate) *frame {
	frames := f.lex.verbs[f.lemma(p.at)]
	if p.noun {
		frames = f.lex.nouns[f.lemma(p.at)]
	} else if len(frames) > 0 && f.match(p, f.lex.any) != nil {
		return nil
	}
	if fr := f.match(p, frames); fr != nil && fr.typ != "" {
		return fr
	}
	return nil
}

// isVetoed reports whether a frame says of p that it is no event.
func (f *finder) isVetoed(p *predicate) bool {
	if p.noun {
		fr := f.match(p, f.lex.nouns[f.lemma(p.at)])
		return fr != nil && fr.typ == ""
	}
	fr := f.match(p, f.lex.verbs[f.lemma(p.at)])
	return fr != nil && fr.typ == "" || f.match(p, f.lex.any) != nil
}

func (f *finder) match(p *predicate, frames []*frame) *frame {
	for i := range frames {
		fr := frames[i]
		if fr.particle != "" && fr.particle != p.particle && !f.follows(p, fr.particle) {
			continue
		}
		if f.holds(p, fr) {
			return fr
		}
	}
	return nil
}

// follows reports whether word w belongs to p: as a preposition of one of its
// arguments, an adverb of it, or the word behind it.
func (f *finder) follows(p *predicate, w string) bool {
	if p.prep(w) >= 0 && (p.noun || p.passive || p.get(slotObj) < 0 || f.tree.Child(int(p.at), syntax.Obj) < 0) {
		return true // but "called a strike for Friday" is no call for anything
	}
	for c := range f.tree.Children(int(p.at)) {
		switch f.tree.Rel[c] {
		case syntax.Advmod, syntax.CompoundPrt, syntax.Case, syntax.Obl, syntax.Xcomp:
			if f.lower(c) == w {
				return true
			}
		}
	}
	next := int(p.at) + 1
	return next < len(f.doc.Tokens) && f.lower(next) == w
}

func (f *finder) holds(p *predicate, fr *frame) bool {
	for i := range fr.need {
		if c := &fr.need[i]; f.meets(p, fr, c) == c.not {
			return false
		}
	}
	return true
}

func (f *finder) meets(p *predicate, fr *frame, c *condition) bool {
	switch c.kind {
	case needNone:
		return p.get(slotObj) < 0
	case needRole:
		return f.loose || len(f.fill(p, fr.source)) > 0 || len(f.fill(p, fr.target)) > 0
	case needPlural:
		k := p.at
		if !p.noun {
			if k = p.get(slotSubj); k < 0 {
				return false
			}
		}
		return f.isPlural(k) || f.tree.Child(int(k), syntax.Conj) >= 0
	}
	if c.kind == needThat {
		return f.hasThat(p)
	}
	for _, a := range p.args {
		if a.slot != c.slot || a.prep != c.prep && c.slot == slotPrep {
			continue
		}
		if c.set == nil || f.among(a.head, c.set) {
			return true
		}
	}
	return false
}

// hasThat reports whether p governs a finite clause that is no question.
func (f *finder) hasThat(p *predicate) bool {
	k := p.get(slotComp)
	if k < 0 || !f.isVerb(k) && f.tree.Child(int(k), syntax.Cop) < 0 {
		return false
	}
	switch f.markOf(k) {
	case "whether", "if":
		return false
	}
	switch f.tree.Tag[f.tree.Subtree(int(k)).First] {
	case syntax.TagWDT, syntax.TagWP, syntax.TagWPS, syntax.TagWRB:
		return false
	}
	return true
}

// among reports whether phrase k, one of its conjuncts or what it counts ("a
// number of troops") is in x.
func (f *finder) among(k int32, x *set) bool {
	t := f.tree
	if f.isIn(k, x) {
		return true
	}
	for c := range t.Children(int(k)) {
		switch t.Rel[c] {
		case syntax.Conj:
			if f.isIn(int32(c), x) {
				return true
			}
		case syntax.Nmod:
			if f.isQuantity(k) && f.caseOf(int32(c)) == "of" && f.isIn(int32(c), x) {
				return true
			}
		}
	}
	return false
}

// isIn reports whether token k is in x.
func (f *finder) isIn(k int32, x *set) bool {
	lemma := f.lemma(k)
	if x.words[lemma] || x.kinds != 0 && x.kinds&f.kindsOf(k) != 0 {
		return true
	}
	if list := x.pairs[lemma]; len(list) > 0 {
		for c := range f.tree.Children(int(k)) {
			switch f.tree.Rel[c] {
			case syntax.Amod, syntax.Compound, syntax.Nummod, syntax.Nmod, syntax.NmodDesc:
				if slices.Contains(list, f.lemma(int32(c))) || slices.Contains(list, f.lower(c)) {
					return true
				}
			}
		}
	}
	for _, c := range x.classes {
		if f.isIn(k, c) {
			return true
		}
	}
	return false
}

// kindsOf is what token k names.
func (f *finder) kindsOf(k int32) kinds {
	if n := f.nameAt[k]; n >= 0 {
		switch f.names[n].Kind {
		case name.Person:
			return kindPerson
		case name.Organization:
			return kindOrganization
		case name.Country:
			return kindCountry | kindPlace
		case name.Place, name.Facility:
			return kindPlace
		case name.Nationality, name.Group:
			return kindGroup
		}
		return 0
	}
	if f.tree.UPOS[k] == syntax.PRON {
		switch f.tree.Tag[k] {
		case syntax.TagPRP, syntax.TagWP:
			return kindPronoun
		}
	}
	return 0
}

// fill finds the heads of the parties that stand where roles say, in the order
// of preference: the first role that an actor fills who is not one of taken.
func (f *finder) fill(p *predicate, roles []role, taken ...int32) []int32 {
	for _, r := range roles {
		for _, a := range p.args {
			if a.slot != r.slot || r.slot == slotPrep && a.prep != r.prep {
				continue
			}
			got := f.parties(a.head)
			if r.slot == slotInf && f.isVerb(a.head) {
				got = f.fill(f.predicateAt(a.head, 1), suffers, taken...)
			}
			if len(got) == 0 || r.both && len(got) < 2 && !f.isPlural(a.head) {
				continue
			}
			if len(got) == 1 && len(taken) > 0 && f.tree.Tag[got[0]] == syntax.TagPRPS {
				continue // "its": the one that acts
			}
			if !slices.ContainsFunc(got, func(k int32) bool { return slices.Contains(taken, k) }) {
				return got
			}
		}
	}
	return nil
}

// suffers is where the one stands to whom an infinitive does something: "a threat
// to deport the traders".
var suffers = roles("obj|iobj|with|to|against|on|from")

func (f *finder) isPlural(k int32) bool {
	switch f.tree.Tag[k] {
	case syntax.TagNNS, syntax.TagNNPS:
		return true
	}
	return f.lower(int(k)) == "they"
}

// object is the head of the phrase that stands where roles say, -1 for none.
func (f *finder) object(p *predicate, roles []role) int32 {
	for _, r := range roles {
		for _, a := range p.args {
			if a.slot == r.slot && (r.slot != slotPrep || a.prep == r.prep) && !f.timed[a.head] {
				return a.head
			}
		}
	}
	return -1
}

// lemma is the lemma of token i. A verb that the lexicon does not know is taken
// for a wrong guess if it does know what the rules of spelling could have made
// it from: "boycot", "blockad", "raide".
func (f *finder) lemma(i int32) string {
	w := f.tree.Lemma[i]
	if joined := f.hyphened(i); joined != "" {
		return joined
	}
	n := len(w)
	if n < 4 || !f.isVerb(i) || len(f.lex.verbs[w]) > 0 {
		return w
	}
	if (w[n-1] == w[n-2] || w[n-1] == 'e') && len(f.lex.verbs[w[:n-1]]) > 0 {
		return w[:n-1]
	}
	if len(f.lex.verbs[w+"e"]) > 0 {
		return w + "e"
	}
	if len(f.lex.verbs[w+w[n-1:]]) > 0 {
		return w + w[n-1:]
	}
	return w
}

// hyphened is the lexicon's noun or verb of which token i is the last part, as
// "fire" is of "cease-fire"; empty if there is none.
func (f *finder) hyphened(i int32) string {
	if i < 2 || f.doc.Word(int(i)-1) != "-" || f.doc.Tokens[i-2].End != f.doc.Tokens[i-1].Start || f.doc.Tokens[i-1].End != f.doc.Tokens[i].Start {
		return ""
	}
	known := f.lex.nouns
	if f.isVerb(i) {
		known = f.lex.verbs
	}
	a, b := f.lower(int(i)-2), f.tree.Lemma[i]
	for _, w := range [2]string{a + "-" + b, a + b} {
		if len(known[w]) > 0 {
			return w
		}
	}
	return ""
}
