package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/term"

	"github.com/rapporteur/rapporteur/internal/export"
	"github.com/rapporteur/rapporteur/record"
)

type exportCommand struct {
	database

	What          string   `enum:"statements,events,actors,documents" default:"statements" help:"statements, events, actors or documents."`
	Format        string   `short:"f" enum:"jsonl,csv,parquet,annotations,plover," default:"" placeholder:"FORMAT" help:"jsonl, csv, parquet; annotations of statements and events; plover of events. Default: as the name given to -o ends, else jsonl."`
	Output        string   `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	MinConfidence *float64 `placeholder:"C" help:"Leave out statements and events less sure than C, 0 to 1; 0 keeps all. Default: 0.5."`
}

// Run writes the record for other programs.
func (c *exportCommand) Run(ctx context.Context, std streams) (err error) {
	opts := export.Options{What: export.What(c.What), Format: export.Format(c.format()), Least: record.Likely}
	if c.MinConfidence != nil {
		if *c.MinConfidence < 0 || *c.MinConfidence > 1 {
			return usage("--min-confidence %v is not between 0 and 1", *c.MinConfidence)
		}
		opts.Least = *c.MinConfidence
	}
	if err := opts.Check(); err != nil {
		return usageError{err}
	}
	if opts.Format == export.Parquet && c.Output == "" && term.IsTerminal(int(std.out.Fd())) {
		return usage("parquet is not for a terminal; give -o FILE")
	}
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	out, err := openOutput(c.Output, std.out)
	if err != nil {
		return unwritable(c.Output, err)
	}
	defer out.discard()
	rows, err := export.Write(out, st.All(ctx, 0), opts)
	if err != nil {
		return err
	}
	if err := errors.Join(out.Flush(), out.keep()); err != nil {
		return unwritable(c.Output, err)
	}
	if c.Output != "" {
		fmt.Fprintf(std.err, "%d %s in %s\n", rows, c.What, c.Output)
	}
	return nil
}

func (c *exportCommand) format() string {
	if c.Format != "" {
		return c.Format
	}
	for _, f := range []string{"csv", "parquet"} {
		if strings.HasSuffix(strings.ToLower(c.Output), "."+f) {
			return f
		}
	}
	return "jsonl"
}
