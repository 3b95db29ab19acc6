package export

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/rapporteur/rapporteur/internal/page"
)

// csvWriter writes CSV (RFC 4180, UTF-8, lines that end in LF) with a heading. What
// is not known is an empty field. Text, which is foreign, is kept from being
// taken for a formula; numbers, which may be negative, are ours and stay numbers.
type csvWriter struct {
	csv    *csv.Writer
	kind   []kind
	fields []string
	headed bool
}

func newCSV(w *bufio.Writer, columns []column) *csvWriter {
	s := &csvWriter{csv: csv.NewWriter(w), fields: make([]string, len(columns))}
	for i := range columns {
		s.fields[i] = columns[i].name
		s.kind = append(s.kind, columns[i].kind)
	}
	return s
}

func (s *csvWriter) write(cells []cell) error {
	if err := s.head(); err != nil {
		return err
	}
	for i := range cells {
		s.fields[i] = field(s.kind[i], &cells[i])
	}
	return s.csv.Write(s.fields)
}

// head writes the heading, which still stands in the fields, once.
func (s *csvWriter) head() error {
	if s.headed {
		return nil
	}
	s.headed = true
	return s.csv.Write(s.fields)
}

func (s *csvWriter) close() error {
	if err := s.head(); err != nil { // of an empty table
		return err
	}
	s.csv.Flush()
	return s.csv.Error()
}

// between stands between the items of a list.
const between = "; "

func field(k kind, c *cell) string {
	if !c.known {
		return ""
	}
	switch k {
	case texts:
		return page.NoFormula(c.text)
	case wholes:
		return strconv.FormatInt(c.whole, 10)
	case reals:
		return formatReal(c.real)
	case moments:
		return c.moment().Format(momentLayout)
	case textLists:
		return page.NoFormula(strings.Join(c.texts, between))
	case wholeLists:
		return join(c.wholes, func(n int64) string { return strconv.FormatInt(n, 10) })
	case realLists:
		return join(c.reals, formatReal)
	}
	return ""
}

func formatReal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func join[T any](list []T, item func(T) string) string {
	var b strings.Builder
	for i, v := range list {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(item(v))
	}
	return b.String()
}
