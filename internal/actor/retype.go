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
	known := map[word]name.Kind{} // by the last word of names that are sure
	for _, n := range s.names {
		if s.clip(n.Range) == n.Range && n.Len() > 0 && (n.Kind == name.Person || n.Kind == name.Organization) {
			if w := s.words[n.Last-1]; known[w] == name.None || n.Kind == name.Person {
				known[w] = n.Kind
			}
		}
	}
	for k := range s.names {
		n := &s.names[k]
		if s.clip(n.Range) != n.Range || n.Len() == 0 || n.Country != "" {
			continue
		}
		head := s.nouns[s.words[s.nameHead(n.Range)]]
		switch n.Kind {
		case name.Misc, name.Facility:
			switch {
			case head.class == org:
				n.Kind = name.Organization
			case known[s.words[n.Last-1]] == name.Person:
				n.Kind = name.Person
			case n.Kind == name.Misc && known[s.words[n.Last-1]] == name.Organization:
				n.Kind = name.Organization
			case n.Kind == name.Misc && s.besideNoun(n):
				n.Kind = name.Organization
			}
		case name.Person, name.Place:
			if n.Len() > 1 && head.class == org {
				n.Kind = name.Organization
			}
		}
	}
}

// besideNoun reports whether a body's noun and a comma stand before name n.
func (s *state) besideNoun(n *name.Name) bool {
	i := n.First - 2
	return i >= 0 && s.doc.Word(int(n.First-1)) == "," && s.tree.UPOS[i] == syntax.NOUN && s.nouns[s.words[i]].names(false)
}
