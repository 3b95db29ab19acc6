package model

import (
	"encoding/binary"
	"fmt"
)

// Net is a feed-forward network with one hidden layer of rectified units, in
// integers. What comes in are words in seats, each seat with weights of its own
// over the vectors of words (Bengio et al. 2003, Collobert et al. 2011), bags of
// words in seats, and hashed features, each with a row of the hidden layer.
type Net struct {
	NetShape
	words    Table   // the vector of a word
	features Table   // what a feature adds to the hidden layer, in ratio units of it
	weights  []int64 // by seat, two hidden units, dimension: that of the second 32 bits higher
	bias     []int32
	output   []int16 // by output, hidden unit
	outBias  []int32 // thousandths
}

// NetShape is the sizes of a network, and how its integers are scaled.
type NetShape struct {
	Dims, Hidden, Seats, Out int
	Ratio                    int // units of the hidden layer that a unit of a feature is
	HiddenShift, OutShift    int // bits that a hidden unit, an output loses
}

// shapeBytes is the size of a NetShape as it is stored, seven uint32.
const shapeBytes = 7 * 4

func (s *NetShape) fields() [7]*int {
	return [7]*int{&s.Dims, &s.Hidden, &s.Seats, &s.Out, &s.Ratio, &s.HiddenShift, &s.OutShift}
}

// What bounds the sizes of a network.
const (
	maxNetSize = 1024
	maxDims    = 64
)

// PutNet stores a network in f: sections name.words and name.features, tables,
// and name.layers.
func PutNet(f *File, name string, s NetShape, words, features []byte, weights []int8, bias []int32, output []int16, outBias []int32) {
	var b []byte
	for _, v := range s.fields() {
		b = binary.LittleEndian.AppendUint32(b, uint32(*v))
	}
	for _, v := range weights {
		b = append(b, byte(v))
	}
	for _, v := range bias {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	for _, v := range output {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	for _, v := range outBias {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	f.Put(name+".words", words)
	f.Put(name+".features", features)
	f.Put(name+".layers", b)
}

// Net is the network that PutNet stored under name.
func (f *File) Net(name string) (*Net, error) {
	n := &Net{}
	b := f.Section(name + ".layers")
	if len(b) < shapeBytes {
		return nil, fmt.Errorf("model: %s: section %s.layers has %d bytes", f.Component, name, len(b))
	}
	for i, v := range n.fields() {
		*v = int(binary.LittleEndian.Uint32(b[4*i:]))
	}
	if max(n.Hidden, n.Seats, n.Out) > maxNetSize || n.Dims > maxDims || n.Dims == 0 || n.Hidden%2 != 0 || max(n.HiddenShift, n.OutShift) > 31 {
		return nil, fmt.Errorf("model: %s: section %s.layers has the sizes %+v", f.Component, name, n.NetShape)
	}
	b = b[shapeBytes:]
	if want := n.Seats*n.Hidden*n.Dims + 4*n.Hidden + 2*n.Out*n.Hidden + 4*n.Out; len(b) != want {
		return nil, fmt.Errorf("model: %s: section %s.layers has %d bytes after its sizes, not %d", f.Component, name, len(b), want)
	}
	var err error
	if n.words, err = f.Table(name+".words", n.Dims); err != nil {
		return nil, err
	}
	if n.features, err = f.Table(name+".features", n.Hidden); err != nil {
		return nil, err
	}
	n.weights = make([]int64, n.Seats*n.Hidden/2*n.Dims)
	for i := range n.weights {
		first := i/n.Dims*2*n.Dims + i%n.Dims
		n.weights[i] = int64(int8(b[first])) + int64(int8(b[first+n.Dims]))<<32
	}
	b = b[2*len(n.weights):]
	n.bias, b = int32s(b, n.Hidden)
	n.output = make([]int16, n.Out*n.Hidden)
	for i := range n.output {
		n.output[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	n.outBias, _ = int32s(b[2*len(n.output):], n.Out)
	return n, nil
}

func int32s(b []byte, n int) ([]int32, []byte) {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out, b[4*n:]
}

// Bag adds the vectors of words, in sixteenths, divided by the square root of
// how many there are; dst has Dims elements.
func (n *Net) Bag(dst []int32, words []uint64) {
	of := 0
	for _, w := range words {
		if row := n.words.Row(w); row != nil {
			of++
			for j, x := range row {
				dst[j] += int32(int8(x))
			}
		}
	}
	if of == 0 {
		return
	}
	root := isqrt(of << (2 * bagShift))
	for j := range dst {
		dst[j] = dst[j] << (2 * bagShift) / root
	}
}

// bagShift is the bits by which a bag is finer than the vectors of words.
const bagShift = 4

// isqrt is the square root of n, rounded down.
func isqrt(n int) int32 {
	r := int32(0)
	for int((r+1)*(r+1)) <= n {
		r++
	}
	return r
}

// Score gives dst the outputs, in thousandths. Words are by seat, 0 for none; bags
// fill the seats after them, nil for none. hidden, of Hidden elements, is overwritten.
func (n *Net) Score(dst, hidden []int32, words []uint64, bags [][]int32, features []uint64) {
	hidden = hidden[:n.Hidden]
	clear(hidden)
	n.features.AddAll(hidden, features)
	for u := range hidden {
		hidden[u] = hidden[u]*int32(n.Ratio) + n.bias[u]
	}
	var vector [maxDims]int32
	v := vector[:n.Dims]
	for seat, w := range words {
		if w == 0 {
			continue
		}
		if row := n.words.Row(w); row != nil {
			for j, x := range row {
				v[j] = int32(int8(x))
			}
			n.project(hidden, seat, v, 0)
		}
	}
	for i, bag := range bags {
		if bag != nil {
			n.project(hidden, len(words)+i, bag, bagShift)
		}
	}
	for u, x := range hidden {
		hidden[u] = max(x, 0) >> n.HiddenShift
	}
	for y := range n.Out {
		s := int64(0)
		for u, w := range n.output[y*n.Hidden : (y+1)*n.Hidden] {
			s += int64(w) * int64(hidden[u])
		}
		dst[y] = int32(s>>n.OutShift) + n.outBias[y]
	}
}

// project adds vector v, in units of 1/2^shift, in a seat to the hidden layer. A
// multiplication serves two units: neither half of a sum exceeds 32 bits.
func (n *Net) project(hidden []int32, seat int, v []int32, shift uint) {
	w := n.weights[seat*n.Hidden/2*n.Dims:]
	for u := 0; u+1 < len(hidden); u += 2 {
		row := w[:len(v)]
		w = w[len(v):]
		s := int64(0)
		for j, x := range v {
			s += row[j] * int64(x)
		}
		low := int32(s)
		hidden[u] += low >> shift
		hidden[u+1] += int32((s-int64(low))>>32) >> shift
	}
}
