package export

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/record"
)

// kind is the type of a column.
type kind int

const (
	texts   kind = iota // UTF-8
	wholes              // 64-bit integers
	reals               // 64-bit floating point numbers
	moments             // times, to the microsecond, in UTC
	textLists
	wholeLists
	realLists
)

// words is what the documentation calls a kind.
func (k kind) words() string {
	return [...]string{"string", "integer", "number", "timestamp", "list of string", "list of integer", "list of number"}[k]
}

// column is a column of a table. Lists are never null; the empty strings
// among their items stand for what is not known, and are written as null.
type column struct {
	name  string
	kind  kind
	get   func(x *row, c *cell)
	never bool // never null
	few   bool // the same values again and again
	long  bool // whole texts, of which no reader wants the least and the greatest
}

// always is the column if it is never null.
func (c column) always() column { c.never = true; return c }

// again is the column if few different values stand in it.
func (c column) again() column { c.few = true; return c }

// prose is the column if texts of any length stand in it.
func (c column) prose() column { c.long = true; return c }

// all is columns that are never null.
func all(columns []column) []column {
	for i := range columns {
		columns[i].never = true
	}
	return columns
}

// row is what a row is made of: a document, and the statement, event or actor that it is about.
type row struct {
	*document

	statement *record.Statement
	event     *record.Event
	actor     *record.Actor
}

// cell is a value of one kind. Moments are microseconds since 1970 in whole.
type cell struct {
	known  bool
	text   string
	whole  int64
	real   float64
	texts  []string
	wholes []int64
	reals  []float64
}

func (c *cell) clear() {
	c.known, c.text, c.whole, c.real = false, "", 0, 0
	c.texts, c.wholes, c.reals = c.texts[:0], c.wholes[:0], c.reals[:0]
}

// moment is the time of a cell of that kind.
func (c *cell) moment() time.Time { return time.UnixMicro(c.whole).UTC() }

// momentLayout is RFC 3339, in UTC, to the microsecond as far as it is not zero.
const momentLayout = "2006-01-02T15:04:05.999999Z"

func text(name string, get func(x *row) string) column {
	return column{name: name, kind: texts, get: func(x *row, c *cell) {
		c.text = valid(get(x))
		c.known = c.text != ""
	}}
}

func whole(name string, get func(x *row) int) column {
	return column{name: name, kind: wholes, never: true, get: func(x *row, c *cell) { c.whole, c.known = int64(get(x)), true }}
}

func real(name string, get func(x *row) (value float64, known bool)) column {
	return column{name: name, kind: reals, get: func(x *row, c *cell) {
		c.real, c.known = get(x)
		c.known = c.known && !math.IsNaN(c.real) && !math.IsInf(c.real, 0)
	}}
}

func moment(name string, get func(x *row) time.Time) column {
	return column{name: name, kind: moments, few: true, get: func(x *row, c *cell) {
		if t := get(x); !t.IsZero() {
			c.whole, c.known = t.UnixMicro(), true
		}
	}}
}

// textList is a list of strings; add appends the next.
func textList(name string, get func(x *row, add func(string))) column {
	return column{name: name, kind: textLists, never: true, get: func(x *row, c *cell) {
		c.known = true
		get(x, func(s string) { c.texts = append(c.texts, valid(s)) })
	}}
}

func realList(name string, get func(x *row, add func(float64))) column {
	return column{name: name, kind: realLists, never: true, get: func(x *row, c *cell) {
		c.known = true
		get(x, func(f float64) { c.reals = append(c.reals, f) })
	}}
}

// confidence is a confidence in hundredths, as in the JSON of a report.
func confidence(get func(x *row) float64) column {
	const whole = 100
	return real("confidence", func(x *row) (float64, bool) { return float64(record.Hundredths(get(x))) / whole, true }).always()
}

// span is three columns: the words of the text, where they start and where they end.
func span(name string, get func(x *row) *record.Span) []column {
	edge := func(suffix string, of func(s *record.Span) int) column {
		return column{name: name + suffix, kind: wholes, get: func(x *row, c *cell) {
			if s := get(x); s != nil {
				c.whole, c.known = int64(x.points.At(of(s))), true
			}
		}}
	}
	return []column{
		{name: name, kind: texts, get: func(x *row, c *cell) {
			if s := get(x); s != nil {
				c.text, c.known = x.surface(*s), true
			}
		}},
		edge("_start", func(s *record.Span) int { return s.Start }),
		edge("_end", func(s *record.Span) int { return s.End }),
	}
}

// spanLists is two columns, where each of the spans starts and ends.
func spanLists(name string, get func(x *row, add func(record.Span))) []column {
	edge := func(suffix string, of func(s record.Span) int) column {
		return column{name: name + suffix, kind: wholeLists, never: true, get: func(x *row, c *cell) {
			c.known = true
			get(x, func(s record.Span) { c.wholes = append(c.wholes, int64(x.points.At(of(s)))) })
		}}
	}
	return []column{
		edge("_starts", func(s record.Span) int { return s.Start }),
		edge("_ends", func(s record.Span) int { return s.End }),
	}
}

// place is the columns of a place.
func place(get func(x *row) *record.Place) []column {
	field := func(name string, of func(p *record.Place) string) column {
		return text(name, func(x *row) string {
			if p := get(x); p != nil {
				return of(p)
			}
			return ""
		}).again()
	}
	degrees := func(name string, of func(p *record.Place) float64) column {
		return real(name, func(x *row) (float64, bool) {
			if p := get(x); p != nil && p.Located {
				return of(p), true
			}
			return 0, false
		})
	}
	return append(span("place", func(x *row) *record.Span {
		if p := get(x); p != nil {
			return &p.Span
		}
		return nil
	}),
		field("place_name", func(p *record.Place) string { return p.Name }),
		field("place_country", func(p *record.Place) string { return p.Country }),
		degrees("place_lat", func(p *record.Place) float64 { return p.Lat }),
		degrees("place_lon", func(p *record.Place) float64 { return p.Lon }),
	)
}

// when is the columns of a time.
func when(name string, get func(x *row) *record.Time) []column {
	field := func(suffix string, of func(t *record.Time) string) column {
		return text(name+suffix, func(x *row) string {
			if t := get(x); t != nil {
				return of(t)
			}
			return ""
		}).again()
	}
	return append(span(name, func(x *row) *record.Span {
		if t := get(x); t != nil {
			return &t.Span
		}
		return nil
	}),
		field("_value", func(t *record.Time) string { return t.Value }),
		field("_granularity", func(t *record.Time) string { return t.Granularity }),
	)
}

// ofDocument is what the rows of statements, events and actors say of their
// document, behind an id of their own.
func ofDocument(id func(x *row) string) []column {
	return []column{
		text("id", func(x *row) string { return x.rowID(id(x)) }).always(),
		text("document", func(x *row) string { return x.id }).always().again(),
		text("url", func(x *row) string { return x.report.Document.URL }).again(),
		text("outlet", func(x *row) string { return x.report.Document.Outlet }).again(),
		moment("published", func(x *row) time.Time { return x.report.Document.Published }),
	}
}

// valid is s with U+FFFD where it is not UTF-8, which only what a caller told of a document can hold.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// table is the columns of a table, and its rows in a document.
type table struct {
	columns []column
	rows    func(d *document, write func(*row) error) (int64, error)
}

// encoder writes rows of one table. The cells are valid until write returns.
type encoder interface {
	write(cells []cell) error
	close() error
}

// output is t written by e.
func (t *table) output(e encoder) output {
	cells := make([]cell, len(t.columns))
	write := func(x *row) error {
		for i := range cells {
			cells[i].clear()
			t.columns[i].get(x, &cells[i])
		}
		return e.write(cells)
	}
	return output{close: e.close, add: func(d *document) (int64, error) { return t.rows(d, write) }}
}

var tables = map[What]*table{
	Documents:  {documentColumns(), documentRows},
	Statements: {statementColumns(), statementRows},
	Events:     {eventColumns(), eventRows},
	Actors:     {actorColumns(), actorRows},
}

// each writes a row for each of the n things that fill sets it to.
func each(d *document, n int, write func(*row) error, fill func(x *row, i int)) (int64, error) {
	x := row{document: d}
	for i := range n {
		fill(&x, i)
		if err := write(&x); err != nil {
			return int64(i), err
		}
	}
	return int64(n), nil
}

func columns(parts ...[]column) []column { return slices.Concat(parts...) }

// decided is what people have decided of x, the zero value for nothing.
func (x *row) decided() store.Decision {
	part, id := byte('S'), ""
	switch {
	case x.statement != nil:
		id = x.statement.ID
	case x.event != nil:
		part, id = 'E', x.event.ID
	}
	n, err := strconv.Atoi(strings.TrimLeft(id, "SE"))
	if err != nil {
		return store.Decision{}
	}
	if d := x.kept.Decided(part, n); d != nil {
		return *d
	}
	return store.Decision{}
}
