// Package gazetteer holds the facts about names that the project ships:
// countries and their peoples, cities, seats of government, large
// organizations, and the titles that stand before a name. The data are
// tab-separated files under data/, each with a header that says what it holds.
//
// A code is absent rather than wrong: a surface that is as often something
// else ("Jordan", "Georgia") is marked Ambiguous, and the caller decides.
package gazetteer

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

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
		if t, ok := data().titles[lower]; ok {
			return t.sector, true
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

// OnlyTitle reports whether lower is a listed title and no name of a person
// ("pope", but not "dean").
func OnlyTitle(lower string) bool {
	t, ok := data().titles[lower]
	return ok && !t.doubtful
}

// IsTitleWord reports whether lower is a word of a listed title, other than one like "of".
func IsTitleWord(lower string) bool { return data().parts[lower] }

// IsModifier reports whether lower is a word that belongs to the title behind it ("former").
func IsModifier(lower string) bool { return data().modifiers[lower] }

// Head is the PLOVER sector that a word in lower case tells in the name of an
// organization ("ministry").
func Head(lower string) (sector string, ok bool) {
	sector, ok = data().heads[lower]
	return sector, ok
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

// All yields every key with its entry, sorted by key.
func All() iter.Seq2[string, Entry] {
	return func(yield func(string, Entry) bool) {
		names := data().names
		for _, key := range slices.Sorted(maps.Keys(names)) {
			if !yield(key, names[key]) {
				return
			}
		}
	}
}

// Titles yields every listed title, sorted.
func Titles() iter.Seq[string] { return slices.Values(slices.Sorted(maps.Keys(data().titles))) }
