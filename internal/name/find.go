package name

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Find finds the names of d in the order of the text; none overlaps another.
// The tree is not looked at: names are found as well without one.
func (m *Model) Find(d *token.Doc, _ *syntax.Tree) []Name {
	labels := m.Decode(d)
	var names []Name
	for r := range Spans(labels) {
		names = append(names, describe(d, r, Classes[class(labels[r.First])]))
	}
	titles(d, names)
	return names
}

// describe gives the name r of a class its kind, and what the gazetteer knows.
func describe(d *token.Doc, r token.Range, class string) Name {
	n := Name{Range: r, Kind: kinds[class]}
	entry, known := gazetteer.Lookup(d.Surface(r))
	if known && !entry.Ambiguous {
		n.Country, n.Sector = entry.Country, entry.Sector
	}
	switch class {
	case "Person":
		n.Country, n.Sector = "", ""
	case "Misc":
		// The chain is least sure of this class; a word like "Institute" decides.
		if country, sector := organization(d, r); sector != "" {
			n.Kind, n.Country, n.Sector = Organization, country, sector
		}
	case "Organization", "Location", "NORP":
		switch {
		case !known:
			if class == "Organization" {
				n.Country, n.Sector = organization(d, r)
			}
		case entry.Class == gazetteer.Country && (class == "Location" || !entry.Ambiguous):
			n.Kind, n.Country = Country, entry.Country
		case entry.Class == gazetteer.Demonym && entry.Country != "" && (class == "NORP" || !entry.Ambiguous):
			n.Kind, n.Country = Nationality, entry.Country
		}
	}
	return n
}

var kinds = map[string]Kind{
	"Person": Person, "Organization": Organization, "Location": Place, "NORP": Group, "Facility": Facility,
	"Date": Date, "Money": Money, "Misc": Misc, "Product": Misc,
}

// organization reads country and sector off the words of an organization's
// name: "Ukrainian Foreign Ministry", "Bank of Japan".
func organization(d *token.Doc, r token.Range) (country, sector string) {
	for i := r.First; i < r.Last; i++ {
		word := d.Word(int(i))
		if s, ok := gazetteer.Head(strings.ToLower(word)); ok && sector == "" {
			sector = s
		}
		for k := min(r.Last, i+3); k > i && country == ""; k-- {
			e, ok := gazetteer.Lookup(d.Surface(token.Range{First: i, Last: k}))
			if ok && !e.Ambiguous && (e.Class == gazetteer.Country || e.Class == gazetteer.Demonym) {
				country = e.Country
			}
		}
	}
	return country, sector
}
