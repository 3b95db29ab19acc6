package record

import (
	"encoding/json"
	"fmt"
	"time"
)

// The wire types are the contract as types. Decode reads them, and the test of
// docs/json.md compares the page, these tags and what the encoder writes.
type (
	wireReport struct {
		Schema     string          `json:"schema"`
		Document   wireDocument    `json:"document"`
		Actors     []wireActor     `json:"actors"`
		Statements []wireStatement `json:"statements"`
		Events     []wireEvent     `json:"events"`
		Warnings   []wireWarning   `json:"warnings"`
	}
	wireDocument struct {
		ID        string    `json:"id"`
		URL       string    `json:"url"`
		Outlet    string    `json:"outlet"`
		Title     string    `json:"title"`
		Byline    string    `json:"byline"`
		Published time.Time `json:"published"`
		Language  string    `json:"language"`
		Text      string    `json:"text"`
	}
	wireSpan struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
	wireActor struct {
		ID       string        `json:"id"`
		Kind     string        `json:"kind"`
		Name     string        `json:"name"`
		Country  string        `json:"country"`
		Sector   string        `json:"sector"`
		Roles    []string      `json:"roles"`
		Mentions []wireMention `json:"mentions"`
	}
	wireMention struct {
		wireSpan

		Form string `json:"form"`
	}
	wireRef struct {
		wireSpan

		Actor string `json:"actor"`
	}
	wireCue struct {
		wireSpan

		Lemma string `json:"lemma"`
	}
	wirePlace struct {
		wireSpan

		Name    string   `json:"name"`
		Country string   `json:"country"`
		Lat     *float64 `json:"lat"`
		Lon     *float64 `json:"lon"`
	}
	wireTime struct {
		wireSpan

		Value       string `json:"value"`
		Granularity string `json:"granularity"`
	}
	wireStatement struct {
		ID         string     `json:"id"`
		Type       string     `json:"type"`
		Kind       string     `json:"kind"`
		Stance     string     `json:"stance"`
		Source     *wireRef   `json:"source"`
		Cue        *wireCue   `json:"cue"`
		Content    []wireSpan `json:"content"`
		Addressee  *wireRef   `json:"addressee"`
		Medium     *wireSpan  `json:"medium"`
		Place      *wirePlace `json:"place"`
		Time       *wireTime  `json:"time"`
		Within     string     `json:"within"`
		Confidence float64    `json:"confidence"`
	}
	wireEvent struct {
		ID         string          `json:"id"`
		Type       string          `json:"type"`
		Mode       string          `json:"mode"`
		Contexts   []string        `json:"contexts"`
		Source     []string        `json:"source"`
		Target     []string        `json:"target"`
		Trigger    wireSpan        `json:"trigger"`
		Object     *wireSpan       `json:"object"`
		Date       *wireTime       `json:"date"`
		Place      *wirePlace      `json:"place"`
		Magnitudes []wireMagnitude `json:"magnitudes"`
		Status     string          `json:"status"`
		Statement  string          `json:"statement"`
		Confidence float64         `json:"confidence"`
		Why        []wireReason    `json:"why"`
	}
	wireMagnitude struct {
		wireSpan

		Value float64 `json:"value"`
		Hedge string  `json:"hedge"`
		Unit  string  `json:"unit"`
	}
	wireReason struct {
		Rule string    `json:"rule"`
		Text string    `json:"text"`
		Span *wireSpan `json:"span"`
	}
	wireWarning struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Start   *int   `json:"start"`
		End     *int   `json:"end"`
	}
)

// Decode reads a report from its JSON. It fails if a span does not hold the
// text that it says it holds, or if an id refers to nothing. Keys that it does
// not know are left out: later versions may add some.
func Decode(data []byte) (*Report, error) {
	var w wireReport
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	if w.Schema != Schema {
		return nil, fmt.Errorf("record: schema %q, want %q", w.Schema, Schema)
	}
	d := decoder{text: w.Document.Text, bytes: newToBytes(w.Document.Text)}
	r := &Report{Document: Document(w.Document)}
	d.actors = ids(w.Actors, func(a *wireActor) string { return a.ID })
	d.statements = ids(w.Statements, func(s *wireStatement) string { return s.ID })
	for i := range w.Actors {
		r.Actors = append(r.Actors, d.actor(&w.Actors[i]))
	}
	for i := range w.Statements {
		r.Statements = append(r.Statements, d.statement(&w.Statements[i]))
	}
	for i := range w.Events {
		r.Events = append(r.Events, d.event(&w.Events[i]))
	}
	for i := range w.Warnings {
		r.Warnings = append(r.Warnings, d.warning(&w.Warnings[i]))
	}
	if d.err != nil {
		return nil, d.err
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	return r, nil
}

func ids[T any](list []T, id func(*T) string) map[string]int {
	m := make(map[string]int, len(list))
	for i := range list {
		m[id(&list[i])] = i
	}
	return m
}

type decoder struct {
	text               string
	bytes              toBytes
	actors, statements map[string]int
	err                error
}

func (d *decoder) failf(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf("record: "+format, args...)
	}
}

func (d *decoder) offsets(start, end int) Span {
	from, ok1 := d.bytes.at(start)
	to, ok2 := d.bytes.at(end)
	if !ok1 || !ok2 || from > to {
		d.failf("span [%d, %d) outside a text of %d code points", start, end, d.bytes.n)
		return Span{}
	}
	return Span{Start: from, End: to}
}

func (d *decoder) span(w wireSpan) Span {
	s := d.offsets(w.Start, w.End)
	if d.text[s.Start:s.End] != w.Text {
		d.failf("span [%d, %d) does not hold %q", w.Start, w.End, w.Text)
	}
	return s
}

func (d *decoder) optional(w *wireSpan) *Span {
	if w == nil {
		return nil
	}
	s := d.span(*w)
	return &s
}

// index is where id stands in m, -1 for no id.
func (d *decoder) index(m map[string]int, id string) int {
	if id == "" {
		return -1
	}
	i, ok := m[id]
	if !ok {
		d.failf("nothing has the id %q", id)
	}
	return i
}

func (d *decoder) ref(w *wireRef) *Ref {
	if w == nil {
		return nil
	}
	return &Ref{Span: d.span(w.wireSpan), Actor: d.index(d.actors, w.Actor)}
}

func (d *decoder) actor(w *wireActor) Actor {
	a := Actor{ID: w.ID, Kind: ActorKind(w.Kind), Name: w.Name, Country: w.Country, Sector: w.Sector}
	a.Roles = append(a.Roles, w.Roles...)
	for _, m := range w.Mentions {
		a.Mentions = append(a.Mentions, Mention{Span: d.span(m.wireSpan), Form: Form(m.Form)})
	}
	return a
}

func (d *decoder) statement(w *wireStatement) Statement {
	s := Statement{
		ID: w.ID, Type: StatementType(w.Type), Kind: StatementKind(w.Kind), Stance: w.Stance,
		Source: d.ref(w.Source), Addressee: d.ref(w.Addressee), Medium: d.optional(w.Medium), Place: d.place(w.Place), Time: d.time(w.Time),
		Within: d.index(d.statements, w.Within), Confidence: w.Confidence,
	}
	if w.Cue != nil {
		s.Cue = &Cue{Span: d.span(w.Cue.wireSpan), Lemma: w.Cue.Lemma}
	}
	for _, part := range w.Content {
		s.Content = append(s.Content, d.span(part))
	}
	return s
}

func (d *decoder) place(w *wirePlace) *Place {
	if w == nil {
		return nil
	}
	p := &Place{Span: d.span(w.wireSpan), Name: w.Name, Country: w.Country}
	if w.Lat != nil && w.Lon != nil {
		p.Located, p.Lat, p.Lon = true, *w.Lat, *w.Lon
	}
	return p
}

func (d *decoder) time(w *wireTime) *Time {
	if w == nil {
		return nil
	}
	return &Time{Span: d.span(w.wireSpan), Value: w.Value, Granularity: w.Granularity}
}

func (d *decoder) event(w *wireEvent) Event {
	e := Event{
		ID: w.ID, Type: w.Type, Mode: w.Mode, Source: d.actorList(w.Source), Target: d.actorList(w.Target),
		Trigger: d.span(w.Trigger), Object: d.optional(w.Object), Date: d.time(w.Date), Place: d.place(w.Place),
		Status: Status(w.Status), Statement: d.index(d.statements, w.Statement), Confidence: w.Confidence,
	}
	e.Contexts = append(e.Contexts, w.Contexts...)
	for _, m := range w.Magnitudes {
		e.Magnitudes = append(e.Magnitudes, Magnitude{Span: d.span(m.wireSpan), Value: m.Value, Hedge: m.Hedge, Unit: m.Unit})
	}
	for _, y := range w.Why {
		e.Why = append(e.Why, Reason{Rule: y.Rule, Text: y.Text, Span: d.optional(y.Span)})
	}
	return e
}

func (d *decoder) actorList(list []string) []int {
	var out []int
	for _, id := range list {
		if id == "" {
			d.failf("an event has an actor without an id")
		}
		out = append(out, d.index(d.actors, id))
	}
	return out
}

func (d *decoder) warning(w *wireWarning) Warning {
	out := Warning{Code: w.Code, Message: w.Message}
	if w.Start != nil && w.End != nil {
		s := d.offsets(*w.Start, *w.End)
		out.Span = &s
	}
	return out
}
