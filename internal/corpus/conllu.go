package corpus

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/ulikunitz/xz"

	"github.com/rapporteur/rapporteur/internal/token"
)

// Word is one syntactic word of a CoNLL-U sentence.
type Word struct {
	Form, Lemma, UPOS, XPOS string
	Head                    int // index into Sentence.Words, -1 for the root
	Rel                     string
	Misc                    string
	Space                   bool   // white space follows in the text
	Part                    bool   // not the first word of a multiword token
	Token                   string // surface of the multiword token that starts here, empty if it is a token of its own
}

// Sentence is one sentence of a CoNLL-U file. Empty nodes are left out.
type Sentence struct {
	ID     string
	Text   string
	NewDoc bool
	NewPar bool
	Words  []Word
}

// ReadCoNLLU reads a file in the CoNLL-U format, packed by xz if path ends so.
func ReadCoNLLU(path string) ([]Sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".xz") {
		if r, err = xz.NewReader(bufio.NewReader(f)); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	s, err := ParseCoNLLU(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// ParseCoNLLU reads sentences in the CoNLL-U format. An error names the line.
func ParseCoNLLU(r io.Reader) ([]Sentence, error) {
	var all []Sentence
	var cur Sentence
	flush := func() error {
		if len(cur.Words) == 0 {
			return nil
		}
		for i, w := range cur.Words {
			if w.Head < -1 || w.Head >= len(cur.Words) || w.Head == i {
				return fmt.Errorf("sentence %s: word %d has head %d", cur.ID, i+1, w.Head+1)
			}
		}
		all = append(all, cur)
		cur = Sentence{}
		return nil
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	inside := 0 // words of the multiword token still to come
	var space bool
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		var err error
		switch {
		case line == "":
			err = flush()
		case line[0] == '#':
			cur.comment(line)
		default:
			err = cur.word(line, &inside, &space)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return all, flush()
}

func (s *Sentence) comment(line string) {
	key, value, _ := strings.Cut(strings.TrimSpace(line[1:]), " = ")
	switch {
	case key == "sent_id":
		s.ID = value
	case key == "text":
		s.Text = value
	case strings.HasPrefix(key, "newdoc"):
		s.NewDoc = true
	case key == "newpar", strings.HasPrefix(key, "newpar "):
		s.NewPar = true
	}
}

func (s *Sentence) word(line string, inside *int, space *bool) error {
	col := strings.Split(line, "\t")
	if len(col) != 10 {
		return fmt.Errorf("%d columns, want 10", len(col))
	}
	if strings.Contains(col[0], ".") {
		return nil
	}
	after := !strings.Contains(col[9], "SpaceAfter=No")
	if first, last, ok := strings.Cut(col[0], "-"); ok {
		a, err1 := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || a != len(s.Words)+1 || b < a {
			return fmt.Errorf("bad range %q", col[0])
		}
		*inside, *space = b-a+1, after
		s.Words = append(s.Words, Word{Token: col[1], Head: -1})
		return nil
	}
	head, err := strconv.Atoi(col[6])
	if err != nil {
		return fmt.Errorf("bad head %q", col[6])
	}
	w := Word{Form: col[1], Lemma: col[2], UPOS: col[3], XPOS: col[4], Head: head - 1, Rel: col[7], Misc: col[9], Space: after}
	if *inside > 0 {
		*inside--
		w.Space = *inside == 0 && *space
		if last := len(s.Words) - 1; last >= 0 && s.Words[last].Form == "" && s.Words[last].Token != "" {
			w.Token = s.Words[last].Token
			s.Words[last] = w
			return nil
		}
		w.Part = true
	}
	s.Words = append(s.Words, w)
	return nil
}

// GoldDoc is the words of sentences as a document: the text is put together
// from the forms, so that every word, also one of a contraction ("du", "wanna")
// that the text does not show, is a token of its own.
func GoldDoc(sentences []Sentence) *token.Doc {
	var text strings.Builder
	d := &token.Doc{}
	for _, s := range sentences {
		first := int32(len(d.Tokens))
		for _, w := range s.Words {
			start := int32(text.Len())
			text.WriteString(w.Form)
			d.Tokens = append(d.Tokens, token.Token{Start: start, End: int32(text.Len())})
			if w.Space {
				text.WriteByte(' ')
			}
		}
		text.WriteByte('\n')
		r := token.Range{First: first, Last: int32(len(d.Tokens))}
		d.Sentences = append(d.Sentences, r)
		d.Paragraphs = append(d.Paragraphs, r)
	}
	d.Text = text.String()
	return d
}
