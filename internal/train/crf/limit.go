package crf

import (
	"math"
	"slices"
)

// Limit keeps the n rows that matter most, so that a model keeps to its size:
// those whose largest weight, times how often the feature is seen to a power,
// is largest.
func (w *Weights) Limit(n int, data []Sequence, power float64) {
	if len(w.keys) <= n {
		return
	}
	counts := make(map[uint64]int, len(w.keys))
	for _, h := range w.keys {
		counts[h] = 0
	}
	for _, s := range data {
		for _, f := range s.Feats {
			for _, h := range f {
				if c, ok := counts[nonzero(h)]; ok {
					counts[nonzero(h)] = c + 1
				}
			}
		}
	}
	worth := make([]float64, len(w.keys))
	for i, h := range w.keys {
		for _, v := range w.emit[i*w.labels : (i+1)*w.labels] {
			worth[i] = max(worth[i], math.Abs(float64(v)))
		}
		worth[i] *= math.Pow(float64(counts[h]), power)
	}
	sorted := slices.Clone(worth)
	slices.Sort(sorted)
	least := sorted[len(sorted)-n]
	kept := 0
	for i, h := range w.keys {
		if worth[i] < least || kept == n {
			continue
		}
		w.keys[kept] = h
		copy(w.emit[kept*w.labels:(kept+1)*w.labels], w.emit[i*w.labels:(i+1)*w.labels])
		kept++
	}
	w.keys, w.emit = w.keys[:kept], w.emit[:kept*w.labels]
}
