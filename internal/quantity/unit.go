package quantity

import (
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// unit is what a number counts.
type unit struct {
	token.Range
	noun    int32
	of      bool // "three of the hostages"
	refused bool // the noun tells that the number counts nothing
}

// unit reads what n counts from behind it, unless a currency stands in front.
func (f *finder) unit(n number, inFront bool) unit {
	k := n.last
	if h := f.hedged(k); h > 0 && f.isNoun(k+h) { // "20 or so trucks"
		k += h
	}
	switch {
	case k >= f.to:
		return unit{noun: -1}
	case inFront:
		return unit{noun: -1}
	case f.isMoney(n):
		u := unit{Range: rangeOf(k, k+1), noun: int32(k)}
		f.extend(&u)
		return u
	case f.has(k, percent), f.is(k, "per") && f.is(k+1, "cent"):
		return f.percent(k)
	case f.is(k, "percentage") && (f.is(k+1, "point") || f.is(k+1, "points")):
		return unit{Range: rangeOf(k, k+2), noun: int32(k + 1)}
	case f.is(k, "of"):
		u := f.counted(k + 1)
		u.of = true
		return u
	case n.part:
		return f.counted(k)
	case f.has(k, state) && !f.goesOn(k+1):
		return unit{Range: rangeOf(k, k+1), noun: int32(k)}
	case f.is(k, "-") && !f.d.SpaceBefore(k):
		return f.hyphened(n)
	}
	u := f.phrase(k)
	if h := int(f.t.Head[k-1]); u.noun < 0 && k <= h && h < min(k+longestUnit, f.to) && f.t.Rel[k-1] == syntax.Nummod && (f.isNoun(h) || f.t.UPOS[h] == syntax.ADJ) {
		u = unit{Range: rangeOf(k, h+1), noun: int32(h)}
	}
	if u.noun >= 0 {
		f.extend(&u)
	}
	return u
}

// goesOn reports whether a noun phrase goes on at token i: "4,000 dead wild birds".
func (f *finder) goesOn(i int) bool {
	return i < f.to && (f.isNoun(i) || f.t.UPOS[i] == syntax.ADJ) && !f.has(i, weekday|month)
}

// longestUnit is the most tokens that stand before a noun in its phrase.
const longestUnit = 12

// percent reads "percent", "per cent of voters" from token k.
func (f *finder) percent(k int) unit {
	u := unit{Range: rangeOf(k, k+1), noun: -1}
	if f.is(k, "per") {
		u.Last++
	}
	if at := int(u.Last); f.is(at, "of") {
		if of := f.counted(at + 1); of.noun >= 0 {
			u.Last, u.noun = of.Last, of.noun
		}
	}
	return u
}

// hyphened reads "60-bed": the noun that a number is written to. The length
// of a time or an age counts nothing, and a small number in words makes a kind
// of thing ("two-state solution").
func (f *finder) hyphened(n number) unit {
	k := n.last + 1
	if !f.isNoun(k) || f.has(k, times) || !n.digits && n.value() < 10 {
		return unit{noun: -1, refused: true}
	}
	return unit{Range: rangeOf(k, k+1), noun: int32(k)}
}

// counted is the noun phrase at token k, less its determiner and its number.
func (f *finder) counted(k int) unit {
	for k < f.to && (f.t.UPOS[k] == syntax.DET || f.t.Rel[k] == syntax.NmodPoss && f.t.UPOS[k] == syntax.PRON || f.t.UPOS[k] == syntax.NUM) {
		k++
	}
	u := f.phrase(k)
	if u.noun >= 0 {
		f.extend(&u)
	}
	return u
}

// phrase is the noun with the modifiers before it that begin at token k.
func (f *finder) phrase(k int) unit {
	noun := -1
	i := k
	for ; i < f.to && i-k < longestUnit; i++ {
		if f.isNoun(i) {
			if f.has(i, weekday|month) && noun >= 0 {
				break
			}
			noun = i
			if f.isPlural(i) && !f.modifies(i) {
				break
			}
			continue
		}
		if i == k && f.t.UPOS[i] == syntax.PUNCT || !f.leads(i, noun >= 0) {
			break
		}
	}
	if noun < 0 || noun+1 < f.to && f.t.Tag[noun+1] == syntax.TagPOS || f.has(k, recent) && f.has(noun, times) {
		return unit{noun: -1} // "35 last year"
	}
	return unit{Range: rangeOf(k, noun+1), noun: int32(noun)}
}

// leads reports whether token i, no noun, may stand in a noun phrase before
// its noun. Behind a noun only what joins it to the next one may.
func (f *finder) leads(i int, behind bool) bool {
	switch f.t.UPOS[i] {
	case syntax.ADJ:
		return !behind || f.modifies(i)
	case syntax.NUM:
		return behind && int(f.t.Head[i]) > i
	case syntax.ADV, syntax.VERB:
		return f.modifies(i)
	case syntax.CCONJ: // "Russian and Belarusian athletes"
		return !behind && i+1 < f.to && f.t.UPOS[i+1] == syntax.ADJ
	case syntax.PUNCT, syntax.SYM, syntax.X:
		return f.is(i, "-") && !f.d.SpaceBefore(i)
	case syntax.PART:
		return f.t.Tag[i] == syntax.TagPOS && behind && f.t.Rel[i-1] == syntax.NmodPoss
	}
	return false
}

// modifies reports whether token i hangs on a word behind it as its modifier.
func (f *finder) modifies(i int) bool {
	if int(f.t.Head[i]) <= i {
		return false
	}
	switch f.t.Rel[i] {
	case syntax.Amod, syntax.Compound, syntax.Advmod, syntax.Flat, syntax.NmodPoss, syntax.NmodDesc:
		return true
	}
	return false
}

// extend adds to u what tells what its noun is of: "prisoners of war",
// "metres per second", "barrels a day".
func (f *finder) extend(u *unit) {
	k := int(u.Last)
	switch {
	case f.is(k, "of"):
		at := k + 1
		for at < f.to && f.t.UPOS[at] == syntax.DET {
			at++
		}
		if of := f.phrase(at); of.noun >= 0 {
			u.Last = of.Last
		}
	case (f.is(k, "per") || f.is(k, "a") || f.is(k, "an")) && f.has(k+1, rate):
		u.Last = int32(k + 2)
	}
}

// isMoney reports whether n is followed by the name of a currency; "won" only
// where it can be nothing else.
func (f *finder) isMoney(n number) bool {
	k := n.last
	return f.has(k, money) && (!f.is(k, "won") || n.times > 1 || f.is(k+1, "a") && f.has(k+2, rate))
}

func (f *finder) isNoun(i int) bool {
	if i < f.from || i >= f.to || f.t.UPOS[i] != syntax.NOUN && f.t.UPOS[i] != syntax.PROPN {
		return false
	}
	c := f.d.Word(i)[0]
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

func (f *finder) isPlural(i int) bool {
	return f.t.Tag[i] == syntax.TagNNS || f.t.Tag[i] == syntax.TagNNPS
}

func rangeOf(first, last int) token.Range {
	return token.Range{First: int32(first), Last: int32(last)}
}
