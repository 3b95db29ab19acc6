package store

import (
	"slices"
	"strings"
	"time"
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
			string(s.Type), string(s.Kind), orNull(s.Stance), actor, orNull(r.SpeakerName(s)), cue, r.Content(s),
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
			e.Type, orNull(e.Mode), string(e.Status), strings.Join(r.ActorNames(e.Source), "; "), strings.Join(r.ActorNames(e.Target), "; "), r.Document.Text[e.Trigger.Start:e.Trigger.End],
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

// A row of the full text is found by its id, which tells enough of it to narrow
// a search without looking further, and sorts by the day of publication: that
// day, the number of the document, which of its rows it is, from 1, or 0 for the
// document itself, what it is, and whether it is likely.
const (
	dayShift    = 46 // 17 bits: days since dayZero, 0 for unknown
	numberShift = 20 // 26 bits
	nShift      = 6  // 14 bits
	whatShift   = 1  // 5 bits: a document, a way of saying, a type of event
	maxDay      = 1<<(63-dayShift) - 1
	maxNumber   = 1<<(dayShift-numberShift) - 1
	maxRows     = 1<<(numberShift-nShift) - 1 // rows of a document that can be searched, of each kind
	maxWhat     = 1<<(nShift-whatShift) - 1
)

// dayZero is the day before the first that is told from others.
var dayZero = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)

// dayOf counts the days of t since dayZero.
func dayOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return min(max(int64(t.Sub(dayZero)/(24*time.Hour)), 1), maxDay)
}

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

// firstRow is the least id of a row of a document that was published on day.
func firstRow(day, number int64) int64 { return day<<dayShift | number<<numberShift }

func rowOf(day, number int64, n int, what int64, likely bool) int64 {
	row := firstRow(day, number) | int64(n)<<nShift | what<<whatShift
	if likely {
		row |= 1
	}
	return row
}

func ofRow(row int64) (number int64, kind Kind, n int) {
	return row >> numberShift & maxNumber, kindOf(row >> whatShift & maxWhat), int(row >> nShift & maxRows)
}

// whats is what a row can be, in the order of the numbers in its id: a document,
// a way of saying, a type of event. They are for good: a new one is added at the end.
var whats = func() []string {
	out := []string{"", string(record.Direct), string(record.Mixed), string(record.Indirect)}
	for _, t := range record.EventTypes() {
		out = append(out, t.Name)
	}
	return out
}()

// firstEvent is the first of whats that is a type of event.
const firstEvent = 4

func kindOf(what int64) Kind {
	switch {
	case what == 0:
		return Document
	case what < firstEvent:
		return Statement
	}
	return Event
}

func whatOf(name string) int64 { return int64(max(0, slices.Index(whats, name))) }

// indexed is a row of the full text.
type indexed struct {
	row               int64
	body, who, outlet string
}

// wordsOf is what of a report can be searched.
func wordsOf(number int64, r *record.Report) []indexed {
	d := &r.Document
	day := dayOf(d.Published)
	out := make([]indexed, 0, 1+len(r.Statements)+len(r.Events))
	out = append(out, indexed{rowOf(day, number, 0, 0, true), d.Title + "\n" + d.Text, d.Byline, d.Outlet})
	known := make([]string, len(r.Actors))
	who := func(actor int) string {
		if known[actor] == "" {
			known[actor] = whoIs(r, &r.Actors[actor])
		}
		return known[actor]
	}
	for i := range r.Statements[:min(len(r.Statements), maxRows)] {
		s := &r.Statements[i]
		speaker := r.SpeakerName(s)
		if s.Source != nil && s.Source.Actor >= 0 {
			speaker += "\n" + who(s.Source.Actor)
		}
		row := rowOf(day, number, i+1, whatOf(string(s.Type)), s.Confidence >= record.Likely)
		out = append(out, indexed{row, r.Content(s), speaker, d.Outlet})
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
		row := rowOf(day, number, i+1, whatOf(e.Type), e.Confidence >= record.Likely)
		out = append(out, indexed{row, d.Text[around.Start:around.End], strings.Join(parties, "\n"), d.Outlet})
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
