package near

import (
	"cmp"
	"slices"
)

// What a search for copies asks of the index, at most.
const (
	// MinShared is how many hashes a document must share with a sketch to be a
	// candidate, or all of a sketch that holds fewer.
	MinShared = 2
	// MaxHolders is how many documents are taken for one hash, the first of the
	// record: furniture and stock phrases are in thousands, and the first
	// of an article's copies is the one that is looked for.
	MaxHolders = 64
	// MaxCandidates is how many documents are worth comparing.
	MaxCandidates = 16
)

// Candidates is the numbers of the documents that may hold copies of the text
// of which sketch is the Sketch, the likeliest first. Holders asks the index for
// the first documents, by rising number and at most limit of them, whose sketch
// holds hash; it is called once a hash, and an error of it ends the search. A
// hash tells the more the fewer hold it.
func Candidates(sketch []uint64, holders func(hash uint64, limit int) ([]int64, error)) ([]int64, error) {
	type tally struct {
		shared int
		weight int // in parts of 1<<20, so that the order is the same on every machine
	}
	tallies := map[int64]tally{}
	for _, h := range sketch {
		documents, err := holders(h, MaxHolders)
		if err != nil {
			return nil, err
		}
		for _, d := range documents {
			t := tallies[d]
			tallies[d] = tally{t.shared + 1, t.weight + 1<<20/len(documents)}
		}
	}
	var found []int64
	for d, t := range tallies {
		if t.shared >= min(MinShared, len(sketch)) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b int64) int {
		return cmp.Or(cmp.Compare(tallies[b].weight, tallies[a].weight), cmp.Compare(a, b))
	})
	return found[:min(len(found), MaxCandidates)], nil
}
