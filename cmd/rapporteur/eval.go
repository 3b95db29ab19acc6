package main

import (
	"io"

	"github.com/alecthomas/kong"

	"github.com/rapporteur/rapporteur/internal/eval"
)

// evalCommand measures; docs/models.md says what each measure is.
type evalCommand struct {
	Tokens      measure `cmd:"" help:"Tokens and sentences, on CoNLL-U files."`
	Syntax      measure `cmd:"" help:"Tags, lemmas and trees, on CoNLL-U files."`
	Names       measure `cmd:"" help:"Names, on BIO files."`
	Coreference measure `cmd:"" help:"Who is meant, on CoNLL and GAP files."`
	Events      measure `cmd:"" help:"Who did what to whom, on folders of annotated reports (.ann)."`
	Pairs       pairs   `cmd:"" help:"Types of what a marked source does to a marked target, on tab-separated files in the format of PLV."`
	Places      measure `cmd:"" help:"Countries of places, on LGL (lgl.xml, or a .tar.xz that holds it)."`
	Copies      measure `cmd:"" help:"Copies of articles told from other reports, on edited copies of texts (.txt) and annotated reports (.ann)."`
	Attribution measure `cmd:"" help:"Statements, on PolNeAR folders and folders of annotated reports (.ann)."`
}

// measure is a measure on data in its own format.
type measure struct {
	Paths []string `arg:"" name:"path" help:"Files or folders with annotated data."`
}

var measures = map[string]func(w io.Writer, paths []string) error{
	"tokens":      eval.Tokens,
	"syntax":      eval.Syntax,
	"names":       eval.Names,
	"coreference": eval.Coreference,
	"places":      eval.Places,
	"attribution": eval.Attribution,
	"events":      eval.Events,
	"copies":      eval.Copies,
}

// Run measures what the command is named after.
func (m *measure) Run(command *kong.Context, std streams) error {
	return measures[command.Selected().Name](std.out, m.Paths)
}

// pairs measures or predicts types of pairs.
type pairs struct {
	Predict bool     `help:"Print uid, type, quad class and confidence of each row instead. Needs the columns uid (or any first column) and marked_sentence only; a row without marks has no type."`
	Paths   []string `arg:"" name:"path" help:"Tab-separated files with a heading: marked_sentence, with <s>…</s> and <t>…</t>, and gold_root."`
}

// Run scores or predicts.
func (p *pairs) Run(std streams) error {
	if p.Predict {
		return eval.PredictPairs(std.out, std.err, p.Paths)
	}
	return eval.Pairs(std.out, p.Paths)
}
