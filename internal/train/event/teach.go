package event

import (
	"bufio"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/reader"
)

// taught is a text as teacher.py reads it, a line of JSON each.
type taught struct {
	Name       string            `json:"name"`
	Characters int               `json:"characters"` // without spaces
	Fold       int               `json:"fold"`       // -1: nobody has coded it
	Words      [][]string        `json:"words"`      // by sentence
	Keys       [][]string        `json:"keys"`       // by what the network knows them
	Candidates []taughtCandidate `json:"candidates"`
}

// taughtCandidate is a word that may be an event; Label is what it is, 0 for none.
type taughtCandidate struct {
	Sentence int     `json:"sentence"`
	Word     int     `json:"word"`
	Place    int     `json:"place"` // characters before it, without spaces
	Label    uint8   `json:"label"`
	Weight   float32 `json:"weight"`
}

// maxTaught is how many bytes of a text that nobody has coded the teacher reads.
const maxTaught = 6000

// Teach writes outDir/teach.jsonl, what teacher.py learns from and judges: the coded
// texts, and the news that nobody has coded.
func Teach(dataDir, outDir string, log *slog.Logger) error {
	set, err := readDocuments(dataDir)
	if err != nil {
		return err
	}
	m, err := untrained()
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(outDir, "teach.jsonl"))
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	out := json.NewEncoder(w)
	known := map[string]bool{}
	for i := range set {
		d := &set[i]
		known[d.name] = true
		x := newTaught(d.name, d.fold, m, &d.Reading)
		for k := range x.Candidates {
			l := d.acts[k].lesson()
			x.Candidates[k].Label, x.Candidates[k].Weight = l.labels[0].Label, l.weight/demandedWeight
		}
		if err := out.Encode(x); err != nil {
			return err
		}
	}
	texts, err := corpus.News(dataDir)
	if err != nil {
		return err
	}
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(texts)), func(name string) bool { return known[name] })
	log.Info("event: teach", "coded", len(set), "uncoded", len(names))
	list := make([]*taught, len(names))
	err = eachStudy(len(names), func(i int) (name, text string) {
		text = texts[names[i]]
		if len(text) > maxTaught {
			text = text[:max(0, strings.LastIndexByte(text[:maxTaught], ' '))]
		}
		return names[i], text
	}, func(i int, m *event.Model, study *reader.Study) { list[i] = newTaught(names[i], -1, m, &study.Reading) })
	if err != nil {
		return err
	}
	for _, x := range list {
		if err := out.Encode(x); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

func newTaught(name string, fold int, m *event.Model, r *event.Reading) *taught {
	x := &taught{Name: name, Fold: fold}
	study := m.Study(r)
	places := make([]int, len(r.Doc.Tokens))
	for _, s := range r.Doc.Sentences {
		var words, keys []string
		for i := s.First; i < s.Last; i++ {
			places[i] = x.Characters
			x.Characters += len([]rune(strings.Join(strings.Fields(r.Doc.Word(int(i))), "")))
			words, keys = append(words, r.Doc.Word(int(i))), append(keys, study.Key(i))
		}
		x.Words, x.Keys = append(x.Words, words), append(x.Keys, keys)
	}
	for i := range study.Candidates {
		c := &study.Candidates[i]
		n := study.SentenceOf(c)
		x.Candidates = append(x.Candidates, taughtCandidate{Sentence: n, Word: int(c.At - r.Doc.Sentences[n].First), Place: places[c.At]})
	}
	return x
}
