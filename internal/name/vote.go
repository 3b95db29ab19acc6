package name

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Classes are the classes of names in the training data, the Worldwide
// newswire set. Class 0 is no name.
var Classes = [...]string{"O", "Person", "Organization", "Location", "NORP", "Facility", "Date", "Money", "Misc", "Product"}

// Labels are the labels of the chain: O, then B and I of each class.
func Labels() []string {
	all := []string{"O"}
	for _, c := range Classes[1:] {
		all = append(all, "B-"+c, "I-"+c)
	}
	return all
}

// Follows reports whether label y may stand behind label x; x is -1 at the
// start of a sentence. A name goes on only in its own class.
func Follows(x, y int) bool { return y == 0 || y%2 == 1 || x == y || x == y-1 }

// Number gives the numbers of labels by name; a label of no class of ours is
// no name, and an I that nothing began begins.
func Number(labels []string) []uint8 {
	known := Labels()
	out := make([]uint8, len(labels))
	prev := -1
	for i, l := range labels {
		y := max(slices.Index(known, l), 0)
		if continues(uint8(y)) && (prev < 0 || !Follows(prev, y)) {
			y--
		}
		out[i] = uint8(y)
		prev = y
	}
	return out
}

func class(label uint8) int      { return int(label+1) / 2 }
func continues(label uint8) bool { return label != 0 && label%2 == 0 }

// tally counts the classes that the first pass gave to one form.
type tally [len(Classes)]uint8

func (t *tally) add(c int) {
	if t[c] < 255 {
		t[c]++
	}
}

// best is the class with the most votes and how clear it is: 0 no vote, 1 a
// bare majority or less, 2 a clear one, 3 no other.
func (t *tally) best() (c, clear int) {
	sum := 0
	for i, n := range t {
		sum += int(n)
		if n > t[c] {
			c = i
		}
	}
	switch top := int(t[c]); {
	case sum == 0:
		return 0, 0
	case top == sum:
		return c, 3
	case top*3 >= sum*2:
		return c, 2
	}
	return c, 1
}

// votes is what the first pass found in the whole document: by form of a
// token, and by phrase of a whole name.
type votes struct {
	labels  []uint8          // of every token of the part
	tokens  []tally          // by number of the form
	phrases map[uint64]tally // a phrase that only begins a longer one has no votes
}

func (v *votes) clear() {
	if v.phrases == nil {
		v.phrases = map[uint64]tally{}
	}
	clear(v.phrases)
}

// Vote tells the scanner the labels that the first pass gave to the tokens of
// the part. Features of the second pass look at them.
func (s *Scanner) Vote(labels []uint8) {
	v := &s.votes
	v.labels = labels
	v.tokens = resize(v.tokens, len(s.seen))
	clear(v.tokens)
	for i, y := range labels {
		if x := &s.all[i]; y != 0 || x.cased.capital() {
			v.tokens[x.id].add(class(y))
		}
	}
	for r := range Spans(labels) {
		if r.Len() <= maxPhrase {
			v.phrase(s.all[r.First:r.Last], class(labels[r.First]))
		}
	}
	s.elected = resize(s.elected, len(s.all))
	clear(s.elected)
}

// phrase votes for a name of a class.
func (v *votes) phrase(words []look, c int) {
	h := uint64(0)
	for i := range words {
		h = phraseStep(h, words[i].key)
		if i < len(words)-1 {
			if _, ok := v.phrases[h]; !ok {
				v.phrases[h] = tally{}
			}
		}
	}
	t := v.phrases[h]
	t.add(c)
	v.phrases[h] = t
}

// Spans yields the names that labels mark, in order.
func Spans(labels []uint8) func(yield func(token.Range) bool) {
	return func(yield func(token.Range) bool) {
		for i := 0; i < len(labels); {
			if labels[i] == 0 {
				i++
				continue
			}
			k := i + 1
			for k < len(labels) && continues(labels[k]) && class(labels[k]) == class(labels[i]) {
				k++
			}
			if !yield(token.Range{First: int32(i), Last: int32(k)}) {
				return
			}
			i = k
		}
	}
}

// longest finds the longest phrase with votes at token i of the sentence.
func (s *Scanner) longest(i int) (t tally, length int) {
	h := uint64(0)
	for k := i; k < len(s.looks) && k < i+maxPhrase; k++ {
		h = phraseStep(h, s.looks[k].key)
		found, ok := s.votes.phrases[h]
		if !ok {
			break
		}
		if _, clear := found.best(); clear > 0 {
			t, length = found, k-i+1
		}
	}
	return t, length
}

// election is what the document as a whole says about one token.
type election struct {
	token  uint16 // best class of the other tokens of its form, and how clear
	phrase uint16 // class of the longest name of the document that covers it, and its place there
}

// Elect prepares the features of the second pass for the sentence.
func (s *Scanner) Elect() {
	n := len(s.looks)
	at := s.first - int(s.part.First)
	s.says = s.elected[at : at+n]
	for i := range n {
		x := &s.looks[i]
		label := s.votes.labels[at+i]
		if !x.cased.capital() && label == 0 {
			continue
		}
		t := s.votes.tokens[x.id]
		if c := class(label); t[c] > 0 && t[c] < 255 {
			t[c]--
		}
		c, clear := t.best()
		s.says[i].token = uint16(c<<2 | clear)
	}
	for i := 0; i < n; i++ {
		if s.says[i].token == 0 && !s.looks[i].cased.capital() {
			continue
		}
		t, length := s.longest(i)
		if length == 0 {
			continue
		}
		c, clear := t.best()
		for k := range length {
			s.says[i+k].phrase = uint16(c<<6 | clear<<3 | int(place(k, length)))
		}
		i += length - 1
	}
}

// DocumentFeatures appends to dst the features of token i that look at the
// labels of the first pass, here and elsewhere in the document.
func (s *Scanner) DocumentFeatures(i int, dst []uint64) []uint64 {
	t := uint64(0x100)
	one := func(a uint64) { t++; dst = append(dst, model.Feature(t, a)) }
	two := func(a, b uint64) { t++; dst = append(dst, model.Feature2(t, a, b)) }
	three := func(a, b, c uint64) { t++; dst = append(dst, model.Feature3(t, a, b, c)) }
	x := &s.looks[i]
	l, y, r := s.guess(i-1), s.guess(i), s.guess(i+1)
	one(y)
	two(l, y)
	two(y, r)
	three(l, y, r)
	two(y, x.low)
	e := s.vote(i)
	if e == (election{}) {
		return dst
	}
	el, er := s.vote(i-1), s.vote(i+1)
	one(uint64(e.token))
	two(uint64(e.token), y)
	one(uint64(e.phrase))
	two(uint64(e.phrase), y)
	two(uint64(e.phrase), uint64(e.token))
	two(uint64(el.token), uint64(e.token))
	two(uint64(e.token), uint64(er.token))
	three(uint64(el.phrase), uint64(e.phrase), uint64(er.phrase))
	two(uint64(e.token), x.shape)
	two(uint64(e.phrase), s.gaz(i))
	return dst
}

func (s *Scanner) vote(i int) election {
	if i < 0 || i >= len(s.says) {
		return election{}
	}
	return s.says[i]
}

// guess is the label of the first pass of token i of the sentence.
func (s *Scanner) guess(i int) uint64 {
	if i < 0 || i >= len(s.looks) {
		return 255
	}
	return uint64(s.votes.labels[s.first+i-int(s.part.First)])
}
