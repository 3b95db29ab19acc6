package web

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// What code may ask of an [*Error] with errors.Is.
var (
	ErrTooLarge = errors.New("over the limit of bytes")
	ErrGuarded  = errors.New("an address or port that is not dialled")
	ErrRedirect = errors.New("a redirect that is not followed")
	ErrRobots   = errors.New("not allowed by robots.txt")
	ErrBusy     = errors.New("the host asks to be left alone")
)

// Error says in one line why a fetch failed, and what to do.
type Error struct {
	URL        string        // that was asked for, its credentials hidden
	Why        string        // "did not answer in time (30s for all of it)"
	Advice     string        // "try again later", or empty
	Status     int           // of the answer, 0 if there was none
	Temporary  bool          // the same request may succeed later
	RetryAfter time.Duration // that the server asks us to wait, at most [MaxRetryAfter]; 0 if it does not say
	redirected bool          // it happened at another address than URL
	cause      error
}

// Error is one line, whatever a server wrote.
func (e *Error) Error() string {
	s := e.URL + ": " + e.Why
	if e.URL == "" {
		s = e.Why
	}
	if e.Advice != "" {
		s += "; " + e.Advice
	}
	return s
}

// Unwrap is the error underneath, or nil.
func (e *Error) Unwrap() error { return e.cause }

// along makes err, which a request to target ended in, that of the whole fetch.
func along(err error, shown string, hop int, target *url.URL) error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		e = &Error{Why: "cannot be fetched: " + plain(err.Error()), cause: err}
	}
	e.URL = shown
	if hop > 0 {
		e.redirected = true
		e.Why = fmt.Sprintf("redirects to %q: %s", clip(publicURL(target)), e.Why)
	}
	return e
}

// statusError is the error for an answer that is not a document.
func statusError(resp *http.Response, now time.Time) *Error {
	e := &Error{Why: fmt.Sprintf("the server answered %q", clip(resp.Status)), Status: resp.StatusCode}
	switch code := resp.StatusCode; {
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests, code >= 500:
		e.Temporary = true
		e.RetryAfter = retryAfter(resp.Header.Get("Retry-After"), now)
	}
	return e
}

// encodingError is a Content-Encoding that was not asked for.
type encodingError string

func (e encodingError) Error() string { return string(e) }

// limitError is a body of more than so many bytes.
type limitError int64

func (e limitError) Error() string { return "larger than " + size(int64(e)) }
func (limitError) Unwrap() error   { return ErrTooLarge }

func size(n int64) string {
	if n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// explain tells why a request failed in the words of one who does not know Go.
func (c *Client) explain(err error) *Error {
	var (
		encoding encodingError
		limit    limitError
		guarded  *guardError
		dns      *net.DNSError
		cert     *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		damage   flate.CorruptInputError
	)
	fail := func(temporary bool, advice, format string, args ...any) *Error {
		return &Error{Why: fmt.Sprintf(format, args...), Advice: advice, Temporary: temporary, cause: err}
	}
	switch {
	case errors.As(err, &guarded) && errors.Is(err, ssrf.ErrProhibitedPort):
		return fail(false, "save the page and give the file", "is at a port that is not fetched (80, 443, 8080 and 8443 are)")
	case errors.As(err, &guarded):
		return fail(false, "save the page and give the file", "is at %s, a private or local address, which is not fetched", guarded.address)
	case errors.As(err, &limit):
		return fail(false, "", "is larger than %s, the limit for one fetch", size(int64(limit)))
	case errors.As(err, &encoding):
		return fail(false, "", "the server sent the encoding %q, which was not asked for", clip(string(encoding)))
	case errors.Is(err, context.Canceled):
		return fail(true, "", "the fetch was stopped")
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return fail(true, "try again later", "did not answer in time (%v for all of it)", c.timeout)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fail(false, "check the name", "there is no host %q", clip(dns.Name))
	case errors.As(err, &dns):
		return fail(true, "check the network", "the host %q cannot be looked up", clip(dns.Name))
	case errors.As(err, &cert):
		return fail(false, "", "the server's certificate is not good: %s", plain(cert.Err.Error()))
	case errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		return fail(false, "try http://", "the server does not speak TLS")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &damage):
		return fail(true, "try again", "the server says that it sends gzip, and sends something else or damaged")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fail(true, "try again", "the server broke off")
	case tooManyHeaders(err):
		return fail(false, "", "cannot be fetched: the server sent more than %d KiB of headers", MaxHeaderBytes>>10)
	}
	if s := err.Error(); s == "connection error: COMPRESSION_ERROR" || s == "connection error: PROTOCOL_ERROR" {
		// All that net/http says of too many headers over HTTP/2.
		return fail(true, "", "cannot be fetched: the server broke the rules of HTTP/2, or sent more than %d KiB of headers", MaxHeaderBytes>>10)
	}
	return fail(true, "", "cannot be fetched: %s", plain(err.Error()))
}

func isTimeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

// tooManyHeaders knows net/http's errors for that by their texts: they have no
// value or type. An unknown text is still an error, in less plain words.
func tooManyHeaders(err error) bool {
	s := err.Error()
	return strings.Contains(s, "response headers exceeded") || strings.Contains(s, "header list too large")
}
