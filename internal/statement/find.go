package statement

import (
	"cmp"
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Draft is a statement as the chain and the linker give it.
type Draft struct {
	Cue     Segment
	Source  Segment // empty for none
	Content []Segment
	Margin  int32 // the smallest margin of its links
	Votes   uint8 // the settings of recall that found the same
	Rank    uint8 // among the drafts with its cue, by the margin of the content: 0 is the best
}

// Settings are the levels of recall at which a paragraph is decoded, in
// quarters of the score that the model stores as "recall": what is sure is
// found at all of them, and of what differs the judge takes the best.
var Settings = [...]int32{-2, 1, 4, 8, 14}

// Decode finds the segments of the paragraph p at every setting of recall.
// A positive recall makes the chain mark more: it is taken off the score of
// the label "nothing".
func (c *Columns) Decode(chain *model.Chain, s *Scratch, p token.Range, recall int32) (found [len(Settings)][]Segment) {
	lo, hi := int(p.First), int(p.Last)
	n, k := hi-lo, len(Labels)
	s.emit = resize(s.emit, n*k)
	clear(s.emit)
	for i := lo; i < hi; i++ {
		row := s.emit[(i-lo)*k : (i-lo+1)*k]
		s.buf = c.ChainFeatures(s.buf[:0], i, lo, hi)
		chain.Emit.AddAll(row, s.buf)
	}
	s.labels = resize(s.labels, n)
	s.marginal = resize(s.marginal, n*k)
	at := int32(0)
	for x, level := range Settings {
		shift := recall*level/4 - at
		at += shift
		for i := range n {
			s.emit[i*k+int(labelNone)] -= shift
		}
		chain.Viterbi(&s.lattice, s.emit, s.labels)
		found[x] = c.part(Segments(s.labels, lo))
		if x == baseSetting {
			chain.MaxMarginals(&s.lattice, s.emit, n, s.marginal)
		}
	}
	for x := range found {
		for i := range found[x] {
			found[x][i].Margin = s.margin(found[x][i].Role, found[x][i].Range, lo)
		}
	}
	return found
}

// part cuts contents where one quotation ends and the next begins a sentence
// right behind it: nobody closes his own quotation to open it again.
func (c *Columns) part(segs []Segment) []Segment {
	var out []Segment
	for _, g := range segs {
		for i := g.First + 1; g.Role == RoleContent && i < g.Last; i++ {
			if c.quote[i] == quoteOpen && c.quote[i-1] == quoteClose && c.isSentenceStart(int(i)) {
				head := g
				head.Last, g.First = i, i
				out = append(out, head)
			}
		}
		out = append(out, g)
	}
	return out
}

// baseSetting is the setting whose marginals margins are taken from.
const baseSetting = 1

// margin is by how much the chain prefers the role for the tokens at the ends
// of r over any other label: negative where it prefers another.
func (s *Scratch) margin(role Role, r token.Range, lo int) int32 {
	k := len(Labels)
	worst := int32(1 << 20)
	for _, i := range [2]int{int(r.First), int(r.Last) - 1} {
		own, alt := int32(-1<<30), int32(-1<<30)
		for y, v := range s.marginal[(i-lo)*k : (i-lo+1)*k] {
			if y > 0 && Role((y-1)/2) == role {
				own = max(own, v)
			} else {
				alt = max(alt, v)
			}
		}
		worst = min(worst, own-alt)
	}
	return worst
}

// Scratch is the memory of decoding, reused between paragraphs.
type Scratch struct {
	emit, marginal []int32
	labels         []uint8
	buf            []uint64
	lattice        model.Lattice
	scores         []int32
	boosts         []int32
	rows           []Row
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Drafts joins the segments of each setting to statements, every cue with its
// contents and source, and adds those that the tree suggests. The same
// statement counts once. s holds the marginals of Decode.
func (m *Model) Drafts(c *Columns, s *Scratch, found [len(Settings)][]Segment, p token.Range) []Draft {
	pool := pool{byCue: map[token.Range][]int{}}
	for x, segs := range found {
		for _, d := range m.join(c, segs, p) {
			d.Votes = 1 << x
			pool.add(d)
		}
	}
	c.suggest(&pool, s, found, p)
	pool.rank()
	return pool.drafts
}

// rank orders the drafts of each cue. Where cue and source are sure, something
// must be said, and the best content is likely right though the chain doubts it.
func (p *pool) rank() {
	for i := range p.drafts {
		d := &p.drafts[i]
		for _, k := range p.byCue[d.Cue.Range] {
			if o := &p.drafts[k]; o.contentMargin() > d.contentMargin() || o.contentMargin() == d.contentMargin() && k < i {
				d.Rank = min(d.Rank+1, 3)
			}
		}
	}
}

func (d *Draft) contentMargin() int32 {
	m := d.Content[0].Margin
	for _, s := range d.Content[1:] {
		m = min(m, s.Margin)
	}
	return m
}

// pool collects drafts, each once.
type pool struct {
	drafts []Draft
	byCue  map[token.Range][]int
}

func (p *pool) add(d Draft) {
	same := p.byCue[d.Cue.Range]
	if i := slices.IndexFunc(same, func(i int) bool { return p.drafts[i].same(&d) }); i >= 0 {
		p.drafts[same[i]].Votes |= d.Votes
		return
	}
	p.byCue[d.Cue.Range] = append(same, len(p.drafts))
	p.drafts = append(p.drafts, d)
}

func (d *Draft) same(o *Draft) bool {
	return d.Cue.Range == o.Cue.Range && d.Source.Range == o.Source.Range &&
		slices.EqualFunc(d.Content, o.Content, func(a, b Segment) bool { return a.Range == b.Range })
}

func (m *Model) join(c *Columns, segs []Segment, p token.Range) []Draft {
	margins := make([]int32, len(segs))
	link := m.links(c, segs, int(p.First), int(p.Last), margins)
	at := make([]int, len(segs)) // of a cue, its draft
	var out []Draft
	for x, s := range segs {
		if s.Role == RoleCue {
			at[x] = len(out)
			d := Draft{Cue: s, Margin: margins[x]}
			if link[x] >= 0 {
				d.Source = segs[link[x]]
			}
			out = append(out, d)
		}
	}
	for x, s := range segs {
		if s.Role == RoleContent && link[x] >= 0 {
			d := &out[at[link[x]]]
			d.Content = append(d.Content, s)
			d.Margin = min(d.Margin, margins[x])
		}
	}
	return slices.DeleteFunc(out, func(d Draft) bool { return len(d.Content) == 0 })
}

// Choose takes of drafts that stand in each other's way, because their cues or
// contents share a token, those that are worth most together: the sum of what
// their scores are above cut. It returns their indices in the order of the
// text. All stand in the paragraph p.
//
// It is greedy, best first; then each choice is undone if what it stood in the
// way of is worth more: two statements, say, that one draft had joined.
func Choose(drafts []Draft, scores []int32, cut int32, p token.Range) []int {
	order := make([]int, 0, len(drafts))
	for i := range drafts {
		if scores[i] >= cut {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	taken := make([]bool, p.Len())
	chosen, worth := choose(drafts, scores, cut, p, order, taken, nil)
	if len(chosen) > 0 && len(order) <= maxRevised {
		banned := map[int]bool{}
		for _, i := range slices.Clone(chosen) {
			banned[i] = true
			clear(taken)
			if other, w := choose(drafts, scores, cut, p, order, taken, banned); w > worth {
				chosen, worth = other, w
			} else {
				delete(banned, i)
			}
		}
	}
	slices.SortFunc(chosen, func(a, b int) int { return cmp.Compare(drafts[a].Cue.First, drafts[b].Cue.First) })
	return chosen
}

// maxRevised bounds the drafts of a paragraph whose choice is looked at twice,
// which takes quadratic time.
const maxRevised = 200

func choose(drafts []Draft, scores []int32, cut int32, p token.Range, order []int, taken []bool, banned map[int]bool) (chosen []int, worth int) {
	for _, i := range order {
		d := &drafts[i]
		clash := banned[i] || slices.Contains(taken[d.Cue.First-p.First:d.Cue.Last-p.First], true)
		for _, s := range d.Content {
			clash = clash || slices.Contains(taken[s.First-p.First:s.Last-p.First], true)
		}
		if clash {
			continue
		}
		mark := func(s Segment) {
			for k := s.First; k < s.Last; k++ {
				taken[k-p.First] = true
			}
		}
		mark(d.Cue)
		for _, s := range d.Content {
			mark(s)
		}
		chosen = append(chosen, i)
		worth += int(scores[i]-cut) + 1
	}
	return chosen, worth
}

// sureScore is two log odds.
const sureScore = 2000

// Find finds the statements of a document. Statements inside others follow
// them; the rest is in the order of the text.
func (m *Model) Find(d *token.Doc, t *syntax.Tree, names []name.Name) []Statement {
	c := m.Columns(d, t)
	var s Scratch
	var out []Statement
	cut := int32(m.numbers["cut"])
	for _, p := range d.Paragraphs {
		if st, ok := c.labelled(p, names); ok {
			st.Score = sureScore // no draft to judge: two log odds
			out = append(out, st)
			continue
		}
		out = append(out, m.read(c, &s, p, cut)...)
	}
	out = c.adoptQuotes(out)
	for i := range out {
		out = m.cite(c, m.nest(c, &s, out, i), i)
	}
	for i := range out {
		c.implySource(&out[i])
		m.describe(c, names, &out[i])
		if c.isAct(&out[i], names) {
			out[i].Score = min(out[i].Score, m.doubt())
		}
	}
	return out
}

// doubt is the highest score at which a statement is more likely wrong than right.
func (m *Model) doubt() int32 {
	if len(m.steps) < 50 {
		return 0
	}
	return m.steps[49] - 1
}

// read finds the statements of the paragraph p whose score reaches cut.
func (m *Model) read(c *Columns, s *Scratch, p token.Range, cut int32) []Statement {
	drafts := m.Drafts(c, s, c.Decode(m.chain, s, p, int32(m.numbers["recall"])), p)
	scores := m.Judge(c, s, drafts, p)
	var out []Statement
	for _, i := range Choose(drafts, scores, cut, p) {
		st := drafts[i].statement(scores[i])
		if c.isCitation(&st) || c.isScare(&st) || c.isGloss(&st) || c.isNaming(&st) {
			continue
		}
		c.snap(&st)
		c.trim(&st)
		c.curb(&st)
		c.reunite(&st)
		c.follow(&st)
		c.widen(&st)
		out = append(out, st)
	}
	return c.according(out, p)
}

func (d *Draft) statement(score int32) Statement {
	st := Statement{Cue: []token.Range{d.Cue.Range}, Score: score, SpeakerOf: -1, Within: -1}
	if d.Source.Len() > 0 {
		st.Source = []token.Range{d.Source.Range}
	}
	for _, s := range d.Content {
		st.Content = append(st.Content, s.Range)
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
