package eval

import (
	"fmt"
	"io"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
)

// TokenScore compares segmentations with gold: a token or a sentence counts
// where its span is a gold span exactly (the definition of CoNLL 2018).
type TokenScore struct{ Tokens, Sentences Count }

// Tokens segments the raw text of CoNLL-U files and prints the F1 of tokens
// and sentences. The raw text is put together from the files: words and their
// spaces, an empty line before each paragraph.
func Tokens(w io.Writer, paths []string) error {
	for _, path := range paths {
		sentences, err := corpus.ReadCoNLLU(path)
		if err != nil {
			return err
		}
		var total TokenScore
		for _, doc := range documents(sentences) {
			gold := rawDoc(doc)
			total.add(gold, token.Segment(gold.Text))
		}
		fmt.Fprintf(w, "%s: tokens P %.2f R %.2f F1 %.2f, sentences P %.2f R %.2f F1 %.2f\n", path,
			total.Tokens.Precision(), total.Tokens.Recall(), total.Tokens.F1(),
			total.Sentences.Precision(), total.Sentences.Recall(), total.Sentences.F1())
	}
	return nil
}

// documents cuts sentences where a document begins.
func documents(sentences []corpus.Sentence) [][]corpus.Sentence {
	var all [][]corpus.Sentence
	first := 0
	for i := range sentences {
		if i > first && sentences[i].NewDoc {
			all = append(all, sentences[first:i])
			first = i
		}
	}
	return append(all, sentences[first:])
}

// rawDoc is the raw text of sentences with its gold tokens and sentences. A
// multiword token whose words do not spell it (as "du" in French) is one token.
func rawDoc(sentences []corpus.Sentence) *token.Doc {
	var text strings.Builder
	d := &token.Doc{}
	add := func(s string) {
		start := int32(text.Len())
		text.WriteString(s)
		d.Tokens = append(d.Tokens, token.Token{Start: start, End: int32(text.Len())})
	}
	for i, s := range sentences {
		if i > 0 && (s.NewPar || s.NewDoc) {
			text.WriteString("\n\n")
		}
		first := int32(len(d.Tokens))
		for j := 0; j < len(s.Words); j++ {
			k := j + 1
			for k < len(s.Words) && s.Words[k].Part {
				k++
			}
			forms := ""
			for _, w := range s.Words[j:k] {
				forms += w.Form
			}
			if whole := s.Words[j].Token; whole != "" && whole != forms {
				add(whole)
			} else {
				for _, w := range s.Words[j:k] {
					add(w.Form)
				}
			}
			if j = k - 1; s.Words[j].Space {
				text.WriteByte(' ')
			}
		}
		d.Sentences = append(d.Sentences, token.Range{First: first, Last: int32(len(d.Tokens))})
	}
	d.Text = text.String()
	return d
}

func (s *TokenScore) add(gold, got *token.Doc) {
	s.Tokens = s.Tokens.plus(matches(tokenSpans(gold), tokenSpans(got)))
	s.Sentences = s.Sentences.plus(matches(sentenceSpans(gold), sentenceSpans(got)))
}

func (c Count) plus(d Count) Count {
	return Count{c.True + d.True, c.Predicted + d.Predicted, c.Gold + d.Gold}
}

func tokenSpans(d *token.Doc) []token.Token { return d.Tokens }

func sentenceSpans(d *token.Doc) []token.Token {
	spans := make([]token.Token, len(d.Sentences))
	for i, r := range d.Sentences {
		spans[i] = token.Token{Start: d.Tokens[r.First].Start, End: d.Tokens[r.Last-1].End}
	}
	return spans
}

// matches counts the spans that two ordered lists share.
func matches(gold, got []token.Token) Count {
	c := Count{Predicted: len(got), Gold: len(gold)}
	for i, j := 0, 0; i < len(gold) && j < len(got); {
		switch {
		case gold[i] == got[j]:
			c.True++
			i++
			j++
		case gold[i].Start < got[j].Start || gold[i].Start == got[j].Start && gold[i].End < got[j].End:
			i++
		default:
			j++
		}
	}
	return c
}
