package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAtLeast(t *testing.T) {
	statements := func(within []int, confidence ...float64) []Statement {
		var out []Statement
		for i, c := range confidence {
			out = append(out, Statement{ID: "S" + string(rune('1'+i)), Within: within[i], Confidence: c})
		}
		return out
	}
	r := &Report{Statements: statements([]int{-1, 0, 1, 4, -1}, 0.9, 0.2, 0.8, 0.795, 0.3)}
	for i, in := range []int{-1, 0, 1, 3, 4, 2} { // reported in S1, in S2, which is left out, …
		r.Events = append(r.Events, Event{ID: "E" + string(rune('1'+i)), Statement: in, Confidence: 0.8})
	}
	r.Events[3].Confidence = 0.79
	got := r.AtLeast(0.8)
	want := statements([]int{-1, 0, -1}, 0.9, 0.8, 0.795)
	if diff := cmp.Diff(want, got.Statements); diff != "" {
		t.Error(diff)
	}
	var in []int
	for i, e := range got.Events {
		if e.ID != "E"+string(rune('1'+i)) {
			t.Errorf("event %d has the id %s", i, e.ID)
		}
		in = append(in, e.Statement)
	}
	if diff := cmp.Diff([]int{-1, 0, 0, -1, 1}, in); diff != "" {
		t.Error(diff)
	}
	if len(r.Statements) != 5 || r.Statements[2].ID != "S3" {
		t.Error("the report itself has changed")
	}
}

func TestEventsOnly(t *testing.T) {
	r := &Report{
		Document:   Document{Text: "Ann met Ben"},
		Actors:     []Actor{{ID: "A1", Name: "Ann"}, {ID: "A2", Name: "Cas"}, {ID: "A3", Name: "Ben"}},
		Statements: []Statement{{ID: "S1", Within: -1, Source: &Ref{Actor: 1}}},
		Events: []Event{
			{ID: "E1", Type: "CONSULT", Source: []int{2, 0}, Status: Asserted, Statement: 0},
			{ID: "E2", Type: "AID", Target: []int{2}, Status: Reported, Statement: -1},
		},
		Warnings: []Warning{{Code: "charset-guessed"}},
	}
	got := r.EventsOnly()
	want := &Report{
		Document: r.Document,
		Actors:   []Actor{{ID: "A1", Name: "Ann"}, {ID: "A2", Name: "Ben"}},
		Events: []Event{
			{ID: "E1", Type: "CONSULT", Source: []int{1, 0}, Status: Asserted, Statement: -1},
			{ID: "E2", Type: "AID", Target: []int{1}, Status: Reported, Statement: -1},
		},
		Warnings: r.Warnings,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := got.Check(); err != nil {
		t.Error(err)
	}
	if r.Events[0].Source[0] != 2 || r.Actors[2].ID != "A3" {
		t.Error("the report itself has changed")
	}
}

// Whatever is filtered, the report keeps the laws.
func TestFiltersKeepTheLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReport(t)
		c := float64(rapid.IntRange(0, 101).Draw(t, "at least")) / 100
		for _, got := range []*Report{r.AtLeast(c), r.EventsOnly(), r.AtLeast(c).EventsOnly(), r.EventsOnly().AtLeast(c)} {
			if err := got.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
