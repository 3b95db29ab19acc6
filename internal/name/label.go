package name

import (
	"iter"
	"slices"

	"github.com/rapporteur/rapporteur/internal/token"
)

// Classes are the classes of names in the training data, the Worldwide
// newswire set. Class 0 is no name.
var Classes = [...]string{"O", "Person", "Organization", "Location", "NORP", "Facility", "Date", "Money", "Misc", "Product"}

// Labels are the labels of the chain: O, then B and I of each class.
func Labels() []string {
	all := []string{"O"}
	for _, c := range Classes[1:] {
		all = append(all, "B-"+c, "I-"+c)
	}
	return all
}

// Follows reports whether label y may stand behind label x; x is -1 at the
// start of a sentence. A name goes on only in its own class.
func Follows(x, y int) bool { return y == 0 || y%2 == 1 || x == y || x == y-1 }

// Number gives the numbers of labels by name; a label of no class of ours is
// no name, and an I that nothing began begins.
func Number(labels []string) []uint8 {
	known := Labels()
	out := make([]uint8, len(labels))
	prev := -1
	for i, l := range labels {
		y := max(slices.Index(known, l), 0)
		if continues(uint8(y)) && (prev < 0 || !Follows(prev, y)) {
			y--
		}
		out[i] = uint8(y)
		prev = y
	}
	return out
}

func class(label uint8) int      { return int(label+1) / 2 }
func continues(label uint8) bool { return label != 0 && label%2 == 0 }

// Spans yields the names that labels mark, in order.
func Spans(labels []uint8) iter.Seq[token.Range] {
	return func(yield func(token.Range) bool) {
		for i := 0; i < len(labels); {
			if labels[i] == 0 {
				i++
				continue
			}
			k := i + 1
			for k < len(labels) && continues(labels[k]) && class(labels[k]) == class(labels[i]) {
				k++
			}
			if !yield(token.Range{First: int32(i), Last: int32(k)}) {
				return
			}
			i = k
		}
	}
}
