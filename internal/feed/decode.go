package feed

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/rapporteur/rapporteur/record"
)

// maxDeclaration is the number of bytes in which a feed must declare its charset.
const maxDeclaration = 1024

var xmlEncoding = regexp.MustCompile(`<\?xml\s[^>]*encoding\s*=\s*["']\s*([\w.:-]+)`)

// toUTF8 decodes a feed by its byte order mark; else as UTF-8 if it is that,
// whatever it declares; else by what the server or the XML declaration says (RFC
// 7303, §3); else as UTF-8 into which text of Windows-1252 was pasted.
func toUTF8(b []byte, label string) (string, []record.Warning, error) {
	if bytes.HasPrefix(b, []byte{0x1F, 0x8B}) {
		return "", nil, errors.New("is compressed; decompress it first")
	}
	if enc, skip := utf16Of(b); enc != nil {
		out, err := enc.NewDecoder().Bytes(b[skip:])
		return clean(out), nil, err
	}
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	if label == "" {
		if m := xmlEncoding.FindSubmatch(b[:min(len(b), maxDeclaration)]); m != nil {
			label = string(m[1])
		}
	}
	enc, name := charset.Lookup(label)
	if enc == encoding.Replacement || strings.HasPrefix(name, "utf-16") {
		enc = nil
	}
	if utf8.Valid(b) && (name != "iso-2022-jp" || bytes.IndexByte(b, 0x1B) < 0) {
		return clean(b), nil, nil
	}
	if enc != nil && name != "utf-8" {
		out, err := enc.NewDecoder().Bytes(b)
		if err == nil {
			var ws []record.Warning
			if n := bytes.Count(out, []byte("\uFFFD")); n > 0 {
				ws = append(ws, warning("charset-damaged", "is not valid %s in %d places; they are read as U+FFFD", name, n))
			}
			return clean(out), ws, nil
		}
	}
	out, w := mend(b)
	return clean(out), []record.Warning{w}, nil
}

// utf16Of is the kind of UTF-16 that b is in, and the length of its mark. What has
// no mark begins with "<" or "{".
func utf16Of(b []byte) (enc encoding.Encoding, skip int) {
	if len(b) < 2 {
		return nil, 0
	}
	switch {
	case b[0] == 0xFF && b[1] == 0xFE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case b[0] == 0xFE && b[1] == 0xFF:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	case (b[0] == '<' || b[0] == '{') && b[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0
	case b[0] == 0 && (b[1] == '<' || b[1] == '{'):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0
	}
	return nil, 0
}

// mend makes UTF-8 of bytes that mostly are. In a feed that is ASCII beside them,
// the others are Windows-1252, as the WHATWG has it for all that is undeclared; amid
// UTF-8, only those are that stand alone and for the marks of a word processor
// (0x80 to 0x9F): another may be what is left of a character that was cut.
func mend(b []byte) ([]byte, record.Warning) {
	out := make([]byte, 0, len(b)+len(b)/8)
	multi := hasMultibyte(b)
	western, lost, first := 0, 0, -1
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			out = append(out, c)
			i++
			continue
		}
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError || size > 1 {
			out = append(out, b[i:i+size]...)
			i += size
			continue
		}
		if first < 0 {
			first = i
		}
		r := utf8.RuneError
		alone := (i == 0 || b[i-1] < utf8.RuneSelf) && (i+1 == len(b) || b[i+1] < utf8.RuneSelf)
		if !multi || c < 0xA0 && alone {
			r = charmap.Windows1252.DecodeByte(c)
		}
		if r == utf8.RuneError {
			lost++
		} else {
			western++
		}
		out = utf8.AppendRune(out, r)
		i++
	}
	return out, warning("charset-damaged", "is not UTF-8, and declares nothing else: %d bytes from byte %d on are read as Windows-1252, %d as U+FFFD", western, first, lost)
}

// hasMultibyte reports whether b holds a character of UTF-8 beyond ASCII.
func hasMultibyte(b []byte) bool {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if size > 1 && r != utf8.RuneError {
			return true
		}
		i += size
	}
	return false
}

// clean is the text without byte order marks in front, and valid.
func clean(b []byte) string {
	return strings.ToValidUTF8(strings.TrimLeft(string(b), "\uFEFF"), "\uFFFD")
}

func isBlank(s string) bool { return strings.Trim(s, " \t\r\n\v\f\x00") == "" }
