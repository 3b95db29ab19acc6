package web

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2025, 5, 16, 12, 0, 0, 0, time.UTC)

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"":                                0,
		"0":                               0,
		"120":                             2 * time.Minute,
		" 7\t":                            7 * time.Second,
		"86399":                           MaxRetryAfter - time.Second,
		"86401":                           MaxRetryAfter,
		"9223372036854775807":             MaxRetryAfter,
		"18446744073709551617":            MaxRetryAfter,
		strings.Repeat("9", 1000):         MaxRetryAfter,
		strings.Repeat("9", 2000):         0, // no server means that
		"-5":                              0,
		"1.5":                             0,
		"+5":                              0,
		"٣":                               0,
		"soon":                            0,
		"Fri, 16 May 2025 12:01:30 GMT":   90 * time.Second, // IMF-fixdate
		"Friday, 16-May-25 12:01:30 GMT":  90 * time.Second, // RFC 850
		"Fri May 16 12:01:30 2025":        90 * time.Second, // asctime
		"Fri, 16 May 2025 11:00:00 GMT":   0,
		"Mon, 01 Jan 0001 00:00:00 GMT":   0,
		"Fri, 31 Dec 9999 23:59:59 GMT":   MaxRetryAfter,
		"Fri, 16 May 2025 12:01:30 +0000": 0,
	} {
		if got := retryAfter(value, noon); got != want {
			t.Errorf("%.40q: %v, want %v", value, got, want)
		}
	}
}

func TestMediaType(t *testing.T) {
	for value, want := range map[string][2]string{
		"":                                   {},
		"text/html":                          {"text/html", ""},
		"Text/HTML; Charset=UTF-8":           {"text/html", "UTF-8"},
		`text/plain; charset="koi8-r"; x=y`:  {"text/plain", "koi8-r"},
		"text/html;":                         {"text/html", ""},
		"text/html; charset":                 {"text/html", ""}, // the type stands, the parameter does not
		"text/;;=":                           {},
		"text/html, text/plain":              {},
		"text/html; charset=a; charset=b":    {},
		"application/atom+xml;charset=utf-8": {"application/atom+xml", "utf-8"},
	} {
		mediaType, charset := mediaType(value)
		if got := [2]string{mediaType, charset}; got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for s, want := range map[string]string{
		"as it is – “so”":              "as it is – “so”",
		"a\r\nb\x1b[31m\u202e\x80":     "a\uFFFD\uFFFDb\uFFFD[31m\uFFFD\uFFFD",
		strings.Repeat("é", 200):       strings.Repeat("é", 100) + "…",
		strings.Repeat("a", 199) + "é": strings.Repeat("a", 199) + "…",
	} {
		if got := plain(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func FuzzHeaderFields(f *testing.F) {
	for _, s := range []string{"120", "Fri, 16 May 2025 12:01:30 GMT", "text/html; charset=utf-8", "text/html; charset*=utf-8''%e2", "\r\n", `"tag"`, "-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if d := retryAfter(value, noon); d < 0 || d > MaxRetryAfter {
			t.Errorf("Retry-After %q: %v", value, d)
		}
		mediaType, charset := mediaType(value)
		if mediaType != strings.ToLower(mediaType) || mediaType == "" && charset != "" || len(mediaType)+len(charset) > len(value) {
			t.Errorf("Content-Type %q: %q, %q", value, mediaType, charset)
		}
		kept := field(value)
		if kept != "" && kept != value || strings.ContainsAny(kept, "\r\n\x00") || len(kept) > maxFieldBytes {
			t.Errorf("%q is kept as %q", value, kept)
		}
		if line := plain(value); strings.ContainsAny(line, "\r\n\x1b") || len(line) > 1000 {
			t.Errorf("%q is shown as %q", value, line)
		}
		e := statusError(&http.Response{Status: value, StatusCode: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {value}}}, noon)
		if strings.ContainsAny(e.Error(), "\r\n\x1b") {
			t.Errorf("%q", e)
		}
	})
}
