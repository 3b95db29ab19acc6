// Package event finds who did what to whom, in the terms of PLOVER.
//
// A lexicon of verbs and nouns with frames gives the type of an act and says
// which arguments of the tree are its source, target and object; operators
// above it ("threatened to", "refused to", "called for", "will") turn its type
// and status. A judge decides which words tell events, and who takes part. Parties
// are phrases here, and become actors after.
package event

import (
	"fmt"
	"strings"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Draft is an event in tokens. Source and Target are heads of phrases that
// name the parties; Object is empty if there is none.
type Draft struct {
	Type, Mode string
	Source     []int32
	Target     []int32
	Trigger    token.Range
	Object     token.Range
	Status     record.Status
	Statement  int // that reports it, -1 for none
	Date       int // index into Surroundings.Dates, -1 for none
	Days       int // that it had taken when it ended on that date, 0 if it is not told
	Place      int
	Quantities []int
	Contexts   []string
	Why        []Reason

	object int32 // head of Object, -1 for none
	at     int32 // the predicate whose frame it is
	head   int32 // of the trigger: the predicate, or the operator that turned it
	noun   bool
	quiet  bool // the report is not about public life
	frame  *frame
	turns  uint8 // how often operators turned the type
	sure   int   // how sure it is that all of it is right, in thousandths
}

// Reason is one step of the way to an event. At is the token that it is about, -1 for none.
type Reason struct {
	Rule, Text string
	At         int32
}

// Model holds the lexicon. It may be shared by goroutines.
type Model struct {
	lex      *lexicon
	actors   *actor.Model
	clusters *cluster.Classes
	nouns    []nounClass
	pairs    *pairModel // nil before it is trained
	judge    *judge     // nil before it is trained
}

// Open reads the embedded lexicon and weights.
func Open(actors *actor.Model) (*Model, error) { return OpenWith(actors, weights.Event) }

// OpenWith is Open with other weights, event.bin; empty: none.
func OpenWith(actors *actor.Model, weights []byte) (*Model, error) {
	l, err := openLexicon()
	if err != nil {
		return nil, err
	}
	classes, err := cluster.Open()
	if err != nil {
		return nil, err
	}
	m := &Model{lex: l, actors: actors, clusters: classes, nouns: nounClasses(l)}
	if len(weights) > 0 {
		f, err := model.Parse(weights)
		if err != nil {
			return nil, err
		}
		if len(f.Section("pair")) > 0 {
			if m.pairs, err = openPairs(f); err != nil {
				return nil, err
			}
		}
		if len(f.Section("cast")) > 0 {
			if m.judge, err = openJudge(f); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

func checkType(typ, mode string) error {
	if !record.KnownEvent(typ, mode) {
		return fmt.Errorf("PLOVER has no type %q with mode %q", typ, mode)
	}
	return nil
}

// finder is the work on one document.
type finder struct {
	*Model
	doc        *token.Doc
	tree       *syntax.Tree
	names      []name.Name
	statements []statement.Statement

	nameAt     []int32 // the name that covers the token, -1 for none
	within     []int32 // the innermost statement whose content holds the token, -1 for none
	speaks     []bool  // the token heads the source of a statement
	timed      []bool  // the token stands in an expression of time or money, or in a dateline
	cueOf      []int32 // the statement whose cue holds the token, -1 for none
	predicates map[int32]*predicate
	partiesOf  map[int32][]int32
	known
	marks    []mark           // by token, if the parties are given; else nil
	loose    bool             // frames need not find their parties
	contexts map[int][]string // by sentence
	bags     map[int][]int32  // by sentence, for the network
	mutual   map[int32]bool   // by the first token of a sentence: whether it says "each other"
	turnedAt map[int32]bool   // operators that have become the trigger of another event
}

// Reading is a document with what the stages before have made of it.
type Reading struct {
	Doc        *token.Doc
	Tree       *syntax.Tree
	Names      []name.Name
	Statements []statement.Statement
	Around     Surroundings
	Known      *Known // nil: nobody
}

func (m *Model) finder(r *Reading) *finder {
	n := len(r.Doc.Tokens)
	names, statements := r.Names, r.Statements
	f := &finder{
		Model: m, doc: r.Doc, tree: r.Tree, names: names, statements: statements,
		nameAt: make([]int32, n), within: make([]int32, n), cueOf: make([]int32, n),
		speaks: make([]bool, n), timed: make([]bool, n),
		predicates: map[int32]*predicate{}, partiesOf: map[int32][]int32{}, turnedAt: map[int32]bool{}, contexts: map[int][]string{}, bags: map[int][]int32{}, mutual: map[int32]bool{},
	}
	for i := range n {
		f.nameAt[i], f.within[i], f.cueOf[i] = -1, -1, -1
	}
	f.skipDatelines()
	f.know(r.Known)
	for k, x := range names {
		switch x.Kind {
		case name.Date, name.Money:
			for i := max(x.First, 0); i < min(x.Last, int32(n)); i++ {
				f.timed[i] = true
			}
			continue
		case name.None:
			continue
		}
		paint(f.nameAt, x.Range, int32(k))
	}
	for k := range statements { // a statement inside another follows it
		for _, r := range statements[k].Content {
			paint(f.within, r, int32(k))
		}
		for _, r := range statements[k].Cue {
			paint(f.cueOf, r, int32(k))
		}
		if src := statements[k].Source; len(src) > 0 {
			f.speaks[f.headOf(token.Range{First: src[0].First, Last: src[len(src)-1].Last})] = true
		}
	}
	return f
}

// skipDatelines marks what stands before a paragraph: "VARNA BAY, June 11 (Meridian) - ".
func (f *finder) skipDatelines() {
	for _, p := range f.doc.Paragraphs {
		if p.Len() < 2 {
			continue
		}
		if w := f.doc.Word(int(p.First)); len(w) < 3 || w != strings.ToUpper(w) || w == strings.ToLower(w) {
			continue
		}
		end := place.DatelineEnd(f.doc, f.tree, p, p.First+1)
		if next := end + 1; end < 0 || next < p.Last && f.doc.Word(int(next)) == strings.ToLower(f.doc.Word(int(next))) {
			continue
		}
		for k := p.First; k < end; k++ {
			f.timed[k] = true
		}
	}
}

func paint(column []int32, r token.Range, value int32) {
	for i := max(r.First, 0); i < min(r.Last, int32(len(column))); i++ {
		column[i] = value
	}
}

// Find drafts the events of a document, in the order of their triggers.
func (m *Model) Find(r *Reading) []Draft {
	if len(r.Tree.Head) != len(r.Doc.Tokens) {
		return nil
	}
	f := m.finder(r)
	return f.find(&r.Around)
}

// quietDiscount is what the confidence of an event is worth in a quiet report.
const quietDiscount = 0.3

// Doubted reports whether d would be likely in a report that says more of public life.
func (m *Model) Doubted(d *Draft, source, target bool) bool {
	loud := *d
	loud.quiet = false
	return m.Confidence(d, source, target) < record.Likely && m.Confidence(&loud, source, target) >= record.Likely
}

// Confidence is how sure d is, given whether its source and its target are known.
func (m *Model) Confidence(d *Draft, source, target bool) float64 {
	if m.judge != nil {
		sure := float64(d.sure) / 1000
		if d.quiet {
			sure *= quietDiscount
		}
		return sure
	}
	if d.quiet {
		return 0.3
	}
	if source && target {
		return 0.6
	}
	return 0.5
}
