package statement

import (
	"math"
	"testing"

	"github.com/rapporteur/rapporteur/internal/token"
)

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
