package date

import "github.com/rapporteur/rapporteur/internal/syntax"

// tense is where what happens at a time lies, seen from the day of publication.
type tense uint8

const (
	timeless tense = iota // cannot be told
	behind
	ahead
	present // holds always, or is a plan told as if it were done: "meets on Monday"
)

// tenseOf is the tense of what happens at the time that the words [first, end)
// tell. Direct tells that they stand beside the verb itself, and not within a
// noun phrase, whose time may be another.
func (m *matcher) tenseOf(first, end int) (t tense, direct bool) {
	if m.says(first-1, "of") && m.isPortion(first-2) && m.is(first-3, the) { // "by the end of March"
		first -= 3
	}
	if m.tag(first-1) == syntax.TagJJ && intents[m.t.Lemma[first-1]] { // "due Friday": trees seldom agree
		if m.tag(first-2) == syntax.TagVBD {
			return timeless, false
		}
		return ahead, true
	}
	verb, rel, direct := m.verbOf(first, end)
	if verb < 0 || m.says(first-1, "of") && m.says(first-2, "ahead") {
		return timeless, false
	}
	if deadline := m.says(first-1, "until") || m.says(first-1, "till") || m.says(first-1, "by"); deadline && m.isInfinitive(verb) {
		return ahead, true
	}
	t = m.verbTense(verb, m.says(first-1, "for"), 4)
	if t == behind && m.isCondition(verb) {
		return timeless, false
	}
	if _, plan := intents[m.t.Lemma[verb]]; !direct && rel != syntax.Nsubj && (t != behind || plan) {
		return timeless, false // "will discuss Monday's attack", "delayed Tuesday's vote"
	}
	return t, direct
}

// isPortion reports whether word i is a part of a longer time.
func (m *matcher) isPortion(i int) bool {
	return m.says(i, "end") || m.says(i, "beginning") || m.says(i, "start") || m.says(i, "middle")
}

// verbOf is the predicate that the words [first, end) belong to, -1 if there is
// none. There may be nouns between ("said in an interview in Kyiv on Monday"),
// but only one that the words stand before ("Monday's talks"). Rel is the relation
// of the last of them to the predicate.
func (m *matcher) verbOf(first, end int) (verb int, rel syntax.Rel, direct bool) {
	t := m.t
	k := first - 1
	if m.is(k, strong, weak, edge, compare) {
		k--
	}
	if k >= int(m.sentence.First) && t.UPOS[k] == syntax.VERB && !m.is(end, apostrophe) { // "said Monday": whatever the tree says
		return k, syntax.Obl, true
	}
	head := m.headOf(first, end)
	direct = true
	nouns := 3
	if int(t.Head[head]) >= end {
		nouns = 1
	}
	for range nouns + 1 {
		up := int(t.Head[head])
		if up < 0 {
			break
		}
		rel = t.Rel[head].Universal()
		if m.isPredicate(up) {
			return up, rel, direct && rel != syntax.Nsubj && rel != syntax.Obj
		}
		direct, head = false, up
	}
	return -1, rel, false
}

// headOf is the first of the words [first, end) that hangs on a word outside and
// is no preposition.
func (m *matcher) headOf(first, end int) int {
	for i := first; i < end; i++ {
		if h := int(m.t.Head[i]); h >= first && h < end {
			continue
		}
		if r := m.t.Rel[i].Universal(); r != syntax.Case && r != syntax.Mark && r != syntax.Punct {
			return i
		}
	}
	return first
}

// isPredicate reports whether token k is a verb or has a copula.
func (m *matcher) isPredicate(k int) bool {
	u := m.t.UPOS[k]
	return u == syntax.VERB || u == syntax.AUX || m.t.Child(k, syntax.Cop) >= 0
}

func (m *matcher) isInfinitive(k int) bool {
	for c := range m.t.Children(k) {
		if c < k && m.t.Tag[c] == syntax.TagTO {
			return true
		}
	}
	return false
}

// verbTense is the tense of predicate k. Fixed tells that its time stands after
// "for": "set for Friday". Depth bounds the way up.
func (m *matcher) verbTense(k int, fixed bool, depth int) tense {
	t := m.t
	plan := intents[t.Lemma[k]]
	switch now := m.auxTense(k); {
	case now == timeless:
	case plan && now == present: // "are due on Friday"
		return ahead
	case plan && now == behind && t.Tag[k] != syntax.TagVBG: // "was due on Friday"
		return timeless
	default:
		return now
	}
	if depth == 0 {
		return timeless
	}
	if m.isInfinitive(k) {
		return m.infinitive(k, depth)
	}
	switch t.Tag[k] {
	case syntax.TagVBD:
		if plan && fixed {
			return ahead
		}
		return behind
	case syntax.TagVBN:
		if up := int(t.Head[k]); t.Rel[k] == syntax.Conj && up >= 0 && t.Tag[up] != syntax.TagVBD {
			return m.verbTense(up, fixed, depth-1)
		}
		if plan {
			return ahead
		}
		return behind
	case syntax.TagVBZ, syntax.TagVBP:
		if t.Lemma[k] == "say" {
			return timeless
		}
		return present
	case syntax.TagJJ:
		if plan {
			return ahead
		}
	case syntax.TagVBG, syntax.TagVB:
		up, rel := int(t.Head[k]), t.Rel[k].Universal()
		if up >= 0 && m.isPredicate(up) && (t.Tag[k] == syntax.TagVBG || rel == syntax.Conj || rel == syntax.Xcomp) {
			return m.verbTense(up, fixed, depth-1)
		}
	}
	return timeless
}

// infinitive is the tense of "to …": a plan of what intends it, else that of what governs it.
func (m *matcher) infinitive(k, depth int) tense {
	t := m.t
	up := int(t.Head[k])
	if up < 0 {
		return timeless
	}
	if _, ok := intents[t.Lemma[up]]; ok && t.Rel[k] != syntax.Advcl {
		return present
	}
	if !m.isPredicate(up) {
		return timeless
	}
	return m.verbTense(up, false, depth-1)
}

// auxTense is the tense that the auxiliaries and the copula of k give it.
func (m *matcher) auxTense(k int) tense {
	t := m.t
	found, modal := timeless, false
	for c := range t.Children(k) {
		switch t.Rel[c] {
		case syntax.Aux, syntax.AuxPass, syntax.Cop:
		default:
			continue
		}
		switch tag := t.Tag[c]; {
		case t.Lemma[c] == "have":
			return behind
		case tag == syntax.TagMD:
			modal = true
		case tag == syntax.TagVBD:
			found = behind
		case (tag == syntax.TagVBZ || tag == syntax.TagVBP) && found == timeless:
			found = present
		}
	}
	switch {
	case modal, found == present && m.isInfinitive(k): // "is to meet"
		return ahead
	case found == behind && m.isInfinitive(k): // "they were to win"
		return timeless
	}
	return found
}

// isCondition reports whether predicate k stands in an "if" clause, whose past may be none.
func (m *matcher) isCondition(k int) bool {
	mark := m.t.Child(k, syntax.Mark)
	return mark >= 0 && (m.t.Lemma[mark] == "if" || m.t.Lemma[mark] == "unless")
}
