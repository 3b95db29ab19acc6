package crf

// interner numbers feature hashes in the order in which they are first seen.
// It is an open addressing table: maps of this size cost three times the memory.
type interner struct {
	slots  []uint64 // hash, 0 is empty
	counts []uint32 // number of sightings, then id+1 after cut
	used   int
	order  []uint64
	keys   []uint64 // hash of each id
}

func newInterner() *interner {
	return &interner{slots: make([]uint64, 1<<20), counts: make([]uint32, 1<<20)}
}

func (t *interner) find(h uint64) int {
	mask := uint64(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if t.slots[i] == h || t.slots[i] == 0 {
			return int(i)
		}
	}
}

func nonzero(h uint64) uint64 {
	if h == 0 {
		return 1
	}
	return h
}

func (t *interner) count(h uint64) {
	h = nonzero(h)
	i := t.find(h)
	if t.slots[i] == 0 {
		t.slots[i] = h
		t.order = append(t.order, h)
		t.used++
		if t.used*2 > len(t.slots) {
			t.double()
			i = t.find(h)
		}
	}
	t.counts[i]++
}

func (t *interner) double() {
	slots, counts := t.slots, t.counts
	t.slots, t.counts = make([]uint64, 2*len(slots)), make([]uint32, 2*len(slots))
	for i, h := range slots {
		if h != 0 {
			j := t.find(h)
			t.slots[j], t.counts[j] = h, counts[i]
		}
	}
}

// cut keeps the hashes seen at least n times and numbers them.
func (t *interner) cut(n int) {
	for _, h := range t.order {
		i := t.find(h)
		if t.counts[i] < uint32(n) {
			t.counts[i] = 0
			continue
		}
		t.keys = append(t.keys, h)
		t.counts[i] = uint32(len(t.keys))
	}
	t.order = nil
}

func (t *interner) id(h uint64) (uint32, bool) {
	i := t.find(nonzero(h))
	if t.slots[i] == 0 || t.counts[i] == 0 {
		return 0, false
	}
	return t.counts[i] - 1, true
}
