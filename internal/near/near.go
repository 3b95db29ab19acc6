// Package near tells copies of one article from different reports. The same
// article comes from other addresses and through other desks: cropped, under
// another lead or headline, with an agency's credit, between newsletters and
// cookie notices. Two reports on the same event are different articles, and so
// are two by one agency that end in the same background.
//
// A text is seen as the set of its shingles, the runs of six words in it
// (Broder 1997). A word is a run of letters and digits in lower case, without
// accents; quotation marks, dashes, apostrophes, white space and the full stops
// of "U.S." make no difference.
//
// A record finds copies in three steps. Sketch samples the shingles of a text
// by their hashes, always the smallest, so that two texts sample the shingles
// that they share alike (bottom-k and FracMinHash: Broder 1997; Irber et al.
// 2022). An index from hash to document is kept with the documents, and
// Candidates asks it for those that share some. Compare decides, on all
// shingles of the two texts.
//
// The thresholds were chosen on news texts and edited copies of them;
// docs/copies.md says how well they do, and what they cannot tell.
package near

import "slices"

// Version is the version of the sketches. It rises whenever a text gets
// another sketch: stored sketches of an older one find nothing, and must be
// made anew.
const Version = 1

// ShingleWords is the length of a shingle in words. Five share stock phrases
// ("said in a statement on Tuesday"); eight break too often under a desk that
// changes a word in ten.
const ShingleWords = 6

// What a sketch holds: the smallest hashes of the shingles of a text.
const (
	// SampledOneIn is the part of the hashes, and so of the shingles, that is
	// sampled: one in sixteen, or some 44 of a report of 700 words.
	SampledOneIn = 16
	// LeastHashes are sampled of any text that has as many shingles, so that
	// short ones and crops are found.
	LeastHashes = 32
	// MostHashes are sampled at most, which cuts texts from about 8,000 words.
	MostHashes = 512
)

// From when on two texts are copies of each other.
const (
	// MinContainment is the part of the shingles of the shorter text that must
	// stand in the longer one. Different reports with the same background or
	// the same quotations mostly share less.
	MinContainment = 0.6
	// MinJaccard is the part of the shingles of both texts that they must share.
	// It holds off pages of little text that share their furniture, and digests
	// that hold a short report whole.
	MinJaccard = 0.2
	// MaxFigures is the part of what two texts share, numbers aside, that
	// may differ by its numbers. Markets, weather and earthquakes are reported in
	// the same words every day, and differ by 0.25 and more; copies by up to 0.05.
	MaxFigures = 0.15
	// ShortWords is the length in words under which a text is short. Two texts of
	// which one is short are copies only if they share ShortJaccard of their
	// shingles and no number differs: a word changed in the midst of a short
	// text makes another of it, a credit of a few words at its end does not.
	ShortWords = 40
	// ShortJaccard is what MinJaccard is for short texts.
	ShortJaccard = 0.85
)

// Sketch is the sample of text by which its copies are found: between
// LeastHashes and MostHashes of the hashes of its shingles, the smallest, each
// once, rising. A text of fewer than ShingleWords words is one shingle; a text
// without words has an empty sketch. Time and memory grow with the text.
func Sketch(text string) []uint64 {
	all := shingles(words(text))
	sample := make([]uint64, 0, len(all)/SampledOneIn*5/4+LeastHashes)
	for _, h := range all {
		if h <= ^uint64(0)/SampledOneIn {
			sample = append(sample, h)
		}
	}
	sample = set(sample)
	if len(sample) < LeastHashes {
		all = set(all)
		sample = append(sample, all[len(sample):min(LeastHashes, len(all))]...)
	}
	return slices.Clip(sample[:min(len(sample), MostHashes)])
}

// Likeness is how much two texts share, and whether that makes them copies.
type Likeness struct {
	Jaccard     float64 // of the shingles of both, the part that is in each; 0 to 1
	Containment float64 // of the shingles of the shorter, the part that is in the longer; 0 to 1
	Figures     float64 // of what they share when all numbers are taken for one, the part that they do not share with them; 0 to 1; 0 where the rest says that they are no copies
	Copy        bool
}

// Compare tells how alike two texts are, on all of their shingles, whichever
// comes first. A text without words is a copy of nothing.
func Compare(a, b string) Likeness {
	v, w := words(a), words(b)
	s, t := set(shingles(v)), set(shingles(w))
	if len(s) == 0 || len(t) == 0 {
		return Likeness{}
	}
	n, less := shared(s, t), min(len(s), len(t))
	l := Likeness{
		Jaccard:     float64(n) / float64(len(s)+len(t)-n),
		Containment: float64(n) / float64(less),
	}
	jaccard, figures := MinJaccard, MaxFigures
	if less <= ShortWords-ShingleWords {
		jaccard, figures = ShortJaccard, 0
	}
	if l.Containment < MinContainment || l.Jaccard < jaccard {
		return l
	}
	if either := shared(set(shingles(maskNumbers(v))), set(shingles(maskNumbers(w)))); either > n {
		l.Figures = 1 - float64(n)/float64(either)
	}
	l.Copy = l.Figures <= figures
	return l
}

// base is that of the polynomial that makes the hash of a shingle of those of
// its words: odd, so that it can be rolled on modulo 2^64.
const base = 0x9e3779b97f4a7c15

// shingles is the hashes of the shingles of words, in their order.
func shingles(words []uint64) []uint64 {
	if len(words) == 0 {
		return nil
	}
	k := min(ShingleWords, len(words))
	h, oldest := uint64(0), uint64(1)
	for _, w := range words[:k] {
		h, oldest = h*base+w, oldest*base
	}
	out := make([]uint64, 0, len(words)-k+1)
	out = append(out, mix(h))
	for i := k; i < len(words); i++ {
		h = h*base + words[i] - words[i-k]*oldest
		out = append(out, mix(h))
	}
	return out
}

// set sorts hashes and keeps each once, in place.
func set(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// shared is how many hashes two sets share.
func shared(s, t []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(s) && j < len(t); {
		switch {
		case s[i] < t[j]:
			i++
		case s[i] > t[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
