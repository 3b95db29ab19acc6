// Package cluster holds word classes: words that stand in the same company
// share a class, at three granularities. They tell a tagger or a parser what a
// word is like that its training data has never shown.
package cluster

import (
	"encoding/binary"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/model/weights"
)

// The highest class of each granularity. Class 0 is that of unknown words.
const (
	MaxCoarse = 1<<coarseBits - 1
	MaxMid    = 1<<midBits - 1
	MaxFine   = 1<<fineBits - 1
)

// A row is 32 bits, little endian: coarse, mid and fine from the low bit up.
const (
	coarseBits = 7
	midBits    = 10
	fineBits   = 12
	rowBytes   = 4
)

// maxWord bounds the words that have classes, in bytes.
const maxWord = 48

// Classes maps words to classes. The table is used in place.
type Classes struct{ table model.Table }

// Open is the classes that the binary carries.
func Open() (*Classes, error) { return New(weights.Cluster) }

// New views b, a weights file, as classes.
func New(b []byte) (*Classes, error) {
	f, err := model.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	t, err := f.Table("words", rowBytes)
	if err != nil {
		return nil, err
	}
	return &Classes{t}, nil
}

// Of is the classes of word, 0 where it has none. The word is looked up as it
// stands with its digits folded, then in lower case, then with a first capital
// only. It allocates nothing.
func (c *Classes) Of(word string) (coarse, mid, fine uint16) {
	if len(word) > maxWord {
		return 0, 0, 0
	}
	row := c.row(word, asIs)
	if row == nil && hasUpper(word) {
		if row = c.row(word, lower); row == nil {
			row = c.row(word, capital)
		}
	}
	if row == nil {
		return 0, 0, 0
	}
	v := binary.LittleEndian.Uint32(row)
	return uint16(v & MaxCoarse), uint16(v >> coarseBits & MaxMid), uint16(v >> (coarseBits + midBits) & MaxFine)
}

// Row is the stored form of three classes, for the trainer.
func Row(coarse, mid, fine uint16) []int8 {
	v := uint32(coarse) | uint32(mid)<<coarseBits | uint32(fine)<<(coarseBits+midBits)
	return []int8{int8(v), int8(v >> 8), int8(v >> 16), int8(v >> 24)}
}

// Key is the hash under which word is stored, for the trainer.
func Key(word string) uint64 { return key(word, asIs) }

// fold says how the letters of a word are changed before it is looked up.
type fold uint8

const (
	asIs fold = iota
	lower
	capital // the first letter as it is, the others in lower case
)

func (c *Classes) row(word string, f fold) []byte { return c.table.Row(key(word, f)) }

// key hashes word with every digit as 0 and ’ as ', FNV-1a like model.HashString.
func key(word string, f fold) uint64 {
	h := uint64(14695981039346656037)
	add := func(b byte) { h = (h ^ uint64(b)) * 1099511628211 }
	for i, r := range word {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case r == '’':
			r = '\''
		case f == lower, f == capital && i > 0:
			r = unicode.ToLower(r)
		}
		if r < utf8.RuneSelf {
			add(byte(r))
			continue
		}
		var buf [utf8.UTFMax]byte
		for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
			add(b)
		}
	}
	return model.Mix(h)
}

func hasUpper(word string) bool {
	for _, r := range word {
		if unicode.IsUpper(r) {
			return true
		}
	}
	return false
}
