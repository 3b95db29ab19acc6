package statement

import (
	"math/bits"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Features is the number of features in a Row.
const Features = 83

// Row is what the trees see of a draft: itself and its rivals, the drafts of
// the paragraph that would say something else of the same words. Margins are
// in 64ths of the recall unit of the chain, scores in thousandths of log odds.
type Row [Features]int16

// absent is a feature's value where there is nothing to measure.
const absent = -1 << 15

type rowWriter struct {
	row *Row
	n   int
}

func (w *rowWriter) put(v int) {
	w.row[w.n] = int16(min(max(v, absent+1), 1<<15-1))
	w.n++
}

func (w *rowWriter) bit(b bool) { w.put(int(boolBit(b))) }

func (w *rowWriter) none() {
	w.row[w.n] = absent
	w.n++
}

// Rows makes the rows of the drafts of the paragraph p, whose scores by the
// linear judge are linear. recall is the unit of the chain's margins.
func (c *Columns) Rows(rows []Row, drafts []Draft, linear []int32, p token.Range, recall int32) []Row {
	rows = resize(rows, len(drafts))
	r := c.rivals(drafts, linear)
	for i := range drafts {
		w := rowWriter{row: &rows[i]}
		c.margins(&w, &drafts[i], int(max(recall, 1)))
		c.build(&w, &drafts[i], p)
		c.fit(&w, &drafts[i], p)
		r.compare(&w, i)
	}
	return rows
}

// margins puts how sure the chain and the linker are.
func (c *Columns) margins(w *rowWriter, d *Draft, recall int) {
	unit := func(m int32) int { return int(m) * 64 / recall }
	most := d.Content[0].Margin
	for _, s := range d.Content[1:] {
		most = max(most, s.Margin)
	}
	w.put(unit(d.Cue.Margin))
	w.put(unit(d.contentMargin()))
	w.put(unit(most))
	if d.Source.Len() > 0 {
		w.put(unit(d.Source.Margin))
		w.put(unit(min(d.Cue.Margin, d.contentMargin(), d.Source.Margin)))
	} else {
		w.none()
		w.put(unit(min(d.Cue.Margin, d.contentMargin())))
	}
	w.put(int(d.Margin))
	w.put(bits.OnesCount8(d.Votes &^ voteTree))
	w.put(bits.TrailingZeros8(d.Votes))
	w.bit(d.Votes&voteTree != 0)
	w.put(int(d.Rank))
}

// build puts what the draft is made of.
func (c *Columns) build(w *rowWriter, d *Draft, p token.Range) {
	h := c.headOf(d.Cue.Range)
	first, last := d.Content[0], d.Content[len(d.Content)-1]
	words, quoted := 0, 0
	for _, s := range d.Content {
		words += s.Len()
		for i := s.First; i < s.Last; i++ {
			quoted += int(min(c.quote[i], 1))
		}
	}
	w.put(int(c.prior[h]))
	w.put(int(c.class[h]))
	w.put(int(c.upos[h]))
	w.put(int(c.tag[h]))
	w.put(int(c.rel[h]))
	w.put(d.Cue.Len())
	w.put(d.Source.Len())
	w.put(len(d.Content))
	w.put(words)
	w.put(first.Len())
	w.put(100 * quoted / words)
	w.put(int(c.quote[h]))
	w.put(int(c.quote[first.First]))
	w.put(int(c.quote[last.Last-1]))
	w.put(gap(d.Cue.Range, first.Range))
	w.put(gap(d.Cue.Range, last.Range))
	w.put(int(p.Last - p.First))
	w.put(int(d.Cue.First - p.First))
	w.put(int(c.sentenceKind[c.sentence[h]]))
	if d.Source.Len() == 0 {
		for range 8 {
			w.none()
		}
		return
	}
	hs := c.headOf(d.Source.Range)
	w.put(gap(d.Cue.Range, d.Source.Range))
	w.put(gap(d.Source.Range, first.Range))
	w.put(int(c.upos[hs]))
	w.put(int(c.tag[hs]))
	w.put(int(c.rel[hs]))
	w.put(c.bond(hs, h))
	w.put(int(c.quote[hs]))
	ext := c.t.Subtree(hs)
	w.put(int(ext.Last-ext.First) - d.Source.Len())
}

// bond is how token i hangs on the cue h: 0 not at all.
func (c *Columns) bond(i, h int) int {
	switch {
	case int(c.t.Head[i]) == h && (c.t.Rel[i] == syntax.Nsubj || c.t.Rel[i] == syntax.NsubjPass):
		return 5
	case int(c.t.Head[i]) == h:
		return 4
	case int(c.t.Head[h]) == i:
		return 3
	case c.t.Head[i] >= 0 && c.t.Head[i] == c.t.Head[h]:
		return 2
	case int(c.anc[i]) == h:
		return 1
	}
	return 0
}

// fit puts how the content lies in the sentence and in the tree.
func (c *Columns) fit(w *rowWriter, d *Draft, p token.Range) {
	h := c.headOf(d.Cue.Range)
	first, last := d.Content[0], d.Content[len(d.Content)-1]
	hc := c.headOf(first.Range)
	ext := c.t.Subtree(hc)
	open, end := c.d.Sentences[c.sentence[first.First]], c.d.Sentences[c.sentence[last.Last-1]]
	w.put(int(first.First - ext.First))
	w.put(int(ext.Last - first.Last))
	w.put(int(c.rel[hc]))
	w.put(int(c.tag[hc]))
	w.put(c.bond(hc, h))
	w.put(c.steps(hc, h))
	w.put(int(first.First - open.First))
	w.put(int(end.Last - last.Last))
	w.put(int(c.sentence[last.Last-1] - c.sentence[first.First]))
	w.put(int(c.sentence[first.First] - c.sentence[h]))
	w.put(int(c.tag[first.First]))
	w.put(int(at(c.tag, int(first.First)-1, int(p.First), int(p.Last))))
	w.put(int(at(c.tag, int(last.Last), int(p.First), int(p.Last))))
	w.put(int(c.rel[first.First]))
	marks, cues, roots := 0, 0, 0
	for _, s := range d.Content {
		for i := s.First; i < s.Last; i++ {
			switch {
			case c.quote[i] == quoteOpen:
				marks++
			case c.quote[i] == quoteClose:
				marks--
			}
			if c.prior[i] >= likelyCue {
				cues++
			}
			if g := c.t.Head[i]; (g < s.First || g >= s.Last) && c.rel[i] != relPunct {
				roots++
			}
		}
	}
	w.put(marks)
	w.put(cues)
	w.put(roots)
	c.cueFit(w, d, h)
}

// cueFit puts what hangs on the head h of the cue, and what it hangs on.
func (c *Columns) cueFit(w *rowWriter, d *Draft, h int) {
	ward := 0
	for k := range c.t.Children(h) {
		switch c.t.Rel[k] {
		case syntax.Mark:
			ward |= 1
		case syntax.Aux, syntax.AuxPass:
			ward |= 2
		case syntax.Ccomp, syntax.Xcomp:
			ward |= 4
		case syntax.Obj:
			ward |= 8
		case syntax.Parataxis:
			ward |= 16
		case syntax.Nsubj, syntax.NsubjPass:
			ward |= 32
		}
	}
	w.put(ward & 3)
	w.put(ward >> 2)
	s := c.subject(h)
	switch {
	case s.Len() == 0:
		w.none()
	case d.Source.Len() == 0:
		w.put(-1)
	default:
		w.put(100 * overlap(s, d.Source.Range) / max(s.Len(), d.Source.Len()))
	}
	if g := c.t.Head[h]; g >= 0 {
		w.put(int(c.prior[g]))
	} else {
		w.none()
	}
}

// steps is how many arcs lead from i up to h, 8 for more or never.
func (c *Columns) steps(i, h int) int {
	for n := range 8 {
		if i == h {
			return n
		}
		if i = int(c.t.Head[i]); i < 0 {
			break
		}
	}
	return 8
}

// gap is how many tokens lie from a to b, negative if b comes first.
func gap(a, b token.Range) int {
	if b.First >= a.First {
		return int(b.First - a.Last)
	}
	return int(b.Last-a.First) - 1
}
