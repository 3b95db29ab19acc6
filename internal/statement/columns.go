package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Quotation state of a token.
const (
	quoteOutside uint64 = iota
	quoteOpen
	quoteInside
	quoteClose
)

// Extractor makes columns. Prior is the trained table of how often a lemma is a
// cue; it is empty while that is being counted.
type Extractor struct {
	Prior   model.Table
	lexicon *lexicon
	classes *cluster.Classes
}

// NewExtractor reads the cue lexicon and the word classes.
func NewExtractor(prior model.Table) (*Extractor, error) {
	l, err := newLexicon()
	if err != nil {
		return nil, err
	}
	classes, err := cluster.Open()
	return &Extractor{Prior: prior, lexicon: l, classes: classes}, err
}

// Columns are the attributes of the tokens that features are made of, one
// slice per attribute, parallel to the tokens of the document.
type Columns struct {
	d *token.Doc
	t *syntax.Tree

	word, lemma, shape, suffix []uint64
	mid, fine                  []uint64 // word classes
	tag, upos, rel             []uint64
	quote                      []uint64 // state
	quoteKind                  []uint64 // what the quotation around the token looks like, 0 outside
	quotes                     []token.Quote
	quoteOf                    []int32  // index into quotes of the outermost quotation, -1 outside
	innerOf                    []int32  // the same of the innermost
	class                      []uint64 // class in the cue lexicon, 0 for none
	prior                      []uint64 // eighths of its occurrences in which the lemma is a cue, plus 1; 0 unknown
	anc                        []int32  // nearest proper ancestor that may be a cue, -1 for none
	ancRel                     []uint64 // relation of the branch that hangs on anc and holds the token, and its side
	left, right                []int32  // nearest likely cue of the sentence before and after the token, -1 for none
	leftGap, rightGap          []uint64 // what stands between: 0 nothing, 1 a comma, 2 several, and 4 for a quotation mark
	sentence                   []int32  // index of the sentence
	sentenceKind               []uint64 // by sentence: quotation and cue words in it
}

// Columns makes the columns of a document.
func (m *Extractor) Columns(d *token.Doc, t *syntax.Tree) *Columns {
	n := len(d.Tokens)
	c := &Columns{d: d, t: t}
	u := make([]uint64, 16*n)
	for _, p := range []*[]uint64{&c.word, &c.lemma, &c.shape, &c.suffix, &c.mid, &c.fine, &c.tag, &c.upos, &c.rel, &c.quote, &c.quoteKind, &c.class, &c.prior, &c.ancRel, &c.leftGap, &c.rightGap} {
		*p, u = u[:n:n], u[n:]
	}
	i32 := make([]int32, 6*n)
	for _, p := range []*[]int32{&c.quoteOf, &c.innerOf, &c.anc, &c.sentence, &c.left, &c.right} {
		*p, i32 = i32[:n:n], i32[n:]
	}
	var low []byte
	for i := range n {
		w := d.Word(i)
		low = appendLower(low[:0], w)
		c.word[i] = hashBytes(low)
		c.lemma[i] = model.HashString(t.Lemma[i])
		c.shape[i] = shape(w)
		_, mid, fine := m.classes.Of(w)
		c.mid[i], c.fine[i] = uint64(mid), uint64(fine)
		c.suffix[i] = hashBytes(low[max(0, len(low)-3):])
		c.tag[i], c.upos[i], c.rel[i] = uint64(t.Tag[i]), uint64(t.UPOS[i]), uint64(t.Rel[i])
		c.class[i] = m.classOf(t, i)
		if row := m.Prior.Row(PriorKey(c.lemma[i], c.upos[i])); row != nil {
			c.prior[i] = uint64(row[0])
		}
	}
	for s, r := range d.Sentences {
		for i := r.First; i < r.Last; i++ {
			c.sentence[i] = int32(s)
		}
	}
	c.markQuotes()
	c.findAncestors()
	c.describeSentences()
	c.findNeighbours()
	return c
}

func (m *Extractor) classOf(t *syntax.Tree, i int) uint64 {
	switch t.UPOS[i] {
	case syntax.VERB, syntax.AUX:
		return m.lexicon.verbs[t.Lemma[i]].id
	case syntax.NOUN:
		return m.lexicon.nouns[t.Lemma[i]].id
	}
	return 0
}

func appendLower(b []byte, s string) []byte {
	for i := range len(s) {
		ch := s[i]
		if ch >= utf8.RuneSelf {
			return append(b[:0], strings.ToLower(s)...)
		}
		if 'A' <= ch && ch <= 'Z' {
			ch += 'a' - 'A'
		}
		b = append(b, ch)
	}
	return b
}

func hashBytes(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return model.Mix(h)
}

// shape hashes the classes of the characters of w, runs cut to two: "Xx", "XX", "dd", "x.x".
func shape(w string) uint64 {
	h, last, run := uint64(0), byte(0), 0
	for _, r := range w {
		c := byte(0)
		switch {
		case r >= 'a' && r <= 'z':
			c = 'x'
		case r >= 'A' && r <= 'Z':
			c = 'X'
		case r >= '0' && r <= '9':
			c = 'd'
		case r < utf8.RuneSelf:
			c = byte(r)
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		default:
			c = 'o'
		}
		if c == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = c, 1
		}
		h = h*131 + uint64(c)
	}
	return h
}

func bucket(n int) uint64 {
	switch {
	case n < 5:
		return uint64(max(n, 0))
	case n < 8:
		return 5
	case n < 13:
		return 6
	case n < 22:
		return 7
	case n < 40:
		return 8
	}
	return 9
}

func (c *Columns) markQuotes() {
	c.quotes = token.Quotes(c.d)
	for i := range c.quoteOf {
		c.quoteOf[i], c.innerOf[i] = -1, -1
	}
	for x, q := range c.quotes {
		kind := c.kindOfQuote(q)
		for i := q.Inner.First; i < q.Inner.Last; i++ {
			c.innerOf[i] = int32(x)
			if q.Depth == 0 || c.quote[i] == quoteOutside {
				c.quote[i], c.quoteKind[i], c.quoteOf[i] = quoteInside, kind, int32(x)
			}
		}
		if q.Depth > 0 {
			continue
		}
		if q.Open >= 0 {
			c.quote[q.Open], c.quoteKind[q.Open], c.quoteOf[q.Open] = quoteOpen, kind, int32(x)
		}
		if q.Close >= 0 {
			c.quote[q.Close], c.quoteKind[q.Close], c.quoteOf[q.Close] = quoteClose, kind, int32(x)
		}
	}
}

// kindOfQuote sums up how a quotation looks: its length, whether it begins
// with a capital, what stands at its end, whether it begins the sentence.
func (c *Columns) kindOfQuote(q token.Quote) uint64 {
	if q.Inner.Len() <= 0 {
		return 1
	}
	k := 2 + bucket(q.Inner.Len())
	first := c.d.Word(int(q.Inner.First))
	if r, _ := utf8.DecodeRuneInString(first); unicode.IsUpper(r) {
		k |= 16
	}
	switch c.d.Word(int(q.Inner.Last) - 1) {
	case ",":
		k |= 32
	case ".", "!", "?", "…":
		k |= 64
	}
	if q.Open >= 0 && c.isSentenceStart(int(q.Open)) {
		k |= 128
	}
	if q.Close < 0 {
		k |= 256
	}
	return k
}

func (c *Columns) isSentenceStart(i int) bool {
	return c.d.Sentences[c.sentence[i]].First == int32(i)
}

// mayBeCue reports whether the lexicon or the training data know token i as a cue.
func (c *Columns) mayBeCue(i int) bool {
	return c.prior[i] > 2 || c.class[i] > 0 && c.prior[i] != 1
}

const ancestorSteps = 24

func (c *Columns) findAncestors() {
	for i := range c.anc {
		c.anc[i] = -1
		for j, step := i, 0; step < ancestorSteps; step++ {
			h := int(c.t.Head[j])
			if h < 0 {
				break
			}
			if c.mayBeCue(h) {
				side := uint64(0)
				if j > h {
					side = 1
				}
				c.anc[i], c.ancRel[i] = int32(h), c.rel[j]<<1|side
				break
			}
			j = h
		}
	}
}

// describeSentences says of each sentence whether it holds quotation marks and
// whether a cue verb stands outside and inside of them.
func (c *Columns) describeSentences() {
	c.sentenceKind = make([]uint64, len(c.d.Sentences))
	for s, r := range c.d.Sentences {
		k := uint64(0)
		for i := r.First; i < r.Last; i++ {
			switch {
			case c.quote[i] != quoteOutside:
				k |= 1
			case c.prior[i] >= 5:
				k |= 4
			case c.mayBeCue(int(i)):
				k |= 2
			}
		}
		if r.Len() > 0 {
			k |= c.quote[r.First] << 3
			k |= min(c.quote[r.Last-1], 2) << 5
		}
		c.sentenceKind[s] = k
	}
}

// likelyCue is the prior from which on a word counts as a cue for its neighbours.
const likelyCue = 5

// findNeighbours finds for each token the nearest likely cue on either side in
// its sentence, and what stands between.
func (c *Columns) findNeighbours() {
	for _, r := range c.d.Sentences {
		c.sweep(c.left, c.leftGap, int(r.First), int(r.Last), 1)
		c.sweep(c.right, c.rightGap, int(r.Last)-1, int(r.First)-1, -1)
	}
}

func (c *Columns) sweep(nearest []int32, gap []uint64, from, to, step int) {
	last, between := int32(-1), uint64(0)
	for i := from; i != to; i += step {
		nearest[i], gap[i] = last, between
		switch {
		case c.prior[i] >= likelyCue:
			last, between = int32(i), 0
		case c.quote[i] == quoteOpen || c.quote[i] == quoteClose:
			between |= 4
		case c.d.Word(i) == ",":
			between = between&4 | min(between&3+1, 2)
		}
	}
}
