package record

import "unicode/utf8"

// block is the distance between two checkpoints of an offset index: a lookup
// walks less than one block.
const block = 64

// Points turns byte offsets of one text into offsets in code points.
type Points struct {
	text  string
	ascii bool
	marks []int // marks[i] is the number of code points that start before byte i*block
}

// NewPoints builds the index in one pass over text.
func NewPoints(text string) Points {
	x := Points{text: text, ascii: true, marks: make([]int, 0, len(text)/block+1)}
	n := 0
	for i := 0; i < len(text); i += block {
		x.marks = append(x.marks, n)
		part := text[i:min(i+block, len(text))]
		x.ascii = x.ascii && isASCII(part)
		n += starts(part)
	}
	if len(text)%block == 0 {
		x.marks = append(x.marks, n)
	}
	return x
}

// At is the offset in code points of the byte offset i, 0 ≤ i ≤ len(text).
func (x *Points) At(i int) int {
	if x.ascii {
		return i
	}
	b := i / block
	return x.marks[b] + starts(x.text[b*block:i])
}

// starts is the number of bytes of s that start a code point.
func starts(s string) int {
	n := 0
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

func isASCII(s string) bool {
	var or byte
	for i := range len(s) {
		or |= s[i]
	}
	return or < utf8.RuneSelf
}

// toBytes turns offsets in code points of one text into byte offsets.
type toBytes struct {
	text  string
	n     int   // code points in text
	marks []int // marks[i] is the byte where code point i*block starts
}

func newToBytes(text string) toBytes {
	x := toBytes{text: text}
	for i := range text {
		if x.n%block == 0 {
			x.marks = append(x.marks, i)
		}
		x.n++
	}
	if x.n%block == 0 {
		x.marks = append(x.marks, len(text))
	}
	return x
}

// at is the byte offset of the offset p in code points; false if it is outside the text.
func (x *toBytes) at(p int) (int, bool) {
	if p < 0 || p > x.n {
		return 0, false
	}
	i := x.marks[p/block]
	for range p % block {
		_, w := utf8.DecodeRuneInString(x.text[i:])
		i += w
	}
	return i, true
}
