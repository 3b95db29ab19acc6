package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

const (
	bufferBytes = 64 << 10 // read ahead of the archive as stored, and of what it unpacks to
	probeBytes  = 1 << 10  // of a would-be gzip member that must unpack to the start of a record
)

var (
	newRecord = []byte("WARC/") // every record begins so
	gzipMagic = []byte("\x1f\x8b\x08")
)

// The ends of a gzip member that are none: that the next one begins with a
// record where the record at hand was to go on, and that none follows.
var (
	errNewRecord = errors.New("the next record begins")
	errNotGzip   = errors.New("no gzip member")
)

// stream is the bytes of an archive, unpacked a gzip member at a time. A file
// that is not gzipped is one member.
type stream struct {
	in     *bufio.Reader // the archive as stored
	raw    counter       // under in
	gz     *gzip.Reader  // nil where the archive is not gzipped
	out    *bufio.Reader // the member at hand, unpacked; in itself where gz is nil
	member int64         // byte offset, as stored, at which the member at hand begins
	within int64         // unpacked bytes of the member at hand that were consumed
}

// counter counts the bytes read from r and keeps its error.
type counter struct {
	r   io.Reader
	n   int64
	err error // what r answered other than io.EOF
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// init makes s read r. Nothing is read yet.
func (s *stream) init(r io.Reader) {
	s.raw.r = r
	s.in = bufio.NewReaderSize(&s.raw, bufferBytes)
}

// sniff looks at the first bytes and opens the first member. Format names what
// the bytes are where they are no archive that can be read here.
func (s *stream) sniff() (format string, err error) {
	head, err := s.in.Peek(16)
	switch {
	case len(head) == 0:
		if err == io.EOF {
			return "empty", nil
		}
		return "", err
	case bytes.HasPrefix(head, gzipMagic[:min(len(head), len(gzipMagic))]):
		s.gz = new(gzip.Reader)
		s.out = bufio.NewReaderSize(s.gz, bufferBytes)
		return "", s.open()
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")), bytes.HasPrefix(head, []byte("\x5d\x2a\x4d\x18")):
		return "zstd", nil
	case bytes.HasPrefix(head, []byte("filedesc:")):
		return "arc", nil
	}
	s.out = s.in
	return "", nil
}

// offset is the byte offset, as stored, of the next byte that in gives.
func (s *stream) offset() int64 { return s.raw.n - int64(s.in.Buffered()) }

// place is where the next unpacked byte stands: the byte offset, as stored, of
// its gzip member and the bytes before it in that member; or its own offset and 0.
func (s *stream) place() (offset, within int64) {
	if s.gz == nil {
		return s.within, 0
	}
	return s.member, s.within
}

// open begins the next gzip member, past zeros that pad the last. io.EOF is
// the end of the archive.
func (s *stream) open() error {
	for {
		b, err := s.in.Peek(1)
		if err != nil {
			return err
		}
		if b[0] != 0 {
			break
		}
		b, _ = s.in.Peek(s.in.Buffered())
		drop(s.in, len(b)-len(bytes.TrimLeft(b, "\x00")))
	}
	s.member, s.within = s.offset(), 0
	const reserved = 0xE0 // of the flags, the fourth byte: must be zero (RFC 1952 §2.3.1.2)
	b, err := s.in.Peek(len(gzipMagic) + 1)
	switch {
	case bytes.HasPrefix(b, gzipMagic) && len(b) > len(gzipMagic) && b[len(gzipMagic)]&reserved == 0:
	case err == io.EOF && bytes.HasPrefix(gzipMagic, b):
		return io.ErrUnexpectedEOF
	case err != nil && err != io.EOF:
		return err
	default:
		return errNotGzip
	}
	if err := s.gz.Reset(s.in); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	s.gz.Multistream(false)
	s.out.Reset(s.gz)
	return nil
}

// close makes an end of the member at hand where it stands.
func (s *stream) close() { s.out.Reset(bytes.NewReader(nil)) }

// peek is what is buffered of the member at hand, a byte at least. io.EOF is
// its end, which it reached with the right checksum.
func (s *stream) peek() ([]byte, error) {
	if _, err := s.out.Peek(1); err != nil {
		return nil, err
	}
	return s.out.Peek(s.out.Buffered())
}

// drop passes n bytes that are buffered, which cannot fail.
func drop(r *bufio.Reader, n int) { _, _ = r.Discard(n) }

func (s *stream) discard(n int) {
	drop(s.out, n)
	s.within += int64(n)
}

// atRecord reports whether the member at hand goes on with a record.
func (s *stream) atRecord() bool {
	b, _ := s.out.Peek(len(newRecord))
	return bytes.Equal(b, newRecord)
}

// next opens the next member, which must go on with the record at hand.
func (s *stream) next() error {
	if s.gz == nil {
		return io.ErrUnexpectedEOF
	}
	if err := s.open(); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	if s.atRecord() {
		return errNewRecord
	}
	return nil
}

// inside is peek inside a record, which may go on in the next member.
func (s *stream) inside() ([]byte, error) {
	for {
		b, err := s.peek()
		if !errors.Is(err, io.EOF) {
			return b, err
		}
		if err := s.next(); err != nil {
			return nil, err
		}
	}
}

// skip passes n bytes of a record.
func (s *stream) skip(n int64) error {
	for n > 0 {
		b, err := s.inside()
		if err != nil {
			return err
		}
		some := int(min(int64(len(b)), n))
		s.discard(some)
		n -= int64(some)
	}
	return nil
}

// line appends to buf the record's bytes up to and with the next line feed,
// or most bytes where none is among them.
func (s *stream) line(buf []byte, most int64) ([]byte, error) {
	for most > 0 {
		b, err := s.inside()
		if err != nil {
			return buf, err
		}
		b = b[:min(int64(len(b)), most)]
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			buf = append(buf, b[:i+1]...)
			s.discard(i + 1)
			return buf, nil
		}
		buf = append(buf, b...)
		s.discard(len(b))
		most -= int64(len(b))
	}
	return buf, nil
}

// drain passes the rest of the member at hand.
func (s *stream) drain() error {
	for {
		b, err := s.peek()
		if err != nil {
			return err
		}
		s.discard(len(b))
	}
}

// resync looks for the next gzip member that begins with a record, from where
// in stands, and opens it. io.EOF is that there is none.
func (s *stream) resync() error {
	probe := new(gzip.Reader)
	for {
		b, err := s.in.Peek(bufferBytes)
		if err != nil && err != io.EOF {
			return err
		}
		last := err == io.EOF
		passed := 0
		for {
			i := bytes.Index(b[passed:], gzipMagic)
			if i < 0 {
				passed = max(passed, len(b)-len(gzipMagic)+1)
				break
			}
			passed += i
			if len(b)-passed < probeBytes && !last {
				break
			}
			if beginsRecord(probe, b[passed:min(passed+probeBytes, len(b))]) {
				drop(s.in, passed)
				return s.open()
			}
			passed++
		}
		if last {
			return io.EOF
		}
		drop(s.in, passed)
	}
}

// beginsRecord reports whether b is the beginning of a gzip member that
// unpacks to a record.
func beginsRecord(probe *gzip.Reader, b []byte) bool {
	if probe.Reset(bytes.NewReader(b)) != nil {
		return false
	}
	var head [5]byte
	n, _ := io.ReadFull(probe, head[:])
	return bytes.Equal(head[:n], newRecord)
}
