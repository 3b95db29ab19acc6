package actor

import (
	"github.com/rapporteur/rapporteur/internal/name"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// headlines is the number of paragraphs in which an office may stand before
// its holder is named, and a byline is looked for.
const headlines = 4

// headline resolves an office that speaks at the top of the report and is
// named only after it: "MINISTER: WE WILL WAIT", "Governor says no".
func (s *state) headline(m int32, d *descriptor) int32 {
	x := &s.mentions[m]
	if x.source < 0 || x.definite > plain || d.noun.class != office || d.noun.plural || s.paragraph[x.head] >= headlines {
		return -1
	}
	list := s.byHead[d.noun.head]
	for _, k := range list[:min(len(list), maxDescs)] {
		b := &s.descs[k]
		e := s.find(b.entity)
		if b.at > x.head && s.entities[e].named && s.narrows(d, b, false) {
			return e
		}
	}
	return -1
}

// narrator is the person whom a byline in the text names ("Interview by Tomasz
// Ferreira"): who says I outside of quotations. -1 if there is none.
func (s *state) narrator() int32 {
	for p, r := range s.doc.Paragraphs {
		if p >= headlines {
			break
		}
		if r = s.clip(r); r.Len() == 0 || r.Len() > 14 {
			continue
		}
		for i := r.First + 1; i < r.Last; i++ {
			k := s.nameAt[i]
			if k < 0 || s.names[k].Kind != name.Person || s.words[i-1] != s.by {
				continue
			}
			if end := s.names[k].Last; end < r.Last && s.tree.UPOS[end] != syntax.PUNCT {
				continue
			}
			if m := s.mentionAt[s.nameHeadAt(k)]; m >= 0 {
				return s.mentions[m].entity
			}
		}
	}
	return -1
}

// counterpart resolves "her Swedish colleague", "his French counterpart": one
// who holds the same office in the other country. If nobody is known to, it is
// whoever holds the office without a country, if there is but one.
func (s *state) counterpart(m int32, d *descriptor) int32 {
	x := &s.mentions[m]
	if !s.peers[d.noun.head] || d.country == "" {
		return -1
	}
	owner := s.owner(x)
	if owner < 0 {
		return -1
	}
	found, open := int32(-1), int32(-1)
	for i, n := s.entities[owner].desc, 0; i >= 0 && n < maxMods; i, n = s.descs[i].next, n+1 {
		list := s.byHead[s.descs[i].noun.head]
		for _, k := range list[max(0, len(list)-maxDescs):] {
			e := s.find(s.descs[k].entity)
			y := &s.entities[e]
			switch {
			case e == owner || !y.named || s.descs[k].at > x.head || y.kind != personKind:
			case y.country == d.country:
				found = e
			case y.country == "" && (open < 0 || open == e):
				open = e
			case y.country == "":
				open = -2
			}
		}
	}
	if found < 0 {
		found = max(open, -1)
	}
	return found
}

// owner is the entity of the possessor in mention x, -1 if there is none.
func (s *state) owner(x *mention) int32 {
	for i := max(x.First, x.head-maxSpan); i < x.head; i++ {
		if k := s.mentionAt[i]; k >= 0 && s.mentions[k].entity >= 0 && s.entities[s.find(s.mentions[k].entity)].kind == personKind {
			return s.find(s.mentions[k].entity)
		}
	}
	return -1
}

// office gives a peer the office of the other: "her Vietnamese counterpart, Le
// Thi Hoai Phuong" of a minister is the Vietnamese minister.
func (s *state) office(x *mention) {
	d := s.describe(x.Range, x.head, x.noun)
	owner := s.owner(x)
	if owner < 0 {
		return
	}
	var offices []descriptor
	for i, n := s.entities[owner].desc, 0; i >= 0 && n < maxMods; i, n = s.descs[i].next, n+1 {
		if o := s.descs[i]; o.noun.class == office {
			o.country, o.at, o.role.Last = d.country, d.at, o.role.First
			offices = append(offices, o)
		}
	}
	for _, o := range offices {
		s.attach(o, s.find(x.entity))
	}
}

// members finds the two whom a group, first mentioned by x ("the two
// ministers", "both delegations"), means: the only two persons of that office
// or sex that the report names, the only two countries that it names often.
func (s *state) members(e *entity, x *mention) (pair [2]int32, ok bool) {
	if e.desc < 0 || !s.isPair(x) || !x.noun.plural || x.definite != definite { // "police arrested two men"
		return pair, false
	}
	d := &s.descs[e.desc]
	n := 0
	for i := range s.entities[:min(len(s.entities), maxTokens)] {
		y := &s.entities[i]
		if y.into != int32(i) || !y.named || y.last < 0 || !s.belongs(y, d) || y.kind == countryKind && y.count < manyTimes {
			continue
		}
		if n == len(pair) {
			if y.kind != countryKind || manyTimes*y.count > min(s.entities[pair[0]].count, s.entities[pair[1]].count) {
				return pair, false
			}
			continue
		}
		pair[n] = int32(i)
		n++
	}
	return pair, n == len(pair)
}

// manyTimes is how many times the two countries of a dispute are mentioned at
// least, and how many times oftener than any third.
const manyTimes = 2

func (s *state) isPair(x *mention) bool {
	for i := max(x.First, x.head-maxSpan); i < x.head; i++ {
		if w := s.words[i]; w == s.two || w == s.both {
			return true
		}
	}
	return false
}

// belongs reports whether y may be one of those whom the plural d means.
func (s *state) belongs(y *entity, d *descriptor) bool {
	switch {
	case d.noun.class == side || d.noun.class == country:
		return y.kind == countryKind
	case y.kind != personKind || !d.noun.class.human():
		return false
	case d.noun.class == person:
		return d.noun.gender != anyGender && y.gender == d.noun.gender
	}
	for i, n := y.desc, 0; i >= 0 && n < maxMods; i, n = s.descs[i].next, n+1 {
		if h := s.descs[i].noun.head; h == d.noun.head || s.hypernyms[[2]word{d.noun.head, h}] {
			return true
		}
	}
	return false
}

// membersName is the name of a group of two.
func (s *state) membersName(pair [2]int32) string {
	a, b := &s.entities[pair[0]], &s.entities[pair[1]]
	return s.doc.Surface(a.fullest) + " and " + s.doc.Surface(b.fullest)
}

// outside reports whether mention x says I outside of every content and quotation.
func (s *state) outside(x *mention) bool {
	return x.form == record.FormPronoun && x.pronoun.person == 1 && x.pronoun.one && s.within[x.head] < 0 && !s.quoted[x.head]
}
