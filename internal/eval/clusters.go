package eval

import (
	"math"
	"slices"
)

// ClusterScore sums the three measures of the CoNLL-2012 shared task over
// documents: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF-e
// (Luo 2005). Each has a numerator and denominator for precision and recall.
type ClusterScore struct{ MUC, B3, CEAF Ratio }

// Ratio is precision and recall as sums.
type Ratio struct{ P, PN, R, RN float64 }

// F1 is the harmonic mean of precision and recall, in percent.
func (r Ratio) F1() float64 {
	p, q := r.Precision(), r.Recall()
	if p+q == 0 {
		return 0
	}
	return 2 * p * q / (p + q)
}

// Precision in percent.
func (r Ratio) Precision() float64 { return 100 * r.P / max(1, r.PN) }

// Recall in percent.
func (r Ratio) Recall() float64 { return 100 * r.R / max(1, r.RN) }

// CoNLL is the mean of the three F1 scores.
func (s *ClusterScore) CoNLL() float64 { return (s.MUC.F1() + s.B3.F1() + s.CEAF.F1()) / 3 }

// Add scores one document. A cluster is a set of mentions, each known by a
// number; clusters of one mention are left out on both sides.
func (s *ClusterScore) Add(gold, predicted [][]int32) {
	gold, predicted = chains(gold), chains(predicted)
	gi, pi := clusterOf(gold), clusterOf(predicted)
	s.MUC.R, s.MUC.RN = s.MUC.R+linksKept(gold, pi), s.MUC.RN+links(gold)
	s.MUC.P, s.MUC.PN = s.MUC.P+linksKept(predicted, gi), s.MUC.PN+links(predicted)
	s.B3.R, s.B3.RN = s.B3.R+shared(gold, pi), s.B3.RN+mentions(gold)
	s.B3.P, s.B3.PN = s.B3.P+shared(predicted, gi), s.B3.PN+mentions(predicted)
	phi := alignment(gold, predicted, pi)
	s.CEAF.R, s.CEAF.RN = s.CEAF.R+phi, s.CEAF.RN+float64(len(gold))
	s.CEAF.P, s.CEAF.PN = s.CEAF.P+phi, s.CEAF.PN+float64(len(predicted))
}

func chains(all [][]int32) [][]int32 {
	return slices.DeleteFunc(slices.Clone(all), func(c []int32) bool { return len(c) < 2 })
}

func clusterOf(all [][]int32) map[int32]int {
	of := map[int32]int{}
	for i, c := range all {
		for _, m := range c {
			of[m] = i
		}
	}
	return of
}

func mentions(all [][]int32) float64 {
	n := 0
	for _, c := range all {
		n += len(c)
	}
	return float64(n)
}

func links(all [][]int32) float64 { return mentions(all) - float64(len(all)) }

// parts counts for cluster c how many of its mentions lie in each cluster of
// the other side; alone are those that lie in none.
func parts(c []int32, other map[int32]int) (in map[int]int, alone int) {
	in = map[int]int{}
	for _, m := range c {
		if k, ok := other[m]; ok {
			in[k]++
		} else {
			alone++
		}
	}
	return in, alone
}

func linksKept(all [][]int32, other map[int32]int) float64 {
	n := 0
	for _, c := range all {
		in, alone := parts(c, other)
		n += len(c) - len(in) - alone
	}
	return float64(n)
}

func shared(all [][]int32, other map[int32]int) float64 {
	sum := 0.0
	for _, c := range all {
		in, _ := parts(c, other)
		squares := 0
		for _, n := range in {
			squares += n * n
		}
		sum += float64(squares) / float64(len(c))
	}
	return sum
}

// alignment is the largest sum of similarities 2|g∩p|/(|g|+|p|) over
// one-to-one pairs of gold and predicted clusters.
func alignment(gold, predicted [][]int32, pi map[int32]int) float64 {
	cost := make([][]float64, len(gold))
	for i, g := range gold {
		cost[i] = make([]float64, max(len(gold), len(predicted)))
		in, _ := parts(g, pi)
		for k, n := range in {
			cost[i][k] = -2 * float64(n) / float64(len(g)+len(predicted[k]))
		}
	}
	return -cheapest(cost)
}

// cheapest is the cost of the best assignment of rows to columns (Kuhn 1955,
// with potentials); there are at least as many columns as rows.
func cheapest(cost [][]float64) float64 {
	if len(cost) == 0 {
		return 0
	}
	n, m := len(cost), len(cost[0])
	u, v := make([]float64, n+1), make([]float64, m+1)
	row, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		least, used := make([]float64, m+1), make([]bool, m+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		j := 0
		for row[j] != 0 {
			used[j] = true
			r, delta, next := row[j], math.Inf(1), 0
			for k := 1; k <= m; k++ {
				if used[k] {
					continue
				}
				if c := cost[r-1][k-1] - u[r] - v[k]; c < least[k] {
					least[k], way[k] = c, j
				}
				if least[k] < delta {
					delta, next = least[k], k
				}
			}
			for k := range used {
				if used[k] {
					u[row[k]] += delta
					v[k] -= delta
				} else {
					least[k] -= delta
				}
			}
			j = next
		}
		for j != 0 {
			row[j] = row[way[j]]
			j = way[j]
		}
	}
	return -v[0]
}
