package statement

import "github.com/rapporteur/rapporteur/internal/syntax"

const (
	relPunct = uint64(syntax.Punct)
	relMark  = uint64(syntax.Mark)
)

// frameBit numbers the relations that tell what kind of cue a word is, from 1 to 15.
var frameBit = func() (b [256]uint8) {
	for i, r := range []syntax.Rel{
		syntax.Nsubj, syntax.NsubjPass, syntax.Ccomp, syntax.Xcomp, syntax.Parataxis, syntax.Obj,
		syntax.Iobj, syntax.Obl, syntax.Advcl, syntax.AclRelcl, syntax.Acl, syntax.NmodPoss, syntax.Mark, syntax.Aux, syntax.Nmod,
	} {
		b[r] = uint8(i + 1)
	}
	return b
}()
