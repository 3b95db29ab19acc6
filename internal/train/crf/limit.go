package crf

import (
	"math"
	"slices"
)

// Limit drops the rows with the smallest largest weight until no more than n
// are left, so that a model keeps to its size.
func (w *Weights) Limit(n int) {
	if len(w.keys) <= n {
		return
	}
	tops := make([]float64, len(w.keys))
	for i := range w.keys {
		for _, v := range w.emit[i*w.labels : (i+1)*w.labels] {
			tops[i] = max(tops[i], math.Abs(float64(v)))
		}
	}
	slices.Sort(tops)
	w.prune = max(w.prune, math.Nextafter(tops[len(tops)-n-1], math.Inf(1)))
}
