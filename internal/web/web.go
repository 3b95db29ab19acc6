// Package web is the one HTTP client of Rapporteur. What answers it is
// foreign: every fetch has a limit on time, on bytes before and after
// decompression, on headers and on redirects; no address outside the public
// internet is dialled, whatever name or redirect leads there; no credentials,
// cookies or referrers go from one host to another. An error says in one line
// what was refused and what to do.
//
// [Polite] is the client for those who come back: it keeps to robots.txt, asks
// a host one thing at a time, and stays away from one that asks for that.
package web

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
)

// The limits on one fetch.
const (
	MaxBytes       = 16 << 20         // of a body, both as it comes over the network and decompressed
	MaxHeaderBytes = 256 << 10        // of the headers of an answer
	MaxURLBytes    = 8 << 10          // of an address; RFC 9110, section 4.1, asks for 8000 octets at least
	MaxRedirects   = 5                // that an address is followed through
	Timeout        = 30 * time.Second // for all of a fetch, from the dial to the last byte

	dialTimeout    = 10 * time.Second
	tlsTimeout     = 10 * time.Second
	headersTimeout = 20 * time.Second // from the request to the end of the answer's headers
	maxFieldBytes  = 1 << 10          // of a header field that is kept; a longer one is taken for absent
)

// Product is the name under which robots.txt addresses us (RFC 9309, section 2.2.1).
const Product = "Rapporteur"

// UserAgent says honestly who asks, and in which version.
func UserAgent() string {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version
	}
	return Product + "/" + version + " (+https://github.com/rapporteur/rapporteur)"
}

// Options say how a client fetches. The zero value is good.
type Options struct {
	AllowPrivate bool              // go to private and local addresses and any port, and use the environment's proxy
	Timeout      time.Duration     // for all of a fetch; 0 is [Timeout]
	Resolver     *net.Resolver     // of names; nil is the system's
	Transport    http.RoundTripper // instead of the guarded one, for tests
}

// Client fetches. It may be used from many goroutines.
type Client struct {
	transport http.RoundTripper
	timeout   time.Duration
	agent     string
}

// New makes a client.
func New(o Options) *Client {
	c := &Client{transport: o.Transport, timeout: o.Timeout, agent: UserAgent()}
	if c.transport == nil {
		c.transport = newTransport(o)
	}
	if c.timeout <= 0 {
		c.timeout = Timeout
	}
	return c
}

// Request is what to fetch. Only URL must be given. ETag and LastModified, of
// an earlier Answer, make the request conditional (RFC 9110, section 13.1).
type Request struct {
	URL          string // http or https; a user and password in it go to its own host only
	ETag         string
	LastModified string
	ValidFor     string // the Answer.URL that ETag and LastModified came with, to which alone they are sent; empty is URL
	Accept       string // media types; empty is a page or a text
	MaxBytes     int64  // of the body; 0 is [MaxBytes]

	cut bool // a longer body is cut at MaxBytes, not refused
}

const acceptReport = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1"

// Answer is what was found: a whole body with status 200, or, with
// NotModified, word that the earlier one still stands. The header fields are
// the server's own, and no more than its claims.
type Answer struct {
	Asked        string // the address asked for as messages may show it, its credentials hidden
	URL          string // where it was found, after redirects, without credentials and fragment
	Moved        string // where 301 and 308 say the address asked for now is; empty if they say nothing
	Status       int    // 200 or 304
	NotModified  bool   // status 304: Bytes is nil, ETag and LastModified are still good
	Bytes        []byte // decompressed
	ContentType  string // "text/html; charset=utf-8", or empty
	MediaType    string // of ContentType, lower case, without parameters, or empty
	Charset      string // of ContentType, or empty
	ETag         string
	LastModified string
}

// Get fetches. An error is an [*Error].
func (c *Client) Get(ctx context.Context, r Request) (*Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.follow(ctx, r, c.ask)
}

// reply is the answer to one request: a document, or an address to go on to.
type reply struct {
	answer    *Answer
	location  string // as the server wrote it; empty if this is the end
	permanent bool
}

// follow goes from r.URL through redirects to a document, asking each address with ask.
func (c *Client) follow(ctx context.Context, r Request, ask func(context.Context, *url.URL, Request) (reply, error)) (*Answer, error) {
	target, err := parse(r.URL)
	if err != nil {
		return nil, err
	}
	shown := redacted(target)
	if r.ValidFor == "" {
		r.ValidFor = publicURL(target)
	}
	moved, permanent := "", true
	for hop := 0; ; hop++ {
		got, err := ask(ctx, target, r)
		if err != nil {
			return nil, along(err, shown, hop, target)
		}
		if got.location == "" {
			got.answer.Asked, got.answer.Moved = shown, moved
			return got.answer, nil
		}
		if hop == MaxRedirects {
			return nil, &Error{URL: shown, Why: tooManyRedirects, cause: ErrRedirect}
		}
		next, why := redirect(target, got.location)
		if why != "" {
			return nil, &Error{URL: shown, Why: why, cause: ErrRedirect}
		}
		target = next
		if permanent = permanent && got.permanent; permanent {
			moved = publicURL(target)
		}
	}
}

// ask makes one request and reads its answer to the end.
func (c *Client) ask(ctx context.Context, target *url.URL, r Request) (reply, error) {
	resp, err := c.send(ctx, target, r)
	if err != nil {
		return reply{}, c.explain(err)
	}
	defer resp.Body.Close()
	if isRedirect(resp.StatusCode) && resp.Header.Get("Location") != "" {
		permanent := resp.StatusCode == http.StatusMovedPermanently || resp.StatusCode == http.StatusPermanentRedirect
		return reply{location: resp.Header.Get("Location"), permanent: permanent}, nil
	}
	a := &Answer{
		URL: publicURL(target), Status: resp.StatusCode, ContentType: field(resp.Header.Get("Content-Type")),
		ETag: field(resp.Header.Get("ETag")), LastModified: field(resp.Header.Get("Last-Modified")),
	}
	a.MediaType, a.Charset = mediaType(a.ContentType)
	if resp.StatusCode == http.StatusNotModified && isConditional(resp.Request) {
		a.NotModified = true
		if a.ETag == "" {
			a.ETag = r.ETag
		}
		if a.LastModified == "" {
			a.LastModified = r.LastModified
		}
		return reply{answer: a}, nil
	}
	if resp.StatusCode != http.StatusOK {
		return reply{}, statusError(resp, time.Now())
	}
	if a.Bytes, err = readBody(resp, r); err != nil {
		return reply{}, c.explain(err)
	}
	return reply{answer: a}, nil
}

// send makes one request. It is not http.Client's: that follows redirects by
// rules of its own, with a referrer.
func (c *Client) send(ctx context.Context, target *url.URL, r Request) (*http.Response, error) {
	u := *target
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	h := req.Header
	h.Set("User-Agent", c.agent)
	h.Set("Accept", acceptReport)
	if r.Accept != "" {
		h.Set("Accept", r.Accept)
	}
	h.Set("Accept-Language", "en, *;q=0.5")
	h.Set("Accept-Encoding", "gzip") // said here, it is ours to undo, within our limits
	if target.User != nil {
		password, _ := target.User.Password()
		req.SetBasicAuth(target.User.Username(), password)
	}
	if publicURL(target) == r.ValidFor {
		if v := field(r.ETag); v != "" {
			h.Set("If-None-Match", v)
		}
		if v := field(r.LastModified); v != "" {
			h.Set("If-Modified-Since", v)
		}
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Request = req
	return resp, nil
}

func isConditional(r *http.Request) bool {
	return r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
