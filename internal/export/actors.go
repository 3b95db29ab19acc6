package export

import "github.com/rapporteur/rapporteur/record"

func actorRows(d *document, write func(*row) error) (int64, error) {
	return each(d, len(d.report.Actors), write, func(x *row, i int) { x.actor = &d.report.Actors[i] })
}

func actorColumns() []column {
	return columns(
		ofDocument(func(x *row) string { return x.actor.ID }),
		[]column{
			text("kind", func(x *row) string { return string(x.actor.Kind) }).again(),
			text("name", func(x *row) string { return x.actor.Name }).again(),
			text("country", func(x *row) string { return x.actor.Country }).again(),
			text("sector", func(x *row) string { return x.actor.Sector }).again(),
			textList("roles", func(x *row, add func(string)) {
				for _, s := range x.actor.Roles {
					add(s)
				}
			}).again(),
			whole("mentions", func(x *row) int { return len(x.actor.Mentions) }),
		},
		span("mention", func(x *row) *record.Span {
			if len(x.actor.Mentions) == 0 {
				return nil
			}
			return &x.actor.Mentions[0].Span
		}),
		[]column{
			text("mention_form", func(x *row) string {
				if len(x.actor.Mentions) == 0 {
					return ""
				}
				return string(x.actor.Mentions[0].Form)
			}).again(),
		},
	)
}
