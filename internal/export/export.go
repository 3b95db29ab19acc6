// Package export writes a record as flat tables for other programs: documents,
// statements, events and actors as JSON Lines, CSV (RFC 4180) or Apache Parquet,
// and statements and events in two forms of the field, W3C Web Annotations and
// PLOVER's records. Everything streams: a document is read from the store,
// written and forgotten. The same record gives the same bytes.
//
// The columns are listed once, in documents.go, statements.go, events.go and
// actors.go, for all the formats; docs/export.md describes each. Offsets
// leave here in Unicode code points.
package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// What is the table that is written.
type What string

// The tables.
const (
	Documents  What = "documents"
	Statements What = "statements"
	Events     What = "events"
	Actors     What = "actors"
)

// Format is the form in which it is written.
type Format string

// The formats.
const (
	JSONL       Format = "jsonl"
	CSV         Format = "csv"
	Parquet     Format = "parquet"
	Annotations Format = "annotations" // a Web Annotation a line
	PLOVER      Format = "plover"      // PLOVER's JSON data fields, an event a line
)

// pairs is what there is in each format, in the order in which users are told.
var pairs = []struct {
	format Format
	whats  []What
}{
	{JSONL, []What{Documents, Statements, Events, Actors}},
	{CSV, []What{Documents, Statements, Events, Actors}},
	{Parquet, []What{Documents, Statements, Events, Actors}},
	{Annotations, []What{Statements, Events}},
	{PLOVER, []What{Events}},
}

// Options says what is written, and how. Least is the least confidence, 0 to 1, of
// the statements and events that are written: zero for all. What is left out takes no other row's id: D12.S3 is D12.S3 in every export.
type Options struct {
	What   What
	Format Format
	Least  float64
}

// Check says whether there is such an export, so that one that there is not can
// be refused before a file is made.
func (o Options) Check() error {
	if o.What == "" || o.Format == "" {
		return fmt.Errorf("export: it is not said what to write, or in which format; there are %s", offered())
	}
	for _, p := range pairs {
		if p.format != o.Format {
			continue
		}
		if !slices.Contains(p.whats, o.What) {
			return fmt.Errorf("export: there is no table %q in the format %s; there are %s", o.What, o.Format, offered())
		}
		if !(o.Least >= 0 && o.Least <= 1) { // nor NaN
			return fmt.Errorf("export: a least confidence of %v: it is a number from 0 to 1", o.Least)
		}
		return nil
	}
	return fmt.Errorf("export: there is no format %q; there are %s", o.Format, offered())
}

// offered is the pairs in words: "jsonl, csv, parquet (documents, statements, events, actors); plover (events)".
func offered() string {
	var groups []string
	for i := 0; i < len(pairs); {
		formats, whats := []string{}, pairs[i].whats
		for ; i < len(pairs) && slices.Equal(pairs[i].whats, whats); i++ {
			formats = append(formats, string(pairs[i].format))
		}
		names := make([]string, len(whats))
		for j, w := range whats {
			names[j] = string(w)
		}
		groups = append(groups, strings.Join(formats, ", ")+" ("+strings.Join(names, ", ")+")")
	}
	return strings.Join(groups, "; ")
}

// outputSize is the size of the buffer before w, in bytes.
const outputSize = 64 << 10

// Write writes the table of all the documents of kept, in their order, and
// says how many rows that were. After an error what was written is no whole
// export and is to be thrown away.
func Write(w io.Writer, kept iter.Seq2[*store.Kept, error], opts Options) (rows int64, err error) {
	if err := opts.Check(); err != nil {
		return 0, err
	}
	buf := bufio.NewWriterSize(w, outputSize)
	out, err := open(buf, opts)
	if err != nil {
		return 0, err
	}
	doc := document{}
	for k, err := range kept {
		if err == nil {
			err = doc.take(k, opts)
		}
		if err != nil {
			return rows, err
		}
		n, err := out.add(&doc)
		rows += n
		if err != nil {
			return rows, fmt.Errorf("export: %s of %s: %w", opts.What, doc.id, err)
		}
	}
	if err := out.close(); err != nil {
		return rows, fmt.Errorf("export: %s: %w", opts.What, err)
	}
	return rows, buf.Flush()
}

// output writes the rows of one document after another.
type output struct {
	add   func(*document) (rows int64, err error)
	close func() error
}

func open(w *bufio.Writer, opts Options) (output, error) {
	t := tables[opts.What]
	switch opts.Format {
	case JSONL:
		return t.output(newJSONL(w, t.columns)), nil
	case CSV:
		return t.output(newCSV(w, t.columns)), nil
	case Parquet:
		p, err := newParquet(w, string(opts.What), t.columns)
		if err != nil {
			return output{}, err
		}
		return t.output(p), nil
	case Annotations:
		return lines(func(d *document) (int, error) {
			statements, events := d.statements, d.events
			if opts.What == Statements {
				events = nil
			} else {
				statements = nil
			}
			return len(statements) + len(events), page.AnnotationLines(w, d.report, d.id, statements, events)
		}), nil
	case PLOVER:
		return lines(func(d *document) (int, error) {
			return len(d.events), page.PLOVERLines(w, d.report, d.id, d.events)
		}), nil
	}
	return output{}, opts.Check()
}

// lines is an output that needs no end.
func lines(add func(*document) (int, error)) output {
	return output{
		add:   func(d *document) (int64, error) { n, err := add(d); return int64(n), err },
		close: func() error { return nil },
	}
}

// document is a document of the record as the tables look at it.
type document struct {
	kept       *store.Kept
	report     *record.Report
	id         string // "D12"
	points     record.Points
	statements []int // indices of those that are written
	events     []int
	sure       []bool // for each statement, whether it is written
}

// take makes d the document k. A report that breaks the laws of the record,
// which only a damaged store can hold, is refused: its spans cannot be cut out.
func (d *document) take(k *store.Kept, opts Options) error {
	if k == nil || k.Report == nil {
		return errors.New("export: the store gave a document without a report; \"rapporteur verify\" tells which rows are damaged")
	}
	if err := k.Report.Check(); err != nil {
		return fmt.Errorf("export: %s (%s): %w; \"rapporteur verify\" tells which rows are damaged", k.ID(), k.Origin, err)
	}
	d.kept, d.report, d.id = k, k.Report, k.ID()
	d.points = record.NewPoints(k.Report.Document.Text)
	d.statements, d.events, d.sure = d.statements[:0], d.events[:0], d.sure[:0]
	for i := range k.Report.Statements {
		sure := reaches(k.Report.Statements[i].Confidence, opts.Least)
		d.sure = append(d.sure, sure)
		if sure {
			d.statements = append(d.statements, i)
		}
	}
	for i := range k.Report.Events {
		if reaches(k.Report.Events[i].Confidence, opts.Least) {
			d.events = append(d.events, i)
		}
	}
	return nil
}

// reaches compares as Report.AtLeast does.
func reaches(confidence, least float64) bool {
	return record.Hundredths(confidence) >= record.Hundredths(least)
}

// statementID is the id in the record of the statement with the index i, or, if
// that one is not written, of the next one around it that is; empty for none.
func (d *document) statementID(i int) string {
	for range d.sure { // as deep as a chain can be, should it ever close on itself
		if i < 0 {
			return ""
		}
		if d.sure[i] {
			return d.rowID(d.report.Statements[i].ID)
		}
		i = d.report.Statements[i].Within
	}
	return ""
}

// rowID is the id in the record of what has the id in its report: "D12.S3".
func (d *document) rowID(id string) string { return d.id + "." + id }

func (d *document) surface(s record.Span) string { return d.report.Document.Text[s.Start:s.End] }
