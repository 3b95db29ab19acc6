package name

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

// vote is what the document says of token i of the sentence.
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
