package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/token"
)

// maxSame bounds how many entities that share a word of the name are compared.
const maxSame = 64

// personOf is the person whose name stands in part, a new one if there is none
// yet. Of two persons of that name, the one mentioned last is meant, unless
// gender decides.
func (s *state) personOf(m int32, part token.Range) int32 {
	g := s.genderOf(m, part)
	given, family := s.ends(part)
	best, bestRank := int32(-1), 0
	for _, e := range s.sharing(part) {
		e = s.find(e)
		x := &s.entities[e]
		if x.gender != anyGender && g != anyGender && x.gender != g {
			continue
		}
		rank := 0
		if x.kind == personKind {
			rank = s.samePerson(x, part, given, family)
		} else if x.kind != countryKind && s.sameWords(x.fullest, part) {
			rank = 4
		}
		if rank > bestRank || rank > 0 && rank == bestRank && x.last > s.entities[best].last {
			best, bestRank = e, rank
		}
	}
	if best < 0 {
		best = s.newEntity(m, personKind)
	}
	x := &s.entities[best]
	x.kind = personKind
	x.last = m
	if given != 0 || x.family == 0 {
		x.given, x.family = given, family
	}
	if x.gender == anyGender {
		x.gender = g
	}
	return best
}

// sharing are the entities that share a word of the name in part, the last few of each word.
func (s *state) sharing(part token.Range) []int32 {
	found := s.relatives[:0]
	for i := part.First; i < part.Last; i++ {
		if s.particles[s.words[i]] {
			continue
		}
		list := s.byWord[s.words[i]]
		found = append(found, list[max(0, len(list)-maxSame):]...)
		if len(found) > maxSame {
			break
		}
	}
	s.relatives = found
	return found
}

// ends are the first and the last word of a person's name, without particles
// and suffixes; given is 0 if there is only one.
func (s *state) ends(part token.Range) (given, family word) {
	for i := part.First; i < part.Last; i++ {
		w := s.words[i]
		if s.particles[w] || s.suffixes[w] {
			continue
		}
		if given == 0 {
			given = w
		} else {
			family = w
		}
	}
	if family == 0 {
		return 0, given
	}
	return given, family
}

// samePerson ranks how well the name in part fits person x: 0 not at all.
func (s *state) samePerson(x *entity, part token.Range, given, family word) int {
	switch {
	case given == 0 && x.given == 0:
		if family == x.family {
			return 3
		}
	case given == 0:
		switch {
		case family == x.family:
			return 3
		case family == x.given: // "Zoe", and "Xi" for Xi Jinping
			return 2
		case s.holds(x.fullest, family):
			return 1
		}
	case x.given == 0:
		if x.family == family {
			return 3
		}
		if x.family == given {
			return 1
		}
	case family == x.family:
		if given == x.given || s.sameGiven(given, x.given) || s.initialOf(part, x.fullest) {
			return 4
		}
		if given != family && s.holds(x.fullest, given) || x.given != x.family && s.holds(part, x.given) { // "Tayyip Erdogan" for "Recep Tayyip Erdogan"
			return 3
		}
	case given == x.given && (s.holds(x.fullest, family) || s.holds(part, x.family)): // a second family name
		return 2
	}
	return 0
}

func (s *state) sameGiven(a, b word) bool {
	return s.nicknames[[2]word{a, b}] || s.nicknames[[2]word{b, a}]
}

// holds reports whether w is one of the words of r.
func (s *state) holds(r token.Range, w word) bool {
	for i := r.First; i < r.Last; i++ {
		if s.words[i] == w {
			return true
		}
	}
	return false
}

// initialOf reports whether the first word of one name abbreviates that of the other: "J. Smith".
func (s *state) initialOf(a, b token.Range) bool {
	x, y := s.doc.Word(int(a.First)), s.doc.Word(int(b.First))
	if len(x) > len(y) {
		x, y = y, x
	}
	r, n := utf8.DecodeRuneInString(x)
	q, _ := utf8.DecodeRuneInString(y)
	return r == q && (len(x) == n || x[n:] == ".")
}

// sameWords reports whether two names have the same words, particles aside.
func (s *state) sameWords(a, b token.Range) bool {
	i, j := a.First, b.First
	for {
		for i < a.Last && s.particles[s.words[i]] {
			i++
		}
		for j < b.Last && s.particles[s.words[j]] {
			j++
		}
		if i >= a.Last || j >= b.Last {
			return i >= a.Last && j >= b.Last
		}
		if s.words[i] != s.words[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

// genderOf is the gender that a name and its form of address tell.
func (s *state) genderOf(m int32, part token.Range) gender {
	n := &s.names[s.mentions[m].name]
	for i := min(n.First, max(0, part.First-1)); i < part.First; i++ {
		if t := s.titles[s.words[i]]; t.gender != anyGender {
			return t.gender
		}
		if x := s.nouns[s.words[i]]; x.class.human() && x.gender != anyGender && s.doc.SpaceBefore(int(part.First)) {
			return x.gender
		}
	}
	given, _ := s.ends(part)
	if given == 0 {
		return anyGender
	}
	if g := s.given[given]; g != anyGender {
		return g
	}
	if g := s.spelled[given]; g == male || g == female { // given is spelled already
		return g
	}
	last := strings.ToLower(s.doc.Word(int(part.Last - 1)))
	for _, e := range s.womens {
		if len(last) > len(e)+1 && strings.HasSuffix(last, e) {
			return female
		}
	}
	return anyGender
}

// bodyOf is the organization, group or place that the name in part means.
func (s *state) bodyOf(m int32, part token.Range, k kind) int32 {
	best, bestRank := int32(-1), 0
	code := s.names[s.mentions[m].name].Country
	known := s.canonical(m, part)
	if list := s.byWord[known]; known != 0 && len(list) > 0 {
		best, bestRank = s.find(list[0]), 5
	}
	for _, e := range s.sharing(part) {
		e = s.find(e)
		x := &s.entities[e]
		if x.country != "" && code != "" && x.country != code || x.kind == countryKind {
			continue
		}
		rank := s.sameBody(x, part, k)
		if rank > bestRank || rank > 0 && rank == bestRank && x.last > s.entities[best].last {
			best, bestRank = e, rank
		}
	}
	if best < 0 {
		if e, ok := s.glossed(part); ok {
			best = e
			s.entities[e].short = s.words[part.First]
		} else if e, ok := s.byAcronym(part); ok {
			best = e
		} else {
			best = s.newEntity(m, k)
		}
	}
	x := &s.entities[best]
	x.last = m
	if x.kind == placeKind || x.kind == otherKind {
		x.kind = k
	}
	if known != 0 && bestRank < 5 {
		s.byWord[known] = append(s.byWord[known], best)
	}
	if a := s.acronym(part); a != 0 {
		s.byWord[a] = append(s.byWord[a], best)
	}
	return best
}

// sameBody ranks how well the name in part fits entity x.
func (s *state) sameBody(x *entity, part token.Range, k kind) int {
	switch {
	case s.sameWords(x.fullest, part), part.Len() == 1 && s.words[part.First] == x.short:
		return 4
	case x.kind == personKind:
		// A single family name that was taken for something else.
		if given, family := s.ends(part); given == 0 && family == x.family && s.names[s.nameAt[part.First]].Country == "" {
			return 2
		}
	case x.kind != k:
	case s.inside(part, x.fullest) || s.inside(x.fullest, part):
		return 3
	}
	return 0
}

// inside reports whether the name a is a shorter form of b: every word of a
// stands in b, and they have the same head ("Foreign Ministry", "Ministry of
// Foreign Affairs of Ukraine"), or a is the first word of b and no noun.
func (s *state) inside(a, b token.Range) bool {
	if a.Len() >= b.Len() {
		return false
	}
	for i := a.First; i < a.Last; i++ {
		if w := s.words[i]; !s.particles[w] && !s.holds(b, w) {
			return false
		}
	}
	if s.words[s.nameHead(a)] == s.words[s.nameHead(b)] {
		return true
	}
	// "Hallim" for "Hallim Cells", but not "Bank" for "Bank of Northland".
	return a.Len() == 1 && s.words[a.First] == s.words[b.First] && s.nouns[s.words[a.First]].class == noClass
}

// nameHead is the word that says what a body is: the last before a preposition.
func (s *state) nameHead(r token.Range) int32 {
	h := r.First
	for i := r.First; i < r.Last; i++ {
		if s.suffixes[s.words[i]] {
			continue
		}
		if w := s.doc.Word(int(i)); w == "of" || w == "for" || w == "on" || w == "in" {
			break
		}
		h = i
	}
	return h
}

// acronym is the hash of the initials of a name of at least two capitalised
// words, in the namespace of acronyms; 0 if there are fewer.
func (s *state) acronym(part token.Range) word {
	var b [8]byte
	n := 0
	for i := part.First; i < part.Last && n < len(b); i++ {
		if c := s.doc.Word(int(i))[0]; 'A' <= c && c <= 'Z' && !s.particles[s.words[i]] {
			b[n] = c
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return acronymWord(string(b[:n]))
}

func acronymWord(s string) word { return fold(s) ^ 0x85ebca6b }

// canonical is the hash of the usual name of a body that the gazetteer knows,
// so that "UN" and "United Nations" are one; 0 if it is not known.
func (s *state) canonical(m int32, part token.Range) word {
	if n := &s.names[s.mentions[m].name]; n.Kind != name.Organization || n.Country == "" && n.Sector == "" {
		return 0
	}
	e, ok := gazetteer.Lookup(s.doc.Surface(part))
	if !ok || e.Class != gazetteer.Organization && e.Class != gazetteer.Seat || e.Ambiguous {
		return 0
	}
	return fold(e.Name) ^ 0xc2b2ae35
}

// glossed is the body that an abbreviation in brackets stands for: "the
// Support Mission in Libya (UNSMIL)".
func (s *state) glossed(part token.Range) (int32, bool) {
	i := part.First - 2
	if i < 0 || part.Len() != 1 || s.doc.Word(int(part.First-1)) != "(" || s.nameAt[i] < 0 {
		return 0, false
	}
	full := s.names[s.nameAt[i]].Range
	a, b := s.doc.Word(int(full.First)), s.doc.Word(int(part.First))
	m := s.mentionAt[s.headOf(full)]
	if m < 0 || s.mentions[m].entity < 0 || full.Len() < 2 || a[0] != b[0] || strings.ToUpper(b) != b {
		return 0, false
	}
	e := s.find(s.mentions[m].entity)
	return e, s.entities[e].kind == orgKind
}

// byAcronym is the body whose initials the single word in part is.
func (s *state) byAcronym(part token.Range) (int32, bool) {
	w := s.doc.Word(int(part.First))
	if part.Len() != 1 || len(w) < 2 || len(w) > 12 {
		return 0, false
	}
	var b [12]byte
	n := 0
	for _, r := range w {
		if unicode.IsUpper(r) && r < utf8.RuneSelf {
			b[n] = byte(r)
			n++
		} else if r != '.' {
			return 0, false
		}
	}
	list := s.byWord[acronymWord(string(b[:n]))]
	if n < 2 || len(list) == 0 {
		return 0, false
	}
	return s.find(list[len(list)-1]), true
}
