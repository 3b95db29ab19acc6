package near

import (
	"unicode"
	"unicode/utf8"
)

// part is what a character does in a word.
type part byte

const (
	breaks part = iota // ends the word: white space, punctuation, symbols
	joins              // is passed over: apostrophes, accents, what shows nothing
	letter
	digit // also "½" and "²"
)

// plain maps the lower-case letters from U+00DF to U+017F that are a letter of
// a to z with an accent or a stroke to that letter.
var plain = plainLetters()

func plainLetters() (t [0x180 - 0xDF]byte) {
	for base, letters := range map[byte]string{
		'a': "àáâãäåāăą", 'c': "çćĉċč", 'd': "ďđ", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭįı", 'j': "ĵ",
		'k': "ķ", 'l': "ĺļľŀł", 'n': "ñńņň", 'o': "òóôõöøōŏő", 'r': "ŕŗř", 's': "śŝşš", 't': "ţťŧ", 'u': "ùúûüũūŭůűų",
		'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
	} {
		for _, r := range letters {
			t[r-0xDF] = base
		}
	}
	return t
}

// ascii is what each ASCII character is in a word, and its lower case.
var ascii = asciiParts()

func asciiParts() (t [utf8.RuneSelf]struct {
	lower byte
	part  part
}) {
	for i := range t {
		c := byte(i)
		t[i].lower = c
		switch {
		case c >= 'a' && c <= 'z':
			t[i].part = letter
		case c >= 'A' && c <= 'Z':
			t[i].part, t[i].lower = letter, c+'a'-'A'
		case c >= '0' && c <= '9':
			t[i].part = digit
		case c == '\'' || c == '`':
			t[i].part = joins
		}
	}
	return t
}

// partOf is what a character outside ASCII is in a word, and its plain lower case.
func partOf(r rune) (rune, part) {
	switch {
	case r == '’' || r == '‘' || r == '‛' || r == '´' || r == 'ʼ' || r == 'ʹ' || r == '＇':
		return 0, joins
	case unicode.IsLetter(r):
		r = unicode.ToLower(r)
		if r >= 0xDF && r < 0x180 && plain[r-0xDF] != 0 {
			r = rune(plain[r-0xDF])
		}
		return r, letter
	case unicode.IsNumber(r):
		return r, digit
	case unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
		return 0, joins
	}
	return 0, breaks
}

// FNV-1a over 64 bits (RFC 9923), fed a character instead of a byte a step.
const (
	offsetBasis = 0xcbf29ce484222325
	prime       = 0x100000001b3
)

// words is the hash of each word of text, in their order. Its last bit is set
// if the word holds a digit.
func words(text string) []uint64 {
	out := make([]uint64, 0, len(text)/5+1)
	h := uint64(offsetBasis)
	length := 0 // of the word so far in characters, from its last full stop
	number := uint64(0)
	for i := 0; i < len(text); {
		c := rune(text[i])
		var p part
		if c < utf8.RuneSelf {
			if c == '.' && length == 1 && number == 0 && initial(text, i+1) {
				i, length = i+1, 0
				continue
			}
			c, p = rune(ascii[c].lower), ascii[c].part
			i++
		} else {
			var size int
			c, size = utf8.DecodeRuneInString(text[i:])
			c, p = partOf(c)
			i += size
		}
		switch p {
		case letter, digit:
			if p == digit {
				number = 1
			}
			length++
			h = (h ^ uint64(c)) * prime
		case breaks:
			if length > 0 {
				out = append(out, mix(h)&^1|number)
				h, length, number = offsetBasis, 0, 0
			}
		case joins:
		}
	}
	if length > 0 {
		out = append(out, mix(h)&^1|number)
	}
	return out
}

// maskNumbers puts one and the same word for each run of words with digits, in place.
func maskNumbers(words []uint64) []uint64 {
	const anyNumber = 1
	out := words[:0]
	for _, w := range words {
		switch {
		case w&1 == 0:
			out = append(out, w)
		case len(out) == 0 || out[len(out)-1] != anyNumber:
			out = append(out, anyNumber)
		}
	}
	return out
}

// initial reports whether text has at i a letter of ASCII that no letter or
// digit follows: the "S" of "U.S.".
func initial(text string, i int) bool {
	if i >= len(text) || text[i] >= utf8.RuneSelf || ascii[text[i]].part != letter {
		return false
	}
	return i+1 == len(text) || text[i+1] < utf8.RuneSelf && ascii[text[i+1]].part < letter
}

// mix spreads every bit of x over all of them: the last step of SplitMix64
// (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
