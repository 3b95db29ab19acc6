package model

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// A weights file is: the magic, the length of a JSON header (uint32, little
// endian), the header, then the sections one after another. The header says
// what the file holds and how it was made; sections are used in place.
//
// A packed one is another magic and a weights file, deflated (RFC 1951): half
// the size for a few milliseconds at start-up.
const (
	magic  = "RAPW1\n"
	packed = "RAPZ1\n"
)

// maxUnpacked bounds what a packed weights file may hold, in bytes.
const maxUnpacked = 64 << 20

// Header describes a weights file.
type Header struct {
	Component string            `json:"component"`          // "syntax", "name", …
	Made      string            `json:"made"`               // the training command, sets and seed
	Scores    map[string]string `json:"scores,omitempty"`   // measured on dev by the trainer
	Labels    []string          `json:"labels,omitempty"`   // of the main table
	Numbers   map[string]int    `json:"numbers,omitempty"`  // integer parameters
	Sections  []Section         `json:"sections,omitempty"` // in the order of the file
}

// Section is one named part of a weights file. Size is in bytes.
type Section struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// File is a weights file: a header and named sections.
type File struct {
	Header
	data map[string][]byte
}

// Parse reads a weights file. Sections are views of b, unless it is packed.
func Parse(b []byte) (*File, error) {
	if bytes.HasPrefix(b, []byte(packed)) {
		var err error
		if b, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[len(packed):])), maxUnpacked)); err != nil {
			return nil, fmt.Errorf("model: packed weights: %w", err)
		}
	}
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("model: not a weights file")
	}
	n := int(binary.LittleEndian.Uint32(b[len(magic):]))
	b = b[len(magic)+4:]
	if n > len(b) {
		return nil, fmt.Errorf("model: header of %d bytes in a file of %d", n, len(b))
	}
	f := &File{data: map[string][]byte{}}
	if err := json.Unmarshal(b[:n], &f.Header); err != nil {
		return nil, fmt.Errorf("model: header: %w", err)
	}
	b = b[n:]
	for _, s := range f.Sections {
		if s.Size < 0 || s.Size > len(b) {
			return nil, fmt.Errorf("model: %s: section %s is cut short", f.Component, s.Name)
		}
		f.data[s.Name], b = b[:s.Size:s.Size], b[s.Size:]
	}
	return f, nil
}

// Section is the bytes of the named section, nil if there is none.
func (f *File) Section(name string) []byte { return f.data[name] }

// Table is the named section as a table of rows of k weights.
func (f *File) Table(name string, k int) (Table, error) {
	t, ok := NewTable(k, f.data[name])
	if !ok {
		return Table{}, fmt.Errorf("model: %s: section %s of %d bytes is no table of %d weights a row", f.Component, name, len(f.data[name]), k)
	}
	return t, nil
}

// Put adds or replaces a section.
func (f *File) Put(name string, b []byte) {
	if f.data == nil {
		f.data = map[string][]byte{}
	}
	if _, ok := f.data[name]; !ok {
		f.Sections = append(f.Sections, Section{Name: name})
	}
	f.data[name] = b
}

// Bytes is the file as it is stored.
func (f *File) Bytes() ([]byte, error) {
	for i, s := range f.Sections {
		f.Sections[i].Size = len(f.data[s.Name])
	}
	head, err := json.Marshal(f.Header)
	if err != nil {
		return nil, err
	}
	out := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(head)))
	out = append(out, head...)
	for _, s := range f.Sections {
		out = append(out, f.data[s.Name]...)
	}
	return out, nil
}

// Packed is the file as it is stored packed.
func (f *File) Packed() ([]byte, error) {
	b, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	out := bytes.NewBufferString(packed)
	w, err := flate.NewWriter(out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}
