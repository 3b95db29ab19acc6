package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/rapporteur/rapporteur/internal/corpus"
)

// program is a copy of this test that runs as rapporteur, as TestMain does.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "rapporteur")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	b, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

// posts writes our own reports as JSON Lines, each some times over with other
// paragraphs, and some lines that are none.
func posts(t *testing.T, path string, times int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "reports", "*.ann"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no reports")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for n := range times {
		for i, name := range files {
			r, err := corpus.ReadReport(name)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.SplitAfter(r.Text, "\n")
			text := strings.Join(append(lines[n%len(lines):], lines[:n%len(lines)]...), "")
			if err := e.Encode(map[string]any{"text": text, "url": fmt.Sprintf("https://example.org/%d/%d", n, i), "n": n}); err != nil {
				t.Fatal(err)
			}
		}
		b.WriteString("no line\n")
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// dump is the rows of all tables of a record, without when they were written.
func dump(t *testing.T, path string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string]string{}
	for table, columns := range map[string]string{
		"raw": "hash, size, bytes", "reader": "*", "actor": "*", "statement": "*", "event": "*", "sketch": "*", "words": "rowid",
		"document": "number, hash, url, outlet, title, byline, language, published, characters, origin, media_type, given, extra, raw, version, previous, copy_of, reader, report",
		"source":   "key, origin, document, reason, temporary",
	} {
		rows, err := db.Query("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2")
		if table == "words" {
			rows, err = db.Query("SELECT rowid FROM words ORDER BY 1")
		}
		if err != nil {
			t.Fatal(table, err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		h, n := sha256.New(), 0
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		for ; rows.Next(); n++ {
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(h, "%q\n", values)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
		out[table] = fmt.Sprintf("%d rows %x", n, h.Sum(nil))
	}
	return out
}

// Killed at any moment, and given again, record makes the same record as if it
// had never been disturbed.
func TestKilled(t *testing.T) {
	exe := program(t)
	dir := t.TempDir()
	source := filepath.Join(dir, "posts.jsonl")
	posts(t, source, 8)
	record := func(db string) *exec.Cmd {
		cmd := exec.Command(exe, "record", "--quiet", "--db", db, source)
		cmd.Stderr = io.Discard
		return cmd
	}
	begin := time.Now()
	calm := filepath.Join(dir, "calm.db")
	if err := record(calm).Run(); err == nil || err.(*exec.ExitError).ExitCode() != exitIncomplete {
		t.Fatal(err)
	}
	whole := time.Since(begin)
	killed := filepath.Join(dir, "killed.db")
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	const kills = 20
	stopped := 0
	for n := range kills {
		cmd := record(killed)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Each try gets further into the rest, so that the moments lie everywhere.
		after := time.Duration(r.Int64N(int64(whole)/6+1)) + whole/40
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil && err.(*exec.ExitError).ExitCode() == -1 {
			stopped++
		}
		timer.Stop()
		if out, err := exec.Command(exe, "verify", "--db", killed).CombinedOutput(); err != nil && !bytes.Contains(out, []byte("no record")) && !bytes.Contains(out, []byte("older rapporteur")) {
			t.Fatalf("after kill %d: %s", n, out)
		}
	}
	if err := record(killed).Run(); err != nil && err.(*exec.ExitError).ExitCode() != exitIncomplete {
		t.Fatal(err)
	}
	want, got := dump(t, calm), dump(t, killed)
	for table := range want {
		if got[table] != want[table] {
			t.Errorf("%s: %s, undisturbed %s", table, got[table], want[table])
		}
	}
	if out, err := exec.Command(exe, "verify", "--db", killed).CombinedOutput(); err != nil {
		t.Errorf("verify: %s", out)
	}
	if stopped < kills/2 {
		t.Errorf("only %d of %d runs were killed before they were done", stopped, kills)
	}
}

// A stop by signal keeps what was read, and says so by its exit code.
func TestStopped(t *testing.T) {
	exe := program(t)
	dir := t.TempDir()
	source, db := filepath.Join(dir, "posts.jsonl"), filepath.Join(dir, "record.db")
	posts(t, source, 30)
	cmd := exec.Command(exe, "record", "--db", db, source)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 { // until something is kept
		if b, _ := exec.Command(exe, "stats", "--db", db).Output(); bytes.Contains(b, []byte("documents")) && !bytes.Contains(b, []byte("documents   0,")) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != exitInterrupted {
		t.Errorf("stopped: %v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), " added") {
		t.Errorf("it does not say what it did: %s", out.String())
	}
	if b, err := exec.Command(exe, "verify", "--db", db).CombinedOutput(); err != nil {
		t.Errorf("verify: %s", b)
	}
}
