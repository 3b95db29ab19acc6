package actor

import (
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// What a newspaper writes around a name is so regular that its surface is
// surer than a parse: titles before it, appositions after it.

// The length of a title, and how far into a source its head is looked for, in tokens.
const (
	maxTitle  = 12
	maxPhrase = 64
)

// markTitles marks the tokens of the titles that stand before persons' names.
func (s *state) markTitles() {
	for k := range s.names {
		n := &s.names[k]
		if n.Kind != name.Person || s.clip(n.Range) != n.Range || n.Len() == 0 || s.nameAt[n.First] != int32(k) {
			continue
		}
		r := s.titleBefore(n.First)
		if t := n.Title; t.Len() > 0 && s.clip(t) == t && t.Last <= n.First && n.First-t.Last <= 1 {
			r.First = min(r.First, max(t.First, n.First-maxTitle))
		}
		for i := r.First; i < n.First; i++ {
			s.titleOf[i] = int32(k)
		}
	}
}

// titleBefore is the title that ends before token i: nouns for persons with
// what modifies them ("Vatican Secretary of State Cardinal", "the UN's envoy").
func (s *state) titleBefore(i int32) token.Range {
	r := token.Range{First: i, Last: i}
	if i == 0 || !s.titleNoun(i-1) {
		return r
	}
	for k := i - 1; k >= max(0, i-maxTitle) && s.sentence[k] == s.sentence[i]; k-- {
		switch {
		case s.titleNoun(k):
			r.First = k
		case s.nameAt[k] >= 0 && s.names[s.nameAt[k]].Kind != name.Person:
			r.First = k
		case s.tree.UPOS[k] == syntax.NOUN, s.tree.UPOS[k] == syntax.PROPN && s.nameAt[k] < 0, s.tree.UPOS[k] == syntax.ADJ:
			r.First = k
		case s.joins(k):
		default:
			return r
		}
	}
	return r
}

// titleNoun reports whether token k is a singular noun for a person or a form of address, outside of a person's name.
func (s *state) titleNoun(k int32) bool {
	if n := s.nameAt[k]; n >= 0 && s.names[n].Kind == name.Person {
		return false
	}
	n := s.nouns[s.words[k]]
	if n.class.human() && n.class != people && !n.plural {
		return true
	}
	_, ok := s.titles[s.words[k]]
	return ok
}

// joins reports whether token k may stand inside a title: a possessive, a
// hyphen, "of" or "for" after an office or a body, "and" between two offices.
func (s *state) joins(k int32) bool {
	if k == 0 {
		return false
	}
	switch s.doc.Word(int(k)) {
	case "'s", "’s":
		return true
	case "-":
		return !s.doc.SpaceBefore(int(k))
	case "of", "for":
		return s.titleNoun(k-1) || s.nouns[s.words[k-1]].class == org || s.nameAt[k-1] >= 0 && s.names[s.nameAt[k-1]].Kind == name.Organization
	case "and", "&":
		return s.titleNoun(k-1) && capital(s.doc.Word(int(k-1)))
	}
	return false
}

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// phraseHead is the head of the noun phrase that r begins with: the name, if
// the phrase is one with its title, else the last noun before a preposition, a
// comma or a clause. -1 if there is no noun.
func (s *state) phraseHead(r token.Range) int32 {
	r.Last = min(r.Last, r.First+maxPhrase)
	found := int32(-1)
	for i := r.First; i < r.Last; i++ {
		if found < 0 && s.quantifies(i) {
			return i
		}
		if n := s.titleOf[i]; n >= 0 && s.names[n].First < r.Last {
			return s.headOf(s.names[n].Range)
		}
		if n := s.nameAt[i]; n >= 0 && s.names[n].Kind != name.Nationality {
			if end := s.names[n].Last; end+1 < r.Last && s.doc.Word(int(end)) == "-" && !s.doc.SpaceBefore(int(end)) { // "Slovenia-born"
				i = end
				continue
			}
			found = s.headOf(s.names[n].Range)
			i = s.names[n].Last - 1
			continue
		}
		if i+2 < r.Last && s.doc.Word(int(i+1)) == "-" && !s.doc.SpaceBefore(int(i+1)) { // "government-run"
			i++
			continue
		}
		u := s.tree.UPOS[i]
		if x := s.nouns[s.words[i]]; x.class != noClass && (found < 0 && u != syntax.ADJ || u == syntax.ADJ && x.class.human() && s.closes(i+1, r)) {
			u = syntax.NOUN // whatever the tagger takes it for
		}
		switch u {
		case syntax.NOUN, syntax.PROPN:
			found = i
		case syntax.PRON:
			if s.tree.Tag[i] != syntax.TagPRPS && s.tree.Rel[i] != syntax.NmodPoss {
				if found < 0 {
					found = i
				}
				return found
			}
		case syntax.ADP, syntax.SCONJ, syntax.PUNCT, syntax.VERB, syntax.AUX, syntax.CCONJ:
			if found >= 0 && s.doc.Word(int(i)) != "-" {
				return found
			}
		case syntax.ADJ:
			if found >= 0 && s.nouns[s.words[found]].class.human() { // "people familiar with the talks"
				return found
			}
			if s.nameAt[i] >= 0 && found < 0 {
				found = i // "The Ukrainian said"
			}
		}
	}
	return found
}

// quantifies reports whether token i is the head of "one of them", "several of the men".
func (s *state) quantifies(i int32) bool {
	if int(i)+1 >= len(s.words) || s.words[i+1] != s.of || s.nameAt[i] >= 0 {
		return false
	}
	return s.tree.UPOS[i] == syntax.NUM || s.determiners[s.words[i]] >= indefinite
}

// closes reports whether a noun phrase in r ends before token i.
func (s *state) closes(i int32, r token.Range) bool {
	if i >= r.Last {
		return true
	}
	switch s.tree.UPOS[i] {
	case syntax.PUNCT, syntax.ADP, syntax.VERB, syntax.AUX, syntax.CCONJ:
		return true
	}
	return false
}

// apposedName is the head of the name that ends the source r after a nominal
// with head h: "the grid operator, Western Grid", "a baker who gave only his
// first name, Munir". -1 if there is none.
func (s *state) apposedName(r token.Range, h int32) int32 {
	if s.nameAt[h] >= 0 || s.nouns[s.words[h]].plural {
		return -1
	}
	for i := min(r.Last, h+maxPhrase) - 1; i > h+1; i-- {
		k := s.nameAt[i]
		if k < 0 {
			continue
		}
		switch s.names[k].Kind {
		case name.Person, name.Organization, name.Misc, name.Facility:
		default:
			continue
		}
		first := s.titledFirst(k)
		if first <= h+1 || !s.opensName(first-1, h) {
			continue
		}
		if last := s.names[k].Last; last < r.Last { // "Meridian Blue of Piraeus", "Munir, 34"
			if u := s.tree.UPOS[last]; u != syntax.PUNCT && u != syntax.ADP {
				continue
			}
		}
		return s.headOf(s.names[k].Range)
	}
	return -1
}

// opensName reports whether the name after token i is that of the noun at h: a
// comma right after its phrase, or a word for naming before it.
func (s *state) opensName(i, h int32) bool {
	switch s.doc.Word(int(i)) {
	case ",", "–", "—":
	case "named", "called":
		return true
	case "as":
		return i > 1 && s.naming(i-1, h)
	default:
		return false
	}
	if s.doc.Word(int(i-1)) == "name" {
		return true
	}
	for k := h + 1; k < i; k++ {
		switch s.tree.UPOS[k] {
		case syntax.VERB, syntax.AUX, syntax.PUNCT, syntax.SCONJ:
			return false
		}
	}
	return true
}

// naming reports whether "name" or "identified" stands between h and i: "who gave his name as".
func (s *state) naming(i, h int32) bool {
	for k := max(h, i-4); k <= i; k++ {
		switch s.doc.Word(int(k)) {
		case "name", "identified", "known":
			return true
		}
	}
	return false
}

// apposed finds the nominals that stand beside a person's name between commas
// and describe it: "Hana Brisk, a spokeswoman for the ministry," and "the
// ministry's spokesman, Arvo Lint,".
func (s *state) apposed() {
	for k := range s.names {
		n := &s.names[k]
		if n.Kind != name.Person && n.Kind != name.Organization || n.Len() == 0 || s.clip(n.Range) != n.Range || s.nameAt[n.First] != int32(k) {
			continue
		}
		m := s.mentionAt[s.nameHeadAt(int32(k))]
		if m < 0 {
			continue
		}
		if n.Kind == name.Person {
			s.heads(m, n.Last)
		}
		if h := s.after(n.Last, n.Kind == name.Person); h >= 0 && s.mentionAt[h] >= 0 {
			if x := &s.mentions[s.mentionAt[h]]; x.source < 0 {
				last := s.doc.Sentences[s.sentence[h]].Last
				x.Range = s.phrase(token.Range{First: x.First, Last: min(last, h+maxSpan)}, h)
			}
			s.linkPair(m, s.mentionAt[h])
		}
		first := s.titledFirst(int32(k))
		for _, h := range [2]int32{s.before(first, n.Last, n.Kind == name.Person), s.introduced(first, n.Kind == name.Person)} {
			if h >= 0 && s.mentionAt[h] >= 0 {
				s.linkPair(m, s.mentionAt[h])
			}
		}
	}
}

// introduced is the noun that a participle for naming gives the name at i: "a
// group called the Free Valley Front", "a man identified as Jamal Orel". -1 if there
// is none. Who called somebody something is told apart by the article.
func (s *state) introduced(i int32, human bool) int32 {
	if i > 0 && s.words[i-1] == s.the {
		i--
	}
	v := i - 1
	if v > 1 && s.doc.Word(int(v)) == "as" {
		v--
	}
	if v < 1 {
		return -1
	}
	h := v - 1
	switch s.doc.Word(int(v)) {
	case "named", "known", "identified":
	case "called":
		if d := s.tree.Child(int(h), syntax.Det); d < 0 || s.determiners[s.words[d]] != indefinite {
			return -1
		}
	default:
		return -1
	}
	if s.tree.Tag[v] != syntax.TagVBN || s.tree.Head[v] != h || s.nameAt[h] >= 0 || s.titleOf[h] >= 0 || !s.nouns[s.words[h]].names(human) {
		return -1
	}
	return h
}

// heads gives the person of mention m the office that a clause after the name
// tells: "Sorel, who heads the Transport Union".
func (s *state) heads(m, i int32) {
	if int(i)+3 >= len(s.words) || s.doc.Word(int(i)) != "," || s.words[i+1] != s.who || s.verbs[s.words[i+2]] == 0 {
		return
	}
	last := min(i+3+maxSpan, s.doc.Sentences[s.sentence[i]].Last)
	r := s.phrase(token.Range{First: i + 3, Last: last}, i+3)
	if e := s.mentions[m].entity; e >= 0 {
		d := s.describe(token.Range{First: i + 2, Last: r.Last}, i+2, noun{class: office, head: s.verbs[s.words[i+2]]})
		d.role.Last = d.role.First // a clause is no title
		s.attach(d, s.find(e))
	}
}

// titledFirst is the first token of name k with its title.
func (s *state) titledFirst(k int32) int32 {
	i := s.names[k].First
	for i > 0 && s.titleOf[i-1] == k {
		i--
	}
	return i
}

// after is the head of the singular noun, for a person or for a body, in the phrase that begins at i with a comma, -1 if there is none.
func (s *state) after(i int32, human bool) int32 {
	n := int32(len(s.words))
	if i+1 >= n || s.doc.Word(int(i)) != "," || s.sentence[i+1] != s.sentence[i] {
		return -1
	}
	if w := s.doc.Word(int(i + 1)); s.tree.UPOS[i+1] == syntax.NUM && i+3 < n && s.doc.Word(int(i+2)) == "," { // "Hana Brisk, 54, a nurse"
		i += 2
	} else if w == "who" || w == "which" {
		return -1
	}
	switch s.tree.UPOS[i+1] {
	case syntax.DET, syntax.ADJ, syntax.NOUN, syntax.PROPN, syntax.ADV, syntax.PRON:
	default:
		return -1
	}
	h := s.phraseHead(token.Range{First: i + 1, Last: min(i+10, n)})
	if h < 0 || s.nameAt[h] >= 0 || s.titleOf[h] >= 0 || s.sentence[h] != s.sentence[i] {
		return -1
	}
	if !s.nouns[s.words[h]].names(human) {
		return -1
	}
	// A noun that takes a verb of its own is no apposition: "said Brisk, the nurse left".
	if end := s.right[h]; end < n && (s.tree.UPOS[end] == syntax.VERB || s.tree.UPOS[end] == syntax.AUX) && s.tree.Tag[end] != syntax.TagVBN && s.tree.Tag[end] != syntax.TagVBG && s.doc.Word(int(end-1)) != "," {
		return -1
	}
	return h
}

// before is the head of the noun phrase that ends with a comma before token i,
// if the name that begins there ends, at last, with a comma, a stop or a verb.
func (s *state) before(i, last int32, human bool) int32 {
	if i < 2 || s.doc.Word(int(i-1)) != "," || s.sentence[i-1] != s.sentence[i] {
		return -1
	}
	if last < int32(len(s.words)) {
		switch s.tree.UPOS[last] {
		case syntax.PUNCT, syntax.VERB, syntax.AUX:
		default:
			return -1
		}
	}
	for k := i - 2; k >= max(0, i-10) && s.sentence[k] == s.sentence[i]; k-- {
		if s.nouns[s.words[k]].names(human) && s.nameAt[k] < 0 && s.titleOf[k] < 0 && s.right[k] >= i-1 {
			return k
		}
		if s.tree.UPOS[k] == syntax.PUNCT || s.tree.UPOS[k] == syntax.VERB {
			break
		}
	}
	return -1
}
