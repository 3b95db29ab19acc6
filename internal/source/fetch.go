package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// fetch gets a report over HTTP. It says who asks, follows a few redirects,
// and goes to no address that is not on the public internet.
func fetch(ctx context.Context, name string, opts Options) (Raw, error) {
	target, err := url.Parse(name)
	if err != nil {
		return Raw{}, unreachable(name, err, "check it", "is not a URL")
	}
	shown := target.Redacted()
	if err := checkScheme(target); err != nil {
		return Raw{}, unreachable(shown, err, "give the path of a file, or an http or https URL", "%v", err)
	}
	timeout := opts.Timeout
	if timeout == 0 {
		timeout = Timeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, name, http.NoBody)
	if err != nil {
		return Raw{}, unreachable(shown, err, "check it", "is not a URL")
	}
	req.Header.Set("User-Agent", userAgent())
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1")
	req.Header.Set("Accept-Language", "en, *;q=0.5")
	client := http.Client{Transport: opts.transport(), CheckRedirect: checkRedirect}
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return Raw{}, fetchError(shown, err, timeout)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Raw{}, unreachable(shown, nil, "", "the server answered %q", resp.Status)
	}
	if enc := resp.Header.Get("Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		return Raw{}, unreachable(shown, nil, "", "the server sent the encoding %q, which was not asked for", enc)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, MaxBytes+1))
	if err != nil {
		return Raw{}, fetchError(shown, err, timeout)
	}
	if len(b) > MaxBytes {
		return Raw{}, tooLarge(shown)
	}
	c := content{name: shown, bytes: b}
	if mediaType, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil {
		c.mediaType, c.charset = mediaType, params["charset"]
	}
	return decode(c, Raw{Name: name, URL: publicURL(resp.Request.URL)})
}

// publicURL is u as it may stand in a report: without credentials and fragment.
func publicURL(u *url.URL) string {
	v := *u
	v.User, v.Fragment, v.RawFragment = nil, "", ""
	return v.String()
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("the scheme %q is not read", u.Scheme)
	}
	if u.Hostname() == "" {
		return errors.New("the URL names no host")
	}
	return nil
}

// redirectError is the refusal to follow a redirect; its text is the reason.
type redirectError string

func (e redirectError) Error() string { return string(e) }

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > MaxRedirects {
		return redirectError(fmt.Sprintf("redirects more than %d times", MaxRedirects))
	}
	if err := checkScheme(req.URL); err != nil {
		return redirectError("redirects to where it may not: " + err.Error())
	}
	return nil
}

// transport checks every address after the name is resolved and before it is
// dialled, so that neither a name nor a redirect leads into a private network.
// A proxy would dial in our stead, unchecked: it is used only where private
// addresses are allowed.
func (o Options) transport() http.RoundTripper {
	if o.Transport != nil {
		return o.Transport
	}
	t := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, Control: ssrf.New(ssrf.WithPorts(80, 443, 8080, 8443)).Safe}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		ForceAttemptHTTP2:      true,
	}
	if o.AllowPrivate {
		t.DialContext = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
		t.Proxy = http.ProxyFromEnvironment
	}
	return t
}

// userAgent says honestly who asks, and in which version.
func userAgent() string {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version
	}
	return "Rapporteur/" + version + " (+https://github.com/rapporteur/rapporteur)"
}

// fetchError tells why a fetch failed in the words of one who does not know Go.
func fetchError(name string, err error, timeout time.Duration) *Error {
	var (
		redirect redirectError
		dns      *net.DNSError
		cert     *tls.CertificateVerificationError
	)
	fail := func(advice, format string, args ...any) *Error {
		return unreachable(name, err, advice, format, args...)
	}
	switch {
	case errors.As(err, &redirect):
		return fail("", "%v", redirect)
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return fail("save the page and give the file", "is at a private or local address, which is not fetched")
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return fail("save the page and give the file", "is at a port that is not fetched (80, 443, 8080 and 8443 are)")
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return fail("try again later", "did not answer in time (%v for all of it)", timeout)
	case errors.Is(err, context.Canceled):
		return fail("", "the fetch was stopped")
	case errors.As(err, &dns) && dns.IsNotFound:
		return fail("check the name", "there is no host %q", dns.Name)
	case errors.As(err, &dns):
		return fail("check the network", "the host %q cannot be looked up", dns.Name)
	case errors.As(err, &cert):
		return fail("", "the server's certificate is not good: %v", cert.Err)
	case errors.Is(err, http.ErrSchemeMismatch):
		return fail("try http://", "the server does not speak TLS")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fail("try again", "the server broke off")
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return fail("", "cannot be fetched: %v", err)
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}
