package eval

import (
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
)

const tokensGold = `# newdoc
# sent_id = 1
# newpar
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

# sent_id = 2
1-2	du	_	_	_	_	_	_	_	_
1	de	de	ADP	IN	_	3	case	_	_
2	le	le	DET	DT	_	3	det	_	_
3	pain	pain	NOUN	NN	_	0	root	_	_

# sent_id = 3
# newpar
1	End	end	NOUN	NN	_	0	root	_	_

`

func TestRawDoc(t *testing.T) {
	sentences, err := corpus.ParseCoNLLU(strings.NewReader(tokensGold))
	if err != nil {
		t.Fatal(err)
	}
	d := rawDoc(sentences)
	if want := "Don't go. du pain \n\nEnd "; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	var words []string
	for i := range d.Tokens {
		words = append(words, d.Word(i))
	}
	if got, want := strings.Join(words, "|"), "Do|n't|go|.|du|pain|End"; got != want {
		t.Errorf("tokens %s, want %s", got, want)
	}
	var s TokenScore
	s.add(d, token.Segment(d.Text))
	if want := (TokenScore{Count{7, 7, 7}, Count{1, 2, 3}}); s != want {
		t.Errorf("score %v, want %v: the lower-case sentence cannot be found", s, want)
	}
}

func TestMatches(t *testing.T) {
	gold := []token.Token{{Start: 0, End: 2}, {Start: 2, End: 5}, {Start: 6, End: 7}}
	got := []token.Token{{Start: 0, End: 5}, {Start: 6, End: 7}, {Start: 8, End: 9}}
	if c := matches(gold, got); c != (Count{1, 3, 3}) {
		t.Errorf("matches = %v, want one of three", c)
	}
}
