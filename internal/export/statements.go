package export

import (
	"github.com/rapporteur/rapporteur/record"
)

func statementRows(d *document, write func(*row) error) (int64, error) {
	return each(d, len(d.statements), write, func(x *row, i int) { x.statement = &d.report.Statements[d.statements[i]] })
}

func statementColumns() []column {
	return columns(
		ofDocument(func(x *row) string { return x.statement.ID }),
		[]column{
			text("type", func(x *row) string { return string(x.statement.Type) }).again(),
			text("kind", func(x *row) string { return string(x.statement.Kind) }).again(),
			text("stance", func(x *row) string { return x.statement.Stance }).again(),
			text("speaker", func(x *row) string { _, name := x.report.Speaker(x.statement); return name }).again(),
			text("speaker_id", ofActor(speakerOf, func(x *row, a *record.Actor) string { return x.rowID(a.ID) })),
			text("speaker_kind", ofActor(speakerOf, func(_ *row, a *record.Actor) string { return string(a.Kind) })).again(),
			text("speaker_country", ofActor(speakerOf, func(_ *row, a *record.Actor) string { return a.Country })).again(),
			text("speaker_sector", ofActor(speakerOf, func(_ *row, a *record.Actor) string { return a.Sector })).again(),
		},
		span("source", func(x *row) *record.Span { return refSpan(x.statement.Source) }),
		span("cue", func(x *row) *record.Span {
			if x.statement.Cue == nil {
				return nil
			}
			return &x.statement.Cue.Span
		}),
		[]column{
			text("cue_lemma", func(x *row) string {
				if x.statement.Cue == nil {
					return ""
				}
				return x.statement.Cue.Lemma
			}).again(),
			text("content", func(x *row) string { return x.report.Content(x.statement) }).prose(),
		},
		spanLists("content", func(x *row, add func(record.Span)) {
			for _, s := range x.statement.Content {
				add(s)
			}
		}),
		span("addressee", func(x *row) *record.Span { return refSpan(x.statement.Addressee) }),
		[]column{
			text("addressee_name", ofActor(addresseeOf, func(_ *row, a *record.Actor) string { return a.Name })).again(),
			text("addressee_id", ofActor(addresseeOf, func(x *row, a *record.Actor) string { return x.rowID(a.ID) })),
		},
		span("medium", func(x *row) *record.Span { return x.statement.Medium }),
		place(func(x *row) *record.Place { return x.statement.Place }),
		when("time", func(x *row) *record.Time { return x.statement.Time }),
		[]column{
			text("within", func(x *row) string { return x.statementID(x.statement.Within) }),
			confidence(func(x *row) float64 { return x.statement.Confidence }),
			text("decided", func(x *row) string { return x.decided().Verdict }).again(),
			text("note", func(x *row) string { return x.decided().Note }),
		},
	)
}

func speakerOf(x *row) *record.Ref { return x.statement.Source }

func addresseeOf(x *row) *record.Ref { return x.statement.Addressee }

// ofActor is something of the actor that ref refers to, if there is one.
func ofActor(ref func(*row) *record.Ref, get func(x *row, a *record.Actor) string) func(*row) string {
	return func(x *row) string {
		if r := ref(x); r != nil && r.Actor >= 0 {
			return get(x, &x.report.Actors[r.Actor])
		}
		return ""
	}
}

func refSpan(r *record.Ref) *record.Span {
	if r == nil {
		return nil
	}
	return &r.Span
}
