package reader

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/record"
)

// "Both sides" are two countries only where the report is about these.
func TestBothSides(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"Kenya will host the talks on Sudan. The Dune Brigade and the army have fought there for a year. Both sides said they would attend.": false,
		"Norway and Vietnam met in Oslo. Norway wants lower duties, and Vietnam wants longer terms. Both sides said they would sign.":        true,
	} {
		report, err := r.Read(context.Background(), record.Document{Text: text}, nil)
		if err != nil {
			t.Fatal(err)
		}
		joined := false
		for i := range report.Actors {
			name := report.Actors[i].Name
			joined = joined || name == "Norway and Vietnam" || strings.Contains(name, "Kenya and") || strings.Contains(name, "and Kenya")
		}
		if joined != want {
			t.Errorf("%s\nboth sides are two countries: %t, want %t", text, joined, want)
		}
	}
}

// TestOpponents takes "both sides", and "both", for the two of whom the report speaks
// together, not for whoever is named last.
func TestOpponents(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for told, typ := range map[string]string{"urged both sides to stop the fighting": "REQUEST", "met with both": "CONSULT"} {
		text := "Sudan and Ethiopia traded fire across the Atbara river on Monday. Ethiopia sent troops to the border after Sudan closed it. " +
			"Sudan accused Ethiopia of aggression. The African Union " + told + "."
		report, err := r.Read(t.Context(), record.Document{Text: text}, nil)
		if err != nil {
			t.Fatal(err)
		}
		k := slices.IndexFunc(report.Events, func(e record.Event) bool { return e.Type == typ })
		if k < 0 {
			t.Errorf("nobody %s", told)
			continue
		}
		var to []string
		for _, p := range report.Events[k].Target {
			to = append(to, report.Actors[p].Name)
		}
		slices.Sort(to)
		if !slices.Equal(to, []string{"Ethiopia", "Sudan"}) {
			t.Errorf("%s: %q", told, to)
		}
	}
}

// TestTogether takes people of two countries for both, and those who condemn something
// together for no target of it.
func TestTogether(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	text := "The Polish foreign minister criticised German and Dutch diplomats. France and Germany condemned the attack on Monday."
	report, err := r.Read(t.Context(), record.Document{Text: text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	named := func(list []int) (out []string) {
		for _, a := range list {
			out = append(out, report.Actors[a].Country)
		}
		slices.Sort(out)
		return out
	}
	found := false
	for i := range report.Events {
		e := &report.Events[i]
		source, target := named(e.Source), named(e.Target)
		if len(source) > 0 && slices.Equal(source, target) {
			t.Errorf("%s: %q act on themselves", e.Type, source)
		}
		found = found || e.Type == "ACCUSE" && slices.Equal(target, []string{"DEU", "NLD"})
	}
	if !found {
		t.Error("nobody criticised Germany and the Netherlands")
	}
}
