package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/event"
)

func TestPairScore(t *testing.T) {
	var s PairScore
	for _, r := range event.Roots {
		s.Add(r, r)
	}
	if s.Roots() != 100 || s.Quads() != 100 || s.Accuracy() != 100 {
		t.Errorf("all right: %.1f, %.1f, %.1f", s.Roots(), s.Quads(), s.Accuracy())
	}
	s.Add("AID", "YIELD") // another type of the same quad class
	s.Add("AID", "")
	if c := s.Type("AID"); c != (Count{True: 1, Predicted: 1, Gold: 3}) {
		t.Errorf("AID %+v", c)
	}
	if c := s.Type("YIELD"); c != (Count{True: 1, Predicted: 2, Gold: 1}) {
		t.Errorf("YIELD %+v", c)
	}
	if got, want := s.Roots(), (13*100+50+200.0/3)/15; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("roots %.3f, want %.3f", got, want)
	}
	if got, want := s.Quads(), (3*100+800.0/9)/4; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("quads %.3f, want %.3f", got, want)
	}
	s.AddSwap(true)
	s.AddSwap(false)
	if s.Swapped() != 50 {
		t.Errorf("swapped %.1f", s.Swapped())
	}
}

func TestPairs(t *testing.T) {
	var out bytes.Buffer
	if err := Pairs(&out, []string{filepath.Join("testdata", "pairs.tsv")}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"accuracy                     75.0 of 4\n", "swapped pairs noticed", "of 2\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s\nwant %q", out.String(), want)
		}
	}
}

func TestPredictPairs(t *testing.T) {
	var out, warn bytes.Buffer
	path := filepath.Join("testdata", "pairs.tsv")
	if err := PredictPairs(&out, &warn, []string{path}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	for i, want := range []string{"a1\tACCUSE\t3\t0.", "a2\tASSAULT\t4\t0.", "a3\tAGREE\t1\t0.", "a4\t\t0\t0.000"} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %q, want %q…", i+1, lines[i], want)
		}
	}
	if want := path + ":5: "; !strings.HasPrefix(warn.String(), want) || strings.Count(warn.String(), "\n") != 1 {
		t.Errorf("warned %q, want %q…", warn.String(), want)
	}
}

func TestPairsErrors(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"column":  {"uid\tsentence\n1\tx\n", ":1: no column marked_sentence"},
		"short":   {"uid\tmarked_sentence\n1\n", ":2: "},
		"open":    {"uid\tmarked_sentence\n1\t<s>Peru</s> met <t>Chile.\n", ":2: <t> is not closed"},
		"type":    {"uid\tmarked_sentence\tgold_root\n1\t<s>Peru</s> met <t>Chile</t>.\tMEET\n", ":2: gold_root \"MEET\""},
		"gold":    {"uid\tmarked_sentence\n1\t<s>Peru</s> met <t>Chile</t>.\n", ":2: no gold_root"},
		"nothing": {"", ": no rows"},
		"heading": {"uid\tmarked_sentence\n", ": no rows"},
	} {
		path := filepath.Join(t.TempDir(), name+".tsv")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Pairs(&out, []string{path}); err == nil || !strings.HasPrefix(err.Error(), path+c.want) {
			t.Errorf("%s: %v, want %s", name, err, path+c.want)
		}
	}
}
