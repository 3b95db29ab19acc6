package export

import (
	"bufio"
	"strconv"

	"github.com/rapporteur/rapporteur/record"
)

// jsonlWriter writes a row as a JSON object on a line, with every key of the table in its order.
type jsonlWriter struct {
	w    *bufio.Writer
	keys [][]byte // `"id":`, of each column
	kind []kind
	line []byte
}

func newJSONL(w *bufio.Writer, columns []column) *jsonlWriter {
	j := &jsonlWriter{w: w}
	for i := range columns {
		j.keys = append(j.keys, append(record.AppendString(nil, columns[i].name), ':'))
		j.kind = append(j.kind, columns[i].kind)
	}
	return j
}

func (j *jsonlWriter) write(cells []cell) error {
	j.line = append(j.line[:0], '{')
	for i := range cells {
		if i > 0 {
			j.line = append(j.line, ',')
		}
		j.line = append(j.line, j.keys[i]...)
		j.line = appendJSON(j.line, j.kind[i], &cells[i])
	}
	j.line = append(j.line, '}', '\n')
	_, err := j.w.Write(j.line)
	return err
}

func (j *jsonlWriter) close() error { return nil }

func appendJSON(b []byte, k kind, c *cell) []byte {
	if !c.known {
		return append(b, "null"...)
	}
	switch k {
	case texts:
		return record.AppendString(b, c.text)
	case wholes:
		return strconv.AppendInt(b, c.whole, 10)
	case reals:
		return appendReal(b, c.real)
	case moments:
		b = c.moment().AppendFormat(append(b, '"'), momentLayout)
		return append(b, '"')
	case textLists:
		return appendList(b, c.texts, func(b []byte, s string) []byte {
			if s == "" {
				return append(b, "null"...)
			}
			return record.AppendString(b, s)
		})
	case wholeLists:
		return appendList(b, c.wholes, func(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) })
	case realLists:
		return appendList(b, c.reals, appendReal)
	}
	return append(b, "null"...)
}

func appendReal(b []byte, f float64) []byte { return strconv.AppendFloat(b, f, 'f', -1, 64) }

func appendList[T any](b []byte, list []T, item func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, v)
	}
	return append(b, ']')
}
