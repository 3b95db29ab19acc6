package event

import (
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

func TestBest(t *testing.T) {
	for _, c := range []struct {
		scores []int32
		root   int
		margin int32
	}{
		{[]int32{5, 1, 3}, 0, 2},
		{[]int32{1, 5, 4}, 1, 1},
		{[]int32{-7, -9, -4}, 2, 3},
		{[]int32{2, 2, 2}, 0, 0},
	} {
		if root, margin := Best(c.scores); root != c.root || margin != c.margin {
			t.Errorf("Best(%v) = %d, %d, want %d, %d", c.scores, root, margin, c.root, c.margin)
		}
	}
}

func TestOpenPairsMalformed(t *testing.T) {
	f := &model.File{Header: model.Header{Component: "event", Labels: Roots}}
	f.Put("pair", []byte("no deflate"))
	b, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{[]byte("x"), b, b[:len(b)-3]} {
		if m, err := OpenWith(nil, b); err == nil {
			t.Errorf("%q opens as %v", b, m)
		}
	}
}

// TestPairAnywhere puts the parties on every token of awkward sentences.
func TestPairAnywhere(t *testing.T) {
	parser, err := syntax.Open()
	if err != nil {
		t.Fatal(err)
	}
	names, err := name.Open()
	if err != nil {
		t.Fatal(err)
	}
	actors, err := actor.Open()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(actors)
	if err != nil {
		t.Fatal(err)
	}
	off, err := OpenWith(actors, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", ".", "Cease-fire!", "Rebels attacked the army.", "- - - of of", "Peru said it would not have been forced to stop failing to agree to meet Chile, Kenya and Oman.",
	} {
		d := token.Segment(text)
		tree := parser.Parse(d)
		found := names.Find(d, tree)
		if root, c := m.Pair(d, tree, found, nil, nil); root != "" || c != 0 {
			t.Errorf("%q without parties is %s, %g", text, root, c)
		}
		if root, c := off.Pair(d, tree, found, []token.Range{{First: 0, Last: 1}}, nil); root != "" || c != 0 {
			t.Errorf("%q without weights is %s, %g", text, root, c)
		}
		for i := range int32(len(d.Tokens)) {
			for k := range int32(len(d.Tokens)) {
				s, x := []token.Range{{First: i, Last: i + 1}}, []token.Range{{First: k, Last: k + 1}}
				root, c := m.Pair(d, tree, found, s, x)
				again, _ := m.Pair(d, tree, found, s, x)
				if root != again || m.ReadsPairs() && !slices.Contains(Roots, root) || c < 0 || c >= 1 {
					t.Fatalf("%q, %d to %d: %s, %s, %g", text, i, k, root, again, c)
				}
			}
		}
	}
}
