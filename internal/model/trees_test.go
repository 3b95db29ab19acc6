package model

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// twoTrees ask whether feature 2 is above 5 and, if so, whether feature 0 is
// above -1; and whether feature 1 is anything but the least.
var twoTrees = &Trees{
	Depth:     2,
	Feature:   []uint8{2, 0, 0, 1, 0, 0},
	Threshold: []int16{5, math.MaxInt16, -1, math.MinInt16, math.MaxInt16, math.MaxInt16},
	Leaf:      []int16{10, 0, 20, 40, 100, 0, 200, 0},
}

func TestTrees(t *testing.T) {
	parsed, err := ParseTrees(twoTrees.Bytes(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(twoTrees, parsed); diff != "" {
		t.Error(diff)
	}
	for _, test := range []struct {
		row  []int16
		want int32
	}{
		{[]int16{0, 0, 5}, 210},
		{[]int16{-1, 0, 6}, 220},
		{[]int16{0, 0, 6}, 240},
		{[]int16{0, math.MinInt16, 6}, 140},
	} {
		if got := parsed.Score(test.row); got != test.want {
			t.Errorf("%v scores %d, want %d", test.row, got, test.want)
		}
	}
	rows := []int16{0, 0, 5, -1, 0, 6, 0, 0, 6, 0, math.MinInt16, 6, 0, 0, 5}
	got := make([]int32, 5)
	parsed.ScoreAll(got, func(i int) []int16 { return rows[3*i : 3*i+3] })
	if diff := cmp.Diff([]int32{210, 220, 240, 140, 210}, got); diff != "" {
		t.Errorf("all at once: %s", diff)
	}
}

func TestParseTreesRefuses(t *testing.T) {
	good := twoTrees.Bytes()
	wild := append([]byte{}, good...)
	wild[1] = 3
	deep := append([]byte{}, good...)
	deep[0] = maxDepth + 1
	for name, b := range map[string][]byte{"cut short": good[:len(good)-1], "feature out of range": wild, "too deep": deep, "no depth": {0}} {
		if _, err := ParseTrees(b, 3); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Whatever bytes are taken for trees, a row is scored.
func FuzzParseTrees(f *testing.F) {
	f.Add(twoTrees.Bytes())
	f.Add([]byte{1, 2, 0, 0, 1, 0, 2, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		trees, err := ParseTrees(b, 3)
		if err != nil {
			return
		}
		trees.Score(make([]int16, 3))
		if len(b) > 0 && len(trees.Bytes()) != len(b) {
			t.Errorf("%d bytes are written as %d", len(b), len(trees.Bytes()))
		}
	})
}
