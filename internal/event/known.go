package event

import (
	"cmp"
	"slices"
	"sort"

	"github.com/rapporteur/rapporteur/internal/actor"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Known is the actors of a document, as they are known before its events.
type Known struct {
	Of     []int32 // by token: the actor whom it heads a mention of, -1 for none
	Actors []actor.Actor
}

// maxSalient is how many of the actors that a report mentions most may take part
// in an event far from where they are named.
const maxSalient = 8

// known is what a finder knows of the actors.
type known struct {
	actorAt  []int32   // as Known.Of, but in datelines nobody is meant
	mentions [][]int32 // by actor: the heads of its mentions, in order
	who      []actor.Actor
	side     []int32 // by actor: the first one of the same country
	rank     []int32 // by actor: how many are mentioned more often
	salient  []int32 // those of the first ranks
	opposed  *[2][]opposition
}

// know takes k over; nil: nobody is known.
func (f *finder) know(k *Known) {
	if k == nil {
		f.actorAt = make([]int32, len(f.doc.Tokens))
		for i := range f.actorAt {
			f.actorAt[i] = -1
		}
		return
	}
	n := len(k.Actors)
	f.known = known{actorAt: slices.Clone(k.Of), who: k.Actors, mentions: make([][]int32, n), side: make([]int32, n), rank: make([]int32, n)}
	for i, a := range k.Of {
		switch {
		case a < 0:
		case f.timed[i]: // a dateline
			f.actorAt[i] = -1
		default:
			f.mentions[a] = append(f.mentions[a], int32(i))
		}
	}
	order := make([]int32, n)
	first := map[string]int32{}
	for a := range int32(n) {
		order[a], f.side[a] = a, a
		if c := k.Actors[a].Country; c != "" {
			if _, ok := first[c]; !ok {
				first[c] = a
			}
			f.side[a] = first[c]
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(len(f.mentions[b]), len(f.mentions[a])) })
	for i, a := range order {
		f.rank[a] = int32(i)
	}
	for _, a := range order[:min(n, maxSalient)] {
		if len(f.mentions[a]) > 0 {
			f.salient = append(f.salient, a)
		}
	}
}

// How near two parties are.
const (
	strangers = iota
	allies    // of the same country
	same      // the same actor
)

// nearness is how near phrases i and k are as parties; -1 is nobody.
func (f *finder) nearness(i, k int32) int {
	if i < 0 || k < 0 {
		return strangers
	}
	a, b := f.actorAt[i], f.actorAt[k]
	switch {
	case i == k || a >= 0 && a == b:
		return same
	case a >= 0 && b >= 0 && f.side[a] == f.side[b]:
		return allies
	}
	return strangers
}

func (f *finder) nearestOf(k int32, list []int32) int {
	out := strangers
	for _, i := range list {
		out = max(out, f.nearness(k, i))
	}
	return out
}

// mentionBefore is the last mention of actor a before token i, else the first
// after it.
func (f *finder) mentionBefore(a, i int32) int32 {
	list := f.mentions[a]
	n := sort.Search(len(list), func(k int) bool { return list[k] >= i })
	return list[max(0, n-1)]
}

// mentionsIn is the mentions of actor a in r.
func (f *finder) mentionsIn(a int32, r token.Range) []int32 {
	list := f.mentions[a]
	lo := sort.Search(len(list), func(k int) bool { return list[k] >= r.First })
	hi := sort.Search(len(list), func(k int) bool { return list[k] >= r.Last })
	return list[lo:hi]
}
