package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key is the form under which surface is stored: without accents, leading
// "the" or trailing "'s", with single spaces and straight apostrophes, and
// without the full stops of an abbreviation ("U.S." and "US" are one key).
func Key(surface string) string {
	if plain(surface) {
		return surface
	}
	var b strings.Builder
	b.Grow(len(surface))
	for word := range strings.FieldsSeq(surface) {
		if b.Len() == 0 && (word == "the" || word == "The") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		fold(&b, word)
	}
	key := strings.TrimSuffix(b.String(), " 's")
	return strings.TrimSuffix(key, "'s")
}

// plain reports whether surface is its own key: one word of ASCII letters.
func plain(surface string) bool {
	for i := range len(surface) {
		if c := surface[i]; (c|0x20) < 'a' || (c|0x20) > 'z' {
			return false
		}
	}
	return surface != "the" && surface != "The"
}

// fold writes word without accents and, if it is an abbreviation, without full stops.
func fold(b *strings.Builder, word string) {
	dots := abbreviation(word)
	for _, r := range word {
		switch {
		case r == '.' && dots:
		case r == '’' || r == 'ʻ' || r == '‘' || r == '`':
			b.WriteByte('\'')
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		default:
			if s, ok := folded[r]; ok {
				b.WriteString(s)
			} else {
				b.WriteRune(r)
			}
		}
	}
}

// abbreviation reports whether word is made of single capitals with full stops ("U.S.", "U.K", "D.R.")
// or of one capital and a stop ("S.").
func abbreviation(word string) bool {
	stops := 0
	for i := range len(word) {
		switch c := word[i]; {
		case i%2 == 0 && c >= 'A' && c <= 'Z':
		case i%2 == 1 && c == '.':
			stops++
		default:
			return false
		}
	}
	return stops > 0
}

// folded maps accented Latin letters to ASCII.
var folded = func() map[rune]string {
	m := map[rune]string{}
	for ascii, accented := range map[string]string{
		"a": "áàâäãåāăąạảấầậắằ", "A": "ÁÀÂÄÃÅĀĂĄ", "c": "çćčĉċ", "C": "ÇĆČĈĊ", "d": "ďđð", "D": "ĎĐÐ",
		"e": "éèêëēĕėęěẹếềệə", "E": "ÉÈÊËĒĔĖĘĚƏ", "g": "ğĝġģ", "G": "ĞĜĠĢ", "h": "ĥħḥ", "H": "ĤĦḤ",
		"i": "íìîïĩīĭįıị", "I": "ÍÌÎÏĨĪĬĮİ", "j": "ĵ", "k": "ķ", "K": "Ķ", "l": "ĺļľł", "L": "ĹĻĽŁ",
		"n": "ñńņňŋ", "N": "ÑŃŅŇŊ", "o": "óòôöõōŏőøọốồộơớờợ", "O": "ÓÒÔÖÕŌŎŐØƠ", "r": "ŕŗř", "R": "ŔŖŘ",
		"s": "śŝşšșṣ", "S": "ŚŜŞŠȘṢ", "t": "ţťŧțṭ", "T": "ŢŤŦȚṬ", "u": "úùûüũūŭůűųụưứừự", "U": "ÚÙÛÜŨŪŬŮŰŲƯ",
		"w": "ŵ", "y": "ýÿŷỳỹ", "Y": "ÝŸŶ", "z": "źżž", "Z": "ŹŻŽ", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
	} {
		for _, r := range accented {
			m[r] = ascii
		}
	}
	return m
}()

// untitled is key as a name would be written if it stands in capitals and has
// more than four letters ("UKRAINE" → "Ukraine", "SOUTH AFRICA" → "South Africa").
func untitled(key string) (string, bool) {
	letters := 0
	for _, r := range key {
		if unicode.IsLower(r) {
			return "", false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	if letters < 5 {
		return "", false
	}
	b := []byte(strings.ToLower(key))
	start := true
	for i, c := range b {
		if start && c >= 'a' && c <= 'z' {
			b[i] -= 'a' - 'A'
		}
		start = c == ' ' || c == '-'
	}
	return string(b), true
}
