package corpus

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ulikunitz/xz"

	"github.com/rapporteur/rapporteur/internal/token"
)

// The characters of a code are the printable ones from codeZero on; a head is told
// by how many words before or after its dependent it stands, nearer than farthest.
const (
	codeZero = '!'
	codes    = '~' - codeZero + 1
	farthest = codes / 2
)

// ReadTrees reads the trees that table, packed by xz, gives sentences of the texts of
// dataDir. Its first two lines are the joint labels of UPOS and XPOS and the relations
// that it uses, tab-separated. A line after them is, tab-separated, the name of a text,
// how many characters of it, without spaces, have been read, and, separated by spaces,
// its sentences as the tokenizer finds them: three characters a word, for its label,
// its relation and its head, which is the word itself for the root; "-" for a sentence
// without a tree. The sentences have neither lemmas nor text.
func ReadTrees(dataDir string, table io.Reader) ([]Sentence, error) {
	r, err := xz.NewReader(table)
	if err != nil {
		return nil, err
	}
	texts, err := codedTexts(dataDir)
	if err != nil {
		return nil, err
	}
	var out []Sentence
	var names [2][]string
	strange := 0 // trees that do not fit their sentences
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		f := strings.Split(lines.Text(), "\t")
		if n <= len(names) {
			names[n-1] = f
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: %d fields, not 3", n, len(f))
		}
		text := token.Canonical(texts[f[0]]) // as the reader reads it
		at := solid(text)
		last, err := strconv.Atoi(f[1])
		if err != nil || last < 1 || last > len(at) {
			return nil, fmt.Errorf("line %d: no text %q of %s characters", n, f[0], f[1])
		}
		d := token.Segment(text[:at[last-1].End])
		trees := strings.Fields(f[2])
		if len(trees) != len(d.Sentences) {
			strange += len(trees)
			continue
		}
		for i, code := range trees {
			if code == "-" {
				continue
			}
			if len(code) != 3*d.Sentences[i].Len() {
				strange++ // where a text was cut, its last word may be another
				continue
			}
			s, err := treeOf(d, d.Sentences[i], code, names)
			if err != nil {
				return nil, fmt.Errorf("line %d: sentence %d: %w", n, i+1, err)
			}
			out = append(out, s)
		}
	}
	if strange > len(out)/100 {
		return nil, fmt.Errorf("%d of %d trees are of other words: made for another tokenizer", strange, strange+len(out))
	}
	return out, lines.Err()
}

// treeOf is sentence r of d with the tree that code, three characters a word, gives it.
func treeOf(d *token.Doc, r token.Range, code string, names [2][]string) (Sentence, error) {
	n := r.Len()
	s := Sentence{Words: make([]Word, n)}
	for i := range s.Words {
		label, rel, head := int(code[3*i])-codeZero, int(code[3*i+1])-codeZero, i+int(code[3*i+2])-codeZero-farthest
		if label < 0 || label >= len(names[0]) || rel < 0 || rel >= len(names[1]) || head < 0 || head >= n {
			return Sentence{}, fmt.Errorf("word %d: %q is no code", i+1, code[3*i:3*i+3])
		}
		if head == i {
			head = -1
		}
		w := &s.Words[i]
		w.UPOS, w.XPOS, _ = strings.Cut(names[0][label], " ")
		w.Form, w.Head, w.Rel = d.Word(int(r.First)+i), head, names[1][rel]
		if k := int(r.First) + i; k+1 < len(d.Tokens) {
			w.Space = d.Tokens[k].End < d.Tokens[k+1].Start
		}
	}
	return s, nil
}
