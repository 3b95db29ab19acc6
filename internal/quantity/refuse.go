package quantity

import "github.com/rapporteur/rapporteur/internal/syntax"

// isName reports whether n only names something: an article, a street, a
// telephone, a score.
func (f *finder) isName(n number) bool {
	i, k := n.first, n.last
	switch {
	case n.none:
		return true
	case f.has(i-1, dial) && n.whole, f.is(i-1, "#"), f.is(i-1, "+"):
		return true
	case f.has(i-1, label) && !f.has(k, percent) && f.named(i-1):
		return true
	case i > f.from && !f.d.SpaceBefore(i) && (f.is(i-1, "-") || f.is(i-1, "/") || f.is(i-1, "–") || f.is(i-1, ".") || f.is(i-1, ":")):
		return true // F-16, 24/7
	case f.isDigits(i-1) || f.isDigits(k), f.is(i-1, "(") && f.is(k, ")") && f.isDigits(k+1), f.is(i-1, ")") && f.isDigits(i-2):
		return true
	case f.is(i-1, "of") && f.isNoun(i-2) && f.is(i-2, "group") && f.d.Word(i - 2)[0] == 'G' && !f.isNoun(k): // the Group of Seven
		return true
	case int(f.t.Head[i]) == i-1 && f.isNoun(i-1) && !f.goesOn(k) && !f.has(k, state|percent): // kilometre 49
		return true
	case i == f.from && (f.is(k, ".") || f.is(k, ")")), f.t.Tag[i] == syntax.TagLS:
		return true // the number of a list
	}
	return false
}

// named reports whether the label at token i is one: "Article 3", "page 12",
// but not "lost the vote 12 ...".
func (f *finder) named(i int) bool {
	return f.t.UPOS[i] != syntax.VERB && f.t.UPOS[i] != syntax.ADV && f.t.UPOS[i] != syntax.DET
}

// isDigits reports whether token i of the sentence begins with a digit.
func (f *finder) isDigits(i int) bool {
	if i < f.from || i >= f.to {
		return false
	}
	c := f.d.Word(i)[0]
	return c >= '0' && c <= '9'
}

// isDate reports whether n is a part of a date or a time, or an age.
func (f *finder) isDate(n number) bool {
	i, k := n.first, n.last
	if f.has(i-1, month) && f.capital(i-1) || f.has(k, month) && f.capital(k) || f.is(k, "of") && f.has(k+1, month) && f.capital(k+1) {
		return true
	}
	if f.has(k, clock) && (n.digits || !f.is(k, "am")) || f.has(i-1, weekday) && f.capital(i-1) && n.whole && !f.isNoun(k) {
		return true
	}
	if f.is(i-1, "aged") || f.is(i-1, "age") || f.is(i-1, "ages") || f.is(i-1, "of") && f.is(i-2, "age") || f.is(k, "years") && f.is(k+1, "old") {
		return true
	}
	if f.is(i-1, ",") && f.isProper(i-2) && (f.is(k, ",") || k < f.to && f.t.Tag[k] == syntax.TagSYM || k == f.to) && n.whole {
		return true // John Smith, 34, a lawyer
	}
	if f.is(i-1, "(") && f.is(k, ")") && f.isProper(i-2) {
		return true
	}
	return f.dates(n) || n.whole && f.isYear(n)
}

// dates reports whether n is the length of a time that tells when: "three years ago".
func (f *finder) dates(n number) bool {
	k := n.last
	for k < f.to && f.t.UPOS[k] == syntax.ADJ {
		k++
	}
	if !f.has(k, times) {
		return false
	}
	at := n.first - 1
	if hedge := f.hedge(n, n.first, n.last); hedge.Len() > 0 && !n.vague && int(hedge.First) < n.first {
		at = int(hedge.First) - 1
	}
	return f.has(k+1, dating) || f.is(k+1, "from") && f.is(k+2, "now") || f.is(k+1, "on") && !f.isNoun(k+2) || f.has(at, recent|dated)
}

// isYear reports whether the bare digits n are rather a year than a count.
func (f *finder) isYear(n number) bool {
	if n.low < 1000 || n.low > 2100 || f.currency(n.first) < n.first || f.has(n.last, percent) {
		return false
	}
	if n.vague {
		return true
	}
	recentYear := n.low >= 1900
	if !f.isNoun(n.last) || !f.isPlural(n.last) && !recentYear {
		return true
	}
	return recentYear && f.hedge(n, n.first, n.first).Len() == 0
}

func (f *finder) isProper(i int) bool {
	return i >= f.from && i < f.to && f.t.UPOS[i] == syntax.PROPN
}

func (f *finder) capital(i int) bool {
	c := f.d.Word(i)[0]
	return c >= 'A' && c <= 'Z'
}

// counts reports whether n with the unit u counts something.
func (f *finder) counts(n number, u unit, inFront bool) bool {
	switch {
	case inFront:
		return true
	case n.over == 1 && n.under == 1 && n.times == 1 && !n.vague && !n.digits && !f.countsOne(n, u):
		return false
	case n.part:
		return u.noun >= 0 || f.is(n.last, "of")
	case u.Len() == 0:
		return f.standsAlone(n, u)
	case f.has(int(u.noun), score) && n.vague && n.digits:
		return false // a 2-3 defeat
	case u.noun >= 0 && !u.of && n.digits && f.t.Tag[u.noun] == syntax.TagNNP && !f.has(int(u.noun), rate) && !f.has(int(u.First), percent):
		return false // 10 Downing Street
	}
	return true
}

// countsOne reports whether "one" is a number: "one man", but not "the one",
// "one of them", "one day".
func (f *finder) countsOne(n number, u unit) bool {
	if u.of || u.Len() == 0 || f.has(n.first-1, not) {
		return false
	}
	return f.has(int(u.First), percent) || f.t.Rel[n.first] == syntax.Nummod && !f.has(int(u.noun), times)
}

// standsAlone reports whether a number without a noun counts something: a
// subject or object ("nine were killed"), after a hedge, "a toll of 12".
func (f *finder) standsAlone(n number, u unit) bool {
	if n.group || n.digits && n.vague {
		return false
	}
	if n.times >= 1e6 { // "another 15 billion"
		return true
	}
	if f.hedge(n, n.first, n.last).Len() > 0 && !f.has(n.first-2, dated) || u.of {
		return true
	}
	if f.t.UPOS[n.last-1] != syntax.NUM && !n.vague {
		return false
	}
	switch f.t.Rel[n.last-1] {
	case syntax.Nsubj, syntax.NsubjPass, syntax.Obj, syntax.OblAgent:
		return !f.has(n.first-1, label) && !f.isProper(n.first-1)
	case syntax.Obl, syntax.Nmod:
		return f.has(n.first-1, bare)
	}
	return false
}
