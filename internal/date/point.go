package date

import (
	"strconv"
	"time"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// point finds one time. Sure tells that what stands before asks for one, so that
// a month or year needs no other sign.
func (m *matcher) point(i int, sure bool) (meaning, int) {
	a, end := m.bare(i, sure)
	if end > 0 && a.grain == day && a.sense != open {
		end = m.tail(end)
	}
	return a, end
}

func (m *matcher) bare(i int, sure bool) (meaning, int) {
	if a, end := m.clock(i); end > 0 {
		return a, end
	}
	switch w := m.at(i); w.kind {
	case deictic:
		if t := m.tag(i - 1); t == syntax.TagJJ || t == syntax.TagJJR || t == syntax.TagDT || m.isTitle(i) { // "a brighter tomorrow", "USA Today"
			return meaning{}, 0
		}
		return meaning{sense: offset, grain: day, n: w.value}, i + 1
	case overnight:
		return meaning{sense: offset, grain: hour}, i + 1
	case weekday, shortWeekday:
		return m.weekday(i)
	case monthName, shortMonth:
		return m.month(i, sure)
	case seasonName:
		return m.season(i, sure)
	case decades:
		if w.value%100 == 0 && w.value < 2000 {
			return meaning{sense: open, grain: century}, i + 1
		}
		return meaning{sense: fixed, grain: decade, year: w.value}, i + 1
	case written:
		return m.written(i)
	case edge, compare:
		return m.edge(i)
	case shift:
		return m.shifted(i, false)
	case the:
		return m.definite(i)
	case rank:
		return m.quarterOf(i)
	case part:
		if m.is(i+1, weak) && m.says(i+1, "on") { // "dawn on Sunday"
			if a, end := m.point(i+2, true); end > 0 && a.grain == day {
				return a, end
			}
		}
	case number, ordinal:
		if a, end := m.dayMonth(i); end > 0 {
			return a, end
		}
		if a, end := m.year(i, sure); end > 0 {
			return a, end
		}
		return m.counted(i)
	case numeral, article, vague, units:
		return m.counted(i)
	}
	return meaning{}, 0
}

// clock finds a time of day, and the day with it if that follows: "2 a.m. on
// Sunday". The hour stays out of the value: zones are seldom given.
func (m *matcher) clock(i int) (meaning, int) {
	h, end := m.hour(i)
	if end == 0 {
		return meaning{}, 0
	}
	j := m.skip(end, comma)
	if m.says(j, "on") {
		j++
	}
	if m.is(j, weekday, shortWeekday, monthName, shortMonth, number, ordinal, deictic, the, written) {
		if a, last := m.point(j, true); last > 0 && a.grain == day {
			return a, last
		}
	}
	if !m.is(i-1, weak, strong, hedge, compare) { // "from 9 a.m. to 5 p.m.", the head of an entry
		return meaning{sense: open, grain: hour}, end
	}
	return meaning{sense: atHour, grain: hour, n: h}, end
}

// hour reads the time of day at i: its hour of 24, and midnight is at the end of a day.
func (m *matcher) hour(i int) (h, end int) {
	w := m.at(i)
	h = w.value
	switch {
	case w.kind == midnight && (m.says(i-1, "at") || m.says(i-1, "until") || m.says(i-1, "by")):
		h, end = 24, i+1
	case (w.kind == clock || w.kind == number) && 1 <= h && h <= 12 && m.is(i+1, half):
		h, end = h%12+m.at(i+1).value, i+2
	case (w.kind == clock || w.kind == number && h < 2400) && m.is(i+1, zone):
		if h >= 100 { // "1402 GMT"
			h /= 100
		}
		end = i + 1
	case w.kind == clock && m.says(i-1, "at"):
		end = i + 1
	default:
		return 0, 0
	}
	end = m.skip(end, zone)
	if m.says(end, "local") && m.says(end+1, "time") {
		end += 2
	}
	return h, end
}

// isTitle reports whether word i has a capital as a part of a name: "Russia Today".
func (m *matcher) isTitle(i int) bool {
	return m.tag(i-1) == syntax.TagNNP && m.d.Word(i)[0] < 'a'
}

// tail is the end of the part of the day that follows a day: "night", "at 10 a.m.", "at noon".
func (m *matcher) tail(i int) int {
	if m.is(i, part, midnight) || m.is(i, unit) && m.says(i, "night") {
		i++
	}
	if j := i; m.says(j, "at") {
		if _, end := m.hour(j + 1); end > 0 {
			return end
		}
		if m.is(j+1, part) {
			return j + 2
		}
	}
	return i
}

// weekday finds a day of the week, and the date if that follows: "Friday, May 16".
func (m *matcher) weekday(i int) (meaning, int) {
	j := m.skip(i+1, comma)
	if m.is(j, monthName, shortMonth, number, ordinal, the) {
		a, end := m.dayMonth(j)
		if end == 0 {
			a, end = m.month(j, true)
		}
		if end > 0 && a.grain == day {
			a.n = m.at(i).value
			return a, end
		}
	}
	if m.is(i, shortWeekday) && !m.is(i+1, part) {
		return meaning{}, 0
	}
	if t := m.tag(i); t == syntax.TagNNPS || m.tag(i+1) == syntax.TagNNP && m.tag(i-1) == syntax.TagNNP { // "Bloody Sunday Inquiry"
		return meaning{}, 0
	}
	return meaning{sense: dayOfWeek, grain: day, n: m.at(i).value}, i + 1
}

// month finds a month, with its day and year: "March 5, 2024", "March 2024", "March".
func (m *matcher) month(i int, sure bool) (meaning, int) {
	a := meaning{sense: yearless, grain: month, month: m.at(i).value}
	j := m.skip(i+1, the)
	if m.isDay(j) && !m.is(j+1, half) && !(m.says(i-1, "in") && m.counts(j)) {
		a.grain, a.day = day, m.at(j).value
		return september11(m.withYear(a, j+1))
	}
	if dated, end := m.withYear(a, i+1); end > i+1 {
		return dated, end
	}
	if m.is(i, shortMonth) || !sure && !m.monthContext(i) {
		return meaning{}, 0
	}
	if m.tag(i) != syntax.TagNNP || m.tag(i+1) == syntax.TagNNP && !m.is(i-1, shift) {
		return meaning{}, 0
	}
	return a, i + 1
}

// counts reports whether the number at i counts what follows.
func (m *matcher) counts(i int) bool {
	return m.tag(i+1) == syntax.TagNNS || m.tag(i+2) == syntax.TagNNS
}

// isName reports whether the month is a given name, a verb or an adverb as well.
func isName(month int) bool {
	return month == int(time.March) || month == int(time.April) || month == int(time.May) || month == int(time.June) || month == int(time.August)
}

// monthContext reports whether the month at i, alone, is one.
func (m *matcher) monthContext(i int) bool {
	w := m.at(i)
	if w.mid || m.is(i-1, strong, shift, edge) {
		return true
	}
	if isName(w.value) {
		return m.is(i-1, of) && (m.isPortion(i-2) || m.says(i-2, "month"))
	}
	return m.tag(i-1) != syntax.TagNNP
}

// withYear adds the year that follows a date at i: ", 2024", "of 2024", "2024".
func (m *matcher) withYear(a meaning, i int) (meaning, int) {
	j := m.skip(i, comma, of)
	if m.isYear(j) && m.isRoom(j+1) && !(m.is(i, comma) && a.grain == month) {
		a.sense, a.year = fixed, m.at(j).value
		return a, j + 1
	}
	j = m.skip(i, of)
	if which := m.at(j).value; m.is(j, shift) && (which == last || which == this || which == next) && m.says(j+1, "year") {
		a.shift, a.year = which, 1 // of the year that shift tells
		return a, j + 2
	}
	return a, i
}

// dayMonth finds a day before its month: "5 March 2024", "the 5th of March".
func (m *matcher) dayMonth(i int) (meaning, int) {
	i = m.skip(i, the)
	if !m.isDay(i) {
		return meaning{}, 0
	}
	j := m.skip(i+1, of)
	if !m.is(j, monthName, shortMonth) || m.is(i, number) && j > i+1 {
		return meaning{}, 0
	}
	return september11(m.withYear(meaning{sense: yearless, grain: day, month: m.at(j).value, day: m.at(i).value}, j+1))
}

// september11 leaves that day open where no year is told: it is most often a name.
func september11(a meaning, end int) (meaning, int) {
	if a.sense == yearless && a.year == 0 && a.month == 9 && a.day == 11 {
		a.sense = open
	}
	return a, end
}

// isYear reports whether word i has four digits that may be a year.
func (m *matcher) isYear(i int) bool {
	w := m.at(i)
	return w.kind == number && plausible(w.value) && m.d.Tokens[i].End-m.d.Tokens[i].Start == 4 || w.mid && plausible(w.value)
}

// isRoom reports whether a year may end before word i: no unit and nothing counted stands there.
func (m *matcher) isRoom(i int) bool {
	return !m.is(i, half, zone, units, number, clock) && m.tag(i) != syntax.TagDollar && m.tag(i) != syntax.TagSYM && m.tag(i) != syntax.TagCD
}

// yearContext reports whether word i asks for a year after it.
func (m *matcher) yearContext(i int) bool {
	return m.is(i, strong, edge, since, between) || m.tag(i) == syntax.TagLRB ||
		m.is(i, of, weak, from, to, compare) && !m.says(i, "at") || m.says(i, "year") || m.says(i, "years") || m.says(i, "fiscal")
}

// year finds a year that stands alone.
func (m *matcher) year(i int, sure bool) (meaning, int) {
	if !m.isYear(i) || !m.isRoom(i+1) || m.is(i-1, hedge, dash) || m.tag(i-1) == syntax.TagDollar {
		return meaning{}, 0
	}
	a := meaning{sense: fixed, grain: year, year: m.at(i).value}
	recent := 1900 <= a.year && a.year < 2100
	switch follows := m.tag(i + 1); {
	case m.at(i).mid:
	case m.says(i+1, "people") || m.says(i+1, "percent"):
		return meaning{}, 0
	case follows == syntax.TagNNS: // a count has a plural after it, "the 2016 elections" are no count
		if !recent || a.year%100 == 0 || !m.definiteBefore(i) {
			return meaning{}, 0
		}
	case follows == syntax.TagNN || follows == syntax.TagNNP || follows == syntax.TagJJ || m.is(i+1, apostrophe):
		if plural := m.tag(i+2) == syntax.TagNNS && !m.definiteBefore(i); !recent || plural || m.isMeasure(i+1) {
			return meaning{}, 0
		}
	case m.tag(i-1) == syntax.TagLRB && m.tag(i+1) == syntax.TagRRB:
	case !sure && !m.yearContext(i-1) && !(m.is(i-1, and) && m.isYear(i-2)):
		return meaning{}, 0
	}
	if m.is(i-1, weak, from, to) && !recent {
		return meaning{}, 0
	}
	return a, i + 1
}

func (m *matcher) definiteBefore(i int) bool {
	return m.is(i-1, the, apostrophe) || m.tag(i-1) == syntax.TagPRPS || m.tag(i-1) == syntax.TagPOS
}

// isMeasure reports whether token i is a short unit of measure: "km", "MW", "C".
func (m *matcher) isMeasure(i int) bool { return len(m.d.Word(i)) <= 2 && !m.is(i, apostrophe) }

// season finds a season of a year: "spring 2025", "the summer of 2014", "in spring".
func (m *matcher) season(i int, sure bool) (meaning, int) {
	a := meaning{sense: yearless, grain: season, month: 3 * m.at(i).value, day: 1}
	if t := m.tag(i); t != syntax.TagNN && t != syntax.TagNNP {
		return meaning{}, 0
	}
	if dated, end := m.withYear(a, i+1); end > i+1 {
		return dated, end
	}
	if !sure && !m.is(i-1, shift) && !(m.says(i-1, "in") || m.says(i-1, "by") || m.says(i-1, "until")) {
		return meaning{}, 0
	}
	return a, i + 1
}

// written finds a date in digits, in the order of ISO 8601, or with the year
// last. Which of two numbers is the month is told only if one cannot be.
func (m *matcher) written(i int) (meaning, int) {
	s := m.d.Word(i)
	if t, err := time.Parse(time.DateOnly, s); err == nil && plausible(t.Year()) {
		return meaning{sense: fixed, grain: day, year: t.Year(), month: int(t.Month()), day: t.Day()}, i + 1
	}
	var n [3]int
	at, sep := 0, byte(0)
	for k := range n {
		size := 0
		for at+size < len(s) && '0' <= s[at+size] && s[at+size] <= '9' {
			size++
		}
		n[k], _ = strconv.Atoi(s[at : at+size])
		at += size
		if k == 2 {
			break
		}
		if size == 0 || size > 2 || at >= len(s) || s[at] != '/' && s[at] != '.' || sep != 0 && s[at] != sep {
			return meaning{}, 0
		}
		sep = s[at]
		at++
	}
	d, mon, y := n[0], n[1], n[2]
	if at != len(s) || !plausible(y) || d < 1 || mon < 1 || min(d, mon) > 12 || max(d, mon) > 31 {
		return meaning{}, 0
	}
	switch {
	case mon > 12:
		d, mon = mon, d
	case d <= 12 && d != mon && sep == '/':
		return meaning{sense: open, grain: day}, i + 1
	}
	return meaning{sense: fixed, grain: day, year: y, month: mon, day: d}, i + 1
}
