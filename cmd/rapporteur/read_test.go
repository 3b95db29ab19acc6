package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestDefaultFormat(t *testing.T) {
	for _, c := range []struct {
		terminal bool
		output   string
		sources  int
		want     string
	}{
		{true, "", 1, "text"},
		{true, "", 3, "text"},
		{false, "", 1, "json"},
		{false, "", 3, "jsonl"},
		{false, "a.txt", 1, "text"},
		{false, "a.CSV", 3, "csv"},
		{false, "a.html", 1, "html"},
		{false, "a.jsonld", 1, "annotations"},
		{false, "a.jsonl", 1, "jsonl"},
		{false, "a.json", 1, "json"},
		{false, "a", 2, "jsonl"},
	} {
		got := (&readCommand{Output: c.output, Sources: make([]string, c.sources)}).defaultFormat(c.terminal)
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestPublished(t *testing.T) {
	for in, want := range map[string]string{
		"2025-05-16":                "2025-05-16T00:00:00Z",
		"2025-05-16T14:30":          "2025-05-16T14:30:00Z",
		"2025-05-16 14:30":          "2025-05-16T14:30:00Z",
		"2025-05-16T14:30:05+02:00": "2025-05-16T12:30:05Z",
	} {
		var p published
		if err := p.UnmarshalText([]byte(in)); err != nil || p.Format(time.RFC3339) != want {
			t.Errorf("%s is read as %s: %v", in, p.Format(time.RFC3339), err)
		}
	}
	for _, in := range []string{"", "today", "16.5.2025", "2025-13-01", "2025-05-16T25:00"} {
		if err := new(published).UnmarshalText([]byte(in)); err == nil {
			t.Errorf("%q was read as a date", in)
		}
	}
}

type exits int

func (e exits) Error() string { return fmt.Sprint("exits with ", int(e)) }
func (e exits) ExitCode() int { return int(e) }

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("disk full"), 1},
		{usage("no such flag"), 2},
		{context.Canceled, 130},
		{fmt.Errorf("read: %w", exits(2)), 2},
		{failures{exits(2)}, 2},
		{failures{exits(2), exits(1), exits(2)}, 1},
	} {
		if got := codeOf(c.err); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}
