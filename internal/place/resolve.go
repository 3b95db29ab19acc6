package place

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/token"
)

// The points that a candidate gets beside its weight, for each name of the
// document that speaks for its country or its state, up to most of them.
const (
	perCountry, mostCountry = 2, 2
	perRegion, mostRegion   = 4, 3
	sameName                = 8  // "Lebanon County" speaks for the Lebanon there
	noVoice                 = 10 // less for a place of whose country nothing else is named, where a rival has its towns named
	known                   = 8  // the weight of a place that needs no other voice from its country: 128,000 inhabitants
	margin                  = 3  // by which the first country must lead the second
	notLocal                = 8  // less for a country, or a city of a country not named, whose name stands as that of a small town
	dominance               = 6  // by which a name speaks for its country before others are heard
)

// resolve decides what each mention means.
func (f *finder) resolve() {
	f.besides()
	f.hear()
	f.hold()
	chosen := make([]candidate, len(f.senses))
	for i := range f.senses {
		chosen[i] = f.choose(&f.senses[i], f.senses[i].beside)
	}
	for i := range f.mentions {
		m := &f.mentions[i]
		m.meant = chosen[m.sense]
		if m.beside != (area{}) && m.beside != f.senses[m.sense].beside {
			m.meant = f.choose(&f.senses[m.sense], m.beside)
		}
		if m.holds {
			m.meant = candidate{area: f.mentions[i-1].beside, whole: true}
		}
	}
}

// hear counts, for each country and state, the names that speak for it.
func (f *finder) hear() {
	heard := map[string]bool{}
	for i := range f.names {
		n := &f.names[i]
		switch n.Kind {
		case name.Nationality, name.Organization, name.Group:
			f.hearParts(n.Range)
			if key := gazetteer.Key(f.d.Surface(n.Range)); isCountry(n.Country) && !heard[key] {
				heard[key] = true
				a := area{country: n.Country}
				f.votes[a]++
				f.loudest = max(f.loudest, f.votes[a])
			}
		}
	}
	for i := range f.senses {
		s := &f.senses[i]
		s.voted = f.speaksFor(s)
		for _, a := range s.voted {
			f.votes[a]++
			if a.region != "" {
				f.towns[a.country]++
			} else {
				f.loudest = max(f.loudest, f.votes[a])
			}
		}
	}
	for i := range f.mentions { // the state of "Paris, Texas"
		if b := f.mentions[i].beside; b.region != "" && f.senses[f.mentions[i].sense].beside == b {
			f.votes[b]++
		}
	}
}

// hearParts hears the states in the name of an organization: "Kentucky State Police".
func (f *finder) hearParts(r token.Range) {
	for i := r.First; i < r.Last; i++ {
		for last := min(r.Last, i+2); last > i; last-- {
			if s, ok := gazetteer.StateOf(f.d.Surface(token.Range{First: i, Last: last})); ok && !s.Ambiguous && r.Len() > 1 {
				f.votes[area{s.Country, s.Region}]++
				i = last - 1
				break
			}
		}
	}
}

// speaksFor is the country and the state that the sense s is sure to lie in:
// all that bear the name do, or one is known far better than the rest.
func (f *finder) speaksFor(s *sense) []area {
	if s.beside.country != "" {
		return areas(s.beside)
	}
	best, rival, region := f.lead(s, func(c *candidate) int { return c.weight })
	if best == nil || best.country == "" || rival >= 0 && best.weight < rival+dominance {
		return nil
	}
	if region >= 0 && best.weight < region+dominance {
		return []area{{country: best.country}}
	}
	return areas(best.area)
}

func areas(a area) []area {
	if a.region == "" {
		return []area{a}
	}
	return []area{{country: a.country}, a}
}

// lead is the candidate with the most points, the points of the best one in
// another country and of the best one in another part of its own, -1 for none.
func (f *finder) lead(s *sense, points func(*candidate) int) (best *candidate, rival, region int) {
	most := 0
	for i := range s.candidates {
		if p := points(&s.candidates[i]); best == nil || p > most {
			best, most = &s.candidates[i], p
		}
	}
	rival, region = -1, -1
	for i := range s.candidates {
		switch c := &s.candidates[i]; {
		case c.country != best.country:
			rival = max(rival, points(c))
		case c.region != best.region && c.region != "":
			region = max(region, points(c))
		}
	}
	return best, rival, region
}

// choose is what s means, if it lies in the area beside it; a candidate
// without a country if that is not sure.
func (f *finder) choose(s *sense, beside area) candidate {
	points := func(c *candidate) int { return f.points(s, c) }
	if beside.country != "" {
		points = func(c *candidate) int {
			switch {
			case c.country != beside.country:
				return 0
			case beside.region != "" && c.region == beside.region:
				return 2000 + c.weight
			}
			return 1000 + f.points(s, c)
		}
	}
	best, rival, region := f.lead(s, points)
	if beside.country != "" && (best == nil || points(best) < 1000 || beside.region != "" && points(best) < 2000) {
		return candidate{area: beside}
	}
	if best == nil || rival >= 0 && points(best) < rival+margin {
		return candidate{}
	}
	out := *best
	if beside.country == "" && f.drowned(s, best) {
		return candidate{}
	}
	if region >= 0 && points(best) < region+margin {
		out.located = false
	}
	return out
}

// points is how well the candidate c of s goes with the rest of the document.
func (f *finder) points(s *sense, c *candidate) int {
	if c.country == "" {
		return c.weight
	}
	country, region := f.voices(s, area{country: c.country}), f.voices(s, c.area)
	p := c.weight + perCountry*min(country, mostCountry)
	if c.region != "" {
		p += perRegion * min(region, mostRegion)
	}
	if c.region != "" && f.holders[holder{s.key, c.area}] {
		p += sameName
	}
	if s.town && (c.whole && c.region == "" || country == 0 && c.weight >= known) {
		p -= notLocal
	}
	if country == 0 && f.rivalled(s, c.country) {
		p -= noVoice
	}
	return p
}

// voices is how many other names than s speak for a.
func (f *finder) voices(s *sense, a area) int {
	if slices.Contains(s.voted, a) {
		return f.votes[a] - 1
	}
	return f.votes[a]
}

// rivalled reports whether s may lie in another country than that one, of
// which the document names two towns or states.
func (f *finder) rivalled(s *sense, country string) bool {
	for i := range s.candidates {
		if c := s.candidates[i].country; c != country && f.towns[c] >= 2 {
			return true
		}
	}
	return false
}

// drowned reports whether c, a small place, has no voice from its country
// while another country has two.
func (f *finder) drowned(s *sense, c *candidate) bool {
	return !c.whole && c.weight < known && f.voices(s, area{country: c.country}) == 0 && f.loudest > 1
}

// holder is a name of the document that begins with the words of another, and
// where it may lie: "Lebanon County" holds "Lebanon".
type holder struct {
	held string
	area area
}

// hold notes what the longer names of the document hold.
func (f *finder) hold() {
	for i := range f.senses {
		s := &f.senses[i]
		for k := range len(s.key) {
			if s.key[k] != ' ' {
				continue
			}
			for j := range s.candidates {
				if a := s.candidates[j].area; a.region != "" {
					f.holders[holder{s.key[:k], a}] = true
				}
			}
		}
	}
}
