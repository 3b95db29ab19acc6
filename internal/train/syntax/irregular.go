package syntax

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
)

//go:embed irregular.txt
var irregular string

// irregularWords are the forms of irregular.txt, as one sentence for the
// lemmatiser to learn from.
func irregularWords() corpus.Sentence {
	var s corpus.Sentence
	add := func(forms, upos, xpos, lemma string) {
		for form := range strings.SplitSeq(forms, "/") {
			s.Words = append(s.Words, corpus.Word{Form: form, Lemma: lemma, UPOS: upos, XPOS: xpos, Head: -1, Rel: "root", Space: true})
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
	return s
}

// slip reports whether the lemma of w contradicts irregular.txt: the treebanks
// make "flead" of "fled". list is irregularWords.
func slip(w *corpus.Word, list *corpus.Sentence) bool {
	known := false
	for _, v := range list.Words {
		if v.XPOS == w.XPOS && strings.EqualFold(v.Form, w.Form) {
			if v.Lemma == strings.ToLower(w.Lemma) {
				return false
			}
			known = true
		}
	}
	return known
}

// lemmaSentences are the sentences that the lemmatiser learns from: sents
// without the lemmas that are slips, and irregular.txt a few times.
func lemmaSentences(sents []corpus.Sentence) []corpus.Sentence {
	list := irregularWords()
	var all []corpus.Sentence
	for _, s := range sents {
		s.Words = slices.Clone(s.Words)
		for i := range s.Words {
			if w := &s.Words[i]; slip(w, &list) {
				w.Lemma = noLemma
			}
		}
		all = append(all, s)
	}
	return append(all, slices.Repeat([]corpus.Sentence{list}, irregularCopies)...)
}
