package gazetteer

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
)

//go:embed data/towns.tsv
var townsTSV string

// Town is one of the places that bear a name. A division is a county or a
// province, without degrees and inhabitants.
type Town struct {
	Country   string // ISO 3166-1 alpha-3
	Region    string // GeoNames' code of the first-level division: a state's postal code in the USA; empty if unknown
	Division  bool
	Lat, Lon  float64
	Thousands int // inhabitants
}

// Towns appends the places named surface to out, the larger first.
func Towns(out []Town, surface string) []Town {
	key := Key(surface)
	if n := len(out); key != "" {
		if out = towns(out, key); len(out) > n {
			return out
		}
		if titled, ok := untitled(key); ok {
			return towns(out, titled)
		}
	}
	return out
}

// towns appends the rows of key. They are read in place: the file is sorted,
// and a row is looked for by halving its bytes.
func towns(out []Town, key string) []Town {
	rows := townRows()
	at := sort.Search(len(rows), func(i int) bool {
		row := rows[lineStart(rows, i):]
		k, _, _ := strings.Cut(row, "\t")
		return k >= key
	})
	for rest := rows[lineStart(rows, at):]; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		k, fields, _ := strings.Cut(line, "\t")
		if k < key {
			continue
		}
		if k != key {
			break
		}
		out = append(out, readTown(fields))
	}
	return out
}

// townRows is the file without its header.
var townRows = sync.OnceValue(func() string {
	s := townsTSV
	for strings.HasPrefix(s, "#") {
		_, s, _ = strings.Cut(s, "\n")
	}
	return s
})

// lineStart is where the line of the byte i begins.
func lineStart(s string, i int) int { return strings.LastIndexByte(s[:i], '\n') + 1 }

func readTown(fields string) Town {
	country, rest, _ := strings.Cut(fields, "\t")
	region, rest, _ := strings.Cut(rest, "\t")
	lat, rest, _ := strings.Cut(rest, "\t")
	lon, thousands, _ := strings.Cut(rest, "\t")
	t := Town{Country: country, Region: region, Division: lat == ""}
	if !t.Division {
		t.Lat, t.Lon, t.Thousands = degrees(lat), degrees(lon), number(thousands)
	}
	return t
}

// State is a first-level division that stands behind its towns.
type State struct {
	Country, Region string
	Ambiguous       bool // as often another place: "Georgia"
}

type states struct{ names, short map[string]State }

var stateTable = sync.OnceValue(func() states {
	t := states{map[string]State{}, map[string]State{}}
	rows("states", func(f []string) {
		for name := range strings.SplitSeq(f[0], "|") {
			form, doubtful := strings.CutSuffix(name, "?")
			t.names[Key(form)] = State{f[2], f[3], doubtful}
		}
		for name := range strings.SplitSeq(f[1], "|") {
			t.short[name] = State{f[2], f[3], false}
		}
	})
	delete(t.short, "")
	return t
})

// StateOf is the state named surface.
func StateOf(surface string) (State, bool) {
	key := Key(surface)
	s, ok := stateTable().names[key]
	if titled, capitals := untitled(key); !ok && capitals {
		s, ok = stateTable().names[titled]
	}
	return s, ok
}

// ShortState is the state that short stands for behind a town: "Ga." in "Athens, Ga.".
func ShortState(short string) (State, bool) {
	s, ok := stateTable().short[short]
	return s, ok
}
