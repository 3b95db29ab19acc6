package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Model is a trained tagger, lemmatiser and parser. It may be shared by goroutines.
type Model struct {
	lexicon *Lexicon
	labels  []Label
	// The labels of "withdraws", "withdrew" and "withdrawn", -1 if there is none.
	present, past, participle int

	tags   sparse
	rules  []Rule
	lemmas sparse
	moves  sparse
}

// Open reads the model that is embedded in the program.
func Open() (*Model, error) { return Read(weights.Syntax) }

// Read reads a model from the bytes of a weights file, which it uses in place.
func Read(b []byte) (*Model, error) {
	f, err := model.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	m := &Model{}
	if m.labels, err = ParseLabels(f.Labels); err != nil {
		return nil, err
	}
	m.present, m.past = slices.Index(m.labels, Label{VERB, TagVBZ}), slices.Index(m.labels, Label{VERB, TagVBD})
	m.participle = slices.Index(m.labels, Label{VERB, TagVBN})
	classes, err := cluster.Open()
	if err != nil {
		return nil, fmt.Errorf("syntax: %w", err)
	}
	if m.lexicon, err = NewLexicon(f.Section("lexicon"), len(m.labels), classes); err != nil {
		return nil, err
	}
	if m.tags, err = newSparse(f.Section("tag"), len(m.labels)); err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(f.Section("rules"))) {
		r, err := ParseRule(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, err
		}
		m.rules = append(m.rules, r)
	}
	if len(m.rules) == 0 || len(m.rules) > 255 {
		return nil, fmt.Errorf("syntax: %d lemma rules", len(m.rules))
	}
	if m.lemmas, err = newSparse(f.Section("lemma"), len(m.rules)); err != nil {
		return nil, err
	}
	if m.moves, err = newSparse(f.Section("move"), int(NumMoves)); err != nil {
		return nil, err
	}
	return m, nil
}

// maxSentence is the longest run of words, in tokens, that is parsed as one
// tree. Longer sentences, which are tables and lists, are cut.
const maxSentence = 400

// Parse analyses d sentence by sentence.
func (m *Model) Parse(d *token.Doc) *Tree {
	t := NewTree(len(d.Tokens))
	p := &parser{Model: m}
	for _, r := range d.Sentences {
		for r.Len() > 0 {
			piece := token.Range{First: r.First, Last: min(r.Last, r.First+maxSentence)}
			p.sentence(t, d, piece)
			r.First = piece.Last
		}
	}
	t.Index()
	return t
}
