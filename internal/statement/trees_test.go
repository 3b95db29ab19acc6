package statement

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapporteur/rapporteur/internal/token"
)

// twoTrees ask whether feature 2 is above 5 and, if so, whether feature 0 is
// above -1; and whether feature 1 is anything but absent.
var twoTrees = &Trees{
	Depth:     2,
	Feature:   []uint8{2, 0, 0, 1, 0, 0},
	Threshold: []int16{5, math.MaxInt16, -1, absent, math.MaxInt16, math.MaxInt16},
	Leaf:      []int16{10, 0, 20, 40, 100, 0, 200, 0},
}

func TestTrees(t *testing.T) {
	parsed, err := ParseTrees(twoTrees.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(twoTrees, parsed); diff != "" {
		t.Error(diff)
	}
	for _, test := range []struct {
		row  Row
		want int32
	}{
		{Row{0, 0, 5}, 210},
		{Row{-1, 0, 6}, 220},
		{Row{0, 0, 6}, 240},
		{Row{0, absent, 6}, 140},
	} {
		if got := parsed.Score(&test.row); got != test.want {
			t.Errorf("%v scores %d, want %d", test.row[:3], got, test.want)
		}
	}
}

func TestParseTreesRefuses(t *testing.T) {
	good := twoTrees.Bytes()
	wild := append([]byte{}, good...)
	wild[1] = Features
	deep := append([]byte{}, good...)
	deep[0] = maxDepth + 1
	for name, b := range map[string][]byte{"cut short": good[:len(good)-1], "feature out of range": wild, "too deep": deep, "no depth": {0}} {
		if _, err := ParseTrees(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Whatever bytes are taken for trees, a row is scored.
func FuzzParseTrees(f *testing.F) {
	f.Add(twoTrees.Bytes())
	f.Add([]byte{1, 82, 0, 0, 1, 0, 2, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		trees, err := ParseTrees(b)
		if err != nil {
			return
		}
		var row Row
		trees.Score(&row)
		if len(b) > 0 && len(trees.Bytes()) != len(b) {
			t.Errorf("%d bytes are written as %d", len(b), len(trees.Bytes()))
		}
	})
}

func TestChance(t *testing.T) {
	for logit := int32(-9000); logit <= 9000; logit += 10 {
		exact := 1000 / (1 + math.Exp(-float64(logit)/1000))
		if got := float64(chance(logit)); math.Abs(got-exact) > 8 {
			t.Errorf("chance(%d) is %g, want %g", logit, got, exact)
		}
		if chance(logit) > chance(logit+10) {
			t.Errorf("chance falls at %d", logit)
		}
	}
}

func TestMeet(t *testing.T) {
	draft := func(cue, content token.Range) Draft {
		return Draft{Cue: Segment{Role: RoleCue, Range: cue}, Content: []Segment{{Role: RoleContent, Range: content}}}
	}
	drafts := []Draft{
		draft(token.Range{First: 1, Last: 2}, token.Range{First: 2, Last: 12}),
		draft(token.Range{First: 5, Last: 6}, token.Range{First: 6, Last: 12}),
		draft(token.Range{First: 14, Last: 15}, token.Range{First: 15, Last: 20}),
	}
	r := (&Columns{}).rivals(drafts, make([]int32, len(drafts)))
	for _, test := range []struct {
		i, j  int
		want  meeting
		clash bool
	}{
		{0, 1, meeting{both: 6, all: 10, holds: true}, true},
		{1, 0, meeting{both: 6, all: 10, held: true}, true},
		{0, 2, meeting{all: 15}, false},
	} {
		got := r.meet(test.i, test.j)
		if got != test.want || got.clash() != test.clash {
			t.Errorf("%d meets %d: %+v, clash %t", test.i, test.j, got, got.clash())
		}
	}
}
