package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Syntax scores tags, lemmas and trees on CoNLL-U files, plain or packed by
// xz, as the CoNLL 2018 shared task does (Zeman et al. 2018): all words count,
// subtypes of relations do not. Each file is scored on gold words with
// predicted tags (accuracy), and from raw text (F1 over aligned words).
func Syntax(w io.Writer, paths []string) error {
	m, err := syntax.Open()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%-28s %-5s %7s %6s %6s %6s %6s %6s %6s %6s %6s\n",
		"file", "input", "words", "words%", "sents%", "UPOS", "XPOS", "lemma", "UAS", "LAS", "CLAS")
	for _, path := range paths {
		sents, err := corpus.ReadCoNLLU(path)
		if err != nil {
			return err
		}
		gold := goldWordsOf(sents)
		s := gold.score(m.Parse(corpus.GoldDoc(sents)), identity(len(gold.rel)))
		s.write(w, path, "gold", 100)

		doc := rawDoc(sents)
		got := token.Segment(doc.Text)
		s = gold.score(m.Parse(got), alignWords(sents, doc, got))
		s.write(w, path, "raw", matches(sentenceSpans(doc), sentenceSpans(got)).F1())
	}
	return nil
}

// syntaxScore counts words that are right. Predicted and Gold of every Count
// are numbers of words, of content words in clas.
type syntaxScore struct {
	words, upos, xpos, lemma, uas, las, clas Count
}

func (s *syntaxScore) write(w io.Writer, path, input string, sents float64) {
	if r := []rune(path); len(r) > 28 {
		path = "…" + string(r[len(r)-27:])
	}
	fmt.Fprintf(w, "%-28s %-5s %7d %6.2f %6.2f %6.2f %6.2f %6.2f %6.2f %6.2f %6.2f\n", path, input, s.words.Gold,
		s.words.F1(), sents, s.upos.F1(), s.xpos.F1(), s.lemma.F1(), s.uas.F1(), s.las.F1(), s.clas.F1())
}

// goldWords are the gold columns over all words of a file; head -1 is the root.
type goldWords struct {
	upos, xpos, lemma []string
	head              []int
	rel               []syntax.Rel
}

func goldWordsOf(sents []corpus.Sentence) *goldWords {
	g := &goldWords{}
	for _, s := range sents {
		first := len(g.rel)
		for _, w := range s.Words {
			head := w.Head
			if head >= 0 {
				head += first
			}
			g.upos, g.xpos, g.lemma = append(g.upos, w.UPOS), append(g.xpos, w.XPOS), append(g.lemma, w.Lemma)
			g.head, g.rel = append(g.head, head), append(g.rel, syntax.ParseRel(w.Rel))
		}
	}
	return g
}

func identity(n int) []int {
	a := make([]int, n)
	for i := range a {
		a[i] = i
	}
	return a
}

// functional are the relations that CLAS leaves out.
func functional(r syntax.Rel) bool {
	switch r.Universal() {
	case syntax.Aux, syntax.Cop, syntax.Mark, syntax.Det, syntax.Case, syntax.Cc, syntax.Punct:
		return true
	}
	return false
}

// score compares t with g. align[i] is the token of t that is gold word i, -1 for none.
func (g *goldWords) score(t *syntax.Tree, align []int) *syntaxScore {
	all := Count{Predicted: len(t.Rel), Gold: len(g.rel)}
	s := &syntaxScore{all, all, all, all, all, all, Count{}}
	for _, r := range t.Rel {
		countIf(&s.clas.Predicted, !functional(r))
	}
	for i, k := range align {
		content := !functional(g.rel[i])
		countIf(&s.clas.Gold, content)
		if k < 0 {
			continue
		}
		s.words.True++
		countIf(&s.upos.True, t.UPOS[k].String() == g.upos[i])
		countIf(&s.xpos.True, t.Tag[k].String() == g.xpos[i])
		countIf(&s.lemma.True, t.Lemma[k] == g.lemma[i] || g.lemma[i] == "_")
		head := -1
		if g.head[i] >= 0 {
			head = align[g.head[i]]
		}
		if int(t.Head[k]) != head || g.head[i] >= 0 && head < 0 {
			continue
		}
		label := t.Rel[k].Universal() == g.rel[i].Universal()
		s.uas.True++
		countIf(&s.las.True, label)
		countIf(&s.clas.True, label && content)
	}
	return s
}

func countIf(n *int, right bool) {
	if right {
		*n++
	}
}

// alignWords finds for each word of sents, whose raw text is doc, the token of
// got with the same characters, -1 for none. The words of a multiword token
// that they do not spell are found in it by their forms, in order.
func alignWords(sents []corpus.Sentence, doc, got *token.Doc) []int {
	var align []int
	at := 0 // first token of got that ends behind the gold token
	gold := 0
	for _, s := range sents {
		for i := 0; i < len(s.Words); gold++ {
			span := doc.Tokens[gold]
			for at < len(got.Tokens) && got.Tokens[at].End <= span.Start {
				at++
			}
			if first := s.Words[i]; first.Token == "" || doc.Text[span.Start:span.End] != first.Token {
				k := -1
				if at < len(got.Tokens) && got.Tokens[at] == span {
					k = at
				}
				align = append(align, k)
				i++
				continue
			}
			for j := at; ; i++ {
				k := j
				for k < len(got.Tokens) && got.Tokens[k].End <= span.End && !strings.EqualFold(got.Word(k), s.Words[i].Form) {
					k++
				}
				if k < len(got.Tokens) && got.Tokens[k].End <= span.End {
					align, j = append(align, k), k+1
				} else {
					align = append(align, -1)
				}
				if i+1 == len(s.Words) || !s.Words[i+1].Part {
					i++
					break
				}
			}
		}
	}
	return align
}
