// Package syntax finds tags, lemmas and dependency trees in the Universal
// Dependencies scheme (version 2).
package syntax

// UPOS is a universal part of speech.
type UPOS uint8

// The universal parts of speech, in the order of the guidelines.
const (
	X UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
)

// Tag is a Penn Treebank tag: an index into the names of the model.
type Tag uint8

// Rel is a dependency relation: an index into RelNames. Subtypes that carry
// meaning for a reader of news (nsubj:pass, obl:agent, acl:relcl, …) are kept.
type Rel uint8

// Tree holds columns that run parallel to the tokens of a document.
// Head is the index of the head token in the document, -1 for a root.
type Tree struct {
	UPOS  []UPOS
	Tag   []Tag
	Lemma []string
	Head  []int32
	Rel   []Rel
}
