package model_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Keys of words and of a feature.
var one, two, none, feature = model.HashString("one"), model.HashString("two"), model.HashString("none"), model.HashString("feature")

// smallNet is two hidden units over one seat, a bag and a feature:
//
//	h0 = word·(1, 2) + bag·(1, 0) + 10·feature + 3
//	h1 = word·(−1, 0) + bag·(0, 1)
func smallNet(t *testing.T) (*model.File, *model.Net) {
	t.Helper()
	f := &model.File{}
	vectors := [][]int8{{5, 7}, {40, -3}}
	model.PutNet(f, "n", model.NetShape{Dims: 2, Hidden: 2, Seats: 2, Out: 2, Ratio: 10, HiddenShift: 1, OutShift: 2},
		model.BuildTable(2, []uint64{one, two}, func(i int) []int8 { return vectors[i] }),
		model.BuildTable(2, []uint64{feature}, func(int) []int8 { return []int8{4, 0} }),
		[]int8{1, 2, -1, 0, 1, 0, 0, 1}, []int32{3, 0}, []int16{100, 0, 0, -300}, []int32{1, 2})
	n, err := f.Net("n")
	if err != nil {
		t.Fatal(err)
	}
	return f, n
}

// A network is what its integers say.
func TestNet(t *testing.T) {
	_, n := smallNet(t)
	bag := make([]int32, 2)
	n.Bag(bag, []uint64{one, two, none, one, two}) // four known: (90, 8) / 2, in sixteenths
	if !slices.Equal(bag, []int32{90 * 8, 8 * 8}) {
		t.Fatalf("the bag is %v", bag)
	}
	for _, test := range []struct {
		words    []uint64
		bags     [][]int32
		features []uint64
		want     []int32
	}{
		{[]uint64{one}, [][]int32{nil}, nil, []int32{(19+3)/2*100/4 + 1, 2}},
		{[]uint64{0}, [][]int32{bag}, []uint64{feature, none}, []int32{(45+40+3)/2*100/4 + 1, 4/2*-300/4 + 2}},
		{[]uint64{none}, [][]int32{nil}, nil, []int32{3/2*100/4 + 1, 2}},
	} {
		got := make([]int32, 2)
		n.Score(got, make([]int32, 2), test.words, test.bags, test.features)
		if !slices.Equal(got, test.want) {
			t.Errorf("%v gives %v, want %v", test.words, got, test.want)
		}
	}
}

// A network that is cut short or of absurd size is an error.
func TestNetMalformed(t *testing.T) {
	f, _ := smallNet(t)
	layers := f.Section("n.layers")
	huge := slices.Clone(layers)
	huge[1] = 0xff // dims
	for name, b := range map[string][]byte{"nothing": nil, "sizes alone": layers[:28], "one byte less": layers[:len(layers)-1], "huge": huge} {
		f.Put("n.layers", b)
		if _, err := f.Net("n"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	f.Put("n.layers", layers)
	f.Put("n.words", []byte{1, 2, 3})
	if _, err := f.Net("n"); err == nil {
		t.Error("no table of words: no error")
	}
}

// A network of the size that reads events: 33 seats, half of them taken.
func BenchmarkNet(b *testing.B) {
	const dims, hidden, seats, out = 32, 64, 33, 17
	rng := rand.New(rand.NewPCG(1, 2))
	keys := make([]uint64, 1000)
	row := make([]int8, hidden)
	for i := range row {
		row[i] = int8(rng.Int32())
	}
	for i := range keys {
		keys[i] = rng.Uint64()
	}
	layer := make([]int8, seats*hidden*dims)
	for i := range layer {
		layer[i] = int8(rng.Int32())
	}
	f := &model.File{}
	model.PutNet(f, "n", model.NetShape{Dims: dims, Hidden: hidden, Seats: seats, Out: out, Ratio: 90, HiddenShift: 4, OutShift: 15},
		model.BuildTable(dims, keys, func(int) []int8 { return row[:dims] }), model.BuildTable(hidden, keys, func(int) []int8 { return row }),
		layer, make([]int32, hidden), make([]int16, out*hidden), make([]int32, out))
	n, err := f.Net("n")
	if err != nil {
		b.Fatal(err)
	}
	words := make([]uint64, seats-2)
	for i := range words {
		if i%2 == 0 {
			words[i] = keys[i]
		}
	}
	bag := make([]int32, dims)
	n.Bag(bag, words)
	scores, units := make([]int32, out), make([]int32, hidden)
	b.ReportAllocs()
	for b.Loop() {
		n.Score(scores, units, words, [][]int32{bag, bag}, keys[:25])
	}
}
