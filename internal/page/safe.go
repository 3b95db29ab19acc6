package page

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inert reports whether c would be obeyed rather than shown: a control, which
// a terminal may take for a command, or one of the characters that reorder
// the text around them (Unicode UAX #9, explicit formatting).
func inert(c rune) bool {
	switch {
	case c == '\n', c == '\t':
		return false
	case unicode.IsControl(c), c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x2069, c == utf8.RuneError:
		return true
	}
	return false
}

// visible is a stand-in that shows an inert character.
func visible(c rune) string {
	switch {
	case c < 0x20:
		return string(rune(0x2400) + c) // the control pictures
	case c == 0x7F:
		return "␡"
	case c == utf8.RuneError:
		return "\uFFFD"
	}
	return fmt.Sprintf("⟨U+%04X⟩", c)
}

// Line is s on one line, fit for a terminal: white space collapsed, controls shown.
func Line(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if !strings.ContainsFunc(s, inert) {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		if inert(c) {
			b.WriteString(visible(c))
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
