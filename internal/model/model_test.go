package model_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
)

// A table gives back every row that was put in, and nothing for other features.
func TestTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	keys := make([]uint64, 5000)
	for i := range keys {
		keys[i] = rng.Uint64()
	}
	row := func(i int) []int8 { return []int8{int8(i), int8(i >> 8), -1} }
	table, ok := model.NewTable(3, model.BuildTable(3, keys, row))
	if !ok {
		t.Fatal("the table is malformed")
	}
	all, one := make([]int32, 3), make([]int32, 3)
	for i, h := range keys {
		got := table.Row(h)
		if got == nil || int8(got[0]) != row(i)[0] || int8(got[1]) != row(i)[1] {
			t.Fatalf("row %d is %v, want %v", i, got, row(i))
		}
		table.Add(one, h)
	}
	table.AddAll(all, keys)
	if !slices.Equal(all, one) {
		t.Errorf("AddAll gives %v, Add one by one %v", all, one)
	}
	false1 := 0
	for range 5000 {
		if table.Row(rng.Uint64()) != nil {
			false1++
		}
	}
	if false1 > 5 {
		t.Errorf("%d of 5000 unknown features have a row", false1)
	}
}

// Viterbi and max-marginals agree with trying every path.
func TestChain(t *testing.T) {
	const n, k = 5, 3
	rng := rand.New(rand.NewPCG(3, 4))
	var start, trans []int32
	for range k {
		start = append(start, rng.Int32N(20)-10)
	}
	for range k * k {
		trans = append(trans, rng.Int32N(20)-10)
	}
	f := &model.File{}
	model.PutChain(f, "c", model.BuildTable(k, nil, nil), start, trans)
	chain, err := model.OpenChain(f, "c", []string{"a", "b", "c"})
	if err != nil {
		t.Fatal(err)
	}
	emit := make([]int32, n*k)
	for i := range emit {
		emit[i] = rng.Int32N(20) - 10
	}
	best, through := int32(-1<<30), make([]int32, n*k)
	for i := range through {
		through[i] = -1 << 30
	}
	for code := range 243 { // 3^5 paths
		path, score := [n]int{}, int32(0)
		for i, c := 0, code; i < n; i, c = i+1, c/k {
			path[i] = c % k
			score += emit[i*k+path[i]]
			if i == 0 {
				score += start[path[0]]
			} else {
				score += trans[path[i-1]*k+path[i]]
			}
		}
		best = max(best, score)
		for i, y := range path {
			through[i*k+y] = max(through[i*k+y], score)
		}
	}
	var lattice model.Lattice
	got, labels := make([]int32, n*k), make([]uint8, n)
	chain.MaxMarginals(&lattice, emit, n, got)
	chain.Viterbi(&lattice, emit, labels)
	for i := range got {
		if got[i] != through[i]-best {
			t.Errorf("max-marginal %d is %d, want %d", i, got[i], through[i]-best)
		}
	}
	for i, y := range labels {
		if through[i*k+int(y)] != best {
			t.Errorf("label %d of token %d is not on the best path", y, i)
		}
	}
}
