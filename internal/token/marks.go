package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a token that may be a quotation mark, with the cost of each action;
// reopening costs what opening does.
type mark struct {
	tok    int32
	family family
	cost   [closes + 1]uint8
}

// collect fills p.marks with the marks of par from token i on, as many as make a
// block, and returns the token behind the last one looked at.
func (p *pairer) collect(par Range, i int32) int32 {
	p.marks = p.marks[:0]
	for ; i < par.Last && len(p.marks) < blockMarks; i++ {
		if m, ok := p.markAt(par, i); ok {
			p.marks = append(p.marks, m)
		}
	}
	return i
}

// form is how a mark is drawn.
type form uint8

const (
	noForm   form = iota
	straight      // says nothing of its direction
	left6         // “ ‘ ``: opens, and closes what „ or ‚ opened
	right9        // ” ’: closes
	low           // „ ‚: opens
	grave         // `
	pointL        // « ‹
	pointR        // » ›
)

// formOf is the family and the form of a token; noForm if it is no mark.
func formOf(w string) (family, form) {
	switch w {
	case `"`, "＂", "''", "’’":
		return double, straight
	case "“", "‟", "``", "‘‘":
		return double, left6
	case "”":
		return double, right9
	case "„":
		return double, low
	case "'":
		return single, straight
	case "‘", "‛":
		return single, left6
	case "’":
		return single, right9
	case "‚":
		return single, low
	case "`", "´":
		return single, grave
	case "«", "‹":
		return angle, pointL
	case "»", "›":
		return angle, pointR
	}
	return noFamily, noForm
}

// isMark is a quick test by the first byte and the length.
func isMark(w string) bool {
	if len(w) > 6 {
		return false
	}
	switch w[0] {
	case '"', '\'', '`', 0xC2, 0xE2, 0xEF:
		_, f := formOf(w)
		return f != noForm
	}
	return false
}

// markAt reads token i of paragraph par as a mark.
func (p *pairer) markAt(par Range, i int32) (mark, bool) {
	w := p.doc.Word(int(i))
	if !isMark(w) {
		return mark{}, false
	}
	fam, form := formOf(w)
	m := mark{tok: i, family: fam}
	c := p.context(par, i)
	open, shut := c.spacing()
	pass := uint8(costStray)
	if fam == single {
		pass = c.apostrophe(&shut)
	} else if c.afterDigit {
		pass = 2 // inches, seconds
	}
	switch form {
	case straight:
	case left6:
		if p.lowOpens && fam == double {
			open, shut = max(open, 2), 0
		} else {
			open, shut = min(open, 1)/2, shut/2+2
		}
		if fam == single && c.gapLeft {
			pass = 2 // ‘90s, ‘em
		}
	case right9:
		open, shut = open/2+2, min(shut, 2)/2
		if fam == single && c.gapLeft && !c.gapRight {
			pass = 1 // ’cause
		}
	case low:
		open, shut = 0, 6
		if fam == single {
			open, pass = 1, 1 // also a comma from a bad font
		}
	case grave:
		open, shut, pass = open/2, shut/2+2, 1
	case pointL, pointR:
		if !p.angleSeen {
			p.angleSeen, p.angleReversed = true, form == pointR && open == 0
		}
		if (form == pointL) != p.angleReversed {
			open, shut = 0, 3
		} else {
			open, shut = 3, 0
		}
	}
	m.cost = [closes + 1]uint8{passes: pass, opens: open, closes: shut}
	return m, true
}

// context is what stands around a mark. Marks written to it are looked through.
type context struct {
	first, last         bool // in the paragraph
	gapLeft, gapRight   bool // white space, or the end of the paragraph
	left, right         rune // the nearest characters, 0 at the ends of the paragraph
	afterDigit          bool
	afterWord, pointing bool // afterWord: a letter is written to it; pointing: it follows an opening bracket or a dash
}

// lookThrough bounds how many marks in a row are looked through.
const lookThrough = 3

func (p *pairer) context(par Range, i int32) context {
	d := p.doc
	var c context
	l, r := i-1, i+1
	for n := 0; n < lookThrough && l >= par.First && !d.SpaceBefore(int(l+1)) && isMark(d.Word(int(l))); n++ {
		l--
	}
	for n := 0; n < lookThrough && r < par.Last && !d.SpaceBefore(int(r)) && isMark(d.Word(int(r))); n++ {
		r++
	}
	c.first, c.last = l < par.First, r >= par.Last
	c.gapLeft = c.first || d.SpaceBefore(int(l+1))
	c.gapRight = c.last || d.SpaceBefore(int(r))
	if !c.first {
		c.left, _ = utf8.DecodeLastRuneInString(d.Word(int(l)))
	}
	if !c.last {
		w := d.Word(int(r))
		if c.right, _ = utf8.DecodeRuneInString(w); c.right == '.' && len(w) > 1 {
			c.right = '…'
		}
	}
	if !c.gapLeft && l == i-1 {
		c.afterDigit = unicode.IsNumber(c.left)
		c.afterWord = unicode.IsLetter(c.left)
	}
	c.pointing = !c.gapLeft && strings.ContainsRune("([{—–-/", c.left)
	return c
}

// isCloser reports whether r is punctuation that is written to the word before.
func isCloser(r rune) bool { return strings.ContainsRune(".,;:!?)]}…", r) && r != 0 }

// spacing is the cost of opening and of closing by white space alone.
func (c *context) spacing() (open, shut uint8) {
	switch {
	case c.first && c.last:
		return 2, 2
	case c.first:
		return 0, 4
	case c.last:
		return 6, 0
	case c.gapLeft && c.gapRight: // spaced: alternation decides
		if isCloser(c.right) {
			return 3, 0
		}
		return 1, 1
	case c.gapLeft:
		if isCloser(c.right) && c.right != '…' {
			return 4, 0
		}
		return 0, 4
	case c.gapRight:
		if c.pointing && c.left != '—' && c.left != '–' && c.left != '-' {
			return 2, 3
		}
		return 4, 0
	case c.pointing:
		return 0, 2
	case isCloser(c.right):
		return 4, 0
	case isCloser(c.left): // a missing space on one side
		return 1, 1
	}
	return 2, 2
}

// apostrophe is the cost of reading a single mark as an apostrophe. A possessive
// ("the students' rights") is likelier than a closing mark if a word in lower
// case follows; then closing costs a little.
func (c *context) apostrophe(shut *uint8) uint8 {
	switch {
	case c.afterDigit:
		return 0 // feet, minutes, the 1990s'
	case c.afterWord && c.gapRight && !c.last && unicode.IsLetter(c.right) && unicode.ToLower(c.left) == 's':
		if unicode.IsLower(c.right) {
			*shut = 1
		}
		return 0
	case c.afterWord && unicode.ToLower(c.left) == 's':
		return 1
	case c.afterWord:
		return 2 // goin'
	case c.gapLeft && !c.gapRight:
		return 2 // 'cause
	}
	return 3
}
