package corpus

import (
	"slices"
	"testing"
)

// A place with types is read; what is neither is an error.
func TestSilver(t *testing.T) {
	at := solid("It hit a port.")
	s := Silver{Shares: map[int][]TypeShare{}}
	if err := s.add("2P91,A5", at); err != nil {
		t.Fatal(err)
	}
	if got := s.Shares[3]; !slices.Equal(got, []TypeShare{{15, 91}, {0, 5}}) {
		t.Errorf("the types at byte 3 are %v", got)
	}
	for _, bad := range []string{"", "7", "P91", "99P91", "2Z91", "2P91,", "2P", "2Px"} {
		if err := s.add(bad, at); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
