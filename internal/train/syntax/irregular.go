package syntax

import (
	_ "embed"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
)

//go:embed irregular.txt
var irregular string

// irregularWords are the forms of irregular.txt, as sentences of one word
// for the lemmatiser to learn from.
func irregularWords() []corpus.Sentence {
	var all []corpus.Sentence
	add := func(forms, upos, xpos, lemma string) {
		for form := range strings.SplitSeq(forms, "/") {
			all = append(all, corpus.Sentence{Words: []corpus.Word{
				{Form: form, Lemma: lemma, UPOS: upos, XPOS: xpos, Head: -1, Rel: "root", Space: true},
			}})
		}
	}
	for line := range strings.Lines(irregular) {
		f := strings.Fields(line)
		switch {
		case len(f) == 4 && f[0] == "verb":
			add(f[2], "VERB", "VBD", f[1])
			add(f[3], "VERB", "VBN", f[1])
		case len(f) == 3 && f[0] == "noun":
			add(f[2], "NOUN", "NNS", f[1])
		}
	}
	return all
}
