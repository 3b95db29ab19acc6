package statement

import (
	"fmt"
	"testing"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

func TestDebug(t *testing.T) {
	p, _ := syntax.Open()
	m, _ := Open()
	for _, text := range []string{"According to the ministry, four people were injured in the fire.", "Uzbekistan and Kyrgyzstan reopened a border canal on Tuesday after eleven weeks of closure, officials from both countries said.", "In spring the hotels assured the ministry that the towers had been disinfected."} {
		d := token.Segment(text)
		tree := p.Parse(d)
		for i := range d.Tokens {
			h := "-"
			if tree.Head[i] >= 0 {
				h = d.Word(int(tree.Head[i]))
			}
			fmt.Print(d.Word(i), "/", tree.Tag[i], "/", tree.Rel[i], "/", h, " ")
		}
		fmt.Println()
		c := m.Columns(d, tree)
		var s Scratch
		found := c.Decode(m.chain, &s, d.Paragraphs[0], int32(m.numbers["recall"]))
		for x, segs := range found {
			for _, g := range segs {
				fmt.Println(x, g.Role, d.Surface(g.Range), g.Margin)
			}
		}
		for _, dr := range m.Drafts(c, &s, found, d.Paragraphs[0]) {
			fmt.Println("draft", dr.Votes, d.Surface(dr.Source.Range), "|", d.Surface(dr.Cue.Range), "|", d.Surface(dr.Content[0].Range), m.Judge(c, &s, &dr, d.Paragraphs[0]), m.numbers)
		}
	}
}
