package date

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// sense is how an expression means its time.
type sense uint8

const (
	nothing    sense = iota
	fixed            // year, month and day, as far as the grain tells
	yearless         // month, day or season of a year that is left out
	dayOfWeek        // n is the ISO weekday
	dayOfMonth       // "the 16th"
	offset           // n grains from the day of publication
	window           // the n grains before (n < 0) or after it
	anaphor          // n grains from a time that was told before
	atHour           // n o'clock, of 24
	lasting          // a duration of n grains
	open             // a time that the words leave open: "years ago"
)

// meaning is what the words say, before anything is known of the day.
type meaning struct {
	sense            sense
	grain            grain
	n                int
	year, month, day int
	shift            int
	half             bool // "… and a half"
}

// phrase is an expression that was found: one time, or a range of two.
type phrase struct {
	token.Range
	from, to meaning
	since    bool // from then on
}

// matcher finds expressions in a document. The patterns see the words of one
// sentence; each of them takes the index of a word and gives that of the first
// word after the match, 0 if there is none.
type matcher struct {
	d        *token.Doc
	t        *syntax.Tree
	words    []word
	sentence token.Range
}

// at is word i, nothing outside the sentence.
func (m *matcher) at(i int) word {
	if i < int(m.sentence.First) || i >= int(m.sentence.Last) {
		return word{}
	}
	return m.words[i]
}

func (m *matcher) is(i int, k ...kind) bool {
	w := m.at(i)
	for _, x := range k {
		if w.kind == x {
			return true
		}
	}
	return false
}

// says reports whether token i is s, in whatever case.
func (m *matcher) says(i int, s string) bool {
	return i >= int(m.sentence.First) && i < int(m.sentence.Last) && strings.EqualFold(m.d.Word(i), s)
}

func (m *matcher) tag(i int) syntax.Tag {
	if i < int(m.sentence.First) || i >= int(m.sentence.Last) {
		return syntax.TagNone
	}
	return m.t.Tag[i]
}

// skip is i, or the index after it if word i is one of k.
func (m *matcher) skip(i int, k ...kind) int {
	if m.is(i, k...) {
		return i + 1
	}
	return i
}

// phrase finds the longest expression that begins at token i.
func (m *matcher) phrase(i int) (p phrase, ok bool) {
	switch m.at(i).kind {
	case none, comma, dash, apostrophe, of, to, and:
		return phrase{}, false
	case since:
		a, end := m.point(i+1, true)
		if end == 0 || a.grain < day {
			return phrase{}, false
		}
		return phrase{Range: rangeOf(i, end), from: a, since: true}, true
	case between, from:
		if a, b, end := m.times(i+1, true); b.sense != nothing {
			return phrase{Range: rangeOf(i, end), from: a, to: b}, true
		}
		return phrase{}, false
	}
	a, b, end := m.times(i, false)
	if end == 0 {
		if a, end = m.duration(i); end == 0 {
			return phrase{}, false
		}
	}
	return phrase{Range: rangeOf(i, end), from: a, to: b}, true
}

func rangeOf(first, last int) token.Range {
	return token.Range{First: int32(first), Last: int32(last)}
}

// moved reports whether "to" at i tells to where a time was moved.
func (m *matcher) moved(i int) bool {
	h := m.t.Head[i]
	for range 3 {
		if h < 0 {
			return false
		}
		if movers[m.t.Lemma[h]] {
			return true
		}
		h = m.t.Head[h]
	}
	return false
}

// times finds a time, or two with a joint between them: "3 to 5 June", "March and May" after
// "between", "2014-16". To is nothing if there is but one.
func (m *matcher) times(i int, sure bool) (a, b meaning, end int) {
	if a, b, end = m.daysOfMonth(i); end > 0 {
		return a, b, end
	}
	if a, b, end = m.years(i, sure); end > 0 {
		return a, b, end
	}
	a, end = m.point(i, sure)
	if end == 0 || a.sense == open || a.sense == anaphor || a.sense == atHour {
		return a, meaning{}, end
	}
	if b, second := m.second(end, a, sure); second > 0 {
		return a, b, second
	}
	return a, meaning{}, end
}

// second finds the later end of a range after its joint at i. Without "from" or
// "between" before it, both ends are of one kind.
func (m *matcher) second(i int, first meaning, sure bool) (meaning, int) {
	switch {
	case m.is(i, to) && m.moved(i):
		return meaning{}, 0
	case m.is(i, to, dash), m.says(i, "through"):
	case sure && (m.is(i, and) || m.says(i, "until") || m.says(i, "till")):
	default:
		return meaning{}, 0
	}
	b, end := m.point(i+1, sure || first.sense == yearless)
	if end == 0 || b.grain < day || b.sense == open || b.sense == anaphor || b.sense == atHour || b.shift != 0 && !sure {
		return meaning{}, 0
	}
	if !sure && (b.sense != first.sense && b.sense+first.sense != fixed+yearless || b.grain != first.grain) {
		return meaning{}, 0
	}
	return b, end
}

// daysOfMonth finds two days of one month: "March 5-7", "3 to 5 June 2024".
func (m *matcher) daysOfMonth(i int) (first, last meaning, end int) {
	monthAt, dayAt := i, i+1
	if m.isDay(i) {
		monthAt, dayAt = i+3, i
	}
	if !m.is(monthAt, monthName, shortMonth) || !m.isDay(dayAt) || !m.isDay(dayAt+2) {
		return first, last, 0
	}
	x, y := m.at(dayAt).value, m.at(dayAt+2).value
	switch j := dayAt + 1; {
	case x >= y:
		return first, last, 0
	case m.is(j, dash, to), m.says(j, "through"), m.is(j, and) && (y == x+1 || m.is(i-1, between)):
	default:
		return first, last, 0
	}
	first = meaning{sense: yearless, grain: day, month: m.at(monthAt).value, day: x}
	last, end = m.withYear(first, max(monthAt, dayAt+2)+1)
	last.day = y
	if last.sense == fixed {
		first.sense, first.year = fixed, last.year
	}
	return first, last, end
}

// isDay reports whether word i may be the day of a month.
func (m *matcher) isDay(i int) bool {
	w := m.at(i)
	return (w.kind == number || w.kind == ordinal) && 1 <= w.value && w.value <= 31 && m.d.Tokens[i].End-m.d.Tokens[i].Start <= 4
}

// years finds two years: "2014-16", "2019/20" is none.
func (m *matcher) years(i int, sure bool) (first, last meaning, end int) {
	if !m.isYear(i) || !m.is(i+1, dash, to, and) || !m.is(i+2, number) || m.is(i+1, and) && !sure || !m.isRoom(i+3) {
		return first, last, 0
	}
	x, y := m.at(i).value, m.at(i+2).value
	if y < 100 && m.is(i+1, dash) {
		y += x - x%100
	}
	if y <= x || y > x+99 || !plausible(y) || !sure && !m.yearContext(i-1) {
		return first, last, 0
	}
	return meaning{sense: fixed, grain: year, year: x}, meaning{sense: fixed, grain: year, year: y}, i + 3
}
