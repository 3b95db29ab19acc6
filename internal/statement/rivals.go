package statement

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/rapporteur/rapporteur/internal/token"
)

// rivalReach bounds how many drafts on either side, in the order of the cues,
// a draft is compared with, so that judging is linear in the paragraph.
const rivalReach = 32

// rivals are the drafts of a paragraph as they stand to each other.
type rivals struct {
	c      *Columns
	drafts []Draft
	scores []int32
	words  []int // by draft: tokens of its contents
	order  []int // the drafts in the order of their cues
	place  []int // by draft: its place in order
	top    int32 // the best score of the paragraph
}

func (c *Columns) rivals(drafts []Draft, scores []int32) *rivals {
	n := len(drafts)
	ints := make([]int, 3*n)
	r := &rivals{c, drafts, scores, ints[:n], ints[n : 2*n], ints[2*n:], noScore}
	for i := range drafts {
		r.order[i] = i
		for _, s := range drafts[i].Content {
			r.words[i] += s.Len()
		}
		r.top = max(r.top, scores[i])
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return cmp.Compare(drafts[a].Cue.First, drafts[b].Cue.First) })
	for x, i := range r.order {
		r.place[i] = x
	}
	return r
}

// noScore is below the score of any draft.
const noScore = -1 << 20

// meeting is what two drafts have in common.
type meeting struct {
	both, all int  // tokens of their contents: in both, in either
	cues      bool // their cues share a token
	holds     bool // the cue of the second stands in a content of the first
	held      bool // the cue of the first stands in a content of the second
}

func (r *rivals) meet(i, j int) meeting {
	d, o := &r.drafts[i], &r.drafts[j]
	m := meeting{cues: overlap(d.Cue.Range, o.Cue.Range) > 0}
	for _, s := range d.Content {
		m.holds = m.holds || overlap(s.Range, o.Cue.Range) > 0
		for _, u := range o.Content {
			m.both += overlap(s.Range, u.Range)
		}
	}
	for _, u := range o.Content {
		m.held = m.held || overlap(u.Range, d.Cue.Range) > 0
	}
	m.all = r.words[i] + r.words[j] - m.both
	return m
}

// clash reports whether at most one of the two can be chosen.
func (m *meeting) clash() bool { return m.cues || m.both > 0 || m.holds || m.held }

// The ways in which one draft meets another.
const (
	sameCue = iota
	crossCue
	sameContent
	crossContent
	holdsCue
	heldCue
	sameSpeaker  // the same source, and no clash
	sameSentence // and no clash
	ways
)

// standing is how a draft stands among those that it meets.
type standing struct {
	own           int32
	best          [ways]int32 // the best score met in this way
	count, above  [ways]int   // how many were met so, and how many of them have a better score
	support       int         // chances of those that say the same of the same source, its own included
	against, mass int         // of those that stand in the way; of those with about the same cue or content
	clash         int32       // the best score of those that stand in the way
	near          int         // the overlap with a better one that says the same, in percent
	wider         int         // those with its cue whose content holds its content
	votes         uint8       // of all with its cue
}

func (s *standing) add(way int, score int32) {
	s.best[way] = max(s.best[way], score)
	s.count[way]++
	if score > s.own {
		s.above[way]++
	}
}

// compare puts how draft i stands among its rivals.
func (r *rivals) compare(w *rowWriter, i int) {
	s := standing{own: r.scores[i], support: chance(r.scores[i]), mass: chance(r.scores[i]), clash: noScore, votes: r.drafts[i].Votes}
	for way := range s.best {
		s.best[way] = noScore
	}
	for x := max(0, r.place[i]-rivalReach); x < min(len(r.order), r.place[i]+rivalReach+1); x++ {
		if j := r.order[x]; j != i {
			m := r.meet(i, j)
			if m.clash() {
				r.oppose(&s, &m, i, j)
			} else {
				r.accompany(&s, i, j)
			}
		}
	}
	s.put(w)
	w.put(int(s.own - r.top))
	w.put(bits.OnesCount8(s.votes &^ voteTree))
}

// oppose counts draft j, of which and i only one can be chosen.
func (r *rivals) oppose(s *standing, m *meeting, i, j int) {
	d, o, score := &r.drafts[i], &r.drafts[j], r.scores[j]
	switch {
	case d.Cue.Range == o.Cue.Range:
		s.add(sameCue, score)
		s.votes |= o.Votes
	case m.cues:
		s.add(crossCue, score)
	}
	switch {
	case m.both == m.all:
		s.add(sameContent, score)
	case m.both > 0:
		s.add(crossContent, score)
	}
	if m.holds {
		s.add(holdsCue, score)
	}
	if m.held {
		s.add(heldCue, score)
	}
	p := chance(score)
	alike := 2*m.both >= m.all
	if m.cues || alike {
		s.mass += p
	}
	if alike && sameSource(d, o) {
		s.support += p
		if score > s.own {
			s.near = max(s.near, 100*m.both/m.all)
		}
	} else {
		s.against += p
		s.clash = max(s.clash, score)
	}
	if m.cues && m.both == r.words[i] && m.both < m.all {
		s.wider++
	}
}

// accompany counts draft j, which can be chosen together with i.
func (r *rivals) accompany(s *standing, i, j int) {
	d, o := &r.drafts[i], &r.drafts[j]
	if d.Source.Len() > 0 && d.Source.Range == o.Source.Range {
		s.add(sameSpeaker, r.scores[j])
	}
	if r.c.sentence[d.Cue.First] == r.c.sentence[o.Cue.First] {
		s.add(sameSentence, r.scores[j])
	}
}

func (s *standing) put(w *rowWriter) {
	w.put(int(s.own))
	for _, best := range s.best {
		w.lead(s.own, best)
	}
	for _, way := range [...]int{sameCue, crossContent, sameContent, holdsCue, heldCue, sameSentence} {
		w.put(s.above[way])
	}
	w.put(s.count[sameCue])
	w.put(s.support)
	w.put(s.against)
	w.put(s.mass)
	w.put(1000 * s.support / max(1, s.support+s.against))
	w.lead(s.own, s.clash)
	w.put(s.near)
	w.put(s.wider)
}

// lead puts by how much a score beats the best of some others.
func (w *rowWriter) lead(own, best int32) {
	if best == noScore {
		w.none()
	} else {
		w.put(int(own - best))
	}
}

// sameSource reports whether the sources overlap by half, or both are empty.
func sameSource(d, o *Draft) bool {
	both := overlap(d.Source.Range, o.Source.Range)
	return 2*both >= d.Source.Len()+o.Source.Len()-both
}

func overlap(a, b token.Range) int { return max(0, int(min(a.Last, b.Last)-max(a.First, b.First))) }

// chances are the probabilities of log odds -8, -7.5, … 8, in thousandths.
var chances = [...]int{0, 1, 1, 2, 2, 4, 7, 11, 18, 29, 47, 76, 119, 182, 269, 378, 500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998, 998, 999, 999, 1000}

// chance is the probability, in thousandths, of thousandths of log odds.
func chance(logit int32) int {
	x := int(min(max(logit, -8000), 7999)) + 8000
	k, rest := x/500, x%500
	return chances[k] + (chances[k+1]-chances[k])*rest/500
}
