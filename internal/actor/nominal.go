package actor

import (
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/record"
)

// nominal resolves a noun phrase: a document to the one who wrote it, a
// definite one to whom it takes up, the rest to somebody new.
func (s *state) nominal(m int32) {
	x := &s.mentions[m]
	if s.tree.UPOS[x.head] == syntax.PRON && s.determiners[s.words[x.head]] == definite && s.words[x.head] != s.both && s.words[x.head] != s.those && x.Len() == 1 {
		return // "this", "that": no actor
	}
	if s.nobody[s.words[x.First]] && (x.Len() == 1 || s.doc.Word(int(x.head)) == "one") {
		return // "nobody", "no one"
	}
	if x.noun.class == document {
		if x.entity = s.author(m); x.entity < 0 && x.source >= 0 {
			s.newEntity(m, unknownKind)
			s.attach(s.describe(x.Range, x.head, x.noun), x.entity)
		}
		return
	}
	if x.source >= 0 && x.noun.class == noClass && s.tree.UPOS[x.head] == syntax.PROPN && capital(s.doc.Word(int(x.head))) {
		x.entity = s.unfound(m)
		return
	}
	d := s.describe(x.Range, x.head, x.noun)
	e := int32(-1)
	switch {
	case x.definite == definite, !x.noun.plural && x.definite <= plain && x.noun.class != noClass:
		e = s.antecedent(m, &d)
	case x.definite <= plain && x.noun.plural:
		e = s.again(m, &d)
	}
	if e < 0 {
		e = max(s.counterpart(m, &d), s.headline(m, &d))
	}
	if e < 0 {
		if x.source < 0 && !s.party[x.head] && !s.introduces(x) {
			return
		}
		k := kindOfNoun(x.noun, x.definite == definite)
		if k == unknownKind && x.source < 0 { // a party to an event that is no speaker: "three hotels"
			k = groupKind
		}
		e = s.newEntity(m, k)
		s.entities[e].plural = x.noun.plural || x.noun.either || x.noun.class == people
		s.entities[e].gender = x.noun.gender
		s.entities[e].country = d.country
	}
	x.entity = e
	s.attach(d, e)
}

// unfound is the entity of a source that looks like a name and was not found
// as one: a body of which it is a shorter name, a person of that name, else a
// new body.
func (s *state) unfound(m int32) int32 {
	x := &s.mentions[m]
	part := x.Range
	if s.determiners[s.words[part.First]] >= indefinite && part.Len() > 1 {
		part.First++
	}
	x.form = record.FormName
	found := int32(-1)
	latest := func(fits func(y *entity) bool) {
		for _, e := range s.sharing(part) {
			e = s.find(e)
			if y := &s.entities[e]; fits(y) && (found < 0 || y.last > s.entities[found].last) {
				found = e
			}
		}
	}
	latest(func(y *entity) bool {
		return y.kind == orgKind && s.inside(part, y.fullest) && s.words[s.nameHead(part)] == s.words[s.nameHead(y.fullest)]
	})
	if found >= 0 {
		return found
	}
	for i := part.First; i < part.Last; i++ {
		s.spellAt(i)
	}
	latest(func(y *entity) bool { return y.kind == personKind && s.holds(y.fullest, s.words[x.head]) })
	if found < 0 {
		found = s.newEntity(m, orgKind)
		s.entities[found].named, s.entities[found].fullest = true, part
		s.indexName(found, part)
	}
	return found
}

// introduces reports whether a nominal that is no source brings in an actor:
// not a predicate ("is a lawyer"), nor an office as such ("as president").
func (s *state) introduces(x *mention) bool {
	if x.noun.class == noClass || x.predicate {
		return false
	}
	return !x.noun.class.human() || x.noun.plural || x.definite > plain
}

// kindOfNoun is what an unnamed actor is by its noun. "The ministers" are a
// group, "ministers" an unnamed source; so are several persons without an
// office. Several bodies are a group.
func kindOfNoun(n noun, definite bool) kind {
	switch n.class {
	case office:
		if n.plural && definite {
			return groupKind
		}
		return personKind
	case source, person:
		return personKind
	case people:
		return unknownKind
	case org, side:
		if n.plural {
			return groupKind
		}
		return orgKind
	case country:
		if n.plural {
			return groupKind
		}
		return countryKind
	}
	return unknownKind
}

// antecedent is whom a definite nominal takes up: the latest actor described
// by the same noun, else by a narrower one, else, for a speaker without any
// description, the one who spoke last. -1 if there is none.
func (s *state) antecedent(m int32, d *descriptor) int32 {
	x := &s.mentions[m]
	list := s.byHead[d.noun.head]
	list = list[max(0, len(list)-maxDescs):]
	best, bestLast := int32(-1), int32(-1)
	for _, k := range list {
		b := &s.descs[k]
		e := s.find(b.entity)
		if b.at >= x.head || !s.narrows(d, b, false) {
			continue
		}
		if b.n > 0 && s.tree.Rel[x.head] == syntax.Compound { // "an army base" is not of "a private army"
			continue
		}
		last := s.entities[e].last
		if d.country != "" && (b.country == d.country || s.entities[e].country == d.country) {
			last += int32(len(s.mentions)) // the same country, not just no other
		}
		if last > bestLast || best < 0 {
			best, bestLast = e, last
		}
	}
	if best >= 0 {
		return best
	}
	return s.wider(m, d)
}

// maxWider is how many sentences back a wider noun ("the official") or a noun
// that is new may refer.
const maxWider = 6

func (s *state) wider(m int32, d *descriptor) int32 {
	x := &s.mentions[m]
	fallback := int32(-1)
	for k, back := m-1, 0; k >= 0 && back < maxBack; k, back = k-1, back+1 {
		a := &s.mentions[k]
		if s.sentence[x.head]-s.sentence[a.head] > maxWider {
			break
		}
		if a.entity < 0 || a.joint || s.coargument(a, x) || s.contains(x, a) {
			continue
		}
		e := s.find(a.entity)
		y := &s.entities[e]
		for i, n := y.desc, 0; i >= 0 && n < maxMods; i, n = s.descs[i].next, n+1 {
			if s.descs[i].at < x.head && s.narrows(d, &s.descs[i], true) {
				return e
			}
		}
		if s.namedBody(d, y) {
			return e
		}
		// "The minister" after a speaker of whom nothing is known but the name.
		if fallback < 0 && x.source >= 0 && d.n == 0 && a.source >= 0 && !s.sources[a.source].Addressee &&
			y.kind == personKind && y.named && y.desc < 0 && d.noun.class == office && s.agree(y.gender, d.noun.gender) &&
			s.paragraph[x.head]-s.paragraph[a.head] <= 1 {
			fallback = e
		}
	}
	return fallback
}

func (s *state) agree(a, b gender) bool { return a == anyGender || b == anyGender || a == b }

// namedBody reports whether a plain noun for a body ("the ministry", "the
// agency", "the country") may take up the named body y.
func (s *state) namedBody(d *descriptor, y *entity) bool {
	if !y.named || d.noun.plural {
		return false
	}
	for _, w := range d.mods[:d.n] {
		if !s.holds(y.fullest, w) {
			return false
		}
	}
	if d.country != "" && y.country != d.country {
		return false
	}
	switch {
	case d.noun.class == noClass && y.kind != personKind && y.kind != countryKind: // "the front"
		return s.words[s.nameHead(y.fullest)] == d.noun.head && d.n == 0
	case y.kind == orgKind && (d.noun.class == org || d.noun.class == side):
		h := s.words[s.nameHead(y.fullest)]
		if h == d.noun.head || s.hypernyms[[2]word{d.noun.head, h}] {
			return true
		}
		// A name that does not say what it names: "Reuters", "Hamas".
		return s.widens[d.noun.head] && s.nouns[h].class == noClass && d.n == 0
	case y.kind == countryKind && d.noun.class == country:
		return d.n == 0
	}
	return false
}

// again is the entity of an earlier plural with the same words: "witnesses",
// "officials" are the same unnamed source wherever they speak.
func (s *state) again(m int32, d *descriptor) int32 {
	list := s.byHead[d.noun.head]
	for k := len(list) - 1; k >= max(0, len(list)-maxDescs); k-- {
		b := &s.descs[list[k]]
		if b.at >= s.mentions[m].head || !b.noun.plural || b.n != d.n || b.country != d.country {
			continue
		}
		same := true
		for _, w := range d.mods[:d.n] {
			same = same && b.has(w)
		}
		if same {
			return s.find(b.entity)
		}
	}
	return -1
}

// author is who speaks through a document: the body or person that owns or
// issues it, as the phrase says ("a ministry statement", "the UN's report").
// -1 if nobody is named.
func (s *state) author(m int32) int32 {
	x := &s.mentions[m]
	found := int32(-1)
	for i := max(x.First, x.head-maxSpan); i < min(x.Last, x.head+maxSpan); i++ {
		k := s.mentionAt[i]
		if i == x.head || k < 0 {
			continue
		}
		if a := &s.mentions[k]; a.entity < 0 && a.form == record.FormNominal && a.noun.class != document {
			s.resolveOne(k)
		}
		a := &s.mentions[k]
		if a.entity < 0 {
			continue
		}
		by := s.from(a.First)
		switch kind := s.entities[s.find(a.entity)].kind; {
		case kind == placeKind, kind == otherKind && !by, i > x.head && !by:
			continue
		}
		found = a.entity
	}
	if found < 0 && x.definite == definite {
		list := s.byHead[x.noun.head]
		if n := len(list); n > 0 {
			found = s.descs[list[n-1]].entity
		}
	}
	if found >= 0 {
		s.byHead[x.noun.head] = append(s.byHead[x.noun.head], int32(len(s.descs)))
		s.descs = append(s.descs, descriptor{noun: x.noun, at: x.head, entity: found, next: -1})
	}
	return found
}

// from reports whether the phrase that begins at token i stands after "by", "from" or "of".
func (s *state) from(i int32) bool {
	for i--; i > 0 && s.determiners[s.words[i]] >= indefinite; i-- {
	}
	switch s.doc.Word(int(max(i, 0))) {
	case "by", "from", "of":
		return true
	}
	return false
}

// coargument reports whether a and b are arguments of one verb, and so two actors.
func (s *state) coargument(a, b *mention) bool {
	return a.verb >= 0 && a.verb == b.verb && a.role != possessor && b.role != possessor && a.role != modifier && b.role != modifier
}

// contains reports whether mention a lies inside mention b or the other way round.
func (s *state) contains(a, b *mention) bool {
	return a.First <= b.First && b.Last <= a.Last || b.First <= a.First && a.Last <= b.Last
}
