package gazetteer

import "testing"

func TestLookup(t *testing.T) {
	for _, test := range []struct {
		surface string
		class   Class
		country string
	}{
		{"U.S.", Country, "USA"},
		{"US", Country, "USA"},
		{"the United States of America", Country, "USA"},
		{"the  United\nStates", Country, "USA"},
		{"Ukraine’s", Country, "UKR"},
		{"UKRAINE", Country, "UKR"},
		{"Côte d’Ivoire", Country, "CIV"},
		{"Cote d'Ivoire", Country, "CIV"},
		{"Türkiye", Country, "TUR"},
		{"Holy See", Country, "VAT"},
		{"the Vatican", Country, "VAT"},
		{"Kosovo", Country, "XKX"},
		{"Taiwan", Country, "TWN"},
		{"Palestine", Country, "PSE"},
		{"Russians", Demonym, "RUS"},
		{"South Korean", Demonym, "KOR"},
		{"Korean", Demonym, ""},
		{"Congolese", Demonym, ""},
		{"Kiev", City, "UKR"},
		{"Kyiv", City, "UKR"},
		{"Brasilia", City, "BRA"},
		{"the Kremlin", Seat, "RUS"},
		{"Downing Street", Seat, "GBR"},
		{"U.N. Security Council", Organization, "UNO"},
		{"Hezbollah", Organization, "LBN"},
		{"Xinhua", Organization, "CHN"},
		{"Crimea", Region, ""},
		{"Uttar Pradesh", Region, "IND"},
	} {
		e, ok := Lookup(test.surface)
		if !ok || e.Class != test.class || e.Country != test.country {
			t.Errorf("Lookup(%q) = %+v, %v; want class %d of %q", test.surface, e, ok, test.class, test.country)
		}
	}
	for _, surface := range []string{"", "us", "the", "said", "who", "polish", "'s", "Umerov"} {
		if e, ok := Lookup(surface); ok {
			t.Errorf("Lookup(%q) = %+v, want nothing", surface, e)
		}
	}
}
