package statement

import (
	_ "embed"
	"strings"
)

//go:embed data/frames.tsv
var framesTSV string

// The tables are read from data/frames.tsv.
var takesAddressee, mediumNouns, timeWords, glosses = readFrames()

func readFrames() (addressee, medium, time, gloss map[string]bool) {
	addressee, medium, time, gloss = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(framesTSV) {
		kind, lemma, _ := strings.Cut(strings.TrimSpace(line), "\t")
		switch kind {
		case "addressee":
			addressee[lemma] = true
		case "medium":
			medium[lemma] = true
		case "time":
			time[lemma] = true
		case "gloss":
			gloss[lemma] = true
		}
	}
	return addressee, medium, time, gloss
}

func isTimeWord(lemma string) bool { return timeWords[lemma] }
