package record

import "strconv"

func (e *encoder) event(v *Event) {
	e.raw(`{"id":`)
	e.string(v.ID)
	e.raw(`,"type":`)
	e.orNull(v.Type)
	e.raw(`,"mode":`)
	e.orNull(v.Mode)
	e.raw(`,"contexts":`)
	e.strings(v.Contexts)
	e.raw(`,"source":`)
	e.actorIDs(v.Source)
	e.raw(`,"target":`)
	e.actorIDs(v.Target)
	e.raw(`,"trigger":`)
	e.optional(&v.Trigger)
	e.raw(`,"object":`)
	e.optional(v.Object)
	e.raw(`,"date":`)
	e.time(v.Date)
	e.raw(`,"place":`)
	e.place(v.Place)
	e.raw(`,"magnitudes":[`)
	for i := range v.Magnitudes {
		if i > 0 {
			e.raw(",")
		}
		e.magnitude(&v.Magnitudes[i])
	}
	e.raw(`],"status":`)
	e.orNull(string(v.Status))
	e.raw(`,"statement":`)
	e.statementID(v.Statement)
	e.raw(`,"confidence":`)
	e.confidence(v.Confidence)
	if len(v.Why) > 0 {
		e.raw(`,"why":[`)
		for i := range v.Why {
			if i > 0 {
				e.raw(",")
			}
			e.reason(&v.Why[i])
		}
		e.raw("]")
	}
	e.raw("}")
}

func (e *encoder) magnitude(m *Magnitude) {
	e.span(m.Span)
	e.raw(`,"value":`)
	e.b = strconv.AppendFloat(e.b, m.Value, 'f', -1, 64)
	e.raw(`,"hedge":`)
	e.orNull(m.Hedge)
	e.raw(`,"unit":`)
	e.orNull(m.Unit)
	e.raw("}")
}

func (e *encoder) reason(r *Reason) {
	e.raw(`{"rule":`)
	e.string(r.Rule)
	e.raw(`,"text":`)
	e.string(r.Text)
	e.raw(`,"span":`)
	e.optional(r.Span)
	e.raw("}")
}

func (e *encoder) actorIDs(list []int) {
	e.raw("[")
	for i, a := range list {
		if i > 0 {
			e.raw(",")
		}
		e.string(e.r.Actors[a].ID)
	}
	e.raw("]")
}

// statementID is the id of the statement with the index i, null for none.
func (e *encoder) statementID(i int) {
	if i < 0 {
		e.raw("null")
		return
	}
	e.string(e.r.Statements[i].ID)
}
