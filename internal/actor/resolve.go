package actor

import (
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// A mention is compared with at most maxBack mentions before it, of the last
// maxTokens tokens; a nominal with at most maxDescs descriptions by its noun.
const (
	maxBack   = 200
	maxTokens = 1000
	maxDescs  = 64
)

// resolve gives every mention its entity, from left to right; names have theirs.
func (s *state) resolve() {
	s.findMentions()
	s.findNames()
	s.findLinks()
	for e := range s.entities {
		s.entities[e].last = -1
	}
	for m := range s.mentions {
		x := &s.mentions[m]
		switch {
		case x.entity < 0:
			s.resolveOne(int32(m))
		case x.form == record.FormNominal && s.peers[x.noun.head]:
			s.office(x)
		}
		if x.entity >= 0 {
			s.note(int32(m))
		}
	}
	s.resolveSpeakers()
}

// note makes mention m the latest of its entity.
func (s *state) note(m int32) {
	x := &s.mentions[m]
	x.entity = s.find(x.entity)
	e := &s.entities[x.entity]
	e.last = m
	e.count++
}

func (s *state) resolveOne(m int32) {
	x := &s.mentions[m]
	switch {
	case x.joint:
		e := s.newEntity(m, groupKind)
		s.entities[e].plural = true
		s.entities[e].named = x.form == record.FormName
	case x.link >= 0:
		x.entity = s.mentions[x.link].entity
	case x.form == record.FormNominal:
		s.nominal(m)
	case x.pronoun.thing && (s.tree.Rel[x.head] == syntax.Expl || s.tree.Rel[x.head] == syntax.NsubjPass && x.source >= 0):
		// "It was learnt that": nobody.
	case x.pronoun.person == third:
		s.thirdPerson(m)
	case x.pronoun.person == relative:
		s.relative(m)
	}
}

// findLinks joins what the grammar says is the same: appositions ("the
// spokesman, Heorhii Tykhyi") and predicates ("Tykhyi is the spokesman").
func (s *state) findLinks() {
	s.apposed()
	t := s.tree
	for m := range s.mentions {
		x := &s.mentions[m]
		if x.joint || x.form == record.FormPronoun {
			continue
		}
		h := t.Head[x.head]
		switch t.Rel[x.head] {
		case syntax.Appos, syntax.Flat, syntax.NmodDesc, syntax.NmodUnmarked, syntax.Parataxis:
			if h >= 0 && s.mentionAt[h] >= 0 {
				s.linkPair(s.mentionAt[h], int32(m))
			}
		}
		if t.Child(int(x.head), syntax.Cop) >= 0 && x.form == record.FormNominal {
			x.predicate = true
			if c := t.Child(int(x.head), syntax.Nsubj); c >= 0 && s.mentionAt[c] >= 0 && !s.negated(x.head) {
				s.linkPair(s.mentionAt[c], int32(m))
			}
		}
	}
}

func (s *state) negated(i int32) bool {
	for c := range s.tree.Children(int(i)) {
		switch s.doc.Word(c) {
		case "not", "n't", "n’t", "never", "no":
			return true
		}
	}
	return false
}

// linkPair makes mentions a and b, of which one governs the other, the same
// actor if one is a name and the other a nominal that can describe it.
func (s *state) linkPair(a, b int32) {
	x, y := &s.mentions[a], &s.mentions[b]
	if x.name < 0 {
		x, y = y, x
		a, b = b, a
	}
	if x.name < 0 {
		if y.form == record.FormNominal && x.form == record.FormNominal && y.link < 0 && x.noun.plural == y.noun.plural && x.noun.class.human() && y.noun.class.human() {
			if a > b {
				x, y, a = y, x, b
			}
			y.link = a
		}
		return
	}
	if y.name >= 0 || y.entity >= 0 || y.noun.plural || x.entity < 0 || y.form != record.FormNominal {
		return
	}
	e := &s.entities[s.find(x.entity)]
	switch e.kind {
	case personKind:
		if !y.noun.class.human() || y.noun.class == people || y.noun.gender != anyGender && e.gender != anyGender && y.noun.gender != e.gender {
			return
		}
	case orgKind:
		if !y.noun.names(false) {
			return
		}
	case countryKind:
		if y.noun.class != country {
			return
		}
	default:
		return
	}
	y.entity = x.entity
	d := s.describe(y.Range, y.head, y.noun)
	s.attach(d, s.find(x.entity))
}

// relative resolves "who" in "an official who said": the noun that the clause belongs to.
func (s *state) relative(m int32) {
	x := &s.mentions[m]
	i := x.head
	for range 6 {
		h := s.tree.Head[i]
		if h < 0 {
			break
		}
		if s.tree.Rel[i] == syntax.AclRelcl || s.tree.Rel[i] == syntax.Acl {
			if k := s.mentionAt[h]; k >= 0 && k < m && s.mentions[k].entity >= 0 {
				x.entity = s.mentions[k].entity
				return
			}
			break
		}
		i = h
	}
	// The parse does not say: the person just before.
	end := x.head
	if end > 0 && s.doc.Word(int(end-1)) == "," {
		end--
	}
	for k := m - 1; k >= max(0, m-6); k-- {
		a := &s.mentions[k]
		if a.Last == end && a.entity >= 0 && s.entities[s.find(a.entity)].kind == personKind {
			x.entity = a.entity
			return
		}
	}
}

// resolveSpeakers gives "I", "we" and "you" inside a content their actor: who
// says it. Outside of contents I is the one whom the byline names; the rest stays unresolved.
func (s *state) resolveSpeakers() {
	narrator := s.narrator()
	for m := range s.mentions {
		x := &s.mentions[m]
		if x.form != record.FormPronoun || x.pronoun.person > 2 || x.pronoun.person < 1 || x.entity >= 0 {
			continue
		}
		if s.outside(x) && narrator >= 0 {
			x.entity = s.find(narrator)
			continue
		}
		q := s.within[x.head]
		if q < 0 || x.pronoun.person == 2 {
			continue
		}
		speaker := s.bySource[q]
		if speaker < 0 || s.mentions[speaker].entity < 0 || speaker == int32(m) {
			continue
		}
		e := &s.entities[s.find(s.mentions[speaker].entity)]
		if x.pronoun.many && x.source < 0 && e.kind == personKind {
			continue // a party, which one is not said
		}
		x.entity = s.find(s.mentions[speaker].entity)
	}
}
