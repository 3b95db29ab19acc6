package actor

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// maxPaint bounds the work of marking contents, in tokens painted per token of
// the text: contents may lie inside one another.
const maxPaint = 8

// state is the work on one document. Columns run parallel to its tokens.
type state struct {
	*lexicon
	doc     *token.Doc
	tree    *syntax.Tree
	names   []name.Name
	sources []Source
	parties []Party
	party   []bool // the token heads a party
	seat    []bool // if it is a capital, it means the government there

	words     []word
	sentence  []int32
	paragraph []int32
	left      []int32 // first token of the noun phrase that the token heads
	right     []int32 // one past its last token, without clauses and appositions
	quoted    []bool  // inside quotation marks
	within    []int32 // the innermost source whose content holds the token, -1 if none
	nameAt    []int32 // the name that covers the token, -1 if none
	dated     []int32 // the end of the date that begins at the token, 0 if none
	titleOf   []int32 // the name whose title holds the token, -1 if none
	sourceAt  []int32 // the first source that the token heads, -1 if none
	mentionAt []int32 // the mention that the token heads, -1 if none

	mentions  []mention
	entities  []entity
	descs     []descriptor
	bySource  []int32          // mention of each source, -1 if none
	byWord    map[word][]int32 // entities by the words of their names
	byHead    map[word][]int32 // descriptors by their head
	relatives []int32          // of coordinations: scratch
}

func newState(l *lexicon, d *token.Doc, t *syntax.Tree, names []name.Name, sources []Source) *state {
	n := len(d.Tokens)
	columns := make([]int32, 9*n)
	column := func() []int32 {
		c := columns[:n:n]
		columns = columns[n:]
		return c
	}
	s := &state{
		lexicon: l, doc: d, tree: t, names: names, sources: slices.Clone(sources),
		words: make([]word, n), quoted: make([]bool, n), party: make([]bool, n), seat: make([]bool, n),
		sentence: column(), paragraph: column(), left: column(), right: column(),
		dated: make([]int32, len(d.Tokens)), within: column(), nameAt: column(), titleOf: column(), sourceAt: column(), mentionAt: column(),
		bySource: make([]int32, len(sources)),
		byWord:   map[word][]int32{}, byHead: map[word][]int32{},
	}
	for i := range n {
		s.words[i] = fold(d.Word(i))
		s.within[i], s.nameAt[i], s.titleOf[i] = -1, -1, -1
		s.sourceAt[i], s.mentionAt[i] = -1, -1
	}
	for i := range s.sources {
		s.sources[i].Range = s.clip(s.sources[i].Range)
	}
	number(s.sentence, d.Sentences)
	number(s.paragraph, d.Paragraphs)
	s.markQuotes()
	s.markPhrases()
	s.markContents()
	s.retype()
	for i, x := range s.names {
		if x.Kind == name.Date && x.First > 0 && x.Len() > 0 && s.clip(x.Range) == x.Range {
			s.dated[x.First] = x.Last
		}
		if x.Kind == name.None || x.Kind == name.Date || x.Kind == name.Money {
			continue
		}
		for r, j := s.clip(x.Range), x.First; r == x.Range && j < r.Last; j++ {
			s.nameAt[j] = int32(i)
		}
	}
	s.spell()
	s.markTitles()
	return s
}

// invite notes the parties of events.
func (s *state) invite(parties []Party) {
	s.parties = parties
	for _, p := range parties {
		if p.Head >= 0 && int(p.Head) < len(s.party) {
			s.party[p.Head], s.seat[p.Head] = true, p.Seat
		}
	}
}

// clip is the part of r that lies in the document.
func (s *state) clip(r token.Range) token.Range {
	n := int32(len(s.words))
	r.First = min(max(r.First, 0), n)
	r.Last = min(max(r.Last, r.First), n)
	return r
}

func number(column []int32, ranges []token.Range) {
	for k, r := range ranges {
		for i := max(r.First, 0); i < min(r.Last, int32(len(column))); i++ {
			column[i] = int32(k)
		}
	}
}

// markQuotes marks what stands between quotation marks. A paragraph that ends
// inside a quotation ends it: the next one reopens it with a mark of its own.
func (s *state) markQuotes() {
	open := false
	for i := range s.quoted {
		if i > 0 && s.paragraph[i] != s.paragraph[i-1] {
			open = false
		}
		switch s.doc.Word(i) {
		case "\"", "''", "``":
			s.quoted[i] = open
			open = !open
		case "“", "„", "«", "‟":
			open = true
		case "”", "»":
			open = false
		default:
			s.quoted[i] = open
		}
	}
}

// markPhrases finds the extent of the noun phrase that each token heads: to
// the left its modifiers, to the right names and prepositional phrases. Heads
// lie right of left modifiers, so one sweep each way sees every extent whole.
func (s *state) markPhrases() {
	t := s.tree
	for i := range s.left {
		s.left[i], s.right[i] = int32(i), int32(i)+1
	}
	for i := range s.left {
		h := t.Head[i]
		if h <= int32(i) {
			continue
		}
		switch t.Rel[i] {
		case syntax.Det, syntax.DetPredet, syntax.Amod, syntax.Compound, syntax.Nummod, syntax.NmodPoss,
			syntax.NmodDesc, syntax.NmodUnmarked, syntax.Nmod, syntax.Flat, syntax.Advmod:
			s.left[h] = min(s.left[h], s.left[i])
		}
	}
	for i := len(s.right) - 1; i >= 0; i-- {
		h := t.Head[i]
		if h < 0 || h >= int32(i) {
			continue
		}
		switch t.Rel[i] {
		case syntax.Flat, syntax.Fixed, syntax.Nmod, syntax.NmodDesc, syntax.NmodUnmarked, syntax.Compound, syntax.Nummod, syntax.Amod, syntax.Goeswith:
			s.right[h] = max(s.right[h], s.right[i])
		case syntax.Case:
			if t.Tag[i] == syntax.TagPOS && t.Rel[h] != syntax.NmodPoss {
				s.right[h] = max(s.right[h], int32(i)+1)
			}
		}
	}
}

// markContents marks the contents of statements, long ones first, so that the
// innermost remains.
func (s *state) markContents() {
	order := make([]int32, len(s.sources))
	size := make([]int, len(s.sources))
	for i, x := range s.sources {
		order[i] = int32(i)
		if x.Addressee {
			continue
		}
		for _, r := range x.Content {
			size[i] += s.clip(r).Len()
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return size[b] - size[a] })
	budget := maxPaint*len(s.within) + 64
	for _, i := range order {
		if s.sources[i].Addressee {
			continue
		}
		if budget -= size[i]; budget < 0 {
			return
		}
		for _, r := range s.sources[i].Content {
			r = s.clip(r)
			for j := r.First; j < r.Last; j++ {
				s.within[j] = i
			}
		}
	}
}

// headOf is the token of r whose head lies outside of r; the first if there
// are several, punctuation only if there is nothing else. -1 for an empty range.
func (s *state) headOf(r token.Range) int32 {
	first, last := r.First, r.Last
	found := int32(-1)
	for i := first; i < last; i++ {
		if h := s.tree.Head[i]; h >= first && h < last {
			continue
		}
		if u := s.tree.UPOS[i]; u != syntax.PUNCT && u != syntax.ADP && u != syntax.DET && u != syntax.CCONJ {
			return i
		}
		if found < 0 {
			found = i
		}
	}
	return found
}
