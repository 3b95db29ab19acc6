// Package statement finds who said what: the source, the cue and the content
// of every statement of a report, and how they belong together.
//
// A linear chain over each paragraph marks the roles, a linker joins contents
// and sources to cues, a judge gives each statement its confidence. What the
// chain cannot see (statements inside statements, quotations whose speaker
// stands elsewhere, type, stance, addressee, medium) follows from the tree and
// the quotation marks.
package statement

import (
	"encoding/binary"
	"fmt"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Labels of the chain: the beginning and the inside of a source, a cue, a
// content, and nothing. Labels names them.
const (
	labelNone uint8 = iota
	labelSourceBegin
	labelSourceInside
	labelCueBegin
	labelCueInside
	labelContentBegin
	labelContentInside
)

// Labels are the names of the labels of the chain.
var Labels = []string{"O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"}

// AllowedStep reports whether label y may follow label x (-1 at the start).
func AllowedStep(x, y int) bool {
	switch uint8(y) {
	case labelSourceInside, labelCueInside, labelContentInside:
		return x == y || x == y-1
	}
	return true
}

// Role is a part of a statement.
type Role uint8

// The roles of a segment.
const (
	RoleSource Role = iota
	RoleCue
	RoleContent
)

// Statement is a statement in tokens. Source, Cue and Content are ranges in
// the order of the text. Source may be empty: then the speaker is not in the
// sentence, and SpeakerOf may name the statement whose source it is.
type Statement struct {
	Source  []token.Range
	Cue     []token.Range
	Content []token.Range

	Type      record.StatementType
	Kind      record.StatementKind
	Stance    string
	CueLemma  string
	Addressee token.Range // empty if none
	Medium    token.Range
	Place     token.Range
	Time      token.Range
	Implied   bool // the source is the subject of the clause that the cue hangs on
	SpeakerOf int  // index of another statement whose source speaks here too, -1 for none
	Within    int  // index of the statement that this one stands inside, -1 for none

	Score int32 // of the judge, see Confidence
}

// Model is the trained model. It may be shared by goroutines.
type Model struct {
	chain *model.Chain
	*Extractor
	link    model.Table
	judge   model.Table
	trees   *model.Trees
	steps   []int32 // the score from which on the confidence is 0.01, 0.02, … 0.99
	numbers map[string]int
}

// Open reads the model that is embedded in the program.
func Open() (*Model, error) { return OpenFile(weights.Statement) }

// OpenFile reads a model from a weights file.
func OpenFile(b []byte) (*Model, error) {
	f, err := model.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("statement: %w", err)
	}
	m := &Model{numbers: f.Numbers}
	if m.chain, err = model.OpenChain(f, "chain", Labels); err != nil {
		return nil, err
	}
	prior, err := f.Table("prior", 1)
	if err != nil {
		return nil, err
	}
	if m.Extractor, err = NewExtractor(prior); err != nil {
		return nil, err
	}
	if m.link, err = f.Table("link", 1); err != nil {
		return nil, err
	}
	if m.judge, err = f.Table("judge", 1); err != nil {
		return nil, err
	}
	if m.trees, err = model.ParseTrees(f.Section("trees"), Features); err != nil {
		return nil, err
	}
	raw := f.Section("confidence")
	for i := 0; i+4 <= len(raw); i += 4 {
		m.steps = append(m.steps, int32(binary.LittleEndian.Uint32(raw[i:])))
	}
	return m, nil
}
