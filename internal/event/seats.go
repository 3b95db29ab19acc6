package event

import (
	"slices"
	"strconv"

	"github.com/rapporteur/rapporteur/internal/model"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// reach is how many words on either side of a candidate the network sees by
// their places.
const reach = 4

// The seats of the words that the network sees: those around the candidate by
// their places, those that hang on it, what it hangs on, and what hangs there.
const (
	seatAround = 0              // to 2*reach
	seatSubj   = 2*reach + iota // its subject
	seatObj
	seatIobj
	seatObl1
	seatObl2
	seatCase1
	seatCase2
	seatComp
	seatAdvcl
	seatAux
	seatAdvmod
	seatMod
	seatPoss
	seatNmod
	seatNmodCase
	seatConj
	seatMark
	seatParticle
	seatGovernor
	seatGovernorSubj
	seatGovernorObj
	seatAbove
	wordSeats
)

// bagSeats are for the sentence and the one before it.
const bagSeats = 2

// maxBag is how many different words of a sentence the network sees.
const maxBag = 40

// seatOf is the seat of a word that hangs on the candidate, 0 for none.
var seatOf = map[syntax.Rel]int{
	syntax.Nsubj: seatSubj, syntax.NsubjOuter: seatSubj, syntax.NsubjPass: seatSubj, syntax.Csubj: seatSubj,
	syntax.Obj: seatObj, syntax.Iobj: seatIobj,
	syntax.Obl: seatObl1, syntax.OblAgent: seatObl1, syntax.OblUnmarked: seatObl1,
	syntax.Xcomp: seatComp, syntax.Ccomp: seatComp, syntax.Advcl: seatAdvcl,
	syntax.Aux: seatAux, syntax.AuxPass: seatAux, syntax.Advmod: seatAdvmod, syntax.Amod: seatMod, syntax.Compound: seatMod,
	syntax.NmodPoss: seatPoss, syntax.Nmod: seatNmod, syntax.Conj: seatConj, syntax.Mark: seatMark, syntax.CompoundPrt: seatParticle,
}

// Key is the hash of a word as wordAt gives it.
func Key(word string) uint64 { return model.HashString(word) }

// wordAt is by what the network knows token i: its lemma, @ and the class of the
// name that it is part of, or # for a number.
func (f *finder) wordAt(i int32) string {
	if n := f.nameAt[i]; n >= 0 {
		return nameKeys[f.names[n].Kind]
	}
	if f.tree.UPOS[i] == syntax.NUM {
		return "#"
	}
	return f.lemma(i)
}

func (f *finder) wordKey(i int32) uint64 { return Key(f.wordAt(i)) }

// nameKeys is @ and the class, by class.
var nameKeys = func() (out [256]string) {
	for i := range out {
		out[i] = "@" + strconv.Itoa(i)
	}
	return out
}()

// wordsAround fills words, by seat, with what stands around token i, 0 for nothing.
func (f *finder) wordsAround(words []uint64, i int32) {
	clear(words)
	s := f.sentenceOf(i)
	for k := max(s.First, i-reach); k < min(s.Last, i+reach+1); k++ {
		words[seatAround+reach+k-i] = f.wordKey(k)
	}
	put := func(seat int, k int32) bool {
		if words[seat] != 0 {
			return false
		}
		words[seat] = f.wordKey(k)
		return true
	}
	t := f.tree
	for c := range t.Children(int(i)) {
		k := int32(c)
		switch seat := seatOf[t.Rel[k]]; seat {
		case 0:
		case seatObl1:
			if put(seatObl1, k) {
				f.putCase(words, seatCase1, k)
			} else if put(seatObl2, k) {
				f.putCase(words, seatCase2, k)
			}
		case seatNmod:
			if put(seatNmod, k) {
				f.putCase(words, seatNmodCase, k)
			}
		default:
			put(seat, k)
		}
	}
	g := t.Head[i]
	if g < 0 {
		return
	}
	put(seatGovernor, g)
	for c := range t.Children(int(g)) {
		switch seatOf[t.Rel[c]] {
		case seatSubj:
			put(seatGovernorSubj, int32(c))
		case seatObj:
			put(seatGovernorObj, int32(c))
		}
	}
	if t.Head[g] >= 0 {
		put(seatAbove, t.Head[g])
	}
}

func (f *finder) putCase(words []uint64, seat int, i int32) {
	for c := range f.tree.Children(int(i)) {
		if f.tree.Rel[c] == syntax.Case {
			words[seat] = f.wordKey(int32(c))
			return
		}
	}
}

// wordsOf are the different words of a sentence.
func (f *finder) wordsOf(s token.Range) []uint64 {
	var out []uint64
	for k := s.First; k < s.Last && len(out) < maxBag; k++ {
		if w := f.wordKey(k); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// bagOf is the bag of sentence n, nil for none.
func (f *finder) bagOf(n int) []int32 {
	if n < 0 {
		return nil
	}
	bag, ok := f.bags[n]
	if !ok {
		bag = make([]int32, f.judge.types.Dims)
		f.judge.types.Bag(bag, f.wordsOf(f.doc.Sentences[n]))
		f.bags[n] = bag
	}
	return bag
}
