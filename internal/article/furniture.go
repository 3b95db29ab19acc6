package article

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/record"
)

// FurnitureKind is what a piece of furniture is.
type FurnitureKind string

// The kinds of furniture.
const (
	TitleFurniture     FurnitureKind = "title"
	BylineFurniture    FurnitureKind = "byline"
	DatelineFurniture  FurnitureKind = "dateline"
	CreditFurniture    FurnitureKind = "credit"
	TimestampFurniture FurnitureKind = "timestamp"
)

// Furniture is a part of the text that is about the report and not of it: its
// title, who wrote it, where and when. No statement stands there.
type Furniture struct {
	record.Span
	Kind FurnitureKind
}

// said is what the furniture says of the report.
type said struct {
	title, byline, outlet string
	published             time.Time
	dateline              date // of a date line without a year
}

// publishedNear is the time of publication that the text gives; a date line without a
// year is of the one that brings it nearest to used, the time that others give.
func (s said) publishedNear(used time.Time) time.Time {
	d := s.dateline
	if !s.published.IsZero() || used.IsZero() || d.month == 0 || d.day == 0 {
		return s.published
	}
	var nearest time.Time
	for d.year = used.Year() - 1; d.year <= used.Year()+1; d.year++ {
		if t := d.time(); d.complete() && (nearest.IsZero() || t.Sub(used).Abs() < nearest.Sub(used).Abs()) {
			nearest = t
		}
	}
	return nearest
}

const (
	maxHead      = 8   // lines before the body
	maxTail      = 6   // lines after it
	maxHeadBytes = 160 // of a line of furniture
)

// findFurniture reads the lines before and after the body of a canonical text,
// and the date line that the body begins with.
func findFurniture(text string) ([]Furniture, said) {
	f := finder{text: text, lines: linesOf(text)}
	body := f.head()
	f.tail(body)
	slices.SortFunc(f.found, func(a, b Furniture) int { return a.Start - b.Start })
	return f.found, f.said
}

// finder holds the lines of the text that are not blank, trimmed of white space.
type finder struct {
	text  string
	lines []record.Span
	found []Furniture
	said  said
}

func (f *finder) line(i int) string { return f.text[f.lines[i].Start:f.lines[i].End] }

func (f *finder) add(kind FurnitureKind, start, end int) {
	f.found = append(f.found, Furniture{record.Span{Start: start, End: end}, kind})
}

// linesOf are the first maxHead+2 and the last maxTail lines of text that are
// not blank: nothing between them is furniture.
func linesOf(text string) []record.Span {
	var head, tail []record.Span
	at := 0
	for at < len(text) && len(head) < maxHead+2 {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if l, ok := trimmed(text, at, end); ok {
			head = append(head, l)
		}
		at = end + 1
	}
	for end := len(text); end > at && len(tail) < maxTail; {
		start := at + 1 + strings.LastIndexByte(text[at:end], '\n')
		if l, ok := trimmed(text, start, end); ok {
			tail = append(tail, l)
		}
		end = start - 1
	}
	slices.Reverse(tail)
	return append(head, tail...)
}

func trimmed(text string, start, end int) (record.Span, bool) {
	s := text[start:end]
	start += len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	s = strings.TrimSpace(s)
	return record.Span{Start: start, End: start + len(s)}, s != ""
}

// head reads the title, byline, times and outlet that stand before the body, and
// the date line; it returns the index of the line with which the body begins.
func (f *finder) head() int {
	i := 0
	for titles := 0; i < len(f.lines)-1 && i < maxHead; i++ {
		l := f.lines[i]
		s := f.line(i)
		switch {
		case len(s) > 2*maxHeadBytes:
			return f.dateline(i)
		case f.timestamp(s), f.byline(s, titles > 0), f.outlet(s):
			f.add(f.kind(s), l.Start, l.End)
		case titles == 0 && f.isTitle(i), titles == 1 && f.isTitle(i) && f.isAbout(i+1):
			if titles == 0 {
				f.said.title = line(s)
			}
			titles++
			f.add(TitleFurniture, l.Start, l.End)
		default:
			return f.dateline(i)
		}
	}
	return f.dateline(i)
}

// kind tells apart the lines that f.timestamp, f.byline and f.outlet know.
func (f *finder) kind(s string) FurnitureKind {
	if _, ok := parseDate(s); ok {
		return TimestampFurniture
	}
	if isAgency(s) {
		return CreditFurniture
	}
	return BylineFurniture
}

// isAbout reports whether line i is about the report: a byline or a time, or a
// line that a date line begins.
func (f *finder) isAbout(i int) bool {
	if i >= len(f.lines) {
		return false
	}
	s := f.line(i)
	if len(s) < maxHeadBytes {
		if _, ok := parseDate(s); ok || isAgency(s) || bylinePattern().MatchString(s) {
			return true
		}
	}
	return datelineEnd(s) > 0
}

// isTitle reports whether line i, which another follows, reads as a headline: it
// is short, does not end as a sentence does, and what follows it is set apart or
// made of sentences, so that it is not the first line of a wrapped paragraph.
func (f *finder) isTitle(i int) bool {
	s := f.line(i)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case len(s) > maxHeadBytes || len(strings.Fields(s)) < 2 || unicode.IsLower(first) || datelineEnd(s) > 0:
		return false
	case strings.ContainsRune(".,;:-–—\"”»", last):
		return false
	case strings.Count(s, "\"")%2 == 1:
		return false
	}
	if f.isAbout(i + 1) {
		return true
	}
	blank := strings.Count(f.text[f.lines[i].End:f.lines[i+1].Start], "\n") > 1
	if last == '?' || last == '!' {
		return blank && !strings.HasPrefix(s, "Q")
	}
	next := f.line(i + 1)
	if i == 0 && len(next) < maxHeadBytes && !endsSentence(next) && f.isAbout(i+2) {
		return true // a second headline stands between this one and the byline
	}
	return (blank || len(s) < len(next)) && endsSentence(next)
}

// endsSentence reports whether s ends as a sentence does, before quotation marks and brackets.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)]")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…,:", last) && s != ""
}

// timestamp reads a line that is a date, a time or both.
func (f *finder) timestamp(s string) bool {
	d, ok := parseDate(s)
	if ok && d.complete() && !d.updated && f.said.published.IsZero() {
		f.said.published = d.time()
	}
	return ok
}

// A name: capitalised words, particles among them.
const namePattern = `\p{Lu}[\p{L}\p{M}'’.-]*(?: (?:(?:de|da|del|der|di|dos|du|van|von|bin|bint|ibn|al|el|la|le|ten|ter|e|y) )*\p{Lu}[\p{L}\p{M}'’.-]*){0,4}`

const namesPattern = namePattern + `(?:(?:, | and |, and | & )` + namePattern + `){0,5}`

var bylinePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:By|BY|From|(?:Written|Reported|Compiled|Words|Story|Text|Interview|Analysis|Comment|Opinion|Report) by) (` + namesPattern + `)|(` +
		namePattern + `(?: and ` + namePattern + `)?))` +
		`( in ` + namesPattern + `)?(?:(?: ?[,|–—] ?| - )([^.;:!?]{2,80}))?$`)
})

// byline reads a line that says who wrote the report. Without "By" there must
// be a place or an agency ("Jane Doe in Geneva", "Jane Doe, Reuters"), after a title.
func (f *finder) byline(s string, titled bool) bool {
	if len(s) > maxHeadBytes {
		return false
	}
	m := bylinePattern().FindStringSubmatch(s)
	if m == nil {
		return false
	}
	name, place, rest := m[1], m[3], strings.TrimSpace(m[4])
	explicit := name != ""
	if !explicit {
		name = m[2]
		if !titled || !strings.Contains(name, " ") || place == "" && !isAgency(rest) {
			return false
		}
	}
	if d, ok := parseDate(name); ok && d.month != 0 || explicit && strings.Contains(rest, " said") {
		return false // "By May 16, …" begins a sentence
	}
	if explicit && !strings.Contains(name, " ") && rest == "" && !isAgency(name) && strings.ToUpper(name) != name && !titled {
		return false
	}
	if i := strings.LastIndex(name, ", "); i > 0 && isAgency(name[i+2:]) {
		name, rest = name[:i], name[i+2:]
	}
	if isAgency(name) {
		f.setOutlet(name)
	} else if f.said.byline == "" {
		f.said.byline = name
	}
	if isAgency(rest) {
		f.setOutlet(rest)
	}
	return true
}

// outlet reads a line that is the name of an agency.
func (f *finder) outlet(s string) bool {
	if !isAgency(s) {
		return false
	}
	f.setOutlet(s)
	return true
}

func (f *finder) setOutlet(name string) {
	if f.said.outlet == "" {
		f.said.outlet = strings.Trim(name, "/ ")
	}
}

// trimBy is a byline without the word that introduces it.
func trimBy(s string) string {
	for _, by := range [...]string{"By ", "by ", "BY "} {
		if name, ok := strings.CutPrefix(s, by); ok {
			return name
		}
	}
	return s
}

//go:embed data/agencies.txt
var agencyFile string

var agencies = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for l := range strings.Lines(agencyFile) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			names[strings.ToLower(l)] = true
		}
	}
	return names
})

// isAgency reports whether name is that of a known news agency or outlet.
func isAgency(name string) bool { return agencies()[strings.ToLower(strings.Trim(name, "/ "))] }
