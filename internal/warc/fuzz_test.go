package warc

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// FuzzReader reads any bytes as an archive, as they are, gzipped, and as what
// a server sent: every page has a place and a body within its limit, reading
// in small steps gives the same, and it ends.
func FuzzReader(f *testing.F) {
	for _, p := range packings {
		f.Add(p.pack(crawl("1.0")))
		f.Add(p.pack(part()[1:3]))
	}
	for _, s := range []string{
		"WARC/1.0\r\n", "5\r\nhello\r\n0\r\n\r\n", string(br(minutes)), string(zs(minutes)), string(zl(minutes)), "\x1f\x8b",
		response(pageURL, ok(string(br(minutes)), "Content-Encoding: br")), response(pageURL, ok(string(zs(minutes)), "Content-Encoding: zstd")),
		strings.Replace(htmlPage(pageURL), "Content-Length: 1", "Content-Length: 9", 1), "WARC/1.0\n a\n b: c\n\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in := bytes.Clone(b)
		checkAny(t, b)
		checkAny(t, gz(string(b)))
		checkAny(t, append(gz(htmlPage(pageURL)), b...))
		for _, coding := range []string{"gzip", "deflate", "br", "zstd", "br, gzip"} {
			checkAny(t, []byte(response(pageURL, ok(string(b), "Content-Encoding: "+coding, "Transfer-Encoding: chunked"))))
		}
		checkAny(t, []byte(rec("1.1", fields("response", pageURL, ""), string(b))))
		if !bytes.Equal(in, b) {
			t.Error("the input was changed")
		}
	})
}

func checkAny(t *testing.T, file []byte) {
	t.Helper()
	res := readAll(t, bytes.NewReader(file))
	for _, p := range res.pages {
		if len(p.Body) == 0 || len(p.Body) > MaxBody || p.URL == "" || p.Offset < 0 || p.Offset >= int64(len(file)) || p.Within < 0 {
			t.Errorf("page %q of %d bytes at %d + %d", p.URL, len(p.Body), p.Offset, p.Within)
		}
	}
	slow := readAll(t, steps{bytes.NewReader(file)})
	if !slices.EqualFunc(res.pages, slow.pages, func(a, b *Page) bool {
		return a.URL == b.URL && bytes.Equal(a.Body, b.Body) && a.Offset == b.Offset && a.Within == b.Within
	}) || len(res.bad) != len(slow.bad) || res.end.Error() != slow.end.Error() {
		t.Errorf("in small steps: %d pages, errors %v, end %v; else %d, %v, %v", len(slow.pages), slow.bad, slow.end, len(res.pages), res.bad, res.end)
	}
}

// steps reads 7 bytes at a time.
type steps struct{ r *bytes.Reader }

func (s steps) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 7)]) }
