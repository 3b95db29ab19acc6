package event

import "slices"

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
			if role == asSource && !f.isActor(w.options[i]) {
				continue // a thing does nothing
			}
			if !slices.ContainsFunc(top[role][1:], func(j int32) bool { return f.nearness(w.options[i], w.options[j]) == same }) {
				top[role] = append(top[role], i)
			}
		}
	}
	oneWay := !bilateral[w.d.Type] && w.d.Type != "ASSAULT" && !w.x.mutual // "France and Germany condemned the attack"
	list := make([]Hypothesis, 0, len(top[asSource])*len(top[asTarget]))
	rows := make(rowWriter, 0, cap(list)*PartyFeatures)
	for _, s := range top[asSource] {
		for _, t := range top[asTarget] {
			if s >= 0 && t >= 0 && (f.nearness(w.options[s], w.options[t]) == same || oneWay && slices.Contains(f.partiesAround(w.options[s]), w.options[t])) {
				continue // nobody acts on himself, nor on whom he acts with
			}
			h := Hypothesis{heads: [2]int32{-1, -1}}
			for role, i := range [2]int32{s, t} {
				if i >= 0 {
					h.heads[role] = w.options[i]
					*[2]*[]int32{&h.Source, &h.Target}[role] = f.withOthers(w.options[i], w.lexical[role])
				}
			}
			if s >= 0 && t >= 0 && slices.Equal(h.Source, h.Target) && oneWay {
				continue
			}
			f.part(&h)
			rows = f.describe(rows, w, &h, [2]int32{s, t}, n)
			list = append(list, h)
		}
	}
	return list
}

// part takes from a list of h whoever stands beside its head there and is on the side
// of the other party: what Sudanese troops do to "Sudanese and Ethiopian" ones, they
// do to these. Lists that are the same mean each other.
func (f *finder) part(h *Hypothesis) {
	s, t := h.heads[asSource], h.heads[asTarget]
	if s < 0 || t < 0 || slices.Equal(h.Source, h.Target) {
		return
	}
	without := func(list []int32, head, other int32) []int32 {
		return slices.DeleteFunc(slices.Clone(list), func(k int32) bool { return k != head && f.nearness(k, other) != strangers })
	}
	h.Source, h.Target = without(h.Source, s, t), without(h.Target, t, s)
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

// Choice is the likeliest of several hypotheses by their scores in thousandths of
// log odds, and the row by which the whole event is judged then.
func Choice(list []Hypothesis, scores []int32) (best int, row []int16) {
	for i := range list {
		if scores[i] > scores[best] {
			best = i
		}
	}
	var next, third int32 = absent + 1, absent + 1
	rivals := 0
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
			rivals++
		}
	}
	r := rowWriter(slices.Clone(list[best].Row))
	r.put(int(scores[best]))
	r.put(int(scores[best] - next))
	r.put(int(scores[best] - third))
	r.put(rivals)
	return best, r
}
