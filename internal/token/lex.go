package token

import (
	"strings"
	"unicode/utf8"
)

// A lexer cuts paragraphs into tokens. Every method that starts with "scan"
// appends the tokens that begin at its argument and returns the offset behind
// them.
type lexer struct {
	text  string
	out   []Token
	start int // of the paragraph
	end   int // of the paragraph

	chunkEnd int  // end of the run without white space that the scan is in
	web      bool // the run may hold an address: '@', "://", "www." or a dot between two characters
}

func (x *lexer) emit(start, end int) {
	if start < end {
		x.out = append(x.out, Token{int32(start), int32(end)})
	}
}

// scan appends the tokens of text[start:end], one paragraph.
func (x *lexer) scan(start, end int) {
	x.start, x.end, x.chunkEnd = start, end, start
	for i := start; i < end; {
		c, size := classAt(x.text, i)
		if c == space {
			i += size
			continue
		}
		if i >= x.chunkEnd {
			x.chunk(i)
		}
		if x.web {
			if e := x.address(i); e > i {
				x.emit(i, e)
				i = e
				continue
			}
		}
		switch c {
		case letter:
			i = x.scanWord(i)
		case digit:
			i = x.scanNumber(i)
		default:
			i = x.scanSymbol(i, size)
		}
	}
}

// chunk finds the end of the run without white space at i and whether an
// address may stand in it.
func (x *lexer) chunk(i int) {
	x.web = false
	for i < x.end {
		c, size := classAt(x.text, i)
		if c == space {
			break
		}
		switch x.text[i] {
		case '@', ':', '.':
			x.web = x.web || i+1 < x.end && x.text[i+1] > ' '
		}
		i += size
	}
	x.chunkEnd = i
}

// at is the class of the character at i, space beyond the paragraph.
func (x *lexer) at(i int) class {
	if i >= x.end {
		return space
	}
	c, _ := classAt(x.text, i)
	return c
}

// run is the end of the run of letters and digits at i.
func (x *lexer) run(i int) int {
	for i < x.end {
		c, size := classAt(x.text, i)
		if c != letter && c != digit {
			break
		}
		i += size
	}
	return i
}

// digits is the end of the run of digits at i.
func (x *lexer) digits(i int) int {
	for i < x.end {
		c, size := classAt(x.text, i)
		if c != digit {
			break
		}
		i += size
	}
	return i
}

// has reports whether s stands at i inside the paragraph.
func (x *lexer) has(i int, s string) bool {
	return strings.HasPrefix(x.text[i:x.end], s)
}

// apostrophe is the size of the apostrophe at i, 0 if there is none. Editors
// that turn quotes write it as a left quotation mark, too.
func (x *lexer) apostrophe(i int) int {
	switch {
	case i >= x.end:
		return 0
	case x.text[i] == '\'', x.text[i] == '`':
		return 1
	case x.has(i, "’"), x.has(i, "‘"):
		return len("’")
	}
	return 0
}

// pairs are marks of two characters that are one token.
var pairs = [...]string{"''", "``", "’’", "‘‘"}

// scanSymbol cuts what begins neither with a letter nor with a digit: elided
// words ('em, '90s), handles and tags, runs of the same sign (..., --, !!),
// and else one character with the marks and selectors that belong to it.
func (x *lexer) scanSymbol(i, size int) int {
	if a := x.apostrophe(i); a > 0 {
		if e := x.elided(i, a); e > i {
			x.emit(i, e)
			return e
		}
	}
	for _, p := range pairs {
		if x.has(i, p) {
			if x.has(i+len(p), p[:len(p)/2]) && i > x.start && x.at(i-1) != space {
				break // three close a single and a double quotation, in this order
			}
			x.emit(i, i+len(p))
			return i + len(p)
		}
	}
	e := i + size
	switch c := x.text[i]; c {
	case ':', ';':
		e += x.smile(e)
	case '@', '#':
		if x.at(e) == letter {
			e = x.run(e)
			break
		}
		e = x.same(i)
	case '.', '+':
		if c == '.' && x.has(i, "..") || x.at(e) != digit {
			e = x.same(i)
			break
		}
		if i > x.start && x.at(i-1) == digit {
			break
		}
		e = x.numberEnd(e)
	case '!', '?':
		for e < x.end && (x.text[e] == '!' || x.text[e] == '?') {
			e++
		}
	case '-', '=', '*', '~', '^', '|', '<', '>', '$', '\\':
		e = x.same(i)
	default:
		for e < x.end { // combining marks, selectors and joined emoji
			c, n := classAt(x.text, e)
			if c != letter || x.text[e] < utf8.RuneSelf || !isExtender(x.text[e:]) {
				break
			}
			e += n
		}
	}
	x.emit(i, e)
	return e
}

// smile is the length of what makes the colon before e an emoticon, standing
// alone: :) :-( ;P
func (x *lexer) smile(e int) int {
	n := e
	if n < x.end && x.text[n] == '-' {
		n++
	}
	if n >= x.end || x.at(n+1) != space || e-2 >= x.start && x.at(e-2) != space {
		return 0
	}
	switch x.text[n] {
	case ')', '(', 'P', 'D':
		return n + 1 - e
	}
	return 0
}

// isExtender reports whether s begins with a character that cannot stand alone.
func isExtender(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '\u200D' || 0xFE00 <= r && r <= 0xFE0F || 0x0300 <= r && r <= 0x036F || 0x20D0 <= r && r <= 0x20FF
}

// same is the end of the run of the ASCII sign at i.
func (x *lexer) same(i int) int {
	e := i + 1
	for e < x.end && x.text[e] == x.text[i] {
		e++
	}
	return e
}

// elided is the end of a word that begins with the apostrophe at i, of a bytes:
// '90s, 'em, or a clitic that stands alone ("Russia 's"); i if there is none.
func (x *lexer) elided(i, a int) int {
	e := x.run(i + a)
	word := x.text[i+a : e]
	if i > x.start && (x.at(i-1) == letter || x.at(i-1) == digit && !foldEqual(word, "s")) {
		return i
	}
	if n := x.apostrophe(e); word == "" || n > 0 {
		if n > 0 && foldEqual(word, "n") && x.at(e+n) != letter {
			return e + n // rock 'n' roll
		}
		return i
	}
	if x.at(i+a) == digit {
		// '90s, '07: two digits; a quotation may begin with any other number.
		if len(word) == 2 || len(word) == 3 && word[2] == 's' {
			return e
		}
		return i
	}
	if words.has(elidedWord, word) {
		return e
	}
	return i
}
