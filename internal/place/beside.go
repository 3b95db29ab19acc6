package place

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// longestArea is the most tokens of the name of a country or state behind a town.
const longestArea = 4

// besides reads what the text beside each mention says that it lies in.
func (f *finder) besides() {
	for i := range f.mentions {
		m := &f.mentions[i]
		s := &f.senses[m.sense]
		s.town = s.town || f.isTown(m)
		if m.beside = f.behind(m, s); m.beside == (area{}) {
			m.beside = f.before(m, s)
		}
		if s.beside == (area{}) {
			s.beside = m.beside
		}
	}
	for i := range f.mentions {
		if i > 0 && f.mentions[i-1].holder == f.mentions[i].First {
			f.mentions[i].holds = true
		}
	}
}

// behind is the state or country behind m that it lies in: "Paris, Texas",
// "Guliston in southern Tajikistan", "Athens (Greece)".
func (f *finder) behind(m *mention, s *sense) area {
	a, other, r := f.named(m)
	switch {
	case a.country == "":
		return area{}
	case s.in(a):
	case other.country != "": // Georgia, a state and a country
		if !s.in(other) {
			return area{}
		}
		a = other
	case f.isList(r), a.region == "" && (!s.isSmall() || int(r.Last) < len(f.d.Tokens) && f.t.Tag[r.Last] == syntax.TagPOS):
		return area{}
	}
	m.holder = r.First
	return a
}

// isSmall reports whether the gazetteer knows no more than small towns by the
// name of s: the text may mean one more.
func (s *sense) isSmall() bool {
	for i := range s.candidates {
		if c := &s.candidates[i]; c.whole || c.weight >= known {
			return false
		}
	}
	return true
}

// in reports whether the gazetteer knows a place of that name in a. What is
// the name of a country lies in no other country, but it may in a state.
func (s *sense) in(a area) bool {
	if a.region == "" && s.isCountry() {
		return false
	}
	for i := range s.candidates {
		if c := &s.candidates[i]; c.country == a.country && (a.region == "" || c.region == a.region) {
			return true
		}
	}
	return false
}

// isCountry reports whether s is the name of a country, and seldom another.
func (s *sense) isCountry() bool {
	for i := range s.candidates {
		if s.candidates[i].weight == weightCountry {
			return true
		}
	}
	return false
}

// named is the state or country that is named behind m, another one of that
// name, and the tokens of the name.
func (f *finder) named(m *mention) (a, other area, r token.Range) {
	k := m.Last
	if int(k)+1 >= len(f.d.Tokens) {
		return a, other, r
	}
	comma := false
	switch f.d.Word(int(k)) {
	case ",", "(":
		comma = true
		k++
	case "in":
		k++
		for int(k) < len(f.d.Tokens) && (f.has(k, direction) || f.d.Word(int(k)) == "the") {
			k++
		}
	default:
		return a, other, r
	}
	if a, other, r = f.areaAt(k, comma); a.region == "" && comma && f.isList(r) {
		return area{}, area{}, r
	}
	return a, other, r
}

// areaAt is the state or country whose name begins at token k, the longest,
// and the country if that is the name of both.
func (f *finder) areaAt(k int32, comma bool) (a, other area, r token.Range) {
	for last := min(k+longestArea, int32(len(f.d.Tokens))); last > k; last-- {
		r := token.Range{First: k, Last: last}
		surface := f.d.Surface(r)
		if c := surface[0]; c < 'A' || c > 'Z' || strings.HasSuffix(surface, ",") {
			continue
		}
		if s, ok := gazetteer.ShortState(surface); ok && comma {
			return area{s.Country, s.Region}, area{}, r
		}
		e, known := gazetteer.Lookup(surface)
		known = known && isCountry(e.Country) && (e.Class == gazetteer.Country || e.Class == gazetteer.Region && !e.Ambiguous)
		if s, ok := gazetteer.StateOf(surface); ok {
			if known && e.Country != s.Country {
				other = area{country: e.Country}
			}
			return area{s.Country, s.Region}, other, r
		}
		if known {
			return area{country: e.Country}, area{}, r
		}
	}
	return area{}, area{}, token.Range{First: k, Last: k}
}

// isList reports whether the area r is one of a list rather than what the name
// before it lies in: "Moscow, Ukraine and NATO".
func (f *finder) isList(r token.Range) bool {
	k := r.Last
	if int(k) >= len(f.d.Tokens) {
		return false
	}
	switch f.d.Word(int(k)) {
	case "and", "or", "&":
		return true
	case ",":
		a, _, next := f.areaAt(min(k+1, int32(len(f.d.Tokens))), false)
		return a.country != "" && a.region == "" && next.Len() > 0
	}
	return false
}

// before is the country that the words before m say it lies in: "Tajikistan's
// Guliston", "the northern Tajik border town of Guliston". A name that the
// gazetteer knows elsewhere only is not moved.
func (f *finder) before(m *mention, s *sense) area {
	j := m.First - 1
	typed := false
	if j > 0 && f.d.Word(int(j)) == "of" && f.has(j-1, kindOf) {
		j -= 2
		typed = true
	} else if j >= 0 && f.has(j, kindOf) {
		j--
		typed = true
	}
	for steps := 0; typed && steps < 4 && j >= 0 && f.nameAt(j) == nil && (f.t.UPOS[j] == syntax.ADJ || f.t.UPOS[j] == syntax.NOUN || f.d.Word(int(j)) == "-"); steps++ {
		j--
	}
	owned := j >= 0 && f.t.Tag[j] == syntax.TagPOS
	if owned {
		j--
	}
	n := f.nameAt(j)
	if n == nil || n.Kind != name.Nationality && !(n.Kind == name.Country && owned) || !isCountry(n.Country) {
		return area{}
	}
	if s.in(area{country: n.Country}) || s.isSmall() && (typed || owned) {
		return area{country: n.Country}
	}
	return area{}
}

// nameAt is the name that holds token i, nil if there is none.
func (f *finder) nameAt(i int32) *name.Name {
	lo, hi := 0, len(f.names)
	for lo < hi {
		if mid := (lo + hi) / 2; f.names[mid].Last <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(f.names) && f.names[lo].First <= i {
		return &f.names[lo]
	}
	return nil
}
