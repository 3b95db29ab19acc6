package event

import (
	"cmp"
	"slices"

	"github.com/rapporteur/rapporteur/record"
)

// maxOpponents is how many of the parties that a report mentions most are compared.
const maxOpponents = 8

// opposition is two actors, and how many sentences speak of both: of countries,
// or of whoever belongs to them.
type opposition struct {
	of    [2]int32
	both  int
	least int // sentences that speak of the one that fewer speak of
}

// opponents are the latest mentions before token k of the two whom "both sides" at k
// means, none of them in except: the two countries, or bodies, of which the report speaks
// in one sentence oftener than of any others; nil if there are none.
func (f *finder) opponents(k int32, except []int32) []int32 {
	if f.opposed == nil {
		f.opposed = f.oppositions()
	}
	var best opposition
	for n, list := range f.opposed {
		list = slices.DeleteFunc(slices.Clone(list), func(x opposition) bool {
			return slices.ContainsFunc(except, func(i int32) bool {
				a := f.actorAt[i]
				return a >= 0 && (f.side[a] == f.side[x.of[0]] || f.side[a] == f.side[x.of[1]])
			})
		})
		if len(list) == 0 || list[0].both < leastTogether[n] || list[0].both <= best.both || len(list) > 1 && list[1].both == list[0].both && list[1].least == list[0].least {
			continue
		}
		best = list[0]
	}
	if best.both == 0 {
		return nil
	}
	return []int32{f.mentionBefore(best.of[0], k), f.mentionBefore(best.of[1], k)}
}

// leastTogether is how many sentences must speak of two countries, of two bodies.
var leastTogether = [2]int{2, 3}

// oppositions are the pairs of countries, then of bodies, of which the report speaks
// in one sentence, the oftenest first.
func (f *finder) oppositions() *[2][]opposition {
	nations, bodies := make([][]int32, len(f.who)), make([][]int32, len(f.who)) // by actor: the sentences that speak of it
	state := map[int32]int32{}                                                  // by side: its country
	for a := range int32(len(f.who)) {
		if f.who[a].Kind == record.Country && len(f.mentions[a]) > 0 {
			state[f.side[a]] = a
		}
	}
	for a := range int32(len(f.who)) {
		who := &f.who[a]
		c, ofState := state[f.side[a]]
		for _, i := range f.mentions[a] {
			s := int32(f.sentenceAt(i))
			if ofState {
				nations[c] = append(nations[c], s)
			}
			if (who.Kind == record.Organization || who.Kind == record.Group) && !f.lex.bystanders[who.Sector] {
				bodies[a] = append(bodies[a], s)
			}
		}
	}
	return &[2][]opposition{pairsOf(nations), pairsOf(bodies)}
}

// pairsOf is the pairs of those who share a sentence, by the sentences of each.
func pairsOf(spoken [][]int32) []opposition {
	var who []int32
	for a := range spoken {
		slices.Sort(spoken[a])
		spoken[a] = slices.Compact(spoken[a])
		if len(spoken[a]) > 0 {
			who = append(who, int32(a))
		}
	}
	slices.SortStableFunc(who, func(a, b int32) int { return cmp.Compare(len(spoken[b]), len(spoken[a])) })
	who = who[:min(len(who), maxOpponents)]
	var out []opposition
	for i, a := range who {
		for _, b := range who[i+1:] {
			n := 0
			for _, s := range spoken[a] {
				if _, ok := slices.BinarySearch(spoken[b], s); ok {
					n++
				}
			}
			if n > 0 {
				out = append(out, opposition{[2]int32{a, b}, n, len(spoken[b])})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b opposition) int {
		return cmp.Or(cmp.Compare(b.both, a.both), cmp.Compare(b.least, a.least))
	})
	return out
}
