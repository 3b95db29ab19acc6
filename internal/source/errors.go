package source

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// The exit codes of a command that could not read a source.
const (
	exitUnreachable = 1 // the bytes could not be had
	exitRefused     = 2 // the bytes were had, and are not a report in English
)

// Error says in one line why a source could not be read, and what to do.
type Error struct {
	Source string // as the user gave it
	Why    string // "looks like a PDF document, not text"
	Advice string // "save it as text or HTML first", or empty
	exit   int
	cause  error
}

// Error is one line, whatever the names and causes in it hold.
func (e *Error) Error() string {
	s := e.Why
	if e.Source != "" {
		s = e.Source + ": " + s
	}
	if e.Advice != "" {
		s += "; " + e.Advice
	}
	return oneLine(s)
}

// Unwrap is the error underneath, nil if the source itself is at fault.
func (e *Error) Unwrap() error { return e.cause }

// ExitCode is the exit status that a command answers with: 1 where the source
// could not be had, 2 where what was had is not a report that can be read.
func (e *Error) ExitCode() int { return e.exit }

// Refuse is the error for a source whose content cannot be read as a report.
func Refuse(source, why, advice string) *Error {
	return &Error{Source: source, Why: why, Advice: advice, exit: exitRefused}
}

// unreachable is the error for a source whose bytes could not be had.
func unreachable(source string, cause error, advice, format string, args ...any) *Error {
	return &Error{Source: source, Why: fmt.Sprintf(format, args...), Advice: advice, exit: exitUnreachable, cause: cause}
}

// maxMessage is the length in bytes at which a message is cut: a name or a
// server's answer may be of any length.
const maxMessage = 400

// oneLine escapes what would break the line or forge the terminal: controls,
// line separators and bidirectional controls.
func oneLine(s string) string {
	if len(s) > maxMessage {
		s = strings.ToValidUTF8(s[:maxMessage], "") + "…"
	}
	if strings.IndexFunc(s, unsafeInLine) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafeInLine(r) {
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unsafeInLine(r rune) bool {
	return r != ' ' && !unicode.IsGraphic(r) || r == '\u2028' || r == '\u2029'
}
