package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
	got := r.AtLeast(0.8)
	want := statements([]int{-1, 0, -1}, 0.9, 0.8, 0.795)
	if diff := cmp.Diff(want, got.Statements); diff != "" {
		t.Error(diff)
	}
	if len(r.Statements) != 5 || r.Statements[2].ID != "S3" {
		t.Error("the report itself has changed")
	}
}
