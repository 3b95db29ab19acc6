package crf_test

import (
	"math/rand/v2"
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/train/crf"
)

// A chain learns that label 1 follows a cue and that label 2 may only follow 1.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	make1 := func() crf.Sequence {
		var s crf.Sequence
		last := uint8(0)
		for range 12 {
			word := rng.Uint64N(20)
			y := uint8(0)
			switch {
			case word < 5:
				y = 1
			case last == 1 && word < 12:
				y = 2
			}
			s.Feats, s.Labels, last = append(s.Feats, []uint64{model.Feature(1, word), model.Feature(2, 0)}), append(s.Labels, y), y
		}
		return s
	}
	var train []crf.Sequence
	for range 400 {
		train = append(train, make1())
	}
	f := &model.File{}
	crf.Train(3, train, crf.Config{Seed: 1, Allowed: func(x, y int) bool { return y != 2 || x == 1 }}).Put(f, "c")
	chain, err := model.OpenChain(f, "c", []string{"O", "B", "I"})
	if err != nil {
		t.Fatal(err)
	}
	var lattice model.Lattice
	wrong := 0
	for range 50 {
		s := make1()
		emit, got := make([]int32, 3*len(s.Labels)), make([]uint8, len(s.Labels))
		for i, feats := range s.Feats {
			chain.Emit.AddAll(emit[3*i:3*i+3], feats)
		}
		chain.Viterbi(&lattice, emit, got)
		for i := range got {
			if got[i] != s.Labels[i] {
				wrong++
			}
		}
	}
	if wrong > 6 { // of 600
		t.Errorf("%d of 600 labels are wrong", wrong)
	}
}
