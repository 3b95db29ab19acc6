package web

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

const report = "The minister said on Friday that the talks would go on."

// zipped is s under so many layers of gzip.
func zipped(s string, layers int) string {
	for range layers {
		var b strings.Builder
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, s)
		_ = z.Close()
		s = b.String()
	}
	return s
}

// handler answers with a report, and with all that servers do instead.
func handler() http.Handler {
	mux := http.NewServeMux()
	answer := func(path, body string, fields ...string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(fields); i += 2 {
				w.Header().Add(fields[i], fields[i+1])
			}
			_, _ = io.WriteString(w, body)
		})
	}
	answer("/plain", report, "Content-Type", "text/plain; charset=Windows-1252", "ETag", `"one"`, "Last-Modified", "Fri, 16 May 2025 10:00:00 GMT")
	answer("/gzip", zipped(report, 1), "Content-Encoding", "gzip")
	answer("/x-gzip", zipped(report, 1), "Content-Encoding", "X-GZIP")
	answer("/identity", report, "Content-Encoding", "identity")
	answer("/members", zipped(report[:9], 1)+zipped(report[9:], 1), "Content-Encoding", "gzip")
	answer("/gzip/empty", "", "Content-Encoding", "gzip")
	answer("/gzip/undeclared", zipped(report, 1), "Content-Type", "text/html")
	answer("/gzip/not", report, "Content-Encoding", "gzip")
	answer("/gzip/damaged", damaged(), "Content-Encoding", "gzip")
	answer("/gzip/cut", zipped(strings.Repeat(report, 10), 1)[:60], "Content-Encoding", "gzip")
	answer("/gzip/nested", zipped(report, 2), "Content-Encoding", "gzip, gzip")
	answer("/gzip/nested/lines", zipped(report, 2), "Content-Encoding", "gzip", "Content-Encoding", "gzip")
	for _, other := range []string{"br", "deflate", "zstd", "compress", "rot13\u00a0"} {
		answer("/encoded/"+strings.TrimSpace(other), report, "Content-Encoding", other)
	}
	answer("/etag/long", report, "ETag", `"`+strings.Repeat("a", 5000)+`"`, "Content-Type", "text/html; charset="+strings.Repeat("a", 5000))
	answer("/headers", report, "X-Long", strings.Repeat("a", 1<<20))
	mux.HandleFunc("/headers/many", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 40_000 {
			w.Header().Set("X-"+strconv.Itoa(i), "a")
		}
		_, _ = io.WriteString(w, report)
	})
	mux.HandleFunc("/early", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", strings.Repeat("a", 60_000))
		for range 100 {
			w.WriteHeader(http.StatusEarlyHints)
		}
		_, _ = io.WriteString(w, report)
	})
	mux.HandleFunc("/says", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "%s %v", r.Proto, r.Header) })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		zeros := make([]byte, 1<<20)
		for range 1 << 10 { // a gibibyte, in a mebibyte
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		line := []byte(strings.Repeat(report, 1000))
		for {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/slow/headers", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/slow/body", func(w http.ResponseWriter, r *http.Request) { drip(w, r) })
	mux.HandleFunc("/slow/redirect", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "/plain")
		w.WriteHeader(http.StatusFound)
		drip(w, r)
	})
	answer("/length/over", report, "Content-Length", "100000")
	answer("/length/huge", report, "Content-Length", strconv.Itoa(1<<40))
	mux.HandleFunc("/length/{kind}", raw)
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.PathValue("code"))
		w.Header().Set("Retry-After", r.FormValue("after"))
		w.WriteHeader(code)
	})
	mux.HandleFunc("/redirects/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.PathValue("n"))
		if n == 0 {
			http.Redirect(w, r, "/plain#top", http.StatusFound)
			return
		}
		http.Redirect(w, r, "/redirects/"+strconv.Itoa(n-1), http.StatusMovedPermanently)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.FormValue("url"))
		w.Header().Set("Set-Cookie", "seen=1")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/conditional", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"two"`)
		if r.Header.Get("If-None-Match") == `"two"` || r.Header.Get("If-Modified-Since") == "Fri, 16 May 2025 10:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, report)
	})
	return mux
}

// damaged is gzip with a bit of its checksum turned.
func damaged() string {
	b := []byte(zipped(report, 1))
	b[len(b)-6] ^= 1
	return string(b)
}

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = io.WriteString(w, "a")
		_ = http.NewResponseController(w).Flush()
		time.Sleep(10 * time.Millisecond)
	}
}

// raw answers with what net/http's server would not send.
func raw(w http.ResponseWriter, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
	switch r.PathValue("kind") {
	case "under":
		head += "Content-Length: 12\r\n\r\n" + report
	case "twice":
		head += "Content-Length: 12\r\nContent-Length: 13\r\n\r\n" + report
	case "negative":
		head += "Content-Length: -1\r\n\r\n" + report
	case "chunks":
		head += "Transfer-Encoding: chunked\r\n\r\n9\r\nThe minis\r\n"
	case "badchunks":
		head += "Transfer-Encoding: chunked\r\n\r\nzz\r\nThe minis\r\n"
	case "closed": // no length at all, RFC 9112, section 6.3, case 8
		head += "Connection: close\r\n\r\n" + report
	case "nothing":
		head = ""
	case "babble":
		head = strings.Repeat(report, 10)
	}
	_, _ = io.WriteString(conn, head)
}

// site is a plain server, and a client that may go to it and nowhere else
// that is not on the public internet.
func site(t *testing.T, o Options) (string, *Client) {
	t.Helper()
	s := httptest.NewServer(handler())
	t.Cleanup(s.Close)
	return s.URL, clientOf(t, o, s)
}

// clientOf is a client with the guarded transport, but for the servers given.
func clientOf(t *testing.T, o Options, servers ...*httptest.Server) *Client {
	t.Helper()
	f := &fork{guarded: newTransport(o), free: map[string]*http.Transport{}}
	for _, s := range servers {
		free := newTransport(Options{AllowPrivate: true})
		free.Proxy = nil
		if s.Certificate() != nil {
			free.TLSClientConfig.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
			free.TLSClientConfig.ServerName = "example.com" // that of httptest's certificate
		}
		address := s.Listener.Addr().String()
		free.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		}
		f.free[address] = free
	}
	o.Transport = f
	return New(o)
}

type fork struct {
	guarded *http.Transport
	free    map[string]*http.Transport // by host and port
}

func (f *fork) RoundTrip(r *http.Request) (*http.Response, error) {
	if t := f.free[r.URL.Host]; t != nil {
		return t.RoundTrip(r)
	}
	return f.guarded.RoundTrip(r)
}

// refused is the *Error that a fetch must end in: a line that holds want.
func refused(t *testing.T, a *Answer, err error, want string) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("answered %t, %v; want %q", a != nil, err, want)
	}
	if !strings.Contains(e.Error(), want) || strings.ContainsAny(e.Error(), "\r\n") || strings.Contains(e.Error(), "secret") {
		t.Errorf("%q; want %q", e, want)
	}
	return e
}
