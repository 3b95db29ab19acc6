package name

import "github.com/rapporteur/rapporteur/internal/model"

// Features appends to dst the features of token i of the sentence that do not
// look at other predictions. Each template has a number of its own.
func (s *Scanner) Features(i int, dst []uint64) []uint64 {
	x, l, r := s.at(i), s.at(i-1), s.at(i+1)
	ll, rr := s.at(i-2), s.at(i+2)
	t := uint64(0)
	one := func(a uint64) { t++; dst = append(dst, model.Feature(t, a)) }
	two := func(a, b uint64) { t++; dst = append(dst, model.Feature2(t, a, b)) }
	three := func(a, b, c uint64) { t++; dst = append(dst, model.Feature3(t, a, b, c)) }

	one(0) // bias
	one(x.form)
	one(x.low)
	one(l.low)
	one(r.low)
	one(ll.low)
	one(rr.low)
	two(l.low, x.low)
	two(x.low, r.low)
	two(l.low, r.low)
	two(ll.low, l.low)
	two(r.low, rr.low)
	for k := 1; k < 4; k++ {
		one(x.pre[k])
		one(x.suf[k])
	}
	one(l.suf[2])
	one(r.suf[2])
	one(x.shape)
	one(x.long)
	one(l.shape)
	one(r.shape)
	two(l.shape, x.shape)
	two(x.shape, r.shape)
	three(l.shape, x.shape, r.shape)
	two(l.low, x.shape)
	two(x.shape, r.low)
	three(ll.low, l.low, x.shape)

	one(uint64(l.mid))
	one(uint64(x.mid))
	one(uint64(r.mid))
	one(uint64(x.fine))
	one(uint64(l.fine))
	one(uint64(r.fine))
	two(uint64(l.mid), uint64(x.mid))
	two(uint64(x.mid), uint64(r.mid))
	two(uint64(ll.mid), uint64(l.mid))
	two(uint64(r.mid), uint64(rr.mid))
	three(uint64(l.coarse), x.shape, uint64(r.coarse))

	t = 0x80
	if r := x.tight; r.last > 0 {
		at := uint64(place(i-int(r.first), int(r.last-r.first)))
		first, last := s.looks[r.first].low, s.looks[r.last-1].low
		before, after := s.at(int(r.first)-1), s.at(int(r.last))
		size := uint64(min(r.last-r.first, 4))
		two(first, at)
		two(last, at)
		two(before.low, at)
		two(after.low, at)
		two(size, at)
		two(uint64(s.looks[r.last-1].mid), at)
		three(before.low, after.low, at)
	}
	t = 0x90
	if r := x.loose; r.last > 0 && r != x.tight {
		at := uint64(place(i-int(r.first), int(r.last-r.first)))
		first, last := s.looks[r.first].low, s.looks[r.last-1].low
		two(first, at)
		two(last, at)
		two(first, x.low)
		two(last, x.low)
		two(uint64(s.looks[r.first].mid), at)
		two(s.at(int(r.first)-1).low, at)
		two(s.at(int(r.last)).low, at)
	}
	t = 0xA0

	g := s.gaz(i)
	one(g)
	two(g, x.shape)
	one(s.gaz(i - 1))
	one(s.gaz(i + 1))
	three(s.gaz(i-1), g, s.gaz(i+1))
	two(g, r.low)
	two(g, l.low)
	p := s.lone(i)
	two(p, uint64(x.cased))
	two(s.lone(i-1), uint64(l.cased))
	two(s.lone(i+1), uint64(r.cased))
	three(s.lone(i-1), p, s.lone(i+1))

	atStart := uint64(0)
	if i == 0 {
		atStart = 1
	}
	two(atStart, uint64(x.cased))
	if x.cased.capital() {
		three(s.memory(i), atStart, uint64(x.cased))
	}
	if s.tree != nil {
		a, b, c := s.tag(i-1), s.tag(i), s.tag(i+1)
		one(b)
		two(a, b)
		two(b, c)
		two(b, x.low)
	}
	return dst
}

func (s *Scanner) tag(i int) uint64 {
	if i < 0 || i >= len(s.looks) {
		return 255
	}
	return uint64(s.tree.Tag[s.first+i])
}
