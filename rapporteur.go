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

// The vocabulary, so that a program needs one import. Package record has the rest.
type (
	Document  = record.Document
	Report    = record.Report
	Span      = record.Span
	Actor     = record.Actor
	Mention   = record.Mention
	Statement = record.Statement
	Ref       = record.Ref
	Warning   = record.Warning
)

// MaxText is the length in bytes of the longest text that is read.
const MaxText = reader.MaxText

// Reader reads reports. Many goroutines may use one.
type Reader struct {
	reader *reader.Reader
	source source.Options
}

// Option changes how a Reader reads.
type Option func(*Reader)

// AllowPrivate lets ReadSource fetch from private and local addresses, which
// it refuses otherwise: a report must not be able to name what is behind the firewall.
func AllowPrivate() Option { return func(r *Reader) { r.source.AllowPrivate = true } }

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
	report.Warnings = append(warnings, report.Warnings...)
	return report, nil
}
