package model

import (
	"encoding/binary"
	"fmt"
)

// Trees are boosted regression trees (Friedman 2001): the score of a row is
// the sum of one leaf of each tree. Every tree is complete and of the same
// depth, its nodes in the order of a heap, so that there are no pointers to
// follow or to check: from node n a row goes to 2n+1 if its feature is at most
// the threshold, to 2n+2 otherwise.
type Trees struct {
	Depth     int
	Feature   []uint8 // [tree*(1<<Depth-1)+node]
	Threshold []int16 // of the same
	Leaf      []int16 // [tree<<Depth+leaf], thousandths of log odds
}

// Score is the sum of the leaves that row reaches, in thousandths of log odds. The
// row has as many features as the trees were parsed for.
func (t *Trees) Score(row []int16) int32 {
	sum := int32(0)
	inner := 1<<t.Depth - 1
	for feature, threshold, leaf := t.Feature, t.Threshold, t.Leaf; len(feature) >= inner && len(leaf) > inner; {
		n := 0
		for range t.Depth {
			above := uint32(int32(threshold[n])-int32(row[feature[n]])) >> 31 // the sign bit: no branch to guess
			n = 2*n + 1 + int(above)
		}
		sum += int32(leaf[n-inner])
		feature, threshold, leaf = feature[inner:], threshold[inner:], leaf[inner+1:]
	}
	return sum
}

// ScoreAll sets out[i] to the score of row(i). It goes four rows at a time, so that
// the processor need not wait for each.
func (t *Trees) ScoreAll(out []int32, row func(i int) []int16) {
	i := 0
	for ; i+4 <= len(out); i += 4 {
		out[i], out[i+1], out[i+2], out[i+3] = t.score4(row(i), row(i+1), row(i+2), row(i+3))
	}
	for ; i < len(out); i++ {
		out[i] = t.Score(row(i))
	}
}

func (t *Trees) score4(a, b, c, d []int16) (sa, sb, sc, sd int32) {
	inner := 1<<t.Depth - 1
	above := func(threshold, value int16) int { return int(uint32(int32(threshold)-int32(value)) >> 31) }
	for feature, threshold, leaf := t.Feature, t.Threshold, t.Leaf; len(feature) >= inner && len(threshold) >= inner && len(leaf) > inner; {
		na, nb, nc, nd := 0, 0, 0, 0
		for range t.Depth {
			na = 2*na + 1 + above(threshold[na], a[feature[na]])
			nb = 2*nb + 1 + above(threshold[nb], b[feature[nb]])
			nc = 2*nc + 1 + above(threshold[nc], c[feature[nc]])
			nd = 2*nd + 1 + above(threshold[nd], d[feature[nd]])
		}
		sa, sb, sc, sd = sa+int32(leaf[na-inner]), sb+int32(leaf[nb-inner]), sc+int32(leaf[nc-inner]), sd+int32(leaf[nd-inner])
		feature, threshold, leaf = feature[inner:], threshold[inner:], leaf[inner+1:]
	}
	return sa, sb, sc, sd
}

// maxDepth bounds the depth of trees.
const maxDepth = 8

// Bytes is the section of a weights file that holds the trees: the depth, then
// tree by tree a byte of feature and an int16 of threshold for each node and an
// int16 for each leaf, little endian.
func (t *Trees) Bytes() []byte {
	b := []byte{byte(t.Depth)}
	inner := 1<<t.Depth - 1
	for k := 0; k < len(t.Feature); k += inner {
		b = append(b, t.Feature[k:k+inner]...)
		for _, v := range t.Threshold[k : k+inner] {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
		tree := k / inner
		for _, v := range t.Leaf[tree<<t.Depth : (tree+1)<<t.Depth] {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
	}
	return b
}

// ParseTrees reads what Bytes wrote, for rows of so many features. No bytes are no
// trees.
func ParseTrees(b []byte, features int) (*Trees, error) {
	t := &Trees{}
	if len(b) == 0 {
		return t, nil
	}
	if t.Depth = int(b[0]); t.Depth < 1 || t.Depth > maxDepth {
		return nil, fmt.Errorf("model: trees of depth %d, want 1 to %d", t.Depth, maxDepth)
	}
	b = b[1:]
	inner := 1<<t.Depth - 1
	size := 3*inner + 2*(inner+1)
	if len(b)%size != 0 {
		return nil, fmt.Errorf("model: %d bytes are no whole number of trees of %d", len(b), size)
	}
	for ; len(b) > 0; b = b[size:] {
		for n := range inner {
			if int(b[n]) >= features {
				return nil, fmt.Errorf("model: a tree asks for feature %d of %d", b[n], features)
			}
			t.Feature = append(t.Feature, b[n])
			t.Threshold = append(t.Threshold, int16(binary.LittleEndian.Uint16(b[inner+2*n:])))
		}
		for n := range inner + 1 {
			t.Leaf = append(t.Leaf, int16(binary.LittleEndian.Uint16(b[3*inner+2*n:])))
		}
	}
	return t, nil
}
