package place

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/words.tsv
var wordsTSV string

// class is the classes of a word; data/words.tsv says what they mean.
type class uint16

const (
	kindOf class = 1 << iota
	direction
	street
	at
	to
	on
	with
	give
	meeting
	hosts
	reaches
	deed
	local
	trip
)

var classes = map[string]class{
	"kind": kindOf, "direction": direction, "street": street, "at": at, "to": to, "on": on, "with": with, "give": give,
	"meeting": meeting, "hosts": hosts, "reaches": reaches, "deed": deed, "local": local, "trip": trip,
}

// words is the lexicon, read once: a fault in the file is a fault of the
// build, which the tests find.
var words = sync.OnceValue(func() map[string]class {
	out := map[string]class{}
	n := 0
	for line := range strings.Lines(wordsTSV) {
		n++
		if line[0] == '#' {
			continue
		}
		word, c, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if classes[c] == 0 || word == "" || word != strings.ToLower(word) {
			panic(fmt.Sprintf("place: words.tsv:%d: %q", n, line))
		}
		out[word] |= classes[c]
	}
	return out
})

// look is the classes of a word in any case.
func look(w string) class { return words()[strings.ToLower(w)] }
