package export

import (
	"github.com/rapporteur/rapporteur/record"
)

func eventRows(d *document, write func(*row) error) (int64, error) {
	return each(d, len(d.events), write, func(x *row, i int) { x.event = &d.report.Events[d.events[i]] })
}

func eventColumns() []column {
	return columns(
		ofDocument(func(x *row) string { return x.event.ID }),
		[]column{
			text("type", func(x *row) string { return x.event.Type }).again(),
			text("mode", func(x *row) string { return x.event.Mode }).again(),
			textList("contexts", func(x *row, add func(string)) {
				for _, s := range x.event.Contexts {
					add(s)
				}
			}).again(),
			text("status", func(x *row) string { return string(x.event.Status) }).again(),
		},
		party("source", func(x *row) []int { return x.event.Source }),
		party("target", func(x *row) []int { return x.event.Target }),
		all(span("trigger", func(x *row) *record.Span { return &x.event.Trigger })),
		span("object", func(x *row) *record.Span { return x.event.Object }),
		when("date", func(x *row) *record.Time { return x.event.Date }),
		place(func(x *row) *record.Place { return x.event.Place }),
		[]column{
			magnitude("magnitudes", func(x *row, m *record.Magnitude) string { return x.surface(m.Span) }),
		},
		spanLists("magnitude", func(x *row, add func(record.Span)) {
			for i := range x.event.Magnitudes {
				add(x.event.Magnitudes[i].Span)
			}
		}),
		[]column{
			realList("magnitude_values", func(x *row, add func(float64)) {
				for i := range x.event.Magnitudes {
					add(x.event.Magnitudes[i].Value)
				}
			}),
			magnitude("magnitude_hedges", func(_ *row, m *record.Magnitude) string { return m.Hedge }),
			magnitude("magnitude_units", func(_ *row, m *record.Magnitude) string { return m.Unit }),
			text("statement", func(x *row) string { return x.statementID(x.event.Statement) }),
			confidence(func(x *row) float64 { return x.event.Confidence }),
			text("decided", func(x *row) string { return x.decided().Verdict }).again(),
			text("note", func(x *row) string { return x.decided().Note }),
		},
	)
}

// party is the columns of one side of an event, lists that run parallel.
func party(side string, get func(x *row) []int) []column {
	list := func(suffix string, of func(x *row, a int) string) column {
		return textList(side+suffix, func(x *row, add func(string)) {
			for _, a := range get(x) {
				add(of(x, a))
			}
		}).again()
	}
	return []column{
		list("_names", func(x *row, a int) string { return x.report.ActorName(a) }),
		list("_countries", func(x *row, a int) string { return x.report.Actors[a].Country }),
		list("_sectors", func(x *row, a int) string { return x.report.Actors[a].Sector }),
		list("_ids", func(x *row, a int) string { return x.rowID(x.report.Actors[a].ID) }),
	}
}

func magnitude(name string, of func(x *row, m *record.Magnitude) string) column {
	return textList(name, func(x *row, add func(string)) {
		for i := range x.event.Magnitudes {
			add(of(x, &x.event.Magnitudes[i]))
		}
	}).again()
}
