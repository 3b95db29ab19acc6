package token

import "strings"

// scanNumber cuts what begins with a digit: a number with its separators
// (1,000, 10:30, 9/11, 2016-09-12, 713-853-3989), an ordinal or a decade, and
// apart from it the unit that is written to it (5|m, 10.45|am).
func (x *lexer) scanNumber(i int) int {
	e := x.numberEnd(i)
	if x.at(e) == letter {
		end := x.run(e)
		suffix := x.text[e:end]
		switch {
		case isOrdinal(suffix), suffix == "s":
			e = end
		case words.has(unit, suffix):
			x.emit(i, e)
			if dotted := x.withPeriod(e, end); dotted > end {
				end = dotted
			}
			x.emit(e, end)
			return end
		case x.dottedUnit(e) > e: // 10a.m.
			x.emit(i, e)
			end = x.dottedUnit(e)
			x.emit(e, end)
			return end
		default:
			e = end // 4WD, 3D
		}
	}
	if a := x.apostrophe(e); a > 0 && e-i >= 2 && x.text[e-1] == '0' && x.has(e+a, "s") && x.run(e+a) == e+a+1 {
		e += a + 1 // 80's
	}
	x.emit(i, e)
	return e
}

func isOrdinal(s string) bool {
	return len(s) == 2 && (foldEqual(s, "st") || foldEqual(s, "nd") || foldEqual(s, "rd") || foldEqual(s, "th"))
}

// dottedUnit is the end of "a.m." or "p.m." at i, else i.
func (x *lexer) dottedUnit(i int) int {
	for _, s := range [...]string{"a.m.", "p.m.", "A.M.", "P.M.", "a.m", "p.m"} {
		if x.has(i, s) {
			return i + len(s)
		}
	}
	return i
}

// numberEnd is the end of the number whose digits begin at i.
func (x *lexer) numberEnd(i int) int {
	e := x.digits(i)
	for e+1 < x.end && x.at(e+1) == digit {
		switch x.text[e] {
		case '.', ',', ':', '/':
		case '-':
			if end := hyphenated(x.text[i:x.end]); end > 0 {
				return i + end
			}
			return e
		default:
			return e
		}
		e = x.digits(e + 1)
	}
	return e
}

// The shapes of telephone numbers and dates that keep their hyphens; "0" is
// any ASCII digit. All other hyphens between numbers are ranges and scores.
var hyphenShapes = [...]string{
	"0-000-000-0000", "000-000-0000", "000-0000",
	"0000-00-00", "00-00-0000", "0-00-0000", "00-0-0000", "00-00-00",
}

// hyphenated is the length of the telephone number or date that s begins with,
// 0 if it begins with none.
func hyphenated(s string) int {
	for _, shape := range hyphenShapes {
		if len(s) < len(shape) || !matches(s, shape) {
			continue
		}
		if rest := s[len(shape):]; rest == "" || !strings.ContainsAny(rest[:1], "-0123456789") {
			return len(shape)
		}
	}
	return 0
}

func matches(s, shape string) bool {
	for i := range len(shape) {
		if isDigit := '0' <= s[i] && s[i] <= '9'; isDigit != (shape[i] == '0') || !isDigit && s[i] != shape[i] {
			return false
		}
	}
	return true
}
