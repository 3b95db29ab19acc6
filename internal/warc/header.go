package warc

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

var errLongHeader = errors.New("has a header of more than 256 KiB")

// header is the first line and the fields of a record or of the HTTP message
// in it. Its slices are of buf, which the next read uses again.
type header struct {
	buf    []byte
	first  []byte
	fields []field
}

type field struct{ name, value []byte }

// read reads lines up to an empty one, or to the end of a block of most bytes,
// and returns how many bytes they were. Lines may end in LF alone.
func (h *header) read(s *stream, most int64) (n int64, err error) {
	h.buf, h.first, h.fields = h.buf[:0], nil, h.fields[:0]
	for n < most {
		if len(h.buf) >= maxHeader {
			return n, errLongHeader
		}
		from := len(h.buf)
		h.buf, err = s.line(h.buf, min(most-n, int64(maxHeader-from)))
		n += int64(len(h.buf) - from)
		if err != nil {
			return n, err
		}
		if line := h.buf[from:]; len(line) == 1 && line[0] == '\n' || len(line) == 2 && line[0] == '\r' && line[1] == '\n' {
			break
		}
	}
	h.parse()
	return n, nil
}

// parse splits buf. A line that begins with white space goes on with the
// field before it (obs-fold, RFC 9112 §5.2); one without a colon says nothing.
func (h *header) parse() {
	rest := h.buf
	for len(rest) > 0 {
		end := 0
		for {
			i := bytes.IndexByte(rest[end:], '\n')
			if i < 0 {
				end = len(rest)
				break
			}
			end += i + 1
			if h.first == nil || end == len(rest) || rest[end] != ' ' && rest[end] != '\t' {
				break
			}
			rest[end-1] = ' ' // the fold becomes space
			if end >= 2 && rest[end-2] == '\r' {
				rest[end-2] = ' '
			}
		}
		line := bytes.TrimSpace(rest[:end])
		rest = rest[end:]
		if h.first == nil {
			h.first = line
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if ok {
			h.fields = append(h.fields, field{bytes.TrimSpace(name), bytes.TrimSpace(value)})
		}
	}
}

// get is the value of the first field of that name, trimmed, or nil.
func (h *header) get(name string) []byte {
	for _, f := range h.fields {
		if len(f.name) == len(name) && strings.EqualFold(string(f.name), name) {
			return f.value
		}
	}
	return nil
}

// list is the lower-case members of all fields of that name, which are lists
// separated by commas.
func (h *header) list(name string) []string {
	var all []string
	for _, f := range h.fields {
		if len(f.name) != len(name) || !strings.EqualFold(string(f.name), name) {
			continue
		}
		for _, part := range strings.Split(string(f.value), ",") {
			if part = strings.ToLower(strings.TrimSpace(part)); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// mediaType splits a Content-Type into the media type, lower case, and the
// charset, as written. It takes what servers send, not only what RFC 9110 allows.
func mediaType(contentType []byte) (typ, charset string) {
	s, params, _ := strings.Cut(string(contentType), ";")
	s, _, _ = strings.Cut(s, ",") // two types in one field
	typ = strings.ToLower(strings.TrimSpace(s))
	for _, p := range strings.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ',' }) {
		key, value, _ := strings.Cut(p, "=")
		if charset == "" && strings.EqualFold(strings.TrimSpace(key), "charset") {
			charset = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return typ, charset
}

// block is what is left of the block of a record.
type block struct {
	s *stream
	n int64
}

// readAll appends the rest of the block to buf.
func (b *block) readAll(buf []byte) ([]byte, error) {
	for b.n > 0 {
		some, err := b.s.inside()
		if err != nil {
			return buf, err
		}
		some = some[:min(int64(len(some)), b.n)]
		buf = append(buf, some...)
		b.s.discard(len(some))
		b.n -= int64(len(some))
	}
	return buf, nil
}

// skip passes the rest of the block.
func (b *block) skip() error {
	n := b.n
	b.n = 0
	return b.s.skip(n)
}

// isTruncated reports whether err is that the archive ends too soon.
func isTruncated(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}
