package corpus

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestEntities(t *testing.T) {
	lines := []string{
		"# newdoc id = X",
		"1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-n-cf1-2-coref",
		"2\tking\tking\tNOUN\tNN\t_\t0\troot\t_\t_",
		"3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_",
		"4\tMalvia\tMalvia\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new-n-cf2-1-sgl-Malvia)1)",
		"",
		"1\tHis\this\tPRON\tPRP$\t_\t2\tnmod:poss\t_\tEntity=(3-person-new-n-cf2-2-sgl(1-person-giv:act-n-cf1-1-coref)",
		"2\tson\tson\tNOUN\tNN\t_\t0\troot\t_\tEntity=3)|SpaceAfter=No",
		"", "",
	}
	sentences, err := ParseCoNLLU(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Entities(sentences)
	if err != nil {
		t.Fatal(err)
	}
	want := []Entity{
		{"1", "person", [][2]int{{0, 4}, {4, 5}}},
		{"2", "place", [][2]int{{3, 4}}},
		{"3", "person", [][2]int{{4, 6}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEntitiesUnbalanced(t *testing.T) {
	s := []Sentence{{ID: "x", Words: []Word{{Form: "a", Misc: "Entity=7)"}}}}
	if _, err := Entities(s); err == nil {
		t.Error("no error for a mention that is closed and was never opened")
	}
}

func TestReadGAP(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.tsv")
	row := "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" +
		"d-1\tZoë Tal saw Ana Roe. She left.\tShe\t21\tZoë Tal\t0\tTRUE\tAna Roe\t12\tFALSE\thttp://example.org\n"
	if err := os.WriteFile(path, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := ReadGAP(path)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d examples, %v", len(all), err)
	}
	x := all[0]
	for _, m := range []struct {
		at   int
		want string
	}{{x.PronounAt, "She"}, {x.AAt, "Zoë Tal"}, {x.BAt, "Ana Roe"}} {
		if got := x.Text[m.at : m.at+len(m.want)]; got != m.want {
			t.Errorf("at byte %d stands %q, want %q", m.at, got, m.want)
		}
	}
	if !x.IsA || x.IsB {
		t.Errorf("A %v, B %v; want A alone", x.IsA, x.IsB)
	}
}
