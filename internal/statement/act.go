package statement

import (
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// isAct reports whether st tells what somebody does rather than what he says.
// PolNeAR, from which the model learns, marks attitudes and acts as well: "the
// senator opposed the bill". An act has no words of its own:
//
//   - the offer of a thing, not of doing something: "has offered its ports";
//   - a person or country that shows something, not a study: "they have shown that …";
//   - the means by which something else is done: "by rejecting the plan";
//   - what is done to somebody or something: "sentenced him to nine years",
//     "recalled its ambassador" (act in data/frames.tsv).
func (c *Columns) isAct(st *Statement, names []name.Name) bool {
	if st.Type == record.Direct || len(st.Cue) == 0 || len(st.Content) == 0 {
		return false
	}
	h := c.cueHead(st.Cue[0])
	if c.t.UPOS[h] != syntax.VERB {
		return false
	}
	if m := c.t.Child(h, syntax.Mark); m >= 0 && c.t.Tag[h] == syntax.TagVBG && c.d.Word(m) == "by" {
		return true
	}
	if objects, ok := frames.act[c.t.Lemma[h]]; ok && c.isThing(h, st.Content) && (objects == nil || objects[c.t.Lemma[c.headOf(st.Content[0])]]) {
		return true
	}
	switch st.Stance {
	case "finds":
		return len(st.Source) > 0 && c.isAnimate(st.Source, names)
	case "promises":
		return st.Type == record.Indirect && c.isThing(h, st.Content)
	}
	return false
}

// isThing reports whether the content is a noun phrase that cue h governs.
func (c *Columns) isThing(h int, content []token.Range) bool {
	k := c.headOf(content[0])
	switch c.t.UPOS[k] {
	case syntax.NOUN, syntax.PROPN, syntax.PRON:
	default:
		return false
	}
	if c.t.Child(k, syntax.Cop, syntax.Mark, syntax.Nsubj) >= 0 {
		return false
	}
	switch c.t.Rel[k] {
	case syntax.Obj, syntax.Obl, syntax.Iobj:
		return int(c.t.Head[k]) == h
	}
	return false
}

// isAnimate reports whether the source is a person, a people, a country or a
// personal pronoun, not a study or a film.
func (c *Columns) isAnimate(source []token.Range, names []name.Name) bool {
	k := int32(c.headOf(source[0]))
	if c.t.Tag[k] == syntax.TagPRP {
		return true
	}
	for _, n := range names {
		if n.First <= k && k < n.Last {
			return n.Kind == name.Person || n.Kind == name.Country || n.Kind == name.Nationality || n.Kind == name.Group
		}
	}
	return false
}
