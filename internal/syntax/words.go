package syntax

import (
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/token"
)

// attrs are the hashes of what can be seen of one word.
type attrs struct {
	form  uint64    // as written
	norm  uint64    // lower case, digits as 0, one kind of quotation mark and dash
	pre   [3]uint64 // the first 1 to 3 bytes of norm
	suf   [5]uint64 // the last 1 to 5 bytes of norm
	shape uint64    // Xx, dd-dd and the like; white space around
	amb   uint64    // the labels that the lexicon gives the word, 0 if it is not there

	coarse, mid, fine uint64 // word classes, 0 if the word has none

	sure int16 // the label of a frequent word that has no other, -1 for all other words
}

// Sentence is one sentence on its way through the tagger and the parser.
// It is a workspace: Set makes it ready for the next sentence.
type Sentence struct {
	words []attrs
	Label []uint8 // joint label of UPOS and Tag, an index into the labels of the model
	UPOS  []UPOS
	Tag   []Tag
	Head  []int32 // index in the sentence, len(Head) for the root
	Rel   []Rel

	norm  []byte
	feats []uint64
}

// Len is the number of words.
func (s *Sentence) Len() int { return len(s.words) }

// Set fills in the words r of d and what the lexicon knows of them.
func (s *Sentence) Set(d *token.Doc, r token.Range, lexicon *Lexicon) {
	n := r.Len()
	s.words = resize(s.words, n)
	s.Label = resize(s.Label, n)
	s.UPOS = resize(s.UPOS, n)
	s.Tag = resize(s.Tag, n)
	s.Head = resize(s.Head, n)
	s.Rel = resize(s.Rel, n)
	s.Detach()
	for i := range n {
		k := int(r.First) + i
		spaces := uint64(0)
		if i == 0 || d.SpaceBefore(k) {
			spaces = 1
		}
		if i == n-1 || d.SpaceBefore(k+1) {
			spaces |= 2
		}
		s.words[i] = s.look(d.Word(k), spaces)
		lexicon.look(&s.words[i], d.Word(k))
	}
}

// unattached is the head of a token before it is parsed.
const unattached = -1

// Detach takes the tree of s away.
func (s *Sentence) Detach() {
	for i := range s.Head {
		s.Head[i], s.Rel[i] = unattached, Dep
	}
}

// Punctuate attaches the punctuation of s, whose words have been parsed.
func (s *Sentence) Punctuate() {
	var p punctuation
	p.attach(s)
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

// Affixes of a word are cut from its first and last bytes up to this many.
const maxNorm = 64

// look takes in one word.
func (s *Sentence) look(w string, spaces uint64) attrs {
	a := attrs{form: model.HashString(w), sure: -1}
	s.norm = s.norm[:0]
	shape, last, run := spaces+1, rune(0), 0
	for _, r := range w {
		c := kindOf(r)
		if c != last {
			last, run = c, 0
		}
		if run++; run <= 2 {
			shape = shape*31 + uint64(c)
		}
		if len(s.norm) < maxNorm {
			s.norm = utf8.AppendRune(s.norm, normal(r))
		}
	}
	a.shape = model.Mix(shape)
	b := s.norm
	a.norm = hashBytes(b, len(w))
	for k := range a.pre {
		a.pre[k] = hashBytes(b[:min(k+1, len(b))], k)
	}
	for k := range a.suf {
		a.suf[k] = hashBytes(b[len(b)-min(k+1, len(b)):], k)
	}
	return a
}

func hashBytes(b []byte, salt int) uint64 {
	if len(b) < maxNorm {
		salt = 0
	}
	h := uint64(14695981039346656037) + uint64(salt)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return model.Mix(h)
}

// kindOf is the letter that stands for r in a shape.
func kindOf(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return 'x'
	case r >= 'A' && r <= 'Z':
		return 'X'
	case r >= '0' && r <= '9':
		return 'd'
	case r < utf8.RuneSelf:
		return r
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	}
	return r
}

// normal folds case, digits and the varieties of quotation marks and dashes.
func normal(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= '0' && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return r
	}
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '–', '—', '―', '−':
		return '-'
	case '‐', '‑':
		return '-'
	}
	return unicode.ToLower(r)
}

// Sure is the weight in the lexicon of a label that its word always has.
const Sure = 1

// Sure is the label of word i if it is one of the frequent words that have no other.
func (s *Sentence) Sure(i int) (label uint8, ok bool) {
	return uint8(s.words[i].sure), s.words[i].sure >= 0
}

// Lexicon tells what is known of a word: which labels it had in the training
// sets, and its classes.
type Lexicon struct {
	labels  sparse
	classes *cluster.Classes
}

// NewLexicon reads a lexicon from the bytes that BuildSparse made: the labels
// of each word in falling order of frequency; a label of weight Sure is the
// only one. classes may be nil.
func NewLexicon(b []byte, labels int, classes *cluster.Classes) (*Lexicon, error) {
	t, err := newSparse(b, labels)
	if err != nil {
		return nil, err
	}
	return &Lexicon{t, classes}, nil
}

// look sets what l knows of word w.
func (l *Lexicon) look(a *attrs, w string) {
	if l == nil {
		return
	}
	if row := l.labels.row(a.norm); row != nil {
		if row[1] == Sure {
			a.sure = int16(row[0])
		}
		h := uint64(1)
		for ; len(row) >= 2; row = row[2:] {
			h = h*257 + uint64(row[0])
		}
		a.amb = model.Mix(h)
	}
	if l.classes != nil {
		coarse, mid, fine := l.classes.Of(w)
		a.coarse, a.mid, a.fine = uint64(coarse), uint64(mid), uint64(fine)
	}
}

// Norms are the hashes of the normal forms of the words, the keys of a lexicon.
func (s *Sentence) Norms(dst []uint64) []uint64 {
	for i := range s.words {
		dst = append(dst, s.words[i].norm)
	}
	return dst
}
