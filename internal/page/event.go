package page

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// parties is who did it to whom: "A, B → C". Of a mutual event, whose sources
// are its targets, it is "A, B"; it is empty if the text names nobody.
func parties(r *record.Report, e *record.Event) string {
	source, target := strings.Join(r.ActorNames(e.Source), ", "), strings.Join(r.ActorNames(e.Target), ", ")
	switch {
	case target == "" || sameActors(e.Source, e.Target):
		return source
	case source == "":
		return "→ " + target
	}
	return source + " → " + target
}

func sameActors(a, b []int) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// act is what was done, in words: "threat of violence: an attack".
func act(r *record.Report, e *record.Event) string {
	words := record.EventWords(e.Type, e.Mode)
	if e.Object != nil {
		words += ": " + surface(r, *e.Object)
	}
	return words
}

// when is the date of e, or the words for it where it is not resolved to one.
func when(r *record.Report, e *record.Event) string {
	if e.Date == nil {
		return ""
	}
	value := e.Date.Value
	if value == "" || value[0] == 'P' || e.Date.Granularity == "season" { // a duration, a code
		return surface(r, e.Date.Span)
	}
	from, to, isRange := strings.Cut(value, "/")
	switch {
	case !isRange:
		return value
	case to == "", to == "..": // ISO 8601-2 leaves the end of an open range out, or writes two dots
		return "since " + from
	case from == "", from == "..":
		return "until " + to
	}
	return from + " to " + to
}

// standing is how e stands in the report: its status, through whom it came,
// where it was and how many.
func standing(r *record.Report, e *record.Event) []string {
	out := []string{string(e.Status)}
	if e.Statement >= 0 {
		s := &r.Statements[e.Statement]
		for _, through := range append([]*record.Statement{s}, chain(r, s)...) {
			if _, name := r.Speaker(through); name != "" {
				out = append(out, "as told by "+inSentence(name))
			}
		}
	}
	if e.Place != nil {
		out = append(out, "in "+bare(surface(r, e.Place.Span)))
	}
	for _, m := range e.Magnitudes {
		out = append(out, surface(r, m.Span))
	}
	return out
}

// reason is one step of the way to an event, in words.
func reason(r *record.Report, why *record.Reason) string {
	words := why.Rule + ": " + why.Text
	if why.Span != nil {
		words += " (" + surface(r, *why.Span) + ")"
	}
	return words
}

// doubt says how sure the program is, where it is not.
func doubt(confidence float64) string {
	if confidence >= unsure {
		return ""
	}
	return fmt.Sprintf("unsure (%.0f %%)", 100*confidence)
}

// sentences finds the sentences of a text.
type sentences struct{ doc *token.Doc }

func newSentences(text string) sentences { return sentences{token.Segment(text)} }

// most is how many tokens of its sentence are given on each side of a span. No
// real sentence has as many; it keeps what is written linear in the text.
const most = 200

// around is the sentence, or the sentences, that span stands in.
func (s sentences) around(span record.Span) record.Span {
	tokens := s.doc.Cover(span.Start, span.End)
	if tokens.Len() == 0 {
		return span
	}
	first := max(s.holding(tokens.First).First, tokens.First-most)
	last := min(s.holding(tokens.Last-1).Last, tokens.Last+most)
	return record.Span{
		Start: min(span.Start, int(s.doc.Tokens[first].Start)),
		End:   max(span.End, int(s.doc.Tokens[last-1].End)),
	}
}

// holding is the sentence of a token. Sentences cover every token.
func (s sentences) holding(tok int32) token.Range {
	all := s.doc.Sentences
	return all[sort.Search(len(all), func(i int) bool { return all[i].Last > tok })]
}

// The most of a sentence that is shown before and after a trigger, in code points.
const (
	roomBefore = 60
	roomAfter  = 90
)

// scene is the part of its sentence that shows a trigger: what stands before,
// the trigger, what stands after; an ellipsis tells of what is left out.
func (s sentences) scene(r *record.Report, trigger record.Span) (before, words, after string) {
	whole, text := s.around(trigger), r.Document.Text
	before, words, after = text[whole.Start:trigger.Start], surface(r, trigger), text[trigger.End:whole.End]
	if i := len(before) - len(ends(before, roomBefore)); i > 0 {
		before = before[i:]
		if k := strings.IndexFunc(before, unicode.IsSpace); k >= 0 {
			before = before[k:]
		}
		before = "…" + before
	}
	if kept := starts(after, roomAfter); len(kept) < len(after) {
		if k := strings.LastIndexFunc(kept, unicode.IsSpace); k >= 0 {
			kept = kept[:k]
		}
		after = kept + " …"
	}
	return before, words, after
}

// starts is the first n code points of s.
func starts(s string, n int) string {
	i := 0
	for range n {
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return s[:i]
}

// ends is the last n code points of s.
func ends(s string, n int) string {
	i := len(s)
	for range n {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return s[i:]
}
