package name

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
)

var classBits = map[gazetteer.Class]uint16{
	gazetteer.Country: name.InCountries, gazetteer.Demonym: name.InDemonyms, gazetteer.City: name.InCities,
	gazetteer.Region: name.InRegions, gazetteer.Seat: name.InSeats, gazetteer.Organization: name.InOrganizations,
}

// lexicon is the section of the weights that holds what the gazetteer knew when they were trained.
func lexicon(silver *corpus.BIO) []byte {
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
	for line := range strings.Lines(people) {
		person, use, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || person[0] == '#' {
			continue
		}
		var bits uint16
		if strings.Contains(use, "g") {
			bits |= name.InGiven
		}
		if strings.Contains(use, "f") {
			bits |= name.InFamily
		}
		b.Add([]string{gazetteer.Key(person)}, bits)
	}
	addSilver(&b, silver)
	return b.Table()
}

// minSightings is the number of times that the silver set must name a phrase
// for it to be kept, and minShare the share of them that must be of one class, in percent.
const (
	minSightings = 2
	minShare     = 75
)

// addSilver keeps the phrases that the silver set names most often in one way,
// and the words inside them that are not titles.
func addSilver(b *name.LexiconBuilder, d *corpus.BIO) {
	type sighting struct{ counts [4]int }
	phrases := map[string]*sighting{}
	var order []string
	for i := 0; i < len(d.Words); {
		class := slices.Index(silverClasses[:], strings.TrimPrefix(d.Labels[i], "B-"))
		k := i + 1
		if class < 0 {
			i = k
			continue
		}
		for k < len(d.Words) && d.Labels[k] == "I-"+silverClasses[class] {
			k++
		}
		words := d.Words[i:k]
		for class == 0 && len(words) > 1 && gazetteer.IsTitle(strings.ToLower(words[0])) {
			words = words[1:]
		}
		i = k
		phrase := strings.Join(words, " ")
		s := phrases[phrase]
		if s == nil {
			s = &sighting{}
			phrases[phrase] = s
			order = append(order, phrase)
		}
		s.counts[class]++
	}
	for _, phrase := range order {
		sum := 0
		for _, n := range phrases[phrase].counts {
			sum += n
		}
		for class, n := range phrases[phrase].counts {
			if n >= minSightings && n*100 >= sum*minShare {
				b.Add(silverWords(phrase), name.SeenPerson<<class)
			}
		}
	}
}

var silverClasses = [...]string{"per", "org", "geo", "gpe"}

// silverWords cuts a phrase of the silver set as our text is cut.
func silverWords(phrase string) []string {
	return strings.Fields(strings.NewReplacer("-", " - ", "/", " / ").Replace(phrase))
}

//go:embed data/people.tsv
var people string

// words cuts a key of the gazetteer as text is cut: hyphens stand alone.
func words(key string) []string {
	return strings.Fields(strings.NewReplacer("-", " - ", "'s", " 's", "/", " / ", "&", " & ").Replace(key))
}
