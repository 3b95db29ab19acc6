package syntax

import (
	"bytes"
	_ "embed"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

const (
	seed            = 1
	leastLabel      = 4 // occurrences of a joint label
	leastLexicon    = 3 // occurrences of a word of the lexicon
	folds           = 4 // of the jackknife
	goldCopies      = 4 // of the treebanks in a round, beside what the teacher gave
	taggerRounds    = 3
	jackknifeRounds = 5 // on the treebanks alone
	lemmaRounds     = 5
	parserRounds    = 3
	parserSeeds     = 2
	irregularCopies = 3  // of irregular.txt, beside the treebanks
	taggerDropout   = 38 // of 256
	lemmaDropout    = 38 // of 256
	parserDropout   = 64 // of 256
	pruneTags       = 1.17128
	pruneLemmas     = 0.2
	pruneMoves      = 2.5768
)

// news is what the teacher makes of news (teacher.py).
//
//go:embed trees.tsv.xz
var news []byte

// Train trains on the EWT and GUM training sets of dataDir, and on news that the
// teacher has parsed, and writes outDir/syntax.bin.
func Train(dataDir, outDir string, log *slog.Logger) error {
	ud := filepath.Join(dataDir, "open")
	sents, err := read(filepath.Join(ud, "ud-english-ewt", "train.conllu.xz"), filepath.Join(ud, "ud-english-gum", "train.conllu.xz"))
	if err != nil {
		return err
	}
	silver, err := corpus.ReadTrees(dataDir, bytes.NewReader(news))
	if err != nil {
		return fmt.Errorf("trees.tsv.xz: %w", err)
	}
	log.Info("trees", "by hand", len(sents), "by the teacher", len(silver))
	f, err := train(sents, silver, log)
	if err != nil {
		return err
	}
	b, err := f.Bytes()
	if err != nil {
		return err
	}
	name := filepath.Join(outDir, "syntax.bin")
	if err := os.WriteFile(name+".new", b, 0o666); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// train trains on the sentences of treebanks and on those that the teacher has
// tagged and parsed.
func train(gold, silver []corpus.Sentence, log *slog.Logger) (*model.File, error) {
	labels := jointLabels(gold, leastLabel)
	joint, err := syntax.ParseLabels(labels)
	if err != nil {
		return nil, err
	}
	sents := slices.Concat(gold, silver)
	b := newTreebank(sents, labels)
	b.silver = len(gold)
	lexicon := lexiconOf(b, leastLexicon)
	classes, err := cluster.Open()
	if err != nil {
		return nil, err
	}
	lex, err := syntax.NewLexicon(lexicon, len(labels), classes)
	if err != nil {
		return nil, err
	}
	b.analyse(lex)
	f := &model.File{Header: model.Header{
		Component: "syntax",
		Made:      fmt.Sprintf("rapporteur-train -only syntax; UD English EWT and GUM, train; news parsed by a teacher; seed %d", seed),
		Labels:    labels,
	}}
	f.Put("lexicon", lexicon)

	var tagger, lemmas *perceptron
	forms := newTreebank(lemmaSentences(gold), labels)
	forms.analyse(lex)
	rules := lemmaRules(forms)
	var both sync.WaitGroup
	both.Go(func() {
		tagger = trainTagger(b, len(labels), taggerRounds, seed)
		log.Info("tagger", "rows", tagger.used)
	})
	other := newTreebank(sents, labels)
	other.silver = len(gold)
	other.analyse(lex)
	both.Go(func() {
		lemmas = trainLemmas(forms, rules, lemmaRounds, seed)
		log.Info("lemmas", "rules", len(rules), "rows", lemmas.used)
		jackknife(other, joint)
		log.Info("jackknife", "folds", folds)
	})
	both.Wait()
	parser := trainParsers(other, log)

	put := func(name string, p *perceptron, prune float64) {
		t, n := p.table(prune)
		f.Put(name, t)
		log.Info("stored", "table", name, "features", n, "bytes", len(t))
	}
	put("tag", tagger, pruneTags)
	put("lemma", lemmas, pruneLemmas)
	put("move", parser, pruneMoves)
	var text strings.Builder
	for _, r := range rules {
		fmt.Fprintln(&text, r)
	}
	f.Put("rules", []byte(text.String()))
	return f, nil
}

// trainParsers is the mean of parsers that saw the sentences in different
// orders. The model is linear, so the mean of the weights votes as the parsers
// together do, and what only one of them learned by chance is pruned.
func trainParsers(b *treebank, log *slog.Logger) *perceptron {
	parsers := make([]*perceptron, parserSeeds)
	var workers sync.WaitGroup
	for k := range 2 {
		workers.Go(func() {
			for i := k; i < len(parsers); i += 2 {
				parsers[i] = trainParser(b, parserRounds, seed+uint64(i), func(round int, p *perceptron) {
					log.Info("parser", "number", i+1, "of", len(parsers), "round", round+1, "rows", p.used)
				})
			}
		})
	}
	workers.Wait()
	return mean(parsers)
}

// jackknife tags each fold of the treebanks with a tagger trained on the others, and
// what the teacher gave with one trained on the treebanks, so that the parser learns
// from labels as good as it will get.
func jackknife(b *treebank, labels []syntax.Label) {
	n := b.silver
	tag := func(lo, hi, without, to int, seed uint64) {
		rest := &treebank{
			sents: append(append([]syntax.Sentence(nil), b.sents[:without]...), b.sents[to:n]...),
			label: append(append([][]uint8(nil), b.label[:without]...), b.label[to:n]...),
		}
		for i := range rest.sents {
			rest.sents[i].Label = append([]uint8(nil), rest.sents[i].Label...)
		}
		rest.silver = len(rest.sents)
		p := trainTagger(rest, len(labels), jackknifeRounds, seed)
		tagAll(&treebank{sents: b.sents[lo:hi]}, p, labels)
	}
	if n < len(b.sents) {
		tag(n, len(b.sents), 0, 0, seed)
	}
	for k := range folds {
		lo, hi := n*k/folds, n*(k+1)/folds
		tag(lo, hi, lo, hi, seed+uint64(k))
	}
}
