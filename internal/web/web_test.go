package web

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestGet(t *testing.T) {
	at, c := site(t, Options{})
	for _, tt := range []struct{ path, want string }{
		{"/plain", report},
		{"/plain#part", report},
		{"/gzip", report},
		{"/x-gzip", report},
		{"/identity", report},
		{"/members", report},
		{"/gzip/empty", ""},
		{"/gzip/undeclared", zipped(report, 1)}, // no more is undone than was said
		{"/length/under", report[:12]},          // what is over is no part of the answer, RFC 9112, section 6.3
		{"/length/closed", report},
		{"/etag/long", report},
		{"/redirects/4", report},
		{"/slow/redirect", report},
		{"/conditional", report},
	} {
		t.Run(tt.path, func(t *testing.T) {
			a, err := c.Get(t.Context(), Request{URL: at + tt.path})
			if err != nil || string(a.Bytes) != tt.want || a.Status != http.StatusOK || a.NotModified {
				t.Fatalf("%+v, %v", a, err)
			}
			if strings.Contains(a.URL, "#") || !strings.HasPrefix(a.URL, at) || a.Asked != at+tt.path {
				t.Errorf("found at %q, asked for %q", a.URL, a.Asked)
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	at, c := site(t, Options{})
	a, err := c.Get(t.Context(), Request{URL: at + "/redirects/1"})
	if err != nil {
		t.Fatal(err)
	}
	want := Answer{
		Asked: at + "/redirects/1", URL: at + "/plain", Moved: at + "/redirects/0", Status: 200, Bytes: a.Bytes,
		ContentType: "text/plain; charset=Windows-1252", MediaType: "text/plain", Charset: "Windows-1252",
		ETag: `"one"`, LastModified: "Fri, 16 May 2025 10:00:00 GMT",
	}
	if a.Bytes = nil; a.URL != want.URL || a.Moved != want.Moved || a.ContentType != want.ContentType || a.MediaType != want.MediaType ||
		a.Charset != want.Charset || a.ETag != want.ETag || a.LastModified != want.LastModified || a.Asked != want.Asked {
		t.Errorf("%+v; want %+v", *a, want)
	}
	if a, err = c.Get(t.Context(), Request{URL: at + "/etag/long"}); err != nil || a.ETag != "" || a.MediaType != "" {
		t.Errorf("long fields: %+v, %v", a, err)
	}
}

func TestRefused(t *testing.T) {
	at, c := site(t, Options{})
	for _, tt := range []struct {
		path, want string
		temporary  bool
	}{
		{"/none", `the server answered "404 Not Found"`, false},
		{"/status/204", "204", false},
		{"/status/206", "206", false},
		{"/status/302", "302", false},
		{"/status/304", "304", false}, // nothing was asked about
		{"/status/401", "401", false},
		{"/status/408", "408", true},
		{"/status/429", "429", true},
		{"/status/500", "500", true},
		{"/status/503", "503", true},
		{"/gzip/not", "something else", true},
		{"/gzip/damaged", "something else or damaged", true},
		{"/gzip/cut", "broke off", true},
		{"/gzip/nested", `the encoding "gzip, gzip"`, false},
		{"/gzip/nested/lines", `the encoding "gzip, gzip"`, false},
		{"/encoded/br", `the encoding "br"`, false},
		{"/encoded/deflate", `the encoding "deflate"`, false},
		{"/encoded/zstd", `the encoding "zstd"`, false},
		{"/encoded/compress", `the encoding "compress"`, false},
		{"/encoded/rot13", "the encoding \"rot13", false},
		{"/bomb", "larger than 16 MiB", false},
		{"/endless", "larger than 16 MiB", false},
		{"/length/huge", "larger than 16 MiB", false},
		{"/length/over", "broke off", true},
		{"/length/twice", "Content-Length", true},
		{"/length/negative", "Content-Length", true},
		{"/length/chunks", "broke off", true},
		{"/length/badchunks", "cannot be fetched", true},
		{"/length/nothing", "broke off", true},
		{"/length/babble", "cannot be fetched: ", true},
		{"/headers", "more than 256 KiB of headers", false},
		{"/headers/many", "more than 256 KiB of headers", false},
		{"/early", "more than 256 KiB of headers", false},
		{"/loop", "redirects more than 5 times", false},
		{"/redirects/99", "redirects more than 5 times", false},
		{"/redirects/5", "redirects more than 5 times", false},
	} {
		t.Run(tt.path, func(t *testing.T) {
			a, err := c.Get(t.Context(), Request{URL: at + tt.path})
			if e := refused(t, a, err, tt.want); e.Temporary != tt.temporary || !strings.HasPrefix(e.Error(), at) {
				t.Errorf("temporary %v: %v", e.Temporary, e)
			}
			if errors.Is(err, ErrTooLarge) != strings.Contains(tt.want, "MiB") || errors.Is(err, ErrRedirect) != strings.HasPrefix(tt.want, "redirects") {
				t.Errorf("what kind of error is %v?", err)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	at, c := site(t, Options{})
	n := int64(len(report))
	for _, path := range []string{"/plain", "/gzip"} {
		if a, err := c.Get(t.Context(), Request{URL: at + path, MaxBytes: n + 40}); err != nil || len(a.Bytes) != len(report) {
			t.Errorf("%s, within the limit: %v", path, err)
		}
		if a, err := c.Get(t.Context(), Request{URL: at + path, MaxBytes: n - 1}); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s, a byte over: %+v, %v", path, a, err)
		}
		if a, err := c.Get(t.Context(), Request{URL: at + path, MaxBytes: n - 1, cut: true}); err != nil || path == "/plain" && string(a.Bytes) != report[:n-1] {
			t.Errorf("%s, cut: %+v, %v", path, a, err)
		}
	}
	if a, err := c.Get(t.Context(), Request{URL: at + "/plain", MaxBytes: n}); err != nil || string(a.Bytes) != report {
		t.Errorf("at the limit: %+v, %v", a, err)
	}
}

// A bomb takes the memory of what is kept of it, not of what it holds.
func TestBombMemory(t *testing.T) {
	at, c := site(t, Options{})
	_, _ = c.Get(t.Context(), Request{URL: at + "/plain"})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = c.Get(t.Context(), Request{URL: at + "/bomb"})
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 8*MaxBytes { // append's doublings, and the server
		t.Errorf("%d MiB allocated", grown>>20)
	}
}

func TestSlow(t *testing.T) {
	at, c := site(t, Options{Timeout: 200 * time.Millisecond})
	for _, path := range []string{"/slow/headers", "/slow/body", "/to?url=/slow/body"} {
		start := time.Now()
		a, err := c.Get(t.Context(), Request{URL: at + path})
		if e := refused(t, a, err, "did not answer in time (200ms for all of it)"); !e.Temporary {
			t.Error("a time-out is for ever")
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", path, took)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if a, err := c.Get(ctx, Request{URL: at + "/slow/headers"}); !errors.Is(err, context.Canceled) {
		t.Error(a, err)
	} else {
		refused(t, a, err, "the fetch was stopped")
	}
}

func TestConditional(t *testing.T) {
	at, c := site(t, Options{})
	const day = "Fri, 16 May 2025 10:00:00 GMT"
	for _, tt := range []struct {
		name string
		r    Request
		want bool
	}{
		{"tag", Request{URL: at + "/conditional", ETag: `"two"`}, true},
		{"date", Request{URL: at + "/conditional", LastModified: day}, true},
		{"another tag", Request{URL: at + "/conditional", ETag: `"one"`}, false},
		{"through a redirect", Request{URL: at + "/to?url=/conditional", ETag: `"two"`, ValidFor: at + "/conditional"}, true},
		{"of the redirect itself", Request{URL: at + "/to?url=/conditional", ETag: `"two"`}, false},
		{"of another page", Request{URL: at + "/conditional", ETag: `"two"`, ValidFor: at + "/plain"}, false},
		{"not a tag", Request{URL: at + "/conditional", ETag: "\"two\"\r\nX-Evil: 1"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := c.Get(t.Context(), tt.r)
			if err != nil || a.NotModified != tt.want || tt.want != (a.Status == http.StatusNotModified) || tt.want != (a.Bytes == nil) {
				t.Fatalf("%+v, %v", a, err)
			}
			if a.ETag != `"two"` || tt.r.LastModified != a.LastModified || !strings.HasSuffix(a.URL, "/conditional") {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestRetryAfterOfAnswers(t *testing.T) {
	at, c := site(t, Options{})
	for path, want := range map[string]time.Duration{
		"/status/429?after=120":                     2 * time.Minute,
		"/status/503?after=0":                       0,
		"/status/503?after=soon":                    0,
		"/status/429?after=99999999999999999999999": MaxRetryAfter,
		"/status/404?after=120":                     0,
	} {
		_, err := c.Get(t.Context(), Request{URL: at + path})
		if e := refused(t, nil, err, "the server answered"); e.RetryAfter != want {
			t.Errorf("%s: %v, want %v", path, e.RetryAfter, want)
		}
	}
}

// What a request says: who asks, and nothing of where we were before.
func TestHeaders(t *testing.T) {
	at, c := site(t, Options{})
	a, err := c.Get(t.Context(), Request{URL: at + "/to?url=/to?url=/says", Accept: "application/rss+xml"})
	if err != nil {
		t.Fatal(err)
	}
	got := string(a.Bytes)
	for _, want := range []string{"Rapporteur/devel (+https://github.com/rapporteur/rapporteur)", "application/rss+xml", "gzip"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	for _, not := range []string{"Referer", "Cookie", "Authorization", "If-"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in %s", not, got)
		}
	}
}

func TestCredentials(t *testing.T) {
	at, c := site(t, Options{})
	other := httptest.NewServer(handler())
	defer other.Close()
	f := c.transport.(*fork)
	free := newTransport(Options{AllowPrivate: true})
	free.Proxy = nil
	f.free[other.Listener.Addr().String()] = free

	private := strings.Replace(at, "://", "://user:secret@", 1)
	const basic = "Basic dXNlcjpzZWNyZXQ="
	for path, sent := range map[string]bool{
		"/says":                          true,
		"/to?url=/says":                  true,  // the same origin
		"/to?url=" + other.URL + "/says": false, // another
		"/to?url=" + other.URL + "/to?url=" + at + "/says": false, // back again
	} {
		a, err := c.Get(t.Context(), Request{URL: private + path})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(a.Bytes); strings.Contains(got, basic) != sent {
			t.Errorf("%s: %s", path, got)
		}
		if strings.Contains(a.URL+a.Asked+a.Moved, "secret") {
			t.Errorf("%s: %+v", path, a)
		}
	}
	for _, path := range []string{"/none", "/slow/none", "/loop"} {
		a, err := c.Get(t.Context(), Request{URL: private + path})
		refused(t, a, err, "user:xxxxx@")
	}
	_, err := c.Get(t.Context(), Request{URL: strings.Replace(at, "://", "://secret@", 1) + "/none"})
	refused(t, nil, err, "//xxxxx@")
	_, err = c.Get(t.Context(), Request{URL: "http://user:secret@[::1/"})
	refused(t, nil, err, "http://xxxxx@[::1/: is not a URL")
}

func TestTLS(t *testing.T) {
	for proto, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		t.Run(proto, func(t *testing.T) {
			s := httptest.NewUnstartedServer(handler())
			s.EnableHTTP2 = http2
			s.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of the client that does not trust it
			s.StartTLS()
			defer s.Close()
			c := clientOf(t, Options{}, s)
			if a, err := c.Get(t.Context(), Request{URL: s.URL + "/says"}); err != nil || !strings.HasPrefix(string(a.Bytes), proto) {
				t.Errorf("%+v, %v", a, err)
			}
			for path, want := range map[string]string{
				"/gzip/nested":        "gzip, gzip",
				"/bomb":               "16 MiB",
				"/endless":            "16 MiB",
				"/length/huge":        "16 MiB",
				"/length/over":        "broke off",
				"/headers":            "256 KiB of headers",
				"/headers/many":       "256 KiB of headers",
				"/early":              "256 KiB of headers",
				"/redirects/99":       "redirects more than 5 times",
				"/to?url=http://a.b/": "leaves https",
			} {
				a, err := c.Get(t.Context(), Request{URL: s.URL + path})
				refused(t, a, err, want)
			}
			strict := New(Options{AllowPrivate: true})
			_, err := strict.Get(t.Context(), Request{URL: s.URL})
			refused(t, nil, err, "the server's certificate is not good")
			_, err = strict.Get(t.Context(), Request{URL: strings.Replace(s.URL, "https", "http", 1) + "/plain"})
			refused(t, nil, err, "400")
		})
	}
	at, _ := site(t, Options{})
	_, err := New(Options{AllowPrivate: true}).Get(t.Context(), Request{URL: strings.Replace(at, "http", "https", 1)})
	refused(t, nil, err, "does not speak TLS; try http://")
}
