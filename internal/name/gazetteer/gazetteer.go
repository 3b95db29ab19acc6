// Package gazetteer holds the facts about names that the project ships:
// countries and their peoples, cities, seats of government, large
// organizations, and the titles that stand before a name. The data are
// tab-separated files under data/, each with a header that says what it holds.
//
// A code is absent rather than wrong: a surface that is as often something
// else ("Jordan", "Georgia") is marked Ambiguous, and the caller decides.
package gazetteer

import "strings"

// Class says what an entry is.
type Class uint8

// The classes of an entry. A Seat is a place or building that speaks for a
// government: "the Kremlin", "Downing Street". A Region is any other area:
// a first-level division, a continent, a sea.
const (
	Country Class = iota + 1
	Demonym       // "Russian", "Russians", "Shiite"
	City
	Region
	Seat
	Organization
)

// Entry is what the gazetteer knows of one name.
type Entry struct {
	Class     Class
	Name      string // the usual name: "Russia" for "Russian Federation" and for "Russians"
	Country   string // ISO 3166-1 alpha-3 (XKX for Kosovo), or PLOVER's supranational code: IGO, UNO, EUR, NGO, …
	Sector    string // PLOVER sector, of organizations and seats
	Capital   bool   // of a city: the seat of its government, whose name may speak for it ("Moscow said")
	Ambiguous bool   // as often a person, another place or a word
	Located   bool   // Lat and Lon mean something
	Lat, Lon  float64
}

// Lookup is what the gazetteer knows of surface. Accents, a leading "the", a
// trailing "'s" and runs of white space do not matter; case does ("US", "us"),
// but a surface in capitals of more than four letters is also read as a headline.
func Lookup(surface string) (Entry, bool) {
	key := Key(surface)
	if e, ok := data().names[key]; ok {
		return e, true
	}
	if titled, ok := untitled(key); ok {
		e, ok := data().names[titled]
		return e, ok
	}
	return Entry{}, false
}

// Title is the PLOVER sector of a title or office in lower case ("foreign
// minister"), empty if the title alone does not tell. A title that is not
// listed goes by its longest listed ending ("deputy foreign minister").
func Title(lower string) (sector string, ok bool) {
	for {
		if sector, ok = data().titles[lower]; ok {
			return sector, true
		}
		_, rest, more := strings.Cut(lower, " ")
		if !more {
			return "", false
		}
		lower = rest
	}
}

// IsTitle reports whether lower itself is a listed title.
func IsTitle(lower string) bool {
	_, ok := data().titles[lower]
	return ok
}

// Capital is the city from which country (ISO 3166-1 alpha-3) is governed.
func Capital(country string) (Entry, bool) {
	e, ok := data().capitals[country]
	return e, ok
}

// CountryName is the usual English name of country (ISO 3166-1 alpha-3), empty if there is none.
func CountryName(country string) string { return data().countries[country] }

// Codes are the country codes of the gazetteer, sorted.
func Codes() []string { return data().codes }
