package boost_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/rapporteur/rapporteur/internal/train/boost"
)

const width = 12

// corners are rows whose answer is yes where one of two features is positive,
// but not both: what no sum of the two can tell. Two more are noise.
func corners(n int, seed uint64) []boost.Example {
	rng := rand.New(rand.NewPCG(seed, 0))
	out := make([]boost.Example, n)
	for i := range out {
		out[i].Row = make([]int16, width)
		for _, f := range [...]int{0, 3, 7, width - 1} {
			out[i].Row[f] = int16(rng.IntN(401) - 200)
		}
		if (out[i].Row[3] > 0) != (out[i].Row[7] > 0) {
			out[i].Yes = 1
		}
	}
	return out
}

func TestTrain(t *testing.T) {
	c := boost.Config{Trees: 60, Depth: 3, Rate: 0.3, Lambda: 1, MinLeaf: 2, Rows: 0.7, Columns: 0.5, Seed: 1}
	trees := boost.Train(corners(2000, 1), c)
	wrong := 0
	unseen := corners(1000, 2)
	for i := range unseen {
		if (trees.Score(unseen[i].Row) > 0) != (unseen[i].Yes == 1) {
			wrong++
		}
	}
	if wrong > 60 {
		t.Errorf("%d of %d unseen rows are told wrong", wrong, len(unseen))
	}
	if again := boost.Train(corners(2000, 1), c); !bytes.Equal(trees.Bytes(), again.Bytes()) {
		t.Error("the same data and seed give other trees")
	}
}

// With nothing to learn the log odds must stay those that the rows came with.
func TestTrainKeepsBase(t *testing.T) {
	data := corners(500, 3)
	for i := range data {
		data[i].Base, data[i].Yes = 0, 0.5
	}
	trees := boost.Train(data, boost.Config{Trees: 5, Depth: 4, Rate: 0.3, Lambda: 1, MinLeaf: 1, Rows: 1, Columns: 1})
	for i := range data {
		if s := trees.Score(data[i].Row); s != 0 {
			t.Fatalf("row %d scores %d, want 0", i, s)
		}
	}
}

// Of three rows that one is chosen whose feature 1 is the greatest, or none if
// feature 2 is negative: what a row is worth depends on its rivals.
func TestTrainChoices(t *testing.T) {
	make := func(n int, seed uint64) (data []boost.Example, ends []int) {
		rng := rand.New(rand.NewPCG(seed, 1))
		for range n {
			best, veto := 0, int16(rng.IntN(200)-100)
			for k := range 3 {
				row := []int16{int16(rng.IntN(100)), int16(rng.IntN(1000)), veto}
				data = append(data, boost.Example{Row: row, Base: -1})
				if at := len(data) - 3; k == 2 {
					for j := range 3 {
						if data[at+j].Row[1] > data[at+best].Row[1] {
							best = j
						}
					}
					if veto >= 0 {
						data[at+best].Yes = 1
					}
				}
			}
			ends = append(ends, len(data))
		}
		return data, ends
	}
	data, ends := make(2000, 1)
	trees := boost.TrainChoices(data, ends, boost.Config{Trees: 80, Depth: 4, Rate: 0.3, Lambda: 1, MinLeaf: 2, Rows: 0.7, Columns: 1, Seed: 1})
	unseen, ends := make(1000, 2)
	wrong, from := 0, 0
	for _, to := range ends {
		best, top := -1, int32(0)
		for i := from; i < to; i++ {
			if s := trees.Score(unseen[i].Row) - 1000; s > top {
				best, top = i, s
			}
		}
		want := -1
		for i := from; i < to; i++ {
			if unseen[i].Yes == 1 {
				want = i
			}
		}
		if best != want {
			wrong++
		}
		from = to
	}
	if wrong > 50 {
		t.Errorf("%d of %d unseen choices are wrong", wrong, len(ends))
	}
}
