package event

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/event"
	"github.com/rapporteur/rapporteur/internal/reader"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/net"
)

// What the network of types learns beside the coded texts.
var (
	//go:embed silver.tsv
	silver string
	//go:embed vectors.tsv
	vectors string
)

// What an event, an optional one and what the teacher says of a candidate count.
const (
	demandedWeight = 2
	optionalWeight = 1
	silverWeight   = 0.7
)

var typesNet = net.Config{Hidden: 64, Epochs: 4, Rate: 0.003, Batch: 256, Dropout: 0.1, MinCount: 400, Seed: 1}

// seen is what the network sees of a candidate.
type seen struct {
	feats, words     []uint64
	sentence, before []uint64 // the words there
}

func look(study *event.Study, sentences [][]uint64, c *event.Candidate) seen {
	var s seen
	s.feats, s.words = study.Input(c)
	n := study.SentenceOf(c)
	s.sentence = sentences[n]
	if n > 0 {
		s.before = sentences[n-1]
	}
	return s
}

// lessons is what the network may learn.
type lessons struct {
	silver  []lesson
	keys    []uint64
	vectors [][]float32
}

type lesson struct {
	seen
	labels []net.Share
	weight float32
}

// lesson is what the network learns of a.
func (a *act) lesson() lesson {
	l := lesson{seen: a.seen, labels: []net.Share{{Label: 0, P: 1}}, weight: demandedWeight}
	if len(a.labels) > 0 {
		l.labels[0].Label = a.labels[0]
	}
	if a.optional {
		l.weight = optionalWeight
	}
	return l
}

// fit trains the network on the silver lessons and those that are given.
func (l *lessons) fit(gold []lesson, log *slog.Logger) *net.Trained {
	d := &net.Data{Keys: l.keys, Vectors: l.vectors}
	numbers := map[*uint64]int32{}
	number := func(words []uint64) int32 {
		if len(words) == 0 {
			return -1
		}
		n, ok := numbers[&words[0]]
		if !ok {
			n = int32(len(d.Bags))
			numbers[&words[0]] = n
			d.Bags = append(d.Bags, words)
		}
		return n
	}
	for _, list := range [2][]lesson{gold, l.silver} {
		for i := range list {
			x := &list[i]
			d.Examples = append(d.Examples, net.Example{
				Features: x.feats, Words: x.words, Bags: []int32{number(x.sentence), number(x.before)}, Labels: x.labels, Weight: x.weight,
			})
		}
	}
	c := typesNet
	c.Out, c.Log = len(event.Labels), log
	return net.Train(d, c)
}

// readLessons reads the vectors that words begin with, and what the teacher says
// of texts that nobody has coded.
func readLessons(dataDir string) (*lessons, error) {
	l := &lessons{}
	for n, line := range strings.Split(vectors, "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		word, code, _ := strings.Cut(line, "\t")
		b, err := base64.StdEncoding.DecodeString(code)
		if err != nil {
			return nil, fmt.Errorf("vectors.tsv:%d: %w", n+1, err)
		}
		v := make([]float32, len(b))
		for i, x := range b {
			v[i] = float32(int8(x)) / vectorUnit
		}
		l.keys = append(l.keys, event.Key(word))
		l.vectors = append(l.vectors, v)
	}
	texts, err := corpus.ReadSilver(dataDir, silver)
	if err != nil {
		return nil, err
	}
	lists := make([][]lesson, len(texts))
	err = eachStudy(len(texts), func(i int) (name, text string) { return texts[i].Name, texts[i].Text }, func(i int, m *event.Model, study *reader.Study) {
		lists[i] = silverLessons(m.Study(&study.Reading), study.Doc, &texts[i])
	})
	l.silver = slices.Concat(lists...)
	return l, err
}

// vectorUnit is how many units of vectors.tsv are one.
const vectorUnit = 64

// silverLessons is what the teacher says of the candidates of a text: nothing of
// most, which are no events then.
func silverLessons(study *event.Study, doc *token.Doc, text *corpus.Silver) []lesson {
	sentences := study.Sentences()
	out := make([]lesson, len(study.Candidates))
	for i := range study.Candidates {
		c := &study.Candidates[i]
		x := &out[i]
		x.seen, x.weight = look(study, sentences, c), silverWeight
		rest := float32(1)
		for _, s := range text.Shares[int(doc.Tokens[c.At].Start)] {
			x.labels = append(x.labels, net.Share{Label: uint8(s.Type + 1), P: float32(s.Percent) / 100})
			rest -= float32(s.Percent) / 100
		}
		x.labels = append(x.labels, net.Share{Label: 0, P: max(rest, 0)})
	}
	return out
}
