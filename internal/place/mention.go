package place

import (
	"math/bits"
	"strings"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// area is a country, or a first-level division of one.
type area struct{ country, region string }

// candidate is a place that a name may mean. Weight is how well known it is:
// the number of binary digits of its thousands of inhabitants, more for a
// capital or a country.
type candidate struct {
	area
	located  bool
	lat, lon float64
	weight   int
	whole    bool // a country or a state
	capital  bool
}

// mention is a name of a place in the text.
type mention struct {
	token.Range
	sense  int
	beside area  // what the text beside it says that it lies in
	holder int32 // the token behind it at which that is named, -1 for none
	meant  candidate
	holds  bool // the place before lies in it
}

// sense is a form of name in the document; its mentions mean one place, but
// where the text beside one of them says otherwise.
type sense struct {
	key        string
	candidates []candidate
	voted      []area
	town       bool // stands as the name of a town: "a Lebanon woman"
	beside     area
}

// The weights of what has no inhabitants in the gazetteer.
const (
	weightCountry  = 17
	weightSeat     = 15
	weightState    = 14
	weightDoubtful = 12 // a country or state whose name is as often something else
	weightCity     = 12 // a spelling that the towns lack
	weightDivision = 5
	moreOfCity     = 4 // for a city that is far larger than its namesakes
	moreOfCapital  = 2
)

// collect finds the mentions and their senses.
func (f *finder) collect() {
	byKey := map[string]int{}
	for i := range f.names {
		n := &f.names[i]
		if !isPlace(f.d, n) {
			continue
		}
		for r := n.Range; r.Len() > 0; {
			part := r
			for part.Last = r.First; part.Last < r.Last && !f.parts(part.Last, r.Last); part.Last++ {
			}
			r.First = min(part.Last+1, r.Last)
			if part.Len() == 0 {
				continue
			}
			key := gazetteer.Key(titled(f.d.Surface(part)))
			at, known := byKey[key]
			if !known {
				at = len(f.senses)
				byKey[key] = at
				f.senses = append(f.senses, sense{key: key, candidates: f.candidates(part, n.Kind)})
			}
			f.mentions = append(f.mentions, mention{Range: part, sense: at, holder: -1})
		}
	}
}

// parts reports whether token i parts two places in a name that goes on to
// last: "LIMA, Peru", "HARTFORD — Connecticut", "Warren County's Hamilton Township".
func (f *finder) parts(i, last int32) bool {
	switch f.d.Word(int(i)) {
	case ",", "—", "–", "--", "(", ")", ";", "/":
		return true
	}
	return f.t.Tag[i] == syntax.TagPOS && i+1 < last
}

// isPlace reports whether the name n is one of a place: by its kind, or a city
// or seat that was taken for those who work there.
func isPlace(d *token.Doc, n *name.Name) bool {
	switch n.Kind {
	case name.Place, name.Country, name.Facility:
		return true
	case name.Organization:
		e, ok := gazetteer.Lookup(d.Surface(n.Range))
		return ok && !e.Ambiguous && (e.Class == gazetteer.City || e.Class == gazetteer.Seat || e.Class == gazetteer.Region)
	}
	return false
}

// titled is a name in capitals as it is written elsewhere: "KYIV" is Kyiv,
// "UAE" is itself.
func titled(surface string) string {
	if len(surface) < 4 || surface != strings.ToUpper(surface) {
		return surface
	}
	if _, known := gazetteer.Lookup(surface); known && len(surface) == 4 {
		return surface
	}
	b := []byte(surface)
	for i := 1; i < len(b); i++ {
		if c := b[i]; c >= 'A' && c <= 'Z' && b[i-1] != ' ' && b[i-1] != '-' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// candidates is what the name r of a kind may mean.
func (f *finder) candidates(r token.Range, kind name.Kind) []candidate {
	if f.isStreet(r) {
		return nil
	}
	if out := lookup(titled(f.d.Surface(r))); len(out) > 0 || r.Len() < 2 {
		return out
	}
	// "northern Syria", "Kharkiv region", "Rafah crossing": the part that is
	// known tells the country, and not the degrees.
	inner := r
	for inner.Len() > 1 && (f.has(inner.First, direction) || !f.isCapital(inner.First)) {
		inner.First++
	}
	if inner.Len() > 2 && f.has(inner.First, kindOf) && f.d.Word(int(inner.First)+1) == "of" {
		inner.First += 2
	}
	for inner.Len() > 1 && f.has(inner.Last-1, kindOf) && f.d.Word(int(inner.Last)-1) != "County" {
		inner.Last--
	}
	out := lookup(titled(f.d.Surface(inner)))
	for inner = r; len(out) == 0 && inner.Len() > 1 && kind == name.Facility; {
		inner.Last--
		out = lookup(titled(f.d.Surface(inner)))
	}
	for i := range out {
		out[i].located = false
	}
	return out
}

// lookup is what the gazetteer knows by the name surface.
func lookup(surface string) []candidate {
	var out []candidate
	e, known := gazetteer.Lookup(surface)
	for _, t := range gazetteer.Towns(nil, surface) {
		c := candidate{area: area{t.Country, t.Region}, located: !t.Division, lat: t.Lat, lon: t.Lon, weight: bits.Len(uint(t.Thousands))}
		if t.Division {
			c.weight = weightDivision
		} else if known && !e.Ambiguous && e.Country == t.Country && near(e, t) {
			c.weight += moreOfCity
			if c.capital = e.Capital; c.capital {
				c.weight += moreOfCapital
			}
		}
		out = append(out, c)
	}
	if s, ok := gazetteer.StateOf(surface); ok {
		out = append(out, candidate{area: area{s.Country, s.Region}, weight: doubtful(s.Ambiguous, weightState), whole: true})
	} else if s, ok := gazetteer.ShortState(strings.TrimSuffix(surface, ".") + "."); ok && len(surface) > 2 {
		out = append(out, candidate{area: area{s.Country, s.Region}, weight: weightState, whole: true})
	}
	if !known {
		return out
	}
	switch e.Class {
	case gazetteer.Country:
		out = append(out, candidate{area: area{country: e.Country}, weight: doubtful(e.Ambiguous, weightCountry), whole: true})
	case gazetteer.Seat:
		out = append(out, candidate{area: area{country: e.Country}, weight: weightSeat, capital: true})
	case gazetteer.Region:
		out = append(out, candidate{area: area{country: e.Country}, weight: doubtful(e.Ambiguous, weightState), whole: true})
	case gazetteer.City:
		if !e.Ambiguous && !holds(out, e.Country) {
			out = append(out, candidate{area: area{country: e.Country}, located: e.Located, lat: e.Lat, lon: e.Lon, weight: weightCity, capital: e.Capital})
		}
	}
	return out
}

// isTown reports whether the words around m tell that it is a town and no
// country: a "Lebanon woman" is from no land whose people are Lebanese.
func (f *finder) isTown(m *mention) bool {
	if f.has(m.Last, local) {
		return true
	}
	return m.First >= 2 && f.d.Word(int(m.First)-1) == "," && f.has(m.First-2, street)
}

// near reports whether the town t is the city e: their degrees are rounded alike.
func near(e gazetteer.Entry, t gazetteer.Town) bool {
	return !t.Division && max(e.Lat-t.Lat, t.Lat-e.Lat) < 0.1 && max(e.Lon-t.Lon, t.Lon-e.Lon) < 0.1
}

func doubtful(ambiguous bool, weight int) int {
	if ambiguous {
		return weightDoubtful
	}
	return weight
}

func holds(candidates []candidate, country string) bool {
	for i := range candidates {
		if candidates[i].country == country {
			return true
		}
	}
	return false
}

// isCountry reports whether code is one of ISO 3166-1, and no other of PLOVER's.
func isCountry(code string) bool { return code != "" && gazetteer.CountryName(code) != "" }

// isStreet reports whether r names a street or a building at one.
func (f *finder) isStreet(r token.Range) bool {
	if r.Len() < 2 {
		return false
	}
	c := f.d.Word(int(r.First))[0]
	return c >= '0' && c <= '9' || f.has(r.Last-1, street) || f.d.Word(int(r.First)) == "Highway" || f.d.Word(int(r.First)) == "Interstate"
}

// isCapital reports whether token i begins with a capital, or with a letter that has none.
func (f *finder) isCapital(i int32) bool {
	c := f.d.Word(int(i))[0]
	return c >= 'A' && c <= 'Z' || c >= 0x80
}

// name is the usual name of a country or of a state, and what the text says of all else.
func (f *finder) name(m *mention) string {
	s := f.d.Surface(m.Range)
	if e, ok := gazetteer.Lookup(s); ok && e.Class == gazetteer.Country && e.Country == m.meant.country && m.meant.whole && m.meant.region == "" {
		return e.Name
	}
	r := m.Range
	for r.Len() > 1 && f.t.Tag[r.Last-1] == syntax.TagPOS {
		r.Last--
	}
	return strings.TrimPrefix(strings.TrimPrefix(f.d.Surface(r), "the "), "The ")
}

// has reports whether token i is a word of one of the classes.
func (f *finder) has(i int32, c class) bool {
	return i >= 0 && int(i) < len(f.d.Tokens) && look(f.d.Word(int(i)))&c != 0
}
