package source

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const report = "The minister said on Friday that the talks would go on."

// site is a server that answers with reports, and with all that servers do instead.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{contentType}
			_, _ = io.WriteString(w, body)
		})
	}
	answer("/plain", "text/plain; charset=utf-8", report)
	answer("/untyped", "", report)
	answer("/page", "text/html; charset=windows-1251", "<p>\xCF\xF0\xE8\xE2\xE5\xF2. "+report)
	answer("/bare", "text/html", "Menu <div>"+report+"</div>")
	answer("/empty", "text/html", "")
	answer("/lying/pdf", "text/html", "%PDF-1.7\n")
	answer("/lying/image", "image/png", report)
	answer("/lying/plain", "text/plain", "<!doctype html><p>"+report)
	answer("/broken/type", "text/;;=", report)
	answer("/json", "application/json", `{"a": 1}`)
	mux.HandleFunc("/agent", func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "%s said %s.", r.UserAgent(), report)
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/plain#top", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/to/{n}", func(w http.ResponseWriter, r *http.Request) {
		n := r.PathValue("n")
		if n == "xxxxx" {
			http.Redirect(w, r, "/plain", http.StatusFound)
			return
		}
		http.Redirect(w, r, "/to/x"+n, http.StatusFound)
	})
	mux.HandleFunc("/to/file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "file:///etc/hosts")
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("/forbidden", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, report, http.StatusForbidden) })
	mux.HandleFunc("/brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = io.WriteString(w, report)
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 1 << 10 { // a gibibyte, in a mebibyte
			if _, err := z.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, report)
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
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, "a")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/lying/length", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		_, _ = io.WriteString(w, report)
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("a", 1<<20))
		_, _ = io.WriteString(w, report)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestFetch(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path, want string
		kind       Kind
	}{
		{"/plain", report, Text},
		{"/plain#part", report, Text},
		{"/untyped", report, Text},
		{"/gzip", report, Text},
		{"/broken/type", report, Text},
		{"/page", "<p>Привет. " + report, HTML},
		{"/bare", "Menu <div>" + report + "</div>", HTML},
		{"/lying/plain", "<!doctype html><p>" + report, HTML},
		{"/moved", report, Text},
		{"/to/x", report, Text},
		{"/agent", "Rapporteur/devel (+https://github.com/rapporteur/rapporteur) said " + report + ".", Text},
	} {
		t.Run(tt.path, func(t *testing.T) {
			raw, err := Open(context.Background(), s.URL+tt.path, Options{AllowPrivate: true})
			if err != nil || raw.Text != tt.want || raw.Kind != tt.kind {
				t.Fatalf("%+v, %v", raw, err)
			}
			if !strings.HasPrefix(raw.URL, s.URL) || strings.Contains(raw.URL, "#") || tt.path == "/moved" && !strings.HasSuffix(raw.URL, "/plain") {
				t.Errorf("URL %q", raw.URL)
			}
		})
	}
}

type refusal struct {
	name string
	exit int
	want string
}

// patience is short where a time-out is what is tested.
func (r refusal) patience() time.Duration {
	if strings.Contains(r.want, "in time") {
		return 300 * time.Millisecond
	}
	return Timeout
}

func TestFetchRefused(t *testing.T) {
	s := site(t)
	for _, tt := range []refusal{
		{s.URL + "/none", 1, "404"},
		{s.URL + "/forbidden", 1, "403"},
		{s.URL + "/loop", 1, "redirects more than 5 times"},
		{s.URL + "/to/file", 1, `the scheme "file" is not read`},
		{s.URL + "/brotli", 1, "br"},
		{s.URL + "/slow", 1, "did not answer in time"},
		{s.URL + "/silent", 1, "did not answer in time"},
		{s.URL + "/lying/length", 1, "broke off"},
		{s.URL + "/headers", 1, "cannot be fetched"},
		{s.URL + "/endless", 2, "16 MiB"},
		{s.URL + "/bomb", 2, "16 MiB"},
		{s.URL + "/empty", 2, "nothing to read"},
		{s.URL + "/lying/pdf", 2, "a PDF document"},
		{s.URL + "/lying/image", 2, "image/png"},
		{s.URL + "/json", 2, "application/json"},
		{strings.Replace(s.URL, "http:", "https:", 1) + "/plain", 1, "does not speak TLS"},
		{"http://rapporteur.invalid/", 1, "rapporteur.invalid"},
		{"http://127.0.0.1:1/", 1, "refused"},
		{"ftp://example.org/a", 1, `the scheme "ftp" is not read`},
		{"file:///etc/hosts", 1, `the scheme "file" is not read`},
		{"javascript://alert(1)", 1, "is not"},
		{"http:///a", 1, "no host"},
		{"http://user:secret@rapporteur.invalid/", 1, "user:xxxxx@"},
		{"http://[::1", 1, "is not a URL"},
		{"http://a b/\n", 1, "is not a URL"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw, err := Open(context.Background(), tt.name, Options{AllowPrivate: true, Timeout: tt.patience()})
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%.200v, %v", raw, err)
			}
			if e.ExitCode() != tt.exit || !strings.Contains(e.Error(), tt.want) || strings.ContainsAny(e.Error(), "\r\n") || strings.Contains(e.Error(), "secret") {
				t.Errorf("exit %d, %q; want exit %d, %q", e.ExitCode(), e, tt.exit, tt.want)
			}
		})
	}
}

func TestFetchTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, report) }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of the client that does not trust it
	s.StartTLS()
	defer s.Close()
	if raw, err := Open(context.Background(), s.URL, Options{Transport: s.Client().Transport}); err != nil || raw.Text != report {
		t.Errorf("trusted: %+v, %v", raw, err)
	}
	_, err := Open(context.Background(), s.URL, Options{AllowPrivate: true})
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("unknown authority: %v", err)
	}
}

func TestFetchStopped(t *testing.T) {
	s := site(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := Open(ctx, s.URL+"/slow", Options{AllowPrivate: true}); err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Error(err)
	}
}

// What is not on the public internet is not dialled, by whatever name.
func TestFetchPrivate(t *testing.T) {
	s := site(t)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{
		"127.0.0.1", "127.1.2.3", "localhost", "[::1]", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "10.0.0.1", "172.16.0.1",
		"192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "224.0.0.1", "255.255.255.255",
	} {
		for _, port := range []string{"80", "8080"} {
			_, err := Open(context.Background(), "http://"+host+":"+port+"/plain", Options{Timeout: 2 * time.Second})
			if err == nil || !strings.Contains(err.Error(), "private or local address") {
				t.Errorf("%s:%s: %v", host, port, err)
			}
		}
	}
	if _, err := Open(context.Background(), "http://"+net.JoinHostPort("127.0.0.1", u.Port())+"/plain", Options{}); err == nil || !strings.Contains(err.Error(), "port that is not fetched") {
		t.Errorf("another port: %v", err)
	}
}
