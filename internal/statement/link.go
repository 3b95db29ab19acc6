package statement

import (
	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Segment is a run of tokens that the chain gave one role.
type Segment struct {
	Role Role
	token.Range
	Margin int32 // how far the best path without this segment's first label falls behind
}

// Segments reads the segments off the labels of the paragraph that begins at
// token lo. Segments end at white space or punctuation that the chain took in
// at their edges only where it says so: nothing is trimmed.
func Segments(labels []uint8, lo int) []Segment {
	var out []Segment
	for i, y := range labels {
		if y == labelNone {
			continue
		}
		role := Role((y - 1) / 2)
		begin := (y-1)%2 == 0
		if n := len(out); !begin && n > 0 && out[n-1].Role == role && int(out[n-1].Last) == lo+i {
			out[n-1].Last++
			continue
		}
		out = append(out, Segment{Role: role, Range: token.Range{First: int32(lo + i), Last: int32(lo + i + 1)}})
	}
	return out
}

// headOf is the first token of r whose head stands outside of r.
func (c *Columns) headOf(r token.Range) int {
	for i := r.First; i < r.Last; i++ {
		if h := c.t.Head[i]; (h < r.First || h >= r.Last) && c.rel[i] != relPunct {
			return int(i)
		}
	}
	return int(r.First)
}

// LinkFeatures appends the features of the link between segment x and the
// candidate y of segs (a cue for a content, a source for a cue); y = -1 is the
// candidate "none".
func (c *Columns) LinkFeatures(f []uint64, segs []Segment, x, y, lo, hi int) []uint64 {
	sx := segs[x]
	role := uint64(sx.Role)
	t := 1000 + 200*role
	add := func(a uint64) { f = append(f, model.Feature(t, a)); t++ }
	add2 := func(a, b uint64) { f = append(f, model.Feature2(t, a, b)); t++ }
	add3 := func(a, b, x uint64) { f = append(f, model.Feature3(t, a, b, x)); t++ }
	want := RoleCue
	if sx.Role == RoleCue {
		want = RoleSource
	}
	hx := c.headOf(sx.Range)
	qx := c.quote[sx.First]<<2 | c.quote[sx.Last-1]
	if y < 0 {
		n, before := 0, 0
		for i := max(0, x-maxCounted); i < min(len(segs), x+maxCounted); i++ {
			if segs[i].Role == want {
				n++
				if i < x {
					before++
				}
			}
		}
		t += 100
		add(1)
		add2(bucket(n), bucket(before))
		add(c.lemma[hx])
		add2(c.rel[hx], c.prior[hx])
		add(qx)
		add2(qx, boolBit(int(sx.First) == lo)<<1|boolBit(int(sx.Last) == hi))
		add(bucket(sx.Len()))
		add2(c.frame(hx), c.prior[hx])
		add2(at(c.word, int(sx.First)-1, lo, hi), at(c.word, int(sx.Last), lo, hi))
		add(c.sentenceKind[c.sentence[sx.First]])
		return f
	}
	sy := segs[y]
	hy := c.headOf(sy.Range)
	dir := boolBit(y > x)
	between, same := uint64(0), uint64(0)
	a, b := min(x, y), max(x, y)
	for i := a + 1; i < b; i++ {
		if i-a <= 4 {
			between = between*4 + uint64(segs[i].Role) + 1
		}
		if segs[i].Role == want {
			same++
		}
	}
	gap := int(segs[b].First - segs[a].Last)
	sents := bucket(int(c.sentence[segs[b].First] - c.sentence[segs[a].Last-1]))
	sx2 := bucket(abs(int(c.sentence[hx] - c.sentence[hy])))
	add(dir)
	add2(dir, between)
	add3(dir, min(same, 4), sents)
	add3(dir, bucket(gap), sents)
	add3(dir, between, sx2)
	add3(dir, qx, sx2)
	cue, other := hy, hx
	if sx.Role == RoleCue {
		cue, other = hx, hy
	}
	add3(dir, c.lemma[cue], sx2)
	add3(dir, c.prior[cue], c.tag[cue])
	add3(dir, c.class[cue], between)
	add3(dir, qx, between)
	if sx2 == 0 {
		anc := int(c.anc[other])
		dom := boolBit(anc >= 0 && int(segs[x].First) <= anc && anc < int(segs[x].Last) || anc >= 0 && int(segs[y].First) <= anc && anc < int(segs[y].Last))
		add3(dir, dom, c.ancRel[other])
		add3(dir, dom, c.rel[other])
		add3(dom, c.rel[other], c.lemma[cue])
		add3(dom, c.tag[cue], c.ancRel[other])
		par := c.t.Head[other]
		direct := boolBit(par >= 0 && par == int32(cue)) | boolBit(c.t.Head[cue] == int32(other))<<1
		add3(direct, c.rel[other], c.rel[cue])
		add3(direct, dir, between)
	} else {
		t += 6
	}
	// What stands between, next to each of the two.
	l, r := int(segs[a].Last), int(segs[b].First)-1
	add3(dir, at(c.word, l, lo, hi), min(same, 1))
	add3(dir, at(c.word, r, lo, hi), min(same, 1))
	add3(boolBit(c.quote[cue] != 0), boolBit(c.quote[other] != 0), boolBit(c.quoteOf[cue] == c.quoteOf[other]))
	add3(dir, between, at(c.word, l, lo, hi))
	return f
}

// links is, for each segment, the index of the segment it belongs to: of a
// content its cue, of a cue its source; -1 for none. margins tell by how much
// the choice beat the next.
func (m *Model) links(c *Columns, segs []Segment, lo, hi int, margins []int32) []int {
	out := make([]int, len(segs))
	var buf []uint64
	for x, s := range segs {
		out[x] = -1
		if s.Role == RoleSource {
			continue
		}
		best, second := int32(-1<<20), int32(-1<<20)
		for _, y := range Candidates(segs, x) {
			buf = c.LinkFeatures(buf[:0], segs, x, y, lo, hi)
			var sum [1]int32
			for _, h := range buf {
				m.link.Add(sum[:], h)
			}
			if sum[0] > best {
				best, second, out[x] = sum[0], best, y
			} else {
				second = max(second, sum[0])
			}
		}
		margins[x] = best - second
	}
	return out
}

// maxCounted bounds the segments on either side that are counted; a paragraph of
// news has a tenth of them.
const maxCounted = 400

// maxLinkDistance bounds the number of segments between the ends of a link, so
// that linking is linear in the paragraph.
const maxLinkDistance = 12

// Candidates are the segments that segment x may belong to, and -1 for none.
func Candidates(segs []Segment, x int) []int {
	want := RoleCue
	if segs[x].Role == RoleCue {
		want = RoleSource
	}
	out := append(make([]int, 0, 8), -1)
	for y := max(0, x-maxLinkDistance); y < min(len(segs), x+maxLinkDistance+1); y++ {
		if segs[y].Role == want {
			out = append(out, y)
		}
	}
	return out
}
