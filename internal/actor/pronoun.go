package actor

import "github.com/rapporteur/rapporteur/record"

// Weights of what makes an actor the likely one of a pronoun. Centering (Grosz,
// Joshi and Weinstein 1995): subjects before objects, near before far; in
// news, who spoke last before whom he spoke of.
const (
	perSentence  = -9 // for each sentence between
	asSubject    = 20 // the mention is a subject
	asObject     = 5
	asPossessor  = -4
	asModifier   = -20 // "the Trump campaign"
	asSpeaker    = 24  // it is the source of a statement
	forSpeaker   = 12  // … and the pronoun is one too
	asName       = 4
	asPronoun    = 8
	sameGender   = 8
	perMention   = 1   // up to six
	otherContent = -22 // it is quoted or reported, the pronoun is not
	ownSpeaker   = 22  // the pronoun is reported, and it is the speaker
	nearRole     = 4
	sameSentence = 3
	bodyAsThey   = -14
	countryAsIt  = -4
	least        = -45 // below it nobody is meant
)

// thirdPerson resolves he, she, it and they by salience. Candidates are the
// actors mentioned before, each at its best mention.
func (s *state) thirdPerson(m int32) {
	x := &s.mentions[m]
	best, bestScore := int32(-1), least
	for k, back := m-1, 0; k >= 0 && back < maxBack; k, back = k-1, back+1 {
		a := &s.mentions[k]
		if x.head-a.head > maxTokens {
			break
		}
		if a.entity < 0 {
			continue
		}
		e := s.find(a.entity)
		y := &s.entities[e]
		fits, score := s.suits(x, y)
		if !fits || s.barred(x, a, e) {
			continue
		}
		score += s.salience(x, a, e)
		if score > bestScore {
			best, bestScore = e, score
		}
	}
	if e, score := s.later(x); score > bestScore {
		best = e
	}
	if best < 0 {
		return
	}
	x.entity = best
	y := &s.entities[best]
	if y.kind == personKind && y.gender == anyGender && !y.plural {
		y.gender = x.pronoun.gender
	}
}

// later is the speaker of the statement that pronoun x is reported in, where
// he is named after it: "He would resign, Lavrov said."
func (s *state) later(x *mention) (int32, int) {
	q := s.within[x.head]
	if q < 0 || s.bySource[q] < 0 {
		return -1, least
	}
	a := &s.mentions[s.bySource[q]]
	if a.head < x.head || a.name < 0 {
		return -1, least
	}
	e := s.find(a.entity)
	fits, score := s.suits(x, &s.entities[e])
	if !fits || s.barred(x, a, e) {
		return -1, least
	}
	return e, score + s.salience(x, a, e)
}

// suits reports whether pronoun x may mean an actor like y, and how well.
func (s *state) suits(x *mention, y *entity) (bool, int) {
	p := x.pronoun
	switch {
	case p.thing:
		switch y.kind {
		case orgKind:
			return true, 0
		case countryKind:
			return !y.plural, countryAsIt
		}
		return false, 0
	case p.many:
		switch {
		case y.plural || y.kind == groupKind:
			return true, sameGender
		case y.kind == orgKind || y.kind == unknownKind:
			return true, bodyAsThey
		}
		return false, 0
	}
	if y.kind != personKind || y.plural || y.gender != anyGender && y.gender != p.gender {
		return false, 0
	}
	if y.gender == p.gender {
		return true, sameGender
	}
	return true, 0
}

// barred reports whether grammar keeps pronoun x from meaning the actor of mention a.
func (s *state) barred(x, a *mention, e int32) bool {
	if a.joint && a.head == x.head {
		return true
	}
	if !x.pronoun.reflex && s.coargument(a, x) && x.role != possessor {
		return true
	}
	if s.contains(a, x) && a.head != x.head && !a.joint { // "his" in "his brother"
		return true
	}
	// Whoever speaks of himself in a quotation says I.
	if q := s.within[x.head]; q >= 0 && s.quoted[x.head] {
		if k := s.bySource[q]; k >= 0 && s.mentions[k].entity >= 0 && s.find(s.mentions[k].entity) == e {
			return true
		}
	}
	// Who is spoken of in a statement does not speak it.
	if x.source >= 0 && s.within[a.head] == x.source {
		return true
	}
	return false
}

// salience is how likely pronoun x is to take up the actor of mention a.
func (s *state) salience(x, a *mention, e int32) int {
	score := perSentence * int(min(s.sentence[x.head]-s.sentence[a.head], 12))
	if s.sentence[x.head] == s.sentence[a.head] {
		score += sameSentence
	}
	switch a.role {
	case subject:
		score += asSubject
	case object:
		score += asObject
	case possessor:
		score += asPossessor
	case modifier:
		score += asModifier
	}
	if a.role == x.role {
		score += nearRole
	}
	switch a.form {
	case record.FormName:
		score += asName
	case record.FormPronoun:
		score += asPronoun
	}
	score += perMention * int(min(s.entities[e].count, 6))
	if a.source >= 0 && !s.sources[a.source].Addressee {
		score += asSpeaker
		if x.source >= 0 {
			score += forSpeaker
		}
	}
	q := s.within[x.head]
	switch w := s.within[a.head]; {
	case w >= 0 && w != q:
		score += otherContent
	case q >= 0 && s.bySource[q] >= 0 && s.mentions[s.bySource[q]].entity >= 0 && s.find(s.mentions[s.bySource[q]].entity) == e:
		score += ownSpeaker
	}
	return score
}
