package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"golang.org/x/term"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/keep"
)

type readCommand struct {
	Sources []string `arg:"" name:"source" help:"Files, http or https addresses, or - for standard input."`

	Format        string    `short:"f" enum:"text,json,jsonl,csv,annotations,html,plover," default:"" placeholder:"FORMAT" help:"text, json, jsonl, csv, annotations, html, or plover: events as PLOVER has them, one a line. Default: text on a terminal; else as the name given to -o ends; else json, or jsonl for several sources."`
	Output        string    `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
	Outlet        string    `help:"Who published the report."`
	Published     published `placeholder:"DATE" help:"When: 2025-05-16 or 2025-05-16T14:30:00Z."`
	Language      string    `placeholder:"CODE" help:"Believe that the report is in this language (en)."`
	URL           string    `name:"url" help:"Where the report was published."`
	MinConfidence *float64  `placeholder:"C" help:"Leave out statements and events less sure than C, 0 to 1; 0 keeps all. Default: 0.5, from where on one is more likely right than wrong; of an event type, source and target must all be right."`
	EventsOnly    bool      `help:"Write the events and the actors that they name, and no statements."`
	Explain       bool      `help:"Say of each event why it was coded so (text, json, jsonl, html)."`
	Workers       int       `short:"w" env:"RAPPORTEUR_WORKERS" default:"${workers}" placeholder:"N" help:"Read N sources at a time (default: one a core)."`
	AllowPrivate  bool      `env:"RAPPORTEUR_ALLOW_PRIVATE" help:"Fetch from private and local addresses too."`
}

// published is a time of publication as the command line gives it.
type published struct{ time.Time }

// UnmarshalText reads a date or a time as RFC 3339 has them; the zone and the seconds may be left out.
func (p *published) UnmarshalText(b []byte) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, string(b)); err == nil {
			p.Time = t.UTC()
			return nil
		}
	}
	return errors.New("not a date: give it as 2025-05-16 or 2025-05-16T14:30:00Z")
}

// check says what is wrong with the flags, and fills in what is left to choose.
func (c *readCommand) check(terminal bool) error {
	if m := c.MinConfidence; m != nil && !(*m >= 0 && *m <= 1) { // NaN too
		return usage("--min-confidence %v: give a number from 0 to 1", *m)
	}
	if c.Workers < 1 {
		return usage("--workers %d: give a number from 1", c.Workers)
	}
	if c.URL != "" {
		if u, err := url.Parse(c.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return usage("--url %s: not an http or https address", c.URL)
		}
		if len(c.Sources) > 1 {
			return usage("--url is the address of one report, but there are %d sources", len(c.Sources))
		}
	}
	if i := slices.Index(c.Sources, "-"); i >= 0 && slices.Contains(c.Sources[i+1:], "-") {
		return usage("standard input (-) can be read only once")
	}
	if c.Format == "" {
		c.Format = c.defaultFormat(terminal)
	}
	if f := formats[c.Format]; !f.many && len(c.Sources) > 1 {
		return usage("--format %s is for one report, but there are %d sources; use --format jsonl", c.Format, len(c.Sources))
	}
	if c.Explain && !formats[c.Format].explains {
		return usage("--explain adds nothing to --format %s; use --format json", c.Format)
	}
	return nil
}

// Run reads the sources and writes what was read, in the order of the sources.
func (c *readCommand) Run(ctx context.Context, std streams) error {
	if err := c.check(c.Output == "" && term.IsTerminal(int(std.out.Fd()))); err != nil {
		return err
	}
	var opts []rapporteur.Option
	if c.AllowPrivate {
		opts = append(opts, rapporteur.AllowPrivate())
	}
	if c.Explain {
		opts = append(opts, rapporteur.Explain())
	}
	reader, err := rapporteur.Open(opts...)
	if err != nil {
		return err
	}
	out, err := openOutput(c.Output, std.out)
	if err != nil {
		return unwritable(c.Output, err)
	}
	defer out.discard()
	page := formats[c.Format].open(out, std.out)
	failed, err := c.each(ctx, reader, std, func(r *rapporteur.Report) error {
		if err := page.write(r); err != nil {
			return err
		}
		return out.Flush()
	})
	if err == nil && len(failed) < len(c.Sources) {
		if err = out.keep(); err != nil {
			err = unwritable(c.Output, err)
		}
	}
	if err == nil && len(failed) > 0 {
		err = failed
	}
	return err
}

// each reads the sources, writes what was read, and tells of those that
// could not be read; it fails only if writing does, or if it is interrupted.
func (c *readCommand) each(ctx context.Context, reader *rapporteur.Reader, std streams, write func(*rapporteur.Report) error) (failures, error) {
	doc := rapporteur.Document{Outlet: c.Outlet, Published: c.Published.Time, Language: c.Language, URL: c.URL}
	bar := newProgress(std, c.Output, len(c.Sources))
	defer bar.clear()
	var failed failures
	read := func(ctx context.Context, name string) (r result) {
		defer func() { // a fault of ours in one report must not cost the others
			if fault := recover(); fault != nil {
				r = result{nil, fmt.Errorf("%s: could not be read: a fault in the program, please report it: %v", name, fault)}
			}
		}()
		report, err := reader.ReadSource(ctx, name, doc)
		if err != nil {
			return result{nil, err}
		}
		if c.MinConfidence == nil {
			report = report.Likely()
		} else {
			report = report.AtLeast(*c.MinConfidence)
		}
		if c.EventsOnly {
			report = report.EventsOnly()
		}
		return result{report, nil}
	}
	for r := range keep.InOrder(ctx, min(c.Workers, len(c.Sources)), slices.Values(c.Sources), read) {
		switch {
		case ctx.Err() != nil:
		case r.err != nil:
			bar.clear()
			complain(std.err, r.err)
			failed = append(failed, r.err)
		default:
			if err := write(r.report); err != nil {
				return nil, unwritable(c.Output, err)
			}
		}
		bar.step()
	}
	return failed, ctx.Err()
}

// result is what became of one source.
type result struct {
	report *rapporteur.Report
	err    error
}

// failures is the errors of single sources, each of which has been told.
type failures []error

func (f failures) Error() string { return f[0].Error() }

// ExitCode is 1 if the bytes of any source could not be had, else 2.
func (f failures) ExitCode() int {
	code := exitRefused
	for _, err := range f {
		code = min(code, codeOf(err))
	}
	return code
}
