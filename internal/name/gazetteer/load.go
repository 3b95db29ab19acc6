package gazetteer

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/*.tsv
var files embed.FS

// tables is the gazetteer in memory. names is keyed by Key.
type tables struct {
	names     map[string]Entry
	titles    map[string]title
	parts     map[string]bool   // words of titles
	modifiers map[string]bool   // words before titles
	heads     map[string]string // word of an organization → sector
	capitals  map[string]Entry  // country → city
	countries map[string]string // country → name
	codes     []string
	thousands map[string]int // city key → inhabitants in thousands, while loading
}

// data is the gazetteer, read once on first use: the files are ours and a
// fault in them is a fault of the build, which the tests find.
var data = sync.OnceValue(load)

func load() *tables {
	t := &tables{
		names:     make(map[string]Entry, 12_000),
		titles:    make(map[string]title, 600),
		parts:     make(map[string]bool, 600),
		modifiers: make(map[string]bool, 200),
		heads:     make(map[string]string, 100),
		capitals:  make(map[string]Entry, 300),
		countries: make(map[string]string, 300),
		thousands: make(map[string]int, 8_000),
	}
	// The order is that of trust: the first file to name a key keeps it.
	rows("countries", t.country)
	rows("seats", t.seat)
	rows("organizations", t.organization)
	rows("regions", t.region)
	rows("cities", t.city)
	rows("spellings", t.spelling)
	rows("titles", t.title)
	rows("modifiers", func(f []string) { t.modifiers[f[0]] = true })
	rows("heads", func(f []string) { t.heads[f[0]] = f[1] })
	slices.Sort(t.codes)
	t.thousands = nil
	return t
}

// rows calls add with the fields of each row of a data file.
func rows(name string, add func(f []string)) {
	b, err := files.ReadFile("data/" + name + ".tsv")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' {
			add(strings.Split(line, "\t"))
		}
	}
}

func code(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// put adds e under each name of list ("a|b?|c") that no earlier file holds.
func (t *tables) put(list string, e Entry) {
	for name := range strings.SplitSeq(list, "|") {
		form, doubtful := strings.CutSuffix(name, "?")
		e.Ambiguous = doubtful
		key := Key(form)
		if _, taken := t.names[key]; !taken && key != "" {
			t.names[key] = e
		}
	}
}

// title is what the gazetteer knows of a title. A doubtful one is also a name.
type title struct {
	sector   string
	doubtful bool
}

func (t *tables) title(f []string) {
	form, doubtful := strings.CutSuffix(f[0], "?")
	t.titles[form] = title{code(f[1]), doubtful}
	for word := range strings.FieldsSeq(strings.ReplaceAll(form, "-", " ")) {
		switch word {
		case "of", "and", "the", "his", "her", "under":
		default:
			t.parts[word] = true
		}
	}
}

func first(list string) string {
	name, _, _ := strings.Cut(list, "|")
	return strings.TrimSuffix(name, "?")
}

func (t *tables) country(f []string) {
	name := first(f[1])
	if c := code(f[0]); len(c) == 3 && f[1] != "" {
		t.countries[c] = name
		t.codes = append(t.codes, c)
	}
	t.put(f[1], Entry{Class: Country, Name: name, Country: code(f[0])})
	t.put(f[2], Entry{Class: Demonym, Name: name, Country: code(f[0])})
}

func (t *tables) seat(f []string) {
	t.put(f[0], Entry{Class: Seat, Name: first(f[0]), Country: code(f[1]), Sector: f[2]})
}

func (t *tables) organization(f []string) {
	t.put(f[0], Entry{Class: Organization, Name: first(f[0]), Country: code(f[1]), Sector: f[2]})
}

func (t *tables) region(f []string) {
	for name := range strings.SplitSeq(f[0], "|") {
		t.put(name, Entry{Class: Region, Name: strings.TrimSuffix(name, "?"), Country: code(f[1])})
	}
}

// city adds a row of cities.tsv. Of two cities of one name the capital wins,
// then the larger; where the lesser has a fifth of the inhabitants of the
// greater the name is ambiguous, and without a capital among them it has no country.
func (t *tables) city(f []string) {
	lat, lon := degrees(f[2]), degrees(f[3])
	thousands := number(f[4])
	e := Entry{Class: City, Name: f[0], Country: f[1], Located: true, Lat: lat, Lon: lon, Capital: f[5] == "*"}
	if e.Capital {
		t.capitals[e.Country] = e
	}
	key := Key(f[0])
	old, taken := t.names[key]
	if !taken {
		t.names[key], t.thousands[key] = e, thousands
		return
	}
	if old.Class != City || old.Country == e.Country && !e.Capital {
		return
	}
	least, most := min(thousands, t.thousands[key]), max(thousands, t.thousands[key])
	winner := old
	if !old.Capital && (e.Capital || thousands > t.thousands[key]) {
		winner = e
	}
	if least*5 >= most {
		winner.Ambiguous = true
		if !winner.Capital {
			winner.Country, winner.Located, winner.Lat, winner.Lon = "", false, 0, 0
		}
	}
	t.names[key], t.thousands[key] = winner, most
}

// spelling adds a row of spellings.tsv: another name of a city, or a place of its own.
func (t *tables) spelling(f []string) {
	if lat, rest, ok := strings.Cut(f[2], ","); ok && lat[0] != '-' && (lat[0] < '0' || lat[0] > '9') {
		panic(fmt.Sprintf("gazetteer: spellings: %q", f[2]))
	} else if ok {
		lon, capital := strings.CutSuffix(rest, "*")
		e := Entry{Class: City, Name: first(f[0]), Country: f[1], Located: true, Lat: degrees(lat), Lon: degrees(lon), Capital: capital}
		if _, known := t.capitals[f[1]]; capital && !known {
			t.capitals[f[1]] = e
		}
		t.put(f[0], e)
		return
	}
	e, ok := t.names[Key(f[2])]
	if !ok || e.Class != City {
		panic(fmt.Sprintf("gazetteer: spellings: no city %q", f[2]))
	}
	if e.Country == "" || e.Country == f[1] {
		e.Country = f[1]
		t.put(f[0], e)
	}
}

func degrees(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}
