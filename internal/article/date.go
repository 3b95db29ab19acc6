package article

import (
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	words "github.com/rapporteur/rapporteur/internal/date"
)

//go:embed data/dates.txt
var dateFile string

// dateWord is what a word means in a date.
type dateWord struct {
	kind  string // "month", "weekday", "half", "zone", "published", "updated", "filler"
	value int
}

var dateWords = sync.OnceValue(func() map[string]dateWord {
	table := map[string]dateWord{}
	for l := range strings.Lines(dateFile) {
		col := strings.Split(strings.TrimSpace(l), "\t")
		if strings.HasPrefix(l, "#") || len(col) != 3 {
			continue
		}
		value, err := strconv.Atoi(col[2])
		if err != nil {
			panic("article: dates.txt: " + l)
		}
		table[col[1]] = dateWord{col[0], value}
	}
	return table
})

// wordOf is what w, in lower case, means in a date.
func wordOf(w string) (dateWord, bool) {
	if n := words.Month(w); n > 0 {
		return dateWord{"month", n}, true
	}
	if n := words.Weekday(w); n > 0 {
		return dateWord{"weekday", n}, true
	}
	m, ok := dateWords()[w]
	return m, ok
}

// timeLayouts are the forms of a time in metadata and on the command line.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05", "2006-01-02 15:04",
	time.DateOnly, "20060102", time.RFC1123Z, time.RFC1123,
}

var errNoTime = errors.New("is not a time; give it as 2025-05-16 or 2025-05-16T14:02:00Z")

// ParseTime reads a time in ISO 8601 (RFC 3339), as HTTP writes it, or as news
// pages do ("16 May 2025, 14:02 GMT"). Without a zone it is UTC; without a time
// of day it is midnight.
func ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 100 {
		return time.Time{}, errNoTime
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil && plausible(t) {
			return inZone(t), nil
		}
	}
	if d, ok := parseDate(s); ok && d.complete() && !d.updated {
		return d.time(), nil
	}
	return time.Time{}, errNoTime
}

// inZone is t with its offset from UTC, which says what "today" is in the report,
// and without the name of the zone or of this machine's.
func inZone(t time.Time) time.Time {
	_, offset := t.Zone()
	if offset == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", offset))
}

// plausible keeps out the zero dates of broken metadata.
func plausible(t time.Time) bool { return t.Year() >= 1600 && t.Year() < 2200 }

// date is what a line of date and time says; what it does not say is zero.
type date struct {
	year, month, day  int
	hour, minute      int
	clock             bool // hour and minute are given
	offset            int  // minutes east of UTC
	published         bool // a word says that the report appeared then
	updated           bool // a word says that it was changed then
	relative, weekday bool // "2 hours ago"; a day of the week
}

func (d date) complete() bool {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return false
	}
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == d.day && plausible(t)
}

func (d date) time() time.Time {
	return inZone(time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, 0, 0, time.FixedZone("", d.offset*60)))
}

// parseDate reads a line that holds a date, a time or both, and nothing else.
func parseDate(s string) (date, bool) {
	var d date
	if len(s) > 120 {
		return d, false
	}
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == '|' || r == '\t' || r == '\u00A0' || r == '(' || r == ')' || r == '–' || r == '—' || r == '·' || r == '•'
	})
	for _, w := range fields {
		if w != "-" && w != "/" && !d.word(w) {
			return d, false
		}
	}
	return d, d.month != 0 && (d.day != 0 || d.year != 0) || d.clock || d.relative && (d.published || d.updated || len(fields) <= 3) || d.weekday && d.published
}

// word takes one word of the line into d; it reports false for a word that no
// date holds, or that says a second time what is known.
func (d *date) word(w string) bool {
	w = strings.ToLower(strings.TrimRight(w, ".:;"))
	if w == "" {
		return true
	}
	if m, ok := wordOf(w); ok {
		return d.named(w, m)
	}
	if t, err := time.Parse("2006-01-02", w); err == nil {
		return d.ymd(t.Year(), int(t.Month()), t.Day())
	}
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(w)); err == nil {
		t = t.UTC()
		d.hour, d.minute, d.clock = t.Hour(), t.Minute(), true
		return d.ymd(t.Year(), int(t.Month()), t.Day())
	}
	if a, rest, ok := cutNumber(w); ok {
		switch rest {
		case "", "st", "nd", "rd", "th":
			return d.number(a, len(w)-len(rest))
		case "h", "am", "a.m", "pm", "p.m":
			return d.setClock(a, 0) && d.half(rest)
		}
		if b, rest, ok := cutNumber(strings.TrimLeft(rest, ":.h/")); ok {
			return d.pair(w, a, b, rest)
		}
	}
	return false
}

// pair takes a word of two numbers or three: a clock ("14:02", "3.15pm",
// "14:02:59") or a date ("16/05/2025", "16.05.2025").
func (d *date) pair(w string, a, b int, rest string) bool {
	c, tail, three := cutNumber(strings.TrimLeft(rest, ":./"))
	switch {
	case three && c >= 1600 && tail == "":
		if a <= 12 && b <= 12 && a != b && strings.Contains(w, "/") {
			d.relative = true // day or month first? a date, but which cannot be told
			return true
		}
		if a > 12 || !strings.Contains(w, "/") {
			a, b = b, a
		}
		return d.ymd(c, a, b)
	case three:
		return d.setClock(a, b) && d.half(tail)
	}
	return d.setClock(a, b) && d.half(rest)
}

func (d *date) named(w string, m dateWord) bool {
	switch m.kind {
	case "month":
		if d.month != 0 {
			return false
		}
		d.month = m.value
	case "half":
		return d.half(w)
	case "zone":
		d.offset = m.value
		return d.clock
	case "published":
		d.published = true
	case "updated":
		d.updated = true
	case "weekday":
		d.weekday = true
	case "filler":
		d.relative = d.relative || w == "ago"
	}
	return true
}

func (d *date) ymd(year, month, day int) bool {
	if d.year != 0 || d.month != 0 || month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	d.year, d.month, d.day = year, month, day
	return true
}

// number takes a bare number of so many digits: a day, a year, an hour.
func (d *date) number(n, digits int) bool {
	switch {
	case digits == 4 && n >= 1600 && n < 2200 && d.year == 0:
		d.year = n
	case digits <= 2 && 1 <= n && n <= 31 && d.day == 0:
		d.day = n
	case digits == 4 && n/100 < 24 && n%100 < 60 && d.year != 0:
		return d.setClock(n/100, n%100) // "1402 GMT"
	case digits <= 2 && d.day != 0 && n <= 12:
		return d.setClock(n, 0) // "16 May 2025, 3 p.m."
	case digits <= 2 && d.month == 0:
		// the count of "45 minutes ago"
	default:
		return false
	}
	return true
}

func (d *date) setClock(hour, minute int) bool {
	if d.clock || hour > 23 || minute > 59 {
		return false
	}
	d.hour, d.minute, d.clock = hour, minute, true
	return true
}

// half takes "am" or "pm"; an empty word is no half.
func (d *date) half(w string) bool {
	if w == "" {
		return true
	}
	m, ok := dateWords()[w]
	if !ok || m.kind != "half" || !d.clock || d.hour > 12 {
		return false
	}
	d.hour = d.hour%12 + m.value
	return true
}

// cutNumber splits w after the digits it begins with, at most four.
func cutNumber(w string) (n int, rest string, ok bool) {
	i := 0
	for i < len(w) && i < 5 && '0' <= w[i] && w[i] <= '9' {
		n = n*10 + int(w[i]-'0')
		i++
	}
	return n, w[i:], 0 < i && i < 5
}
