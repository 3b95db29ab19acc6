// Package place finds the places that names mean: in which country they lie,
// where the gazetteer is sure also at which degrees, and whether something
// happens there or the name stands for those who act.
//
// Towns share names. Which one is meant is read off the text: what stands
// beside the name ("Paris, Texas", "the Tajik town of Guliston"), then the
// other places of the document. No country is better than a wrong one.
package place

import (
	"sort"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Role is how the name of a place stands in its sentence.
type Role uint8

// The roles of a place.
const (
	Unclear  Role = iota
	Where         // something happens there: "in Paris", "the Geneva talks", "flew to Kyiv"
	Actor         // it acts, speaks or is dealt with: "Moscow said", "Kyiv's forces", "talks with Ankara"
	Object        // it is acted on: "bombed Kharkiv", "the siege of Ferani", "aid to Gaza"
	Modifier      // it tells what kind: "a Boston lawyer", "the president of Peru"
	Within        // it holds the place named beside it: "Texas" in "Paris, Texas"
	Dateline      // it stands before the story: "LIMA, Peru — "
)

// String is the role in lower case.
func (r Role) String() string { return roleNames[r] }

var roleNames = [...]string{"unclear", "where", "actor", "object", "modifier", "within", "dateline"}

// Place is a name of a place in a document. Country is ISO 3166-1 alpha-3 (XKX
// for Kosovo), empty where it is not sure; Lat and Lon are degrees and mean
// something only if Located.
type Place struct {
	token.Range
	Name     string
	Country  string
	Located  bool
	Lat, Lon float64
	Role     Role
}

// finder looks for the places of one document.
type finder struct {
	d        *token.Doc
	t        *syntax.Tree
	names    []name.Name
	mentions []mention
	senses   []sense
	votes    map[area]int   // the names that speak for a country or a state
	towns    map[string]int // those of them that are towns or states, by country
	loudest  int            // the most votes of a country
	holders  map[holder]bool
}

// Find finds the places among the names of d, in the order of the text; none
// overlaps another. A name with a comma ("LIMA, Peru") is several places.
func Find(d *token.Doc, t *syntax.Tree, names []name.Name) []Place {
	f := &finder{d: d, t: t, names: names, votes: map[area]int{}, towns: map[string]int{}, holders: map[holder]bool{}}
	f.collect()
	f.resolve()
	out := make([]Place, len(f.mentions))
	for i := range f.mentions {
		m := &f.mentions[i]
		c := m.meant
		out[i] = Place{
			Range: m.Range, Name: f.name(m), Country: c.country,
			Located: c.located, Lat: c.lat, Lon: c.lon, Role: f.role(i),
		}
	}
	return out
}

// At is the first of places, which are in the order of the text, that overlaps r, nil if there is none.
func At(places []Place, r token.Range) *Place {
	i := sort.Search(len(places), func(i int) bool { return places[i].Last > r.First })
	if i < len(places) && places[i].First < r.Last {
		return &places[i]
	}
	return nil
}
