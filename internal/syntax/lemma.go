package syntax

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rapporteur/rapporteur/internal/model"
)

// Rule makes a lemma of a form: the case is changed, Cut bytes are cut from
// the end, Add is added. "L 3 y" makes "ally" of "Allies".
type Rule struct {
	Case byte // 'L' lower case, 'K' kept, 'T' first letter upper case
	Cut  int
	Add  string
}

func (r Rule) String() string { return fmt.Sprintf("%c %d %s", r.Case, r.Cut, r.Add) }

// ParseRule reads what String writes.
func ParseRule(s string) (Rule, error) {
	part := strings.SplitN(s, " ", 3)
	if len(part) != 3 || len(part[0]) != 1 || !strings.Contains("LKT", part[0]) {
		return Rule{}, fmt.Errorf("syntax: bad lemma rule %q", s)
	}
	cut, err := strconv.Atoi(part[1])
	if err != nil || cut < 0 {
		return Rule{}, fmt.Errorf("syntax: bad lemma rule %q", s)
	}
	return Rule{part[0][0], cut, part[2]}, nil
}

// NewRule is the rule of the shortest edit that makes lemma of form.
func NewRule(form, lemma string) Rule {
	var best Rule
	for i, c := range []byte("LKT") {
		base := recase(form, c)
		k := 0
		for k < len(base) && k < len(lemma) && base[k] == lemma[k] {
			k++
		}
		for k > 0 && (k < len(base) && !utf8.RuneStart(base[k]) || k < len(lemma) && !utf8.RuneStart(lemma[k])) {
			k--
		}
		r := Rule{c, len(base) - k, lemma[k:]}
		if i == 0 || r.Cut+len(r.Add) < best.Cut+len(best.Add) {
			best = r
		}
	}
	return best
}

// Apply is the lemma of form, the form in its new case if the rule does not fit.
func (r Rule) Apply(form string) string {
	base := recase(form, r.Case)
	keep := len(base) - r.Cut
	if keep < 0 || keep+len(r.Add) == 0 || keep < len(base) && !utf8.RuneStart(base[keep]) {
		return base
	}
	return base[:keep] + r.Add
}

func recase(form string, c byte) string {
	switch c {
	case 'L':
		return strings.ToLower(form)
	case 'T':
		low := strings.ToLower(form)
		first, size := utf8.DecodeRuneInString(low)
		return string(unicode.ToUpper(first)) + low[size:]
	}
	return form
}

// LemmaFeatures are the features of the lemma rule of word i, which has been
// tagged. The result is valid until the next call.
func (s *Sentence) LemmaFeatures(i int) []uint64 {
	e := emitter{s.feats[:0], lemmaTemplates}
	w, y := &s.words[i], uint64(s.Label[i])
	first := uint64(0)
	if i == 0 {
		first = 1
	}
	e.one(y)
	e.one(w.norm)
	e.two(w.form, y)
	e.two(w.norm, y)
	for _, h := range w.suf {
		e.two(h, y)
	}
	e.three(w.shape, y, first)
	e.three(w.pre[2], w.suf[2], y)
	e.three(w.pre[1], w.suf[3], y)
	e.two(w.amb, y)
	e.three(w.amb, w.suf[1], y)
	e.three(w.shape, w.suf[0], y)
	s.feats = e.feats
	return e.feats
}

// lemmas remembers the lemmas of the last words: the rule depends on nothing
// but the word, its label and whether it is the first of its sentence.
type lemmas [2048]struct {
	key   uint64
	lemma string
}

// lemma is the lemma of word i of s, whose form is given.
func (m *Model) lemma(s *Sentence, i int, form string, last *lemmas) string {
	key := model.Feature3(lemmaTemplates, s.words[i].form, s.words[i].shape, uint64(s.Label[i])<<1|uint64(min(i, 1)))
	memo := &last[key%uint64(len(last))]
	if memo.key != key {
		memo.key = key
		memo.lemma = m.rules[m.lemmas.best(s.LemmaFeatures(i), len(m.rules))].Apply(form)
	}
	return memo.lemma
}
