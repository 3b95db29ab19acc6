package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The facts of the manual that everything else leans on.
func TestPLOVER(t *testing.T) {
	quads := map[int][]string{}
	modes := map[string]int{}
	for _, x := range EventTypes() {
		quads[x.Quad] = append(quads[x.Quad], x.Name)
		modes[x.Name] = len(x.Modes)
		if x.Recipient != slices.Contains([]string{"COOPERATE", "AID", "SANCTION"}, x.Name) {
			t.Errorf("%s: a recipient is required: %v", x.Name, x.Recipient)
		}
		if x.Scale[0] != x.Scale[1] && x.Name != "ACCUSE" || x.Scale[0] < -10 || x.Scale[0] > 10 {
			t.Errorf("%s has the scale %v", x.Name, x.Scale)
		}
	}
	if diff := cmp.Diff(map[int][]string{
		1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
		2: {"COOPERATE", "AID", "RETREAT"},
		3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
		4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
	}, quads); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{
		"AGREE": 0, "CONSULT": 4, "SUPPORT": 0, "CONCEDE": 0, "COOPERATE": 0, "AID": 0, "RETREAT": 6, "REQUEST": 4, "ACCUSE": 3,
		"REJECT": 4, "THREATEN": 6, "PROTEST": 7, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 10, "ASSAULT": 15,
	}, modes); diff != "" {
		t.Error(diff)
	}
	if n := len(Contexts()); n != 37 {
		t.Errorf("%d contexts, want 37", n)
	}
}

func TestKnownEvent(t *testing.T) {
	for _, c := range []struct {
		typ, mode string
		want      bool
	}{
		{"AID", "", true},
		{"THREATEN", "violence", true},
		{"ASSAULT", "heavy-weapons", true},
		{"ASSAULT", "violence", false}, // a mode of another type
		{"YIELD", "", false},
		{"", "", false},
		{"aid", "", false},
		{"AID", "-", false},
	} {
		if got := KnownEvent(c.typ, c.mode); got != c.want {
			t.Errorf("KnownEvent(%q, %q) = %v", c.typ, c.mode, got)
		}
	}
}

func TestEventWords(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"THREATEN", "violence"}: "threat of violence", {"THREATEN", ""}: "threat", {"THREATEN", "no such"}: "threat", {"YIELD", "x"}: "YIELD",
	} {
		if got := EventWords(in[0], in[1]); got != want {
			t.Errorf("%v is called %q, want %q", in, got, want)
		}
	}
}

// A fault in the table names its line.
func TestReadTypesRefuses(t *testing.T) {
	const good = "# head\nAID\t-\t2\t10\tyes\taid\n"
	for _, line := range []string{
		"AID", "AID\t-\t2\t10\tyes\t", "TAX\t-\t5\t10\tyes\ttax", "TAX\t-\t2\tmuch\tyes\ttax", "TAX\t-\t2\t1…\tyes\ttax", "TAX\t-\t2\t1\tmaybe\ttax",
		"AID\t-\t2\t10\tyes\taid", "TAX\tincome\t\t\t\tincome tax", "\t-\t2\t10\tyes\taid",
	} {
		if _, err := readTypes(good + line + "\n"); err == nil || !strings.Contains(err.Error(), "plover.tsv:3: ") {
			t.Errorf("%q: %v", line, err)
		}
	}
	if _, err := readTypes(good + "AID\tfood\t\t\t\tfood\nAID\tfood\t\t\t\tfood\n"); err == nil {
		t.Error("a mode stands there twice")
	}
}
