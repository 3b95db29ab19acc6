package name

import "github.com/rapporteur/rapporteur/internal/model"

// bag gathers the features of one token. Each template has a number of its
// own: the one before plus one.
type bag struct {
	template uint64
	feats    []uint64
}

// The first template of each group, less one.
const (
	wordTemplates     = 0
	tightTemplates    = 0x80
	looseTemplates    = 0x90
	lexiconTemplates  = 0xA0
	documentTemplates = 0x100
)

func (b *bag) one(x uint64) {
	b.template++
	b.feats = append(b.feats, model.Feature(b.template, x))
}

func (b *bag) two(x, y uint64) {
	b.template++
	b.feats = append(b.feats, model.Feature2(b.template, x, y))
}

func (b *bag) three(x, y, z uint64) {
	b.template++
	b.feats = append(b.feats, model.Feature3(b.template, x, y, z))
}

// Features appends to dst the features of token i of the sentence that do not
// look at other predictions.
func (s *Scanner) Features(i int, dst []uint64) []uint64 {
	b := bag{wordTemplates, dst}
	s.words(&b, i)
	s.ends(&b, i)
	b.template = lexiconTemplates
	s.known(&b, i)
	return b.feats
}

// words adds what the token and the two on either side of it look like.
func (s *Scanner) words(b *bag, i int) {
	x, l, r := s.at(i), s.at(i-1), s.at(i+1)
	ll, rr := s.at(i-2), s.at(i+2)

	b.one(0) // bias
	b.one(x.form)
	b.one(x.low)
	b.one(l.low)
	b.one(r.low)
	b.one(ll.low)
	b.one(rr.low)
	b.two(l.low, x.low)
	b.two(x.low, r.low)
	b.two(l.low, r.low)
	b.two(ll.low, l.low)
	b.two(r.low, rr.low)
	for k := 1; k < 4; k++ {
		b.one(x.pre[k])
		b.one(x.suf[k])
	}
	b.one(l.suf[2])
	b.one(r.suf[2])
	b.one(x.shape)
	b.one(x.long)
	b.one(l.shape)
	b.one(r.shape)
	b.two(l.shape, x.shape)
	b.two(x.shape, r.shape)
	b.three(l.shape, x.shape, r.shape)
	b.two(l.low, x.shape)
	b.two(x.shape, r.low)
	b.three(ll.low, l.low, x.shape)

	b.one(uint64(l.mid))
	b.one(uint64(x.mid))
	b.one(uint64(r.mid))
	b.one(uint64(x.fine))
	b.one(uint64(l.fine))
	b.one(uint64(r.fine))
	b.two(uint64(l.mid), uint64(x.mid))
	b.two(uint64(x.mid), uint64(r.mid))
	b.two(uint64(ll.mid), uint64(l.mid))
	b.two(uint64(r.mid), uint64(rr.mid))
	b.three(uint64(l.coarse), x.shape, uint64(r.coarse))
}

// ends adds the ends of the runs of capitalised words that the token is in,
// and what stands before and behind them.
func (s *Scanner) ends(b *bag, i int) {
	x := s.at(i)
	if r := x.tight; r.last > 0 {
		at := uint64(place(i-int(r.first), int(r.last-r.first)))
		first, last := &s.looks[r.first], &s.looks[r.last-1]
		before, after := s.at(int(r.first)-1), s.at(int(r.last))
		b.template = tightTemplates
		b.two(first.low, at)
		b.two(last.low, at)
		b.two(before.low, at)
		b.two(after.low, at)
		b.two(uint64(min(r.last-r.first, 4)), at)
		b.two(uint64(last.mid), at)
		b.three(before.low, after.low, at)
	}
	if r := x.loose; r.last > 0 && r != x.tight {
		at := uint64(place(i-int(r.first), int(r.last-r.first)))
		first, last := &s.looks[r.first], &s.looks[r.last-1]
		b.template = looseTemplates
		b.two(first.low, at)
		b.two(last.low, at)
		b.two(first.low, x.low)
		b.two(last.low, x.low)
		b.two(uint64(first.mid), at)
		b.two(s.at(int(r.first)-1).low, at)
		b.two(s.at(int(r.last)).low, at)
	}
}

// known adds what the lexicon and the document say of the token.
func (s *Scanner) known(b *bag, i int) {
	x, l, r := s.at(i), s.at(i-1), s.at(i+1)
	left, here, right := s.gaz(i-1), s.gaz(i), s.gaz(i+1)
	b.one(here)
	b.two(here, x.shape)
	b.one(left)
	b.one(right)
	b.three(left, here, right)
	b.two(here, r.low)
	b.two(here, l.low)
	left, here, right = s.lone(i-1), s.lone(i), s.lone(i+1)
	b.two(here, uint64(x.cased))
	b.two(left, uint64(l.cased))
	b.two(right, uint64(r.cased))
	b.three(left, here, right)

	start := uint64(0)
	if i == 0 {
		start = 1
	}
	b.two(start, uint64(x.cased))
	if x.cased.capital() {
		b.three(s.memory(i), start, uint64(x.cased))
	}
}

// DocumentFeatures appends to dst the features of token i that look at the
// labels of the first pass, here and elsewhere in the document.
func (s *Scanner) DocumentFeatures(i int, dst []uint64) []uint64 {
	b := bag{documentTemplates, dst}
	x := &s.looks[i]
	l, y, r := s.guess(i-1), s.guess(i), s.guess(i+1)
	b.one(y)
	b.two(l, y)
	b.two(y, r)
	b.three(l, y, r)
	b.two(y, x.low)
	e := s.vote(i)
	if e == (election{}) {
		return b.feats
	}
	el, er := s.vote(i-1), s.vote(i+1)
	b.one(uint64(e.token))
	b.two(uint64(e.token), y)
	b.one(uint64(e.phrase))
	b.two(uint64(e.phrase), y)
	b.two(uint64(e.phrase), uint64(e.token))
	b.two(uint64(el.token), uint64(e.token))
	b.two(uint64(e.token), uint64(er.token))
	b.three(uint64(el.phrase), uint64(e.phrase), uint64(er.phrase))
	b.two(uint64(e.token), x.shape)
	b.two(uint64(e.phrase), s.gaz(i))
	return b.feats
}
