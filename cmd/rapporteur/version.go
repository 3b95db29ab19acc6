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
	_, err := fmt.Fprintf(std.out, "rapporteur %s %s %s/%s\nschema %s\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, record.Schema)
	for _, w := range weightsFiles {
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "weights %-9s %x\n", w.name, sha256.Sum256(w.data))
	}
	return err
}

// weightsFiles are the models.
var weightsFiles = []struct {
	name string
	data []byte
}{
	{"cluster", weights.Cluster},
	{"syntax", weights.Syntax},
	{"name", weights.Name},
	{"statement", weights.Statement},
	{"event", weights.Event},
}

func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// readerVersion tells what read a document: the program, and the beginning of
// the hash of all models.
func readerVersion() string {
	h := sha256.New()
	for _, w := range weightsFiles {
		h.Write(w.data)
	}
	return fmt.Sprintf("%s weights %.4x", programVersion(), h.Sum(nil))
}
