package actor

import (
	"embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
)

//go:embed data/*.txt
var data embed.FS

// word is the hash of a word without regard to case; 0 is no word.
type word uint64

// fold hashes s without regard to case. Nothing is allocated.
func fold(s string) word {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			h = (h ^ uint64(c)) * 1099511628211
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		h = (h ^ uint64(unicode.ToLower(r))) * 1099511628211
		i += n
	}
	return word(model.Mix(h) | 1)
}

// gender is what is known of the sex of an actor.
type gender uint8

const (
	anyGender gender = iota
	male
	female
	bothGenders // of names: as often a man's as a woman's
)

// class is what a noun may refer to.
type class uint8

const (
	noClass class = iota
	office
	source
	person
	people
	org
	side
	country
	document
)

var classNames = map[string]class{
	"office": office, "source": source, "person": person, "people": people,
	"org": org, "side": side, "country": country, "document": document,
}

// human reports whether nouns of class c refer to persons.
func (c class) human() bool { return c >= office && c <= people }

// noun is an entry of data/nouns.txt.
type noun struct {
	class  class
	gender gender
	plural bool
	either bool // takes a plural verb too: "police said they"
	head   word // of the singular
}

// names reports whether n may stand beside the name of one person or one body.
func (n noun) names(human bool) bool {
	if n.plural {
		return false
	}
	if human {
		return n.class.human() && n.class != people
	}
	return n.class == org || n.class == side || n.class == office // "the ship's owner, Meridian Blue"
}

// title is an entry of data/titles.txt. Noun is the office that it abbreviates, 0 if none.
type title struct {
	gender gender
	noun   word
}

// pronoun is an entry of data/pronouns.txt.
type pronoun struct {
	person uint8 // 1, 2, 3 or relative; 0 is no pronoun
	gender gender
	thing  bool // "it"
	one    bool // singular only
	many   bool // plural only
	reflex bool
	owner  bool // possessive
}

const (
	third    = 3
	relative = 4
)

type lexicon struct {
	the, and, by, two, both, who, of, one, those, according, purpose word
	peers                                                            map[word]bool    // nouns for one who holds the same office elsewhere
	nobody                                                           map[word]bool    // pronouns for nobody in particular
	holders                                                          map[word]bool    // nouns for persons that are as often said of bodies
	adjuncts                                                         map[word]bool    // prepositions that begin no part of who somebody is
	takes                                                            map[[2]word]bool // {verb, preposition}: what follows is no part of the object
	verbs                                                            map[word]word    // the office that a verb tells
	nouns                                                            map[word]noun
	pronouns                                                         map[word]pronoun
	determiners                                                      map[word]definiteness
	ranks                                                            map[word]bool // modifiers that make another office
	particles                                                        map[word]bool // parts of names that are not compared
	suffixes                                                         map[word]bool
	nicknames                                                        map[[2]word]bool // {full, short}
	titles                                                           map[word]title
	given                                                            map[word]gender
	spelled                                                          map[word]gender  // given, by spelling
	womens                                                           []string         // endings of family names
	hypernyms                                                        map[[2]word]bool // {the wider, the narrower noun}
	widens                                                           map[word]bool    // nouns that have narrower ones
}

func openLexicon() (*lexicon, error) {
	l := &lexicon{
		the: fold("the"), and: fold("and"), by: fold("by"), two: fold("two"), both: fold("both"), who: fold("who"),
		of: fold("of"), one: fold("one"), those: fold("those"), according: fold("according"), purpose: fold("for"),
		peers: map[word]bool{}, nobody: map[word]bool{}, holders: map[word]bool{}, adjuncts: map[word]bool{}, takes: map[[2]word]bool{}, verbs: map[word]word{},
		nouns: map[word]noun{}, pronouns: map[word]pronoun{}, determiners: map[word]definiteness{},
		ranks: map[word]bool{}, particles: map[word]bool{}, nicknames: map[[2]word]bool{}, suffixes: map[word]bool{},
		titles: map[word]title{}, given: map[word]gender{}, spelled: map[word]gender{}, hypernyms: map[[2]word]bool{}, widens: map[word]bool{},
	}
	for _, f := range []struct {
		name string
		read func(key, value string) error
	}{
		{"nouns", l.readNouns}, {"titles", l.readTitles}, {"given", l.readGiven}, {"nicknames", l.readNicknames},
		{"hypernyms", l.readHypernyms}, {"pronouns", l.readPronouns}, {"determiners", l.readDeterminers},
		{"verbs", l.readVerbs},
	} {
		b, err := data.ReadFile("data/" + f.name + ".txt")
		if err != nil {
			return nil, fmt.Errorf("actor: %w", err)
		}
		for n, line := range strings.Split(string(b), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			key, value, ok := strings.Cut(line, ":")
			if !ok {
				return nil, fmt.Errorf("actor: %s.txt:%d: no colon", f.name, n+1)
			}
			if err := f.read(key, value); err != nil {
				return nil, fmt.Errorf("actor: %s.txt:%d: %w", f.name, n+1, err)
			}
		}
	}
	return l, nil
}

func parseGender(s string) (gender, error) {
	switch s {
	case "m":
		return male, nil
	case "f":
		return female, nil
	case "-":
		return anyGender, nil
	}
	return 0, fmt.Errorf("gender %q", s)
}

func (l *lexicon) readNouns(key, value string) error {
	cn, gn, _ := strings.Cut(key, " ")
	c, ok := classNames[cn]
	if !ok {
		return fmt.Errorf("class %q", cn)
	}
	g, err := parseGender(gn)
	if err != nil {
		return err
	}
	for _, s := range strings.Split(value, ",") {
		one, many, ok := strings.Cut(strings.TrimSpace(s), "/")
		if !ok {
			many = plural(one)
		}
		head := fold(one)
		l.addNoun(one, noun{class: c, gender: g, head: head, either: many == one})
		if many != one {
			l.addNoun(many, noun{class: c, gender: g, plural: true, head: head})
		}
	}
	return nil
}

// addNoun keeps the first meaning given.
func (l *lexicon) addNoun(s string, n noun) {
	if _, ok := l.nouns[fold(s)]; !ok {
		l.nouns[fold(s)] = n
	}
}

// plural is the regular plural of an English noun.
func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	case strings.HasSuffix(s, "y") && !strings.ContainsRune("aeou", rune(s[max(0, len(s)-2)])):
		return s[:len(s)-1] + "ies"
	}
	return s + "s"
}

func (l *lexicon) readTitles(key, value string) error {
	g, err := parseGender(key)
	if err != nil {
		return err
	}
	for _, s := range strings.Split(value, ",") {
		form, noun, ok := strings.Cut(strings.TrimSpace(s), "=")
		t := title{gender: g}
		if ok {
			t.noun = fold(noun)
		}
		l.titles[fold(form)] = t
	}
	return nil
}

func (l *lexicon) readGiven(key, value string) error {
	if key == "f-ending" {
		l.womens = strings.Fields(value)
		return nil
	}
	g, err := parseGender(key)
	if err != nil {
		return err
	}
	for _, s := range strings.Fields(value) {
		l.given[fold(s)] = g
		if w := spelling(s); l.spelled[w] == anyGender {
			l.spelled[w] = g
		} else if l.spelled[w] != g {
			l.spelled[w] = bothGenders
		}
	}
	return nil
}

func (l *lexicon) readHypernyms(key, value string) error {
	wide := fold(key)
	l.widens[wide] = true
	for _, s := range strings.Fields(value) {
		l.hypernyms[[2]word{wide, fold(s)}] = true
	}
	return nil
}

func (l *lexicon) readPronouns(key, value string) error {
	f := strings.Fields(key)
	if len(f) != 3 {
		return fmt.Errorf("%q: want person, gender and number", key)
	}
	p := pronoun{thing: f[1] == "n", one: f[2] == "s", many: f[2] == "p"}
	switch f[0] {
	case "1", "2", "3":
		p.person = f[0][0] - '0'
	case "r":
		p.person = relative
	default:
		return fmt.Errorf("person %q", f[0])
	}
	if !p.thing {
		var err error
		if p.gender, err = parseGender(f[1]); err != nil {
			return err
		}
	}
	for _, s := range strings.Split(value, ",") {
		form := strings.TrimRight(strings.TrimSpace(s), "*!")
		q := p
		q.owner, q.reflex = strings.HasSuffix(s, "*"), strings.HasSuffix(s, "!")
		l.pronouns[fold(form)] = q
	}
	return nil
}

var definitenessNames = map[string]definiteness{
	"plain": plain, "definite": definite, "indefinite": indefinite, "other": other,
}

func (l *lexicon) readDeterminers(key, value string) error {
	sets := map[string]map[word]bool{"rank": l.ranks, "particle": l.particles, "suffix": l.suffixes, "peer": l.peers, "nobody": l.nobody, "holder": l.holders, "adjunct": l.adjuncts}
	d, ok := definitenessNames[key]
	if !ok && sets[key] == nil {
		return fmt.Errorf("unknown key %q", key)
	}
	for _, s := range strings.Fields(value) {
		if set := sets[key]; set != nil {
			set[fold(s)] = true
			continue
		}
		l.determiners[fold(s)] = d
	}
	return nil
}

func (l *lexicon) readNicknames(key, value string) error {
	for _, s := range strings.Fields(value) {
		l.nicknames[[2]word{fold(key), fold(s)}] = true
	}
	return nil
}

func (l *lexicon) readVerbs(key, value string) error {
	for _, s := range strings.Fields(value) {
		switch key {
		case "of", "with", "from", "for":
			l.takes[[2]word{fold(s), fold(key)}] = true
		default:
			l.verbs[fold(s)] = fold(key)
		}
	}
	return nil
}
