package source

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// testdata/languages.txt holds one report a line: the language, a tab, the text.
func TestForeign(t *testing.T) {
	f, err := os.Open("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		want, text, ok := strings.Cut(s.Text(), "\t")
		if !ok {
			t.Fatalf("%q has no tab", s.Text())
		}
		n++
		if want == "English" {
			want = ""
		}
		if got := Foreign(text); got != want {
			t.Errorf("Foreign(%.60q…) = %q, want %q", text, got, want)
		}
	}
	if n < 30 {
		t.Errorf("only %d texts", n)
	}
}

// Language is told from the beginning of a text; the rest costs nothing.
func TestForeignLong(t *testing.T) {
	if got := Foreign(strings.Repeat("Министр сказал, что переговоры будут продолжены. ", 100_000)); got != "Russian" {
		t.Errorf("%q", got)
	}
}
