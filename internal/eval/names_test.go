package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rapporteur/rapporteur/internal/name"
)

func TestNameScore(t *testing.T) {
	gold := name.Number([]string{"B-Person", "I-Person", "O", "B-Location", "B-Facility", "O", "B-NORP"})
	found := name.Number([]string{"B-Person", "I-Person", "O", "B-Organization", "B-Location", "O", "O"})
	nine, three := Nine(), Three()
	nine.Add(gold, found, NineClass)
	three.Add(gold, found, ThreeClass)
	if c := nine.All(); c != (Count{True: 1, Predicted: 3, Gold: 4}) {
		t.Errorf("nine classes: %+v", c)
	}
	// A facility taken for a location is a place all the same; the nationality is left out.
	if c := three.All(); c != (Count{True: 2, Predicted: 3, Gold: 3}) {
		t.Errorf("three classes: %+v", c)
	}
}

func TestNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	text := "The\tO\nUnited\tB-Organization\nNations\tI-Organization\nsaid\tO\non\tO\nTuesday\tB-Date\n.\tO\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Names(&out, []string{path}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "1 documents, 7 tokens") || !strings.Contains(out.String(), "all              100.0   100.0   100.0        2") {
		t.Error(out.String())
	}
	if err := Names(&out, []string{filepath.Join(t.TempDir(), "none.tsv")}); err == nil {
		t.Error("a file that is not there is no error")
	}
}
