package token

import (
	"unicode"
	"unicode/utf8"
)

// scanWord cuts what begins with a letter: a word with what belongs inside it
// (O'Connor, U.S., AT&T, non-violence, w/o), and then the clitics off its end.
func (x *lexer) scanWord(i int) int {
	e, apostrophes := x.wordEnd(i)
	if dotted := x.withPeriod(i, e); dotted > e {
		x.emit(i, dotted)
		return dotted
	}
	if cut := words.contraction(x.text[i:e]); cut != nil {
		for _, n := range cut {
			x.emit(i, i+n)
			i += n
		}
		return i
	}
	if apostrophes {
		x.clitics(i, e)
		return e
	}
	x.emit(i, e)
	return e
}

// wordEnd is the end of the word at i, before any final period, and whether
// there is an apostrophe in it.
func (x *lexer) wordEnd(i int) (end int, apostrophes bool) {
	part := i // start of the part behind the last sign inside the word
	e := x.run(i)
	for e < x.end {
		n := 1 // bytes of the sign at e
		switch c := x.text[e]; {
		case c == '.':
			if !x.joinsPeriod(part, e) {
				return e, apostrophes
			}
		case c == '&':
			if e-part > 3 || x.at(e+1) != letter || x.run(e+1)-e > 4 {
				return e, apostrophes
			}
		case c == '/':
			if e-i > 1 || x.at(e+1) != letter || x.run(e+1)-e > 4 {
				if words.has(joinedWord, x.text[i:e+1]) {
					return e + 1, apostrophes
				}
				return e, apostrophes
			}
		case c == '-':
			if !words.has(prefix, x.text[part:e]) || x.at(e+1) != letter && x.at(e+1) != digit {
				return e, apostrophes
			}
		case c == '$':
			if e-i <= 3 && x.at(e+1) == digit && isUpper(x.text[i:e]) {
				return e + 1, apostrophes // US$5
			}
			return e, apostrophes
		default:
			if n = x.apostrophe(e); n == 0 || x.at(e+n) != letter {
				return e, apostrophes
			}
			apostrophes = true
		}
		part = e + n
		e = x.run(part)
	}
	return e, apostrophes
}

// joinsPeriod reports whether the period at e, behind the part text[part:e] of
// a word, is inside the word: U.S., Ph.D, file.doc, but not "done.He".
func (x *lexer) joinsPeriod(part, e int) bool {
	if x.at(e+1) != letter && x.at(e+1) != digit {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(x.text[part:e])
	right, _ := utf8.DecodeRuneInString(x.text[e+1 : x.end])
	if e-part >= 2 && unicode.IsLower(left) && unicode.IsUpper(right) && !words.has(dotted, x.text[part:e]) {
		return false
	}
	return true
}

// withPeriod is the end of the word text[i:e] with the period behind it, if the
// period belongs to it: an abbreviation or an initial. Otherwise it is e.
func (x *lexer) withPeriod(i, e int) int {
	if e >= x.end || x.text[e] != '.' || x.has(e, "..") {
		return e
	}
	switch next := x.at(e + 1); {
	case next == letter || next == digit:
		return e
	}
	word := x.text[i:e]
	switch words.abbreviation(word) {
	case notAbbreviation:
		return e
	case beforeNumber:
		n := e + 1
		for n < x.end && x.text[n] == ' ' {
			n++
		}
		if x.at(n) != digit {
			return e
		}
	case initial:
		if !x.isInitial(i, e) {
			return e
		}
	}
	return e + 1
}

// isInitial reports whether the single capital text[i:e], which a period
// follows, is the initial of a name: another word in capitals follows that is
// not a common first word of a sentence ("Plan B. The …"), or the capital
// before it is an initial too.
func (x *lexer) isInitial(i, e int) bool {
	n := e + 1
	for n < x.end && x.text[n] == ' ' {
		n++
	}
	if n >= x.end {
		return i > x.start && len(x.out) > 0 && isInitialToken(x.text, x.out[len(x.out)-1])
	}
	if x.at(n) != letter {
		return x.text[n] == ',' // "Kim, J., …"
	}
	next := x.text[n:x.run(n)]
	r, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsUpper(r) {
		return x.text[i:e] != "I"
	}
	return !words.has(starter, next)
}

func isInitialToken(text string, t Token) bool {
	w := text[t.Start:t.End]
	return len(w) >= 2 && w[len(w)-1] == '.' && utf8.RuneCountInString(w) == 2
}

// clitics cuts the clitics off the end of the word text[i:e]: 's, 'm, 'd, 're,
// 've, 'll, n't, in either case and with either apostrophe; a word may have
// several (wouldn't've).
func (x *lexer) clitics(i, e int) {
	var cuts [4]int
	n, end := 0, e
	for n < len(cuts) {
		c := cliticStart(x.text[i:end])
		if c <= 0 {
			break
		}
		end = i + c
		cuts[n] = end
		n++
	}
	start := i
	for n--; n >= 0; n-- {
		x.emit(start, cuts[n])
		start = cuts[n]
	}
	x.emit(start, e)
}

// cliticStart is the offset of the clitic at the end of w, 0 if it has none.
func cliticStart(w string) int {
	p := len(w)
	for p > 0 && w[p-1] != '\'' && w[p-1] != '`' && w[p-1] < utf8.RuneSelf && len(w)-p < 3 {
		p--
	}
	size := 0
	switch {
	case p >= 1 && (w[p-1] == '\'' || w[p-1] == '`'):
		size = 1
	case p >= len("’") && (w[p-len("’"):p] == "’" || w[p-len("‘"):p] == "‘"):
		size = len("’")
	default:
		return 0
	}
	at := p - size
	switch s := w[p:]; {
	case foldEqual(s, "t"):
		if at >= 2 && w[at-1]|0x20 == 'n' {
			return at - 1
		}
		return 0
	case foldEqual(s, "s"), foldEqual(s, "m"), foldEqual(s, "d"), foldEqual(s, "re"), foldEqual(s, "ve"), foldEqual(s, "ll"):
		return at
	}
	return 0
}

// foldEqual reports whether s equals the lower-case ASCII word w but for case.
func foldEqual(s, w string) bool {
	if len(s) != len(w) {
		return false
	}
	for i := range len(s) {
		if s[i]|0x20 != w[i] {
			return false
		}
	}
	return true
}

// isUpperRune reports whether s begins with an upper-case letter.
func isUpperRune(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// isUpper reports whether s is ASCII capitals.
func isUpper(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}
