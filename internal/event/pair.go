package event

import (
	"slices"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// mark tells which given party a token belongs to.
type mark uint8

const (
	unmarked mark = iota
	markSource
	markTarget
)

// markedParty is k if it belongs to a given party, or a token of its phrase
// that does; -1 if none does.
func (f *finder) markedParty(k int32) int32 {
	if f.marks[k] != unmarked {
		return k
	}
	r := f.tree.Subtree(int(k))
	for c := range f.tree.Children(int(k)) {
		switch f.tree.Rel[c] {
		case syntax.NmodPoss, syntax.Amod, syntax.Compound, syntax.Nmod, syntax.Appos, syntax.Flat, syntax.NmodDesc, syntax.Det, syntax.Nummod:
			if f.marks[c] != unmarked {
				return int32(c)
			}
		}
	}
	if f.isVerb(k) {
		return -1
	}
	for i := r.First; i < min(r.Last, k+6); i++ {
		if f.marks[i] != unmarked && f.tree.Dominates(int(k), int(i)) {
			return i
		}
	}
	return -1
}

// grade says how the parties of a draft are those that are given.
type grade uint64

const (
	gradeNone grade = iota
	gradeTarget
	gradeSource
	gradeSwapped
	gradeBoth
)

func (f *finder) grade(d *Draft) grade {
	has := func(list []int32, m mark) bool {
		return slices.ContainsFunc(list, func(i int32) bool { return f.marks[i] == m })
	}
	ss, st, ts, tt := has(d.Source, markSource), has(d.Source, markTarget), has(d.Target, markSource), has(d.Target, markTarget)
	switch {
	case ss && tt:
		return gradeBoth
	case st && ts:
		return gradeSwapped
	case ss && !ts:
		return gradeSource
	case tt && !st:
		return gradeTarget
	case st || ts:
		return gradeSwapped
	}
	return gradeNone
}

// PairFeatures hashes what speaks for one type or another of what the marked
// source does to the marked target: the drafts of the lexicon, the words that
// govern the two, the path between them, and the words of the sentence.
func (m *Model) PairFeatures(d *token.Doc, t *syntax.Tree, names []name.Name, source, target []token.Range) []uint64 {
	f := m.finder(&Reading{Doc: d, Tree: t, Names: names})
	f.marks = make([]mark, len(d.Tokens))
	for _, r := range source {
		for i := r.First; i < r.Last; i++ {
			f.marks[i] = markSource
		}
	}
	for _, r := range target {
		for i := r.First; i < r.Last; i++ {
			f.marks[i] = markTarget
		}
	}
	var e emitter
	e.drafts(f)
	e.paths(f, source, target)
	e.words(f, source, target)
	e.scope(f, source, target)
	return e.f
}

// emitter collects hashed features; template numbers them.
type emitter struct {
	rule uint64
	f    []uint64
}

func (e *emitter) add(template uint64, values ...uint64) {
	h := model.Mix(template*0x9E3779B97F4A7C15 + 7)
	for _, v := range values {
		h = model.Mix(h*31 + v)
	}
	e.f = append(e.f, h)
}

func hash(s string) uint64 { return model.HashString(s) }

func (e *emitter) drafts(f *finder) {
	best, top := -1, gradeNone
	drafts := f.find(&Surroundings{})
	for i := range drafts {
		d := &drafts[i]
		g := f.grade(d)
		turned := uint64(0)
		if d.turns > 0 {
			turned = 1
		}
		typ := hash(d.Type)
		e.add(1, typ, uint64(g))
		e.add(2, typ, uint64(g), turned)
		e.add(3, typ, hash(d.Mode), uint64(g))
		e.add(4, typ)
		e.add(5, uint64(g), hash(f.lemma(d.at)))
		e.add(6, typ, uint64(g), hash(string(d.Status)))
		if g > top || best < 0 {
			best, top = i, g
		}
	}
	if best < 0 {
		e.add(7)
		return
	}
	d := &drafts[best]
	e.rule = hash(d.Type)*31 + uint64(top)
	e.add(8, hash(d.Type), uint64(top))
	e.add(9, hash(d.Type), hash(d.Mode), uint64(top))
	e.add(10, hash(f.lemma(d.at)), hash(d.Type))
	if d.object >= 0 {
		e.add(11, hash(d.Type), hash(f.lemma(d.object)))
	}
}

// headOf is the token of r that no other token of r governs.
func (f *finder) headOf(r token.Range) int32 {
	for i := r.First; i < r.Last; i++ {
		if h := f.tree.Head[i]; (h < r.First || h >= r.Last) && f.tree.UPOS[i] != syntax.PUNCT {
			return i
		}
	}
	return r.First
}

const maxPath = 12

// governors are the tokens from i up to the root of its sentence.
func (f *finder) governors(i int32) []int32 {
	var out []int32
	for h := f.tree.Head[i]; h >= 0 && len(out) < maxPath; h = f.tree.Head[h] {
		out = append(out, h)
	}
	return out
}

func (e *emitter) paths(f *finder, source, target []token.Range) {
	t := f.tree
	for k, only := range [2][]token.Range{source, target} {
		if len(only) > 0 && (len(source) == 0 || len(target) == 0) {
			h := f.headOf(only[0])
			e.governor(f, 21+10*uint64(k), h, f.governors(h))
			for _, g := range f.governors(h) {
				e.add(42, hash(f.lemma(g)))
				e.predicate(f, 45, g)
			}
		}
	}
	for _, s := range first1(source) {
		for _, x := range first1(target) {
			hs, ht := f.headOf(s), f.headOf(x)
			up, ut := f.governors(hs), f.governors(ht)
			e.add(20, uint64(t.Rel[hs]), uint64(t.Rel[ht]))
			e.governor(f, 21, hs, up)
			e.governor(f, 31, ht, ut)
			common := int32(-1)
			for _, g := range append([]int32{hs}, up...) {
				if g == ht || slices.Contains(ut, g) {
					common = g
					break
				}
			}
			e.add(41, common2(common, hs, ht))
			if common < 0 {
				continue
			}
			e.add(42, hash(f.lemma(common)))
			e.add(43, hash(f.lemma(common)), uint64(t.Rel[hs]), uint64(t.Rel[ht]))
			e.add(44, hash(f.lemma(common)), hash(f.caseOf(ht)))
			e.predicate(f, 45, common)
			for _, side := range [2][]int32{up, ut} {
				for _, g := range side {
					if g == common {
						break
					}
					e.add(60, hash(f.lemma(g)))
					e.add(61, hash(f.lemma(g)), hash(f.lemma(common)))
					e.predicate(f, 62, g)
				}
			}
		}
	}
}

// first1 is the first of list, if it has one.
func first1(list []token.Range) []token.Range { return list[:min(1, len(list))] }

func common2(c, s, t int32) uint64 {
	switch c {
	case -1:
		return 0
	case s:
		return 1
	case t:
		return 2
	}
	return 3
}

// governor adds the words above head i of a party.
func (e *emitter) governor(f *finder, template uint64, i int32, up []int32) {
	t := f.tree
	if len(up) == 0 {
		e.add(template, uint64(t.Rel[i]))
		return
	}
	g := up[0]
	w := hash(f.lemma(g))
	e.add(template, w, uint64(t.Rel[i]))
	e.add(template+1, w, uint64(t.Rel[i]), hash(f.caseOf(i)))
	e.add(template+2, hash(f.caseOf(i)), uint64(t.Rel[i]))
	if len(up) > 1 {
		e.add(template+3, w, hash(f.lemma(up[1])))
		e.add(template+4, hash(f.lemma(up[1])))
	}
}

// predicate adds what stands under g: its object, complement, particle,
// negation and auxiliaries.
func (e *emitter) predicate(f *finder, template uint64, g int32) {
	t := f.tree
	w := hash(f.lemma(g))
	_, _, fine := f.clusters.Of(f.doc.Word(int(g)))
	e.add(template+9, uint64(fine))
	e.listed(f, template+10, g)
	for c := range t.Children(int(g)) {
		x := hash(f.lemma(int32(c)))
		switch t.Rel[c] {
		case syntax.Obj, syntax.NsubjPass:
			e.add(template, w, x)
			e.add(template+1, x)
		case syntax.Xcomp, syntax.Ccomp:
			e.add(template+2, w, x)
			e.add(template+3, x)
		case syntax.CompoundPrt:
			e.add(template+4, w, x)
		case syntax.Aux, syntax.Advmod:
			e.add(template+5, x)
			e.add(template+6, w, x)
		case syntax.Obl:
			e.add(template+7, w, hash(f.caseOf(int32(c))))
		case syntax.Acl:
			e.add(template+8, w, x)
		}
	}
}

// listed adds the types that the lexicon gives token i in any frame, the first
// of them apart.
func (e *emitter) listed(f *finder, template uint64, i int32) {
	frames := f.lex.nouns[f.lemma(i)]
	if f.isVerb(i) {
		frames = f.lex.verbs[f.lemma(i)]
	}
	var seen []string
	for k := range frames {
		if typ := frames[k].typ; typ != "" && !slices.Contains(seen, typ) {
			seen = append(seen, typ)
			e.add(template, hash(typ), 100)
		}
	}
	if n := len(frames); n > 0 { // the least specific
		e.add(template, hash(frames[n-1].typ), uint64(min(len(seen), 2)))
	}
	for _, op := range f.lex.operators[f.lemma(i)] {
		e.add(template, hash(op.effect), 200)
	}
}

// words adds the words of the sentence and of what stands between the parties.
func (e *emitter) words(f *finder, source, target []token.Range) {
	t := f.tree
	lo, hi, order := int32(0), int32(len(f.doc.Tokens)), uint64(2)
	switch {
	case len(source) == 0 || len(target) == 0:
	case source[0].First < target[0].First:
		lo, hi, order = source[0].Last, target[0].First, 0
	default:
		lo, hi, order = target[0].Last, source[0].First, 1
	}
	e.add(80, order)
	last := uint64(0)
	for i := range int32(len(f.doc.Tokens)) {
		switch t.UPOS[i] {
		case syntax.VERB, syntax.NOUN, syntax.ADJ, syntax.ADV, syntax.AUX, syntax.PART:
		default:
			continue
		}
		if f.marks[i] != unmarked {
			continue
		}
		w := hash(f.lemma(i))
		_, mid, fine := f.clusters.Of(f.doc.Word(int(i)))
		e.add(81, w)
		if i >= lo && i < hi {
			e.listed(f, 88, i)
			e.add(82, w)
			e.add(83, uint64(fine))
			e.add(84, last, w)
			e.add(85, uint64(mid))
			last = w
		} else {
			e.listed(f, 89, i)
			e.add(86, uint64(fine))
		}
	}
	for c := lo; c < hi; c++ {
		if t.UPOS[c] == syntax.ADP || t.UPOS[c] == syntax.AUX {
			e.add(87, hash(f.lower(int(c))))
		}
	}
}

// Roots are the types of PLV, the older gold of PLOVER, in which YIELD stands
// for CONCEDE and RETREAT.
var Roots = []string{
	"AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
	"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}

// RootQuad is the quad class of a type of PLV.
func RootQuad(root string) int {
	if root == "YIELD" { // PLV counts both as material cooperation
		return 2
	}
	if t := record.EventTypeOf(root); t != nil {
		return t.Quad
	}
	return 0
}

// Mutual reports whether what root tells holds of its parties either way round:
// who agrees, meets or works together.
func Mutual(root string) bool { return root == "AGREE" || root == "CONSULT" || root == "COOPERATE" }
