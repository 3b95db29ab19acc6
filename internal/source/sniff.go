package source

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
)

//go:embed signatures.txt
var signatureFile string

// signature is a run of bytes at a fixed offset that gives a file type away.
type signature struct {
	offset int
	bytes  []byte
	mask   []byte // 0xFF where the byte counts, 0 where any byte will do
	name   string
}

var signatures = sync.OnceValue(func() []signature {
	var all []signature
	for line := range strings.Lines(signatureFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(col) != 3 {
			panic("source: signatures.txt: " + line)
		}
		offset, err := strconv.Atoi(col[0])
		b, err2 := hex.DecodeString(strings.ReplaceAll(col[1], "??", "00"))
		if err != nil || err2 != nil {
			panic("source: signatures.txt: " + line)
		}
		mask := make([]byte, len(b))
		for i := range mask {
			if col[1][2*i] != '?' {
				mask[i] = 0xFF
			}
		}
		all = append(all, signature{offset, b, mask, col[2]})
	}
	return all
})

func (s *signature) fits(b []byte) bool {
	if len(b) < s.offset+len(s.bytes) {
		return false
	}
	for i, want := range s.bytes {
		if b[s.offset+i]&s.mask[i] != want {
			return false
		}
	}
	return true
}

// notText names the type that b looks like if it is one that is not text, or
// is empty.
func notText(b []byte) string {
	for i := range signatures() {
		s := &signatures()[i]
		if !s.fits(b) {
			continue
		}
		if s.name == "a zip archive" {
			return zipName(b)
		}
		if s.name == "a Windows program" && !hasBinary(b, 10) {
			continue // a text that begins with "MZ"
		}
		return s.name
	}
	return ""
}

// zipName looks at the first entries' names: many kinds of document are zip archives.
func zipName(b []byte) string {
	head := b[:min(len(b), 4096)]
	for _, t := range [...]struct{ mark, name string }{
		{"application/epub+zip", "an EPUB book"},
		{"application/vnd.oasis.opendocument", "an OpenDocument file"},
		{"word/", "a Word document"},
		{"xl/", "an Excel workbook"},
		{"ppt/", "a PowerPoint presentation"},
		{"[Content_Types].xml", "an Office document"},
		{"META-INF/", "a Java archive"},
	} {
		if bytes.Contains(head, []byte(t.mark)) {
			return t.name
		}
	}
	return "a zip archive"
}

// hasBinary reports whether more than one byte in so many among the first 4096 is
// a control that text does not hold. Stray ones are the canonical text's business.
func hasBinary(b []byte, one int) bool {
	head := b[:min(len(b), 4096)]
	n := 0
	for _, c := range head {
		if c < ' ' && (c < '\t' || c > '\r') && c != 0x1B || c == 0x7F {
			n++
		}
	}
	return n*one > len(head)
}

// htmlStarts are the beginnings, in lower case, by which a page is known that
// nothing declares (after the WHATWG's MIME Sniffing Standard, §7.1).
var htmlStarts = []string{
	"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<link", "<script", "<style", "<iframe",
	"<article", "<main", "<section", "<header", "<nav", "<div", "<table", "<h1", "<h2", "<p", "<br", "<a", "<b",
	"<font", "<span", "<center",
}

// isHTML reports whether text begins as a page does, after white space,
// comments and an XML declaration.
func isHTML(text string) bool {
	rest := skipProlog(text)
	head := strings.ToLower(rest[:min(len(rest), 32)])
	for _, start := range htmlStarts {
		if tail, ok := strings.CutPrefix(head, start); ok && (tail == "" || strings.ContainsAny(tail[:1], " \t\r\n\f>/")) {
			return true
		}
	}
	return false
}

// skipProlog is text without the white space, comments, declarations and processing
// instructions it begins with, a document type of HTML excepted.
func skipProlog(text string) string {
	for {
		text = strings.TrimLeft(text, " \t\r\n\f\uFEFF")
		end := ""
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"):
			end = "?>"
		default:
			return text
		}
		i := strings.Index(text, end)
		if i < 0 {
			return text
		}
		text = text[i+len(end):]
	}
}

// structured names the format of text that is data, not a report, or is empty.
func structured(text string) string {
	head := strings.TrimLeft(text, " \t\r\n\uFEFF")
	if strings.HasPrefix(head, "{") || strings.HasPrefix(head, "[") {
		if json.Valid([]byte(head)) {
			return "JSON data"
		}
		return ""
	}
	xml := strings.HasPrefix(head, "<?xml")
	head = skipProlog(head)
	switch {
	case strings.HasPrefix(head, "<rss"), strings.HasPrefix(head, "<rdf:RDF"):
		return "an RSS feed"
	case strings.HasPrefix(head, "<feed"):
		return "an Atom feed"
	case strings.HasPrefix(head, "<svg"):
		return "an SVG image"
	case xml && strings.HasPrefix(head, "<") && !isHTML(head):
		return "an XML document"
	}
	return ""
}
