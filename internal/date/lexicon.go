package date

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed data/words.tsv
var wordsTSV string

// kind is what a word is to an expression of time.
type kind uint8

const (
	none kind = iota

	// Told by their letters.
	number  // up to four digits
	ordinal // "16th"
	clock   // "10:30"
	decades // "1990s"
	written // "2024-03-05", "05/16/2025"
	dash
	comma
	apostrophe // 's

	// Kinds of data/words.tsv.
	monthName
	shortMonth
	weekday
	shortWeekday
	unit
	units
	seasonName
	numeral
	rank
	article
	vague
	deictic
	overnight
	ago
	compare
	shift
	edge
	part
	midnight
	half
	zone
	strong
	weak
	since
	between
	from
	to
	and
	of
	the
	hedge
)

var kinds = map[string]kind{
	"month": monthName, "short-month": shortMonth, "weekday": weekday, "short-weekday": shortWeekday,
	"unit": unit, "units": units, "season": seasonName, "numeral": numeral, "rank": rank, "article": article, "vague": vague,
	"deictic": deictic, "overnight": overnight, "ago": ago, "compare": compare, "shift": shift, "edge": edge, "part": part,
	"midnight": midnight, "half": half, "zone": zone, "strong": strong, "weak": weak, "since": since, "between": between,
	"from": from, "to": to, "and": and, "of": of, "the": the, "hedge": hedge,
}

// The values of a shift: which of several alike.
const (
	last = iota + 1
	this
	next
	past
	coming
	previous
	following
	same
	that
)

var shifts = map[string]int{
	"last": last, "this": this, "next": next, "past": past, "coming": coming,
	"previous": previous, "following": following, "same": same, "that": that,
}

// word is a token as the patterns see it. Value is what its kind makes of it:
// a number, a grain, a shift, the number of a month.
type word struct {
	kind  kind
	value int
	mid   bool // "mid-" is written to it
}

// lexicon is the words of data/words.tsv, in lower case; intents are lemmas, and
// whether they tell of a plan by themselves ("due Friday").
var lexicon, intents, movers = readWords()

func readWords() (words map[string]word, intents map[string]bool, movers map[string]bool) {
	words, intents, movers = map[string]word{}, map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(wordsTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(col) != 3 {
			panic("date: words.tsv: " + line)
		}
		switch col[0] {
		case "intent":
			intents[col[1]] = col[2] == "1"
		case "mover":
			movers[col[1]] = true
		default:
			k, value, ok := readWord(col[0], col[2])
			if _, twice := words[col[1]]; !ok || twice {
				panic("date: words.tsv: " + line)
			}
			words[col[1]] = word{kind: k, value: value}
		}
	}
	return words, intents, movers
}

func readWord(kindName, text string) (k kind, value int, ok bool) {
	k, ok = kinds[kindName]
	switch k {
	case unit, units:
		g, known := grains[text]
		return k, int(g), ok && known
	case shift:
		s, known := shifts[text]
		return k, s, ok && known
	}
	value, err := strconv.Atoi(text)
	return k, value, ok && err == nil
}

// Month is the number of the month that s names, in full or short, 0 for none.
func Month(s string) int { return valueOf(s, monthName, shortMonth) }

// Weekday is the number of the day of the week that s names, in full or short:
// 1 for Monday, 0 for none.
func Weekday(s string) int { return valueOf(s, weekday, shortWeekday) }

func valueOf(s string, long, short kind) int {
	if w, ok := lexicon[strings.ToLower(strings.TrimSuffix(s, "."))]; ok && (w.kind == long || w.kind == short) {
		return w.value
	}
	return 0
}
