package quantity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/rapporteur/rapporteur/internal/token"
)

//go:embed data/words.tsv
var wordsTSV string

//go:embed data/hedges.tsv
var hedgesTSV string

// class is the classes of a word; data/words.tsv says what they mean.
type class uint32

const (
	cardinal class = 1 << iota
	ten
	scale
	short
	group
	part
	parts
	many
	percent
	currency
	money
	month
	weekday
	clock
	times
	dating
	recent
	dated
	bare
	state
	score
	label
	rate
	each
	not
	dial

	numeric = cardinal | ten | scale | short | group | part | parts | many
)

var classes = map[string]class{
	"cardinal": cardinal, "ten": ten, "scale": scale, "short": short, "group": group, "part": part, "parts": parts,
	"many": many, "percent": percent, "currency": currency, "money": money, "month": month, "weekday": weekday, "clock": clock,
	"time": times, "dating": dating, "recent": recent, "dated": dated, "bare": bare, "state": state, "score": score,
	"label": label, "rate": rate, "each": each, "not": not, "dial": dial,
}

// entry is what the lexicon knows of a word. Value is that of its numeric class.
type entry struct {
	class class
	value int64
}

// The side of the number on which a hedge stands.
const (
	before = 1 << iota
	after
)

// longestHedge is the most tokens of a hedge.
const longestHedge = 5

// longestWord is the most bytes of a word, and of a hedge, of the lexicon.
const longestWord, longestPhrase = 16, 48

type lexicon struct {
	words  map[string]entry
	hedges map[string]uint8
}

// words is the lexicon, read once: the files are ours, and a fault in them is
// a fault of the build, which the tests find.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{words: map[string]entry{}, hedges: map[string]uint8{}}
	for n, f := range rows(wordsTSV) {
		c := classes[f[1]]
		e := l.words[f[0]]
		if len(f) != 3 || c == 0 || e.class&c != 0 || len(f[0]) > longestWord || c&numeric != 0 && e.class&numeric != 0 {
			panic(fmt.Sprintf("words.tsv:%d: %q", n, f))
		}
		e.class |= c
		if c&numeric != 0 {
			v, err := strconv.ParseInt(f[2], 10, 64)
			if err != nil || v < 1 {
				panic(fmt.Sprintf("words.tsv:%d: value %q", n, f[2]))
			}
			e.value = v
		}
		l.words[f[0]] = e
	}
	for n, f := range rows(hedgesTSV) {
		side := map[string]uint8{"before": before, "after": after}[f[1]]
		if len(f) != 2 || side == 0 || len(f[0]) > longestPhrase || strings.Count(f[0], " ") >= longestHedge {
			panic(fmt.Sprintf("hedges.tsv:%d: %q", n, f))
		}
		l.hedges[f[0]] |= side
	}
	return l
})

// rows yields the fields of each row of a data file, by the number of its line.
func rows(tsv string) func(yield func(int, []string) bool) {
	return func(yield func(int, []string) bool) {
		n := 0
		for line := range strings.Lines(tsv) {
			n++
			line = strings.TrimRight(line, "\r\n")
			if line != "" && line[0] != '#' && !yield(n, strings.Split(line, "\t")) {
				return
			}
		}
	}
}

// look is what the lexicon knows of a word in any case.
func (l *lexicon) look(w string) entry {
	if len(w) > longestWord {
		return entry{}
	}
	var buf [longestWord]byte
	return l.words[string(appendLower(buf[:0], w))]
}

// hedge reports whether the tokens [first, last) are a hedge that stands on that side.
func (l *lexicon) hedge(d *token.Doc, first, last int, side uint8) bool {
	if d.Tokens[last-1].End-d.Tokens[first].Start > longestPhrase {
		return false
	}
	var buf [2 * longestPhrase]byte
	b := buf[:0]
	for i := first; i < last; i++ {
		if i > first {
			b = append(b, ' ')
		}
		b = appendLower(b, d.Word(i))
	}
	return l.hedges[string(b)]&side != 0
}

// appendLower appends w with its ASCII letters in lower case.
func appendLower(b []byte, w string) []byte {
	for i := range len(w) {
		c := w[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// fold reports whether w is lower, but for the case of ASCII letters.
func fold(w, lower string) bool {
	if len(w) != len(lower) {
		return false
	}
	for i := range len(w) {
		c := w[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
