package statement

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// voteTree marks the drafts that the tree suggests.
const voteTree = 1 << len(Settings)

// suggest adds the drafts that grammar allows for the words of p that are
// often cues: the subject says the clause that is its complement, the object,
// or the quotation next to the verb. The judge decides what they are worth.
func (c *Columns) suggest(pool *pool, s *Scratch, found [len(Settings)][]Segment, p token.Range) {
	marked := map[int32]token.Range{}
	for _, segs := range found {
		for _, g := range segs {
			for i := g.First; g.Role == RoleCue && g.Len() <= 4 && i < g.Last; i++ {
				if _, ok := marked[i]; !ok {
					marked[i] = g.Range
				}
			}
		}
	}
	for h := p.First; h < p.Last; h++ {
		if c.prior[h] < minSuggestPrior || c.t.UPOS[h] != syntax.VERB {
			continue
		}
		cue := Segment{Role: RoleCue, Range: token.Range{First: h, Last: h + 1}}
		if r, ok := marked[h]; ok { // the chain knows which auxiliaries belong to it
			cue.Range = r
		}
		lo := int(p.First)
		cue.Margin = s.margin(RoleCue, cue.Range, lo)
		source := Segment{Role: RoleSource, Range: c.subject(int(h))}
		if source.First < p.First || source.Last > p.Last {
			source.Range = token.Range{}
		}
		if source.Len() > 0 {
			source.Margin = s.margin(RoleSource, source.Range, lo)
		}
		for _, r := range c.contents(int(h), cue.Range, p) {
			if r.First <= cue.First && cue.Last <= r.Last || overlapsAny(source.Range, []token.Range{r}) || r.First < p.First || r.Last > p.Last || r.Len() <= 0 {
				continue
			}
			content := Segment{Role: RoleContent, Range: r, Margin: s.margin(RoleContent, r, lo)}
			pool.add(Draft{Cue: cue, Source: source, Content: []Segment{content}, Votes: voteTree})
		}
	}
}

// minSuggestPrior is the prior from which on a verb is taken for a cue here:
// at least three in a hundred of its occurrences.
const minSuggestPrior = 3

// subject is the noun phrase that speaks through h: its subject, that of the
// verb which controls it ("X sent a letter, urging …"), or the noun that it
// modifies ("a letter urging …"). It is empty if there is none.
func (c *Columns) subject(h int) token.Range {
	for range maxControl {
		if k := c.t.Child(h, syntax.Nsubj, syntax.NsubjPass); k >= 0 {
			return c.shaved(c.t.Subtree(k))
		}
		up := int(c.t.Head[h])
		switch rel := c.t.Rel[h]; {
		case up < 0:
			return token.Range{}
		case rel == syntax.Acl:
			r := c.t.Subtree(up)
			r.Last = min(r.Last, c.t.Subtree(h).First)
			return c.shaved(r)
		case rel != syntax.Xcomp && rel != syntax.Advcl && rel != syntax.Conj:
			return token.Range{}
		}
		h = up
	}
	return token.Range{}
}

const maxControl = 4 // verbs looked at for a subject

// shaved is r without punctuation at its ends.
func (c *Columns) shaved(r token.Range) token.Range {
	for n := 0; n < maxTrim && r.Len() > 1 && c.t.UPOS[r.Last-1] == syntax.PUNCT; n++ {
		r.Last--
	}
	for n := 0; n < maxTrim && r.Len() > 1 && c.t.UPOS[r.First] == syntax.PUNCT; n++ {
		r.First++
	}
	return r
}

// contents are the ranges that may be what h says.
func (c *Columns) contents(h int, cue, p token.Range) []token.Range {
	var out []token.Range
	add := func(r token.Range) {
		for n := 0; n < maxTrim && r.Len() > 1 && c.t.UPOS[r.Last-1] == syntax.PUNCT && c.quote[r.Last-1] == quoteOutside; n++ {
			r.Last--
		}
		for n := 0; n < maxTrim && r.Len() > 1 && c.t.UPOS[r.First] == syntax.PUNCT && c.quote[r.First] == quoteOutside; n++ {
			r.First++
		}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	s := c.d.Sentences[c.sentence[h]]
	for k := range c.t.Children(h) {
		switch c.t.Rel[k] {
		case syntax.Ccomp, syntax.Xcomp, syntax.Obj, syntax.Parataxis:
			r := c.t.Subtree(k)
			add(r)
			if r.First > cue.First {
				add(token.Range{First: r.First, Last: s.Last})
			}
		}
	}
	if c.t.Rel[h] == syntax.Parataxis { // the sentence before is what is said
		add(token.Range{First: s.First, Last: min(c.t.Subtree(h).First, cue.First)})
	}
	for _, q := range [2]int32{c.quoteBefore(s, cue.First), c.quoteAfter(s, cue.Last)} {
		if q >= 0 {
			r := c.quotes[q].Inner
			r.First = max(c.quotes[q].Open, p.First)
			if c.quotes[q].Close >= 0 {
				r.Last = c.quotes[q].Close + 1
			}
			add(r)
		}
	}
	return out
}

// quoteBefore is the quotation that ends last in s before token i, -1 for none.
func (c *Columns) quoteBefore(s token.Range, i int32) int32 {
	for k := i - 1; k >= max(s.First, i-maxReach); k-- {
		if c.quoteOf[k] >= 0 && c.quotes[c.quoteOf[k]].Depth == 0 {
			return c.quoteOf[k]
		}
	}
	return -1
}

// quoteAfter is the quotation that begins first in s after token i, -1 for none.
func (c *Columns) quoteAfter(s token.Range, i int32) int32 {
	for k := i; k < min(s.Last, i+maxReach); k++ {
		if c.quoteOf[k] >= 0 && c.quotes[c.quoteOf[k]].Depth == 0 {
			return c.quoteOf[k]
		}
	}
	return -1
}

const maxTrim = 6   // marks taken off an end of a content
const maxReach = 40 // tokens between a verb and the quotation it introduces
