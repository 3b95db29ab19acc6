package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/record"
)

// Every format has the events, and the reasons where it says that it has room for them.
func TestFormatsCarryEvents(t *testing.T) {
	const text = "Orla Venn rebuffed the dockers."
	r := &rapporteur.Report{
		Document: rapporteur.Document{Text: text},
		Actors:   []rapporteur.Actor{{ID: "A1", Name: "Orla Venn"}, {ID: "A2", Name: "the dockers"}},
		Events: []rapporteur.Event{{
			ID: "E1", Type: "REJECT", Source: []int{0}, Target: []int{1}, Trigger: rapporteur.Span{Start: 10, End: 18}, Status: record.Asserted,
			Statement: -1, Confidence: 0.9, Why: []record.Reason{{Rule: "frame", Text: "rebuff + obj"}},
		}},
	}
	for name, f := range formats {
		var b bytes.Buffer
		if err := f.open(&b, os.Stdout).write(r); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, "rebuffed") || !strings.Contains(got, "the dockers") {
			t.Errorf("%s has no event:\n%s", name, got)
		}
		if got := strings.Contains(b.String(), "rebuff + obj") || strings.Contains(b.String(), "rebuff &#43; obj"); got != f.explains {
			t.Errorf("%s has the reasons: %v", name, got)
		}
	}
}
