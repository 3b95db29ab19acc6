package actor

import (
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
)

// What a newspaper writes around a name is so regular that its surface is
// surer than a parse: titles before it, appositions after it.

// maxTitle is the length of a title in tokens.
const maxTitle = 12

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

// joins reports whether token k may stand inside a title: "of", a possessive,
// a hyphen, and "and" between two offices.
func (s *state) joins(k int32) bool {
	switch s.doc.Word(int(k)) {
	case "of", "'s", "’s", "-", "–", "for":
		return k > 0 && (s.tree.UPOS[k-1] == syntax.NOUN || s.tree.UPOS[k-1] == syntax.PROPN || s.tree.UPOS[k-1] == syntax.ADJ)
	case "and", "&":
		return k > 0 && s.titleNoun(k-1) && 'A' <= s.doc.Word(int(k - 1))[0] && s.doc.Word(int(k - 1))[0] <= 'Z'
	}
	return false
}

// phraseHead is the head of the noun phrase that r begins with: the name, if
// the phrase is one with its title, else the last noun before a preposition, a
// comma or a clause. -1 if there is no noun.
func (s *state) phraseHead(r token.Range) int32 {
	found := int32(-1)
	for i := r.First; i < r.Last; i++ {
		if n := s.titleOf[i]; n >= 0 && s.names[n].First < r.Last {
			return s.headOf(s.names[n].Range)
		}
		if n := s.nameAt[i]; n >= 0 && s.names[n].Kind != name.Nationality {
			found = s.headOf(s.names[n].Range)
			i = s.names[n].Last - 1
			continue
		}
		switch s.tree.UPOS[i] {
		case syntax.NOUN, syntax.PROPN, syntax.PRON:
			found = i
			if s.tree.UPOS[i] == syntax.PRON && s.tree.Tag[i] != syntax.TagPRPS {
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

// apposed finds the nominals that stand beside a person's name between commas
// and describe it: "Hana Brisk, a spokeswoman for the ministry," and "the
// ministry's spokesman, Arvo Lint,".
func (s *state) apposed() {
	for k := range s.names {
		n := &s.names[k]
		if n.Kind != name.Person || n.Len() == 0 || s.clip(n.Range) != n.Range || s.nameAt[n.First] != int32(k) {
			continue
		}
		m := s.mentionAt[s.nameHeadAt(int32(k))]
		if m < 0 {
			continue
		}
		if h := s.after(n.Last); h >= 0 && s.mentionAt[h] >= 0 {
			if x := &s.mentions[s.mentionAt[h]]; x.source < 0 {
				last := s.doc.Sentences[s.sentence[h]].Last
				x.Range = s.phrase(token.Range{First: x.First, Last: min(last, h+maxSpan)}, h)
			}
			s.linkPair(m, s.mentionAt[h])
		}
		if h := s.before(s.titledFirst(int32(k)), n.Last); h >= 0 && s.mentionAt[h] >= 0 {
			s.linkPair(m, s.mentionAt[h])
		}
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

// after is the head of the singular noun for a person in the phrase that begins at i with a comma, -1 if there is none.
func (s *state) after(i int32) int32 {
	n := int32(len(s.words))
	if i+1 >= n || s.doc.Word(int(i)) != "," || s.sentence[i+1] != s.sentence[i] {
		return -1
	}
	if w := s.doc.Word(int(i + 1)); s.tree.UPOS[i+1] == syntax.NUM && i+3 < n && s.doc.Word(int(i+2)) == "," { // "Hana Brisk, 54, a nurse"
		i += 2
	} else if w == "who" || w == "which" {
		return -1
	}
	h := s.phraseHead(token.Range{First: i + 1, Last: min(i+10, n)})
	if h < 0 || s.nameAt[h] >= 0 || s.titleOf[h] >= 0 || s.sentence[h] != s.sentence[i] {
		return -1
	}
	if x := s.nouns[s.words[h]]; !x.class.human() || x.plural || x.class == people {
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
func (s *state) before(i, last int32) int32 {
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
		x := s.nouns[s.words[k]]
		if x.class.human() && !x.plural && x.class != people && s.nameAt[k] < 0 && s.titleOf[k] < 0 && s.right[k] >= i-1 {
			return k
		}
		if s.tree.UPOS[k] == syntax.PUNCT || s.tree.UPOS[k] == syntax.VERB {
			break
		}
	}
	return -1
}
