package statement

import (
	_ "embed"
	"strings"
)

//go:embed data/frames.tsv
var framesTSV string

// beside is what may stand beside a cue, by lemma, as data/frames.tsv has it.
type beside struct {
	addressee, medium, time, gloss map[string]bool
	act                            map[string]map[string]bool // by verb: the heads of its objects, nil for all
}

var frames = readFrames()

func readFrames() beside {
	f := beside{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]map[string]bool{}}
	lists := map[string]map[string]bool{"addressee": f.addressee, "medium": f.medium, "time": f.time, "gloss": f.gloss}
	for line := range strings.Lines(framesTSV) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if list := lists[kind]; list != nil {
			list[rest] = true
		}
		if kind == "act" {
			verb, objects, some := strings.Cut(rest, "\t")
			f.act[verb] = nil
			if some {
				f.act[verb] = map[string]bool{}
				for o := range strings.FieldsSeq(objects) {
					f.act[verb][o] = true
				}
			}
		}
	}
	return f
}
