package feed

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"

	words "github.com/rapporteur/rapporteur/internal/date"
)

//go:embed data/zones.txt
var zoneFile string

// zones are the offsets of zones by name, in minutes east of UTC.
var zones = sync.OnceValue(func() map[string]int {
	table := map[string]int{}
	for l := range strings.Lines(zoneFile) {
		name, minutes, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if strings.HasPrefix(l, "#") {
			continue
		}
		n, err := strconv.Atoi(minutes)
		if !ok || err != nil {
			panic("feed: zones.txt: " + l)
		}
		table[name] = n
	}
	return table
})

// stamp is a time that an item gives, perhaps in several places.
type stamp struct {
	t        time.Time
	zoneless bool
	bad      string // what could not be read, as it stands
}

// offer takes a time, unless there is one.
func (s *stamp) offer(text string) {
	text = strings.TrimSpace(text)
	if text == "" || !s.t.IsZero() {
		return
	}
	t, zoned, ok := parseTime(text)
	switch {
	case ok:
		s.t, s.zoneless, s.bad = t, !zoned, ""
	case s.bad == "":
		s.bad = text
	}
}

// settle is the time, after telling of what is wrong with it.
func (s *stamp) settle(item int, bad, zoneless *tally) time.Time {
	switch {
	case s.bad != "":
		bad.add(item, "", quote(s.bad))
	case s.zoneless:
		zoneless.add(item, "", "")
	}
	return s.t
}

// maxTime is the length in bytes of the longest text that is read as a time.
const maxTime = 80

// moment is what a text says of a time; what it does not say is -1.
type moment struct {
	year, month, day     int
	hour, minute, second int
	nanos                int
	half                 int // hours to add to 12, of "a.m." and "p.m."
	named, offset        int // minutes east of UTC, by a zone's name and in figures
	zoned                bool
}

const unset = -1

// unzoned is the value of moment.named and moment.offset that are not given.
const unzoned = 1 << 20

// parseTime reads a time as feeds give it: RFC 822 and its successors with all
// that is made of them, ISO 8601 (RFC 3339), the forms of HTTP and of the C
// library, words in any order. Zoned is false for a time of day without a zone,
// which is taken for UTC, as a date alone is. What could be one of two days
// ("03/04/2025") or zones is not read, nor is a zero date or the zero of Unix.
func parseTime(s string) (t time.Time, zoned, ok bool) {
	if len(s) > maxTime {
		return time.Time{}, false, false
	}
	m := moment{unset, unset, unset, unset, unset, unset, 0, unset, unzoned, unzoned, false}
	for s = skipFiller(s); s != ""; s = skipFiller(s) {
		var rest string
		if rest, ok = m.take(s); !ok || len(rest) >= len(s) {
			return time.Time{}, false, false
		}
		s = rest
	}
	return m.time()
}

// skipFiller is s without the white space, commas and comments it begins with.
func skipFiller(s string) string {
	for {
		s = strings.TrimLeft(s, " \t\r\n,\u00A0")
		if !strings.HasPrefix(s, "(") {
			return s
		}
		end := strings.IndexByte(s, ')')
		if end < 0 {
			return ""
		}
		s = s[end+1:]
	}
}

// take takes the next word of a time.
func (m *moment) take(s string) (rest string, ok bool) {
	switch c := s[0]; {
	case '0' <= c && c <= '9':
		return m.number(s)
	case c == '+' || c == '-':
		return m.figures(s)
	case c >= 0x80:
		return "", false
	}
	i := 0
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] == '.' && i > 0) {
		i++
	}
	if i == 0 {
		return "", false
	}
	return m.word(s[:i], s[i:])
}

func (m *moment) word(w, rest string) (string, bool) {
	lower := strings.TrimRight(strings.ToLower(w), ".")
	if n := words.Month(lower); n > 0 {
		if m.month != unset {
			return "", false
		}
		m.month = n
		return strings.TrimLeft(rest, "-"), true
	}
	if words.Weekday(lower) > 0 {
		return rest, true
	}
	switch lower {
	case "at":
		return rest, true
	case "t":
		return rest, m.day != unset
	case "am", "a.m":
		m.half = 0
		return rest, m.hour != unset
	case "pm", "p.m":
		m.half = 12
		return rest, m.hour != unset
	}
	offset, ok := zones()[strings.ToUpper(w)]
	if !ok || m.named != unzoned && m.named != offset {
		return "", false
	}
	m.named = offset
	return rest, true
}

// figures takes an offset from UTC: "+0100", "-05:30", "+1".
func (m *moment) figures(s string) (rest string, ok bool) {
	if m.hour == unset || m.offset != unzoned {
		return "", false
	}
	hours, digits, rest := digitsOf(s[1:])
	minutes := 0
	switch digits {
	case 4:
		hours, minutes = hours/100, hours%100
	case 1, 2:
		if after, found := strings.CutPrefix(rest, ":"); found {
			minutes, digits, rest = digitsOf(after)
			if digits != 2 {
				return "", false
			}
		}
	default:
		return "", false
	}
	if hours > 14 || minutes > 59 {
		return "", false
	}
	m.offset = hours*60 + minutes
	if s[0] == '-' {
		m.offset = -m.offset
	}
	return rest, true
}

// number takes a word that begins with a digit: a date, a clock, a day or a year.
func (m *moment) number(s string) (rest string, ok bool) {
	a, digits, rest := digitsOf(s)
	if digits == 8 && m.day == unset {
		return rest, m.date(a/10000, a/100%100, a%100)
	}
	if digits == 6 && m.day != unset && m.hour == unset { // "20250516T140200"
		return rest, m.clock(a/10000, a/100%100, a%100)
	}
	sep := ""
	if rest != "" {
		sep = rest[:1]
	}
	switch sep {
	case ":":
		return m.colons(a, digits, rest[1:])
	case "-", "/", ".":
		b, n, after := digitsOf(rest[1:])
		if n == 0 {
			break // "16-May-2025"
		}
		if n > 2 || !strings.HasPrefix(after, sep) {
			return "", false
		}
		c, n3, after := digitsOf(after[1:])
		switch {
		case digits == 4 && 0 < n3 && n3 <= 2:
			return after, m.date(a, b, c)
		case digits > 2 || n3 != 4:
			return "", false
		case sep != "/" && a <= 31 && b <= 12 && (sep == "." || a > 12 || a == b), sep == "/" && (a > 12 || a == b):
			return after, m.date(c, b, a)
		case sep != "." && b > 12:
			return after, m.date(c, a, b)
		}
		return "", false // day or month first?
	}
	for _, suffix := range [...]string{"st", "nd", "rd", "th"} {
		if after, ok := strings.CutPrefix(rest, suffix); ok {
			rest = after
			break
		}
	}
	rest = strings.TrimPrefix(strings.TrimLeft(rest, "."), "-")
	switch {
	case digits <= 2 && m.day == unset:
		m.day = a
	case digits == 4 && m.year == unset:
		m.year = a
	case digits == 2 && m.year == unset && m.month != unset && a < 50: // RFC 5322, §4.3
		m.year = 2000 + a
	case (digits == 2 || digits == 3) && m.year == unset && m.month != unset:
		m.year = 1900 + a
	case digits <= 2 && m.year != unset && m.hour == unset:
		return rest, m.clock(a, 0, 0) // "3 p.m."
	default:
		return "", false
	}
	return rest, true
}

// colons takes a clock after its hour.
func (m *moment) colons(hour, digits int, s string) (rest string, ok bool) {
	minute, n, rest := digitsOf(s)
	if digits > 2 || n == 0 || n > 2 {
		return "", false
	}
	second := 0
	if after, found := strings.CutPrefix(rest, ":"); found {
		if second, n, rest = digitsOf(after); n == 0 || n > 2 {
			return "", false
		}
		if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') && '0' <= rest[1] && rest[1] <= '9' {
			rest = m.fraction(rest[1:])
		}
	}
	return rest, m.clock(hour, minute, second)
}

// fraction takes the digits after the seconds; those after the ninth are nothing.
func (m *moment) fraction(s string) (rest string) {
	unit := 100_000_000
	for s != "" && '0' <= s[0] && s[0] <= '9' {
		m.nanos += int(s[0]-'0') * unit
		unit /= 10
		s = s[1:]
	}
	return s
}

func (m *moment) date(year, month, day int) bool {
	if m.year != unset || m.month != unset || m.day != unset {
		return false
	}
	m.year, m.month, m.day = year, month, day
	return true
}

func (m *moment) clock(hour, minute, second int) bool {
	if m.hour != unset || hour > 23 || minute > 59 || second > 60 {
		return false
	}
	m.hour, m.minute, m.second = hour, minute, second
	return true
}

// time is the moment, if it is whole and there is such a day.
func (m *moment) time() (t time.Time, zoned, ok bool) {
	if m.year < 1900 || m.year >= 2200 || m.month < 1 || m.month > 12 || m.day < 1 {
		return time.Time{}, false, false
	}
	if m.half != unset {
		if m.hour < 1 || m.hour > 12 {
			if m.half == 0 || m.hour < 1 {
				return time.Time{}, false, false
			}
			m.half = m.hour / 12 * 12 // "15:04 pm"
		}
		m.hour = m.hour%12 + m.half
	}
	offset := m.offset
	if offset == unzoned {
		offset = m.named
	}
	zoned = offset != unzoned || m.hour == unset
	zone := time.UTC
	if offset != unzoned && offset != 0 {
		zone = time.FixedZone("", offset*60)
	}
	t = time.Date(m.year, time.Month(m.month), m.day, max(m.hour, 0), max(m.minute, 0), max(m.second, 0), m.nanos, zone)
	if m.second != 60 && t.Day() != m.day || t.Unix() == 0 {
		return time.Time{}, false, false
	}
	return t, zoned, true
}

// digitsOf is the number that s begins with, of at most eight digits, their count, and what follows.
func digitsOf(s string) (n, digits int, rest string) {
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		if digits < 8 {
			n = n*10 + int(s[digits]-'0')
		}
		digits++
	}
	return n, digits, s[digits:]
}
