package statement

import (
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// according adds what the model may leave out and grammar does not: a sentence
// that begins "According to X, …" is said by X. A statement that takes those
// words for what is said goes.
func (c *Columns) according(out []Statement, p token.Range) []Statement {
	for _, s := range c.d.Sentences {
		if s.First < p.First || s.Last > p.Last {
			continue
		}
		st, ok := c.accordingAt(s)
		if !ok || slices.ContainsFunc(out, func(o Statement) bool {
			return slices.ContainsFunc(o.Cue, func(r token.Range) bool { return r.First >= s.First && r.First < st.Content[0].First })
		}) {
			continue
		}
		out = slices.DeleteFunc(out, func(o Statement) bool {
			return slices.ContainsFunc(o.Content, func(r token.Range) bool { return r.First < s.Last && r.Last > s.First })
		})
		out = append(out, st)
	}
	slices.SortStableFunc(out, func(a, b Statement) int { return int(a.first() - b.first()) })
	return out
}

// first is the first token of the cue, or else of the content.
func (st *Statement) first() int32 {
	if len(st.Cue) > 0 {
		return st.Cue[0].First
	}
	return st.Content[0].First
}

// accordingAt reads the sentence s, false if it does not begin so or holds
// quotation marks, which the model is left to.
func (c *Columns) accordingAt(s token.Range) (Statement, bool) {
	var st Statement
	if s.Len() < 6 || !strings.EqualFold(c.d.Word(int(s.First)), "according") || c.d.Word(int(s.First)+1) != "to" {
		return st, false
	}
	comma := int32(-1)
	for i := s.First + 2; i < s.Last; i++ {
		if c.quote[i] != quoteOutside {
			return st, false
		}
		if comma < 0 && c.d.Word(int(i)) == "," && !c.isApposed(i, s) {
			comma = i
		}
	}
	last := s.Last
	for last > s.First && c.t.UPOS[last-1] == syntax.PUNCT {
		last--
	}
	if comma < s.First+3 || comma+2 >= last {
		return st, false
	}
	return Statement{
		Cue:     []token.Range{{First: s.First, Last: s.First + 2}},
		Source:  []token.Range{{First: s.First + 2, Last: comma}},
		Content: []token.Range{{First: comma + 1, Last: last}},
		Score:   sureScore, SpeakerOf: -1, Within: -1,
	}, true
}

// isApposed reports whether the comma at i stands inside the source: what is
// behind it describes whom the sentence names.
func (c *Columns) isApposed(i int32, s token.Range) bool {
	if i+1 >= s.Last {
		return false
	}
	for k := i + 1; k < s.Last && k < i+maxReach; k++ {
		h := c.t.Head[k]
		switch c.t.Rel[k] {
		case syntax.Appos, syntax.Acl, syntax.AclRelcl:
			if h >= s.First+2 && h < i {
				return true
			}
		}
		if c.d.Word(int(k)) == "," {
			break
		}
	}
	return false
}
