package store

import (
	"slices"
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

// A row of the full text is found by its id, which tells what it is, so that a
// search is narrowed without looking further: the number of the document, which
// of its rows it is, from 1, or 0 for the document itself, its kind, how it was
// said or what type of event it is, and whether it is likely.
const (
	numberShift = 32
	nShift      = 8
	kindShift   = 6
	sortShift   = 1
	maxSort     = 1<<(kindShift-sortShift) - 1
	maxRows     = 1<<(numberShift-nShift) - 1
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

// firstRow is the least id of a row of a document.
func firstRow(number int64) int64 { return number << numberShift }

func rowOf(number int64, n int, kind Kind, sort int, likely bool) int64 {
	row := number<<numberShift | int64(n)<<nShift | int64(kind)<<kindShift | int64(sort)<<sortShift
	if likely {
		row |= 1
	}
	return row
}

func ofRow(row int64) (number int64, kind Kind, n int) {
	return row >> numberShift, Kind(row >> kindShift & 3), int(row >> nShift & maxRows)
}

// saids and eventTypes are what the sort of a statement and of an event counts.
var (
	saids      = []string{string(record.Direct), string(record.Mixed), string(record.Indirect)}
	eventTypes = func() (names []string) {
		for _, t := range record.EventTypes() {
			names = append(names, t.Name)
		}
		return names
	}()
)

// sortOf is the place of name in list, from 1.
func sortOf(list []string, name string) int { return slices.Index(list, name) + 1 }

// indexed is a row of the full text.
type indexed struct {
	row                      int64
	body, who, outlet, month string
}

// The tags of the days of publication.
const (
	tagYear     = "xyear"
	tagMonth    = "xmonth"
	monthFormat = "200601"
)

// wordsOf is what of a report can be searched.
func wordsOf(number int64, r *record.Report) []indexed {
	d := &r.Document
	when := ""
	if t := d.Published.UTC(); !t.IsZero() {
		when = tagYear + t.Format("2006") + " " + tagMonth + t.Format(monthFormat)
	}
	out := make([]indexed, 0, 1+len(r.Statements)+len(r.Events))
	out = append(out, indexed{rowOf(number, 0, Document, 0, true), d.Title + "\n" + d.Text, d.Byline, d.Outlet, when})
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
		row := rowOf(number, i+1, Statement, sortOf(saids, string(s.Type)), s.Confidence >= record.LikelyStatement)
		out = append(out, indexed{row, ContentOf(r, s), speaker, d.Outlet, when})
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
		row := rowOf(number, i+1, Event, sortOf(eventTypes, e.Type), e.Confidence >= record.LikelyEvent)
		out = append(out, indexed{row, d.Text[around.Start:around.End], strings.Join(parties, "\n"), d.Outlet, when})
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
