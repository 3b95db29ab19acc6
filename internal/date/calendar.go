package date

import (
	"strconv"
	"time"
)

// grain is how finely a time is told.
type grain uint8

const (
	minute grain = iota + 1
	hour
	day
	week
	weekend
	month
	quarter
	season
	year
	decade
	century
)

var grains = map[string]grain{
	"minute": minute, "hour": hour, "day": day, "night": day, "week": week, "weekend": weekend, "month": month,
	"quarter": quarter, "season": season, "year": year, "decade": decade, "century": century,
}

var grainNames = [...]string{"", "minute", "hour", "day", "week", "weekend", "month", "quarter", "season", "year", "decade", "century"}

func (g grain) String() string { return grainNames[g] }

// moment is a stretch of the calendar, from the midnight (UTC) of its first day
// on. Weeks begin on Monday, as in ISO 8601.
type moment struct {
	first time.Time
	grain grain
}

func midnightOf(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// holding is the stretch of grain g that holds the day t.
func holding(t time.Time, g grain) moment {
	y, m, d := t.Year(), int(t.Month()), t.Day()
	switch g {
	case week:
		d -= isoWeekday(t) - 1
	case weekend:
		d += 6 - isoWeekday(t)
	case month:
		d = 1
	case quarter:
		m, d = (m-1)/3*3+1, 1
	case season:
		m, d = m/3*3, 1
	case year:
		m, d = 1, 1
	case decade:
		y, m, d = y-y%10, 1, 1
	case century:
		y, m, d = (y-1)/100*100+1, 1, 1
	}
	return moment{midnightOf(y, m, d), g}
}

// isoWeekday is 1 for Monday and 7 for Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// plus is the n-th stretch of the same grain after m.
func (m moment) plus(n int) moment {
	switch m.grain {
	case week, weekend:
		m.first = m.first.AddDate(0, 0, 7*n)
	case month:
		m.first = m.first.AddDate(0, n, 0)
	case quarter, season:
		m.first = m.first.AddDate(0, 3*n, 0)
	case year:
		m.first = m.first.AddDate(n, 0, 0)
	case decade:
		m.first = m.first.AddDate(10*n, 0, 0)
	case century:
		m.first = m.first.AddDate(100*n, 0, 0)
	default:
		m.first = m.first.AddDate(0, 0, n)
	}
	return m
}

// end is the last day of m.
func (m moment) end() time.Time {
	if m.grain == weekend {
		return m.first.AddDate(0, 0, 1)
	}
	return m.plus(1).first.AddDate(0, 0, -1)
}

// bounds are the first and the last day, month or year of m in ISO 8601, alike
// where one of them says it all. A season has a code of its own, which is that of
// ISO 8601-2 (21 for spring to 24 for winter) and leaves the hemisphere open.
func (m moment) bounds() (first, last string) {
	layout := "2006"
	switch m.grain {
	case month, quarter:
		layout = "2006-01"
	case season:
		code := strconv.Itoa(m.first.Year()) + "-2" + strconv.Itoa(int(m.first.Month())/3)
		return code, code
	case year, decade, century:
	default:
		layout = time.DateOnly
	}
	return m.first.Format(layout), m.end().Format(layout)
}

// period is n units of grain g as an ISO 8601 duration.
func period(n int, g grain, andHalf bool) (string, bool) {
	unit := ""
	prefix := "P"
	switch g {
	case minute:
		prefix, unit = "PT", "M"
	case hour:
		prefix, unit = "PT", "H"
	case day:
		unit = "D"
	case week:
		unit = "W"
	case month:
		unit = "M"
	case quarter:
		n, unit = 3*n, "M"
	case year:
		unit = "Y"
	case decade:
		n, unit = 10*n, "Y"
	case century:
		n, unit = 100*n, "Y"
	default:
		return "", false
	}
	if !andHalf {
		return prefix + strconv.Itoa(n) + unit, true
	}
	switch g {
	case hour:
		return prefix + strconv.Itoa(60*n+30) + "M", true
	case year:
		return prefix + strconv.Itoa(12*n+6) + "M", true
	}
	return "", false
}
