package reader

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/quantity"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// survey finds times, places and numbers.
func (a *analysis) survey(doc *record.Document) {
	a.around = event.Surroundings{
		Dates:      a.dates,
		Places:     place.Find(a.doc, a.tree, a.names),
		Quantities: quantity.Find(a.doc, a.tree),
		Published:  doc.Published,
	}
}

// sure is the statements by their index, without parts where they are more
// likely wrong than right.
func (a *analysis) sure(m *statement.Model) []statement.Statement {
	out := slices.Clone(a.statements)
	for i := range out {
		if m.Confidence(out[i].Score) < 0.5 {
			out[i] = statement.Statement{}
		}
	}
	return out
}

// reading is what the events are found in.
func (a *analysis) reading(m *statement.Model) *event.Reading {
	return &event.Reading{Doc: a.doc, Tree: a.tree, Names: a.names, Statements: a.sure(m), Around: a.around}
}

// outsideEvents drops the drafts whose trigger stands in the furniture of the page.
func outsideEvents(d *token.Doc, in []event.Draft, aside []record.Span) []event.Draft {
	return slices.DeleteFunc(in, func(e event.Draft) bool {
		span := spanOf(d, e.Trigger)
		return slices.ContainsFunc(aside, span.Overlaps)
	})
}

// onTheGround are the types that are done to a city itself: Kyiv is bombed, Moscow
// is accused.
var onTheGround = map[string]bool{"ASSAULT": true, "COERCE": true, "MOBILIZE": true, "PROTEST": true, "RETREAT": true}

// collectParties lists the parties of the drafts, each once. A capital is a seat of
// government if all likely events say so.
func (a *analysis) collectParties(m *event.Model) {
	a.partyAt = map[int32]int{}
	city := map[int32]bool{}
	add := func(list []int32, likely, seat bool) {
		for _, k := range list {
			i, ok := a.partyAt[k]
			if !ok {
				i = len(a.parties)
				a.partyAt[k] = i
				a.parties = append(a.parties, actor.Party{Head: k})
			}
			if likely {
				city[k] = city[k] || !seat
				a.parties[i].Seat = !city[k]
			}
		}
	}
	for i := range a.drafts {
		d := &a.drafts[i]
		likely := m.Confidence(d, len(d.Source) > 0, len(d.Target) > 0) >= record.Likely
		add(d.Source, likely, true)
		add(d.Target, likely, !onTheGround[d.Type])
	}
}

// actorsOf are the actors of the phrases with heads list, each once.
func (a *analysis) actorsOf(list []int32) []int {
	var out []int
	for _, k := range list {
		if x := int(a.resolution.Parties[a.partyAt[k]]); x >= 0 && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// events makes the events of the report: those with a party that is known. Of the
// same act of the same parties the surest mention stands, the first of those that are
// equally sure, and each other makes it surer.
func (a *analysis) events(m *event.Model) []record.Event {
	all := make([]record.Event, len(a.drafts))
	surest := map[string]int{} // by act and parties, the index into all
	others := map[string]float64{}
	for i := range a.drafts {
		d, e := &a.drafts[i], &all[i]
		*e = record.Event{
			Type: d.Type, Mode: d.Mode, Source: a.actorsOf(d.Source), Target: a.actorsOf(d.Target),
			Trigger: spanOf(a.doc, d.Trigger), Status: d.Status, Statement: d.Statement,
		}
		if !slices.Equal(d.Source, d.Target) {
			e.Target = slices.DeleteFunc(e.Target, func(x int) bool { return slices.Contains(e.Source, x) })
		}
		if len(e.Source) == 0 && len(e.Target) == 0 {
			continue
		}
		e.Confidence = m.Confidence(d, len(e.Source) > 0, len(e.Target) > 0)
		k := key(e)
		j, ok := surest[k]
		if !ok {
			surest[k], others[k] = i, 1
			continue
		}
		less := e.Confidence
		if less > all[j].Confidence {
			surest[k], less = i, all[j].Confidence
		}
		others[k] *= 1 - less/2
	}
	var out []record.Event
	for _, i := range slices.Sorted(maps.Values(surest)) {
		d, e := &a.drafts[i], &all[i]
		if m.Doubted(d, len(e.Source) > 0, len(e.Target) > 0) {
			a.doubted++
		}
		wrong := float64((1 - e.Confidence) * others[key(e)])
		e.Confidence = math.Round(float64(1000*(1-wrong))) / 1000
		a.beside(d, e)
		e.ID = "E" + strconv.Itoa(len(out)+1)
		out = append(out, *e)
	}
	return out
}

// key is the same for the same act of the same parties.
func key(e *record.Event) string {
	b := append([]byte(e.Type), ' ')
	b = append(b, e.Mode...)
	for _, list := range [2][]int{e.Source, e.Target} {
		b = append(b, '|')
		for _, i := range list {
			b = strconv.AppendInt(append(b, ' '), int64(i), 10)
		}
	}
	return string(b)
}

// beside fills what stands beside the act: object, date, place, magnitudes, reasons.
func (a *analysis) beside(d *event.Draft, e *record.Event) {
	if d.Object.Len() > 0 {
		span := spanOf(a.doc, d.Object)
		e.Object = &span
	}
	e.Contexts = d.Contexts
	if d.Date >= 0 {
		x := &a.around.Dates[d.Date]
		e.Date = &record.Time{Span: spanOf(a.doc, x.Range), Value: x.Value, Granularity: x.Granularity}
		if last, err := time.Parse(time.DateOnly, x.Value); err == nil && d.Days > 1 {
			e.Date.Value, e.Date.Granularity = last.AddDate(0, 0, 1-d.Days).Format(time.DateOnly)+"/"+x.Value, "range"
		}
	}
	if d.Place >= 0 {
		x := &a.around.Places[d.Place]
		e.Place = &record.Place{Span: spanOf(a.doc, x.Range), Name: x.Name, Country: x.Country, Located: x.Located, Lat: x.Lat, Lon: x.Lon}
	}
	for _, i := range d.Quantities {
		q := &a.around.Quantities[i]
		e.Magnitudes = append(e.Magnitudes, record.Magnitude{
			Span: spanOf(a.doc, q.Range), Value: q.Value, Hedge: a.doc.Surface(q.Hedge), Unit: a.doc.Surface(q.Unit),
		})
	}
	for _, w := range d.Why {
		r := record.Reason{Rule: w.Rule, Text: w.Text}
		if w.At >= 0 {
			span := spanOf(a.doc, token.Range{First: w.At, Last: w.At + 1})
			r.Span = &span
		}
		e.Why = append(e.Why, r)
	}
}
