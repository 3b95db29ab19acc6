package syntax

import "github.com/rapporteur/rapporteur/internal/model"

// no stands for a node that is not there.
var no = node{word: -1, edge: -1, l1: noChild, l2: noChild, r1: noChild, r2: noChild, marker: -1}

// Values of the label of a place without a word.
const (
	noLabel   = 255
	rootLabel = 254
)

func (p *Parser) word(i int32) uint64  { return p.views[i+1].w }
func (p *Parser) label(i int32) uint64 { return p.views[i+1].p }
func (p *Parser) both(i int32) uint64  { return p.views[i+1].wp }
func (p *Parser) class(i int32) uint64 { return p.views[i+1].class }

// distance is the length of an arc in words, in classes.
func distance(a, b int32) uint64 {
	switch d := b - a; {
	case a < 0:
		return 0
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// Features are the features of the next move, after Zhang & Nivre (2011): the
// words at the top of the stack and the front of the buffer, their outer
// children, relations, valencies and distances; and, since Universal
// Dependencies make function words dependents, the case, mark or cc of a word.
// The result is valid until the next call.
func (p *Parser) Features(c *State) []uint64 {
	s0, s1, s2 := &no, &no, &no
	if c.top >= 0 {
		top := p.cells[c.top]
		s0 = &p.nodes[top.node]
		if top.below >= 0 {
			top = p.cells[top.below]
			s1 = &p.nodes[top.node]
			if top.below >= 0 {
				s2 = &p.nodes[p.cells[top.below].node]
			}
		}
	}
	b0 := &p.nodes[c.first]
	e := emitter{p.feats[:0], parserTemplates}
	p.words(&e, s0.word, s1.word, s2.word, b0.word)
	p.children(&e, s0, s1, b0)
	p.classes(&e, s0, s1, b0)
	p.gaps(&e, s0, s1, b0)
	p.feats = e.feats
	return e.feats
}

// words are the features of words alone.
func (p *Parser) words(e *emitter, s0, s1, s2, b0 int32) {
	b1, b2, b3 := b0+1, b0+2, b0+3
	s0w, s1w, b0w, b1w := p.word(s0), p.word(s1), p.word(b0), p.word(b1)
	s0p, s1p, s2p, b0p, b1p, b2p := p.label(s0), p.label(s1), p.label(s2), p.label(b0), p.label(b1), p.label(b2)
	s0wp, s1wp, b0wp := p.both(s0), p.both(s1), p.both(b0)

	e.one(0)
	e.one(s0w)
	e.one(s0p)
	e.one(s0wp)
	e.one(s1w)
	e.one(s1p)
	e.one(s1wp)
	e.one(p.both(s2))
	e.one(s2p)
	e.one(b0w)
	e.one(b0p)
	e.one(b0wp)
	e.one(b1w)
	e.one(b1p)
	e.one(p.both(b1))
	e.one(p.both(b2))
	e.one(b2p)
	e.one(p.label(b3))

	e.two(s0wp, b0wp)
	e.two(s0wp, b0p)
	e.two(s0p, b0wp)
	e.two(s0w, b0w)
	e.two(s0p, b0p)
	e.two(b0p, b1p)
	e.two(b0w, b1p)
	e.two(b0p, b1w)
	e.two(b0w, b1w)
	e.two(s1wp, s0wp)
	e.two(s1wp, s0p)
	e.two(s1p, s0wp)
	e.two(s1w, s0w)
	e.two(s1p, s0p)
	e.two(s1p, b0p)
	e.two(s1w, b0p)
	e.two(s1p, b0w)
	e.two(s1w, b0w)
	e.two(s0w, b1p)
	e.two(s0p, b1w)

	e.three(b0p, b1p, b2p)
	e.three(s0p, b0p, b1p)
	e.three(s1p, s0p, b0p)
	e.three(s2p, s1p, s0p)
	e.three(s1w, s0p, b0p)
	e.three(s1p, s0w, b0p)
	e.three(s1p, s0p, b0w)
	e.three(s1w, s0w, b0p)
	e.three(s1w, s0p, b0w)
	e.three(s1p, s0w, b0w)
	e.three(s0w, b0p, b1p)
	e.three(s0p, b0w, b1p)
	e.three(s0p, b0p, b1w)
	e.three(model.Feature2(1, s1p, s0p), b0p, b1p)

	d0, d1 := distance(s0, b0), distance(s1, s0)
	e.two(d0, s0w)
	e.two(d0, s0p)
	e.two(d0, b0w)
	e.two(d0, b0p)
	e.three(d0, s0p, b0p)
	e.three(d0, s0w, b0w)
	e.two(d1, s1w)
	e.two(d1, s1p)
	e.two(d1, s0w)
	e.two(d1, s0p)
	e.three(d1, s1p, s0p)
	e.three(d1, s1w, s0w)
	e.two(d1, d0)
}

// children are the features of what has been attached.
func (p *Parser) children(e *emitter, s0, s1, b0 *node) {
	s0p, s1p, b0p := p.label(s0.word), p.label(s1.word), p.label(b0.word)
	s0w, s1w, b0w := p.word(s0.word), p.word(s1.word), p.word(b0.word)
	for _, c := range [...]struct {
		child
		head, other uint64
	}{
		{s0.l1, s0p, b0p}, {s0.l2, s0p, b0p}, {s0.r1, s0p, b0p}, {s0.r2, s0p, b0p},
		{s1.l1, s1p, s0p}, {s1.l2, s1p, s0p}, {s1.r1, s1p, s0p}, {s1.r2, s1p, s0p},
		{b0.l1, b0p, s0p}, {b0.l2, b0p, s0p},
	} {
		e.two(p.word(c.word), c.head)
		e.two(uint64(c.rel), c.head)
		e.three(c.head, c.other, p.label(c.word))
	}
	e.three(s0p, s1p, p.label(s0.l1.word))
	e.three(s0p, s1p, p.label(s0.r1.word))
	e.three(b0p, s1p, p.label(b0.l1.word))
	e.two(uint64(s0.l1.rel)<<8|uint64(s0.l2.rel), s0p)
	e.two(uint64(s0.r1.rel)<<8|uint64(s0.r2.rel), s0p)
	e.two(uint64(b0.l1.rel)<<8|uint64(b0.l2.rel), b0p)
	e.two(uint64(s1.r1.rel)<<8|uint64(s1.r2.rel), s1p)

	for _, v := range [...]struct {
		n    uint8
		w, p uint64
	}{{s0.nl, s0w, s0p}, {s0.nr, s0w, s0p}, {s1.nl, s1w, s1p}, {s1.nr, s1w, s1p}, {b0.nl, b0w, b0p}} {
		e.two(uint64(v.n), v.w)
		e.two(uint64(v.n), v.p)
	}
	for _, v := range [...]struct{ set, w, p uint64 }{
		{s0.lefts, s0w, s0p}, {s0.rights, s0w, s0p}, {s1.lefts, s1w, s1p}, {s1.rights, s1w, s1p}, {b0.lefts, b0w, b0p},
	} {
		e.two(v.set, v.w)
		e.two(v.set, v.p)
	}
	e.three(s0.lefts, s0p, b0p)
	e.three(b0.lefts, s0p, b0p)
	e.three(s0.lefts, s1p, s0p)
	e.three(s1.rights, s1p, s0p)

	s0m, b0m, s1m := p.word(s0.marker), p.word(b0.marker), p.word(s1.marker)
	e.two(s0m, s0p)
	e.two(b0m, b0p)
	e.three(s0w, b0m, b0p)
	e.three(s0p, b0m, b0p)
	e.three(s1w, b0m, b0p)
	e.three(s1p, b0m, b0p)
	e.three(s1w, s0m, s0p)
	e.three(s1p, s0m, s0p)
	e.three(s1w, s0m, s0w)
	e.three(s0w, b0m, b0w)
	e.three(s1m, s0m, s1p)
	e.three(s0m, b0m, s0p)
}

// classes are the features of word classes.
func (p *Parser) classes(e *emitter, s0, s1, b0 *node) {
	s0c, s1c, b0c, b1c := p.class(s0.word), p.class(s1.word), p.class(b0.word), p.class(b0.word+1)
	s0p, s1p, b0p := p.label(s0.word), p.label(s1.word), p.label(b0.word)
	s0m, b0m := p.word(s0.marker), p.word(b0.marker)
	e.one(s0c)
	e.one(s1c)
	e.one(b0c)
	e.one(b1c)
	e.two(s0c, b0c)
	e.two(s0c, b0p)
	e.two(s0p, b0c)
	e.two(s1c, s0c)
	e.two(s1c, s0p)
	e.two(s1p, s0c)
	e.two(b0c, b1c)
	e.three(s1c, s0c, b0p)
	e.three(s1c, s0p, b0c)
	e.three(s1c, s0m, s0c)
	e.three(s1c, s0m, s0p)
	e.three(s0c, b0m, b0c)
	e.three(s0c, b0m, b0p)
	e.three(s1c, b0m, b0c)
}

// gaps are the features of the punctuation before, between and behind the
// phrases of s1, s0 and b0.
func (p *Parser) gaps(e *emitter, s0, s1, b0 *node) {
	s0p, s1p, b0p := p.label(s0.word), p.label(s1.word), p.label(b0.word)
	before, between, behind := p.views[s0.edge+1].gap, p.views[b0.edge+1].gap, p.views[min(b0.word+1, p.n)+1].gap
	e.one(between)
	e.two(between, s0p)
	e.two(between, b0p)
	e.three(between, s0p, b0p)
	e.two(between, p.word(s0.word))
	e.two(between, p.word(b0.word))
	e.one(before)
	e.two(before, s0p)
	e.two(before, s1p)
	e.three(before, s1p, s0p)
	e.three(before, between, s0p)
	e.three(before, between, b0p)
	e.two(behind, b0p)
	e.three(behind, s0p, b0p)
	e.three(between, behind, b0p)
	e.three(before, between, behind)
	l0, l1, lb := p.views[s0.word+1].level, p.views[s1.word+1].level, p.views[b0.word+1].level
	e.three(l0<<8|lb, s0p, b0p)
	e.three(l1<<8|l0, s1p, s0p)
}
