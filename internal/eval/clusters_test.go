package eval

import (
	"math"
	"testing"
)

// The example of Luo (2005), figure 1: gold {1–5}, {6,7}, {8–C}.
func TestClusterScore(t *testing.T) {
	gold := [][]int32{{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}}
	tests := []struct {
		name           string
		got            [][]int32
		muc, b3, ceafe float64 // F1 in percent
	}{
		{"the same", [][]int32{{6, 7}, {12, 11, 10, 9, 8}, {5, 4, 3, 2, 1}}, 100, 100, 100},
		{"6 and 7 joined to the last", [][]int32{{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11, 12}}, 94.7, 86.5, 73.3},
		{"the two large ones joined", [][]int32{{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, {6, 7}}, 94.7, 73.7, 66.7},
		{"all joined", [][]int32{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, 90, 54.5, 29.4},
		{"nothing found", nil, 0, 0, 0},
		{"mentions alone count for nothing", [][]int32{{1}, {6}, {8}}, 0, 0, 0},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			var s ClusterScore
			s.Add(gold, x.got)
			for _, m := range []struct {
				name      string
				got, want float64
			}{{"MUC", s.MUC.F1(), x.muc}, {"B³", s.B3.F1(), x.b3}, {"CEAF-e", s.CEAF.F1(), x.ceafe}} {
				if math.Abs(m.got-m.want) > 0.06 {
					t.Errorf("%s F1 %.2f, want %.1f", m.name, m.got, m.want)
				}
			}
		})
	}
}

func TestCheapest(t *testing.T) {
	tests := []struct {
		cost [][]float64
		want float64
	}{
		{[][]float64{{4, 1, 3}, {2, 0, 5}, {3, 2, 2}}, 5},
		{[][]float64{{1, 2, 0}}, 0},
		{[][]float64{{-1, -3, 0}, {-2, -3, 0}}, -5},
		{nil, 0},
	}
	for _, x := range tests {
		if got := cheapest(x.cost); got != x.want {
			t.Errorf("cheapest(%v) = %v, want %v", x.cost, got, x.want)
		}
	}
}
