package syntax

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// sparse maps the hash of a feature to a few weighted labels. A perceptron
// touches few labels of a feature, so rows are lists of pairs, not vectors.
//
// Layout: uint32 n of buckets, uint32 m of filter words; m uint64 words of a
// filter with one bit for each feature; n+1 uint32 offsets of buckets of about
// four features; then per feature a 16-bit fingerprint, the number of labels,
// and (label, code of the weight) pairs; two zeros. Most features of a sentence have no
// row: the filter is small enough for the cache and spares the way to the
// rows. A feature that the model does not know is taken for one that it knows
// less than once in 10^4.
type sparse struct {
	n       uint64
	mask    uint64 // of the bits of the filter
	filter  []byte
	offsets []byte
	rows    []byte
}

const (
	rowHead    = 3
	rowPad     = 2 // zeros at the end, so that a fingerprint can be read at any offset
	perBucket  = 4
	filterBits = 8 // for each feature, at least
	batch      = 256
)

// Entry is one weight of a feature.
type Entry struct {
	Label  uint8
	Weight int8 // a code of Level
}

func newSparse(b []byte, labels int) (sparse, error) {
	if len(b) < 8 {
		return sparse{}, fmt.Errorf("syntax: table of %d bytes", len(b))
	}
	n, m := int(binary.LittleEndian.Uint32(b)), int(binary.LittleEndian.Uint32(b[4:]))
	size := len(b)
	b = b[8:]
	if n == 0 || m == 0 || m&(m-1) != 0 || len(b) < 8*m+4*(n+1)+rowPad {
		return sparse{}, fmt.Errorf("syntax: table of %d buckets in %d bytes", n, size)
	}
	s := sparse{n: uint64(n), mask: uint64(m)*64 - 1, filter: b[:8*m], offsets: b[8*m : 8*m+4*(n+1)], rows: b[8*m+4*(n+1):]}
	return s, s.check(labels)
}

// check walks the table once, so that score may trust it.
func (s *sparse) check(labels int) error {
	p := 0
	for i := range s.n + 1 {
		if at := int(binary.LittleEndian.Uint32(s.offsets[4*i:])); at != p {
			return fmt.Errorf("syntax: bucket %d starts at %d, want %d", i, at, p)
		}
		if i == s.n {
			break
		}
		end := int(binary.LittleEndian.Uint32(s.offsets[4*i+4:]))
		if end < p || end > len(s.rows)-rowPad {
			return fmt.Errorf("syntax: bucket %d ends at %d of %d", i, end, len(s.rows))
		}
		for p < end {
			if p+rowHead > end || p+rowHead+2*int(s.rows[p+2]) > end {
				return fmt.Errorf("syntax: bucket %d is cut short", i)
			}
			for k := range int(s.rows[p+2]) {
				if int(s.rows[p+rowHead+2*k]) >= labels {
					return fmt.Errorf("syntax: bucket %d has label %d of %d", i, s.rows[p+rowHead+2*k], labels)
				}
			}
			p += rowHead + 2*int(s.rows[p+2])
		}
	}
	return nil
}

func bucketOf(h, n uint64) uint64 { return (h & 0xFFFFFFFF) * n >> 32 }

// filterBit is the bit of feature h, from other bits of h than its bucket.
func filterBit(h, mask uint64) uint64 { return h >> 20 & mask }

// score adds the weights of every feature to scores. It goes over the features
// in three passes, so that the memory is asked for many of them at a time.
func (s *sparse) score(features []uint64, scores *[256]int32) {
	var known [batch]uint64
	var span [batch]uint64 // where the bucket begins, and where it ends in the upper half
	var head [batch]uint16
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		n := 0
		for _, h := range part {
			bit := filterBit(h, s.mask)
			known[n] = h
			n += int(s.filter[bit>>3] >> (bit & 7) & 1)
		}
		for i, h := range known[:n] {
			span[i] = binary.LittleEndian.Uint64(s.offsets[4*bucketOf(h, s.n):])
		}
		for i, p := range span[:n] {
			head[i] = binary.LittleEndian.Uint16(s.rows[uint32(p):])
		}
		for i, h := range known[:n] {
			for row := s.find(h, uint32(span[i]), uint32(span[i]>>32), head[i]); len(row) >= 2; row = row[2:] {
				scores[row[0]] += levels[row[1]]
			}
		}
	}
}

// best is the label of the highest score, the first of equals.
func (s *sparse) best(features []uint64, labels int) int {
	var scores [256]int32
	s.score(features, &scores)
	best := 0
	for y := range labels {
		if scores[y] > scores[best] {
			best = y
		}
	}
	return best
}

// row is the (label, weight) pairs of feature h, nil if it has none.
func (s *sparse) row(h uint64) []byte {
	span := binary.LittleEndian.Uint64(s.offsets[4*bucketOf(h, s.n):])
	return s.find(h, uint32(span), uint32(span>>32), binary.LittleEndian.Uint16(s.rows[uint32(span):]))
}

// find looks for h in its bucket, rows[p:end], which starts with the
// fingerprint head.
func (s *sparse) find(h uint64, p, end uint32, head uint16) []byte {
	for p < end {
		size := rowHead + 2*uint32(s.rows[p+2])
		if head == uint16(h>>48) {
			return s.rows[p+rowHead : p+size]
		}
		p += size
		head = binary.LittleEndian.Uint16(s.rows[p:])
	}
	return nil
}

// levels are the weights that a byte can say. Most weights of a perceptron are
// small and a few are very large: levels lie the farther apart the larger they are.
var levels = func() (l [256]int32) {
	for i := range l {
		c := int32(int8(i))
		l[i] = c * (16 + max(c, -c)) / 16
	}
	return l
}()

// Unit is the level of a weight of one.
const Unit = 16

// Level is the code of the level that is nearest to w.
func Level(w float64) int8 {
	best := 0
	for c := -127; c <= 127; c++ {
		if math.Abs(float64(levels[uint8(c)])-Unit*w) < math.Abs(float64(levels[uint8(best)])-Unit*w) {
			best = c
		}
	}
	return int8(best)
}

// BuildSparse lays out a table. row(i) holds the weights of feature keys[i];
// keys must be distinct. Rows without weights are left out.
func BuildSparse(keys []uint64, row func(i int) []Entry) []byte {
	n, m := uint64(max(1, len(keys)/perBucket)), uint64(1)
	for m*64 < uint64(len(keys))*filterBits {
		m *= 2
	}
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(bucketOf(keys[a], n), bucketOf(keys[b], n)), cmp.Compare(keys[a], keys[b]))
	})
	filter, offsets := make([]byte, 8*m), make([]byte, 4*(n+1))
	var rows []byte
	next := uint64(0)
	for _, i := range order {
		for b := bucketOf(keys[i], n); next <= b; next++ {
			binary.LittleEndian.PutUint32(offsets[4*next:], uint32(len(rows)))
		}
		entries := row(i)
		if len(entries) == 0 {
			continue
		}
		bit := filterBit(keys[i], m*64-1)
		filter[bit>>3] |= 1 << (bit & 7)
		rows = binary.LittleEndian.AppendUint16(rows, uint16(keys[i]>>48))
		rows = append(rows, byte(len(entries)))
		for _, e := range entries {
			rows = append(rows, e.Label, byte(e.Weight))
		}
	}
	for ; next <= n; next++ {
		binary.LittleEndian.PutUint32(offsets[4*next:], uint32(len(rows)))
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(n))
	out = binary.LittleEndian.AppendUint32(out, uint32(m))
	return slices.Concat(out, filter, offsets, rows, make([]byte, rowPad))
}
