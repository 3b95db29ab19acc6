package token

import (
	"strings"
	"testing"
)

// showQuotes writes each quotation as its content, in braces as deep as it
// lies, with "…" where it is never closed and "+" before where it goes on from
// the paragraph before.
func showQuotes(d *Doc) string {
	var b strings.Builder
	for i, q := range Quotes(d) {
		if i > 0 {
			b.WriteByte(' ')
		}
		if q.Continued {
			b.WriteByte('+')
		}
		b.WriteString(strings.Repeat("{", int(q.Depth)+1))
		b.WriteString(d.Surface(q.Inner))
		if q.Close < 0 {
			b.WriteString("…")
		}
		b.WriteString(strings.Repeat("}", int(q.Depth)+1))
	}
	return b.String()
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"straight", `"We won," he said. "We did."`, `{We won,} {We did.}`},
		{"curly", `“We won,” he said. “We did.”`, `{We won,} {We did.}`},
		{"guillemets", `«We won», he said.`, `{We won}`},
		{"guillemets with spaces", `« We won », he said.`, `{We won}`},
		{"guillemets, reversed", `»We won«, he said. »We did.«`, `{We won} {We did.}`},
		{"low-high, German", `„We won“, he said. „We did.“`, `{We won} {We did.}`},
		{"low-high, Polish", `„We won”, he said.`, `{We won}`},
		{"low and straight", `„We won", he said.`, `{We won}`},
		{"right marks on both sides", `”We won,” he said.`, `{We won,}`},
		{"curly and straight", `“We won," he said. "We did.”`, `{We won,} {We did.}`},
		{"TeX", "``We won,'' he said.", `{We won,}`},
		{"two apostrophes", `''We won,'' he said.`, `{We won,}`},
		{"two and one apostrophes", `'''No,''' he said. ''He told me: 'No.'''`, `{'No,'} {{No,}} {He told me: 'No.'} {{No.}}`},
		{"backquote", "`We won,' he said.", `{We won,}`},
		{"single", `'We won,' he said. 'It's ours.'`, `{We won,} {It's ours.}`},
		{"single, curly", `‘We won,’ he said. ‘It’s ours.’`, `{We won,} {It’s ours.}`},
		{"spaced", `" We want peace ,"  he says . " We do . "`, `{We want peace ,} {We do .}`},
		{"spaced on both sides", `He said : " We want peace " . He left with " a plan " .`, `{We want peace} {a plan}`},
		{"spaced on the inside", "He said \" we go on \".\n\" We do \", he added.", `{we go on} {We do}`},
		{"glued on both sides", `He said"We won"and left.`, `{We won}`},
		{"scare", `the so-called 'winter clause' and "experts"`, `{winter clause} {experts}`},
		{"after a colon", `He said:"We won."`, `{We won.}`},
		{"in brackets", `(“We won”) ["We did"]`, `{We won} {We did}`},
		{"after a dash", `He left—"at last"—and slept.`, `{at last}`},
		{"ends in a dash", `"We never—" he began. "But—"`, `{We never—} {But—}`},
		{"ends in an ellipsis", `"We never..." he said. "... but then"`, `{We never...} {... but then}`},

		{"nested", `“He told me ‘I will go’ yesterday,” she said.`, `{He told me ‘I will go’ yesterday,} {{I will go}}`},
		{"nested, straight", `"He told me 'I will go' yesterday," she said.`, `{He told me 'I will go' yesterday,} {{I will go}}`},
		{"nested, British", `'He told me "I will go" yesterday,' she said.`, `{He told me "I will go" yesterday,} {{I will go}}`},
		{"nested, same marks", `"He told me "I will go" yesterday," she said.`, `{He told me "I will go" yesterday,} {{I will go}}`},
		{"nested, closing together", `"He told me, 'I will go.'" She left. "Yes."`, `{He told me, 'I will go.'} {{I will go.}} {Yes.}`},
		{"nested, opening together", `"'I will go' is what he said," she said.`, `{'I will go' is what he said,} {{I will go}}`},
		{"nested in guillemets", `«He read “Izvestia” often», she said.`, `{He read “Izvestia” often} {{Izvestia}}`},

		{"never closed", `"We won, he said.`, `{We won, he said.…}`},
		{"never closed, then another", `"We won, he said. "And I left." Fine.`, `{We won, he said.…} {And I left.}`},
		{"stray closing mark", `We won," he said. "We did." Fine.`, `{We did.}`},
		{"paragraphs", "\"One goes on.\n\"Two goes on.\n\"Three ends,\" he said. \"So.\"", `{One goes on.…} +{Two goes on.…} +{Three ends,} {So.}`},
		{"paragraphs, curly", "“One goes on.\n\n“Two ends,” he said.", `{One goes on.…} +{Two ends,}`},
		{"paragraphs, begun inside", "He said: \"One. \n\"Two.\"", `{One.…} +{Two.}`},
		{"paragraphs, not reopened", "\"One goes on\nand two ends,\" he said. \"So.\"", "{One goes on\nand two ends,} {So.}"},
		{"paragraphs that stand alone", "\"One.\"\n\"Two.\"", `{One.} {Two.}`},
		{"left open, then plain", "\"One goes on.\nHe left.\n\"Two.\"", `{One goes on.…} {Two.}`},

		{"apostrophes", `The students' rights, Russia's army, O'Brien's and the Jones' house.`, ``},
		{"possessive in a quotation", `'The workers' rights matter,' he said.`, `{The workers' rights matter,}`},
		{"possessive in a quotation, curly", `‘The workers’ rights matter,’ he said.`, `{The workers’ rights matter,}`},
		{"possessive before a quotation", `The workers' union said 'no' on Friday.`, `{no}`},
		{"elided", `In the '90s they'd rock 'n' roll, get 'em and ‘til ’80s.`, ``},
		{"elided in a quotation", `'Get 'em,' he said.`, `{Get 'em,}`},
		{"feet and inches", `He is 6'2" tall and the door 5' high.`, ``},
		{"inches in a quotation", `"He is 6'2" tall," she said.`, `{He is 6'2" tall,}`},
		{"ends in a number", `"We met in 2016" and "left in 2017," he said.`, `{We met in 2016} {left in 2017,}`},
		{"plural at the end", `He said 'we want the rights of workers' and left.`, `{we want the rights of workers}`},
		{"dropped g", `"We're goin' home," he said.`, `{We're goin' home,}`},
	} {
		if got := showQuotes(Segment(c.in)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.in, got, c.want)
		}
	}
}
