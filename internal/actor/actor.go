// Package actor finds the mentions of actors and decides which of them mean
// the same one: names, nominals ("the French president") and pronouns.
//
// It is a chain of sieves in the manner of Lee et al. (2013), "Deterministic
// coreference resolution based on entity-centric, precision-ranked rules",
// with the lexicons of data/ and, for pronouns, a sum of cues. A wrong speaker costs more
// than a missing one: what is not sure stays unresolved.
package actor

import (
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Source is a token range that a statement uses as its source or addressee.
// Every source becomes a mention.
type Source struct {
	token.Range
	Cue       int32         // token of the head of the cue, -1 if none
	Addressee bool          // the statement is said to it, not by it
	Quote     bool          // the content is quoted, all of it or a part
	Content   []token.Range // of the statement, in order; nil for an addressee
}

// Mention is a token range that refers to an actor.
type Mention struct {
	token.Range
	Head  int32 // token of the syntactic head
	Form  record.Form
	Actor int32 // index into Resolution.Actors
}

// Actor is everything in one document that means the same party.
type Actor struct {
	Kind    record.ActorKind
	Name    string        // the fullest name in the text, without title; or the nominal
	Country string        // ISO 3166-1 alpha-3, empty if not sure
	Sector  string        // PLOVER sector, empty if not sure
	Roles   []token.Range // titles and offices, as the text gives them, each surface once
}

// Resolution is what Resolve finds. Actors are in the order of their first
// mention, mentions in the order of the text. Sources holds for each source
// given the index of its actor, -1 if it is not sure, and Parties the same for
// each party.
type Resolution struct {
	Actors   []Actor
	Mentions []Mention
	Sources  []int32
	Parties  []int32
}

// Model holds the lexicons. It may be shared by goroutines.
type Model struct{ lexicon *lexicon }

// Open reads the embedded lexicons.
func Open() (*Model, error) {
	l, err := openLexicon()
	if err != nil {
		return nil, err
	}
	return &Model{lexicon: l}, nil
}

// Party is a phrase that takes part in an event.
type Party struct {
	Head int32
	Seat bool // a capital there means the government: "accused Moscow", not "bombed Kyiv"
}

// Resolve finds the actors of one document. The tree and the names are those
// of d; a tree of another length resolves nothing. The actors of parties are
// reported too.
func (m *Model) Resolve(d *token.Doc, t *syntax.Tree, names []name.Name, sources []Source, parties []Party) *Resolution {
	if len(t.Head) != len(d.Tokens) {
		return &Resolution{Sources: nobody(len(sources)), Parties: nobody(len(parties))}
	}
	s := newState(m.lexicon, d, t, names, sources)
	s.invite(parties)
	s.resolve()
	return s.resolution()
}

func nobody(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

// Refers reports whether a noun in the singular may refer to an actor.
func (m *Model) Refers(lemma string) bool {
	c := m.lexicon.nouns[fold(lemma)].class
	return c != noClass && c != document
}
