package name

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rapporteur/rapporteur/internal/token"
)

func open(t testing.TB) *Model {
	t.Helper()
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// show writes names as "surface/kind/country/sector (title)".
func show(d *token.Doc, n Name) string {
	s := d.Surface(n.Range) + "/" + n.Kind.String() + "/" + n.Country + "/" + n.Sector
	if n.Title.Len() > 0 {
		s += " (" + d.Surface(n.Title) + ")"
	}
	return s
}

func TestFind(t *testing.T) {
	m := open(t)
	for _, test := range []struct{ text, want string }{
		{"French President Étienne Moreau told reporters that Moscow had rejected the plan.",
			"French/nationality/FRA/; Étienne Moreau/person/FRA/GOV (French President); Moscow/place/RUS/"},
		{"The Kremlin denied it on Tuesday.",
			"Kremlin/organization/RUS/GOV; Tuesday/date//"},
		{"Dmitri Sokolov, the deputy foreign minister of Russia, left.",
			"Dmitri Sokolov/person/RUS/GOV (deputy foreign minister of Russia); Russia/country/RUS/"},
		{"Turkey's foreign minister Kemal Arslan met Pope Francis in Rome.",
			"Turkey/country/TUR/; Kemal Arslan/person/TUR/GOV (foreign minister); Francis/person//REL (Pope); Rome/place/ITA/"},
		{"Vatican Secretary of State Cardinal Pietro Bellini arrived.",
			"Vatican/country/VAT/; Pietro Bellini/person/VAT/GOV (Vatican Secretary of State Cardinal)"},
		{"Ukrainian Foreign Ministry spokesman Heorhii Danylenko said so.",
			"Ukrainian Foreign Ministry/organization/UKR/GOV; Heorhii Danylenko/person/UKR/GOV (Ukrainian Foreign Ministry spokesman)"},
		{"The U.S. and the European Union agreed with Hamas.",
			"U.S./country/USA/; European Union/organization/EUR/GOV; Hamas/organization/PSE/REB"},
		{"they asked us to stay", ""},
		{"", ""},
	} {
		d := token.Segment(test.text)
		var got []string
		for _, n := range m.Find(d, nil) {
			got = append(got, show(d, n))
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

// Names stand in order, inside the text, do not overlap one another, and no
// title overlaps its name.
func TestFindInBounds(t *testing.T) {
	m := open(t)
	word := rapid.SampledFrom([]string{
		"Gen.", "President", "the", "Ukraine", "Kyiv", "'s", "John", "Smith", ",", ".", "\n\n", "minister", "of", "and", "spokesman",
		"UN", "said", "\"", "“", "Ω", "1,000", "Korea", "-", "South", "foreign", "Pope", "Union", "European",
	})
	rapid.Check(t, func(t *rapid.T) {
		d := token.Segment(strings.Join(rapid.SliceOfN(word, 0, 60).Draw(t, "words"), " "))
		last := int32(0)
		for _, n := range m.Find(d, nil) {
			if n.First < last || n.Len() <= 0 || int(n.Last) > len(d.Tokens) || n.Kind == None {
				t.Fatalf("name %+v after token %d of %d", n, last, len(d.Tokens))
			}
			last = n.Last
			if r := n.Title; r.First < 0 || r.Len() < 0 || int(r.Last) > len(d.Tokens) || r.Len() > 0 && r.First < n.Last && n.First < r.Last {
				t.Fatalf("title %+v of name %+v", r, n)
			}
		}
	})
}

func TestParts(t *testing.T) {
	d := &token.Doc{Tokens: make([]token.Token, 200_000), Sentences: []token.Range{{First: 0, Last: 10}, {First: 10, Last: 150_000}, {First: 150_000, Last: 200_000}}}
	next := int32(0)
	for _, p := range Parts(d) {
		if p.Len() > maxPart {
			t.Errorf("part of %d tokens", p.Len())
		}
		for _, r := range p.Sentences {
			if r.First != next || r.Len() > maxSentence {
				t.Fatalf("sentence %v, want it to begin at %d", r, next)
			}
			next = r.Last
		}
	}
	if next != 200_000 {
		t.Errorf("parts end at %d", next)
	}
}

func FuzzFind(f *testing.F) {
	m := open(f)
	for _, s := range []string{"", "President X, the head of Y,", "U.S.", strings.Repeat("Minister ", 600)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := token.Segment(strings.ToValidUTF8(s, "?"))
		for _, n := range m.Find(d, nil) {
			if d.Surface(n.Range) == "" {
				t.Fatalf("empty name %+v", n)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	m := open(b)
	text := strings.Repeat("Ukrainian Foreign Ministry spokesman Heorhii Danylenko told reporters in Rome on Tuesday that nothing had been agreed. "+
		"The envoys, who had met twice before, will return to the table next week, and the two sides will then exchange lists of prisoners.\n\n", 100)
	d := token.Segment(text)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		m.Find(d, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(d.Tokens)), "µs/token")
}
