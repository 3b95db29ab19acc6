package syntax

import "github.com/rapporteur/rapporteur/internal/syntax"

// oracle tells which moves lose no gold arc that can still be made: the
// dynamic oracle of the arc-hybrid system (Goldberg & Nivre 2013).
type oracle struct {
	head  []int32
	rel   []syntax.Rel
	place []int32 // of each word of the sentence among the words that are parsed, -1 for none
	last  []int32 // the last gold dependent of each word, -1 for none
}

// reset takes the gold tree of a sentence of which only the words at are
// parsed. A word whose head is not among them hangs on the next above that is.
// If the root is not, the first word on it takes its place, above the others.
func (o *oracle) reset(head []int32, rel []syntax.Rel, at []int32) {
	n := int32(len(at))
	o.head, o.rel, o.last = o.head[:0], o.rel[:0], o.last[:0]
	o.place = o.place[:0]
	for range head {
		o.place = append(o.place, -1)
	}
	o.place = append(o.place, n)
	for k, i := range at {
		o.place[i] = int32(k)
	}
	root := int32(-1)
	for k, i := range at {
		h := head[i]
		for o.place[h] < 0 {
			h = head[h]
		}
		o.head, o.rel = append(o.head, o.place[h]), append(o.rel, rel[i])
		if o.place[h] < n {
			continue
		}
		if root < 0 {
			root, o.rel[k] = int32(k), syntax.Root
		} else {
			o.head[k] = root
		}
	}
	for range n + 1 {
		o.last = append(o.last, -1)
	}
	for d, h := range o.head {
		o.last[h] = int32(d)
	}
}

// costs are the numbers of gold arcs that each kind of move loses, -1 for a
// move that is not allowed. Only the bottom of the stack can still get the arc
// from the root.
func (o *oracle) costs(p *syntax.Parser, c *syntax.State) (shift, left, right int) {
	shift, left, right = -1, -1, -1
	canShift, canLeft, canRight := p.Can(c)
	b, root := c.Next(), int32(len(o.head))
	if canShift {
		shift = 0
		for k := range c.Depth() {
			w := p.Top(c, k)
			if k > 0 && o.head[b] == w {
				shift++
			}
			if o.head[w] == b {
				shift++
			}
		}
		if o.head[b] == root && c.Depth() > 0 {
			shift++
		}
	}
	if c.Depth() == 0 {
		return shift, left, right
	}
	s := p.Top(c, 0)
	lost := 0 // dependents of s still in the buffer
	if last := o.last[s]; last >= b {
		for d := b; d <= last; d++ {
			if o.head[d] == s {
				lost++
			}
		}
	}
	h := o.head[s]
	if canLeft {
		left = lost
		if h > b && (h < root || c.Depth() == 1) || c.Depth() > 1 && h == p.Top(c, 1) {
			left++
		}
	}
	if canRight {
		right = lost
		if h >= b && h < root {
			right++
		}
	}
	return shift, left, right
}

// goldMove is the next move of the canonical derivation: arcs as soon as they lose nothing.
func (o *oracle) goldMove(p *syntax.Parser, c *syntax.State) syntax.Move {
	shift, left, right := o.costs(p, c)
	switch {
	case left >= 0 && (shift < 0 || left <= shift) && (right < 0 || left <= right):
		if c.Next() == int32(len(o.head)) {
			return syntax.LeftMove + syntax.Move(syntax.Root)
		}
		return syntax.LeftMove + syntax.Move(o.rel[p.Top(c, 0)])
	case right >= 0 && (shift < 0 || right <= shift):
		return syntax.RightMove + syntax.Move(o.rel[p.Top(c, 0)])
	}
	return syntax.Shift
}

// allowed sets ok[m] for every move that loses the least, and tells whether there is one.
func (o *oracle) allowed(p *syntax.Parser, c *syntax.State, ok *[256]bool) {
	*ok = [256]bool{}
	shift, left, right := o.costs(p, c)
	least := 1 << 30
	for _, k := range [...]int{shift, left, right} {
		if k >= 0 {
			least = min(least, k)
		}
	}
	ok[syntax.Shift] = shift == least
	arc := func(from syntax.Move, head int32) {
		s := p.Top(c, 0)
		if o.head[s] == head {
			ok[from+syntax.Move(o.rel[s])] = true
			return
		}
		for m := from; m < from+syntax.RightMove-syntax.LeftMove; m++ {
			ok[m] = true
		}
	}
	if left == least {
		arc(syntax.LeftMove, c.Next())
	}
	if right == least {
		arc(syntax.RightMove, p.Top(c, 1))
	}
}
