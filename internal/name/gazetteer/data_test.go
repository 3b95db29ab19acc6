package gazetteer

import (
	"regexp"
	"strings"
	"testing"
)

// columns is the number of fields of each data file.
var columns = map[string]int{
	"countries": 3, "seats": 4, "organizations": 3, "regions": 2, "cities": 6, "spellings": 3, "titles": 2, "modifiers": 1, "heads": 2,
	"states": 4, "towns": 6,
}

var (
	isCode   = regexp.MustCompile(`^([A-Z]{3}|-)$`)
	sectors  = " COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC - "
	supra    = " IGO UNO EUR NGO ISM IMG MNC - "
	codeAt   = map[string]int{"countries": 0, "seats": 1, "organizations": 1, "regions": 1, "cities": 1, "spellings": 1, "states": 2, "towns": 1}
	sectorAt = map[string]int{"seats": 2, "organizations": 2, "titles": 1, "heads": 1}
)

func TestDataFiles(t *testing.T) {
	entries, err := files.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(columns) {
		t.Errorf("%d data files, %d with known columns", len(entries), len(columns))
	}
	for file, want := range columns {
		b, err := files.ReadFile("data/" + file + ".tsv")
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.HasPrefix(string(b), "# ") {
			t.Errorf("%s: no header", file)
		}
		seen := map[string]bool{}
		rows(file, func(f []string) {
			if len(f) != want {
				t.Errorf("%s: %q has %d fields, want %d", file, f, len(f), want)
				return
			}
			if i, ok := codeAt[file]; ok {
				if _, country := data().countries[f[i]]; !isCode.MatchString(f[i]) || !country && !strings.Contains(supra, " "+f[i]+" ") {
					t.Errorf("%s: %q: code %q", file, f[0], f[i])
				}
			}
			if i, ok := sectorAt[file]; ok && !strings.Contains(sectors, " "+f[i]+" ") {
				t.Errorf("%s: %q: sector %q", file, f[0], f[i])
			}
			if file == "cities" || file == "towns" {
				return // two cities of one name are a case of their own
			}
			lists := f[:1]
			if file == "countries" {
				lists = f[1:]
			}
			for _, list := range lists {
				for form := range strings.SplitSeq(list, "|") {
					form = strings.TrimSuffix(form, "?")
					if form != "" && seen[form] {
						t.Errorf("%s: %q stands twice", file, form)
					}
					seen[form] = true
				}
			}
		})
		if len(seen) == 0 && file != "cities" && file != "towns" {
			t.Errorf("%s: no rows", file)
		}
	}
}

func TestEveryCountry(t *testing.T) {
	if n := len(Codes()); n != 250 { // the 249 of ISO 3166-1 and Kosovo
		t.Errorf("%d countries, want 250", n)
	}
	for _, code := range Codes() {
		name := CountryName(code)
		if e, ok := Lookup(name); !ok || e.Class != Country || e.Country != code {
			t.Errorf("%s: Lookup(%q) = %+v, %v", code, name, e, ok)
		}
	}
	for _, code := range []string{"UKR", "RUS", "USA", "VAT", "TUR", "IND", "PSE", "TWN", "XKX", "SSD", "TON"} {
		c, ok := Capital(code)
		if !ok || !c.Located || c.Lat < -90 || c.Lat > 90 || c.Lon < -180 || c.Lon > 180 {
			t.Errorf("capital of %s: %+v, %v", code, c, ok)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, test := range []struct {
		lower, sector string
		ok            bool
	}{
		{"foreign minister", "GOV", true},
		{"deputy foreign minister", "GOV", true},
		{"vatican secretary of state", "GOV", true},
		{"cardinal", "REL", true},
		{"lt. gen.", "MIL", true},
		{"spokesman", "", true},
		{"police spokesman", "COP", true},
		{"banana", "", false},
		{"", "", false},
	} {
		if sector, ok := Title(test.lower); sector != test.sector || ok != test.ok {
			t.Errorf("Title(%q) = %q, %v; want %q, %v", test.lower, sector, ok, test.sector, test.ok)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "the U.S.", "Côte d’Ivoire", "UKRAINE 's", "\xff\xfe", "the the"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k := Key(s)
		if len(k) > 3*len(s) {
			t.Errorf("Key(%q) = %q grows", s, k)
		}
		Lookup(s)
		Title(strings.ToLower(s))
	})
}
