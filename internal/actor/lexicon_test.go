package actor

import (
	"strings"
	"testing"
)

func TestLexicon(t *testing.T) {
	l, err := openLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for w, want := range map[string]noun{
		"spokesmen":   {source, male, true, false, fold("spokesman")},
		"ministries":  {org, anyGender, true, false, fold("ministry")},
		"attorneys":   {office, anyGender, true, false, fold("attorney")},
		"queen":       {office, female, false, false, fold("queen")},
		"witnesses":   {source, anyGender, true, false, fold("witness")},
		"delegation":  {side, anyGender, false, false, fold("delegation")},
		"statement":   {document, anyGender, false, false, fold("statement")},
		"Prosecutors": {office, anyGender, true, false, fold("prosecutor")},
	} {
		if got := l.nouns[fold(w)]; got != want {
			t.Errorf("%s is %+v, want %+v", w, got, want)
		}
	}
	if !l.hypernyms[[2]word{fold("official"), fold("spokesman")}] || l.hypernyms[[2]word{fold("spokesman"), fold("official")}] {
		t.Error("an official may be a spokesman, not the other way round")
	}
	if p := l.pronouns[fold("Themselves")]; p.person != 3 || !p.many || !p.reflex || p.owner {
		t.Errorf("themselves is %+v", p)
	}
	if l.titles[fold("Sen.")].noun != fold("senator") {
		t.Error("Sen. is no senator")
	}
}

// A name that is given to men and to women belongs in neither list.
func TestGivenNamesAreOfOneGender(t *testing.T) {
	b, err := data.ReadFile("data/given.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[word]byte{}
	for _, line := range strings.Split(string(b), "\n") {
		if !strings.HasPrefix(line, "m:") && !strings.HasPrefix(line, "f:") {
			continue
		}
		for _, n := range strings.Fields(line[2:]) {
			if g, ok := seen[fold(n)]; ok && g != line[0] {
				t.Errorf("%s is given as m and as f", n)
			}
			seen[fold(n)] = line[0]
		}
	}
	if len(seen) < 800 {
		t.Errorf("%d names", len(seen))
	}
}
