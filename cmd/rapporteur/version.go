package main

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/rapporteur/rapporteur/internal/model/weights"
	"github.com/rapporteur/rapporteur/record"
)

type versionCommand struct{}

// Run prints the version and, so that a report can be told to come from the
// same models, the beginning of the hash of each weights file.
func (versionCommand) Run(std streams) error {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	_, err := fmt.Fprintf(std.out, "rapporteur %s %s %s/%s\nschema %s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, record.Schema)
	for _, w := range []struct {
		name string
		data []byte
	}{
		{"cluster", weights.Cluster},
		{"syntax", weights.Syntax},
		{"name", weights.Name},
		{"statement", weights.Statement},
	} {
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "weights %-9s %x\n", w.name, sha256.Sum256(w.data))
	}
	return err
}
