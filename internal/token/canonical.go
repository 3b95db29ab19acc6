package token

import (
	"strings"
	"unicode/utf8"
)

const (
	byteOrderMark = '\uFEFF'
	replacement   = '\uFFFD'
)

// Canonical is the text that every span of a report points into. Plain text is
// kept to the character, so that users find what they gave. Only this changes:
//
//   - a byte order mark at the start is removed;
//   - CRLF and lone CR become LF;
//   - NUL and every byte that is not valid UTF-8 become U+FFFD;
//   - the other C0 and C1 controls (and DEL), except LF and TAB, become a space.
//
// White space, quotation marks, bidirectional and zero-width characters and
// the Unicode normal form stay as they are. Canonical(Canonical(s)) is
// Canonical(s).
func Canonical(s string) string {
	for strings.HasPrefix(s, string(byteOrderMark)) {
		s = s[len(string(byteOrderMark)):]
	}
	i := firstChange(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:i])
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == 0 || r == utf8.RuneError:
			b.WriteRune(replacement)
		case isControl(r):
			b.WriteByte(' ')
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// firstChange is the offset of the first byte that Canonical changes, or len(s).
func firstChange(s string) int {
	for i, r := range s {
		if r == utf8.RuneError || isControl(r) {
			return i
		}
	}
	return len(s)
}

// isControl reports whether r is a C0 or C1 control or DEL, LF and TAB excepted.
func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || 0x7F <= r && r <= 0x9F
}
