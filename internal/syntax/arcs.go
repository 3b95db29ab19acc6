package syntax

import "github.com/rapporteur/rapporteur/internal/model"

// The parser is a transition system of the arc-hybrid kind (Kuhlmann, Gómez-
// Rodríguez & Satta 2011): a stack, a buffer of words still to come, and three
// moves. The artificial root stands at the end of the buffer (Ballesteros &
// Nivre 2013).
//
//	shift       the first word of the buffer goes on the stack
//	left(rel)   the first word of the buffer becomes the head of the top of the stack, which goes
//	right(rel)  the second word of the stack becomes the head of the top, which goes

// Move is shift, or a left or right move with its relation.
type Move uint8

// The moves: Shift, then left with each relation, then right with each relation.
const (
	Shift     Move = 0
	LeftMove  Move = 1
	RightMove      = LeftMove + Move(numRels)
	NumMoves       = RightMove + Move(numRels)
)

// Rel is the relation of the arc that m makes.
func (m Move) Rel() Rel {
	if m >= RightMove {
		return Rel(m - RightMove)
	}
	return Rel(m - LeftMove)
}

// node is a word with what has been attached to it so far. Nodes do not
// change: an arc makes a new one, so that states share their past.
type node struct {
	word           int32
	edge           int32  // the leftmost word under it
	l1, l2, r1, r2 child  // outermost and last but one children on either side
	marker         int32  // the last left child that is case, mark or cc; -1 for none
	lefts, rights  uint64 // sets of the relations of the children
	nl, nr         uint8  // numbers of children, at most 7
}

type child struct {
	word int32 // -1 for none
	rel  Rel
}

var noChild = child{word: -1}

// cell is an element of a stack; below is -1 at the bottom.
type cell struct{ node, below int32 }

// State is a configuration of the parser. Its fields index into the nodes and
// cells of a Parser.
type State struct {
	top   int32 // cell, -1 for an empty stack
	first int32 // node of the first word of the buffer
	next  int32 // that word; the number of words stands for the root
	depth int32 // of the stack
}

// Parser holds the states of one sentence. It sees the words that are not
// punctuation: what stands between two words is a property of the second. Words
// are counted from 0 to n-1 here, and n is the root; at gives their places in
// the sentence.
type Parser struct {
	s     *Sentence
	n     int32
	at    []int32
	views []view // word i is views[i+1]; the first and the last three are empty places
	nodes []node
	cells []cell
	feats []uint64
}

// view is what features ask of one word.
type view struct {
	w, p, wp uint64 // word, label, both
	class    uint64 // word class
	gap      uint64 // the punctuation before it
	level    uint64 // whether quotation marks or brackets are open
}

// Start readies p for s, which has been tagged, and is the first state.
func (p *Parser) Start(s *Sentence) State {
	p.s = s
	p.nodes, p.cells = p.nodes[:0], p.cells[:0]
	p.look()
	return State{top: -1, first: p.fresh(0)}
}

// look finds the words that are to be parsed and what there is to see of them.
func (p *Parser) look() {
	s := p.s
	p.at = p.at[:0]
	p.views = append(p.views[:0], view{w: 7, p: noLabel, wp: noLabel, class: 1 << 20})
	gap, quote, depth := uint64(0), uint64(0), uint64(0)
	for i := range s.words {
		w, y := &s.words[i], uint64(s.Label[i])
		if s.UPOS[i] == PUNCT && (len(p.at) > 0 || i < len(s.words)-1) {
			gap = gap*31 + w.norm
			switch s.Tag[i] {
			case TagQuote, TagUnquote:
				quote ^= 1
			case TagLRB:
				depth = min(depth+1, 3)
			case TagRRB:
				depth = max(depth, 1) - 1
			}
			continue
		}
		p.at = append(p.at, int32(i))
		p.views = append(p.views, view{w.norm, y, model.Feature2(0, w.norm, y), w.mid, model.Mix(gap), depth<<1 | quote})
		gap = 0
	}
	p.n = int32(len(p.at))
	p.views = append(p.views, view{w: 6, p: rootLabel, wp: rootLabel, class: 2 << 20, gap: model.Mix(gap)})
	for range 3 {
		p.views = append(p.views, p.views[0])
	}
}

// Words are the places of the words that are parsed in the sentence.
func (p *Parser) Words() []int32 { return p.at }

func (p *Parser) fresh(word int32) int32 {
	p.nodes = append(p.nodes, node{word: word, edge: word, l1: noChild, l2: noChild, r1: noChild, r2: noChild, marker: -1})
	return int32(len(p.nodes) - 1)
}

// Done reports whether c is final: everything hangs on the root.
func (p *Parser) Done(c *State) bool { return c.next == p.n && c.depth == 0 }

// Can tells which moves c allows. A left arc from the root is allowed to one
// word only.
func (p *Parser) Can(c *State) (shift, left, right bool) {
	root := c.next == p.n
	return !root, c.depth > 0 && (!root || c.depth == 1), c.depth > 1
}

// Top is the word at depth k of the stack of c, which must be there.
func (p *Parser) Top(c *State, k int) int32 {
	at := c.top
	for ; k > 0; k-- {
		at = p.cells[at].below
	}
	return p.nodes[p.cells[at].node].word
}

// Next is the first word of the buffer, the number of words for the root.
func (c *State) Next() int32 { return c.next }

// Depth is the number of words on the stack.
func (c *State) Depth() int { return int(c.depth) }

// Apply is the state after move m, which c must allow.
func (p *Parser) Apply(c *State, m Move) State {
	d := *c
	switch {
	case m == Shift:
		p.cells = append(p.cells, cell{c.first, c.top})
		d.top = int32(len(p.cells) - 1)
		d.next++
		d.depth++
		d.first = p.fresh(d.next)
		return d
	case m < RightMove:
		top := p.cells[c.top]
		d.first = p.attach(c.first, top.node, m.Rel(), true)
		d.top = top.below
	default:
		top := p.cells[c.top]
		under := p.cells[top.below]
		head := p.attach(under.node, top.node, m.Rel(), false)
		p.cells = append(p.cells, cell{head, under.below})
		d.top = int32(len(p.cells) - 1)
	}
	d.depth--
	return d
}

// Commit writes the arc that move m makes from state c to the sentence.
func (p *Parser) Commit(c *State, m Move) {
	if m == Shift {
		return
	}
	dep, head := p.Top(c, 0), c.next
	if m >= RightMove {
		head = p.Top(c, 1)
	}
	k := p.at[dep]
	p.s.Head[k], p.s.Rel[k] = int32(len(p.s.words)), m.Rel()
	if head < p.n {
		p.s.Head[k] = p.at[head]
	}
}

// attach is a copy of node head with dependent dep.
func (p *Parser) attach(head, dep int32, rel Rel, left bool) int32 {
	h, word := p.nodes[head], p.nodes[dep].word
	if left {
		h.l2, h.l1 = h.l1, child{word, rel}
		h.edge = p.nodes[dep].edge
		h.lefts |= 1 << rel
		h.nl = min(h.nl+1, 7)
		if rel == Case || rel == Mark || rel == Cc {
			h.marker = word
		}
	} else {
		h.r2, h.r1 = h.r1, child{word, rel}
		h.rights |= 1 << rel
		h.nr = min(h.nr+1, 7)
	}
	p.nodes = append(p.nodes, h)
	return int32(len(p.nodes) - 1)
}

// Best is the move of the highest score that c allows, the first of equals.
// At the root only the relation root is left, and it is left only there.
func Best[T int32 | float32](p *Parser, c *State, scores *[256]T) Move {
	shift, left, right := p.Can(c)
	best, top := Move(255), T(0)
	if shift {
		best, top = Shift, scores[Shift]
	}
	if left && c.next == p.n {
		if m := LeftMove + Move(Root); best == 255 || scores[m] > top {
			best, top = m, scores[m]
		}
	} else if left {
		best, top = bestArc(LeftMove, scores, best, top)
	}
	if right {
		best, _ = bestArc(RightMove, scores, best, top)
	}
	return best
}

// bestArc is the better of best, whose score is top, and the moves from m on.
func bestArc[T int32 | float32](m Move, scores *[256]T, best Move, top T) (Move, T) {
	for r := range Move(numRels) {
		if s := scores[m+r]; (s > top || best == 255) && Rel(r) != Root {
			best, top = m+r, s
		}
	}
	return best, top
}
