package web

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
)

// readBody is the whole body of resp, decompressed, within the limits of r.
func readBody(resp *http.Response, r Request) ([]byte, error) {
	limit := r.MaxBytes
	if limit <= 0 {
		limit = MaxBytes
	}
	if resp.ContentLength > limit && !r.cut {
		return nil, limitError(limit)
	}
	raw := &io.LimitedReader{R: resp.Body, N: limit + 1}
	body := io.Reader(raw)
	encodings := strings.Join(resp.Header.Values("Content-Encoding"), ", ")
	switch strings.ToLower(strings.TrimSpace(encodings)) {
	case "", "identity":
	case "gzip", "x-gzip": // one and the same, RFC 9110, section 8.4.1.3
		z, err := ungzip(raw)
		if err != nil {
			return nil, err
		}
		body = z
	default:
		return nil, encodingError(encodings)
	}
	b, err := io.ReadAll(io.LimitReader(body, limit+1))
	switch {
	case int64(len(b)) > limit && r.cut:
		return b[:limit], nil
	case raw.N <= 0 && r.cut:
		return b, nil
	case int64(len(b)) > limit, raw.N <= 0: // more, or more compressed
		return nil, limitError(limit)
	case err != nil:
		return nil, err
	}
	return b, nil
}

// ungzip undoes gzip (RFC 1952). A body of no bytes has nothing to undo.
func ungzip(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if _, err := b.Peek(1); errors.Is(err, io.EOF) {
		return b, nil
	}
	return gzip.NewReader(b)
}
