package actor

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// maxMods is the number of modifiers of a description that are compared.
const maxMods = 10

// maxSpan is how far a description reaches to either side of its noun, in tokens.
const maxSpan = 16

// descriptor is what a title, an apposition, a predicate or a nominal says of
// an actor: a noun and its modifiers.
type descriptor struct {
	noun    noun
	mods    [maxMods]word
	n       uint8
	country string
	entity  int32
	at      int32       // token of the noun
	role    token.Range // the phrase, if it is a title or an office
	next    int32       // the next descriptor of the entity, -1 ends the list
}

// describe reads the description in r whose noun stands at token i. Every
// content word besides the noun modifies it; a country counts by its code, so
// that "Ukrainian" and "Kiev" are the same.
func (s *state) describe(r token.Range, i int32, n noun) descriptor {
	r.First, r.Last = max(r.First, i-maxSpan), min(r.Last, i+maxSpan)
	d := descriptor{noun: n, at: i, role: r, entity: -1, next: -1}
	d.country = s.countryIn(r, i)
	for j := r.First; j < r.Last && d.n < maxMods; j++ {
		if j == i {
			continue
		}
		if k := s.nameAt[j]; k >= 0 && s.names[k].Country != "" && s.names[k].Kind != name.Organization && s.names[k].Kind != name.Person {
			continue
		}
		switch s.tree.UPOS[j] {
		case syntax.NOUN, syntax.PROPN, syntax.ADJ, syntax.NUM, syntax.VERB, syntax.ADV:
			if s.determiners[s.words[j]] == bare {
				d.add(s.words[j])
			}
		case syntax.PRON:
			if m := s.mentionAt[j]; m >= 0 && s.mentions[m].entity >= 0 {
				if e := &s.entities[s.find(s.mentions[m].entity)]; e.family != 0 {
					d.add(e.family)
				}
			}
		}
	}
	return d
}

func (d *descriptor) add(w word) {
	if int(d.n) < len(d.mods) {
		d.mods[d.n] = w
		d.n++
	}
}

func (d *descriptor) has(w word) bool {
	return slices.Contains(d.mods[:d.n], w)
}

// countryIn is the country that the phrase r around its noun at i names: the
// nearest before the noun, else the first after it.
func (s *state) countryIn(r token.Range, i int32) string {
	for j := min(i, r.Last) - 1; j >= r.First; j-- {
		if k := s.nameAt[j]; k >= 0 && s.names[k].Country != "" {
			return s.names[k].Country
		}
	}
	for j := max(i, r.First); j < r.Last; j++ {
		if k := s.nameAt[j]; k >= 0 && s.names[k].Country != "" {
			return s.names[k].Country
		}
	}
	return ""
}

// attach gives descriptor d to entity e.
func (s *state) attach(d descriptor, e int32) {
	x := &s.entities[e]
	d.entity, d.next = e, x.desc
	x.desc = int32(len(s.descs))
	if x.country == "" && x.kind == personKind {
		x.country = d.country
	}
	if x.gender == anyGender {
		x.gender = d.noun.gender
	}
	s.byHead[d.noun.head] = append(s.byHead[d.noun.head], int32(len(s.descs)))
	s.descs = append(s.descs, d)
}

// narrows reports whether descriptor a, of a later mention, may take up b: the
// same noun or a wider one, no modifier that b lacks, no other country.
func (s *state) narrows(a, b *descriptor, wider bool) bool {
	if wider {
		if !s.hypernyms[[2]word{a.noun.head, b.noun.head}] {
			return false
		}
	} else if a.noun.head != b.noun.head {
		return false
	}
	if a.noun.plural != b.noun.plural || a.noun.gender != anyGender && b.noun.gender != anyGender && a.noun.gender != b.noun.gender {
		return false
	}
	e := &s.entities[s.find(b.entity)]
	if a.country != "" && b.country != a.country && e.country != a.country && (b.country != "" || e.country != "") {
		return false
	}
	if a.noun.gender != anyGender && e.gender != anyGender && a.noun.gender != e.gender {
		return false
	}
	for _, w := range b.mods[:b.n] {
		if !wider && s.ranks[w] && !a.has(w) {
			return false
		}
	}
	for _, w := range a.mods[:a.n] {
		if !b.has(w) && !s.described(e, w) {
			return false
		}
	}
	return true
}

// described reports whether any description of e, or its name, holds w.
func (s *state) described(e *entity, w word) bool {
	for i, n := e.desc, 0; i >= 0 && n < maxMods; i, n = s.descs[i].next, n+1 {
		if s.descs[i].noun.head == w || s.descs[i].has(w) {
			return true
		}
	}
	for i := e.fullest.First; i < e.fullest.Last; i++ {
		if s.words[i] == w {
			return true
		}
	}
	return false
}
