package token

import (
	_ "embed"
	"strings"
)

//go:embed data/abbreviations.txt
var abbreviationData string

//go:embed data/words.txt
var wordData string

// kind is a set of the word lists that a word is in; the names are those of
// the data files.
type kind uint16

const (
	prefix kind = 1 << iota
	joinedWord
	elidedWord
	unit
	domain
	starter
	verb
	nominal
	dotted
)

// abbreviationClass says what a word is before a period.
type abbreviationClass uint8

const (
	notAbbreviation abbreviationClass = iota
	title
	never
	mayEnd
	beforeNumber
	initial // a single capital
)

// lexicon holds the words of the data files.
type lexicon struct {
	kinds         map[string]kind
	contractions  map[string][]int // lengths of the parts but the last is to the end
	abbreviations map[string]abbreviationClass
}

// longestWord bounds look-ups: no word of the lists is longer, in bytes.
const longestWord = 16

var words = load()

func load() *lexicon {
	l := &lexicon{map[string]kind{}, map[string][]int{}, map[string]abbreviationClass{}}
	kinds := map[string]kind{
		"prefix": prefix, "joined": joinedWord, "elided": elidedWord, "unit": unit, "domain": domain,
		"starter": starter, "verb": verb, "nominal": nominal, "dotted": dotted,
	}
	classes := map[string]abbreviationClass{"title": title, "never": never, "end": mayEnd, "number": beforeNumber}
	for line := range strings.Lines(abbreviationData + wordData) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, w := range fields[1:] {
			switch c := fields[0]; {
			case c == "contraction":
				var cut []int
				for part := range strings.SplitSeq(w, "|") {
					cut = append(cut, len(part))
				}
				l.contractions[strings.ReplaceAll(w, "|", "")] = cut
			case classes[c] != 0:
				l.abbreviations[w] = classes[c]
			default:
				l.kinds[w] |= kinds[c]
			}
		}
	}
	return l
}

// has reports whether w is in the list k. Every list but starter is in lower
// case and taken without regard to the case of w.
func (l *lexicon) has(k kind, w string) bool {
	if len(w) > longestWord {
		return false
	}
	if k == starter {
		return l.kinds[w]&starter != 0
	}
	var buf [longestWord]byte
	return l.kinds[string(lower(&buf, w))]&k != 0
}

// contraction is the lengths of the parts that the word w is cut into, nil if
// it is not cut.
func (l *lexicon) contraction(w string) []int {
	if len(w) < 4 || len(w) > 8 {
		return nil
	}
	switch w[0] | 0x20 {
	case 'c', 'd', 'g', 'w', 'l', 'i', 's', 'a', 'h', 'o', 'k':
	default:
		return nil
	}
	var buf [longestWord]byte
	return l.contractions[string(lower(&buf, w))]
}

// abbreviation is the class of w before a period.
func (l *lexicon) abbreviation(w string) abbreviationClass {
	if len(w) > longestWord {
		return notAbbreviation
	}
	if c := l.abbreviations[w]; c != notAbbreviation {
		return c
	}
	if len(w) == 1 && 'A' <= w[0] && w[0] <= 'Z' || len(w) == 2 && w[0] >= 0xC3 && isUpperRune(w) {
		return initial
	}
	if isAcronym(w[strings.LastIndexByte(w, '-')+1:]) { // also non-U.S.
		return mayEnd
	}
	return notAbbreviation
}

// isAcronym reports whether w is single letters with periods between: U.S, a.m.
func isAcronym(w string) bool {
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	for i := range len(w) {
		if i%2 == 1 && w[i] != '.' || i%2 == 0 && (w[i]|0x20 < 'a' || w[i]|0x20 > 'z') {
			return false
		}
	}
	return true
}

// lower writes w in lower case, as far as it is ASCII, to buf.
func lower(buf *[longestWord]byte, w string) []byte {
	n := copy(buf[:], w)
	for i, c := range buf[:n] {
		if 'A' <= c && c <= 'Z' {
			buf[i] = c | 0x20
		}
	}
	return buf[:n]
}
