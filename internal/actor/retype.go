package actor

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

// retype settles the kind of names that the name finder left open or took for
// something else, by what the rest of the document says: "Center for Outbreak
// Response" is a body by its noun, "Le Thi Hoai Phuong" a person because
// "Phuong" is one, a name beside "the ship's owner" whatever owns ships.
func (s *state) retype() {
	s.names = slices.Clone(s.names)
	known := map[word]name.Kind{} // by the words of persons' names but the first, the last word of others
	for k := range s.names {
		n := &s.names[k]
		if s.clip(n.Range) != n.Range || n.Len() == 0 {
			continue
		}
		if n.Kind == name.Person {
			s.extend(k)
		}
		if n.Country == "" && n.Sector == "" && s.addressed(n) {
			n.Kind = name.Person
		}
		switch {
		case n.Kind == name.Person:
			for i := min(n.First+1, n.Last-1); i < n.Last; i++ { // a given name may be a place: Virginia
				if !s.particles[s.words[i]] {
					known[s.words[i]] = name.Person
				}
			}
		case n.Kind == name.Organization && n.Len() > 1:
			if w := s.words[n.Last-1]; known[w] == name.None {
				known[w] = n.Kind
			}
		}
	}
	bodies := map[word]bool{} // first words of names that turned out to be bodies
	for k := range s.names {
		n := &s.names[k]
		if s.clip(n.Range) != n.Range || n.Len() == 0 || n.Country != "" {
			continue
		}
		was := n.Kind
		if n.Kind = s.kindOf(n, known); n.Kind == name.Organization && was != n.Kind {
			bodies[s.words[n.First]] = true
		}
	}
	for k := range s.names {
		if n := &s.names[k]; n.Kind == name.Person && n.Len() == 1 && s.clip(n.Range) == n.Range && bodies[s.words[n.First]] {
			n.Kind = name.Organization
		}
	}
}

// kindOf is the kind of name n, of no known country, in the light of the document.
func (s *state) kindOf(n *name.Name, known map[word]name.Kind) name.Kind {
	head := s.nouns[s.words[s.nameHead(n.Range)]]
	unsure := n.Kind == name.Misc || n.Kind == name.Place || n.Kind == name.Facility
	last := known[s.words[n.Last-1]]
	switch {
	case n.Kind == name.Person && n.Len() == 3 && s.doc.Word(int(n.First+1)) == "-" && known[s.words[n.First]] == name.Person && last == name.Person:
		return name.Misc // "the Obama-Clinton years"
	case (n.Kind == name.Organization || unsure) && n.Sector == "" && last == name.Person && head.class == noClass:
		return last // "Quispe", if "Rocío Quispe" is a person
	case n.Kind == name.Organization && n.Sector == "" && n.Len() > 1 && head.class == noClass && s.besideOffice(n):
		return name.Person
	case s.addressed(n):
		return n.Kind
	case head.class == org && n.Len() > 1 && (unsure || n.Kind == name.Person):
		return name.Organization
	case n.Kind == name.Misc && last != name.None:
		return last
	case unsure && s.besideNoun(n):
		return name.Organization
	case unsure || n.Kind == name.Person && s.given[s.words[n.First]] == anyGender:
		if h := s.after(n.Last, false); h >= 0 && s.nouns[s.words[h]].class == org {
			return name.Organization
		}
	}
	return n.Kind
}

// addressed reports whether a form of address stands in front of name n: "Mr Kenyatta".
func (s *state) addressed(n *name.Name) bool {
	t, ok := s.titles[s.words[n.First]]
	if ok && n.Len() > 1 && t.noun == 0 && t.gender != anyGender {
		return true
	}
	if n.First == 0 || s.sentence[n.First-1] != s.sentence[n.First] {
		return false
	}
	t, ok = s.titles[s.words[n.First-1]]
	return ok && t.noun == 0 && t.gender != anyGender
}

// extend takes given names into name k that the name finder left out: "Henrique" before "Nogueira Pimentel".
func (s *state) extend(k int) {
	n := &s.names[k]
	for n.First > 0 && (k == 0 || s.names[k-1].Last < n.First) && s.sentence[n.First-1] == s.sentence[n.First] {
		i := n.First - 1
		w := s.doc.Word(int(i))
		if s.tree.UPOS[i] != syntax.PROPN || !capital(w) || s.nouns[s.words[i]].class != noClass || s.titles[s.words[i]] != (title{}) {
			return
		}
		if _, given := s.given[s.words[i]]; !given && !(s.tree.Rel[n.First] == syntax.Flat && s.tree.Head[n.First] == i) {
			return
		}
		n.First = i
	}
}

// besideNoun reports whether a body's noun and a comma stand before name n.
func (s *state) besideNoun(n *name.Name) bool {
	i := n.First - 2
	return i >= 0 && s.doc.Word(int(n.First-1)) == "," && s.tree.UPOS[i] == syntax.NOUN && s.nouns[s.words[i]].names(false)
}

// besideOffice reports whether an office of a person and a comma stand before
// name n, and a comma after it: "her counterpart, Le Thi Phuong,".
func (s *state) besideOffice(n *name.Name) bool {
	i := n.First - 2
	if i < 0 || int(n.Last) >= len(s.words) || s.doc.Word(int(n.First-1)) != "," || s.doc.Word(int(n.Last)) != "," {
		return false
	}
	x := s.nouns[s.words[i]]
	return x.class.human() && x.class != people && !x.plural && !s.holders[s.words[i]]
}
