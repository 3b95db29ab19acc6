package event

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed data/*.tsv
var data embed.FS

// condition is one requirement of a frame on the arguments of its predicate.
type condition struct {
	slot slot
	prep string // of slotPrep
	set  *set   // what the argument must be one of; nil: any
	kind conditionKind
	not  bool
}

// set is a list of words of a condition or a class: lemmas, modifiers with
// their heads ("air strike"), what is named, and classes.
type set struct {
	words   map[string]bool
	pairs   map[string][]string // by head, the modifiers
	kinds   kinds
	classes []*set
}

// kinds are what a name or pronoun may stand for, as bits.
type kinds uint8

const (
	kindPerson kinds = 1 << iota
	kindOrganization
	kindCountry
	kindPlace
	kindGroup
	kindUnnamed
	kindPronoun
)

var kindBits = map[string]kinds{
	"person": kindPerson, "organization": kindOrganization, "country": kindCountry, "place": kindPlace,
	"group": kindGroup, "unnamed": kindUnnamed, "pronoun": kindPronoun,
}

type conditionKind uint8

const (
	needArgument conditionKind = iota
	needNone                   // the slot is empty
	needRole                   // a source or a target is an actor
	needPlural                 // the noun is plural
	needThat                   // a finite clause that is no question
)

// role is where a party of the event stands.
type role struct {
	slot slot
	prep string
	both bool // a plural or coordinated argument is source and target at once
}

// frame is one line of verbs.tsv or nouns.tsv.
type frame struct {
	particle string // or preposition that belongs to the verb
	need     []condition
	typ      string // empty: in this use no event
	mode     string
	source   []role
	target   []role
	object   []role
	needs    string // as the file has them
	weight   int    // see rank
}

// operator is a word that turns the event of its complement.
type operator struct {
	pos      byte // v, n, a, x (auxiliary), r (adverb)
	particle string
	effect   string
	via      []string // where the complement must stand; empty: anywhere
}

// turn is what an effect makes of a type.
type turn struct {
	typ, mode string // "=" leaves the type as it is, "-" makes it no event
	status    string // "=" leaves it
}

type lexicon struct {
	verbs, nouns   map[string][]*frame // by lemma, the most specific first
	operators      map[string][]operator
	turns          map[[2]string]turn // by effect and type, "*" for any type
	closing        map[string]bool
	light          map[string]bool
	subjectControl map[string]bool
	sides          map[string]bool // nouns for both parties to a dispute, with "two"
	alwaysSides    map[string]bool // and with "the"
	reciprocal     map[string]bool // words that tell that two do the same to each other
	upon           map[string]bool // prepositions before the thing that force is used on
	bystanders     map[string]bool // sectors of those who are seldom a party to a dispute
	any            []*frame        // of every verb
	classes        map[string]*set
	parties        *set // nouns that may be parties, beside those that may speak
	quantities     *set
	workers        *set // people by their work
	public         *set // words of public life
	bodies         *set // governments, groups, courts and forces
	contexts       []context
	stances        map[string]frame
}

// context is a line of contexts.tsv.
type context struct {
	name string
	set  *set
}

func openLexicon() (*lexicon, error) {
	l := &lexicon{
		verbs: map[string][]*frame{}, nouns: map[string][]*frame{}, operators: map[string][]operator{},
		turns: map[[2]string]turn{}, light: map[string]bool{}, closing: map[string]bool{}, subjectControl: map[string]bool{}, classes: map[string]*set{}, sides: map[string]bool{}, alwaysSides: map[string]bool{}, reciprocal: map[string]bool{}, bystanders: map[string]bool{}, upon: map[string]bool{}, stances: map[string]frame{},
	}
	steps := []struct {
		file    string
		columns int
		line    func(f []string) error
	}{
		{"classes", 2, l.class},
		{"contexts", 2, l.context},
		{"verbs", 7, func(f []string) error { return l.frame(l.verbs, f) }},
		{"nouns", 7, func(f []string) error { return l.frame(l.nouns, f) }},
		{"operators", 4, l.operator},
		{"turns", 5, l.turn},
		{"stances", 3, l.stance},
	}
	for _, s := range steps {
		name := "data/" + s.file + ".tsv"
		b, err := data.ReadFile(name)
		if err != nil {
			return nil, err
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			n++
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			f := strings.Split(line, "\t")
			for len(f) < s.columns {
				f = append(f, "")
			}
			if err := s.line(f); err != nil {
				return nil, fmt.Errorf("event: %s:%d: %w", name, n, err)
			}
		}
	}
	for _, list := range l.operators { // "call off" before "call"
		slices.SortStableFunc(list, func(a, b operator) int { return len(b.particle) - len(a.particle) })
	}
	slices.SortStableFunc(l.any, func(a, b *frame) int { return b.weight - a.weight })
	for _, m := range []map[string][]*frame{l.verbs, l.nouns} {
		for _, frames := range m {
			slices.SortStableFunc(frames, func(a, b *frame) int { return b.weight - a.weight })
		}
	}
	for name, into := range map[string]**set{"party": &l.parties, "quantity": &l.quantities, "worker": &l.workers, "public": &l.public, "body": &l.bodies} {
		if *into = l.classes[name]; *into == nil {
			return nil, fmt.Errorf("event: data/classes.tsv has no class %s", name)
		}
	}
	for name, into := range map[string]map[string]bool{"light": l.light, "closing": l.closing, "subject-control": l.subjectControl, "sides": l.sides, "always-sides": l.alwaysSides, "reciprocal": l.reciprocal, "bystander": l.bystanders, "upon": l.upon} {
		if err := l.words(name, into); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// words reads a class that is used for itself.
func (l *lexicon) words(class string, into map[string]bool) error {
	c, ok := l.classes[class]
	if !ok {
		return fmt.Errorf("event: data/classes.tsv has no class %s", class)
	}
	for w := range c.words {
		into[w] = true
	}
	return nil
}

// rank orders frames: the more a frame asks for, the earlier it is tried. What
// is done to whom or to what tells more than who does it.
func (f *frame) rank() int {
	n := 0
	for i := range f.need {
		switch c := &f.need[i]; {
		case c.not || c.kind == needRole:
		case c.set == nil || c.slot == slotSubj:
			n++
		default:
			n += 3
		}
	}
	return n
}

func (l *lexicon) class(f []string) error {
	c, err := l.set(f[1])
	l.classes[f[0]] = c
	return err
}

func (l *lexicon) context(f []string) error {
	c, err := l.set(f[1])
	l.contexts = append(l.contexts, context{f[0], c})
	return err
}

// set reads a list of words, with commas.
func (l *lexicon) set(list string) (*set, error) {
	s := &set{words: map[string]bool{}, pairs: map[string][]string{}}
	for w := range strings.SplitSeq(list, ",") {
		w = strings.TrimSpace(w)
		switch {
		case w == "":
		case w[0] == '@':
			c, ok := l.classes[w[1:]]
			if !ok {
				return nil, fmt.Errorf("class %s is not in classes.tsv, or not above", w)
			}
			s.classes = append(s.classes, c)
		case w[0] == '%':
			k, ok := kindBits[w[1:]]
			if !ok {
				return nil, fmt.Errorf("unknown kind %s", w)
			}
			s.kinds |= k
		default:
			if modifier, head, ok := strings.Cut(w, " "); ok {
				s.pairs[head] = append(s.pairs[head], modifier)
			} else {
				s.words[w] = true
			}
		}
	}
	return s, nil
}

func (l *lexicon) frame(into map[string][]*frame, f []string) error {
	fr := &frame{typ: f[2], mode: f[3], needs: f[1]}
	if fr.typ == "-" {
		fr.typ = ""
	} else if err := checkType(fr.typ, fr.mode); err != nil {
		return err
	}
	if f[1] != "" {
		for part := range strings.SplitSeq(f[1], "&") {
			c, err := l.condition(strings.TrimSpace(part))
			if err != nil {
				return err
			}
			fr.need = append(fr.need, c)
		}
	}
	fr.source, fr.target, fr.object = roles(f[4]), roles(f[5]), roles(f[6])
	fr.weight = fr.rank()
	for w := range strings.SplitSeq(f[0], "|") {
		one := fr
		lemma, particle, has := strings.Cut(w, " ")
		if has {
			other := *fr
			other.particle, other.weight, one = particle, fr.weight+3, &other
		}
		if lemma == "*" {
			l.any = append(l.any, one)
			continue
		}
		into[lemma] = append(into[lemma], one)
	}
	return nil
}

// line is f for explanations, as a frame of lemma, long lists cut short.
func (f *frame) line(lemma string) string {
	out := []string{}
	for c := range strings.SplitSeq(f.needs, "&") {
		if words := strings.Split(c, ","); len(words) > 3 {
			c = strings.Join(words[:2], ",") + ",… "
		}
		out = append(out, c)
	}
	return strings.Join(strings.Fields(lemma+" "+f.particle+" "+strings.Join(out, "&")), " ")
}

var slotNames = map[string]slot{
	"subj": slotSubj, "obj": slotObj, "iobj": slotIobj, "inf": slotInf, "comp": slotComp, "poss": slotPoss, "mod": slotMod,
}

func (l *lexicon) condition(s string) (condition, error) {
	var c condition
	if strings.HasPrefix(s, "!") {
		c.not, s = true, s[1:]
	}
	switch s {
	case "noobj":
		c.slot, c.kind = slotObj, needNone
		return c, nil
	case "role":
		c.kind = needRole
		return c, nil
	case "plural":
		c.kind = needPlural
		return c, nil
	case "to+inf":
		s = "inf"
	case "that":
		c.slot, c.kind = slotComp, needThat
		return c, nil
	}
	key, value, has := strings.Cut(s, "=")
	if x, ok := slotNames[key]; ok {
		c.slot = x
	} else {
		c.slot, c.prep = slotPrep, key
	}
	if !has {
		return c, nil
	}
	var err error
	c.set, err = l.set(value)
	return c, err
}

func roles(s string) []role {
	var out []role
	for w := range strings.SplitSeq(s, "|") {
		w = strings.TrimSpace(w)
		if w == "" || w == "-" {
			continue
		}
		var r role
		w, r.both = strings.CutSuffix(w, "+")
		if x, ok := slotNames[w]; ok {
			r.slot = x
		} else {
			r.slot, r.prep = slotPrep, w
		}
		out = append(out, r)
	}
	return out
}

func (l *lexicon) operator(f []string) error {
	pos := map[string]byte{"v": 'v', "n": 'n', "a": 'a', "aux": 'x', "adv": 'r'}[f[1]]
	if pos == 0 {
		return fmt.Errorf("unknown part of speech %q", f[1])
	}
	op := operator{pos: pos, effect: f[2]}
	var lemma string
	lemma, op.particle, _ = strings.Cut(f[0], " ")
	if f[3] != "" {
		op.via = strings.Split(f[3], ",")
	}
	l.operators[lemma] = append(l.operators[lemma], op)
	return nil
}

func (l *lexicon) turn(f []string) error {
	for t := range strings.SplitSeq(f[1], "|") {
		if t != "*" {
			typ, mode, _ := strings.Cut(t, ":")
			if err := checkType(typ, mode); err != nil {
				return err
			}
		}
		if f[2] != "=" && f[2] != "-" {
			if err := checkType(f[2], f[3]); err != nil {
				return err
			}
		}
		l.turns[[2]string{f[0], t}] = turn{f[2], f[3], f[4]}
	}
	return nil
}

func (l *lexicon) stance(f []string) error {
	if err := checkType(f[1], f[2]); err != nil {
		return err
	}
	l.stances[f[0]] = frame{
		typ: f[1], mode: f[2], needs: "stance",
		source: roles("subj|poss|by|of"), target: roles("obj|iobj|to|on|against|with|for|of|from"), object: roles("inf|comp|obj"),
	}
	return nil
}

// turned is what effect makes of type typ in mode.
func (l *lexicon) turned(effect, typ, mode string) (turn, bool) {
	if t, ok := l.turns[[2]string{effect, typ + ":" + mode}]; ok {
		return t, true
	}
	if t, ok := l.turns[[2]string{effect, typ}]; ok {
		return t, true
	}
	t, ok := l.turns[[2]string{effect, "*"}]
	return t, ok
}
