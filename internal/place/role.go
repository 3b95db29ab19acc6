package place

import (
	"sort"
	"strings"

	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// role is how mention i stands.
func (f *finder) role(i int) Role {
	m := &f.mentions[i]
	switch {
	case f.isDateline(m):
		return Dateline
	case m.holds || f.owns(i):
		return Within
	}
	return f.roleOf(f.head(m.Range), m, 8)
}

// owns reports whether mention i is the possessor of the next one: "Tajikistan's Guliston".
func (f *finder) owns(i int) bool {
	if i+1 >= len(f.mentions) || f.mentions[i+1].beside.country == "" {
		return false
	}
	m, next := &f.mentions[i], &f.mentions[i+1]
	return f.t.Tag[next.First-1] == syntax.TagPOS && next.First-1 <= m.Last && next.beside.country == m.meant.country
}

// head is the token of r whose head lies outside.
func (f *finder) head(r token.Range) int {
	for i := r.First; i < r.Last; i++ {
		if h := f.t.Head[i]; (h < r.First || h >= r.Last) && f.t.UPOS[i] != syntax.PUNCT {
			return int(i)
		}
	}
	return int(r.First)
}

// isDateline reports whether m stands at the beginning of a paragraph before a dash.
func (f *finder) isDateline(m *mention) bool {
	k := sort.Search(len(f.d.Paragraphs), func(i int) bool { return f.d.Paragraphs[i].Last > m.First })
	if k == len(f.d.Paragraphs) || m.First > f.d.Paragraphs[k].First+6 {
		return false
	}
	p := f.d.Paragraphs[k]
	if s := f.d.Surface(m.Range); s != strings.ToUpper(s) && !f.is(m.Last, ",") && !f.is(m.Last, "(") && !f.is(m.First-1, ",") {
		return false
	}
	return DatelineEnd(f.d, f.t, p, m.Last) >= 0
}

// maxDateline is how many tokens a dateline has at most.
const maxDateline = 16

// DatelineEnd is the dash that ends a dateline of paragraph p, looked for from
// token i on: "LIMA, Peru — ". It is -1 if there is none, or a verb or a full stop
// comes first.
func DatelineEnd(d *token.Doc, t *syntax.Tree, p token.Range, i int32) int32 {
	for ; i < min(p.First+maxDateline, p.Last); i++ {
		switch d.Word(int(i)) {
		case "—", "–", "--":
			return i
		case "-":
			if d.SpaceBefore(int(i)) && int(i)+1 < len(d.Tokens) && d.SpaceBefore(int(i)+1) {
				return i
			}
		case ".":
			return -1
		}
		if t.UPOS[i] == syntax.VERB || t.UPOS[i] == syntax.AUX {
			return -1
		}
	}
	return -1
}

// roleOf is the role of the noun phrase of token h, in which m is named. Steps
// bounds how far it goes up.
func (f *finder) roleOf(h int, m *mention, steps int) Role {
	up := int(f.t.Head[h])
	if steps == 0 || up < 0 {
		return Unclear
	}
	prep := f.preposition(h)
	switch rel := f.t.Rel[h]; rel {
	case syntax.Conj, syntax.Appos, syntax.Flat, syntax.NmodDesc:
		if prep < 0 {
			return f.roleOf(up, m, steps-1)
		}
	case syntax.NmodPoss:
		if speaks(m) {
			return Actor
		}
		return Modifier
	case syntax.Compound, syntax.Amod, syntax.NmodUnmarked:
		if prep >= 0 {
			break
		}
		switch {
		case f.lemma(up, kindOf):
			return f.roleOf(up, m, steps-1)
		case f.lemma(up, meeting):
			return Where
		}
		return Modifier
	case syntax.Nsubj, syntax.NsubjOuter, syntax.Csubj:
		if f.lemma(up, hosts) {
			return Where
		}
		return Actor
	case syntax.NsubjPass:
		return Object
	case syntax.OblAgent, syntax.Vocative:
		return Actor
	case syntax.Obj, syntax.Iobj:
		if f.lemma(up, reaches) {
			return Where
		}
		return Object
	}
	if prep < 0 {
		return Unclear
	}
	return f.oblique(h, up, prep, m, steps)
}

// oblique is the role behind a preposition.
func (f *finder) oblique(h, up, prep int, m *mention, steps int) Role {
	verb := f.t.Rel[h] == syntax.Obl
	switch w := f.d.Word(prep); {
	case f.lemma(prep, at):
		return Where
	case f.lemma(prep, to):
		if verb && !(speaks(m) && f.lemma(up, give)) || f.lemma(up, trip|kindOf) || f.isMention(up) {
			return Where
		}
		return Object
	case f.lemma(prep, with):
		return Actor
	case f.lemma(prep, on):
		if verb && w == "on" {
			return Where
		}
		return Object
	case w == "of":
		switch {
		case f.lemma(up, kindOf):
			return f.roleOf(up, m, steps-1)
		case f.lemma(up, direction): // "west of Athlone"
			return Where
		case f.lemma(up, deed):
			return Object
		}
		return Modifier
	}
	return Unclear
}

// preposition is the token of the preposition of h, -1 for none.
func (f *finder) preposition(h int) int { return f.t.Child(h, syntax.Case) }

// isMention reports whether token i is in the name of a place.
func (f *finder) isMention(i int) bool {
	k := sort.Search(len(f.mentions), func(k int) bool { return int(f.mentions[k].Last) > i })
	return k < len(f.mentions) && int(f.mentions[k].First) <= i
}

func (f *finder) is(i int32, word string) bool {
	return i >= 0 && int(i) < len(f.d.Tokens) && f.d.Word(int(i)) == word
}

func (f *finder) lemma(i int, c class) bool { return words()[f.t.Lemma[i]]&c != 0 }

// speaks reports whether the name of m may stand for a government.
func speaks(m *mention) bool {
	return m.meant.capital || m.meant.whole && m.meant.region == ""
}
