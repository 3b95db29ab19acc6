package name

import (
	"fmt"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/syntax"
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

// NewScanner makes a scanner that reads with the lexicon of m.
func (m *Model) NewScanner() *Scanner { return &Scanner{lexicon: m.lexicon, classes: m.classes} }

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

// maxSentence is the number of tokens that are read as one sequence; longer
// sentences are cut, so that memory stays bounded whatever the text.
const maxSentence = 512

// Pieces yields the sentences of d, none longer than maxSentence.
func Pieces(d *token.Doc) func(yield func(token.Range) bool) {
	return func(yield func(token.Range) bool) {
		for _, r := range d.Sentences {
			for r.Len() > maxSentence {
				if !yield(token.Range{First: r.First, Last: r.First + maxSentence}) {
					return
				}
				r.First += maxSentence
			}
			if !yield(r) {
				return
			}
		}
	}
}

// Decode writes the label of each token of d. tree may be nil if the model was trained without.
func (m *Model) Decode(d *token.Doc, tree *syntax.Tree) []uint8 {
	s := m.NewScanner()
	s.Open(d, tree)
	labels := make([]uint8, len(d.Tokens))
	s.Pass(m.chain, labels, false)
	s.Vote(slices.Clone(labels))
	s.Pass(m.chain, labels, true)
	return labels
}

// Pass decodes every sentence of the document with one chain.
func (s *Scanner) Pass(c *model.Chain, labels []uint8, second bool) {
	var lattice model.Lattice
	var emit []int32
	var feats []uint64
	k := len(c.Labels)
	for r := range Pieces(s.doc) {
		s.Sentence(r)
		if second {
			s.Elect()
		}
		n := r.Len()
		emit = resize(emit, n*k)
		clear(emit)
		for i := range n {
			feats = s.Features(i, feats[:0])
			if second {
				feats = s.DocumentFeatures(i, feats)
			}
			row := emit[i*k : (i+1)*k]
			for _, h := range feats {
				c.Emit.Add(row, h)
			}
		}
		c.Viterbi(&lattice, emit, labels[r.First:r.Last])
	}
}

// First is the chain of the first pass.
func (m *Model) First() *model.Chain { return m.chain }
