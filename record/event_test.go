package record

import (
	"strconv"

	"pgregory.net/rapid"
)

// anyEvents are events of r, whose text they have spans of.
func anyEvents(t *rapid.T, r *Report, span func() Span, word func() string) []Event {
	var out []Event
	actors := rapid.SliceOfN(rapid.IntRange(0, max(0, len(r.Actors)-1)), 0, len(r.Actors))
	list := func(label string) []int { return append([]int(nil), actors.Draw(t, label)...) } // nil if empty
	for i := range rapid.IntRange(0, 3).Draw(t, "events") {
		typ := rapid.SampledFrom(EventTypes()).Draw(t, "type")
		e := Event{
			ID: "E" + strconv.Itoa(i+1), Type: typ.Name, Source: list("source"), Target: list("target"), Trigger: span(),
			Status: rapid.SampledFrom(statuses).Draw(t, "status"), Statement: rapid.IntRange(-1, len(r.Statements)-1).Draw(t, "reported in"),
			Confidence: float64(rapid.IntRange(0, 100).Draw(t, "confidence")) / 100,
		}
		if len(typ.Modes) > 0 {
			e.Mode = rapid.SampledFrom(typ.Modes).Draw(t, "mode").Name
		}
		if rapid.Bool().Draw(t, "circumstances") {
			object, because := span(), span()
			e.Contexts = []string{rapid.SampledFrom(Contexts()).Draw(t, "context")}
			e.Object, e.Date, e.Place = &object, &Time{Span: span(), Value: word(), Granularity: word()}, &Place{Span: span(), Name: word(), Country: word()}
			e.Magnitudes = []Magnitude{{span(), rapid.Float64().Draw(t, "value"), word(), word()}}
			e.Why = []Reason{{word(), word(), &because}, {word(), word(), nil}}
		}
		out = append(out, e)
	}
	return out
}
