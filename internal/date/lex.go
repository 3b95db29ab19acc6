package date

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// longest is the length in bytes of the longest word of the lexicon, with room for "mid-".
const longest = 16

// lex is what the tokens of d are to the patterns.
func lex(d *token.Doc, t *syntax.Tree) []word {
	words := make([]word, len(d.Tokens))
	for i := range words {
		w := read(d.Word(i))
		if w.kind == monthName && t.Tag[i] == syntax.TagMD { // "May we …?"
			w = word{}
		}
		words[i] = w
	}
	return words
}

func read(s string) word {
	if s == "" || len(s) > longest {
		return word{}
	}
	switch c := s[0]; {
	case c < '0' && c != '\'', c == ':', c == ';':
		return mark(s)
	case c <= '9' && c >= '0':
		return digits(s)
	case c >= 0x80 || c == '\'':
		return mark(s)
	}
	mid := false
	if len(s) > 4 && (s[0] == 'm' || s[0] == 'M') && s[1:4] == "id-" {
		mid, s = true, s[4:]
		if '0' <= s[0] && s[0] <= '9' {
			w := digits(s)
			w.mid = true
			return w
		}
	}
	w := lookUp(s)
	w.mid = mid && w.kind != none
	return w
}

// lookUp finds s in the lexicon. Months and days of the week have a capital.
func lookUp(s string) word {
	var lower [longest]byte
	n := copy(lower[:], s)
	for i, c := range lower[:n] {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c | 0x20
		}
	}
	if n > 1 && lower[n-1] == '.' {
		n--
	}
	w := lexicon[string(lower[:n])]
	switch w.kind {
	case monthName, shortMonth, weekday, shortWeekday:
		if s[0] >= 'a' {
			return word{}
		}
	case zone:
		if s[len(s)-1] >= 'a' { // "et"
			return word{}
		}
	}
	return w
}

func mark(s string) word {
	switch s {
	case ",":
		return word{kind: comma}
	case "-", "–", "—":
		return word{kind: dash}
	case "'s", "’s", "'", "’":
		return word{kind: apostrophe}
	}
	if rest, ok := strings.CutPrefix(strings.Replace(s, "’", "'", 1), "'"); ok && len(rest) == 3 && rest[2] == 's' { // '90s
		if w := digits(rest[:2]); w.kind == number && w.value >= 20 && w.value%10 == 0 {
			return word{kind: decades, value: 1900 + w.value}
		}
	}
	return word{}
}

// digits reads a token that begins with a digit.
func digits(s string) word {
	n, rest := 0, s
	for rest != "" && '0' <= rest[0] && rest[0] <= '9' && len(s)-len(rest) < 5 {
		n, rest = n*10+int(rest[0]-'0'), rest[1:]
	}
	size := len(s) - len(rest)
	switch {
	case size > 4:
	case rest == "":
		return word{kind: number, value: n}
	case rest == "st", rest == "nd", rest == "rd", rest == "th":
		return word{kind: ordinal, value: n}
	case size == 4 && n%10 == 0 && plausible(n) && (rest == "s" || rest == "'s" || rest == "’s"):
		return word{kind: decades, value: n}
	case size <= 2 && len(rest) == 3 && (rest[0] == ':' || rest[0] == '.') && n < 24:
		if m := digits(rest[1:]); m.kind == number && m.value < 60 {
			return word{kind: clock, value: n}
		}
	case len(s) >= 8 && strings.ContainsRune("/.-", rune(rest[0])):
		return word{kind: written}
	}
	return word{}
}

// plausible keeps out what is four digits and no year.
func plausible(year int) bool { return 1600 <= year && year < 2200 }
