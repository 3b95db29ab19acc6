package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The limits on a robots.txt.
const (
	MaxRobotsBytes = 1 << 20          // that are read, what is over is left out; RFC 9309, section 2.5, asks for 500 KiB at least
	MaxCrawlDelay  = 60 * time.Second // that a site can ask for between two requests
)

// robots is what a robots.txt says to us (RFC 9309): the rules of our groups,
// or of the groups for everybody if none is ours. The zero value allows all.
//
// It is read here because what is there to read it (temoto/robotstxt) keeps
// every rule once for every agent, so that 1 MiB could ask for gigabytes, and
// drops the file for one bad line.
type robots struct {
	rules []rule
	delay time.Duration // Crawl-delay, which is no part of the RFC, at most MaxCrawlDelay
}

// rule allows or disallows the paths that match pattern: canonical octets,
// in which * is any of them and a $ at the end the end of the path.
type rule struct {
	pattern string
	allow   bool
}

// size is roughly what r takes in memory, in bytes.
func (r *robots) size() int {
	const each = 32 // beside the octets of a pattern
	n := each * len(r.rules)
	for _, rule := range r.rules {
		n += len(rule.pattern)
	}
	return n
}

// parseRobots reads a robots.txt. Lines that it does not understand are
// skipped, as the RFC asks.
func parseRobots(text string) robots {
	text = strings.TrimPrefix(text, "\uFEFF")
	var (
		ours, all     robots
		known         bool // a group is ours, maybe an empty one
		toUs, toAll   bool // the open group addresses us, everybody
		groupHasRules bool
	)
	add := func(f func(*robots)) {
		if toUs {
			f(&ours)
		}
		if toAll {
			f(&all)
		}
	}
	for line := range strings.FieldsFuncSeq(text, isLineEnd) {
		key, value := keyValue(line)
		switch {
		case strings.EqualFold(key, "user-agent"):
			if groupHasRules {
				toUs, toAll, groupHasRules = false, false, false
			}
			agent := productToken(value)
			toUs = toUs || strings.EqualFold(agent, Product)
			toAll = toAll || agent == "*"
			known = known || toUs
		case strings.EqualFold(key, "allow"), strings.EqualFold(key, "disallow"):
			groupHasRules = true
			if value != "" && (toUs || toAll) {
				r := rule{canonicalPattern(value), len(key) == len("allow")}
				add(func(to *robots) { to.rules = append(to.rules, r) })
			}
		case strings.EqualFold(key, "crawl-delay"):
			// It is for the agents above it, and ends no group: an unknown
			// line must not (RFC 9309, section 2.2.4).
			if d, ok := crawlDelay(value); ok {
				add(func(to *robots) { to.delay = max(to.delay, d) })
			}
		}
	}
	if known {
		return ours
	}
	return all
}

func isLineEnd(r rune) bool { return r == '\r' || r == '\n' }

// keyValue takes a line apart: no comment, no space around. A line without a
// colon has no key.
func keyValue(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", ""
	}
	return strings.Trim(key, " \t"), strings.Trim(value, " \t")
}

// productToken is the name in "Name/1.0 (comment)": letters, _ and -, or *.
func productToken(value string) string {
	if value == "*" || strings.HasPrefix(value, "* ") {
		return "*"
	}
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func crawlDelay(value string) (time.Duration, bool) {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds >= 0) { // not a number is not at least 0
		return 0, false
	}
	return time.Duration(min(seconds, MaxCrawlDelay.Seconds()) * float64(time.Second)), true
}

// allows reports whether u may be fetched: the longest pattern that matches
// decides, of two as long the one that allows (RFC 9309, section 2.2.2).
func (r *robots) allows(u *url.URL) bool {
	path := canonicalPath(u)
	if path == "/robots.txt" {
		return true
	}
	longest, allow := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && (allow || !rule.allow) {
			continue
		}
		if matches(rule.pattern, path) {
			longest, allow = n, rule.allow
		}
	}
	return allow
}

// matches reports whether path begins with pattern. It takes each part between
// two * at its first place, which is enough, in linear time.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	part, rest, star := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, part)
	if !ok {
		return false
	}
	for star {
		part, rest, star = strings.Cut(rest, "*")
		if anchored && !star {
			return strings.HasSuffix(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	return !anchored || path == ""
}

// canonicalPath is the path and query of u in the octets in which paths are
// compared; * and $ in it stand for themselves.
func canonicalPath(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	return canonical(path, "*$")
}

func canonicalPattern(value string) string {
	if value[0] != '/' && value[0] != '*' {
		value = "/" + value // what is meant by "Disallow: private"
	}
	value, anchored := strings.CutSuffix(value, "$")
	value = canonical(value, "$")
	if anchored {
		value += "$"
	}
	return value
}

const upperHex = "0123456789ABCDEF"

// canonical percent-encodes what is not ASCII or stands in escape, and decodes
// what need not be encoded (RFC 9309, section 2.2.2; RFC 3986, section 6.2.2).
func canonical(s, escape string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		encode := c <= ' ' || c >= 0x7f || strings.IndexByte(escape, c) >= 0
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, i = byte(v), i+2
				encode = !isUnreserved(c)
			}
		}
		if !encode {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
