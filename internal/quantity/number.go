package quantity

import "math"

// number is a number as the text writes it: [first, last) are its tokens, and
// its value is over / under × times, each small enough for a float64 to hold.
type number struct {
	first, last int
	over, under int64
	times       int64
	digits      bool  // begins with digits
	whole       bool  // bare digits, without separators: may be a year
	part        bool  // a fraction
	vague       bool  // a plural or a range: its value is only the least of it
	group       bool  // "a dozen", "a couple"
	none        bool  // a score or a telephone number
	low         int64 // the first digits, which may be a year
}

// limit bounds what is multiplied, so that float64 holds it exactly.
const limit = 1 << 53

func (n *number) value() float64 {
	return float64(n.over*n.times) / float64(n.under)
}

// scaled multiplies n, false if the product has no exact float64.
func (n *number) scaled(by int64) bool {
	if by > limit/max(n.over, 1)/n.times {
		return false
	}
	n.times *= by
	return true
}

// amount is the number that begins at token i, a range taken as one.
func (f *finder) amount(i int) (number, bool) {
	a, ok := f.number(i)
	if !ok || a.vague {
		return a, ok
	}
	k, joint := a.last, ""
	switch {
	case f.is(k, "-"), f.is(k, "–"), f.is(k, "—"):
		joint = "-"
	case f.is(k, "to") && !f.is(i-1, "from"):
		joint = "to"
	case f.is(k, "or"), f.is(k, "and") && f.is(f.currency(i)-1, "between"):
		joint = "or"
	}
	if joint == "" {
		return a, true
	}
	at := k + 1
	if f.has(at, currency) {
		at++
	}
	b, ok := f.number(at)
	if !ok || b.vague || b.part != a.part || joint == "-" && f.d.SpaceBefore(k) != f.d.SpaceBefore(k+1) {
		return a, true
	}
	if a.times == 1 && a.over < 1000 && b.times > 1 { // "2 to 3 million"
		a.times = b.times
		if a.over > limit/a.times {
			return a, false
		}
	}
	rises := a.value() < b.value()
	if !rises && joint != "-" {
		return a, true
	}
	a.last, a.vague, a.whole, a.none = b.last, true, a.whole && b.whole, !rises
	return a, true
}

// number is the number that begins at token i: digits or words, with their scale.
func (f *finder) number(i int) (n number, ok bool) {
	if i >= f.to {
		return n, false
	}
	w := f.d.Word(i)
	n = number{first: i, last: i + 1, over: 1, under: 1, times: 1}
	if w[0] >= '0' && w[0] <= '9' {
		if !n.parse(w) {
			return n, false
		}
		n.low = n.over
		return n, f.scale(&n)
	}
	switch e := f.l.look(w); {
	case e.class&(cardinal|ten) != 0:
		f.spell(&n)
	case e.class&many != 0:
		return f.plural(n, e.value)
	case e.class&part != 0:
		return f.half(n, e.value)
	case e.class&scale != 0: // "several hundred"
		n.over = e.value
	case w == "a" || w == "an" || w == "A" || w == "An":
		return f.article(n)
	default:
		return n, false
	}
	if f.fraction(&n) {
		return n, true
	}
	return n, f.scale(&n)
}

// parse reads digits with commas between thousands and a decimal point. What
// has other signs (10:30, 9/11, 2016-09-12, 3rd) is no number.
func (n *number) parse(w string) bool {
	n.over, n.digits, n.whole = 0, true, true
	group, decimals := -1, -1 // digits since the last comma, since the point
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			if n.over > limit/100 {
				return false
			}
			n.over = n.over*10 + int64(c-'0')
			if group >= 0 {
				group++
			}
			if decimals >= 0 {
				decimals++
				n.under *= 10
			}
		case c == ',' && decimals < 0 && (group == 3 || group < 0 && i <= 3):
			group, n.whole = 0, false
		case c == '.' && decimals < 0 && (group < 0 || group == 3) && i+1 < len(w):
			group, decimals, n.whole = -1, 0, false
		default:
			return false
		}
	}
	return group < 0 || group == 3
}

// spell reads "two hundred and fifty thousand" from n.first; the token there
// is a cardinal or a ten.
func (f *finder) spell(n *number) {
	total, current, top := int64(0), int64(0), int64(math.MaxInt64)
	for i := n.first; i < f.to; i++ {
		w := f.d.Word(i)
		e := f.l.look(w)
		rest := current % 100
		switch {
		case e.class&cardinal != 0 && (rest == 0 || rest >= 20 && rest%10 == 0 && e.value < 10) && (i == n.first || current > 0 || total > 0):
			current += e.value
		case e.class&ten != 0 && rest == 0:
			current += e.value
		case e.class&scale != 0 && e.value == 100 && current > 0 && current < 100:
			current *= 100
		case e.class&scale != 0 && e.value > 100 && current > 0 && e.value < top:
			total, current, top = total+current*e.value, 0, e.value
		case (w == "-" && current >= 20 && current%10 == 0 || w == "and" && (current >= 100 || total > 0) && current%100 == 0) && f.has(i+1, cardinal|ten):
			continue
		default:
			n.over = total + current
			return
		}
		n.last = i + 1
	}
	n.over = total + current
}

// scale reads what multiplies n: "million" in "2.5 million", "dozen", "and a half".
func (f *finder) scale(n *number) bool {
	k := n.last
	if f.is(k, "and") && f.is(k+1, "a") && f.is(k+2, "half") {
		n.over, n.under, n.last = n.over*2+n.under, n.under*2, k+3
		k += 3
	}
	for ; k < f.to; k++ {
		e := f.l.look(f.d.Word(k))
		attached := !f.d.SpaceBefore(k)
		switch {
		case e.class&scale != 0, e.class&group != 0 && e.value == 12:
		case e.class&short != 0 && e.value > 1000*1000 && len(f.d.Word(k)) > 1:
		case e.class&short != 0 && n.digits && attached && (f.currency(n.first) < n.first || e.value == 1000 || f.isNoun(k+1)):
		default:
			return true
		}
		if !n.scaled(e.value) {
			return false
		}
		n.last, n.whole = k+1, false
	}
	return true
}

// plural reads "hundreds", "tens of thousands".
func (f *finder) plural(n number, value int64) (number, bool) {
	n.over, n.vague = value, true
	for f.is(n.last, "of") && n.last+1 < f.to {
		e := f.l.look(f.d.Word(n.last + 1))
		if e.class&many == 0 || !n.scaled(e.value) {
			break
		}
		n.last += 2
	}
	return n, true
}

// half reads "half" and "half a million"; "half" alone counts only before what it divides.
func (f *finder) half(n number, under int64) (number, bool) {
	if under != 2 || f.is(n.first-1, "-") || f.is(n.first-1, "and") && f.isOrdinal(n.first-2) || f.isOrdinal(n.first-1) {
		return n, false
	}
	n.under, n.part = under, true
	if f.is(n.last, "a") && f.has(n.last+1, scale|group) {
		n.last++
		n.part = false
		return n, f.scale(&n)
	}
	if f.has(n.last, scale) {
		n.part = false
		return n, f.scale(&n)
	}
	return n, f.divides(n.last)
}

// article reads "a dozen", "a hundred", "a couple", "a third of".
func (f *finder) article(n number) (number, bool) {
	if n.last >= f.to {
		return n, false
	}
	e := f.l.look(f.d.Word(n.last))
	switch {
	case e.class&scale != 0:
		return n, f.scale(&n)
	case e.class&group != 0 && (e.value == 12 || f.is(n.last+1, "of") || f.isNoun(n.last+1) && f.is(n.last, "couple")):
		n.over, n.last, n.group = e.value, n.last+1, true
		return n, true
	case e.class&part != 0 && f.is(n.last+1, "of") && !f.has(n.last+2, month):
		n.under, n.part, n.last = e.value, true, n.last+1
		return n, true
	}
	return n, false
}

// fraction reads the denominator of "two-thirds" and "one third of".
func (f *finder) fraction(n *number) bool {
	k := n.last
	if f.is(k, "-") {
		k++
	}
	if k >= f.to || n.over >= 100 {
		return false
	}
	e := f.l.look(f.d.Word(k))
	if e.class&parts == 0 && !(n.over == 1 && e.class&part != 0 && f.divides(k+1)) {
		return false
	}
	n.under, n.part, n.last = e.value, true, k+1
	return true
}

// divides reports whether what a fraction divides begins at token i.
func (f *finder) divides(i int) bool {
	if i >= f.to {
		return false
	}
	switch w := f.d.Word(i); {
	case fold(w, "of"), fold(w, "the"), fold(w, "a"), fold(w, "an"), fold(w, "its"), fold(w, "their"), fold(w, "his"), fold(w, "her"), fold(w, "our"), fold(w, "my"), fold(w, "these"), fold(w, "those"):
		return true
	}
	return false
}

// isOrdinal reports whether token i makes what follows one of a row: "the second half".
func (f *finder) isOrdinal(i int) bool {
	return f.is(i, "first") || f.is(i, "second") || f.is(i, "other") || f.is(i, "better") || f.is(i, "opening") || f.is(i, "final")
}
