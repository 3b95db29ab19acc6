package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const (
	pageURL = "https://courier.example/grain"
	minutes = "<html><body><p>The minister said that the corridor would open on Monday.</p></body></html>"
)

// rec is one record as stored: its WARC fields, lines "Name: value", and its block.
func rec(version string, fields []string, block string) string {
	return "WARC/" + version + "\r\n" + strings.Join(fields, "\r\n") + fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n", len(block)) + block + "\r\n\r\n"
}

func fields(typ, url, contentType string, more ...string) []string {
	f := []string{"WARC-Type: " + typ, "WARC-Date: 2025-05-12T08:30:00Z", "WARC-Record-ID: <urn:uuid:4c8a2f1e-0000-4000-8000-00000000000a>"}
	if url != "" {
		f = append(f, "WARC-Target-URI: "+url)
	}
	if contentType != "" {
		f = append(f, "Content-Type: "+contentType)
	}
	return append(f, more...)
}

func response(url, block string, more ...string) string {
	return rec("1.0", fields("response", url, "application/http; msgtype=response", more...), block)
}

// ok is an HTTP answer with status 200: headers, lines "Name: value", and body.
func ok(body string, headers ...string) string {
	return "HTTP/1.1 200 OK\r\n" + strings.Join(append(headers, ""), "\r\n") + "\r\n" + body
}

func htmlPage(url string) string {
	return response(url, ok(minutes, "Content-Type: text/html; charset=utf-8"))
}

// crawl is a small archive with a record of each kind, three pages among them,
// as one string a record.
func crawl(version string) []string {
	r := func(f []string, block string) string { return rec(version, f, block) }
	return []string{
		r(fields("warcinfo", "", "application/warc-fields"), "software: crawl/1\r\n"),
		r(fields("response", "dns:courier.example", "text/dns"), "20250512083000\r\ncourier.example. 60 IN A 192.0.2.1\n"),
		r(fields("request", pageURL, "application/http; msgtype=request"), "GET /grain HTTP/1.1\r\nHost: courier.example\r\n\r\n"),
		r(fields("response", pageURL, "application/http; msgtype=response"), ok(minutes, "Content-Type: text/html; charset=utf-8")),
		r(fields("metadata", pageURL, "application/warc-fields"), "fetchTimeMs: 12\r\n"),
		r(fields("revisit", pageURL, "application/http; msgtype=response"), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
		r(fields("response", pageURL+".png", "application/http; msgtype=response"), ok("\x89PNG\r\n\x1a\n", "Content-Type: image/png")),
		r(fields("response", pageURL+"/old", "application/http; msgtype=response"), "HTTP/1.1 301 Moved Permanently\r\nLocation: /grain\r\n\r\nmoved"),
		r(fields("resource", "file:///letters/one.txt", "text/plain"), "The mayor denied it."),
		r(fields("conversion", "https://courier.example/wet", "text/plain"), "The talks go on, she said."),
	}
}

var crawled = []string{pageURL, "file:///letters/one.txt", "https://courier.example/wet"}

func isPage(record string) bool {
	for _, u := range crawled {
		if strings.Contains(record, "WARC-Target-URI: "+u+"\r\n") && !strings.Contains(record, "request") && !strings.Contains(record, "metadata") && !strings.Contains(record, "revisit") {
			return true
		}
	}
	return false
}

// A packing makes an archive file of records.
type packing struct {
	name string
	pack func(records []string) []byte
}

var packings = []packing{
	{"plain", func(rs []string) []byte { return []byte(strings.Join(rs, "")) }},
	{"a member each", func(rs []string) []byte {
		var out []byte
		for _, r := range rs {
			out = append(out, gz(r)...)
		}
		return out
	}},
	{"one member", func(rs []string) []byte { return gz(strings.Join(rs, "")) }},
	{"members of 100 bytes", func(rs []string) []byte {
		var out []byte
		for all := strings.Join(rs, ""); all != ""; {
			n := min(100, len(all))
			out = append(out, gz(all[:n])...)
			all = all[n:]
		}
		return out
	}},
}

func packed(name string, w io.WriteCloser, buf *bytes.Buffer, s string) []byte {
	if _, err := io.WriteString(w, s); err != nil {
		panic(name + ": " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic(name + ": " + err.Error())
	}
	return buf.Bytes()
}

func gz(s string) []byte {
	var b bytes.Buffer
	return packed("gzip", gzip.NewWriter(&b), &b, s)
}

func zl(s string) []byte {
	var b bytes.Buffer
	return packed("zlib", zlib.NewWriter(&b), &b, s)
}

func deflated(s string) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 6)
	if err != nil {
		panic(err)
	}
	return packed("flate", w, &b, s)
}

func br(s string) []byte {
	var b bytes.Buffer
	return packed("brotli", brotli.NewWriter(&b), &b, s)
}

func zs(s string) []byte {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	return packed("zstd", w, &b, s)
}

// chunked is s in chunks of n bytes.
func chunked(s string, n int) string {
	var b strings.Builder
	for s != "" {
		k := min(n, len(s))
		fmt.Fprintf(&b, "%x;ext=1\r\n%s\r\n", k, s[:k])
		s = s[k:]
	}
	return b.String() + "0\r\nExpires: never\r\n\r\n"
}

// result is all that an archive gave.
type result struct {
	pages []*Page
	bad   []*RecordError
	end   error // io.EOF or a *BreakError
	r     *Reader
}

func readAll(t testing.TB, r io.Reader) result {
	t.Helper()
	res := result{r: NewReader(r, "crawl.warc")}
	for {
		page, err := res.r.Next()
		var re *RecordError
		var be *BreakError
		switch {
		case err == nil && page != nil:
			res.pages = append(res.pages, page)
			continue
		case page != nil:
			t.Fatalf("a page and %v", err)
		case errors.As(err, &re):
			res.bad = append(res.bad, re)
			oneLine(t, err)
			continue
		case errors.As(err, &be):
			oneLine(t, err)
		case err != io.EOF:
			t.Fatalf("Next: %v (%T), want *RecordError, *BreakError or io.EOF", err, err)
		}
		if _, again := res.r.Next(); again != err {
			t.Fatalf("Next after %v: %v", err, again)
		}
		res.end = err
		return res
	}
}

func oneLine(t testing.TB, err error) {
	t.Helper()
	if s := err.Error(); strings.ContainsAny(s, "\n\r\x1b\x00") || !strings.HasPrefix(s, "crawl.warc: ") {
		t.Errorf("%q is not one line that begins with the archive's name", s)
	}
}

func urls(pages []*Page) []string {
	var out []string
	for _, p := range pages {
		out = append(out, p.URL)
	}
	return out
}

// only reads an archive of one record, which must give one page.
func only(t *testing.T, record string) *Page {
	t.Helper()
	res := readAll(t, strings.NewReader(record))
	if len(res.pages) != 1 || len(res.bad) != 0 || res.end != io.EOF {
		t.Fatalf("%d pages, errors %v, end %v, passed %v; want one page\n%.300q", len(res.pages), res.bad, res.end, res.r.Passed(), record)
	}
	return res.pages[0]
}
