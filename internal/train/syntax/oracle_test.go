package syntax

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/syntax"
)

// projective is a random projective tree over the words [lo, hi) below head.
func projective(rng *rand.Rand, head []int32, rel []syntax.Rel, lo, hi, above int) {
	for lo < hi {
		end := lo + 1 + rng.IntN(hi-lo)
		if above == len(head) {
			end = hi // one root
		}
		i := lo + rng.IntN(end-lo)
		head[i], rel[i] = int32(above), syntax.Nsubj
		if above == len(head) {
			rel[i] = syntax.Root
		}
		projective(rng, head, rel, lo, i, i)
		projective(rng, head, rel, i+1, end, i)
		lo = end
	}
}

func sentenceOf(n int) *syntax.Sentence {
	words := make([]corpus.Word, n)
	for i := range words {
		words[i] = corpus.Word{Form: "a", Space: true}
	}
	d := corpus.GoldDoc([]corpus.Sentence{{Words: words}})
	s := &syntax.Sentence{}
	s.Set(d, d.Sentences[0], nil)
	return s
}

// From the start, moves that lose nothing lead to the gold tree.
func TestOracleLeadsToGold(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var p syntax.Parser
	var o oracle
	for range 500 {
		n := 1 + rng.IntN(12)
		head, rel := make([]int32, n), make([]syntax.Rel, n)
		projective(rng, head, rel, 0, n, n)
		s := sentenceOf(n)
		c := p.Start(s)
		o.reset(head, rel, p.Words())
		for !p.Done(&c) {
			var ok [256]bool
			o.allowed(&p, &c, &ok)
			shift, left, right := o.costs(&p, &c)
			if shift != 0 && left != 0 && right != 0 {
				t.Fatalf("heads %v: every move loses an arc", head)
			}
			var scores [256]float32
			for m := range scores {
				scores[m] = float32(rng.IntN(100))
				if !ok[m] {
					scores[m] -= 1000
				}
			}
			m := syntax.Best(&p, &c, &scores)
			p.Commit(&c, m)
			c = p.Apply(&c, m)
		}
		if !slices.Equal(s.Head, head) || !slices.Equal(s.Rel, rel) {
			t.Fatalf("heads %v %v, want %v %v", s.Head, s.Rel, head, rel)
		}
	}
}

// The cost of a move is the number of gold arcs that the best end after it
// lacks more than the best end before it: checked against all derivations.
func TestOracleCosts(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	var p syntax.Parser
	var o oracle
	for range 200 {
		n := 2 + rng.IntN(4)
		head, rel := make([]int32, n), make([]syntax.Rel, n)
		projective(rng, head, rel, 0, n, n)
		c := p.Start(sentenceOf(n))
		o.reset(head, rel, p.Words())
		got := make([]int32, n)
		for !p.Done(&c) {
			before := mostRight(&p, c, got, head)
			shift, left, right := o.costs(&p, &c)
			var next []syntax.Move
			for kind, cost := range []int{shift, left, right} {
				if cost < 0 {
					continue
				}
				m := [...]syntax.Move{syntax.Shift, syntax.LeftMove, syntax.RightMove}[kind]
				after := append([]int32(nil), got...)
				d := move(&p, &c, m, after)
				next = append(next, m)
				if lost := before - mostRight(&p, d, after, head); lost != cost {
					t.Fatalf("heads %v: move %d costs %d, the oracle says %d", head, m, lost, cost)
				}
			}
			k := rng.IntN(len(next))
			c = move(&p, &c, next[k], got)
		}
	}
}

func move(p *syntax.Parser, c *syntax.State, m syntax.Move, head []int32) syntax.State {
	switch {
	case m == syntax.Shift:
	case m < syntax.RightMove:
		head[p.Top(c, 0)] = c.Next()
	default:
		head[p.Top(c, 0)] = p.Top(c, 1)
	}
	return p.Apply(c, m)
}

// mostRight is the largest number of heads that any derivation from c gets right.
func mostRight(p *syntax.Parser, c syntax.State, got, head []int32) int {
	if p.Done(&c) {
		n := 0
		for i, h := range got {
			if h == head[i] {
				n++
			}
		}
		return n
	}
	best := 0
	shift, left, right := p.Can(&c)
	for kind, can := range []bool{shift, left, right} {
		if can {
			after := append([]int32(nil), got...)
			d := move(p, &c, [...]syntax.Move{syntax.Shift, syntax.LeftMove, syntax.RightMove}[kind], after)
			best = max(best, mostRight(p, d, after, head))
		}
	}
	return best
}
