package syntax

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// treebank is a set of sentences with their gold analyses.
type treebank struct {
	doc    *token.Doc
	gold   []corpus.Sentence
	silver int               // sentences from here on are the teacher's
	sents  []syntax.Sentence // set by analyse
	label  [][]uint8         // gold joint labels, unknown ones as 0
	head   [][]int32         // gold heads in the sentence, the number of words for the root
	rel    [][]syntax.Rel
}

func newTreebank(sents []corpus.Sentence, labels []string) *treebank {
	id := map[string]uint8{}
	for i, l := range labels {
		id[l] = uint8(i)
	}
	b := &treebank{doc: corpus.GoldDoc(sents), gold: sents, silver: len(sents)}
	for _, s := range sents {
		n := len(s.Words)
		label, head, rel := make([]uint8, n), make([]int32, n), make([]syntax.Rel, n)
		for i, w := range s.Words {
			label[i] = id[w.UPOS+" "+w.XPOS]
			head[i] = int32(w.Head)
			if w.Head < 0 {
				head[i] = int32(n)
			}
			rel[i] = syntax.ParseRel(w.Rel)
		}
		b.label, b.head, b.rel = append(b.label, label), append(b.head, head), append(b.rel, rel)
	}
	return b
}

// analyse looks at every word with the lexicon.
func (b *treebank) analyse(lexicon *syntax.Lexicon) {
	b.sents = make([]syntax.Sentence, len(b.gold))
	for i, r := range b.doc.Sentences {
		b.sents[i].Set(b.doc, r, lexicon)
	}
}

// round is the order of the sentences in a round: those of the treebanks come
// goldCopies times.
func (b *treebank) round(rng *rand.Rand) []int {
	list := make([]int, 0, goldCopies*b.silver+len(b.sents)-b.silver)
	for range goldCopies {
		for i := range b.silver {
			list = append(list, i)
		}
	}
	for i := b.silver; i < len(b.sents); i++ {
		list = append(list, i)
	}
	rng.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return list
}

// jointLabels are the pairs of UPOS and XPOS that occur at least min times,
// the most frequent first.
func jointLabels(sents []corpus.Sentence, least int) []string {
	count := map[string]int{}
	for _, s := range sents {
		for _, w := range s.Words {
			if syntax.ParseTag(w.XPOS) != syntax.TagNone {
				count[w.UPOS+" "+w.XPOS]++
			}
		}
	}
	var labels []string
	for l, n := range count {
		if n >= least {
			labels = append(labels, l)
		}
	}
	slices.SortFunc(labels, func(a, b string) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a, b))
	})
	return labels
}

// A word seen leastSure times whose other labels are not one in rareLabel of
// it is sure of its label: other labels are mistakes of the annotators.
const (
	leastSure = 40
	rareLabel = 400
)

// lexiconOf lists, for each word seen at least least times, its labels in
// falling order of frequency; labels under one in fifty are left out.
func lexiconOf(b *treebank, least int) []byte {
	b.analyse(nil)
	count := map[uint64]map[uint8]int{}
	var keys, norms []uint64
	for i := range b.sents {
		norms = b.sents[i].Norms(norms[:0])
		for k, h := range norms {
			if count[h] == nil {
				count[h] = map[uint8]int{}
				keys = append(keys, h)
			}
			count[h][b.label[i][k]]++
		}
	}
	return syntax.BuildSparse(keys, func(i int) []syntax.Entry {
		total := 0
		var row []syntax.Entry
		for y, n := range count[keys[i]] {
			total += n
			row = append(row, syntax.Entry{Label: y})
		}
		if total < least {
			return nil
		}
		of := count[keys[i]]
		slices.SortFunc(row, func(a, b syntax.Entry) int {
			return cmp.Or(of[b.Label]-of[a.Label], cmp.Compare(a.Label, b.Label))
		})
		if total >= leastSure && of[row[0].Label]*rareLabel >= total*(rareLabel-1) {
			row[0].Weight = syntax.Sure
			return row[:1]
		}
		return slices.DeleteFunc(row, func(e syntax.Entry) bool { return of[e.Label]*50 < total })
	})
}

func read(paths ...string) ([]corpus.Sentence, error) {
	var all []corpus.Sentence
	for _, p := range paths {
		s, err := corpus.ReadCoNLLU(p)
		if err != nil {
			return nil, fmt.Errorf("treebank: %w", err)
		}
		all = append(all, s...)
	}
	return all, nil
}
