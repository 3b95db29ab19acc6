package page

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// csvColumns are the columns of the CSV, one row a statement or event.
// docs/formats.md says what each holds.
var csvColumns = []string{
	"row", "document", "url", "outlet", "published", "title",
	"statement", "type", "kind", "stance", "speaker", "speaker_kind", "country", "roles",
	"source", "cue", "content", "addressee", "medium", "place", "time", "within", "confidence",
	"event", "event_type", "mode", "contexts", "actor", "recipient", "trigger", "object", "date", "magnitudes", "status",
}

// csvAt is where each column stands.
var csvAt = func() map[string]int {
	at := map[string]int{}
	for i, name := range csvColumns {
		at[name] = i
	}
	return at
}()

// Table writes reports as CSV, one row a statement or event (RFC 4180, UTF-8). Text that
// a spreadsheet would take for a formula is preceded by an apostrophe.
type Table struct {
	csv    *csv.Writer
	headed bool
}

// NewTable makes a table that is written to w.
func NewTable(w io.Writer) *Table { return &Table{csv: csv.NewWriter(w)} }

// Add writes the rows of r, after the heading if there is none yet.
func (t *Table) Add(r *record.Report) error {
	if !t.headed {
		t.headed = true
		if err := t.csv.Write(csvColumns); err != nil {
			return err
		}
	}
	if err := csvRows(t.csv, r); err != nil {
		return err
	}
	t.csv.Flush()
	return t.csv.Error()
}

func csvRows(out *csv.Writer, r *record.Report) error {
	for i := range r.Statements {
		row := newRow(r, "statement")
		row.statement(&r.Statements[i])
		if err := out.Write(row.cells); err != nil {
			return err
		}
	}
	for i := range r.Events {
		row := newRow(r, "event")
		row.event(&r.Events[i])
		if err := out.Write(row.cells); err != nil {
			return err
		}
	}
	return nil
}

type csvRow struct {
	r     *record.Report
	cells []string
}

// newRow is a row with what is said of the document.
func newRow(r *record.Report, kind string) csvRow {
	row := csvRow{r, make([]string, len(csvColumns))}
	d := &r.Document
	row.set("row", kind)
	row.set("document", d.ID)
	row.set("url", d.URL)
	row.set("outlet", d.Outlet)
	row.set("title", d.Title)
	if !d.Published.IsZero() {
		row.set("published", d.Published.UTC().Format(time.RFC3339))
	}
	return row
}

func (row csvRow) set(column, value string) { row.cells[csvAt[column]] = NoFormula(value) }

func (row csvRow) span(column string, s record.Span) { row.set(column, surface(row.r, s)) }

func (row csvRow) list(column string, values []string) { row.set(column, strings.Join(values, "; ")) }

func (row csvRow) statement(s *record.Statement) {
	r := row.r
	a, name := r.Speaker(s)
	row.set("statement", s.ID)
	row.set("type", string(s.Type))
	row.set("kind", string(s.Kind))
	row.set("stance", s.Stance)
	row.set("speaker", name)
	if a != nil {
		row.set("speaker_kind", string(a.Kind))
		row.set("country", a.Country)
		row.list("roles", a.Roles)
	}
	if s.Source != nil {
		row.span("source", s.Source.Span)
	}
	if s.Cue != nil {
		row.span("cue", s.Cue.Span)
	}
	row.set("content", r.Content(s))
	if s.Addressee != nil {
		row.span("addressee", s.Addressee.Span)
	}
	if s.Medium != nil {
		row.span("medium", *s.Medium)
	}
	row.circumstances(s.Place, s.Time, s.Confidence)
	if s.Within >= 0 {
		row.set("within", r.Statements[s.Within].ID)
	}
}

func (row csvRow) event(e *record.Event) {
	r := row.r
	row.set("event", e.ID)
	row.set("event_type", e.Type)
	row.set("mode", e.Mode)
	row.list("contexts", e.Contexts)
	row.list("actor", r.ActorNames(e.Source))
	row.list("recipient", r.ActorNames(e.Target))
	row.span("trigger", e.Trigger)
	if e.Object != nil {
		row.span("object", *e.Object)
	}
	row.circumstances(e.Place, e.Date, e.Confidence)
	if e.Date != nil {
		row.set("date", e.Date.Value)
	}
	var many []string
	for _, m := range e.Magnitudes {
		many = append(many, surface(r, m.Span))
	}
	row.list("magnitudes", many)
	row.set("status", string(e.Status))
	if e.Statement >= 0 {
		row.set("statement", r.Statements[e.Statement].ID)
	}
}

func (row csvRow) circumstances(place *record.Place, when *record.Time, confidence float64) {
	if place != nil {
		row.span("place", place.Span)
	}
	if when != nil {
		row.span("time", when.Span)
	}
	row.set("confidence", strconv.FormatFloat(confidence, 'f', 2, 64))
}

// NoFormula keeps a spreadsheet from running a cell: those that begin, perhaps
// after white space or a quotation mark, with a sign that starts a formula (as
// OWASP lists them, and their full-width forms) get an apostrophe in front,
// which spreadsheets take for "this is text".
func NoFormula(s string) string {
	head := strings.TrimLeft(s, " \t\r\n\v\f\u00a0\u3000\ufeff\x00'\"")
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%"} {
		if strings.HasPrefix(head, sign) {
			return "'" + s
		}
	}
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}
