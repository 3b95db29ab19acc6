package cluster

import (
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
)

func classes(t *testing.T, words map[string][3]uint16, order ...string) *Classes {
	t.Helper()
	keys := make([]uint64, len(order))
	for i, w := range order {
		keys[i] = Key(w)
	}
	var f model.File
	f.Put("words", model.BuildTable(rowBytes, keys, func(i int) []int8 {
		c := words[order[i]]
		return Row(c[0], c[1], c[2])
	}))
	b, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOf(t *testing.T) {
	words := map[string][3]uint16{
		"said": {1, 2, 3}, "Kyiv": {MaxCoarse, MaxMid, MaxFine}, "0,000": {4, 5, 6}, "don't": {7, 8, 9}, "May": {10, 11, 12}, "may": {13, 14, 15}, "état": {16, 17, 18},
	}
	c := classes(t, words, "said", "Kyiv", "0,000", "don't", "May", "may", "état")
	for _, k := range []struct{ word, as string }{
		{"said", "said"}, {"Said", "said"}, {"SAID", "said"}, // lower case where the form is not known
		{"Kyiv", "Kyiv"}, {"KYIV", "Kyiv"}, {"kyiv", ""}, // a name is not known in lower case
		{"May", "May"}, {"may", "may"}, {"MAY", "may"},
		{"1,234", "0,000"}, {"١,234", "0,000"}, {"don’t", "don't"}, {"ÉTAT", "état"},
		{"", ""}, {"unknown", ""}, {"\xFF", ""}, {strings.Repeat("a", 1000), ""},
	} {
		a, b, d := c.Of(k.word)
		if got := [3]uint16{a, b, d}; got != words[k.as] {
			t.Errorf("Of(%q) = %v, want %v", k.word, got, words[k.as])
		}
	}
}

func TestOfAllocatesNothing(t *testing.T) {
	c := classes(t, map[string][3]uint16{"said": {1, 2, 3}}, "said")
	if n := testing.AllocsPerRun(100, func() { c.Of("SAID"); c.Of("Größe") }); n != 0 {
		t.Errorf("Of allocates %v times", n)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("RAPW1\n"), []byte("text")} {
		if _, err := New(b); err == nil {
			t.Errorf("New(%q) takes what is no weights file", b)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	c, err := Open()
	if err != nil {
		b.Fatal(err)
	}
	words := strings.Fields("Vatican Secretary of State Pietro Parolin said on Tuesday that 1,000 prisoners had been freed")
	for b.Loop() {
		for _, w := range words {
			c.Of(w)
		}
	}
}
