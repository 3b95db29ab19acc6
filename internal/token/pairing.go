package token

import "slices"

// Which marks open and which close is found for a paragraph as a whole: a
// quotation mark opens, closes or does neither, each at a cost that its form
// and the spaces around it give, and the marks that are open form a stack. The
// cheapest sequence is found by dynamic programming over the few stacks that
// there can be. So the alternation of straight marks decides where spacing
// says nothing, spacing decides where a mark is missing, and an apostrophe
// closes a quotation only where nothing better does.

// family is a set of marks that open and close each other.
type family uint8

const (
	double family = iota // " “ ” „ `` ''
	single               // ' ‘ ’ ‚ `
	angle                // « » ‹ ›
	inner                // double marks inside double marks
	families
	noFamily
)

// action is what a mark does to the stack.
type action uint8

const (
	passes  action = iota // an apostrophe, an inch or a stray mark
	opens                 // a quotation
	closes                // the quotation of its family, leaving open what it holds
	reopens               // ends the quotation of its family unclosed and opens one
	actions
)

// Costs, by hand. A mark against all evidence costs about as much as a missing one.
const (
	impossible = 1 << 20
	costLeft   = 3 // a quotation that is never closed
	costSingle = 4 // the same in single marks: apostrophes are frequent
	costNest   = 2 // double marks inside double marks
	costGoesOn = 1 // the next paragraph reopens it
	costCarry  = 2 // the paragraph goes on inside the quotation before
	costStray  = 4 // a double mark that does nothing
)

// maxDepth is the number of quotations that can be open at once.
const maxDepth = 3

// maxStacks bounds the number of stacks: four families, at most three deep.
const maxStacks = 32

// stack is the families of the marks that are open, outermost first.
type stack struct {
	families [maxDepth]family
	depth    int
}

// stacks are all stacks of distinct families in which inner stands somewhere
// above double; stacks[0] is empty.
var stacks, moves = buildStacks()

// move is what an action does in a state: the state after it and the cost of
// the quotations that it leaves unclosed; to is -1 where it is impossible.
type move struct {
	to   int8
	cost int32
}

func stackDepth(state uint8) int { return stacks[state].depth }

func left(f family) int32 {
	if f == single {
		return costSingle
	}
	return costLeft
}

func buildStacks() ([]stack, [][families][actions]move) {
	all := []stack{{}}
	for i := 0; i < len(all); i++ {
		s := all[i]
		for f := double; f < families && s.depth < maxDepth; f++ {
			if s.find(f) >= 0 || f == inner && s.find(double) < 0 {
				continue
			}
			t := s
			t.families[t.depth] = f
			t.depth++
			all = append(all, t)
		}
	}
	index := func(s stack) int8 {
		for i, t := range all {
			if s == t {
				return int8(i)
			}
		}
		return -1
	}
	table := make([][families][actions]move, len(all))
	for i, s := range all {
		for f := range families {
			m := &table[i][f]
			m[passes] = move{int8(i), 0}
			m[opens], m[closes], m[reopens] = move{to: -1}, move{to: -1}, move{to: -1}
			if s.find(f) < 0 && s.depth < maxDepth {
				m[opens] = move{to: index(s.push(f))}
			}
			if at := s.find(f); at >= 0 {
				t, cost := s, int32(0)
				for t.depth > at+1 {
					cost += left(t.families[t.depth-1])
					t = t.pop()
				}
				t = t.pop()
				m[closes] = move{index(t), cost}
				m[reopens] = move{index(t.push(f)), cost + left(f)}
			}
		}
	}
	return all, table
}

func (s stack) find(f family) int {
	for i, g := range s.families[:s.depth] {
		if f == g {
			return i
		}
	}
	return -1
}

func (s stack) push(f family) stack {
	s.families[s.depth] = f
	s.depth++
	return s
}

func (s stack) pop() stack {
	s.depth--
	s.families[s.depth] = 0
	return s
}

// step is what one mark does on the cheapest path: from a state to a state.
type step struct {
	from, to uint8
	action   action
}

// search finds the cheapest path through the marks, from p.state or, if a
// quotation was carried over, from inside it, and leaves it in p.path. It
// returns the state in which the path begins. last says that the paragraph ends
// behind the marks; next is the family that the next paragraph reopens.
func (p *pairer) search(carried int, last bool, next family) (start uint8) {
	n := len(stacks)
	p.trail = slices.Grow(p.trail[:0], len(p.marks)*n)[:len(p.marks)*n]
	p.path = slices.Grow(p.path[:0], len(p.marks))[:len(p.marks)]
	var buf [2][maxStacks]int32
	cost, after := buf[0][:n], buf[1][:n]
	for s := range cost {
		cost[s] = impossible
	}
	cost[p.state] = 0
	if carried >= 0 && p.marks[0].cost[opens] > 1 {
		cost[p.carriedState()] = costCarry
	}
	for i := range p.marks {
		advance(&p.marks[i], cost, after, p.trail[i*n:(i+1)*n])
		cost, after = after, cost
	}
	best := uint8(0)
	for s := range cost {
		if last {
			cost[s] += leftAtEnd(stacks[s], next)
		}
		if cost[s] < cost[best] {
			best = uint8(s)
		}
	}
	for i := len(p.marks) - 1; i >= 0; i-- {
		t := p.trail[i*n+int(best)]
		from := t / uint8(actions)
		p.path[i] = step{from, best, action(t % uint8(actions))}
		best = from
	}
	return best
}

// leftAtEnd is the cost of ending a paragraph with s open. What the next
// paragraph reopens costs little.
func leftAtEnd(s stack, next family) (cost int32) {
	for i, f := range s.families[:s.depth] {
		if i == 0 && f == next {
			cost += costGoesOn
		} else {
			cost += left(f)
		}
	}
	return cost
}

// advance takes one mark: the cheapest way into each state.
// trail gets, for each, the state before and the action as one byte.
func advance(m *mark, cost, after []int32, trail []uint8) {
	for s := range after {
		after[s] = impossible
	}
	for s, c := range cost {
		if c >= impossible {
			continue
		}
		try := func(f family, a action, extra uint8) {
			mv := moves[s][f][a]
			if mv.to < 0 {
				return
			}
			if total := c + mv.cost + int32(extra); total < after[mv.to] {
				after[mv.to] = total
				trail[mv.to] = uint8(s)*uint8(actions) + uint8(a)
			}
		}
		f := m.family
		try(f, passes, m.cost[passes])
		nested := f == double && stacks[s].find(inner) >= 0
		if nested {
			try(inner, closes, m.cost[closes])
		} else {
			try(f, closes, m.cost[closes])
		}
		try(f, opens, m.cost[opens])
		try(f, reopens, m.cost[opens])
		if f == double {
			try(inner, opens, m.cost[opens]+costNest)
		}
	}
}

// carriedState is the state of being inside the quotation carried over.
func (p *pairer) carriedState() int {
	for i, s := range stacks {
		if s.depth == 1 && s.families[0] == p.carriedFamily {
			return i
		}
	}
	return 0
}
