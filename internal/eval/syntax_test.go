package eval

import (
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

const twoSentences = `# newpar
1	She	she	PRON	PRP	_	2	nsubj	_	_
2	spoke	speak	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

1-2	Wanna	_	_	_	_	_	_	_	_
1	Want	want	VERB	VB	_	0	root	_	_
2	to	to	PART	TO	_	3	mark	_	_
3	go	go	VERB	VB	_	1	xcomp	_	SpaceAfter=No
4	?	?	PUNCT	.	_	1	punct	_	_

`

// treeOf is the gold analysis as a tree.
func treeOf(g *goldWords) *syntax.Tree {
	t := syntax.NewTree(len(g.rel))
	for i := range g.rel {
		t.UPOS[i], t.Tag[i], t.Lemma[i] = syntax.ParseUPOS(g.upos[i]), syntax.ParseTag(g.xpos[i]), g.lemma[i]
		t.Head[i], t.Rel[i] = int32(g.head[i]), g.rel[i]
	}
	return t
}

func TestSyntaxScore(t *testing.T) {
	sents, err := corpus.ParseCoNLLU(strings.NewReader(twoSentences))
	if err != nil {
		t.Fatal(err)
	}
	g := goldWordsOf(sents)
	tree := treeOf(g)
	all := identity(len(g.rel))
	if s := g.score(tree, all); s.las.True != 7 || s.las.F1() != 100 || s.lemma.F1() != 100 || s.clas != (Count{4, 4, 4}) {
		t.Errorf("gold against itself: %+v", s)
	}
	tree.Rel[0] = syntax.NsubjPass // a subtype does not count
	tree.Head[2] = 0               // a wrong head
	tree.Rel[5] = syntax.Ccomp     // a wrong relation of a content word
	tree.Lemma[1] = "spoke"
	s := g.score(tree, all)
	if s.uas.True != 6 || s.las.True != 5 || s.clas.True != 3 || s.lemma.True != 6 || s.upos.True != 7 {
		t.Errorf("one wrong head, one wrong relation, one wrong lemma: %+v", s)
	}
}

func TestAlignWords(t *testing.T) {
	sents, err := corpus.ParseCoNLLU(strings.NewReader(twoSentences))
	if err != nil {
		t.Fatal(err)
	}
	doc := rawDoc(sents)
	if want := "She spoke. Wanna go?"; strings.TrimSpace(doc.Text) != want {
		t.Fatalf("text %q, want %q", doc.Text, want)
	}
	got := &token.Doc{Text: doc.Text} // "spoke." is one token here
	for _, w := range []string{"She", "spoke.", "Wanna", "go", "?"} {
		at := int32(strings.Index(doc.Text, w))
		got.Tokens = append(got.Tokens, token.Token{Start: at, End: at + int32(len(w))})
	}
	want := []int{0, -1, -1, -1, -1, 3, 4}
	align := alignWords(sents, doc, got)
	for i := range want {
		if len(align) != len(want) || align[i] != want[i] {
			t.Fatalf("aligned as %v, want %v", align, want)
		}
	}
}
