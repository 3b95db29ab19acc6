package place

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

var (
	trees = open(syntax.Open)
	names = open(name.Open)
)

func open[M any](f func() (M, error)) M {
	m, err := f()
	if err != nil {
		panic(err)
	}
	return m
}

// find is the places of text, of which those in marks are the names, of the
// kind place where the mark says nothing else: "{Paris}", "{nationality:FRA French}".
func find(t *testing.T, text string) (*token.Doc, []Place) {
	t.Helper()
	var plain strings.Builder
	type span struct {
		start, end int
		name       name.Name
	}
	var spans []span
	for rest := text; ; {
		before, after, more := strings.Cut(rest, "{")
		plain.WriteString(before)
		if !more {
			break
		}
		var inside string
		inside, rest, _ = strings.Cut(after, "}")
		n := name.Name{Kind: name.Place}
		if kind, word, ok := strings.Cut(inside, ":"); ok {
			n.Country, inside, _ = strings.Cut(word, " ")
			n.Kind = map[string]name.Kind{"nationality": name.Nationality, "country": name.Country, "facility": name.Facility, "org": name.Organization}[kind]
		}
		spans = append(spans, span{plain.Len(), plain.Len() + len(inside), n})
		plain.WriteString(inside)
	}
	d := token.Segment(plain.String())
	var found []name.Name
	for _, s := range spans {
		s.name.Range = d.Cover(s.start, s.end)
		found = append(found, s.name)
	}
	return d, Find(d, trees.Parse(d), found)
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"They met in {Paris} on Friday.", "Paris/FRA+/where"},
		{"They met in {Paris}, Texas, on Friday.", "Paris/USA+/where"},
		{"A fire in {Paris, Texas} killed two. {Paris} has no hospital.", "Paris/USA+/where Texas/USA/within Paris/USA+/actor"},
		{"The talks in {Athens}, Ga., ended. {Athens} is the seat of {Clarke County}.", "Athens/USA+/where Athens/USA+/actor Clarke County/USA/modifier"},
		{"The talks in {Athens} between {nationality:GRC Greek} and {nationality:TUR Turkish} ministers ended.", "Athens/GRC+/where"},
		{"A man from {Guliston}, {country:TJK Tajikistan}, was shot.", "Guliston/TJK/where Tajikistan/TJK/within"},
		{"Shots were heard in the town of {Feranabad} in {country:TJK Tajikistan}.", "Feranabad/TJK/where Tajikistan/TJK/within"},
		{"Shots were heard in the {nationality:TJK Tajik} border town of {Feranabad}.", "Feranabad/TJK/where"},
		{"They visited {country:TJK Tajikistan}'s {Feranabad}.", "Tajikistan/TJK/within Feranabad/TJK/where"},
		{"Shots were heard in {Feranabad}.", "Feranabad//where"},
		{"{Uchkurgan}, {country:UZB Uzbekistan}, was quiet.", "Uchkurgan/UZB/actor Uzbekistan/UZB/within"},
		{"{BATUMI, Georgia} — Two people died on Friday.", "BATUMI/GEO+/dateline Georgia/GEO/dateline"},
		{"{KYIV} — Two people died on Friday.", "KYIV/UKR+/dateline"},
		{"{Moscow}, {country:UKR Ukraine} and NATO met.", "Moscow/RUS+/actor Ukraine/UKR/actor"},
		{"It borders {country:JPN Japan}, {country:CHN China} and {country:RUS Russia}.", "Japan/JPN/object China/CHN/object Russia/RUS/object"},
		{"{Moscow} said that it had agreed.", "Moscow/RUS+/actor"},
		{"{Kyiv}'s forces left the town.", "Kyiv/UKR+/actor"},
		{"The {Tirana} conference ended on Friday.", "Tirana/ALB+/where"},
		{"The army bombed {Kharkiv} on Friday.", "Kharkiv/UKR+/object"},
		{"The siege of {Aleppo} was lifted.", "Aleppo/SYR+/object"},
		{"He flew to {Doha} on Friday.", "Doha/QAT+/where"},
		{"A {Boston} lawyer was arrested.", "Boston/USA+/modifier"},
		{"They fled from the {Kharkiv region} to northern {Syria}.", "Kharkiv region/UKR/where Syria/SYR/where"},
		{"The {Lebanon} woman lives near {Lebanon County} and {Lancaster}, Pa.", "Lebanon/USA+/modifier Lebanon County/USA/where Lancaster/USA+/where"},
		{"Aid enters through the {facility: Rafah crossing}.", "Rafah crossing/PSE/where"},
		{"She lives at {1935 Orchard St., Alexandria}, La., with a cat.", "1935 Orchard St.//where Alexandria/USA+/where"},
		{"They crossed the {Middle East}.", "Middle East//where"},
	} {
		d, places := find(t, test.text)
		var got []string
		for _, p := range places {
			located := ""
			if p.Located {
				located = "+"
			}
			if s := d.Surface(p.Range); !strings.Contains(s, p.Name) && p.Name == "" {
				t.Errorf("%q: name %q", s, p.Name)
			}
			got = append(got, fmt.Sprintf("%s/%s%s/%s", p.Name, p.Country, located, p.Role))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestAt(t *testing.T) {
	places := []Place{{Range: token.Range{First: 1, Last: 3}}, {Range: token.Range{First: 5, Last: 6}}}
	for _, test := range []struct {
		r    token.Range
		want *Place
	}{
		{token.Range{First: 0, Last: 1}, nil},
		{token.Range{First: 2, Last: 4}, &places[0]},
		{token.Range{First: 3, Last: 6}, &places[1]},
		{token.Range{First: 6, Last: 9}, nil},
	} {
		if got := At(places, test.r); got != test.want {
			t.Errorf("At(%v) = %v", test.r, got)
		}
	}
}

// Whatever stands in the text and whatever is taken for a name, places are in
// order, inside the text and apart, and degrees are on the globe.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"", ",", "Paris, Texas, Texas, Texas", "KYIV — (", "the town of of of", "in in in Paris in", "W. Va., N.C., Ga.", "Georgia, Georgia, Georgia and Georgia",
		"LONDON (Reuters) - UAE", "'s 's 's France's Paris", "\xff in Zürich", "Paris—Texas", "St. St. St., Lebanon woman",
	} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, length uint8) {
		if len(text) > 2000 || strings.ContainsRune(text, 0) {
			return
		}
		d := token.Segment(strings.ToValidUTF8(text, "?"))
		tree := trees.Parse(d)
		for _, found := range [][]name.Name{names.Find(d, tree), chop(len(d.Tokens), int(length))} {
			last := int32(0)
			for _, p := range Find(d, tree, found) {
				if p.First < last || p.First >= p.Last || int(p.Last) > len(d.Tokens) {
					t.Fatalf("range %v after %d", p.Range, last)
				}
				last = p.Last
				if p.Located && (p.Country == "" || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180) || len(p.Country) != 0 && len(p.Country) != 3 {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}

// chop makes names of all n tokens, length by length, with a token between them.
func chop(n, length int) []name.Name {
	var out []name.Name
	for i := 0; i < n; i += length%5 + 2 {
		kind := []name.Kind{name.Place, name.Country, name.Nationality, name.Facility, name.Organization}[i%5]
		out = append(out, name.Name{Range: token.Range{First: int32(i), Last: int32(min(n, i+length%5+1))}, Kind: kind, Country: "FRA"})
	}
	return out
}

func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "Officials from Russia and Ukraine met in Geneva on Friday for the talks number %d, the foreign minister said in Kyiv. "+
			"A fire near Springfield, Ohio, killed two people on the road from Columbus to Lebanon, and the police of the town of Paris said nothing. ", i)
	}
	d := token.Segment(text.String())
	t := trees.Parse(d)
	found := names.Find(d, t)
	b.ReportAllocs()
	for b.Loop() {
		Find(d, t, found)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.Tokens)), "ns/token")
}
