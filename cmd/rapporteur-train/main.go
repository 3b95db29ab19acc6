// Rapporteur-train rebuilds the weights of Rapporteur from a data folder.
// It is not part of the product.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur/internal/train/cluster"
	"github.com/rapporteur/rapporteur/internal/train/event"
	"github.com/rapporteur/rapporteur/internal/train/name"
	"github.com/rapporteur/rapporteur/internal/train/statement"
	"github.com/rapporteur/rapporteur/internal/train/syntax"
)

// steps are the trainers in the order in which they build on each other: each
// reads the weights that the ones before it wrote and that are embedded when
// the next process starts.
var steps = []struct {
	name  string
	train func(dataDir, outDir string, log *slog.Logger) error
}{
	{"cluster", cluster.Train},
	{"syntax", syntax.Train},
	{"name", name.Train},
	{"statement", statement.Train},
	{"confidence", func(_, outDir string, log *slog.Logger) error { // events are learnt from statements that are likely
		return statement.Calibrate("testdata/reports", outDir, log)
	}},
	{"teach", event.Teach}, // what the two teacher.py read; no weights
	{"event", event.Train},
}

func main() {
	data := flag.String("data", "../shared/data", "folder of the training sets")
	out := flag.String("out", "internal/model/weights", "folder to write the weights to")
	only := flag.String("only", "", "the step to run; weights are embedded, so run steps one at a time")
	flag.Parse()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	var names []string
	for _, s := range steps {
		names = append(names, s.name)
	}
	i := slices.Index(names, *only)
	if i < 0 {
		fmt.Fprintf(os.Stderr, "rapporteur-train: -only must be one of %s\n", strings.Join(names, ", "))
		os.Exit(2)
	}
	start := time.Now()
	if err := steps[i].train(*data, *out, log); err != nil {
		fmt.Fprintln(os.Stderr, "rapporteur-train:", err)
		os.Exit(1)
	}
	log.Info("done", "step", *only, "took", time.Since(start).Round(time.Second).String())
}
