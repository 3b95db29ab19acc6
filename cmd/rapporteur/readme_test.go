package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// printed is what the command prints for an example.
func printed(t *testing.T, format string) string {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	example := filepath.Join("..", "..", "examples", "grain-corridor.txt")
	if code := run([]string{"read", "--format", format, example}, streams{os.Stdin, out, os.Stderr}); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	data, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The README shows what the command prints, not what it once printed or might
// print. UPDATE=1 rewrites it; read the diff.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	statement := ""
	for l := range strings.Lines(printed(t, "json")) {
		if strings.HasPrefix(l, `{"id":"S1"`) {
			statement = strings.TrimSuffix(strings.TrimSpace(l), ",") + "\n"
		}
	}
	want := string(data)
	for fence, shown := range map[string]string{"text": printed(t, "text"), "json": statement} {
		before, rest, ok1 := strings.Cut(want, "\n```"+fence+"\n")
		_, after, ok2 := strings.Cut(rest, "```\n")
		if !ok1 || !ok2 || shown == "" {
			t.Fatalf("no %s block, or nothing to show in it", fence)
		}
		want = before + "\n```" + fence + "\n" + shown + "```\n" + after
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("README.md (+) is not what is printed (-); UPDATE=1 rewrites it:\n%s", diff)
	}
}
