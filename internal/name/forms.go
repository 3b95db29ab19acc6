package name

// forms numbers the forms of a document from 0 in the order of the text. It is
// an open addressing table that is used again for the next document.
type forms struct {
	hashes []uint64 // 0 is an empty slot
	ids    []int32
	n      int32
}

// reset empties the table and makes room for n forms.
func (f *forms) reset(n int) {
	size := 64
	for size < 2*n {
		size *= 2
	}
	if len(f.hashes) < size {
		f.hashes, f.ids = make([]uint64, size), make([]int32, size)
	}
	clear(f.hashes)
	f.n = 0
}

// id is the number of the form with a hash; a new form gets the next one.
func (f *forms) id(h uint64) int32 {
	if h == 0 {
		h = 1
	}
	mask := uint64(len(f.hashes) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch f.hashes[i] {
		case h:
			return f.ids[i]
		case 0:
			f.hashes[i], f.ids[i] = h, f.n
			f.n++
			return f.ids[i]
		}
	}
}
