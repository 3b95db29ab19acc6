package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/store"
)

type statsCommand struct {
	database

	Format string `short:"f" enum:"text,json" default:"text" help:"text or json."`
}

// Run counts what the record holds.
func (c *statsCommand) Run(ctx context.Context, std streams) (err error) {
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	s, err := st.Stats(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(std.out)
	if c.Format == "json" {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return errors.Join(e.Encode(s), out.Flush())
	}
	n := func(i int) string { return humanize.Comma(int64(i)) }
	size := func(i int64) string { return humanize.IBytes(uint64(max(0, i))) }
	fmt.Fprintf(out, "%s\n", st.Path())
	fmt.Fprintf(out, "documents   %s, of which %s are copies of another and %s newer versions\n", n(s.Documents), n(s.Copies), n(s.Versions))
	if s.First != "" {
		fmt.Fprintf(out, "published   %.10s to %.10s\n", s.First, s.Last)
	}
	fmt.Fprintf(out, "statements  %s by %s speakers\n", n(s.Statements), n(s.Speakers))
	fmt.Fprintf(out, "events      %s\n", n(s.Events))
	fmt.Fprintf(out, "actors      %s\n", n(s.Actors))
	fmt.Fprintf(out, "outlets     %s\n", n(s.Outlets))
	fmt.Fprintf(out, "failures    %s, of which %s are worth another try\n", n(s.Failures), n(s.Temporary))
	fmt.Fprintf(out, "feeds       %s\n", n(s.Feeds))
	fmt.Fprintf(out, "sizes       %s characters of text; %s taken in, kept in %s; the record takes %s\n", humanize.Comma(s.Texts), size(s.Raw), size(s.RawPacked), size(s.Bytes))
	for _, list := range []struct {
		title string
		of    []store.Count
	}{
		{"outlets", s.ByOutlet},
		{"speakers", s.BySpeaker},
		{"events", s.ByType},
		{"languages refused", s.Refused},
		{"failures by reason", s.ByReason},
		{"read by", s.Readers},
	} {
		if len(list.of) > 0 {
			fmt.Fprintf(out, "\n%s\n", list.title)
		}
		for _, x := range list.of {
			fmt.Fprintf(out, "%9s  %s\n", n(x.N), page.Line(x.Name))
		}
	}
	return out.Flush()
}

type verifyCommand struct {
	database

	Reread  bool `help:"Also read every document of this version of the reader again, and compare."`
	Workers int  `short:"w" env:"RAPPORTEUR_WORKERS" default:"${workers}" placeholder:"N" help:"Read N documents at a time (default: one a core)."`
}

// Run proves the record.
func (c *verifyCommand) Run(ctx context.Context, std streams) (err error) {
	st, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	problems := 0
	tell := func(p store.Problem) {
		problems++
		fmt.Fprintf(std.out, "%s: %s\n", p.Row, page.Line(p.Why))
	}
	checked, err := st.Verify(ctx, tell)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "checked: %s documents against their hashes, %s spans against the texts, %s rows against their reports and readers, %s originals against their hashes, the database itself\n",
		humanize.Comma(int64(checked.Documents)), humanize.Comma(int64(checked.Spans)), humanize.Comma(int64(checked.Rows)), humanize.Comma(int64(checked.Raw)))
	if c.Reread {
		if err := c.reread(ctx, std, st, tell); err != nil {
			return err
		}
	}
	if problems > 0 {
		return fmt.Errorf("%s: %d problems", st.Path(), problems)
	}
	fmt.Fprintln(std.out, "all of it holds")
	return nil
}

// reread reads again what this reader has read, which must give the same.
func (c *verifyCommand) reread(ctx context.Context, std streams, st *store.Store, tell func(store.Problem)) error {
	reader, err := rapporteur.Open()
	if err != nil {
		return err
	}
	r := keep.Recorder{Store: st, Reader: reader, Version: readerVersion(), Workers: c.Workers}
	same, others := 0, 0
	err = r.Reread(ctx, true, false, func(x *keep.Reread) {
		switch {
		case x.Kept.Reader != r.Version:
			others++
		case x.Err != nil:
			tell(store.Problem{Row: x.Kept.ID(), Why: "cannot be read again: " + x.Err.Error()})
		case x.Kept.Report.Document.ID != x.Report.Document.ID:
			tell(store.Problem{Row: x.Kept.ID(), Why: "its bytes give another text"})
		case len(x.Changes) > 0:
			tell(store.Problem{Row: x.Kept.ID(), Why: fmt.Sprintf("reading it again gives %d other rows", len(x.Changes))})
		default:
			same++
		}
	})
	fmt.Fprintf(std.out, "read again: %s documents gave the same", humanize.Comma(int64(same)))
	if others > 0 {
		fmt.Fprintf(std.out, "; %s were read by another version, which rapporteur reread brings up to date", humanize.Comma(int64(others)))
	}
	fmt.Fprintln(std.out)
	return err
}

type rereadCommand struct {
	database

	All     bool `help:"Also what this version of the reader has read."`
	Dry     bool `name:"dry-run" help:"Show what would change, and keep the record as it is."`
	Workers int  `short:"w" env:"RAPPORTEUR_WORKERS" default:"${workers}" placeholder:"N" help:"Read N documents at a time (default: one a core)."`
}

// Run reads the documents of the record again.
func (c *rereadCommand) Run(ctx context.Context, std streams) (err error) {
	var st *store.Store
	if c.Dry {
		st, err = c.open(ctx)
	} else {
		if err := c.there(ctx); err != nil {
			return err
		}
		st, err = c.create(ctx)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	reader, err := rapporteur.Open()
	if err != nil {
		return err
	}
	r := keep.Recorder{Store: st, Reader: reader, Version: readerVersion(), Workers: c.Workers}
	begin, read, changed, failed := time.Now(), 0, 0, 0
	out := bufio.NewWriter(std.out)
	err = r.Reread(ctx, c.All, !c.Dry, func(x *keep.Reread) {
		read++
		switch {
		case x.Err != nil:
			failed++
			complain(std.err, fmt.Errorf("%s: could not be read again, and stays as it was: %w", x.Kept.ID(), x.Err))
		case len(x.Changes) > 0:
			changed++
			fmt.Fprintf(out, "%s %s\n", x.Kept.ID(), page.Line(x.Kept.Report.Document.Title))
			writeChanges(out, x.Changes)
		}
	})
	fmt.Fprintf(out, "%s read again, %s changed, %s failed, in %s\n", humanize.Comma(int64(read)), humanize.Comma(int64(changed)), humanize.Comma(int64(failed)), time.Since(begin).Round(time.Second/10))
	err = errors.Join(err, out.Flush())
	if err == nil && failed > 0 {
		err = incomplete(failed)
	}
	return err
}

type decideCommand struct {
	database

	ID      string `arg:"" name:"id" help:"A statement D12.S3 or an event D12.E1."`
	Verdict string `arg:"" enum:"right,wrong,open" help:"right, wrong, or open to take a decision back."`
	Note    string `help:"Why."`
}

// Run keeps what somebody decided of a row.
func (c *decideCommand) Run(ctx context.Context, _ streams) (err error) {
	id, err := store.ParseID(c.ID)
	if err != nil || id.Part != 'S' && id.Part != 'E' {
		return usage("%q is no statement (D12.S3) and no event (D12.E1)", c.ID)
	}
	if err := c.there(ctx); err != nil {
		return err
	}
	st, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	verdict := c.Verdict
	if verdict == "open" {
		verdict = ""
	}
	return st.Decide(ctx, id, verdict, c.Note, time.Now().UTC().Format(time.RFC3339))
}
