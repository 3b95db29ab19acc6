package corpus

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/rapporteur/rapporteur/record"
)

// Toponym is a gold name of a place. Country is the English name of the
// country in which it lies, empty where the gold has none.
type Toponym struct {
	record.Span
	Country string
}

// Located is a text with its gold toponyms, in the order of the text.
type Located struct {
	Name     string
	Text     string
	Toponyms []Toponym
}

// lgl is the XML of LGL. Start and end are code points of the text.
type lgl struct {
	Articles []struct {
		DocID    string `xml:"docid,attr"`
		Text     string `xml:"text"`
		Toponyms []struct {
			Start   int    `xml:"start"`
			End     int    `xml:"end"`
			Phrase  string `xml:"phrase"`
			Country string `xml:"gaztag>country"`
		} `xml:"toponyms>toponym"`
	} `xml:"article"`
}

// ReadLGL reads LGL (Lieberman et al. 2010) from lgl.xml, or from a .tar.xz that holds it.
func ReadLGL(file string) ([]Located, error) {
	var b []byte
	var err error
	if strings.HasSuffix(file, ".tar.xz") {
		err = eachTarred(file, "lgl.xml", func(_ string, content []byte) { b = content })
	} else {
		b, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, err
	}
	var x lgl
	if err := xml.NewDecoder(bytes.NewReader(b)).Decode(&x); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(x.Articles) == 0 {
		return nil, fmt.Errorf("%s: no articles", file)
	}
	out := make([]Located, len(x.Articles))
	for i, a := range x.Articles {
		out[i] = Located{Name: a.DocID, Text: a.Text}
		offset := make([]int, 0, len(a.Text)+1) // byte offset of each code point
		for at := range a.Text {
			offset = append(offset, at)
		}
		offset = append(offset, len(a.Text))
		for _, t := range a.Toponyms {
			if t.Start < 0 || t.Start > t.End || t.End >= len(offset) || a.Text[offset[t.Start]:offset[t.End]] != t.Phrase {
				return nil, fmt.Errorf("%s: article %s: %q is not at %d-%d", file, a.DocID, t.Phrase, t.Start, t.End)
			}
			out[i].Toponyms = append(out[i].Toponyms, Toponym{record.Span{Start: offset[t.Start], End: offset[t.End]}, t.Country})
		}
	}
	return out, nil
}
