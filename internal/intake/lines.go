package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/record"
)

// The bounds of JSON Lines.
const (
	maxLine  = 2*source.MaxBytes + 1<<20 // bytes of a line: a report with every character escaped, and what is told beside
	maxExtra = 64 << 10                  // bytes of the keys that are not ours
	maxBad   = 1000                      // lines without a document, in a row, after which a file is given up
)

// zippedLines is lines under gzip.
func zippedLines(ctx context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool {
	z, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return yield(Found{Origin: name, Err: LastingError("is no gzip file, though its name says so")})
	}
	return lines(ctx, in, name, z, yield)
}

// lines yields the documents of JSON Lines: one object a line, with the keys
// that docs/input.md tells.
func lines(ctx context.Context, in *Intake, name string, r io.Reader, yield func(Found) bool) bool {
	b := bufio.NewReaderSize(r, 64<<10)
	var line []byte
	bad := 0
	for n := 1; ctx.Err() == nil; n++ {
		var err error
		line, err = readLine(b, line[:0])
		origin := name + ":" + strconv.Itoa(n)
		switch {
		case errors.Is(err, errLong):
			return yield(Found{Origin: origin, Err: LastingError(fmt.Sprintf("the line is longer than %d MiB; what follows is not read", maxLine>>20))})
		case err != nil && !errors.Is(err, io.EOF):
			return yield(Found{Origin: origin, Err: LastingError(fmt.Sprintf("the file breaks off here: %v; what stands before is read", err))})
		}
		last := errors.Is(err, io.EOF)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))
		}
		if len(bytes.TrimSpace(line)) > 0 {
			f := in.line(line)
			f.Origin = origin
			bad++
			if f.Err == nil {
				bad = 0
			}
			if bad > maxBad {
				return yield(Found{Origin: origin, Err: LastingError(fmt.Sprintf("is the %dth line on end without a document; what follows is not read", bad))})
			}
			if !yield(f) {
				return false
			}
		}
		if last {
			return true
		}
	}
	return false
}

var errLong = errors.New("the line is too long")

// readLine appends the next line to dst, without its end.
func readLine(b *bufio.Reader, dst []byte) ([]byte, error) {
	for {
		part, err := b.ReadSlice('\n')
		dst = append(dst, part...)
		if len(dst) > maxLine {
			return dst, errLong
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSuffix(dst, []byte("\n")), err
		}
	}
}

// line is the document of one line.
func (in *Intake) line(line []byte) Found {
	if !utf8.Valid(line) {
		return Found{Err: LastingError("the line is not valid UTF-8")}
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); errors.As(err, new(*json.UnmarshalTypeError)) {
		return Found{Err: LastingError("the line is no JSON object")}
	} else if err != nil {
		return Found{Err: LastingError(fmt.Sprintf("the line is no JSON object: %v", err))}
	}
	var f Found
	var text, page, published string
	for _, k := range []struct {
		key  string
		into *string
	}{
		{"text", &text}, {"html", &page}, {"url", &f.Given.URL}, {"outlet", &f.Given.Outlet}, {"title", &f.Given.Title},
		{"byline", &f.Given.Byline}, {"language", &f.Given.Language}, {"published", &published},
	} {
		v, ok := keys[k.key]
		delete(keys, k.key)
		if !ok || string(v) == "null" {
			continue
		}
		if err := json.Unmarshal(v, k.into); err != nil {
			return Found{Err: LastingError(fmt.Sprintf("the value of %q is no string", k.key))}
		}
	}
	switch {
	case text == "" && page == "":
		return Found{Err: LastingError(`the object has no "text" and no "html", or nothing in them`)}
	case text != "":
		f.Bytes, f.Type = []byte(text), "text/plain; charset=utf-8"
	default:
		f.Bytes, f.Type = []byte(page), "text/html; charset=utf-8"
	}
	if len(f.Bytes) > source.MaxBytes {
		return Found{Err: errTooLarge}
	}
	size := 0
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		v := keys[k]
		if size += len(k) + len(v); size > maxExtra {
			f.Warnings = append(f.Warnings, record.Warning{Code: extraLeftOut, Message: fmt.Sprintf("what else was told is more than %d KiB; %q and the keys after it are left out", maxExtra>>10, k)})
			break
		}
		value := string(v)
		_ = json.Unmarshal(v, &value) // a string is kept as what it says, all else as JSON
		f.note(k, value)
	}
	f.publish(published)
	return in.told(f)
}

// note keeps what else was told.
func (f *Found) note(key, value string) {
	if f.Extra == nil {
		f.Extra = map[string]string{}
	}
	f.Extra[key] = value
}

// publish sets when f was published, if s is a time; else a warning says so.
func (f *Found) publish(s string) {
	if s == "" {
		return
	}
	t, ok := ParseTime(s)
	if !ok {
		f.note("published", s)
		f.Warnings = append(f.Warnings, record.Warning{Code: UnreadableDate, Message: fmt.Sprintf("the time of publication that was told, %q, is none; give it as 2025-05-16 or 2025-05-16T14:30:00Z", s)})
		return
	}
	f.Given.Published = t
}

// layouts are the times that are read: RFC 3339, and days.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02", time.RFC1123Z, time.RFC1123}

// ParseTime reads a time of publication; without a zone it is UTC.
func ParseTime(s string) (time.Time, bool) {
	for _, l := range layouts {
		if t, err := time.Parse(l, strings.TrimSpace(s)); err == nil && t.Year() > 1500 && t.Year() < 2500 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// UnreadableDate is the code of the warning that a time of publication that was
// told beside the bytes of a document is none.
const UnreadableDate = "date-unreadable"

// extraLeftOut is the code of the warning that keys which are not ours were left out.
const extraLeftOut = "extra-left-out"

// Beside reports whether a warning of this code is of what stood beside the
// bytes of a document, so that reading them again does not give it.
func Beside(code string) bool {
	return code == UnreadableDate || code == extraLeftOut || code == "page-cut" || code == "warc-date"
}
