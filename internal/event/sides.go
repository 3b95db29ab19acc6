package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// bilateral are the types whose parties may be "the two sides" that an earlier
// event has named, and whose nouns need not name them again: "The talks resume
// on Monday."
var bilateral = map[string]bool{"CONSULT": true, "AGREE": true, "SUPPORT": true, "RETREAT": true, "CONCEDE": true, "COOPERATE": true, "REJECT": true}

// isMutual is isReciprocal of a sentence, looked at once.
func (f *finder) isMutual(sentence token.Range) bool {
	said, ok := f.mutual[sentence.First]
	if !ok {
		said = f.isReciprocal(sentence)
		f.mutual[sentence.First] = said
	}
	return said
}

// isReciprocal reports whether r tells that two do the same to each other.
func (f *finder) isReciprocal(r token.Range) bool {
	for i := r.First; i < r.Last; i++ {
		switch f.lower(int(i)) {
		case "each", "one":
			if i+1 < r.Last && (f.lower(int(i)+1) == "other" || f.lower(int(i)+1) == "another") {
				return true
			}
		}
		if f.lex.reciprocal[f.lemma(i)] {
			return true
		}
	}
	return false
}

// frameOfTalks is the frame of noun p, of a bilateral type, if only its parties
// are missing.
func (f *finder) frameOfTalks(p *predicate) *frame {
	if !p.noun {
		return nil
	}
	f.loose = true
	fr := f.match(p, f.lex.nouns[f.lemma(p.at)])
	f.loose = false
	if fr != nil && bilateral[fr.typ] {
		return fr
	}
	return nil
}

// nameSides gives drafts that name no parties, or only "the two sides", those
// of the latest event before them between two countries or bodies. What then
// still has none is dropped. Drafts are in the order of the text.
func (f *finder) nameSides(in []Draft, lead []int32) []Draft {
	var source, target []int32
	if len(lead) == 2 {
		source, target = lead[:1], lead[1:]
	}
	out := in[:0]
	for _, d := range in {
		vague := len(d.Source)+len(d.Target) == 0 || f.areSides(d.Source) && (len(d.Target) == 0 || f.areSides(d.Target))
		switch {
		case f.areSides(d.Source) && f.name(&d, asSource), f.areSides(d.Target) && f.name(&d, asTarget):
		case bilateral[d.Type] && vague && len(source) > 0:
			d.Source, d.Target = source, target
			d.why("sides", "the parties named before", source[0])
		case bilateral[d.Type] && f.areSides(d.Source) && len(d.Target) > 1 && d.Target[len(d.Target)-1] < f.sentenceOf(d.head).First:
			d.Source, d.Target = d.Target[:1], d.Target[1:]
			d.why("sides", "the parties named before", d.Source[0])
		case len(d.Source)+len(d.Target) == 0:
			continue
		case len(source) > 0 && f.areSides(d.Target) && !slices.Equal(d.Source, d.Target):
			d.Target = slices.Concat(source, target)
			d.why("sides", "the parties named before", source[0])
		case f.areBodies(d.Source) && f.areBodies(d.Target):
			source, target = d.Source, d.Target
			if slices.Equal(source, target) && len(source) > 1 {
				source, target = source[:1], source[1:]
			}
		}
		out = append(out, d)
	}
	return out
}

// name gives d the two of the report for its party in role, "both sides"; if nobody
// else takes part, and both may do it with each other, one is the source and one the
// target. It reports whether the two are known.
func (f *finder) name(d *Draft, role int) bool {
	list := [2]*[]int32{&d.Source, &d.Target}
	other := list[1-role]
	alone := len(*other) == 0 || slices.Equal(*list[role], *other) || f.areSides(*other)
	except := *other
	if alone {
		except = nil
	}
	two := f.opponents((*list[role])[0], except)
	if two == nil {
		return false
	}
	if alone && bilateral[d.Type] {
		d.Source, d.Target = two[:1], two[1:]
	} else {
		*list[role] = two
	}
	d.why("sides", "the two of whom the report speaks together", two[0])
	return true
}

// leadSentences is how far into a report its two parties are looked for.
const leadSentences = 3

// lead is the two countries that the beginning of the report names in one
// breath: "Uzbekistan and Kyrgyzstan", "Norwegian and Vietnamese negotiators";
// else the two bodies: "the government and the Northern Front". It is nil if
// there are none, or more.
func (f *finder) lead() []int32 {
	if pair, ok := f.firstTwo(f.isNation); ok {
		return pair
	}
	pair, _ := f.firstTwo(f.isBody)
	return pair
}

// firstTwo is the first two tokens of the beginning that are coordinated and
// meet is. It reports whether there is such a coordination, of two or more.
func (f *finder) firstTwo(is func(int32) bool) ([]int32, bool) {
	t := f.tree
	for _, s := range f.doc.Sentences[:min(leadSentences, len(f.doc.Sentences))] {
		for i := s.First; i < s.Last; i++ {
			if !is(i) {
				continue
			}
			pair := []int32{i}
			for c := range t.Children(int(i)) {
				if t.Rel[c] == syntax.Conj && is(int32(c)) {
					pair = append(pair, int32(c))
				}
			}
			switch len(pair) {
			case 1:
			case 2:
				return pair, true
			default:
				return nil, true
			}
		}
	}
	return nil, false
}

// isBody reports whether token i names an organization, or is the head of "the
// government", "the union".
func (f *finder) isBody(i int32) bool {
	if n := f.nameAt[i]; n >= 0 {
		k := f.names[n].Kind
		return (k == name.Organization || k == name.Group) && f.headOf(f.names[n].Range) == i
	}
	return f.tree.UPOS[i] == syntax.NOUN && !f.isPlural(i) && f.isIn(i, f.lex.bodies) && f.tree.Child(int(i), syntax.Det, syntax.NmodPoss) >= 0
}

// isNation reports whether token i names a country or its people.
func (f *finder) isNation(i int32) bool {
	n := f.nameAt[i]
	if n < 0 || f.names[n].Country == "" {
		return false
	}
	k := f.names[n].Kind
	return k == name.Country || k == name.Nationality
}

// areSides reports whether list is one phrase for both parties to a dispute:
// "the two sides", "both governments", "both".
func (f *finder) areSides(list []int32) bool {
	if len(list) != 1 || f.nameAt[list[0]] >= 0 {
		return false
	}
	k := list[0]
	if f.isBoth(k) {
		return true
	}
	if !f.lex.sides[f.lemma(k)] {
		return false
	}
	both := false
	for c := range f.tree.Children(int(k)) {
		switch f.tree.Rel[c] {
		case syntax.Nummod, syntax.Det, syntax.DetPredet, syntax.Amod:
			if w := f.lower(c); w == "two" || w == "both" || w == "each" || w == "the" && f.isPlural(k) && f.tree.Rel[c] == syntax.Det && f.lex.alwaysSides[f.lemma(k)] {
				both = true
			} else if f.tree.Rel[c] == syntax.Amod {
				return false // "two rebel leaders"
			}
		case syntax.Compound, syntax.Nmod:
			return false
		}
	}
	return both
}

// isBoth reports whether token k is "both" that stands for two.
func (f *finder) isBoth(k int32) bool {
	switch f.tree.Rel[k] {
	case syntax.Nsubj, syntax.NsubjPass, syntax.Obj, syntax.Iobj, syntax.Obl, syntax.OblAgent, syntax.Nmod:
		return f.lower(int(k)) == "both"
	}
	return false
}

// areBodies reports whether list are countries or organizations by name.
func (f *finder) areBodies(list []int32) bool {
	for _, k := range list {
		n := f.nameAt[k]
		if n < 0 {
			return false
		}
		switch f.names[n].Kind {
		case name.Country, name.Organization, name.Nationality, name.Group:
		default:
			return false
		}
	}
	return len(list) > 0
}
