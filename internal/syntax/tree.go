// Package syntax finds tags, lemmas and dependency trees in the Universal
// Dependencies scheme (version 2).
package syntax

import (
	"iter"

	"github.com/rapporteur/rapporteur/internal/token"
)

// Tree holds columns that run parallel to the tokens of a document.
// Head is the index of the head token in the document, -1 for a root; every
// sentence is one tree or, if it is very long, a few trees side by side.
type Tree struct {
	UPOS  []UPOS
	Tag   []Tag
	Lemma []string
	Head  []int32
	Rel   []Rel

	// Derived from Head by Index: the children of each token as linked lists in
	// the order of the text (-1 ends a list), and the extent of each subtree.
	child, sibling []int32
	extent         []token.Range
}

// NewTree makes the columns for n tokens, each a root on its own.
func NewTree(n int) *Tree {
	t := &Tree{
		UPOS: make([]UPOS, n), Tag: make([]Tag, n), Lemma: make([]string, n),
		Head: make([]int32, n), Rel: make([]Rel, n),
	}
	for i := range n {
		t.Head[i], t.Rel[i] = -1, Root
	}
	t.Index()
	return t
}

// Index derives the children and extents from Head. It is to be called again
// when Head has been changed. Heads must form trees.
func (t *Tree) Index() {
	n := len(t.Head)
	if len(t.child) != n {
		t.child, t.sibling = make([]int32, n), make([]int32, n)
		t.extent = make([]token.Range, n)
	}
	for i := range n {
		t.child[i], t.sibling[i] = -1, -1
		t.extent[i] = token.Range{First: int32(i), Last: int32(i) + 1}
	}
	for i := n - 1; i >= 0; i-- { // backwards, so that lists come out in order
		if h := t.Head[i]; h >= 0 {
			t.sibling[i], t.child[h] = t.child[h], int32(i)
		}
	}
	for i := range n {
		if t.Head[i] < 0 {
			t.extend(int32(i))
		}
	}
}

// extend sets the extents of root's subtree: down by child, across by sibling,
// back up by head. No recursion: a chain may be as long as the text.
func (t *Tree) extend(root int32) {
	for i := root; ; {
		if c := t.child[i]; c >= 0 {
			i = c
			continue
		}
		for {
			if i == root {
				return
			}
			h := t.Head[i]
			t.extent[h].First = min(t.extent[h].First, t.extent[i].First)
			t.extent[h].Last = max(t.extent[h].Last, t.extent[i].Last)
			if s := t.sibling[i]; s >= 0 {
				i = s
				break
			}
			i = h
		}
	}
}

// Children are the dependents of token i in the order of the text.
func (t *Tree) Children(i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := t.child[i]; c >= 0; c = t.sibling[c] {
			if !yield(int(c)) {
				return
			}
		}
	}
}

// Child is the first dependent of token i that bears one of rels, -1 if there is none.
func (t *Tree) Child(i int, rels ...Rel) int {
	for c := t.child[i]; c >= 0; c = t.sibling[c] {
		for _, r := range rels {
			if t.Rel[c] == r {
				return int(c)
			}
		}
	}
	return -1
}

// Subtree is the range from the leftmost to the rightmost descendant of token
// i, itself included. In a non-projective tree it may hold other tokens too.
func (t *Tree) Subtree(i int) token.Range { return t.extent[i] }

// Dominates reports whether token i is j or one of its ancestors.
func (t *Tree) Dominates(i, j int) bool {
	for k := int32(j); k >= 0; k = t.Head[k] {
		if int(k) == i {
			return true
		}
	}
	return false
}
