package syntax

// punctuation attaches punctuation to the words of a parsed sentence by the
// rules of the Universal Dependencies guidelines: the marks of a pair hang on
// the head of what they enclose, other marks as high as they can without
// crossing an arc, and between two phrases on the one that depends on the other.
type punctuation struct {
	loose []bool  // for each token whether it is punctuation that the parser did not see
	open  []int32 // brackets
	pair  []int32 // for each token the other of its pair, -1 for none
}

func (p *punctuation) attach(s *Sentence) {
	p.loose = p.loose[:0]
	for _, h := range s.Head {
		p.loose = append(p.loose, h == unattached)
	}
	p.pairs(s)
	a, b := -1, len(s.words)
	for i := range s.words {
		if i == b {
			a, b = -1, len(s.words)
		}
		if !p.loose[i] {
			continue
		}
		h := int32(-1)
		if o := int(p.pair[i]); o >= 0 {
			h = p.enclosed(s, min(i, o), max(i, o))
		}
		if h < 0 {
			h = p.beside(s, i, a, b)
		}
		if o := int(p.pair[i]); o > i && b == len(s.words) {
			a, b = i, o
		}
		s.Head[i], s.Rel[i] = h, Punct
	}
}

// pairs finds the quotation marks and brackets that belong together.
func (p *punctuation) pairs(s *Sentence) {
	p.open, p.pair = p.open[:0], p.pair[:0]
	quote := int32(-1)
	for i := range s.words {
		p.pair = append(p.pair, -1)
		if !p.loose[i] {
			continue
		}
		switch s.Tag[i] {
		case TagQuote, TagUnquote:
			if quote < 0 {
				quote = int32(i)
			} else {
				p.pair[i], p.pair[quote] = quote, int32(i)
				quote = -1
			}
		case TagLRB:
			p.open = append(p.open, int32(i))
		case TagRRB:
			if n := len(p.open); n > 0 {
				p.pair[i], p.pair[p.open[n-1]] = p.open[n-1], int32(i)
				p.open = p.open[:n-1]
			}
		}
	}
}

// enclosed is the word between a and b on which all others there hang, -1 if there is not just one.
func (p *punctuation) enclosed(s *Sentence, a, b int) int32 {
	top := int32(-1)
	for k := a + 1; k < b; k++ {
		if h := int(s.Head[k]); !p.loose[k] && (h <= a || h >= b) {
			if top >= 0 {
				return -1
			}
			top = int32(k)
		}
	}
	return top
}

// beside is the word that token i hangs on for the words on its two sides,
// which are sought inside the pair (a, b) that i stands in.
func (p *punctuation) beside(s *Sentence, i, a, b int) int32 {
	n := len(s.words)
	l, r := i-1, i+1
	for l >= 0 && p.loose[l] {
		l--
	}
	for r < n && p.loose[r] {
		r++
	}
	if l > a {
		for h := int(s.Head[l]); h < i && h > a; h = int(s.Head[l]) {
			l = h
		}
	}
	if r < b {
		for h := int(s.Head[r]); h > i && h < b; h = int(s.Head[r]) {
			r = h
		}
	}
	switch {
	case l <= a && r < b, l < 0:
		return int32(r)
	case r >= b && l > a, r >= n:
		return int32(l)
	}
	for k := r; k < n; k = int(s.Head[k]) { // does r hang on l?
		if k == l {
			return int32(r)
		}
	}
	return int32(l)
}
