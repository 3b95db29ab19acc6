package name

import (
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/cluster"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Scanner turns the tokens of a document into features. It is a workspace of
// one goroutine: Open makes it ready for a document, Sentence for a sentence.
type Scanner struct {
	lexicon lexicon
	classes *cluster.Classes
	doc     *token.Doc

	// Columns that run parallel to the tokens of the part that is open.
	part    token.Range
	all     []look
	elected []election

	// By number of the form in the part.
	forms forms
	seen  []seen
	votes votes

	// The sentence at hand.
	first int // token of looks[0]
	looks []look
	says  []election

	feats   []uint64
	scores  []int32 // of the labels of each token of the part
	guesses []uint8
	lattice model.Lattice
}

// seen counts how a form is written where its case says something.
type seen struct{ lower, capital uint16 }

// The place of a token in a phrase of the lexicon.
const (
	phraseOnly uint8 = iota + 1
	phraseFirst
	phraseInner
	phraseLast
)

// Open starts on part of the document d. What the scanner knows of a document
// is of this part alone.
func (s *Scanner) Open(d *token.Doc, part Part) {
	s.doc, s.part = d, part.Range
	n := part.Len()
	s.all = resize(s.all, n)
	s.forms.reset(n)
	s.seen = s.seen[:0]
	s.votes.clear()
	for i := range s.all {
		x := &s.all[i]
		w := d.Word(int(part.First) + i)
		*x = look{}
		x.glance(w)
		x.coarse, x.mid, x.fine = s.classes.Of(w)
		x.single = s.lexicon.bits(phraseStep(0, x.key))
		x.joins = joins(w)
		x.id = s.forms.id(x.low)
		if int(x.id) == len(s.seen) {
			s.seen = append(s.seen, seen{})
		}
	}
	for _, r := range part.Sentences {
		s.Sentence(r)
		s.phrases()
		for i := 1; i < len(s.looks); i++ { // the first word of a sentence has its capital anyway
			x := &s.looks[i]
			switch n := &s.seen[x.id]; {
			case x.cased == lower:
				n.lower += 1 - n.lower>>15
			case x.cased.capital():
				n.capital += 1 - n.capital>>15
			}
		}
	}
	for _, r := range part.Sentences {
		s.Sentence(r)
		s.stretches()
	}
}

// joins reports whether w may stand between the words of one name.
func joins(w string) bool {
	switch w {
	case "of", "and", "for", "the", "on", "in", "&", "-", "de", "del", "la", "al", "el", "bin", "van", "von", "’", "'", "'s", "’s":
		return true
	}
	return false
}

// stretch is a run of tokens of the sentence: [first, last), empty for none.
type stretch struct{ first, last int16 }

// stretches finds the runs of capitalised words in the sentence. A name is
// most often a whole run, so its ends and what stands around it tell the class.
func (s *Scanner) stretches() {
	n := len(s.looks)
	for i := 0; i < n; {
		if !s.runs(i) {
			i++
			continue
		}
		end := i + 1 // of the loose run
		for k := i; k < n; {
			first := k
			for k < n && s.runs(k) {
				k++
			}
			for j := first; j < k; j++ {
				s.looks[j].tight = stretch{int16(first), int16(k)}
			}
			end = k
			for k < n && s.looks[k].joins {
				k++
			}
			if k == n || k-end > 2 || !s.runs(k) {
				break
			}
		}
		for j := i; j < end; j++ {
			s.looks[j].loose = stretch{int16(i), int16(end)}
		}
		i = end
	}
}

// runs reports whether token i may be in a run of capitalised words. The first
// word of a sentence is not if the document also has it in lower case.
func (s *Scanner) runs(i int) bool {
	x := &s.looks[i]
	return x.cased.capital() && (i > 0 || s.seen[x.id].lower == 0)
}

// Sentence moves the scanner to the tokens of r, a sentence of the part.
func (s *Scanner) Sentence(r token.Range) {
	s.first = int(r.First)
	s.looks = s.all[r.First-s.part.First : r.Last-s.part.First]
}

// phrases finds the phrases of the lexicon in the sentence.
func (s *Scanner) phrases() {
	n := len(s.looks)
	for i := 0; i < n; i++ {
		if !s.looks[i].cased.capital() {
			continue
		}
		bits, length := s.lexicon.match(s.looks[i:n])
		for k := range length {
			x := &s.looks[i+k]
			x.bits, x.place = bits, place(k, length)
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
	x := s.at(i)
	return uint64(x.bits&(names|Doubtful))<<8 | uint64(x.place)
}

// lone is what the lexicon says about token i alone.
func (s *Scanner) lone(i int) uint64 {
	return uint64(s.at(i).single & (InTitles | TitleHead))
}

// memory says how the document writes the form of token i elsewhere.
func (s *Scanner) memory(i int) uint64 {
	x := &s.looks[i]
	n := s.seen[x.id]
	if i > 0 { // do not count itself
		n.capital--
	}
	return uint64(min(n.lower, 2))<<2 | uint64(min(n.capital, 2))
}
