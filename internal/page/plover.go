package page

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/record"
)

// The record of an event as PLOVER's manual names its fields (JSON Data
// Fields), one a line. Keys that it does not have are ours: status,
// confidence, date_from, record_id, event_start and event_end. Offsets are code points.
type (
	ploverRecord struct {
		ID         string        `json:"id"`
		RecordID   string        `json:"record_id,omitempty"`
		Date       *string       `json:"date"`
		EndDate    *string       `json:"enddate"`
		DateFrom   *string       `json:"date_from"`
		Actor      []ploverActor `json:"actor"`
		Recipient  []ploverActor `json:"recipient"`
		Event      []string      `json:"event"`
		Mode       []string      `json:"mode"`
		Context    []string      `json:"context"`
		QuadCode   int           `json:"quad_code"`
		EventScale *float64      `json:"event_scale"`
		EventText  []string      `json:"event_text"`
		EventLoc   *ploverPlace  `json:"event_loc"`
		Status     string        `json:"status"`
		Confidence json.Number   `json:"confidence"`
		Text       string        `json:"text"`
		TextInfo   ploverText    `json:"text_info"`
		Link       *string       `json:"link"`
		CiteInfo   ploverCite    `json:"cite_info"`
	}
	ploverActor struct {
		Text   string  `json:"actor_text"`
		Code   *string `json:"code"`
		Sector *string `json:"sector"`
		Office *string `json:"office"`
	}
	ploverPlace struct {
		Name      string   `json:"name"`
		CC3       *string  `json:"cc3"`
		Latitude  *float64 `json:"latitude"`
		Longitude *float64 `json:"longitude"`
	}
	ploverText struct {
		Start      int `json:"start"`
		End        int `json:"end"`
		EventStart int `json:"event_start"`
		EventEnd   int `json:"event_end"`
	}
	ploverCite struct {
		URL         *string `json:"url"`
		Title       *string `json:"title"`
		Language    *string `json:"language"`
		Publication *string `json:"publication"`
		Coder       string  `json:"coder"`
		Codebook    string  `json:"codebook"`
	}
)

// PLOVER writes the events of r as PLOVER's own records, one a line.
func PLOVER(w io.Writer, r *record.Report) error {
	all := make([]int, len(r.Events))
	for i := range all {
		all[i] = i
	}
	return PLOVERLines(w, r, "", all)
}

// PLOVERLines writes those events of r. With document, which is the name of r in
// the record, each has a record_id: "D12.E1".
func PLOVERLines(w io.Writer, r *record.Report, document string, events []int) error {
	if len(events) == 0 {
		return nil
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	points, found := record.NewPoints(r.Document.Text), newSentences(r.Document.Text)
	for _, i := range events {
		line := ploverOf(r, &r.Events[i], &points, found)
		if document != "" {
			line.RecordID = document + "." + r.Events[i].ID
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func ploverOf(r *record.Report, e *record.Event, points *record.Points, found sentences) ploverRecord {
	d := &r.Document
	whole := found.around(e.Trigger)
	out := ploverRecord{
		ID: ploverID(d, e), Actor: ploverActors(r, e.Source), Recipient: ploverActors(r, e.Target),
		Event: []string{e.Type}, Mode: []string{}, Context: append([]string{}, e.Contexts...), EventText: []string{surface(r, e.Trigger)},
		Status: string(e.Status), Confidence: json.Number(strconv.FormatFloat(e.Confidence, 'f', 2, 64)), Text: surface(r, whole),
		TextInfo: ploverText{points.At(whole.Start), points.At(whole.End), points.At(e.Trigger.Start), points.At(e.Trigger.End)},
		Link:     orNull(d.URL), CiteInfo: ploverCite{orNull(d.URL), orNull(d.Title), orNull(d.Language), orNull(d.Outlet), "Rapporteur", record.PLOVER},
	}
	if out.Link == nil {
		out.Link = orNull(d.ID)
	}
	if sameActors(e.Source, e.Target) { // of a mutual event all are actors
		out.Recipient = []ploverActor{}
	}
	if e.Mode != "" {
		out.Mode = append(out.Mode, e.Mode)
	}
	if mode, ok := auxiliary[e.Status]; ok {
		out.Mode = append(out.Mode, mode)
	}
	if t := record.EventTypeOf(e.Type); t != nil {
		out.QuadCode = t.Quad
		if t.Scale[0] == t.Scale[1] {
			out.EventScale = &t.Scale[0]
		}
	}
	out.Date, out.EndDate, out.DateFrom = ploverDate(d, e)
	if p := e.Place; p != nil {
		out.EventLoc = &ploverPlace{Name: p.Name, CC3: orNull(p.Country)}
		if p.Name == "" {
			out.EventLoc.Name = surface(r, p.Span)
		}
		if p.Located {
			out.EventLoc.Latitude, out.EventLoc.Longitude = &p.Lat, &p.Lon
		}
	}
	return out
}

// auxiliary is PLOVER's auxiliary mode for a status.
var auxiliary = map[record.Status]string{
	record.Denied: "negation", record.Planned: "future", record.Hypothetical: "hypothetical", record.Background: "historical",
}

// ploverID is the beginning of the hash of the text and the id of the event,
// so that it is unique beyond one report.
func ploverID(d *record.Document, e *record.Event) string {
	const digits = 16
	hash := strings.TrimPrefix(d.ID, "sha256:")
	if hash == "" {
		return e.ID
	}
	return starts(hash, digits) + "-" + e.ID
}

// ploverActors gives the name, the code of the country (or of PLOVER for what
// is above countries), the sector and the office.
func ploverActors(r *record.Report, actors []int) []ploverActor {
	out := []ploverActor{}
	for _, a := range actors {
		actor := &r.Actors[a]
		out = append(out, ploverActor{r.ActorName(a), orNull(actor.Country), orNull(actor.Sector), orNull(strings.Join(actor.Roles, "; "))})
	}
	return out
}

// ploverDate is the first and the last day of e where the text tells them, else
// the day of publication, which event data have always stood for; and which of the two it is.
func ploverDate(d *record.Document, e *record.Event) (date, end, from *string) {
	if e.Date != nil {
		if first, last, ok := days(e.Date.Value); ok {
			if last != first {
				end = orNull(last)
			}
			return &first, end, orNull("text")
		}
	}
	if d.Published.IsZero() {
		return nil, nil, nil
	}
	return orNull(d.Published.UTC().Format(time.DateOnly)), nil, orNull("publication")
}

// days is the first and the last day of a date or range in ISO 8601, whose
// parts are days, months or years; the last is empty where the range is open.
func days(value string) (first, last string, ok bool) {
	from, to, isRange := strings.Cut(value, "/")
	if !isRange {
		to = from
	}
	first, _, ok = bounds(from)
	if !ok {
		return "", "", false
	}
	if _, last, ok = bounds(to); !ok {
		last = ""
	}
	return first, last, true
}

func bounds(part string) (first, last string, ok bool) {
	part, _, _ = strings.Cut(part, "T")
	for _, x := range []struct {
		layout              string
		years, months, days int // to the next
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(x.layout, part); err == nil {
			return t.Format(time.DateOnly), t.AddDate(x.years, x.months, x.days-1).Format(time.DateOnly), true
		}
	}
	return "", "", false
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
