package name

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
)

var classBits = map[gazetteer.Class]uint16{
	gazetteer.Country: name.InCountries, gazetteer.Demonym: name.InDemonyms, gazetteer.City: name.InCities,
	gazetteer.Region: name.InRegions, gazetteer.Seat: name.InSeats, gazetteer.Organization: name.InOrganizations,
}

// lexicon is the section of the weights that holds what the gazetteer knew when they were trained.
func lexicon() []byte {
	var b name.LexiconBuilder
	for key, e := range gazetteer.All() {
		bits := classBits[e.Class]
		if e.Ambiguous {
			bits |= name.Doubtful
		}
		b.Add(words(key), bits)
	}
	for title := range gazetteer.Titles() {
		parts := words(title)
		for i, w := range parts {
			bits := name.InTitles
			if i == len(parts)-1 {
				bits |= name.TitleHead
			}
			b.Add([]string{w}, bits)
			b.Add([]string{strings.ToUpper(w[:1]) + w[1:]}, bits)
		}
	}
	return b.Table()
}

// words cuts a key of the gazetteer as text is cut: hyphens stand alone.
func words(key string) []string {
	return strings.Fields(strings.NewReplacer("-", " - ", "'s", " 's", "/", " / ", "&", " & ").Replace(key))
}
