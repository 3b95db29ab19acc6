package statement

import "github.com/rapporteur/rapporteur/internal/model"

// edge stands for a position outside of the paragraph.
const edge = 0xED6E

func at(col []uint64, i, lo, hi int) uint64 {
	if i < lo || i >= hi {
		return edge
	}
	return col[i]
}

// ChainFeatures appends the hashes of the features of token i, which stands in
// the paragraph [lo, hi), to f.
func (c *Columns) ChainFeatures(f []uint64, i, lo, hi int) []uint64 {
	t := uint64(0)
	add := func(a uint64) { f = append(f, model.Feature(t, a)); t++ }
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }

	add(1)
	w, l, g, q := c.word[i], c.lemma[i], c.tag[i], c.quote[i]
	for k := -3; k <= 3; k++ {
		add(at(c.word, i+k, lo, hi))
	}
	for k := -2; k <= 2; k++ {
		add(at(c.lemma, i+k, lo, hi))
	}
	for k := -3; k <= 3; k++ {
		add(at(c.tag, i+k, lo, hi))
	}
	w1, w2, wp1, wp2 := at(c.word, i+1, lo, hi), at(c.word, i+2, lo, hi), at(c.word, i-1, lo, hi), at(c.word, i-2, lo, hi)
	l1, lp1 := at(c.lemma, i+1, lo, hi), at(c.lemma, i-1, lo, hi)
	g1, g2, gp1, gp2 := at(c.tag, i+1, lo, hi), at(c.tag, i+2, lo, hi), at(c.tag, i-1, lo, hi), at(c.tag, i-2, lo, hi)
	q1, qp1 := at(c.quote, i+1, lo, hi), at(c.quote, i-1, lo, hi)
	add2(wp1, w)
	add2(w, w1)
	add2(l, l1)
	add2(lp1, l)
	add3(wp2, wp1, w)
	add3(w, w1, w2)
	add3(wp1, w, w1)
	add2(gp1, g)
	add2(g, g1)
	add3(gp2, gp1, g)
	add3(gp1, g, g1)
	add3(g, g1, g2)
	add2(l, g)
	add2(l, gp1)
	add2(l, g1)
	add2(wp1, g)
	add2(g, w1)
	add(c.shape[i])
	add2(at(c.shape, i-1, lo, hi), c.shape[i])
	add(c.suffix[i])

	// Word classes.
	for k := -2; k <= 2; k++ {
		add(at(c.mid, i+k, lo, hi))
	}
	for k := -1; k <= 1; k++ {
		add(at(c.fine, i+k, lo, hi))
	}
	add2(c.fine[i], g)
	add2(at(c.mid, i-1, lo, hi), c.mid[i])
	add2(c.mid[i], at(c.mid, i+1, lo, hi))
	add2(c.mid[i], q)

	// Quotation marks.
	add(q)
	add3(qp1, q, q1)
	add2(c.quoteKind[i], q)
	add2(q, g)
	add2(q, l)
	add3(qp1, wp1, q)
	add3(q, q1, w1)
	add2(at(c.quoteKind, i-1, lo, hi), at(c.quoteKind, i+1, lo, hi))
	add3(at(c.quoteKind, i-1, lo, hi), q, l)
	add3(at(c.quoteKind, i-2, lo, hi), wp1, l)
	add3(at(c.quoteKind, i+1, lo, hi), q, l)
	add3(at(c.quoteKind, i+2, lo, hi), w1, l)

	// The sentence and its neighbours.
	s := int(c.sentence[i])
	sk := c.sentenceKind[s]
	prevKind, nextKind := uint64(edge), uint64(edge)
	if s > 0 && int(c.d.Sentences[s-1].First) >= lo {
		prevKind = c.sentenceKind[s-1]
	}
	if s+1 < len(c.d.Sentences) && int(c.d.Sentences[s+1].First) < hi {
		nextKind = c.sentenceKind[s+1]
	}
	r := c.d.Sentences[s]
	pos := bucket(i - int(r.First))
	add2(sk, q)
	add3(sk, prevKind, q)
	add3(sk, nextKind, q)
	add2(sk, g)
	add2(pos, g)
	add2(pos, q)
	add2(bucket(int(r.Last)-1-i), q)
	add3(sk, c.word[r.First], q)
	add2(boolBit(int(r.First) == lo), pos)

	// Lexicon and priors.
	class, prior := c.class[i], c.prior[i]
	add2(class, g)
	add2(prior, g)
	add2(prior, q)
	for k := -3; k <= 3; k++ {
		add2(at(c.prior, i+k, lo, hi), g)
	}
	add2(at(c.class, i-1, lo, hi), w)
	add2(at(c.class, i-2, lo, hi), w)
	add2(at(c.class, i+1, lo, hi), w)
	add3(at(c.prior, i-1, lo, hi), l, w1)
	add3(prior, wp1, w1)
	add3(prior, g1, gp1)

	// The tree.
	h := int(c.t.Head[i])
	rel := c.rel[i]
	hl, ht, hp := uint64(edge), uint64(edge), uint64(edge)
	if h >= 0 {
		hl, ht, hp = c.lemma[h], c.tag[h], c.prior[h]
	}
	add(rel)
	add2(rel, l)
	add2(rel, hl)
	add3(rel, g, ht)
	add3(rel, hp, g)
	add3(rel, q, hp)
	if a := int(c.anc[i]); a >= 0 {
		ar := c.ancRel[i]
		add2(ar, c.lemma[a])
		add2(ar, c.prior[a])
		add2(ar, c.class[a])
		add3(ar, c.prior[a], q)
		add3(ar, c.prior[a], g)
		add3(ar, c.prior[a], c.quote[a])
		add3(ar, c.lemma[a], l)
		add3(ar, c.prior[a], l)
		add3(ar, bucket(abs(a-i)), c.prior[a])
		add2(ar, c.fine[a])
		add3(ar, c.fine[a], g)
		ext := c.t.Subtree(i)
		add3(ar, c.prior[a], boolBit(int(ext.First) == i)<<1|boolBit(int(ext.Last) == i+1))
		b, br := int(c.anc[a]), uint64(edge)
		if b >= 0 {
			br = c.prior[b]
		}
		add3(ar, c.ancRel[a], br)
		add3(ar, c.prior[a], br)
		if p := i - 1; p >= lo {
			add3(ar, at(c.ancRel, p, lo, hi), boolBit(c.anc[p] == c.anc[i]))
		}
		t = 190
		if p := i + 1; p < hi {
			add3(ar, at(c.ancRel, p, lo, hi), boolBit(c.anc[p] == c.anc[i]))
		}
	} else {
		t = 200
		add2(rel, q)
	}

	// The nearest likely cues.
	for k, near := range [2][]int32{c.left, c.right} {
		gap := [2][]uint64{c.leftGap, c.rightGap}[k][i]
		t = 220 + 20*uint64(k)
		if x := int(near[i]); x >= 0 {
			add2(c.lemma[x], gap)
			add3(c.lemma[x], gap, g)
			add3(c.prior[x], gap, q)
			add3(c.prior[x], gap, rel)
			add3(c.fine[x], gap, q)
			add3(c.prior[x], gap, bucket(abs(x-i)))
			add3(c.lemma[x], at(c.word, i-1, lo, hi), gap)
		} else {
			add3(sk, q, g)
		}
	}
	t = 270

	// What hangs on the token: the frame of a cue.
	frame := c.frame(i)
	add2(frame, l)
	add2(frame, prior)
	add2(frame, c.fine[i])
	add2(frame, g)
	add3(frame, class, q)
	return f
}

// frame is a bit set of the relations of i's dependents.
func (c *Columns) frame(i int) uint64 {
	f := uint64(0)
	for k := range c.t.Children(i) {
		if b := frameBit[c.t.Rel[k]]; b > 0 {
			f |= 1 << b
			if k > i {
				f |= 1 << (b + 16)
			}
		}
	}
	return f
}

func boolBit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
