package corpus

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Row is one line of the gold table of an annotated report.
type Row struct {
	Type    string
	Speaker string            // full name; "anonymous"; "A/B": either; "*": any
	Extra   map[string]string // to, place, medium, time, in, stance, kind
}

// EventRow is one event of the gold table. Of each list of alternatives any is
// right; of the parties of a list all are there.
type EventRow struct {
	Optional bool // neither demanded nor wrong
	Types    []string
	Source   [][]string // empty: none in the text
	Target   [][]string
	Status   []string
	Mutual   bool
	Extra    map[string]string // trigger, mode, date, place, object, number
}

// Report is one of our own annotated reports (*.ann): a header, a blank line,
// the text with inline tags <sN> source, <qN> cue, <cN> content, a line "---",
// and the gold table.
type Report struct {
	Path       string
	Meta       map[string]string
	Text       string
	Statements map[int]Attribution // by N
	Rows       map[int]Row         // statements that have a row are demanded
	Events     []EventRow
}

// Numbers is the numbers of r's tagged statements, rising.
func (r *Report) Numbers() []int {
	var out []int
	for n := range r.Statements {
		out = append(out, n)
	}
	sort.Ints(out)
	return out
}

var reportTag = regexp.MustCompile(`<(/?)([sqc])(\d+)>`)

// ReadReport reads an annotated report.
func ReadReport(path string) (*Report, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseReport(path, b)
}

// ParseReport is ReadReport of what the file at path holds.
func ParseReport(path string, b []byte) (*Report, error) {
	head, rest, ok := strings.Cut(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n\n")
	cut := strings.LastIndex(rest, "\n---\n")
	if !ok || cut < 0 {
		return nil, fmt.Errorf("%s: want a header, a blank line, the text, a line --- and the table", path)
	}
	r := &Report{Path: path, Meta: map[string]string{}, Statements: map[int]Attribution{}, Rows: map[int]Row{}}
	for _, line := range strings.Split(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("%s: header line %q is not \"key: value\"", path, line)
		}
		r.Meta[key] = value
	}
	if err := r.parseBody(rest[:cut]); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	first := strings.Count(head, "\n") + strings.Count(rest[:cut], "\n") + 5 // past the lines between
	for i, line := range strings.Split(rest[cut+len("\n---\n"):], "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := r.parseRow(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, first+i, err)
		}
	}
	return r, nil
}

// parseRow reads a line of the table: a statement by its number, or an event.
func (r *Report) parseRow(line string) error {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if f[0] == "E" || f[0] == "E?" {
		if len(f) < 5 {
			return fmt.Errorf("%d fields; an event has %s | TYPE | source | target | status", len(f), f[0])
		}
		e := eventRow(f)
		for _, t := range e.Types {
			if record.EventTypeOf(t) == nil {
				return fmt.Errorf("%q is no type of PLOVER", t)
			}
		}
		for _, x := range e.Status {
			if !slices.Contains(record.Statuses(), record.Status(x)) {
				return fmt.Errorf("%q is no status of %v", x, record.Statuses())
			}
		}
		r.Events = append(r.Events, e)
		return nil
	}
	n, err := strconv.Atoi(f[0])
	if err != nil || len(f) < 3 {
		return errors.New("want NUMBER | type | speaker, or E | TYPE | source | target | status")
	}
	if _, ok := r.Statements[n]; !ok {
		return fmt.Errorf("row %d has no tagged statement", n)
	}
	r.Rows[n] = Row{Type: f[1], Speaker: f[2], Extra: extras(f[3:])}
	return nil
}

func eventRow(f []string) EventRow {
	e := EventRow{
		Optional: f[0] == "E?", Types: strings.Split(f[1], "/"),
		Source: parties(f[2]), Target: parties(f[3]), Status: strings.Split(f[4], "/"), Extra: extras(f[5:]),
	}
	e.Mutual = e.Extra["mutual"] == "yes"
	return e
}

// parties reads "A; B/C": A, and B or C.
func parties(s string) [][]string {
	var out [][]string
	for p := range strings.SplitSeq(s, ";") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, strings.Split(p, "/"))
		}
	}
	return out
}

func extras(fields []string) map[string]string {
	out := map[string]string{}
	for _, x := range fields {
		if k, v, ok := strings.Cut(x, "="); ok {
			out[k] = v
		}
	}
	return out
}

func (r *Report) parseBody(body string) error {
	var text strings.Builder
	open := map[string]int{}
	at := 0
	for _, m := range reportTag.FindAllStringSubmatchIndex(body, -1) {
		text.WriteString(body[at:m[0]])
		at = m[1]
		role, key := body[m[4]:m[5]], body[m[4]:m[7]]
		n, err := strconv.Atoi(body[m[6]:m[7]])
		if err != nil {
			return err
		}
		if m[2] == m[3] {
			open[key] = text.Len()
			continue
		}
		start, ok := open[key]
		if !ok {
			return fmt.Errorf("</%s> was not opened", key)
		}
		delete(open, key)
		s, a := record.Span{Start: start, End: text.Len()}, r.Statements[n]
		switch role {
		case "s":
			a.Source = append(a.Source, s)
		case "q":
			a.Cue = append(a.Cue, s)
		case "c":
			a.Content = append(a.Content, s)
		}
		r.Statements[n] = a
	}
	for key := range open {
		return fmt.Errorf("<%s> is not closed", key)
	}
	text.WriteString(body[at:])
	r.Text = text.String()
	return nil
}
