package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// effectOf is what token g does to an event whose word, inner, it governs or
// modifies (inner is -1), empty if nothing.
func (f *finder) effectOf(g, inner int32) string {
	list := f.lex.operators[f.lemma(g)]
	for i := range list {
		op := &list[i]
		if f.isOf(g, op.pos) && f.stands(g, inner, op) {
			return op.effect
		}
	}
	return ""
}

// isOf reports whether token g is of the part of speech pos.
func (f *finder) isOf(g int32, pos byte) bool {
	switch u := f.tree.UPOS[g]; pos {
	case 'v':
		return u == syntax.VERB
	case 'n':
		return u == syntax.NOUN
	case 'a':
		return u == syntax.ADJ || u == syntax.VERB && f.tree.Rel[g] == syntax.Amod
	case 'x':
		return u == syntax.AUX
	case 'r':
		return u == syntax.ADV || u == syntax.PART || u == syntax.SCONJ || u == syntax.DET || u == syntax.ADP || u == syntax.INTJ || u == syntax.CCONJ
	}
	return false
}

// stands reports whether inner stands under g as op demands.
func (f *finder) stands(g, inner int32, op *operator) bool {
	if op.particle != "" && !f.follows(&predicate{at: g, particle: f.particleOf(g)}, op.particle) {
		return false
	}
	t := f.tree
	if inner < 0 || len(op.via) == 0 {
		return inner < 0 || op.pos != 'x' && op.pos != 'r' && (t.Rel[inner] != syntax.Obl || carried[f.caseOf(inner)] && f.caseOf(inner) != "in")
	}
	for _, v := range op.via {
		switch t.Rel[inner] {
		case syntax.Obj, syntax.NsubjPass:
			if v == "obj" {
				return true
			}
		case syntax.Nsubj:
			if v == "obj" && op.pos == 'v' && t.Child(int(g), syntax.Obj) < 0 {
				return true // "the strike ended"
			}
		case syntax.Xcomp, syntax.Acl, syntax.Advcl:
			w := f.markOf(inner)
			if v == "inf" && (w == "to" || w == "") || v == w || v == f.caseOf(inner) {
				return true
			}
		case syntax.Ccomp:
			if v == "comp" || v == "inf" && t.Child(int(inner), syntax.Nsubj, syntax.NsubjPass) < 0 {
				return true
			}
		case syntax.Obl, syntax.Nmod:
			if v == f.caseOf(inner) {
				return true
			}
		}
	}
	return false
}

func (f *finder) particleOf(g int32) string {
	if c := f.tree.Child(int(g), syntax.CompoundPrt); c >= 0 {
		return f.lower(c)
	}
	return ""
}

// modify applies the auxiliaries, negations and conditions of token i itself.
// It reports whether there is still an event.
func (f *finder) modify(d *Draft, i int32) bool {
	t := f.tree
	modal, negated := "", false
	at := f.noObject(i)
	if at >= 0 {
		negated = true
	}
	for c := range t.Children(int(i)) {
		k := int32(c)
		switch t.Rel[c] {
		case syntax.Aux:
			if e := f.effectOf(k, -1); e != "" {
				modal, at = e, k
			}
		case syntax.Advmod, syntax.Det, syntax.Amod, syntax.CcPreconj, syntax.Cc: // "neither attacked nor threatened"
			switch e := f.effectOf(k, -1); {
			case e == "negate":
				negated, at = true, k
			case e == "plan" && t.Tag[i] == syntax.TagVBD: // "withdrew shortly before dawn"
			case e != "" && t.Rel[c] != syntax.Det && !f.turn(d, e, k, -1):
				return false
			}
		case syntax.Advcl:
			switch f.markOf(k) {
			case "if", "unless":
				d.status(record.Hypothetical, "on condition", k)
			}
		}
	}
	if t.Rel[i] == syntax.Advcl {
		switch f.markOf(i) {
		case "if", "unless", "whether", "should":
			d.status(record.Hypothetical, "in a condition", i)
		}
	}
	switch {
	case modal == "plan" && negated:
		return f.turn(d, "refuse", at, -1)
	case negated && !f.turn(d, "negate", at, -1):
		return false
	case modal == "oblige" && f.asked(d, at):
		return true
	case modal != "":
		return f.turn(d, modal, at, -1)
	}
	return true
}

// asked makes d, which somebody must do (at is the word that says so), a request
// of whoever says it: "Kyiv said that Moscow must withdraw". It reports whether
// somebody says it of somebody else.
func (f *finder) asked(d *Draft, at int32) bool {
	k := f.within[at]
	if k < 0 || len(d.Source) == 0 || len(f.statements[k].Source) == 0 {
		return false
	}
	src := f.statements[k].Source
	speaker := f.parties(f.headOf(token.Range{First: src[0].First, Last: src[len(src)-1].Last}))
	if len(speaker) == 0 {
		return false
	}
	tr, ok := f.lex.turned("request", d.Type, d.Mode)
	if !ok || tr.typ == "=" || tr.typ == "-" {
		return false
	}
	d.Type, d.Mode = tr.typ, tr.mode
	d.Source, d.Target, d.object = speaker, d.Source, d.at
	d.turns++
	d.why("turn", "request: "+label(tr.typ, tr.mode), at)
	return true
}

// noObject is the word that denies the object of verb i ("arrested none of
// them", "sent no medicines"), -1 if there is none.
func (f *finder) noObject(i int32) int32 {
	o := f.tree.Child(int(i), syntax.Obj, syntax.NsubjPass)
	if o < 0 || !f.isVerb(i) {
		return -1
	}
	if f.effectOf(int32(o), -1) == "negate" || f.lower(o) == "none" {
		return int32(o)
	}
	if c := f.tree.Child(o, syntax.Det); c >= 0 && f.lower(c) == "no" {
		return int32(c)
	}
	return -1
}

// status sets the status of d unless it has one.
func (d *Draft) status(s record.Status, why string, at int32) {
	if d.Status == "" {
		d.Status = s
		d.why("status", why, at)
	}
}

// climb applies the operators that govern d, from the inside out, up to the
// end of the clause or of the content that it stands in.
func (f *finder) climb(d *Draft) bool {
	t := f.tree
	cur := d.at
	for range maxClimb {
		g := f.governor(cur)
		if g < 0 || f.within[g] != f.within[cur] && (f.within[cur] < 0 || f.cueOf[g] != f.within[cur]) {
			return true // the end of what somebody says
		}
		switch t.Rel[cur] {
		case syntax.Conj:
			if t.Child(int(cur), syntax.Nsubj, syntax.NsubjPass) >= 0 {
				return true // a clause of its own
			}
			cur = g
			continue
		case syntax.Xcomp, syntax.Ccomp, syntax.Acl, syntax.Obj, syntax.Nsubj, syntax.NsubjPass, syntax.Nmod, syntax.Obl, syntax.Advcl, syntax.Compound:
		default:
			return true
		}
		if t.Rel[cur] == syntax.Advcl {
			switch f.markOf(cur) {
			case "if", "unless":
				return true
			case "":
				if t.Tag[t.Subtree(int(cur)).First] == syntax.TagWRB {
					return true // "when the river rose"
				}
			case "for", "from", "to", "of", "against":
			default:
				return true
			}
		}
		effect := f.effectOf(g, cur)
		if effect == "" {
			switch t.Rel[cur] { // light verbs and nouns in between are passed by
			case syntax.Xcomp, syntax.Obj, syntax.NsubjPass:
				if !f.lex.light[f.lemma(g)] {
					return true
				}
			default:
				return true
			}
		} else if !f.turn(d, effect, g, cur) {
			return false
		}
		if !f.modify(d, g) {
			return false
		}
		cur = g
	}
	return true
}

// governor is the head of token i, or the verb behind it where i hangs on the
// particle of a verb or on a time: "stopped short on Monday of accusing them".
func (f *finder) governor(i int32) int32 {
	g := f.tree.Head[i]
	if g < 0 {
		return g
	}
	v := f.tree.Head[g]
	if v < 0 || f.tree.UPOS[v] != syntax.VERB || v > g || g > i {
		return g
	}
	if f.timed[g] {
		return v
	}
	for _, op := range f.lex.operators[f.lemma(v)] {
		if op.particle != "" && op.particle == f.lower(int(g)) {
			return v
		}
	}
	return g
}

// turn applies effect of operator g, whose complement is inner (-1 if g only
// modifies the trigger). It reports whether there is still an event.
func (f *finder) turn(d *Draft, effect string, g, inner int32) bool {
	tr, ok := f.lex.turned(effect, d.Type, d.Mode)
	if !ok {
		return true
	}
	if tr.typ == "-" {
		return false
	}
	if tr.status != "" && tr.status != "=" {
		d.status(record.Status(tr.status), effect, g)
	}
	if tr.typ == "=" {
		if inner >= 0 && f.absorbs(effect) {
			// "urged them to meet" is told by the request alone.
			fr := f.frameOf(f.predicateAt(g, 0))
			return fr == nil
		}
		return true
	}
	d.Type, d.Mode = tr.typ, tr.mode
	d.turns++
	d.why("turn", effect+": "+label(tr.typ, tr.mode), g)
	if inner >= 0 {
		f.lift(d, effect, g, inner)
	}
	return true
}

// absorbs reports whether the complement of an operator is no event of its own
// beside the operator.
func (f *finder) absorbs(effect string) bool {
	switch effect {
	case "request", "threaten", "promise", "refuse", "deny", "allow", "force":
		return true
	}
	return false
}

// lift makes operator g the trigger of d: its subject acts, its complement is the object.
func (f *finder) lift(d *Draft, effect string, g, inner int32) {
	p := f.predicateAt(g, 0)
	f.turnedAt[g] = true
	actor, target := d.Source, d.Target
	own := f.frameOf(p)
	if own == nil {
		own = &lifted
		if effect == "request" {
			own = &requested
		}
	}
	d.Source = f.fill(p, own.source)
	if len(d.Source) == 0 && effect != "request" {
		d.Source = actor
	}
	d.Target = f.fill(p, apart(own.target), d.Source...)
	others := [2][]int32{target, actor} // the parties of the act, the likelier target first
	if effect == "request" {
		others = [2][]int32{actor, target}
	}
	for _, list := range others {
		if len(d.Target) == 0 && !slices.ContainsFunc(list, func(k int32) bool { return slices.Contains(d.Source, k) }) {
			d.Target = list
		}
	}
	if len(d.Target) == 0 && len(apart(own.target)) < len(own.target) {
		d.Target = f.fill(p, own.target)
	}
	d.object, d.head = inner, g
	if d.Status == record.Hypothetical || d.Status == record.Planned {
		d.Status = "" // the condition is that of what is threatened or promised
	}
}

// apart is roles without those that a plural fills on both sides.
func apart(roles []role) []role {
	return slices.DeleteFunc(slices.Clone(roles), func(r role) bool { return r.both })
}

// The frames of operators that have none of their own.
var (
	lifted    = frame{source: roles("subj|poss|by|of|mod"), target: roles("with|to|iobj|against|on|from")}
	requested = frame{source: roles("subj|poss|by|of|mod"), target: roles("obj|iobj|on|to|from|of")}
)
