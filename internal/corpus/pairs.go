package corpus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Pair is a sentence with a source and a target marked in it, and the PLOVER
// type of what the one does to the other. Either may be missing. Type is empty
// if the file has none.
type Pair struct {
	ID             string
	Line           int // 1-based, of the file
	Text           string
	Source, Target []record.Span
	Type           string
}

// ReadPairs reads a tab-separated file with a heading. The column
// marked_sentence holds the sentence with <s>…</s> and <t>…</t>; gold_root the
// type; the id is that of the column uid, or of the first column.
func ReadPairs(file string) ([]Pair, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: is empty; want a heading with a column marked_sentence", file)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: heading: %w", file, err)
	}
	column := map[string]int{}
	for i, h := range head {
		column[strings.TrimPrefix(h, "\ufeff")] = i
	}
	marked, ok := column["marked_sentence"]
	if !ok {
		return nil, fmt.Errorf("%s: no column marked_sentence", file)
	}
	id := column["uid"]
	root, hasRoot := column["gold_root"]
	var out []Pair
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := r.FieldPos(0)
		if len(row) <= marked {
			return nil, fmt.Errorf("%s:%d: %d columns, marked_sentence is column %d", file, line, len(row), marked+1)
		}
		p, err := parsePair(row[marked])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		p.ID, p.Line = row[id], line
		if hasRoot && root < len(row) {
			p.Type = row[root]
		}
		out = append(out, p)
	}
}

func parsePair(s string) (Pair, error) {
	var p Pair
	var text strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			text.WriteString(s)
			break
		}
		text.WriteString(s[:i])
		s = s[i:]
		into, tag := &p.Source, "s"
		if strings.HasPrefix(s, "<t>") {
			into, tag = &p.Target, "t"
		} else if !strings.HasPrefix(s, "<s>") {
			text.WriteByte('<')
			s = s[1:]
			continue
		}
		inner, rest, ok := strings.Cut(s[len("<s>"):], "</"+tag+">")
		if !ok {
			return p, fmt.Errorf("<%s> is not closed", tag)
		}
		start := text.Len()
		text.WriteString(inner)
		*into = append(*into, record.Span{Start: start, End: text.Len()})
		s = rest
	}
	p.Text = text.String()
	return p, nil
}
