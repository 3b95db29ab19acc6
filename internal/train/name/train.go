// Package name trains the finder of names on the Worldwide newswire set.
package name

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/crf"
)

// Worldwide is where the training set lies in the data folder.
const Worldwide = "research/worldwide-ner.tar.xz"

// sample is one document ready for training.
type sample struct {
	fold   int
	part   int // of the jackknife
	doc    *token.Doc
	labels []uint8
}

// Train writes outDir/name.bin, trained on every newspaper of Worldwide but the held-out sixth.
func Train(dataDir, outDir string, log *slog.Logger) error {
	all, err := load(filepath.Join(dataDir, Worldwide))
	if err != nil {
		return err
	}
	b, err := build(lexicon(), slices.DeleteFunc(all, func(s sample) bool { return s.fold == corpus.HeldOut }), log)
	if err != nil {
		return err
	}
	part := filepath.Join(outDir, "name.bin.part")
	if err := os.WriteFile(part, b, 0o644); err != nil {
		return err
	}
	return os.Rename(part, filepath.Join(outDir, "name.bin"))
}

func load(path string) ([]sample, error) {
	docs, err := corpus.ReadBIO(path)
	if err != nil {
		return nil, err
	}
	all := make([]sample, len(docs))
	for i := range docs {
		d := &docs[i]
		all[i] = sample{fold: d.Fold(), part: int(model.HashString("jackknife "+d.Newspaper()) % jackknife), doc: d.Doc(), labels: name.Number(d.Labels)}
	}
	return all, nil
}

// build trains both passes. The second is trained on what first passes trained
// without the document's own part of the newspapers made of it.
func build(section []byte, data []sample, log *slog.Logger) ([]byte, error) {
	s, err := name.NewScanner(section)
	if err != nil {
		return nil, err
	}
	f := &model.File{Header: model.Header{
		Component: "name", Labels: name.Labels(),
		Made: "rapporteur-train -only name; Worldwide newswire without the held-out newspapers; seed 1",
	}}
	f.Put("lexicon", section)

	guesses := make([][]uint8, len(data))
	for part := range jackknife {
		var rest []sample
		for _, d := range data {
			if d.part != part {
				rest = append(rest, d)
			}
		}
		chain, err := chainOf(crf.Train(len(name.Labels()), sequences(s, rest, nil), config(log)))
		if err != nil {
			return nil, err
		}
		for i, d := range data {
			if d.part == part {
				guesses[i] = decode(s, chain, d)
			}
		}
	}
	both := append(sequences(s, data, nil), sequences(s, data, guesses)...)
	c := config(log)
	c.MinCount *= 2 // every sentence is there twice
	c.MaxRows = rows
	w := crf.Train(len(name.Labels()), both, c)
	log.Info("name", "rows", w.Put(f, "chain"))
	b, err := f.Packed()
	if err != nil {
		return nil, fmt.Errorf("name: %w", err)
	}
	log.Info("name", "bytes", len(b))
	return b, nil
}

// jackknife is the number of parts, of newspapers, for the labels that the second pass learns from.
const jackknife = 3

// sequences are the sentences of data as the first pass sees them, or as the
// second does when the first made guesses of them.
func sequences(s *name.Scanner, data []sample, guesses [][]uint8) []crf.Sequence {
	var all []crf.Sequence
	for i, d := range data {
		for _, p := range name.Parts(d.doc) {
			s.Open(d.doc, p)
			if guesses != nil {
				s.Vote(guesses[i][p.First:p.Last])
			}
			for _, r := range p.Sentences {
				all = append(all, sequence(s, r, d.labels[r.First:r.Last], guesses != nil))
			}
		}
	}
	return all
}

func sequence(s *name.Scanner, r token.Range, gold []uint8, second bool) crf.Sequence {
	s.Sentence(r)
	if second {
		s.Elect()
	}
	seq := crf.Sequence{Labels: gold, Feats: make([][]uint64, r.Len())}
	for k := range r.Len() {
		seq.Feats[k] = s.Features(k, nil)
		if second {
			seq.Feats[k] = s.DocumentFeatures(k, seq.Feats[k])
		}
	}
	return seq
}

// The setting, found on the tuning fold. Rows bound the size: 98,000 are 2.8 MB.
const (
	rows     = 98_000
	minCount = 2
	seed     = 1
)

func config(log *slog.Logger) crf.Config {
	return crf.Config{Epochs: 4, Dropout: 0.5, MinCount: minCount, Prune: 0.02, Seed: seed, Allowed: name.Follows, Log: log}
}

// chainOf is a trained chain as the product would use it.
func chainOf(w *crf.Weights) (*model.Chain, error) {
	f := &model.File{}
	w.Put(f, "chain")
	b, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	if f, err = model.Parse(b); err != nil {
		return nil, err
	}
	return model.OpenChain(f, "chain", name.Labels())
}

func decode(s *name.Scanner, c *model.Chain, d sample) []uint8 {
	out := make([]uint8, len(d.labels))
	for _, p := range name.Parts(d.doc) {
		s.Open(d.doc, p)
		s.FirstPass(c, p, out[p.First:p.Last])
	}
	return out
}
