package token

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The widths, in code points, between which plain text is hard-wrapped.
const (
	wrapMin = 50
	wrapMax = 82
)

// span is a half-open range of bytes of the text.
type span struct{ Start, End int }

// paragraphs yields the paragraphs of text in order. In news copy every newline
// ends a paragraph, so that headlines, bylines and bullets stand alone. In
// hard-wrapped text (see hardWrapped) only an empty line or a bullet does.
func paragraphs(text string) iter.Seq[span] {
	return func(yield func(span) bool) {
		wrapped := hardWrapped(text)
		p := span{0, 0} // the paragraph that is open
		for l := range lines(text) {
			blank := isBlank(text[l.Start:l.End])
			if p.End > p.Start && (!wrapped || blank || isBullet(text[l.Start:l.End])) {
				if !yield(p) {
					return
				}
				p = span{}
			}
			switch {
			case blank:
			case p.End > p.Start:
				p.End = l.End
			default:
				p = l
			}
		}
		if p.End > p.Start {
			yield(p)
		}
	}
}

// lines yields the lines of text without what ends them: LF, or the Unicode
// line and paragraph separators.
func lines(text string) iter.Seq[span] {
	return func(yield func(span) bool) {
		start := 0
		for i := 0; i < len(text); {
			size := 0
			switch {
			case text[i] == '\n':
				size = 1
			case text[i] == 0xE2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
				size = 3
			}
			if size == 0 {
				i++
				continue
			}
			if !yield(span{start, i}) {
				return
			}
			i += size
			start = i
		}
		if start < len(text) {
			yield(span{start, len(text)})
		}
	}
}

// hardWrapped reports whether the newlines of text come from wrapping it at a
// fixed width. It looks at every line that another line follows directly: there
// must be at least three, two thirds of them of wrapMin to wrapMax characters
// and none of more than wrapMax by half; and of those lines half must end in the middle of a
// sentence and two fifths of the lines after them begin in lower case.
func hardWrapped(text string) bool {
	var joints, wide, open, lower int
	prev := ""
	for l := range lines(text) {
		line := strings.TrimSpace(text[l.Start:l.End])
		if line != "" && prev != "" {
			joints++
			if n := utf8.RuneCountInString(prev); wrapMin <= n && n <= wrapMax {
				wide++
			} else if n > wrapMax*3/2 {
				return false
			}
			if last, _ := utf8.DecodeLastRuneInString(prev); unicode.IsLetter(last) || unicode.IsDigit(last) || last == ',' {
				open++
			}
			if first, _ := utf8.DecodeRuneInString(line); unicode.IsLower(first) {
				lower++
			}
		}
		prev = line
	}
	return joints >= 3 && wide*3 >= joints*2 && open*2 >= joints && lower*5 >= joints*2
}

func isBlank(line string) bool {
	for _, r := range line {
		if !IsSpace(r) {
			return false
		}
	}
	return true
}

// isBullet reports whether line begins with a bullet and a space.
func isBullet(line string) bool {
	line = strings.TrimLeft(line, " \t")
	for _, b := range [...]string{"* ", "- ", "– ", "— ", "• ", "· ", "▪ ", "● "} {
		if strings.HasPrefix(line, b) {
			return true
		}
	}
	return false
}
