// Package page renders a report for people and for other programs: the page
// for a terminal, CSV, W3C annotations, and one self-contained HTML page.
//
// The text of a report is foreign. Every renderer escapes for its own medium,
// and the two for people show control characters instead of obeying them.
package page

import (
	"strings"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/record"
)

// group is a speaker and what the report has of them, in the order of the text.
type group struct {
	Actor      *record.Actor // nil if the source is no actor
	Name       string        // empty if the report does not say who speaks
	Statements []int         // indices into Report.Statements
}

// groups sorts the statements by speaker, speakers by their first statement.
// Sources that are no actor count as the same speaker if they read the same.
func groups(r *record.Report) []group {
	var out []group
	seen := map[any]int{}
	for i := range r.Statements {
		actor, name := r.Speaker(&r.Statements[i])
		key := any(name)
		if actor != nil {
			key = actor
		}
		at, ok := seen[key]
		if !ok {
			at = len(out)
			seen[key] = at
			out = append(out, group{Actor: actor, Name: name})
		}
		out[at].Statements = append(out[at].Statements, i)
	}
	return out
}

func surface(r *record.Report, s record.Span) string { return r.Document.Text[s.Start:s.End] }

// about is what the report says of a speaker beside the name.
func (g *group) about() []string {
	a := g.Actor
	if a == nil {
		return nil
	}
	var out []string
	if a.Kind == record.Unnamed {
		out = append(out, "not named in the report")
	}
	out = append(out, a.Roles...)
	if a.Country != "" && a.Kind != record.Country {
		out = append(out, countryName(a.Country))
	}
	return out
}

func countryName(code string) string {
	if name := gazetteer.CountryName(code); name != "" {
		return name
	}
	return code
}

// circumstances is how we know of s, beside the words that cued says: to whom,
// by what means, where and when it was said, and through whom it came.
func circumstances(r *record.Report, s *record.Statement) []string {
	var out []string
	told := cued(s)
	add := func(word string, span record.Span) {
		if !told.Contains(span) {
			out = append(out, strings.TrimSpace(word+" "+bare(surface(r, span))))
		}
	}
	if s.Addressee != nil {
		add("to", s.Addressee.Span)
	}
	if s.Medium != nil {
		add("via", *s.Medium)
	}
	if s.Place != nil {
		add("in", s.Place.Span)
	}
	if s.Time != nil && !told.Contains(s.Time.Span) {
		out = append(out, surface(r, s.Time.Span))
	}
	for _, through := range chain(r, s) {
		if _, name := r.Speaker(through); name != "" {
			out = append(out, "as told by "+inSentence(name))
		}
	}
	return out
}

// inSentence is a name that begins with an article as it reads inside a sentence.
func inSentence(name string) string {
	for _, article := range []string{"A ", "An ", "The "} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			return strings.ToLower(article) + rest
		}
	}
	return name
}

// cued is the words that attribute: the cue, and the addressee if it follows
// it, "told reporters". It is empty if there is no cue.
func cued(s *record.Statement) record.Span {
	if s.Cue == nil {
		return record.Span{}
	}
	const spaces = 3 // that may stand between the two
	if a := s.Addressee; a != nil && s.Cue.End <= a.Start && a.Start <= s.Cue.End+spaces {
		return record.Span{Start: s.Cue.Start, End: a.End}
	}
	return s.Cue.Span
}

// leads reports whether the words that attribute stand before what is said, so
// that the two read as a sentence: "warned that talks would end". What is said
// word for word stands alone.
func leads(s *record.Statement) bool {
	if s.Source != nil && s.Cue != nil && s.Source.Start >= s.Cue.End && len(s.Content) > 0 && s.Source.End <= s.Content[0].Start {
		return false // "According to X, …": without X it would not read
	}
	return s.Type != record.Direct && s.Cue != nil && len(s.Content) > 0 && cued(s).End <= s.Content[0].Start
}

// chain is the statements that s stands inside, from the inside out. Its
// length is bounded, whatever the indices say.
func chain(r *record.Report, s *record.Statement) []*record.Statement {
	var out []*record.Statement
	for s.Within >= 0 && len(out) < len(r.Statements) {
		s = &r.Statements[s.Within]
		out = append(out, s)
	}
	return out
}

// bare is s without the preposition it starts with, if it does.
func bare(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	switch strings.ToLower(first) {
	case "to", "in", "at", "on", "from", "via", "by", "through":
		if ok {
			return rest
		}
	}
	return s
}

// run is a piece of text that is verbatim, what the speaker uttered, or not.
type run struct {
	Text     string
	Verbatim bool
}

// runs cuts a content into what stands in quotation marks and what does not.
// A quotation that is not closed goes on to the end.
func runs(text string, t record.StatementType) []run {
	switch t {
	case record.Direct:
		return []run{{text, true}}
	case record.Indirect:
		return []run{{text, false}}
	case record.Mixed:
	}
	var out []run
	from, closing := 0, "" // closing: the marks that close the open quotation, "" outside
	cut := func(to int) {
		if to > from {
			out = append(out, run{text[from:to], closing != ""})
			from = to
		}
	}
	for i, c := range text {
		if closing != "" {
			if strings.ContainsRune(closing, c) {
				cut(i + utf8.RuneLen(c))
				closing = ""
			}
			continue
		}
		if marks := closer(c); marks != "" {
			cut(i)
			closing = marks
		}
	}
	cut(len(text))
	return out
}

// closer is the marks that may close a quotation that c opens, "" if c opens none.
func closer(c rune) string {
	switch c {
	case '"':
		return `"`
	case '“', '‟':
		return `”"`
	case '„':
		return `“”"`
	case '«':
		return `»`
	case '»':
		return `«`
	}
	return ""
}
