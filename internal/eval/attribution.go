package eval

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/rapporteur/rapporteur/internal/corpus"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// Role indices of AttributionScore.
const (
	roleSource = iota
	roleCue
	roleContent
	roles
)

var roleNames = [roles]string{"source", "cue", "content"}

// The subsets in which linked attributions are counted.
const (
	subsetAll = iota
	subsetCore
	subsetQuoted
	subsets
)

var subsetNames = [subsets]string{"all", "core", "quoted"}

// Count is a tally of true positives, predictions and gold items.
type Count struct{ True, Predicted, Gold int }

// Precision is in percent.
func (c Count) Precision() float64 { return 100 * float64(c.True) / float64(max(1, c.Predicted)) }

// Recall is in percent.
func (c Count) Recall() float64 { return 100 * float64(c.True) / float64(max(1, c.Gold)) }

// F1 is in percent.
func (c Count) F1() float64 {
	return 200 * float64(c.True) / float64(max(1, c.Predicted+c.Gold))
}

// SubsetCount is a tally in a subset, where a prediction inside may match gold
// outside and the other way round: how many of Predicted are Right, how many
// of Gold are Found.
type SubsetCount struct{ Right, Predicted, Found, Gold int }

// Precision is in percent.
func (c SubsetCount) Precision() float64 {
	return 100 * float64(c.Right) / float64(max(1, c.Predicted))
}

// Recall is in percent.
func (c SubsetCount) Recall() float64 { return 100 * float64(c.Found) / float64(max(1, c.Gold)) }

// F1 is the harmonic mean of precision and recall, in percent.
func (c SubsetCount) F1() float64 {
	p, r := c.Precision(), c.Recall()
	return 2 * p * r / max(p+r, 1e-9)
}

// AttributionScore holds the measures of attribution. The unit is the whole
// role of one attribution, possibly discontinuous, as a set of word tokens
// (punctuation does not count). Overlap is token-Jaccard ≥ 0.5, one to one.
// Linked: content and source overlap those of the same gold attribution; where
// the gold has no source, none may be predicted.
//
// Quoted: more than half of the words of the content stand inside quotation
// marks. Core: quoted, or the cue is one of the common verbs of speech or
// "according to". In a subset, precision is over the predictions in the subset
// and recall over the gold in it, each matched against everything.
type AttributionScore struct {
	Exact   [roles]Count
	Overlap [roles]Count
	Linked  [subsets]SubsetCount
	Missed  []Miss // gold that is not linked, for looking at errors
	False   []Miss // predictions that are not linked
}

// Miss is an attribution that did not match, with the text of its roles.
type Miss struct{ Source, Cue, Content string }

type wordSet map[int32]bool

func jaccard(a, b wordSet) float64 {
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

func (a wordSet) equal(b wordSet) bool {
	return len(a) == len(b) && jaccard(a, b) == 1
}

type item struct {
	set  [roles]wordSet
	in   [subsets]bool
	text Miss
}

func wordsOf(d *token.Doc, spans []record.Span) wordSet {
	out := wordSet{}
	for _, s := range spans {
		i := sort.Search(len(d.Tokens), func(i int) bool { return int(d.Tokens[i].End) > s.Start })
		for ; i < len(d.Tokens) && int(d.Tokens[i].Start) < s.End; i++ {
			if isWord(d.Word(i)) {
				out[int32(i)] = true
			}
		}
	}
	return out
}

func isWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r < 0x2000 || r > 0x2E7F
	})
}

func surface(text string, spans []record.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, text[s.Start:s.End])
	}
	return strings.Join(out, " … ")
}

func makeItem(d *token.Doc, inQuote []bool, a corpus.Attribution) item {
	var it item
	for r, spans := range [roles][]record.Span{a.Source, a.Cue, a.Content} {
		it.set[r] = wordsOf(d, spans)
	}
	it.text = Miss{surface(d.Text, a.Source), surface(d.Text, a.Cue), surface(d.Text, a.Content)}
	quoted := 0
	for i := range it.set[roleContent] {
		if inQuote[i] {
			quoted++
		}
	}
	it.in[subsetAll] = true
	it.in[subsetQuoted] = quoted*2 > len(it.set[roleContent])
	it.in[subsetCore] = it.in[subsetQuoted] || isCommonCue(it.text.Cue)
	return it
}

// commonCues are the forms of the common verbs of speech: the ones that a
// first list of any quotation extractor holds.
var commonCues = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`say says said saying tell tells told telling add adds added adding
		announce announces announced announcing argue argues argued arguing ask asks asked asking claim claims claimed claiming
		declare declares declared declaring deny denies denied denying explain explains explained explaining insist insists insisted
		insisting note notes noted noting report reports reported reporting state states stated stating suggest suggests suggested
		suggesting tweet tweets tweeted tweeting warn warns warned warning write writes wrote writing written`) {
		commonCues[w] = true
	}
}

func isCommonCue(cue string) bool {
	cue = strings.ToLower(cue)
	if strings.HasPrefix(cue, "according to") {
		return true
	}
	for _, w := range strings.Fields(cue) {
		if commonCues[w] {
			return true
		}
	}
	return false
}

// Add counts one document.
func (s *AttributionScore) Add(d *token.Doc, gold, predicted []corpus.Attribution) {
	inQuote := make([]bool, len(d.Tokens))
	for _, q := range token.Quotes(d) {
		for i := q.Inner.First; i < q.Inner.Last; i++ {
			inQuote[i] = true
		}
	}
	g, p := make([]item, len(gold)), make([]item, len(predicted))
	for i, a := range gold {
		g[i] = makeItem(d, inQuote, a)
	}
	for i, a := range predicted {
		p[i] = makeItem(d, inQuote, a)
	}
	for r := range roles {
		s.Exact[r].add(g, p, r, func(a, b wordSet) float64 {
			if a.equal(b) {
				return 1
			}
			return 0
		})
		s.Overlap[r].add(g, p, r, jaccard)
	}
	s.link(g, p)
}

func (c *Count) add(g, p []item, role int, similar func(a, b wordSet) float64) {
	for i := range g {
		if len(g[i].set[role]) > 0 {
			c.Gold++
		}
	}
	for i := range p {
		if len(p[i].set[role]) > 0 {
			c.Predicted++
		}
	}
	g2p := match(g, p, func(a, b *item) float64 { return similar(a.set[role], b.set[role]) })
	for _, i := range g2p {
		if i >= 0 {
			c.True++
		}
	}
}

func tally(all, good *int, in, ok bool) {
	if in {
		*all++
		if ok {
			*good++
		}
	}
}

// match pairs gold with predictions one to one, the most alike first, if they
// are alike by at least a half. It returns the prediction of each gold, -1 for none.
func match(g, p []item, similar func(a, b *item) float64) []int {
	type pair struct {
		v    float64
		i, j int
	}
	var pairs []pair
	for i := range g {
		for j := range p {
			if v := similar(&g[i], &p[j]); v >= 0.5 {
				pairs = append(pairs, pair{v, i, j})
			}
		}
	}
	sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].v > pairs[b].v })
	out := make([]int, len(g))
	for i := range out {
		out[i] = -1
	}
	used := make([]bool, len(p))
	for _, x := range pairs {
		if out[x.i] < 0 && !used[x.j] {
			out[x.i], used[x.j] = x.j, true
		}
	}
	return out
}

func (s *AttributionScore) link(g, p []item) {
	g2p := match(g, p, func(a, b *item) float64 {
		v := jaccard(a.set[roleContent], b.set[roleContent])
		src := jaccard(a.set[roleSource], b.set[roleSource])
		if len(a.set[roleSource]) == 0 && len(b.set[roleSource]) == 0 {
			src = 1
		}
		if src < 0.5 {
			return 0
		}
		return v
	})
	linked := make([]bool, len(p))
	for i, j := range g2p {
		if j >= 0 {
			linked[j] = true
		} else {
			s.Missed = append(s.Missed, g[i].text)
		}
	}
	for x := range subsets {
		c := &s.Linked[x]
		for i := range g {
			tally(&c.Gold, &c.Found, g[i].in[x], g2p[i] >= 0)
		}
		for j := range p {
			tally(&c.Predicted, &c.Right, p[j].in[x], linked[j])
		}
	}
	for j := range p {
		if !linked[j] {
			s.False = append(s.False, p[j].text)
		}
	}
}

// Print writes the table of measures.
func (s *AttributionScore) Print(w io.Writer) {
	fmt.Fprintf(w, "%-18s %6s %6s %6s\n", "", "P", "R", "F1")
	line := func(name string, p, r, f1 float64) { fmt.Fprintf(w, "%-18s %6.1f %6.1f %6.1f\n", name, p, r, f1) }
	for r, n := range roleNames {
		line("exact "+n, s.Exact[r].Precision(), s.Exact[r].Recall(), s.Exact[r].F1())
	}
	for r, n := range roleNames {
		line("overlap "+n, s.Overlap[r].Precision(), s.Overlap[r].Recall(), s.Overlap[r].F1())
	}
	for x, n := range subsetNames {
		line(fmt.Sprintf("linked %s (%d)", n, s.Linked[x].Gold), s.Linked[x].Precision(), s.Linked[x].Recall(), s.Linked[x].F1())
	}
}
