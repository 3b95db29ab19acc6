package event

import "github.com/rapporteur/rapporteur/record"

// Mentions are the heads of all phrases of r that may take part in an event.
func (m *Model) Mentions(r *Reading) []int32 {
	f := m.finder(r)
	var out []int32
	for k := range int32(len(r.Doc.Tokens)) {
		if f.isMention(k) {
			out = append(out, k)
		}
	}
	return out
}

// Study is a document with its candidates, for those who train the judge.
type Study struct {
	Candidates []Candidate

	f      *finder
	around *Surroundings
}

// Study finds the candidates of r.
func (m *Model) Study(r *Reading) *Study {
	f := m.finder(r)
	return &Study{f.candidates(f.drafts(&r.Around)), f, &r.Around}
}

// Input is what speaks for candidate c to be of one type or another: hashed
// features, and words by seat.
func (s *Study) Input(c *Candidate) (features, words []uint64) {
	var e emitter
	e.candidate(s.f, c)
	words = make([]uint64, wordSeats)
	s.f.wordsAround(words, c.At)
	return e.f, words
}

// Sentences is the words of each sentence, as the network sees them.
func (s *Study) Sentences() [][]uint64 {
	var out [][]uint64
	for _, r := range s.f.doc.Sentences {
		out = append(out, s.f.wordsOf(r))
	}
	return out
}

// Key is by what the network knows token i.
func (s *Study) Key(i int32) string { return s.f.wordAt(i) }

// SentenceOf is the number of the sentence of candidate c.
func (s *Study) SentenceOf(c *Candidate) int { return s.f.sentenceAt(c.At) }

// Option is the head of a phrase that may be source or target of an event, and
// what speaks for it as either.
type Option struct {
	Head     int32
	Features [2][]uint64
}

// Options are the phrases that may take part in candidate c if it is of type
// typ; prev is the event before it, nil for none.
func (s *Study) Options(c *Candidate, typ string, prev *Draft) []Option {
	d := *c.Draft
	d.Type = typ
	x := s.f.sceneOf(&d, prev)
	heads := s.f.options(&x)
	out := make([]Option, len(heads))
	for i, k := range heads {
		out[i].Head = k
		for role := range 2 {
			var e emitter
			e.option(s.f, &x, k, role)
			out[i].Features[role] = e.f
		}
	}
	return out
}

// Status is what speaks for one status or another of candidate c if it is of
// type typ, and the one that the rules give it, if any.
func (s *Study) Status(c *Candidate, typ string) ([]uint64, record.Status) {
	d := *c.Draft
	if !c.Known {
		s.f.modify(&d, d.at)
		s.f.climb(&d)
	}
	d.Type, d.head = typ, c.At
	s.f.locate(&d, s.around)
	var e emitter
	e.status(s.f, &d, s.around)
	return e.f, d.Status
}

// Verdict is an event that the linear models of the judge draft, and the parties
// that it may have.
type Verdict struct {
	Type       string
	At         int32 // the trigger
	Hypotheses []Hypothesis
}

// Verdicts are the drafts that the linear models of the judge find in r.
func (m *Model) Verdicts(r *Reading) []Verdict {
	f := m.finder(r)
	all := f.weigh(f.drafts(&r.Around))
	n := f.dealsOf(all)
	out := make([]Verdict, len(all))
	for i := range all {
		out[i] = Verdict{all[i].d.Type, all[i].d.head, f.hypotheses(&all[i], n)}
	}
	return out
}
