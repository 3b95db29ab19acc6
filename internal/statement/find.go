package statement

import (
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Draft is a statement as the chain and the linker give it: indices of
// segments of one paragraph.
type Draft struct {
	Cue, Source int // Source is -1 for none
	Content     []int
	Margin      int32 // the smallest margin of its links
}

// Decode finds the segments of the paragraph p. A positive recall makes the
// chain mark more: it is taken off the score of the label "nothing".
func (c *Columns) Decode(chain *model.Chain, s *Scratch, p token.Range, recall int32) []Segment {
	lo, hi := int(p.First), int(p.Last)
	n, k := hi-lo, len(Labels)
	s.emit = resize(s.emit, n*k)
	clear(s.emit)
	for i := lo; i < hi; i++ {
		row := s.emit[(i-lo)*k : (i-lo+1)*k]
		s.buf = c.ChainFeatures(s.buf[:0], i, lo, hi)
		for _, h := range s.buf {
			chain.Emit.Add(row, h)
		}
		row[labelNone] -= recall
	}
	s.labels = resize(s.labels, n)
	chain.Viterbi(&s.lattice, s.emit, s.labels)
	segs := Segments(s.labels, lo)
	if len(segs) == 0 {
		return nil
	}
	s.marginal = resize(s.marginal, n*k)
	chain.MaxMarginals(&s.lattice, s.emit, n, s.marginal)
	for i := range segs {
		segs[i].Margin = c.margin(s, &segs[i], lo)
	}
	return segs
}

// margin is how much worse the best path is that does not give all of the
// tokens of g, taken one at a time, their role: the smallest over the tokens
// of the ends.
func (c *Columns) margin(s *Scratch, g *Segment, lo int) int32 {
	k := len(Labels)
	worst := int32(1 << 20)
	for _, i := range [2]int{int(g.First), int(g.Last) - 1} {
		alt := int32(-1 << 30)
		for y, v := range s.marginal[(i-lo)*k : (i-lo+1)*k] {
			if y == 0 || Role((y-1)/2) != g.Role {
				alt = max(alt, v)
			}
		}
		worst = min(worst, -alt)
	}
	return worst
}

// Scratch is the memory of decoding, reused between paragraphs.
type Scratch struct {
	emit, marginal []int32
	labels         []uint8
	buf            []uint64
	lattice        model.Lattice
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Drafts joins segments to statements: every cue with its contents and source.
func (m *Model) Drafts(c *Columns, segs []Segment, p token.Range) []Draft {
	margins := make([]int32, len(segs))
	link := m.links(c, segs, int(p.First), int(p.Last), margins)
	byCue := map[int]int{}
	var out []Draft
	for x, s := range segs {
		if s.Role == RoleCue {
			byCue[x] = len(out)
			out = append(out, Draft{Cue: x, Source: link[x], Margin: margins[x]})
		}
	}
	for x, s := range segs {
		if s.Role == RoleContent && link[x] >= 0 {
			d := &out[byCue[link[x]]]
			d.Content = append(d.Content, x)
			d.Margin = min(d.Margin, margins[x])
		}
	}
	kept := out[:0]
	for _, d := range out {
		if len(d.Content) > 0 {
			kept = append(kept, d)
		}
	}
	return kept
}

// JudgeFeatures appends the features by which a draft is judged.
func (c *Columns) JudgeFeatures(f []uint64, segs []Segment, d *Draft, p token.Range) []uint64 {
	t := uint64(2000)
	add := func(a uint64) { f = append(f, model.Feature(t, a)); t++ }
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }
	cue := segs[d.Cue]
	h := c.headOf(cue.Range)
	add(1)
	cm, qm, sm := marginBucket(cue.Margin), uint64(20), uint64(20)
	quoted, words := uint64(0), 0
	for _, x := range d.Content {
		qm = min(qm, marginBucket(segs[x].Margin))
		quoted |= 1 << (c.quote[segs[x].First] + 4*boolBit(x > d.Cue))
		words += segs[x].Len()
	}
	if d.Source >= 0 {
		sm = marginBucket(segs[d.Source].Margin)
	}
	first := segs[d.Content[0]]
	add(cm)
	add(qm)
	add(sm)
	add2(cm, qm)
	add2(cm, sm)
	add3(cm, qm, sm)
	add(marginBucket(d.Margin))
	add2(marginBucket(d.Margin), cm)
	add(c.lemma[h])
	add2(c.lemma[h], boolBit(d.Source >= 0))
	add2(c.lemma[h], quoted)
	add2(c.prior[h], c.tag[h])
	add3(c.prior[h], cm, quoted)
	add2(c.class[h], quoted)
	add2(quoted, bucket(words))
	add2(uint64(len(d.Content)), quoted)
	add2(c.lemma[h], c.word[first.First])
	add2(bucket(cue.Len()), c.tag[h])
	order := boolBit(d.Source > d.Cue) | boolBit(d.Content[0] > d.Cue)<<1
	if d.Source < 0 {
		order |= 4
	} else {
		s := segs[d.Source]
		hs := c.headOf(s.Range)
		add2(c.tag[hs], c.rel[hs])
		add(c.lemma[hs])
		add2(bucket(s.Len()), order)
		par := c.t.Head[hs]
		add2(boolBit(par == int32(h)), c.rel[hs])
		add2(bucket(abs(int(s.First)-int(cue.First))), order)
	}
	t = 2040
	add2(order, quoted)
	add3(order, c.prior[h], quoted)
	add(c.frame(h))
	add2(c.quote[h], quoted)
	add2(bucket(abs(int(first.First)-int(cue.First))), order)
	add2(c.tag[first.First], order)
	add2(c.sentenceKind[c.sentence[h]], order)
	add2(c.rel[h], c.prior[h])
	add2(at(c.word, int(first.Last)-1, int(p.First), int(p.Last)), quoted)
	return f
}

func marginBucket(m int32) uint64 {
	return uint64(min(max(m, 0)/8, 19))
}

// Judge is the score of a draft: the higher, the surer.
func (m *Model) Judge(c *Columns, s *Scratch, segs []Segment, d *Draft, p token.Range) int32 {
	s.buf = c.JudgeFeatures(s.buf[:0], segs, d, p)
	var sum [1]int32
	for _, h := range s.buf {
		m.judge.Add(sum[:], h)
	}
	return sum[0]
}

// Find finds the statements of a document. Statements inside others follow
// them; the rest is in the order of the text.
func (m *Model) Find(d *token.Doc, t *syntax.Tree, names []name.Name) []Statement {
	c := m.Columns(d, t)
	var s Scratch
	var out []Statement
	recall, cut := int32(m.numbers["recall"]), int32(m.numbers["cut"])
	for _, p := range d.Paragraphs {
		if st, ok := c.labelled(p, names); ok {
			out = append(out, st)
			continue
		}
		segs := c.Decode(m.chain, &s, p, recall)
		for _, draft := range m.Drafts(c, segs, p) {
			score := m.Judge(c, &s, segs, &draft, p)
			if score < cut {
				continue
			}
			st := draft.statement(segs, score)
			c.snap(&st)
			out = append(out, st)
		}
	}
	out = c.adoptQuotes(out)
	for i := range len(out) {
		out = m.nest(c, &s, out, i)
	}
	for i := range out {
		c.implySource(&out[i])
		m.describe(c, names, &out[i])
	}
	return out
}

func (d *Draft) statement(segs []Segment, score int32) Statement {
	st := Statement{Cue: []token.Range{segs[d.Cue].Range}, Score: score, SpeakerOf: -1, Within: -1}
	if d.Source >= 0 {
		st.Source = []token.Range{segs[d.Source].Range}
	}
	for _, x := range d.Content {
		st.Content = append(st.Content, segs[x].Range)
	}
	return st
}

// Confidence is the share of statements with such a score that are right, as
// measured when the model was calibrated: a step function, so that it is the
// same on every machine.
func (m *Model) Confidence(score int32) float64 {
	n := 0
	for n < len(m.steps) && score >= m.steps[n] {
		n++
	}
	return float64(n) / 100
}
