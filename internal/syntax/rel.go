package syntax

import "strings"

// Rel is a dependency relation. Subtypes that carry meaning for a reader of
// news (nsubj:pass, obl:agent, acl:relcl, …) are relations of their own.
type Rel uint8

// The relations of Universal Dependencies 2 that the English treebanks use.
const (
	Dep Rel = iota
	Root
	Acl
	AclRelcl
	Advcl
	AdvclRelcl
	Advmod
	Amod
	Appos
	Aux
	AuxPass
	Case
	Cc
	CcPreconj
	Ccomp
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	CsubjOuter
	CsubjPass
	Det
	DetPredet
	Discourse
	Dislocated
	Expl
	Fixed
	Flat
	Goeswith
	Iobj
	List
	Mark
	Nmod
	NmodDesc
	NmodPoss
	NmodUnmarked
	Nsubj
	NsubjOuter
	NsubjPass
	Nummod
	Obj
	Obl
	OblAgent
	OblUnmarked
	Orphan
	Parataxis
	Punct
	Reparandum
	Vocative
	Xcomp
	numRels
)

var relNames = [numRels]string{
	"dep", "root", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod",
	"appos", "aux", "aux:pass", "case", "cc", "cc:preconj", "ccomp", "compound",
	"compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "det",
	"det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith",
	"iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked",
	"nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent",
	"obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "vocative",
	"xcomp",
}

// relUniversal maps a relation to the one without its subtype.
var relUniversal = func() (u [numRels]Rel) {
	for r, name := range relNames {
		base, _, _ := strings.Cut(name, ":")
		u[r] = ParseRel(base)
	}
	return u
}()

func (r Rel) String() string {
	if r >= numRels {
		return "dep"
	}
	return relNames[r]
}

// Universal is r without its subtype: nsubj for nsubj:pass.
func (r Rel) Universal() Rel {
	if r >= numRels {
		return Dep
	}
	return relUniversal[r]
}

// ParseRel is the relation of that name. An unknown subtype falls back to its
// universal relation, an unknown relation to dep.
func ParseRel(s string) Rel {
	for r, name := range relNames {
		if s == name {
			return Rel(r)
		}
	}
	if base, _, ok := strings.Cut(s, ":"); ok {
		return ParseRel(base)
	}
	return Dep
}
