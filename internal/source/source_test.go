package source

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refused opens the bytes as standard input and returns the error, which must be
// a refusal of one line.
func refused(t *testing.T, b []byte) *Error {
	t.Helper()
	raw, err := Read(Stdin, bytes.NewReader(b))
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("Read(%.40q…) = %+.200v, %v, want a refusal", b, raw, err)
	}
	if e.ExitCode() != 2 || strings.ContainsAny(e.Error(), "\n\r\x1b") {
		t.Errorf("Read(%.40q…): exit %d, %q; want exit 2 and one line", b, e.ExitCode(), e)
	}
	return e
}

func TestNothingToRead(t *testing.T) {
	for _, in := range []string{"", " ", "\n\r\n\t ", "\uFEFF", "\uFEFF \n", "\u200B\u00A0\u2003\n", "\xFF\xFE \x00\n\x00", "\x00\x00\x00\x01 "} {
		e := refused(t, []byte(in))
		if !strings.Contains(e.Error(), "nothing to read") && !strings.Contains(e.Error(), "binary") {
			t.Errorf("Read(%q): %q", in, e)
		}
	}
}

func TestNotText(t *testing.T) {
	deflated := "\x00\x00\x08\x00\x08\x00\x91\x9c\x9d\x81"
	for _, tt := range []struct{ name, in, want string }{
		{"pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", "a PDF document"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"},
		{"jpeg", "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00", "a JPEG image"},
		{"gif", "GIF89a\x01\x00\x01\x00", "a GIF image"},
		{"webp", "RIFF\x24\x00\x00\x00WEBPVP8 ", "a WebP image"},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "a gzip archive"},
		{"xz", "\xFD7zXZ\x00\x00\x04", "an xz archive"},
		{"zip", "PK\x03\x04\x14" + deflated + "notes.txt", "a zip archive"},
		{"docx", "PK\x03\x04\x14" + deflated + "[Content_Types].xml" + deflated + "word/document.xml", "a Word document"},
		{"odt", "PK\x03\x04\x14" + deflated + "mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"},
		{"epub", "PK\x03\x04\x14" + deflated + "mimetypeapplication/epub+zip", "an EPUB book"},
		{"doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "an old Office document"},
		{"rtf", `{\rtf1\ansi He said yes.}`, "an RTF document"},
		{"mp3", "ID3\x04\x00\x00\x00\x00", "MP3 audio"},
		{"mp4", "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", "an MPEG-4 video"},
		{"elf", "\x7FELF\x02\x01\x01\x00", "a Linux program"},
		{"exe", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xFF\xFF\x00\x00\xB8\x00\x00\x00\x00\x00\x00\x00", "a Windows program"},
		{"tar", strings.Repeat("a", 257) + "ustar\x0000", "a tar archive"},
		{"json", `{"schema": "rapporteur/report@1", "statements": []}`, "JSON data"},
		{"rss", `<?xml version="1.0"?><rss version="2.0"><channel/></rss>`, "an RSS feed"},
		{"xml", `<?xml version="1.0"?><orders><o/></orders>`, "an XML document"},
		{"svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "an SVG image"},
		{"noise", noise(5000), "binary data"},
		{"nul", strings.Repeat("a\x00\x01\x02\x03", 99), "binary data"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if e := refused(t, []byte(tt.in)); !strings.Contains(e.Error(), tt.want) {
				t.Errorf("%q does not say %q", e, tt.want)
			}
		})
	}
}

// noise is n bytes as a cipher or a compressor makes them, the same each time.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

// Every line of the table of signatures refuses what it describes.
func TestSignatures(t *testing.T) {
	if len(signatures()) < 50 {
		t.Fatalf("%d signatures", len(signatures()))
	}
	for _, s := range signatures() {
		in := bytes.Repeat([]byte{7}, s.offset+len(s.bytes))
		for i, b := range s.bytes {
			if s.mask[i] != 0 {
				in[s.offset+i] = b
			}
		}
		refused(t, in)
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     Kind
	}{
		{"plain", "The minister said no.\n", Text},
		{"begins as a program does", "MZ rules, the minister said.", Text},
		{"brackets", "[The minister] said no.", Text},
		{"less than", "<3 of the talks, he said. a < b.", Text},
		{"doctype", "<!DOCTYPE html><title>x</title><p>He said no.", HTML},
		{"comment first", "\n<!-- made by hand --><html><p>He said no.", HTML},
		{"xhtml", `<?xml version="1.0"?><html xmlns="x"><p>He said no.`, HTML},
		{"fragment", "<p>He said no.</p>", HTML},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw, err := Read(Stdin, strings.NewReader(tt.in))
			if err != nil || raw.Kind != tt.want || raw.Text != tt.in {
				t.Errorf("Read(%q) = %+v, %v; want kind %v and the text as it is", tt.in, raw, err, tt.want)
			}
		})
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if raw, err := Open(context.Background(), write("a.txt", "He said no."), Options{}); err != nil || raw.Text != "He said no." || raw.URL != "" {
		t.Errorf("a text file: %+v, %v", raw, err)
	}
	if raw, err := Open(context.Background(), write("a.htm", "Header <div>He said no.</div>"), Options{}); err != nil || raw.Kind != HTML {
		t.Errorf("an HTML file: %+v, %v", raw, err)
	}
	for _, tt := range []struct{ name, path, want string }{
		{"missing", filepath.Join(dir, "none.txt"), "no such file"},
		{"missing folder", filepath.Join(dir, "none", "a.txt"), "no such file"},
		{"address without its scheme", "www.lake.example/a", "https://"},
		{"directory", dir, "is a directory"},
		{"file as folder", filepath.Join(dir, "a.txt", "b.txt"), "a.txt"},
		{"nameless", "", ""},
		{"name with NUL and escapes", "a\x00\x1b[2J\nb", "\\x1b[2J\\nb"},
		{"long name", strings.Repeat("n", 5000), "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(context.Background(), tt.path, Options{})
			var e *Error
			if !errors.As(err, &e) || e.ExitCode() != 1 {
				t.Fatalf("Open(%q): %v, want exit 1", tt.path, err)
			}
			if msg := e.Error(); !strings.Contains(msg, tt.want) || strings.ContainsAny(msg, "\n\x1b\x00") || len(msg) > 2*maxMessage {
				t.Errorf("%q, want one line with %q", msg, tt.want)
			}
		})
	}
}

// Permissions cannot be relied on in a test that root may run.
func TestUnreadable(t *testing.T) {
	e := fileError("secret.txt", &fs.PathError{Op: "open", Path: "secret.txt", Err: fs.ErrPermission})
	if e.ExitCode() != 1 || !errors.Is(e, fs.ErrPermission) || e.Error() != "secret.txt: may not be read; check its permissions" {
		t.Errorf("%d, %v", e.ExitCode(), e)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("device\nlost") }

func TestReader(t *testing.T) {
	var e *Error
	if _, err := Read(Stdin, endless{}); !errors.As(err, &e) || e.ExitCode() != 2 || !strings.Contains(e.Error(), "16 MiB") {
		t.Errorf("without end: %v", err)
	}
	if _, err := Read(Stdin, broken{}); !errors.As(err, &e) || e.ExitCode() != 1 || e.Error() != `standard input: cannot be read: device\nlost` {
		t.Errorf("broken: %v", err)
	}
	raw, err := Open(context.Background(), Stdin, Options{Stdin: strings.NewReader("He said no.")})
	if err != nil || raw.Name != Stdin || raw.Text != "He said no." {
		t.Errorf("standard input: %+v, %v", raw, err)
	}
	if _, err := Read("full", strings.NewReader(strings.Repeat("a", MaxBytes))); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}
