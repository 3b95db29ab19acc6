package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/rapporteur/rapporteur/record"
)

// content is what was fetched, before anything is known of it.
type content struct {
	name      string // for messages
	bytes     []byte
	mediaType string // declared, lower case, without parameters; or empty
	charset   string // declared beside the content (HTTP), or empty
}

// decode makes text of c, filling in raw, or refuses.
func decode(c content, raw Raw) (Raw, error) {
	if isBlank(c.bytes) {
		return Raw{}, nothing(c.name)
	}
	if typ := notText(c.bytes); typ != "" {
		return Raw{}, refuseType(c.name, "looks like "+typ)
	}
	if isMedia(c.mediaType) {
		return Raw{}, refuseType(c.name, "is served as "+c.mediaType)
	}
	text, warnings, err := toUTF8(c)
	if err != nil {
		return Raw{}, err
	}
	if strings.TrimFunc(text, isInvisible) == "" {
		return Raw{}, nothing(c.name)
	}
	if typ := structured(text); typ != "" {
		return Raw{}, refuseType(c.name, "looks like "+typ)
	}
	declared := c.mediaType == "text/html" || c.mediaType == "application/xhtml+xml"
	if isHTML(text) || declared && hasTag.MatchString(text) {
		raw.Kind = HTML
	}
	raw.Text = text
	raw.Warnings = append(raw.Warnings, warnings...)
	return raw, nil
}

var hasTag = regexp.MustCompile(`<[A-Za-z!/]`)

func nothing(name string) *Error {
	return Refuse(name, "nothing to read", "it is empty or holds only white space")
}

func refuseType(name, why string) *Error {
	return Refuse(name, why+", not a report in text or HTML", "save its text first")
}

// isMedia reports whether a declared media type is none of text.
func isMedia(t string) bool {
	top, sub, _ := strings.Cut(t, "/")
	switch top {
	case "image", "audio", "video", "font", "model":
		return true
	}
	switch sub {
	case "pdf", "zip", "gzip", "x-gzip", "msword", "rtf", "json", "ld+json", "rss+xml", "atom+xml", "javascript", "css", "calendar", "csv":
		return true
	}
	return strings.HasPrefix(sub, "vnd.openxmlformats") || strings.HasPrefix(sub, "vnd.ms-") || strings.HasPrefix(sub, "vnd.oasis")
}

// isBlank reports whether b is nothing but ASCII white space after a byte order mark.
func isBlank(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	return len(bytes.TrimLeft(b, " \t\r\n\v\f")) == 0
}

// isInvisible reports whether r alone shows nothing on a page.
func isInvisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u3164' || r == '\u2800'
}

// byteOrderMarks in the order in which they must be tried.
var byteOrderMarks = []struct {
	mark, name string
	encoding   encoding.Encoding
}{
	{"\xFF\xFE\x00\x00", "UTF-32LE", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\xFE\xFF", "UTF-32BE", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xFF\xFE", "UTF-16LE", utf16LE},
	{"\xFE\xFF", "UTF-16BE", utf16BE},
}

var (
	utf16LE = utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	utf16BE = utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
)

// toUTF8 decodes c by its byte order mark; else as UTF-8 if it is that, whatever
// it declares (servers often declare what they do not send); else by what it
// declares; else by what it looks like.
func toUTF8(c content) (string, []record.Warning, error) {
	for _, m := range byteOrderMarks {
		if bytes.HasPrefix(c.bytes, []byte(m.mark)) {
			return c.decodeAs(m.encoding, len(m.mark), warn("charset-declared", "decoded from %s, as its byte order mark says", m.name))
		}
	}
	if enc, name := guessUTF16(c.bytes); enc != nil {
		return c.decodeAs(enc, 0, warn("charset-guessed", "decoded from %s, which it looks like; nothing declares it", name))
	}
	if hasBinary(c.bytes, 10) {
		return "", nil, refuseType(c.name, "looks like binary data")
	}
	b := bytes.TrimPrefix(c.bytes, []byte("\xEF\xBB\xBF"))
	label, enc, name := c.declared()
	if utf8.Valid(b) {
		ascii := isASCII(b)
		switch {
		case ascii && name == "iso-2022-jp":
			return c.decodeAs(enc, 0, warn("charset-declared", "decoded from %s, as declared", name))
		case !ascii && label != "" && name != "utf-8":
			return string(b), []record.Warning{warn("charset-conflict", "declares the charset %q, but is UTF-8; read as UTF-8", label)}, nil
		}
		return string(b), nil, nil
	}
	if enc != nil && name != "utf-8" {
		return c.decodeAs(enc, 0, warn("charset-declared", "decoded from %s, as declared", name))
	}
	if text, w, done, err := c.brokenUTF8(b); done {
		return text, w, err
	}
	guess := guessCharmap(b)
	switch {
	case guess == nil && hasBinary(b, 100):
		return "", nil, refuseType(c.name, "looks like binary data")
	case guess == nil:
		return "", nil, c.undecodable(firstInvalid(b)+len(c.bytes)-len(b), "is in a charset that cannot be told: it is not UTF-8 from")
	}
	return c.decodeAs(guess, 0, warn("charset-guessed", "decoded from %s, which it looks like; it is not UTF-8 and nothing else is declared", guess))
}

// declared is the charset that c declares: the label as it stands, and its
// encoding and canonical name, nil and empty where it is not known.
func (c content) declared() (label string, enc encoding.Encoding, name string) {
	label = c.charset
	if label == "" {
		label = declaredInPage(c.bytes)
	}
	enc, name = charset.Lookup(label)
	if enc == encoding.Replacement || enc == nil {
		return label, nil, ""
	}
	return label, enc, name
}

// maxProlog is the number of bytes in which a page must declare its charset.
// The standard says 1024; pages that are generated by machines often need more.
const maxProlog = 4096

var (
	metaCharset = regexp.MustCompile(`(?i)<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlEncoding = regexp.MustCompile(`^<\?xml\s[^>]*encoding\s*=\s*["']([\w.:-]+)`)
)

// declaredInPage is the charset label of a page's meta element or XML declaration.
func declaredInPage(b []byte) string {
	head := b[:min(len(b), maxProlog)]
	if !isHTML(string(head)) && !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	m := metaCharset.FindSubmatch(head)
	if m == nil {
		m = xmlEncoding.FindSubmatch(head)
	}
	if m == nil || strings.HasPrefix(strings.ToLower(string(m[1])), "utf-16") {
		return "" // what declares UTF-16 in ASCII is not UTF-16
	}
	return string(m[1])
}

// decodeAs decodes all of c after skip bytes, or refuses with the offset of
// the first byte that enc does not know.
func (c content) decodeAs(enc encoding.Encoding, skip int, w record.Warning) (string, []record.Warning, error) {
	b := c.bytes[skip:]
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || bytes.Contains(out, []byte("\uFFFD")) {
		if at := firstUndecodable(enc, b); at >= 0 {
			name, _ := htmlindex.Name(enc)
			if name == "" {
				name = fmt.Sprint(enc)
			}
			return "", nil, c.undecodable(at+skip, "is not valid "+name)
		}
	}
	return strings.TrimLeft(string(out), "\uFEFF"), []record.Warning{w}, nil
}

func (c content) undecodable(offset int, what string) *Error {
	return Refuse(c.name, fmt.Sprintf("%s byte %d (0x%02X)", what, offset, c.bytes[min(offset, len(c.bytes)-1)]), "convert it to UTF-8")
}

// firstUndecodable is the offset of the first byte of b that enc decodes to
// U+FFFD without that being meant, or -1.
func firstUndecodable(enc encoding.Encoding, b []byte) int {
	meant, _ := enc.NewEncoder().Bytes([]byte("\uFFFD"))
	dec := enc.NewDecoder()
	var dst [utf8.UTFMax]byte
	for at := 0; at < len(b); {
		n, size := 0, 0
		for room := 1; room <= len(dst) && size == 0; room++ { // the least room that lets one character through
			n, size, _ = dec.Transform(dst[:room], b[at:], true)
		}
		if size == 0 || string(dst[:n]) == "\uFFFD" && (len(meant) == 0 || !bytes.Equal(b[at:at+size], meant)) {
			return at
		}
		at += size
	}
	return -1
}

// brokenUTF8 deals with bytes that mean to be UTF-8 but are not: surrogates
// (CESU-8, WTF-8), overlong forms, a last character cut in two, damage. Done is
// false where the bytes do not look like UTF-8 at all.
func (c content) brokenUTF8(b []byte) (text string, w []record.Warning, done bool, err error) {
	at := firstInvalid(b)
	base := len(c.bytes) - len(b)
	if isSurrogate(b[at:]) {
		text, bad := joinSurrogates(b)
		if bad < 0 {
			return text, []record.Warning{warn("charset-guessed", "decoded from CESU-8: UTF-8 whose surrogate pairs were encoded apart")}, true, nil
		}
		if isSurrogate(b[bad:]) {
			return "", nil, true, c.undecodable(base+bad, "holds half of a surrogate pair at")
		}
		return "", nil, true, c.undecodable(base+bad, "is not valid UTF-8 at")
	}
	if isOverlong(b[at:]) {
		return "", nil, true, c.undecodable(base+at, "holds an overlong UTF-8 sequence at")
	}
	multi, bad := countUTF8(b)
	if multi == 0 || multi < bad {
		return "", nil, false, nil
	}
	if len(b)-at < utf8.UTFMax && !utf8.FullRune(b[at:]) {
		return string(b[:at]), []record.Warning{warn("text-cut", "ends in the middle of a character; its last %d bytes are left out", len(b)-at)}, true, nil
	}
	if bad*rareDamage <= len(b) && isHTML(string(b[:min(len(b), maxProlog)])) {
		return strings.ToValidUTF8(string(b), "\uFFFD"), []record.Warning{warn("charset-damaged",
			"is not valid UTF-8 in %d places, the first at byte %d; they are read as U+FFFD, as browsers do", bad, base+at)}, true, nil
	}
	return "", nil, true, c.undecodable(base+at, "is not valid UTF-8 at")
}

// rareDamage is the number of bytes of a page for each place that may be damaged:
// pages are put together from pieces, some of which were never converted.
const rareDamage = 1000

// joinSurrogates decodes CESU-8. bad is the offset of the first byte that is
// neither UTF-8 nor part of a pair, or -1.
func joinSurrogates(b []byte) (text string, bad int) {
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			if !isSurrogate(b[i:]) || !isSurrogate(b[min(i+3, len(b)):]) {
				return "", i
			}
			hi, lo := surrogate(b[i:]), surrogate(b[i+3:])
			if hi >= 0xDC00 || lo < 0xDC00 {
				return "", i
			}
			r, size = (hi-0xD800)<<10|(lo-0xDC00)+0x10000, 6
		}
		out.WriteRune(r)
		i += size
	}
	return out.String(), -1
}

func isSurrogate(b []byte) bool {
	return len(b) >= 3 && b[0] == 0xED && b[1]&0xE0 == 0xA0 && b[2]&0xC0 == 0x80
}

func surrogate(b []byte) rune { return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F) }

// isOverlong reports whether b begins with a NUL in two bytes or more, or any
// other character in more bytes than it needs.
func isOverlong(b []byte) bool {
	tail := func(n int) bool {
		for i := 1; i <= n; i++ {
			if len(b) <= i || b[i]&0xC0 != 0x80 {
				return false
			}
		}
		return true
	}
	switch {
	case b[0] == 0xC0 || b[0] == 0xC1:
		return tail(1)
	case b[0] == 0xE0 && tail(2):
		return b[1] < 0xA0
	case b[0] == 0xF0 && tail(3):
		return b[1] < 0x90
	}
	return false
}

// countUTF8 counts the valid sequences of more than one byte, and the runs of invalid bytes.
func countUTF8(b []byte) (multi, bad int) {
	broken := false
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		invalid := r == utf8.RuneError && size <= 1
		if invalid && !broken {
			bad++
		}
		if size > 1 {
			multi++
		}
		broken = invalid
		b = b[size:]
	}
	return multi, bad
}

// firstInvalid is the offset of the first byte of b that is not UTF-8.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return len(b)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func warn(code, format string, args ...any) record.Warning {
	return record.Warning{Code: code, Message: oneLine(fmt.Sprintf(format, args...))}
}
