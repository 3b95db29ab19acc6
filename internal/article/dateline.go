package article

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The parts of a date line. A place in capitals needs only the dash after it;
// one in small letters needs an agency or a date as well.
const (
	placeCaps = `\p{Lu}[\p{Lu}\p{M}'’./-]*(?: (?:\p{Lu}[\p{Lu}\p{M}'’./-]*|and|de|la)){0,4}`
	placeAny  = `\p{Lu}[\p{L}\p{M}'’./-]*(?: (?:\p{Lu}[\p{L}\p{M}'’./-]*|and|of|the|de|del|la|al|el)){0,4}`
	after     = `(?:, ` + placeAny + `){0,2}`
	dateText  = `(?:(?:(?:Mon|Tues?|Wed(?:nes)?|Thurs?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?(?:\p{Lu}\p{L}{2,8}\.? \d{1,2}|\d{1,2}\.? \p{Lu}\p{L}{2,8})(?:,? \d{4})?)`
	dash      = ` ?(?:--|[-–—―])(?: |$)`
)

var datelinePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.Join([]string{
		// KYIV, May 16 (Reuters) - ; WARSAW, Poland (AP) — ; Kyiv (dpa) - ; (AFP) —
		`^(?:` + placeAny + after + `)?(?:[,.]? (` + dateText + `))?(?:^| )\(([^()]{2,60})\)` + dash,
		// KYIV (Reuters) Ukraine's
		`^` + placeCaps + after + `(?:[,.]? (` + dateText + `))? \(([^()]{2,60})\) `,
		// MOSCOW, May 16. /TASS/.
		`^` + placeCaps + after + `(?:[,.]? (` + dateText + `))?\.? /([A-Z]{2,12})/\.? `,
		// Geneva, 5 March 2024 –
		`^` + placeAny + after + `, (` + dateText + `)()` + dash,
		// ISTANBUL — ; WASHINGTON, D.C. –
		`^` + placeCaps + after + `()()` + dash,
	}, "|"))
})

// datelineEnd is the length in bytes of the date line that s begins with, or 0.
func datelineEnd(s string) int {
	end, _, _ := readDateline(s)
	return end
}

// readDateline finds the date line that s begins with, the date it gives and the
// agency it names.
func readDateline(s string) (end int, when, agency string) {
	m := datelinePattern().FindStringSubmatchIndex(s[:min(len(s), maxHeadBytes)])
	if m == nil {
		return 0, "", ""
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	for i := 1; i < len(m)/2; i += 2 {
		when += group(i)
		agency += group(i + 1)
	}
	if when != "" {
		if d, ok := parseDate(when); !ok || d.month == 0 {
			return 0, "", ""
		}
	}
	if strings.IndexFunc(s[m[1]:], unicode.IsLower) < 0 {
		return 0, "", "" // a headline in capitals
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(s[:m[1]]))
	dashed := strings.ContainsRune("-–—―", last)
	if agency != "" && !isAgency(agency) && (!dashed || !isName(agency)) {
		return 0, "", ""
	}
	return m[1], when, agency
}

// maxBefore is the number of lines of another kind (a kicker, a caption) that may
// stand between the head and the date line.
const maxBefore = 3

// dateline reads the date line at the start of line i or of one soon after it; it
// returns the index of the line with which the body begins.
func (f *finder) dateline(i int) int {
	for j := i; j < min(i+maxBefore, len(f.lines)); j++ {
		if f.readDateline(j) {
			return j
		}
	}
	return i
}

func (f *finder) readDateline(i int) bool {
	end, when, agency := readDateline(f.line(i))
	if end == 0 {
		return false
	}
	start := f.lines[i].Start
	f.add(DatelineFurniture, start, start+len(strings.TrimRight(f.line(i)[:end], " ")))
	if d, ok := parseDate(when); ok && !d.complete() {
		f.said.dateline = d
	} else if ok && f.said.published.IsZero() {
		f.said.published = d.time()
	}
	if agency != "" {
		f.setOutlet(agency)
	}
	return true
}

var creditPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?(?:(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Tt]ranslation) by |Translated by |Compiled by |With (?:reporting|inputs?|files|agencies)|` +
		`Sources?: |Credit: |Photo: |Our Standards: |© |Copyright |\(c\) )`)
})

var reportingBy = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?[Rr]eporting by ([^;.)]{3,120})`)
})

// tail reads the credits that stand after the body, which begins at line body.
func (f *finder) tail(body int) {
	for i := len(f.lines) - 1; i > body && i >= len(f.lines)-maxTail; i-- {
		s, l := f.line(i), f.lines[i]
		if !f.credit(s) {
			f.trailing(i)
			return
		}
		f.add(CreditFurniture, l.Start, l.End)
	}
	if body < len(f.lines) {
		f.trailing(body)
	}
}

// credit reads a last line: "(A2 Televizion)", "— Reuters", "(Reporting by Jane Doe; Editing by John Roe)".
func (f *finder) credit(s string) bool {
	if len(s) > 4*maxHeadBytes {
		return false
	}
	if creditPattern().MatchString(s) {
		if m := reportingBy().FindStringSubmatch(s); m != nil && f.said.byline == "" {
			f.said.byline = strings.TrimSpace(m[1])
		}
		if _, name, ok := strings.Cut(s, "Source: "); ok && isName(strings.Trim(name, "().")) {
			f.setOutlet(strings.Trim(name, "()."))
		}
		return true
	}
	if name, ok := enclosed(s); ok && isName(name) {
		f.setOutlet(name)
		return true
	}
	name := strings.TrimSpace(strings.TrimLeft(s, "-–—― "))
	if isAgency(name) {
		f.setOutlet(name)
		return true
	}
	return false
}

// trailing reads a credit in round brackets after the last sentence of line i.
func (f *finder) trailing(i int) {
	s := f.line(i)
	open := strings.LastIndexByte(s, '(')
	if open <= 0 {
		return
	}
	name, ok := enclosed(s[open:])
	if !ok || !isName(name) || !endsSentence(s[:open]) || strings.HasSuffix(strings.TrimSpace(s[:open]), ",") {
		return
	}
	f.setOutlet(name)
	f.add(CreditFurniture, f.lines[i].Start+open, f.lines[i].End)
}

// enclosed is what stands between round brackets, if s is nothing but that.
func enclosed(s string) (string, bool) {
	s = strings.TrimSuffix(s, ".")
	if len(s) < 3 || s[0] != '(' || s[len(s)-1] != ')' || strings.ContainsAny(s[1:len(s)-1], "()") {
		return "", false
	}
	return strings.TrimSpace(s[1 : len(s)-1]), true
}

// isName reports whether s could be the name of an outlet: a few words that are
// capitalised or numbers, particles apart.
func isName(s string) bool {
	if isAgency(s) {
		return true
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' })
	if len(words) == 0 || len(words) > 6 || len(s) > 60 || strings.ContainsAny(s, ".!?\"“”;:") && !strings.HasSuffix(s, ".com") {
		return false
	}
	capitals := 0
	for _, w := range words {
		switch {
		case startsUpper(w):
			capitals++
		case strings.Contains(" of the and de la du des el al & - – ", " "+w+" ") || w[0] >= '0' && w[0] <= '9':
		default:
			return false
		}
	}
	return capitals > 0
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
