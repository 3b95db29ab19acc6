package date

import "time"

// resolver knows the day of publication, if anything does, and the last time
// that the paragraph has told.
type resolver struct {
	published time.Time // as it is given, with its zone; zero if it is not known
	today     time.Time // midnight of that day
	anchor    moment    // grain 0 for none
	anchored  int       // the sentence that it stands in
	spoken    bool      // the paragraph has told a time, known or not
	told      int       // the last year that it has told in full, 0 for none
}

func newResolver(published time.Time) *resolver {
	y, m, d := published.Date()
	return &resolver{published: published, today: midnightOf(y, int(m), d)}
}

// near is how far off, in days, a day or month without a year may lie when no
// verb tells on which side: the other candidate is then much farther away.
const near = 100

// soon is how far off, in days, a plan may lie that is told in the present tense.
const soon = 183

// stretch is from the first day of one moment to the last of another, often the same.
type stretch struct{ from, to moment }

func only(m moment) stretch { return stretch{m, m} }

// resolve is the time that p means, in that sentence.
func (r *resolver) resolve(p *phrase, t tense, sentence int) (stretch, bool) {
	if p.to.sense != nothing {
		return r.between(p.from, p.to, t, sentence)
	}
	s, ok := r.point(p.from, t, sentence)
	if ok && p.from.sense == yearless && p.from.shift == 0 && r.told != 0 && r.told != s.from.first.Year() {
		return s, false // "In 2014 … On March 18 …"
	}
	return s, ok
}

func (r *resolver) point(a meaning, t tense, sentence int) (stretch, bool) {
	var m moment
	var ok bool
	switch {
	case a.sense == fixed:
		m, ok = dated(a, a.year)
	case a.sense == anaphor:
		m, ok = r.fromAnchor(a, sentence)
	case a.sense == atHour:
		m, ok = r.hour(a, t, sentence)
	case r.published.IsZero():
	case a.sense == yearless:
		m, ok = r.yearless(a, t)
	case a.sense == dayOfWeek:
		m, ok = r.weekday(a, t)
	case a.sense == dayOfMonth:
		m, ok = r.monthday(a, t)
	case a.sense == offset && a.grain == hour && a.n == 0: // overnight
		m = moment{r.today, day}
		return stretch{m.plus(-1), m}, t != ahead
	case a.sense == offset:
		m, ok = r.offset(a, t)
	case a.sense == window:
		return r.window(a)
	}
	return only(m), ok
}

// between finds the later end of a range after its earlier one, which has the tense.
func (r *resolver) between(a, b meaning, t tense, sentence int) (stretch, bool) {
	if a.sense == yearless && b.sense == fixed {
		to, ok := dated(b, b.year)
		from, ok2 := dated(a, b.year)
		if from.first.After(to.first) {
			from, ok2 = dated(a, b.year-1)
		}
		return stretch{from, to}, ok && ok2
	}
	s, ok := r.point(a, t, sentence)
	from := s.from
	if !ok {
		return s, false
	}
	var to moment
	switch b.sense {
	case yearless:
		if to, ok = dated(b, from.first.Year()); to.first.Before(from.first) {
			to, ok = dated(b, from.first.Year()+1)
		}
	case dayOfWeek:
		to = moment{from.first.AddDate(0, 0, (b.n-isoWeekday(from.first)+7)%7), day}
		ok = t != behind || !to.first.After(r.today)
	default:
		s, ok = r.point(b, t, sentence)
		to = s.to
	}
	return stretch{from, to}, ok && from.first.Before(to.first)
}

// dated is the stretch that a tells in year y; false if the calendar has no such
// day ("31 June") or another day of the week.
func dated(a meaning, y int) (moment, bool) {
	m := moment{midnightOf(y, max(a.month, 1), max(a.day, 1)), a.grain}
	return m, a.grain != day || m.first.Day() == a.day && (a.n == 0 || a.n == isoWeekday(m.first))
}

// yearless finds the year of "March 5", "last May", "in spring".
func (r *resolver) yearless(a meaning, t tense) (moment, bool) {
	y := r.today.Year()
	if a.year != 0 { // "March of last year"
		return dated(a, y+direction(a.shift))
	}
	if a.grain == season && a.month == 12 {
		return moment{}, false // of which year is a winter?
	}
	now := holding(r.today, a.grain).first
	thisYear, _ := dated(a, y)
	years := [3]int{y - 1, y, y + 1}
	var fits func(m moment) bool
	switch {
	case a.shift == past:
		years = [3]int{y + 1, y, y - 1}
		fits = func(m moment) bool { return m.first.Before(now) }
	case a.shift == coming:
		fits = func(m moment) bool { return m.first.After(now) }
	case a.shift == last: // in October, "last March" may be of this year or not
		fits = func(m moment) bool { return m.first.Year() < y && !thisYear.first.Before(now) }
	case a.shift == next:
		fits = func(m moment) bool { return m.first.Year() > y && !thisYear.first.After(now) }
	case a.shift == this:
		fits = func(m moment) bool { return m.first.Year() == y }
	case t == behind:
		years = [3]int{y + 1, y, y - 1}
		fits = func(m moment) bool { return !m.first.After(r.today) }
	case t == ahead:
		fits = func(m moment) bool { return !m.end().Before(r.today) }
	case t == present: // "opens in July"
		fits = func(m moment) bool { return !m.end().Before(r.today) && r.daysTo(m.first) <= soon }
	default:
		fits = func(m moment) bool { return r.daysTo(m.first) <= near && -r.daysTo(m.end()) <= near }
	}
	for _, y := range years {
		if m, ok := dated(a, y); ok && fits(m) {
			return m, true
		}
	}
	return moment{}, false
}

// daysTo is how many days after today t is.
func (r *resolver) daysTo(t time.Time) int { return int(t.Sub(r.today) / (24 * time.Hour)) }

// weekday finds a day of the week. "Last Monday" and "next Friday" are told only
// where the week of publication holds no such day on that side: within it,
// people differ in what they mean.
func (r *resolver) weekday(a meaning, t tense) (moment, bool) {
	since := (isoWeekday(r.today) - a.n + 7) % 7
	latest := moment{r.today.AddDate(0, 0, -since), day} // today included, as in onward
	onward := latest
	if since > 0 {
		onward = latest.plus(7)
	}
	thisWeek := holding(r.today, week)
	switch {
	case a.shift == last, a.shift == past:
		if since == 0 {
			latest = latest.plus(-7)
		}
		return latest, a.shift == past || holding(latest.first, week) != thisWeek
	case a.shift == next, a.shift == coming:
		if since == 0 {
			onward = onward.plus(7)
		}
		return onward, a.shift == coming || holding(onward.first, week) != thisWeek
	case t == behind:
		return latest, true
	case t == ahead, t == present:
		return onward, true
	case a.shift == this:
		return thisWeek.withDay(a.n), true
	}
	return latest, false
}

// withDay is the day of the week m that has that ISO number.
func (m moment) withDay(n int) moment { return moment{m.first.AddDate(0, 0, n-1), day} }

// monthday finds "the 16th".
func (r *resolver) monthday(a meaning, t tense) (moment, bool) {
	step := [...]int{timeless: 0, behind: -1, ahead: 1, present: 1}[t]
	for k := range 3 {
		m := midnightOf(r.today.Year(), int(r.today.Month())+k*step, a.day)
		if m.Day() == a.day && r.daysTo(m)*step >= 0 {
			return moment{m, day}, step != 0
		}
	}
	return moment{}, false
}

// offset finds what is so many grains from the day of publication. Hours count
// from its hour, if that is known.
func (r *resolver) offset(a meaning, t tense) (moment, bool) {
	switch a.grain {
	case minute, hour:
		h, m, s := r.published.Clock()
		ago := time.Duration(a.n) * time.Hour
		if a.grain == minute {
			ago /= 60
		}
		then := r.published.Add(ago)
		return moment{midnightOf(then.Year(), int(then.Month()), then.Day()), day}, h+m+s > 0
	case weekend:
		return r.weekend(a, t)
	}
	return holding(r.today, a.grain).plus(a.n), true
}

// weekend finds "last weekend", "this weekend" and "the weekend". On a weekend
// "last" may mean that or the one before it, on other days "next" is as doubtful.
func (r *resolver) weekend(a meaning, t tense) (moment, bool) {
	w := holding(r.today, weekend)
	begun := isoWeekday(r.today) >= 6
	switch {
	case a.n < 0:
		return w.plus(-1), !begun
	case a.n > 0:
		return w.plus(1), begun
	case t == behind && !begun:
		return w.plus(-1), true
	}
	return w, t != timeless
}

// window finds "the past three weeks": from so long ago until today.
func (r *resolver) window(a meaning) (stretch, bool) {
	g, n := a.grain, a.n
	switch {
	case g == hour && n%24 == 0:
		g, n = day, n/24
	case g == week:
		g, n = day, 7*n
	case g < day, g == weekend, g == season:
		return stretch{}, false
	case g == decade:
		g, n = year, 10*n
	}
	now := holding(r.today, g)
	if n < 0 {
		return stretch{now.plus(n), now}, true
	}
	return stretch{now, now.plus(n)}, true
}

// fromAnchor finds what is so many grains from the time that was told last, if
// that stands in this sentence or the one before and is as fine.
func (r *resolver) fromAnchor(a meaning, sentence int) (moment, bool) {
	g := max(a.grain, day)
	if r.anchor.grain == 0 || r.anchor.grain > g || sentence-r.anchored > 1 {
		return moment{}, false
	}
	return holding(r.anchor.first, g).plus(a.n), true
}

// hour finds the day of "2 a.m.": that of the time that was told last or, if the
// paragraph has told none, the day of publication where the hour fits the tense
// at any hour of publication, or at that which is known.
func (r *resolver) hour(a meaning, t tense, sentence int) (moment, bool) {
	if r.spoken {
		return r.fromAnchor(meaning{grain: day}, sentence)
	}
	now := 12
	if h, m, s := r.published.Clock(); h+m+s > 0 {
		now = h
	}
	ok := a.n < 24 && (t == behind && a.n < now || t == ahead && a.n >= now)
	return moment{r.today, day}, ok && !r.published.IsZero()
}
