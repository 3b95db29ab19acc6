package web

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// newTransport checks every address after the name is resolved and before it
// is dialled, so that neither a name nor a redirect leads into a private
// network. A proxy would dial in our stead, unchecked: it is used only where
// private addresses are allowed.
//
// A connection is for one request. One that is used again may still hold what
// a server sent over the length that it declared, which is then read as the
// answer to another question; and a name is looked up and checked every time.
func newTransport(o Options) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver}
	t := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  headersTimeout,
		MaxResponseHeaderBytes: MaxHeaderBytes,
		DisableKeepAlives:      true,
		ForceAttemptHTTP2:      true,
	}
	if o.AllowPrivate {
		t.Proxy = http.ProxyFromEnvironment
		return t
	}
	safe := ssrf.New(ssrf.WithPorts(80, 443, 8080, 8443)).Safe
	dialer.Control = func(network, address string, conn syscall.RawConn) error {
		if err := safe(network, address, conn); err != nil {
			return newGuardError(address, err)
		}
		return nil
	}
	return t
}

// guardError is the refusal to dial an address.
type guardError struct {
	address string // the IP address
	cause   error
}

func newGuardError(address string, cause error) *guardError {
	if a, err := netip.ParseAddrPort(address); err == nil {
		address = a.Addr().String()
	}
	return &guardError{address: address, cause: cause}
}

func (e *guardError) Error() string   { return e.cause.Error() }
func (e *guardError) Unwrap() []error { return []error{ErrGuarded, e.cause} }
