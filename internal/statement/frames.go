package statement

import (
	_ "embed"
	"strings"
)

//go:embed data/frames.tsv
var framesTSV string

// takesAddressee and mediumNouns are read from data/frames.tsv.
var takesAddressee, mediumNouns, timeWords = readFrames()

func readFrames() (addressee, medium, time map[string]bool) {
	addressee, medium, time = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(framesTSV) {
		kind, lemma, _ := strings.Cut(strings.TrimSpace(line), "\t")
		switch kind {
		case "addressee":
			addressee[lemma] = true
		case "medium":
			medium[lemma] = true
		case "time":
			time[lemma] = true
		}
	}
	return addressee, medium, time
}

func isTimeWord(lemma string) bool { return timeWords[lemma] }
