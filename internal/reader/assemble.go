package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// edges is where spans begin and end, rising.
func edges(spans []record.Span) []int {
	var out []int
	for _, s := range spans {
		out = append(out, s.Start, s.End)
	}
	slices.Sort(out)
	return out
}

// outside drops the statements that stand in the furniture of the page, and
// puts the rest in the order of the text.
func outside(d *token.Doc, in []statement.Statement, aside []record.Span) []statement.Statement {
	order := make([]int, 0, len(in))
	for i := range in {
		if !inside(d, &in[i], aside) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(begin(&in[a]), begin(&in[b])) })
	at := make([]int, len(in))
	for i := range at {
		at[i] = -1
	}
	out := make([]statement.Statement, len(order))
	for to, from := range order {
		out[to], at[from] = in[from], to
	}
	for i := range out {
		for _, p := range []*int{&out[i].SpeakerOf, &out[i].Within} {
			if *p >= 0 {
				*p = at[*p]
			}
		}
	}
	return out
}

// begin is the first token of a statement.
func begin(s *statement.Statement) int32 {
	first := s.Content[0].First
	for _, rs := range [][]token.Range{s.Source, s.Cue} {
		if len(rs) > 0 && !(s.Implied && &rs[0] == &s.Source[0]) {
			first = min(first, rs[0].First)
		}
	}
	return first
}

func inside(d *token.Doc, s *statement.Statement, aside []record.Span) bool {
	for _, r := range s.Content {
		span := spanOf(d, r)
		if !slices.ContainsFunc(aside, span.Overlaps) {
			return false
		}
	}
	return true
}

// spanOf is the bytes from the first to the last token of r.
func spanOf(d *token.Doc, r token.Range) record.Span {
	return record.Span{Start: int(d.Tokens[r.First].Start), End: int(d.Tokens[r.Last-1].End)}
}

// collectSources lists what the statements say of their speakers and hearers.
func (a *analysis) collectSources() {
	a.sourceOf, a.addressee = make([]int, len(a.statements)), make([]int, len(a.statements))
	for i := range a.statements {
		s := &a.statements[i]
		a.sourceOf[i], a.addressee[i] = -1, -1
		from := actor.Source{Cue: -1, Quote: s.Type != record.Indirect}
		if len(s.Cue) > 0 {
			from.Cue = s.Cue[0].First
		}
		from.Content = s.Content
		if len(s.Source) > 0 {
			from.Range = token.Range{First: s.Source[0].First, Last: s.Source[len(s.Source)-1].Last}
			a.sourceOf[i] = len(a.sources)
			a.sources = append(a.sources, from)
		}
		if s.Addressee.Len() > 0 {
			from.Range, from.Addressee = s.Addressee, true
			a.addressee[i] = len(a.sources)
			a.sources = append(a.sources, from)
		}
	}
}

func (a *analysis) ref(source int) *record.Ref {
	if source < 0 {
		return nil
	}
	return &record.Ref{Span: spanOf(a.doc, a.sources[source].Range), Actor: int(a.resolution.Sources[source])}
}

func (a *analysis) actors() []record.Actor {
	out := make([]record.Actor, len(a.resolution.Actors))
	for i, x := range a.resolution.Actors {
		out[i] = record.Actor{ID: "A" + strconv.Itoa(i+1), Kind: x.Kind, Name: x.Name, Country: x.Country, Sector: x.Sector}
		for _, r := range x.Roles {
			out[i].Roles = append(out[i].Roles, a.doc.Surface(r))
		}
	}
	for _, m := range a.resolution.Mentions {
		if m.Actor >= 0 {
			x := &out[m.Actor]
			x.Mentions = append(x.Mentions, record.Mention{Span: spanOf(a.doc, m.Range), Form: m.Form})
		}
	}
	return out
}

// record makes the statements of the report.
func (a *analysis) record(m *statement.Model) []record.Statement {
	out := make([]record.Statement, len(a.statements))
	for i := range a.statements {
		s := &a.statements[i]
		r := record.Statement{
			ID: "S" + strconv.Itoa(i+1), Type: s.Type, Kind: s.Kind, Stance: s.Stance,
			Source: a.ref(a.sourceOf[i]), Addressee: a.ref(a.addressee[i]), Within: s.Within, Confidence: m.Confidence(s.Score),
		}
		if r.Source == nil && s.SpeakerOf >= 0 {
			r.Source = a.ref(a.sourceOf[s.SpeakerOf])
		}
		if len(s.Cue) > 0 {
			r.Cue = &record.Cue{Span: spanOf(a.doc, token.Range{First: s.Cue[0].First, Last: s.Cue[len(s.Cue)-1].Last}), Lemma: s.CueLemma}
		}
		for _, c := range s.Content {
			r.Content = append(r.Content, spanOf(a.doc, c))
		}
		if s.Medium.Len() > 0 {
			span := spanOf(a.doc, s.Medium)
			r.Medium = &span
		}
		if s.Place.Len() > 0 {
			r.Place = a.place(s.Place)
		}
		if s.Time.Len() > 0 {
			r.Time = a.time(s.Time)
		}
		out[i] = r
	}
	return out
}

// place is the place of a statement, as it stands among those of the document.
func (a *analysis) place(r token.Range) *record.Place {
	p := &record.Place{Span: spanOf(a.doc, r), Name: a.doc.Surface(r)}
	if x := place.At(a.around.Places, r); x != nil {
		p.Name, p.Country, p.Located, p.Lat, p.Lon = x.Name, x.Country, x.Located, x.Lat, x.Lon
	}
	return p
}

// warnings tells what the reading left open.
func (a *analysis) warnings() (out []record.Warning) {
	if a.undated > 0 {
		what := "1 relative date has no value"
		if a.undated > 1 {
			what = fmt.Sprintf("%d relative dates have no value", a.undated)
		}
		out = append(out, record.Warning{Code: "dates-unresolved", Message: what + ": the day of publication is not known; give it with --published"})
	}
	if a.doubted > 0 {
		what := "1 event is"
		if a.doubted > 1 {
			what = fmt.Sprintf("%d events are", a.doubted)
		}
		out = append(out, record.Warning{Code: "events-doubted", Message: what + " held unlikely, since the report says little of public life; see them with --min-confidence 0"})
	}
	return out
}
