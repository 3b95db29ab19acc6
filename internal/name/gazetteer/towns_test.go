package gazetteer

import (
	"slices"
	"strings"
	"testing"
)

func TestTowns(t *testing.T) {
	for _, test := range []struct {
		surface, first string // country and region of the largest
		n              int    // at least so many
	}{
		{"Paris", "FRA/11", 6},
		{"PARIS", "FRA/11", 6},
		{"Lebanon", "USA/TN", 8},
		{"Rapides Parish", "USA/LA", 1},
		{"São Paulo", "BRA/27", 1},
	} {
		got := Towns(nil, test.surface)
		if len(got) < test.n || got[0].Country+"/"+got[0].Region != test.first {
			t.Errorf("Towns(%q) = %+v", test.surface, got)
		}
		if !slices.IsSortedFunc(got, func(a, b Town) int { return b.Thousands - a.Thousands }) {
			t.Errorf("Towns(%q) = %+v: not in order", test.surface, got)
		}
	}
	for _, surface := range []string{"", "\t", "Zzz", "~~~", "Parisx", "# key"} {
		if got := Towns(nil, surface); len(got) > 0 {
			t.Errorf("Towns(%q) = %+v", surface, got)
		}
	}
}

// Every row is found under its key: the file is sorted as the search needs it.
func TestEveryTown(t *testing.T) {
	last, n := "", 0
	for line := range strings.Lines(townRows()) {
		key, fields, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if key < last {
			t.Fatalf("%q after %q", key, last)
		}
		last = key
		if n++; n%101 == 0 && !slices.Contains(towns(nil, key), readTown(fields)) {
			t.Errorf("%q is not found", key)
		}
	}
	if n < 70_000 {
		t.Errorf("%d rows", n)
	}
}

func TestState(t *testing.T) {
	if s, ok := StateOf("KENTUCKY"); !ok || s != (State{"USA", "KY", false}) {
		t.Errorf("%+v, %v", s, ok)
	}
	if s, ok := StateOf("Georgia"); !ok || s != (State{"USA", "GA", true}) {
		t.Errorf("%+v, %v", s, ok)
	}
	if s, ok := ShortState("W.Va."); !ok || s != (State{"USA", "WV", false}) {
		t.Errorf("%+v, %v", s, ok)
	}
	for _, short := range []string{"", "Va", "XX", "Texas"} {
		if s, ok := ShortState(short); ok {
			t.Errorf("%q: %+v", short, s)
		}
	}
}

func BenchmarkTowns(b *testing.B) {
	var buf []Town
	for b.Loop() {
		buf = Towns(buf[:0], "Springfield")
	}
}
