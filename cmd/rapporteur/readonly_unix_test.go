//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// In a folder that may not be written to, record says so and leaves nothing.
func TestReadOnlyFolder(t *testing.T) {
	exe := program(t)
	dir := t.TempDir()
	for p := filepath.Dir(exe); len(p) > len(os.TempDir()); p = filepath.Dir(p) {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	for p := dir; len(p) > len(os.TempDir()); p = filepath.Dir(p) {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, db := range []string{filepath.Join(folder, "record.db"), filepath.Join(folder, "new", "record.db")} {
		cmd := exec.Command(exe, "record", "--db", db, "-")
		cmd.Stdin = strings.NewReader("The ferry will not run, the harbour master said.")
		cmd.Env = append(os.Environ(), "HOME="+dir)
		if os.Geteuid() == 0 { // to whom no folder is read-only
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			cmd.Dir = "/"
		}
		out, err := cmd.CombinedOutput()
		if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != exitMissing || !strings.Contains(string(out), "may not be written here; name a folder that you may write to with --db") {
			t.Errorf("%s: %v, %s", db, err, out)
		}
	}
	// A record that stands there can be read.
	kept := filepath.Join(dir, "kept.db")
	if out, err := exec.Command(exe, "record", "--db", kept, filepath.Join("..", "..", "examples")).CombinedOutput(); err != nil {
		t.Fatalf("%v, %s", err, out)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	for _, args := range [][]string{{"stats"}, {"search", "corridor"}, {"verify"}} {
		cmd := exec.Command(exe, append(args, "--db", kept)...)
		cmd.Env = append(os.Environ(), "HOME="+dir)
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			cmd.Dir = "/"
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %v, %s", args, err, out)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
