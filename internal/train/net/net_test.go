package net

import (
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Two words are of a kind or not: no linear model over seats learns that. What is
// stored answers like what was trained.
func TestTrain(t *testing.T) {
	d := &Data{Keys: []uint64{1, 2, 3, 4}, Vectors: [][]float32{{1, 0}, {0, 1}, {0.9, 0.1}, {0.1, 0.9}}, Bags: [][]uint64{{1, 2}, {3}}}
	kind := map[uint64]int{1: 0, 2: 1, 3: 0, 4: 1}
	for range 50 {
		for _, a := range d.Keys {
			for _, b := range d.Keys {
				e := Example{Words: []uint64{a, b}, Bags: []int32{0}, Features: []uint64{77}, Labels: []Share{{Label: 0, P: 1}}, Weight: 1}
				if kind[a] == kind[b] {
					e.Labels[0].Label = 1
				}
				d.Examples = append(d.Examples, e)
			}
		}
	}
	trained := Train(d, Config{Out: 2, Hidden: 16, Epochs: 40, Rate: 0.01, Batch: 16, MinCount: 1, Seed: 1})
	f := &model.File{}
	trained.Put(f, "n")
	n, err := f.Net("n")
	if err != nil {
		t.Fatal(err)
	}
	bag := make([]int32, n.Dims)
	n.Bag(bag, d.Bags[0])
	for _, e := range d.Examples[:16] {
		got := make([]int32, 2)
		n.Score(got, make([]int32, n.Hidden), e.Words, [][]int32{bag}, e.Features)
		want := e.Labels[0].Label
		if margin := got[want] - got[1-want]; margin < 1000 {
			t.Errorf("%v: label %d leads by %d thousandths", e.Words, want, margin)
		}
	}
}
