package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

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

// maxRow bounds a row of a file of pairs, in bytes.
const maxRow = 1 << 20

// ReadPairs reads a tab-separated file with a heading, a row a line. The column
// marked_sentence holds the sentence with <s>…</s> and <t>…</t>; gold_root the
// type; the id is that of the column uid, or of the first column. A cell that begins
// and ends with a quotation mark is without them, and doubled ones in it are single
// (RFC 4180), but no cell runs over several lines.
func ReadPairs(file string) ([]Pair, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxRow)
	var column map[string]int
	var out []Pair
	n := 0
	for n = 1; lines.Scan(); n++ {
		if !utf8.Valid(lines.Bytes()) {
			return nil, fmt.Errorf("%s:%d: is not UTF-8", file, n)
		}
		row := cells(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if column == nil {
			column = map[string]int{}
			for i, h := range row {
				column[h] = i
			}
			if _, ok := column["marked_sentence"]; !ok {
				return nil, fmt.Errorf("%s:%d: no column marked_sentence in the heading %q; columns stand apart by tabs", file, n, shortened(row))
			}
			continue
		}
		if len(row) == 1 && row[0] == "" {
			continue
		}
		marked := column["marked_sentence"]
		if len(row) <= marked {
			return nil, fmt.Errorf("%s:%d: %d columns, marked_sentence is column %d", file, n, len(row), marked+1)
		}
		p, err := parsePair(row[marked])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		p.ID, p.Line = row[column["uid"]], n
		if root, ok := column["gold_root"]; ok && root < len(row) {
			p.Type = row[root]
		}
		out = append(out, p)
	}
	switch {
	case errors.Is(lines.Err(), bufio.ErrTooLong):
		return nil, fmt.Errorf("%s:%d: a row of more than %d bytes", file, n, maxRow)
	case lines.Err() != nil:
		return nil, fmt.Errorf("%s: %w", file, lines.Err())
	case len(out) == 0:
		return nil, fmt.Errorf("%s: no rows; want a heading with a column marked_sentence, and a row a line", file)
	}
	return out, nil
}

// cells are those of a line, without the quotation marks that a spreadsheet puts
// around them.
func cells(line string) []string {
	row := strings.Split(line, "\t")
	for i, x := range row {
		if n := len(x); n >= 2 && x[0] == '"' && x[n-1] == '"' && strings.Count(x[1:n-1], `"`) == 2*strings.Count(x[1:n-1], `""`) {
			row[i] = strings.ReplaceAll(x[1:n-1], `""`, `"`)
		}
	}
	return row
}

// shortened is the beginning of a heading, for a message.
func shortened(row []string) string {
	s := []rune(strings.Join(row, " | "))
	return string(s[:min(len(s), 80)])
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
