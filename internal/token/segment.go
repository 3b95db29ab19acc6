package token

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// Segment cuts text into paragraphs, sentences and tokens. It takes any string
// and runs in linear time. Offsets are int32: of a text beyond 2 GiB only the
// first 2 GiB are read.
//
// Tokens are words as in the English treebanks of Universal Dependencies 2
// (EWT, GUM): clitics and compounds with a hyphen are cut (do|n't, Russia|'s,
// can|not, 25|-|year), prefixes are not (non-violence, pre-war), each
// quotation mark is a token of its own. Every character that is not white
// space or an invisible format character belongs to exactly one token.
func Segment(text string) *Doc {
	if len(text) > math.MaxInt32 {
		text = text[:math.MaxInt32]
	}
	d := &Doc{Text: text, Tokens: make([]Token, 0, len(text)/5+8)}
	x := lexer{text: text, out: d.Tokens}
	for p := range paragraphs(text) {
		first := int32(len(x.out))
		x.scan(p.Start, p.End)
		if last := int32(len(x.out)); last > first {
			d.Paragraphs = append(d.Paragraphs, Range{first, last})
		}
	}
	d.Tokens = x.out
	_, roles := pair(d)
	s := splitter{doc: d, roles: roles}
	for _, p := range d.Paragraphs {
		s.paragraph(p)
	}
	return d
}

// The classes of characters that the lexer knows.
type class uint8

const (
	symbol class = iota // punctuation, signs, emoji
	space               // white space and invisible format characters
	letter              // letters, marks, the underscore
	digit               // numbers of every script
)

var asciiClass = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case c <= ' ' || c == 0x7F:
			t[c] = space
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		}
	}
	return t
}()

// classAt is the class and the size of the character at text[i:]; i < len(text).
func classAt(text string, i int) (class, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return asciiClass[c], 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	return classOf(r), size
}

const softHyphen = '\u00AD'

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass[r]
	case unicode.IsLetter(r), unicode.IsMark(r), r == softHyphen, r == '\u200C', r == '\u200D':
		return letter // zero-width joiners live inside words
	case unicode.IsNumber(r):
		return digit
	case IsSpace(r):
		return space
	}
	return symbol
}

// IsSpace reports whether r belongs to no token: white space, a control, or an
// invisible format character other than the soft hyphen and the joiners.
func IsSpace(r rune) bool {
	if r == softHyphen || r == '\u200C' || r == '\u200D' {
		return false
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)
}
