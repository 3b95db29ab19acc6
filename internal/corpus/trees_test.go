package corpus

import (
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/token"
)

func TestTreeOf(t *testing.T) {
	d := token.Segment("Peru met Chile.")
	names := [2][]string{{"PROPN NNP", "VERB VBD", "PUNCT ."}, {"nsubj", "root", "obj", "punct"}}
	s, err := treeOf(d, d.Sentences[0], `!!Q""P!#O#$N`, names)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Word{
		{Form: "Peru", UPOS: "PROPN", XPOS: "NNP", Head: 1, Rel: "nsubj", Space: true},
		{Form: "met", UPOS: "VERB", XPOS: "VBD", Head: -1, Rel: "root", Space: true},
		{Form: "Chile", UPOS: "PROPN", XPOS: "NNP", Head: 1, Rel: "obj"},
		{Form: ".", UPOS: "PUNCT", XPOS: ".", Head: 1, Rel: "punct"},
	} {
		if s.Words[i] != want {
			t.Errorf("word %d is %+v, want %+v", i, s.Words[i], want)
		}
	}
	for code, want := range map[string]string{
		`$!Q""P!#O#$N`: `word 1: "$!Q" is no code`,
		`!!O""P!#O#$N`: `word 1: "!!O" is no code`,
	} {
		if _, err := treeOf(d, d.Sentences[0], code, names); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
}

func TestReadTreesMalformed(t *testing.T) {
	if _, err := ReadTrees(t.TempDir(), strings.NewReader("no xz")); err == nil {
		t.Error("no error for what is not packed")
	}
}
