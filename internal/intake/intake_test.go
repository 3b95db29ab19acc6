package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/record"
)

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func all(t *testing.T, in *Intake, sources ...string) []Found {
	t.Helper()
	return slices.Collect(in.All(t.Context(), sources))
}

// page1 is a WARC record with a page.
func page1(body string) string {
	http := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2025-05-16T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(http), http)
}

func TestAll(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.txt", "text")
	write(t, dir, "a/x.HTML", "<p>page</p>")
	write(t, dir, "a/y.md", "mark")
	write(t, dir, "a/z.png", "picture")
	write(t, dir, "a/README", "no extension")
	write(t, dir, ".git/config.txt", "hidden")
	write(t, dir, ".hidden.txt", "hidden")
	write(t, dir, "c.jsonl.gz", zip(`{"text":"one"}`+"\n\n"+`{"html":"<p>two","url":"https://example.org/2","published":"2025-05-16","n":7,"tags":["a"],"note":"x"}`))
	write(t, dir, "d.warc", page1("<p>three</p>")+"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 2\r\n\r\n\r\n\r\n\r\n"+page1("cut")[:200])
	odd := write(t, dir, "odd.dat", "named")
	in := &Intake{Given: record.Document{Outlet: "The Strait Observer"}, Stdin: strings.NewReader("standard")}
	got := all(t, in, dir, odd, "-", filepath.Join(dir, "none"), "ftp://example.org/")
	want := []struct{ origin, bytes, typ, err string }{
		{"a/x.HTML", "<p>page</p>", "text/html", ""},
		{"a/y.md", "mark", "", ""},
		{"b.txt", "text", "", ""},
		{"c.jsonl.gz:1", "one", "text/plain; charset=utf-8", ""},
		{"c.jsonl.gz:3", "<p>two", "text/html; charset=utf-8", ""},
		{"d.warc@0", "<p>three</p>", "text/html; charset=utf-8", ""},
		{"d.warc@", "", "", "end"},
		{"odd.dat", "named", "", ""},
		{"-", "standard", "", ""},
		{"none", "", "", "there is no such file"},
		{"ftp://example.org/", "", "", "is not fetched here"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d found, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		f := got[i]
		origin := filepath.ToSlash(f.Origin)
		if !strings.Contains(origin, w.origin) || string(f.Bytes) != w.bytes || f.Type != w.typ || (f.Err == nil) != (w.err == "") || f.Err != nil && !strings.Contains(f.Err.Error(), w.err) {
			t.Errorf("found %+v, want %+v", f, w)
		}
		if f.Err == nil && f.Given.Outlet != "The Strait Observer" {
			t.Errorf("%s does not have the outlet that is told of all", f.Origin)
		}
	}
	two := got[4]
	if two.Given.URL != "https://example.org/2" || !two.Given.Published.Equal(time.Date(2025, 5, 16, 0, 0, 0, 0, time.UTC)) ||
		two.Extra["n"] != "7" || two.Extra["tags"] != `["a"]` || two.Extra["note"] != "x" {
		t.Errorf("told beside: %+v", two)
	}
	if three := got[5]; three.Address != "https://example.org/a" || three.Extra["warc-date"] != "2025-05-16T10:00:00Z" {
		t.Errorf("the page of the archive: %+v", three)
	}
	for what, n := range map[string]int{"*.png": 1, "file without extension": 1, "hidden file": 1, "hidden folder": 1, "*.dat": 1} {
		if in.Passed()[what] != n {
			t.Errorf("passed over %v, want %d %s", in.Passed(), n, what)
		}
	}
}

func TestLinesThatAreNone(t *testing.T) {
	for _, c := range []struct{ line, why string }{
		{`{"text": "a"`, "is no JSON object"},
		{`["text"]`, "is no JSON object"},
		{`null`, `has no "text"`},
		{`{}`, `has no "text" and no "html"`},
		{`{"text": ""}`, `has no "text" and no "html"`},
		{`{"text": 7}`, `the value of "text" is no string`},
		{`{"text": "a", "published": 1747400000}`, `the value of "published" is no string`},
		{"{\"text\": \"\xff\"}", "not valid UTF-8"},
		{`{"text": "` + strings.Repeat("a", source.MaxBytes+1) + `"}`, "larger than 16 MiB"},
	} {
		if f := new(Intake).line([]byte(c.line)); f.Err == nil || !strings.Contains(f.Err.Error(), c.why) || Temporary(f.Err) {
			t.Errorf("%.40s: %v, want %q", c.line, f.Err, c.why)
		}
	}
	f := new(Intake).line([]byte(`{"text": "a", "published": "the other day"}`))
	if f.Err != nil || !f.Given.Published.IsZero() || len(f.Warnings) != 1 || f.Warnings[0].Code != UnreadableDate || f.Extra["published"] != "the other day" {
		t.Errorf("a broken date: %+v", f)
	}
}

// endless is so many bytes of one kind.
type endless struct {
	b    byte
	left int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	for i := range p[:n] {
		p[i] = e.b
	}
	e.left -= n
	return int(n), nil
}

// A bomb is refused where it passes a limit, in little memory, and nothing of it
// is read further.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	io.Copy(z, &endless{'a', 1 << 30})
	z.Close()
	var bad bytes.Buffer
	z, _ = gzip.NewWriterLevel(&bad, gzip.BestCompression)
	for range 1 << 20 {
		io.WriteString(z, "{}\n")
	}
	z.Close()
	dir := t.TempDir()
	for _, c := range []struct{ name, content, why string }{
		{"line.jsonl.gz", b.String(), "the line is longer than"},
		{"lines.jsonl.gz", bad.String(), "line on end without a document"},
		{"none.jsonl.gz", "no gzip", "is no gzip file"},
		{"cut.jsonl.gz", zip(strings.Repeat(`{"text":"one"}`+"\n", 10))[:30], "the file breaks off here"},
	} {
		path := write(t, dir, c.name, c.content)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := all(t, &Intake{}, path)
		runtime.ReadMemStats(&after)
		if last := got[len(got)-1]; last.Err == nil || !strings.Contains(last.Err.Error(), c.why) {
			t.Errorf("%s: %+v, want %q", c.name, last, c.why)
		}
		if len(got) > maxBad+10 {
			t.Errorf("%s: %d found", c.name, len(got))
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 400<<20 {
			t.Errorf("%s: %d MiB allocated", c.name, grown>>20)
		}
	}
	large := write(t, dir, "large.txt", strings.Repeat("a", source.MaxBytes+1))
	if got := all(t, &Intake{}, large); got[0].Err == nil || !strings.Contains(got[0].Err.Error(), "larger than 16 MiB") {
		t.Errorf("a large file: %v", got[0].Err)
	}
}

// The key tells documents apart by what they are and not by their path.
func TestKey(t *testing.T) {
	base := Found{Origin: "a.txt", Address: "https://example.org", Bytes: []byte("text"), Extra: map[string]string{"a": "1", "b": "2"}}
	moved := base
	moved.Origin = "b.txt"
	if moved.Key() != base.Key() {
		t.Error("the path makes another key")
	}
	for name, change := range map[string]func(*Found){
		"address":    func(f *Found) { f.Address = "https://example.org/" },
		"bytes":      func(f *Found) { f.Bytes = []byte("test") },
		"type":       func(f *Found) { f.Type = "text/html" },
		"outlet":     func(f *Found) { f.Given.Outlet = "x" },
		"title":      func(f *Found) { f.Given.Title = "x" },
		"published":  func(f *Found) { f.Given.Published = time.Unix(1, 0) },
		"extra":      func(f *Found) { f.Extra = map[string]string{"a": "1b2"} },
		"no longer":  func(f *Found) { f.Err = errors.New("gone") },
		"a boundary": func(f *Found) { f.Address, f.Type = "https://example.or", "g" },
	} {
		other := base
		change(&other)
		if other.Key() == base.Key() {
			t.Errorf("%s makes no other key", name)
		}
	}
}

func TestStops(t *testing.T) {
	dir := t.TempDir()
	for i := range 10 {
		write(t, dir, fmt.Sprint(i, ".txt"), "text")
	}
	n := 0
	for range new(Intake).All(t.Context(), []string{dir, dir}) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range new(Intake).All(ctx, []string{dir}) {
		if n++; n == 6 {
			cancel()
		}
	}
	if n != 6 {
		t.Errorf("%d found after it was stopped", n)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{`{"text":"a"}`, "{\"html\":\"<p>\"}\n[]\n{", `{"text":"a","text":"b","x":{"y":[1,null]}}`, "\xEF\xBB\xBF{\"text\":\"a\",\"published\":\"2025\"}", "\x1f\x8b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		most := bytes.Count(b, []byte("\n")) + 1
		n := 0
		lines(t.Context(), new(Intake), "x.jsonl", bytes.NewReader(b), func(f Found) bool {
			n++
			if (f.Err == nil) != (len(f.Bytes) > 0) || f.Origin == "" {
				t.Errorf("found %+v", f)
			}
			f.Key()
			return true
		})
		if n > most {
			t.Errorf("%d documents in %d lines", n, most)
		}
	})
}
