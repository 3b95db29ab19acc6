package statement

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// reunite gives a statement the part of its content that stands before an
// attribution put into the middle of the sentence: "All of this, the minister
// said, could be undone." The tree tells that the parts are one clause.
func (c *Columns) reunite(st *Statement) {
	if len(st.Source) != 1 || len(st.Cue) != 1 || len(st.Content) == 0 {
		return
	}
	group := token.Range{First: min(st.Source[0].First, st.Cue[0].First), Last: max(st.Source[0].Last, st.Cue[0].Last)}
	if st.Source[0].Len()+st.Cue[0].Len() < group.Len() || st.Content[0].First <= group.First {
		return
	}
	s := c.d.Sentences[c.sentence[group.First]]
	last := group.First - 1
	if last <= s.First || !c.isBreak(last) || st.Content[0].First != group.Last+1 || !c.isBreak(group.Last) || group.Last+1 >= s.Last {
		return
	}
	k := c.headOf(st.Content[0])
	first := max(c.t.Subtree(k).First, s.First)
	if first > group.First && c.isPlain(s.First, last) {
		first = s.First // the parse hung it on the cue
	}
	for first < last && (c.t.UPOS[first] == syntax.PUNCT && c.quote[first] == quoteOutside || c.t.UPOS[first] == syntax.CCONJ) {
		first++
	}
	if first >= last || c.quoteOf[first] >= 0 && c.quoteOf[first] != c.quoteOf[last-1] {
		return
	}
	st.Content = slices.Insert(st.Content, 0, token.Range{First: first, Last: last})
}

// isPlain reports whether tokens [from, to) are several words without a quotation
// mark or a likely cue.
func (c *Columns) isPlain(from, to int32) bool {
	words := 0
	for i := from; i < to; i++ {
		if c.quote[i] != quoteOutside || c.prior[i] >= likelyCue {
			return false
		}
		if c.t.UPOS[i] != syntax.PUNCT {
			words++
		}
	}
	return words > 1
}

// isBreak reports whether token i is a comma or a dash.
func (c *Columns) isBreak(i int32) bool {
	switch c.d.Word(int(i)) {
	case ",", "-", "–", "—", "--":
		return true
	}
	return false
}

// follow lets a paraphrase run on over the relative clause behind it, up to the
// end of the sentence: "said that talks would go on, which is why nobody left".
func (c *Columns) follow(st *Statement) {
	if len(st.Content) == 0 || len(st.Cue) == 0 {
		return
	}
	r := &st.Content[len(st.Content)-1]
	s := c.d.Sentences[c.sentence[r.First]]
	if r.Last+2 >= s.Last || r.First < st.Cue[0].First || c.quote[r.Last-1] != quoteOutside || c.d.Word(int(r.Last)) != "," {
		return
	}
	w := r.Last + 1
	if c.t.Tag[w] != syntax.TagWDT || c.d.Word(int(w)) != "which" {
		return
	}
	end := s.Last
	for end > w && c.t.UPOS[end-1] == syntax.PUNCT {
		end--
	}
	for i := w; i < end; i++ {
		if c.quote[i] != quoteOutside || c.prior[i] >= likelyCue || c.isBreak(i) {
			return
		}
	}
	r.Last = end
}
