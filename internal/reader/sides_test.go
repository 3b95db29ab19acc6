package reader

import (
	"context"
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
