// Package warc reads pages from web archives: WARC 1.0 and 1.1 (ISO 28500) and
// the drafts before, plain or gzipped, as wget, Heritrix, Common Crawl (.wet
// files too) and browsertrix write them. It reads in one pass in little memory,
// whatever the size of the archive, and says what it left out.
package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/record"
)

// The limits on what an archive holds.
const (
	MaxBody   = source.MaxBytes  // of a page, in bytes, all encodings undone
	maxPacked = 2 * MaxBody      // of a page as stored, in bytes: chunks take room
	maxHeader = 256 << 10        // of a record or an HTTP message, in bytes
	maxBlock  = 1 << 40          // of a record, in bytes: no Content-Length beyond it is meant
	maxKinds  = 200              // of what Passed counts
	others    = "of other kinds" // what Passed counts beyond those
)

// Page is one page of an archive.
type Page struct {
	URL       string    // WARC-Target-URI
	Fetched   time.Time // WARC-Date; zero if that is missing or broken
	MediaType string    // declared, lower case, without parameters; or empty
	Charset   string    // declared beside the body, as written; or empty
	Body      []byte    // transfer and content encodings undone; the caller's own
	RecordID  string    // WARC-Record-ID without its angle brackets: "urn:uuid:…"
	Record    string    // WARC-Type: "response", "resource" or "conversion"

	// Offset is where the record stands in the file as stored: the byte offset
	// of its gzip member, or of the record itself where nothing is gzipped.
	Offset int64
	// Within is how many bytes of the unpacked member stand before the record:
	// 0 where each record has a member of its own, or nothing is gzipped.
	Within int64

	Warnings []record.Warning // "page-cut", "warc-date"
}

// Reader reads the pages of one archive. It is for one goroutine.
type Reader struct {
	name   string
	s      stream
	begun  bool
	end    error  // what Next answers from now on
	head   header // of the record at hand
	http   header // of the HTTP message in it
	raw    []byte // its body as stored
	unpack unpacker
	passed map[string]int

	url            string // of the record at hand
	offset, within int64
}

// NewReader reads the archive of that name, which is for messages, from r. It
// sees for itself whether r is gzipped.
func NewReader(r io.Reader, name string) *Reader {
	out := &Reader{name: name, passed: map[string]int{}}
	out.s.init(r)
	return out
}

// Next is the next page: the body of a response that came with status 200, a
// resource or a conversion, of a type that may hold a report (HTML, XHTML, plain
// text, or none declared). Next answers with a *RecordError for a record that
// cannot be read, after which it goes on with those that follow; and when no
// more can be had, with a *BreakError where the archive is broken or cut off, or
// with io.EOF at its end.
//
// Other records are passed over and counted, see Passed: requests, metadata,
// what the crawler says of itself, answers with another status, robots.txt, and
// revisits, which say that a page was as it had been before.
func (r *Reader) Next() (*Page, error) {
	for r.end == nil {
		page, err := r.next()
		if err != nil {
			return nil, err
		}
		if page != nil {
			return page, nil
		}
	}
	return nil, r.end
}

// Passed counts the records that were passed over up to now, by what they are:
// "request", "revisit", "status 404", "type image/png". The map is the Reader's own.
func (r *Reader) Passed() map[string]int { return r.passed }

func (r *Reader) pass(kind string) {
	if _, known := r.passed[kind]; !known && len(r.passed) >= maxKinds {
		kind = others
	}
	r.passed[kind]++
}

// next reads one record. Page and error are nil for one that is passed over.
func (r *Reader) next() (*Page, error) {
	if err := r.seek(); err != nil {
		return nil, err
	}
	if _, err := r.head.read(&r.s, math.MaxInt64); err != nil {
		if errors.Is(err, errLongHeader) {
			return nil, r.lost(err.Error())
		}
		return nil, r.broken(err)
	}
	if !knownVersion(r.head.first) {
		return nil, r.lost(fmt.Sprintf("begins with %.40q, a version that is not known here", r.head.first))
	}
	r.url = string(bytes.ToValidUTF8(bytes.Trim(r.head.get("WARC-Target-URI"), "<>"), []byte("\uFFFD")))
	size, err := strconv.ParseInt(string(r.head.get("Content-Length")), 10, 64)
	if err != nil || size < 0 || size > maxBlock {
		return nil, r.lost(fmt.Sprintf("has the Content-Length %.40q, which is not a size in bytes", r.head.get("Content-Length")))
	}
	b := block{&r.s, size}
	page, why, err := r.read(&b)
	if err == nil {
		err = b.skip()
	}
	if err == nil {
		err = r.finish()
	}
	switch {
	case errors.Is(err, errSize):
		return nil, r.lost(fmt.Sprintf("has the Content-Length %d, but does not end there", size))
	case err != nil:
		return nil, r.broken(err)
	case why != "":
		return nil, r.bad(why)
	}
	return page, nil
}

// knownVersion reports whether a record begins with a version of WARC that can
// be read: 1.x, or 0.x of the drafts, which had the same form.
func knownVersion(line []byte) bool {
	v, ok := bytes.CutPrefix(line, newRecord)
	return ok && len(v) >= 3 && (v[0] == '0' || v[0] == '1') && v[1] == '.'
}

// seek goes to the beginning of the next record.
func (r *Reader) seek() error {
	if !r.begun {
		r.begun = true
		if err := r.begin(); err != nil {
			return err
		}
	}
	r.url = ""
	for {
		r.offset, r.within = r.s.place()
		b, err := r.s.peek()
		switch {
		case errors.Is(err, io.EOF):
			if err := r.nextMember(); err != nil {
				return err
			}
			continue
		case err != nil:
			return r.broken(err)
		}
		blank := len(b) - len(bytes.TrimLeft(b, "\r\n\x00"))
		if blank == 0 {
			break
		}
		r.s.discard(blank)
	}
	if r.s.atRecord() {
		return nil
	}
	b, err := r.s.out.Peek(len(newRecord))
	if err != nil && err != io.EOF || r.s.gz == nil && bytes.HasPrefix(newRecord, b) {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return r.broken(err)
	}
	return r.lost(fmt.Sprintf("begins with %.20q, not with \"WARC/\"", b))
}

// begin looks what the archive is.
func (r *Reader) begin() error {
	format, err := r.s.sniff()
	switch {
	case err != nil:
		return r.broken(err)
	case format == "empty":
		return r.stop("the file is empty, not a WARC archive", nil)
	case format == "zstd":
		return r.stop("the file is packed with Zstandard; unpack it first (zstd -d)", nil)
	case format == "arc":
		return r.stop("the file is an ARC archive, the format before WARC; convert it first (warcio recompress)", nil)
	case r.s.gz == nil:
		if b, _ := r.s.in.Peek(len(newRecord)); !bytes.HasPrefix(newRecord, bytes.TrimLeft(b, "\r\n")) {
			return r.stop(fmt.Sprintf("the file is not a WARC archive: it begins with %.20q", b), nil)
		}
	}
	return nil
}

// nextMember opens the gzip member after one that ended well, or ends.
func (r *Reader) nextMember() error {
	if r.s.gz == nil {
		r.end = io.EOF
		return r.end
	}
	err := r.s.open()
	if errors.Is(err, io.EOF) {
		r.end = io.EOF
		return r.end
	}
	r.offset, r.within = r.s.place()
	if err != nil {
		return r.broken(err)
	}
	return nil
}

// errSize is that a record does not end where its Content-Length says.
var errSize = errors.New("no end of a record")

// finish passes the two empty lines after a block and, where the gzip member
// ends there, has its checksum tested. That the archive ends is no error here:
// the record is whole.
func (r *Reader) finish() error {
	for lines := 0; ; {
		b, err := r.s.peek()
		switch {
		case isTruncated(err), r.s.raw.err != nil:
			return nil //nolint:nilerr // seek meets it again, after the record was given
		case err != nil:
			return err
		case lines == 2:
			return nil
		case b[0] == '\r':
		case b[0] == '\n':
			lines++
		case r.s.atRecord(): // some writers leave the lines out
			return nil
		default:
			return errSize
		}
		r.s.discard(1)
	}
}

// bad is the error for the record at hand.
func (r *Reader) bad(why string) error {
	return &RecordError{Name: r.name, Offset: r.offset, Within: r.within, URL: r.url, Why: why}
}

// stop ends the reading.
func (r *Reader) stop(why string, cause error) error {
	r.end = &BreakError{Name: r.name, Offset: r.offset, Within: r.within, Why: why, cause: cause}
	return r.end
}

// broken answers an error of the stream in or before the record at hand.
func (r *Reader) broken(err error) error {
	switch {
	case r.s.raw.err != nil:
		return r.stop(fmt.Sprintf("cannot be read: %v", r.s.raw.err), r.s.raw.err)
	case isTruncated(err) && r.s.gz != nil:
		return r.stop("the file ends inside the gzip member that begins here; all whole records before were read", io.ErrUnexpectedEOF)
	case isTruncated(err):
		return r.stop("the file ends inside the record that begins here; all before were read", io.ErrUnexpectedEOF)
	case errors.Is(err, errNewRecord):
		return r.bad("is shorter than its Content-Length says: the next record begins before its end")
	case errors.Is(err, gzip.ErrChecksum):
		r.s.close()
		if r.within > 0 {
			return r.bad("or one of those before it in its gzip member is damaged: the checksum is wrong")
		}
		return r.bad("is damaged: the checksum of its gzip member is wrong")
	}
	if errors.Is(err, errNotGzip) {
		return r.resync("is no gzip member, though it follows one")
	}
	return r.resync("is in a damaged gzip member")
}

// lost answers a record whose end cannot be told. Where the archive is
// gzipped, reading goes on at the next member that begins with a record. In
// plain bytes no place is safe to go on at: a page may hold what looks like one.
func (r *Reader) lost(why string) error {
	if r.s.gz == nil {
		return r.stop("the record "+why+"; where the next record begins cannot be told", nil)
	}
	err := r.s.drain()
	if errors.Is(err, io.EOF) || errors.Is(err, gzip.ErrChecksum) {
		if err = r.s.open(); err == nil && r.s.atRecord() {
			return r.bad(fmt.Sprintf("%s; reading goes on at byte %d", why, r.s.member))
		}
	}
	return r.resync(why)
}

// resync goes on at the next gzip member that begins with a record, if there is one.
func (r *Reader) resync(why string) error {
	if err := r.s.resync(); err != nil {
		return r.stop("the record "+why+"; no other that can be read follows", r.s.raw.err)
	}
	return r.bad(fmt.Sprintf("%s; reading goes on at byte %d", why, r.s.member))
}
