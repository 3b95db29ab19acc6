package date

import "github.com/rapporteur/rapporteur/internal/syntax"

// edge finds a time after a word that narrows it: "early on Monday", "later this year", "late 2023".
func (m *matcher) edge(i int) (meaning, int) {
	j := i + 1
	if m.says(j, "on") || m.says(j, "in") {
		j++
	}
	switch m.at(j).kind {
	case weekday, monthName, deictic, decades, seasonName, shift, number, the:
	default:
		return meaning{}, 0
	}
	if m.at(i).kind == compare && !m.says(i, "earlier") && !m.says(i, "later") {
		return meaning{}, 0
	}
	if m.is(j, number) && !m.isYear(j) {
		return meaning{}, 0
	}
	a, end := m.point(j, true)
	if a.sense == window {
		return meaning{}, 0
	}
	return a, end
}

// shifted finds what follows "last", "this", "next" and their like at i. Definite
// tells that "the" stands before.
func (m *matcher) shifted(i int, definite bool) (meaning, int) {
	which, j := m.at(i).value, i+1
	if m.isTitle(i) || !definite && (which == following || which == previous || which == same) { // "CBS This Morning"; "Following Monday's debate"
		return meaning{}, 0
	}
	if which == this && m.is(j, shift) && (m.at(j).value == past || m.at(j).value == coming) {
		which, j = m.at(j).value, j+1
	}
	switch w := m.at(j); w.kind {
	case weekday:
		if which == last || which == this || which == next || which == past || which == coming {
			return meaning{sense: dayOfWeek, grain: day, n: w.value, shift: which}, m.tail(j + 1)
		}
		return meaning{sense: open, grain: day}, j + 1
	case monthName, seasonName:
		a, end := m.point(j, true)
		if a.sense == fixed || which > coming {
			a.sense = open
		}
		a.shift = which
		return a, end
	case part:
		if which == this || which == last {
			return meaning{sense: offset, grain: day, n: min(0, direction(which))}, j + 1
		}
		if which == that || which == same || which == next || which == following {
			return meaning{sense: anaphor, grain: day, n: direction(which)}, j + 1
		}
	case unit:
		return m.shiftedUnit(j, which, definite)
	case number, numeral, vague:
		return m.shiftedUnits(j, which)
	}
	return meaning{}, 0
}

// direction is where a shift points to.
func direction(which int) int {
	switch which {
	case last, past, previous:
		return -1
	case next, coming, following:
		return 1
	}
	return 0
}

// shiftedUnit finds the unit at j of a shift: "last week", "the past year", "that night".
func (m *matcher) shiftedUnit(j, which int, definite bool) (meaning, int) {
	g := grain(m.at(j).value)
	if g < day || m.is(j+1, dash) {
		return meaning{}, 0
	}
	n := direction(which)
	night := m.says(j, "night")
	switch {
	case which == that, which == same, which == previous, which == following, which == next && definite && g == day:
		return meaning{sense: anaphor, grain: g, n: n}, j + 1
	case night && which == last:
		return meaning{sense: offset, grain: day, n: -1}, j + 1
	case g == day, which == this && night:
		return meaning{}, 0 // "this day and age", "last day of school"
	case which == past && !definite:
		return meaning{sense: open, grain: g}, j + 1
	case definite && g != weekend && (which == last || which == past || which == next || which == coming):
		return meaning{sense: window, grain: g, n: n}, j + 1
	}
	return meaning{sense: offset, grain: g, n: n}, j + 1
}

// shiftedUnits finds several units of a shift: "last three weeks", "past few days".
func (m *matcher) shiftedUnits(j, which int) (meaning, int) {
	q, end := m.quantity(j)
	n := direction(which)
	if end == 0 || !m.is(end, units, unit) || n == 0 || which == previous || which == following {
		return meaning{}, 0
	}
	g := grain(m.at(end).value)
	if q.half || q.n == 0 {
		return meaning{sense: open, grain: g}, end + 1
	}
	return meaning{sense: window, grain: g, n: n * q.n}, end + 1
}

// definite finds what follows "the" at i.
func (m *matcher) definite(i int) (meaning, int) {
	switch j := i + 1; m.at(j).kind {
	case shift:
		return m.shifted(j, true)
	case decades, rank:
		return m.bare(j, true)
	case seasonName:
		a, end := m.season(j, false)
		if a.sense == yearless && a.shift == 0 {
			return meaning{}, 0
		}
		return a, end
	case ordinal:
		return m.ordinalDay(i)
	case unit:
		return m.theUnit(j)
	}
	return meaning{}, 0
}

// ordinalDay finds "the 5th of March", "the 16th", "the 19th century".
func (m *matcher) ordinalDay(i int) (meaning, int) {
	if a, end := m.dayMonth(i); end > 0 {
		return a, end
	}
	n := m.at(i + 1).value
	if m.is(i+2, unit) && grain(m.at(i+2).value) == century && 15 <= n && n <= 22 {
		return meaning{sense: fixed, grain: century, year: 100*(n-1) + 1}, i + 3
	}
	asked := m.says(i-1, "on") || m.says(i-1, "by") || m.says(i-1, "until") || m.is(i-1, since)
	switch m.tag(i + 2) {
	case syntax.TagNN, syntax.TagNNS, syntax.TagNNP, syntax.TagJJ, syntax.TagCC, syntax.TagCD, syntax.TagNNPS:
		asked = false
	}
	if !asked || !m.isDay(i+1) || m.is(i+2, of) {
		return meaning{}, 0
	}
	return meaning{sense: dayOfMonth, grain: day, day: n}, i + 2
}

// theUnit finds "the weekend", "the day before yesterday", "the day after", "the night" after "during".
func (m *matcher) theUnit(j int) (meaning, int) {
	g := grain(m.at(j).value)
	switch {
	case g == weekend:
		return meaning{sense: offset, grain: weekend}, j + 1
	case m.says(j, "night") && m.says(j-2, "during") && !m.is(j+1, of, weak):
		return meaning{sense: offset, grain: hour}, j + 1
	case !m.is(j+1, compare) || g < day:
	case g == day && m.is(j+2, deictic) && m.at(j+1).value == m.at(j+2).value:
		return meaning{sense: offset, grain: day, n: 2 * m.at(j+1).value}, j + 3
	case m.closes(j + 2):
		return meaning{sense: anaphor, grain: g, n: m.at(j + 1).value}, j + 2
	}
	return meaning{}, 0
}

// closes reports whether nothing that "before" or "after" could govern stands at i.
func (m *matcher) closes(i int) bool {
	if i >= int(m.sentence.Last) {
		return true
	}
	u := m.t.UPOS[i]
	return u == syntax.PUNCT || u == syntax.CCONJ || u == syntax.AUX || u == syntax.VERB && m.t.Tag[i] == syntax.TagVBD
}

// quarterOf finds a quarter or century: "third quarter of 2024", "Q3 2024", "first quarter of this year".
func (m *matcher) quarterOf(i int) (meaning, int) {
	j := i + 1
	if w := m.d.Word(i); w[0] != 'Q' && w[0] != 'q' || len(w) != 2 {
		j = m.skip(j, dash)
		if !m.is(j, unit) || grain(m.at(j).value) != quarter {
			return meaning{}, 0
		}
		j++
	}
	a := meaning{sense: yearless, grain: quarter, month: 3*m.at(i).value - 2, day: 1}
	if dated, end := m.withYear(a, j); end > j {
		return dated, end
	}
	return meaning{sense: open, grain: quarter}, j
}

// quantity reads how many: n is 0 where the words leave it open.
func (m *matcher) quantity(i int) (q meaning, end int) {
	switch w := m.at(i); w.kind {
	case number, article:
		q.n, end = w.value, i+1
		if w.kind == article && m.is(i+1, vague) {
			q.n, end = 0, m.skip(i+2, of)
		}
	case numeral:
		q.n, end = w.value, i+1
		if w.value >= 20 && w.value%10 == 0 && m.is(end, dash) && m.is(end+1, numeral) && m.at(end+1).value < 10 {
			q.n, end = q.n+m.at(end+1).value, end+2
		}
	case vague:
		end = m.skip(i+1, vague, of)
	default:
		return q, 0
	}
	if m.is(end, and) && m.says(end+1, "a") && m.says(end+2, "half") {
		q.half, end = true, end+3
	}
	return q, end
}

// amount reads a quantity and its unit: "three days", "a year and a half".
func (m *matcher) amount(i int) (q meaning, end int) {
	q, end = m.quantity(i)
	switch w := m.at(end); {
	case end == 0:
		return q, 0
	case w.kind == units, w.kind == unit && (q.n == 1 || q.half):
		q.grain = grain(w.value)
	default:
		return q, 0
	}
	end++
	if m.is(end, and) && m.says(end+1, "a") && m.says(end+2, "half") {
		q.half, end = true, end+3
	}
	return q, end
}

// counted finds a number of units and a direction: "three days ago", "two weeks
// earlier", "in five weeks".
func (m *matcher) counted(i int) (meaning, int) {
	rough := m.is(i-1, hedge) && (!m.says(i-1, "than") || m.says(i-2, "more") || m.says(i-2, "less") || m.says(i-2, "fewer"))
	q, end := m.amount(i)
	if m.is(i, units) { // "years ago"
		q, end = meaning{grain: grain(m.at(i).value)}, i+1
	}
	if end == 0 {
		return meaning{}, 0
	}
	exact := q.n > 0 && !q.half && !(rough && q.grain >= week)
	q.sense = open
	switch w := m.at(end); {
	case w.kind == ago:
		if exact {
			q.sense, q.n = offset, -q.n
		}
		return q, end + 1
	case w.kind == from && m.says(end+1, "now"):
		if exact {
			q.sense = offset
		}
		return q, end + 2
	case w.kind == compare && q.grain >= day:
		if exact && (m.says(end, "earlier") || m.says(end, "later") || m.closes(end+1)) {
			q.sense, q.n = anaphor, w.value*q.n
		}
		return q, end + 1
	case exact && m.says(i-1, "in") && !m.is(end, of) && !(q.n == 1 && m.is(i, numeral)) && m.liesAhead(i, end):
		q.sense = offset
		return q, end
	}
	return meaning{}, 0
}

// liesAhead reports whether "in five weeks", the words [i, end), lies in the future
// rather than telling how long something took.
func (m *matcher) liesAhead(i, end int) bool {
	for k := i - 2; k >= i-6; k-- { // "the first in ten years"
		if m.is(k, rank) || m.tag(k) == syntax.TagJJS || m.says(k, "time") {
			return false
		}
	}
	t, direct := m.tenseOf(i, end)
	return (t == ahead || t == present) && direct
}

// duration finds how long something took: "three days", "two-day", "for a week".
func (m *matcher) duration(i int) (meaning, int) {
	q, end := m.quantity(i)
	if end == 0 || q.n == 0 {
		return meaning{}, 0
	}
	if m.is(end, dash) && m.is(end+1, unit) && !m.is(i, article) { // "two-day"
		q.grain, end = grain(m.at(end+1).value), end+2
	} else if q, end = m.amount(i); end == 0 {
		return meaning{}, 0
	}
	switch {
	case m.aged(end), m.is(i-1, rank), m.says(i-1, "every"), m.says(i-1, "each"), q.grain == quarter && q.n == 1,
		m.is(i-1, to) && m.is(i-2, number, numeral): // "two to three weeks"
		return meaning{}, 0
	}
	if q.n == 1 && !m.is(i, number) && !m.is(end-1, units) && !m.measured(i, end) {
		return meaning{}, 0
	}
	q.sense = lasting
	return q, end
}

// aged reports whether what follows makes an age of a duration: "years old", "-year-old".
func (m *matcher) aged(i int) bool {
	i = m.skip(i, dash)
	return m.says(i, "old") || m.says(i, "olds") || m.says(i, "younger") || m.says(i, "older") || m.is(i, of) && m.says(i+1, "age") || m.is(i, ago, compare)
}

// measured reports whether "a day" is a length of time and no rate ("twice a day").
func (m *matcher) measured(i, end int) bool {
	return m.is(i-1, hedge) || m.says(i-1, "for") || m.says(i-1, "within") || m.says(i-1, "lasted") ||
		m.is(end, of) || m.says(i, "another") || m.is(i, numeral) && m.is(end-2, dash)
}
