// Package name finds names: persons, organizations, countries, nationalities,
// places, and what else newswire marks.
package name

import "github.com/rapporteur/rapporteur/internal/token"

// Kind is the class of a name.
type Kind uint8

// The kinds of a name.
const (
	None Kind = iota
	Person
	Organization
	Country     // a country used as an actor or a place
	Nationality // "Russian", "the Ukrainians"
	Place       // any other location
	Facility
	Date
	Money
	Misc
	Group // a people, faith or party without a state: "Muslims", "Democrats"
)

// Name is one name in a document. Title is the range of the title or office
// that the text gives in apposition ("Defense Minister"), empty if none.
// Country is ISO 3166-1 alpha-3 and Sector a PLOVER sector where the gazetteer
// is sure, else empty.
type Name struct {
	token.Range
	Kind    Kind
	Country string
	Sector  string
	Title   token.Range
}

// String is the kind in lower case.
func (k Kind) String() string { return kindNames[k] }

var kindNames = [...]string{
	"none", "person", "organization", "country", "nationality", "place", "facility", "date", "money", "misc", "group",
}
