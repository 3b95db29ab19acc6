package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// What the trees see of a hypothesis: of the event, of each of its two parties,
// and of both.
const (
	ofEvent         = 8
	ofParty         = 21
	ofBoth          = 7
	PartyFeatures   = ofEvent + 2*ofParty + ofBoth
	ofChoice        = 4
	VerdictFeatures = PartyFeatures + ofChoice
)

// absent is a feature's value where there is nobody.
const absent = -1 << 15

type rowWriter []int16

func (r *rowWriter) put(v int) { *r = append(*r, int16(min(max(v, absent+1), 1<<15-1))) }

// code numbers a word, so that a tree may ask for it.
func code(s string) int {
	if s == "" {
		return 0
	}
	return 1 + int(hash(s)%251)
}

// describe appends to r the row of h, whose parties are the options idx of w.
func (f *finder) describe(r rowWriter, w *weighed, h *Hypothesis, idx [2]int32, n *deals) rowWriter {
	d, from := w.x.d, len(r)
	r.put(int(w.odds))
	r.put(int(w.margin))
	r.put(slices.Index(Labels, d.Type))
	r.put(int(w.c.quiet))
	r.put(int(w.c.crowd))
	r.put(0)
	if d.noun {
		r[len(r)-1] = 1
	}
	r.put(len(w.lexical[asSource]))
	r.put(len(w.options))
	for role := range 2 {
		f.describeParty(&r, w, h.heads[role], idx[role], role, n)
	}
	s, t := h.heads[asSource], h.heads[asTarget]
	a, b := r[from+ofEvent], r[from+ofEvent+ofParty]
	r.put(int(min(a, b)))
	r.put(int(a) + int(b))
	r.put(f.nearness(s, t))
	r.put(n.between(f, w, s, t))
	r.put(n.between(f, w, t, s))
	alike := 0 // of one coordination; of a sentence that says "each other"
	if s >= 0 && t >= 0 && slices.Equal(h.Source, h.Target) {
		alike = 1
	}
	if w.x.mutual {
		alike |= 2
	}
	r.put(alike)
	order := 0
	for k, before := range [3]bool{s >= 0 && s < d.head, t >= 0 && t < d.head, s >= 0 && t >= 0 && s < t} {
		if before {
			order |= 1 << k
		}
	}
	r.put(order)
	h.Row = r[from:len(r):len(r)]
	return r
}

// describeParty adds what the trees see of option i, phrase k, in a role.
func (f *finder) describeParty(r *rowWriter, w *weighed, k, i int32, role int, n *deals) {
	best := int32(0) // of the other options; nobody has 0
	rank := 0
	for at, o := range w.order[role] {
		if o == i {
			rank = at
		} else {
			best = max(best, w.scores[role][o])
		}
	}
	if i < 0 {
		first := 0
		if k < 0 && len(w.order[role]) > 0 {
			first = int(w.scores[role][w.order[role][0]])
		}
		r.put(0)
		r.put(-first)
		r.put(maxOptions)
		for range ofParty - 3 {
			*r = append(*r, absent)
		}
		return
	}
	t, x := f.tree, &w.x
	r.put(int(w.scores[role][i]))
	r.put(int(w.scores[role][i] - best))
	r.put(rank)
	r.put(int(w.scores[1-role][i]))
	r.put(f.placeCode(x.p, k))
	r.put(int(f.kindOf(k)))
	r.put(int(min(max(k-x.d.head, -90), 90)))
	r.put(int(t.UPOS[k]))
	r.put(int(t.Rel[k]))
	r.put(f.stepsDown(x.d.head, k))
	between := 0
	for _, o := range w.options {
		if o > min(k, x.d.head) && o < max(k, x.d.head) {
			between++
		}
	}
	r.put(between)
	r.put(f.determined(k))
	r.put(n.besides(f, w, k, asSource))
	r.put(n.besides(f, w, k, asTarget))
	a := f.actorAt[k]
	if a < 0 {
		for range 7 {
			*r = append(*r, absent)
		}
		return
	}
	who := &f.who[a]
	r.put(int(f.rank[a]))
	r.put(len(f.mentions[a]))
	r.put(code(string(who.Kind)))
	r.put(code(who.Sector))
	r.put(min(len(who.Country), 1))
	r.put(f.sentenceAt(f.mentions[a][0]))
	r.put(len(f.mentionsIn(a, x.sentence)))
}

// placeCode is placeIn in small numbers.
func (f *finder) placeCode(p *predicate, k int32) int {
	for _, a := range p.args {
		c := int(a.slot) + 1
		if a.slot == slotPrep {
			c = 10 + code(a.prep)
		}
		if a.head == k || slices.Contains(f.nations(a.head), k) {
			return c
		}
		if slices.Contains(f.parties(a.head), k) {
			return c + 300
		}
	}
	return 0
}

// maxSteps bounds the way between two tokens that is looked at.
const maxSteps = 12

// stepsDown is how many arcs of the tree lie between token k and what governs
// both it and token i, maxSteps if that is far.
func (f *finder) stepsDown(i, k int32) int {
	var above [maxSteps]int32
	n := 0
	for ; i >= 0 && n < maxSteps; n++ {
		above[n] = i
		i = f.tree.Head[i]
	}
	for steps := 0; k >= 0 && steps < maxSteps; steps++ {
		if slices.Contains(above[:n], k) {
			return steps
		}
		k = f.tree.Head[k]
	}
	return maxSteps
}

// determined is what determines phrase k: nothing, "the", another determiner, a
// possessor, a number; "both" of two sides.
func (f *finder) determined(k int32) int {
	if f.areSides([]int32{k}) {
		return 5
	}
	out := 0
	for c := range f.tree.Children(int(k)) {
		switch f.tree.Rel[c] {
		case syntax.Det:
			out = 2
			if f.lower(c) == "the" {
				out = 1
			}
		case syntax.NmodPoss:
			out = 3
		case syntax.Nummod:
			out = 4
		}
	}
	return out
}
