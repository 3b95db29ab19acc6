package syntax

import (
	"testing"

	"github.com/rapporteur/rapporteur/internal/model"
)

func TestSparse(t *testing.T) {
	const n = 5000
	keys := make([]uint64, n)
	for i := range keys {
		keys[i] = model.Mix(uint64(i + 1))
	}
	row := func(i int) []Entry {
		if i%7 == 0 {
			return nil
		}
		return []Entry{{uint8(i % 5), int8(i%255 - 127)}, {5, 3}}
	}
	b := BuildSparse(keys, row)
	s, err := newSparse(b, 6)
	if err != nil {
		t.Fatal(err)
	}
	collisions := 0
	for i, k := range keys {
		var scores [256]int32
		s.score([]uint64{k}, &scores)
		var want [256]int32
		for _, e := range row(i) {
			want[e.Label] += levels[uint8(e.Weight)]
		}
		if scores != want {
			collisions++
		}
	}
	if collisions > 5 {
		t.Errorf("%d of %d features have other weights than stored", collisions, n)
	}
	if _, err := newSparse(b, 5); err == nil {
		t.Error("a label that the model does not have is taken")
	}
	for _, cut := range []int{0, 3, 5, 100, len(b) - 1} {
		if _, err := newSparse(b[:cut], 6); err == nil {
			t.Errorf("a table cut at %d of %d is taken", cut, len(b))
		}
	}
}

func TestRules(t *testing.T) {
	for _, c := range []struct{ form, lemma, rule string }{
		{"Allies", "ally", "L 3 y"},
		{"said", "say", "L 2 y"},
		{"Kyiv", "Kyiv", "K 0 "},
		{"GOD", "God", "T 0 "},
		{"better", "good", "L 6 good"},
		{"Me", "I", "L 2 I"},
		{"Čs", "č", "L 1 "},
	} {
		r := NewRule(c.form, c.lemma)
		if r.String() != c.rule {
			t.Errorf("rule of %s → %s is %q, want %q", c.form, c.lemma, r, c.rule)
		}
		back, err := ParseRule(r.String())
		if err != nil || back != r {
			t.Errorf("%q is read as %q, %v", r, back, err)
		}
		if got := r.Apply(c.form); got != c.lemma {
			t.Errorf("%q makes %q of %s, want %q", r, got, c.form, c.lemma)
		}
	}
	if got := (Rule{'L', 5, "x"}).Apply("Abc"); got != "abc" {
		t.Errorf("a rule that does not fit makes %q, want the form", got)
	}
	for _, bad := range []string{"", "L", "L x y", "Q 1 a", "L -1 a"} {
		if _, err := ParseRule(bad); err == nil {
			t.Errorf("rule %q is taken", bad)
		}
	}
}

func TestNamesRoundTrip(t *testing.T) {
	for r := range numRels {
		if got := ParseRel(r.String()); got != r {
			t.Errorf("%v is read as %v", r, got)
		}
		if u := r.Universal(); u.Universal() != u {
			t.Errorf("%v is not universal", u)
		}
	}
	for g := range numTags {
		if got := ParseTag(g.String()); got != g {
			t.Errorf("%v is read as %v", g, got)
		}
	}
	for u := range numUPOS {
		if got := ParseUPOS(u.String()); got != u {
			t.Errorf("%v is read as %v", u, got)
		}
	}
	if got := ParseRel("nsubj:new"); got != Nsubj {
		t.Errorf("an unknown subtype of nsubj is %v", got)
	}
}
