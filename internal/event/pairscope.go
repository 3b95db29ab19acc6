package event

import (
	"maps"
	"slices"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// maxScope bounds the words looked at below the predicate of a party.
const maxScope = 40

// scoped is a word below the predicate of a party and the effects of the
// operators on the way to it, as PLOVER turns them one after another.
type scoped struct {
	at      int32
	depth   int
	effects []string
}

func (e *emitter) scope(f *finder, source, target []token.Range) {
	party, other := source, markTarget
	if len(party) == 0 {
		party, other = target, markSource
	}
	anchor := f.predicateOver(f.headOf(party[0]))
	if anchor < 0 {
		return
	}
	first := true
	anchorType := uint64(0)
	if ty := f.typesOf(anchor); len(ty) > 0 {
		anchorType = hash(ty[0])
	}
	for _, s := range f.scopeOf(anchor) {
		w := f.lemma(s.at)
		_, m, fi := f.clusters.Of(f.doc.Word(int(s.at)))
		mid, fine := uint64(m), uint64(fi)
		near := uint64(min(s.depth, 2))
		if f.dominatesMark(s.at, other) {
			near |= 4
		}
		eff := uint64(1)
		last := uint64(0)
		for _, x := range s.effects {
			if x == "begin" || x == "try" {
				continue
			}
			last = hash(x)
			eff = eff*31 + last
		}
		e.add(100, hash(w), eff)
		co := coarse(s.effects)
		e.add(140, hash(w), co)
		e.add(142, fine, co)
		e.add(101, last, hash(w))
		if !f.isVerb(s.at) && s.depth <= 2 {
			for _, c := range f.classesOf(s.at) {
				e.add(122, c, eff)
				e.add(123, c, anchorType)
				e.add(124, c, hash(f.lemma(anchor)))
			}
		}
		types := f.typesOf(s.at)
		if len(types) == 0 {
			if typ := f.anyType(s.at); typ != "" {
				e.add(143, hash(typ), co)
				e.add(144, hash(f.turnedBy(typ, s.effects)))
			}
		}
		for _, typ := range types {
			e.add(102, hash(typ), eff)
			e.add(141, hash(typ), co)
			e.add(103, hash(typ), eff, near)
			turned := f.turnedBy(typ, s.effects)
			e.add(104, hash(turned))
			e.add(105, hash(turned), near)
			if first {
				e.add(106, hash(turned))
				e.add(111, hash(turned), hash(f.lemma(anchor)))
				e.add(112, hash(turned), e.rule)
				e.add(113, hash(turned), e.rule, hash(f.lemma(anchor)))
				e.add(107, hash(typ), eff)
			}
		}
		if len(types) > 0 {
			first = false
		}
		e.add(108, fine, eff)
		e.add(109, mid, eff)
		e.add(110, eff, near)
	}
}

// nounClass is a class of classes.tsv, by its hashed name.
type nounClass struct {
	hash uint64
	set  *set
}

func nounClasses(l *lexicon) []nounClass {
	var out []nounClass
	for _, k := range slices.Sorted(maps.Keys(l.classes)) {
		out = append(out, nounClass{hash(k), l.classes[k]})
	}
	return out
}

// classesOf are the classes of the lexicon that token i is in.
func (f *finder) classesOf(i int32) []uint64 {
	var out []uint64
	for _, c := range f.nouns {
		if f.isIn(i, c.set) {
			out = append(out, c.hash)
		}
	}
	return out
}

// coarse sums up effects: who wills it, and whether it happens, as bits.
func coarse(effects []string) uint64 {
	bits := uint64(1)
	for _, x := range effects {
		switch x {
		case "plan", "promise":
			bits |= 2
		case "negate", "fail", "refuse", "cancel":
			bits ^= 4
		case "stop", "end":
			bits ^= 8
		case "request", "force":
			bits |= 16
		case "threaten":
			bits |= 32
		case "hypothetical":
			bits |= 64
		case "allow":
			bits |= 128
		}
	}
	return bits
}

// anyType is the type of the least specific frame of token i.
func (f *finder) anyType(i int32) string {
	frames := f.lex.nouns[f.lemma(i)]
	if f.isVerb(i) {
		frames = f.lex.verbs[f.lemma(i)]
	}
	if n := len(frames); n > 0 {
		return frames[n-1].typ
	}
	return ""
}

// typesOf is the type of the frame that holds of token i, or else of its least
// specific frame.
func (f *finder) typesOf(i int32) []string {
	frames := f.lex.nouns[f.lemma(i)]
	if f.isVerb(i) {
		frames = f.lex.verbs[f.lemma(i)]
	}
	if len(frames) == 0 {
		return nil
	}
	if fr := f.match(f.predicateAt(i, 0), frames); fr != nil {
		if fr.typ == "" {
			return nil
		}
		return []string{fr.typ}
	}
	return nil
}

// turnedBy is what effects make of typ, the innermost first.
func (f *finder) turnedBy(typ string, effects []string) string {
	for i := len(effects) - 1; i >= 0; i-- {
		t, ok := f.lex.turned(effects[i], typ, "")
		if !ok || t.typ == "=" {
			continue
		}
		if typ = t.typ; typ == "-" {
			break
		}
	}
	return typ
}

func (f *finder) dominatesMark(i int32, m mark) bool {
	r := f.tree.Subtree(int(i))
	for k := r.First; k < r.Last; k++ {
		if f.marks[k] == m && f.tree.Dominates(int(i), int(k)) {
			return true
		}
	}
	return false
}

// predicateOver is the verb or event word that governs token i.
func (f *finder) predicateOver(i int32) int32 {
	for g := f.tree.Head[i]; g >= 0; g = f.tree.Head[g] {
		if f.isVerb(g) || len(f.typesOf(g)) > 0 || f.tree.Child(int(g), syntax.Cop) >= 0 {
			return g
		}
	}
	return -1
}

// scopeOf is anchor and the words below it through complements, the nearest first.
func (f *finder) scopeOf(anchor int32) []scoped {
	t := f.tree
	out := []scoped{{at: anchor, effects: f.ownEffects(anchor)}}
	for i := 0; i < len(out) && len(out) < maxScope; i++ {
		s := out[i]
		if s.depth > 4 {
			continue
		}
		for c := range t.Children(int(s.at)) {
			k := int32(c)
			switch t.Rel[c] {
			case syntax.Xcomp, syntax.Ccomp, syntax.Obj, syntax.NsubjPass, syntax.Obl, syntax.Acl, syntax.Nmod, syntax.Advcl, syntax.Conj, syntax.Iobj, syntax.Compound, syntax.NmodDesc:
			default:
				continue
			}
			if f.marks[k] != unmarked {
				continue
			}
			effects := s.effects
			if x := f.effectOf(s.at, k); x != "" && t.Rel[c] != syntax.Conj {
				effects = append(slices.Clip(effects), x)
			}
			effects = append(slices.Clip(effects), f.ownEffects(k)...)
			depth := s.depth + 1
			if t.Rel[c] == syntax.Conj {
				depth = s.depth
			}
			out = append(out, scoped{k, depth, effects})
		}
	}
	return out
}

// ownEffects are those of the auxiliaries, negations and adjectives of token i.
func (f *finder) ownEffects(i int32) []string {
	var out []string
	for c := range f.tree.Children(int(i)) {
		switch f.tree.Rel[c] {
		case syntax.Aux, syntax.Advmod, syntax.Det, syntax.Amod, syntax.CcPreconj:
			if x := f.effectOf(int32(c), -1); x != "" {
				if x == "hypothetical" && f.lemma(int32(c)) == "would" {
					x = "plan" // "said it would"
				}
				out = append(out, x)
			}
		}
	}
	return out
}
