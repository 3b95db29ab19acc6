// Package statement trains the weights of internal/statement on PolNeAR.
package statement

import (
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/statement"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/internal/train/crf"
	"github.com/rapporteur/rapporteur/record"
)

// Options set what is trained. The defaults are those of the released weights.
type Options struct {
	Articles int // 0: all
	Folds    int
	Epochs   int
	Recall   float64 // taken off the score of "nothing", in units of log odds
	Seed     uint64
	Workers  int
	Members  int // chains behind the mean of each
}

// Defaults are the options of the released weights.
var Defaults = Options{Folds: 4, Epochs: 9, Recall: 1.0, Seed: 1, Workers: 2, Members: 2}

// article is a training document with everything that the reader sees.
type article struct {
	corpus.Attributed
	doc  *token.Doc
	tree *syntax.Tree
	cols *statement.Columns
	gold [][3][]token.Range // by attribution: source, cue, content
}

// Train writes outDir/statement.bin.
func Train(dataDir, outDir string, log *slog.Logger) error {
	return TrainWith(dataDir, outDir, Defaults, log)
}

// TrainWith is Train with options.
func TrainWith(dataDir, outDir string, o Options, log *slog.Logger) error {
	set, err := corpus.ReadPolNeAR(filepath.Join(dataDir, "research", "polnear.tar.xz"), "train")
	if err != nil {
		return err
	}
	if o.Articles > 0 && o.Articles < len(set) {
		set = set[:o.Articles]
	}
	parser, err := syntax.Open()
	if err != nil {
		return err
	}
	arts := make([]*article, len(set))
	parallel(o.Workers, len(set), func(i int) {
		a := &article{Attributed: set[i], doc: token.Segment(set[i].Text)}
		a.tree = parser.Parse(a.doc)
		for _, g := range a.Attributions {
			a.gold = append(a.gold, [3][]token.Range{ranges(a.doc, g.Source), ranges(a.doc, g.Cue), ranges(a.doc, g.Content)})
		}
		arts[i] = a
	})
	log.Info("statement: parsed", "articles", len(arts))
	prior := countPriors(arts)
	table, ok := model.NewTable(1, prior)
	if !ok {
		return fmt.Errorf("statement: the prior table is malformed")
	}
	ex, err := statement.NewExtractor(table)
	if err != nil {
		return err
	}
	seqs := make([][]crf.Sequence, len(arts))
	parallel(o.Workers, len(arts), func(i int) {
		arts[i].cols = ex.Columns(arts[i].doc, arts[i].tree)
		seqs[i] = sequences(arts[i])
	})

	// Jackknife: each fold is decoded by a chain that has not seen it, and the
	// linker and the judge learn from those predictions.
	f := &model.File{Header: model.Header{Component: "statement", Labels: statement.Labels, Numbers: map[string]int{}}}
	f.Made = fmt.Sprintf("rapporteur-train statement: PolNeAR train, %d articles, %+v", len(arts), o)
	f.Put("prior", prior)
	chains := make([]*model.File, o.Folds+1)
	scales := make([]float64, o.Folds+1)
	parallel(o.Workers, o.Folds+1, func(k int) { // the last one sees everything
		var train []crf.Sequence
		for i, s := range seqs {
			if k == o.Folds || i%o.Folds != k {
				train = append(train, s...)
			}
		}
		c := crf.Config{Epochs: o.Epochs, Rate: 0.1, Dropout: 0.8, MinCount: 3, Prune: 0.02, MaxRows: 780_000, Seed: o.Seed, Members: o.Members, Allowed: statement.AllowedStep}
		if k == o.Folds {
			c.Log = log
		}
		chains[k] = &model.File{}
		w := crf.Train(len(statement.Labels), train, c)
		log.Info("statement: chain", "fold", k, "rows", w.Put(chains[k], "chain"))
		scales[k] = w.Scale()
	})
	for _, s := range []string{"chain.emit", "chain.step"} {
		f.Put(s, chains[o.Folds].Section(s))
	}
	f.Numbers["recall"] = int(math.Round(o.Recall * scales[o.Folds]))
	guesses := make([]*guess, len(arts))
	opened := make([]*model.Chain, o.Folds)
	for k := range o.Folds {
		chain, err := model.OpenChain(chains[k], "chain", statement.Labels)
		if err != nil {
			return err
		}
		opened[k] = chain
	}
	recall := func(i int) int32 { return int32(math.Round(o.Recall * scales[i%o.Folds])) }
	parallel(o.Workers, len(arts), func(i int) { guesses[i] = decode(arts[i], opened[i%o.Folds], recall(i)) })
	links, _ := trainLinks(arts, guesses, o.Seed).Table(1)
	f.Put("link", links)
	f.Put("judge", model.BuildTable(1, nil, nil))
	linker, err := openPartial(f)
	if err != nil {
		return err
	}
	parallel(o.Workers, len(arts), func(i int) { guesses[i].draft(arts[i], linker, opened[i%o.Folds], recall(i)) })
	if err := trainJudge(f, arts, guesses, recall, o, log); err != nil {
		return err
	}
	m, err := openPartial(f)
	if err != nil {
		return err
	}
	score, err := scoreDev(os.Stderr, dataDir, m, parser, o.Workers)
	if err != nil {
		return err
	}
	f.Scores = summary(score)
	b, err := f.Bytes()
	if err != nil {
		return err
	}
	log.Info("statement: written", "bytes", len(b))
	return write(outDir, b)
}

func parallel(workers, n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// ranges turns byte spans into token ranges: every token that overlaps a span.
func ranges(d *token.Doc, spans []record.Span) []token.Range {
	var out []token.Range
	for _, s := range spans {
		r := d.Cover(s.Start, s.End)
		if r.Len() == 0 {
			continue
		}
		if n := len(out); n > 0 && r.First <= out[n-1].Last {
			out[n-1].Last = max(out[n-1].Last, r.Last)
			continue
		}
		out = append(out, r)
	}
	return out
}

// countPriors counts, by lemma and part of speech, how often a word is in a
// cue. The value is 1 (hardly ever) to 9 (nearly always); rare words have none.
func countPriors(arts []*article) []byte {
	type tally struct{ cue, all int }
	count := map[uint64]*tally{}
	var keys []uint64
	for _, a := range arts {
		inCue := map[int32]bool{}
		for _, g := range a.gold {
			for _, r := range g[1] {
				for i := r.First; i < r.Last; i++ {
					inCue[i] = true
				}
			}
		}
		for i := range a.doc.Tokens {
			k := statement.PriorKey(model.HashString(a.tree.Lemma[i]), uint64(a.tree.UPOS[i]))
			t := count[k]
			if t == nil {
				t = &tally{}
				count[k] = t
				keys = append(keys, k)
			}
			t.all++
			if inCue[int32(i)] {
				t.cue++
			}
		}
	}
	var kept []uint64
	for _, k := range keys {
		if t := count[k]; t.all >= 3 {
			kept = append(kept, k)
		}
	}
	return model.BuildTable(1, kept, func(i int) []int8 {
		t := count[kept[i]]
		r := (float64(t.cue) + 0.1) / (float64(t.all) + 1)
		v := 1
		for _, cut := range []float64{0.01, 0.03, 0.08, 0.16, 0.3, 0.5, 0.7, 0.85} {
			if r > cut {
				v++
			}
		}
		return []int8{int8(v)}
	})
}

// sequences makes one training sequence of each paragraph. Where attributions
// overlap, what comes first in the text keeps its labels, except that a cue or
// source is never overwritten by a content that begins later.
func sequences(a *article) []crf.Sequence {
	labels := goldLabels(a)
	var out []crf.Sequence
	for _, p := range a.doc.Paragraphs {
		lo, hi := int(p.First), int(p.Last)
		s := crf.Sequence{Labels: labels[lo:hi]}
		var arena []uint64
		for i := lo; i < hi; i++ {
			n := len(arena)
			arena = a.cols.ChainFeatures(arena, i, lo, hi)
			s.Feats = append(s.Feats, arena[n:len(arena):len(arena)])
		}
		out = append(out, s)
	}
	return out
}

func goldLabels(a *article) []uint8 {
	labels := make([]uint8, len(a.doc.Tokens))
	put := func(rs []token.Range, begin uint8) {
		for _, r := range rs {
			for i := r.First; i < r.Last; i++ {
				if labels[i] != 0 {
					continue
				}
				labels[i] = begin + 1
				if i == r.First || labels[i-1] != begin && labels[i-1] != begin+1 {
					labels[i] = begin
				}
			}
		}
	}
	for _, g := range a.gold {
		put(g[0], 1)
		put(g[1], 3)
		put(g[2], 5)
	}
	return labels
}
