package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const (
	maxCodings   = 4       // that one body may be wrapped in
	maxChunkLine = 4 << 10 // bytes of the line before a chunk
	maxWindow    = 8 << 20 // bytes that Zstandard may look back (RFC 9659)
)

var (
	errTooLarge = errors.New("is larger than 16 MiB, the limit for one report")
	errChunks   = errors.New("has a body whose chunked transfer encoding is broken")
)

// dechunk undoes the chunked transfer coding (RFC 9112 §7.1) in place. Crawlers
// that store a body without its chunks often keep the header that says
// "chunked": a body that does not begin with a whole chunk is returned as it
// is, unless it is known to be cut, or what follows the size looks like a page.
// Cut is true where the body ends before its last chunk.
func dechunk(b []byte, knownCut bool) (body []byte, cut bool, err error) {
	at, kept := 0, 0
	for {
		size, head, ok := chunkSize(b[at:])
		first := at == 0
		switch {
		case at == len(b):
			return b[:kept], true, nil
		case !ok && first:
			return b, false, nil
		case !ok && len(b)-at < maxChunkLine && bytes.IndexByte(b[at:], '\n') < 0:
			return b[:kept], true, nil // in the middle of a size
		case !ok:
			return nil, false, errChunks
		case size == 0:
			return b[:kept], false, nil
		}
		data := b[at+head:]
		if int64(len(data)) < size {
			if first && !knownCut && !looksStored(data) {
				return b, false, nil
			}
			return b[:kept+copy(b[kept:], data)], true, nil
		}
		after := data[size:]
		eol := 0
		if len(after) > 0 && after[0] == '\r' {
			eol++
		}
		if len(after) > eol && after[eol] == '\n' {
			eol++
		} else if len(after) > eol {
			if first {
				return b, false, nil
			}
			return nil, false, errChunks
		}
		kept += copy(b[kept:], data[:size])
		at += head + int(size) + eol
	}
}

// chunkSize reads the line before a chunk; head is its length.
func chunkSize(b []byte) (size int64, head int, ok bool) {
	i := bytes.IndexByte(b[:min(len(b), maxChunkLine)], '\n')
	if i < 0 {
		return 0, 0, false
	}
	digits, _, _ := bytes.Cut(b[:i], []byte(";"))
	n, err := strconv.ParseUint(string(bytes.TrimSpace(digits)), 16, 62)
	return int64(n), i + 1, err == nil
}

// looksStored reports whether b begins as a page does, or as its gzip does.
func looksStored(b []byte) bool {
	return isMarkup(b) || bytes.HasPrefix(b, gzipMagic)
}

func isMarkup(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return len(b) > 0 && b[0] == '<'
}

// unpacker undoes content codings (RFC 9110 §8.4.1). It keeps its tables and
// buffers from one body to the next.
type unpacker struct {
	in     bytes.Reader
	gzip   gzip.Reader
	zlib   io.ReadCloser
	flate  io.ReadCloser
	brotli *brotli.Reader
	zstd   *zstd.Decoder
	out    [2][]byte
}

// unpack undoes codings, the last first. The result is good until the next
// call. Cut is true where the packed bytes end too soon: what they hold until
// there is the body.
func (u *unpacker) unpack(b []byte, codings []string) (body []byte, cut bool, err error) {
	if len(codings) > maxCodings {
		return nil, false, fmt.Errorf("is packed %d times, more than %d", len(codings), maxCodings)
	}
	for i := len(codings) - 1; i >= 0; i-- {
		if codings[i] == "identity" || codings[i] == "none" {
			continue
		}
		out, short, err := u.undo(codings[i], b, u.out[i&1][:0])
		u.out[i&1] = out
		switch {
		case err == nil:
			b, cut = out, cut || short
		case errors.Is(err, errNotPacked):
		default:
			return nil, false, err
		}
	}
	return b, cut, nil
}

// errNotPacked is that a body is not packed, whatever its header says: some
// crawlers store it unpacked and keep the header.
var errNotPacked = errors.New("not packed")

func (u *unpacker) undo(coding string, b, out []byte) (body []byte, cut bool, err error) {
	u.in.Reset(b)
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, gzipMagic[:2]) {
			return out, false, errNotPacked
		}
		out, err = u.gunzip(out)
	case "deflate":
		out, err = u.inflate(b, out)
	case "br":
		if u.brotli == nil {
			u.brotli = brotli.NewReader(nil)
		}
		if err = u.brotli.Reset(&u.in); err == nil {
			out, err = readLimited(u.brotli, out)
		}
	case "zstd":
		if !bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")) {
			return out, false, errNotPacked
		}
		out, err = u.unzstd(out)
	default: // "utf-8" is one that servers send
		if isMarkup(b) {
			return out, false, errNotPacked
		}
		return out, false, fmt.Errorf("has the content encoding %.40q, which is not known here", coding)
	}
	switch {
	case err == nil:
		return out, false, nil
	case errors.Is(err, io.ErrUnexpectedEOF) && len(out) > 0:
		return out, true, nil
	case errors.Is(err, errTooLarge):
		return out, false, err
	case (coding == "br" || coding == "deflate") && isMarkup(b):
		return out, false, errNotPacked
	}
	return out, false, fmt.Errorf("has a body that is not valid %s", coding)
}

// gunzip reads all members, and passes what follows them that is none, as browsers do.
func (u *unpacker) gunzip(out []byte) ([]byte, error) {
	for first := true; ; first = false {
		if err := u.gzip.Reset(&u.in); err != nil {
			if first {
				return out, err
			}
			return out, nil
		}
		u.gzip.Multistream(false)
		var err error
		if out, err = readLimited(&u.gzip, out); err != nil {
			return out, err
		}
	}
}

// inflate undoes "deflate", which is zlib's format (RFC 1950), or, as some
// servers send it, a bare DEFLATE stream (RFC 1951).
func (u *unpacker) inflate(b, out []byte) ([]byte, error) {
	if len(b) >= 2 && b[0]&0x0F == 8 && (uint(b[0])<<8|uint(b[1]))%31 == 0 {
		if u.zlib == nil {
			r, err := zlib.NewReader(&u.in)
			if err != nil {
				return out, err
			}
			u.zlib = r
		} else if err := u.zlib.(zlib.Resetter).Reset(&u.in, nil); err != nil { //nolint:forcetypeassert // zlib.NewReader says so
			return out, err
		}
		return readLimited(u.zlib, out)
	}
	if u.flate == nil {
		u.flate = flate.NewReader(&u.in)
	} else if err := u.flate.(flate.Resetter).Reset(&u.in, nil); err != nil { //nolint:forcetypeassert // flate.NewReader says so
		return out, err
	}
	return readLimited(u.flate, out)
}

func (u *unpacker) unzstd(out []byte) ([]byte, error) {
	if u.zstd == nil {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return out, err
		}
		u.zstd = d
	}
	if err := u.zstd.Reset(&u.in); err != nil {
		return out, err
	}
	return readLimited(u.zstd, out)
}

// readLimited appends what r gives to out, up to MaxBody in all.
func readLimited(r io.Reader, out []byte) ([]byte, error) {
	for {
		if len(out) > MaxBody {
			return out, errTooLarge
		}
		if len(out) == cap(out) {
			bigger := make([]byte, len(out), min(max(2*cap(out), bufferBytes), MaxBody+1))
			copy(bigger, out)
			out = bigger
		}
		n, err := r.Read(out[len(out):min(cap(out), MaxBody+1)])
		out = out[:len(out)+n]
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
	}
}
