package actor

import (
	"github.com/rapporteur/rapporteur/internal/date"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// definiteness of a nominal.
type definiteness uint8

const (
	bare  definiteness = iota
	plain              // a modifier that says nothing about who is meant
	indefinite
	definite
	other // "another official", "a second source": somebody new
)

// role is the grammatical function of a mention.
type role uint8

const (
	oblique role = iota
	subject
	object
	possessor
	modifier
)

// mention is a mention in the making.
type mention struct {
	token.Range
	head      int32
	form      record.Form
	name      int32 // index of the name, -1 if it is none
	source    int32 // the first source that it is, -1 if none
	entity    int32 // -1 while unresolved
	noun      noun
	pronoun   pronoun
	definite  definiteness
	role      role
	verb      int32 // the word whose argument it is, -1 if none
	link      int32 // a mention that it certainly means: apposition, relative pronoun; -1 if none
	predicate bool  // it says what somebody is: "is the spokesman"
	joint     bool  // a coordination; its members are mentions of their own
}

// findMentions collects names, nominals, pronouns and sources in the order of their heads.
func (s *state) findMentions() {
	for i := range s.sources {
		s.bySource[i] = -1
		h := s.sourceHead(s.sources[i].Range)
		if h >= 0 && s.sourceAt[h] < 0 {
			s.sourceAt[h] = int32(i)
		}
	}
	heads := s.nameHeads()
	for i := range s.words {
		m := mention{head: int32(i), name: heads[i], source: s.sourceAt[i], entity: -1, link: -1, verb: -1}
		if s.mentionOf(&m) {
			s.mentionAt[i] = int32(len(s.mentions))
			s.mentions = append(s.mentions, m)
			if m.source >= 0 {
				s.addJoint(m)
			}
		}
	}
	for i := range s.sources {
		if s.bySource[i] < 0 {
			if h := s.sourceHead(s.sources[i].Range); h >= 0 {
				if f := s.sourceAt[h]; f >= 0 && s.bySource[f] >= 0 && s.sources[f].Range == s.sources[i].Range {
					s.bySource[i] = s.bySource[f]
				} else {
					s.bySource[i] = s.mentionAt[h]
				}
			}
		}
	}
}

// sourceHead is the head of a source.
func (s *state) sourceHead(r token.Range) int32 {
	h := s.phraseHead(r)
	if h < 0 {
		return s.headOf(token.Range{First: r.First, Last: min(r.Last, r.First+maxPhrase)})
	}
	if k := s.apposedName(r, h); k >= 0 {
		return k
	}
	return h
}

// nameHeads gives for each token the name that it heads, -1 if none.
func (s *state) nameHeads() []int32 {
	heads := make([]int32, len(s.words))
	for i := range heads {
		heads[i] = -1
	}
	for k := range s.names {
		r := s.names[k].Range
		if r.First < 0 || r.First >= r.Last || int(r.Last) > len(s.words) || s.nameAt[r.First] != int32(k) {
			continue
		}
		heads[s.headOf(r)] = int32(k)
	}
	return heads
}

// nameHeadAt is the head of name k.
func (s *state) nameHeadAt(k int32) int32 { return s.headOf(s.names[k].Range) }

// mentionOf fills m for the token m.head and reports whether it is a mention.
func (s *state) mentionOf(m *mention) bool {
	i := m.head
	w := s.words[i]
	m.role, m.verb = s.function(i)
	if m.source >= 0 && !s.sources[m.source].Addressee {
		m.role = subject // whatever the parse says
	}
	p, isPronoun := s.pronouns[w]
	switch {
	case m.name >= 0:
		return s.nameMention(m)
	case isPronoun && s.nameAt[i] < 0 && (s.isPronoun(i, p) || m.source >= 0 && p.person == third):
		m.form, m.pronoun = record.FormPronoun, p
		m.Range = token.Range{First: i, Last: i + 1}
		if s.tree.Tag[i] == syntax.TagPRPS || s.tree.Rel[i] == syntax.NmodPoss {
			m.role = possessor
		}
		return p.person != relative || m.source >= 0
	}
	m.form = record.FormNominal
	m.noun = s.nouns[w]
	if s.quantifies(i) {
		s.quantified(m)
		return m.source >= 0
	}
	if m.noun.class == noClass && s.tree.Lemma[i] != "" {
		if n := s.nouns[fold(s.tree.Lemma[i])]; n.class != noClass {
			m.noun = n
			m.noun.plural = true
		}
	}
	if m.source < 0 {
		if m.noun.class == noClass && !s.party[i] || s.nameAt[i] >= 0 || s.titleOf[i] >= 0 || m.role == modifier && !s.beforeComma(i) && !s.party[i] {
			return false
		}
		if u := s.tree.UPOS[i]; u != syntax.NOUN && u != syntax.PROPN {
			return false
		}
	}
	if m.noun.class == noClass {
		m.noun.head = w
		m.noun.plural = s.tree.Tag[i] == syntax.TagNNS || s.tree.Tag[i] == syntax.TagNNPS
	}
	m.Range = token.Range{First: s.left[i], Last: s.right[i]}
	if m.source >= 0 {
		m.Range = s.phrase(s.sources[m.source].Range, i)
	}
	m.Range = s.trimmed(m.Range, i)
	if m.source < 0 && (m.noun.plural || m.noun.class != office && m.noun.class != source) {
		m.Range = s.withoutAdjunct(m.Range, i, m.noun.class == org || m.noun.class == noClass)
	}
	s.determine(m)
	return true
}

// phrase is the noun phrase in r with head h: without a preposition in front, without clauses behind.
func (s *state) phrase(r token.Range, h int32) token.Range {
	r = token.Range{First: max(r.First, h-maxPhrase), Last: min(r.Last, h+maxPhrase)}
	for r.First < h && s.nameAt[r.First] < 0 && (s.tree.UPOS[r.First] == syntax.ADP || s.tree.UPOS[r.First] == syntax.PUNCT || s.words[r.First] == s.according) {
		r.First++
	}
	for i := h + 1; i < r.Last; i++ {
		switch s.tree.UPOS[i] {
		case syntax.VERB, syntax.AUX, syntax.SCONJ, syntax.PUNCT:
			if s.nameAt[i] < 0 && s.doc.Word(int(i)) != "-" {
				r.Last = i
			}
		case syntax.PRON:
			if s.pronouns[s.words[i]].person == relative || s.tree.Rel[i] == syntax.Nsubj { // "an adviser she dealt with"
				r.Last = i
			}
		}
	}
	return r
}

// trimmed is the noun phrase r with head h without the rest of "at least" or a date
// in front and, behind, an adverb, a date or an accusation: "demonstrators late on
// Wednesday", "the army of bombing".
func (s *state) trimmed(r token.Range, h int32) token.Range {
	if r.First > 0 && r.First < h && s.tree.UPOS[r.First-1] == syntax.ADP {
		switch s.doc.Word(int(r.First)) {
		case "least", "most":
			r.First++
		}
	}
	if end := s.dated[r.First]; end > 0 && end <= h && s.tree.Tag[end] != syntax.TagPOS { // not "this year's winners"
		r.First = end
	}
	verb := s.verbOver(h)
	for i := h + 1; i < min(r.Last, h+maxPhrase); i++ {
		if s.tree.UPOS[i] == syntax.ADP && s.nameAt[i] < 0 && s.takes[[2]word{verb, s.words[i]}] {
			r.Last = i
		}
		if (s.dated[i] > 0 || date.Weekday(s.doc.Word(int(i))) > 0) && s.nameAt[i] < 0 {
			if s.tree.UPOS[i-1] == syntax.ADP && i-1 > h {
				i--
			}
			r.Last = i
		}
	}
	for r.Last > h+1 && s.nameAt[r.Last-1] < 0 && s.isLoose(r.Last-1) {
		r.Last--
	}
	return r
}

// isLoose reports whether token i is none that a phrase for somebody ends in.
func (s *state) isLoose(i int32) bool {
	switch s.tree.UPOS[i] {
	case syntax.ADV, syntax.ADP, syntax.DET, syntax.CCONJ, syntax.PUNCT:
		return true
	}
	w := s.doc.Word(int(i))
	return w == "late" || w == "early"
}

// withoutAdjunct is the noun phrase r with head h up to a preposition that tells
// of a deed: "two engineers for want of proof". A body may be for something.
func (s *state) withoutAdjunct(r token.Range, h int32, body bool) token.Range {
	for i := h + 1; i < r.Last; i++ {
		if s.adjuncts[s.words[i]] && s.nameAt[i] < 0 && s.tree.UPOS[i] == syntax.ADP && (!body || s.words[i] != s.purpose) {
			r.Last = i
		}
	}
	return r
}

// verbOver is the lemma of the verb whose object token h heads, 0 if there is none.
func (s *state) verbOver(h int32) word {
	switch g := s.tree.Head[h]; s.tree.Rel[h] {
	case syntax.Obj, syntax.Iobj, syntax.NsubjPass:
		if g >= 0 {
			return fold(s.tree.Lemma[g])
		}
	}
	return 0
}

// quantified fills m for "one of the fishermen": somebody new of their kind.
func (s *state) quantified(m *mention) {
	if m.source < 0 {
		return
	}
	m.Range = s.phrase(s.sources[m.source].Range, m.head)
	m.definite = indefinite
	m.noun = noun{class: source, head: s.words[m.head]}
	if h := s.phraseHead(token.Range{First: m.head + 2, Last: m.Last}); h >= 0 && s.nouns[s.words[h]].class != noClass {
		m.noun = s.nouns[s.words[h]]
	}
	m.noun.plural = s.words[m.head] != s.one
}

func (s *state) beforeComma(i int32) bool {
	return int(i)+1 < len(s.words) && s.doc.Word(int(i+1)) == ","
}

// isPronoun tells the pronoun from its homographs: "that" as a conjunction, "US" as a name, "it" without meaning.
func (s *state) isPronoun(i int32, p pronoun) bool {
	switch s.tree.UPOS[i] {
	case syntax.PRON, syntax.DET:
	default:
		return p.person == third
	}
	if s.tree.Rel[i] == syntax.Expl {
		return false
	}
	return s.doc.Word(int(i)) != "US"
}

// nameMention fills m for a name.
func (s *state) nameMention(m *mention) bool {
	n := &s.names[m.name]
	m.form = record.FormName
	m.Range = n.Range
	switch n.Kind {
	case name.Person, name.Organization, name.Country:
	case name.Nationality: // "the Ukrainians", not "Ukrainian forces"
		if m.role == modifier || s.tree.UPOS[m.head] == syntax.ADJ && m.source < 0 {
			return s.party[m.head] && n.Country != "" // "a Russian attack" is Russia's
		}
		if d := s.determiners[s.words[max(m.First-1, 0)]]; m.First > 0 && d >= indefinite && d != definite { // "a Ukrainian"
			m.form, m.name, m.definite = record.FormNominal, -1, d
			m.noun = noun{class: source, head: s.words[m.head]}
			m.First--
			return m.source >= 0
		}
	case name.Place:
		// A place is mentioned as an actor only where it speaks, or where its country does too.
	default:
		return m.source >= 0 || s.party[m.head]
	}
	return true
}

// function is the grammatical role of token i and the word that it depends on.
func (s *state) function(i int32) (role, int32) {
	t := s.tree
	for range 4 { // a conjunct has the function of the first one, a name that of its title
		h := t.Head[i]
		if h < 0 || t.Rel[i] != syntax.Conj && (t.Rel[i] != syntax.Appos || s.nameAt[i] < 0 || s.titleOf[h] != s.nameAt[i]) {
			break
		}
		i = h
	}
	switch t.Rel[i] {
	case syntax.Nsubj, syntax.NsubjPass, syntax.NsubjOuter, syntax.Csubj:
		return subject, t.Head[i]
	case syntax.Obj, syntax.Iobj:
		return object, t.Head[i]
	case syntax.NmodPoss:
		return possessor, t.Head[i]
	case syntax.Compound, syntax.NmodDesc, syntax.Amod, syntax.Flat:
		return modifier, t.Head[i]
	case syntax.OblAgent:
		return subject, t.Head[i]
	}
	return oblique, t.Head[i]
}

// determine reads the determiner of a nominal.
func (s *state) determine(m *mention) {
	d := bare
	for c := range s.tree.Children(int(m.head)) {
		switch s.tree.Rel[c] {
		case syntax.NmodPoss:
			d = max(d, definite)
		case syntax.Det, syntax.DetPredet, syntax.Nummod, syntax.Amod:
			d = max(d, s.determiners[s.words[c]])
			if s.tree.Rel[c] == syntax.Nummod {
				d = max(d, indefinite)
			}
		}
	}
	if d < definite { // the parse may have hung the determiner elsewhere
		d = max(d, s.determiners[s.words[m.First]])
	}
	m.definite = d
}

// addJoint adds the coordination that source mention m begins ("Lavrov and
// Wang"): a mention of its own, since both speak.
func (s *state) addJoint(m mention) {
	r := s.sources[m.source].Range
	r.Last = min(r.Last, r.First+maxPhrase)
	and := int32(-1)
	for i := m.head + 1; i < r.Last && and < 0; i++ {
		switch s.tree.UPOS[i] {
		case syntax.PUNCT: // "Clark, a retired general and former commander" is one
			if h := s.phraseHead(token.Range{First: i + 1, Last: r.Last}); s.nameAt[m.head] >= 0 && h >= 0 && s.nameAt[h] < 0 {
				return
			}
		case syntax.CCONJ:
			if s.words[i] == s.and && s.titleOf[i] < 0 && s.nameAt[i] < 0 {
				and = i
			}
		case syntax.ADP, syntax.SCONJ, syntax.VERB, syntax.AUX:
			if s.nameAt[i] < 0 {
				return
			}
		}
	}
	if and < 0 {
		return
	}
	c := s.phraseHead(token.Range{First: and + 1, Last: r.Last})
	if c < 0 || !s.actorial(c) {
		return
	}
	m.Range, m.joint, m.name, m.form = s.sources[m.source].Range, true, -1, record.FormNominal
	if s.nameAt[m.head] >= 0 && s.nameAt[c] >= 0 {
		m.form = record.FormName
	}
	m.noun = noun{class: people, plural: true}
	s.bySource[m.source] = int32(len(s.mentions))
	s.mentions = append(s.mentions, m)
}

// actorial reports whether token i may head a mention of an actor.
func (s *state) actorial(i int32) bool {
	if s.nameAt[i] >= 0 || s.nouns[s.words[i]].class != noClass {
		return true
	}
	return s.tree.UPOS[i] == syntax.PRON && s.pronouns[s.words[i]].person != 0
}
