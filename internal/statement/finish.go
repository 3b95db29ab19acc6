package statement

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// bare takes the marks off the ends of r that belong to neither side: a comma
// after a source, a full stop after a content. Quotation marks stay.
func (c *Columns) bare(r token.Range) token.Range {
	loose := func(i int32) bool {
		switch c.d.Word(int(i)) {
		case ",", ".", ";", ":", "—", "–", "-":
			return c.quote[i] == quoteOutside
		}
		return false
	}
	for n := 0; n < maxTrim && r.Len() > 1 && loose(r.Last-1); n++ {
		r.Last--
	}
	for n := 0; n < maxTrim && r.Len() > 1 && loose(r.First); n++ {
		r.First++
	}
	return r
}

// widen takes a relative clause into a source that it defines: "a source from
// the delegation that took part in the talks told …".
func (c *Columns) widen(st *Statement) {
	if len(st.Source) != 1 || len(st.Cue) == 0 {
		return
	}
	r := &st.Source[0]
	h := c.headOf(*r)
	for k := range c.t.Children(h) {
		if c.t.Rel[k] != syntax.AclRelcl && c.t.Rel[k] != syntax.Acl {
			continue
		}
		if e := c.bare(c.t.Subtree(k)); e.First == r.Last && e.Last == st.Cue[0].First {
			r.Last = e.Last
		}
	}
}

// isScare reports whether st is no more than a phrase in marks with a
// participle before it: the so-called "winter clause".
func (c *Columns) isScare(st *Statement) bool {
	if len(st.Source) > 0 || len(st.Content) != 1 || st.Content[0].Len() > minFreeQuote+2 || c.typeOf(st.Content, false) != record.Direct {
		return false
	}
	h := c.cueHead(st.Cue[0])
	return c.t.Rel[h] == syntax.Amod || h > 1 && c.d.Word(h-1) == "-" && c.t.Lemma[h-2] == "so"
}

// isNaming reports whether the cue of st gives its source a name: "a group called the
// Red Bands".
func (c *Columns) isNaming(st *Statement) bool {
	if len(st.Source) != 1 || len(st.Cue) == 0 {
		return false
	}
	h := c.cueHead(st.Cue[0])
	switch c.t.Lemma[h] {
	case "call", "name":
		return c.t.Tag[h] == syntax.TagVBN && c.t.Rel[h] == syntax.Acl && int(c.t.Head[h]) == c.headOf(st.Source[0])
	}
	return false
}

// snap makes the contents of st end at quotation marks where they end next to
// them: the marks of a quotation belong to the content.
func (c *Columns) snap(st *Statement) {
	for _, rs := range [][]token.Range{st.Source, st.Cue, st.Content} {
		for i := range rs {
			rs[i] = c.bare(rs[i])
		}
	}
	for i := range st.Content {
		r := &st.Content[i]
		if q := c.quoteAt(r.First); q != nil && q.Open >= 0 && q.Inner.First == r.First {
			r.First = q.Open
		}
		last := r.Last - 1
		if q := c.quoteAt(last); q != nil && q.Close < 0 && q.Inner.Last > last && c.onlyPunct(last+1, q.Inner.Last) {
			r.Last = q.Inner.Last // it goes on in the next paragraph
		} else if q != nil && q.Close >= 0 && q.Close > last && c.onlyPunct(last+1, q.Close) {
			r.Last = q.Close + 1
		}
	}
	st.Content = c.merge(st.Content)
}

// curb cuts a source where a phrase between commas tells how or where it spoke:
// "The president, through a spokesman, said".
func (c *Columns) curb(st *Statement) {
	if len(st.Source) != 1 || len(st.Cue) == 0 || st.Source[0].First > st.Cue[0].First {
		return
	}
	r := &st.Source[0]
	for i := r.First + 1; i+1 < r.Last; i++ {
		if c.d.Word(int(i)) != "," {
			continue
		}
		if u := c.t.UPOS[i+1]; u == syntax.ADP && !belongs[c.d.Word(int(i+1))] || u == syntax.SCONJ {
			r.Last = i
			return
		}
		if c.t.UPOS[i+1] != syntax.ADP {
			return
		}
	}
}

// belongs are prepositions that tell who a source is: "Ms Roe, of Unity".
var belongs = map[string]bool{"of": true, "from": true, "with": true, "for": true, "at": true}

// trim takes off a content that continues a quotation what stands before its
// opening mark and belongs to the sentence of the attribution: `"A," she said,
// stirring her tea. "B."`
func (c *Columns) trim(st *Statement) {
	if len(st.Content) < 2 || c.quote[st.Content[0].First] == quoteOutside {
		return
	}
	for i := 1; i < len(st.Content); i++ {
		r := &st.Content[i]
		if c.quote[r.First] != quoteOutside {
			continue
		}
		for k := r.First; k < r.Last; k++ {
			if c.quote[k] == quoteOpen {
				if c.isSentenceStart(int(k)) {
					r.First = k
				}
				break
			}
		}
	}
}

func (c *Columns) quoteAt(i int32) *token.Quote {
	if x := c.quoteOf[i]; x >= 0 {
		return &c.quotes[x]
	}
	return nil
}

func (c *Columns) onlyPunct(from, to int32) bool {
	for i := from; i < to; i++ {
		if hasLetter(c.d.Word(int(i))) {
			return false
		}
	}
	return true
}

// merge sorts rs and joins those that touch or overlap in a paragraph.
func (c *Columns) merge(rs []token.Range) []token.Range {
	slices.SortFunc(rs, func(a, b token.Range) int { return int(a.First - b.First) })
	out := rs[:0]
	for _, r := range rs {
		if n := len(out); n > 0 && (r.First < out[n-1].Last || r.First == out[n-1].Last && r.First < c.paragraph(out[n-1].First).Last) {
			out[n-1].Last = max(out[n-1].Last, r.Last)
			continue
		}
		out = append(out, r)
	}
	return out
}

// minFreeQuote is the number of tokens from which a quotation that no
// statement covers is taken for speech, not for a title or a scare quote.
const minFreeQuote = 4

// adoptQuotes gives the quotations that no statement covers to the statement
// they continue: the rest of a run of quotation in the same paragraph, a
// paragraph reopened with a mark, a paragraph that is a quotation throughout.
func (c *Columns) adoptQuotes(out []Statement) []Statement {
	of := make([]int32, len(c.d.Tokens)) // statement of each token, plus 1
	for i := range out {
		for _, rs := range [][]token.Range{out[i].Content, out[i].Source} {
			for _, r := range rs {
				for k := r.First; k < r.Last; k++ {
					of[k] = int32(i) + 1
				}
			}
		}
	}
	owner := make([]int, len(c.quotes)) // statement of each outermost quotation, -1 for none
	for x, q := range c.quotes {
		owner[x] = -1
		if q.Depth > 0 {
			continue
		}
		for k := q.Inner.First; k < q.Inner.Last && owner[x] < 0; k++ {
			owner[x] = int(of[k]) - 1
		}
	}
	last := map[int32]int{} // by the first token of a paragraph: its last statement with a source
	for i := range out {
		if len(out[i].Source) > 0 {
			p := c.paragraph(out[i].Content[0].First).First
			if k, ok := last[p]; !ok || out[k].Content[0].First < out[i].Content[0].First {
				last[p] = i
			}
		}
	}
	prev := -1
	for x, q := range c.quotes {
		if q.Depth > 0 || q.Inner.Len() < minFreeQuote {
			continue
		}
		if owner[x] >= 0 {
			prev = x
			continue
		}
		p := c.paragraph(q.Inner.First)
		whole := token.Range{First: q.Inner.First, Last: q.Inner.Last}
		if q.Open >= 0 {
			whole.First = q.Open
		}
		if q.Close >= 0 {
			whole.Last = q.Close + 1
		}
		speaker, follows := last[c.paragraphBefore(p).First]
		if prev >= 0 && owner[prev] >= 0 && c.paragraphBefore(p) == c.paragraph(c.quotes[prev].Inner.First) {
			speaker, follows = c.speaker(out, owner[prev]), true
		}
		switch {
		case prev >= 0 && owner[prev] >= 0 && (c.continues(c.quotes[prev], whole, p, out[owner[prev]]) || q.Continued):
			st := &out[owner[prev]]
			st.Content = c.merge(append(st.Content, whole))
			owner[x] = owner[prev]
		case follows && c.onlyPunct(p.First, whole.First) && c.onlyPunct(whole.Last, p.Last):
			owner[x] = len(out)
			out = append(out, Statement{Content: []token.Range{whole}, SpeakerOf: speaker, Within: -1, Score: out[speaker].Score})
		default:
			continue
		}
		prev = x
	}
	return out
}

// speaker is the statement whose source speaks in statement i.
func (c *Columns) speaker(out []Statement, i int) int {
	if out[i].SpeakerOf >= 0 {
		return out[i].SpeakerOf
	}
	return i
}

// continues reports whether the quotation whole goes on after quotation q of
// statement st without anything between but the attribution: `"A," he said. "B."`
func (c *Columns) continues(q token.Quote, whole, p token.Range, st Statement) bool {
	if q.Inner.First < p.First || whole.First < q.Inner.Last {
		return false
	}
	parts := append(append(append([]token.Range{}, st.Source...), st.Cue...), st.Content...)
	last := q.Inner.Last
	for _, r := range parts {
		last = max(last, r.Last)
	}
	return last <= whole.First && c.sentence[whole.First]-c.sentence[last-1] <= 1 && c.isSentenceStart(int(whole.First)) &&
		(c.onlyPunct(last, whole.First) || int(whole.First)-int(last) <= 12 && c.sentence[last-1] == c.sentence[whole.First-1])
}

func (c *Columns) paragraph(i int32) token.Range {
	x, ok := slices.BinarySearchFunc(c.d.Paragraphs, i, func(r token.Range, i int32) int {
		switch {
		case r.Last <= i:
			return -1
		case r.First > i:
			return 1
		}
		return 0
	})
	if !ok {
		return token.Range{}
	}
	return c.d.Paragraphs[x]
}

func (c *Columns) paragraphBefore(p token.Range) token.Range {
	if p.First == 0 {
		return token.Range{First: -1, Last: -1}
	}
	return c.paragraph(p.First - 1)
}

// nest looks for statements inside the contents of a statement: "X told Y that
// Z had warned …". What it finds has a cue and a source of its own.
func (m *Model) nest(c *Columns, s *Scratch, out []Statement, i int) []Statement {
	cut := int32(m.numbers["nested"])
	for _, r := range out[i].Content {
		if r.Len() < minNested || r.Len() > maxNested {
			continue
		}
		inner := c.said(r)
		if inner.Len() < minNested-1 || !c.mayTell(inner) {
			continue
		}
		sub := m.alone(c, inner)
		for _, st := range m.read(sub, s, token.Range{Last: int32(inner.Len())}, cut) {
			if len(st.Source) == 0 || sub.isFirstPerson(st.Source[0]) {
				continue
			}
			for _, rs := range [][]token.Range{st.Source, st.Cue, st.Content} {
				for k := range rs {
					rs[k].First, rs[k].Last = rs[k].First+inner.First, rs[k].Last+inner.First
				}
			}
			st.Within = i
			out = append(out, st)
		}
	}
	return out
}

// mayTell reports whether r holds a likely cue with a subject of its own, or an
// "according".
func (c *Columns) mayTell(r token.Range) bool {
	for i := r.First; i < r.Last; i++ {
		if c.prior[i] < likelyCue-1 {
			continue
		}
		if k := c.t.Child(int(i), syntax.Nsubj, syntax.NsubjPass); int32(k) >= r.First && int32(k) < r.Last || c.t.Lemma[i] == "accord" {
			return true
		}
	}
	return false
}

// said is the content r without what makes it a content: the marks around it
// and the "that" before it.
func (c *Columns) said(r token.Range) token.Range {
	outer := func(i int32) bool {
		return c.quote[i] == quoteOpen || c.quote[i] == quoteClose || c.rel[i] == relMark && c.t.Lemma[i] == "that"
	}
	for n := 0; n < maxTrim && r.Len() > 0 && outer(r.First); n++ {
		r.First++
	}
	for n := 0; n < maxTrim && r.Len() > 0 && outer(r.Last-1); n++ {
		r.Last--
	}
	return r
}

// alone is the columns of the tokens r as a document of their own: inside of a
// content, the cue that it hangs on must not be seen, or all of it is content.
func (m *Model) alone(c *Columns, r token.Range) *Columns {
	base := c.d.Tokens[r.First].Start
	d := &token.Doc{Text: c.d.Text[base:c.d.Tokens[r.Last-1].End], Tokens: slices.Clone(c.d.Tokens[r.First:r.Last])}
	for i := range d.Tokens {
		d.Tokens[i].Start -= base
		d.Tokens[i].End -= base
	}
	d.Paragraphs = []token.Range{{Last: int32(r.Len())}}
	for k := c.sentence[r.First]; k <= c.sentence[r.Last-1]; k++ {
		s := c.d.Sentences[k]
		d.Sentences = append(d.Sentences, token.Range{First: max(s.First, r.First) - r.First, Last: min(s.Last, r.Last) - r.First})
	}
	t := syntax.NewTree(r.Len())
	for i := range t.Head {
		k := int(r.First) + i
		t.UPOS[i], t.Tag[i], t.Lemma[i] = c.t.UPOS[k], c.t.Tag[k], c.t.Lemma[k]
		if h := c.t.Head[k]; h >= r.First && h < r.Last {
			t.Head[i], t.Rel[i] = h-r.First, c.t.Rel[k]
		}
	}
	t.Index()
	return m.Columns(d, t)
}

// isFirstPerson reports whether the speaker of a content speaks of himself in
// it: "we want peace" is what he says, not one more statement.
func (c *Columns) isFirstPerson(r token.Range) bool {
	switch c.t.Lemma[c.headOf(r)] {
	case "I", "i", "we", "you":
		return true
	}
	return false
}

const (
	minNested = 6    // tokens of a content that may hold a statement
	maxNested = 4000 // beyond, it is no content but a failure
)

// cite adds the statements of those whom a speaker cites, with what the
// speaker says of them as content: "…, state television reported, citing the
// ministry".
func (m *Model) cite(c *Columns, out []Statement, i int) []Statement {
	if len(out[i].Cue) == 0 {
		return out
	}
	t := c.t
	h := c.cueHead(out[i].Cue[0])
	for k := range t.Children(h) {
		if t.Rel[k] != syntax.Advcl || t.Lemma[k] != "cite" && t.Lemma[k] != "quote" {
			continue
		}
		if y := t.Child(k, syntax.Obj); y > k && isNominal(t.UPOS[y]) && !overlapsAny(t.Subtree(k), out[i].Content) {
			cue := token.Range{First: int32(k), Last: int32(k) + 1}
			out = append(out, Statement{
				Source: []token.Range{c.nounPhrase(y)}, Cue: []token.Range{cue}, Content: slices.Clone(out[i].Content),
				Score: out[i].Score, SpeakerOf: -1, Within: i,
			})
		}
	}
	return out
}

// isCitation reports whether st takes the one who is cited for what is said:
// a cue "cite" whose content is a bare noun phrase.
func (c *Columns) isCitation(st *Statement) bool {
	h := c.cueHead(st.Cue[0])
	if c.t.Lemma[h] != "cite" || len(st.Content) != 1 {
		return false
	}
	y := c.headOf(st.Content[0])
	return c.t.Rel[y] == syntax.Obj && isNominal(c.t.UPOS[y])
}

// isGloss reports whether st is the reporter's word on what a speaker means.
func (c *Columns) isGloss(st *Statement) bool {
	h := c.cueHead(st.Cue[0])
	return frames.gloss[c.t.Lemma[h]] && c.t.Tag[h] == syntax.TagVBG && c.t.Head[h] >= 0
}

// implySource finds the source of a statement that shares its subject with
// the clause it hangs on: "…, he added, saying that …", "X denied A and accused B".
func (c *Columns) implySource(st *Statement) {
	if len(st.Source) > 0 || len(st.Cue) == 0 {
		return
	}
	t := c.t
	v := c.cueHead(st.Cue[0])
	cue := v
	for range 4 {
		if t.UPOS[v] == syntax.NOUN {
			if t.Rel[v] == syntax.Obj || t.Rel[v] == syntax.Obl {
				v = int(t.Head[v])
				continue
			}
			return
		}
		for k := range t.Children(v) {
			if r := t.Rel[k]; v != cue && (r == syntax.Nsubj || r == syntax.NsubjPass) && isNominal(t.UPOS[k]) && !overlapsAny(t.Subtree(k), st.Content) {
				st.Source = []token.Range{c.nounPhrase(k)}
				st.Implied = true
				return
			}
		}
		switch t.Rel[v] {
		case syntax.Advcl, syntax.Conj, syntax.Xcomp, syntax.Parataxis, syntax.Ccomp:
		case syntax.Acl:
		default:
			return
		}
		h := int(t.Head[v])
		if h < 0 {
			return
		}
		if t.Rel[v] == syntax.Acl {
			st.Source = []token.Range{c.nounPhrase(h)}
			st.Implied = true
			return
		}
		v = h
	}
}

// labelled reads paragraphs of the form "Analyst X: …", which have no cue.
func (c *Columns) labelled(p token.Range, names []name.Name) (Statement, bool) {
	colon := int32(-1)
	for i := p.First; i < min(p.Last, p.First+maxLabel); i++ {
		if w := c.d.Word(int(i)); w == ":" || (w == "—" || w == "–" || w == "-") && i > p.First {
			colon = i
			break
		}
	}
	if colon <= p.First || colon+2 >= p.Last {
		return Statement{}, false
	}
	n := nameAt(names, int(colon)-1)
	label := token.Range{First: p.First, Last: colon}
	if n == nil || n.Kind != name.Person || n.First < label.First {
		return Statement{}, false
	}
	for i := label.First; i < label.Last; i++ {
		if c.quote[i] != quoteOutside || c.t.UPOS[i] == syntax.VERB && c.prior[i] > 2 {
			return Statement{}, false
		}
	}
	body := token.Range{First: colon + 1, Last: p.Last}
	if c.d.Word(int(colon)) != ":" && c.quote[body.First] != quoteOpen {
		return Statement{}, false
	}
	if c.quote[body.First] == quoteOpen {
		if q := c.quoteAt(body.First); q != nil && q.Close >= 0 && q.Close < body.Last {
			body.Last = q.Close + 1
		}
	}
	return Statement{Source: []token.Range{label}, Content: []token.Range{body}, SpeakerOf: -1, Within: -1}, true
}

const maxLabel = 12 // tokens before the colon of "Analyst X: …"
