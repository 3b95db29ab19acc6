package quantity

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

var model = func() *syntax.Model {
	m, err := syntax.Open()
	if err != nil {
		panic(err)
	}
	return m
}()

// read is the quantities of text, each as "value range", then the hedge in
// brackets, the unit behind a colon with its noun in stars, and "each".
func read(text string) string {
	d := token.Segment(text)
	var out []string
	for _, q := range Find(d, model.Parse(d)) {
		s := strconv.FormatFloat(q.Value, 'g', 6, 64)
		if q.Value >= 1000 {
			s = strconv.FormatFloat(q.Value, 'f', -1, 64)
		}
		s += " " + d.Surface(q.Range)
		if q.Hedge.Len() > 0 {
			s += " [" + d.Surface(q.Hedge) + "]"
		}
		if q.Unit.Len() > 0 {
			s += " : " + d.Surface(q.Unit)
		}
		if q.Noun >= 0 {
			s += " *" + d.Word(int(q.Noun))
		}
		if q.Each {
			s += " each"
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Russia and Ukraine will exchange 1,000 prisoners of war each.", "1000 1,000 : prisoners of war *prisoners each"},
		{"A group of 31 countries signed the declaration.", "31 31 : countries *countries"},
		{"The blast left at least 12 dead.", "12 12 [at least] : dead *dead"},
		{"About half of the project is finished.", "0.5 half [About] : project *project"},
		{"Two-thirds of members voted for it.", "0.666667 Two-thirds : members *members"},
		{"The fire burned some 14,000 hectares of cotton.", "14000 14,000 [some] : hectares of cotton *hectares"},
		{"More than 12,000 people fled the city.", "12000 12,000 [More than] : people *people"},
		{"Peru spent 140 million soles on the road.", "140000000 140 million : soles *soles"},
		{"The bank offered $2.5 billion in loans.", "2500000000 $2.5 billion : $"},
		{"The fund paid €30m to the city.", "30000000 €30m : €"},
		{"The loan of 352.5 million euros was approved.", "352500000 352.5 million : euros *euros"},
		{"A dozen ships blocked the port.", "12 A dozen : ships *ships"},
		{"Hundreds of protesters blocked the port.", "100 Hundreds [Hundreds] : protesters *protesters"},
		{"Tens of thousands of people fled.", "10000 Tens of thousands [Tens of thousands] : people *people"},
		{"They say 61 percent of voters agreed.", "61 61 : percent of voters *voters"},
		{"Turnout was 61% on Sunday.", "61 61 : %"},
		{"The river carried 42 cubic metres per second.", "42 42 : cubic metres per second *metres"},
		{"Two patrol boats were damaged.", "2 Two : patrol boats *boats"},
		{"The army killed at least nine on Friday.", "9 nine [at least]"},
		{"Nine were killed.", "9 Nine"},
		{"Between 40 and 60 soldiers died.", "40 40 and 60 [40 and 60] : soldiers *soldiers"},
		{"The attack wounded 10 to 15 men.", "10 10 to 15 [10 to 15] : men *men"},
		{"The strike burned 10-15 trucks.", "10 10-15 [10-15] : trucks *trucks"},
		{"It will cost 2 to 3 million euros.", "2000000 2 to 3 million [2 to 3 million] : euros *euros"},
		{"A third exchange is planned.", ""},
		{"A third of the seats are empty.", "0.333333 A third : seats *seats"},
		{"John Smith, 34, a lawyer, was arrested.", ""},
		{"A 34-year-old lawyer was arrested.", ""},
		{"The lawyer, aged 34, was arrested.", ""},
		{"The boy is 12 years old.", ""},
		{"Call (318) 619-3946 or 713-853-3989.", ""},
		{"It was signed on May 16, 2024 at 10:30 a.m. in Geneva.", ""},
		{"It was signed on 16 May 2024 at 9 p.m.", ""},
		{"They acted under Article 3 and section 12 of the law.", ""},
		{"The war began in 2014.", ""},
		{"In the 1990s they met on the 3rd floor.", ""},
		{"They won 2-1 on Sunday.", ""},
		{"It was a 2-3 defeat for the side.", ""},
		{"She lives at 1935 Orchard St., Alexandria.", ""},
		{"They met at 10 Downing Street.", ""},
		{"The first two talks failed three years ago.", "2 two : talks *talks"},
		{"The 60-bed field hospital opened after a three-day visit.", "60 60 : bed *bed"},
		{"They want a two-state solution.", ""},
		{"Twenty-one rebels surrendered.", "21 Twenty-one : rebels *rebels"},
		{"Two hundred and fifty thousand people fled.", "250000 Two hundred and fifty thousand : people *people"},
		{"One and a half million people fled.", "1500000 One and a half million : people *people"},
		{"Half a million people fled.", "500000 Half a million : people *people"},
		{"They fired several hundred shells.", "100 hundred [several] : shells *shells"},
		{"It costs US$40 a barrel.", "40 US$40 : US$"},
		{"Six of the hostages were freed.", "6 Six : hostages *hostages"},
		{"One man was killed.", "1 One : man *man"},
		{"One of them called the other one.", ""},
		{"He was sentenced to four years in prison.", "4 four : years *years"},
		{"Up to 2,000 troops or more will leave.", "2000 2,000 [Up to] : troops *troops"},
		{"It flew an F-16 and an A320.", ""},
		{"The death toll rose to 12.", "12 12"},
		{"The army seized 20 or so trucks.", "20 20 [or so] : trucks *trucks"},
		{"Oil production fell by 2.3 million barrels a day.", "2300000 2.3 million : barrels a day *barrels"},
		{"About 9/11 and 24/7 nothing is said.", ""},
		{"The number of attacks jumped to 35 last year.", "35 35"},
		{"Officials found roughly 4,000 dead wild birds.", "4000 4,000 [roughly] : dead wild birds *birds"},
		{"Net profit was 88.4 billion won.", "88400000000 88.4 billion : won *won"},
		{"The two sides gave Kyiv 31 tanks for $5 each.", "2 two : sides *sides | 31 31 : tanks *tanks | 5 $5 : $ each"},
		{"They dug 3 lakh wells.", "300000 3 lakh : wells *wells"},
	} {
		if got := read(test.text); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// Whatever stands in the text, quantities are in order, inside the text, apart
// from each other, and of a value that can be written down.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"", "1", "$", "one", "a", "half", "between 1 and 2 and 3", "99999999999999999999 billion trillion", "1,0,0 1,000,00 1.5.6",
		"hundreds of thousands of millions of billions", "two hundred and and fifty thousand million", "$ $ 5 - 6 - 7 m each", "1.0000000000000000000000001",
		"9007199254740992 and a half trillion", "a a dozen dozen dozen dozen dozen dozen dozen dozen dozen dozen", "10 to 9 to 8 %",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.ContainsRune(text, 0) {
			return
		}
		d := token.Segment(strings.ToValidUTF8(text, "?"))
		last := int32(0)
		for _, q := range Find(d, model.Parse(d)) {
			if q.First < last || q.First >= q.Last || int(q.Last) > len(d.Tokens) {
				t.Fatalf("range %v after %d", q.Range, last)
			}
			last = q.Last
			for _, r := range []token.Range{q.Hedge, q.Unit, {First: q.Noun, Last: q.Noun + 1}} {
				if r.First > r.Last || int(r.Last) > len(d.Tokens) || r.First < -1 {
					t.Fatalf("%+v", q)
				}
			}
			if !(q.Value > 0 && q.Value < 1e25) && q.Value != 0 {
				t.Fatalf("value %v", q.Value)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "Russia and Ukraine will exchange %d prisoners of war each, the minister said on Friday, and at least two of the ships will leave the port. "+
			"The talks in Geneva, which began after weeks of fighting around the border town, were the first since the ceasefire collapsed. ", 1000+i)
	}
	d := token.Segment(text.String())
	t := model.Parse(d)
	b.ReportAllocs()
	for b.Loop() {
		Find(d, t)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.Tokens)), "ns/token")
}
