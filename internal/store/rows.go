package store

import (
	"strings"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/record"
)

// table is a table of what was read from documents: how a row is put in, and
// what its columns are.
type table struct {
	name, columns string
	of            func(r *record.Report) [][]any // the rows of a report, without document, n and reader
}

// tables are those of package record. Each row begins with document, n, reader.
var tables = []table{
	{"actor", "document, n, reader, kind, name, country, sector, mentions", actorRows},
	{"statement", "document, n, reader, type, kind, stance, actor, speaker, cue, content, start, end, confidence", statementRows},
	{"event", "document, n, reader, type, mode, status, source, target, trigger, start, end, date, place, country, confidence", eventRows},
}

// fixed is how many columns of a row come before those of the report.
const fixed = 3

func (t *table) insert() string {
	return "INSERT INTO " + t.name + " (" + t.columns + ") VALUES (?" + strings.Repeat(", ?", strings.Count(t.columns, ",")) + ")"
}

// orNull is s, or NULL for an empty one.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func actorRows(r *record.Report) [][]any {
	out := make([][]any, len(r.Actors))
	for i := range r.Actors {
		a := &r.Actors[i]
		out[i] = []any{string(a.Kind), a.Name, orNull(a.Country), orNull(a.Sector), int64(len(a.Mentions))}
	}
	return out
}

func statementRows(r *record.Report) [][]any {
	points := record.NewPoints(r.Document.Text)
	out := make([][]any, len(r.Statements))
	for i := range r.Statements {
		s := &r.Statements[i]
		var actor, cue any
		all := extent{}
		if s.Source != nil {
			all.add(s.Source.Span)
			if s.Source.Actor >= 0 {
				actor = int64(s.Source.Actor + 1)
			}
		}
		if s.Cue != nil {
			all.add(s.Cue.Span)
			cue = r.Document.Text[s.Cue.Start:s.Cue.End]
		}
		for _, c := range s.Content {
			all.add(c)
		}
		out[i] = []any{
			string(s.Type), string(s.Kind), orNull(s.Stance), actor, orNull(SpeakerOf(r, s)), cue, ContentOf(r, s),
			int64(points.At(all.Start)), int64(points.At(all.End)), s.Confidence,
		}
	}
	return out
}

func eventRows(r *record.Report) [][]any {
	points := record.NewPoints(r.Document.Text)
	out := make([][]any, len(r.Events))
	for i := range r.Events {
		e := &r.Events[i]
		var date, place, country any
		if e.Date != nil {
			date = orNull(e.Date.Value)
		}
		if e.Place != nil {
			place, country = orNull(e.Place.Name), orNull(e.Place.Country)
		}
		out[i] = []any{
			e.Type, orNull(e.Mode), string(e.Status), NamesOf(r, e.Source), NamesOf(r, e.Target), r.Document.Text[e.Trigger.Start:e.Trigger.End],
			int64(points.At(e.Trigger.Start)), int64(points.At(e.Trigger.End)), date, place, country, e.Confidence,
		}
	}
	return out
}

// extent is the range from the first to the last of some spans.
type extent struct {
	record.Span

	some bool
}

func (x *extent) add(s record.Span) {
	if !x.some {
		x.Span, x.some = s, true
		return
	}
	x.Start, x.End = min(x.Start, s.Start), max(x.End, s.End)
}

// SpeakerOf is the name of who makes statement s of r: of the actor, else the
// words of the source, empty for nobody.
func SpeakerOf(r *record.Report, s *record.Statement) string {
	switch {
	case s.Source == nil:
		return ""
	case s.Source.Actor >= 0 && r.Actors[s.Source.Actor].Name != "":
		return r.Actors[s.Source.Actor].Name
	}
	return r.Document.Text[s.Source.Start:s.Source.End]
}

// ContentOf is the parts of the content of statement s of r, joined with " … ".
func ContentOf(r *record.Report, s *record.Statement) string {
	parts := make([]string, len(s.Content))
	for i, c := range s.Content {
		parts[i] = r.Document.Text[c.Start:c.End]
	}
	return strings.Join(parts, " … ")
}

// NamesOf is the names of actors of r, joined with "; ".
func NamesOf(r *record.Report, actors []int) string {
	names := make([]string, len(actors))
	for i, a := range actors {
		names[i] = r.Actors[a].Name
	}
	return strings.Join(names, "; ")
}

// A row of the full text is found by its id: the number of the document, what
// it is a row of, and which one, from 1; 0 for the document itself.
const (
	kindShift   = 20
	numberShift = 22
	maxRows     = 1<<kindShift - 1
)

// Kind is what a row of the record is.
type Kind int

// The kinds of rows that are searched.
const (
	Document Kind = iota
	Statement
	Event
)

// kinds are their names.
var kinds = [...]string{"document", "statement", "event"}

func (k Kind) String() string { return kinds[k] }

func rowOf(number int64, kind Kind, n int) int64 {
	return number<<numberShift | int64(kind)<<kindShift | int64(n)
}

func ofRow(row int64) (number int64, kind Kind, n int) {
	return row >> numberShift, Kind(row >> kindShift & 3), int(row & maxRows)
}

// indexed is a row of the full text.
type indexed struct {
	row                int64
	body, who, outlets string
	tags               []string
}

// The tags, by which a search is narrowed.
const (
	tagLikely   = "xlikely"
	tagKind     = "xkind"
	tagSaid     = "xsaid"
	tagEvent    = "xevent"
	tagYear     = "xyear"
	tagMonth    = "xmonth"
	monthFormat = "200601"
)

// wordsOf is what of a report can be searched.
func wordsOf(number int64, r *record.Report) []indexed {
	d := &r.Document
	var when []string
	if t := d.Published; !t.IsZero() {
		when = []string{tagYear + t.UTC().Format("2006"), tagMonth + t.UTC().Format(monthFormat)}
	}
	tags := func(kind Kind, likely bool, more ...string) []string {
		out := append([]string{tagKind + kind.String()}, more...)
		if likely {
			out = append(out, tagLikely)
		}
		return append(out, when...)
	}
	out := make([]indexed, 0, 1+len(r.Statements)+len(r.Events))
	out = append(out, indexed{rowOf(number, Document, 0), d.Title + "\n" + d.Text, d.Byline, d.Outlet, tags(Document, true)})
	known := make([]string, len(r.Actors))
	who := func(actor int) string {
		if known[actor] == "" {
			known[actor] = whoIs(r, &r.Actors[actor])
		}
		return known[actor]
	}
	for i := range r.Statements[:min(len(r.Statements), maxRows)] {
		s := &r.Statements[i]
		speaker := SpeakerOf(r, s)
		if s.Source != nil && s.Source.Actor >= 0 {
			speaker += "\n" + who(s.Source.Actor)
		}
		out = append(out, indexed{
			rowOf(number, Statement, i+1), ContentOf(r, s), speaker, d.Outlet,
			tags(Statement, s.Confidence >= record.LikelyStatement, tagSaid+string(s.Type)),
		})
	}
	for i := range r.Events[:min(len(r.Events), maxRows)] {
		e := &r.Events[i]
		var parties []string
		for _, a := range e.Source {
			parties = append(parties, who(a))
		}
		for _, a := range e.Target {
			parties = append(parties, who(a))
		}
		around := Around(d.Text, e.Trigger)
		out = append(out, indexed{
			rowOf(number, Event, i+1), d.Text[around.Start:around.End], strings.Join(parties, "\n"), d.Outlet,
			tags(Event, e.Confidence >= record.LikelyEvent, tagEvent+strings.ToLower(e.Type)),
		})
	}
	return out
}

// whoIs is by what words an actor is searched for: its names, roles and country.
func whoIs(r *record.Report, a *record.Actor) string {
	words := append([]string{a.Name}, a.Roles...)
	seen := map[string]bool{a.Name: true}
	for _, m := range a.Mentions {
		if name := r.Document.Text[m.Start:m.End]; m.Form == record.FormName && !seen[name] {
			seen[name] = true
			words = append(words, name)
		}
	}
	if a.Country != "" {
		words = append(words, a.Country, gazetteer.CountryName(a.Country))
	}
	return strings.Join(words, "\n")
}

// maxAround is how many bytes before and after a span Around looks for the
// ends of its sentence.
const maxAround = 240

// Around is the line of text that span s stands in, or what of it is near.
func Around(text string, s record.Span) record.Span {
	from, to := max(0, s.Start-maxAround), min(len(text), s.End+maxAround)
	if i := strings.LastIndexByte(text[from:s.Start], '\n'); i >= 0 {
		from += i + 1
	} else if from > 0 {
		if i := strings.IndexByte(text[from:s.Start], ' '); i >= 0 {
			from += i + 1
		}
	}
	if i := strings.IndexByte(text[s.End:to], '\n'); i >= 0 {
		to = s.End + i
	} else if to < len(text) {
		if i := strings.LastIndexByte(text[s.End:to], ' '); i >= 0 {
			to = s.End + i
		}
	}
	for from < s.Start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > s.End && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return record.Span{Start: from, End: to}
}
