package statement

import (
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// JudgeFeatures appends the features by which a draft is judged.
func (c *Columns) JudgeFeatures(f []uint64, d *Draft, p token.Range) []uint64 {
	t := uint64(2000)
	add := func(a uint64) { f = append(f, model.Feature(t, a)); t++ }
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }
	cue := d.Cue
	h := c.headOf(cue.Range)
	hasSource := boolBit(d.Source.Len() > 0)
	add(1)
	cm, qm, sm, votes := marginBucket(cue.Margin), uint64(32), uint64(32), uint64(d.Votes)
	quoted, words := uint64(0), 0
	for _, s := range d.Content {
		qm = min(qm, marginBucket(s.Margin))
		quoted |= 1 << (c.quote[s.First] + 4*boolBit(s.First > d.Cue.First))
		words += s.Len()
	}
	if hasSource > 0 {
		sm = marginBucket(d.Source.Margin)
	}
	first := d.Content[0]
	rank := uint64(d.Rank)
	add(rank)
	add2(rank, cm)
	add3(rank, cm, sm)
	add3(rank, votes, quoted)
	add3(rank, c.prior[h], sm/4)
	add(votes)
	add2(votes, quoted)
	add2(votes, c.prior[h])
	add2(votes, qm)
	add2(votes, cm)
	add2(votes, sm)
	add(cm)
	add(qm)
	add(sm)
	add2(cm, qm)
	add2(cm, sm)
	add3(cm, qm, sm)
	add(marginBucket(d.Margin))
	add2(marginBucket(d.Margin), cm)
	add(c.lemma[h])
	add2(c.lemma[h], hasSource)
	add2(c.lemma[h], quoted)
	add2(c.fine[h], quoted)
	add2(c.fine[h], hasSource)
	add2(c.prior[h], c.tag[h])
	add3(c.prior[h], cm, quoted)
	add2(c.class[h], quoted)
	add2(quoted, bucket(words))
	add2(uint64(len(d.Content)), quoted)
	add2(c.lemma[h], c.word[first.First])
	add2(c.prior[h], c.word[first.First])
	add2(bucket(cue.Len()), c.tag[h])
	order := boolBit(d.Source.First > d.Cue.First) | boolBit(first.First > d.Cue.First)<<1
	if hasSource == 0 {
		order |= 4
	} else {
		s := d.Source
		hs := c.headOf(s.Range)
		add2(c.tag[hs], c.rel[hs])
		add(c.lemma[hs])
		add(c.fine[hs])
		add2(bucket(s.Len()), order)
		add2(boolBit(c.t.Head[hs] == int32(h)), c.rel[hs])
		add2(bucket(abs(int(s.First)-int(cue.First))), order)
	}
	t = 2080
	add2(order, quoted)
	add3(order, c.prior[h], quoted)
	add(c.frame(h))
	add2(c.quote[h], quoted)
	add2(bucket(abs(int(first.First)-int(cue.First))), order)
	add2(c.tag[first.First], order)
	add2(c.sentenceKind[c.sentence[h]], order)
	add2(c.rel[h], c.prior[h])
	add2(at(c.word, int(first.Last)-1, int(p.First), int(p.Last)), quoted)
	c.edges(d, p, add3)
	f = c.judgeCue(f, d, p, order)
	if hasSource > 0 {
		f = c.judgeSource(f, d, quoted)
	}
	return f
}

// edges adds what stands at the ends of the contents: whether they fall on
// phrases of the tree and marks of the page.
func (c *Columns) edges(d *Draft, p token.Range, add func(a, b, x uint64)) {
	lo, hi := int(p.First), int(p.Last)
	for _, s := range d.Content[:1] {
		hs := c.headOf(s.Range)
		ext := c.t.Subtree(hs)
		add(boolBit(ext.First == s.First), boolBit(ext.Last == s.Last), c.quote[s.First])
		add(boolBit(ext.First < s.First), boolBit(ext.Last > s.Last), c.rel[hs])
		add(boolBit(c.t.Head[hs] >= d.Cue.First && c.t.Head[hs] < d.Cue.Last), c.rel[hs], c.prior[c.headOf(d.Cue.Range)])
		add(at(c.word, int(s.Last), lo, hi), c.quote[s.Last-1], boolBit(s.First > d.Cue.First))
		add(at(c.tag, int(s.First)-1, lo, hi), c.tag[s.First], boolBit(s.First > d.Cue.First))
		add(at(c.tag, int(s.Last), lo, hi), c.tag[s.Last-1], boolBit(s.First > d.Cue.First))
	}
}

// judgeCue appends how the cue stands in its sentence and to its content.
func (c *Columns) judgeCue(f []uint64, d *Draft, p token.Range, order uint64) []uint64 {
	t := uint64(2200)
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }
	lo, hi := int(p.First), int(p.Last)
	first := d.Content[0]
	h, hc := c.headOf(d.Cue.Range), c.headOf(first.Range)
	add3(c.lemma[h], c.rel[hc], c.tag[hc])
	add2(c.lemma[h], c.tag[first.First])
	add2(c.fine[hc], c.prior[h])
	add3(c.prior[h], c.rel[hc], c.tag[hc])
	add2(at(c.word, int(first.First)-1, lo, hi), order)
	add3(c.lemma[h], c.rel[h], order)
	add3(boolBit(c.d.Sentences[c.sentence[h]].First == d.Source.First), c.prior[h], order)
	add3(c.rel[h], c.tag[h], c.prior[h])
	add3(at(c.word, int(d.Cue.First)-1, lo, hi), c.prior[h], order)
	add3(at(c.word, int(d.Cue.Last), lo, hi), c.prior[h], order)
	if g := c.t.Head[h]; g >= 0 {
		add2(c.lemma[g], c.rel[h])
		add2(c.tag[g], c.tag[h])
		add3(c.prior[g], c.rel[h], c.prior[h])
	}
	for k := range c.t.Children(h) {
		switch c.t.Rel[k] {
		case syntax.Aux, syntax.AuxPass, syntax.Advmod, syntax.CompoundPrt, syntax.Mark:
			f = append(f, model.Feature2(2220, c.lemma[k], c.prior[h]), model.Feature2(2221, c.lemma[k], c.lemma[h]))
		}
	}
	return f
}

// judgeSource appends what kind of phrase the source is.
func (c *Columns) judgeSource(f []uint64, d *Draft, quoted uint64) []uint64 {
	t := uint64(2230)
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }
	h, s := c.headOf(d.Cue.Range), d.Source
	hs := c.headOf(s.Range)
	add2(c.lemma[h], c.tag[hs])
	add2(c.lemma[h], c.mid[hs])
	add2(c.prior[h], c.mid[hs])
	add3(c.word[s.First], c.tag[hs], c.prior[h])
	add2(c.lemma[hs], c.prior[h])
	add3(c.tag[hs], bucket(s.Len()), c.prior[h])
	add3(boolBit(c.quote[s.First] != 0), c.quote[h], quoted)
	add2(c.shape[hs], c.prior[h])
	return f
}

func marginBucket(m int32) uint64 {
	return uint64(min(max(m, -96)+96, 255) / 8)
}

// Judge scores the drafts of the paragraph p in thousandths of log odds that
// they are right. The scores are good until the next call with s.
func (m *Model) Judge(c *Columns, s *Scratch, drafts []Draft, p token.Range) []int32 {
	s.scores = resize(s.scores, len(drafts))
	unit := int64(m.numbers["judge.unit"])
	for i := range drafts {
		s.buf = c.JudgeFeatures(s.buf[:0], &drafts[i], p)
		var sum [1]int32
		m.judge.AddAll(sum[:], s.buf)
		s.scores[i] = int32(int64(sum[0]) * unit >> 10)
	}
	s.rows = c.Rows(s.rows, drafts, s.scores, p, int32(m.numbers["recall"]))
	s.boosts = resize(s.boosts, len(drafts))
	m.trees.ScoreAll(s.boosts, func(i int) []int16 { return s.rows[i][:] })
	for i, v := range s.boosts {
		s.scores[i] += v
	}
	return s.scores
}
