package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/dustin/go-humanize"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/intake"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/store"
)

// exitIncomplete is the exit code of a run that kept what it could, and met
// something that could not be read.
const exitIncomplete = 3

// database is the record that a command works on.
type database struct {
	DB string `name:"db" env:"RAPPORTEUR_DB" placeholder:"FILE" help:"The record (default: ${db})."`
}

// defaultDB is where the record is if nobody says otherwise.
func defaultDB() string { return filepath.Join(xdg.DataHome, "rapporteur", "record.db") }

func (d *database) path() string {
	if d.DB != "" {
		return d.DB
	}
	return defaultDB()
}

// open opens the record for reading.
func (d *database) open(ctx context.Context) (*store.Store, error) { return store.Open(ctx, d.path()) }

// create opens the record for writing.
func (d *database) create(ctx context.Context) (*store.Store, error) {
	return store.Create(ctx, d.path())
}

// there refuses a record that is not there, before it is made.
func (d *database) there(ctx context.Context) error {
	if _, err := os.Stat(d.path()); err == nil {
		return nil
	}
	st, err := d.open(ctx)
	if err == nil {
		err = st.Close()
	}
	return err
}

type recordCommand struct {
	database

	Sources []string `arg:"" optional:"" name:"source" help:"Files (.txt, .md, .html, .jsonl, .jsonl.gz, .warc, .warc.gz), folders, http or https addresses, or - for standard input."`

	Outlet       string    `help:"Who published the reports, where they do not say."`
	Published    published `placeholder:"DATE" help:"When, where they do not say: 2025-05-16 or 2025-05-16T14:30:00Z."`
	Language     string    `placeholder:"CODE" help:"Believe that the reports are in this language (en)."`
	Failed       bool      `help:"Try again what failed before for a reason that may have passed."`
	Again        bool      `help:"Read also what was taken in before, and what failed for good."`
	Workers      int       `short:"w" env:"RAPPORTEUR_WORKERS" default:"${workers}" placeholder:"N" help:"Read N documents at a time (default: one a core)."`
	AllowPrivate bool      `env:"RAPPORTEUR_ALLOW_PRIVATE" help:"Also fetch from private and local addresses."`
	Quiet        bool      `short:"q" help:"Say nothing but what is wrong."`
}

// Run takes the sources in, reads them, and keeps them.
func (c *recordCommand) Run(ctx context.Context, std streams) error {
	if len(c.Sources) == 0 && !c.Failed {
		return usage("name what to record: files, folders, addresses, or - for standard input; or give --failed")
	}
	if i := slices.Index(c.Sources, "-"); i >= 0 && slices.Contains(c.Sources[i+1:], "-") {
		return usage("standard input (-) can be read only once")
	}
	if len(c.Sources) == 0 {
		if err := c.there(ctx); err != nil {
			return err
		}
	}
	st, err := c.create(ctx)
	if err != nil {
		return err
	}
	err = c.record(ctx, std, st)
	return errors.Join(err, st.Close())
}

func (c *recordCommand) record(ctx context.Context, std streams, st *store.Store) error {
	sources := c.Sources
	if c.Failed {
		var err error
		if sources, err = withFailed(ctx, st, sources); err != nil {
			return err
		}
	}
	reader, err := rapporteur.Open()
	if err != nil {
		return err
	}
	in := &intake.Intake{Stdin: std.in, Fetch: fetcher(c.AllowPrivate), Given: rapporteur.Document{Outlet: c.Outlet, Published: c.Published.Time, Language: c.Language}}
	show := newTally(std, c.Quiet, sources, in)
	defer show.close()
	r := keep.Recorder{Store: st, Reader: reader, Version: readerVersion(), Workers: c.Workers, Again: c.Again, Told: show.told}
	begin := time.Now()
	sum, err := r.Record(ctx, in.All(ctx, sources))
	show.close()
	if !c.Quiet {
		summarize(std.out, sum, in.Passed(), st.Path(), time.Since(begin))
	}
	if err == nil && sum.Failed > 0 {
		err = incomplete(sum.Failed)
	}
	return err
}

// withFailed is sources, and the origins of what failed before for a reason that
// may have passed.
func withFailed(ctx context.Context, st *store.Store, sources []string) ([]string, error) {
	sources = slices.Clone(sources)
	for f, err := range st.Failures(ctx) {
		if err != nil {
			return nil, err
		}
		if f.Temporary && !f.Watched && f.Origin != "-" && !slices.Contains(sources, f.Origin) {
			sources = append(sources, f.Origin)
		}
	}
	return sources, nil
}

// incomplete is the error of a run in which so many things could not be read;
// each has been told.
type incomplete int

func (n incomplete) Error() string { return fmt.Sprintf("%d could not be read", int(n)) }

// ExitCode tells it from a run that kept nothing.
func (incomplete) ExitCode() int { return exitIncomplete }

// summarize tells what a run did.
func summarize(w io.Writer, s keep.Summary, passed map[string]int, path string, took time.Duration) {
	count := func(n int, what string) string { return humanize.Comma(int64(n)) + " " + what }
	parts := []string{count(s.Added, "added")}
	for _, p := range []struct {
		n    int
		what string
	}{{s.Changed, "new versions"}, {s.Copied, "copies"}, {s.Again, "had before"}, {s.Failed, "failed"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.what))
		}
	}
	fmt.Fprintf(w, "%s found: %s\n", humanize.Comma(int64(s.Found)), strings.Join(parts, ", "))
	if n := s.Added + s.Changed + s.Copied; n > 0 {
		fmt.Fprintf(w, "%s and %s were read, in %s (%.1f documents a second)\n", count(s.Statements, "statements"), count(s.Events, "events"), took.Round(time.Second/10), float64(n)/took.Seconds())
	}
	if len(passed) > 0 {
		var kinds []string
		for _, k := range slices.Sorted(maps.Keys(passed)) {
			kinds = append(kinds, fmt.Sprintf("%d %s", passed[k], k))
		}
		fmt.Fprintf(w, "passed over: %s\n", strings.Join(kinds, ", "))
	}
	if s.Failed > 0 {
		fmt.Fprintln(w, "why some failed: rapporteur search --failed")
	}
	fmt.Fprintf(w, "the record: %s\n", path)
}
