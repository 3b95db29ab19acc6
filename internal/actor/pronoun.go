package actor

import (
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// A cue is something that makes an actor the likely one of a pronoun, or the
// unlikely one. Centering (Grosz, Joshi and Weinstein 1995): subjects before
// objects, near before far; in news, who speaks before whom he speaks of.
type cue uint8

// The cues hold between the pronoun and one earlier mention of the actor.
const (
	sameSentence cue = iota
	oneBack          // one sentence between
	twoBack
	threeBack
	farBack // four to six
	veryFar
	subjectSubject // the mention is a subject, the pronoun too
	subjectOwner   // … the pronoun is possessive
	subjectOther   // … the pronoun is anything else
	objectSubject
	objectOwner
	objectOther
	ownerSubject
	ownerOwner
	ownerOther
	modifierAny // "the Trump campaign"
	speaker     // the mention is a source, the pronoun is none
	speakerToSpeaker
	addressee
	otherContent // it is quoted or reported, the pronoun stands outside
	sameContent
	ownSpeaker // the pronoun is reported, and it is the speaker
	asName
	asNominal
	asPronoun
	knownGender
	mentionedTwice
	mentionedOften // three or four times
	mentionedMost
	sameClause // the mention is an argument of a verb above the pronoun
	firstInSentence
	otherParagraph
	speakerHere  // it is a source, the pronoun too, in one paragraph
	paragraphTop // it is the first mention of their paragraph
	nearest      // no other candidate between
	second
	third3
	bodyAsThey
	countryAsIt
	vagueAsThey
	unnamedAsHe
	thingInText // "it" that is no source may mean anything
	manyInText
	lastSpeaker // both are sources, no other stands between, and the first is named
	asideClause // the mention is the subject of an adverbial or relative clause
	enough      // the score from which somebody is meant
	numCues
)

// weights of the cues, found by coordinate ascent on GUM train and GAP development.
var weights = [numCues]int32{
	sameSentence: 23, oneBack: -17, twoBack: -29, threeBack: -29, farBack: -42, veryFar: -68,
	subjectSubject: 22, subjectOwner: 22, subjectOther: 20, objectSubject: 14, objectOwner: 22,
	objectOther: 10, ownerSubject: 14, ownerOwner: 8, ownerOther: 11, modifierAny: 5, speaker: 15,
	speakerToSpeaker: 25, addressee: -19, otherContent: -38, sameContent: 14, ownSpeaker: -22,
	asName: -19, asNominal: -16, asPronoun: 8, knownGender: 6, mentionedTwice: -3, mentionedOften: -5,
	mentionedMost: 6, sameClause: 14, firstInSentence: 13, otherParagraph: 0, speakerHere: 20,
	paragraphTop: 8, nearest: 0, second: -4, third3: -13, bodyAsThey: -20, countryAsIt: -52,
	vagueAsThey: -27, unnamedAsHe: -20, thingInText: -78, manyInText: -51, lastSpeaker: 20, asideClause: -25, enough: -43,
}

// thirdPerson resolves he, she, it and they by salience. Candidates are the
// actors mentioned before, each at its best mention.
func (s *state) thirdPerson(m int32) {
	x := &s.mentions[m]
	best, bestScore := int32(-1), weights[enough]
	rank, spoken := 0, false
	for k, back := m-1, 0; k >= 0 && back < maxBack; k, back = k-1, back+1 {
		a := &s.mentions[k]
		if x.head-a.head > maxTokens {
			break
		}
		last := !spoken && x.source >= 0 && a.source >= 0 && !s.sources[a.source].Addressee && s.within[a.head] < 0
		spoken = spoken || last
		if a.entity < 0 {
			continue
		}
		e := s.find(a.entity)
		fits, score := s.suits(x, &s.entities[e])
		if !fits || s.barred(x, a, e) {
			continue
		}
		score += s.salience(x, a, e)
		if last && s.entities[e].named {
			score += weights[lastSpeaker]
		}
		if y := &s.entities[e]; y.seen != m {
			y.seen = m
			y.rank = nearest + cue(min(rank, 3))
			rank++
		}
		if r := s.entities[e].rank; r <= third3 {
			score += weights[r]
		}
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
func (s *state) later(x *mention) (int32, int32) {
	q := s.within[x.head]
	if q < 0 || s.bySource[q] < 0 {
		return -1, weights[enough]
	}
	a := &s.mentions[s.bySource[q]]
	if a.head < x.head || a.name < 0 {
		return -1, weights[enough]
	}
	e := s.find(a.entity)
	fits, score := s.suits(x, &s.entities[e])
	if !fits || s.barred(x, a, e) {
		return -1, weights[enough]
	}
	return e, score + s.salience(x, a, e)
}

// suits reports whether pronoun x may mean an actor like y, and how well.
func (s *state) suits(x *mention, y *entity) (bool, int32) {
	p := x.pronoun
	switch {
	case p.thing:
		score := int32(0)
		if x.source < 0 {
			score = weights[thingInText]
		}
		switch y.kind {
		case orgKind:
			return true, score
		case countryKind:
			return !y.plural, score + weights[countryAsIt]
		case unknownKind: // "the survey … it"
			return !y.plural && x.source >= 0 && y.desc >= 0 && s.descs[y.desc].noun.class == document, score + weights[vagueAsThey]
		}
		return false, 0
	case p.many:
		score := int32(0)
		if x.source < 0 {
			score = weights[manyInText]
		}
		switch {
		case y.plural || y.kind == groupKind:
			return true, score + weights[knownGender]
		case y.kind == orgKind:
			return true, score + weights[bodyAsThey]
		case y.kind == unknownKind:
			return true, score + weights[vagueAsThey]
		}
		return false, 0
	}
	if y.kind != personKind || y.plural || y.gender != anyGender && y.gender != p.gender {
		return false, 0
	}
	score := int32(0)
	if y.gender == p.gender {
		score = weights[knownGender]
	}
	if !y.named {
		score += weights[unnamedAsHe]
	}
	return true, score
}

// barred reports whether grammar keeps pronoun x from meaning the actor of mention a.
func (s *state) barred(x, a *mention, e int32) bool {
	if !x.pronoun.reflex && s.coargument(a, x) {
		return true
	}
	if s.contains(a, x) && !a.joint { // "his" in "his brother"
		return true
	}
	// Whoever speaks of himself in a quotation says I.
	if q := s.within[x.head]; q >= 0 && s.quoted[x.head] {
		if k := s.bySource[q]; k >= 0 && s.mentions[k].entity >= 0 && s.find(s.mentions[k].entity) == e {
			return true
		}
	}
	// Who is spoken of in a statement does not speak it.
	return x.source >= 0 && s.within[a.head] == x.source
}

// Beyond the distances that have weights of their own, each sentence costs decay.
const (
	decay    = 6
	maxDecay = 20
)

var byDistance = [...]cue{sameSentence, oneBack, twoBack, threeBack, farBack, farBack, farBack, veryFar}

// salience is how likely pronoun x is to take up the actor of mention a.
func (s *state) salience(x, a *mention, e int32) int32 {
	d := min(max(s.sentence[x.head]-s.sentence[a.head], 0), int32(len(byDistance)-1))
	score := weights[byDistance[d]] - decay*min(s.sentence[x.head]-s.sentence[a.head]-d, maxDecay)
	shift := cue(2)
	switch x.role {
	case subject:
		shift = 0
	case possessor:
		shift = 1
	}
	switch a.role {
	case subject:
		score += weights[subjectSubject+shift]
	case object:
		score += weights[objectSubject+shift]
	case possessor:
		score += weights[ownerSubject+shift]
	case modifier:
		score += weights[modifierAny]
	}
	switch a.form {
	case record.FormName:
		score += weights[asName]
	case record.FormNominal:
		score += weights[asNominal]
	default:
		score += weights[asPronoun]
	}
	switch n := s.entities[e].count; {
	case n > 4:
		score += weights[mentionedMost]
	case n > 2:
		score += weights[mentionedOften]
	case n > 1:
		score += weights[mentionedTwice]
	}
	if d > 0 && a.role == subject && a.verb >= 0 {
		switch s.tree.Rel[a.verb] {
		case syntax.Advcl, syntax.AdvclRelcl, syntax.AclRelcl:
			score += weights[asideClause]
		}
	}
	if a.verb >= 0 && d == 0 && s.above(a.verb, x.head) {
		score += weights[sameClause]
	}
	if k := s.mentionAt[a.head]; a.role == subject && (k <= 0 || s.sentence[s.mentions[k-1].head] != s.sentence[a.head]) {
		score += weights[firstInSentence]
	}
	switch k := s.mentionAt[a.head]; {
	case s.paragraph[a.head] != s.paragraph[x.head]:
		score += weights[otherParagraph]
	case k <= 0 || s.paragraph[s.mentions[k-1].head] != s.paragraph[a.head]:
		score += weights[paragraphTop]
	}
	return score + s.speech(x, a, e)
}

// speech is what the statements tell about pronoun x and mention a.
func (s *state) speech(x, a *mention, e int32) (score int32) {
	if a.source >= 0 {
		switch {
		case s.sources[a.source].Addressee:
			score += weights[addressee]
		case x.source >= 0:
			score += weights[speakerToSpeaker]
			if s.paragraph[a.head] == s.paragraph[x.head] {
				score += weights[speakerHere]
			}
		default:
			score += weights[speaker]
		}
	}
	q := s.within[x.head]
	switch w := s.within[a.head]; {
	case w >= 0 && w != q:
		score += weights[otherContent]
	case w >= 0:
		score += weights[sameContent]
	case q >= 0 && s.bySource[q] >= 0 && s.mentions[s.bySource[q]].entity >= 0 && s.find(s.mentions[s.bySource[q]].entity) == e:
		score += weights[ownSpeaker]
	}
	return score
}

// above reports whether verb is among the nearest ancestors of token i.
func (s *state) above(verb, i int32) bool {
	for range 4 {
		if i = s.tree.Head[i]; i < 0 {
			return false
		}
		if i == verb {
			return true
		}
	}
	return false
}
