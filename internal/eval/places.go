package eval

import (
	"fmt"
	"io"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/place"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// PlaceScore counts toponyms whose country is known: all of the gold, those
// that overlap a place that was found, those of them that were given a
// country, and those whose country is right.
type PlaceScore struct{ Gold, Found, Given, Right int }

// Add counts the toponyms of one document.
func (s *PlaceScore) Add(d *token.Doc, gold []corpus.Toponym, found []place.Place) {
	for _, g := range gold {
		e, ok := gazetteer.Lookup(g.Country)
		if !ok || e.Class != gazetteer.Country {
			continue
		}
		s.Gold++
		p := place.At(found, d.Cover(g.Start, g.End))
		if p == nil {
			continue
		}
		s.Found++
		if p.Country == "" {
			continue
		}
		s.Given++
		if p.Country == e.Country {
			s.Right++
		}
	}
}

// Places reads LGL and prints how many of its toponyms are found, how many of
// those are given a country, and the share of these that is right. Errors were
// looked at in the first half of the articles only.
func Places(w io.Writer, paths []string) error {
	tree, err := syntax.Open()
	if err != nil {
		return err
	}
	names, err := name.Open()
	if err != nil {
		return err
	}
	var half [2]PlaceScore
	for _, path := range paths {
		docs, err := corpus.ReadLGL(path)
		if err != nil {
			return err
		}
		for i := range docs {
			d := token.Segment(docs[i].Text)
			t := tree.Parse(d)
			half[2*i/len(docs)].Add(d, docs[i].Toponyms, place.Find(d, t, names.Find(d, t)))
		}
	}
	fmt.Fprintf(w, "%-12s %8s %8s %8s %8s %8s\n", "articles", "gold", "found", "given", "right", "right %")
	row := func(label string, s PlaceScore) {
		fmt.Fprintf(w, "%-12s %8d %8d %8d %8d %8.1f\n", label, s.Gold, s.Found, s.Given, s.Right, Count{True: s.Right, Predicted: s.Given}.Precision())
	}
	row("first half", half[0])
	row("second half", half[1])
	row("all", PlaceScore{half[0].Gold + half[1].Gold, half[0].Found + half[1].Found, half[0].Given + half[1].Given, half[0].Right + half[1].Right})
	return nil
}
