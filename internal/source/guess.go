package source

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// guessSample is the number of bytes that a guess of the charset looks at.
const guessSample = 256 << 10

// guessUTF16 finds UTF-16 without a byte order mark by its zero bytes: text in
// any script has ASCII spaces, whose high byte is zero and always on one side.
func guessUTF16(b []byte) (encoding.Encoding, string) {
	head := b[:min(len(b), guessSample)]
	if len(head) < 8 || len(b)%2 != 0 {
		return nil, ""
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	pairs := len(head) / 2
	few, many := pairs/200, pairs/20+1
	switch {
	case zero[1] >= many && zero[0] <= few:
		return utf16LE, "UTF-16LE"
	case zero[0] >= many && zero[1] <= few:
		return utf16BE, "UTF-16BE"
	}
	return nil, ""
}

// guessed are the charsets of a byte a character that are told apart, the
// likelier in English news first.
var guessed = []*charmap.Charmap{
	charmap.Windows1252, charmap.Windows1254, charmap.Windows1250, charmap.Macintosh,
	charmap.Windows1251, charmap.KOI8U, charmap.ISO8859_5, charmap.CodePage866,
	charmap.Windows1253, charmap.ISO8859_7, charmap.ISO8859_2, charmap.Windows1256, charmap.Windows1255,
}

// guessCharmap is the charset in which the bytes of b beyond ASCII make the
// fewest oddities, or nil if they make no sense in any.
func guessCharmap(b []byte) *charmap.Charmap {
	b = b[firstHigh(b):]
	b = b[:min(len(b), guessSample)]
	var best *charmap.Charmap
	least := 0
	for _, cm := range guessed {
		if n := oddities(b, cm); best == nil || n < least {
			best, least = cm, n
		}
	}
	high := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	if least*3 > high {
		return nil
	}
	return best
}

func firstHigh(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return max(i-1, 0) // with the byte before it, which says whether it stands in a word
		}
	}
	return len(b)
}

// oddities counts what does not happen in running text: controls, symbols
// inside words, capitals after small letters, scripts mixed in one word, rare
// letters, and Latin words of nothing but accented letters.
func oddities(b []byte, cm *charmap.Charmap) int {
	var table [256]rune
	for i := range table {
		table[i] = cm.DecodeByte(byte(i))
	}
	odd := 0
	prev, r := ' ', ' '
	for i := range len(b) + 1 {
		next := ' '
		if i < len(b) {
			next = table[b[i]]
		}
		odd += oddity(prev, r, next)
		prev, r = r, next
	}
	return odd
}

func oddity(prev, r, next rune) int {
	if r < utf8.RuneSelf {
		return 0
	}
	afterLetter, beforeLetter := unicode.IsLetter(prev), unicode.IsLetter(next)
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		return 4
	case 0x2500 <= r && r < 0x25A0: // box drawing
		return 2
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		if afterLetter && beforeLetter && !joinsWords(r) {
			return 2
		}
		if afterLetter && unicode.IsOneOf([]*unicode.RangeTable{unicode.So, unicode.Sm, unicode.No}, r) && !joinsWords(r) {
			return 1
		}
		return 0
	}
	odd := 0
	if afterLetter {
		switch {
		case isLatin(prev) != isLatin(r):
			odd += 2
		case unicode.IsLower(prev) && unicode.IsUpper(r):
			odd += 2
		case isLatin(r) && prev >= utf8.RuneSelf:
			odd++
		}
	}
	if beforeLetter && isLatin(next) != isLatin(r) {
		odd += 2
	}
	if isRare(r) {
		odd++
	}
	return odd
}

func isLatin(r rune) bool { return r < 0x250 }

// joinsWords reports whether r, not a letter, stands between letters in good text.
func joinsWords(r rune) bool {
	switch r {
	case '\u2018', '\u2019', '\u2013', '\u2014', '\u2026', '\u00A0', '\u00AD', '\u00B7', '\u2022', '\u00AE', '\u2122', '\u00A9', '\u201C', '\u201D':
		return true
	}
	return false
}

// isRare reports whether r is a letter that names in the news seldom hold.
func isRare(r rune) bool {
	switch r {
	case 'ð', 'Ð', 'þ', 'Þ', 'ÿ', 'ª', 'º', 'µ', 'ƒ':
		return true
	}
	return 0x400 <= r && r < 0x410 || 0x450 <= r && r < 0x490
}
