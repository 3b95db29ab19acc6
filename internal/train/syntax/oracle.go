package syntax

import "github.com/rapporteur/rapporteur/internal/syntax"

// oracle tells which moves lose no gold arc that can still be made: the
// dynamic oracle of the arc-hybrid system (Goldberg & Nivre 2013).
type oracle struct {
	head []int32
	rel  []syntax.Rel
	last []int32 // the last gold dependent of each word, -1 for none
}

func (o *oracle) reset(head []int32, rel []syntax.Rel) {
	o.head, o.rel = head, rel
	o.last = o.last[:0]
	for range len(head) + 1 {
		o.last = append(o.last, -1)
	}
	for d, h := range head {
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
