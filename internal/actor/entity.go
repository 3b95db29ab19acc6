package actor

import (
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// kind is what an entity is, as far as it is known.
type kind uint8

const (
	unknownKind kind = iota
	personKind
	orgKind
	countryKind
	groupKind // several, or a party
	placeKind
	otherKind
)

var kindOfName = [...]kind{
	name.Person: personKind, name.Organization: orgKind, name.Country: countryKind, name.Nationality: groupKind,
	name.Place: placeKind, name.Facility: orgKind, name.Misc: otherKind,
}

// entity is an actor in the making.
type entity struct {
	into      int32 // the entity that this one was merged into, itself if none
	kind      kind
	named     bool
	nation    bool // a people that speaks as one
	metonym   bool // the fullest name is that of a capital
	adjective bool // the only name is an adjective: "Russian"
	plural    bool
	gender    gender
	country   string
	sector    string
	fullest   token.Range // the fullest name, without title
	family    word        // last word of a person's name
	short     word        // the abbreviation that the text gives
	given     word        // first word, if there are two or more
	desc      int32       // first descriptor, -1 if none
	first     int32       // first mention
	last      int32       // the latest mention so far, -1 while it has not come up yet
	count     int32       // mentions so far
	seen      int32       // the pronoun that last weighed it
	rank      cue         // how near it was then
}

func (s *state) find(e int32) int32 {
	for s.entities[e].into != e {
		s.entities[e].into = s.entities[s.entities[e].into].into
		e = s.entities[e].into
	}
	return e
}

// newEntity makes an entity for mention m.
func (s *state) newEntity(m int32, k kind) int32 {
	e := int32(len(s.entities))
	s.entities = append(s.entities, entity{into: e, kind: k, desc: -1, first: m, last: -1, seen: -1})
	s.mentions[m].entity = e
	return e
}

// findNames makes entities of the names, and joins the names that mean the same.
func (s *state) findNames() {
	for m := range s.mentions {
		x := &s.mentions[m]
		if x.name < 0 || x.joint {
			continue
		}
		s.nameEntity(int32(m))
	}
}

func (s *state) nameEntity(m int32) {
	x := &s.mentions[m]
	n := &s.names[x.name]
	k := name.None
	if int(n.Kind) < len(kindOfName) {
		k = n.Kind
	}
	part := s.bareName(n.Range)
	var e int32
	switch {
	case k == name.Person:
		e = s.personOf(m, part)
	case k == name.Country, k == name.Nationality && x.role == modifier, k == name.Place && (x.source >= 0 || x.role == subject || s.seat[x.head]) && s.isCapital(part, n.Country):
		e = s.countryOf(m, n.Country, part)
	default:
		e = s.bodyOf(m, part, kindOfName[k])
	}
	s.mentions[m].entity = e
	y := &s.entities[e]
	y.named = true
	if y.country == "" {
		y.country = n.Country
	}
	if y.sector == "" {
		y.sector = n.Sector
	}
	longer := part.Len() > y.fullest.Len()
	if y.kind == countryKind && y.fullest.Len() > 0 { // "Addis Ababa" does not name Ethiopia better
		longer = longer && k == name.Country
	}
	if longer || y.metonym && k == name.Country {
		y.fullest, y.metonym = part, k != name.Country
		y.adjective = k == name.Nationality
	}
	y.nation = y.nation || k == name.Nationality && x.source >= 0
	s.indexName(e, part)
	if k == name.Person {
		s.title(e, x.name, part)
	}
}

// bareName is r without titles in front and without a possessive behind.
func (s *state) bareName(r token.Range) token.Range {
	for r.Len() > 1 {
		_, isTitle := s.titles[s.words[r.First]]
		if _, isGiven := s.given[s.words[r.First]]; !isTitle && s.words[r.First] != s.the || isGiven {
			break
		}
		r.First++
	}
	for r.Len() > 1 && s.tree.Tag[r.Last-1] == syntax.TagPOS {
		r.Last--
	}
	return r
}

// isCapital reports whether a place is the seat of a government, whose name
// may stand for the country: "Moscow said".
func (s *state) isCapital(part token.Range, code string) bool {
	if code == "" {
		return false
	}
	e, ok := gazetteer.Lookup(s.doc.Surface(part))
	return ok && e.Capital && e.Country == code
}

func countryWord(code string) word { return fold(code) ^ 0x5bd1e995 }

// countryOf is the country that a name means: one entity for each code, so
// that "Moscow said" is Russia.
func (s *state) countryOf(m int32, code string, part token.Range) int32 {
	key := s.words[part.Last-1]
	if code != "" {
		key = countryWord(code)
	}
	for _, e := range s.byWord[key] {
		if s.entities[e].kind == countryKind {
			return e
		}
	}
	e := s.newEntity(m, countryKind)
	s.entities[e].country = code
	s.byWord[key] = append(s.byWord[key], e)
	return e
}

// indexName files e under the words of a name.
func (s *state) indexName(e int32, part token.Range) {
	for i := part.First; i < part.Last; i++ {
		w := s.words[i]
		if s.particles[w] {
			continue
		}
		list := s.byWord[w]
		if n := len(list); n > 0 && list[n-1] == e {
			continue
		}
		s.byWord[w] = append(list, e)
	}
}

// title gives entity e what the title before name n says: a form of address
// tells the gender, an office is a description. Titles inside the name count.
func (s *state) title(e, n int32, part token.Range) {
	s.titleWords(e, token.Range{First: s.titledFirst(n), Last: part.First})
}

// titleWords attaches what the words of a title r say.
func (s *state) titleWords(e int32, r token.Range) {
	for i := r.First; i < r.Last; i++ {
		n, t := s.nouns[s.words[i]], s.titles[s.words[i]]
		if s.entities[e].gender == anyGender {
			s.entities[e].gender = t.gender
		}
		if !n.class.human() && t.noun != 0 {
			n = noun{class: office, gender: t.gender, head: t.noun}
		}
		if n.class.human() && n.class != people {
			d := s.describe(r, i, n)
			s.attach(d, e)
		}
	}
}

// actorKind is the kind of entity e in the report.
func (s *state) actorKind(e *entity) record.ActorKind {
	switch e.kind {
	case personKind:
		if e.named {
			return record.Person
		}
		return record.Unnamed
	case countryKind:
		return record.Country
	case groupKind:
		if e.nation { // "The Norwegians argue": their delegation, their government
			return record.Organization
		}
		return record.Group
	case unknownKind:
		return record.Unnamed
	}
	return record.Organization
}
