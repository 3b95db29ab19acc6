package feed

import (
	"html"
	"strings"
)

// tokenKind is what a token of XML is.
type tokenKind int

const (
	endOfText tokenKind = iota // the text is over
	broken                     // the text breaks off within a token
	charData                   // text, with entities
	cData                      // text as it stands
	startTag
	endTag
)

// token is a piece of XML; its strings are parts of the text.
type token struct {
	kind  tokenKind
	name  string // of a tag, with its prefix: "dc:date"
	attrs string // of a start tag, as they stand
	text  string // of charData and cData
	empty bool   // of a start tag: it is its own end
	at    int    // byte offset in the text
}

// scanner cuts a text into tokens. It holds to XML 1.0 where the text does, and
// to what browsers do where it does not: "<" before anything but a name is text,
// as are controls, "]]>" and ampersands. Comments, processing instructions and
// document types are passed over: what they declare is never looked at. Every
// byte is looked at a fixed number of times.
//
// Encoding/xml, and gofeed upon it, give up a whole feed for "]]>" or "<" in text,
// "--" in a comment, XML 1.1, one byte that is not UTF-8, or a missing end; gofeed
// also takes zones that it does not know for UTC.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) next() token {
	for s.pos < len(s.text) {
		at, rest := s.pos, s.text[s.pos:]
		if rest[0] != '<' || !opensMarkup(rest) {
			end := strings.IndexByte(rest[1:], '<') + 1
			if end == 0 {
				end = len(rest)
			}
			s.pos += end
			return token{kind: charData, text: rest[:end], at: at}
		}
		switch {
		case strings.HasPrefix(rest, "<!--"):
			if !s.skip(rest[4:], 4, "-->") {
				return token{kind: broken, at: at}
			}
		case strings.HasPrefix(rest, "<![CDATA["):
			i := strings.Index(rest, "]]>")
			if i < 0 {
				return token{kind: broken, at: at}
			}
			s.pos += i + len("]]>")
			return token{kind: cData, text: rest[len("<![CDATA["):i], at: at}
		case rest[1] == '?':
			if !s.skip(rest, 0, "?>") {
				return token{kind: broken, at: at}
			}
		case rest[1] == '!':
			if !s.doctype(rest) {
				return token{kind: broken, at: at}
			}
		default:
			return s.tag(rest, at)
		}
	}
	return token{kind: endOfText, at: len(s.text)}
}

// opensMarkup reports whether the "<" that s begins with is more than a character.
func opensMarkup(s string) bool {
	if len(s) < 2 {
		return false
	}
	c := s[1]
	if c == '/' {
		return len(s) > 2 && isNameStart(s[2])
	}
	return c == '!' || c == '?' || isNameStart(c)
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// skip moves past the end of rest, which begins so many bytes after pos.
func (s *scanner) skip(rest string, offset int, end string) bool {
	i := strings.Index(rest, end)
	if i < 0 {
		return false
	}
	s.pos += offset + i + len(end)
	return true
}

// doctype moves past a document type and its internal subset ("[…]>").
func (s *scanner) doctype(rest string) bool {
	end := strings.IndexAny(rest, "[>")
	if end < 0 {
		return false
	}
	if rest[end] == '>' {
		s.pos += end + 1
		return true
	}
	for i := end; i < len(rest); i++ {
		if rest[i] != ']' {
			continue
		}
		for i++; i < len(rest) && isSpace(rest[i]); i++ {
		}
		if i < len(rest) && rest[i] == '>' {
			s.pos += i + 1
			return true
		}
		i--
	}
	return false
}

// tag cuts a start or an end tag off rest.
func (s *scanner) tag(rest string, at int) token {
	t := token{kind: startTag, at: at}
	i := 1
	if rest[1] == '/' {
		t.kind, i = endTag, 2
	}
	start := i
	for i < len(rest) && !isSpace(rest[i]) && rest[i] != '>' && rest[i] != '/' && rest[i] != '<' {
		i++
	}
	t.name = rest[start:i]
	start = i
	for i < len(rest) && rest[i] != '>' {
		if c := rest[i]; (c == '"' || c == '\'') && followsEquals(rest[start:i]) {
			end := strings.IndexByte(rest[i+1:], c)
			if end < 0 {
				return token{kind: broken, at: at}
			}
			i += end + 1
		}
		i++
	}
	if i >= len(rest) {
		return token{kind: broken, at: at}
	}
	t.attrs = rest[start:i]
	if n := len(t.attrs); n > 0 && t.attrs[n-1] == '/' && t.kind == startTag {
		t.attrs, t.empty = t.attrs[:n-1], true
	}
	s.pos += i + 1
	return t
}

// followsEquals reports whether what stands before a quotation mark ends in "=".
func followsEquals(s string) bool {
	i := len(s)
	for i > 0 && isSpace(s[i-1]) {
		i--
	}
	return i > 0 && s[i-1] == '='
}

// attr is the value of the attribute of that name, in lower case, or empty. Names
// are compared without case.
func (t *token) attr(name string) string {
	for rest := t.attrs; rest != ""; {
		var key, value string
		key, value, rest = cutAttr(rest)
		if len(key) == len(name) && strings.EqualFold(key, name) {
			return decodeEntities(value)
		}
	}
	return ""
}

// cutAttr cuts the first attribute off s. The value is as it stands.
func cutAttr(s string) (key, value, rest string) {
	i := 0
	for i < len(s) && (isSpace(s[i]) || s[i] == '/') {
		i++
	}
	start := i
	for i < len(s) && !isSpace(s[i]) && s[i] != '=' {
		i++
	}
	key = s[start:i]
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	if i >= len(s) || s[i] != '=' {
		return key, "", s[i:]
	}
	for i++; i < len(s) && isSpace(s[i]); i++ {
	}
	if i >= len(s) {
		return key, "", ""
	}
	if q := s[i]; q == '"' || q == '\'' {
		end := strings.IndexByte(s[i+1:], q)
		if end < 0 {
			return key, s[i+1:], ""
		}
		return key, s[i+1 : i+1+end], s[i+end+2:]
	}
	start = i
	for i < len(s) && !isSpace(s[i]) {
		i++
	}
	return key, s[start:i], s[i:]
}

// maxEntity is the length in bytes of the longest entity of HTML, with its marks,
// and some more.
const maxEntity = 40

// decodeEntities resolves the entities of XML and HTML that end in ";". All others,
// those that a feed declares itself among them, stay as they stand: "&copy=2" is
// part of an address, and the thousand laughs of an attack are one.
func decodeEntities(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for {
		out.WriteString(s[:i])
		s = s[i:]
		n := entityLen(s)
		span := s[:n]
		if n > 1 {
			if dec := html.UnescapeString(span); dec != html.UnescapeString(span[:n-1])+";" {
				span = dec
			}
		}
		out.WriteString(span)
		s = s[n:]
		if i = strings.IndexByte(s, '&'); i < 0 {
			out.WriteString(s)
			return out.String()
		}
	}
}

// entityLen is the length of what looks like an entity at the start of s, or 1.
func entityLen(s string) int {
	for i := 1; i < min(len(s), maxEntity); i++ {
		c := s[i]
		switch {
		case c == ';' && i > 1:
			return i + 1
		case c == '#' && i == 1, '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		default:
			return 1
		}
	}
	return 1
}
