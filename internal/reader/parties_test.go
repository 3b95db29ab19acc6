package reader

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/record"
)

// told is the events of text, as "TYPE source > target, …".
func told(t *testing.T, r *Reader, text string) []string {
	t.Helper()
	report, err := r.Read(t.Context(), record.Document{Text: text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range report.Likely().Events {
		names := func(list []int) string {
			var s []string
			for _, i := range list {
				s = append(s, report.Actors[i].Name)
			}
			return strings.Join(s, "+")
		}
		out = append(out, fmt.Sprintf("%s %s > %s", e.Type, names(e.Source), names(e.Target)))
	}
	return out
}

// TestCapitals tells a government by its seat from the city.
func TestCapitals(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Ukraine accused Moscow of lying. Russia answered on Monday.":            "ACCUSE Ukraine > Russia",
		"France sent aid to Kyiv. Ukraine was grateful.":                         "AID France > Ukraine",
		"Russian troops attacked Kyiv on Monday. Ukraine was taken by surprise.": "ASSAULT Russian troops > Kyiv",
	} {
		got := told(t, r, text)
		if len(got) == 0 || got[0] != want {
			t.Errorf("%s\ngot  %q\nwant %q", text, got, want)
		}
	}
}

// TestOnce tells one act once.
func TestOnce(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Washington imposed sanctions on Moscow.", "New sanctions were imposed on Moscow by Washington."} {
		if got := told(t, r, text); len(got) != 1 || got[0] != "COERCE Washington > Moscow" {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// TestActorNames leaves out of an actor's name when and why he acted.
func TestActorNames(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	text := "Police used tear gas against demonstrators late on Wednesday. A private army marched in. Fighters attacked an army base on Monday. Ethiopia sent troops to the border. Addis Ababa said it was calm. " +
		"The court acquitted two engineers for want of proof. On Wednesday the minister for roads accused Brazil's mining agency of theft. The state charged two officers with murder."
	report, err := r.Read(t.Context(), record.Document{Text: text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range report.Actors {
		names = append(names, report.Actors[i].Name)
	}
	for _, want := range []string{"demonstrators", "army", "Ethiopia", "two engineers", "Brazil's mining agency", "the minister for roads", "two officers"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %q in %q", want, names)
		}
	}
}

// TestBystanders keeps those who are named nearby out of what others did or suffered.
func TestBystanders(t *testing.T) {
	r, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for text, never := range map[string][]string{
		"Police arrested two men on Thursday.\n\nThe minister, Jan Kowal, praised them. The mayor, Pavel Novak, visited.":                     {"> Jan", "> Pavel"},
		"Two men told the court that they were beaten by police.\n\nLawyer Jan Kowal and doctor Pavel Novak examined them.":                   {"> Jan", "> Pavel"},
		"Three women were killed in a fire on Thursday, police said.\n\nAnna Berg, Lise Holm and Eva Strand spoke at a vigil.":                {"police >", "> Anna"},
		"General Idris Kana and Colonel Umar Sule vowed revenge on the army.":                                                                 {"> Umar", "> Idris", "Kana > Sule"},
		"The army attacked the town of Keld, two officers said.\n\nColonel Umar Sule and General Idris Kana are officers who were not there.": {"Sule", "Kana"},
	} {
		for _, e := range told(t, r, text) {
			for _, x := range never {
				if strings.Contains(e, x) {
					t.Errorf("%s: %s", text, e)
				}
			}
		}
	}
}
