package warc

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// repeated gives b n times over, without ever holding it.
type repeated struct {
	b  []byte
	at int
	n  int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.b[r.at:])
	if r.at += n; r.at == len(r.b) {
		r.at, r.n = 0, r.n-1
	}
	return n, nil
}

// part is as much of an archive as the benchmarks and the test of memory
// repeat: pages of 20 KB, some packed, and what a crawler puts beside them.
func part() []string {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "<p>The %d members of the council said that vote %d would be held on %d May, and that nobody of them had asked for it.</p>\n", i, i*i%97, i%31)
	}
	html := text.String()
	return []string{
		rec("1.0", fields("request", pageURL, "application/http; msgtype=request"), "GET /grain HTTP/1.1\r\nHost: courier.example\r\n\r\n"),
		response(pageURL, ok(html, "Content-Type: text/html; charset=utf-8")),
		response(pageURL, ok(chunked(string(gz(html)), 1000), "Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
		response(pageURL+".jpg", ok(html, "Content-Type: image/jpeg")),
		response(pageURL+"/old", "HTTP/1.1 301 Moved Permanently\r\nLocation: /grain\r\n\r\n"),
		rec("1.0", fields("metadata", pageURL, "application/warc-fields"), "fetchTimeMs: 12\r\n"),
	}
}

// Memory stays flat over an archive of any size, and each page costs little
// more than its own bytes.
func TestMemoryIsFlat(t *testing.T) {
	const (
		archive = 300 << 20 // bytes unpacked
		live    = 3 << 20   // bytes that may be held at any time
	)
	unpacked := len(strings.Join(part(), ""))
	video := rec("1.0", fields("response", pageURL+".mp4", "application/http"), "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n")
	video = strings.Replace(video, "Content-Length: 44", fmt.Sprintf("Content-Length: %d", 44+1<<30), 1)
	for _, p := range packings[:3] {
		t.Run(p.name, func(t *testing.T) {
			times := archive / unpacked
			b := p.pack(part())
			var in io.Reader = &repeated{b: b, n: times}
			if p.name == "plain" {
				in = io.MultiReader(strings.NewReader(strings.TrimSuffix(video, "\r\n\r\n")), &repeated{b: make([]byte, 1<<20), n: 1 << 10}, strings.NewReader("\r\n\r\n"), in)
			}
			r := NewReader(in, "large.warc")
			before := memory()
			pages, bodies := 0, 0
			for {
				page, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				pages++
				bodies += len(page.Body)
				if pages%1000 == 0 {
					if now := memory(); now.HeapAlloc > before.HeapAlloc+live {
						t.Fatalf("%d bytes are held after %d pages", now.HeapAlloc-before.HeapAlloc, pages)
					}
				}
			}
			after := memory()
			if pages != 2*times {
				t.Errorf("%d pages, want %d", pages, 2*times)
			}
			if spent, most := int(after.TotalAlloc-before.TotalAlloc), bodies+bodies/4+live; spent > most {
				t.Errorf("%d bytes were allocated for pages of %d", spent, bodies)
			}
		})
	}
}

func memory() runtime.MemStats {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m
}

// Time is linear: what makes a reader start over costs no more than bytes.
func TestTimeIsLinear(t *testing.T) {
	const size = 4 << 20
	member := gz(htmlPage(pageURL))
	for name, b := range map[string][]byte{
		"false starts":      append(bytes.Clone(member), bytes.Repeat(gzipMagic, size/3)...),
		"starts of gzip":    append(bytes.Clone(member), bytes.Repeat(member[:40], size/40)...),
		"empty members":     bytes.Repeat(gz(""), size/20),
		"zeros":             append(bytes.Clone(member), make([]byte, size)...),
		"line feeds":        append([]byte(htmlPage(pageURL)), bytes.Repeat([]byte("\r\n"), size/2)...),
		"carriage returns":  append([]byte(htmlPage(pageURL)), bytes.Repeat([]byte("\r"), size)...),
		"empty records":     bytes.Repeat([]byte("WARC/1.0\nContent-Length: 0\n\n\n\n"), size/30),
		"folds":             []byte(response(pageURL, "HTTP/1.1 200 OK\r\nX: y\r\n"+strings.Repeat(" \r\n", 80000)+"\r\nx")),
		"chunks":            []byte(response(pageURL, ok(chunked(strings.Repeat("x", size/10), 1), "Transfer-Encoding: chunked"))),
		"packed of nothing": []byte(response(pageURL, ok(string(bytes.Repeat(gz(""), size/20)), "Content-Encoding: gzip"))),
	} {
		began := time.Now()
		readAll(t, bytes.NewReader(b))
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(b), took)
		} else {
			t.Logf("%s: %d bytes took %v", name, len(b), took)
		}
	}
}

func BenchmarkReader(b *testing.B) {
	for _, p := range packings[:3] {
		b.Run(strings.ReplaceAll(p.name, " ", "-"), func(b *testing.B) {
			const times = 100
			records := part()
			b.SetBytes(int64(times * len(strings.Join(records, "")))) // unpacked
			file := p.pack(records)
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(&repeated{b: file, n: times}, "bench.warc")
				pages := 0
				for {
					_, err := r.Next()
					if err == io.EOF {
						break
					}
					if err != nil {
						b.Fatal(err)
					}
					pages++
				}
				if pages != 2*times {
					b.Fatalf("%d pages", pages)
				}
			}
		})
	}
}
