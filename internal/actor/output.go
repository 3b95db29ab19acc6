package actor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rapporteur/rapporteur/internal/name/gazetteer"
	"github.com/rapporteur/rapporteur/internal/syntax"
	"github.com/rapporteur/rapporteur/internal/token"
	"github.com/rapporteur/rapporteur/record"
)

// resolution is what is reported: actors that are named, that speak or are
// spoken to, or that are mentioned more than once.
func (s *state) resolution() *Resolution {
	r := &Resolution{Sources: make([]int32, len(s.sources)), Parties: nobody(len(s.parties))}
	speaks := make([]bool, len(s.entities))
	mentions := make([]int32, len(s.entities))
	for i, m := range s.bySource {
		r.Sources[i] = -1
		if m >= 0 && s.mentions[m].entity >= 0 {
			r.Sources[i] = s.find(s.mentions[m].entity)
			speaks[r.Sources[i]] = true
		}
	}
	for i := range s.mentions {
		if x := &s.mentions[i]; x.entity >= 0 {
			x.entity = s.find(x.entity)
			mentions[x.entity]++
		}
	}
	for i, p := range s.parties {
		m := s.partyMention(p.Head)
		if m < 0 {
			continue
		}
		if e := s.mentions[m].entity; e >= 0 {
			r.Parties[i] = s.find(e)
			speaks[r.Parties[i]] = true
		}
	}
	actor := make([]int32, len(s.entities))
	for i := range actor {
		actor[i] = -1
	}
	for i := range s.mentions {
		x := &s.mentions[i]
		e := x.entity
		if e < 0 || !speaks[e] && !s.reported(&s.entities[e], mentions[e]) {
			continue
		}
		if actor[e] < 0 {
			actor[e] = int32(len(r.Actors))
			r.Actors = append(r.Actors, s.actor(e, int32(i)))
		}
		r.Mentions = append(r.Mentions, s.mention(x, actor[e]))
	}
	for _, list := range [2][]int32{r.Sources, r.Parties} {
		for i, e := range list {
			if e >= 0 {
				list[i] = actor[e]
			}
		}
	}
	slices.SortStableFunc(r.Mentions, func(a, b Mention) int {
		if a.First != b.First {
			return int(a.First - b.First)
		}
		return int(b.Last - a.Last)
	})
	return r
}

// partyMention is the mention that token t heads or, if it heads none, that of
// the name which it belongs to or is a title of; -1 for none.
func (s *state) partyMention(t int32) int32 {
	if t < 0 || int(t) >= len(s.mentionAt) {
		return -1
	}
	if m := s.mentionAt[t]; m >= 0 && s.mentions[m].entity >= 0 {
		return m
	}
	for _, k := range [2]int32{s.titleOf[t], s.nameAt[t]} {
		if k >= 0 {
			if m := s.mentionAt[s.nameHeadAt(k)]; m >= 0 {
				return m
			}
		}
	}
	for c := range s.tree.Children(int(t)) {
		switch s.tree.Rel[c] {
		case syntax.Appos, syntax.Flat, syntax.NmodDesc:
			if m := s.mentionAt[c]; m >= 0 && s.mentions[m].name >= 0 {
				return m
			}
		}
	}
	return -1
}

// reported reports whether an actor who says nothing stands in the report.
func (s *state) reported(e *entity, mentions int32) bool {
	switch e.kind {
	case placeKind, otherKind:
		return false
	case groupKind:
		return e.named && mentions > 1
	}
	return e.named || mentions > 1
}

// mention is x as it is reported: a source has the range that was given.
func (s *state) mention(x *mention, actor int32) Mention {
	m := Mention{Range: x.Range, Head: x.head, Form: x.form, Actor: actor}
	if x.source >= 0 && (x.joint || s.bySource[x.source] >= 0 && s.mentions[s.bySource[x.source]].head == x.head && !s.mentions[s.bySource[x.source]].joint) {
		m.Range = s.sources[x.source].Range
	}
	return m
}

// actor is entity e as it is reported, first mentioned by mention i.
func (s *state) actor(e, i int32) Actor {
	x := &s.entities[e]
	a := Actor{Kind: s.actorKind(x), Country: iso(x.country), Sector: x.sector}
	if k := x.first; s.mentions[k].entity == e && s.mentions[i].form == record.FormPronoun {
		i = k
	}
	pair, paired := s.members(x, &s.mentions[i])
	switch {
	case paired:
		a.Name = s.membersName(pair)
	case x.fullest.Len() > 0:
		a.Name = s.doc.Surface(x.fullest)
	default:
		a.Name = s.doc.Surface(s.mentions[i].Range)
	}
	if x.kind == countryKind && x.adjective {
		a.Name = cmp.Or(gazetteer.CountryName(x.country), a.Name)
	}
	a.Roles = s.roles(x)
	if a.Sector == "" {
		a.Sector = s.sectorOf(x)
	}
	return a
}

// iso is code if it is a country's: PLOVER's codes of supranational bodies are left out.
func iso(code string) string {
	switch code {
	case "IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC":
		return ""
	}
	return code
}

// roles are the titles and offices of a named actor, each surface once, in the order of the text.
func (s *state) roles(x *entity) []token.Range {
	if !x.named || x.kind != personKind {
		return nil
	}
	var found []token.Range
	for i, n := x.desc, 0; i >= 0 && n < maxDescs; i, n = s.descs[i].next, n+1 {
		if r := s.role(s.descs[i].role); r.Len() > 0 {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b token.Range) int { return int(a.First - b.First) })
	kept := found[:0]
	for _, r := range found {
		same := func(k token.Range) bool { return strings.EqualFold(s.doc.Surface(k), s.doc.Surface(r)) }
		if len(kept) > 0 && kept[len(kept)-1].Last >= r.Last || slices.ContainsFunc(kept, same) {
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// sectorOf is the PLOVER sector that the first description with a known office tells.
func (s *state) sectorOf(x *entity) string {
	for i, n := x.desc, 0; i >= 0 && n < maxDescs; i, n = s.descs[i].next, n+1 {
		d := &s.descs[i]
		if d.role.Len() == 0 {
			continue
		}
		r := s.role(token.Range{First: d.role.First, Last: d.at + 1})
		if sector, ok := gazetteer.Title(strings.ToLower(s.doc.Surface(r))); ok && sector != "" {
			return sector
		}
	}
	return ""
}

// role is r without an article or a possessive pronoun in front.
func (s *state) role(r token.Range) token.Range {
	for r.Len() > 0 && (s.determiners[s.words[r.First]] >= indefinite || s.pronouns[s.words[r.First]].owner) {
		r.First++
	}
	return r
}
