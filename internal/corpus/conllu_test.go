package corpus

import (
	"strings"
	"testing"
)

const conllu = `# newdoc id = a
# sent_id = a-1
# newpar
# text = They don't go.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
4.1	away	away	ADV	RB	_	_	_	_	_
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = a-2
# text = Wanna
1-2	Wanna	_	_	_	_	_	_	_	SpaceAfter=No
1	Want	want	VERB	VB	_	0	root	_	_
2	to	to	PART	TO	_	1	mark	_	_

`

func TestParseCoNLLU(t *testing.T) {
	sents, err := ParseCoNLLU(strings.NewReader(conllu))
	if err != nil {
		t.Fatal(err)
	}
	if len(sents) != 2 || len(sents[0].Words) != 5 || len(sents[1].Words) != 2 {
		t.Fatalf("%d sentences: %+v", len(sents), sents)
	}
	first := sents[0]
	if first.ID != "a-1" || !first.NewDoc || !first.NewPar || first.Text != "They don't go." {
		t.Errorf("comments are read as %+v", first)
	}
	if w := first.Words[1]; w.Form != "do" || w.Token != "don't" || w.Part || w.Space || w.Head != 3 || w.Rel != "aux" {
		t.Errorf("the first word of a multiword token is %+v", w)
	}
	if w := first.Words[2]; w.Form != "n't" || w.Token != "" || !w.Part || !w.Space || w.Lemma != "not" {
		t.Errorf("the second word of a multiword token is %+v", w)
	}
	if w := first.Words[3]; w.Head != -1 || w.Space || w.XPOS != "VB" {
		t.Errorf("the root is %+v", w)
	}
	d := GoldDoc(sents)
	if want := "They don't go. \nWantto\n"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	var words []string
	for i := range d.Tokens {
		words = append(words, d.Word(i))
	}
	if got := strings.Join(words, "|"); got != "They|do|n't|go|.|Want|to" || len(d.Sentences) != 2 {
		t.Errorf("words %s in %d sentences", got, len(d.Sentences))
	}
}

func TestParseCoNLLUErrors(t *testing.T) {
	word := "1\ta\ta\tX\tX\t_\t0\troot\t_\t_\n"
	for name, text := range map[string]string{
		"columns":        "1\ta\tb\n\n",
		"head":           "1\ta\ta\tX\tX\t_\tx\troot\t_\t_\n\n",
		"head too large": "1\ta\ta\tX\tX\t_\t2\tdep\t_\t_\n\n",
		"own head":       "1\ta\ta\tX\tX\t_\t1\tdep\t_\t_\n\n",
		"range":          word + "4-5\tb\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
	} {
		if s, err := ParseCoNLLU(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read as %+v", name, s)
		}
	}
	if s, err := ParseCoNLLU(strings.NewReader(word)); err != nil || len(s) != 1 {
		t.Errorf("a last sentence without an empty line: %d sentences, %v", len(s), err)
	}
}
