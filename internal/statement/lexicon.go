package statement

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/record"
)

//go:embed data/cues.tsv
var cuesTSV string

// cueClass is what the lexicon knows of a cue.
type cueClass struct {
	kind   record.StatementKind
	stance string
	id     uint64 // number of the class, 1…, for features
}

type lexicon struct {
	verbs, nouns map[string]cueClass
}

// newLexicon reads data/cues.tsv, whose header says what the columns mean.
func newLexicon() (*lexicon, error) {
	l := &lexicon{verbs: map[string]cueClass{}, nouns: map[string]cueClass{}}
	ids := map[string]uint64{}
	for n, line := range strings.Split(cuesTSV, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("cues.tsv:%d: %d columns, want lemma, pos, kind, stance", n+1, len(f))
		}
		key := f[1] + f[3]
		if ids[key] == 0 {
			ids[key] = uint64(len(ids) + 1)
		}
		c := cueClass{kind: record.StatementKind(f[2]), stance: f[3], id: ids[key]}
		switch f[1] {
		case "v", "p":
			l.verbs[f[0]] = c
		case "n":
			l.nouns[f[0]] = c
		default:
			return nil, fmt.Errorf("cues.tsv:%d: part of speech %q is not v, n or p", n+1, f[1])
		}
	}
	return l, nil
}

// PriorKey is the key of a lemma in the prior table.
func PriorKey(lemma uint64, upos uint64) uint64 { return model.Feature2(900, lemma, upos) }
