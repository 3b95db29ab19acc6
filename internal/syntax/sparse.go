package syntax

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// sparse maps the hash of a feature to a few weighted labels. A perceptron
// touches few labels of a feature, so rows are lists of pairs, not vectors.
//
// Layout: buckets of about four features. uint32 n of buckets; n+1 uint32
// offsets into the rest; then per feature a 16-bit fingerprint, the number of
// labels, and (label, int8 weight) pairs. A feature that the model does not
// know is taken for one that it knows about once in 10^4.
type sparse struct {
	n       uint64
	offsets []byte
	rows    []byte
}

const (
	rowHead   = 3
	perBucket = 4
)

// Entry is one weight of a feature.
type Entry struct {
	Label  uint8
	Weight int8
}

func newSparse(b []byte, labels int) (sparse, error) {
	if len(b) < 4 {
		return sparse{}, fmt.Errorf("syntax: table of %d bytes", len(b))
	}
	n := int(binary.LittleEndian.Uint32(b))
	b = b[4:]
	if n == 0 || len(b) < 4*(n+1) {
		return sparse{}, fmt.Errorf("syntax: table of %d buckets in %d bytes", n, len(b))
	}
	s := sparse{n: uint64(n), offsets: b[:4*(n+1)], rows: b[4*(n+1):]}
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
		if end < p || end > len(s.rows) {
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

// score adds the weights of every feature to scores.
func (s *sparse) score(features []uint64, scores *[256]int32) {
	for _, h := range features {
		row := s.row(h)
		for len(row) >= 2 {
			scores[row[0]] += int32(int8(row[1]))
			row = row[2:]
		}
	}
}

// row is the (label, weight) pairs of feature h, nil if it has none.
func (s *sparse) row(h uint64) []byte {
	b := bucketOf(h, s.n)
	p := binary.LittleEndian.Uint32(s.offsets[4*b:])
	end := binary.LittleEndian.Uint32(s.offsets[4*b+4:])
	print := uint16(h >> 48)
	for p < end {
		size := rowHead + 2*uint32(s.rows[p+2])
		if binary.LittleEndian.Uint16(s.rows[p:]) == print {
			return s.rows[p+rowHead : p+size]
		}
		p += size
	}
	return nil
}

// BuildSparse lays out a table. row(i) holds the weights of feature keys[i];
// keys must be distinct. Rows without weights are left out.
func BuildSparse(keys []uint64, row func(i int) []Entry) []byte {
	n := uint64(max(1, len(keys)/perBucket))
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		ka, kb := keys[a], keys[b]
		if c := int64(bucketOf(ka, n)) - int64(bucketOf(kb, n)); c != 0 {
			return int(c)
		}
		if ka < kb {
			return -1
		}
		return 1
	})
	out := binary.LittleEndian.AppendUint32(nil, uint32(n))
	out = append(out, make([]byte, 4*(n+1))...)
	rows := len(out)
	next := uint64(0)
	for _, i := range order {
		for b := bucketOf(keys[i], n); next <= b; next++ {
			binary.LittleEndian.PutUint32(out[4+4*next:], uint32(len(out)-rows))
		}
		entries := row(i)
		if len(entries) == 0 {
			continue
		}
		out = binary.LittleEndian.AppendUint16(out, uint16(keys[i]>>48))
		out = append(out, byte(len(entries)))
		for _, e := range entries {
			out = append(out, e.Label, byte(e.Weight))
		}
	}
	for ; next <= n; next++ {
		binary.LittleEndian.PutUint32(out[4+4*next:], uint32(len(out)-rows))
	}
	return out
}
