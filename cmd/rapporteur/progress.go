package main

import (
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// fewSources are read too soon for a bar to help.
const fewSources = 4

// progress shows how many sources were read. A nil bar shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress shows a bar where somebody can see it and nothing else is
// written to the same terminal.
func newProgress(std streams, file string, sources int) progress {
	seen := term.IsTerminal(int(std.err.Fd())) && (file != "" || !term.IsTerminal(int(std.out.Fd())))
	if !seen || sources < fewSources {
		return progress{}
	}
	return progress{progressbar.NewOptions(sources,
		progressbar.OptionSetWriter(std.err), progressbar.OptionSetDescription("reading"), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())}
}

// The bar is only for show: where it cannot be drawn, reading goes on.

func (p progress) step() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

func (p progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
