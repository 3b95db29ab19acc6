package token

import "strings"

// Limits on addresses, in bytes: RFC 5321 for mail, RFC 1035 for hosts.
const (
	maxLocal = 64
	maxHost  = 253
)

// address is the end of the URL, mail address or host name at i, else i.
func (x *lexer) address(i int) int {
	if i > x.start && (x.at(i-1) == letter || x.at(i-1) == digit) {
		return i
	}
	s := x.text[i:x.chunkEnd]
	if c := asciiClass[s[0]&0x7F]; s[0] >= 0x80 || c != letter && c != digit {
		return i
	}
	if hasScheme(s) {
		return i + urlEnd(s)
	}
	if n := mailEnd(s); n > 0 {
		return i + n
	}
	if n := hostEnd(s); n > 0 && knownHost(s[:n]) {
		if n < len(s) && s[n] == '/' {
			n = urlEnd(s)
		}
		return i + n
	}
	return i
}

func hasScheme(s string) bool {
	switch s[0] | 0x20 {
	case 'h', 'f', 'm', 'w', 't', 'd':
	default:
		return false
	}
	for _, p := range [...]string{"http://", "https://", "ftp://", "mailto:", "www.", "tel:", "doi:"} {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}

// urlEnd is the length of the URL that s, which holds no white space, begins
// with: as far as quotation marks and angle brackets, less final punctuation
// and a bracket that the URL does not open.
func urlEnd(s string) int {
	if n := strings.IndexAny(s, "<>\"“”«»„"); n > 0 {
		s = s[:n]
	}
	opened := strings.Count(s, "(") - strings.Count(s, ")")
	for len(s) > 1 {
		switch c := s[len(s)-1]; {
		case strings.IndexByte(".,;:!?'*]", c) >= 0:
		case c == ')' && opened < 0:
			opened++
		case strings.HasSuffix(s, "’"):
			s = s[:len(s)-len("’")+1]
		default:
			return len(s)
		}
		s = s[:len(s)-1]
	}
	return len(s)
}

// mailEnd is the length of the mail address that s begins with, 0 if none.
func mailEnd(s string) int {
	at := 0
	for at < len(s) && at <= maxLocal && isMailByte(s[at]) {
		at++
	}
	if at == 0 || at >= len(s) || s[at] != '@' {
		return 0
	}
	n := hostEnd(s[at+1:])
	if n == 0 {
		return 0
	}
	return at + 1 + n
}

func isMailByte(c byte) bool {
	return isHostByte(c) || c == '_' || c == '%' || c == '+'
}

func isHostByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-'
}

// hostEnd is the length of the run of host bytes that s begins with, less
// final dots and hyphens.
func hostEnd(s string) int {
	n := 0
	for n < len(s) && n < maxHost && isHostByte(s[n]) {
		n++
	}
	for n > 0 && (s[n-1] == '.' || s[n-1] == '-') {
		n--
	}
	return n
}

// knownHost reports whether host ends in a known top-level domain, in lower
// case, with a name of two characters or more before it.
func knownHost(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	return dot >= 2 && words.has(domain, host[dot+1:])
}
