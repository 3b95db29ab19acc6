package statement

import (
	"testing"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Every draft, with a source and without, fills its row to the end.
func TestRowsAreFull(t *testing.T) {
	parser, err := syntax.Open()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	d := token.Segment(`"The dam will hold," Velic said. According to the ministry, nobody was told that it leaks.`)
	c := m.Columns(d, parser.Parse(d))
	var s Scratch
	p := d.Paragraphs[0]
	drafts := m.Drafts(c, &s, c.Decode(m.chain, &s, p, int32(m.numbers["recall"])), p)
	if len(drafts) < 2 {
		t.Fatalf("%d drafts, want several", len(drafts))
	}
	drafts[0].Source = Segment{}
	r := c.rivals(drafts, make([]int32, len(drafts)))
	for i := range drafts {
		w := rowWriter{row: &Row{}}
		c.margins(&w, &drafts[i], 64)
		c.build(&w, &drafts[i], p)
		c.fit(&w, &drafts[i], p)
		r.compare(&w, i)
		if w.n != Features {
			t.Errorf("draft %d has %d features, want %d", i, w.n, Features)
		}
	}
}
