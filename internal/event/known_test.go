package event

import (
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// twoStates are, by token: Peru, its army, nobody, Chile, Peru, Chile's minister, Peru.
func twoStates() *finder {
	f := &finder{timed: make([]bool, 7)}
	f.know(&Known{
		Of: []int32{0, 1, -1, 2, 0, 3, 0},
		Actors: []actor.Actor{
			{Name: "Peru", Country: "PER"}, {Name: "the army", Country: "PER"},
			{Name: "Chile", Country: "CHL"}, {Name: "the minister", Country: "CHL"},
		},
	})
	return f
}

func TestNearness(t *testing.T) {
	f := twoStates()
	for _, test := range []struct {
		i, k int32
		want int
	}{
		{0, 4, same}, {0, 1, allies}, {0, 3, strangers}, {3, 5, allies}, {2, 2, same}, {2, 0, strangers}, {-1, 0, strangers},
	} {
		if got := f.nearness(test.i, test.k); got != test.want {
			t.Errorf("%d and %d are %d near, want %d", test.i, test.k, got, test.want)
		}
	}
	if f.rank[0] != 0 || f.salient[0] != 0 {
		t.Errorf("Peru, mentioned most, has rank %d; the first of all is %d", f.rank[0], f.salient[0])
	}
}

func TestMentions(t *testing.T) {
	f := twoStates()
	for at, want := range map[int32]int32{0: 0, 4: 0, 5: 4, 6: 4, 7: 6} {
		if got := f.mentionBefore(0, at); got != want {
			t.Errorf("before token %d Peru is mentioned at %d, want %d", at, got, want)
		}
	}
	if got := f.mentionsIn(0, token.Range{First: 1, Last: 6}); !slices.Equal(got, []int32{4}) {
		t.Errorf("Peru is mentioned at %v of tokens 1 to 5, want 4", got)
	}
}

// Who does what to whom counts by side, and without the draft that asks.
func TestDeals(t *testing.T) {
	f := twoStates()
	all := []weighed{
		{d: Draft{Source: []int32{0, 1}, Target: []int32{3}}},
		{d: Draft{Source: []int32{4}, Target: []int32{5}}},
		{d: Draft{Source: []int32{5}, Target: []int32{2}}},
	}
	n := f.dealsOf(all)
	for _, test := range []struct {
		w    int
		s, t int32
		want int
	}{
		{2, 0, 3, 2}, {0, 0, 3, 1}, {0, 3, 0, 0}, {0, 0, 2, 0}, {0, -1, 3, 0},
	} {
		if got := n.between(f, &all[test.w], test.s, test.t); got != test.want {
			t.Errorf("beside draft %d, %d does something to %d in %d, want %d", test.w, test.s, test.t, got, test.want)
		}
	}
	if got := n.besides(f, &all[0], 6, asSource); got != 1 {
		t.Errorf("Peru is the source of %d others, want 1", got)
	}
	if got := n.besides(f, &all[1], 3, asTarget); got != 1 {
		t.Errorf("Chile is the target of %d others, want 1", got)
	}
}

func TestChoice(t *testing.T) {
	list := make([]Hypothesis, 4)
	for i := range list {
		list[i].Row = make([]int16, PartyFeatures)
		list[i].Row[0] = int16(i)
	}
	best, row := Choice(list, []int32{-500, 1200, 700, -3000})
	if want := []int16{1200, 500, 1700, 1}; best != 1 || row[0] != 1 || !slices.Equal(row[PartyFeatures:], want) {
		t.Errorf("chose %d with %v, want 1 with %v", best, row[PartyFeatures:], want)
	}
	if len(row) != VerdictFeatures {
		t.Errorf("%d features, want %d", len(row), VerdictFeatures)
	}
	if _, row := Choice(list[:1], []int32{0}); len(row) != VerdictFeatures {
		t.Errorf("%d features of a single hypothesis, want %d", len(row), VerdictFeatures)
	}
}

// Who is not named in the sentence, or only says so, has attacked nobody, but may
// have been asked for something.
func TestSettleOnKeepsToTheSentence(t *testing.T) {
	f := twoStates()
	h := &Hypothesis{Source: []int32{0}, Target: []int32{5}, heads: [2]int32{0, 5}}
	for _, test := range []struct {
		typ            string
		first, speaker int32
		want           []int32
	}{{"ASSAULT", 2, -1, nil}, {"ASSAULT", 0, -1, []int32{0}}, {"ASSAULT", 0, 0, nil}, {"COERCE", 0, 0, []int32{0}}, {"REQUEST", 2, -1, []int32{0}}} {
		w := &weighed{d: Draft{Type: test.typ, object: -1}, fixed: true, x: scene{p: &predicate{}, sentence: token.Range{First: test.first, Last: 7}, speaker: test.speaker}}
		if d := f.settleOn(w, h); !slices.Equal(d.Source, test.want) || !slices.Equal(d.Target, []int32{5}) {
			t.Errorf("%s in a sentence from token %d: %v does it to %v, want %v", test.typ, test.first, d.Source, d.Target, test.want)
		}
	}
}

// What stands in a dateline is marked, and no more.
func TestDatelines(t *testing.T) {
	parser, err := syntax.Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"VARNA BAY, June 11 (Meridian) - Sella and Tarn agreed.": 8,
		"LIMA, Peru — The minister left.":                        3,
		"NATO — the alliance — said nothing.":                    0,
		"NATO said it would leave - \"soon\".":                   0,
		"Lima is far - Peru said.":                               0,
	} {
		d := token.Segment(text)
		f := &finder{doc: d, tree: parser.Parse(d), timed: make([]bool, len(d.Tokens))}
		f.skipDatelines()
		got := 0
		for got < len(f.timed) && f.timed[got] {
			got++
		}
		if got != want || slices.Contains(f.timed[got:], true) {
			t.Errorf("%s\n%d tokens of dateline, want %d", text, got, want)
		}
	}
}
