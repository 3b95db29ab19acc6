package article

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/rapporteur/rapporteur/record"
)

// warnings tells of characters that are not what they seem. Given is the text as
// it came, canonical what became of it; places are spans of the latter.
func warnings(given, canonical string) []record.Warning {
	var ws []record.Warning
	controls := 0
	for _, r := range given {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			controls++
		}
	}
	if controls > 0 {
		ws = append(ws, record.Warning{Code: "control-characters",
			Message: fmt.Sprintf("holds %s; NULs are read as U+FFFD, others as spaces", count(controls, "control character"))})
	}
	if w, ok := found(canonical, "bidi-controls", isBidi, "character", "for the direction of writing: the text may not read as it shows"); ok {
		ws = append(ws, w)
	}
	if strings.IndexFunc(given, isReplacement) < 0 {
		return ws // those that stand for NULs have been told
	}
	if w, ok := found(canonical, "replacement-characters", isReplacement, "character", "in place of what was lost before or while the text came here (U+FFFD)"); ok {
		ws = append(ws, w)
	}
	return ws
}

// found warns of the characters in text for which is holds, with the place of the first.
func found(text, code string, is func(rune) bool, what, why string) (record.Warning, bool) {
	first := strings.IndexFunc(text, is)
	if first < 0 {
		return record.Warning{}, false
	}
	n := 0
	for _, r := range text[first:] {
		if is(r) {
			n++
		}
	}
	return record.Warning{Code: code, Message: fmt.Sprintf("holds %s %s", count(n, what), why), Span: &record.Span{Start: first, End: first + len("\u202E")}}, true
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// isBidi reports whether r is an embedding, override or isolate (UAX #9, §2);
// the marks that only help right-to-left words along do no harm.
func isBidi(r rune) bool {
	return '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069'
}

func isReplacement(r rune) bool { return r == '\uFFFD' }
