package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/rapporteur/rapporteur"
	"github.com/rapporteur/rapporteur/internal/feed"
	"github.com/rapporteur/rapporteur/internal/keep"
	"github.com/rapporteur/rapporteur/internal/page"
	"github.com/rapporteur/rapporteur/internal/source"
	"github.com/rapporteur/rapporteur/internal/store"
	"github.com/rapporteur/rapporteur/internal/web"
)

type feedCommand struct {
	Add    feedAdd    `cmd:"" help:"Watch feeds: their addresses, or those of pages that name them."`
	List   feedList   `cmd:"" help:"List the feeds that are watched, and how it goes."`
	Remove feedRemove `cmd:"" help:"Watch feeds no more; what was read from them stays."`
	Import feedImport `cmd:"" help:"Watch the feeds of an OPML file."`
	Export feedExport `cmd:"" help:"Write the feeds as OPML."`
}

// writing does do with the record open for writing.
func (d *database) writing(ctx context.Context, do func(*store.Store) error) error {
	st, err := d.create(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(st), st.Close())
}

// reading does do with the record open for reading.
func (d *database) reading(ctx context.Context, do func(*store.Store) error) error {
	st, err := d.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(st), st.Close())
}

type feedAdd struct {
	database

	Addresses    []string `arg:"" name:"address" help:"Of feeds, or of pages that name their feed."`
	Category     string   `help:"Under which they are listed: World/Asia."`
	AllowPrivate bool     `env:"RAPPORTEUR_ALLOW_PRIVATE" help:"Also fetch from private and local addresses."`
}

// Run looks at each address and adds the feed that it finds there.
func (c *feedAdd) Run(ctx context.Context, std streams) error {
	client := web.New(web.Options{AllowPrivate: c.AllowPrivate})
	return c.writing(ctx, func(st *store.Store) error {
		var failed failures
		for _, address := range c.Addresses {
			f, err := findFeed(ctx, client, address, true)
			if err != nil {
				complain(std.err, err)
				failed = append(failed, err)
				continue
			}
			f.Category, f.Added = c.Category, time.Now()
			added, err := st.AddFeed(ctx, *f)
			if err != nil {
				return err
			}
			if !added {
				fmt.Fprintf(std.out, "%s is watched already\n", f.URL)
				continue
			}
			fmt.Fprintf(std.out, "%s  %s\n", f.URL, page.Line(f.Title))
		}
		if len(failed) > 0 {
			return failed
		}
		return nil
	})
}

// findFeed is the feed at address, or the one that the page there names.
func findFeed(ctx context.Context, client *web.Client, address string, follow bool) (*store.Feed, error) {
	a, err := client.Get(ctx, web.Request{URL: address, Accept: "*/*"})
	if err != nil {
		return nil, err
	}
	f, err := feed.Parse(a.Bytes, a.MediaType, a.Charset, a.URL)
	if err == nil {
		if a.Moved != "" {
			address = a.Moved
		}
		return &store.Feed{URL: address, Title: f.Title, Home: f.Home}, nil
	}
	if !follow || !errors.Is(err, feed.ErrPage) {
		return nil, fmt.Errorf("%s: %w", a.Asked, err)
	}
	switch found := feed.Find(a.Bytes, a.URL); len(found) {
	case 0:
		return nil, fmt.Errorf("%s: is a page that names no feed; give the address of the feed", a.Asked)
	case 1:
		return findFeed(ctx, client, found[0], false)
	default:
		return nil, fmt.Errorf("%s: is a page that names %d feeds; give one of them: %s", a.Asked, len(found), strings.Join(found, " "))
	}
}

type feedList struct{ database }

// Run lists the feeds.
func (c *feedList) Run(ctx context.Context, std streams) error {
	return c.reading(ctx, func(st *store.Store) error {
		feeds, err := st.Feeds(ctx)
		for i := range feeds {
			f := &feeds[i]
			fmt.Fprintf(std.out, "%s\n    %s\n", page.Line(f.URL), page.Line(howItGoes(f)))
		}
		if err == nil && len(feeds) == 0 {
			fmt.Fprintln(std.err, "no feed is watched; rapporteur feed add ADDRESS adds one")
		}
		return err
	})
}

func howItGoes(f *store.Feed) string {
	var parts []string
	for _, s := range []string{f.Category, f.Title} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	switch {
	case f.Polled.IsZero():
		parts = append(parts, "not polled yet")
	case f.Failures > 0:
		parts = append(parts, fmt.Sprintf("failed %d times, last %s: %s; tried again after %s", f.Failures, f.Polled.UTC().Format(time.RFC3339), f.Reason, f.Next.UTC().Format(time.RFC3339)))
	default:
		parts = append(parts, "polled "+f.Polled.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, " · ")
}

type feedRemove struct {
	database

	Addresses []string `arg:"" name:"address" help:"Of feeds, as rapporteur feed list tells them."`
}

// Run removes feeds.
func (c *feedRemove) Run(ctx context.Context, std streams) error {
	if err := c.there(ctx); err != nil {
		return err
	}
	return c.writing(ctx, func(st *store.Store) error {
		var failed failures
		for _, url := range c.Addresses {
			removed, err := st.RemoveFeed(ctx, url)
			if err != nil {
				return err
			}
			if !removed {
				err := fmt.Errorf("%s: is not watched; rapporteur feed list tells what is", url)
				complain(std.err, err)
				failed = append(failed, err)
			}
		}
		if len(failed) > 0 {
			return failed
		}
		return nil
	})
}

type feedImport struct {
	database

	File string `arg:"" help:"An OPML file, or - for standard input."`
}

// Run adds the feeds of an OPML file.
func (c *feedImport) Run(ctx context.Context, std streams) error {
	var in io.Reader = std.in
	if c.File != source.Stdin {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, source.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if len(b) > source.MaxBytes {
		return fmt.Errorf("%s: is larger than 16 MiB, the limit for a list of feeds", c.File)
	}
	list, warnings, err := feed.ReadOPML(b)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	for _, w := range warnings {
		complain(std.err, fmt.Errorf("%s: %s", c.File, w.Message))
	}
	return c.writing(ctx, func(st *store.Store) error {
		n := 0
		for _, o := range list {
			added, err := st.AddFeed(ctx, store.Feed{URL: o.XMLURL, Title: o.Title, Category: o.Category, Home: o.HTMLURL, Added: time.Now()})
			if err != nil {
				return err
			}
			if added {
				n++
			}
		}
		fmt.Fprintf(std.out, "%d feeds added, %d were watched already\n", n, len(list)-n)
		return nil
	})
}

type feedExport struct {
	database

	Output string `short:"o" placeholder:"FILE" help:"Write to FILE instead of standard output."`
}

// Run writes the feeds as OPML.
func (c *feedExport) Run(ctx context.Context, std streams) error {
	return c.reading(ctx, func(st *store.Store) error {
		feeds, err := st.Feeds(ctx)
		if err != nil {
			return err
		}
		list := make([]feed.Outline, len(feeds))
		for i, f := range feeds {
			list[i] = feed.Outline{Title: f.Title, XMLURL: f.URL, HTMLURL: f.Home, Category: f.Category}
		}
		out, err := openOutput(c.Output, std.out)
		if err != nil {
			return unwritable(c.Output, err)
		}
		defer out.discard()
		_, err = out.Write(feed.WriteOPML("Feeds of Rapporteur", list))
		if err = errors.Join(err, out.Flush(), out.keep()); err != nil {
			return unwritable(c.Output, err)
		}
		return nil
	})
}

type watchCommand struct {
	database

	Every        time.Duration `default:"15m" placeholder:"TIME" help:"How long to wait between two polls of a feed, unless it asks for longer (default: 15m)."`
	Once         bool          `help:"Poll the feeds that are due, and end."`
	Workers      int           `short:"w" env:"RAPPORTEUR_WORKERS" default:"${workers}" placeholder:"N" help:"Read N documents at a time (default: one a core)."`
	AllowPrivate bool          `env:"RAPPORTEUR_ALLOW_PRIVATE" help:"Also fetch from private and local addresses."`
}

// Run polls the feeds and keeps what is new, until it is told to stop.
func (c *watchCommand) Run(ctx context.Context, std streams) error {
	if c.Every < time.Minute {
		return usage("--every %s is too often; a minute is the least", c.Every)
	}
	if err := c.there(ctx); err != nil {
		return err
	}
	reader, err := rapporteur.Open()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(std.err, nil))
	w := keep.Watcher{
		Recorder: &keep.Recorder{Reader: reader, Version: readerVersion(), Workers: c.Workers, Told: tellTo(log)},
		Client:   web.NewPolite(web.New(web.Options{AllowPrivate: c.AllowPrivate}), 0), Every: c.Every, Log: log,
	}
	// Between two looks the record is let go, so that others may write to it.
	for first := true; ; first = false {
		err := c.writing(ctx, func(st *store.Store) error {
			if err := c.begin(ctx, st, log, first); err != nil {
				return err
			}
			w.Recorder.Store, w.Feeds = st, st
			return w.Watch(ctx)
		})
		if err != nil && !first && !c.Once && ctx.Err() == nil {
			log.Error(err.Error()) // it may pass: another program writes, the disk is full
			err = nil
		}
		if err != nil || c.Once {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(watchIdle):
		}
	}
}

// watchIdle is how long watch waits between two looks for feeds that are due.
const watchIdle = 30 * time.Second

// begin tells what is watched, and refuses to watch nothing.
func (c *watchCommand) begin(ctx context.Context, st *store.Store, log *slog.Logger, first bool) error {
	if !first {
		return nil
	}
	feeds, err := st.Feeds(ctx)
	if err == nil && len(feeds) == 0 {
		return usage("no feed is watched; rapporteur feed add ADDRESS adds one")
	}
	log.Info("watching", "feeds", len(feeds), "record", st.Path())
	return err
}
