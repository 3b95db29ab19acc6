// Package rapporteur reads news reports and keeps the record: who said what,
// to the character of the source.
//
// Open a Reader once; it is safe for concurrent use. Read takes the text of a
// report, ReadHTML a page, ReadSource a file, an address or standard input.
// Each returns a Report, whose spans are bytes of Report.Document.Text; its
// JSON (Report.MarshalJSON, docs/json.md) counts in Unicode code points.
package rapporteur

import (
	"context"
	"errors"

	"github.com/rapporteur/rapporteur/internal/article"
	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/record"
)

// The types of package record that most programs need, so that they need one import.
type (
	// Document is one report: its text, and what is known of it.
	Document = record.Document
	// Report is a document and all that was read from it.
	Report = record.Report
	// Span is a half-open range of bytes of the text.
	Span = record.Span
	// Actor is everything in one report that means the same party.
	Actor = record.Actor
	// Mention is a span that refers to an actor.
	Mention = record.Mention
	// Statement is who said what.
	Statement = record.Statement
	// Event is who did what to whom.
	Event = record.Event
	// Ref is a span that refers to an actor, and the actor.
	Ref = record.Ref
	// Warning tells what could not be read as it stood.
	Warning = record.Warning
)

// MaxText is the length in bytes of the longest text that is read.
const MaxText = reader.MaxText

// Reader reads reports. Many goroutines may use one.
type Reader struct {
	reader  *reader.Reader
	source  source.Options
	explain bool
}

// Option changes how a Reader reads.
type Option func(*Reader)

// AllowPrivate lets ReadSource fetch from private and local addresses, which
// it refuses otherwise: a report must not be able to name what is behind the firewall.
func AllowPrivate() Option { return func(r *Reader) { r.source.AllowPrivate = true } }

// Explain keeps, for each event, the reasons why it was coded so (Event.Why).
func Explain() Option { return func(r *Reader) { r.explain = true } }

// Open opens the models, which are part of the program.
func Open(opts ...Option) (*Reader, error) {
	models, err := reader.Open()
	if err != nil {
		return nil, err
	}
	r := &Reader{reader: models}
	for _, opt := range opts {
		opt(r)
	}
	return r, nil
}

// Read reads the plain text of doc. The other fields of doc say what the text
// does not: outlet, time of publication, address; what is left empty is read
// from the text where it stands there. A Language that is given is believed.
// The ID is made by Read.
func (r *Reader) Read(ctx context.Context, doc Document) (*Report, error) {
	return r.read(ctx, source.Raw{Kind: source.Text, Text: doc.Text}, doc)
}

// ReadHTML reads the article that stands in a page. The Text of doc is not used.
func (r *Reader) ReadHTML(ctx context.Context, page string, doc Document) (*Report, error) {
	return r.read(ctx, source.Raw{Kind: source.HTML, Text: page, URL: doc.URL}, doc)
}

// ReadSource reads a file, an http or https address, or, for "-", standard
// input, whatever its charset. The Text of doc is not used.
func (r *Reader) ReadSource(ctx context.Context, name string, doc Document) (*Report, error) {
	raw, err := source.Open(ctx, name, r.source)
	if err != nil {
		return nil, err
	}
	return r.read(ctx, raw, doc)
}

// Content is the bytes of a report as they were found, in whatever charset.
type Content struct {
	Name  string // for messages
	URL   string // where they stood, empty if nowhere
	Bytes []byte
	Type  string // the media type that was declared for them: "text/html; charset=utf-8"; empty if none was
}

// ReadContent reads what was fetched or kept before. The Text of doc is not used.
func (r *Reader) ReadContent(ctx context.Context, c Content, doc Document) (*Report, error) {
	raw, err := source.Decode(c.Name, c.URL, c.Bytes, c.Type)
	if err != nil {
		return nil, err
	}
	return r.read(ctx, raw, doc)
}

func (r *Reader) read(ctx context.Context, raw source.Raw, given Document) (*Report, error) {
	doc, furniture, warnings, err := article.DocumentContext(ctx, raw, article.Meta{
		Outlet: given.Outlet, Title: given.Title, Byline: given.Byline,
		URL: given.URL, Published: given.Published, Language: given.Language,
	})
	if err != nil {
		return nil, err
	}
	aside := make([]record.Span, len(furniture))
	for i, f := range furniture {
		aside[i] = f.Span
	}
	report, err := r.reader.Read(ctx, doc, aside)
	if errors.Is(err, reader.ErrTooLong) {
		return nil, source.Refuse(raw.Name, err.Error(), "give it in parts")
	}
	if err != nil {
		return nil, err
	}
	if !r.explain {
		for i := range report.Events {
			report.Events[i].Why = nil
		}
	}
	report.Warnings = append(warnings, report.Warnings...)
	return report, nil
}
