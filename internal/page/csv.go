package page

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// csvColumns are the columns of the CSV, one row a statement. docs/formats.md
// says what each holds.
var csvColumns = []string{
	"document", "url", "outlet", "published", "title",
	"statement", "type", "kind", "stance", "speaker", "speaker_kind", "country", "roles",
	"source", "cue", "content", "addressee", "medium", "place", "time", "within", "confidence",
}

// Table writes reports as CSV, one row a statement (RFC 4180, UTF-8). Text that
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
	d := &r.Document
	published := ""
	if !d.Published.IsZero() {
		published = d.Published.UTC().Format(time.RFC3339)
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		a, name := speaker(r, s)
		if a == nil {
			a = &record.Actor{}
		}
		row := []string{
			d.ID, d.URL, d.Outlet, published, d.Title,
			s.ID, string(s.Type), string(s.Kind), s.Stance, name, string(a.Kind), a.Country, strings.Join(a.Roles, "; "),
			"", "", contentOf(r, s), "", "", "", "", "", strconv.FormatFloat(s.Confidence, 'f', 2, 64),
		}
		if s.Source != nil {
			row[13] = surface(r, s.Source.Span)
		}
		if s.Cue != nil {
			row[14] = surface(r, s.Cue.Span)
		}
		if s.Addressee != nil {
			row[16] = surface(r, s.Addressee.Span)
		}
		if s.Medium != nil {
			row[17] = surface(r, *s.Medium)
		}
		if s.Place != nil {
			row[18] = surface(r, s.Place.Span)
		}
		if s.Time != nil {
			row[19] = surface(r, s.Time.Span)
		}
		if s.Within >= 0 {
			row[20] = r.Statements[s.Within].ID
		}
		for k := range row {
			row[k] = noFormula(row[k])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// contentOf is the parts of what is said, joined by an ellipsis in between.
func contentOf(r *record.Report, s *record.Statement) string {
	parts := make([]string, len(s.Content))
	for i, span := range s.Content {
		parts[i] = surface(r, span)
	}
	return strings.Join(parts, " … ")
}

// noFormula keeps a spreadsheet from running a cell: those that begin, perhaps
// after white space or a quotation mark, with a sign that starts a formula (as
// OWASP lists them, and their full-width forms) get an apostrophe in front,
// which spreadsheets take for "this is text".
func noFormula(s string) string {
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
