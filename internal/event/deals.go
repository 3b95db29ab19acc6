package event

import "slices"

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
