package event

import (
	"slices"
	"sort"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

const (
	asSource = iota
	asTarget
)

// maxOptions bounds the phrases nearby that are weighed for one event, maxAway how many
// tokens from its trigger they stand in its sentence, or from the end of the one before.
const (
	maxOptions = 32
	maxAway    = 60
)

// scene is what the parties of an event are looked for in.
type scene struct {
	d, prev  *Draft     // the event, and the one before it, nil for none
	p, q     *predicate // its trigger, and the word whose frame it is
	sentence token.Range
	speaker  int32 // the head of who tells it, -1 for nobody
	mutual   bool  // the sentence says "each other"
}

func (f *finder) sceneOf(d, prev *Draft) scene {
	r := f.sentenceOf(d.head)
	return scene{d, prev, f.predicateAt(d.head, 0), f.predicateAt(d.at, 0), r, f.speakerOf(d.head), f.isMutual(r)}
}

// options are the heads of the phrases that may take part in x: of the sentence
// of its trigger and the one before it, the speaker, the parties of the event
// before, and the actors whom the report mentions most.
func (f *finder) options(x *scene) []int32 {
	var heads []int32
	add := func(k int32) {
		if k >= 0 && len(heads) < maxOptions && k != x.d.head && !slices.Contains(heads, k) {
			heads = append(heads, k)
		}
	}
	for _, list := range [2][]int32{x.d.Source, x.d.Target} {
		for _, k := range list {
			add(k)
		}
	}
	s := x.sentence
	for k := max(s.First, x.d.head-maxAway); k < min(s.Last, x.d.head+maxAway); k++ {
		if f.isMention(k) {
			add(k)
		}
	}
	if x.d.Type == "ASSAULT" || x.d.Type == "COERCE" { // of things, too: "hit a building", "fired on a convoy"
		for _, a := range x.p.args[:min(len(x.p.args), maxWeighed)] {
			if (a.slot == slotObj || a.slot == slotPrep && f.lex.upon[a.prep]) && f.isNoun(a.head) && !f.timed[a.head] {
				add(a.head)
			}
		}
	}
	add(x.speaker)
	if x.prev != nil {
		for _, list := range [2][]int32{x.prev.Source, x.prev.Target} {
			for _, k := range list {
				if f.isActor(k) { // a thing is hit once
					add(k)
				}
			}
		}
	}
	if s.First > 0 {
		before := f.sentenceOf(s.First - 1)
		for k := max(before.First, before.Last-maxAway); k < before.Last; k++ {
			if f.isMention(k) && f.tree.UPOS[k] != syntax.PRON {
				add(k)
			}
		}
	}
	for _, a := range f.salient {
		if !slices.ContainsFunc(heads, func(k int32) bool { return f.actorAt[k] == a }) {
			heads = append(heads, f.mentionBefore(a, x.d.head))
		}
	}
	return heads
}

// isMention reports whether token k heads a phrase that may mean an actor, and
// stands by itself.
func (f *finder) isMention(k int32) bool {
	if f.timed[k] || !f.isActor(k) {
		return false
	}
	if n := f.nameAt[k]; n >= 0 {
		return f.headOf(f.names[n].Range) == k
	}
	return len(f.nations(k)) == 0
}

// sentenceAt is the index of the sentence of token i.
func (f *finder) sentenceAt(i int32) int {
	return sort.Search(len(f.doc.Sentences)-1, func(k int) bool { return f.doc.Sentences[k].Last > i })
}

func (f *finder) sentenceOf(i int32) token.Range { return f.doc.Sentences[f.sentenceAt(i)] }

// speakerOf is the head of the source of the statement that holds token i, -1 if
// none does.
func (f *finder) speakerOf(i int32) int32 {
	k := f.within[i]
	if k < 0 || len(f.statements[k].Source) == 0 {
		return -1
	}
	src := f.statements[k].Source
	return f.headOf(token.Range{First: src[0].First, Last: src[len(src)-1].Last})
}

// option adds what speaks for phrase k to play a role in x.
func (e *emitter) option(f *finder, x *scene, k int32, role int) {
	d, prev, p, q, s := x.d, x.prev, x.p, x.q, x.sentence
	r := uint64(role)
	typ := hash(d.Type)
	w := hash(f.lemma(d.head))
	noun := uint64(0)
	if d.noun {
		noun = 1
	}
	kind := f.kindOf(k)
	mine, other := d.Source, d.Target
	if role == asTarget {
		mine, other = other, mine
	}
	b := uint64(0)
	if slices.Contains(mine, k) {
		b |= 1
	}
	if slices.Contains(other, k) {
		b |= 2
	}
	if len(mine) > 0 {
		b |= 4
	}
	if len(other) > 0 {
		b |= 8
	}
	if d.turns > 0 {
		b |= 16
	}
	e.add(400, r, b)
	e.add(401, r, b, typ)
	e.add(402, r, b, kind)
	e.add(403, r, b, w)
	e.add(404, r, typ, kind)
	e.add(405, r, kind, noun)
	place := f.placeIn(p, k)
	e.add(410, r, place, noun)
	e.add(411, r, place, typ)
	e.add(412, r, place, w)
	e.add(413, r, place, kind, typ)
	e.add(414, r, place, b)
	if q != p {
		inner := f.placeIn(q, k)
		e.add(415, r, place, inner)
		e.add(416, r, place, inner, typ)
		e.add(417, r, inner, hash(f.lemma(d.at)))
	}
	path := f.path(d.head, k)
	e.add(420, r, path, noun)
	e.add(421, r, path, typ)
	e.add(422, r, path, b)
	dist := uint64(0)
	switch n := k - d.head; {
	case n < -12:
		dist = 1
	case n < -4:
		dist = 2
	case n < 0:
		dist = 3
	case n < 4:
		dist = 4
	case n < 12:
		dist = 5
	default:
		dist = 6
	}
	switch {
	case k >= s.Last:
		dist = 20
	case k < s.First && k >= f.sentenceOf(max(s.First, 1)-1).First:
		dist = 21
	case k < s.First:
		dist = 22
	}
	e.add(430, r, dist, noun)
	e.add(431, r, dist, typ)
	e.add(432, r, dist, uint64(f.tree.Rel[k]), kind)
	e.add(433, r, uint64(f.tree.Rel[k]), hash(f.caseOf(k)))
	e.add(434, r, uint64(f.tree.Rel[k]), hash(f.caseOf(k)), typ)
	if g := f.tree.Head[k]; g >= 0 && g != d.head {
		x := hash(f.lemma(g))
		e.add(435, r, x, hash(f.caseOf(k)), typ)
		e.add(436, r, x, uint64(f.tree.Rel[k]), typ)
		e.add(437, r, x, uint64(f.tree.Rel[k]), hash(f.caseOf(k)))
	}
	v := uint64(0)
	if k == x.speaker {
		v |= 1
	}
	if f.within[k] != f.within[d.head] {
		v |= 2
	}
	if f.speaks[k] {
		v |= 4
	}
	if prev != nil {
		if slices.Contains(prev.Source, k) {
			v |= 8
		}
		if slices.Contains(prev.Target, k) {
			v |= 16
		}
		e.add(443, r, v&24, typ, hash(prev.Type))
	}
	e.add(440, r, v, uint64(len(mine)), dist)
	e.add(441, r, v, typ)
	e.add(442, r, v, b)
	e.known(f, x, k, r, dist)
	if f.nameAt[k] < 0 {
		x := hash(f.lemma(k))
		e.add(450, r, x)
		e.add(451, r, x, typ)
		_, mid, _ := f.clusters.Of(f.doc.Word(int(k)))
		e.add(452, r, uint64(mid), typ)
	}
}

// known adds what is known of the actor whom k means: how often it is mentioned,
// what it is, and whether it is one of those who are named beside.
func (e *emitter) known(f *finder, x *scene, k int32, r, dist uint64) {
	typ := hash(x.d.Type)
	a := f.actorAt[k]
	if a < 0 {
		e.add(460, r)
		e.add(461, r, typ)
		return
	}
	who := &f.who[a]
	rank, kind, sector := uint64(min(f.rank[a], 6)), hash(string(who.Kind)), hash(who.Sector)
	e.add(462, r, rank, dist)
	e.add(463, r, uint64(min(len(f.mentions[a]), 5)), dist)
	e.add(464, r, rank, typ)
	e.add(465, r, kind, sector)
	e.add(466, r, sector, typ)
	e.add(467, r, kind, typ)
	if who.Country != "" {
		e.add(468, r, typ)
	}
	mine, other := x.d.Source, x.d.Target
	if r == asTarget {
		mine, other = other, mine
	}
	m, o := uint64(f.nearestOf(k, mine)), uint64(f.nearestOf(k, other))
	e.add(470, r, m, o)
	e.add(471, r, m, o, typ)
	e.add(472, r, m, o, dist)
	if x.prev != nil {
		s, t := uint64(f.nearestOf(k, x.prev.Source)), uint64(f.nearestOf(k, x.prev.Target))
		e.add(473, r, s, t)
		e.add(474, r, s, t, dist)
		e.add(475, r, s, t, typ, hash(x.prev.Type))
		e.add(476, r, s, t, uint64(len(mine)), o)
	}
	if x.speaker >= 0 {
		s := uint64(f.nearness(k, x.speaker))
		e.add(477, r, s, typ)
		e.add(478, r, s, dist, o)
	}
	again := uint64(0) // it is mentioned elsewhere in the sentence; before k
	if list := f.mentionsIn(a, x.sentence); len(list) > 0 {
		if list[0] < k {
			again = 3
		} else if list[len(list)-1] > k {
			again = 1
		}
	}
	e.add(479, r, again, dist)
}

// placeIn is where phrase k, or the phrase that lends it, stands beside p; 0 if nowhere.
func (f *finder) placeIn(p *predicate, k int32) uint64 {
	for _, a := range p.args {
		slot := uint64(a.slot) + 1
		if a.slot == slotPrep {
			slot = slot*31 + hash(a.prep)
		}
		if a.head == k || slices.Contains(f.nations(a.head), k) {
			return slot
		}
		if slices.Contains(f.parties(a.head), k) {
			return slot + 1000
		}
	}
	return 0
}

// placeName says where phrase k stands in x.
func (f *finder) placeName(x *scene, k int32) string {
	for _, a := range x.p.args {
		if a.head != k && !slices.Contains(f.parties(a.head), k) {
			continue
		}
		if a.slot == slotPrep {
			return "the phrase with " + a.prep
		}
		return slotTold[a.slot]
	}
	switch {
	case k == x.speaker:
		return "who says so"
	case k < x.sentence.First:
		return "named before"
	}
	return "the same sentence"
}

// slotTold is the places beside a word, as they are told.
var slotTold = [...]string{
	slotSubj: "the subject", slotObj: "the object", slotIobj: "the indirect object", slotInf: "the infinitive",
	slotComp: "the clause", slotPoss: "the possessor", slotMod: "the modifier", slotPrep: "",
}

// path hashes the way from token i to token k in the tree, if it is short.
func (f *finder) path(i, k int32) uint64 {
	t := f.tree
	const far = 4
	up := uint64(7)
	for n := 0; n <= far && i >= 0; n++ {
		down := uint64(3)
		j := k
		for m := 0; m <= far && j >= 0; m++ {
			if j == i {
				return up*1000003 + down
			}
			down = down*31 + uint64(t.Rel[j]) + 1
			j = t.Head[j]
		}
		up = up*37 + uint64(t.Rel[i]) + 1
		if t.Rel[i] == syntax.Root {
			break
		}
		i = t.Head[i]
	}
	return 0
}
