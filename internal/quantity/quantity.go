// Package quantity finds what is counted and measured: "1,000 prisoners of war
// each", "about half of the project", "$2.5 billion".
//
// Dates, times, ages, scores, ordinals, telephone numbers and the numbers of
// articles and streets are none. Of a range ("between 40 and 60") the value is
// the lower end, and of a plural that names no number ("hundreds of
// protesters") the one of it, 100; there the hedge is the number itself.
package quantity

import (
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// Quantity is a number in a document. Its range is the number alone, with the
// sign of a currency before it ("$2.5 billion"). An empty range is absent.
type Quantity struct {
	token.Range
	Value float64
	Hedge token.Range // "at least"
	Unit  token.Range // what is counted, without a determiner: "prisoners of war"; "$"
	Noun  int32       // the token of the counted head noun, -1 for none
	Each  bool        // so many to each: "1,000 prisoners each"
}

// finder looks for the quantities of one document.
type finder struct {
	d    *token.Doc
	t    *syntax.Tree
	l    *lexicon
	from int // of the sentence
	to   int
}

// Find finds the quantities of d in the order of the text; none overlaps another.
func Find(d *token.Doc, t *syntax.Tree) []Quantity {
	f := &finder{d: d, t: t, l: words()}
	var out []Quantity
	for _, s := range d.Sentences {
		f.from, f.to = int(s.First), int(s.Last)
		for i := f.from; i < f.to; {
			n, ok := f.amount(i)
			if !ok {
				i++
				continue
			}
			if q, ok := f.quantity(n); ok {
				out = append(out, q)
			}
			i = n.last
		}
	}
	return out
}

// quantity is what n counts, false if it counts nothing.
func (f *finder) quantity(n number) (Quantity, bool) {
	if f.isName(n) || f.isDate(n) {
		return Quantity{}, false
	}
	q := Quantity{Value: n.value(), Noun: -1}
	first := f.currency(n.first)
	u := f.unit(n, first < n.first)
	if u.refused || !f.counts(n, u, first < n.first) {
		return Quantity{}, false
	}
	q.Range = rangeOf(first, n.last)
	q.Unit, q.Noun = u.Range, u.noun
	if first < n.first {
		q.Unit = rangeOf(first, n.first)
	}
	end := max(n.last, int(q.Unit.Last))
	q.Each = f.has(end, each) || f.has(n.last, each)
	q.Hedge = f.hedge(n, first, end)
	return q, true
}

// hedge is the words around the number that say how sure it is.
func (f *finder) hedge(n number, first, end int) token.Range {
	if n.vague {
		return rangeOf(n.first, n.last)
	}
	for k := min(longestHedge, first-f.from); k > 0; k-- {
		if f.l.hedge(f.d, first-k, first, before) {
			return rangeOf(first-k, first)
		}
	}
	for _, at := range [...]int{n.last, end} {
		if k := f.hedged(at); k > 0 {
			return rangeOf(at, at+k)
		}
	}
	return token.Range{}
}

// hedged is the number of the tokens from at on that are a hedge behind a number.
func (f *finder) hedged(at int) int {
	for k := min(longestHedge, f.to-at); k > 0; k-- {
		if f.l.hedge(f.d, at, at+k, after) {
			return k
		}
	}
	return 0
}

// currency is the first token of the currency before token i, i if there is none.
func (f *finder) currency(i int) int {
	if f.has(i-1, currency) && f.d.Word(i-1) != "rs" {
		return i - 1
	}
	return i
}

// has reports whether token i of the sentence is of one of the classes.
func (f *finder) has(i int, c class) bool {
	return i >= f.from && i < f.to && f.l.look(f.d.Word(i)).class&c != 0
}

// is reports whether token i of the sentence is that word.
func (f *finder) is(i int, word string) bool {
	return i >= f.from && i < f.to && fold(f.d.Word(i), word)
}
