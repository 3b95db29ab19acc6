package statement

import (
	"strings"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// describe fills what follows from the spans of a statement: type, kind,
// stance, and how we know it.
func (m *Model) describe(c *Columns, names []name.Name, st *Statement) {
	st.Type = c.typeOf(st.Content, st.Within >= 0)
	if len(st.Cue) == 0 {
		st.Kind, st.Stance = record.Speech, "says"
		return
	}
	h := c.cueHead(st.Cue[0])
	class := m.cueClass(c.t, h)
	st.Kind, st.Stance = class.kind, class.stance
	st.CueLemma = c.t.Lemma[h]
	if st.Kind == "" {
		st.Kind, st.Stance = record.Speech, "says"
	}
	if c.t.UPOS[h] == syntax.VERB && c.negated(h) && st.Kind == record.Speech {
		st.Stance = "declines"
	}
	c.findAddressee(st, h, names)
	c.findCircumstances(st, h, names)
}

// typeOf tells how much of the words of content stands in quotation marks. Of
// a statement inside another, the marks of the outer one do not count.
func (c *Columns) typeOf(content []token.Range, nested bool) record.StatementType {
	in, out := 0, 0
	for _, r := range content {
		for i := r.First; i < r.Last; i++ {
			switch {
			case c.t.UPOS[i] == syntax.PUNCT && !hasLetter(c.d.Word(int(i))):
			case c.quote[i] == quoteInside && (!nested || c.quotes[c.innerOf[i]].Open >= r.First):
				in++
			default:
				out++
			}
		}
	}
	switch {
	case in == 0:
		return record.Indirect
	case out == 0:
		return record.Direct
	}
	return record.Mixed
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 0xBF && r < 0x2000
	})
}

// cueHead is the word of the cue that carries its meaning: the last verb of
// "has been saying", the noun of "in a statement".
func (c *Columns) cueHead(r token.Range) int {
	best := -1
	for i := r.First; i < r.Last; i++ {
		if c.mayBeCue(int(i)) && (best < 0 || c.prior[i] > c.prior[best]) {
			best = int(i)
		}
	}
	if best < 0 {
		best = c.headOf(r)
	}
	return best
}

func (m *Model) cueClass(t *syntax.Tree, i int) cueClass {
	table := m.lexicon.verbs
	if t.UPOS[i] == syntax.NOUN {
		table = m.lexicon.nouns
	}
	return table[t.Lemma[i]]
}

func (c *Columns) negated(h int) bool {
	for k := range c.t.Children(h) {
		switch c.t.Lemma[k] {
		case "not", "n't", "never":
			return k < h
		}
	}
	return false
}

// findAddressee reads "told reporters", "said to X", "asked X", "speaking to X".
func (c *Columns) findAddressee(st *Statement, h int, names []name.Name) {
	t := c.t
	if t.UPOS[h] != syntax.VERB {
		return
	}
	free := func(k int) bool {
		r := token.Range{First: int32(k), Last: int32(k) + 1} // the tree may hang the content on it
		return !overlapsAny(r, st.Content) && !overlapsAny(r, st.Source) && t.UPOS[k] != syntax.SCONJ
	}
	if frames.addressee[t.Lemma[h]] {
		for k := range t.Children(h) {
			if r := t.Rel[k]; (r == syntax.Obj || r == syntax.Iobj || r == syntax.Obl && t.Child(k, syntax.Case) < 0) && k > h && free(k) && isNominal(t.UPOS[k]) {
				c.address(st, k, names)
				return
			}
		}
	}
	for v := range c.chainOf(h) {
		for k := range t.Children(v) {
			if t.Rel[k] != syntax.Obl || !free(k) || !isNominal(t.UPOS[k]) {
				continue
			}
			if p := t.Child(k, syntax.Case); p >= 0 && (t.Lemma[p] == "to" || t.Lemma[p] == "with" && t.Lemma[v] == "speak") {
				c.address(st, k, names)
				return
			}
		}
	}
}

// address makes the noun phrase of k the addressee of st. A place that hangs on
// it is where it was said: "told reporters in Geneva".
func (c *Columns) address(st *Statement, k int, names []name.Name) {
	st.Addressee = c.nounPhrase(k)
	for _, r := range st.Content {
		if r.First > int32(k) {
			st.Addressee.Last = min(st.Addressee.Last, r.First)
		}
	}
	for x := range c.t.Children(k) {
		if n := nameAt(names, x); x > k && n != nil && isPlaceName(n) && placePrep(c.t, x) {
			st.Place = n.Range
			st.Addressee.Last = min(st.Addressee.Last, c.t.Subtree(x).First)
		}
	}
}

// chainOf yields the cue's head and the participles that hang on it
// ("said, speaking to reporters").
func (c *Columns) chainOf(h int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if !yield(h) {
			return
		}
		for k := range c.t.Children(h) {
			if c.t.Rel[k] == syntax.Advcl && (c.t.Lemma[k] == "speak" || c.t.Lemma[k] == "talk" || c.t.Lemma[k] == "address") && !yield(k) {
				return
			}
		}
	}
}

func isNominal(u syntax.UPOS) bool {
	return u == syntax.NOUN || u == syntax.PROPN || u == syntax.PRON
}

// nounPhrase is the subtree of k without its case marker and without a clause
// that follows.
func (c *Columns) nounPhrase(k int) token.Range {
	r := c.t.Subtree(k)
	for x := range c.t.Children(k) {
		switch c.t.Rel[x] {
		case syntax.Case, syntax.Punct:
			if x < k && int32(x) >= r.First && x+1 <= k {
				r.First = max(r.First, int32(x)+1)
			} else if x > k {
				r.Last = min(r.Last, int32(x))
			}
		case syntax.AclRelcl, syntax.Parataxis, syntax.Appos:
			if x > k {
				r.Last = min(r.Last, c.t.Subtree(x).First)
			}
		}
	}
	r.First, r.Last = min(r.First, int32(k)), max(r.Last, int32(k)+1)
	for r.Last-1 > int32(k) && c.t.UPOS[r.Last-1] == syntax.PUNCT {
		r.Last--
	}
	return r
}

func overlapsAny(r token.Range, with []token.Range) bool {
	for _, o := range with {
		if r.First < o.Last && o.First < r.Last {
			return true
		}
	}
	return false
}

// findCircumstances reads medium, place and time off the obliques of the cue:
// "in a post on X", "from Tirana", "on Thursday".
func (c *Columns) findCircumstances(st *Statement, h int, names []name.Name) {
	t := c.t
	for v := range c.chainOf(h) {
		for k := range t.Children(v) {
			rel := t.Rel[k].Universal()
			if rel != syntax.Obl && rel != syntax.Nmod || overlapsAny(t.Subtree(k), st.Content) || overlapsAny(t.Subtree(k), st.Source) {
				continue
			}
			c.circumstance(st, k, names)
		}
	}
}

func (c *Columns) circumstance(st *Statement, k int, names []name.Name) {
	t := c.t
	prep := ""
	if p := t.Child(k, syntax.Case); p >= 0 {
		prep = t.Lemma[p]
	}
	n := nameAt(names, k)
	switch {
	case frames.time[t.Lemma[k]] && st.Time.Len() == 0:
		st.Time = c.nounPhrase(k)
	case frames.medium[t.Lemma[k]] && (prep == "in" || prep == "on" || prep == "via" || prep == "through" || prep == "by" || prep == "during" || prep == "at") && st.Medium.Len() == 0:
		st.Medium = c.nounPhrase(k)
		for x := range t.Children(k) { // "at an event … in Rome"
			if m := nameAt(names, x); m != nil && isPlaceName(m) && st.Place.Len() == 0 && placePrep(t, x) {
				st.Place = m.Range
			}
		}
	case n != nil && isPlaceName(n) && (prep == "in" || prep == "from" || prep == "at") && st.Place.Len() == 0:
		st.Place = n.Range
	case (prep == "in" || prep == "at" || prep == "on" || prep == "during") && st.Place.Len() == 0:
		for x := range t.Children(k) {
			if m := nameAt(names, x); m != nil && isPlaceName(m) && placePrep(t, x) {
				st.Place = m.Range
			}
		}
	}
}

func placePrep(t *syntax.Tree, k int) bool {
	p := t.Child(k, syntax.Case)
	return p >= 0 && (t.Lemma[p] == "in" || t.Lemma[p] == "at" || t.Lemma[p] == "near" || t.Lemma[p] == "outside")
}

func isPlaceName(n *name.Name) bool { return n.Kind == name.Place || n.Kind == name.Country }

// nameAt is the name that holds token i, nil if there is none.
func nameAt(names []name.Name, i int) *name.Name {
	lo, hi := 0, len(names)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(names[mid].Last) <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(names) && int(names[lo].First) <= i {
		return &names[lo]
	}
	return nil
}
