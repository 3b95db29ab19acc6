package syntax

// Beam keeps the best few states of a sentence (Zhang & Clark 2008). Scores
// are int32 in the product and float32 in training.
type Beam[T int32 | float32] struct {
	Width  int
	Margin T // states that score less than the best by more are dropped
	States []State
	Scores []T     // parallel to States
	Front  []int32 // the states that stand, the best first

	parser *Parser
	next   []candidate[T]
}

type candidate[T int32 | float32] struct {
	score T
	from  int32
	move  Move
}

// Start begins with s, which has been tagged.
func (b *Beam[T]) Start(p *Parser, s *Sentence) {
	b.parser = p
	b.States = append(b.States[:0], p.Start(s))
	b.Scores = append(b.Scores[:0], 0)
	b.Front = append(b.Front[:0], 0)
}

// Done reports whether the best state is final. All states of the front have
// made the same number of moves, so that all are final at once.
func (b *Beam[T]) Done() bool { return b.parser.Done(&b.States[b.Front[0]]) }

// Step makes one more move. score adds the weights of features to scores.
func (b *Beam[T]) Step(score func(features []uint64, scores *[256]T)) {
	b.next = b.next[:0]
	for _, i := range b.Front {
		var scores [256]T
		c := &b.States[i]
		score(b.parser.Features(c), &scores)
		if b.Width == 1 {
			m := Best(b.parser, c, &scores)
			b.next = append(b.next, candidate[T]{b.Scores[i] + scores[m], i, m})
			continue
		}
		b.offer(i, &scores)
	}
	b.Front = b.Front[:0]
	for _, n := range b.next {
		if n.score < b.next[0].score-b.Margin {
			break
		}
		d := b.parser.Apply(&b.States[n.from], n.move, false)
		d.prev = n.from
		b.Front = append(b.Front, int32(len(b.States)))
		b.States = append(b.States, d)
		b.Scores = append(b.Scores, n.score)
	}
}

// offer enters every move of state i.
func (b *Beam[T]) offer(i int32, scores *[256]T) {
	c, base := &b.States[i], b.Scores[i]
	shift, left, right := b.parser.Can(c)
	if shift {
		b.enter(candidate[T]{base + scores[Shift], i, Shift})
	}
	if left && c.next == b.parser.n {
		m := LeftMove + Move(Root)
		b.enter(candidate[T]{base + scores[m], i, m})
	} else if left {
		b.arcs(i, LeftMove, scores)
	}
	if right {
		b.arcs(i, RightMove, scores)
	}
}

func (b *Beam[T]) arcs(i int32, m Move, scores *[256]T) {
	base := b.Scores[i]
	for r := range Move(numRels) {
		if s := base + scores[m+r]; Rel(r) != Root && (len(b.next) < b.Width || s > b.next[len(b.next)-1].score) {
			b.enter(candidate[T]{s, i, m + r})
		}
	}
}

// enter puts n in its place among the best Width candidates, behind its equals.
func (b *Beam[T]) enter(n candidate[T]) {
	if len(b.next) == b.Width {
		if n.score <= b.next[b.Width-1].score {
			return
		}
	} else {
		b.next = append(b.next, n)
	}
	k := len(b.next) - 1
	for ; k > 0 && b.next[k-1].score < n.score; k-- {
		b.next[k] = b.next[k-1]
	}
	b.next[k] = n
}

// Path is the states that lead to state i, the first of them last.
func (b *Beam[T]) Path(dst []int32, i int32) []int32 {
	for ; i >= 0; i = b.States[i].prev {
		dst = append(dst, i)
	}
	return dst
}

// Move is the move that led to c.
func (c *State) Move() Move { return c.move }

// Commit sets heads and relations of the sentence as the best state has them.
func (b *Beam[T]) Commit() {
	p := b.parser
	for i := b.Front[0]; b.States[i].prev >= 0; i = b.States[i].prev {
		m, before := b.States[i].move, &b.States[b.States[i].prev]
		switch {
		case m == Shift:
		case m < RightMove:
			p.s.Head[p.Top(before, 0)] = before.next
			p.s.Rel[p.Top(before, 0)] = m.Rel()
		default:
			p.s.Head[p.Top(before, 0)] = p.Top(before, 1)
			p.s.Rel[p.Top(before, 0)] = m.Rel()
		}
	}
}

// Prev is the index of the state before c, -1 for the first.
func (c *State) Prev() int32 { return c.prev }
