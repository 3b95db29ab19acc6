package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
)

// weighed is a candidate that may be an event, with what the linear models make
// of it and its options.
type weighed struct {
	d            Draft // with the parties that they find likeliest
	c            Candidate
	x            scene
	odds, margin int32 // of its type against none, and against the next, in hundredths of log odds
	lexical      [2][]int32
	options      []int32
	scores       [2][]int32 // by option: to be source, target against nobody, in hundredths of log odds
	order        [2][]int32 // the options by score, the best first
	fixed        bool       // the parties of the lexicon stand
}

// Hypothesis is a source and a target that an event may have, and what the trees
// see of it.
type Hypothesis struct {
	Source, Target []int32
	Row            []int16

	heads [2]int32 // -1 for nobody
}

// maxTop is how many of the likeliest options of each role are tried with each
// other, and with nobody.
const maxTop = 4

// deals counts who does something to whom in a document, as the linear models
// see it.
type deals struct {
	as   [2][]int // by actor: the drafts that it is source, target of
	done map[[2]int32]int
}

// eachDeal calls fn for every pair of sides of d, once each.
func (f *finder) eachDeal(d *Draft, fn func(pair [2]int32)) {
	var seen [][2]int32
	for _, s := range d.Source {
		for _, t := range d.Target {
			a, b := f.actorAt[s], f.actorAt[t]
			if a < 0 || b < 0 {
				continue
			}
			if pair := [2]int32{f.side[a], f.side[b]}; !slices.Contains(seen, pair) {
				seen = append(seen, pair)
				fn(pair)
			}
		}
	}
}

func (f *finder) dealsOf(all []weighed) *deals {
	out := &deals{as: [2][]int{make([]int, len(f.who)), make([]int, len(f.who))}, done: map[[2]int32]int{}}
	for i := range all {
		d := &all[i].d
		for role, list := range [2][]int32{d.Source, d.Target} {
			for k, h := range list {
				if a := f.actorAt[h]; a >= 0 && !slices.ContainsFunc(list[:k], func(j int32) bool { return f.actorAt[j] == a }) {
					out.as[role][a]++
				}
			}
		}
		f.eachDeal(d, func(pair [2]int32) { out.done[pair]++ })
	}
	return out
}

// besides counts the drafts other than w in which k plays role.
func (n *deals) besides(f *finder, w *weighed, k int32, role int) int {
	a := f.actorAt[k]
	if a < 0 {
		return 0
	}
	count := n.as[role][a]
	if slices.ContainsFunc([2][]int32{w.d.Source, w.d.Target}[role], func(j int32) bool { return f.actorAt[j] == a }) {
		count--
	}
	return count
}

// between counts the drafts other than w in which s, or its country, does
// something to t.
func (n *deals) between(f *finder, w *weighed, s, t int32) int {
	if s < 0 || t < 0 || f.actorAt[s] < 0 || f.actorAt[t] < 0 {
		return 0
	}
	want := [2]int32{f.side[f.actorAt[s]], f.side[f.actorAt[t]]}
	count := n.done[want]
	f.eachDeal(&w.d, func(pair [2]int32) {
		if pair == want {
			count--
		}
	})
	return count
}

// hypotheses are the pairs of the likeliest parties of w.
func (f *finder) hypotheses(w *weighed, n *deals) []Hypothesis {
	if w.fixed {
		h := Hypothesis{Source: w.lexical[asSource], Target: w.lexical[asTarget]}
		idx := [2]int32{-1, -1}
		for role, list := range [2][]int32{h.Source, h.Target} {
			h.heads[role] = list[0]
			idx[role] = int32(slices.Index(w.options, list[0]))
		}
		f.describe(nil, w, &h, idx, n)
		return []Hypothesis{h}
	}
	var top [2][]int32 // indices of options, -1 for nobody
	for role := range 2 {
		top[role] = append(top[role], -1)
		for _, i := range w.order[role] {
			if len(top[role]) > maxTop {
				break
			}
			if !slices.ContainsFunc(top[role][1:], func(j int32) bool { return f.nearness(w.options[i], w.options[j]) == same }) {
				top[role] = append(top[role], i)
			}
		}
	}
	list := make([]Hypothesis, 0, len(top[asSource])*len(top[asTarget]))
	rows := make(rowWriter, 0, cap(list)*PartyFeatures)
	for _, s := range top[asSource] {
		for _, t := range top[asTarget] {
			if s >= 0 && s == t {
				continue
			}
			h := Hypothesis{heads: [2]int32{-1, -1}}
			for role, i := range [2]int32{s, t} {
				if i >= 0 {
					h.heads[role] = w.options[i]
					*[2]*[]int32{&h.Source, &h.Target}[role] = f.withOthers(w.options[i], w.lexical[role])
				}
			}
			rows = f.describe(rows, w, &h, [2]int32{s, t}, n)
			list = append(list, h)
		}
	}
	return list
}

// withOthers is the parties that stand in a list with k: as the lexicon has it,
// or the coordination.
func (f *finder) withOthers(k int32, lexical []int32) []int32 {
	if slices.Contains(lexical, k) {
		return lexical
	}
	if list := f.partiesAround(k); len(list) > 0 {
		return list
	}
	return []int32{k}
}

// What the trees see of a hypothesis: of the event, of each of its two parties,
// and of both.
const (
	ofEvent         = 8
	ofParty         = 21
	ofBoth          = 6
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
		if a.head == k {
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
// possessor, a number.
func (f *finder) determined(k int32) int {
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

// Choice is the likeliest of several hypotheses by their scores in thousandths of
// log odds, and the row by which the whole event is judged then.
func Choice(list []Hypothesis, scores []int32) (best int, row []int16) {
	for i := range list {
		if scores[i] > scores[best] {
			best = i
		}
	}
	var next, third int32 = absent + 1, absent + 1
	close := 0
	for i, s := range scores {
		if i == best {
			continue
		}
		if s > next {
			next, third = s, next
		} else {
			third = max(third, s)
		}
		if s > scores[best]-1000 {
			close++
		}
	}
	r := rowWriter(slices.Clone(list[best].Row))
	r.put(int(scores[best]))
	r.put(int(scores[best] - next))
	r.put(int(scores[best] - third))
	r.put(close)
	return best, r
}
