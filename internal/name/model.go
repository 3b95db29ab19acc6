package name

import (
	"fmt"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Model is a trained finder of names. It may be shared by goroutines.
//
// It is a linear-chain model over hashed features that reads a document twice.
// The first pass reads each sentence alone; the second also sees what the first
// made of the same forms elsewhere in the document (two-stage prediction after
// Krishnan and Manning 2006), so that "Umerov" is a person because "Rustem
// Umerov" is one.
type Model struct {
	lexicon lexicon
	classes *cluster.Classes
	chain   *model.Chain
}

// Open reads the model that is embedded in the program.
func Open() (*Model, error) { return Read(weights.Name) }

// Read reads a model from the bytes of a weights file, which it uses in place.
func Read(b []byte) (*Model, error) {
	f, err := model.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("name: %w", err)
	}
	m := &Model{}
	if m.classes, err = cluster.Open(); err != nil {
		return nil, err
	}
	if m.lexicon.table, err = f.Table("lexicon", 2); err != nil {
		return nil, fmt.Errorf("name: %w", err)
	}
	if !slices.Equal(f.Labels, Labels()) {
		return nil, fmt.Errorf("name: weights are for labels %v", f.Labels)
	}
	if m.chain, err = model.OpenChain(f, "chain", f.Labels); err != nil {
		return nil, fmt.Errorf("name: %w", err)
	}
	return m, nil
}

// NewScanner makes a scanner for training, with a section made by LexiconBuilder.
func NewScanner(section []byte) (*Scanner, error) {
	t, ok := model.NewTable(2, section)
	if !ok {
		return nil, fmt.Errorf("name: the lexicon of %d bytes is none", len(section))
	}
	classes, err := cluster.Open()
	if err != nil {
		return nil, err
	}
	return &Scanner{lexicon: lexicon{t}, classes: classes}, nil
}

// Bounds of memory, in tokens. A longer sentence is cut, and a longer document
// is read in parts that know nothing of one another.
const (
	maxSentence = 512
	maxPart     = 1 << 16
)

// Part is a stretch of a document that is read as one.
type Part struct {
	token.Range
	Sentences []token.Range
}

// Parts cuts d into parts.
func Parts(d *token.Doc) []Part {
	var parts []Part
	var p Part
	add := func(r token.Range) {
		if len(p.Sentences) > 0 && r.Last-p.First > maxPart {
			parts, p = append(parts, p), Part{}
		}
		if len(p.Sentences) == 0 {
			p.First = r.First
		}
		p.Last = r.Last
		p.Sentences = append(p.Sentences, r)
	}
	for _, r := range d.Sentences {
		for ; r.Len() > maxSentence; r.First += maxSentence {
			add(token.Range{First: r.First, Last: r.First + maxSentence})
		}
		add(r)
	}
	if len(p.Sentences) > 0 {
		parts = append(parts, p)
	}
	return parts
}

// Decode finds the label of each token of d.
func (m *Model) Decode(d *token.Doc) []uint8 {
	s := &Scanner{lexicon: m.lexicon, classes: m.classes}
	labels := make([]uint8, len(d.Tokens))
	for _, p := range Parts(d) {
		s.Open(d, p)
		out := labels[p.First:p.Last]
		s.FirstPass(m.chain, p, out)
		s.secondPass(m.chain, p, out)
		s.fill(out)
	}
	return labels
}

// FirstPass decodes each sentence of the open part alone. It keeps the scores
// of the labels for the second pass, which only adds to them.
func (s *Scanner) FirstPass(c *model.Chain, p Part, labels []uint8) {
	k := len(c.Labels)
	s.scores = resize(s.scores, p.Len()*k)
	clear(s.scores)
	for _, r := range p.Sentences {
		s.Sentence(r)
		at := int(r.First - p.First)
		for i := range s.looks {
			s.feats = s.Features(i, s.feats[:0])
			row := s.scores[(at+i)*k : (at+i+1)*k]
			c.Emit.AddAll(row, s.feats)
		}
		c.Viterbi(&s.lattice, s.scores[at*k:(at+r.Len())*k], labels[at:at+r.Len()])
	}
}

// secondPass decodes again with what the labels of the first pass say about
// the document, and writes over them.
func (s *Scanner) secondPass(c *model.Chain, p Part, labels []uint8) {
	s.guesses = append(s.guesses[:0], labels...)
	s.Vote(s.guesses)
	k := len(c.Labels)
	for _, r := range p.Sentences {
		s.Sentence(r)
		s.Elect()
		at := int(r.First - p.First)
		for i := range s.looks {
			s.feats = s.DocumentFeatures(i, s.feats[:0])
			row := s.scores[(at+i)*k : (at+i+1)*k]
			c.Emit.AddAll(row, s.feats)
		}
		c.Viterbi(&s.lattice, s.scores[at*k:(at+r.Len())*k], labels[at:at+r.Len()])
	}
}

// fill labels the phrases of the lexicon that can hardly be anything else and
// that the chain left out whole: countries, peoples, seats of government.
func (s *Scanner) fill(labels []uint8) {
	for i := range s.all {
		x := &s.all[i]
		if x.place != phraseOnly && x.place != phraseFirst || x.bits&Doubtful != 0 {
			continue
		}
		label := uint8(0)
		switch {
		case x.bits&InSeats != 0:
			label = fillSeat
		case x.bits&InCountries != 0:
			label = fillCountry
		case x.bits&InDemonyms != 0:
			label = fillDemonym
		}
		k := i + 1
		for k < len(s.all) && (s.all[k].place == phraseInner || s.all[k].place == phraseLast) {
			k++
		}
		if label == 0 || slices.Max(labels[i:k]) > 0 {
			continue
		}
		labels[i] = label
		for j := i + 1; j < k; j++ {
			labels[j] = label + 1
		}
	}
}

// The labels that fill gives: B of Organization, Location and NORP.
const (
	fillSeat    = 3
	fillCountry = 5
	fillDemonym = 7
)
