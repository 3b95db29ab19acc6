// Package reader runs a document through every stage and assembles the report.
// It reads text in memory: it opens nothing and asks nobody.
package reader

import (
	"context"
	"errors"
	"fmt"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/date"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// The longest text that is read, in bytes and in tokens: some two hundred
// thousand words, ten times the longest live blog. Time and memory are linear
// in the tokens, and this bounds both.
const (
	MaxText   = 2 << 20
	MaxTokens = 1 << 18
)

// ErrTooLong is the error for a text longer than that.
var ErrTooLong = errors.New("the text is too long")

// Reader holds the models. It is safe for concurrent use: the models are never
// written to, and what a document needs is made for it.
type Reader struct {
	syntax     *syntax.Model
	names      *name.Model
	statements *statement.Model
	actors     *actor.Model
	events     *event.Model
}

// Open opens the models that are embedded in the program.
func Open() (*Reader, error) { return OpenWith(weights.Event) }

// OpenWith is Open with other weights of events; empty: the lexicon alone.
func OpenWith(events []byte) (*Reader, error) {
	r := &Reader{}
	var errs [4]error
	r.syntax, errs[0] = syntax.Open()
	r.names, errs[1] = name.Open()
	r.statements, errs[2] = statement.Open()
	r.actors, errs[3] = actor.Open()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	var err error
	r.events, err = event.OpenWith(r.actors, events)
	return r, err
}

// analysis is a document with the columns of every stage.
type analysis struct {
	doc        *token.Doc
	tree       *syntax.Tree
	names      []name.Name
	dates      []date.Expression
	undated    int // relative dates without a value, where the day of publication is not known
	doubted    int // events that are unlikely because the report says little of public life
	statements []statement.Statement
	sources    []actor.Source // sources and addressees
	sourceOf   []int          // by statement: index into sources, -1 for none
	addressee  []int
	around     event.Surroundings
	drafts     []event.Draft
	parties    []actor.Party // those of drafts
	partyAt    map[int32]int // index into parties, by head
	resolution *actor.Resolution
}

// Read reads a document whose text is canonical. Aside is the spans of the
// text that are no part of the story: a date line, a byline, a credit. Between
// stages it looks whether ctx is done.
func (r *Reader) Read(ctx context.Context, doc record.Document, aside []record.Span) (*record.Report, error) {
	a, err := r.analyse(ctx, doc, aside)
	if err != nil {
		return nil, err
	}
	report := &record.Report{Document: doc, Actors: a.actors()}
	report.Statements = a.record(r.statements)
	report.Events = a.events(r.events)
	report.Warnings = a.warnings()
	return report, nil
}

// Scores reads a document as Read does and gives, for each statement of the
// report, the score that its confidence is made of.
func (r *Reader) Scores(ctx context.Context, doc record.Document, aside []record.Span) ([]int32, error) {
	a, err := r.analyse(ctx, doc, aside)
	if err != nil {
		return nil, err
	}
	out := make([]int32, len(a.statements))
	for i := range out {
		out[i] = a.statements[i].Score
	}
	return out, nil
}

func (r *Reader) analyse(ctx context.Context, doc record.Document, aside []record.Span) (*analysis, error) {
	if len(doc.Text) > MaxText {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLong, len(doc.Text), MaxText)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &analysis{doc: token.Segment(doc.Text)}
	if n := len(a.doc.Tokens); n > MaxTokens {
		return nil, fmt.Errorf("%w: %d words and marks, the limit is %d", ErrTooLong, n, MaxTokens)
	}
	a.doc.Break(edges(aside))
	for _, stage := range []func(){
		func() { a.tree = r.syntax.Parse(a.doc) },
		func() { a.names = r.names.Find(a.doc, a.tree) },
		func() { a.findDates(doc.Published) },
		func() { a.statements = outside(a.doc, r.statements.Find(a.doc, a.tree, a.names), aside) },
		func() { a.collectSources() },
		func() { a.survey(&doc) },
		func() {
			x := a.reading(r.statements)
			r.introduce(a, x)
			a.drafts = r.events.Find(x)
			a.drafts = outsideEvents(a.doc, a.drafts, aside)
			a.collectParties(r.events)
		},
		func() { a.resolution = r.actors.Resolve(a.doc, a.tree, a.names, a.sources, a.parties) },
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		stage()
	}
	return a, nil
}

// introduce tells x the actors of all that may take part in an event.
func (r *Reader) introduce(a *analysis, x *event.Reading) {
	heads := r.events.Mentions(x)
	parties := make([]actor.Party, len(heads))
	for i, k := range heads {
		parties[i].Head = k
	}
	a.resolution = r.actors.Resolve(a.doc, a.tree, a.names, a.sources, parties)
	x.Known = &event.Known{Of: make([]int32, len(a.doc.Tokens)), Actors: a.resolution.Actors}
	for i := range x.Known.Of {
		x.Known.Of[i] = -1
	}
	for i, k := range heads {
		x.Known.Of[k] = a.resolution.Parties[i]
	}
}

// Study is a document that has been read, with the actors of all that may take
// part in an event, for training.
type Study struct {
	event.Reading
	Actors []record.Actor
}

// ActorOf is the index of the actor whom token k heads a mention of, -1 for none.
func (s *Study) ActorOf(k int32) int { return int(s.Known.Of[k]) }

// Study reads a document for training.
func (r *Reader) Study(ctx context.Context, doc record.Document) (*Study, error) {
	a, err := r.analyse(ctx, doc, nil)
	if err != nil {
		return nil, err
	}
	s := &Study{Reading: *a.reading(r.statements)}
	r.introduce(a, &s.Reading)
	s.Actors = a.actors()
	return s, nil
}
