package eval

import (
	"path/filepath"
	"testing"

	"github.com/rapporteur/rapporteur/internal/reader"
)

// Our annotated reports are the regression test of the whole reader: these
// floors lie a little under what docs/models.md measures.
func TestReports(t *testing.T) {
	files, err := filepath.Glob("../../testdata/reports/*.ann")
	if err != nil || len(files) < 24 {
		t.Fatalf("%d reports, want 24: %v", len(files), err)
	}
	r, err := reader.Open()
	if err != nil {
		t.Fatal(err)
	}
	var s reportScore
	for _, f := range files {
		if err := s.add(r, f); err != nil {
			t.Fatal(err)
		}
	}
	sure, right := 0, 0
	for i, c := range s.calibration {
		if i >= 8 {
			sure, right = sure+c.n, right+c.right
		}
	}
	for _, x := range []struct {
		what       string
		got, floor float64
	}{
		{"precision", s.statements.Precision(), 91},
		{"recall", s.statements.Recall(), 84},
		{"speakers", s.speakers.Recall(), 91},
		{"types", s.types.Recall(), 98},
		{"chains", s.beside[4].F1(), 85},
		{"right of confidence 0.8 and more", 100 * float64(right) / float64(max(1, sure)), 80},
	} {
		if x.got < x.floor {
			t.Errorf("%s %.1f, want %.1f", x.what, x.got, x.floor)
		}
	}
}
