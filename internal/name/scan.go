package name

import (
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Scanner turns the tokens of a document into features. It is a workspace of
// one goroutine: Open makes it ready for a document, Sentence for a sentence.
type Scanner struct {
	lexicon lexicon
	classes *cluster.Classes
	doc     *token.Doc
	tree    *syntax.Tree // nil if there is none
	first   int          // token of the sentence's first look

	looks  []look
	spans  []uint8  // place in the longest phrase of the lexicon: 0 none, else phrasePlace
	bits   []uint16 // of that phrase
	single []uint16 // of the token alone

	seen    map[uint64]seen // by lower-case form, of the whole document
	votes   votes
	elected []election
}

// seen counts how a form is written in the document, where its case says something.
type seen struct{ lower, capital uint16 }

// maxForms is the number of different capitalised forms of which a document's
// memory keeps track; later ones are read without.
const maxForms = 1 << 16

// The place of a token in a phrase of the lexicon.
const (
	phraseOnly uint8 = iota + 1
	phraseFirst
	phraseInner
	phraseLast
)

// Open starts a document. tree may be nil.
func (s *Scanner) Open(d *token.Doc, tree *syntax.Tree) {
	s.doc, s.tree = d, tree
	if s.seen == nil {
		s.seen = map[uint64]seen{}
	}
	clear(s.seen)
	s.votes.clear()
	var x look
	for _, r := range d.Sentences {
		for i := r.First + 1; i < r.Last; i++ { // the first word of a sentence has its capital anyway
			w := d.Word(int(i))
			if c := w[0] | 0x20; c < 'a' || c > 'z' {
				continue
			}
			x.glance(w)
			n, ok := s.seen[x.low]
			if !ok && len(s.seen) >= maxForms {
				continue
			}
			if x.cased == lower {
				n.lower++
			} else {
				n.capital++
			}
			s.seen[x.low] = n
		}
	}
}

// Sentence makes the scanner ready for the tokens of r.
func (s *Scanner) Sentence(r token.Range) {
	n := r.Len()
	s.first = int(r.First)
	s.looks = resize(s.looks, n)
	s.spans, s.bits, s.single = resize(s.spans, n), resize(s.bits, n), resize(s.single, n)
	for i := range n {
		x := &s.looks[i]
		w := s.doc.Word(s.first + i)
		x.glance(w)
		x.coarse, x.mid, x.fine = s.classes.Of(w)
		s.single[i] = s.lexicon.bits(phraseStep(0, x.key))
	}
	clear(s.spans)
	clear(s.bits)
	for i := 0; i < n; i++ {
		if !s.looks[i].cased.capital() {
			continue
		}
		bits, length := s.lexicon.match(s.looks[i:n])
		for k := range length {
			s.bits[i+k] = bits
			s.spans[i+k] = place(k, length)
		}
		i += max(length-1, 0)
	}
}

func place(k, length int) uint8 {
	switch {
	case length == 1:
		return phraseOnly
	case k == 0:
		return phraseFirst
	case k == length-1:
		return phraseLast
	}
	return phraseInner
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// at is the look of token i of the sentence, or of the edge.
func (s *Scanner) at(i int) *look {
	switch {
	case i < 0:
		return &before
	case i >= len(s.looks):
		return &after
	}
	return &s.looks[i]
}

var before, after = edge(1), edge(2)

func edge(n uint64) look {
	h := model.Mix(n)
	return look{form: h, low: h, shape: h, long: h, key: h}
}

// gaz is what the lexicon says about token i: the phrase it is in, and its place there.
func (s *Scanner) gaz(i int) uint64 {
	if i < 0 || i >= len(s.looks) {
		return 0
	}
	return uint64(s.bits[i]&(names|Doubtful))<<8 | uint64(s.spans[i])
}

func (s *Scanner) lone(i int) uint64 {
	if i < 0 || i >= len(s.looks) {
		return 0
	}
	return uint64(s.single[i] & (InGiven | InFamily | InTitles | TitleHead))
}

// memory says how the document writes the form of token i elsewhere.
func (s *Scanner) memory(i int) uint64 {
	x := &s.looks[i]
	n := s.seen[x.low]
	if i > 0 { // do not count itself
		if x.cased == lower {
			n.lower--
		} else {
			n.capital--
		}
	}
	return uint64(min(n.lower, 2))<<2 | uint64(min(n.capital, 2))
}
