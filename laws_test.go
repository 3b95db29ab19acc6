package rapporteur_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/rapporteur/rapporteur"

// flow is the packages of the product in the order in which the data goes. A
// package may import those before it and those below its own folder. Reads
// tells those that read text: they touch no network, system or database.
var flow = []struct {
	folder string
	reads  bool
}{
	{"record", true},
	{"internal/token", true},
	{"internal/model", true},
	{"internal/syntax", true},
	{"internal/date", true},
	{"internal/name", true},
	{"internal/place", true},
	{"internal/quantity", true},
	{"internal/statement", true},
	{"internal/actor", true},
	{"internal/event", true},
	{"internal/reader", true},
	{"internal/near", true},
	{"internal/web", false},
	{"internal/source", false},
	{"internal/warc", false},
	{"internal/article", false},
	{"internal/feed", false},
	{".", false}, // the public API
	{"internal/store", false},
	{"internal/intake", false},
	{"internal/keep", false},
	{"internal/page", false},
	{"internal/export", false},
	{"internal/corpus", false},
	{"internal/eval", false},
	{"cmd/rapporteur", false},
	{"internal/train", false},
	{"cmd/rapporteur-train", false},
}

// barred is what a package that reads text must not import.
var barred = []string{"net", "os", "os/exec", "database", "syscall", "unsafe", "plugin", "io/fs", "time/tzdata", "math/rand", "math/rand/v2", "crypto/rand"}

// stage is the place in the flow of a folder, or -1.
func stage(folder string) int {
	best := -1
	for i, f := range flow {
		if folder == f.folder || f.folder != "." && strings.HasPrefix(folder, f.folder+"/") {
			best = i
		}
	}
	return best
}

func TestImportsFollowTheFlow(t *testing.T) {
	seen := make([]int, len(flow))
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder := path.Dir(filepath.ToSlash(file))
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "gen" || strings.HasPrefix(d.Name(), ".") && file != ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		at := stage(folder)
		if at < 0 {
			t.Errorf("%s is in no package of the flow", file)
			return nil
		}
		seen[at]++
		for _, imported := range imports(t, file) {
			checkImport(t, file, folder, at, imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range seen {
		if n == 0 {
			t.Errorf("%s holds no Go file: the flow of this test is not that of the tree", flow[i].folder)
		}
	}
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range parsed.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	return out
}

func checkImport(t *testing.T, file, folder string, at int, imported string) {
	t.Helper()
	if imported == module {
		imported = module + "/."
	}
	if target, ours := strings.CutPrefix(imported, module+"/"); ours {
		to := stage(target)
		if to > at || to < 0 {
			t.Errorf("%s imports %s, against the flow", file, imported)
		}
		trainer := strings.HasPrefix(folder, "internal/train") || folder == "cmd/rapporteur-train" || strings.HasPrefix(folder, "internal/eval")
		if strings.HasPrefix(target, "internal/corpus") && !trainer && !strings.HasPrefix(folder, "internal/corpus") {
			t.Errorf("%s imports %s: the product reads no training data", file, imported)
		}
		return
	}
	if !flow[at].reads {
		return
	}
	top, _, _ := strings.Cut(imported, "/")
	if slices.Contains(barred, imported) || top == "net" || top == "database" {
		t.Errorf("%s reads text and imports %s", file, imported)
	}
	if strings.Contains(top, ".") {
		t.Errorf("%s reads text and imports %s from outside the project", file, imported)
	}
}
