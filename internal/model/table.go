// Package model holds what every trained component shares: feature hashing,
// the table of hashed weights that is used in place from the binary, and
// linear-chain decoding in integers, so that results are the same on every
// machine.
package model

import "encoding/binary"

// Table maps the hash of a feature to a row of K int8 weights. It is an open
// addressing hash table laid out in one byte slice, so that an embedded file
// is used in place: nothing is decoded at start-up, nothing is copied.
//
// A slot is K+2 bytes: a 16-bit fingerprint (0 is an empty slot) and the row.
// Two features share a row only if slot run and fingerprint agree, about one
// in 10^4 at the load used here.
type Table struct {
	k    int
	slot int
	mask uint64
	data []byte
}

const fingerprintBytes = 2

func fingerprint(h uint64) uint16 {
	f := uint16(h >> 48)
	if f == 0 {
		return 1
	}
	return f
}

// NewTable views data, made by BuildTable for rows of k weights, as a table.
// It reports false if the length of data is not a power of two of slots.
func NewTable(k int, data []byte) (Table, bool) {
	slot := k + fingerprintBytes
	n := len(data) / slot
	if k <= 0 || n == 0 || n&(n-1) != 0 || n*slot != len(data) {
		return Table{}, false
	}
	return Table{k: k, slot: slot, mask: uint64(n - 1), data: data}, true
}

// K is the number of weights in a row.
func (t *Table) K() int { return t.k }

// Row is the row of feature h, as int8 in bytes, or nil if the feature has none.
func (t *Table) Row(h uint64) []byte {
	f := fingerprint(h)
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		p := int(i) * t.slot
		switch binary.LittleEndian.Uint16(t.data[p:]) {
		case f:
			return t.data[p+fingerprintBytes : p+t.slot : p+t.slot]
		case 0:
			return nil
		}
	}
}

// Add adds the row of feature h to dst, which has at least K elements.
func (t *Table) Add(dst []int32, h uint64) {
	row := t.Row(h)
	if row == nil {
		return
	}
	dst = dst[:len(row)]
	for j, w := range row {
		dst[j] += int32(int8(w))
	}
}

// AddAll adds the rows of all features to dst. It asks the memory for many
// slots at a time before it looks at the first: most of the time of Add is
// spent on waiting for one.
func (t *Table) AddAll(dst []int32, features []uint64) {
	var heads [128]uint16
	for len(features) > 0 {
		part := features[:min(len(heads), len(features))]
		features = features[len(part):]
		for i, h := range part {
			heads[i] = binary.LittleEndian.Uint16(t.data[int(h&t.mask)*t.slot:])
		}
		for i, h := range part {
			switch heads[i] {
			case 0:
			case fingerprint(h):
				p := int(h&t.mask)*t.slot + fingerprintBytes
				for j, w := range t.data[p : p+t.k] {
					dst[j] += int32(int8(w))
				}
			default:
				t.Add(dst, h)
			}
		}
	}
}

// BuildTable lays out rows of k weights as a table. keys are feature hashes,
// row(i) the weights of keys[i]. Keys must be distinct and in a fixed order
// for the bytes to be reproducible. At least a quarter of the slots stay empty.
func BuildTable(k int, keys []uint64, row func(i int) []int8) []byte {
	n := 1
	for n*3 < len(keys)*4+4 {
		n *= 2
	}
	slot := k + fingerprintBytes
	data := make([]byte, n*slot)
	for i, h := range keys {
		f := fingerprint(h)
		j := h & uint64(n-1)
		for {
			p := int(j) * slot
			got := binary.LittleEndian.Uint16(data[p:])
			if got == f { // a collision of run and fingerprint: the first, heavier key wins
				break
			}
			if got == 0 {
				binary.LittleEndian.PutUint16(data[p:], f)
				for x, w := range row(i) {
					data[p+fingerprintBytes+x] = byte(w)
				}
				break
			}
			j = (j + 1) & uint64(n-1)
		}
	}
	return data
}
